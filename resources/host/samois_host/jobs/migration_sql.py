"""Describes operations that are not written yet: words, code, SQL, and whether they destroy data."""

from __future__ import annotations

from typing import Any

from django.db.migrations import operations as kinds
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import OperationWriter

from samois_host.jobs.database import default_connection, writing_nothing

NARROWED_BY = ("max_length", "max_digits", "decimal_places")


def describe_operations(loader: Any, migrations: list[Any]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Every migration with its described operations, in the order in which they would be applied."""
    connection, broken = _usable_connection()
    state = loader.project_state()
    # An app that had no migrations until now is in the state as it is; its operations put it there.
    state.real_apps = state.real_apps - {migration.app_label for migration in migrations}
    described = []
    for migration in migrations:
        operations = []
        for operation in migration.operations:
            before = state.clone()
            operation.state_forwards(migration.app_label, state)
            sql, reason = (None, broken)
            if not broken:
                sql, reason = _collect(connection, operation, migration.app_label, before, state)
            operations.append(
                {
                    "kind": type(operation).__name__,
                    "description": str(operation.describe()),
                    "sql": sql,
                    "reason": reason,
                    "destructive": is_destructive(operation, migration.app_label, before),
                    "code": OperationWriter(operation, indentation=0).serialize()[0],
                }
            )
        described.append((migration, operations))
    return described


def is_destructive(operation: Operation, app: str, before: Any) -> bool:
    """Whether applying it forwards can lose stored values."""
    if isinstance(operation, (kinds.DeleteModel, kinds.RemoveField)):
        return True
    if isinstance(operation, kinds.SeparateDatabaseAndState):
        return any(is_destructive(each, app, before) for each in operation.database_operations)
    if isinstance(operation, kinds.AlterField):
        model = before.models.get((app, operation.model_name_lower))
        old = model.fields.get(operation.name) if model else None
        return old is not None and _narrows(old, operation.field)
    return False


def _narrows(old: Any, new: Any) -> bool:
    if old.get_internal_type() != new.get_internal_type():
        return True
    for name in NARROWED_BY:
        before, after = getattr(old, name, None), getattr(new, name, None)
        if after is not None and (before is None or after < before):
            return True
    return False


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
        return None, "This operation runs Python code; it has no SQL of its own."
    try:
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            operation.database_forwards(app, editor, before, after)
        return list(editor.collected_sql), None
    except Exception as error:  # noqa: BLE001 - e.g. a constraint whose name only the real table knows
        return None, f"The SQL cannot be told without applying the migration: {error}"
