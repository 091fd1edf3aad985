"""The Content-Security-Policy header, for versions of Django that do not set it themselves."""

from django.conf import settings


class ContentSecurityPolicyMiddleware:
    """Sends the policy of settings.SECURE_CSP with every response that has none."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = "; ".join(
            " ".join([directive, *sources]) for directive, sources in settings.SECURE_CSP.items()
        )

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response
