"""Describes a model and its fields as Django knows them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import models

from samois_host.jobs.source_places import place_of


def describe_model(model: Any) -> dict[str, Any]:
    """One model of the app registry."""
    meta = model._meta
    file, line = place_of(model)
    fields = [*meta.fields, *meta.many_to_many, *meta.private_fields]
    return {
        "app": meta.app_label,
        "name": meta.object_name,
        "module": model.__module__,
        "file": file,
        "line": line,
        "abstract": False,
        "proxy": meta.proxy,
        "managed": meta.managed,
        "dbTable": meta.db_table,
        "swapped": meta.swapped or None,
        "autoCreated": bool(meta.auto_created),
        "bases": [dotted(base) for base in model.__bases__],
        "fields": [_field(model, each) for each in fields],
    }


def dotted(cls: type) -> str:
    """The full name of a class."""
    return f"{cls.__module__}.{cls.__qualname__}"


def _field(model: Any, field: Any) -> dict[str, Any]:
    remote = getattr(field, "remote_field", None)
    through = getattr(remote, "through", None)
    return {
        "name": field.name,
        "attname": getattr(field, "attname", None),
        "column": getattr(field, "column", None),
        "type": type(field).__name__,
        "module": type(field).__module__,
        "null": bool(getattr(field, "null", False)),
        "blank": bool(getattr(field, "blank", False)),
        "unique": bool(getattr(field, "unique", False)),
        "primaryKey": bool(getattr(field, "primary_key", False)),
        "index": bool(getattr(field, "db_index", False)),
        "editable": bool(getattr(field, "editable", False)),
        "relatedModel": _label(getattr(field, "related_model", None)),
        "relation": _relation(field),
        "through": _label(through),
        "relatedName": getattr(remote, "related_name", None),
        "inheritedFrom": _inherited_from(model, field),
        "choices": len(getattr(field, "choices", None) or ()),
    }


def _label(related: Any) -> str | None:
    # A relation to a model that is not installed is still the text it was declared with.
    return related._meta.label if hasattr(related, "_meta") else related


@lru_cache(maxsize=1024)
def _is_generic(kind: type) -> bool:
    # By name: the module can only be imported where the contenttypes app is installed.
    return any(cls.__module__ == "django.contrib.contenttypes.fields" for cls in kind.__mro__)


def _relation(field: Any) -> str | None:
    if _is_generic(field.__class__):
        return "generic"
    if field.many_to_many:
        return "m2m"
    if field.one_to_one:
        return "o2o"
    return "fk" if field.many_to_one else None


def _inherited_from(model: Any, field: Any) -> str | None:
    if isinstance(field, models.Field) and field.model is not model._meta.concrete_model:
        return dotted(field.model)
    # An abstract base's field is copied into the model: the last base that has it declared it.
    declaring = None
    for base in model.__mro__[1:]:
        meta = getattr(base, "_meta", None)
        if meta is not None and meta.abstract:
            own = (*meta.local_fields, *meta.local_many_to_many, *meta.private_fields)
            if any(each.name == field.name for each in own):
                declaring = base
    return dotted(declaring) if declaring else None
