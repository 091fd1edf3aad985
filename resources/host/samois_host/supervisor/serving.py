"""Serves the project: boots the next child, lets it take over, keeps the last good one."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from socket import socket
from typing import Any

from samois_host.code_places import is_library
from samois_host.failure import HostFailure, process_failure
from samois_host.supervisor.boots import Boot, Project, watch
from samois_host.supervisor.checkpoints import Checkpoints
from samois_host.supervisor.child import Child, exit_sentence
from samois_host.supervisor.fallback import Fallback
from samois_host.supervisor.listening import listen
from samois_host.supervisor.loop import Loop
from samois_host.supervisor.outlet import Outlet
from samois_host.supervisor.questions import Answer, Questions
from samois_host.supervisor.spares import Spares
from samois_host.supervisor.traces import Traces
from samois_host.wire import Message

# A boot that began before the newest save is worth waiting for only so long.
PATIENCE_SECONDS = 1.0
HANDOVER_SECONDS = 1.0
STOP_SECONDS = 2.0
CRASHES_A_MINUTE = 5
# Many programs save in two steps, an empty file first: what fails meanwhile is not worth showing.
SETTLE_SECONDS = 0.05
# What the source alone is to blame for, whoever reads it.
CERTAIN = ("SyntaxError", "IndentationError", "TabError")
WRONG_ALARMS = 3


class Serving:
    """The state of the server. Every method runs in the loop, except where a child's text arrives."""

    def __init__(self, loop: Loop, outlet: Outlet, spares: Spares, project: Project) -> None:
        self._loop, self._outlet, self._spares, self._project = loop, outlet, spares, project
        self._checkpoints = Checkpoints(loop, spares, project.folder, project.settings)
        spares.on_warm = self._on_warm_spare
        self._questions = Questions()
        self.places = self._checkpoints.places
        self.traces = Traces(loop, outlet)
        # Whether browser tabs reload by themselves.
        self.tabs = True
        self._wrong_alarms = 0
        self._sockets: tuple[socket, ...] = ()
        self._port: int | None = None
        self._generation = 0
        self._boot: Boot | None = None
        self._failure: Message = {}
        self._current: Child | None = None
        self._fallback: Fallback | None = None
        self._leaving: set[Child] = set()
        self._crashes: deque[float] = deque(maxlen=CRASHES_A_MINUTE)
        self._on_stopped: list[Callable[[], object]] = []

    def start(self, host: str, port: int) -> Message:
        """Listen, and boot the first child."""
        if self._on_stopped:
            raise HostFailure("stopping", "The server is still stopping. Start it again in a moment.")
        if self._sockets:
            raise HostFailure(
                "already-serving",
                f"The project is served on port {self._port} already.",
                {"port": self._port},
            )
        self._sockets, self._port = listen(host, port)
        self._crashes.clear()
        self._boot_next()
        return {"port": self._port}

    def reload(self, files: list[str], kind: str) -> int | None:
        """A save happened. Returns the generation that will hold it, None when nothing is served."""
        library = any(is_library(file) for file in files)
        if library:
            self._discard_warm()
        if not self._sockets:
            return None
        self._checkpoints.changed(files, kind)
        boot = self._boot
        if boot is None:
            return self._boot_next()
        if boot.taking_over:
            boot.outdated = True
            return self._generation + 1
        waited = time.monotonic() - boot.began
        warm = self._spares.has_warm() or self._checkpoints.is_ready()
        if library or warm or waited >= PATIENCE_SECONDS:
            return self._boot_anew()
        boot.outdated = True
        self._loop.after(PATIENCE_SECONDS - waited, self._lose_patience, boot)
        return self._generation + 1

    def restart(self) -> int:
        """Boot from a cold interpreter."""
        if not self._sockets:
            raise HostFailure("not-serving", "The project is not being served. Start it first.")
        self._discard_warm()
        self._crashes.clear()
        if self._boot is not None and self._boot.taking_over:
            self._boot.outdated = True
            return self._generation + 1
        return self._boot_anew()

    def _discard_warm(self) -> None:
        self._spares.discard()
        self._checkpoints.discard()
        self._checkpoints.enable()
        self._wrong_alarms = 0

    def stop(self, done: Callable[[], object]) -> None:
        """End the server; `done` is called when its port is free."""
        self._on_stopped.append(done)
        if self._boot is not None:
            self._dismiss(self._boot.child, 0.0)
            self._boot = None
        if self._current is not None:
            self._drain(self._current, STOP_SECONDS)
            self._current = None
        for child in self._leaving:
            self._loop.after(STOP_SECONDS, child.kill)
        self._checkpoints.discard()
        self._close_fallback()
        for listener in self._sockets:
            listener.close()
        self._sockets = ()
        self._finish_stop()

    def ask(self, job: str, params: Message, answer: Answer) -> bool:
        """Have the serving child answer from what it has loaded; False when there is none."""
        if self._current is None:
            return False
        self._questions.ask(self._current, job, params, answer)
        return True

    def switch(self, what: str, on: bool) -> None:
        """Switch the noting of requests (`tracing`) or the reloading of browser `tabs`, at once."""
        if what == "tabs":
            self.tabs = on
        else:
            self.traces.on = on
        for child in (self._current, self._boot.child if self._boot else None):
            if child is not None:
                child.send({"do": "ask", "job": what, "params": {"on": on}})

    @property
    def active(self) -> bool:
        """Whether the project is being served."""
        return bool(self._sockets)

    def children(self) -> list[Child]:
        """Every child that runs or is to."""
        return [child for kind, child in self.processes() if kind != "checkpoint"]

    def processes(self) -> list[tuple[str, Child]]:
        """Every child with what it does."""
        named = [("server", self._current), ("boot", self._boot.child if self._boot else None)]
        named += [("leaving", child) for child in self._leaving]
        named += [("checkpoint", child) for child in self._checkpoints.children()]
        return [(kind, child) for kind, child in named if child is not None]

    # What children say.

    def on_report(self, child: Child, report: Message) -> None:
        """The child reports a step."""
        boot, kind = self._boot, report.get("report")
        if kind == "modules":
            self._spares.learn(report["names"], from_server=True)
            self._checkpoints.learn(report["anchors"])
            if child is self._current:
                self._checkpoints.refill(0.0)
        elif kind == "answer":
            self._questions.answered(report)
        elif kind == "checks" and child is self._current:
            fields = {"issues": report["issues"], "failure": report["failure"]}
            self._outlet.put({"event": "checks", "generation": child.generation, **fields})
        elif kind == "draining" and boot is not None and boot.taking_over and child in self._leaving:
            self._promote(boot)
        elif boot is not None and child is boot.child:
            if kind == "ready":
                child.pid = report["pid"]
                self._hand_over(boot)
            elif kind == "refused":
                self._boot_anew()
            elif kind == "failed":
                self._boot_failed(boot, report["failure"])
            elif kind == "booting":
                boot.entered = True
                watch(boot, self._project.boot_seconds, self._boot_is_slow, self._boot_hangs)
            elif kind == "slow":
                self._boot_is_slow(boot, report["failure"])

    def on_exit(self, child: Child, code: int) -> None:
        """A child has ended, wanted or not."""
        self._leaving.discard(child)
        self._questions.child_ended(child)
        if self._boot is not None and child is self._boot.child:
            sentence = f"The project ended its process while it was starting: {exit_sentence(code)}."
            self._boot_failed(self._boot, process_failure("ProcessExit", sentence))
        elif child is self._current:
            self._current = None
            self._crashed(code)
        self._finish_stop()

    def on_text(self, child: Child, stream: str, text: str) -> None:
        """A printed line."""
        level = "info" if stream == "stdout" else "warning"
        self._log(child, {"stream": stream, "level": level, "logger": None, "text": text})

    def on_record(self, child: Child, record: Message) -> None:
        """A log record or a served request."""
        if record.get("event") == "trace":
            self.traces.add(record, child.generation)
        elif record.get("event") != "log":
            self._outlet.put({**record, "generation": child.generation})
        elif child.allowance.admit(len(record["text"])):
            self._log(child, record)

    def on_dropped(self, child: Child, lines: int, size: int) -> None:
        """Output was left out."""
        self._outlet.put({"event": "dropped", "lines": lines, "bytes": size, "generation": child.generation})

    def _log(self, child: Child, record: Message) -> None:
        now = int(time.time() * 1000)
        self._outlet.put({"event": "log", "time": now, "generation": child.generation, **record})

    def _on_warm_spare(self) -> None:
        # Where interpreters take longer to warm up than the user to save again, none is ever left over later.
        if self._current is not None and self._boot is None:
            self._checkpoints.refill(0.0)

    # Booting.

    def _boot_next(self) -> int:
        self._generation += 1
        self._show("booting", None)
        self._begin(self._checkpoints.take(self, self._order(), self._sockets))
        return self._generation

    def _order(self) -> Message:
        project = self._project
        return {
            "do": "serve",
            "project": project.folder,
            "settings": project.settings,
            "bootSeconds": project.boot_seconds,
            "port": self._port,
            "tracing": self.traces.on,
            "tabs": self.tabs,
        }

    def _begin(self, fork: Child | None, confirming: bool = False) -> None:
        try:
            child = fork or self._spares.take(self, whole_lines=True)
        except HostFailure as gone:
            self._boot = None
            self._break(process_failure("InterpreterGone", str(gone)))
            return
        if fork is None:
            child.send(self._order(), self._sockets)
        child.generation = self._generation
        boot = self._boot = Boot(child, time.monotonic(), fork is not None, confirming)
        watch(boot, self._project.boot_seconds, self._boot_is_slow, self._boot_hangs)

    def _boot_anew(self) -> int:
        if self._boot is not None:
            self._dismiss(self._boot.child, 0.0)
        return self._boot_next()

    def _lose_patience(self, boot: Boot) -> None:
        if boot is self._boot and not boot.taking_over:
            self._boot_anew()

    def _boot_is_slow(self, boot: Boot, failure: dict[str, Any]) -> None:
        if boot is self._boot and not boot.taking_over and (failure["file"] or not boot.slow):
            boot.slow = True
            self._show("booting", failure)

    def _boot_hangs(self, boot: Boot, failure: dict[str, Any]) -> None:
        if boot is self._boot and not boot.taking_over:
            self._boot_failed(boot, failure)

    def _boot_failed(self, boot: Boot, failure: dict[str, Any]) -> None:
        self._boot = None
        self._dismiss(boot.child, 1.0)
        if boot.outdated:
            self._boot_next()  # what failed is not what is on the disk now
            return
        self._spares.refill()
        self._loop.after(SETTLE_SECONDS, self._settle, boot, failure)

    def _settle(self, boot: Boot, failure: dict[str, Any]) -> None:
        if self._boot is not None or boot.child.generation != self._generation or not self._sockets:
            return  # there is something newer
        if not boot.confirming or failure["message"] != self._failure.get("message"):
            self._break(failure)
        if boot.forked and failure["type"] not in CERTAIN:
            self._begin(None, confirming=True)

    def _break(self, failure: dict[str, Any]) -> None:
        self._failure = failure
        if self._current is None:
            if self._fallback is None:
                self._fallback = Fallback(self._sockets, failure)
            self._fallback.show(failure)
        self._show("broken", failure)

    def _hand_over(self, boot: Boot) -> None:
        boot.taking_over = True
        if boot.confirming and not boot.outdated:  # else a save has mended it
            self._doubt_checkpoints()
        old, self._current = self._current, None
        self._close_fallback()
        if old is None:
            self._promote(boot)
        else:
            self._drain(old, self._project.drain_seconds)
            self._loop.after(HANDOVER_SECONDS, self._promote, boot)

    def _doubt_checkpoints(self) -> None:
        # The project boots in a fresh interpreter and did not in a fork: once may be an edit in between.
        self._wrong_alarms += 1
        self._checkpoints.discard()
        if self._wrong_alarms >= WRONG_ALARMS:
            self._checkpoints.give_up()

    def _promote(self, boot: Boot) -> None:
        if boot is not self._boot:
            return
        self._boot, self._current = None, boot.child
        boot.child.send({"do": "accept"})
        self._show("serving", None, round((time.monotonic() - boot.began) * 1000))
        if boot.outdated:
            self._boot_next()
        else:
            self._spares.refill(0.05)
            self._checkpoints.refill(0.05)

    def _crashed(self, code: int) -> None:
        now = time.monotonic()
        many = len(self._crashes) == CRASHES_A_MINUTE - 1 and now - self._crashes[0] < 60
        self._crashes.append(now)
        failure = process_failure("ProcessExit", f"The server ended by itself: {exit_sentence(code)}.")
        if self._boot is not None:
            return
        if many:
            failure["message"] += (
                f" It did so {CRASHES_A_MINUTE} times in a minute; save a file to try again."
            )
            self._crashes.clear()
            self._break(failure)
        else:
            self._show("broken", failure)
            self._boot_next()

    # Ending.

    def _drain(self, child: Child, seconds: float) -> None:
        child.send({"do": "drain", "seconds": seconds})
        self._dismiss(child, seconds + 1)

    def _dismiss(self, child: Child, seconds: float) -> None:
        if child.ended:
            return
        self._leaving.add(child)
        if seconds:
            child.if_running_after(seconds, child.kill)
        else:
            child.kill()

    def _finish_stop(self) -> None:
        if self._on_stopped and not self._leaving:
            self._show("stopped", None)
            waiting, self._on_stopped = self._on_stopped, []
            self._port = None
            for done in waiting:
                done()

    def _close_fallback(self) -> None:
        if self._fallback is not None:
            self._fallback.close()
            self._fallback = None

    def _show(self, state: str, failure: dict[str, Any] | None, milliseconds: int | None = None) -> None:
        self._outlet.put(
            {
                "event": "serve.state",
                "state": state,
                "port": self._port,
                "pid": self._current.pid if self._current else None,
                "bootMilliseconds": milliseconds,
                "generation": self._generation,
                "failure": failure,
                "lastGood": state == "broken" and self._current is not None,
            }
        )
