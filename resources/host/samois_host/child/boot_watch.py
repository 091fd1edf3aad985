"""Reports a boot that takes long or hangs, with the line of the project at which it stands."""

from __future__ import annotations

import sys
import threading
import traceback
from types import TracebackType

from samois_host.child.control import Control
from samois_host.failure import describe_stack
from samois_host.wire import Message

# Whoever saved a file waits for it: by then they are told what it is that takes so long.
SLOW_SECONDS = 2.0


class BootWatch:
    """A context: tells where the main thread stands when it lasts long, and when it lasts too long."""

    def __init__(self, control: Control, seconds: float) -> None:
        self._control, self._seconds = control, seconds
        self._thread = threading.get_ident()
        self._timers = [
            threading.Timer(min(SLOW_SECONDS, seconds), self._tell),
            threading.Timer(seconds, self._fail),
        ]
        for timer in self._timers:
            timer.daemon = True

    def start(self) -> None:
        """From now on: whoever waits counts from here, too."""
        self._control.report({"report": "booting"})
        for timer in self._timers:
            timer.start()

    def stop(self) -> None:
        """It has booted, or failed to."""
        for timer in self._timers:
            timer.cancel()

    def __enter__(self) -> BootWatch:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _tell(self) -> None:
        self._control.report(
            {"report": "slow", "failure": self._where("SlowBoot", "The project is still starting.")}
        )

    def _fail(self) -> None:
        sentence = f"The project did not start within {self._seconds:g} seconds."
        self._control.report({"report": "failed", "failure": self._where("BootTimeout", sentence)})

    def _where(self, kind: str, sentence: str) -> Message:
        failure = describe_stack(
            kind, sentence, traceback.extract_stack(sys._current_frames().get(self._thread))
        )
        if failure["file"]:
            failure["message"] += f" It is still at line {failure['line']} of {failure['file']}."
        return failure
