"""The child's side of its channel: hears orders, reports, ends when the supervisor is gone."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable
from typing import Any

from samois_host import operating_system
from samois_host.wire import Message

Order = tuple[Message, list[Any]]


class Control:
    """What the supervisor wants and what it is told."""

    def __init__(self, channel: operating_system.Channel) -> None:
        self._channel = channel
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._supervisor = os.getppid()
        self._process = os.getpid()
        self._listening = False
        self.on_drain: Callable[[float], object] = lambda seconds: None
        self.on_ask: Callable[[Message], object] = lambda message: None
        self._on_tell: Callable[[Any], object] = lambda message: None

    @property
    def channel(self) -> Any:
        """The line itself, for a process that waits on more than this."""
        return self._channel

    def hear(self, listener: Callable[[Any], object]) -> None:
        """Have a job told what the studio has to say to it."""
        self._on_tell = listener

    def listen(self) -> None:
        """Hear orders in a thread from now on. A process that may be forked must not have one."""
        self._listening = True
        threading.Thread(target=self._hear, name="samois-control", daemon=True).start()

    def move(self, channel: operating_system.Channel) -> None:
        """This is a fork: it has a line of its own."""
        self._channel.abandon()
        self._channel = channel
        self._lock = threading.Lock()
        self._process = os.getpid()

    def next_order(self) -> Order:
        """Wait for the next order."""
        if self._listening:
            return self._orders.get()
        received = self._channel.receive()
        if received is None:
            self.end_with_supervisor()
        assert received is not None
        return received

    def end_with_supervisor(self) -> None:
        """The supervisor is gone. Whoever notices first ends the group: also a sibling that hangs."""
        operating_system.end_group(self._supervisor)
        os._exit(0)

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
            kind = message.get("do")
            if kind == "drain":
                self.on_drain(message["seconds"])
            elif kind == "ask":
                self.on_ask(message)
            elif kind == "tell":
                self._on_tell(message["message"])
            else:
                self._orders.put(received)
        self.end_with_supervisor()
