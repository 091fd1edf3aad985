"""Migrations that are not found by comparing: a merge, a squash, an empty one for rows."""

from __future__ import annotations

import os
from typing import Any

from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.migrations.migration import Migration

from samois_host.failure import JobFailure
from samois_host.jobs import Context
from samois_host.jobs.migration_apply import find
from samois_host.jobs.migration_detect import check_app
from samois_host.jobs.migration_files import code_of, next_number, path_of, write_new
from samois_host.jobs.migration_loading import Key, loaded
from samois_host.jobs.parameters import Params, read, text

STUB_TEXT = '''from django.db import migrations

BATCH = 1000


def forwards(apps, schema_editor):
    MODEL = apps.get_model("APP", "MODEL")
    rows = MODEL._base_manager.using(schema_editor.connection.alias).order_by("pk")
    last = None
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:BATCH]):
        for row in batch:
            pass  # Change the row here, and name what changed in bulk_update.
        # rows.bulk_update(batch, ["field"])
        last = batch[-1].pk


def backwards(apps, schema_editor):
    """What forwards did needs no taking back."""


class Migration(migrations.Migration):
    # A batch is a transaction of its own, so no lock is held for long.
    atomic = False

    dependencies = [
DEPENDENCIES    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
'''


def merge(params: Params, context: Context) -> dict[str, Any]:
    """The job: what merging the last migrations of an app would write, and with `write` writing it."""
    app = text(params, "app")
    check_app(app)
    loader = loaded()
    names = sorted(loader.detect_conflicts().get(app, ()))
    if not names:
        sentence = f"There is nothing to merge: {app} has one last migration."
        raise JobFailure("nothing-to-merge", sentence, {"app": app})
    branches = _branches(loader, [(app, name) for name in names])
    migration = _empty(f"{next_number(loader, app):04d}_merge_{'_'.join(_word(name) for name in names)}", app)
    migration.name = migration.name[:52]
    migration.dependencies = [(app, name) for name in names]
    return {
        "name": migration.name,
        "file": path_of(migration),
        "code": code_of(migration),
        "branches": [
            {"migrations": [name for _, name in keys], "operations": [each.describe() for each in operations]}
            for keys, operations in branches
        ],
        "clashes": _clashes(branches, app),
        "written": _written(migration, params),
    }


def squash(params: Params, context: Context) -> dict[str, Any]:
    """The job: `squashmigrations` from the first, or from `start`, up to `name`."""
    app, name = text(params, "app"), text(params, "name")
    loader = loaded()
    find(loader, app, name)
    folder = os.path.dirname(path_of(_empty("0000", app)))
    before = set(os.listdir(folder))
    start = text(params, "start", None)
    try:
        call_command(
            "squashmigrations", app, *([start] if start else []), name, interactive=False, no_color=True
        )
    except CommandError as error:
        raise JobFailure("squash-failed", f"Nothing was squashed: {error}", {"app": app}) from error
    added = sorted(each for each in set(os.listdir(folder)) - before if each.endswith(".py"))
    return {"written": [os.path.join(folder, each) for each in added]}


def stub(params: Params, context: Context) -> dict[str, Any]:
    """The job: an empty migration that goes through the rows of a model in batches."""
    app, model, name = text(params, "app"), text(params, "model"), text(params, "name")
    check_app(app)
    if not name.isidentifier():
        sentence = f"{name!r} cannot be a migration's name: letters, digits and underscores only."
        raise JobFailure("bad-request", sentence, {"parameter": "name"})
    try:
        known = apps.get_model(app, model)
    except LookupError as error:
        sentence = f"The app {app} has no model named {model}."
        raise JobFailure("unknown-model", sentence, {"app": app, "model": model}) from error
    loader = loaded()
    leaves = loader.graph.leaf_nodes(app)
    migration = _empty(f"{next_number(loader, app):04d}_{name}", app)
    migration.dependencies = list(leaves)
    migration.source_text = STUB_TEXT.replace("MODEL", known.__name__).replace('"APP"', f'"{app}"')
    return {"name": migration.name, "file": path_of(migration), "written": _written(migration, params)}


def _written(migration: Migration, params: Params) -> list[str]:
    return write_new({path_of(migration): code_of(migration)}) if read(params, "write", bool, True) else []


def _empty(name: str, app: str) -> Any:
    return type("Migration", (Migration,), {"operations": [], "dependencies": []})(name, app)


def _word(name: str) -> str:
    number, _, word = name.partition("_")
    return word if number.isdigit() and word else name


def _branches(loader: Any, leaves: list[Key]) -> list[tuple[list[Key], list[Any]]]:
    """What each last migration has that the others do not."""
    plans = [loader.graph.forwards_plan(leaf) for leaf in leaves]
    common = set(plans[0]).intersection(*plans[1:])
    branches = []
    for plan in plans:
        keys = [key for key in plan if key not in common]
        operations = [each for key in keys for each in loader.graph.nodes[key].operations]
        branches.append((keys, operations))
    return branches


def _clashes(branches: list[tuple[list[Key], list[Any]]], app: str) -> list[str]:
    """What more than one branch does to the same field or model: the order decides, so a person has to."""
    touched: list[set[str]] = []
    for _, operations in branches:
        mine = set()
        for each in operations:
            model = getattr(each, "model_name", None) or getattr(each, "name", None)
            field = getattr(each, "name", None) if hasattr(each, "model_name") else None
            old = getattr(each, "old_name", None)
            if model:
                mine |= {".".join(filter(None, (str(model).lower(), name))) for name in {field, old} - {None}}
                if field is None and old is None:
                    mine.add(str(model).lower())
        touched.append(mine)
    both = {
        name
        for index, mine in enumerate(touched)
        for name in mine
        if any(name in other for place, other in enumerate(touched) if place != index)
    }
    return [f"{app}.{name} is changed on both sides." for name in sorted(both)]
