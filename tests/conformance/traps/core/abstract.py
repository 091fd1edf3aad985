"""Abstract bases in a module that belongs to no app."""

from django.db import models


class Dated(models.Model):
    created = models.DateTimeField(auto_now_add=True)
    changed: models.DateTimeField = models.DateTimeField("changed", auto_now=True)

    class Meta:
        abstract = True
        ordering = ["-created"]
        get_latest_by = "created"


class Named(models.Model):
    name = models.CharField(max_length=100)

    class Meta:
        abstract = True
        verbose_name = "named thing"
