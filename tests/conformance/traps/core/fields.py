"""Field classes of the project."""

from django.db import models


class MoneyField(models.DecimalField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_digits", 10)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


class PriceField(MoneyField):
    pass


class OwnerField(models.ForeignKey):
    pass


def made_field():
    return models.CharField


class MadeField(made_field()):
    """Only a run knows its base, and its name says that it is a field."""
