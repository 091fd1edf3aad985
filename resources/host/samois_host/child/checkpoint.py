"""A boot that stops before a file that is likely to be saved next, and is forked each time it is.

The import system is asked for the file's module: there the boot stands still, with everything that came
before it loaded and nothing that depends on it. A fork goes on from that very place, so who
imports whom need not be known.
"""

from __future__ import annotations

import gc
import importlib
import linecache
import os
import select
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from samois_host import operating_system
from samois_host.child.boot_watch import BootWatch
from samois_host.child.control import Control
from samois_host.child.read_files import ReadFiles, stems
from samois_host.code_places import is_library
from samois_host.wire import Message


class NotNowError(BaseException):
    """Ends the import of a library for which it is too early; nobody takes it for a missing module."""


class Missing:
    """Asked for a module that nobody found: a file of that name would change what is imported."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Remember it."""
        self.names.add(name)


class Checkpoint:
    """This process while it is one: the held files, what was read, and the children that were forked."""

    def __init__(self, control: Control, order: Message) -> None:
        self._control = control
        self._held: set[str] = set(order["holds"])
        self._libraries: list[str] = order["libraries"]
        self._marker: str = order["marker"]
        self._read = ReadFiles()
        self._missing = Missing()
        self._sockets = operating_system.open_sockets()
        self._main = threading.get_ident()
        self._children: dict[int, int] = {}
        self._looking_ahead = False
        # What a fork was told to do; None while this process is a checkpoint.
        self.work: tuple[Message, list[Any]] | None = None
        self.watch: BootWatch | None = None
        sys.meta_path.insert(0, self)
        sys.meta_path.append(self._missing)

    # Where the boot stops.

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Asked before every import: stop here when it would read a held file."""
        if self._held and threading.get_ident() == self._main and _stem(name) in map(_file_stem, self._held):
            spec = PathFinder.find_spec(name, path)
            origin = os.path.realpath(spec.origin) if spec is not None and spec.origin else None
            if origin in self._held:
                if self._looking_ahead:
                    raise NotNowError
                self._held.discard(str(origin))
                self.stop_at(origin)
        return None

    def stop_at(self, file: str | None) -> None:
        """Stand still and fork on order; returns only in a fork that has work to do."""
        self._look_ahead()
        problem = self._unfit()
        if problem is not None:
            self._control.report({"report": "unfit", "problem": problem})
            if self._children:
                raise AssertionError("A checkpoint that was fit has children.")
            os._exit(0)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):  # the project closed or replaced it
                stream.flush()
        gc.collect()
        gc.freeze()  # a collection in a fork would copy the pages that it shares
        self._control.report(
            {
                "report": "held",
                "at": file,
                "files": self._read.paths(),
                "stems": stems((*self._missing.names, *_project_modules())),
            }
        )
        self._wait()

    def _look_ahead(self) -> None:
        """Import the libraries that the project will want after this place; some must wait for it."""
        with _no_model_registered():
            self._looking_ahead = True
            for name in self._libraries:
                if name not in sys.modules:
                    try:
                        importlib.import_module(name)
                    except (NotNowError, Exception):  # noqa: BLE001 - the project's own import comes at its time
                        continue
            self._looking_ahead = False

    def _unfit(self) -> str | None:
        from django.db import connections

        for connection in connections.all(initialized_only=True):
            in_use = connection.connection is not None
            if in_use and connection.vendor == "sqlite" and connection.is_in_memory_db():
                return "It holds a database in memory."
            connection.close()
        if operating_system.thread_count() > 1:
            return "It has started a thread."
        if operating_system.open_sockets() - self._sockets:
            return "It has opened a connection."
        return None

    # The forks.

    def _wait(self) -> None:
        waking, woken = os.pipe()
        for each in (waking, woken):
            os.set_blocking(each, False)
        before = signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        handler = signal.signal(signal.SIGCHLD, lambda *_: None)
        channel = self._control.channel
        retired = False
        while not (retired and not self._children):
            if not channel.waiting:
                ready, _, _ = select.select([channel, waking], [], [])
                if waking in ready:
                    os.read(waking, 4096)
                self._reap()
                if channel not in ready:
                    continue
            order, sockets = self._control.next_order()
            if order["do"] == "retire":
                retired = True
            elif order["do"] == "signal":
                self._signal(order["number"], order["signal"])
            elif order["do"] == "fork" and self._fork(order, sockets):
                signal.signal(signal.SIGCHLD, handler)
                signal.set_wakeup_fd(before)
                os.close(waking)
                os.close(woken)
                self._become(order, sockets)
                return
        os._exit(0)

    def _fork(self, order: Message, sockets: list[Any]) -> bool:
        number = order["number"]
        if not self._read.are_unchanged():
            self._control.report({"report": "refused", "number": number})
        else:
            pid = operating_system.fork()
            if pid == 0:
                return True
            self._children[number] = pid
            self._control.report({"report": "forked", "number": number, "pid": pid})
        for each in sockets:
            each.close()
        return False

    def _reap(self) -> None:
        for number, pid in list(self._children.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                del self._children[number]
                code = os.waitstatus_to_exitcode(status)
                self._control.report({"report": "ended", "number": number, "code": code})

    def _signal(self, number: int, name: int) -> None:
        self._reap()
        if number in self._children:  # not reaped, so the pid is still its own
            os.kill(self._children[number], name)

    def _become(self, order: Message, sockets: list[Any]) -> None:
        """This is a fork now, with a line, a stdout and a marker of its own."""
        work = order["order"]
        own, rest = sockets[:3], sockets[3:]
        self._control.move(operating_system.wear(own, order["variable"], self._marker, order["marker"]))
        self._marker = order["marker"]
        self._children.clear()
        # What was saved since may be a new file in a folder that was listed already.
        importlib.invalidate_caches()
        linecache.clearcache()
        if work["do"] == "hold":
            self._sockets = operating_system.open_sockets()
            self._held = set(work["holds"])
            return
        self.work = work, rest
        self._read.stop()
        sys.meta_path[:] = [each for each in sys.meta_path if each not in (self, self._missing)]
        self._control.listen()
        self.watch = BootWatch(self._control, work["bootSeconds"])
        self.watch.start()


def _stem(name: str) -> str:
    return name.rpartition(".")[2]


def _file_stem(path: str) -> str:
    stem = os.path.splitext(os.path.basename(path))[0]
    return os.path.basename(os.path.dirname(path)) if stem == "__init__" else stem


def _project_modules() -> Iterator[str]:
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if "." not in name or (isinstance(path, str) and not is_library(path)):
            yield name


@contextmanager
def _no_model_registered() -> Iterator[None]:
    from django.apps import apps

    def refuse(*_: Any) -> None:
        raise NotNowError

    apps.register_model = refuse
    try:
        yield
    finally:
        del apps.register_model
