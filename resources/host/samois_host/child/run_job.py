"""What a child does to run one job."""

from __future__ import annotations

from typing import Any

from samois_host.child import project
from samois_host.child.control import Control
from samois_host.child.serve import leave
from samois_host.code_places import library_modules
from samois_host.failure import HostFailure, describe
from samois_host.jobs import JOBS, Context
from samois_host.wire import Message


def run_job(control: Control, order: Message, bare: frozenset[str]) -> None:
    """Run the job, report its result and end."""
    try:
        result: Message = {"ok": True, "value": _run(control, order, bare)}
    except HostFailure as failure:
        result = {"ok": False, "failure": failure.as_message()}
    except BaseException as error:  # noqa: BLE001 - sys.exit in the project's code is a failure to show, too
        result = {"ok": False, "failure": project_error(order["job"], error)}
    control.report({"report": "result", "result": result})
    if result["ok"] and JOBS[order["job"]].needs_setup:
        control.report({"report": "modules", "names": library_modules()})
    leave(0)


def _run(control: Control, order: Message, bare: frozenset[str]) -> Any:
    job = JOBS.get(order["job"])
    if job is None:
        raise HostFailure(
            "unknown-job", f"The host has no job named {order['job']!r}.", {"job": order["job"]}
        )
    params, environment, settings = order["params"], order["environment"], order["settings"]
    if job.own_environment:
        environment = {**params.get("env", {}), **environment}
        settings = params.get("settings") or settings
    context = Context(order["project"], settings, lambda told: control.report({"record": told}), control.hear)
    if job.enters:
        command = job.command or str(params.get("name"))
        project.enter(context.project, settings, command, environment, bare)
    if job.needs_setup:
        import django

        django.setup()
    return job.run(params, context)


def project_error(name: str, error: BaseException) -> Message:
    """The failure of a job in which the project's code raised something."""
    failure = describe(error)
    sentence = f"The project raised {failure['type']}: {failure['message'].rstrip('.')}."
    return HostFailure("project-error", sentence, {"job": name, "failure": failure}).as_message()
