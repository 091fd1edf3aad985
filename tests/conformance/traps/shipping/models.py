from django.db import models

from .rates.models import Rate


class Parcel(models.Model):
    rate = models.ForeignKey(Rate, on_delete=models.RESTRICT)

    class Meta:
        swappable = "SHOP_ORDER_MODEL"
