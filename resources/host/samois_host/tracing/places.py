"""Finds the line of the project that issued a query, and the relation that was followed for it."""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import Any

from samois_host.code_places import is_host, is_library

Message = dict[str, Any]
# File, line and function.
Place = tuple[str | None, int | None, str | None]
NOWHERE: Place = (None, None, None)

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


def caller(meaning: Message | None) -> tuple[Place, Message]:
    """The place in the project (or in its template), and the model and relation that the query is about.

    The meaning is the same each time for the same statement: once found it need not be looked for again.
    """
    found: Message = {} if meaning is None else meaning
    frame: FrameType | None = sys._getframe(2)
    for _ in range(MAXIMUM_FRAMES):
        if frame is None:
            break
        code = frame.f_code
        kind = _kinds.get(code)
        if kind is None:
            kind = _kinds[code] = _kind(code)
        if kind != OTHER:
            if kind == PROJECT:
                return (code.co_filename, frame.f_lineno, code.co_name), found
            if kind == TEMPLATE:
                place = _template(frame)
                if place is not None:
                    return place, found
            elif meaning is None:
                _take_relation(kind, frame, found)
        frame = frame.f_back
    return NOWHERE, found


def _template(frame: FrameType) -> Place | None:
    node = frame.f_locals.get("self")
    origin, token = getattr(node, "origin", None), getattr(node, "token", None)
    path = getattr(origin, "name", None)
    if not isinstance(path, str) or path.startswith("<") or is_library(path):
        return None
    return path, getattr(token, "lineno", None), getattr(origin, "template_name", None)


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
