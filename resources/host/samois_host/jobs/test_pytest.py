"""Finds and runs tests with pytest, where the project uses pytest-django."""

from __future__ import annotations

import os
import re
import signal
from typing import Any

from samois_host.failure import JobFailure, process_failure
from samois_host.jobs.captured import Excerpt
from samois_host.jobs.test_places import Found, app_of
from samois_host.jobs.test_results import Recorder, describe_failure

# Where pytest reads its configuration from, and what shows that a file holds some.
CONFIGURATIONS = (
    ("pytest.toml", "[pytest]"),
    (".pytest.toml", "[pytest]"),
    ("pytest.ini", ""),
    (".pytest.ini", ""),
    ("pyproject.toml", "[tool.pytest"),
    ("tox.ini", "[pytest]"),
    ("setup.cfg", "[tool:pytest]"),
)
PASSED, FAILED, INTERRUPTED, NOTHING_FOUND = 0, 1, 2, 5


def configuration(folder: str) -> str | None:
    """The file that configures pytest for a project: in its folder, or in one above within its repository."""
    current = folder
    while True:
        for name, mark in CONFIGURATIONS:
            path = os.path.join(current, name)
            if os.path.isfile(path) and mark in _text(path):
                return path
        above = os.path.dirname(current)
        if above == current or os.path.exists(os.path.join(current, ".git")):
            return None
        current = above


def enter(folder: str) -> None:
    """Stand where pytest would be run; its configuration may name other settings than manage.py does."""
    found = configuration(folder)
    if found is None:
        return
    os.chdir(os.path.dirname(found))
    text = _text(found)
    if "DJANGO_SETTINGS_MODULE" in text or re.search(r"--ds\b", text):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def find_tests() -> tuple[list[Found], list[Found]]:
    """The tests that pytest collects, and the modules that it can't."""
    watch = Watch(None)
    _run(["--collect-only", "-q"], watch)
    return watch.tests, watch.broken


def run_tests(labels: list[str], parallel: int, keep_database: bool, recorder: Recorder) -> int:
    """Run tests and report on each; the number of those that failed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    watch = Watch(recorder)
    options = ["--reuse-db"] if keep_database else []
    if parallel > 1:
        options += ["-n", str(parallel)]
    _run([*options, *labels], watch)
    return watch.failed


def _run(arguments: list[str], watch: Watch) -> None:
    import pytest

    code = int(pytest.main(arguments, plugins=[watch]))
    # A module that can't be imported interrupts the collection: it is told of as what it is.
    if code not in (PASSED, FAILED, NOTHING_FOUND) and not watch.broken:
        sentence = f"pytest ended with the exit code {code} before it had run the tests; its output says why."
        raise JobFailure("command-failed", sentence, {"exitCode": code})


class Watch:
    """A plugin of pytest that listens."""

    def __init__(self, recorder: Recorder | None) -> None:
        self._recorder = recorder
        self.tests: list[Found] = []
        self.broken: list[Found] = []
        self.failed = 0
        self._milliseconds: dict[str, float] = {}
        # Of collections by their report, of tests by their name: at both times the exception comes first.
        self._known: dict[int, Found] = {}
        self._raised: dict[str, Found] = {}

    def pytest_collectreport(self, report: Any) -> None:
        """A module could not be collected."""
        if report.failed:
            file = os.path.abspath(report.nodeid.partition("::")[0])
            failure = _failure_of(report, self._known.pop(id(report), None))
            place = {"module": report.nodeid, "app": app_of(file), "file": file}
            self.broken.append({"id": report.nodeid, "label": report.nodeid, **place, "failure": failure})

    def pytest_exception_interact(self, node: Any, call: Any, report: Any) -> None:
        """An exception is still at hand: later only its text is."""
        self._known[id(report)] = describe_failure(call.excinfo.value)

    def pytest_collection_finish(self, session: Any) -> None:
        """All is collected."""
        self.tests = [_found(item) for item in session.items]
        self._tell_found()

    def pytest_sessionfinish(self) -> None:
        """Where a module is broken pytest runs nothing, and the collection never finishes."""
        if self.broken:
            self._tell_found()

    def _tell_found(self) -> None:
        if self._recorder is not None:
            self._recorder.found(self.tests, self.broken)
            self._recorder.phase("tests")

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins."""
        if self._recorder is not None:
            self._milliseconds[nodeid] = 0.0
            self._recorder.started(nodeid)

    def pytest_runtest_makereport(self, item: Any, call: Any) -> None:
        """A step of a test is over: what it raised is still at hand."""
        if call.excinfo is not None:
            self._raised[item.nodeid] = describe_failure(call.excinfo.value)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Set-up, test or tear-down is over."""
        recorder, test = self._recorder, report.nodeid
        if recorder is None:
            return
        self._milliseconds[test] = self._milliseconds.get(test, 0.0) + report.duration * 1000
        if report.skipped:
            expected = hasattr(report, "wasxfail")
            reason = report.wasxfail if expected else _skip_reason(report)
            recorder.add(test, "expected" if expected else "skipped", reason=reason or None)
        elif report.failed:
            self.failed += 1
            state = "failed" if report.when == "call" else "error"
            failure = _failure_of(report, self._raised.pop(test, None))
            recorder.add(test, state, failure=failure)
        if report.when == "teardown":
            excerpt = Excerpt()
            for title, text in report.sections:
                excerpt.add(text if title.endswith("call") else f"{title}:\n{text}")
            recorder.finished(test, self._milliseconds.pop(test), excerpt.text())


def _found(item: Any) -> Found:
    file, line, _ = item.location
    path, *names = item.nodeid.split("::")
    whole = os.path.join(str(item.config.rootpath), file)
    return {
        "id": item.nodeid,
        "label": item.nodeid,
        "app": app_of(whole),
        "module": path,
        "group": "::".join(names[:-1]) or None,
        "name": names[-1] if names else path,
        "file": os.path.abspath(whole),
        "line": None if line is None else line + 1,
    }


def _failure_of(report: Any, known: Found | None) -> Found:
    text = str(report.longreprtext)
    crash = getattr(report.longrepr, "reprcrash", None)
    if known is None:
        message = crash.message if crash is not None else text.strip().rpartition("\n")[2]
        known = process_failure("Failed", str(message))
        if crash is not None:
            known = {**known, "file": os.path.abspath(crash.path), "line": crash.lineno}
    return {**known, "traceback": text or known["traceback"]}


def _skip_reason(report: Any) -> str:
    whole = report.longrepr
    text = whole[2] if isinstance(whole, tuple) else str(whole)
    return str(text).removeprefix("Skipped: ")


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
