"""Where tests stand: the app, the module, the class, the line."""

from __future__ import annotations

import inspect
import os
from typing import Any

from django.apps import apps

Found = dict[str, Any]


def app_of(file: str | None) -> str | None:
    """The label of the app that a file belongs to; None for one beside all apps."""
    if file is None:
        return None
    path = os.path.realpath(file)
    owners = [
        config for config in apps.get_app_configs() if path.startswith(os.path.realpath(config.path) + os.sep)
    ]
    return str(max(owners, key=lambda config: len(config.path)).label) if owners else None


def line_of(test: Any, method: str) -> tuple[str | None, int | None]:
    """File and line of a test method; those of its class where the method is made at run time."""
    for thing in (getattr(type(test), method, None), type(test)):
        try:
            plain = inspect.unwrap(thing)  # type: ignore[arg-type] # None raises, as said below
            file = inspect.getsourcefile(plain)
            if file is not None:
                return os.path.abspath(file), inspect.getsourcelines(plain)[1]
        except (OSError, TypeError, ValueError):
            continue
    return None, None
