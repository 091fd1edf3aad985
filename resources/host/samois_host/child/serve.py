"""What a child does to become the server."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from collections.abc import Sequence
from socket import socket
from typing import Any

from samois_host.child import logs, project
from samois_host.child.boot_watch import BootWatch
from samois_host.child.control import Control
from samois_host.code_places import library_modules
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
        control.report({"report": "failed", "failure": describe(error)})
        leave(1)
        return

    from samois_host.child.server import Server

    server = Server(sockets, order["port"], application, control.report)
    control.on_drain = server.drain
    control.report({"report": "ready"})
    control.next_order()  # "accept", once the predecessor has stopped
    later = threading.Timer(QUIET_SECONDS, _after_serving, (control,))
    later.daemon = True
    later.start()
    server.serve()
    server.stop_listening()
    control.report({"report": "draining"})
    later.cancel()
    control.report({"report": "modules", "names": library_modules()})
    server.wait_until_idle()
    leave(0)


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
    import django

    django.setup()
    from django.conf import settings
    from django.core.servers.basehttp import get_internal_wsgi_application
    from django.urls import get_resolver

    application = get_internal_wsgi_application()
    if settings.DEBUG and "django.contrib.staticfiles" in settings.INSTALLED_APPS:
        from django.contrib.staticfiles.handlers import StaticFilesHandler

        application = StaticFilesHandler(application)
    # An error in any urls.py is an error of this boot, not of the first request.
    assert get_resolver().url_patterns is not None
    return application


def _after_serving(control: Control) -> None:
    control.report({"report": "modules", "names": library_modules()})
    from samois_host.jobs.checks import issues

    found: list[Message] = []
    failure = None
    try:
        found = issues()
    except BaseException as error:  # noqa: BLE001 - a check of the project may do anything
        failure = describe(error)
    control.report({"report": "checks", "issues": found, "failure": failure})
