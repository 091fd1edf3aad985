"""The supervisor's main thread: it runs what other threads post and what falls due, one after the other."""

from __future__ import annotations

import heapq
import queue
import time
from collections.abc import Callable
from typing import Any

Action = Callable[[], object]


def _nothing() -> None:
    """What a cancelled timer does."""


class Timer:
    """A promise to run an action later, which can be taken back."""

    def __init__(self, due: float, action: Action) -> None:
        self.due, self.action, self.cancelled = due, action, False

    def cancel(self) -> None:
        """Do not run it."""
        self.cancelled = True
        self.action = _nothing  # what it held is free at once, however far away it was due

    def __lt__(self, other: Timer) -> bool:
        return self.due < other.due


class Loop:
    """Runs everything that changes state in one thread, so that no state needs a lock."""

    def __init__(self) -> None:
        self._posted: queue.SimpleQueue[Action] = queue.SimpleQueue()
        self._timers: list[Timer] = []
        self._stopped = False

    def post(self, function: Callable[..., object], *arguments: Any) -> None:
        """Run the function soon. The only method that other threads and signal handlers may call."""
        self._posted.put(lambda: function(*arguments))

    def after(self, seconds: float, function: Callable[..., object], *arguments: Any) -> Timer:
        """Run the function after some time (monotonic: changes of the clock do not matter)."""
        timer = Timer(time.monotonic() + seconds, lambda: function(*arguments))
        heapq.heappush(self._timers, timer)
        return timer

    def stop(self) -> None:
        """Let `run` return."""
        self._stopped = True

    def run(self) -> None:
        """Run until stopped."""
        while not self._stopped:
            action = self._next()
            if action is not None:
                action()

    def _next(self) -> Action | None:
        while self._timers and self._timers[0].cancelled:
            heapq.heappop(self._timers)
        wait = self._timers[0].due - time.monotonic() if self._timers else None
        if wait is not None and wait <= 0:
            return heapq.heappop(self._timers).action
        try:
            return self._posted.get(timeout=wait)
        except queue.Empty:
            return None
