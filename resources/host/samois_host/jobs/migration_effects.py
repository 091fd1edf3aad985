"""What an operation does to rows, to the code that runs now, and to the way back."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.migrations import operations as kinds
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

from samois_host.jobs.migration_counts import Counter

TEXT = (models.CharField, models.TextField)
NARROWED_BY = ("max_length", "max_digits", "decimal_places")


def effects(operation: Operation, app: str, before: Any, counter: Counter | None) -> dict[str, Any]:
    """In words: what it does, what it loses, what it breaks, and whether it can be taken back."""
    return {
        "words": _words(operation, app, before),
        "destructive": is_destructive(operation, app, before),
        "loses": _loses(operation, app, before, counter) if counter else None,
        "refused": _refused(operation, app, before, counter) if counter else None,
        "previousRelease": _previous_release(operation, app, before),
        "reversible": bool(operation.reversible),
        "wayBack": _way_back(operation, app, before),
    }


def follow(operation: Operation, app: str, counter: Counter) -> None:
    """Tell the counter what the operation renames and creates."""
    if isinstance(operation, kinds.RenameModel):
        counter.renamed_model(app, operation.old_name, operation.new_name)
    elif isinstance(operation, kinds.RenameField):
        counter.renamed_field(app, operation.model_name, operation.old_name, operation.new_name)
    elif isinstance(operation, kinds.CreateModel):
        counter.created(app, operation.name)
    elif isinstance(operation, kinds.AddField):
        counter.created(app, operation.model_name, operation.name)
    elif isinstance(operation, kinds.SeparateDatabaseAndState):
        for each in operation.database_operations:
            follow(each, app, counter)


def is_destructive(operation: Operation, app: str, before: Any) -> bool:
    """Whether applying it forwards can lose stored values."""
    if isinstance(operation, (kinds.DeleteModel, kinds.RemoveField)):
        return True
    if isinstance(operation, kinds.SeparateDatabaseAndState):
        return any(is_destructive(each, app, before) for each in operation.database_operations)
    old = _old_field(operation, app, before)
    return old is not None and _narrows(old, operation.field)


def _narrows(old: Any, new: Any) -> bool:
    widened = isinstance(old, TEXT) and isinstance(new, models.TextField)
    if not widened and old.get_internal_type() != new.get_internal_type():
        return True
    for name in NARROWED_BY:
        before, after = getattr(old, name, None), getattr(new, name, None)
        if after is not None and (before is None or after < before):
            return True
    return False


def _old_field(operation: Operation, app: str, before: Any) -> Any:
    """The field as it was; None for operations that alter none."""
    if not isinstance(operation, kinds.AlterField):
        return None
    model = before.models.get((app, operation.model_name_lower))
    return model.fields.get(operation.name) if model else None


def _words(operation: Operation, app: str, before: Any) -> str:
    """A sentence; Django's own words where there is nothing to add."""
    if isinstance(operation, kinds.AddField):
        field = operation.field
        if field.many_to_many:
            return f"Adds a table that relates {operation.model_name} to its {operation.name}."
        value = _value_of_rows(field)
        return f"Adds the column {operation.name} to {operation.model_name}; rows there are get {value}."
    if isinstance(operation, kinds.RemoveField):
        return f"Drops {operation.name} of {operation.model_name} and what is stored in it."
    if isinstance(operation, kinds.DeleteModel):
        return f"Drops the table of {operation.name} with all its rows."
    if isinstance(operation, kinds.CreateModel):
        return f"Creates a table for {operation.name}."
    if isinstance(operation, kinds.RenameField):
        old, new = operation.old_name, operation.new_name
        return f"Renames {old} of {operation.model_name} to {new}; every value stays."
    if isinstance(operation, kinds.RenameModel):
        return f"Renames {operation.old_name} to {operation.new_name} with its table; every row stays."
    if isinstance(operation, kinds.AlterField):
        changes = ", ".join(_changes(_old_field(operation, app, before), operation.field))
        return f"Changes {operation.name} of {operation.model_name}: {changes or 'nothing in the database'}."
    if isinstance(operation, kinds.SeparateDatabaseAndState):
        state = ", ".join(str(each.describe()) for each in operation.state_operations) or "nothing"
        database = ", ".join(str(each.describe()) for each in operation.database_operations) or "nothing"
        return f"For Django: {state}. For the database: {database}."
    if isinstance(operation, kinds.RunPython):
        return f"Runs the function {getattr(operation.code, '__name__', 'of the migration')} on the rows."
    return f"{operation.describe()}."


def _changes(old: Any, new: Any) -> list[str]:
    if old is None:
        return []
    told = []
    if type(old) is not type(new):
        told.append(f"{type(old).__name__} → {type(new).__name__}")
    was, now = old.deconstruct()[3], new.deconstruct()[3]
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name):
            told.append(f"{name} {_shown(was, name)} → {_shown(now, name)}")
    return told


def _shown(options: dict[str, Any], name: str) -> str:
    if name not in options:
        return "not set"
    value = options[name]
    return str(getattr(value, "__name__", None) or repr(value))[:60]


def _value_of_rows(field: Any) -> str:
    if field.has_default():
        default = field.default
        return f"{getattr(default, '__name__', default)}() once" if callable(default) else repr(default)
    if getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED:
        return "what the database computes"
    if isinstance(field, models.GeneratedField):
        return "what the database computes"
    return "NULL" if field.null else "an empty value"


def _loses(operation: Operation, app: str, before: Any, counter: Counter) -> dict[str, Any] | None:
    """Rows and values that would go."""
    if isinstance(operation, kinds.DeleteModel):
        rows = counter.rows(app, operation.name)
        return {"rows": rows, "values": None, "text": _count(rows, "row", "go", "goes")}
    if isinstance(operation, kinds.RemoveField):
        values = counter.values(app, operation.model_name, operation.name)
        rows = counter.rows(app, operation.model_name)
        of = "" if rows is None else f" (of {rows:,} rows)"
        return {"rows": rows, "values": values, "text": _count(values, "value", "go", "goes") + of}
    old = _old_field(operation, app, before)
    if old is None or not _narrows(old, operation.field):
        return None
    values = counter.values(app, operation.model_name, operation.name)
    texts = isinstance(old, TEXT) and isinstance(operation.field, TEXT)
    if not texts and old.get_internal_type() != operation.field.get_internal_type():
        text = _count(values, "value", "are converted", "is converted")
        return {"rows": None, "values": values, "text": f"{text}; what cannot be is refused or cut"}
    length = getattr(operation.field, "max_length", None)
    if length is not None and _narrower_text(old, length):
        longer = counter.longer_than(app, operation.model_name, operation.name, length)
        text = _count(longer, "text", "are", "is") + f" longer than {length}"
        return {"rows": None, "values": longer, "text": text}
    return {"rows": None, "values": values, "text": _count(values, "value", "may not fit", "may not fit")}


def _narrower_text(old: Any, length: int) -> bool:
    return isinstance(old, TEXT) and (old.max_length is None or length < old.max_length)


def _count(number: int | None, noun: str, many: str, one: str) -> str:
    if number is None:
        return f"An unknown number of {noun}s {many}"
    if number == 1:
        return f"1 {noun} {one}"
    return f"{number:,} {noun}s {many}" if number else f"No {noun} {one}"


def _refused(operation: Operation, app: str, before: Any, counter: Counter) -> dict[str, Any] | None:
    """Why the database will refuse it, with rows that are in the way; None where it will not."""
    unique = _made_unique(operation, app, before)
    if unique is not None:
        found = counter.duplicates(app, *unique)
        if found is not None and found[0]:
            count, shown = found
            names = ", ".join(unique[1])
            noun = "value stands" if count == 1 else "values stand"
            text = f"{count:,} {noun} in more than one row: {names} cannot be unique before they differ."
            return {"text": text, "examples": shown}
    if isinstance(operation, kinds.AddField):
        rows = counter.rows(app, operation.model_name)
        field = operation.field
        if field.unique and not field.null and rows is not None and rows > 1:
            text = f"All {rows:,} rows would get the same {operation.name}, and it has to be unique."
            return {"text": text, "examples": []}
    old = _old_field(operation, app, before)
    if old is not None and old.null and not operation.field.null and not operation.field.has_default():
        nulls = counter.nulls(app, operation.model_name, operation.name)
        if nulls:
            text = f"{nulls:,} rows hold NULL in {operation.name}: they need a value first."
            return {"text": text if nulls > 1 else text.replace("rows hold", "row holds"), "examples": []}
    return None


def _made_unique(operation: Operation, app: str, before: Any) -> tuple[str, list[str]] | None:
    old = _old_field(operation, app, before)
    if old is not None:
        fresh = operation.field.unique and not old.unique
        return (operation.model_name, [operation.name]) if fresh else None
    if isinstance(operation, kinds.AddConstraint):
        constraint = operation.constraint
        plain = isinstance(constraint, models.UniqueConstraint) and constraint.condition is None
        return (operation.model_name, list(constraint.fields)) if plain and constraint.fields else None
    if isinstance(operation, kinds.AlterUniqueTogether):
        model = before.models.get((app, operation.name_lower))
        known = {tuple(each) for each in (model.options.get("unique_together") or ())} if model else set()
        fresh_sets = [each for each in operation.option_value or () if tuple(each) not in known]
        return (operation.name, list(fresh_sets[0])) if fresh_sets else None
    return None


def _previous_release(operation: Operation, app: str, before: Any) -> str | None:
    """What breaks in the code that runs until the new release is there; None where it survives."""
    if isinstance(operation, kinds.DeleteModel):
        return f"Code that still uses {operation.name} fails: its table is gone."
    if isinstance(operation, kinds.RemoveField):
        return f"Code that still reads {operation.model_name} asks for {operation.name} and fails."
    if isinstance(operation, kinds.RenameField):
        return f"Code that still reads {operation.model_name} asks for {operation.old_name} and fails."
    if isinstance(operation, kinds.RenameModel):
        return f"Code that still uses {operation.old_name} asks for a table that has another name."
    if isinstance(operation, kinds.AddField):
        field = operation.field
        filled = getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED or field.null
        if field.many_to_many or filled or isinstance(field, models.GeneratedField):
            return None
        return (
            f"Code that does not know {operation.name} cannot add rows: the column may not be NULL and "
            "the database has no default of its own."
        )
    if isinstance(operation, (kinds.AddConstraint, kinds.AlterUniqueTogether)):
        return "Code that does not know the constraint may be refused when it writes."
    if isinstance(operation, kinds.SeparateDatabaseAndState):
        broken = (_previous_release(each, app, before) for each in operation.database_operations)
        return next((each for each in broken if each), None)
    old = _old_field(operation, app, before)
    if old is None:
        return None
    if old.null and not operation.field.null:
        return f"Code that still writes no {operation.name} is refused."
    if _narrows(old, operation.field) or (operation.field.unique and not old.unique):
        return f"Code that still writes the old kind of {operation.name} may be refused."
    return None


def _way_back(operation: Operation, app: str, before: Any) -> str | None:
    """What taking it back does not bring back; None where it brings all of it."""
    if not operation.reversible:
        return "It has no way back: the migration cannot be unapplied."
    if isinstance(operation, kinds.DeleteModel):
        return "The way back makes an empty table."
    if isinstance(operation, kinds.RemoveField):
        model = before.models.get((app, operation.model_name_lower))
        field = model.fields.get(operation.name) if model else None
        needs = field is not None and not field.null and not field.has_default() and not field.many_to_many
        more = ", and is refused while there are rows: the field may not be empty" if needs else ""
        return f"The way back makes an empty column{more}."
    if isinstance(operation, (kinds.AddField, kinds.CreateModel)):
        return "The way back loses what was stored in it by then."
    return None
