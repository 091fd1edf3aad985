"""Answers requests with a plain 503 page while no version of the project has ever booted."""

from __future__ import annotations

import html
import selectors
import socket
import threading
import time
from typing import Any

from samois_host.wire import READ_SIZE

REQUEST_SECONDS = 2.0
MAXIMUM_REQUEST = 1024 * 1024
MAXIMUM_CONNECTIONS = 64
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>{type}</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:60rem;padding:0 1rem}}
pre{{overflow:auto;padding:1rem;background:#8882}}</style>
<h1>The project does not start</h1>
<p><strong>{type}</strong>: {message}</p><p>{place}</p><pre>{traceback}</pre>
<p>This page reloads by itself once the project starts.</p></html>
"""


def page(failure: dict[str, Any]) -> bytes:
    """The page that names the exception, its file and its line; everything in it is escaped."""
    place = ""
    if failure.get("file"):
        place = f"{failure['file']}, line {failure.get('line')}"
    values = {name: html.escape(str(failure.get(name) or "")) for name in ("type", "message", "traceback")}
    return PAGE.format(place=html.escape(place), **values).encode(errors="backslashreplace")


class Fallback:
    """A tiny server in a thread of the supervisor, on the sockets that the next child will get."""

    def __init__(self, sockets: tuple[socket.socket, ...], failure: dict[str, Any]) -> None:
        self._page = page(failure)
        self._slots = threading.Semaphore(MAXIMUM_CONNECTIONS)
        self._sockets = sockets
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="fallback", daemon=True)
        self._thread.start()

    def show(self, failure: dict[str, Any]) -> None:
        """Show another failure."""
        self._page = page(failure)

    def close(self) -> None:
        """Stop accepting; answers under way are finished."""
        self._wake.close()
        self._thread.join()
        self._woken.close()

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            for each in (*self._sockets, self._woken):
                selector.register(each, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self._woken:
                        return
                    self._accept(key.fileobj)

    def _accept(self, listener: Any) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        if not self._slots.acquire(timeout=0.2):
            connection.close()
            return
        threading.Thread(target=self._answer_one, args=(connection,), daemon=True).start()

    def _answer_one(self, connection: socket.socket) -> None:
        try:
            with connection:
                self._answer(connection)
        except OSError:
            return  # the client went away
        finally:
            self._slots.release()

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(REQUEST_SECONDS)
        head = connection.recv(READ_SIZE)
        while b"\r\n\r\n" not in head and len(head) < MAXIMUM_REQUEST:
            more = connection.recv(READ_SIZE)
            if not more:
                break
            head += more
        if not head:
            return
        body = b"" if head.startswith(b"HEAD ") else self._page
        headers = (
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Length: {len(self._page)}\r\nCache-Control: no-store\r\nRetry-After: 2\r\n"
            "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
            "Connection: close\r\n\r\n"
        )
        connection.sendall(headers.encode() + body)
        connection.shutdown(socket.SHUT_WR)
        # A close with unread bytes would reset the connection and lose the answer: read the body away.
        deadline = time.monotonic() + REQUEST_SECONDS
        while time.monotonic() < deadline and connection.recv(READ_SIZE):
            continue
