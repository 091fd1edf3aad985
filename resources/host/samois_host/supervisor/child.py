"""The supervisor's side of one child process."""

from __future__ import annotations

import os
import sys
import threading
import uuid
from collections.abc import Callable, Mapping
from socket import socket
from typing import IO, Any, Protocol

from samois_host import operating_system
from samois_host.code_places import HOST_FOLDER
from samois_host.supervisor.loop import Loop, Timer
from samois_host.supervisor.output import Allowance, LineCutter, PieceCutter, read_chunk
from samois_host.wire import Message

SECONDS_FOR_LAST_WORDS = 0.5
# Everything that a child starts has it in its environment, with the child's own value.
MARKER = "SAMOIS_CHILD"
RUN = os.path.join(os.path.dirname(HOST_FOLDER), "run.py")


class Owner(Protocol):
    """Who a child works for: the pool of spares, the server or a job."""

    def on_report(self, child: Child, report: Message) -> None:
        """The child said something (called in the loop)."""

    def on_exit(self, child: Child, code: int) -> None:
        """The child has ended and everything it said has been delivered (called in the loop)."""

    def on_text(self, child: Child, stream: str, text: str) -> None:
        """The child printed something (called in a reading thread)."""

    def on_record(self, child: Child, record: Message) -> None:
        """The child sent a log record or a request (called in a reading thread)."""

    def on_dropped(self, child: Child, lines: int, size: int) -> None:
        """Some of its output was left out (called in the loop)."""


class Child:
    """A running child: sends it messages, hears its reports, reads its output, knows when it ended."""

    def __init__(
        self,
        loop: Loop,
        owner: Owner,
        process: operating_system.Process,
        channel: operating_system.Channel,
        marker: str,
    ) -> None:
        self.owner = owner
        self.whole_lines = True
        self.generation = 0
        self._timers: list[Timer] = []
        self.ended = False
        self._loop = loop
        self.allowance = Allowance(lambda: loop.post(self._report_drops_soon))
        self.process, self._channel, self.marker = process, channel, marker
        self.pid = process.pid
        streams = (("stdout", self.process.stdout), ("stderr", self.process.stderr))
        self._readers = [threading.Thread(target=self._hear, daemon=True)]
        for name, pipe in streams:
            arguments = (name, pipe)
            self._readers.append(threading.Thread(target=self._read_output, args=arguments, daemon=True))
        for thread in (*self._readers, threading.Thread(target=self._wait, daemon=True)):
            thread.start()

    def send(self, message: Message, sockets: tuple[socket, ...] = ()) -> None:
        """Tell the child something; a child that has just ended does not hear it."""
        try:
            self._channel.send(message, sockets, self.pid)
        except OSError:
            return

    def adopt(self, owner: Owner, whole_lines: bool) -> None:
        """Give the child to another owner."""
        self.owner, self.whole_lines = owner, whole_lines

    def ask_to_end(self) -> None:
        """Ask with SIGTERM, which the project may handle."""
        operating_system.ask_to_end(self.process)

    def if_running_after(self, seconds: float, function: Callable[..., object], *arguments: Any) -> None:
        """Run the function after some time, unless the child has ended by then."""
        self._timers.append(self._loop.after(seconds, function, *arguments))

    def kill(self) -> None:
        """End it at once."""
        operating_system.force_end(self.process)

    def _hear(self) -> None:
        while (received := self._channel.receive()) is not None:
            report, _ = received
            record = report.get("record")
            if record is not None:
                self.owner.on_record(self, record)
            else:
                self._loop.post(self._pass_on, report)

    def _pass_on(self, report: Message) -> None:
        self.owner.on_report(self, report)

    def _read_output(self, stream: str, pipe: IO[bytes]) -> None:
        def deliver(text: str) -> None:
            self.owner.on_text(self, stream, text)

        lines, pieces = LineCutter(self.allowance, deliver), PieceCutter(self.allowance, deliver)
        # The owner, and with it the way to cut, changes when a spare gets its work.
        while chunk := read_chunk(pipe.fileno()):
            (lines if self.whole_lines else pieces).feed(chunk)
        lines.finish()
        pipe.close()

    def _report_drops_soon(self) -> None:
        self._loop.after(0.25, self._report_drops)

    def _report_drops(self) -> None:
        lines, size = self.allowance.take_dropped()
        if lines or size:
            self.owner.on_dropped(self, lines, size)

    def _wait(self) -> None:
        code = self.process.wait()
        # What it has started ends with it: with each reload there would be one more.
        operating_system.end_marked(MARKER, self.marker)
        # A process that the project left behind may hold the pipes open: wait for last words, but not for it.
        for thread in self._readers:
            thread.join(SECONDS_FOR_LAST_WORDS)
        self._loop.post(self._finish, code)

    def _finish(self, code: int) -> None:
        self.ended = True
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        self._report_drops()
        self._channel.close()
        self.owner.on_exit(self, code)


def start_child(loop: Loop, owner: Owner, environment: Mapping[str, str]) -> Child:
    """Start a new interpreter as a child."""
    marker = new_marker()
    # The folder of the project is entered only when the project is: an idle spare keeps nothing busy.
    process, channel = operating_system.spawn(
        [sys.executable, RUN], {**environment, MARKER: marker}, os.path.dirname(RUN)
    )
    return Child(loop, owner, process, channel, marker)


def new_marker() -> str:
    """A value that only one child and what it starts have in their environment; always of one length."""
    return str(uuid.uuid4())


def exit_detail(code: int) -> dict[str, Any]:
    """How a process ended, for a failure's detail."""
    return {"exitCode": code if code >= 0 else None, "signal": -code if code < 0 else None}


def exit_sentence(code: int) -> str:
    """How a process ended, in words."""
    if code < 0:
        return f"it was ended by signal {-code}"
    return f"it exited with code {code}"
