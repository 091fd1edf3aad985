"""The SQL of migrations that exist, what applying would run, and applying."""

from __future__ import annotations

import os
from typing import Any

from django.core.management import call_command
from django.db import Error
from django.db.migrations import operations as kinds
from django.db.migrations.exceptions import AmbiguityError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from samois_host.failure import JobFailure, describe
from samois_host.jobs import Context
from samois_host.jobs.database import (
    database_errors,
    default_connection,
    looking_connection,
    missing_file,
    writing_nothing,
)
from samois_host.jobs.migration_copies import has_file, names_in, safety_copy
from samois_host.jobs.migration_detect import check_app, check_conflicts
from samois_host.jobs.migration_loading import Key, advice_for, loaded, loading_errors
from samois_host.jobs.migration_sql import Describer
from samois_host.jobs.parameters import Params, read, text

# A way forwards that can lose rows or do anything at all.
RISKY = (
    kinds.DeleteModel,
    kinds.RemoveField,
    kinds.AlterField,
    kinds.RunPython,
    kinds.RunSQL,
    kinds.SeparateDatabaseAndState,
)
FILE_GONE = "The file of the database is gone: bring it back, then apply again."


def sql(params: Params, context: Context) -> dict[str, Any]:
    """The job: the SQL of one migration, as `sqlmigrate` prints it."""
    app, name = text(params, "app"), text(params, "name")
    with database_errors(), loading_errors():
        connection = writing_nothing(default_connection())
        loader = MigrationLoader(connection, replace_migrations=False)
        key = find(loader, app, name)
        collected = loader.collect_sql([(loader.graph.nodes[key], read(params, "backwards", bool, False))])
    return {"sql": "\n".join(collected)}


def show(params: Params, context: Context) -> dict[str, Any]:
    """The job: one migration that exists, operation by operation."""
    loader = loaded(replace=False)
    key = find(loader, text(params, "app"), text(params, "name"))
    migration = loader.graph.nodes[key]
    state = loader.project_state(key, at_end=False)
    describer = Describer(None, postgres=read(params, "postgres", bool, False))
    return {"operations": describer.migration(migration, state), "atomic": migration.atomic}


def preview(params: Params, context: Context) -> dict[str, Any]:
    """The job: what `apply` with the same parameters would run, in its order."""
    with database_errors(), loading_errors():
        executor = MigrationExecutor(looking_connection())
        steps = executor.migration_plan(targets(executor, params))
    return {
        "steps": [
            {
                "app": migration.app_label,
                "name": migration.name,
                "backwards": backwards,
                "operations": [
                    str(operation.describe())
                    for operation in (reversed(migration.operations) if backwards else migration.operations)
                ],
            }
            for migration, backwards in steps
        ]
    }


def apply(params: Params, context: Context) -> dict[str, Any]:
    """The job: `migrate`, with its progress as output; a SQLite file is copied where rows are at stake."""
    connection = default_connection()
    fake = read(params, "fake", bool, False)
    with database_errors(), loading_errors():
        executor = MigrationExecutor(connection)
        before = _recorded(connection)
        if fake and _fills_gap(executor, params):
            return {**_difference(connection, before), "copy": None}
        executor.loader.check_consistent_history(connection)
        steps = executor.migration_plan(targets(executor, params))
    _check_writable(connection)
    copy = _copy_before(connection, steps, text(params, "copies", None), fake)
    arguments = [params[name] for name in ("app", "name") if params.get(name)]
    options = {"fake": True} if fake else {}
    try:
        call_command("migrate", *arguments, interactive=False, no_color=True, verbosity=1, **options)
    except Exception as error:  # a migration runs the user's code
        done = _difference(connection, before)
        advice = FILE_GONE if missing_file(connection) else advice_for(error)
        count = len(done["applied"])
        sentence = (
            f"A migration failed: {type(error).__name__}: {error}. {count} {'was' if count == 1 else 'were'} "
            f"applied. {advice}"
        ).strip()
        if copy is not None:
            sentence += " The copy that was made before can be put back."
        detail = {"failure": describe(error), "copy": copy, **done}
        raise JobFailure("migration-failed", sentence, detail) from error
    return {**_difference(connection, before), "copy": copy}


def targets(executor: Any, params: Params) -> list[tuple[str, str | None]]:
    """What `migrate` is to bring the database to; refuses unknown names."""
    app, name = text(params, "app", None), text(params, "name", None)
    check_conflicts(executor.loader)
    leaves = executor.loader.graph.leaf_nodes()
    if app is None:
        return list(leaves)
    if name == "zero":
        check_app(app)
        return [(app, None)]
    if name is not None:
        return [find(executor.loader, app, name)]
    check_app(app)
    return [key for key in leaves if key[0] == app]


def find(loader: Any, app: str, name: str) -> Key:
    """The migration that the name, or its beginning, means."""
    check_app(app)
    try:
        migration = loader.get_migration_by_prefix(app, name)
    except (KeyError, AmbiguityError) as error:
        sentence = f"The app {app} has no migration named {name}, or more than one begins like that."
        raise JobFailure("unknown-migration", sentence, {"app": app, "name": name}) from error
    key = (app, migration.name)
    if key not in loader.graph.nodes and key in loader.replacements:
        key = loader.replacements[key].replaces[-1]
    return key


def _fills_gap(executor: Any, params: Params) -> bool:
    """Mark one migration that applied ones need: `migrate --fake` refuses while the history has gaps."""
    app, name = text(params, "app", None), text(params, "name", None)
    loader = executor.loader
    if app is None or name is None or name == "zero":
        return False
    key = find(loader, app, name)
    needed = {
        parent.key
        for applied in loader.applied_migrations
        if applied in loader.graph.nodes
        for parent in loader.graph.node_map[applied].parents
    }
    if key in loader.applied_migrations or key not in needed:
        return False
    executor.recorder.record_applied(*key)
    return True


def _copy_before(connection: Any, steps: list[Any], folder: str | None, fake: bool) -> str | None:
    """A copy before the first write of the studio, and before whatever can lose rows."""
    if folder is None or fake or not steps or not has_file(connection):
        return None
    risky = any(
        backwards or any(isinstance(each, RISKY) for each in migration.operations)
        for migration, backwards in steps
    )
    if not risky and names_in(folder):
        return None
    migration, backwards = steps[-1] if not steps[0][1] else steps[0]
    word = "unapplying" if backwards else "applying"
    reason = f"before {word} {migration.app_label} {migration.name}"
    name: str = safety_copy(connection, folder, reason)["name"]
    print(f"Copied the database to {name} first", flush=True)  # noqa: T201 - output is the progress
    return name


def _check_writable(connection: Any) -> None:
    """Say it before the first migration instead of in the middle of one."""
    if not has_file(connection):
        return
    file = str(connection.settings_dict["NAME"])
    folder = os.path.dirname(os.path.abspath(file))
    for path, what in ((file, "The database"), (folder, "The folder of the database")):
        if not os.access(path, os.W_OK):
            sentence = f"{what}, {path}, can only be read. Give yourself write permission, then apply again."
            raise JobFailure("database-read-only", sentence, {"file": path})


def _recorded(connection: Any) -> set[Key]:
    return set(MigrationRecorder(connection).applied_migrations())


def _difference(connection: Any, before: set[Key]) -> dict[str, list[dict[str, str]]]:
    try:
        after = _recorded(connection)
    except Error:
        after = before  # the database went away in the middle: nothing more is known
    return {
        "applied": [{"app": app, "name": name} for app, name in sorted(after - before)],
        "unapplied": [{"app": app, "name": name} for app, name in sorted(before - after)],
    }
