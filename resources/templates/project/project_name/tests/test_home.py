from django.test import SimpleTestCase
from django.urls import reverse


class HomeTests(SimpleTestCase):
    def test_is_shown(self):
        response = self.client.get(reverse("home"), secure=True)
        self.assertTemplateUsed(response, "home.html")
        self.assertContains(response, reverse("admin:index"))
