"""Describes operations: words, code, SQL for the project's database and for PostgreSQL, and what they do."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import OperationWriter

from samois_host.jobs.database import default_connection, writing_nothing
from samois_host.jobs.migration_counts import Counter
from samois_host.jobs.migration_effects import effects, follow
from samois_host.jobs.migration_locks import locks_of
from samois_host.jobs.migration_postgres import PostgresDialect
from samois_host.jobs.migration_ways import operation_id, ways_for

RUNS_PYTHON = "This operation runs Python code; it has no SQL of its own."


def describe_operations(
    loader: Any, migrations: list[Any], counter: Counter, taken: frozenset[str], *, postgres: bool
) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Every migration with its described operations, in the order in which they would be applied."""
    state = loader.project_state()
    # An app that had no migrations until now is in the state as it is; its operations put it there.
    state.real_apps = state.real_apps - {migration.app_label for migration in migrations}
    describer = Describer(counter, taken, postgres=postgres)
    return [(migration, describer.migration(migration, state)) for migration in migrations]


class Describer:
    """Walks through operations with the state before and after each."""

    def __init__(
        self, counter: Counter | None, taken: frozenset[str] = frozenset(), *, postgres: bool
    ) -> None:
        self._counter = counter
        self._taken = taken
        self._connection, self._broken = _usable_connection()
        vendor = getattr(self._connection, "vendor", None)
        # The same SQL twice says nothing.
        self._postgres = PostgresDialect() if postgres and vendor != "postgresql" else None
        self._vendor = vendor or "sqlite"

    def migration(self, migration: Any, state: Any) -> list[dict[str, Any]]:
        """The operations of a migration; takes the state along."""
        return [self._operation(operation, migration, state) for operation in migration.operations]

    def _operation(self, operation: Operation, migration: Any, state: Any) -> dict[str, Any]:
        app = migration.app_label
        before = state.clone()
        operation.state_forwards(app, state)
        sql, reason = None, self._broken
        if not self._broken:
            sql, reason = _collect(self._connection, operation, app, before, state)
        other, other_reason = None, None
        if self._postgres is not None:
            other, other_reason = self._postgres.collect(operation, app, before, state)
        told = effects(operation, app, before, self._counter)
        offered = ways_for(operation, app, before, self._vendor) if self._counter else []
        if self._counter is not None:
            follow(operation, app, self._counter)
        return {
            "id": operation_id(app, operation),
            "kind": type(operation).__name__,
            "description": str(operation.describe()),
            "sql": sql,
            "reason": reason,
            "postgres": other,
            "postgresReason": other_reason,
            "locks": locks_of(sql, self._vendor),
            "postgresLocks": locks_of(other, "postgresql"),
            "code": OperationWriter(operation, indentation=0).serialize()[0],
            "ways": [each for each in offered if each["id"] not in self._taken],
            **told,
        }


def _usable_connection() -> tuple[Any, str | None]:
    try:
        connection = writing_nothing(default_connection())
        # Some engines look at the database while SQL is collected: find out once whether they can.
        connection.ensure_connection()
    except Exception as error:  # noqa: BLE001 - whatever the engine or its driver raises: there is no SQL then
        return None, f"The database is not reachable: {error}"
    return connection, None


def _collect(
    connection: Any, operation: Operation, app: str, before: Any, after: Any
) -> tuple[list[str] | None, str | None]:
    if not operation.reduces_to_sql:
        return None, RUNS_PYTHON
    try:
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            operation.database_forwards(app, editor, before, after)
        return list(editor.collected_sql), None
    except Exception as error:  # noqa: BLE001 - e.g. a constraint whose name only the real table knows
        return None, f"The SQL cannot be told without applying the migration: {error}"
