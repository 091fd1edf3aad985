"""A child: warms up, waits for its work, does it."""

from __future__ import annotations

import sys

from samois_host import operating_system
from samois_host.child import source_only
from samois_host.child.control import Control
from samois_host.child.preload import preload


def main(arguments: list[str], bare: frozenset[str]) -> None:
    """Run a child process; `bare` names the modules of an interpreter that has done nothing yet."""
    control = Control(operating_system.open_channel(arguments[arguments.index("--channel") + 1]))
    first, _ = control.next_order()
    _line_by_line()
    source_only.install()
    unfit = preload(first["modules"])
    control.report({"report": "warm", "unfit": unfit})

    order, sockets = control.next_order()
    if order["do"] == "hold":
        from samois_host.child.serve import hold

        hold(control, order, bare)
        return
    control.listen()
    if order["do"] == "serve":
        from samois_host.child.serve import serve

        serve(control, order, sockets, bare)
    else:
        from samois_host.child.run_job import run_job

        run_job(control, order, bare)


def _line_by_line() -> None:
    # A line that is printed is seen at once, and any character can be printed whatever the locale is.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
