"""Answers questions about the project from the process that serves it."""

from __future__ import annotations

import threading

from django.db import connections

from samois_host.child.control import Control
from samois_host.child.run_job import project_error
from samois_host.child.tabs import Tabs
from samois_host.failure import HostFailure
from samois_host.jobs import JOBS, Context
from samois_host.tracing.capture import Capture
from samois_host.wire import Message


class Answers:
    """Each question gets a thread: requests are served meanwhile."""

    def __init__(self, control: Control, capture: Capture, tabs: Tabs, project: str, settings: str) -> None:
        self._control, self._capture, self._tabs = control, capture, tabs
        self._context = Context(project=project, settings=settings)

    def ask(self, question: Message) -> None:
        """Take a question or a wish of the supervisor."""
        if question["job"] == "tracing":
            self._capture.switch(question["params"]["on"])
        elif question["job"] == "tabs":
            self._tabs.on = question["params"]["on"]
        else:
            threading.Thread(target=self._answer, args=(question,), daemon=True).start()

    def _answer(self, question: Message) -> None:
        name = question["job"]
        try:
            result: Message = {"ok": True, "value": JOBS[name].run(question["params"], self._context)}
        except HostFailure as failure:
            result = {"ok": False, "failure": failure.as_message()}
        except BaseException as error:  # noqa: BLE001 - the project's code may do anything here
            result = {"ok": False, "failure": project_error(name, error)}
        finally:
            connections.close_all()
        self._control.report({"report": "answer", "number": question["number"], "result": result})
