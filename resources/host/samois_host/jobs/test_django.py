"""Finds and runs tests with the runner that the project's settings name: Django's own, or one built on it."""

from __future__ import annotations

import argparse
import builtins
import os
import re
import signal
import sys
import unittest
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from samois_host.failure import JobFailure, process_failure
from samois_host.jobs.captured import Captured
from samois_host.jobs.test_places import Found, app_of, line_of
from samois_host.jobs.test_results import Carried, Recorder, describe_failure

HOLDERS = ("setUpClass", "tearDownClass", "setUpModule", "tearDownModule")
QUESTION = re.compile(r"deleting the test database '(.+)', or")
EXISTS = ("exist", "1007")  # PostgreSQL and SQLite say it; MySQL's number


class Options:
    """What the user chose for one run."""

    def __init__(self, labels: list[str], parallel: int, keep_database: bool, overwrite: bool) -> None:
        self.labels, self.parallel = labels, parallel
        self.keep_database, self.overwrite = keep_database, overwrite


def find_tests() -> tuple[list[Found], list[Found]]:
    """The tests of the project, and the modules that can't be imported. Runs none of them."""
    runner = _runner_class()(**_options(Options([], 0, False, False)))
    with _failures_kept():
        runner.setup_test_environment()
        suite = runner.build_suite([])
    return _listed(suite, [])


def run_tests(options: Options, recorder: Recorder, captured: Captured) -> int:
    """Run tests and report on each; the number of those that failed."""
    # Cancelling is a polite signal first: test databases are removed on the way out.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    observed = _observed(_runner_class(), options, recorder, captured)
    with _failures_kept(), _database_questions(options):
        return int(observed(**_options(options)).run_tests(options.labels))


def _runner_class() -> Any:
    from django.conf import settings
    from django.test.runner import DiscoverRunner
    from django.test.utils import get_runner

    found = get_runner(settings)
    if isinstance(found, type) and issubclass(found, DiscoverRunner):
        return found
    sentence = (
        f"TEST_RUNNER is {settings.TEST_RUNNER}, which is not built on Django's DiscoverRunner, so its tests "
        "can't be shown one by one. Run the command `test` instead."
    )
    raise JobFailure("tests-unlisted", sentence, {"runner": settings.TEST_RUNNER})


def _options(options: Options) -> dict[str, Any]:
    # As the command `test` finds them where nothing is given: a runner of the project may have its own.
    parser = argparse.ArgumentParser()
    _runner_class().add_arguments(parser)
    return {
        **vars(parser.parse_args([])),
        "verbosity": 1,
        "interactive": not options.overwrite,
        "parallel": options.parallel,
        "keepdb": options.keep_database,
    }


def _observed(base: Any, options: Options, recorder: Recorder, captured: Captured) -> Any:
    class Observed(base):
        def build_suite(self, *arguments: Any, **keywords: Any) -> Any:
            suite = super().build_suite(*arguments, **keywords)
            recorder.found(*_listed(suite, options.labels))
            _watch_processes(suite, captured)
            return suite

        def setup_databases(self, **keywords: Any) -> Any:
            recorder.phase("databases")
            return super().setup_databases(**keywords)

        def run_suite(self, suite: Any, **keywords: Any) -> Any:
            recorder.phase("tests")
            return super().run_suite(suite, **keywords)

        def teardown_databases(self, old_config: Any, **keywords: Any) -> Any:
            recorder.phase("cleanup")
            return super().teardown_databases(old_config, **keywords)

        def get_resultclass(self) -> Any:
            chosen = super().get_resultclass() or getattr(self.test_runner, "resultclass", None)
            return _watching(chosen or unittest.TextTestResult, recorder)

        def get_test_runner_kwargs(self) -> Any:
            keywords = super().get_test_runner_kwargs()
            # Its dots are no test's output.
            if self.test_runner is unittest.TextTestRunner:
                keywords.setdefault("stream", captured.plain_stderr)
            return keywords

    return Observed


def _watching(base: Any, recorder: Recorder) -> Any:
    class Watching(base):
        def startTest(self, test: Any) -> None:
            recorder.started(name_of(test))
            super().startTest(test)

        def stopTest(self, test: Any) -> None:
            super().stopTest(test)
            recorder.finished(name_of(test))

        def addMeasured(self, test: Any, milliseconds: float, output: str) -> None:
            recorder.measured(name_of(test), milliseconds, output)

        def addError(self, test: Any, err: Any) -> None:
            group = _held_group(test)
            if group is not None:
                recorder.group_failed(group, err[1])
            else:
                recorder.add(name_of(test), "error", failure=_failure(test, err[1]))
            super().addError(test, err)

        def addFailure(self, test: Any, err: Any) -> None:
            recorder.add(name_of(test), "failed", failure=describe_failure(err[1]))
            super().addFailure(test, err)

        def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:
            if err is not None:
                state = "failed" if issubclass(err[0], (test.failureException, Carried)) else "error"
                title = _title(subtest)
                recorder.add(name_of(test), state, failure=describe_failure(err[1]), title=title)
            super().addSubTest(test, subtest, err)

        def addSkip(self, test: Any, reason: str) -> None:
            group = _held_group(test)
            if group is None:
                recorder.add(name_of(test), "skipped", reason=reason)
            super().addSkip(test, reason)

        def addExpectedFailure(self, test: Any, err: Any) -> None:
            recorder.add(name_of(test), "expected", reason="It fails, as it is expected to.")
            super().addExpectedFailure(test, err)

        def addUnexpectedSuccess(self, test: Any) -> None:
            recorder.unexpected_success(name_of(test))
            super().addUnexpectedSuccess(test)

    return Watching


def _title(subtest: Any) -> str:
    # What unittest itself makes of it shows a mark of its own where the subtest comes from another process.
    message = [subtest._message] if isinstance(subtest._message, str) else []
    return ", ".join([*message, *(f"{name}={value!r}" for name, value in subtest.params.items())])


def _watch_processes(suite: Any, captured: Captured) -> None:
    from django.test.runner import ParallelTestSuite, RemoteTestRunner

    if not isinstance(suite, ParallelTestSuite) or suite.runner_class is not RemoteTestRunner:
        return
    from samois_host.jobs import test_processes

    test_processes.captured = captured
    suite.runner_class = test_processes.MeasuringRunner


def name_of(test: Any) -> str:
    """The name that the studio knows a test by: its label."""
    return str(test._testMethodName) if _is_unloaded(test) else str(test.id())


def _is_unloaded(test: Any) -> bool:
    """Whether it stands for a module or a test that could not be loaded."""
    return isinstance(test, unittest.loader._FailedTest)  # type: ignore[attr-defined] # unknown to typeshed


def _held_group(test: Any) -> str | None:
    """The class or module whose set-up an error is about; its id is `setUpClass (shop.tests.T)`."""
    word, _, rest = str(test.id()).partition(" (")
    return rest.rstrip(")") if word in HOLDERS and rest else None


def _failure(test: Any, error: BaseException) -> Found:
    kept = getattr(test, "samois_failure", None)
    return kept if isinstance(kept, dict) else describe_failure(error)


def _listed(suite: Any, labels: list[str]) -> tuple[list[Found], list[Found]]:
    from django.test.utils import iter_test_cases

    tests, broken = [], []
    for test in iter_test_cases(suite):
        if _is_unloaded(test):
            broken.append(_broken(test, labels))
        else:
            tests.append(_found(test))
    return tests, broken


def _found(test: Any) -> Found:
    name = str(test.id())
    module = type(test).__module__
    method = str(getattr(test, "_testMethodName", ""))
    plain = bool(method) and name.startswith(f"{module}.") and name.endswith(f".{method}")
    group = name[len(module) + 1 : -len(method) - 1] if plain else None
    file, line = line_of(test, method) if plain else (None, None)
    return {
        "id": name,
        # A docstring's tests, for one, are no attributes of their module.
        "label": name if plain else None,
        "app": app_of(file) if file else None,
        "module": module if plain else name.rpartition(".")[0],
        "group": group,
        "name": method if plain else name.rpartition(".")[2],
        "file": file,
        "line": line,
    }


def _broken(test: Any, labels: list[str]) -> Found:
    name = str(test._testMethodName)
    label = next((each for each in labels if each == name or each.endswith(f".{name}")), name)
    failure = getattr(test, "samois_failure", None)
    if failure is None:
        text = str(test._exception)
        failure = process_failure(type(test._exception).__name__, text)
    file = os.path.join(*label.split(".")) + ".py"
    known = os.path.abspath(file) if os.path.exists(file) else None
    return {
        "id": name,
        "label": label,
        "module": label,
        "app": app_of(known),
        "file": known,
        "failure": failure,
    }


@contextmanager
def _failures_kept() -> Iterator[None]:
    """The loader turns an import that fails into a text; while this lasts the exception itself is kept."""
    from unittest import loader

    original = getattr(loader, "_make_failed_import_test", None)
    if original is None:
        yield
        return

    def keeping(*arguments: Any) -> Any:
        made = original(*arguments)
        error = sys.exc_info()[1]
        for test in made[0]:
            if error is not None:
                test.samois_failure = describe_failure(error)
        return made

    vars(loader)["_make_failed_import_test"] = keeping
    try:
        yield
    finally:
        vars(loader)["_make_failed_import_test"] = original


@contextmanager
def _database_questions(options: Options) -> Iterator[None]:
    """Django asks at the terminal before it deletes a database that is left over: here the window asks."""

    def refuse(prompt: object = "") -> str:
        reason = sys.exc_info()[1]
        said = f"{type(reason).__name__}: {reason}" if reason else ""
        asked = QUESTION.search(str(prompt))
        if asked is None:
            raise EOFError("Nobody can answer a question that a test asks.")
        name = asked.group(1)
        # With SQLite it is a file that is there, and no exception.
        if reason is None or any(word in said for word in EXISTS):
            sentence = f"The test database {name} is left over from another run. Delete it, or keep using it."
            raise JobFailure("test-database-exists", sentence, {"database": name})
        raise JobFailure("database-error", f"The test database could not be made. {said.rstrip('.')}.", {})

    original = builtins.input
    builtins.input = refuse
    try:
        yield
    finally:
        builtins.input = original
