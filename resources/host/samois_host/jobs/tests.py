"""The project's tests: which there are, and running them with the runner that the project uses."""

from __future__ import annotations

import importlib.util
import os
from typing import Any

from samois_host.failure import JobFailure
from samois_host.jobs import Context
from samois_host.jobs.captured import Captured
from samois_host.jobs.parameters import Params, read, text, texts
from samois_host.jobs.test_results import Recorder


def find(params: Params, context: Context) -> dict[str, Any]:
    """The job: every test, without running one."""
    runners = _runners(context.project)
    runner = _chosen(params, runners)
    if runner == "pytest":
        from samois_host.jobs import test_pytest

        test_pytest.enter(context.project)
        tests, broken = test_pytest.find_tests()
    else:
        from samois_host.jobs import test_django

        _set_up()
        tests, broken = test_django.find_tests()
    parallel = runner == "django" or _installed("xdist")
    return {"runner": runner, "runners": runners, "parallel": parallel, "tests": tests, "broken": broken}


def run(params: Params, context: Context) -> dict[str, Any]:
    """The job: run tests, and report on each while they run."""
    runner = _chosen(params, _runners(context.project))
    labels = texts(params, "labels")
    parallel = (os.cpu_count() or 1) if read(params, "parallel", bool, False) else 0
    keep = read(params, "keepDatabase", bool, False)
    if runner == "pytest":
        from samois_host.jobs import test_pytest

        test_pytest.enter(context.project)
        recorder = Recorder(context.report, None)
        return {"failed": test_pytest.run_tests(labels, parallel, keep, recorder)}
    from samois_host.jobs import test_django

    # Before the project sets its logging up, so that what it logs is the output of a test, too.
    captured = Captured()
    _set_up()
    options = test_django.Options(labels, parallel, keep, read(params, "overwrite", bool, False))
    return {"failed": test_django.run_tests(options, Recorder(context.report, captured), captured)}


def _set_up() -> None:
    import django

    django.setup()


def _runners(project: str) -> list[str]:
    """The runners that the project can be tested with, the one it uses first."""
    if not (_installed("pytest") and _installed("pytest_django")):
        return ["django"]
    from samois_host.jobs import test_pytest

    return ["django", "pytest"] if test_pytest.configuration(project) is None else ["pytest", "django"]


def _chosen(params: Params, runners: list[str]) -> str:
    wanted: str = text(params, "runner", runners[0])
    if wanted not in runners:
        sentence = f"The project can't be tested with {wanted}: it is not installed in its environment."
        raise JobFailure("bad-request", sentence, {"runner": wanted})
    return wanted


def _installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None
