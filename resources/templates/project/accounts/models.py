from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """The site's own user, so that fields can be added at any time."""
