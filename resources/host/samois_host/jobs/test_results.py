"""Tells the studio what tests are found, which one runs, and how each ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from samois_host.code_places import is_library
from samois_host.failure import describe, process_failure
from samois_host.jobs.captured import Captured

Report = dict[str, Any]
# From the least to the most grave: of several findings the last one counts.
STATES = ("passed", "expected", "skipped", "failed", "error")
MAXIMUM_FAILURES = 50


class Carried(Exception):
    """A failure that was described in another process; its text is the traceback of there."""

    def __init__(self, failure: Report) -> None:
        super().__init__(failure)
        self.failure = failure

    def __str__(self) -> str:
        return str(self.failure["traceback"])


def describe_failure(error: BaseException) -> Report:
    """The failure of a test: from the first frame of the project on, without the assert methods."""
    if isinstance(error, Carried):
        return error.failure
    return describe(error.with_traceback(_trimmed(error.__traceback__)))


def _trimmed(trace: TracebackType | None) -> TracebackType | None:
    begin = trace
    while begin is not None and is_library(begin.tb_frame.f_code.co_filename):
        begin = begin.tb_next
    if begin is None:
        return trace
    # As unittest itself does: what `assertEqual` does inside is not what failed.
    own: TracebackType | None = begin
    while own is not None and own.tb_next is not None:
        if "__unittest" in own.tb_next.tb_frame.f_globals:
            own.tb_next = None
        own = own.tb_next
    return begin


class Outcome:
    """What came of one test, while it comes."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.state = "passed"
        self.reason: str | None = None
        self.failures: list[Report] = []

    def add(self, state: str, failure: Report | None = None, title: str | None = None) -> None:
        """One finding; a test has several where it has subtests, or where its teardown fails, too."""
        if STATES.index(state) > STATES.index(self.state):
            self.state = state
        if failure is not None and len(self.failures) < MAXIMUM_FAILURES:
            self.failures.append({"title": title, "failure": failure})


class Recorder:
    """Turns what a runner tells of its tests into reports."""

    def __init__(self, report: Callable[[Report], object], captured: Captured | None) -> None:
        self._report, self._captured = report, captured
        self._running: dict[str, Outcome] = {}
        self._ended: dict[str, Outcome] = {}
        self._measured: dict[str, tuple[float, str]] = {}

    def phase(self, name: str) -> None:
        """What is done now: `databases`, `tests`, `cleanup`."""
        self._report({"kind": "phase", "phase": name})

    def found(self, tests: list[Report], broken: list[Report]) -> None:
        """These will be run."""
        self._report({"kind": "found", "tests": tests, "broken": broken})

    def started(self, test: str) -> None:
        """A test begins."""
        self._running[test] = Outcome()
        self._report({"kind": "started", "test": test})
        if self._captured is not None:
            self._captured.begin()

    def measured(self, test: str, milliseconds: float, output: str) -> None:
        """Another process knows how long it took and what it printed."""
        self._measured[test] = milliseconds, output

    def add(
        self,
        test: str,
        state: str,
        *,
        failure: Report | None = None,
        title: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Something is known of a test; it may have ended before."""
        outcome = self._running.get(test) or self._ended.setdefault(test, Outcome())
        outcome.add(state, failure, title)
        outcome.reason = reason or outcome.reason
        if test not in self._running:
            self._finish(test, outcome, 0.0, None)

    def unexpected_success(self, test: str) -> None:
        """It was marked as one that fails, and passed."""
        sentence = "The test is marked as an expected failure, and passed. Take the mark away."
        self.add(test, "failed", failure=process_failure("UnexpectedSuccess", sentence))

    def group_failed(self, group: str, error: BaseException) -> None:
        """What a class or a module does around its tests failed: none of them is run."""
        self._report({"kind": "group", "group": group, "failure": describe_failure(error)})

    def finished(self, test: str, milliseconds: float | None = None, output: str | None = None) -> None:
        """A test has ended."""
        outcome = self._running.pop(test)
        printed = self._captured.end() if self._captured is not None else ""
        if test in self._measured:
            milliseconds, printed = self._measured.pop(test)
        if milliseconds is None:
            milliseconds = (time.perf_counter() - outcome.began) * 1000
        if outcome.failures:
            self._ended[test] = outcome
        self._finish(test, outcome, milliseconds, printed if output is None else output)

    def _finish(self, test: str, outcome: Outcome, milliseconds: float, output: str | None) -> None:
        self._report(
            {
                "kind": "finished",
                "test": test,
                "state": outcome.state,
                "milliseconds": round(milliseconds, 2),
                "output": output,
                "reason": outcome.reason,
                "failures": outcome.failures,
            }
        )
