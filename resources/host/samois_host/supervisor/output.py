"""Reads what children print: cut into lines, bounded in size and in rate."""

from __future__ import annotations

import codecs
import os
import threading
import time
from collections.abc import Callable

from samois_host.wire import READ_SIZE

MAXIMUM_LINE = 16 * 1024
LINES_A_SECOND = 1000
BYTES_A_SECOND = 2 * 1024 * 1024
BURST_SECONDS = 3.0


class Allowance:
    """How much output of one child goes on to the studio; the rest is counted and reported."""

    def __init__(self, on_drop: Callable[[], object]) -> None:
        self._lock = threading.Lock()
        self._lines = LINES_A_SECOND * BURST_SECONDS
        self._bytes = BYTES_A_SECOND * BURST_SECONDS
        self._refilled = time.monotonic()
        self._dropped_lines = self._dropped_bytes = 0
        self._on_drop = on_drop

    def admit(self, size: int) -> bool:
        """Whether a record of this size may go on; if not it is counted."""
        with self._lock:
            now = time.monotonic()
            passed, self._refilled = now - self._refilled, now
            self._lines = min(self._lines + passed * LINES_A_SECOND, LINES_A_SECOND * BURST_SECONDS)
            self._bytes = min(self._bytes + passed * BYTES_A_SECOND, BYTES_A_SECOND * BURST_SECONDS)
            if self._lines >= 1 and self._bytes >= size:
                self._lines -= 1
                self._bytes -= size
                return True
        self.drop(1, size)
        return False

    def exhausted(self) -> bool:
        """Whether nothing may go on for now, so that a flood need not even be cut into lines."""
        with self._lock:
            passed = time.monotonic() - self._refilled
            return self._lines + passed * LINES_A_SECOND < 1

    def drop(self, lines: int, size: int) -> None:
        """Count what is left out."""
        with self._lock:
            first = not (self._dropped_lines or self._dropped_bytes)
            self._dropped_lines += lines
            self._dropped_bytes += size
        if first:
            self._on_drop()

    def take_dropped(self) -> tuple[int, int]:
        """Lines and bytes left out since the last call."""
        with self._lock:
            dropped = self._dropped_lines, self._dropped_bytes
            self._dropped_lines = self._dropped_bytes = 0
            return dropped


class LineCutter:
    """Turns chunks into lines of at most 16 KB; what is longer is cut and counted, never kept."""

    def __init__(self, allowance: Allowance, deliver: Callable[[str], object]) -> None:
        self._allowance, self._deliver = allowance, deliver
        self._line = b""
        self._skipping = False

    def feed(self, chunk: bytes) -> None:
        """Take the next piece of output."""
        if self._allowance.exhausted():
            self._skip(chunk)
            return
        *lines, rest = chunk.split(b"\n")
        for line in lines:
            self._add(line)
            self._end_line()
        self._add(rest)

    def finish(self) -> None:
        """Deliver an unfinished last line."""
        if self._line:
            self._end_line()

    def _skip(self, chunk: bytes) -> None:
        self._allowance.drop(chunk.count(b"\n"), len(chunk) + len(self._line))
        self._line = b""
        self._skipping = not chunk.endswith(b"\n")

    def _add(self, piece: bytes) -> None:
        room = 0 if self._skipping else MAXIMUM_LINE - len(self._line)
        self._line += piece[:room]
        if len(piece) > room:
            self._allowance.drop(0, len(piece) - room)
            self._skipping = True

    def _end_line(self) -> None:
        line, self._line = self._line, b""
        was_skipped = self._skipping and not line
        self._skipping = False
        if not was_skipped and self._allowance.admit(len(line)):
            self._deliver(line.rstrip(b"\r").decode(errors="backslashreplace"))


class PieceCutter:
    """Passes text on as it comes, also without a line's end: a job's progress is shown at once."""

    def __init__(self, allowance: Allowance, deliver: Callable[[str], object]) -> None:
        self._allowance, self._deliver = allowance, deliver
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="backslashreplace")

    def feed(self, chunk: bytes) -> None:
        """Take the next piece of output."""
        text = self._decoder.decode(chunk)
        for start in range(0, len(text), MAXIMUM_LINE):
            piece = text[start : start + MAXIMUM_LINE]
            if self._allowance.admit(len(piece)):
                self._deliver(piece)

    def finish(self) -> None:
        """Nothing is held back."""


def read_chunk(descriptor: int) -> bytes:
    """The next bytes of a pipe, nothing at its end."""
    try:
        return os.read(descriptor, READ_SIZE)
    except OSError:
        return b""
