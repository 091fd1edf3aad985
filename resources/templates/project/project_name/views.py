from django.views.generic import TemplateView


class HomeView(TemplateView):
    """The first page of the site."""

    template_name = "home.html"
