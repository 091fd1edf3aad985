"""Which migrations there are, how they hang together, and which of them are applied."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import Error
from django.db.migrations.recorder import MigrationRecorder

from samois_host.code_places import is_library
from samois_host.jobs import Context
from samois_host.jobs.database import default_connection, missing_file
from samois_host.jobs.migration_loading import Key, on_disk
from samois_host.jobs.parameters import Params

Applied = dict[Key, datetime]


def state(params: Params, context: Context) -> dict[str, Any]:
    """The job: the state of every app; also where a file is missing or the database cannot be asked."""
    loader = on_disk()
    chain = Chain(loader.disk_migrations)
    applied, error = _applied()
    order = chain.in_order()
    with_something = [
        config
        for config in apps.get_app_configs()
        if config.label in loader.migrated_apps or any(config.get_models())
    ]
    labels = {config.label for config in with_something}
    gone = [key for key in applied or {} if key[0] in labels and key not in chain.files]
    lost = [key for key in chain.missing if key not in gone]
    return {
        "apps": [
            {
                "label": config.label,
                "project": not is_library(config.path),
                "migrations": [
                    *(chain.describe(key, applied) for key in order if key[0] == config.label),
                    *(
                        _absent(key, applied, chain)
                        for key in sorted((*gone, *lost))
                        if key[0] == config.label
                    ),
                ],
                "unmigrated": config.label not in loader.migrated_apps,
            }
            for config in with_something
        ],
        "order": [list(key) for key in (*sorted((*gone, *lost)), *order)],
        "conflicts": chain.conflicts(),
        "inconsistent": chain.inconsistent(applied or {}),
        "databaseError": error,
    }


class Chain:
    """The files with their dependencies resolved, read without Django's graph, which refuses gaps."""

    def __init__(self, files: dict[Key, Any]) -> None:
        self.files = files
        self.squashed_by = {
            tuple(each): key for key, migration in files.items() for each in migration.replaces
        }
        self.needs = {key: self._resolved(key) for key in files}
        installed = {config.label for config in apps.get_app_configs()}
        self.missing = sorted(
            {
                each
                for needed in self.needs.values()
                for each in needed
                if each not in files and each[0] in installed and each not in self.squashed_by
            }
        )

    def in_order(self) -> list[Key]:
        """Every migration after those it needs; apps and numbers in order where there is a choice."""
        done: dict[Key, None] = {}
        for start in sorted(self.files):
            # Without recursion: a chain may be longer than Python's stack.
            stack = [(start, False)]
            opened: set[Key] = set()
            while stack:
                key, ready = stack.pop()
                if ready:
                    done[key] = None
                elif key in self.files and key not in done and key not in opened:
                    opened.add(key)
                    stack.append((key, True))
                    stack += [(each, False) for each in sorted(self._before(key), reverse=True)]
        return list(done)

    def conflicts(self) -> dict[str, list[str]]:
        """Apps in which more than one migration is followed by none."""
        followed = {
            self.squashed_by.get(each, each)
            for key, needed in self.needs.items()
            if key not in self.squashed_by
            for each in needed
            if each[0] == key[0]
        }
        leaves: dict[str, list[str]] = {}
        for key in sorted(self.files):
            if key not in self.squashed_by and key not in followed:
                leaves.setdefault(key[0], []).append(key[1])
        # Where a file is missing, what stands before it only looks like a last one.
        gaps = {app for app, _ in self.missing}
        return {app: names for app, names in leaves.items() if len(names) > 1 and app not in gaps}

    def inconsistent(self, applied: Applied) -> list[dict[str, Any]]:
        """Applied migrations that need one which is not."""
        found = []
        for key in sorted(self.files):
            if not self.is_applied(key, applied) or self.files[key].replaces or key in self.squashed_by:
                continue
            for each in self.needs[key]:
                if each in self.files and not self.is_applied(each, applied):
                    found.append({"app": key[0], "name": key[1], "needs": list(each)})
        return found

    def is_applied(self, key: Key, applied: Applied) -> bool:
        """A squashed migration counts as applied where all that it replaces is."""
        replaces = self.files[key].replaces if key in self.files else ()
        return key in applied or (bool(replaces) and all(tuple(each) in applied for each in replaces))

    def describe(self, key: Key, applied: Applied | None) -> dict[str, Any]:
        """One migration as it goes to the studio."""
        migration = self.files[key]
        moment = applied.get(key) if applied is not None else None
        module = sys.modules.get(type(migration).__module__)
        squashed_by = self.squashed_by.get(key)
        return {
            "name": migration.name,
            "applied": None if applied is None else self.is_applied(key, applied),
            "appliedAt": moment.isoformat() if moment else None,
            "replaces": [list(each) for each in migration.replaces],
            "squashedBy": squashed_by[1] if squashed_by else None,
            "dependencies": [list(each) for each in self.needs[key]],
            "missing": False,
            "operations": len(migration.operations),
            "file": getattr(module, "__file__", None),
        }

    def _before(self, key: Key) -> list[Key]:
        # What it replaces stands before it, so that both can be seen.
        return [*self.needs[key], *(tuple(each) for each in self.files[key].replaces)]

    def _resolved(self, key: Key) -> list[Key]:
        migration = self.files[key]
        needed = {self._place(tuple(each)) for each in migration.dependencies}
        return sorted(each for each in needed if each is not None)

    def _place(self, wanted: Key) -> Key | None:
        app, name = wanted
        if name not in ("__first__", "__latest__"):
            return wanted
        names = sorted(each for label, each in self.files if label == app)
        return (app, names[0 if name == "__first__" else -1]) if names else None


def _absent(key: Key, applied: Applied | None, chain: Chain) -> dict[str, Any]:
    moment = applied.get(key) if applied is not None else None
    return {
        "name": key[1],
        "applied": None if applied is None else key in applied,
        "appliedAt": moment.isoformat() if moment else None,
        "replaces": [],
        "squashedBy": None,
        "dependencies": [],
        # The squash that took its place may have outlived it; otherwise it is gone.
        "missing": key not in chain.squashed_by,
        "operations": 0,
        "file": None,
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
