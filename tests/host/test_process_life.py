"""No process outlives the host, however it ends."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable

import pytest

from support import PATIENCE, Host, Project, eventually, hosting

ENDINGS: dict[str, Callable[[Host], object]] = {
    "end of the pipe": lambda host: host.leave(),
    "shutdown": lambda host: host.call("shutdown"),
    "SIGTERM": lambda host: host.process.send_signal(signal.SIGTERM),
    "SIGINT": lambda host: host.process.send_signal(signal.SIGINT),
    "SIGHUP": lambda host: host.process.send_signal(signal.SIGHUP),
    "SIGKILL": lambda host: host.process.send_signal(signal.SIGKILL),
}
# What the project does at import, and whether the first state is awaited.
PROJECTS = {
    "well": ("", True),
    "stubborn": (
        "import signal, subprocess, sys, threading, time\n"
        "for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(each, signal.SIG_IGN)\n"
        "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
        "subprocess.Popen([sys.executable, '-c', 'import signal, time;'\n"
        "    'signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(1000)'])\n",
        True,
    ),
    "holds the interpreter while booting": (
        "open('begun', 'w').close()\nimport re\nre.match('(a+)+$', 'a' * 60 + 'b')\n",
        False,
    ),
    "broken": ("raise ValueError\n", True),
}


def is_refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", PROJECTS)
def test_nothing_is_left(project: Project, ending: str, kind: str) -> None:
    top, settled = PROJECTS[kind]
    project.page("x", before=top)
    with hosting(project) as host:
        host.port = host.call("serve.start", port=0)["port"]
        host.send("job.run", job="migrations.state")
        if settled:
            host.state("serving", "broken")
        else:
            eventually((project.folder / "begun").exists)
        ENDINGS[ending](host)
        host.process.wait(PATIENCE)
        eventually(lambda: not host.processes())
        # A process that ends can't be found any more a moment before the system closes its socket.
        eventually(lambda: is_refused(host.port))


def test_a_request_under_way_is_finished_at_the_end(project: Project) -> None:
    project.append(
        "site_of_tests/urls.py",
        "import time\n"
        "def slow(request):\n    open('begun', 'w').close()\n    time.sleep(0.4)\n    return HttpResponse('done')\n"
        "urlpatterns.append(path('slow/', slow))\n",
    )
    with hosting(project) as host:
        host.start()
        with socket.create_connection(("127.0.0.1", host.port)) as connection:
            connection.sendall(b"GET /slow/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            eventually((project.folder / "begun").exists)
            host.leave()
            assert connection.makefile("rb").read().endswith(b"done")


def test_many_reloads_leave_no_process_and_no_descriptor(host: Host, project: Project) -> None:
    def descriptors() -> int:
        return len(os.listdir(f"/proc/{host.process.pid}/fd"))

    host.start()
    for number in range(5):
        host.reload(project.page(f"text {number}"))
    # Supervisor, watchdog, server, two spares, and up to three checkpoints.
    eventually(lambda: len(host.processes()) <= 8)
    told = host.call("processes")
    assert {each["kind"] for each in told["processes"]} >= {"supervisor", "server", "spare"}
    assert all(each["kilobytes"] > 1000 and each["threads"] >= 1 for each in told["processes"][:2])
    assert "django" in [each["package"] for each in told["preloaded"]]
    before = descriptors()
    for number in range(15):
        host.reload(project.page(f"other {number}"))
    eventually(lambda: len(host.processes()) <= 8)
    # A leak would be one a reload at least; a spare that comes or goes just now has a few of its own.
    eventually(lambda: descriptors() < before + 20)
