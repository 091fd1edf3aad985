"""A project that names an ASGI application is served by the ASGI server it has."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from support import ADMIN_APPS, ADMIN_MIDDLEWARE, PATIENCE, Project, eventually, hosting

VIEWS = """
import asyncio
from django.contrib.auth.models import User
from django.http import HttpResponse, StreamingHttpResponse
TEXT = {!r}


async def page(request):
    return HttpResponse(f"{{TEXT}} {{type(request).__name__}}")


async def people(request):
    return HttpResponse(str([each.username async for each in User.objects.all()]))


async def slow(request):
    await asyncio.sleep(1)
    return HttpResponse(TEXT)


async def events(request):
    async def stream():
        for number in range(1000):
            yield f"data: {{TEXT}} {{number}}\\n\\n"
            await asyncio.sleep(0.05)
    return StreamingHttpResponse(stream(), content_type="text/event-stream")


def broken(request):
    raise ValueError("as told")
"""
ASGI = """
from django.core.asgi import get_asgi_application

django = get_asgi_application()


async def application(scope, receive, send):
    if scope["type"] != "websocket":
        return await django(scope, receive, send)
    assert (await receive())["type"] == "websocket.connect"
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": "echo " + message["text"]})
"""
URLS = """
from django.contrib import admin
from django.urls import path
from shop import views
urlpatterns = [path("admin/", admin.site.urls)] + [
    path("" if name == "page" else f"{name}/", getattr(views, name))
    for name in ("page", "people", "slow", "events", "broken")
]
"""


@pytest.fixture
def site(tmp_path: Path) -> Project:
    project = Project(tmp_path / "mon été 名", [*ADMIN_APPS, "shop"], ADMIN_MIDDLEWARE)
    project.append("site_of_tests/settings.py", 'ASGI_APPLICATION = "site_of_tests.asgi.application"\n')
    project.write("site_of_tests/asgi.py", ASGI)
    project.write("site_of_tests/urls.py", URLS)
    project.write("shop/__init__.py", "")
    project.write("shop/views.py", VIEWS.format("first"))
    return project


def test_pages_static_files_and_errors(site: Project) -> None:
    with hosting(site) as host:
        assert host.start()["state"] == "serving"
        assert host.get() == (200, "first ASGIRequest")
        status, text = host.get("/static/admin/css/base.css")
        assert status == 200 and "{" in text
        status, text = host.get("/broken/")
        assert status == 500 and "as told" in text
        assert host.get("/nowhere/")[0] == 404


def test_websockets_speak_and_are_told_of_a_reload(site: Project) -> None:
    with hosting(site) as host:
        host.start()
        with connect(f"ws://127.0.0.1:{host.port}/ws/", open_timeout=PATIENCE) as line:
            line.send("one")
            assert line.recv(PATIENCE) == "echo one"
            host.reload(site.write("shop/views.py", VIEWS.format("second")))
            with pytest.raises(ConnectionClosed) as closed:
                line.recv(PATIENCE)
            assert closed.value.rcvd is not None and closed.value.rcvd.code == 1012
        with connect(f"ws://127.0.0.1:{host.port}/ws/", open_timeout=PATIENCE) as line:
            line.send("two")
            assert line.recv(PATIENCE) == "echo two"
        assert host.get() == (200, "second ASGIRequest")


def test_server_sent_events_come_one_by_one(site: Project) -> None:
    with hosting(site, "--drain-seconds", "1") as host:
        host.start()
        stream = http.client.HTTPConnection("127.0.0.1", host.port, timeout=PATIENCE)
        stream.request("GET", "/events/")
        response = stream.getresponse()
        assert response.getheader("Content-Type") == "text/event-stream"
        assert response.readline() == b"data: first 0\n"
        old = host.state("serving")["pid"]
        assert host.reload(site.write("shop/views.py", VIEWS.format("second")))["state"] == "serving"
        assert host.get() == (200, "second ASGIRequest")
        eventually(lambda: not Path(f"/proc/{old}").exists())  # an endless stream holds nobody for ever
        stream.close()


def test_no_request_is_refused_or_cut_by_reloads(site: Project) -> None:
    with hosting(site) as host:
        host.start()
        lost: list[object] = []
        stop = threading.Event()

        def visit() -> None:
            while not stop.is_set():
                try:
                    status, _ = host.get()
                    if status != 200:
                        lost.append(status)
                except (OSError, http.client.HTTPException) as error:
                    lost.append(error)
                time.sleep(0.005)  # the pace of the visitors is what is tested

        visitors = [threading.Thread(target=visit) for _ in range(3)]
        for each in visitors:
            each.start()
        slow: list[tuple[int, str]] = []
        patient = threading.Thread(target=lambda: slow.append(host.get("/slow/")))
        patient.start()
        try:
            for number in range(8):
                assert host.reload(site.write("shop/views.py", VIEWS.format(f"page {number}")))["pid"]
                assert host.get() == (200, f"page {number} ASGIRequest")
        finally:
            stop.set()
            for each in (*visitors, patient):
                each.join()
        assert lost == [] and slow[0][0] == 200


def test_requests_are_reported_and_traced(site: Project) -> None:
    with hosting(site) as host:
        host.start()
        host.job("migrations.apply")
        assert host.get("/people/?a=1") == (200, "[]")
        seen = host.wait(lambda message: message.get("event") == "request")
        assert (seen["method"], seen["path"], seen["status"], seen["size"]) == ("GET", "/people/?a=1", 200, 2)

        def trace() -> object:
            traces = host.call("traces.list")["traces"]
            return next((each for each in traces if each["path"] == "/people/?a=1"), None)

        found = eventually(trace)
        assert (found["kind"], found["queryCount"], found["status"]) == ("async", 1, 200)
        assert found["view"].endswith("people")


def test_tabs_of_a_page_reload(site: Project) -> None:
    with hosting(site) as host:
        host.start()
        status, text = host.get("/", {"Sec-Fetch-Dest": "document"})
        assert status == 200 and text.startswith("first") and "/__samois__/tabs.js?" in text
        assert "EventSource" in host.get("/__samois__/tabs.js")[1]
        stream = socket.create_connection(("127.0.0.1", host.port), PATIENCE)
        stream.sendall(b"GET /__samois__/tabs HTTP/1.1\r\nHost: localhost\r\n\r\n")
        received = b""
        while b"data: " not in received:
            received += stream.recv(4096)
        host.reload(site.write("shop/views.py", VIEWS.format("second")))
        while stream.recv(4096):
            continue  # the old child lets go of it
        stream.close()


def test_a_broken_application_is_named_and_mended(site: Project) -> None:
    with hosting(site) as host:
        host.start()
        state = host.reload(site.write("site_of_tests/asgi.py", "x = = 1\n"))
        assert state["state"] == "broken" and state["lastGood"]
        assert state["failure"]["file"] == site.path("site_of_tests/asgi.py")
        assert host.reload(site.write("site_of_tests/asgi.py", ASGI))["state"] == "serving"
        assert host.get() == (200, "first ASGIRequest")


@pytest.mark.parametrize("uvicorn", [True, False])
def test_what_serves_is_said_where_the_project_names_another(site: Project, uvicorn: bool) -> None:
    site.append("site_of_tests/settings.py", 'INSTALLED_APPS = ["daphne", *INSTALLED_APPS]\n')
    if not uvicorn:
        site.append("site_of_tests/settings.py", 'import sys\nsys.modules["uvicorn"] = None\n')
    with hosting(site) as host:
        host.start()
        said = host.wait(lambda message: message.get("logger") == "samois")["text"]
        assert host.get() == (200, f"first {'ASGI' if uvicorn else 'WSGI'}Request")
    if uvicorn:
        assert said.startswith("The project is served by the uvicorn")
    else:
        assert said.endswith("daphne -p {port} site_of_tests.asgi:application.")
