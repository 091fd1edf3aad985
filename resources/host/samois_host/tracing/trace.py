"""The record of one request, while it is being made."""

from __future__ import annotations

import itertools
import sys
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from samois_host.failure import describe
from samois_host.jobs.source_places import place_of
from samois_host.tracing.groups import groups_of
from samois_host.tracing.places import Place
from samois_host.wire import Message, encode

MAXIMUM_BYTES = 1024 * 1024
# What a query takes of that beside its statement.
QUERY_BYTES = 500
MAXIMUM_LOGS = 100
MAXIMUM_NAMES = 200

current: ContextVar[Trace | None] = ContextVar("samois_trace", default=None)
_numbers = itertools.count(1)


class Query:
    """One query of a request. Made for every one, so it is only as much as must be noted at once."""

    __slots__ = ("alias", "began", "failed", "params", "place", "sql", "took")

    def __init__(self, sql: str, params: Any, alias: str, place: Place) -> None:
        self.sql, self.params, self.alias, self.place = sql, params, alias, place
        self.began = self.took = 0.0
        self.failed: str | None = None


@dataclass(eq=False)
class Trace:
    """Everything that is noted while a request is answered, by whatever thread or task works for it."""

    began: float = field(default_factory=time.time)
    counter: float = field(default_factory=time.perf_counter)
    request: Any = None
    queries: list[Query] = field(default_factory=list)
    # Statement → the model and the relation that it is about.
    meanings: dict[str, Message] = field(default_factory=dict)
    query_count: int = 0
    # How many more bytes of queries are kept.
    room: int = MAXIMUM_BYTES
    query_seconds: float = 0.0
    cache_hits: int = 0
    cache_misses: int = 0
    templates: list[str] = field(default_factory=list)
    logs: list[Message] = field(default_factory=list)
    signals: list[Message] = field(default_factory=list)
    failure: Message | None = None

    def fail(self) -> None:
        """Note the exception that is being handled."""
        error = sys.exc_info()[1]
        if error is not None:
            self.failure = describe(error)

    def finish(self, method: str, path: str, status: int | None, size: int, kind: str) -> Message:
        """The whole record, as it goes to the supervisor."""
        groups = groups_of(self.queries, self.meanings)
        return {
            "event": "trace",
            "summary": {
                "number": next(_numbers),
                "kind": kind,
                "method": method,
                "path": path,
                **self._route(),
                "user": self._user(),
                "status": status,
                "milliseconds": round((time.perf_counter() - self.counter) * 1000, 2),
                "time": int(self.began * 1000),
                "size": size,
                "queryCount": self.query_count,
                "queryMilliseconds": round(self.query_seconds * 1000, 2),
                "repeated": sum(each["count"] for each in groups),
                "exception": self.failure["type"] if self.failure else None,
            },
            # As text: it is kept, and only read when somebody looks at this request.
            "detail": encode(self._detail(groups)).decode(),
        }

    def _detail(self, groups: list[Message]) -> Message:
        statements = {sql: number for number, sql in enumerate(self.meanings)}
        queries = []
        for query in self.queries:
            file, line, function = query.place
            shown = {
                "statement": statements[query.sql],
                "params": query.params,
                "alias": query.alias,
                "milliseconds": round(query.took * 1000, 3),
                "start": round((query.began - self.counter) * 1000, 2),
                "file": file,
                "line": line,
                "function": function,
            }
            if query.failed is not None:
                shown["failed"] = query.failed
            queries.append(shown)
        return {
            "statements": list(statements),
            "queries": queries,
            "groups": groups,
            "cacheHits": self.cache_hits,
            "cacheMisses": self.cache_misses,
            "templates": _counted(self.templates),
            "logs": self.logs,
            "signals": self.signals,
            "failure": self.failure,
        }

    def _route(self) -> Message:
        match = getattr(self.request, "resolver_match", None)
        if match is None:
            return {"route": None, "routeName": None, "view": None, "file": None, "line": None}
        view = getattr(match.func, "view_class", None) or getattr(match.func, "cls", None) or match.func
        try:
            file, line = place_of(view)
        except (TypeError, ValueError, OSError):
            file, line = None, None
        return {
            "route": f"/{match.route}" if match.route is not None else None,
            "routeName": match.view_name if match.url_name else None,
            "view": match._func_path,
            "file": file,
            "line": line,
        }

    def _user(self) -> str | None:
        # Whoever was not asked for by the project stays unknown: asking would be a query.
        user = getattr(self.request, "_cached_user", None)
        if user is None or not getattr(user, "is_authenticated", False):
            return None
        try:
            return str(user.get_username())
        except Exception:  # noqa: BLE001 - a user model of the project may do anything
            return None


def _counted(names: list[str]) -> list[Message]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return [{"name": name, "count": count} for name, count in counts.items()]
