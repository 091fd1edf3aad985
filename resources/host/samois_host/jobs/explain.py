"""Asks the database how it would carry out a query, without carrying it out."""

from __future__ import annotations

from typing import Any

from django.db import connections

from samois_host.failure import JobFailure
from samois_host.jobs import Context
from samois_host.jobs.database import database_errors
from samois_host.jobs.missing_index import missing_indexes
from samois_host.jobs.parameters import Params, read

EXPLAINED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


def explain(params: Params, context: Context) -> dict[str, Any]:
    """The job: the plan of a query as text, a line a step, and the indexes that it lacks."""
    sql, alias = read(params, "sql", str), read(params, "alias", str, "default")
    given = params.get("params")
    if alias not in connections or not sql.lstrip().upper().startswith(EXPLAINED):
        raise JobFailure("not-explainable", "The database explains only statements that read or change rows.")
    connection = connections[alias]
    sqlite = connection.vendor == "sqlite"
    with database_errors(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{sql}", given)
        rows = cursor.fetchall()
    plan = _tree(rows) if sqlite else [" ".join(map(str, row)) for row in rows]
    return {"plan": plan, "missingIndexes": missing_indexes(sql, plan)}


def _tree(rows: list[tuple[Any, ...]]) -> list[str]:
    depths: dict[Any, int] = {}
    lines = []
    for number, parent, _, text in rows:
        depths[number] = depths.get(parent, -1) + 1
        lines.append(f"{'  ' * depths[number]}{text}")
    return lines
