"""The project's tests: found, run and reported on one by one, with the project's own runner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support import Host, Message, Project, hosting

TESTS = """
import sys, time, unittest
from django.test import TestCase
from shop.models import Book


class BookTest(TestCase):
    def test_saved(self):
        Book.objects.create(title="One")
        print("made a book")
        self.assertEqual(Book.objects.count(), 1)

    def test_wrong(self):
        title = "One"
        self.assertEqual(title, "Two")

    def test_raises(self):
        raise LookupError("no such shelf")

    @unittest.skip("not today")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.fail()

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_parts(self):
        for number in (1, 2, 3):
            with self.subTest(number=number):
                self.assertNotEqual(number, 2)

    def test_talks(self):
        sys.stdout.write("x" * 3_000_000 + "the end")


class Unready(TestCase):
    @classmethod
    def setUpClass(cls):
        raise RuntimeError("no shelves")

    def test_never(self):
        pass
"""


SETTINGS = """
import os
if name := os.environ.get("TEST_DATABASE"):
    DATABASES["default"]["TEST"] = {"NAME": BASE_DIR / name}
"""
SLOW = """
import time
from django.test import TestCase


class Slow(TestCase):
    def test_waits(self):
        while not time.sleep(0.01):
            pass
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Project:
    apps = ["django.contrib.contenttypes", "django.contrib.auth", "shop", "empty"]
    project = Project(tmp_path_factory.mktemp("tests") / "mon été 名", apps, [])
    project.append("site_of_tests/settings.py", SETTINGS)
    for name in ("empty", "shop", "shop/tests", "slow"):
        project.write(f"{name}/__init__.py", "")
    project.write(
        "shop/models.py",
        "from django.db import models\nclass Book(models.Model):\n    title = models.CharField(max_length=9)\n",
    )
    project.write("shop/tests/test_books.py", TESTS)
    project.write("shop/tests/test_broken.py", "import nothing_of_this_name\n")
    project.write("slow/slow.py", SLOW)
    return project


@pytest.fixture(scope="module")
def host(shop: Project) -> Iterator[Host]:
    with hosting(shop) as running:
        yield running


def run(host: Host, env: dict[str, str] | None = None, **params: Any) -> tuple[Message, list[Message]]:
    since = host.mark()
    number = host.send("job.run", job="tests.run", params=params, env=env or {})
    reply = host.reply(number)
    reports = [each["report"] for each in host.messages[since:] if each.get("event") == "job.report"]
    return reply, reports


def outcomes(reports: list[Message]) -> dict[str, Message]:
    return {each["test"].rpartition(".")[2]: each for each in reports if each["kind"] == "finished"}


def test_found(shop: Project, host: Host) -> None:
    found = host.job("tests.find")
    assert (found["runner"], found["parallel"]) == ("django", True)
    names = {each["name"]: each for each in found["tests"]}
    assert len(names) == 9
    assert names["test_saved"] == {
        "id": "shop.tests.test_books.BookTest.test_saved",
        "label": "shop.tests.test_books.BookTest.test_saved",
        "app": "shop",
        "module": "shop.tests.test_books",
        "group": "BookTest",
        "name": "test_saved",
        "file": shop.path("shop/tests/test_books.py"),
        "line": 8,
    }
    (broken,) = found["broken"]
    assert (broken["module"], broken["app"]) == ("shop.tests.test_broken", "shop")
    assert broken["failure"]["missingModule"] == "nothing_of_this_name"
    assert broken["failure"]["file"] == shop.path("shop/tests/test_broken.py")


@pytest.mark.parametrize("parallel", [False, True])
def test_run(host: Host, parallel: bool) -> None:
    reply, reports = run(host, parallel=parallel)
    assert reply["ok"], reply
    phases = [each["phase"] for each in reports if each["kind"] == "phase"]
    assert phases == ["databases", "tests", "cleanup"]
    ended = outcomes(reports)
    assert {name: each["state"] for name, each in ended.items()} == {
        "test_saved": "passed",
        "test_wrong": "failed",
        "test_raises": "error",
        "test_skipped": "skipped",
        "test_expected": "expected",
        "test_unexpected": "failed",
        "test_parts": "failed",
        "test_talks": "passed",
        "test_broken": "error",
    }
    assert ended["test_saved"]["output"] == "made a book\n"
    assert ended["test_skipped"]["reason"] == "not today"
    (wrong,) = ended["test_wrong"]["failures"]
    assert wrong["failure"]["type"] == "AssertionError" and wrong["failure"]["line"] == 15
    assert "unittest/case.py" not in wrong["failure"]["traceback"]
    (part,) = ended["test_parts"]["failures"]
    assert part["title"] == "number=2"
    talk = ended["test_talks"]["output"]
    assert len(talk) < 70_000 and talk.endswith("the end") and "characters are left out" in talk
    (group,) = [each for each in reports if each["kind"] == "group"]
    assert group["group"] == "shop.tests.test_books.Unready"
    assert group["failure"]["message"] == "no shelves"


def test_some_alone_and_none(host: Host) -> None:
    label = "shop.tests.test_books.BookTest"
    _, reports = run(host, labels=[f"{label}.test_saved", f"{label}.test_gone", "shop.tests.test_broken"])
    found = next(each for each in reports if each["kind"] == "found")
    assert [each["name"] for each in found["tests"]] == ["test_saved"]
    assert {each["label"] for each in found["broken"]} == {f"{label}.test_gone", "shop.tests.test_broken"}
    reply, reports = run(host, labels=["empty"])
    assert reply["value"] == {"failed": 0} and reports[0]["tests"] == []


def test_one_that_hangs_is_ended_with_its_database(shop: Project, host: Host) -> None:
    params = {"labels": ["slow.slow"]}
    since = host.mark()
    number = host.send("job.run", job="tests.run", params=params, env={"TEST_DATABASE": "slow.sqlite3"})
    host.wait(lambda each: each.get("event") == "job.report" and each["report"]["kind"] == "started", since)
    database = Path(shop.path("slow.sqlite3"))
    assert database.exists()
    host.call("job.cancel", id=number)
    assert host.reply(number)["failure"]["code"] == "cancelled"
    assert not database.exists()


def test_a_database_that_is_left_over_is_asked_about(shop: Project, host: Host) -> None:
    database = Path(shop.write("tested.sqlite3", ""))
    labels, env = ["shop.tests.test_books.BookTest.test_saved"], {"TEST_DATABASE": "tested.sqlite3"}
    reply, _ = run(host, labels=labels, env=env)
    assert reply["failure"]["code"] == "test-database-exists"
    assert reply["failure"]["detail"]["database"] == str(database)
    assert run(host, labels=labels, env=env, keepDatabase=True)[0]["ok"]
    assert database.exists()
    assert run(host, labels=labels, env=env, overwrite=True)[0]["ok"]
    assert not database.exists()


def test_pytest_where_the_project_uses_it(shop: Project, host: Host) -> None:
    shop.write("pytest.ini", "[pytest]\nDJANGO_SETTINGS_MODULE = site_of_tests.settings\n")
    shop.write(
        "shop/tests/test_shelf.py",
        "import pytest\nfrom shop.models import Book\n\n\n@pytest.mark.django_db\n"
        "@pytest.mark.parametrize('title', ['a', 'b'])\ndef test_shelf(title):\n    print('looks')\n"
        "    Book.objects.create(title=title)\n    assert title == 'a'\n\n\n"
        "@pytest.mark.skip(reason='not today')\ndef test_later(): pass\n",
    )
    try:
        found = host.job("tests.find")
        assert (found["runner"], found["runners"]) == ("pytest", ["pytest", "django"])
        (one,) = [each for each in found["tests"] if each["name"] == "test_shelf[a]"]
        assert (one["id"], one["app"]) == ("shop/tests/test_shelf.py::test_shelf[a]", "shop")
        assert (one["group"], one["line"]) == (None, 5)
        (broken,) = found["broken"]
        assert broken["failure"]["missingModule"] == "nothing_of_this_name"
        reply, reports = run(host, labels=["shop/tests/test_shelf.py"])
        assert reply["value"] == {"failed": 1}
        ended = {each["test"].rpartition("::")[2]: each for each in reports if each["kind"] == "finished"}
        states = {name: each["state"] for name, each in ended.items()}
        assert states == {"test_shelf[a]": "passed", "test_shelf[b]": "failed", "test_later": "skipped"}
        assert (ended["test_shelf[a]"]["output"], ended["test_later"]["reason"]) == ("looks\n", "not today")
        (wrong,) = ended["test_shelf[b]"]["failures"]
        assert wrong["failure"]["type"] == "AssertionError" and wrong["failure"]["line"] == 10
        assert wrong["failure"]["file"] == shop.path("shop/tests/test_shelf.py")
    finally:
        Path(shop.path("pytest.ini")).unlink()
        Path(shop.path("shop/tests/test_shelf.py")).unlink()
