from django.conf import settings


def user_model_name():
    """The user model by its name."""
    return settings.AUTH_USER_MODEL
