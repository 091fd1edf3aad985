"""Reports a boot that hangs, with the line of the project at which it stands."""

from __future__ import annotations

import sys
import threading
import traceback
from types import TracebackType

from samois_host.child.control import Control
from samois_host.failure import describe_stack


class BootWatch:
    """A context: when it lasts too long, the place where the main thread stands is reported."""

    def __init__(self, control: Control, seconds: float) -> None:
        self._control, self._seconds = control, seconds
        self._thread = threading.get_ident()
        self._timer = threading.Timer(seconds, self._report)
        self._timer.daemon = True

    def start(self) -> None:
        """From now on."""
        self._timer.start()

    def stop(self) -> None:
        """It has booted, or failed to."""
        self._timer.cancel()

    def __enter__(self) -> BootWatch:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _report(self) -> None:
        frame = sys._current_frames().get(self._thread)
        stack = traceback.extract_stack(frame)
        sentence = f"The project did not start within {self._seconds:g} seconds."
        failure = describe_stack("BootTimeout", sentence, stack)
        if failure["file"]:
            failure["message"] += f" It is still at line {failure['line']} of {failure['file']}."
        self._control.report({"report": "failed", "failure": failure})
