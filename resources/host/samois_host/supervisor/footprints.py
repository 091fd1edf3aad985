"""What the host's processes hold, and what they have loaded ahead of time."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from samois_host import operating_system
from samois_host.wire import Message

if TYPE_CHECKING:
    from samois_host.supervisor.job_runs import JobRuns
    from samois_host.supervisor.serving import Serving
    from samois_host.supervisor.spares import Spares


def footprints(serving: Serving, spares: Spares, jobs: JobRuns) -> Message:
    """Memory and threads of each process; the packages in the spares, and where the checkpoints stand."""
    named = [*serving.processes(), *(("spare", child) for child in spares.children())]
    named += [("job", child) for child in jobs.children()]
    pids = [
        ("supervisor", os.getpid()),
        *((kind, child.pid) for kind, child in named if child.pid and not child.ended),
    ]
    return {
        "processes": [{"kind": kind, **_footprint(pid)} for kind, pid in pids],
        "preloaded": _packages(spares.modules),
        "checkpoints": serving.places(),
    }


def _packages(modules: Iterable[str]) -> list[Message]:
    """What comes with Python itself is in every interpreter, and no news."""
    counts = Counter(name.partition(".")[0] for name in modules)
    return [
        {"package": package, "modules": count}
        for package, count in counts.most_common()
        if package not in sys.stdlib_module_names and not package.startswith("_")
    ]


def _footprint(pid: int) -> Message:
    kilobytes, threads = operating_system.footprint(pid)
    return {"pid": pid, "kilobytes": kilobytes, "threads": threads}
