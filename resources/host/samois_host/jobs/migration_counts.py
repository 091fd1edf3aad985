"""Counts, in the project's own database, what a planned operation is about: rows, values, duplicates."""

from __future__ import annotations

import time
from typing import Any

from django.db import Error

from samois_host.jobs.database import default_connection, missing_file

SECONDS = 2.0
SHOWN_DUPLICATES = 5


class Counter:
    """Counts rows under the names that tables and columns have in the database before the plan."""

    def __init__(self, before: Any) -> None:
        self._before = before
        # Names of now -> names in the database; None for what the plan itself creates.
        self._models: dict[tuple[str, str], str | None] = {}
        self._fields: dict[tuple[str, str, str], str | None] = {}
        self._connection: Any = None
        try:
            connection = default_connection()
            if missing_file(connection) is None:
                connection.ensure_connection()
                self._connection = connection
        except Exception:  # noqa: BLE001 - without a database there are no counts, and all else still holds
            self._connection = None
        self._ends = time.monotonic() + SECONDS * 5
        if self._connection is not None and self._connection.vendor == "sqlite":
            # A count of a huge table is given up; nobody waits for it.
            self._connection.connection.set_progress_handler(self._too_late, 20_000)

    def _too_late(self) -> int:
        return int(time.monotonic() > self._ends)

    # What the operations of the plan rename and create, in their order.

    def created(self, app: str, model: str, field: str | None = None) -> None:
        """It is not in the database before the plan."""
        if field is None:
            self._models[app, model.lower()] = None
        else:
            self._fields[app, model.lower(), field] = None

    def renamed_model(self, app: str, old: str, new: str) -> None:
        """From here on the plan calls it so."""
        self._models[app, new.lower()] = self._model(app, old)
        for key, first in list(self._fields.items()):
            if key[:2] == (app, old.lower()):
                self._fields[app, new.lower(), key[2]] = first

    def renamed_field(self, app: str, model: str, old: str, new: str) -> None:
        """From here on the plan calls it so."""
        self._fields[app, model.lower(), new] = self._field(app, model, old)

    # Counts; None where they can't be told.

    def rows(self, app: str, model: str) -> int | None:
        """Rows of the model's table."""
        table = self._table(app, model)
        return None if table is None else self._number(f"SELECT COUNT(*) FROM {table}")

    def values(self, app: str, model: str, field: str) -> int | None:
        """Values of a field that are not null."""
        return self._where(app, model, field, "{} IS NOT NULL")

    def nulls(self, app: str, model: str, field: str) -> int | None:
        """Rows without a value."""
        return self._where(app, model, field, "{} IS NULL")

    def longer_than(self, app: str, model: str, field: str, length: int) -> int | None:
        """Texts that do not fit into a shorter column."""
        return self._where(app, model, field, f"LENGTH({{}}) > {length:d}")

    def duplicates(self, app: str, model: str, fields: list[str]) -> tuple[int, list[str]] | None:
        """How many values stand in more than one row, and some of them with how often."""
        table = self._table(app, model)
        columns = [self._column(app, model, field) for field in fields]
        if table is None or None in columns:
            return None
        names = ", ".join(str(each) for each in columns)
        whole = " AND ".join(f"{each} IS NOT NULL" for each in columns)
        groups = (
            f"SELECT {names}, COUNT(*) AS n FROM {table} WHERE {whole} GROUP BY {names} HAVING COUNT(*) > 1"
        )
        count = self._number(f"SELECT COUNT(*) FROM ({groups}) AS found")
        if count is None:
            return None
        found = self._all(f"{groups} ORDER BY n DESC LIMIT {SHOWN_DUPLICATES}") if count else []
        shown = [f"{', '.join(str(value)[:80] for value in row[:-1])} ({row[-1]} rows)" for row in found]
        return count, shown

    def of_question(self, question: Any) -> dict[str, int | None]:
        """How many rows a question of the autodetector is about."""
        app, model = question.app, question.model
        if question.kind == "not_null_alteration":
            return {"rows": self.rows(app, model), "nulls": self.nulls(app, model, question.field)}
        if question.kind == "rename_field":
            old = question.between.lstrip(":")
            return {"rows": self.values(app, model, old), "nulls": None}
        if question.kind == "rename_model":
            return {"rows": self.rows(app, question.between.lstrip(":")), "nulls": None}
        return {"rows": self.rows(app, model), "nulls": None}

    def _where(self, app: str, model: str, field: str, condition: str) -> int | None:
        table, column = self._table(app, model), self._column(app, model, field)
        if table is None or column is None:
            return None
        return self._number(f"SELECT COUNT(*) FROM {table} WHERE {condition.format(column)}")

    def _number(self, sql: str) -> int | None:
        found = self._all(sql)
        return int(found[0][0]) if found else None

    def _all(self, sql: str) -> list[Any]:
        self._ends = time.monotonic() + SECONDS
        try:
            with self._connection.cursor() as cursor:
                # Names are quoted by the engine's own rules; a % in one is no place for a parameter.
                cursor.execute(sql, None)
                return list(cursor.fetchall())
        except Error as error:
            if "locked" in str(error):
                # Every further count would wait as long again.
                self._connection = None
            # Otherwise the table or column is not there yet: earlier migrations are not applied.
            return []

    def _model(self, app: str, model: str) -> str | None:
        return self._models.get((app, model.lower()), model.lower())

    def _field(self, app: str, model: str, field: str) -> str | None:
        return self._fields.get((app, model.lower(), field), field)

    def _table(self, app: str, model: str) -> str | None:
        first = self._model(app, model)
        if first is None or self._connection is None:
            return None
        try:
            meta = self._before.apps.get_model(app, first)._meta
        except LookupError:
            return None
        quoted: str = self._connection.ops.quote_name(meta.db_table)
        return quoted if meta.managed and not meta.proxy else None

    def _column(self, app: str, model: str, field: str) -> str | None:
        first, name = self._model(app, model), self._field(app, model, field)
        if first is None or name is None or self._connection is None:
            return None
        try:
            column = self._before.apps.get_model(app, first)._meta.get_field(name).column
        except Exception:  # noqa: BLE001 - a model or a field that the state before does not have
            return None
        return None if column is None else str(self._connection.ops.quote_name(column))
