"""What could come next in a shell: names, attributes, and the lookups of a model's fields."""

from __future__ import annotations

import re
import rlcompleter
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

MAXIMUM_OPTIONS = 300
NAME = re.compile(r"[^\W\d]\w*(?:\.\w*)*$")
# Inside of a call that takes lookups, at the begin of an argument.
LOOKUP = re.compile(
    r"([^\W\d]\w*(?:\.\w+)*?)(?:\.\w+\([^()]*\))*"
    r"\.(?:a?(?:filter|exclude|get|create|get_or_create|update|update_or_create))\((?:[^()]*,)?\s*(\w*)$"
)

Option = dict[str, str]


def complete(before: str, namespace: dict[str, Any]) -> tuple[int, list[Option]]:
    """Where the completed word begins, and what it could be, of the text before the cursor."""
    lookup = LOOKUP.search(before)
    if lookup is not None:
        options = _lookups(lookup.group(1), lookup.group(2), namespace)
        if options:
            return len(before) - len(lookup.group(2).rpartition("__")[2]), options[:MAXIMUM_OPTIONS]
    name = NAME.search(before)
    if name is None:
        return len(before), []
    text = name.group()
    completer = rlcompleter.Completer(namespace)
    matches = completer.attr_matches(text) if "." in text else completer.global_matches(text)
    stem = text.rpartition(".")[0]
    found = {match.removeprefix(f"{stem}.") if stem else match for match in matches}
    options = [
        {"text": each.rstrip("() :"), "kind": "function" if "(" in each else "name"} for each in sorted(found)
    ]
    return len(before) - len(text) + (len(stem) + 1 if stem else 0), options[:MAXIMUM_OPTIONS]


def _lookups(path: str, typed: str, namespace: dict[str, Any]) -> list[Option]:
    model = _model_of(path, namespace)
    *steps, begun = typed.split("__")
    lookups: list[str] = []
    for step in steps:
        if model is None:
            return []
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            return []
        model = field.related_model
        lookups = sorted(field.get_lookups()) if hasattr(field, "get_lookups") else []
    fields = [] if model is None else sorted(each.name for each in model._meta.get_fields())
    named = [{"text": each, "kind": "field"} for each in fields]
    named += [{"text": each, "kind": "lookup"} for each in lookups]
    return [each for each in named if each["text"].startswith(begun)]


def _model_of(path: str, namespace: dict[str, Any]) -> Any:
    name, *attributes = path.split(".")
    thing = namespace.get(name)
    for attribute in attributes:
        thing = getattr(thing, attribute, None)
    thing = getattr(thing, "model", thing)
    return thing if isinstance(thing, type) and issubclass(thing, Model) else None
