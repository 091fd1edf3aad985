"""Settings to start Tendenci without a folder of its own and without PostGIS."""

import os
import tempfile

os.environ.setdefault("TENDENCI_PROJECT_ROOT", tempfile.gettempdir())

from tendenci.settings import *  # noqa: E402, F403

SECRET_KEY = SITE_SETTINGS_KEY = "only for the conformance suite"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
