"""The project's settings, locked for production.

https://docs.djangoproject.com/en/{{ docs_version }}/howto/deployment/checklist/
"""

from {{ module }}.environment import Environment

# Names with an underscore: the star import below brings none of those.
_environment = Environment()
_environment.refuse_debug()
_locked = {
    "DEBUG": False,
    "SECRET_KEY": _environment.secret_key("SECRET_KEY"),
    "ALLOWED_HOSTS": (_hosts := _environment.hosts("ALLOWED_HOSTS")),
    "CSRF_TRUSTED_ORIGINS": _environment.origins("CSRF_TRUSTED_ORIGINS", _hosts),
}
_database = _environment.database("DATABASE_URL")
_cache = _environment.cache("REDIS_URL")
_hsts_seconds = _environment.integer("SECURE_HSTS_SECONDS", 31_536_000)
_log_level = _environment.text("LOG_LEVEL", "INFO").upper()
_environment.refuse_problems()

# Only now: what has just been checked may be needed there too.
from {{ settings_module }} import *  # noqa: E402, F403

_project = globals()
_project.update(_locked)

DATABASES = {**_project.get("DATABASES", {}), "default": _database}
CACHES = {**_project.get("CACHES", {}), "default": _cache}

# Behind SecurityMiddleware, so that static files carry its headers and wake nothing else.
# https://whitenoise.readthedocs.io/en/stable/django.html
SECURITY_MIDDLEWARE = "django.middleware.security.SecurityMiddleware"
FRAME_MIDDLEWARE = "django.middleware.clickjacking.XFrameOptionsMiddleware"
WHITENOISE_MIDDLEWARE = "whitenoise.middleware.WhiteNoiseMiddleware"
MIDDLEWARE = [
    SECURITY_MIDDLEWARE,
    WHITENOISE_MIDDLEWARE,{% if csp_middleware %}
    "django.middleware.csp.ContentSecurityPolicyMiddleware",{% else %}
    "{{ module }}.content_security_policy.ContentSecurityPolicyMiddleware",{% endif %}
    *(
        name
        for name in _project.get("MIDDLEWARE", [])
        if name not in {SECURITY_MIDDLEWARE, WHITENOISE_MIDDLEWARE}
        and not name.endswith(".ContentSecurityPolicyMiddleware")
    ),
]
if FRAME_MIDDLEWARE not in MIDDLEWARE:
    MIDDLEWARE.append(FRAME_MIDDLEWARE)

STATIC_URL = _project.get("STATIC_URL") or "static/"
STATIC_ROOT = _environment.text("STATIC_ROOT", str(_project.get("STATIC_ROOT") or "staticfiles"))
MEDIA_URL = _project.get("MEDIA_URL") or "media/"
MEDIA_ROOT = _environment.text("MEDIA_ROOT", str(_project.get("MEDIA_ROOT") or "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    **_project.get("STORAGES", {}),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The load balancer sets this header itself, whatever a client sends.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = _hsts_seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True

# Only where the project has no policy of its own.
SECURE_CSP = _project.get("SECURE_CSP") or {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "{{ module }}.logs.JsonFormatter"}},
    "handlers": {
        "stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"},
    },
    "root": {"handlers": ["stdout"], "level": _log_level},
    "loggers": {
        # Django's own would send mail and write to the console a second time.
        "django": {"handlers": [], "level": _log_level, "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
