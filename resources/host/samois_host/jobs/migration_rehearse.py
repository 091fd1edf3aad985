"""Applies migrations to a copy of the database, and tells what became of every table."""

from __future__ import annotations

import os
import tempfile
import time
from typing import Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RenameField

from samois_host.failure import describe
from samois_host.jobs import Context
from samois_host.jobs.database import database_errors, default_connection
from samois_host.jobs.migration_apply import targets
from samois_host.jobs.migration_copies import copy_database, database_file, has_file
from samois_host.jobs.migration_loading import advice_for, loading_errors
from samois_host.jobs.parameters import Params

Tables = dict[str, dict[str, Any]]


def rehearse(params: Params, context: Context) -> dict[str, Any]:
    """The job: what `apply` with the same parameters would do to the rows; the database stays as it is."""
    original = default_connection()
    file = database_file(original)
    with tempfile.TemporaryDirectory(prefix="samois-rehearsal-") as folder:
        path = os.path.join(folder, "copy.sqlite3")
        if has_file(original):
            copy_database(file, path)
        copy = original.copy()
        copy.settings_dict["NAME"] = path
        # Everything that asks for the default database gets the copy: also Python code of migrations.
        connections[DEFAULT_DB_ALIAS] = copy
        connections.settings[DEFAULT_DB_ALIAS]["NAME"] = path
        try:
            return _effect(copy, params)
        finally:
            copy.close()


def _effect(copy: Any, params: Params) -> dict[str, Any]:
    with database_errors(), loading_errors():
        executor = MigrationExecutor(copy)
        steps = executor.migration_plan(targets(executor, params))
        renames = _field_renames(steps)
        before = _tables(copy)
    arguments = [params[name] for name in ("app", "name") if params.get(name)]
    started = time.monotonic()
    failure = None
    try:
        call_command("migrate", *arguments, interactive=False, no_color=True, verbosity=1)
    except Exception as error:  # noqa: BLE001 - a migration runs the user's code, and this is to find out
        advice = advice_for(error)
        text = f"{type(error).__name__}: {error}"
        failure = {"text": f"{text}. {advice}".strip(), "failure": describe(error)}
    after = _tables(copy)
    return {
        "steps": [{"app": each.app_label, "name": each.name, "backwards": back} for each, back in steps],
        "tables": _compared(before, after, renames),
        "milliseconds": round((time.monotonic() - started) * 1000),
        "failure": failure,
    }


def _tables(connection: Any) -> Tables:
    """Rows of every table, and how many values every column holds."""
    found: Tables = {}
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "django_migrations":
                continue
            columns = [each.name for each in connection.introspection.get_table_description(cursor, table)]
            counts = ", ".join(["COUNT(*)", *(f"COUNT({quote(name)})" for name in columns)])
            cursor.execute(f"SELECT {counts} FROM {quote(table)}", None)
            rows, *values = cursor.fetchone()
            found[table] = {"rows": rows, "columns": dict(zip(columns, values, strict=True))}
    return found


def _compared(before: Tables, after: Tables, fields: dict[str, str]) -> list[dict[str, Any]]:
    compared = []
    renamed = _renamed(before, after)
    for table in sorted({*before, *after} - set(renamed.values())):
        old, new = before.get(table), after.get(renamed.get(table, table))
        if old == new:
            continue
        columns: list[dict[str, Any]] = []
        was, now = (old or {}).get("columns", {}), (new or {}).get("columns", {})
        if old and new:
            for column, name in [(each, fields[each]) for each in was if each in fields]:
                if column not in now and name in now and name not in was:
                    columns.append({"name": f"{column} → {name}", "before": was[column], "after": now[name]})
                    was = {each: count for each, count in was.items() if each != column}
                    now = {each: count for each, count in now.items() if each != name}
            columns += [
                {"name": name, "before": was.get(name), "after": now.get(name)}
                for name in sorted({*was, *now})
                if was.get(name) != now.get(name)
            ]
        compared.append(
            {
                "table": table,
                "renamedTo": renamed.get(table),
                "before": old["rows"] if old else None,
                "after": new["rows"] if new else None,
                "columns": columns,
            }
        )
    return compared


def _field_renames(steps: list[Any]) -> dict[str, str]:
    """Columns that the steps rename; those of relations end with _id."""
    found = {}
    for migration, backwards in steps:
        for operation in migration.operations:
            if isinstance(operation, RenameField):
                pair = (operation.old_name, operation.new_name)
                old, new = reversed(pair) if backwards else pair
                found.update({old: new, f"{old}_id": f"{new}_id"})
    return found


def _renamed(before: Tables, after: Tables) -> dict[str, str]:
    """A table that is gone and one that is new with the very same columns and rows."""
    gone = [each for each in before if each not in after]
    pairs = {}
    for new in after:
        if new not in before:
            same = [old for old in gone if before[old] == after[new] and after[new]["rows"]]
            if len(same) == 1:
                pairs[same[0]] = new
    return pairs
