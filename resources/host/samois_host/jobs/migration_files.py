"""Files of migrations: where they stand, what they hold, and writing them whole."""

from __future__ import annotations

import os
import tempfile
from typing import Any

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.writer import MigrationWriter

from samois_host.failure import JobFailure


def path_of(migration: Migration) -> str:
    """Where its file is to stand."""
    label = migration.app_label
    package, _ = MigrationLoader.migrations_module(label)
    config = apps.get_app_config(label)
    # MigrationWriter.path creates a package that MIGRATION_MODULES names; a plan must not.
    if package == f"{config.name}.migrations":
        return os.path.join(config.path, "migrations", f"{migration.name}.py")
    return str(MigrationWriter(migration).path)


def code_of(migration: Any) -> str:
    """The text of its file; one that runs Python of its own brings its text along."""
    text = getattr(migration, "source_text", None)
    if text is not None:
        needs = "".join(f"        {tuple(each)!r},\n" for each in migration.dependencies)
        return str(text).replace("DEPENDENCIES", needs.replace("'", '"'))
    code = str(MigrationWriter(migration).as_string())
    if not migration.atomic:
        # The writer leaves this one out.
        head = "class Migration(migrations.Migration):\n"
        code = code.replace(head, f"{head}\n    atomic = False\n", 1)
    return code


def next_number(loader: Any, app: str) -> int:
    """The number after the highest of the app."""
    numbers = [name.partition("_")[0] for label, name in loader.disk_migrations if label == app]
    return max((int(each) for each in numbers if each.isdigit()), default=0) + 1


def write_new(texts_of_files: dict[str, str]) -> list[str]:
    """Write files that are not there yet, and the packages they need; refuses before the first one."""
    for path in texts_of_files:
        if os.path.lexists(path):
            raise JobFailure(
                "file-exists", f"{path} exists already; no migration was written.", {"file": path}
            )
    written = []
    for path, code in texts_of_files.items():
        package = os.path.join(os.path.dirname(path), "__init__.py")
        if not os.path.exists(package):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            _write(package, "")
            written.append(package)
        _write(path, code)
        written.append(path)
    return written


def _write(path: str, text: str) -> None:
    """Write the whole file or nothing of it."""
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise
