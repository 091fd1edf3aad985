"""Imports libraries ahead of time, before it is known what settings they will run with."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any


def preload(names: Iterable[str]) -> list[str]:
    """Import the modules; returns those that are not fit for it, because they ask for settings or fail."""
    unfit = []
    with _settings_watched() as touched:
        for name in names:
            if name in sys.modules:
                continue
            before = set(sys.modules)
            try:
                importlib.import_module(name)
            except (Exception, SystemExit):  # noqa: BLE001 - whatever it is, the server's own import will show it
                unfit.append(name)
            if touched:
                # A module that caught the error of missing settings has chosen its fallback: take back all.
                touched.clear()
                unfit.append(name)
                forget(set(sys.modules) - before)
    gc.collect()
    gc.freeze()  # what is loaded stays: no later collection has to look at it
    return unfit


def forget(names: Iterable[str]) -> None:
    """Remove modules as if they had never been imported."""
    for name in names:
        sys.modules.pop(name, None)
        parent, _, leaf = name.rpartition(".")
        if parent in sys.modules:
            vars(sys.modules[parent]).pop(leaf, None)


@contextmanager
def _settings_watched() -> Iterator[list[str]]:
    touched: list[str] = []
    try:
        from django.conf import LazySettings
    except ImportError:
        yield touched
        return
    setup = LazySettings._setup

    def watched(self: Any, name: str | None = None) -> None:
        touched.append(str(name))
        setup(self, name)

    LazySettings._setup = watched
    try:
        yield touched
    finally:
        LazySettings._setup = setup
