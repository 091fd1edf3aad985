"""The supervisor: reads requests, answers them, and takes everything down at the end."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import threading
import time
from typing import Any

from samois_host import PROTOCOL, operating_system
from samois_host.failure import HostFailure
from samois_host.jobs import JOBS
from samois_host.supervisor.boots import Project
from samois_host.supervisor.calls import parse
from samois_host.supervisor.footprints import footprints
from samois_host.supervisor.job_runs import JobRuns
from samois_host.supervisor.loop import Loop
from samois_host.supervisor.outlet import Outlet
from samois_host.supervisor.serving import Serving
from samois_host.supervisor.spares import Spares
from samois_host.wire import READ_SIZE, LineBuffer, Message, decode

REQUESTS, REPLIES = 3, 4
# The studio puts it into the environment of everything it starts, with a value of its own each time.
STUDIO_MARKER = "SAMOIS_PROCESS"
# Everything has to be gone 2 s after the studio; requests under way get most of that.
FAREWELL_SECONDS = 1.0


class Supervisor:
    """Dispatches the calls of the protocol."""

    def __init__(self, project: Project) -> None:
        self.loop = Loop()
        self.outlet = Outlet(REPLIES)
        self.spares = Spares(self.loop)
        self.serving = Serving(self.loop, self.outlet, self.spares, project)
        self.jobs = JobRuns(self.loop, self.outlet, self.spares, project, self.serving)
        self._ending = False

    def run(self) -> None:
        """Serve requests until the studio is gone, then end the whole process group."""
        for each in operating_system.signals_that_end():
            signal.signal(each, lambda *_: self.loop.post(self.end))
        threading.Thread(target=self._read, name="requests", daemon=True).start()
        self.spares.refill()
        self.loop.run()

    def end(self) -> None:
        """Say farewell to every child; the loop stops when they are gone or have had their time."""
        if self._ending:
            return
        self._ending = True
        for child in (*self.spares.close(), *self.jobs.children()):
            child.ask_to_end()
        deadline = time.monotonic() + FAREWELL_SECONDS
        self.serving.stop(lambda: None)
        self._wait_for_children(deadline)

    def _wait_for_children(self, deadline: float) -> None:
        running = [*self.serving.children(), *self.jobs.children()]
        if running and time.monotonic() < deadline:
            self.loop.after(0.02, self._wait_for_children, deadline)
            return
        for child in running:
            child.kill()
        self.loop.stop()

    def _read(self) -> None:
        buffer = LineBuffer()
        while chunk := self._read_chunk():
            for line in buffer.feed(chunk):
                self.loop.post(self._handle, line)
        self.loop.post(self.end)

    def _read_chunk(self) -> bytes:
        try:
            return os.read(REQUESTS, READ_SIZE)
        except OSError:
            return b""

    def _handle(self, line: bytes) -> None:
        request = decode(line)
        if request is None:
            if line.strip():
                self._fail(None, HostFailure("bad-request", "A request must be one JSON object on a line."))
            return
        number = request.get("id")
        try:
            number, call, params = parse(request)
            if self._ending:
                raise HostFailure("stopping", "The host is ending.")
            self._dispatch(number, call, params)
        except HostFailure as failure:
            self._fail(number, failure)

    def _dispatch(self, number: Any, call: str, params: Message) -> None:
        if call == "hello":
            self._reply(number, _hello())
        elif call == "processes":
            self._reply(number, footprints(self.serving, self.spares, self.jobs))
        elif call == "serve.start":
            self._reply(number, self.serving.start(params["host"], params["port"]))
        elif call == "serve.stop":
            self.serving.stop(lambda: self._reply(number, {}))
        elif call == "serve.restart":
            self._reply(number, {"generation": self.serving.restart()})
        elif call == "serve.reload":
            self._reply(number, {"generation": self.serving.reload(params["files"], params["kind"])})
        elif call == "job.run":
            self._run_job(number, params)
        elif call == "job.cancel":
            self.jobs.cancel(params["id"])
            self._reply(number, {})
        elif call == "job.tell":
            self.jobs.tell(params["id"], params["message"])
            self._reply(number, {})
        elif call == "serve.tabs":
            self.serving.switch("tabs", params["on"])
            self._reply(number, {})
        elif call.startswith("traces."):
            self._reply(number, self._traces(call, params))
        else:
            self._reply(number, {})
            self.end()

    def _run_job(self, number: Any, params: Message) -> None:
        def reply(result: Message | None) -> None:
            if result is None:  # the server that was asked has ended
                self.jobs.run(number, params, reply)
            else:
                self.outlet.put({"id": number, **result})

        job = JOBS.get(params["job"])
        plain = not params["env"] and not params["settings"]
        asked = job is not None and job.served and plain
        if not (asked and self.serving.ask(params["job"], params["params"], reply)):
            self.jobs.run(number, params, reply)

    def _traces(self, call: str, params: Message) -> Message:
        traces = self.serving.traces
        if call == "traces.list":
            return traces.list()
        if call == "traces.read":
            return traces.read(params["id"])
        if call == "traces.clear":
            traces.clear()
        else:
            self.serving.switch("tracing", params["on"])
        return {}

    def _reply(self, number: Any, value: Any) -> None:
        self.outlet.put({"id": number, "ok": True, "value": value})

    def _fail(self, number: Any, failure: HostFailure) -> None:
        self.outlet.put({"id": number, "ok": False, "failure": failure.as_message()})


def _hello() -> Message:
    try:
        from django import get_version

        django: str | None = get_version()
    except ImportError:
        django = None
    return {"protocol": PROTOCOL, "python": platform.python_version(), "django": django, "pid": os.getpid()}


def _arguments(arguments: list[str]) -> Project:
    parser = argparse.ArgumentParser(prog="run.py", description=__doc__)
    parser.add_argument("--project", required=True, help="the folder of the project, where manage.py stands")
    parser.add_argument("--settings", required=True, help="the dotted name of its settings module")
    parser.add_argument("--boot-seconds", type=float, default=30.0)
    parser.add_argument("--drain-seconds", type=float, default=10.0)
    given = parser.parse_args(arguments)
    return Project(os.path.abspath(given.project), given.settings, given.boot_seconds, given.drain_seconds)


def main(arguments: list[str]) -> None:
    """Run the supervisor."""
    project = _arguments(arguments)
    operating_system.lead_group()
    operating_system.keep_studio_pipes((REQUESTS, REPLIES))
    watchdog = operating_system.watch_group()  # lives as long as its pipe to us
    supervisor = Supervisor(project)
    try:
        supervisor.run()
    finally:
        supervisor.outlet.close(0.3)
        operating_system.end_marked(STUDIO_MARKER, os.environ.get(STUDIO_MARKER, ""))
        operating_system.end_group(os.getpid())
        del watchdog
