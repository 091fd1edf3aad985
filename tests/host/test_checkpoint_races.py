"""Whatever is saved at whatever moment: what is served in the end is what is on the disk."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from support import ADMIN_APPS, ADMIN_MIDDLEWARE, Host, Project, eventually, hosting
from test_checkpoints import MODELS, URLS, VIEWS, is_fork, reload_until_forked

MODEL = (
    "from django.db import models\n\n\nclass Book(models.Model):\n"
    "    title = models.CharField({!r}, max_length=9)\n"
)
VIEW = (
    "from django.http import HttpResponse\nfrom . import data, models\nPAGE = {!r}\n\n\ndef page(request):\n"
    "    name = models.Book._meta.get_field('title').verbose_name\n"
    "    return HttpResponse(f'{{PAGE}} {{name}} {{data.VALUE}}')\n"
)
DATA = "VALUE = {!r}\n"
ROUTES = (
    "from django.contrib import admin\nfrom django.urls import path\nfrom shop import views\n"
    "urlpatterns = [path('admin/', admin.site.urls), path('', views.page)]\n"
)
TEXTS = {VIEWS: VIEW, MODELS: MODEL, "shop/data.py": DATA}


@pytest.fixture
def shop(tmp_path: Path) -> Project:
    project = Project(tmp_path / "mon été 名", [*ADMIN_APPS, "shop"], ADMIN_MIDDLEWARE)
    project.write("shop/__init__.py", "")
    for name, text in TEXTS.items():
        project.write(name, text.format("0000"))
    project.write(URLS, ROUTES)
    return project


def rewrite(place: Path, text: str, time_of_all: int) -> None:
    """Into the same file, of the same size, within the same tick of the file system's clock."""
    with place.open("r+", encoding="utf-8") as file:
        file.write(text)
    os.utime(place, ns=(time_of_all, time_of_all))


def test_saves_at_random_moments_of_a_reload(shop: Project) -> None:
    moments = random.Random(4)
    with hosting(shop) as host:
        host.start()
        reload_until_forked(host, shop.path(VIEWS))
        now = dict.fromkeys(TEXTS, "0000")
        for number in range(1, 121):
            name = moments.choice(list(TEXTS))
            now[name] = f"{number:04}"
            host.send("serve.reload", files=[shop.write(name, TEXTS[name].format(now[name]))], kind="changed")
            time.sleep(moments.choice((0, 0.001, 0.005, 0.02, 0.04)))  # before, during and after a fork
            if number % 12 == 0:
                page = " ".join(now[each] for each in (VIEWS, MODELS, "shop/data.py"))
                eventually(lambda page=page: host.get() == (200, page))


def test_two_saves_within_one_tick_of_the_clock(shop: Project) -> None:
    data, later = shop.folder / "shop/data.py", time.time_ns() + 3_600_000_000_000
    with hosting(shop) as host:
        # A time to come is as untrustworthy as one of this very moment, and no slow machine outlives it.
        rewrite(data, DATA.format("0000"), later)
        host.start()
        reload_until_forked(host, shop.path(VIEWS))
        for number in range(1, 6):
            # The checkpoint that serves next has read the former text, and nobody tells of this one.
            rewrite(data, DATA.format(f"{number:04}"), later)
            state = host.reload(shop.path(VIEWS))
            assert state["state"] == "serving"
            assert host.get() == (200, f"0000 0000 {number:04}")
            reload_until_forked(host, shop.path(VIEWS))


def told(host: Host, changes: dict[str, list[str]]) -> None:
    """As the studio tells of a burst: a call a kind."""
    for kind, files in changes.items():
        if files:
            host.send("serve.reload", files=files, kind=kind)


def test_a_branch_switch_there_and_back(shop: Project) -> None:
    extra = VIEW.format("extra").replace("from . import data, models", "from . import data, models, prices")
    with hosting(shop) as host:
        host.start()
        reload_until_forked(host, shop.path(VIEWS))
        for number in range(4):
            host_files = [shop.write("shop/prices.py", "VALUE = 1\n")]
            changed = [shop.write(VIEWS, extra), shop.write(MODELS, MODEL.format("there"))]
            told(host, {"added": host_files, "changed": changed})
            eventually(lambda: host.get() == (200, "extra there 0000"))
            (shop.folder / "shop/prices.py").unlink()
            changed = [shop.write(VIEWS, VIEW.format("back")), shop.write(MODELS, MODEL.format(f"b{number}"))]
            told(host, {"changed": changed, "removed": host_files})
            eventually(lambda page=f"back b{number} 0000": host.get() == (200, page))


def test_a_migration_in_between(shop: Project) -> None:
    shop.write(VIEWS, VIEW.format("0000").replace("{data.VALUE}", "{models.Book.objects.count()}"))
    with hosting(shop) as host:
        host.start()
        host.job("migrations.make", apps=["shop"])
        host.job("migrations.apply")
        reload_until_forked(host, shop.path(VIEWS))
        assert host.get() == (200, "0000 0000 0")
        for number in range(1, 4):
            field = f"    extra_{number} = models.IntegerField(default={number})\n"
            reload_until_forked(host, shop.append(MODELS, field))
            written = host.job("migrations.make", apps=["shop"])["written"]
            assert [Path(each).name.startswith(f"000{number + 1}") for each in written] == [True]
            host.job("migrations.apply")
            assert host.get() == (200, "0000 0000 0")
            reload_until_forked(host, shop.path(VIEWS))
            assert host.get() == (200, "0000 0000 0")


def test_a_file_that_is_removed_while_a_fork_boots(shop: Project) -> None:
    with hosting(shop) as host:
        host.start()
        for _ in range(4):
            reload_until_forked(host, shop.path(VIEWS))
            host.send("serve.reload", files=[shop.path(VIEWS)], kind="changed")
            (shop.folder / "shop/data.py").unlink()
            since = host.mark()
            number = host.send("serve.reload", files=[shop.path("shop/data.py")], kind="removed")
            generation = host.reply(number)["value"]["generation"]
            failure = host.state("broken", since=since, generation=generation)["failure"]
            assert failure["type"] in ("ImportError", "ModuleNotFoundError", "FileNotFoundError")
            host.send("serve.reload", files=[shop.write("shop/data.py", DATA.format("0000"))], kind="added")
            eventually(lambda: host.get() == (200, "0000 0000 0000"))
        assert is_fork(host, reload_until_forked(host, shop.path(VIEWS)))
