import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
SECRET_KEY = os.environ.get("TRAPS_SECRET_KEY", "only for tests")
USE_TZ = True

DJANGO_APPS = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "unused",
)
LOCAL_APPS = ["catalog", "accounts.apps.AccountsConfig"]
INSTALLED_APPS = [app for app in DJANGO_APPS if app not in ("unused",)] + LOCAL_APPS

AUTH_USER_MODEL = "people.Member"
SHOP_ORDER_MODEL = os.getenv("TRAPS_ORDER_MODEL", "shipping.Parcel")
