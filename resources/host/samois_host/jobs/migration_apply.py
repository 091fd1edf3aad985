"""The SQL of migrations that exist, what applying would run, and applying."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import Error
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
    writing_nothing,
)
from samois_host.jobs.migration_plan import check_app, check_conflicts
from samois_host.jobs.parameters import Params, read, text

Key = tuple[str, str]


def sql(params: Params, context: Context) -> dict[str, Any]:
    """The job: the SQL of one migration, as `sqlmigrate` prints it."""
    app, name = text(params, "app"), text(params, "name")
    with database_errors():
        connection = writing_nothing(default_connection())
        loader = MigrationLoader(connection, replace_migrations=False)
        key = _find(loader, app, name)
        collected = loader.collect_sql([(loader.graph.nodes[key], read(params, "backwards", bool, False))])
    return {"sql": "\n".join(collected)}


def preview(params: Params, context: Context) -> dict[str, Any]:
    """The job: what `apply` with the same parameters would run, in its order."""
    with database_errors():
        executor = MigrationExecutor(looking_connection())
        steps = executor.migration_plan(_targets(executor, params))
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
    """The job: `migrate`, with its progress as output."""
    connection = default_connection()
    with database_errors():
        executor = MigrationExecutor(connection)
        _targets(executor, params)  # refuses unknown names before anything runs
        before = _recorded(connection)
    arguments = [params[name] for name in ("app", "name") if params.get(name)]
    try:
        call_command("migrate", *arguments, interactive=False, no_color=True, verbosity=1)
    except Exception as error:  # a migration runs the user's code
        done = _difference(connection, before)
        sentence = (
            f"A migration failed: {type(error).__name__}: {error}. {len(done['applied'])} were applied."
        )
        raise JobFailure("migration-failed", sentence, {"failure": describe(error), **done}) from error
    return _difference(connection, before)


def _targets(executor: Any, params: Params) -> list[tuple[str, str | None]]:
    app, name = text(params, "app", None), text(params, "name", None)
    check_conflicts(executor.loader)
    leaves = executor.loader.graph.leaf_nodes()
    if app is None:
        return list(leaves)
    if name == "zero":
        check_app(app)
        return [(app, None)]
    if name is not None:
        return [_find(executor.loader, app, name)]
    check_app(app)
    return [key for key in leaves if key[0] == app]


def _find(loader: Any, app: str, name: str) -> Key:
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
