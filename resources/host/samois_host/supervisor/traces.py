"""The last requests and what each of them did, kept in memory across reloads."""

from __future__ import annotations

import json
import threading
import zlib
from collections import OrderedDict
from typing import Any

from samois_host.failure import HostFailure
from samois_host.supervisor.loop import Loop
from samois_host.supervisor.outlet import Outlet
from samois_host.wire import Message

KEPT = 1000
BATCH_SECONDS = 0.1


class Traces:
    """A ring of traces. Children's reading threads add to it, the loop reads it."""

    def __init__(self, loop: Loop, outlet: Outlet) -> None:
        self._loop, self._outlet = loop, outlet
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, tuple[Message, bytes]] = OrderedDict()
        self._news: list[Message] = []
        self._last = 0
        self.on = True

    def add(self, record: Message, generation: int) -> None:
        """A request was answered."""
        detail = zlib.compress(record["detail"].encode(), 1)
        with self._lock:
            self._last += 1
            summary = {**record["summary"], "id": self._last, "generation": generation}
            self._kept[self._last] = summary, detail
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            self._news.append(summary)
            first = len(self._news) == 1
        if first:
            self._loop.post(lambda: self._loop.after(BATCH_SECONDS, self._tell))

    def list(self) -> Message:
        """What is kept, oldest first, without the details."""
        with self._lock:
            return {"on": self.on, "traces": [summary for summary, _ in self._kept.values()]}

    def read(self, number: int) -> Message:
        """One of them whole."""
        with self._lock:
            found = self._kept.get(number)
        if found is None:
            raise HostFailure(
                "unknown-trace",
                f"That request is not kept any more: only the last {KEPT} are.",
                {"id": number},
            )
        summary, detail = found
        whole: dict[str, Any] = json.loads(zlib.decompress(detail))
        return {**summary, **whole}

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self._news.clear()

    def _tell(self) -> None:
        with self._lock:
            news, self._news = self._news, []
        if news:
            self._outlet.put({"event": "traces", "added": news[-KEPT:]})
