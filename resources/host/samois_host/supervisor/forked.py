"""A process that a checkpoint forked: only the checkpoint can signal it safely and knows how it ended."""

from __future__ import annotations

import signal
import threading
from typing import IO

from samois_host import operating_system
from samois_host.supervisor.child import MARKER, Child


class ForkedProcess:
    """Looks to its `Child` like any other process."""

    def __init__(
        self, checkpoint: Child, number: int, marker: str, stdout: IO[bytes], stderr: IO[bytes]
    ) -> None:
        self.pid = 0  # told later
        self.stdout, self.stderr = stdout, stderr
        self.checkpoint, self._number, self._marker = checkpoint, number, marker
        self._code = -int(signal.SIGTERM)
        self._done = threading.Event()

    def finished(self, code: int) -> None:
        """The checkpoint has reaped it."""
        self._code = code
        self._done.set()

    def orphaned(self) -> None:
        """The checkpoint is gone, which nobody asked for: end what it left behind."""
        if not self._done.is_set():
            operating_system.end_marked(MARKER, self._marker)
            self.finished(-9)

    def wait(self) -> int:
        """Wait for its end."""
        self._done.wait()
        return self._code

    def terminate(self) -> None:
        """Ask it to end."""
        self._send("SIGTERM")

    def kill(self) -> None:
        """End it at once."""
        self._send("SIGKILL")

    def _send(self, name: str) -> None:
        if not self._done.is_set() and hasattr(signal, name):
            number = int(getattr(signal, name))
            self.checkpoint.send({"do": "signal", "number": self._number, "signal": number})
