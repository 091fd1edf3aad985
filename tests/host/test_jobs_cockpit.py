"""Migrations with rows at stake: what they do, tried on a copy, taken back, merged, and refused."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from support import Host, Project, hosting

HEAD = "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
FIRST = """from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)


class Book(models.Model):
    title = models.CharField(max_length=100)
    isbn = models.CharField(max_length=20, null=True)
    note = models.TextField(null=True)
    author = models.ForeignKey(Author, models.CASCADE, null=True)
"""
SECOND = """from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)


class Book(models.Model):
    title = models.CharField(max_length=100, unique=True)
    note = models.CharField(max_length=4)
    pages = models.IntegerField()
    writer = models.ForeignKey(Author, models.SET_NULL, null=True)
"""


class Shop:
    """A host and a project whose tables are filled."""

    def __init__(self, host: Host, project: Project) -> None:
        self.host, self.project = host, project

    def sql(self, *statements: str) -> list[Any]:
        with closing(sqlite3.connect(self.project.path("db.sqlite3"))) as connection, connection:
            return [connection.execute(each).fetchall() for each in statements][-1]

    def migration(self, name: str, needs: str, *operations: str, head: str = HEAD) -> None:
        body = f"    dependencies = [('shop', '{needs}')]\n    operations = [{', '.join(operations)}]\n"
        self.project.write(f"shop/migrations/{name}.py", head + body)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    # No other apps: their migrations would only cost time.
    project = Project(tmp_path / "mon été 名", ["shop"], [])
    project.write("shop/__init__.py", "")
    project.write("shop/models.py", FIRST)
    with hosting(project) as host:
        made = Shop(host, project)
        host.job("migrations.make")
        host.job("migrations.apply")
        made.sql(
            "INSERT INTO shop_author (name) VALUES ('Django')",
            *(
                f"INSERT INTO shop_book (title, isbn, note, author_id) VALUES ('t{n % 4}', {n}, {note}, 1)"
                for n, note in enumerate(["'ok'", "NULL", "'much too long'", "NULL", "'ok'"])
            ),
        )
        yield made


def test_what_a_plan_does_to_the_rows(shop: Shop, tmp_path: Path) -> None:
    shop.project.write("shop/models.py", SECOND)
    plan = shop.host.job("migrations.plan", postgres=True)
    asked = {each["kind"]: each for each in plan["questions"]}
    assert set(asked) == {"rename_field", "not_null_default", "not_null_alteration"}
    assert asked["rename_field"]["rows"] == 5 and asked["not_null_default"]["rows"] == 5
    assert asked["not_null_alteration"]["nulls"] == 2
    answers = [
        {"id": asked["not_null_default"]["id"], "answer": "7"},
        {"id": asked["not_null_alteration"]["id"], "answer": None},
    ]
    # The gesture of the designer answers the question that Django would not even ask.
    gesture = {"app": "shop", "model": "Book", "old": "author", "new": "writer", "field": True}
    given = {"answers": answers, "renames": [gesture], "postgres": True}
    plan = shop.host.job("migrations.plan", **given)
    assert plan["questions"] == [] and [each["text"] for each in plan["renames"]] == ["author → writer"]
    operations = {each["id"]: each for each in plan["migrations"][0]["operations"]}
    assert next(iter(operations.values()))["kind"] == "RenameField"
    gone = operations["shop.RemoveField.book.isbn"]
    assert gone["loses"] == {"rows": 5, "values": 5, "text": "5 values go (of 5 rows)"}
    assert gone["postgres"] == ['ALTER TABLE "shop_book" DROP COLUMN "isbn" CASCADE;']
    assert gone["postgresLocks"]["hold"] == "brief" and "asks for isbn" in gone["previousRelease"]
    added = operations["shop.AddField.book.pages"]
    assert added["locks"]["hold"] == "rewrite" and added["postgresLocks"]["hold"] == "brief"
    assert "cannot add rows" in added["previousRelease"] and added["reversible"]
    note, title = operations["shop.AlterField.book.note"], operations["shop.AlterField.book.title"]
    assert note["loses"]["values"] == 1 and "2 rows hold NULL" in note["refused"]["text"]
    assert title["refused"]["examples"] == ["t0 (2 rows)"]

    # Made and applied with the way that is safer, and with the rows mended.
    way = added["ways"][0]["id"]
    shop.sql("UPDATE shop_book SET title = 't' || id, note = 'none'")
    before = shop.sql("SELECT id, title, author_id FROM shop_book")
    written = shop.host.job("migrations.make", **given, ways=[way])["written"]
    assert len(written) == 3 and "_fill_book_pages" in written[1]
    tried = shop.host.job("migrations.rehearse")
    assert tried["failure"] is None and len(tried["steps"]) == 3
    columns = {each["name"]: each for each in tried["tables"][0]["columns"]}
    assert columns["author_id → writer_id"] == {"name": "author_id → writer_id", "before": 5, "after": 5}
    assert (columns["isbn"]["before"], columns["isbn"]["after"], columns["pages"]["after"]) == (5, None, 5)
    assert shop.sql("SELECT id, title, author_id FROM shop_book") == before

    copies = str(tmp_path / "copies")
    done = shop.host.job("migrations.apply", copies=copies)
    assert len(done["applied"]) == 3 and done["copy"]
    assert shop.sql("SELECT id, title, writer_id FROM shop_book WHERE pages = 7") == before
    back = shop.host.job("copies.restore", folder=copies, name=done["copy"])
    assert shop.sql("SELECT id, title, author_id FROM shop_book") == before and back["before"]
    assert len(shop.host.job("copies.list", folder=copies)["copies"]) == 2
    assert {tuple(each["causes"]) for each in shop.host.job("migrations.drift")["rows"]} == {("unapplied",)}


def test_conflicts_gaps_and_drift(shop: Shop) -> None:
    shop.sql("ALTER TABLE shop_book ADD COLUMN extra text NULL")
    drift = shop.host.job("migrations.drift")
    assert [(each["part"], each["causes"]) for each in drift["rows"]] == [("extra", ["drifted"])]

    longer = "migrations.AlterField('book', 'title', models.CharField(max_length={}))"
    shop.migration("0002_left", "0001_initial", longer.format(120))
    shop.migration("0002_right", "0001_initial", longer.format(90))
    merge = shop.host.job("migrations.merge", app="shop", write=False)
    assert merge["clashes"] == ["shop.book.title is changed on both sides."] and merge["written"] == []
    assert [each["migrations"] for each in merge["branches"]] == [["0002_left"], ["0002_right"]]
    assert len(shop.host.job("migrations.merge", app="shop")["written"]) == 1
    assert shop.host.job_failure("migrations.merge", app="shop")["code"] == "nothing-to-merge"
    assert shop.host.job("migrations.state")["conflicts"] == {}

    squashed = shop.host.job("migrations.squash", app="shop", name=merge["name"])["written"]
    state = {each["label"]: each for each in shop.host.job("migrations.state")["apps"]}["shop"]
    by_name = {each["name"]: each for each in state["migrations"]}
    name = Path(squashed[0]).stem
    assert by_name["0002_left"]["squashedBy"] == name and len(by_name[name]["replaces"]) == 4
    os.unlink(squashed[0])

    stub = shop.host.job("migrations.stub", app="shop", model="Book", name="fill")
    assert 'apps.get_model("shop", "Book")' in Path(stub["file"]).read_text()
    shop.host.job("migrations.apply")

    shop.sql("DELETE FROM django_migrations WHERE name = '0002_left'")
    gap = shop.host.job("migrations.state")["inconsistent"]
    assert [each["needs"] for each in gap] == [["shop", "0002_left"]]
    assert shop.host.job_failure("migrations.apply")["code"] == "migration-history"
    shop.host.job("migrations.apply", app="shop", name="0002_left", fake=True)
    assert shop.host.job("migrations.state")["inconsistent"] == []

    os.unlink(shop.project.path("shop/migrations/0002_left.py"))
    state = shop.host.job("migrations.state")
    by_name = {
        each["name"]: each
        for each in next(app for app in state["apps"] if app["label"] == "shop")["migrations"]
    }
    assert by_name["0002_left"]["missing"] and by_name["0002_left"]["applied"]
    failure = shop.host.job_failure("migrations.plan")
    assert failure["code"] == "migration-missing" and "0002_left" in failure["message"]


def test_a_database_that_is_locked_read_only_or_gone(shop: Shop, tmp_path: Path) -> None:
    shop.project.append("site_of_tests/settings.py", "DATABASES['default']['OPTIONS'] = {'timeout': 0.2}\n")
    shop.migration(
        "0002_more", "0001_initial", "migrations.AddField('book', 'x', models.IntegerField(null=True))"
    )
    with closing(sqlite3.connect(shop.project.path("db.sqlite3"))) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "Another program holds" in shop.host.job_failure("migrations.apply")["message"]
    head = HEAD.replace(
        "class", f"import os\ndef end(*_):\n    os.unlink({shop.project.path('db.sqlite3')!r})\nclass", 1
    )
    shop.migration("0003_end", "0002_more", "migrations.RunPython(end)", head=head)
    failure = shop.host.job_failure("migrations.apply", copies=str(tmp_path / "copies"))
    assert "is gone" in failure["message"] and failure["detail"]["copy"]
    name = failure["detail"]["copy"]
    shop.host.job("copies.restore", folder=str(tmp_path / "copies"), name=name)
    assert shop.sql("SELECT COUNT(*) FROM shop_book") == [(5,)]
    os.unlink(shop.project.path("shop/migrations/0003_end.py"))
    shop.project.append(
        "site_of_tests/settings.py",
        "DATABASES['default']['NAME'] = (BASE_DIR / 'db.sqlite3').as_uri() + '?mode=ro'\n"
        "DATABASES['default']['OPTIONS'] = {'uri': True}\n",
    )
    assert "can only be read" in shop.host.job_failure("migrations.apply")["message"]
