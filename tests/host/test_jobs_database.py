"""What only Django knows of the rows of a table."""

from __future__ import annotations

from support import Project, hosting

MODELS = """
from django.db import models

class Shelf(models.Model):
    name = models.CharField("the name", max_length=20)

    def __str__(self):
        if self.name == "bad":
            raise ValueError("no name")
        return f"Shelf {self.name}"

class Box(models.Model):
    shelf = models.ForeignKey(Shelf, models.CASCADE, verbose_name="stands on")
    size = models.IntegerField(choices=[(1, "small"), (2, "large")], default=2)
    made = models.DateTimeField(auto_now_add=True)

class Label(models.Model):
    box = models.ForeignKey(Box, models.SET_NULL, null=True)

class Lock(models.Model):
    box = models.ForeignKey(Box, models.PROTECT)
"""
INSERTS = """
from store.models import Box, Label, Lock, Shelf
from django.core.management.base import BaseCommand

class Command(BaseCommand):
    def handle(self, *args, **options):
        for name in ("a", "b", "bad"):
            shelf = Shelf.objects.create(name=name)
            for _ in range(2):
                Label.objects.create(box=Box.objects.create(shelf=shelf))
        Lock.objects.create(box=Box.objects.filter(shelf__name="b").first())
"""


def integer(value: int) -> dict[str, str]:
    return {"kind": "integer", "text": str(value)}


def test_rows_as_django_sees_them(project: Project) -> None:
    project.append("site_of_tests/settings.py", "INSTALLED_APPS += ['store']\nTIME_ZONE = 'Europe/Paris'\n")
    for package in ("store", "store/migrations", "store/management", "store/management/commands"):
        project.write(f"{package}/__init__.py", "")
    project.write("store/models.py", MODELS)
    project.write("store/management/commands/fill.py", INSERTS)
    with hosting(project) as host:
        host.job("commands.run", name="makemigrations", arguments=["store"])
        host.job("migrations.apply")
        host.job("commands.run", name="fill", arguments=[])
        assert host.job("database.describe", alias="default", table="django_migrations") is None
        box = host.job("database.describe", alias="default", table="store_box")
        assert box["model"] == "store.Box" and box["timeZone"] == "Europe/Paris" and box["storedIn"] == "UTC"
        fields = {field["column"]: field for field in box["fields"]}
        assert fields["shelf_id"]["verboseName"] == "stands on"
        assert fields["shelf_id"]["related"] == {
            "model": "store.Shelf",
            "table": "store_shelf",
            "column": "id",
        }
        assert fields["size"]["choices"] == [[integer(1), "small"], [integer(2), "large"]]
        assert fields["size"]["default"] == integer(2)
        assert fields["made"]["default"]["text"].startswith("20")
        assert [(each["table"], each["column"], each["name"]) for each in box["related"]] == [
            ("store_label", "box_id", "label_set"),
            ("store_lock", "box_id", "lock_set"),
        ]
        found = host.job(
            "database.labels",
            alias="default",
            table="store_shelf",
            column="id",
            values=[integer(1), integer(3), integer(99)],
        )
        assert found["labels"] == [
            {"value": integer(1), "label": "Shelf a"},
            {"value": integer(3), "label": "str() failed: ValueError: no name"},
        ]
        going = host.job("database.collect", alias="default", table="store_shelf", rows=[{"id": integer(1)}])
        assert going["problems"] == []
        assert [(step["kind"], step["table"], step["values"]) for step in going["steps"]] == [
            ("set", "store_label", [integer(1), integer(2)]),
            ("delete", "store_box", [integer(1), integer(2)]),
        ]
        going = host.job("database.collect", alias="default", table="store_shelf", rows=[{"id": integer(2)}])
        assert going["steps"] == [] and "protects" in going["problems"][0]
        failure = host.job_failure("database.describe", alias="other", table="store_box")
        assert failure["code"] == "unknown-database"
