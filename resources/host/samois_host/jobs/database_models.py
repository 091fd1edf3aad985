"""What only Django knows of rows: names, choices, what they are called, what goes with them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector

from samois_host.failure import JobFailure
from samois_host.jobs import Context
from samois_host.jobs.cells import Cell, cell_of, text_of
from samois_host.jobs.database import database_errors
from samois_host.jobs.parameters import Params, read, text

MOST_LABELS = 500
LABEL_SECONDS = 3.0
LONGEST_LABEL = 200
MOST_ROWS = 20_000


def describe(params: Params, context: Context) -> dict[str, Any] | None:
    """The job: the fields of the model of a table, and what points to it; None without a model."""
    model, connection = _find_model(text(params, "table")), connections[_alias(params)]
    if model is None:
        return None
    return {
        "model": model._meta.label,
        "verboseName": str(model._meta.verbose_name),
        "verboseNamePlural": str(model._meta.verbose_name_plural),
        "timeZone": settings.TIME_ZONE if settings.USE_TZ else None,
        "storedIn": connection.settings_dict.get("TIME_ZONE") or ("UTC" if settings.USE_TZ else None),
        "fields": [_field(field, connection) for field in model._meta.local_concrete_fields],
        "related": [entry for relation in model._meta.related_objects for entry in _relation(relation)],
    }


def labels(params: Params, context: Context) -> dict[str, Any]:
    """The job: what rows are called, `str(object)`, for the values of the column that points to them."""
    model, alias = _model(params), _alias(params)
    field = _field_of_column(model, text(params, "column"))
    asked: list[Cell] = read(params, "values", list)[:MOST_LABELS]
    wanted = [value for value in (_python_value(field, cell) for cell in asked) if value is not None]
    connection, until = connections[alias], time.monotonic() + LABEL_SECONDS
    found: list[dict[str, Any]] = []
    with database_errors():
        for row in model._base_manager.using(alias).filter(**{f"{field.name}__in": wanted}):
            if time.monotonic() > until:
                break
            value = field.get_db_prep_value(getattr(row, field.attname), connection)
            found.append({"value": cell_of(value), "label": _label(row)})
    return {"labels": found}


def collect(params: Params, context: Context) -> dict[str, Any]:
    """The job: what deleting rows of a model does to others, as Django itself would do it."""
    model, alias = _model(params), _alias(params)
    connection, key = connections[alias], model._meta.pk
    rows: list[dict[str, Cell]] = read(params, "rows", list)
    values = [_python_value(key, row[key.column]) for row in rows if key.column in row]
    collector = _Going(using=alias)
    with database_errors():
        chosen = model._base_manager.using(alias).filter(pk__in=values)
        try:
            collector.collect(chosen)
        except (ProtectedError, RestrictedError) as error:
            objects = error.args[1] if len(error.args) > 1 else ()
            return {"steps": [], "problems": [_protected(objects)]}
        sets, deletes = _updates(collector, connection), _deletes(collector, model, set(values), connection)
    steps = [*sets, *deletes]
    if sum(len(step["values"]) for step in steps) > MOST_ROWS:
        sentence = "More than 20,000 other rows would go with these: delete them in steps, or by a command."
        return {"steps": [], "problems": [sentence]}
    return {"steps": steps, "problems": []}


class _Going(Collector):
    """Looks at every row, also where Django would delete them by one statement."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        return False


def _updates(collector: Any, connection: Any) -> list[dict[str, Any]]:
    steps = []
    for (field, value), groups in collector.field_updates.items():
        rows = [row for group in groups for row in (group if not isinstance(group, Model) else [group])]
        if not rows:
            continue
        stored = field.get_db_prep_save(value, connection)
        setting = {"column": field.column, "value": cell_of(stored)}
        steps.append({**_step("set", field.model, rows, connection), "set": setting})
    return steps


def _deletes(collector: Any, model: Any, chosen: set[Any], connection: Any) -> list[dict[str, Any]]:
    collector.sort()
    steps = []
    for kind, instances in collector.data.items():
        others = [row for row in instances if kind is not model or row.pk not in chosen]
        if others and not kind._meta.proxy:
            steps.append({**_step("delete", kind, others, connection), "set": None})
    return steps


def _step(kind: str, model: Any, rows: Iterable[Any], connection: Any) -> dict[str, Any]:
    key = model._meta.pk
    values = [cell_of(key.get_db_prep_value(row.pk, connection)) for row in rows]
    return {
        "kind": kind,
        "table": model._meta.db_table,
        "title": str(model._meta.verbose_name_plural),
        "column": key.column,
        "values": values,
    }


def _protected(objects: Iterable[Any]) -> str:
    rows = list(objects)
    shown = ", ".join(f"{row._meta.verbose_name} {_label(row)}" for row in rows[:3])
    more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
    return f"Django protects rows that point here (on_delete): {shown}{more}. Delete them first."


def _find_model(table: str) -> Any | None:
    """The model whose rows stand in a table, also one that Django made for a many-to-many field."""
    models = apps.get_models(include_auto_created=True)
    return next((model for model in models if model._meta.db_table == table and not model._meta.proxy), None)


def _model(params: Params) -> Any:
    table = text(params, "table")
    model = _find_model(table)
    if model is None:
        raise JobFailure("unknown-model", f"No model of the project has the table {table}.", {"table": table})
    return model


def _alias(params: Params) -> str:
    alias: str = text(params, "alias")
    if alias not in connections:
        raise JobFailure("unknown-database", f"The settings name no database {alias}.", {"alias": alias})
    return alias


def _field_of_column(model: Any, column: str) -> Any:
    for field in model._meta.concrete_fields:
        if field.column == column:
            return field
    raise JobFailure("unknown-column", f"{model._meta.label} has no column {column}.", {"column": column})


def _python_value(field: Any, cell: Cell) -> Any:
    try:
        return field.to_python(text_of(cell))
    except (ValidationError, ValueError, TypeError):
        return None  # a stored value that is none of this field: no row can have it


def _label(row: Any) -> str:
    try:
        return str(row)[:LONGEST_LABEL]
    except Exception as error:  # noqa: BLE001 (any code of the project)
        return f"str() failed: {type(error).__name__}: {error}"[:LONGEST_LABEL]


def _field(field: Any, connection: Any) -> dict[str, Any]:
    related = field.target_field if field.is_relation else None
    return {
        "column": field.column,
        "name": field.name,
        "verboseName": str(field.verbose_name),
        "type": field.get_internal_type(),
        "choices": [[cell_of(value), str(label)] for value, label in field.flatchoices],
        "default": _default(field, connection),
        "related": related
        and {
            "model": related.model._meta.label,
            "table": related.model._meta.db_table,
            "column": related.column,
        },
    }


def _default(field: Any, connection: Any) -> Cell | None:
    """What Django would store in a new row; null where it has nothing to say."""
    now = getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
    if not now and not field.has_default():
        return None if field.null or not field.empty_strings_allowed or field.is_relation else cell_of("")
    try:
        value = field.pre_save(field.model(), add=True) if now else field.get_default()
        return cell_of(field.get_db_prep_save(value, connection))
    except Exception:  # noqa: BLE001 (any code of the project)
        return None  # a default of the project that fails: the person gives the value


def _relation(relation: Any) -> list[dict[str, Any]]:
    field, model = relation.field, relation.related_model
    if relation.many_to_many:
        through = relation.through
        model, field = through, through._meta.get_field(field.m2m_reverse_field_name())
    if model._meta.proxy or not getattr(field, "column", None):
        return []
    return [
        {
            "name": relation.get_accessor_name() or relation.name,
            "model": model._meta.label,
            "title": str(model._meta.verbose_name_plural),
            "table": model._meta.db_table,
            "column": field.column,
            "toColumn": field.target_field.column,
        }
    ]
