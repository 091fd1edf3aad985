"""What is served, and one attempt to boot it."""

from __future__ import annotations

from dataclasses import dataclass

from samois_host.supervisor.child import Child


@dataclass(frozen=True)
class Project:
    """What is served, and how long things may take."""

    folder: str
    settings: str
    boot_seconds: float
    drain_seconds: float


@dataclass
class Boot:
    """One attempt to boot the project."""

    child: Child
    began: float
    forked: bool = False
    # The same boot in a fresh interpreter, after a fork of a checkpoint failed.
    confirming: bool = False
    outdated: bool = False
    taking_over: bool = False
