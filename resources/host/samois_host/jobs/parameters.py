"""Reads a job's parameters, with a whole sentence where one has the wrong type."""

from __future__ import annotations

from typing import Any

from samois_host.failure import JobFailure

Params = dict[str, Any]
REQUIRED: Any = object()
WORDS = {str: "text", int: "a number", bool: "true or false", dict: "an object", list: "a list"}


def read(params: Params, name: str, kind: type, default: Any = REQUIRED) -> Any:
    """The parameter, or its default where it is absent or null."""
    value = params.get(name)
    if value is None and default is not REQUIRED:
        return default
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise JobFailure("bad-request", f"The job needs {name} as {WORDS[kind]}.", {"parameter": name})
    return value


def text(params: Params, name: str, default: Any = REQUIRED) -> Any:
    """A text parameter."""
    return read(params, name, str, default)


def texts(params: Params, name: str) -> list[str]:
    """A list of texts, empty where it is absent."""
    values: list[str] = read(params, name, list, [])
    if not all(isinstance(value, str) for value in values):
        raise JobFailure("bad-request", f"The job needs {name} as a list of texts.", {"parameter": name})
    return values
