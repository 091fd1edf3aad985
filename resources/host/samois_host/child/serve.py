"""What a child does to become the server."""

from __future__ import annotations

import atexit
import gc
import importlib.util
import os
import sys
import threading
import time
from collections.abc import Sequence
from socket import socket
from typing import Any

from samois_host.child import logs, project
from samois_host.child.boot_watch import BootWatch
from samois_host.child.control import Control
from samois_host.code_places import is_library, library_modules
from samois_host.failure import describe
from samois_host.wire import Message

# Checks take tens of milliseconds of the interpreter: the first request after a save goes first.
QUIET_SECONDS = 0.3


def serve(control: Control, order: Message, sockets: Sequence[socket], bare: frozenset[str]) -> None:
    """Boot the project, wait for the word to accept, serve until told to drain."""
    logs.send_records(control)
    try:
        with BootWatch(control, order["bootSeconds"]):
            application = _boot(order, bare)
    except BaseException as error:  # noqa: BLE001 - SystemExit and all: the project must not end us unheard
        _fail(control, error)
        return
    _run(control, order, sockets, application)


def hold(control: Control, order: Message, bare: frozenset[str]) -> None:
    """Boot the project up to what is likely to be saved next; a fork of this process goes on and serves."""
    from samois_host.child.checkpoint import Checkpoint

    logs.send_records(control)
    checkpoint = Checkpoint(control, order)
    try:
        application = _boot(order, bare)
        if checkpoint.work is None:
            checkpoint.stop_at(None)
    except BaseException as error:  # noqa: BLE001 - as above
        _fail(control, error)
        return
    assert checkpoint.work is not None and checkpoint.watch is not None
    checkpoint.watch.stop()
    work, sockets = checkpoint.work
    _run(control, work, sockets, application)


def _fail(control: Control, error: BaseException) -> None:
    control.report({"report": "failed", "failure": describe(error)})
    leave(1)


def _run(control: Control, order: Message, sockets: Sequence[socket], application: Any) -> None:
    from samois_host.child.answers import Answers
    from samois_host.tracing.capture import Capture

    gc.enable()
    capture = Capture()
    capture.switch(order["tracing"])
    try:
        server = _server(control, order, sockets, application, capture)
    except BaseException as error:  # noqa: BLE001 - what the project has installed must not end us unheard
        _fail(control, error)
        return
    control.on_drain = server.drain
    control.on_ask = Answers(control, capture, server.tabs, order["project"], order["settings"]).ask
    control.report({"report": "ready", "pid": os.getpid()})
    control.next_order()  # "accept", once the predecessor has stopped
    later = threading.Timer(QUIET_SECONDS, _after_serving, (control,))
    later.daemon = True
    later.start()
    server.serve()
    server.stop_listening()
    control.report({"report": "draining"})
    later.cancel()
    control.report({"report": "modules", "names": library_modules(), "anchors": _anchors()})
    server.wait_until_idle()
    leave(0)


def _server(
    control: Control, order: Message, sockets: Sequence[socket], application: Any, capture: Any
) -> Any:
    if _asgi_path() is not None:
        from samois_host.child.asgi_server import AsgiServer

        return AsgiServer(sockets, application, control.report, capture, order["tabs"])
    from samois_host.child.server import Server

    return Server(sockets, order["port"], application, control.report, capture, order["tabs"])


def _anchors() -> list[str]:
    """The files before which a boot is worth stopping: the first models of the project, and its routes."""
    from django.conf import settings

    files = [
        str(module.__file__)
        for name, module in list(sys.modules.items())
        if name.endswith(".models") and getattr(module, "__file__", None) and not is_library(module.__file__)
    ][:1]
    routes = sys.modules.get(settings.ROOT_URLCONF)
    if routes is not None and routes.__file__:
        files.append(routes.__file__)
    return [os.path.realpath(file) for file in files]


def leave(code: int) -> None:
    """End this process: exit functions and buffers yes, but no waiting for threads that the project left."""
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        pass  # the project closed or replaced its streams
    finally:
        os._exit(code)


def _boot(order: Message, bare: frozenset[str]) -> Any:
    # As in the child of runserver's reloader: projects ask this to start something only once.
    project.enter(order["project"], order["settings"], "runserver", {"RUN_MAIN": "true"}, bare)
    # Nearly all that is made here stays: collections would only look at it again and again.
    gc.disable()
    import django

    django.setup()
    from django.urls import get_resolver

    asgi = _asgi_path()
    application = _wsgi() if asgi is None else _asgi(asgi)
    # An error in any urls.py is an error of this boot, not of the first request.
    assert get_resolver().url_patterns is not None
    return application


def _asgi_path() -> str | None:
    """The path of the project's ASGI application, where it names one and has a server for it."""
    from django.conf import settings

    path: str | None = getattr(settings, "ASGI_APPLICATION", None)
    return path if path and importlib.util.find_spec("uvicorn") is not None else None


def _asgi_note() -> str | None:
    """What serves a project that is made for ASGI, where it is not what the project itself names."""
    from django.conf import settings

    path: str | None = getattr(settings, "ASGI_APPLICATION", None)
    if path and _asgi_path() is None:
        others = [name for name in ("daphne", "hypercorn") if importlib.util.find_spec(name) is not None]
        module, _, name = path.rpartition(".")
        ways = {"daphne": "daphne -p {port}", "hypercorn": "hypercorn --bind localhost:{port}"}
        way = (
            f", or run the project by a command of its own: {ways[others[0]]} {module}:{name}"
            if others
            else ""
        )
        return (
            "The project names an ASGI application and its environment has no uvicorn: it is served by WSGI, "
            f"without WebSockets. Install uvicorn{way}."
        )
    if path and "daphne" in settings.INSTALLED_APPS:
        return (
            "The project is served by the uvicorn of its environment, and not by daphne as runserver would."
        )
    return None


def _asgi(path: str) -> Any:
    from django.conf import settings
    from django.utils.module_loading import import_string

    application = import_string(path)
    if settings.DEBUG and "django.contrib.staticfiles" in settings.INSTALLED_APPS:
        from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler

        application = ASGIStaticFilesHandler(application)
    return application


def _wsgi() -> Any:
    from django.conf import settings
    from django.core.servers.basehttp import get_internal_wsgi_application

    application = get_internal_wsgi_application()
    if settings.DEBUG and "django.contrib.staticfiles" in settings.INSTALLED_APPS:
        from django.contrib.staticfiles.handlers import StaticFilesHandler

        application = StaticFilesHandler(application)
    return application


def _after_serving(control: Control) -> None:
    note = _asgi_note()
    if note is not None:
        told = {"stream": "stderr", "level": "info", "logger": "samois", "text": note}
        control.report({"record": {"event": "log", "time": int(time.time() * 1000), **told}})
    control.report({"report": "modules", "names": library_modules(), "anchors": _anchors()})
    from samois_host.jobs.checks import issues

    found: list[Message] = []
    failure = None
    try:
        found = issues()
    except BaseException as error:  # noqa: BLE001 - a check of the project may do anything
        failure = describe(error)
    control.report({"report": "checks", "issues": found, "failure": failure})
