"""Remembers which files of the project a process has read, and whether they are still the same."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterable
from typing import Any

from samois_host.child import source_only
from samois_host.code_places import is_library

Signature = tuple[int, int, int, bytes]

# Clocks of file systems tick slowly: a file this young may be written again and keep its time and size.
YOUNG_NANOSECONDS = 2_000_000_000
# Nobody saves a file of this size twice within a tick.
MAXIMUM_COMPARED = 1024 * 1024


class ReadFiles:
    """Every file of the project that was read since this was made: sources, and what they open (`.env`)."""

    def __init__(self) -> None:
        self._signatures: dict[str, Signature | None] = {}
        self._active = True
        source_only.on_read(self._remember)
        sys.addaudithook(self._hear)

    def paths(self) -> list[str]:
        """The files."""
        return list(self._signatures)

    def are_unchanged(self) -> bool:
        """Whether each of them is what it was before it was read."""
        return all(
            _signature(path, known is not None and known[3] != b"") == known
            for path, known in list(self._signatures.items())
        )

    def stop(self) -> None:
        """Remember nothing more: an audit hook can not be taken away."""
        self._active = False
        self._signatures.clear()

    def _hear(self, event: str, details: tuple[Any, ...]) -> None:
        if self._active and event == "open" and isinstance(details[0], str):
            mode = details[1]
            if mode is None or not (set(mode) & {"w", "a", "x"}):
                self._remember(details[0])

    def _remember(self, path: str) -> None:
        if self._active and not is_library(path) and not path.startswith(("/proc/", "/dev/", "/sys/")):
            # What it was at the first reading counts: the process may hold what it read then.
            real = os.path.realpath(path)
            if real not in self._signatures:
                self._signatures[real] = None  # comparing its bytes opens it, which is heard again
                self._signatures[real] = _signature(real)


def _signature(path: str, with_bytes: bool = False) -> Signature | None:
    try:
        status = os.stat(path)
        young = time.time_ns() - status.st_mtime_ns < YOUNG_NANOSECONDS
        content = b""
        if (young or with_bytes) and stat.S_ISREG(status.st_mode) and status.st_size <= MAXIMUM_COMPARED:
            with open(path, "rb") as file:
                content = hashlib.blake2b(file.read()).digest()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino, content


def stems(names: Iterable[str]) -> list[str]:
    """The last parts of module names: what a new file could take the place of."""
    return sorted({name.rpartition(".")[2] for name in names})
