"""What a program prints while something of it is watched: kept in part, and passed on whole."""

from __future__ import annotations

import io
import sys
from typing import Any

# Of the output of one test so much is kept from its beginning, and as much from its end.
KEPT_AT_EACH_END = 32 * 1024


class Excerpt:
    """Text that may be any length: its beginning, its end, and how much is left out between."""

    def __init__(self) -> None:
        self._head, self._tail = "", ""
        self._left_out = 0

    def add(self, text: str) -> None:
        """Take the next piece."""
        room = KEPT_AT_EACH_END - len(self._head)
        self._head += text[:room]
        tail = self._tail + text[room:] if room < len(text) else self._tail
        # Cut in large steps: one character at a time would copy the end for each of them.
        if len(tail) > 2 * KEPT_AT_EACH_END:
            self._left_out += len(tail) - KEPT_AT_EACH_END
            tail = tail[-KEPT_AT_EACH_END:]
        self._tail = tail

    def text(self) -> str:
        """What is kept, with a word on what is not."""
        tail = self._tail[-KEPT_AT_EACH_END:]
        left_out = self._left_out + len(self._tail) - len(tail)
        gap = f"\n… {left_out:,} characters are left out here …\n" if left_out else ""
        return f"{self._head}{gap}{tail}"


class Tee(io.TextIOBase):
    """A stream of the program: what is written goes on to it, and is kept while somebody wants it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.excerpt: Excerpt | None = None

    def write(self, text: str) -> int:
        """Pass it on, and keep it."""
        if self.excerpt is not None:
            self.excerpt.add(text)
        self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Let it out."""
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def fileno(self) -> int:
        """The descriptor behind it."""
        return int(self._stream.fileno())

    def isatty(self) -> bool:
        """It is nobody's terminal."""
        return False

    @property
    def encoding(self) -> str:  # type: ignore[override] # an attribute there, which can't follow
        """As the stream behind it."""
        return str(self._stream.encoding)


class Captured:
    """Stands before stdout and stderr; loggers that are set up afterwards write to it, too."""

    def __init__(self) -> None:
        self.plain_stderr = sys.stderr
        self._tees = (Tee(sys.stdout), Tee(sys.stderr))
        sys.stdout, sys.stderr = self._tees

    def begin(self) -> None:
        """From now on keep what is printed."""
        excerpt = Excerpt()
        for tee in self._tees:
            tee.excerpt = excerpt

    def end(self) -> str:
        """What was printed since `begin`."""
        excerpt = self._tees[0].excerpt
        for tee in self._tees:
            tee.excerpt = None
        return excerpt.text() if excerpt else ""
