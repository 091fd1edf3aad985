"""A save becomes the next server: what is seen, and that nobody is refused."""

from __future__ import annotations

import socket
import threading
import time

from support import ADMIN_APPS, Host, Project, eventually, hosting


class Visitor:
    """Opens a new connection every few milliseconds and keeps what became of each."""

    def __init__(self, port: int) -> None:
        self.answers: list[str] = []
        self.broken: list[str] = []
        self._port = port
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._visit)

    def __enter__(self) -> Visitor:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _visit(self) -> None:
        while not self._done.wait(0.005):
            try:
                with socket.create_connection(("127.0.0.1", self._port), timeout=30) as connection:
                    connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    whole = connection.makefile("rb").read()
                head, _, body = whole.partition(b"\r\n\r\n")
                length = next(
                    line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
                )
                assert len(body) == int(length.split(b":")[1]), whole
                self.answers.append(body.decode())
            except (OSError, AssertionError, StopIteration) as error:
                self.broken.append(repr(error))


def test_nobody_is_refused_or_cut_during_twenty_reloads(host: Host, project: Project) -> None:
    host.start()
    with Visitor(host.port) as visitor:
        for number in range(20):
            assert host.reload(project.page(f"text {number:04}"))["state"] == "serving"
            assert host.get() == (200, f"text {number:04}")
        eventually(lambda: visitor.answers[-1] == "text 0019")
    assert visitor.broken == []
    assert len(visitor.answers) > 40
    # Nobody is sent back to an older version.
    assert visitor.answers == sorted(visitor.answers, key=lambda each: "" if each == "first" else each)


def test_two_hundred_edits_of_the_same_size_the_last_wins(host: Host, project: Project) -> None:
    host.start()
    for number in range(200):
        host.send("serve.reload", files=[project.page(f"text {number:04}")], kind="changed")
    eventually(lambda: host.get() == (200, "text 0199"))
    # And it stays: no older boot comes in late.
    last = host.call("serve.reload", files=[], kind="changed")["generation"]
    host.state("serving", generation=last)
    assert host.get() == (200, "text 0199")
    assert not [each for each in host.messages if each.get("state") == "broken"]


def test_edits_every_few_milliseconds_are_followed(host: Host, project: Project) -> None:
    host.start()
    for number in range(40):
        project.page(f"text {number:04}")
        host.send("serve.reload", files=[project.path("site_of_tests/urls.py")], kind="changed")
        time.sleep(0.02)  # the pace of the edits is what is tested
    eventually(lambda: host.get() == (200, "text 0039"))


def test_no_bytecode_of_the_project_is_read_or_written(host: Host, project: Project) -> None:
    project.write("helper.py", "VALUE = 'one'\n")
    project.page("x", before="import helper\n")
    project.append(
        "site_of_tests/urls.py", 'urlpatterns = [path("", lambda r: HttpResponse(helper.VALUE))]\n'
    )
    host.start()
    assert host.get() == (200, "one")
    assert host.reload(project.write("helper.py", "VALUE = 'two'\n"))["state"] == "serving"
    assert host.get() == (200, "two")
    assert list(project.folder.rglob("__pycache__")) == []


def test_a_slow_response_is_finished_by_the_child_that_began_it(project: Project) -> None:
    project.page("x", before="import os, time\n")
    project.append(
        "site_of_tests/urls.py",
        "def slow(request):\n"
        "    open('begun', 'w').close()\n"
        "    while not os.path.exists('go on'):\n        time.sleep(0.01)\n"
        "    return HttpResponse('x' * 300000)\n"
        'urlpatterns.append(path("slow/", slow))\n',
    )
    with hosting(project) as host:
        host.start()
        answers: list[tuple[int, str]] = []
        thread = threading.Thread(target=lambda: answers.append(host.get("/slow/")))
        thread.start()
        eventually((project.folder / "begun").exists)
        assert host.reload(project.page("new"))["state"] == "serving"
        assert host.get() == (200, "new")
        project.write("go on", "")
        thread.join(30)
        assert answers == [(200, "x" * 300000)]


def test_draining_is_bounded(project: Project) -> None:
    project.page("x", before="import time\n")
    project.append(
        "site_of_tests/urls.py",
        "def hang(request):\n    open('begun', 'w').close()\n    time.sleep(1000)\n"
        'urlpatterns.append(path("hang/", hang))\n',
    )
    with hosting(project, "--drain-seconds", "0.3") as host:
        old = host.start()["pid"]
        with socket.create_connection(("127.0.0.1", host.port)) as connection:
            connection.sendall(b"GET /hang/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            eventually((project.folder / "begun").exists)
            host.reload(project.page("new"))
            eventually(lambda: old not in host.processes(), 10)
        assert host.get() == (200, "new")


def test_a_changed_library_is_loaded_anew(project: Project) -> None:
    library = project.write("venv/lib/site-packages/some_library.py", "VALUE = 'one'\n")
    project.append(
        "site_of_tests/settings.py", "import sys\nsys.path.append(str(BASE_DIR / 'venv/lib/site-packages'))\n"
    )
    project.page("x", before="import some_library\n")
    project.append(
        "site_of_tests/urls.py", 'urlpatterns = [path("", lambda r: HttpResponse(some_library.VALUE))]\n'
    )
    with hosting(project) as host:
        host.start()
        assert host.get() == (200, "one")
        host.reload(project.path("site_of_tests/urls.py"))
        assert host.reload(project.write("venv/lib/site-packages/some_library.py", "VALUE = 'three'\n"))
        assert host.get() == (200, "three"), library


def test_libraries_that_need_settings_are_left_to_the_server(tmp_path_factory, project: Project) -> None:
    # It catches the error of missing settings: preloaded, it would keep the wrong value for ever.
    folder = tmp_path_factory.mktemp("python path") / "site-packages"
    folder.mkdir()
    (folder / "sly_library.py").write_text(
        "from django.conf import settings\n"
        "from django.core.exceptions import ImproperlyConfigured\n"
        "import sly_helper\n"
        "try:\n    VALUE = settings.SLY\nexcept ImproperlyConfigured:\n    VALUE = 'wrong'\n"
    )
    (folder / "sly_helper.py").write_text("NUMBER = 1\n")
    project.append("site_of_tests/settings.py", "SLY = 'right'\n")
    project.page("x", before="import sly_library\n")
    project.append(
        "site_of_tests/urls.py", 'urlpatterns = [path("", lambda r: HttpResponse(sly_library.VALUE))]\n'
    )
    with hosting(project, environment={"PYTHONPATH": str(folder)}) as host:
        host.start()
        for _ in range(4):
            assert host.get() == (200, "right")
            host.wait(lambda message: message.get("event") == "checks", host.mark() - 20)
            assert host.reload(project.path("site_of_tests/urls.py"))["state"] == "serving"


def test_what_was_imported_is_preloaded(tmp_path_factory) -> None:
    project = Project(tmp_path_factory.mktemp("project"), ADMIN_APPS, [])
    with hosting(project) as host:
        times = [host.start()["bootMilliseconds"]]
        for _ in range(5):
            since = host.mark()
            times.append(host.reload(project.path("site_of_tests/urls.py"))["bootMilliseconds"])
            host.wait(lambda message: message.get("event") == "checks", since)
        # Not a benchmark: only that a warm boot is not a cold one.
        assert min(times[2:]) < times[0], times
