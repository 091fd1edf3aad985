"""A save is served by a fork of a process that had everything else loaded already."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from support import ADMIN_APPS, ADMIN_MIDDLEWARE, Host, Project, eventually, hosting

URLS, VIEWS, MODELS = "site_of_tests/urls.py", "shop/views.py", "shop/models.py"
VIEW = "from django.http import HttpResponse\nfrom . import data, models\n\n\ndef page(request):\n    return HttpResponse({!r})\n"
MODEL = "from django.db import models\n\n\nclass Book(models.Model):\n    title = models.CharField({!r}, max_length=9)\n"


@pytest.fixture
def shop(tmp_path: Path) -> Project:
    project = Project(tmp_path / "mon été 名", [*ADMIN_APPS, "shop"], ADMIN_MIDDLEWARE)
    project.write("shop/__init__.py", "")
    project.write(MODELS, MODEL.format("name 0"))
    project.write(
        "shop/data.py",
        "import os\nVALUE = open(os.path.join(os.path.dirname(__file__), 'data.txt')).read()\n",
    )
    project.write("shop/data.txt", "data 0")
    project.write(VIEWS, VIEW.format("page 0"))
    project.write(
        URLS,
        "from django.contrib import admin\nfrom django.http import HttpResponse\nfrom django.urls import path\n"
        "from shop import data, models, views\n"
        "def all_of_it(request):\n"
        "    name = models.Book._meta.get_field('title').verbose_name\n"
        "    return HttpResponse(f'{name}, {data.VALUE}')\n"
        "urlpatterns = [path('admin/', admin.site.urls), path('', views.page), path('all/', all_of_it)]\n",
    )
    return project


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def is_fork(host: Host, pid: int) -> bool:
    return parent(pid) != host.process.pid


def reload_until_forked(host: Host, file: str) -> int:
    """Checkpoints are made when there is nothing else to do: save until one serves."""

    def forked() -> int:
        since = host.mark()
        state = host.reload(file)
        assert state["state"] == "serving", state
        if is_fork(host, state["pid"]):
            return state["pid"]
        host.wait(lambda message: message.get("event") == "checks", since)
        time.sleep(0.2)
        return 0

    return eventually(forked)


def test_each_kind_of_save_is_seen_in_a_fork(shop: Project) -> None:
    with hosting(shop) as host:
        host.start()
        reload_until_forked(host, shop.path(VIEWS))
        for number in range(1, 6):
            reload_until_forked(host, shop.write(VIEWS, VIEW.format(f"page {number}")))
            assert host.get() == (200, f"page {number}")
            reload_until_forked(host, shop.write(MODELS, MODEL.format(f"name {number}")))
            assert host.get("/all/") == (200, f"name {number}, data {number - 1}")
            host.reload(shop.write("shop/data.txt", f"data {number}"))
            assert host.get("/all/") == (200, f"name {number}, data {number}")
        assert list(shop.folder.rglob("__pycache__")) == []


def test_two_hundred_quick_edits_of_one_size_are_seen_in_forks(shop: Project) -> None:
    with hosting(shop) as host:
        host.start()
        reload_until_forked(host, shop.path(VIEWS))
        last = 0
        for number in range(200):
            shop.write(VIEWS, VIEW.format(f"page {number:04}"))
            since = host.mark()
            last = host.send("serve.reload", files=[shop.path(VIEWS)], kind="changed")
            if number % 10 == 9:  # and each is there when one waits for it
                generation = host.reply(last)["value"]["generation"]
                host.state("serving", since=since, generation=generation)
                assert host.get() == (200, f"page {number:04}")
            time.sleep(0.02)  # the pace of the edits is what is tested
        host.reply(last)
        eventually(lambda: host.get() == (200, "page 0199"))
        assert not [each for each in host.messages if each.get("state") == "broken"]


def test_what_nobody_told_of_is_seen_as_well(shop: Project) -> None:
    with hosting(shop) as host:
        host.start()
        reload_until_forked(host, shop.path(VIEWS))
        shop.write(MODELS, MODEL.format("a name that nobody has told of"))
        host.reload(shop.path(VIEWS))
        assert host.get("/all/")[1].startswith("a name that nobody has told of")


def test_a_broken_save_in_a_fork_is_named_and_mended(shop: Project) -> None:
    with hosting(shop) as host:
        host.start()
        pid = reload_until_forked(host, shop.path(VIEWS))
        for broken, kind, line in (
            ("x = = 1\n", "SyntaxError", 1),
            ("\nundefined_name\n", "NameError", 2),
            ("import os\nos.environ['NOT_SET_AT_ALL']\n", "KeyError", 2),
        ):
            began = time.monotonic()
            state = host.reload(shop.write(VIEWS, broken))
            assert time.monotonic() - began < 10  # a hang, not a speed: the benchmark measures that
            failure = state["failure"]
            assert state["state"] == "broken" and state["lastGood"] and state["pid"] == pid
            assert (failure["type"], failure["file"], failure["line"]) == (kind, shop.path(VIEWS), line)
            assert "samois_host" not in failure["traceback"]
            assert host.get() == (200, "page 0")
        assert host.reload(shop.write(VIEWS, VIEW.format("mended")))["state"] == "serving"
        assert host.get() == (200, "mended")


def test_new_and_removed_modules(shop: Project) -> None:
    shop.append(VIEWS, "\ntry:\n    from .extra import page  # noqa: F401\nexcept ImportError:\n    pass\n")
    shop.append(URLS, "try:\n    from shop.extra import page\nexcept ImportError:\n    pass\n")
    text = (shop.folder / VIEWS).read_text()
    with hosting(shop) as host:
        host.start()
        reload_until_forked(host, shop.write(VIEWS, text))
        since = host.mark()
        file = shop.write("shop/extra.py", VIEW.format("extra").replace("data, ", ""))
        generation = host.call("serve.reload", files=[file], kind="added")["generation"]
        assert host.state("serving", "broken", since=since, generation=generation)["state"] == "serving"
        assert host.get() == (200, "extra")
        (shop.folder / "shop/extra.py").unlink()
        since = host.mark()
        generation = host.call("serve.reload", files=[file], kind="removed")["generation"]
        host.state("serving", since=since, generation=generation)
        assert host.get() == (200, "page 0")


@pytest.mark.parametrize(
    "habit",
    [
        "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,), daemon=True).start()\n",
        "import socket\nKEPT = socket.socketpair()\n",
    ],
    ids=["thread", "connection"],
)
def test_a_project_that_can_not_be_forked_is_served_by_fresh_interpreters(shop: Project, habit: str) -> None:
    settings = (shop.folder / "site_of_tests/settings.py").read_text()
    shop.write("site_of_tests/settings.py", habit + settings)
    with hosting(shop) as host:
        host.start()
        for number in range(6):
            since = host.mark()
            state = host.reload(shop.write(VIEWS, VIEW.format(f"page {number}")))
            assert state["state"] == "serving" and not is_fork(host, state["pid"])
            assert host.get() == (200, f"page {number}")
            host.wait(lambda message: message.get("event") == "checks", since)


def test_a_crash_of_a_fork_is_told_and_mended(shop: Project) -> None:
    shop.append(
        VIEWS, "    \nimport os, signal\ndef die(request):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    shop.append(URLS, "urlpatterns.append(path('die/', views.die))\n")
    text = (shop.folder / VIEWS).read_text()
    with hosting(shop) as host:
        host.start()
        reload_until_forked(host, shop.write(VIEWS, text))
        since = host.mark()
        with pytest.raises(OSError):
            host.get("/die/")
        failure = host.state("broken", since=since)["failure"]
        assert failure["type"] == "ProcessExit" and "signal 9" in failure["message"]
        host.state("serving", since=since)
        assert host.get() == (200, "page 0")


def test_forks_leave_no_process_and_nothing_survives_the_end(shop: Project) -> None:
    shop.append(
        VIEWS,
        "\nimport subprocess\nKEPT = subprocess.Popen(['sleep', '1000'], start_new_session=True)\n",
    )
    text = (shop.folder / VIEWS).read_text()
    with hosting(shop) as host:
        host.start()
        for _ in range(8):
            pid = reload_until_forked(host, shop.write(VIEWS, text))
        # Supervisor, watchdog, server and what it started, two spares, and at most three checkpoints.
        eventually(lambda: len(host.processes()) <= 9)
        Path(f"/proc/{pid}").stat()
        host.leave()
        host.process.wait(5)
        eventually(lambda: not host.processes(), 5)


def test_the_death_of_a_checkpoint_is_survived(shop: Project) -> None:
    with hosting(shop) as host:
        host.start()
        pid = reload_until_forked(host, shop.path(VIEWS))
        os.kill(parent(pid), signal.SIGKILL)
        since = host.mark()
        host.reload(shop.write(VIEWS, VIEW.format("later")))
        host.state("serving", since=since)
        eventually(lambda: host.get() == (200, "later"))
