"""Finds where a model, a field or a view stands in the source."""

from __future__ import annotations

import inspect
import re
from functools import lru_cache
from typing import Any

CLASS = re.compile(r"\s*class\s+(\w+)")


@lru_cache(maxsize=4096)
def _lines(path: str) -> tuple[str, ...]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return tuple(file)
    except OSError:
        return ()


@lru_cache(maxsize=4096)
def _class_lines(path: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, line in enumerate(_lines(path), 1):
        if "class" in line and (start := CLASS.match(line)):
            found.setdefault(start[1], []).append(number)
    return found


def place_of(thing: Any) -> tuple[str | None, int | None]:
    """File and line of a class or function, None where it was not written in a file."""
    thing = inspect.unwrap(thing) if callable(thing) and not isinstance(thing, type) else thing
    code = getattr(thing, "__code__", None)
    if code is not None:
        return code.co_filename, code.co_firstlineno
    if not isinstance(thing, type):
        thing = type(thing)
    try:
        path = inspect.getsourcefile(thing)
    except TypeError:
        return None, None  # built in, or made without a module
    return path, _class_line(thing, path) if path else None


def _class_line(cls: type, path: str) -> int | None:
    if "__firstlineno__" in vars(cls):
        return int(vars(cls)["__firstlineno__"])
    # inspect.getsourcelines parses the whole file for each class; a model's name stands once at this depth.
    found = _class_lines(path).get(cls.__name__, ())
    if len(found) > 1:
        try:
            return inspect.getsourcelines(cls)[1]
        except (OSError, TypeError):
            return found[0]
    return found[0] if found else None


def field_place(model: Any, name: str) -> tuple[str | None, int | None]:
    """File and line of a field: the assignment in its model's class, or the class where it is not there."""
    path, line = place_of(model)
    if path is None or line is None:
        return path, line
    assignment = re.compile(rf"\s+{re.escape(name)}\s*(:[^=]+)?=")
    for number, text in enumerate(_lines(path)[line:], line + 1):
        if assignment.match(text):
            return path, number
        if text.strip() and not text[0].isspace() and not text.startswith((")", "]", "#")):
            break
    return path, line
