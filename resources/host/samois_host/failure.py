"""Failures that are expected and shown, and the description of an exception of the project."""

from __future__ import annotations

import os
import re
import traceback
from types import TracebackType
from typing import Any

from samois_host.code_places import is_host, is_library

MAXIMUM_FRAMES = 100
MAXIMUM_TEXT = 64 * 1024
MAXIMUM_MESSAGE = 4 * 1024

# How Django projects say that an environment variable is missing: plain Django, django-environ,
# environs, python-decouple, pydantic-like wrappers.
VARIABLE_SENTENCES = (
    re.compile(r"\b([A-Z][A-Z0-9_]+)\b['\"`]? environment variable"),
    re.compile(r"[Ee]nvironment variable:? ['\"`]?([A-Z][A-Z0-9_]+)\b"),
    re.compile(r"\b([A-Z][A-Z0-9_]+) not found\. Declare it as envvar"),
)


class HostFailure(Exception):
    """An expected failure: a code, a whole sentence that says what to do, and details."""

    def __init__(self, code: str, message: str, detail: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.detail = code, message, detail or {}

    def as_message(self) -> dict[str, Any]:
        """The failure as it goes to the studio."""
        return {"code": self.code, "message": self.message, "detail": self.detail}


class JobFailure(HostFailure):
    """An expected failure of a job."""


def process_failure(kind: str, message: str) -> dict[str, Any]:
    """The description of a failure that no exception stands for, such as a process that ended."""
    empty: dict[str, Any] = {"file": None, "line": None, "text": None, "traceback": "", "frames": []}
    return {"type": kind, "message": message, **empty}


def describe(error: BaseException) -> dict[str, Any]:
    """The failure description of an exception: what, where in the project, and the whole traceback."""
    links = _chain(error)
    frames = _frames(error.__traceback__)
    description: dict[str, Any] = {
        "type": type(error).__name__,
        "message": _message(error)[:MAXIMUM_MESSAGE],
        **_place(links),
        "traceback": _traceback_text(error),
        "frames": frames[-MAXIMUM_FRAMES:],
    }
    module = next((each.name for each in links if isinstance(each, ModuleNotFoundError) and each.name), None)
    if module:
        description["missingModule"] = module
    variable = next(filter(None, map(_missing_variable, links)), None)
    if variable:
        description["missingVariable"] = variable
    return description


def describe_stack(kind: str, message: str, stack: traceback.StackSummary) -> dict[str, Any]:
    """The failure description of a place where a program stands, such as one that hangs."""
    kept = traceback.StackSummary.from_list([frame for frame in stack if not is_host(frame.filename)])
    frames = [_frame(each) for each in kept]
    place = next((each for each in reversed(frames) if each["project"]), None)
    return {
        **process_failure(kind, message),
        **({name: place[name] for name in ("file", "line", "text")} if place else {}),
        "traceback": "".join(kept.format())[-MAXIMUM_TEXT:],
        "frames": frames[-MAXIMUM_FRAMES:],
    }


def _chain(error: BaseException) -> list[BaseException]:
    links: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and all(current is not seen for seen in links):
        links.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return links


def _message(error: BaseException) -> str:
    try:
        if isinstance(error, SyntaxError):
            return str(error.msg)
        if isinstance(error, SystemExit):
            return f"The project called sys.exit({error.code!r}) while it was starting."
        return str(error)
    except Exception as broken:  # noqa: BLE001 - an exception of the project whose own text fails
        return f"(its message cannot be shown: {type(broken).__name__})"


def _place(links: list[BaseException]) -> dict[str, Any]:
    for error in links:
        if isinstance(error, SyntaxError) and error.filename:
            text = error.text.rstrip("\n") if error.text else None
            return {"file": os.path.abspath(error.filename), "line": error.lineno, "text": text}
    per_error = [_frames(error.__traceback__) for error in links]
    for frames in per_error:
        for frame in reversed(frames):
            if frame["project"]:
                return {"file": frame["file"], "line": frame["line"], "text": frame["text"]}
    for frame in reversed(per_error[0]):
        return {"file": frame["file"], "line": frame["line"], "text": frame["text"]}
    return {"file": None, "line": None, "text": None}


def _frames(trace: TracebackType | None) -> list[dict[str, Any]]:
    # The deepest frames matter, and a recursion error has a thousand.
    stack = traceback.extract_tb(trace, limit=-MAXIMUM_FRAMES)
    return [_frame(each) for each in stack if not _is_machinery(each.filename)]


def _frame(each: traceback.FrameSummary) -> dict[str, Any]:
    path = each.filename if each.filename.startswith("<") else os.path.abspath(each.filename)
    return {
        "file": path,
        "line": each.lineno,
        "name": each.name,
        "text": each.line,
        "project": not is_library(each.filename),
    }


def _is_machinery(path: str) -> bool:
    return path.startswith("<frozen importlib") or is_host(path)


def _traceback_text(error: BaseException) -> str:
    whole = traceback.TracebackException.from_exception(error)
    pending: list[traceback.TracebackException | None] = [whole]
    while pending:
        each = pending.pop()
        if each is not None:
            kept = [frame for frame in each.stack if not _is_machinery(frame.filename)]
            each.stack = traceback.StackSummary.from_list(kept)
            pending += [each.__cause__, each.__context__]
    try:
        return "".join(whole.format())[-MAXIMUM_TEXT:]
    except RecursionError:
        return "".join(whole.format(chain=False))[-MAXIMUM_TEXT:]


def _missing_variable(error: BaseException) -> str | None:
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        stack = traceback.extract_tb(error.__traceback__)
        if stack and stack[-1].filename in (os.__file__, "<frozen os>") and stack[-1].name == "__getitem__":
            return error.args[0]
    if isinstance(error, (ImportError, SyntaxError, SystemExit)):
        return None
    for sentence in VARIABLE_SENTENCES:
        found = sentence.search(_message(error))
        if found:
            return found.group(1)
    return None
