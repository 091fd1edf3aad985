"""Safer ways to the same end: one operation becomes steps that a database in use survives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.migrations import operations as kinds
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.serializer import serializer_factory
from django.db.models import NOT_PROVIDED

from samois_host.jobs.database import default_connection
from samois_host.jobs.migration_detect import Changes, Detected

NULLABLE, FILL, NEXT_RELEASE, CONCURRENT = "nullable-first", "fill-first", "next-release", "concurrently"

WORDS = {
    NULLABLE: (
        "Nullable first",
        "Adds the column without a value, fills the rows in batches, then makes it required: three "
        "migrations, and no long lock. A default that is a function is called once a row.",
    ),
    FILL: (
        "Fill the rows first",
        "A migration of its own gives the empty rows their value in batches; then the field is required.",
    ),
    NEXT_RELEASE: (
        "Drop it one release later",
        "Django forgets the field now and the column may be empty, so that both releases run; a second "
        "migration, to be applied with the next release, drops the column.",
    ),
    CONCURRENT: (
        "Build the index beside the traffic",
        "CREATE INDEX CONCURRENTLY in a migration that is no transaction: writes go on meanwhile.",
    ),
}

FILL_TEXT = """from django.db import migrations
IMPORTS

BATCH = 1000


def fill(apps, schema_editor):
    rows = apps.get_model(APP, MODEL)._base_manager.using(schema_editor.connection.alias)
    empty = rows.filter(FIELD__isnull=True).order_by("pk").values_list("pk", flat=True)
    while keys := list(empty[:BATCH]):
        UPDATE


class Migration(migrations.Migration):
    # A batch is a transaction of its own, so no lock is held for long; running it again goes on.
    atomic = False

    dependencies = [
DEPENDENCIES    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
"""


def operation_id(app: str, operation: Operation) -> str:
    """Stays the same from one plan to the next: what a way is taken for."""
    model = getattr(operation, "model_name", None) or getattr(operation, "name", "")
    part = getattr(operation, "name", "") if hasattr(operation, "model_name") else ""
    for holder in ("index", "constraint"):
        part = getattr(getattr(operation, holder, None), "name", part)
    return ".".join(each for each in (app, type(operation).__name__, str(model).lower(), str(part)) if each)


def ways_for(operation: Operation, app: str, before: Any, vendor: str) -> list[dict[str, str]]:
    """The safer ways to do it."""
    found = [way for way, fits in FITS.items() if fits(operation, app, before, vendor)]
    name = operation_id(app, operation)
    return [{"id": f"{way}:{name}", "label": WORDS[way][0], "description": WORDS[way][1]} for way in found]


def take_ways(detected: Detected, wanted: list[str]) -> tuple[Changes, list[dict[str, str]]]:
    """The changes with the wanted ways taken, and which were."""
    if not wanted:
        return detected.changes, []
    taken: list[dict[str, str]] = []
    names: dict[tuple[str, str], tuple[str, str]] = {}
    changes: Changes = {}
    firsts = []
    state = detected.loader.project_state()
    for app, group in detected.changes.items():
        changes[app] = []
        for index, migration in enumerate(group):
            planned = (app, migration.name)
            pieces = _pieces(
                migration, _steps(migration, state, set(wanted), taken), len(changes[app]) - index
            )
            firsts.append(pieces[0])
            names[planned] = (app, pieces[-1].name)
            changes[app] += pieces
    for migration in firsts:
        migration.dependencies = [names.get(tuple(each), each) for each in migration.dependencies]
    return changes, taken


class Step:
    """What becomes one migration: operations, or a text that fills rows."""

    def __init__(self, *operations: Operation, text: str | None = None, atomic: bool = True) -> None:
        self.operations, self.text, self.atomic = list(operations), text, atomic
        self.word = ""


def _steps(migration: Migration, state: Any, wanted: set[str], taken: list[dict[str, str]]) -> list[Step]:
    """The operations in as many migrations as the ways need; what needs none stays together."""
    app, vendor = migration.app_label, default_connection().vendor
    steps, held_back = [Step()], list[Step]()
    for operation in migration.operations:
        before = state.clone()
        operation.state_forwards(app, state)
        name = operation_id(app, operation)
        way = next((each for each in FITS if f"{each}:{name}" in wanted), None)
        if way is None or not FITS[way](operation, app, before, vendor):
            steps[-1].operations.append(operation)
            continue
        label = f"{WORDS[way][0]}: {operation.describe()}"
        taken.append({"id": f"{way}:{name}", "label": label, "description": WORDS[way][1]})
        if way == NEXT_RELEASE:
            now, later = STEPS[way](operation, app, before)
            steps[-1].operations += now.operations
            # At the end, so that it can be held back.
            held_back.append(later)
            continue
        first, *rest = STEPS[way](operation, app, before)
        if first.text is None and first.atomic:
            steps[-1].operations += first.operations
        else:
            steps.append(first)
        steps += rest
        if not steps[-1].atomic:
            steps.append(Step())
    return [each for each in (*steps, *held_back) if each.operations]


def _pieces(migration: Any, steps: list[Step], shift: int) -> list[Any]:
    """A migration for each step, each after the one before."""
    number, _, rest = migration.name.partition("_")
    if len(steps) < 2 and not shift:
        migration.operations = steps[0].operations if steps else []
        migration.atomic = all(each.atomic for each in steps)
        return [migration]
    pieces: list[Any] = []
    for index, step in enumerate(steps):
        made = type("Migration", (Migration,), {})(migration.name, migration.app_label)
        made.operations = step.operations
        made.initial = migration.initial if index == 0 else None
        made.atomic = step.atomic
        made.dependencies = [(migration.app_label, pieces[-1].name)] if pieces else migration.dependencies
        made.source_text = step.text
        word = step.word or (_word(made) if len(steps) > 1 else rest)
        made.name = (
            f"{int(number) + shift + index:04d}_{word}" if number.isdigit() else f"{migration.name}_{index}"
        )
        pieces.append(made)
    return pieces


def _word(migration: Any) -> str:
    suggested = str(migration.suggest_name())
    if not suggested.startswith("auto_"):
        return suggested
    # Django has no word for what is split into state and database.
    fragments = (each.migration_name_fragment for each in migration.operations)
    return next((str(each) for each in fragments if each), "changes")


def fill(apps: Any, schema_editor: Any) -> None:
    """Stands in a plan for the function of that name, which is in the text of the file."""


def _nullable_first(operation: Any, app: str, before: Any) -> list[Step]:
    field = operation.field.clone()
    field.null = True
    # With a default Django would write it into every row at once, and the same one.
    field.default = NOT_PROVIDED
    last = operation.field.clone()
    if not operation.preserve_default:
        last.default = NOT_PROVIDED
    fill = _fill(app, operation.model_name, operation.name, operation.field.default)
    return [
        Step(kinds.AddField(operation.model_name, operation.name, field)),
        fill,
        Step(kinds.AlterField(operation.model_name, operation.name, last)),
    ]


def _fill_first(operation: Any, app: str, before: Any) -> list[Step]:
    last = operation.field.clone()
    if not operation.preserve_default:
        last.default = NOT_PROVIDED
    fill = _fill(app, operation.model_name, operation.name, operation.field.default)
    return [fill, Step(kinds.AlterField(operation.model_name, operation.name, last))]


def _next_release(operation: Any, app: str, before: Any) -> list[Step]:
    field = before.models[app, operation.model_name_lower].fields[operation.name].clone()
    field.null = True
    model, name = operation.model_name, operation.name
    forget = kinds.SeparateDatabaseAndState(
        database_operations=[kinds.AlterField(model, name, field)],
        state_operations=[kinds.RemoveField(model, name)],
    )
    # Django has to know the column again to drop it in any engine's way.
    recall = kinds.SeparateDatabaseAndState(state_operations=[kinds.AddField(model, name, field)])
    drop = Step(recall, kinds.RemoveField(model, name))
    drop.word = f"drop_{model}_{name}"
    now = Step(forget)
    return [now, drop]


def _concurrently(operation: Any, app: str, before: Any) -> list[Step]:
    from django.contrib.postgres.operations import AddIndexConcurrently

    return [Step(AddIndexConcurrently(operation.model_name, operation.index), atomic=False)]


def _fill(app: str, model: str, field: str, value: Any) -> Step:
    code, imports = serializer_factory(value).serialize()
    update = (
        f"for key in keys:\n            rows.filter(pk=key).update({field}={code}())"
        if callable(value)
        else f"rows.filter(pk__in=keys).update({field}={code})"
    )
    text = FILL_TEXT
    for name, word in (
        ("IMPORTS", "\n".join(sorted(set(imports)))),
        ("APP", _quoted(app)),
        ("MODEL", _quoted(model)),
        ("FIELD", field),
        ("UPDATE", update),
    ):
        text = text.replace(name, word, 1)
    text = text.replace("migrations\n\n\nBATCH", "migrations\n\nBATCH")
    step = Step(kinds.RunPython(fill, kinds.RunPython.noop), text=text)
    step.word = f"fill_{model}_{field}"
    return step


def _quoted(text: str) -> str:
    return f'"{text}"'


def _adds_required(operation: Any, app: str, before: Any, vendor: str) -> bool:
    if not isinstance(operation, kinds.AddField):
        return False
    field = operation.field
    plain = not field.many_to_many and not field.null and not field.primary_key
    return plain and field.has_default() and (app, operation.model_name_lower) in before.models


def _requires(operation: Any, app: str, before: Any, vendor: str) -> bool:
    if not isinstance(operation, kinds.AlterField):
        return False
    model = before.models.get((app, operation.model_name_lower))
    old = model.fields.get(operation.name) if model else None
    return old is not None and old.null and not operation.field.null and operation.field.has_default()


def _drops(operation: Any, app: str, before: Any, vendor: str) -> bool:
    if not isinstance(operation, kinds.RemoveField):
        return False
    model = before.models.get((app, operation.model_name_lower))
    field = model.fields.get(operation.name) if model else None
    kept = field is None or field.many_to_many or field.primary_key
    # SQLite makes a table anew from what Django knows of it, and would drop the column on the way.
    return vendor != "sqlite" and not kept and not isinstance(field, getattr(models, "GeneratedField", ()))


def _indexes(operation: Any, app: str, before: Any, vendor: str) -> bool:
    return vendor == "postgresql" and type(operation) is kinds.AddIndex


FITS: dict[str, Callable[[Any, str, Any, str], bool]] = {
    NULLABLE: _adds_required,
    FILL: _requires,
    NEXT_RELEASE: _drops,
    CONCURRENT: _indexes,
}
STEPS: dict[str, Callable[[Any, str, Any], list[Step]]] = {
    NULLABLE: _nullable_first,
    FILL: _fill_first,
    NEXT_RELEASE: _next_release,
    CONCURRENT: _concurrently,
}
