"""What stands between an ASGI server and the project: reports and traces requests, lets tabs reload."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from samois_host.child.tabs import EVENTS, PREFIX, Tabs
from samois_host.tracing.capture import Capture
from samois_host.tracing.trace import Trace, current
from samois_host.wire import Message

Application = Callable[[Any, Any, Any], Awaitable[None]]
Send = Callable[[Message], Awaitable[None]]


class Observed:
    """The project's application, observed."""

    def __init__(
        self, application: Application, report: Callable[[Message], Any], capture: Capture, tabs: Tabs
    ) -> None:
        self._application, self._report, self._capture, self._tabs = application, report, capture, tabs
        # Set in the server's own loop once this child accepts no more.
        self.leaving = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """One connection, of whatever protocol."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
        elif scope["path"].startswith(PREFIX):
            await self._answer_tabs(scope["path"], send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Any, receive: Any, send: Send) -> None:
        response = Response(scope, send, self._tabs)
        began, counter = time.time(), time.perf_counter()
        trace = Trace() if self._capture.on else None
        token = current.set(trace)
        try:
            await self._application(scope, receive, response.send)
        finally:
            current.reset(token)
            query = scope["query_string"].decode("latin-1")
            path = f"{scope['path']}?{query}" if query else scope["path"]
            record = {
                "event": "request",
                "method": scope["method"],
                "path": path,
                "status": response.status,
                "milliseconds": round((time.perf_counter() - counter) * 1000, 2),
                "time": int(began * 1000),
                "size": response.size,
            }
            self._report({"record": record})
            if trace is not None:
                whole = trace.finish(scope["method"], path, response.status, response.size, "async")
                self._report({"record": whole})

    async def _answer_tabs(self, path: str, send: Send) -> None:
        kind, body = self._tabs.content(path)
        headers = [(b"content-type", kind), (b"cache-control", b"no-store"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 200 if body else 404, "headers": headers})
        lasts = kind == EVENTS
        await send({"type": "http.response.body", "body": body, "more_body": lasts})
        if lasts:
            await self.leaving.wait()
            await send({"type": "http.response.body", "body": b""})


class Response:
    """A response on its way out: it ends its connection, and a page gets the script of the tabs."""

    def __init__(self, scope: Any, send: Send, tabs: Tabs) -> None:
        self._scope, self._send, self._tabs = scope, send, tabs
        self._tail = b""
        self.status: int | None = None
        self.size = 0

    async def send(self, message: Message) -> None:
        """Pass on one message of the application."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            await self._send({**message, "headers": self._headers(message.get("headers", ()))})
        elif message["type"] == "http.response.body":
            body = message.get("body", b"")
            if self._tail and not message.get("more_body"):
                body += self._tail
            self.size += len(body)
            await self._send({**message, "body": body})
        else:
            await self._send(message)

    def _headers(self, given: Any) -> list[tuple[bytes, bytes]]:
        kept = [(bytes(name), bytes(value)) for name, value in given if name.lower() != b"connection"]
        named = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in kept}
        asked = {name.lower(): value.decode("latin-1") for name, value in self._scope["headers"]}
        environ = {
            "REQUEST_METHOD": self._scope["method"],
            "HTTP_SEC_FETCH_DEST": asked.get(b"sec-fetch-dest"),
        }
        titled = {
            "Content-Type": named.get("content-type", ""),
            "Content-Encoding": named.get("content-encoding"),
        }
        self._tail = self._tabs.tail(environ, titled, str(self.status))
        if self._tail:
            kept = [
                (name, str(int(value) + len(self._tail)).encode())
                if name.lower() == b"content-length"
                else (name, value)
                for name, value in kept
            ]
        return [*kept, (b"connection", b"close")]
