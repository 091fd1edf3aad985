"""Sends what the project's logging would print to the console as records, with level and logger."""

from __future__ import annotations

import logging
import sys
from typing import Any

from samois_host.child.control import Control

MAXIMUM_TEXT = 16 * 1024
# The mark of a record that the studio has been told of.
TOLD = "_samois_told"


def level_name(number: int) -> str:
    """The studio's word for a logging level; levels in between count as the one below."""
    for floor, name in ((50, "critical"), (40, "error"), (30, "warning"), (20, "info")):
        if number >= floor:
            return name
    return "debug"


def send_records(control: Control) -> None:
    """From now on, console handlers report to the studio instead of printing.

    The project's configuration still decides what is shown and how it reads; only the last step changes,
    so a traceback stays one record.
    """
    emit = logging.StreamHandler.emit
    console: dict[int, tuple[str, Any]] = {}
    for name in ("stdout", "stderr"):
        for stream in (getattr(sys, name), getattr(sys, f"__{name}__")):
            console[id(stream)] = (name, stream)

    def emit_record(self: logging.StreamHandler[Any], record: logging.LogRecord) -> None:
        name, stream = console.get(id(self.stream), ("", None))
        if stream is None:
            emit(self, record)
            return
        if getattr(record, TOLD, False):
            return  # a handler of a parent logger writes the same to the same console
        try:
            text = self.format(record)
        except Exception:  # noqa: BLE001 - as logging itself does: a bad log call must not end the request
            self.handleError(record)
            return
        message = {
            "event": "log",
            "stream": name,
            "level": level_name(record.levelno),
            "logger": record.name,
            "text": text[:MAXIMUM_TEXT],
            "time": int(record.created * 1000),
        }
        if control.report({"record": message}):
            setattr(record, TOLD, True)
        else:
            emit(self, record)

    logging.StreamHandler.emit = emit_record  # type: ignore[method-assign,assignment]
