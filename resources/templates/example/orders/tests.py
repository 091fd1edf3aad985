from decimal import Decimal

from django.db import IntegrityError
from django.test import TestCase
from django.urls import reverse

from accounts.models import User
from orders.models import Order


class OrderTests(TestCase):
    fixtures = ["bookshop"]

    def test_total_is_the_sum_of_the_lines(self):
        order = Order.objects.with_total().get(pk=1)
        lines = order.lines.all()
        self.assertEqual(
            order.total,
            sum((line.quantity * line.unit_price for line in lines), Decimal(0)),
        )

    def test_line_needs_a_copy(self):
        with self.assertRaises(IntegrityError):
            Order.objects.get(pk=1).lines.update(quantity=0)

    def test_list_is_not_for_visitors(self):
        response = self.client.get(reverse("orders:order-list"), secure=True)
        self.assertRedirects(
            response,
            f"{reverse('admin:login')}?next=/orders/",
            fetch_redirect_response=False,
        )

    def test_list_is_for_staff(self):
        self.client.force_login(User.objects.create_superuser("ada", password="ada"))
        response = self.client.get(reverse("orders:order-list"), secure=True)
        self.assertContains(response, str(Order.objects.first()))
