from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from catalog.models import Book


class Review(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.CharField("your name", max_length=80)
    rating = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="From 1 to 5.",
    )
    text = models.TextField()
    is_public = models.BooleanField("public", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rating__range=(1, 5)), name="rating_from_1_to_5"
            ),
        ]

    def __str__(self):
        return f"{self.rating}/5 for {self.book} by {self.reviewer}"
