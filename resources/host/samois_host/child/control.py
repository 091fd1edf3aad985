"""The child's side of its channel: hears orders in a thread, reports, ends when the supervisor is gone."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable
from socket import socket

from samois_host import operating_system
from samois_host.wire import Message

Order = tuple[Message, list[socket]]


class Control:
    """What the supervisor wants and what it is told."""

    def __init__(self, channel: operating_system.Channel) -> None:
        self._channel = channel
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._supervisor = os.getppid()
        self._process = os.getpid()
        self.on_drain: Callable[[float], object] = lambda seconds: None
        threading.Thread(target=self._hear, name="samois-control", daemon=True).start()

    def next_order(self) -> Order:
        """Wait for the next order."""
        return self._orders.get()

    def report(self, message: Message) -> bool:
        """Tell the supervisor. False in a process that the project forked: it has no word here."""
        if os.getpid() != self._process:
            return False
        try:
            with self._lock:
                self._channel.send(message)
        except OSError:
            return False
        return True

    def _hear(self) -> None:
        while (received := self._channel.receive()) is not None:
            message, _ = received
            if message.get("do") == "drain":
                self.on_drain(message["seconds"])
            else:
                self._orders.put(received)
        # Whoever notices first ends the group: also a sibling that hangs, and what the project started.
        operating_system.end_group(self._supervisor)
        os._exit(0)
