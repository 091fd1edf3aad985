"""Turns a bare interpreter into the one that `manage.py` would be."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping

from samois_host.child.preload import forget


def enter(
    folder: str,
    settings: str,
    command: str,
    environment: Mapping[str, str | None],
    bare: frozenset[str],
) -> None:
    """Set folder, path, arguments and environment as `manage.py COMMAND` finds them."""
    for name, value in environment.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    os.chdir(folder)
    sys.path.insert(0, folder)
    sys.argv = ["manage.py", command]
    forget(_shadowed(folder, bare))
    importlib.invalidate_caches()


def _shadowed(folder: str, bare: frozenset[str]) -> set[str]:
    """Loaded modules that the project has one of the same name of: with manage.py its own would win."""
    own = set()
    with os.scandir(folder) as entries:
        for entry in entries:
            name, extension = os.path.splitext(entry.name)
            if extension == ".py":
                own.add(name)
            elif os.path.exists(os.path.join(entry.path, "__init__.py")):
                own.add(entry.name)
    own -= bare | {"samois_host", "django"}
    return {name for name in sys.modules if name.partition(".")[0] in own}
