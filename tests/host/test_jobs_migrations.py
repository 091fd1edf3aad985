"""Migrations: plan, questions, make, state, SQL, preview, apply."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from support import Host, Project, hosting

BOOK = "from django.db import models\n\n\nclass Book(models.Model):\n    title = models.CharField(max_length=100)\n{}"


class Shop:
    """A host, its project, and short words for what these tests do."""

    def __init__(self, host: Host, project: Project) -> None:
        self.host, self.project = host, project

    def models(self, more: str = "", text: str = BOOK) -> None:
        self.project.write("shop/models.py", text.format(more))

    def plan(self, *answers: tuple[str, Any], **params: Any) -> Any:
        given = [{"id": name, "answer": answer} for name, answer in answers]
        return self.host.job("migrations.plan", answers=given, **params)

    def make(self, *answers: tuple[str, Any], **params: Any) -> list[str]:
        given = [{"id": name, "answer": answer} for name, answer in answers]
        written = self.host.job("migrations.make", answers=given, **params)["written"]
        return [os.path.relpath(path, self.project.folder) for path in written]

    def query(self, sql: str) -> list[Any]:
        with sqlite3.connect(self.project.path("db.sqlite3")) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def shop(admin_project: Project) -> Iterator[Shop]:
    with hosting(admin_project) as host:
        made = Shop(host, admin_project)
        made.models()
        yield made


def test_from_nothing_to_applied(shop: Shop) -> None:
    database = shop.project.folder / "db.sqlite3"
    plan = shop.plan()
    migration = plan["migrations"][0]
    assert plan["questions"] == [] and (migration["app"], migration["name"]) == ("shop", "0001_initial")
    assert migration["file"] == shop.project.path("shop/migrations/0001_initial.py")
    assert (
        "class Migration(migrations.Migration):" in migration["code"]
        and "initial = True" in migration["code"]
    )
    operation = migration["operations"][0]
    assert operation["kind"] == "CreateModel" and operation["description"] == "Create model Book"
    assert any('CREATE TABLE "shop_book"' in sql for sql in operation["sql"]) and operation["reason"] is None
    assert not operation["destructive"] and operation["code"].startswith("migrations.CreateModel(")
    # Nothing was written: no file, no package, no database.
    assert not (shop.project.folder / "shop/migrations").exists() and not database.exists()

    state = shop.host.job("migrations.state")
    assert state["databaseError"]["type"] == "DatabaseAbsent" and not database.exists()
    by_label = {app["label"]: app for app in state["apps"]}
    assert by_label["shop"]["unmigrated"] and by_label["auth"]["migrations"][0]["applied"] is False

    assert shop.make() == ["shop/migrations/__init__.py", "shop/migrations/0001_initial.py"]
    written = (shop.project.folder / "shop/migrations/0001_initial.py").read_text()
    assert written.splitlines()[1:] == migration["code"].splitlines()[1:]  # the first line holds the time
    assert shop.plan() == {"migrations": [], "questions": [], "renames": [], "ways": []}

    steps = shop.host.job("migrations.preview")["steps"]
    assert {
        "app": "shop",
        "name": "0001_initial",
        "backwards": False,
        "operations": ["Create model Book"],
    } in steps
    assert not database.exists()
    number = shop.host.send("job.run", job="migrations.apply", params={})
    result = shop.host.reply(number)["value"]
    assert {"app": "shop", "name": "0001_initial"} in result["applied"] and result["unapplied"] == []
    output = [each["text"] for each in shop.host.messages if each.get("id") == number and "text" in each]
    assert "Applying shop.0001_initial" in "".join(output)
    assert len(result["applied"]) == len(steps)

    state = shop.host.job("migrations.state")
    mine = next(app for app in state["apps"] if app["label"] == "shop")
    assert state["databaseError"] is None and state["conflicts"] == {} and not mine["unmigrated"]
    assert mine["migrations"][0]["applied"] is True and mine["migrations"][0]["appliedAt"].startswith("20")
    assert mine["migrations"][0]["file"] == migration["file"]

    assert shop.host.job("migrations.preview", app="shop", name="zero")["steps"][0]["backwards"] is True
    undone = shop.host.job("migrations.apply", app="shop", name="zero")
    assert undone == {"applied": [], "unapplied": [{"app": "shop", "name": "0001_initial"}], "copy": None}
    forwards = shop.host.job("migrations.sql", app="shop", name="0001")["sql"]
    backwards = shop.host.job("migrations.sql", app="shop", name="0001_initial", backwards=True)["sql"]
    assert 'CREATE TABLE "shop_book"' in forwards and 'DROP TABLE "shop_book"' in backwards


def test_a_renamed_field_keeps_its_rows(shop: Shop) -> None:
    shop.make()
    shop.host.job("migrations.apply")
    shop.query("INSERT INTO shop_book (title) VALUES ('Django')")
    shop.models(text=BOOK.replace("title", "name"))
    plan = shop.plan()
    question = plan["questions"][0]
    assert (question["kind"], question["app"], question["model"], question["field"]) == (
        "rename_field",
        "shop",
        "Book",
        "name",
    )
    assert [each["answer"] for each in question["options"]] == [True, False]
    # Until it is answered the plan shows what would be lost, and nothing can be written.
    assert [each["destructive"] for each in plan["migrations"][0]["operations"]] == [True, False]
    failure = shop.host.job_failure("migrations.make")
    assert failure["code"] == "questions-open" and failure["detail"]["questions"][0]["id"] == question["id"]

    answered = shop.plan((question["id"], True))
    assert answered["questions"] == []
    assert [each["kind"] for each in answered["migrations"][0]["operations"]] == ["RenameField"]
    written = shop.make((question["id"], True), names={"shop": "better_word"})
    assert written == ["shop/migrations/0002_better_word.py"]
    shop.host.job("migrations.apply")
    assert shop.query("SELECT name FROM shop_book") == [("Django",)]


def test_a_renamed_model(shop: Shop) -> None:
    shop.make()
    shop.models(text=BOOK.replace("Book", "Volume"))
    question = shop.plan()["questions"][0]
    assert (question["kind"], question["model"], question["field"]) == ("rename_model", "Volume", None)
    answered = shop.plan((question["id"], True))
    assert [each["kind"] for each in answered["migrations"][0]["operations"]] == ["RenameModel"]


def test_values_for_existing_rows(shop: Shop) -> None:
    shop.models("    note = models.TextField(null=True)\n")
    shop.make()
    shop.models(
        "    note = models.TextField()\n"
        "    pages = models.IntegerField()\n"
        "    added = models.DateTimeField(auto_now_add=True)\n"
        "    owner = models.ForeignKey('auth.User', models.CASCADE)\n"
        "    code = models.UUIDField(unique=True, default=__import__('uuid').uuid4)\n"
    )
    plan = shop.plan()
    questions = {each["field"]: each for each in plan["questions"]}
    assert {name: each["kind"] for name, each in questions.items()} == {
        "note": "not_null_alteration",
        "pages": "not_null_default",
        "added": "auto_now_add_default",
        "owner": "not_null_default",
        "code": "unique_callable_default",
    }
    assert questions["pages"]["default"] == "0" and questions["pages"]["expression"]
    assert "default" not in questions["owner"] and questions["note"]["options"][0]["answer"] is None
    ids = {name: each["id"] for name, each in questions.items()}
    assert ids == {each["field"]: each["id"] for each in shop.plan()["questions"]}
    wrong = shop.plan((ids["pages"], "'many'"), (ids["added"], "nonsense("), (ids["owner"], None))
    errors = {each["field"]: each.get("error") for each in wrong["questions"]}
    assert "many" in errors["pages"] and "SyntaxError" in errors["added"] and errors["owner"]
    answers = [
        (ids["pages"], "7"),
        (ids["added"], "timezone.now"),
        (ids["owner"], "1"),
        (ids["note"], None),
        (ids["code"], True),
    ]
    answered = shop.plan(*answers)
    assert answered["questions"] == []
    code = answered["migrations"][0]["code"]
    assert (
        "default=7" in code
        and "default=django.utils.timezone.now" in code
        and "preserve_default=False" in code
    )
    assert len(shop.make(*answers)) == 1


def test_the_same_model_in_two_apps(shop: Shop) -> None:
    shop.project.append("site_of_tests/settings.py", "INSTALLED_APPS += ['annex']\n")
    shop.project.write("annex/__init__.py", "")
    shop.project.write("annex/models.py", BOOK.format(""))
    shop.make()
    for name in ("shop", "annex"):
        shop.project.write(f"{name}/models.py", BOOK.format("    pages = models.IntegerField()\n"))
    questions = shop.plan()["questions"]
    assert sorted(each["id"] for each in questions) == [
        "not_null_default:annex.Book.pages",
        "not_null_default:shop.Book.pages",
    ]
    answers = [(each["id"], "1" if each["app"] == "shop" else "2") for each in questions]
    for migration in shop.plan(*answers)["migrations"]:
        assert f"default={1 if migration['app'] == 'shop' else 2}" in migration["code"]
    only = shop.plan(apps=["annex"])
    assert [each["app"] for each in only["migrations"]] == ["annex"]


def test_names_that_do_not_exist(shop: Shop) -> None:
    shop.make()
    for job, params, code in (
        ("migrations.plan", {"apps": ["nowhere"]}, "unknown-app"),
        ("migrations.sql", {"app": "nowhere", "name": "0001"}, "unknown-app"),
        ("migrations.sql", {"app": "shop", "name": "0009"}, "unknown-migration"),
        ("migrations.apply", {"app": "shop", "name": "0009"}, "unknown-migration"),
        ("migrations.preview", {"app": "nowhere"}, "unknown-app"),
    ):
        assert shop.host.job_failure(job, **params)["code"] == code
    shop.models("    pages = models.IntegerField(default=0)\n")
    assert shop.host.job_failure("migrations.make", names={"shop": "not a name"})["code"] == "bad-request"


def test_conflicts_and_a_migration_that_fails(shop: Shop) -> None:
    shop.make()
    second = (
        "from django.db import migrations\n"
        "def fail(apps, editor):\n    raise ValueError('a row that cannot be')\n"
        "class Migration(migrations.Migration):\n"
        "    dependencies = [('shop', '0001_initial')]\n    operations = [migrations.RunPython(fail)]\n"
    )
    shop.project.write("shop/migrations/0002_first.py", second)
    failure = shop.host.job_failure("migrations.apply")
    assert failure["code"] == "migration-failed" and "a row that cannot be" in failure["message"]
    assert {"app": "shop", "name": "0001_initial"} in failure["detail"]["applied"]
    assert failure["detail"]["failure"]["file"] == shop.project.path("shop/migrations/0002_first.py")
    shop.project.write("shop/migrations/0002_second.py", second)
    for job in ("migrations.plan", "migrations.preview", "migrations.apply"):
        failure = shop.host.job_failure(job)
        assert failure["code"] == "migration-conflict"
        assert failure["detail"]["apps"] == {"shop": ["0002_first", "0002_second"]}
    assert shop.host.job("migrations.state")["conflicts"] == {"shop": ["0002_first", "0002_second"]}


def test_a_database_that_cannot_be_reached(shop: Shop) -> None:
    shop.project.append(
        "site_of_tests/settings.py", "DATABASES['default']['NAME'] = '/nowhere/at/all/db.sqlite3'\n"
    )
    assert shop.plan()["migrations"][0]["operations"][0]["sql"]
    assert shop.host.job("migrations.state")["databaseError"]["type"] == "DatabaseAbsent"
    assert shop.host.job_failure("migrations.apply")["code"] == "database-error"
    shop.project.append("site_of_tests/settings.py", "DATABASES['default']['NAME'] = BASE_DIR\n")
    state = shop.host.job("migrations.state")
    assert state["databaseError"]["type"] == "OperationalError"
    auth = next(app for app in state["apps"] if app["label"] == "auth")
    assert {each["applied"] for each in auth["migrations"]} == {None}
