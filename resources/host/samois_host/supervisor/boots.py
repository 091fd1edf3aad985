"""What is served, and one attempt to boot it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samois_host.failure import process_failure
from samois_host.supervisor.child import Child
from samois_host.wire import Message

# The child says earlier than this where it stands, if anything in it still can.
SLOW_SECONDS = 2.5
HANG_GRACE_SECONDS = 2.0
# A child on a busy machine may come to the project late; one that never does hangs, too.
ENTER_SECONDS = 15.0


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
    # The child has come to the project's code.
    entered: bool = False
    outdated: bool = False
    taking_over: bool = False
    # It was told that this one takes long.
    slow: bool = False


OnTime = Callable[[Boot, Message], None]


def watch(boot: Boot, seconds: float, on_slow: OnTime, on_hang: OnTime) -> None:
    """For a child that holds its interpreter: it can not even say that it takes long, or too long."""
    slow = process_failure("SlowBoot", "The project is still starting, and nothing in it answers.")
    sentence = f"The project did not start within {seconds:g} seconds, and nothing in it answers."
    grace = HANG_GRACE_SECONDS if boot.entered else ENTER_SECONDS
    boot.child.if_running_after(SLOW_SECONDS, on_slow, boot, slow)
    boot.child.if_running_after(seconds + grace, on_hang, boot, process_failure("BootTimeout", sentence))
