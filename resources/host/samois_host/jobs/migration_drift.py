"""Models, migrations and the database beside each other: what each of the three says of a column."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from samois_host.jobs import Context
from samois_host.jobs.database import database_errors, looking_connection
from samois_host.jobs.migration_detect import own_apps
from samois_host.jobs.migration_loading import Key, loading_errors
from samois_host.jobs.parameters import Params

# table -> column or constraint -> what it is, in words
Tables = dict[str, dict[str, str]]


def drift(params: Params, context: Context) -> dict[str, Any]:
    """The job: every table, column and constraint on which the three do not agree."""
    labels = set(own_apps())
    connection = looking_connection()
    with database_errors(), loading_errors():
        executor = MigrationExecutor(connection)
        loader = executor.loader
        applied = [key for key in loader.applied_migrations if key in loader.graph.nodes]
        # A conflict has two leaves; the state of both together is what the files say.
        written = loader.project_state()
        in_database = loader.project_state(_tips(loader, applied)) if applied else ProjectState()
        models = ProjectState.from_apps(apps)
        of_models = _expected(models, labels, connection)
        of_files = _expected(written, labels, connection)
        of_applied = _expected(in_database, labels, connection)
        owners = _owners((models, written, in_database), labels)
        real = _real(connection, {*of_models, *of_files, *of_applied})
    rows = []
    for table in sorted(owners):
        rows += _compared(table, owners[table], of_models, of_files, of_applied, real)
    return {"rows": rows, "tables": len(owners), "unknown": _unknown(connection, models, written)}


def _tips(loader: Any, applied: list[Key]) -> list[Key]:
    known = set(applied)
    return [
        key for key in applied if not any(child in known for child in loader.graph.node_map[key].children)
    ]


def _managed(state: Any, labels: set[str]) -> list[Any]:
    return [
        model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.app_label in labels and model._meta.managed and not model._meta.proxy
    ]


def _owners(states: tuple[Any, ...], labels: set[str]) -> dict[str, str]:
    return {
        model._meta.db_table: model._meta.label
        for state in reversed(states)
        for model in _managed(state, labels)
    }


def _expected(state: Any, labels: set[str], connection: Any) -> Tables:
    found: Tables = {}
    for model in _managed(state, labels):
        meta = model._meta
        parts: dict[str, str] = {}
        for field in meta.local_concrete_fields:
            kind = field.db_parameters(connection)["type"]
            if kind is None:
                continue
            parts[field.column] = _words(kind, field.null)
            if field.unique and not field.primary_key:
                parts[_part("unique", [field.column])] = "unique"
            elif field.db_index:
                parts[_part("index", [field.column])] = "index"
            if field.remote_field is not None and field.db_constraint:
                target = field.target_field
                to = f"{target.model._meta.db_table}.{target.column}"
                parts[_part("foreign key", [field.column])] = f"foreign key to {to}"
        column_of = {field.name: field.column for field in meta.local_concrete_fields}
        for names in meta.unique_together:
            parts[_part("unique", [column_of[name] for name in names])] = "unique"
        for index in meta.indexes:
            parts[f"index {index.name}"] = "index"
        for constraint in meta.constraints:
            parts[f"constraint {constraint.name}"] = type(constraint).__name__
            plain = getattr(constraint, "fields", ()) and not getattr(constraint, "condition", None)
            if plain:
                parts.pop(_part("unique", [column_of[name] for name in constraint.fields]), None)
        found[meta.db_table] = parts
    return found


def _real(connection: Any, tables: set[str]) -> Tables:
    found: Tables = {}
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in tables & there:
            parts = {name: _words(kind, null) for name, kind, null in _columns(connection, cursor, table)}
            for name, each in connection.introspection.get_constraints(cursor, table).items():
                columns = [column for column in each["columns"] if column]
                if each["foreign_key"]:
                    to = ".".join(each["foreign_key"])
                    parts[_part("foreign key", columns)] = f"foreign key to {to}"
                elif each["primary_key"]:
                    continue
                elif each["unique"]:
                    parts[f"constraint {name}"] = "UniqueConstraint"
                    parts[_part("unique", columns)] = "unique"
                elif each["check"]:
                    parts[f"constraint {name}"] = "CheckConstraint"
                elif each["index"]:
                    parts[f"index {name}"] = "index"
                    if len(columns) == 1:
                        parts.setdefault(_part("index", columns), "index")
            found[table] = parts
    return found


def _columns(connection: Any, cursor: Any, table: str) -> list[tuple[str, str, bool]]:
    if connection.vendor == "sqlite":
        cursor.execute(f"PRAGMA table_xinfo({connection.ops.quote_name(table)})")
        return [(row[1], row[2], not row[3] and not row[5]) for row in cursor.fetchall()]
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod), NOT attnotnull FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [connection.ops.quote_name(table)],
        )
        return list(cursor.fetchall())
    # Types have other names here than in Django's own table: only what may be empty is compared.
    described = connection.introspection.get_table_description(cursor, table)
    return [(each.name, "", each.null_ok) for each in described]


SAME_TYPES = {
    "character varying": "varchar",
    "timestamp with time zone": "timestamptz",
    "time without time zone": "time",
    "double precision": "double",
    "serial": "integer",
    "bigserial": "bigint",
    "bool": "boolean",
}


def _words(kind: str, null: bool) -> str:
    plain = kind.lower().replace(" auto_increment", "").replace("unsigned", "").strip()
    for long, short in SAME_TYPES.items():
        plain = plain.replace(long, short)
    plain = plain.replace("double", "double precision") if plain == "double" else plain
    return f"{' '.join(plain.split())}{' null' if null else ''}".strip()


def _part(kind: str, columns: list[str]) -> str:
    return f"{kind} ({', '.join(columns)})"


def _compared(
    table: str, model: str, models: Tables, written: Tables, applied: Tables, real: Tables
) -> list[dict[str, Any]]:
    sides = (models.get(table), written.get(table), applied.get(table), real.get(table))
    row = {"table": table, "model": model}
    if None in sides:
        words = ["there" if side is not None else None for side in sides]
        told = _told(*words)
        return [{**row, "part": None, **told}] if told else []
    rows = []
    declared = {name for side in sides[:3] for name in side or ()}
    extra = {name for name in sides[3] or () if " " not in name}
    for name in sorted(declared | extra):
        told = _told(*((side or {}).get(name) for side in sides))
        if told:
            rows.append({**row, "part": name, **told})
    return rows


def _told(
    models: str | None, written: str | None, applied: str | None, real: str | None
) -> dict[str, Any] | None:
    """What differs, with its cause; None where all agree."""
    told = {"models": models, "migrations": written, "database": real}
    causes = []
    if models != written:
        causes.append("unmade")
    if written != applied:
        causes.append("unapplied")
    if applied != real:
        causes.append("drifted")
    return {**told, "causes": causes} if causes else None


def _unknown(connection: Any, models: Any, written: Any) -> list[str]:
    """Tables that neither a model nor a migration knows."""
    known = {
        model._meta.db_table
        for state in (models, written)
        for model in state.apps.get_models(include_auto_created=True)
    }
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return sorted(there - known - {"django_migrations"})
