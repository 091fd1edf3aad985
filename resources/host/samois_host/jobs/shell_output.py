"""What is printed in a shell: told in order, soon, and never more than a window can show."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from typing import Any

MAXIMUM_TEXT = 256 * 1024
MAXIMUM_PIECE = 16 * 1024
PIECE_SECONDS = 0.04


class Output:
    """Gathers what both streams write into pieces; what one input prints beyond its share is counted."""

    def __init__(self, report: Callable[[dict[str, Any]], object]) -> None:
        self._report = report
        self._lock = threading.Lock()
        self._pieces: list[tuple[str, str]] = []
        self._room = MAXIMUM_TEXT
        self._left_out = 0
        self._written = threading.Event()
        threading.Thread(target=self._send_soon, name="samois-output", daemon=True).start()

    def begin(self) -> None:
        """A new input has its own share."""
        self.flush()
        with self._lock:
            self._room, self._left_out = MAXIMUM_TEXT, 0

    def write(self, stream: str, text: str) -> None:
        """Take what was written."""
        with self._lock:
            kept = text[: self._room]
            self._room -= len(kept)
            self._left_out += len(text) - len(kept)
            if kept:
                self._pieces.append((stream, kept))
        if kept:
            self._written.set()

    def flush(self) -> None:
        """Tell what was gathered."""
        with self._lock:
            pieces, self._pieces = self._pieces, []
            for stream, text in _joined(pieces):
                for start in range(0, len(text), MAXIMUM_PIECE):
                    part = text[start : start + MAXIMUM_PIECE]
                    self._report({"kind": "output", "stream": stream, "text": part})

    def end(self) -> int:
        """Tell the rest; how many characters were left out."""
        self.flush()
        return self._left_out

    def _send_soon(self) -> None:
        pause = threading.Event()
        while self._written.wait():
            pause.wait(PIECE_SECONDS)
            self._written.clear()
            self.flush()


class Stream(io.TextIOBase):
    """Stands for stdout or stderr; programs that want the descriptor get the real one."""

    encoding = "utf-8"

    def __init__(self, name: str, real: Any, output: Output) -> None:
        self._name, self._real, self._output = name, real, output

    def write(self, text: str) -> int:
        """Take text of any length."""
        self._output.write(self._name, text)
        return len(text)

    def fileno(self) -> int:
        """The descriptor that other programs print to."""
        return int(self._real.fileno())

    @property
    def buffer(self) -> Any:
        """For bytes."""
        return self._real.buffer


def _joined(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    joined: list[tuple[str, list[str]]] = []
    for stream, text in pieces:
        if not joined or joined[-1][0] != stream:
            joined.append((stream, []))
        joined[-1][1].append(text)
    return [(stream, "".join(texts)) for stream, texts in joined]
