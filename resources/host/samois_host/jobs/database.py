"""Connections for jobs that only look: none of them creates, locks or waits for the user's database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections

from samois_host.failure import JobFailure

CONNECT_SECONDS = 5


def default_connection() -> Any:
    """The project's default connection, which gives up on an unreachable server after some seconds."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        connection.settings_dict.setdefault("OPTIONS", {}).setdefault("connect_timeout", CONNECT_SECONDS)
    return connection


def missing_file(connection: Any) -> str | None:
    """The SQLite file where it does not exist: connecting would create it."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or name.startswith("file:"):
        return None
    return None if os.path.exists(name) else name


def looking_connection() -> Any:
    """A connection for reading: the default one, or an empty one in memory where there is no file yet."""
    connection = default_connection()
    return writing_nothing(connection) if missing_file(connection) else connection


def writing_nothing(connection: Any) -> Any:
    """A connection on which SQL can be collected: for SQLite an empty database in memory."""
    if connection.vendor != "sqlite":
        return connection
    copy = connection.copy()
    copy.settings_dict["NAME"] = ":memory:"
    return copy


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn an error of the database into a failure that says what to do."""
    try:
        yield
    except Error as error:
        sentence = f"The database did not answer as expected: {str(error).strip()}."
        missing = "no such table" in str(error) or "does not exist" in str(error)
        hint = (
            "Apply the migrations first." if missing else "Check that it runs and that the settings name it."
        )
        raise JobFailure("database-error", f"{sentence} {hint}", {"type": type(error).__name__}) from error
