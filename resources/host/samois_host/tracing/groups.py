"""Finds what a request asked again and again, and the one query that would have asked it once."""

from __future__ import annotations

from typing import Any

Message = dict[str, Any]

# Two of the same may be chance; what a loop does is done more often.
ENOUGH = 3


def groups_of(queries: list[Message]) -> list[Message]:
    """The same query from the same line, at least three times; with the cure where one is known."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for number, query in enumerate(queries):
        found.setdefault((query["sql"], query["alias"], query["file"], query["line"]), []).append(number)
    groups = [_group(queries, numbers) for numbers in found.values() if len(numbers) >= ENOUGH]
    return sorted(groups, key=lambda group: -group["count"])


def _group(queries: list[Message], numbers: list[int]) -> Message:
    first = queries[numbers[0]]
    return {
        "queries": numbers,
        "count": len(numbers),
        "milliseconds": round(sum(queries[each]["milliseconds"] for each in numbers), 2),
        "sql": first["sql"],
        "file": first["file"],
        "line": first["line"],
        "cure": _cure(queries, numbers[0]),
    }


def _cure(queries: list[Message], number: int) -> Message | None:
    relation = queries[number].get("relation")
    if relation is None:
        return None
    path, model = relation["name"], relation["model"]
    method = relation["method"]
    # What holds the objects may itself have been fetched one by one: go back to the query that was not.
    for earlier in reversed(queries[:number]):
        if earlier.get("model") != model:
            continue
        above = earlier.get("relation")
        if above is None:
            return {
                "method": method,
                "relation": path,
                "model": model,
                "file": earlier["file"],
                "line": earlier["line"],
            }
        path, model = f"{above['name']}__{path}", above["model"]
        method = "prefetch_related" if "prefetch_related" in (method, above["method"]) else "select_related"
    return {"method": method, "relation": path, "model": model, "file": None, "line": None}
