"""Starting, stopping, answering: what the studio sees of a server that is well."""

from __future__ import annotations

import http.client
import socket
import sys

import django
import pytest

from support import Host, Project, eventually, hosting


def test_hello(host: Host) -> None:
    value = host.call("hello")
    assert value == {
        "protocol": 1,
        "python": sys.version.split()[0],
        "django": django.get_version(),
        "pid": host.process.pid,
    }


def test_requests_that_make_no_sense(host: Host) -> None:
    host.send_raw(
        b'not json\n[1]\n{"id": "a", "call": "nothing"}\n{"id": "b", "call": "serve.start", "params": []}\n'
    )
    for number in (None, "a", "b"):
        reply = host.wait(lambda message, wanted=number: "ok" in message and message["id"] == wanted)
        assert reply["failure"]["code"] == "bad-request"
    for params in ({"port": "80"}, {"port": True}, {"port": 70000}, {"host": "0.0.0.0"}):
        assert host.failure("serve.start", **params)["code"] == "bad-request"
    assert host.failure("job.run")["code"] == "bad-request"
    assert host.failure("serve.reload", files=[1])["code"] == "bad-request"
    assert host.failure("serve.restart")["code"] == "not-serving"
    assert host.failure("job.cancel", id=99)["code"] == "not-running"
    assert host.failure("job.run", job="nothing")["code"] == "unknown-job"
    assert host.call("serve.reload", files=[], kind="changed") == {"generation": None}
    assert host.call("serve.stop") == {}


def test_start_answer_stop_and_start_again(host: Host) -> None:
    state = host.start()
    assert state["state"] == "serving"
    assert state["port"] == host.port and state["failure"] is None and not state["lastGood"]
    assert state["bootMilliseconds"] > 0 and state["pid"] not in (None, host.process.pid)
    assert host.get() == (200, "first")
    with socket.create_connection(("::1", host.port)) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
        assert b"first" in connection.makefile("rb").read()
    request = host.wait(lambda message: message.get("event") == "request")
    assert (request["method"], request["path"], request["status"], request["size"]) == ("GET", "/", 200, 5)
    assert request["milliseconds"] > 0 and request["generation"] == 1
    assert host.failure("serve.start", port=0)["code"] == "already-serving"
    assert host.failure("serve.start", port=host.port)["code"] == "already-serving"
    host.call("serve.stop")
    assert host.state("stopped")["pid"] is None
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", host.port))
    since = host.mark()
    host.call("serve.start", port=host.port)
    host.state("serving", since=since)
    assert host.get() == (200, "first")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_port_that_is_taken(host: Host, address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as other:
        other.bind((address, 0))
        other.listen()
        port = other.getsockname()[1]
        failure = host.failure("serve.start", port=port)
    assert failure["code"] == "port-in-use" and failure["detail"] == {"port": port}
    host.start()
    assert host.get() == (200, "first")


def test_only_loopback_addresses_are_bound(host: Host) -> None:
    host.start()
    addresses = [line.split()[1] for line in open("/proc/net/tcp") if line.split()[3] == "0A"]
    bound = [each for each in addresses if each.endswith(f":{host.port:04X}")]
    assert bound == [f"0100007F:{host.port:04X}"]


def test_post_bodies_heads_and_connections_that_say_nothing(project: Project) -> None:
    project.page("x", before="from django.views.decorators.csrf import csrf_exempt\n")
    project.append(
        "site_of_tests/urls.py",
        'urlpatterns.append(path("length/", csrf_exempt(lambda r: HttpResponse(str(len(r.body))))))\n',
    )
    project.append("site_of_tests/settings.py", "DATA_UPLOAD_MAX_MEMORY_SIZE = None\n")
    with hosting(project) as host:
        host.start()
        silent = socket.create_connection(("127.0.0.1", host.port))
        connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=30)
        connection.request("POST", "/length/", body=b"x" * 3_000_000)
        response = connection.getresponse()
        assert response.read() == b"3000000" and response.headers["Connection"] == "close"
        connection.request("HEAD", "/")
        assert connection.getresponse().status == 200
        # Nothing reads this body; the answer must arrive all the same.
        connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=30)
        connection.request("POST", "/nowhere/", body=b"x" * 3_000_000)
        assert connection.getresponse().status == 404
        silent.close()


def test_static_files_and_checks(admin_project: Project) -> None:
    admin_project.append(
        "shop/models.py",
        "\n\nclass Empty(models.Model):\n    n = models.CharField()\n    m = models.CharField(max_length='x')\n",
    )
    admin_project.append("site_of_tests/settings.py", "SILENCED_SYSTEM_CHECKS = ['none']\n")
    with hosting(admin_project) as host:
        assert host.start()["state"] == "serving"
        status, text = host.get("/static/admin/css/base.css")
        assert status == 200 and "html" in text
        checks = host.wait(lambda message: message.get("event") == "checks")
        issue = next(each for each in checks["issues"] if each["id"] == "fields.E121")
        assert issue["level"] == "error" and issue["object"] == "shop.Empty.m"
        assert issue["file"] == admin_project.path("shop/models.py")
        source = (admin_project.folder / "shop/models.py").read_text().splitlines()
        assert "max_length='x'" in source[issue["line"] - 1]
        assert checks["failure"] is None and checks["generation"] == 1


def test_restart_is_cold_and_keeps_the_port(host: Host, project: Project) -> None:
    host.start()
    project.page("other")
    since = host.mark()
    generation = host.call("serve.restart")["generation"]
    assert host.state("serving", since=since, generation=generation)["port"] == host.port
    assert host.get() == (200, "other")


def test_a_server_that_dies_comes_back_and_gives_up_after_five_times(project: Project) -> None:
    project.append(
        "site_of_tests/urls.py", 'import os\nurlpatterns.append(path("die/", lambda r: os._exit(7)))\n'
    )
    with hosting(project) as host:
        host.start()

        def die() -> None:
            with pytest.raises((http.client.HTTPException, OSError)):
                host.get("/die/")

        for _ in range(4):
            since = host.mark()
            die()
            failure = host.state("broken", since=since)["failure"]
            assert failure["type"] == "ProcessExit" and "code 7" in failure["message"]
            host.state("serving", since=since)
        since = host.mark()
        die()
        assert "5 times" in host.state("broken", since=since)["failure"]["message"]
        status, page = eventually(lambda: host.get())
        assert status == 503 and "ProcessExit" in page
        assert host.reload(project.page("well"))["state"] == "serving"
        assert host.get() == (200, "well")


def test_names_of_the_project_come_before_those_of_libraries(project: Project) -> None:
    # `calendar` and `sqlparse` are loaded in a warm interpreter; manage.py would find the project's.
    project.write("calendar.py", "MINE = 'mine'\n")
    project.write("sqlparse/__init__.py", "MINE = 'too'\n")
    project.page("x", before="import calendar, sqlparse\n")
    project.append(
        "site_of_tests/urls.py",
        'urlpatterns = [path("", lambda r: HttpResponse(calendar.MINE + sqlparse.MINE))]\n',
    )
    with hosting(project) as host:
        host.start()
        assert host.reload(project.path("calendar.py"))["failure"] is None
        assert host.get() == (200, "minetoo")
