"""The SQL that PostgreSQL would be given, collected by Django's own schema editor without a server."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.operations.base import Operation

# The newest that every supported Django knows how to talk to; only the dialect depends on it.
SERVER_VERSION = 150000
DIALECT = "postgresql_dialect"
NO_DRIVER = "The SQL for PostgreSQL needs its driver: install psycopg in the project's environment."


class PostgresDialect:
    """Collects the SQL of operations in PostgreSQL's dialect."""

    def __init__(self) -> None:
        self.reason: str | None = None
        self.connection: Any = None
        try:
            self.connection = _unconnected()
        except (ImportError, ImproperlyConfigured):
            self.reason = NO_DRIVER

    def collect(
        self, operation: Operation, app: str, before: Any, after: Any
    ) -> tuple[list[str] | None, str | None]:
        """The statements, or why they can't be told."""
        if self.connection is None:
            return None, self.reason
        if not operation.reduces_to_sql:
            return None, "This operation runs Python code; it has no SQL of its own."
        try:
            self.connection.introspection.get_constraints = _constraints_of(self.connection, before)
            with self.connection.schema_editor(collect_sql=True, atomic=False) as editor:
                operation.database_forwards(app, editor, before, after)
            return list(editor.collected_sql), None
        except Exception as error:  # noqa: BLE001 - what only a real server knows
            return None, f"PostgreSQL's SQL cannot be told without a server: {error}"


class NoServer:
    """Stands where Django passes a cursor along; what would be asked through it is refused."""

    def execute(self, *_: Any) -> None:
        """Refuse, so that the SQL is told to be unknown instead of wrong."""
        raise RuntimeError("this question can only be answered by the server")


def _unconnected() -> Any:
    from django.db.backends.postgresql.base import DatabaseWrapper

    settings = {**connections[DEFAULT_DB_ALIAS].settings_dict}
    settings.update(ENGINE="django.db.backends.postgresql", NAME="nowhere", HOST="", PORT="", OPTIONS={})
    connection = DatabaseWrapper(settings, DIALECT)
    # Defaults of the database and conditions are compiled for the connection of this name.
    connections[DIALECT] = connection

    def refuse(*_: Any, **__: Any) -> Any:
        raise RuntimeError("this question can only be answered by the server")

    # Whatever asks the server all the same gets a reason instead of a connection to somebody's database.
    connection.connect = refuse
    connection.ensure_connection = refuse
    connection.cursor = lambda: nullcontext(NoServer())
    connection.__dict__["pg_version"] = SERVER_VERSION
    connection.ops.compose_sql = _merged(connection)
    return connection


def _merged(connection: Any) -> Callable[[str, Any], str]:
    """Django merges parameters with a cursor of the server; the quoting of literals needs none."""
    from django.db.backends.postgresql.psycopg_any import sql

    def merge(statement: str, params: Any) -> str:
        return statement % tuple(sql.quote(value, None) for value in params) if params else statement

    return merge


def _constraints_of(connection: Any, before: Any) -> Callable[[Any, str], dict[str, Any]]:
    """Names of constraints as Django and PostgreSQL make them, for a table that is not looked at."""

    def get_constraints(_: Any, table: str) -> dict[str, Any]:
        model = next((each for each in before.apps.get_models() if each._meta.db_table == table), None)
        if model is None:
            return {}
        editor = connection.schema_editor(collect_sql=True, atomic=False)
        editor.deferred_sql = []
        found: dict[str, Any] = {f"{table}_pkey": _constraint([model._meta.pk.column], primary_key=True)}
        for field in model._meta.local_fields:
            if field.unique and not field.primary_key:
                found[f"{table}_{field.column}_key"] = _constraint([field.column], unique=True)
            elif field.db_index:
                name = editor._create_index_name(table, [field.column])
                found[name] = _constraint([field.column], index=True)
            if field.remote_field is not None and field.db_constraint:
                target = field.target_field
                suffix = f"_fk_{target.model._meta.db_table}_{target.column}"
                name = str(editor._fk_constraint_name(model, field, suffix))
                found[name.strip('"')] = _constraint(
                    [field.column], foreign_key=(target.model._meta.db_table, target.column)
                )
        for names in model._meta.unique_together:
            columns = [model._meta.get_field(name).column for name in names]
            found[editor._create_index_name(table, columns, suffix="_uniq")] = _constraint(
                columns, unique=True
            )
        return found

    return get_constraints


def _constraint(columns: list[str], **kinds: Any) -> dict[str, Any]:
    none = {"primary_key": False, "unique": False, "foreign_key": None, "check": False, "index": False}
    return {
        **none,
        "columns": columns,
        "definition": None,
        "orders": [],
        "type": None,
        "options": None,
        **kinds,
    }
