"""Writes replies and events to the studio without ever making the supervisor wait or grow."""

from __future__ import annotations

import os
import threading
from collections import deque

from samois_host.wire import Message, encode

MAXIMUM_WAITING = 4 * 1024 * 1024
DROPPABLE = frozenset({"log", "request", "job.output", "traces"})


class Outlet:
    """A writer thread with a queue: when the studio reads too slowly, output is dropped and counted."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lines: deque[bytes] = deque()
        self._waiting = 0
        self._left_out = 0
        self._closing = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._write_all, name="outlet", daemon=True)
        self._thread.start()

    def put(self, message: Message) -> None:
        """Queue a message; any thread may call it."""
        droppable = message.get("event") in DROPPABLE
        line = encode(message)
        with self._changed:
            if droppable and self._waiting + len(line) > MAXIMUM_WAITING:
                self._left_out += 1
                return
            if self._left_out and self._waiting < MAXIMUM_WAITING // 2:
                note = encode({"event": "dropped", "events": self._left_out})
                self._left_out = 0
                self._append(note)
            self._append(line)
            self._changed.notify()

    def close(self, seconds: float) -> None:
        """Write what is queued, for at most so long."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(seconds)

    def _append(self, line: bytes) -> None:
        self._lines.append(line)
        self._waiting += len(line)

    def _take(self) -> bytes | None:
        with self._changed:
            while not self._lines:
                if self._closing:
                    return None
                self._changed.wait()
            line = self._lines.popleft()
            self._waiting -= len(line)
            return line

    def _write_all(self) -> None:
        while (line := self._take()) is not None:
            data = memoryview(line)
            while data:
                try:
                    data = data[os.write(self._descriptor, data) :]
                except OSError:
                    return  # the studio is gone; EOF on the other pipe ends us
