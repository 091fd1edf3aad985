"""Tabs of a browser reload by themselves: a script behind pages, and nothing behind anything else."""

from __future__ import annotations

import re
import socket

from support import Host, Project, eventually

PAGE = {"Sec-Fetch-Dest": "document"}


def test_only_pages_of_a_browser_get_the_script(host: Host, project: Project) -> None:
    project.append(
        "site_of_tests/urls.py",
        "from django.http import JsonResponse, StreamingHttpResponse\n"
        "urlpatterns += [path('json/', lambda r: JsonResponse({})),\n"
        "    path('stream/', lambda r: StreamingHttpResponse(iter(['a', 'b'])))]\n",
    )
    host.start()
    assert host.get() == (200, "first")
    status, text = host.get(headers=PAGE)
    script = re.fullmatch(r'first\n<script src="(/__samois__/tabs\.js\?[\d-]+)"></script>\n', text)
    assert status == 200 and script
    assert "EventSource" in host.get(script[1])[1]
    assert host.get("/json/", headers=PAGE) == (200, "{}")
    assert host.get("/stream/", headers=PAGE)[1].startswith("ab\n<script")
    assert host.get("/__samois__/other")[0] == 404
    host.call("serve.tabs", on=False)
    eventually(lambda: host.get(headers=PAGE) == (200, "first"))


def test_a_tab_hears_of_other_code_and_keeps_nobody_waiting(host: Host, project: Project) -> None:
    host.start()
    old = host.get(headers=PAGE)[1]

    def listen() -> tuple[socket.socket, str]:
        connection = socket.create_connection(("127.0.0.1", host.port), timeout=30)
        connection.sendall(b"GET /__samois__/tabs HTTP/1.1\r\nHost: localhost\r\n\r\n")
        heard = b""
        while not heard.endswith(b"\n\n"):
            heard += connection.recv(4096)
        return connection, heard.decode().rpartition("data: ")[2].strip()

    tab, token = listen()
    assert token in old
    pid = host.state("serving")["pid"]
    assert host.reload(project.page("second"))["state"] == "serving"
    with tab:
        assert tab.recv(100) == b""  # told at once that this child leaves
    newer, token = listen()
    newer.close()
    assert token not in old
    eventually(lambda: pid not in host.processes(), 8)
    assert not [each for each in host.messages if "__samois__" in str(each.get("path"))]
