"""What `makemigrations` would write, and writing it."""

from __future__ import annotations

from typing import Any

from django.db.migrations.migration import Migration

from samois_host.failure import JobFailure
from samois_host.jobs import Context
from samois_host.jobs.migration_counts import Counter
from samois_host.jobs.migration_detect import Changes, detect
from samois_host.jobs.migration_files import code_of, path_of, write_new
from samois_host.jobs.migration_sql import describe_operations
from samois_host.jobs.migration_ways import take_ways
from samois_host.jobs.parameters import Params, read, texts


def plan(params: Params, context: Context) -> dict[str, Any]:
    """The job: the migrations that would be written, their operations and SQL, and the open questions."""
    detected = detect(params)
    counter = Counter(detected.loader.project_state())
    changes, taken = take_ways(detected, texts(params, "ways"))
    described = []
    for migration, operations in describe_operations(
        detected.loader,
        _in_order(changes),
        counter,
        frozenset(each["id"] for each in taken),
        postgres=read(params, "postgres", bool, False),
    ):
        described.append(
            {
                "app": migration.app_label,
                "name": migration.name,
                "file": path_of(migration),
                "code": code_of(migration),
                "operations": operations,
            }
        )
    return {
        "migrations": described,
        "questions": [{**each.as_json(), **counter.of_question(each)} for each in detected.questions],
        "renames": [{"id": each.question, "text": f"{each.old} → {each.new}"} for each in detected.renames],
        "ways": taken,
    }


def make(params: Params, context: Context) -> dict[str, Any]:
    """The job: write the migrations of the plan; refuses while a question is open."""
    detected = detect(params)
    if detected.questions:
        sentence = "No migration was written: there are questions to answer first."
        asked = [question.as_json() for question in detected.questions]
        raise JobFailure("questions-open", sentence, {"questions": asked})
    changes, _ = take_ways(detected, texts(params, "ways"))
    _rename(changes, read(params, "names", dict, {}))
    return {"written": write_new({path_of(each): code_of(each) for each in _in_order(changes)})}


def _in_order(changes: Changes) -> list[Migration]:
    """The migrations, each after those that it depends on."""
    waiting = {(each.app_label, each.name): each for group in changes.values() for each in group}
    ordered: list[Migration] = []
    while waiting:
        free = [
            key
            for key, each in waiting.items()
            if not any(tuple(dependency) in waiting for dependency in each.dependencies)
        ]
        # A circle cannot come from the autodetector; were there one, any order shows it as well.
        for key in free or list(waiting):
            ordered.append(waiting.pop(key))
    return ordered


def _rename(changes: Changes, names: dict[str, Any]) -> None:
    renamed = {}
    for app, name in names.items():
        if not isinstance(name, str) or not name.isidentifier():
            sentence = f"{name!r} cannot be a migration's name: letters, digits and underscores only."
            raise JobFailure("bad-request", sentence, {"parameter": "names", "app": app})
        for index, migration in enumerate(changes.get(app, [])):
            number = migration.name.partition("_")[0]
            new_name = f"{number}_{name}" if not index else f"{number}_{name}_{index + 1}"
            renamed[app, migration.name] = (app, new_name)
            migration.name = new_name
    for group in changes.values():
        for migration in group:
            migration.dependencies = [renamed.get(tuple(each), each) for each in migration.dependencies]
