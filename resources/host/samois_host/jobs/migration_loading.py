"""Loads the migrations of the project, and says in whole sentences why that is not possible."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error
from django.db.migrations.exceptions import (
    BadMigrationError,
    CircularDependencyError,
    InconsistentMigrationHistory,
    NodeNotFoundError,
)
from django.db.migrations.loader import MigrationLoader

from samois_host.failure import JobFailure

Key = tuple[str, str]


@contextmanager
def loading_errors() -> Iterator[None]:
    """Turn what Django says of a broken chain of migrations into a failure that says what to do."""
    try:
        yield
    except NodeNotFoundError as error:
        app, name = error.node
        holder = f"{error.origin} " if error.origin else "A migration "
        sentence = (
            f"{holder}needs {app}.{name}, and there is no such file. Bring the file back (from version "
            "control or a colleague), or change the dependencies of the migration that names it."
        )
        raise JobFailure("migration-missing", sentence, {"app": app, "name": name}) from error
    except CircularDependencyError as error:
        sentence = f"Migrations need each other in a circle: {error}. Take one of the dependencies away."
        raise JobFailure("migration-broken", sentence) from error
    except BadMigrationError as error:
        sentence = f"{error}. Every file in a migrations package needs a class Migration."
        raise JobFailure("migration-broken", sentence) from error
    except InconsistentMigrationHistory as error:
        sentence = (
            f"{error} Unapply the later one, or mark the earlier one as applied (fake it) "
            "where its tables are there."
        )
        raise JobFailure("migration-history", sentence) from error


def loaded(connection: Any = None, *, replace: bool = True, consistent: bool = False) -> Any:
    """The migrations as a graph; with a connection also what is applied."""
    with loading_errors():
        loader = MigrationLoader(connection, ignore_no_migrations=True, replace_migrations=replace)
        if consistent and connection is not None:
            loader.check_consistent_history(connection)
        return loader


def on_disk() -> Any:
    """The migrations without a graph: also where one is missing or two disagree."""
    with loading_errors():
        loader = MigrationLoader(None, ignore_no_migrations=True, load=False)
        loader.load_disk()
        loader.replacements = {key: each for key, each in loader.disk_migrations.items() if each.replaces}
        return loader


WRITE_ERRORS = (
    (
        ("readonly database", "read-only"),
        "The database can only be read. Give the file and its folder write permission, or use another "
        "user of the database.",
    ),
    (
        ("database is locked", "lock timeout", "could not obtain lock"),
        "Another program holds the database. End its transaction (a shell, a browser of tables, a "
        "server that writes), then try again.",
    ),
    (
        ("unable to open database file", "disk i/o error", "connection already closed", "server closed"),
        "The database went away. Bring it back, then look again: what was not finished was taken back.",
    ),
    (("disk is full", "no space left"), "There is no room left on the disk. Make room, then try again."),
    (
        ("not null constraint failed", "contains null values"),
        "Rows that are there hold NULL in a column that may not. Fill them first, with a data migration.",
    ),
    (
        ("unique constraint failed", "could not create unique index", "is duplicated"),
        "Rows that are there hold the same value in what has to be unique. Change them first.",
    ),
    (
        ("foreign key constraint failed", "violates foreign key"),
        "Rows that are there refer to rows that are not. Mend or remove them first.",
    ),
)


def advice_for(error: BaseException) -> str:
    """What to do about an error of the database in a migration; empty where that is not known."""
    links: list[BaseException] = [error]
    while links[-1].__cause__ is not None and links[-1].__cause__ not in links:
        links.append(links[-1].__cause__)
    said = " ".join(str(each).lower() for each in links if isinstance(each, Error) or each is error)
    return next((advice for words, advice in WRITE_ERRORS if any(word in said for word in words)), "")
