"""Finds the line of the project that issued a query, and the relation that was followed for it."""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import Any

from samois_host.code_places import is_host, is_library

Message = dict[str, Any]

PROJECT, TEMPLATE, COMPILER, FORWARD, QUERYSET, OTHER = range(6)
MAXIMUM_FRAMES = 150

_kinds: dict[CodeType, int] = {}


def _kind(code: CodeType) -> int:
    path, name = code.co_filename.replace("\\", "/"), code.co_name
    if not is_library(code.co_filename) and not is_host(code.co_filename):
        return PROJECT
    if path.endswith("django/template/base.py") and name == "render_annotated":
        return TEMPLATE
    if path.endswith("django/db/models/sql/compiler.py") and name == "execute_sql":
        return COMPILER
    if path.endswith("django/db/models/fields/related_descriptors.py") and name == "__get__":
        return FORWARD
    if path.endswith("django/db/models/query.py") and name in ("_fetch_all", "get", "count", "exists"):
        return QUERYSET
    return OTHER


def describe_caller() -> Message:
    """File, line and function in the project (or the template's), the model asked for and the relation."""
    found: Message = {"file": None, "line": None, "function": None}
    frame: FrameType | None = sys._getframe(2)
    for _ in range(MAXIMUM_FRAMES):
        if frame is None:
            break
        code = frame.f_code
        kind = _kinds.get(code)
        if kind is None:
            kind = _kinds[code] = _kind(code)
        if kind == PROJECT:
            found.update(
                file=code.co_filename,
                line=frame.f_lineno,
                function=code.co_qualname if _QUALIFIED else code.co_name,
            )
            break
        if kind == TEMPLATE and _take_template(frame, found):
            break
        if kind != OTHER:
            _take_relation(kind, frame, found)
        frame = frame.f_back
    return found


_QUALIFIED = hasattr(_kind.__code__, "co_qualname")


def _take_template(frame: FrameType, found: Message) -> bool:
    node = frame.f_locals.get("self")
    origin, token = getattr(node, "origin", None), getattr(node, "token", None)
    path = getattr(origin, "name", None)
    if not isinstance(path, str) or path.startswith("<") or is_library(path):
        return False
    found.update(
        file=path, line=getattr(token, "lineno", None), function=getattr(origin, "template_name", None)
    )
    return True


def _take_relation(kind: int, frame: FrameType, found: Message) -> None:
    subject = frame.f_locals.get("self")
    if kind == COMPILER and "model" not in found:
        model = getattr(getattr(subject, "query", None), "model", None)
        found["model"] = model._meta.label if model is not None else None
    elif kind == FORWARD and "relation" not in found:
        found["relation"] = _forward(subject)
    elif kind == QUERYSET and "relation" not in found:
        relation = _backward(subject)
        if relation is not None:
            found["relation"] = relation


def _forward(descriptor: Any) -> Message | None:
    field = getattr(descriptor, "field", None)
    if field is not None:  # the instance has the column
        return {"model": field.model._meta.label, "name": field.name, "method": "select_related"}
    related = getattr(descriptor, "related", None)  # the other side of a one-to-one
    if related is not None:
        label = related.model._meta.label
        return {"model": label, "name": related.get_accessor_name(), "method": "select_related"}
    return None


def _backward(queryset: Any) -> Message | None:
    instance = (getattr(queryset, "_hints", None) or {}).get("instance")
    if instance is None:
        return None
    model = type(instance)
    for field in getattr(queryset, "_known_related_objects", None) or ():
        name = field.remote_field.get_accessor_name()
        return {"model": model._meta.label, "name": name, "method": "prefetch_related"}
    # A many-to-many relation leaves no other trace: it is certain where only one leads to that model.
    names = [
        relation.name if hasattr(relation, "attname") else relation.get_accessor_name()
        for relation in model._meta.get_fields()
        if relation.many_to_many and relation.related_model is queryset.model
    ]
    if len(names) == 1:
        return {"model": model._meta.label, "name": names[0], "method": "prefetch_related"}
    return None
