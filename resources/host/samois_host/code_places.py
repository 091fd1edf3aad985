"""Tells the user's own code from libraries: what is compiled anew, never preloaded and shown first."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from functools import lru_cache

HOST_FOLDER = os.path.dirname(os.path.abspath(__file__))


def _roots() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    roots = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib") if paths.get(name)]
    roots.append(HOST_FOLDER)
    # In a virtual environment of an isolated interpreter these may be missing.
    if hasattr(site, "getsitepackages"):
        roots.extend(site.getsitepackages())
    if hasattr(site, "getusersitepackages"):
        roots.append(site.getusersitepackages())
    both = {os.path.normcase(each) for root in roots for each in (root, os.path.realpath(root))}
    return tuple(each.rstrip(os.sep) + os.sep for each in both)


LIBRARY_ROOTS = _roots()
PACKAGE_FOLDERS = ("site-packages", "dist-packages")


@lru_cache(maxsize=8192)
def is_library(path: str) -> bool:
    """Whether the file belongs to Python, to an installed package or to the host.

    Everything else is the project: also an editable install beside it, which is edited like it.
    """
    if path.startswith("<"):
        return True
    absolute = os.path.normcase(os.path.abspath(path))
    if absolute.startswith(LIBRARY_ROOTS):
        return True
    return any(f"{os.sep}{folder}{os.sep}" in absolute for folder in PACKAGE_FOLDERS)


def is_host(path: str) -> bool:
    """Whether the file is one of ours, which no traceback should show."""
    return path.startswith(HOST_FOLDER) or path == os.path.join(os.path.dirname(HOST_FOLDER), "run.py")


def library_modules() -> list[str]:
    """Names of the loaded modules that are libraries with a source or binary file, in import order."""
    names = []
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if name.startswith(("samois_host", "__")) or not isinstance(path, str):
            continue
        if is_library(path):
            names.append(name)
    return names
