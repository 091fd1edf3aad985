from .base import *  # noqa: F403
from .base import BASE_DIR, INSTALLED_APPS

INSTALLED_APPS += ["shipping"]
INSTALLED_APPS.insert(1, "tests.gallery")

if os.environ.get("TRAPS_WITH_TOOLBAR"):  # noqa: F405
    INSTALLED_APPS.append("debug_toolbar")

try:
    import a_package_that_is_not_there  # noqa: F401
except ImportError:
    pass
else:
    INSTALLED_APPS.append("a_package_that_is_not_there")

ROOT_URLCONF = "config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
