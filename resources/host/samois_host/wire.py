"""JSON lines: how every part of the host writes and reads messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Message = dict[str, Any]

READ_SIZE = 65536


def encode(message: Message) -> bytes:
    """One message as a line. What JSON does not know (a lazy translation, a path) is written as text."""
    try:
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=str)
        return text.encode() + b"\n"
    except UnicodeEncodeError:  # lone surrogates, as in file names that are not UTF-8
        return json.dumps(message, separators=(",", ":"), default=str).encode() + b"\n"


def decode(line: bytes) -> Message | None:
    """The message in a line, or None where the line holds no JSON object."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None


class LineBuffer:
    """Puts chunks of bytes together into lines, in time proportional to the bytes."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The lines that this chunk completes."""
        *lines, rest = chunk.split(b"\n")
        for line in lines:
            self._parts.append(line)
            yield b"".join(self._parts)
            self._parts.clear()
        if rest:
            self._parts.append(rest)
