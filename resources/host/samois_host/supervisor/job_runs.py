"""Runs jobs, each in a child of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from samois_host.failure import HostFailure
from samois_host.supervisor.boots import Project
from samois_host.supervisor.child import Child, exit_detail, exit_sentence
from samois_host.supervisor.loop import Loop
from samois_host.supervisor.outlet import Outlet
from samois_host.supervisor.serving import Serving
from samois_host.supervisor.spares import Spares
from samois_host.wire import Message

Reply = Callable[[Message], object]

CANCEL_SECONDS = 2.0


class JobRun:
    """One job: what its child prints becomes events, what it returns becomes the reply."""

    def __init__(self, number: Any, name: str, outlet: Outlet, spares: Spares, reply: Reply) -> None:
        self.number, self.name = number, name
        self.cancelled = False
        self.child: Child | None = None
        self._outlet, self._spares, self._reply = outlet, spares, reply
        self._result: Message | None = None

    def on_report(self, child: Child, report: Message) -> None:
        """The job's result, or what it imported."""
        if report.get("report") == "result":
            self._result = report["result"]
        elif report.get("report") == "modules":
            self._spares.learn(report["names"], from_server=False)

    def on_exit(self, child: Child, code: int) -> None:
        """The child has ended: reply."""
        if self.cancelled:
            failure = HostFailure("cancelled", f"The job {self.name} was cancelled.").as_message()
            self._reply({"ok": False, "failure": failure})
        elif self._result is not None:
            self._reply(self._result)
        else:
            sentence = f"The job {self.name} ended before it was done: {exit_sentence(code)}."
            failure = HostFailure("job-ended", sentence, exit_detail(code)).as_message()
            self._reply({"ok": False, "failure": failure})

    def on_text(self, child: Child, stream: str, text: str) -> None:
        """A piece of what the job prints."""
        self._outlet.put({"event": "job.output", "id": self.number, "stream": stream, "text": text})

    def on_record(self, child: Child, record: Message) -> None:
        """The job tells how far it is; what it logs it prints."""
        self._outlet.put({"event": "job.report", "id": self.number, "report": record})

    def on_dropped(self, child: Child, lines: int, size: int) -> None:
        """Output was left out."""
        self._outlet.put({"event": "dropped", "lines": lines, "bytes": size, "id": self.number})


class JobRuns:
    """The jobs that run now."""

    def __init__(
        self, loop: Loop, outlet: Outlet, spares: Spares, project: Project, serving: Serving
    ) -> None:
        self._loop, self._outlet, self._spares, self._project = loop, outlet, spares, project
        self._serving = serving
        self._running: dict[Any, JobRun] = {}

    def run(self, number: Any, params: Message, reply: Reply) -> None:
        """Start a job; `reply` is called when it is done."""
        if number in self._running:
            raise HostFailure("bad-request", f"A job with the id {number} is running already.")

        def finish(message: Message) -> None:
            del self._running[number]
            reply(message)

        job = JobRun(number, params["job"], self._outlet, self._spares, finish)
        # The last warm spare is kept for the server, which somebody is waiting for after each save.
        reserved = 1 if self._serving.active else 0
        try:
            job.child = self._spares.take(job, whole_lines=False, reserved=reserved)
        except HostFailure as gone:
            reply({"ok": False, "failure": gone.as_message()})
            return
        self._running[number] = job
        job.child.send(
            {
                "do": "job",
                "job": params["job"],
                "params": params["params"],
                "environment": params["env"],
                "project": self._project.folder,
                "settings": params["settings"] or self._project.settings,
            }
        )
        self._spares.refill(0.2)

    def tell(self, number: Any, message: Any) -> None:
        """Tell a running job something."""
        self._child_of(number).send({"do": "tell", "message": message})

    def cancel(self, number: Any) -> None:
        """End one job."""
        child = self._child_of(number)
        self._running[number].cancelled = True
        child.ask_to_end()
        self._loop.after(CANCEL_SECONDS, child.kill)

    def _child_of(self, number: Any) -> Child:
        job = self._running.get(number)
        if job is None or job.child is None:
            raise HostFailure("not-running", f"No job with the id {number} is running.")
        return job.child

    def children(self) -> list[Child]:
        """The children of all running jobs."""
        return [job.child for job in self._running.values() if job.child is not None]
