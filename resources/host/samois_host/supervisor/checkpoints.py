"""Keeps the project loaded up to the files that are likely to be saved next.

The checkpoints form a chain: each is a fork of the one before and has read more of the project. A save makes
all those useless that have read the file; the deepest of the others becomes the next server.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from socket import socket

from samois_host import operating_system
from samois_host.supervisor.child import MARKER, Child, Owner, new_marker
from samois_host.supervisor.forked import ForkedProcess
from samois_host.supervisor.loop import Loop
from samois_host.supervisor.spares import Spares
from samois_host.wire import Message

# Files that were saved lately and get a checkpoint of their own, beside those before models and routes.
RECENT = 2
BOOT_SECONDS = 60.0


@dataclass(eq=False)
class Layer:
    """One checkpoint, or one that is about to become it."""

    child: Child
    at: str | None = None
    ready: bool = False
    stale: bool = False
    files: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    # What was saved while it booted: it may have read it before.
    changed: set[tuple[str, str]] = field(default_factory=set)

    def is_spoiled_by(self, file: str, kind: str) -> bool:
        """Whether it holds something of the file's former state."""
        if file in self.files or not file.endswith(".py"):
            return file in self.files
        return kind != "changed" and module_stem(file) in self.stems


class Checkpoints:
    """The chain, and every process that was forked from it. All methods run in the loop."""

    def __init__(self, loop: Loop, spares: Spares, folder: str, settings: str) -> None:
        self._loop, self._spares = loop, spares
        self._order: Message = {"project": folder, "settings": settings}
        self._layers: list[Layer] = []
        self._retired: list[Layer] = []
        self._forks: dict[int, tuple[Child, ForkedProcess]] = {}
        self._number = 0
        self._anchors: list[str] = []
        self._recent: list[str] = []
        self._passed: set[str] = set()
        self._enabled = operating_system.can_fork()
        self._depth = 10
        self._filling = False

    def learn(self, anchors: list[str]) -> None:
        """Where the boot of this project is worth stopping."""
        self._anchors = anchors

    def changed(self, files: list[str], kind: str) -> None:
        """Files were saved, added or removed: what has read them is of no use any more."""
        for file in map(os.path.realpath, files):
            known = file in self._anchors or file in self._recent
            for layer in self._layers:
                if not layer.ready:
                    layer.changed.add((file, kind))
                elif layer.is_spoiled_by(file, "changed" if known else kind):
                    layer.stale = True
            if kind != "removed" and file not in self._anchors:
                self._recent = [file, *(each for each in self._recent if each != file)][:RECENT]
        self._retire_stale()

    def take(self, owner: Owner, order: Message, sockets: tuple[socket, ...]) -> Child | None:
        """A fork of the deepest checkpoint, which carries out the order; None where there is none."""
        ready = [layer for layer in self._layers if layer.ready and not layer.child.ended]
        return self._fork(ready[-1].child, owner, order, sockets) if ready else None

    def is_ready(self) -> bool:
        """Whether a save can be served from one this moment."""
        return any(layer.ready for layer in self._layers)

    def children(self) -> list[Child]:
        """Every checkpoint that runs, also those that are being made or wait for the end of their forks."""
        return [layer.child for layer in (*self._layers, *self._retired)]

    def places(self) -> list[str]:
        """The files before whose import one stands."""
        return [layer.at for layer in self._layers if layer.ready and layer.at is not None]

    def refill(self, delay: float) -> None:
        """Extend the chain, one checkpoint at a time, once there is nothing more urgent."""
        if self._enabled and not self._filling:
            self._filling = True
            self._loop.after(delay, self._extend)

    def discard(self) -> None:
        """Let go of all: a library changed, or the server stops or shall start cold."""
        for layer in self._layers:
            layer.stale = True
        self._retire_stale()
        self._depth = 10

    def give_up(self) -> None:
        """They fail where a fresh interpreter does not: this project is not made for them."""
        self.discard()
        self._enabled = False

    def enable(self) -> None:
        """Try again what `give_up` ended."""
        self._enabled = operating_system.can_fork()

    # What processes say.

    def on_report(self, child: Child, report: Message) -> None:
        """A checkpoint stands, can not be one, or tells of its forks."""
        kind, layer = report["report"], self._layer_of(child)
        if kind in ("forked", "ended", "refused"):
            self._on_fork(kind, report)
        elif layer is not None and kind == "held":
            self._held(layer, report)
        elif layer is not None and kind in ("unfit", "failed"):
            # No deeper than this for now; what fails is shown by the server's own boot.
            if kind == "unfit":
                self._depth = len(self._layers) - 1
            self._drop(layer)

    def on_exit(self, child: Child, code: int) -> None:
        """A checkpoint has ended."""
        for number, (_, process) in list(self._forks.items()):
            if process.checkpoint is child:
                del self._forks[number]
                process.orphaned()
        self._retired = [layer for layer in self._retired if layer.child is not child]
        layer = self._layer_of(child)
        if layer is not None:
            self._drop(layer)

    def on_text(self, child: Child, stream: str, text: str) -> None:
        """What is printed at import was shown at the first boot."""

    def on_record(self, child: Child, record: Message) -> None:
        """The same of what is logged."""

    def on_dropped(self, child: Child, lines: int, size: int) -> None:
        """Nothing of it is shown."""

    def _on_fork(self, kind: str, report: Message) -> None:
        if report["number"] not in self._forks:
            return
        child, process = self._forks[report["number"]]
        if kind == "forked":
            process.pid = child.pid = report["pid"]
            return
        del self._forks[report["number"]]
        if kind == "refused":
            # Something changed that nobody has told us of.
            self.discard()
            if child.owner is not self:
                child.owner.on_report(child, {"report": "refused"})
        process.finished(report.get("code", 0))

    def _held(self, layer: Layer, report: Message) -> None:
        layer.ready = True
        layer.at = report["at"]
        layer.files, layer.stems = frozenset(report["files"]), frozenset(report["stems"])
        layer.stale = layer.stale or any(layer.is_spoiled_by(*change) for change in layer.changed)
        self._retire_stale()
        self.refill(0.0)

    # The chain.

    def _extend(self) -> None:
        self._filling = False
        if not self._enabled or (self._layers and not self._layers[-1].ready):
            return
        if len(self._layers) >= self._depth or (self._layers and self._layers[-1].at is None):
            return
        last = self._layers[-1] if self._layers else None
        passed = last.files | {str(layer.at) for layer in self._layers} if last else frozenset()
        holds = [file for file in (*self._anchors, *self._recent) if file not in passed]
        if last is not None and not holds:
            return
        if not self._anchors or (last is None and not self._spares.has_warm()):
            return  # the end of a warm-up, or of a boot, brings us here again
        order = {**self._order, "do": "hold", "holds": holds, "libraries": self._spares.modules}
        if last is not None:
            child = self._fork(last.child, self, order, ())
        else:
            child = self._spares.take(self, whole_lines=True)
            child.send({**order, "marker": child.marker})
        layer = Layer(child)
        self._layers.append(layer)
        layer.child.if_running_after(BOOT_SECONDS, self._give_up_on, layer)

    def _fork(self, checkpoint: Child, owner: Owner, order: Message, sockets: tuple[socket, ...]) -> Child:
        self._number += 1
        channel, stdout, stderr, own = operating_system.outfit()
        marker = new_marker()
        process = ForkedProcess(checkpoint, self._number, marker, stdout, stderr)
        child = Child(self._loop, owner, process, channel, marker)
        self._forks[self._number] = child, process
        request = {"do": "fork", "number": self._number, "order": order, "marker": marker, "variable": MARKER}
        checkpoint.send(request, (*own, *sockets))
        for each in own:
            each.close()
        return child

    def _give_up_on(self, layer: Layer) -> None:
        if not layer.ready and layer in self._layers:
            layer.child.kill()

    def _drop(self, layer: Layer) -> None:
        for each in self._layers[self._layers.index(layer) :]:
            each.stale = True
        self._retire_stale()

    def _retire_stale(self) -> None:
        for place, layer in enumerate(self._layers):
            if layer.stale:
                # What is deeper has read all that this one has.
                gone = self._layers[place:]
                del self._layers[place:]
                self._retired += gone
                for each in gone:
                    self._retire(each)
                return

    def _retire(self, layer: Layer) -> None:
        if layer.ready:
            layer.child.send({"do": "retire"})  # it ends with the last of its forks
        else:
            layer.child.kill()

    def _layer_of(self, child: Child) -> Layer | None:
        return next((layer for layer in self._layers if layer.child is child), None)


def module_stem(file: str) -> str:
    """What the module of a file is called by those who import it."""
    folder, name = os.path.split(file)
    stem = os.path.splitext(name)[0]
    return os.path.basename(folder) if stem == "__init__" else stem
