from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower

from core.abstract import Dated, Named
from core.fields import MadeField, PriceField


class Genre(models.TextChoices):
    NOVEL = "novel", "Novel"
    POETRY = "poetry", "Poetry"


class BookQuerySet(models.QuerySet):
    def printed(self):
        return self.filter(is_printed=True)


class Book(Named, Dated):
    class Cover(models.IntegerChoices):
        SOFT = 1
        HARD = 2

    class IsbnField(models.CharField):
        pass

    isbn = IsbnField(max_length=13, unique=True)
    genre = models.CharField(max_length=10, choices=Genre, default=Genre.NOVEL)
    cover = models.IntegerField(choices=Cover.choices, default=Cover.SOFT)
    price = PriceField(null=True)
    note = MadeField(max_length=5)
    facts = models.JSONField(default=dict, blank=True)
    net = models.GeneratedField(expression=F("price") / 2, output_field=PriceField(), db_persist=True)
    authors = models.ManyToManyField("Author", related_name="books", through="catalog.Contribution")
    seller = models.ForeignKey(settings.SHOP_ORDER_MODEL, models.PROTECT, null=True)
    odd = models.IntegerField(name="even", db_column="odd", default=-1)
    if settings.USE_TZ:
        printed_at = models.DateTimeField(null=True)
    is_printed, pages = (models.BooleanField(default=False), models.IntegerField(default=0))

    objects = BookQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        app_label = "catalog"
        ordering = ["name"]
        indexes = [models.Index(Lower("name"), name="book_name")]
        constraints = [models.UniqueConstraint(fields=["name", "isbn"], name="book_once")]

    @classmethod
    def cheapest(cls):
        return cls.objects.order_by("price").first()


class Audiobook(Book):
    book = models.OneToOneField(Book, on_delete=models.CASCADE, parent_link=True, related_name="audio")
    length = models.DurationField()


class Contribution(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)
    author = models.ForeignKey("catalog.Author", models.CASCADE)

    class Meta:
        unique_together = ("book", "author")
