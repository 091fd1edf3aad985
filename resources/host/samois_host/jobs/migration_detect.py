"""What changed in the models since the last migrations, with renames known and questions answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.utils.translation import override

from samois_host.code_places import is_library
from samois_host.failure import JobFailure
from samois_host.jobs.migration_loading import loaded
from samois_host.jobs.migration_questions import YES_NO, Question, Questioner
from samois_host.jobs.migration_renames import (
    Rename,
    RenamingAutodetector,
    gestures,
    of_children,
    possible,
    still_true,
)
from samois_host.jobs.parameters import Params, read, texts

Changes = dict[str, list[Migration]]


@dataclass
class Detected:
    """The changes, and what is still to be asked about them."""

    loader: Any
    changes: Changes
    questions: list[Question]
    # Taken for renames because of gestures in the designer.
    renames: list[Rename]


def own_apps() -> list[str]:
    """Labels of the apps whose code is the project's own, not a library's."""
    return [
        config.label
        for config in apps.get_app_configs()
        if not is_library(config.path) and MigrationLoader.migrations_module(config.label)[0] is not None
    ]


def check_conflicts(loader: Any, labels: set[str] | None = None) -> None:
    """Refuse while an app has two last migrations."""
    found = loader.detect_conflicts()
    conflicts = {app: sorted(names) for app, names in found.items() if labels is None or app in labels}
    if conflicts:
        parts = "; ".join(f"{', '.join(names)} in {app}" for app, names in conflicts.items())
        sentence = f"Two migrations claim to be the last one: {parts}. Merge them (makemigrations --merge)."
        raise JobFailure("migration-conflict", sentence, {"apps": conflicts})


def check_app(label: str) -> None:
    """Refuse a label that no installed app has."""
    try:
        apps.get_app_config(label)
    except LookupError as error:
        sentence = f"There is no installed app with the label {label}. Is it in INSTALLED_APPS?"
        raise JobFailure("unknown-app", sentence, {"app": label}) from error


def detect(params: Params) -> Detected:
    """Compare the models with the migrations, as `makemigrations` does."""
    asked_for = texts(params, "apps")
    for label in asked_for:
        check_app(label)
    labels = set(asked_for or own_apps())
    answers = read_answers(params)
    # Without a connection, as makemigrations does: what is applied where does not matter here.
    loader = loaded()
    check_conflicts(loader, labels)
    if not labels:
        return Detected(loader, {}, [], [])
    to_state = ProjectState.from_apps(apps)
    # An answer that says no weighs more than the gesture.
    told = of_children(gestures(read(params, "renames", list, [])), to_state)
    made = [each for each in told if each.app in labels]
    known = [
        each
        for each in still_true(made, loader.project_state(), to_state)
        if answers.get(each.question) is not False
    ]
    answered: list[Rename] = []
    while True:
        from_state = loader.project_state()
        for each in (*known, *answered):
            each.operation().state_forwards(each.app, from_state)
        pairs = possible(from_state, to_state, labels)
        more = [each for each in pairs if answers.get(each.question) is True]
        if not more:
            break
        answered += more
    open_pairs = [_asked(each) for each in pairs if each.question not in answers]
    questioner = Questioner(answers, labels)
    autodetector = RenamingAutodetector(loader.project_state(), to_state, questioner, [*known, *answered])
    questioner.autodetector = autodetector
    # As makemigrations (no_translations): names and help texts are written in the source's language.
    with override(None):
        changes = autodetector.changes(graph=loader.graph, trim_to_apps=labels, convert_apps=labels)
    # While it is open whether a field is new, nothing is asked about the values of a new one.
    unsure = {(each.app, each.model, each.field) for each in open_pairs}
    others = [each for each in questioner.open if (each.app, each.model, each.field) not in unsure]
    return Detected(loader, changes, [*open_pairs, *others], known)


def read_answers(params: Params) -> dict[str, Any]:
    """The answers by the id of their question."""
    answers = {}
    for each in read(params, "answers", list, []):
        if not isinstance(each, dict) or not isinstance(each.get("id"), str):
            sentence = "The job needs answers as a list of objects with id and answer."
            raise JobFailure("bad-request", sentence, {"parameter": "answers"})
        answers[each["id"]] = each.get("answer")
    return answers


def _asked(rename: Rename) -> Question:
    place = f"{rename.app}.{rename.model}.{rename.old}"
    message = f"Was {place} renamed to {rename.new}, and changed as well?"
    question = Question("rename_field", rename.app, rename.model, rename.new, message, YES_NO)
    return replace(question, between=f":{rename.old}")
