"""Serves an ASGI project with the uvicorn that it has, on sockets shared with the next child."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from socket import socket
from typing import Any

from samois_host.child.asgi import Application, Observed
from samois_host.child.tabs import Tabs
from samois_host.tracing.capture import Capture
from samois_host.wire import Message

# A connection that was accepted a moment ago has not said yet what it wants: uvicorn would cut it.
UNREAD_SECONDS = 0.2


class AsgiServer:
    """Looks like the WSGI `Server`: accepts until it is told to drain, then finishes what it has begun."""

    def __init__(
        self,
        sockets: Sequence[socket],
        application: Application,
        report: Callable[[Message], Any],
        capture: Capture,
        tabs: bool = False,
    ) -> None:
        self._sockets = list(sockets)
        self.tabs = Tabs(tabs, None)
        self._observed = Observed(application, report, capture, self.tabs)
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._drain_seconds = 0.0
        self._server = self._make()

    def serve(self) -> None:
        """Accept connections until `drain`."""
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._accept())

    def drain(self, seconds: float) -> None:
        """Stop accepting (called in another thread)."""
        self._drain_seconds = seconds
        self._loop.call_soon_threadsafe(self._stop.set)

    def stop_listening(self) -> None:
        """Close this child's hold of the sockets; new connections wait for the next child."""
        for server in self._server.servers:
            server.close()
        for each in self._sockets:
            each.close()

    def wait_until_idle(self) -> None:
        """Let the requests under way finish, for as long as `drain` said; WebSockets hear of a restart."""
        self._server.config.timeout_graceful_shutdown = self._drain_seconds
        self._loop.run_until_complete(self._leave())

    def _make(self) -> Any:
        from uvicorn import Config, Server

        # The project's logging stands; requests are reported by the studio's own means.
        config = Config(self._observed, log_config=None, access_log=False, ws_ping_interval=None)
        config.load()
        server = Server(config)
        server.lifespan = config.lifespan_class(config)
        return server

    async def _accept(self) -> None:
        await self._server.startup(sockets=self._sockets)
        while not self._stop.is_set():
            await self._server.on_tick(0)  # the date of the responses, once a second
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._stop.wait(), 1)
        await self._stop_accepting()

    async def _stop_accepting(self) -> None:
        """Leave what waits to the next child; take up what was accepted, which a closed server drops."""
        for listener in [each for server in self._server.servers for each in server.sockets]:
            with suppress(NotImplementedError):  # the loop of Windows accepts in another way
                self._loop.remove_reader(listener.fileno())
        await asyncio.sleep(0)

    async def _leave(self) -> None:
        self._observed.leaving.set()
        await asyncio.sleep(min(UNREAD_SECONDS, self._drain_seconds))
        await self._server.shutdown()
