"""The pool of warm spares: interpreters that have imported Django and the project's third-party packages."""

from __future__ import annotations

import os
from collections.abc import Callable

from samois_host.failure import HostFailure
from samois_host.supervisor.child import Child, Owner, start_child
from samois_host.supervisor.loop import Loop
from samois_host.wire import Message

# What every project with a default settings file imports; replaced by what this project really imported.
FIRST_GUESS = (
    "django.core.management",
    "django.core.servers.basehttp",
    "django.contrib.staticfiles.handlers",
    "django.db.models",
    "django.contrib.admin",
    "django.template",
    "django.urls",
)

# The server and a job can both find one; a third would only cost memory.
WANTED = 2
# An interpreter that vanished may come back: environments are made anew.
RETRY_SECONDS = 3.0


class Spares:
    """Keeps spares warm and hands them out; what they preload is learned from the project."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._spares: list[Child] = []
        self._warm: set[Child] = set()
        self._modules: list[str] = list(FIRST_GUESS)
        self._unfit: set[str] = set()
        self._learned = False
        self._refilling = False
        self._closed = False
        self._retired: set[Child] = set()
        # Told each time that one is ready to go.
        self.on_warm: Callable[[], object] = lambda: None

    def take(self, owner: Owner, whole_lines: bool, reserved: int = 0) -> Child:
        """The warmest spare, or a new child; some may be reserved for work that is in more of a hurry."""
        candidates = sorted(self._spares, key=lambda each: each not in self._warm)
        child = candidates[0] if len(candidates) > reserved else self._spawn()
        if child in self._spares:
            self._spares.remove(child)
        self._warm.discard(child)
        child.adopt(owner, whole_lines)
        return child

    def has_warm(self) -> bool:
        """Whether a spare is ready to go this moment."""
        return bool(self._warm)

    def refill(self, delay: float = 0.0) -> None:
        """Warm up what is missing, one at a time so that it does not compete with the server."""
        if not self._refilling and not self._closed:
            self._refilling = True
            self._loop.after(delay, self._refill)

    def learn(self, names: list[str], from_server: bool) -> None:
        """Remember what a child of the project had imported: the next spares import it ahead of time."""
        if from_server or not self._learned:
            self._learned = self._learned or from_server
            self._modules = [name for name in names if name not in self._unfit]

    def children(self) -> list[Child]:
        """Every spare that runs, warm or not."""
        return list(self._spares)

    @property
    def modules(self) -> list[str]:
        """The libraries that the project was seen to import."""
        return self._modules

    def discard(self) -> None:
        """Drop all spares: a library changed, or the user asked for a cold start."""
        for child in self._spares:
            self._retired.add(child)
            child.kill()
        self._spares.clear()
        self._warm.clear()
        self._unfit.clear()

    def close(self) -> list[Child]:
        """Stop keeping spares; returns the ones that still run."""
        self._closed = True
        self.discard()
        return list(self._retired)

    def on_report(self, child: Child, report: Message) -> None:
        """A spare is warm."""
        if report.get("report") == "warm" and child in self._spares:
            self._warm.add(child)
            self._unfit.update(report.get("unfit", ()))
            self._modules = [name for name in self._modules if name not in self._unfit]
            self._refill()
            self.on_warm()

    def on_exit(self, child: Child, code: int) -> None:
        """A spare has ended; where a preloaded module ends the process, the next ones preload nothing."""
        self._retired.discard(child)
        if child in self._spares:
            self._spares.remove(child)
            if child not in self._warm:
                self._modules = []
            self._warm.discard(child)
            self.refill(1.0)

    def on_text(self, child: Child, stream: str, text: str) -> None:
        """What a library prints at import is of no interest: the server's own import prints it again."""

    def on_record(self, child: Child, record: Message) -> None:
        """A spare serves nothing."""

    def on_dropped(self, child: Child, lines: int, size: int) -> None:
        """A spare's output is not shown."""

    def _refill(self) -> None:
        self._refilling = False
        if not self._closed and len(self._spares) < WANTED and len(self._warm) == len(self._spares):
            try:
                self._spares.append(self._spawn())
            except HostFailure:
                self.refill(RETRY_SECONDS)  # whoever needs a child by then is told why there is none

    def _spawn(self) -> Child:
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        try:
            child = start_child(self._loop, self, environment)
        except OSError as error:
            sentence = f"A process could not be started: {error}. Check that the interpreter is still there."
            raise HostFailure("interpreter-gone", sentence) from error
        child.send({"do": "preload", "modules": self._modules})
        return child
