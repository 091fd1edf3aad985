"""What projects and machines do to a host: each is named, and the next good save is served."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import Host, Project, eventually, hosting

URLS = "site_of_tests/urls.py"
# Twenty in a row are asked for by name: each of them boots the project.
RACES = int(os.environ.get("SAMOIS_RACES", "3"))
DATABASE = """
import sqlite3
from django.db import connection, OperationalError
def count(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notes")
        return HttpResponse(str(cursor.fetchone()[0]))
def write(request):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO notes VALUES (1)")
    return HttpResponse("written")
def big(request):
    return HttpResponse(b"x" * 200 * 1024 * 1024)
urlpatterns += [path("count/", count), path("write/", write), path("big/", big)]
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(
        tmp_path_factory.mktemp("shop") / "mon été 名", [], ["django.middleware.common.CommonMiddleware"]
    )
    made.append("site_of_tests/settings.py", "DATABASES['default']['OPTIONS'] = {'timeout': 0.2}\n")
    made.append(URLS, DATABASE)
    return made


@pytest.fixture(scope="module")
def running(shop: Project) -> Iterator[Host]:
    with hosting(shop) as host:
        assert host.start()["state"] == "serving"
        yield host


def last_failure(host: Host, path: str) -> dict:
    trace = host.wait(
        lambda message: (
            message.get("event") == "traces"
            and next((each for each in message["added"] if each["path"] == path), None)
        )
    )
    number = next(each["id"] for each in trace["added"] if each["path"] == path)
    return host.call("traces.read", id=number)["failure"]


def test_a_database_that_has_no_table_or_is_locked_fails_the_request_alone(
    running: Host, shop: Project
) -> None:
    assert running.get("/count/")[0] == 500
    failure = last_failure(running, "/count/")
    assert failure["type"] == "OperationalError" and "no such table: notes" in failure["message"]
    assert failure["file"] == shop.path(URLS)
    with sqlite3.connect(shop.path("db.sqlite3")) as other:
        other.execute("CREATE TABLE notes (n)")
    other.isolation_level = None
    other.execute("BEGIN EXCLUSIVE")
    assert running.get("/write/")[0] == 500
    assert "database is locked" in last_failure(running, "/write/")["message"]
    # Neither a reload nor the system checks wait for the lock.
    assert running.reload(shop.path(URLS))["state"] == "serving"
    assert running.get() == (200, "first")
    other.execute("COMMIT")
    other.close()
    assert running.get("/write/") == (200, "written")


def test_a_database_that_is_down_at_import_is_named(running: Host, shop: Project) -> None:
    good = (shop.folder / URLS).read_text()
    top = "from django.db import connection\nconnection.cursor().execute('SELECT n FROM nowhere')\n"
    state = running.reload(shop.write(URLS, top + good))
    assert state["state"] == "broken" and state["lastGood"]
    assert state["failure"]["type"] == "OperationalError" and state["failure"]["line"] == 2
    assert running.get() == (200, "first")
    assert running.reload(shop.write(URLS, good))["state"] == "serving"


def test_an_import_that_forks_serves_once_and_leaves_nothing(running: Host, shop: Project) -> None:
    good = (shop.folder / URLS).read_text()
    forking = good.replace('"first"', '"forked"').replace("\nfrom", "\nimport os; os.fork()\nfrom", 1)
    assert running.reload(shop.write(URLS, forking))["state"] == "serving"
    assert {running.get() for _ in range(6)} == {(200, "forked")}
    assert running.reload(shop.write(URLS, good))["state"] == "serving"
    assert {running.get() for _ in range(6)} == {(200, "first")}
    # Supervisor, watchdog, server, two spares, and up to three checkpoints.
    eventually(lambda: len(running.processes()) <= 8)


def test_a_response_of_200_megabytes_does_not_grow_the_supervisor(running: Host) -> None:
    def kilobytes() -> int:
        status = Path(f"/proc/{running.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])

    before = kilobytes()
    with socket.create_connection(("127.0.0.1", running.port)) as connection:
        connection.sendall(b"GET /big/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
        size = 0
        while chunk := connection.recv(1024 * 1024):
            size += len(chunk)
    assert size > 200 * 1024 * 1024
    assert kilobytes() < before + 20_000
    assert running.get() == (200, "first")


def test_a_port_that_is_taken_again_and_again_between_probe_and_bind(running: Host) -> None:
    port = running.port
    for _ in range(RACES):
        running.call("serve.stop")
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(("127.0.0.1", port))
            other.listen()
            failure = running.failure("serve.start", port=port)
            assert failure["code"] == "port-in-use" and failure["detail"] == {"port": port}
        since = running.mark()
        assert running.call("serve.start", port=port) == {"port": port}
        running.state("serving", since=since)
    assert running.get() == (200, "first")


def test_starts_and_stops_from_all_sides_end_in_one_state(running: Host) -> None:
    calls = ["serve.stop", "serve.start", "serve.restart", "serve.reload"]
    numbers = []
    lock = threading.Lock()
    for turn in range(20):
        with lock:
            numbers.append(running.send(calls[turn % 4], **({"port": running.port} if turn % 4 == 1 else {})))
    for number in numbers:
        reply = running.reply(number)
        assert reply["ok"] or reply["failure"]["code"] in ("stopping", "already-serving", "not-serving")
    running.call("serve.stop")
    since = running.mark()
    running.call("serve.start", port=running.port)
    running.state("serving", since=since)
    assert running.get() == (200, "first")


def test_an_interpreter_that_vanished_keeps_what_serves_until_it_is_back(tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    packages = next((environment / "lib").iterdir()) / "site-packages"
    installed = [each for each in sys.path if each.endswith("site-packages")]
    (packages / "of_tests.pth").write_text("\n".join(installed))
    python = environment / "bin" / "python"
    project = Project(tmp_path / "mon été 名", [], [])
    with hosting(project, interpreter=str(python)) as host:
        assert host.start()["state"] == "serving"
        python.rename(tmp_path / "python")
        since = host.mark()
        host.call("serve.restart")
        state = host.state("broken", since=since)
        assert state["lastGood"] and state["failure"]["type"] == "InterpreterGone"
        assert str(python) in state["failure"]["message"]
        assert host.job_failure("checks.run", {"A_VARIABLE": "of its own"})["code"] == "interpreter-gone"
        assert host.get() == (200, "first")
        (tmp_path / "python").rename(python)
        assert host.reload(project.page("back"))["state"] == "serving"
        assert host.get() == (200, "back")
