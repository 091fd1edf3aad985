"""Looks like an app and is none: its models belong to the app around it."""

from django.db import models


class Rate(models.Model):
    weight = models.PositiveSmallIntegerField(default=10)
