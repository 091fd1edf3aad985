"""Lets browser tabs of the site reload by themselves once other code serves: a script behind HTML pages.

Only what a browser asks for as a page gets it, which its `Sec-Fetch-Dest` header says: nobody who fetches,
tests or measures sees anything but the project's own bytes.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Mapping
from typing import Any

PREFIX = "/__samois__/"
EVENTS = b"text/event-stream"
PAGES = ("document", "iframe", "frame")
SCRIPT = b"""(function () {
  var served = new URL(document.currentScript.src).search.slice(1);
  new EventSource("/__samois__/tabs").onmessage = function (event) {
    if (event.data !== served) location.reload();
  };
})();
"""


class Tabs:
    """What this child does for the tabs that show its pages."""

    def __init__(self, on: bool, leaving: Any) -> None:
        self.on = on
        # Readable once this child stops serving.
        self._leaving = leaving
        # Every child has its own: a page of another one is out of date.
        self._token = f"{os.getpid()}-{time.time_ns()}"

    def tail(self, environ: Mapping[str, Any], headers: Any, status: str) -> bytes:
        """What is put behind a response: the script's tag where it is a page, else nothing."""
        is_page = (
            self.on
            and environ.get("HTTP_SEC_FETCH_DEST") in PAGES
            and environ.get("REQUEST_METHOD") in ("GET", "POST")
            and str(headers.get("Content-Type", "")).startswith("text/html")
            and not headers.get("Content-Encoding")
            and not status.startswith(("204", "304"))
        )
        return f'\n<script src="{PREFIX}tabs.js?{self._token}"></script>\n'.encode() if is_page else b""

    def content(self, path: str) -> tuple[bytes, bytes]:
        """Type and body of the answer to a request of the script's own; empty for any other."""
        if path.startswith(f"{PREFIX}tabs.js"):
            return b"text/javascript", SCRIPT
        if path == f"{PREFIX}tabs":
            return EVENTS, f"retry: 100\ndata: {self._token}\n\n".encode()
        return b"text/plain", b""

    def answer(self, path: str, connection: Any) -> None:
        """Answer such a request; the one for news lasts as long as this child serves."""
        kind, body = self.content(path)
        if not body:
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nConnection: close\r\nContent-Type: %b\r\n\r\n%b"
            % (kind, body)
        )
        if kind == EVENTS:
            select.select([connection, self._leaving], [], [])
