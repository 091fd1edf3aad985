"""The threaded WSGI server of a serving child, on sockets that it shares with its successor."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.core.servers import basehttp

from samois_host.child.tabs import PREFIX, Tabs
from samois_host.tracing.capture import Capture
from samois_host.tracing.trace import Trace, current
from samois_host.wire import Message


class ResponseWriter(basehttp.ServerHandler):
    """Django's own, but every response ends its connection: none is left open when the child is replaced."""

    tail = b""

    def cleanup_headers(self) -> None:
        """Say so in the headers, and of what is put behind the response."""
        super().cleanup_headers()
        self.headers["Connection"] = "close"
        self.tail = self.request_handler.server.tabs.tail(self.environ, self.headers, self.status)
        if self.tail and "Content-Length" in self.headers:
            self.headers["Content-Length"] = str(int(self.headers["Content-Length"]) + len(self.tail))

    def finish_content(self) -> None:
        """Put it there."""
        if self.headers_sent and self.tail:
            self.write(self.tail)
        super().finish_content()


class RequestHandler(basehttp.WSGIRequestHandler):
    """Handles the one request of a connection and reports it."""

    status: int | None = None
    size = 0

    def handle(self) -> None:
        """Read the request, answer it, end the connection."""
        self.began = time.time(), time.perf_counter()
        self.handle_one_request()
        try:
            self.connection.shutdown(socket.SHUT_WR)
        except OSError:
            return  # the client went away

    def handle_one_request(self) -> None:
        """As Django's, with our writer."""
        self.close_connection = True
        self.requestline = self.request_version = self.command = self.path = ""
        self.raw_requestline = self.rfile.readline(65537)
        self.began = time.time(), time.perf_counter()
        if len(self.raw_requestline) > 65536:
            self.send_error(414)
            return
        if not self.parse_request():
            return
        if self.path.startswith(PREFIX):
            self.server.waits_for_nothing(self.request)
            self.server.tabs.answer(self.path, self.connection)
            return
        writer = ResponseWriter(self.rfile, self.wfile, self.get_stderr(), self.get_environ())
        writer.request_handler = self
        capture = self.server.capture
        if not capture.on:
            writer.run(self.server.get_app())
            return
        trace = Trace()
        token = current.set(trace)
        try:
            writer.run(self.server.get_app())
        finally:
            current.reset(token)
            record = trace.finish(self.command, self.path, self.status, self.size, "sync")
            self.server.report({"record": record})

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Report the request; runserver would print a line."""
        moment, counter = self.began
        self.status = int(code) if str(code).isdigit() else None
        self.size = size if isinstance(size, int) else 0
        self.server.report(
            {
                "record": {
                    "event": "request",
                    "method": self.command,
                    "path": self.path,
                    "status": self.status,
                    "milliseconds": round((time.perf_counter() - counter) * 1000, 2),
                    "time": int(moment * 1000),
                    "size": self.size,
                }
            }
        )


class Server(basehttp.ThreadedWSGIServer):
    """Accepts until it is told to drain, then finishes what it has begun."""

    def __init__(
        self,
        sockets: Sequence[socket.socket],
        port: int,
        application: Any,
        report: Callable[[Message], Any],
        capture: Capture,
        tabs: bool = False,
    ) -> None:
        super().__init__(("localhost", port), RequestHandler, bind_and_activate=False)
        self.socket.close()  # the base class makes one; ours are listening already
        self.listeners = list(sockets)
        self.server_name, self.server_port = "localhost", port
        self.setup_environ()
        self.set_app(application)
        self.report = report
        self.capture = capture
        self.drain_seconds = 0.0
        self._active = 0
        # Connections that last by themselves: nobody waits for their end.
        self._lasting: set[Any] = set()
        self._changed = threading.Condition()
        self._wake, self._woken = socket.socketpair()
        self.tabs = Tabs(tabs, self._woken)

    def serve(self) -> None:
        """Accept connections until `drain`."""
        with selectors.DefaultSelector() as selector:
            for each in (*self.listeners, self._woken):
                selector.register(each, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self._woken:
                        return
                    self._accept(key.fileobj)

    def drain(self, seconds: float) -> None:
        """Stop accepting (called in another thread)."""
        self.drain_seconds = seconds
        self._wake.close()

    def stop_listening(self) -> None:
        """Close this child's hold of the sockets; new connections wait for the next child."""
        for each in self.listeners:
            each.close()

    def wait_until_idle(self) -> None:
        """Let the requests under way finish, for as long as `drain` said."""
        with self._changed:
            self._changed.wait_for(lambda: not self._active, self.drain_seconds)

    def waits_for_nothing(self, request: Any) -> None:
        """Do not count this connection among those whose end is awaited."""
        with self._changed:
            self._lasting.add(request)
            self._active -= 1
            self._changed.notify_all()

    def shutdown_request(self, request: Any) -> None:
        """A connection is done."""
        try:
            super().shutdown_request(request)
        finally:
            with self._changed:
                if request in self._lasting:
                    self._lasting.discard(request)
                else:
                    self._active -= 1
                self._changed.notify_all()

    def _accept(self, listener: Any) -> None:
        try:
            connection, address = listener.accept()
        except OSError:
            return  # another process took it, or the client went away
        connection.setblocking(True)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._changed:
            self._active += 1
        try:
            self.process_request(connection, address)
        except RuntimeError:
            self.shutdown_request(connection)  # no thread could be started
