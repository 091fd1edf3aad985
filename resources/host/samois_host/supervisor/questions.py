"""Questions that the serving child answers, from what it has loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from samois_host.supervisor.child import Child
from samois_host.wire import Message

Answer = Callable[[Message | None], object]


class Questions:
    """What was asked and is not answered yet."""

    def __init__(self) -> None:
        self._last = 0
        self._open: dict[int, tuple[Child, Answer]] = {}

    def ask(self, child: Child, job: str, params: dict[str, Any], answer: Answer) -> None:
        """Ask; `answer` gets the result, or None when the child ended before it gave one."""
        self._last += 1
        self._open[self._last] = child, answer
        child.send({"do": "ask", "number": self._last, "job": job, "params": params})

    def answered(self, report: Message) -> None:
        """The child's answer."""
        _, answer = self._open.pop(report["number"], (None, None))
        if answer is not None:
            answer(report["result"])

    def child_ended(self, child: Child) -> None:
        """Nothing more comes from this one."""
        for number, (asked, answer) in list(self._open.items()):
            if asked is child:
                del self._open[number]
                answer(None)
