"""Models in a module that is not called models."""

from django.apps import apps
from django.db import models


class Shelf(models.Model):
    books = models.ManyToManyField("catalog.book", db_table="shelf_books")


def base():
    return models.Model


Base = base()


class Box(Base):
    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE)


if not apps.is_installed("a_package_that_is_not_there"):

    class Crate(Box):
        weight = models.FloatField("weight in kg", default=1.5)
