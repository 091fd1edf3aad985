"""Copies of a SQLite database, made while it is in use: before a migration, to try one, and to go back."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timezone
from typing import Any

from samois_host.failure import JobFailure
from samois_host.jobs import Context
from samois_host.jobs.database import default_connection, missing_file
from samois_host.jobs.parameters import Params, text

KEPT = 10
PAGES_AT_ONCE = 4096
NAME = re.compile(r"^\d{8}-\d{6}-\d{6}\.sqlite3$")


def list_copies(params: Params, context: Context) -> dict[str, Any]:
    """The job: the copies in the folder, the newest first."""
    folder = text(params, "folder")
    return {"copies": [_described(folder, name) for name in _names(folder)]}


def make(params: Params, context: Context) -> dict[str, Any]:
    """The job: copy the database now."""
    return safety_copy(default_connection(), text(params, "folder"), text(params, "reason", "by hand"))


def restore(params: Params, context: Context) -> dict[str, Any]:
    """The job: put a copy in the place of the database, which is copied first."""
    folder, name = text(params, "folder"), text(params, "name")
    if not NAME.match(name) or not os.path.exists(os.path.join(folder, name)):
        raise JobFailure("copy-missing", f"There is no copy named {name} any more.", {"name": name})
    file = database_file(default_connection())
    before = None
    if os.path.exists(file):
        before = safety_copy(default_connection(), folder, "before going back", keep=name)["name"]
    copy_database(os.path.join(folder, name), file)
    return {"restored": name, "before": before}


def safety_copy(connection: Any, folder: str, reason: str, keep: str = "") -> dict[str, Any]:
    """A copy in the folder; the oldest beyond ten are removed."""
    file = database_file(connection)
    if not os.path.exists(file):
        raise JobFailure("database-absent", f"There is no database at {file} to copy.", {"file": file})
    os.makedirs(folder, mode=0o700, exist_ok=True)
    size = os.path.getsize(file)
    if shutil.disk_usage(folder).free < size * 2:
        sentence = f"There is no room for a copy of the database in {folder}. Make room, then try again."
        raise JobFailure("copy-failed", sentence, {"folder": folder})
    name = datetime.now(timezone.utc).strftime("%Y%m%d-%H%M%S-%f") + ".sqlite3"
    path = os.path.join(folder, name)
    # Under another name until it is whole: half a copy is none.
    copy_database(file, f"{path}.part")
    os.replace(f"{path}.part", path)
    with open(f"{path}.txt", "w", encoding="utf-8") as note:
        note.write(reason)
    for old in _names(folder)[KEPT:]:
        if old not in (keep, name):
            for ending in ("", ".txt"):
                if os.path.exists(os.path.join(folder, old + ending)):
                    os.unlink(os.path.join(folder, old + ending))
    return _described(folder, name)


def copy_database(source: str, target: str) -> None:
    """Copy by SQLite's online backup: whole and consistent, also while others write."""
    try:
        with closing(_opened(source, "ro")) as origin, closing(_opened(target, "rwc")) as place:
            origin.backup(place, pages=PAGES_AT_ONCE)
            result = place.execute("PRAGMA quick_check(1)").fetchone()[0]
        if result != "ok":
            raise sqlite3.DatabaseError(result)
    except (sqlite3.Error, OSError) as error:
        sentence = f"The database could not be copied from {source} to {target}: {error}."
        raise JobFailure("copy-failed", sentence, {"source": source}) from error


def database_file(connection: Any) -> str:
    """The file of the database; refuses engines and databases that have none."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or name.startswith("file:"):
        sentence = (
            "Only a SQLite file can be copied from here. Copy this database with its own tools "
            "(pg_dump for PostgreSQL) before you go on."
        )
        raise JobFailure("copy-unsupported", sentence, {"vendor": connection.vendor})
    return name


def has_file(connection: Any) -> bool:
    """Whether there is a file that can be copied."""
    name = str(connection.settings_dict["NAME"])
    plain = connection.vendor == "sqlite" and ":memory:" not in name and not name.startswith("file:")
    return plain and missing_file(connection) is None


def names_in(folder: str) -> list[str]:
    """Names of the copies, the newest first."""
    return _names(folder)


def _opened(path: str, mode: str) -> sqlite3.Connection:
    address = "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"{address}?mode={mode}", uri=True, timeout=5)


def _names(folder: str) -> list[str]:
    if not os.path.isdir(folder):
        return []
    return sorted((name for name in os.listdir(folder) if NAME.match(name)), reverse=True)


def _described(folder: str, name: str) -> dict[str, Any]:
    path = os.path.join(folder, name)
    reason = ""
    if os.path.exists(f"{path}.txt"):
        with open(f"{path}.txt", encoding="utf-8") as note:
            reason = note.read(500)
    made = datetime.strptime(name.partition(".")[0], "%Y%m%d-%H%M%S-%f").replace(tzinfo=timezone.utc)
    return {"name": name, "bytes": os.path.getsize(path), "madeAt": made.isoformat(), "reason": reason}
