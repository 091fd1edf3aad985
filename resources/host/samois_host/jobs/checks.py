"""Django's system checks."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core import checks
from django.db import connections, models

from samois_host.jobs import Context
from samois_host.jobs.parameters import Params, read
from samois_host.jobs.source_places import field_place, place_of

LEVELS = ((checks.CRITICAL, "critical"), (checks.ERROR, "error"), (checks.WARNING, "warning"))


def issues(deploy: bool = False) -> list[dict[str, Any]]:
    """What the system checks say, worst first."""
    try:
        found = checks.run_checks(include_deployment_checks=deploy)
        return [describe_issue(each) for each in sorted(found, key=lambda each: -each.level)]
    finally:
        connections.close_all()


def describe_issue(issue: Any) -> dict[str, Any]:
    """One message of the checks, with the place of what it is about."""
    name, file, line = _object(issue.obj)
    return {
        "id": issue.id,
        "level": next((word for floor, word in LEVELS if issue.level >= floor), "info"),
        "message": str(issue.msg),
        "hint": str(issue.hint) if issue.hint else None,
        "object": name,
        "file": file,
        "line": line,
    }


def run(params: Params, context: Context) -> dict[str, Any]:
    """The job: system checks, with the deployment ones if asked."""
    return {"issues": issues(read(params, "deploy", bool, False))}


def _object(thing: Any) -> tuple[str | None, str | None, int | None]:
    if thing is None or isinstance(thing, str):
        return thing, None, None
    if isinstance(thing, models.Field) and hasattr(thing, "model"):
        return f"{thing.model._meta.label}.{thing.name}", *field_place(thing.model, thing.name)
    if isinstance(thing, type) and hasattr(thing, "_meta"):
        return thing._meta.label, *place_of(thing)
    if isinstance(thing, models.Manager) and hasattr(thing, "model"):
        return f"{thing.model._meta.label}.{thing.name}", *place_of(thing.model)
    if isinstance(thing, type(apps)):
        return None, None, None
    name = f"{thing.__module__}.{thing.__qualname__}" if hasattr(thing, "__qualname__") else str(thing)
    return name, *place_of(thing)
