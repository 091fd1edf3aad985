"""A project that does not boot: what is reported, what is served meanwhile, and the way back."""

from __future__ import annotations

import pytest

from support import Host, Project, eventually, hosting

SETTINGS, URLS, MODELS = "site_of_tests/settings.py", "site_of_tests/urls.py", "shop/models.py"

# name: (file, what is put at its top, the exception, a part of the message, the line, more of the failure)
BREAKAGES = {
    "syntax in settings": (SETTINGS, "def (:\n", "SyntaxError", "invalid syntax", 1, {}),
    "syntax in urls": (URLS, "\n\nx = = 1\n", "SyntaxError", "invalid syntax", 3, {}),
    "syntax in models": (MODELS, "\nclass Broken\n", "SyntaxError", "expected ':'", 2, {}),
    "indentation": (URLS, "if True:\nx = 1\n", "IndentationError", "expected an indented block", 2, {}),
    "name in models": (MODELS, "\n\nundefined_name\n", "NameError", "undefined_name", 3, {}),
    "variable": (
        SETTINGS,
        "import os\nos.environ['SECRET_OF_TESTS']\n",
        "KeyError",
        "SECRET_OF_TESTS",
        2,
        {"missingVariable": "SECRET_OF_TESTS"},
    ),
    "variable of environ": (
        SETTINGS,
        "from django.core.exceptions import ImproperlyConfigured\n"
        "raise ImproperlyConfigured('Set the DATABASE_URL environment variable')\n",
        "ImproperlyConfigured",
        "DATABASE_URL",
        2,
        {"missingVariable": "DATABASE_URL"},
    ),
    "module": (
        URLS,
        "\nimport nowhere_to_be_found.at_all\n",
        "ModuleNotFoundError",
        "nowhere_to_be_found",
        2,
        {"missingModule": "nowhere_to_be_found"},
    ),
    "exit": (URLS, "import sys\nsys.exit(3)\n", "SystemExit", "sys.exit(3)", 2, {}),
    "interrupt": (URLS, "raise KeyboardInterrupt\n", "KeyboardInterrupt", "", 1, {}),
    "recursion": (URLS, "def f(): f()\nf()\n", "RecursionError", "recursion", 1, {}),
    "hostile exception": (
        URLS,
        "class E(Exception):\n    def __str__(self): raise ValueError\nraise E\n",
        "E",
        "cannot be shown",
        3,
        {},
    ),
}


@pytest.fixture
def shop(project: Project) -> Project:
    project.write("shop/__init__.py", "")
    project.write(MODELS, "from django.db import models\n")
    settings = (project.folder / SETTINGS).read_text()
    project.write(SETTINGS, settings.replace("INSTALLED_APPS = []", "INSTALLED_APPS = ['shop']"))
    return project


def test_every_breakage_keeps_the_last_good_server_and_names_its_line(shop: Project) -> None:
    with hosting(shop) as host:
        pid = host.start()["pid"]
        for name, (file, top, kind, message, line, more) in BREAKAGES.items():
            good = (shop.folder / file).read_text()
            state = host.reload(shop.write(file, top + good))
            failure = state["failure"]
            assert state["state"] == "broken" and state["lastGood"] and state["pid"] == pid, name
            assert failure["type"] == kind and message in failure["message"], name
            assert (failure["file"], failure["line"]) == (shop.path(file), line), (name, failure)
            assert {key: failure.get(key) for key in more} == more, name
            assert failure["text"].strip() in top, name
            assert "samois_host" not in failure["traceback"] and kind in failure["traceback"], name
            assert all("samois_host" not in frame["file"] for frame in failure["frames"]), name
            if kind not in ("SyntaxError", "IndentationError"):
                assert [frame for frame in failure["frames"] if frame["project"]], name
            assert host.get() == (200, "first"), name
            state = host.reload(shop.write(file, good))
            assert state["state"] == "serving" and state["failure"] is None, name
            pid = state["pid"]


def test_what_never_booted_is_answered_with_a_page_and_recovers(project: Project) -> None:
    path = project.page("fine", before="raise ValueError('<script>alert(1)</script>')\n")
    with hosting(project) as host:
        state = host.start()
        assert state["state"] == "broken" and not state["lastGood"] and state["pid"] is None
        status, page = host.get("/any/where")
        assert status == 503 and "ValueError" in page and f"{path}, line 1" in page
        assert "&lt;script&gt;" in page and "<script>" not in page
        assert host.reload(project.page("fine", before="broken differently\n"))["state"] == "broken"
        eventually(lambda: "SyntaxError" in host.get()[1])
        assert host.reload(project.page("fine"))["state"] == "serving"
        assert host.get() == (200, "fine")


def test_a_process_that_ends_while_starting(host: Host, project: Project) -> None:
    host.start()
    for code, sentence in (("os._exit(5)", "code 5"), ("os.kill(os.getpid(), 9)", "signal 9")):
        state = host.reload(project.page("x", before=f"import os\n{code}\n"))
        assert state["state"] == "broken" and state["lastGood"]
        assert state["failure"]["type"] == "ProcessExit" and sentence in state["failure"]["message"]
        assert host.get() == (200, "first")
    assert host.reload(project.page("well"))["state"] == "serving"


@pytest.mark.parametrize(
    ("top", "place"),
    [
        ("import time\ntime.sleep(1000)\n", 2),
        # It holds the interpreter's lock: nothing in the child can say where.
        ("import re\nre.match('(a+)+$', 'a' * 60 + 'b')\n", None),
    ],
)
def test_a_boot_that_hangs(project: Project, top: str, place: int | None) -> None:
    with hosting(project, "--boot-seconds", "3") as host:
        host.start()
        good = (project.folder / URLS).read_text()
        state = host.reload(project.write(URLS, top + good))
        failure = state["failure"]
        slow = [
            each["failure"] for each in host.messages if each.get("state") == "booting" and each["failure"]
        ]
        assert slow and slow[-1]["type"] == "SlowBoot" and slow[-1]["line"] == place
        assert (
            state["state"] == "broken"
            and failure["type"] == "BootTimeout"
            and "3 seconds" in failure["message"]
        )
        assert failure["line"] == place and (place is None or failure["file"] == project.path(URLS))
        assert host.get() == (200, "first")
        assert host.reload(project.write(URLS, good))["state"] == "serving"
        eventually(lambda: len(host.processes()) <= 8)


def test_a_hanging_boot_is_given_up_for_a_newer_save(project: Project) -> None:
    with hosting(project) as host:
        host.start()
        project.page("x", before="import time\ntime.sleep(1000)\n")
        host.call("serve.reload", files=[project.path(URLS)], kind="changed")
        assert host.reload(project.page("newer"))["state"] == "serving"
        assert host.get() == (200, "newer")


def test_a_project_that_misbehaves_but_serves(project: Project) -> None:
    project.page(
        "odd",
        before="import signal, sys, threading, time, subprocess\n"
        "signal.signal(signal.SIGTERM, lambda *_: None)\n"
        "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
        "sys.stdout.write('x' * 5_000_000)\n"
        "for n in range(20_000): print('line', n)\n"
        "sys.stdout.close()\n"
        "subprocess.Popen(['sleep', '1000'])\n",
    )
    with hosting(project) as host:
        old = host.start()["pid"]
        assert host.get() == (200, "odd")
        assert host.reload(project.page("even"))["state"] == "serving"
        assert host.get() == (200, "even")
        eventually(lambda: old not in host.processes())
        dropped = host.wait(lambda message: message.get("event") == "dropped")
        assert dropped["bytes"] > 0 and dropped["generation"] == 1


def test_input_is_empty(project: Project) -> None:
    project.page("x", before="try:\n    input()\nexcept EOFError:\n    pass\n")
    with hosting(project) as host:
        assert host.start()["state"] == "serving"
