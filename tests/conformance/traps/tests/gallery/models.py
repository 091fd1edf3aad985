"""An installed app may stand in a folder of tests."""

from django.db import models


class Picture(models.Model):
    file = models.FileField(upload_to="pictures/%Y")
