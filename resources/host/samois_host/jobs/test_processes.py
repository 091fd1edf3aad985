"""What runs in the processes of `--parallel`: failures become text, which every process can pass on."""

from __future__ import annotations

import time
from typing import Any

from django.test.runner import RemoteTestResult, RemoteTestRunner

from samois_host.jobs.captured import Captured
from samois_host.jobs.test_results import Carried, describe_failure

# Set before the processes are forked; one that is spawned has none, and its output goes to the log alone.
captured: Captured | None = None


class MeasuringResult(RemoteTestResult):
    """Django's own, with the time and the output of each test."""

    def startTest(self, test: Any) -> None:
        """A test begins."""
        super().startTest(test)
        if captured is not None:
            captured.begin()
        self._began = time.perf_counter()

    def stopTest(self, test: Any) -> None:
        """It has ended: its time goes first, because the end is the last that is heard of it."""
        milliseconds = (time.perf_counter() - self._began) * 1000
        output = captured.end() if captured is not None else ""
        self.events.append(("addMeasured", self.test_index, milliseconds, output))
        super().stopTest(test)

    def addError(self, test: Any, err: Any) -> None:
        """As Django's."""
        super().addError(test, _portable(err))

    def addFailure(self, test: Any, err: Any) -> None:
        """As Django's."""
        super().addFailure(test, _portable(err))

    def addExpectedFailure(self, test: Any, err: Any) -> None:
        """As Django's."""
        super().addExpectedFailure(test, _portable(err))

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:
        """As Django's."""
        super().addSubTest(test, subtest, None if err is None else _portable(err))


class MeasuringRunner(RemoteTestRunner):
    """Runs the tests of one class."""

    resultclass = MeasuringResult


def _portable(err: Any) -> Any:
    # A traceback can't be passed on, and many an exception neither.
    return Carried, Carried(describe_failure(err[1])), None
