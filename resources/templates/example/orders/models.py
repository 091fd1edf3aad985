from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Sum

from catalog.models import Book


class Customer(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="customer",
    )
    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True)
    address = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class OrderQuerySet(models.QuerySet):
    def with_total(self):
        """Add the sum of the lines as ``total``."""
        return self.annotate(total=Sum(F("lines__quantity") * F("lines__unit_price")))


class Order(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", "Open"
        PAID = "paid", "Paid"
        SHIPPED = "shipped", "Shipped"
        CANCELLED = "cancelled", "Cancelled"

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="orders"
    )
    books = models.ManyToManyField(Book, through="OrderLine", related_name="orders")
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    placed_at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=200, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at"]

    def __str__(self):
        return f"Order {self.pk} of {self.customer}"


class OrderLine(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="order_lines")
    quantity = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1)]
    )
    unit_price = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "book"], name="one_line_a_book"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="at_least_one_copy"
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.book}"
