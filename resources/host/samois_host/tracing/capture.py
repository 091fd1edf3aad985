"""Hooks into Django while tracing is on, and takes every hook away when it is switched off."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from samois_host.child.logs import level_name
from samois_host.tracing.places import caller
from samois_host.tracing.trace import MAXIMUM_LOGS, MAXIMUM_NAMES, QUERY_BYTES, Query, Trace, current

MAXIMUM_SQL = 8 * 1024
MAXIMUM_PARAMETER = 300
MAXIMUM_PARAMETERS = 50
# These need no look at each of them.
PLAIN = frozenset((int, bool, float, type(None)))
TOLD_SIGNALS = ("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")

Undo = Callable[[], object]


class Capture:
    """The hooks, on or off."""

    def __init__(self) -> None:
        self._undo: list[Undo] = []

    @property
    def on(self) -> bool:
        """Whether requests are traced."""
        return bool(self._undo)

    def switch(self, on: bool) -> None:
        """Put the hooks in, or take them out."""
        if on and not self._undo:
            for hook in (_requests, _queries, _templates, _caches, _logs, _signals, _exceptions):
                self._undo.extend(hook())
        elif not on:
            while self._undo:
                self._undo.pop()()


def _replace(owner: Any, name: str, make: Callable[[Any], Any]) -> Undo:
    """Replace a method of a class or an instance; what comes back restores it."""
    own = name in vars(owner)
    before = getattr(owner, name)
    setattr(owner, name, make(before))
    return lambda: setattr(owner, name, before) if own else delattr(owner, name)


def _requests() -> list[Undo]:
    from django.core.handlers.base import BaseHandler

    def make(before: Any) -> Any:
        def get_response(self: Any, request: Any) -> Any:
            trace = current.get()
            if trace is not None:
                trace.request = request
            return before(self, request)

        return get_response

    def make_async(before: Any) -> Any:
        async def get_response_async(self: Any, request: Any) -> Any:
            trace = current.get()
            if trace is not None:
                trace.request = request
            return await before(self, request)

        return get_response_async

    return [
        _replace(BaseHandler, "get_response", make),
        _replace(BaseHandler, "get_response_async", make_async),
    ]


def _execute(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    trace = current.get()
    if trace is None:
        return execute(sql, params, many, context)
    trace.query_count += 1
    query = _begin_query(trace, sql, params, many, context) if trace.room > 0 else None
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    except BaseException as error:
        if query is not None:
            query.failed = f"{type(error).__name__}: {error}"[:MAXIMUM_PARAMETER]
        raise
    finally:
        took = time.perf_counter() - began
        trace.query_seconds += took
        if query is not None:
            query.began, query.took = began, took


def _begin_query(trace: Trace, sql: Any, params: Any, many: bool, context: Any) -> Query:
    text = sql if isinstance(sql, str) and len(sql) <= MAXIMUM_SQL else str(sql)[:MAXIMUM_SQL]
    place, meaning = caller(trace.meanings.get(text))
    if text not in trace.meanings:
        trace.meanings[text] = meaning
        trace.room -= len(text)
    if params and not many:
        plain = PLAIN.issuperset(map(type, params)) and len(params) <= MAXIMUM_PARAMETERS
        kept = tuple(params) if plain else _plain_parameters(params)
    else:
        kept = (f"{len(params)} rows",) if many and hasattr(params, "__len__") else params
    query = Query(text, kept, context["connection"].alias, place)
    trace.queries.append(query)
    trace.room -= QUERY_BYTES
    return query


def _plain_parameters(params: Any) -> tuple[Any, ...] | dict[str, Any]:
    if isinstance(params, dict):
        return {str(key): _plain(value) for key, value in list(params.items())[:MAXIMUM_PARAMETERS]}
    return tuple(_plain(each) for each in tuple(params)[:MAXIMUM_PARAMETERS])


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= MAXIMUM_PARAMETER else f"{text[:MAXIMUM_PARAMETER]}…"


def _queries() -> list[Undo]:
    from django.db import connections

    def make(before: Any) -> Any:
        def create_connection(alias: str) -> Any:
            connection = before(alias)
            connection.execute_wrappers.append(_execute)
            return connection

        return create_connection

    existing = connections.all(initialized_only=True)
    for connection in existing:
        connection.execute_wrappers.append(_execute)

    def remove() -> None:
        for connection in existing:
            if _execute in connection.execute_wrappers:
                connection.execute_wrappers.remove(_execute)

    return [_replace(connections, "create_connection", make), remove]


def _templates() -> list[Undo]:
    from django.template.base import Template

    def make(before: Any) -> Any:
        def _render(self: Any, context: Any) -> Any:
            trace = current.get()
            if trace is not None and len(trace.templates) < MAXIMUM_NAMES:
                trace.templates.append(str(self.name or "a template without a name"))
            return before(self, context)

        return _render

    return [_replace(Template, "_render", make)]


def _caches() -> list[Undo]:
    from django.core.cache import caches

    def make(before: Any) -> Any:
        def create_connection(alias: str) -> Any:
            cache = before(alias)
            get = cache.get

            def counted(key: Any, default: Any = None, *more: Any, **options: Any) -> Any:
                missing = object()
                value = get(key, missing, *more, **options)
                trace = current.get()
                if trace is not None and value is missing:
                    trace.cache_misses += 1
                elif trace is not None:
                    trace.cache_hits += 1
                return default if value is missing else value

            cache.get = counted
            return cache

        return create_connection

    return [_replace(caches, "create_connection", make)]


def _logs() -> list[Undo]:
    def make(before: Any) -> Any:
        def callHandlers(self: logging.Logger, record: logging.LogRecord) -> None:
            trace = current.get()
            if trace is not None and len(trace.logs) < MAXIMUM_LOGS and record.name != "django.db.backends":
                trace.logs.append(
                    {
                        "level": level_name(record.levelno),
                        "logger": record.name,
                        "text": _message(record),
                        "file": record.pathname,
                        "line": record.lineno,
                    }
                )
            before(self, record)

        return callHandlers

    return [_replace(logging.Logger, "callHandlers", make)]


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()[:MAXIMUM_SQL]
    except Exception:  # noqa: BLE001 - logging itself reports a bad log call
        return str(record.msg)[:MAXIMUM_SQL]


def _signals() -> list[Undo]:
    from django.db.models import signals

    def watch(name: str) -> Undo:
        def make(before: Any) -> Any:
            def send(sender: Any, **named: Any) -> Any:
                trace = current.get()
                signal = getattr(signals, name)
                if trace is not None and signal.receivers and len(trace.signals) < MAXIMUM_NAMES:
                    meta = getattr(sender, "_meta", None)
                    label = meta.label if meta is not None else str(sender)
                    trace.signals.append({"name": name, "sender": label})
                return before(sender=sender, **named)

            return send

        return _replace(getattr(signals, name), "send", make)

    return [watch(name) for name in TOLD_SIGNALS]


def _exceptions() -> list[Undo]:
    from django.core.signals import got_request_exception

    def note(**_: Any) -> None:
        trace = current.get()
        if trace is not None:
            trace.fail()

    got_request_exception.connect(note, weak=False)
    return [lambda: got_request_exception.disconnect(note)]
