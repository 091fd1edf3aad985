"""Renames that are known from gestures or answers: they come first, what else changed comes after.

Django's autodetector takes a field that got another name and another option in the same go for a removed
and an added one. So the renames are made in the state it starts from, and it finds only the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.migrations import operations as kinds
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.migration import Migration

from samois_host.failure import JobFailure


@dataclass(frozen=True)
class Rename:
    """A model (`field` is None) or a field of a model that has another name now."""

    app: str
    model: str  # the name that the model has now, or had when the field was renamed
    old: str
    new: str
    field: bool

    def operation(self) -> Any:
        """As a migration holds it."""
        if self.field:
            return kinds.RenameField(self.model, self.old, self.new)
        return kinds.RenameModel(self.old, self.new)

    @property
    def question(self) -> str:
        """The id of the question that it answers."""
        return (
            f"rename_field:{self.app}.{self.model}.{self.new}:{self.old}"
            if self.field
            else f"rename_model:{self.app}.{self.new}:{self.old}"
        )


def gestures(params: list[Any]) -> list[Rename]:
    """The gestures as they came, in their order."""
    read = []
    for each in params:
        fields = ("app", "model", "old", "new")
        if not isinstance(each, dict) or not all(isinstance(each.get(name), str) for name in fields):
            sentence = "The job needs renames as a list of objects with app, model, old, new and field."
            raise JobFailure("bad-request", sentence, {"parameter": "renames"})
        app, model, old, new = (each[name] for name in fields)
        read.append(Rename(app, model, old, new, field=bool(each.get("field"))))
    return read


def still_true(found: list[Rename], from_state: Any, to_state: Any) -> list[Rename]:
    """The renames that lead from one state to the other: chains as one, what was undone left out."""
    models: dict[tuple[str, str], str] = {}  # (app, first name) -> name of now
    fields: dict[tuple[str, str, str], str] = {}  # (app, first name of the model, first name) -> of now
    for each in found:
        if each.field:
            model = _first(models, each.app, each.model)
            first = next(
                (key[2] for key, now in fields.items() if key[:2] == (each.app, model) and now == each.old),
                each.old,
            )
            fields[each.app, model, first] = each.new
        else:
            models[each.app, _first(models, each.app, each.old)] = each.new
    true = [
        Rename(app, new, old, new, field=False)
        for (app, old), new in models.items()
        if _left(from_state, to_state, app, old) and _left(to_state, from_state, app, new)
    ]
    renamed = {(each.app, each.old): each.new for each in true}
    for (app, model, old), new in fields.items():
        now = renamed.get((app, model), model)
        before = from_state.models.get((app, model.lower()))
        after = to_state.models.get((app, now.lower()))
        if before is None or after is None:
            continue
        gone = old in before.fields and old not in after.fields
        if gone and new in after.fields and new not in before.fields:
            true.append(Rename(app, after.name, old, new, field=True))
    return true


def of_children(found: list[Rename], to_state: Any) -> list[Rename]:
    """A field of an abstract base is renamed in every model that has it from there."""
    expanded = []
    for each in found:
        if not each.field or (each.app, each.model.lower()) in to_state.models:
            expanded.append(each)
            continue
        for model in apps.get_models():
            bases = [
                base.__name__ for base in model.__mro__[1:] if base.__module__ != "django.db.models.base"
            ]
            if each.model in bases:
                meta = model._meta
                expanded.append(Rename(meta.app_label, meta.object_name, each.old, each.new, field=True))
    return expanded


def possible(from_state: Any, to_state: Any, labels: set[str]) -> list[Rename]:
    """Pairs of a field that is gone and a new one that can be the same, which Django would not ask about."""
    pairs = []
    for (app, name), after in sorted(to_state.models.items()):
        before = from_state.models.get((app, name))
        if app not in labels or before is None:
            continue
        gone = [each for each in before.fields if each not in after.fields]
        fresh = [each for each in after.fields if each not in before.fields]
        for new in fresh:
            alike = [old for old in gone if _alike(before.fields[old], after.fields[new])]
            if len(gone) == len(fresh) == 1 or len(alike) == 1:
                pairs += [Rename(app, after.name, old, new, field=True) for old in alike[:1]]
    return pairs


class RenamingAutodetector(MigrationAutodetector):
    """Finds what changed besides the renames, and puts the renames before it."""

    def __init__(self, from_state: Any, to_state: Any, questioner: Any, renames: list[Rename]) -> None:
        self._renames = renames
        for each in renames:
            each.operation().state_forwards(each.app, from_state)
        super().__init__(from_state, to_state, questioner)

    def _detect_changes(self, *args: Any, **kwargs: Any) -> dict[str, list[Migration]]:
        changes: dict[str, list[Migration]] = super()._detect_changes(*args, **kwargs)
        for app in {each.app: None for each in self._renames}:
            mine = [each for each in self._renames if each.app == app]
            operations = [each.operation() for each in mine]
            if changes.get(app):
                changes[app][0].operations = [*operations, *changes[app][0].operations]
            else:
                changes[app] = [_migration(app, operations)]
            first = changes[app][0]
            for other, group in changes.items():
                for migration in group if other != app else ():
                    if any(
                        operation.references_model(each.new if not each.field else each.model, app)
                        for operation in migration.operations
                        for each in mine
                    ):
                        migration.dependencies = [*migration.dependencies, (app, first.name)]
        return changes


def _migration(app: str, operations: list[Any]) -> Migration:
    kind = type("Migration", (Migration,), {"operations": operations, "dependencies": []})
    return kind("auto_1", app)


def _first(models: dict[tuple[str, str], str], app: str, name: str) -> str:
    return next((old for (label, old), now in models.items() if label == app and now == name), name)


def _left(there: Any, gone: Any, app: str, name: str) -> bool:
    return (app, name.lower()) in there.models and (app, name.lower()) not in gone.models


def _alike(old: Any, new: Any) -> bool:
    """Whether values of the one fit into the other: the same kind, and the same model for a relation."""
    if type(old) is not type(new) or old.many_to_many:
        return False
    if old.remote_field is None:
        return old.deconstruct()[1:] != new.deconstruct()[1:]
    return str(old.remote_field.model).lower() == str(new.remote_field.model).lower()
