"""Which migrations there are, and which of them are applied."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import Error
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from samois_host.code_places import is_library
from samois_host.jobs import Context
from samois_host.jobs.database import default_connection, missing_file
from samois_host.jobs.parameters import Params

Applied = dict[tuple[str, str], datetime]


def state(params: Params, context: Context) -> dict[str, Any]:
    """The job: the state of every app, also where the database cannot be asked."""
    loader = MigrationLoader(None, ignore_no_migrations=True, replace_migrations=False)
    applied, error = _applied()
    with_something = [
        config
        for config in apps.get_app_configs()
        if config.label in loader.migrated_apps or any(config.get_models())
    ]
    return {
        "apps": [
            {
                "label": config.label,
                "project": not is_library(config.path),
                "migrations": [_describe(loader, key, applied) for key in _in_order(loader, config.label)],
                "unmigrated": config.label not in loader.migrated_apps,
            }
            for config in with_something
        ],
        "conflicts": {app: sorted(names) for app, names in loader.detect_conflicts().items()},
        "databaseError": error,
    }


def _applied() -> tuple[Applied | None, dict[str, str] | None]:
    try:
        connection = default_connection()
        absent = missing_file(connection)
        if absent:
            # Connecting would create it. That nothing is applied in it is certain, though.
            return {}, {
                "type": "DatabaseAbsent",
                "message": f"The database file {absent} does not exist yet.",
            }
        recorder = MigrationRecorder(connection)
        if not recorder.has_table():
            return {}, None
        return {(row.app, row.name): row.applied for row in recorder.migration_qs.all()}, None
    except Error as error:
        return None, {"type": type(error).__name__, "message": str(error).strip()}
    except Exception as error:  # noqa: BLE001 - a driver that is missing or a setting that is wrong
        return None, {"type": type(error).__name__, "message": str(error)}


def _in_order(loader: Any, label: str) -> list[tuple[str, str]]:
    shown: list[tuple[str, str]] = []
    for leaf in loader.graph.leaf_nodes(label):
        for key in loader.graph.forwards_plan(leaf):
            if key[0] == label and key not in shown:
                shown.append(key)
    return shown


def _describe(loader: Any, key: tuple[str, str], applied: Applied | None) -> dict[str, Any]:
    migration = loader.disk_migrations[key]
    moment = applied.get(key) if applied is not None else None
    is_applied = None
    if applied is not None:
        # A squashed migration counts as applied where all that it replaces is.
        replaced = bool(migration.replaces) and all(tuple(each) in applied for each in migration.replaces)
        is_applied = moment is not None or replaced
    module = sys.modules.get(type(migration).__module__)
    return {
        "name": migration.name,
        "applied": is_applied,
        "appliedAt": moment.isoformat() if moment else None,
        "replaces": [list(each) for each in migration.replaces],
        "dependencies": [list(each) for each in migration.dependencies],
        "file": getattr(module, "__file__", None),
    }
