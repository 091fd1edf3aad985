"""Finds what a request asked again and again, and the one query that would have asked it once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from samois_host.tracing.places import Message, Place

# Two of the same may be chance; what a loop does is done more often.
ENOUGH = 3


class Asked(Protocol):
    """What is looked at of a query."""

    sql: str
    alias: str
    place: Place
    took: float


def groups_of(queries: Sequence[Asked], meanings: Mapping[str, Message]) -> list[Message]:
    """The same query from the same line, at least three times; with the cure where one is known."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for number, query in enumerate(queries):
        found.setdefault((query.sql, query.alias, query.place), []).append(number)
    groups = [_group(queries, meanings, numbers) for numbers in found.values() if len(numbers) >= ENOUGH]
    return sorted(groups, key=lambda group: -group["count"])


def _group(queries: Sequence[Asked], meanings: Mapping[str, Message], numbers: list[int]) -> Message:
    first = queries[numbers[0]]
    return {
        "queries": numbers,
        "count": len(numbers),
        "milliseconds": round(sum(queries[each].took for each in numbers) * 1000, 2),
        "sql": first.sql,
        "file": first.place[0],
        "line": first.place[1],
        "cure": _cure(queries, meanings, numbers[0]),
    }


def _cure(queries: Sequence[Asked], meanings: Mapping[str, Message], number: int) -> Message | None:
    relation = meanings[queries[number].sql].get("relation")
    if relation is None:
        return None
    path, model, method = relation["name"], relation["model"], relation["method"]
    # What holds the objects may itself have been fetched one by one: go back to the query that was not.
    for earlier in reversed(queries[:number]):
        meaning = meanings[earlier.sql]
        if meaning.get("model") != model:
            continue
        above = meaning.get("relation")
        if above is None:
            file, line, _ = earlier.place
            return {"method": method, "relation": path, "model": model, "file": file, "line": line}
        path, model = f"{above['name']}__{path}", above["model"]
        method = "prefetch_related" if "prefetch_related" in (method, above["method"]) else "select_related"
    return {"method": method, "relation": path, "model": model, "file": None, "line": None}
