"""A Django shell: runs what is typed, one input after the other, in a process of its own."""

from __future__ import annotations

import queue
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from samois_host import operating_system
from samois_host.failure import describe
from samois_host.jobs import Context
from samois_host.jobs.parameters import Params
from samois_host.jobs.shell_code import compiled, is_whole
from samois_host.jobs.shell_output import Output, Stream

Message = dict[str, Any]


def open_shell(params: Params, context: Context) -> dict[str, Any]:
    """The job: a shell that lasts until it is left. What is typed comes as messages."""
    output = Output(context.report)
    sys.stdout = Stream("stdout", sys.stdout, output)
    sys.stderr = Stream("stderr", sys.stderr, output)
    import django

    django.setup()
    shell = Shell(context.report, output)
    context.hear(shell.hear)
    shell.run()
    return {}


class Shell:
    """The namespace, and the one input that runs."""

    def __init__(self, report: Callable[[Message], object], output: Output) -> None:
        self._report, self._output = report, output
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
        self._namespace.update(_imported())

    def hear(self, message: Message) -> None:
        """Take what the studio says, in the thread that listens."""
        if message["kind"] == "interrupt":
            operating_system.interrupt_main_thread()
        else:
            self._inbox.put(message)

    def run(self) -> None:
        """Answer one message after the other, until an input ends the program."""
        _deafen()
        names = [name for name in self._namespace if not name.startswith("__")]
        self._output.flush()
        self._report({"kind": "ready", "names": sorted(names), "python": sys.version.split()[0]})
        goes_on = True
        while goes_on:
            message = self._inbox.get()
            goes_on = self._complete(message) if message["kind"] == "complete" else self._input(message)

    def _input(self, message: Message) -> bool:
        number, text = message["number"], message["text"]
        if not message["whole"] and not is_whole(text):
            self._report({"kind": "incomplete", "number": number})
            return True
        self._output.begin()
        began = time.perf_counter()
        goes_on = self._listening(lambda: self._execute(text, f"<shell {number}>", number), True)
        milliseconds = round((time.perf_counter() - began) * 1000, 2)
        left_out = self._output.end()
        self._report({"kind": "done", "number": number, "milliseconds": milliseconds, "leftOut": left_out})
        return bool(goes_on)

    def _complete(self, message: Message) -> bool:
        from samois_host.jobs.shell_completion import complete

        number, text = message["number"], message["text"]

        def options() -> Any:
            try:
                return complete(text, self._namespace)
            except Exception:  # noqa: BLE001 - what is asked for its names is code of the project
                return len(text), []

        start, found = self._listening(options, (len(text), []))
        self._report({"kind": "completions", "number": number, "start": start, "options": found})
        return True

    def _listening(self, function: Callable[[], Any], otherwise: Any) -> Any:
        """Run code that can be interrupted; before and after it an interrupt is nobody's."""
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            return function()
        except KeyboardInterrupt:
            self._output.write("stderr", "KeyboardInterrupt\n")
            return otherwise
        finally:
            _deafen()

    def _execute(self, text: str, name: str, number: int) -> bool:
        self._report({"kind": "running", "number": number})
        try:
            for step in compiled(text, name):
                exec(step, self._namespace)
        except SystemExit:
            return False
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever is typed, the shell goes on
            self._output.write("stderr", describe(error)["traceback"])
        return True


def _deafen() -> None:
    while True:
        try:
            signal.signal(signal.SIGINT, lambda *_: None)
            return
        except KeyboardInterrupt:
            continue  # it came just before


def _imported() -> dict[str, Any]:
    """What the project's own command `shell` imports by itself: the models, since Django 5.2."""
    from django.core.management import get_commands, load_command_class

    app = get_commands()["shell"]
    command: Any = load_command_class(app, "shell") if isinstance(app, str) else app
    if not hasattr(command, "get_namespace"):
        return {}
    return dict(command.get_namespace(verbosity=0, no_imports=False))
