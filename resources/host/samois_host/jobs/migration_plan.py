"""What `makemigrations` would write, and writing it."""

from __future__ import annotations

import os
import tempfile
from typing import Any

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter
from django.utils.translation import override

from samois_host.code_places import is_library
from samois_host.failure import JobFailure
from samois_host.jobs import Context
from samois_host.jobs.migration_questions import Question, Questioner
from samois_host.jobs.migration_sql import describe_operations
from samois_host.jobs.parameters import Params, read, texts

Changes = dict[str, list[Migration]]


def plan(params: Params, context: Context) -> dict[str, Any]:
    """The job: the migrations that would be written, their operations and SQL, and the open questions."""
    loader, changes, questions = _detect(params)
    described = []
    for migration, operations in describe_operations(loader, _in_order(changes)):
        described.append(
            {
                "app": migration.app_label,
                "name": migration.name,
                "file": _path(migration),
                "code": _code(migration),
                "operations": operations,
            }
        )
    return {"migrations": described, "questions": [question.as_json() for question in questions]}


def make(params: Params, context: Context) -> dict[str, Any]:
    """The job: write the migrations of the plan; refuses while a question is open."""
    _, changes, questions = _detect(params)
    if questions:
        sentence = "No migration was written: there are questions to answer first."
        raise JobFailure(
            "questions-open", sentence, {"questions": [question.as_json() for question in questions]}
        )
    _rename(changes, read(params, "names", dict, {}))
    texts_of_files = {_path(migration): _code(migration) for migration in _in_order(changes)}
    for path in texts_of_files:
        if os.path.lexists(path):
            raise JobFailure(
                "file-exists", f"{path} exists already; no migration was written.", {"file": path}
            )
    written = []
    for path, code in texts_of_files.items():
        package = os.path.join(os.path.dirname(path), "__init__.py")
        if not os.path.exists(package):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            _write(package, "")
            written.append(package)
        _write(path, code)
        written.append(path)
    return {"written": written}


def own_apps() -> list[str]:
    """Labels of the apps whose code is the project's own, not a library's."""
    return [
        config.label
        for config in apps.get_app_configs()
        if not is_library(config.path) and MigrationLoader.migrations_module(config.label)[0] is not None
    ]


def check_conflicts(loader: Any, labels: set[str] | None = None) -> None:
    """Refuse while an app has two last migrations."""
    found = loader.detect_conflicts()
    conflicts = {app: sorted(names) for app, names in found.items() if labels is None or app in labels}
    if conflicts:
        parts = "; ".join(f"{', '.join(names)} in {app}" for app, names in conflicts.items())
        sentence = f"Two migrations claim to be the last one: {parts}. Merge them (makemigrations --merge)."
        raise JobFailure("migration-conflict", sentence, {"apps": conflicts})


def check_app(label: str) -> None:
    """Refuse a label that no installed app has."""
    try:
        apps.get_app_config(label)
    except LookupError as error:
        sentence = f"There is no installed app with the label {label}. Is it in INSTALLED_APPS?"
        raise JobFailure("unknown-app", sentence, {"app": label}) from error


def _detect(params: Params) -> tuple[Any, Changes, list[Question]]:
    asked_for = texts(params, "apps")
    for label in asked_for:
        check_app(label)
    labels = set(asked_for or own_apps())
    answers = {}
    for each in read(params, "answers", list, []):
        if not isinstance(each, dict) or not isinstance(each.get("id"), str):
            sentence = "The job needs answers as a list of objects with id and answer."
            raise JobFailure("bad-request", sentence, {"parameter": "answers"})
        answers[each["id"]] = each.get("answer")
    # Without a connection, as makemigrations does: what is applied where does not matter here.
    loader = MigrationLoader(None, ignore_no_migrations=True)
    check_conflicts(loader, labels)
    if not labels:
        return loader, {}, []
    questioner = Questioner(answers, labels)
    autodetector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps), questioner)
    questioner.autodetector = autodetector
    # As makemigrations (no_translations): names and help texts are written in the source's language.
    with override(None):
        changes = autodetector.changes(graph=loader.graph, trim_to_apps=labels, convert_apps=labels)
    return loader, changes, questioner.open


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


def _path(migration: Migration) -> str:
    label = migration.app_label
    package, _ = MigrationLoader.migrations_module(label)
    config = apps.get_app_config(label)
    # MigrationWriter.path creates a package that MIGRATION_MODULES names; a plan must not.
    if package == f"{config.name}.migrations":
        return os.path.join(config.path, "migrations", f"{migration.name}.py")
    return str(MigrationWriter(migration).path)


def _code(migration: Migration) -> str:
    return str(MigrationWriter(migration).as_string())


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


def _write(path: str, text: str) -> None:
    """Write the whole file or nothing of it."""
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise
