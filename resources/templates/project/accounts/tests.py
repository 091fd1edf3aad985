from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse

from accounts.models import User


class UserTests(TestCase):
    def test_is_the_user_model_of_the_project(self):
        self.assertIs(get_user_model(), User)

    def test_superuser_enters_the_admin(self):
        user = User.objects.create_superuser(
            "ada", "ada@example.com", "a long password"
        )
        self.client.force_login(user)
        response = self.client.get(
            reverse("admin:accounts_user_changelist"), secure=True
        )
        self.assertContains(response, "ada@example.com")

    def test_visitor_is_sent_to_the_login_page(self):
        response = self.client.get(reverse("admin:index"), secure=True)
        self.assertRedirects(
            response,
            f"{reverse('admin:login')}?next=/admin/",
            fetch_redirect_response=False,
        )
