"""The runtime lens: what Django itself says about the project once it is set up."""

from __future__ import annotations

import platform
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.utils.functional import Promise

from samois_host.jobs import Context
from samois_host.jobs.models import describe_model
from samois_host.jobs.parameters import Params
from samois_host.jobs.routes import routes

SETTINGS = (
    "DEBUG",
    "ALLOWED_HOSTS",
    "ROOT_URLCONF",
    "AUTH_USER_MODEL",
    "INSTALLED_APPS",
    "MIDDLEWARE",
    "LANGUAGE_CODE",
    "TIME_ZONE",
    "STATIC_URL",
    "MEDIA_URL",
)
# What of a database's settings may be shown; passwords also hide in OPTIONS.
DATABASE_SETTINGS = ("ENGINE", "NAME", "HOST", "PORT", "USER")
LOCAL_HOSTS = ("", "localhost", "127.0.0.1", "::1")


def read(params: Params, context: Context) -> dict[str, Any]:
    """The job: apps, models, routes, settings and databases as Django knows them."""
    models = apps.get_models(include_auto_created=True, include_swapped=True)
    return {
        "django": django.get_version(),
        "python": platform.python_version(),
        "settingsModule": context.settings,
        "apps": [_app(config) for config in apps.get_app_configs()],
        "models": [describe_model(model) for model in models],
        "routes": routes(),
        "settings": _settings(),
        "databases": [_database(alias) for alias in connections],
    }


def _app(config: Any) -> dict[str, Any]:
    return {
        "label": config.label,
        "name": config.name,
        "path": config.path,
        "verboseName": str(config.verbose_name),
    }


def _settings() -> dict[str, Any]:
    shown = {name: _plain(getattr(settings, name, None)) for name in SETTINGS}
    shown["DATABASES"] = {
        alias: {name: _plain(values.get(name, "")) for name in DATABASE_SETTINGS}
        for alias, values in settings.DATABASES.items()
    }
    return shown


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(each) for each in value]
    if isinstance(value, Promise) or not isinstance(value, (str, int, float, bool, type(None))):
        return str(value)
    return value


def _database(alias: str) -> dict[str, Any]:
    values = connections.settings[alias]
    host = str(values.get("HOST") or "")
    try:
        vendor = connections[alias].vendor
    except ImproperlyConfigured:
        vendor = None  # its driver is not installed
    return {
        "alias": alias,
        "vendor": vendor,
        "engine": values["ENGINE"],
        "name": str(values.get("NAME") or ""),
        "host": host,
        "port": str(values.get("PORT") or ""),
        "isLocal": vendor == "sqlite" or host in LOCAL_HOSTS or host.startswith("/"),
    }
