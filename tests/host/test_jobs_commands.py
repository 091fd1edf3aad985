"""Management commands: which there are, what they ask for, and running them."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import ADMIN_APPS, ADMIN_MIDDLEWARE, Project, hosting

COMMAND = """
import time
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Takes stock."

    def add_arguments(self, parser):
        parser.add_argument("shops", nargs="+", help="names of shops")
        parser.add_argument("--limit", type=int, default=10, help="at most %(default)s")
        parser.add_argument("--format", choices=["csv", "json"], required=True)
        parser.add_argument("--tag", action="append")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args, **options):
        if options["limit"] == 0:
            raise CommandError("nothing to do")
        self.stdout.write(f"{options['shops']} {options['limit']} {options['format']} {options['tag']}")
        while options["limit"] == 99:
            time.sleep(0.01)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Project:
    project = Project(tmp_path / "mon été 名", [*ADMIN_APPS, "shop"], ADMIN_MIDDLEWARE)
    for name in ("shop", "shop/management", "shop/management/commands"):
        project.write(f"{name}/__init__.py", "")
    project.write("shop/management/commands/stock.py", COMMAND)
    project.write("shop/management/commands/broken.py", "import nothing_of_this_name\n")
    return project


def test_commands_and_their_forms(shop: Project) -> None:
    with hosting(shop) as host:
        listed = {each["name"]: each for each in host.job("commands.list")["commands"]}
        assert listed["stock"] == {"name": "stock", "app": "shop", "project": True}
        assert listed["migrate"]["app"] == "django.core" and not listed["migrate"]["project"]
        assert listed["changepassword"]["project"] is False
        assert "broken" in listed and "runserver" not in listed and "shell" not in listed
        form = host.job("commands.describe", name="stock")
        assert form["help"] == "Takes stock."
        arguments = {each["name"]: each for each in form["arguments"]}
        assert set(arguments) == {"verbosity", "traceback", "shops", "limit", "format", "tag", "dry_run"}
        assert arguments["shops"] == {
            "name": "shops",
            "flag": None,
            "kind": "text",
            "many": True,
            "repeatsFlag": False,
            "required": True,
            "choices": [],
            "default": None,
            "help": "names of shops",
        }
        limit = arguments["limit"]
        assert (limit["flag"], limit["kind"], limit["default"]) == ("--limit", "number", "10")
        assert limit["help"] == "at most 10"
        assert arguments["format"]["choices"] == ["csv", "json"] and arguments["format"]["required"]
        assert arguments["tag"]["repeatsFlag"] and arguments["dry_run"]["kind"] == "switch"


def test_every_command_of_django_can_be_described(shop: Project) -> None:
    with hosting(shop) as host:
        for each in host.job("commands.list")["commands"]:
            if each["name"] != "broken":
                assert host.job("commands.describe", name=each["name"])["name"] == each["name"]


def test_running_one(shop: Project) -> None:
    with hosting(shop) as host:
        words = ["a b", "--limit=3", "--format", "csv", "--tag", "x", "--tag", "y"]
        number = host.send("job.run", job="commands.run", params={"name": "stock", "arguments": words})
        assert host.reply(number)["value"] == {}
        printed = [each["text"] for each in host.messages if each.get("event") == "job.output"]
        assert "".join(printed) == "['a b'] 3 csv ['x', 'y']\n"


@pytest.mark.parametrize(
    ("name", "arguments", "code", "said"),
    [
        ("stock", ["a", "--format", "csv", "--limit", "0"], "command-failed", "nothing to do"),
        ("stock", ["a", "--format", "xml"], "command-failed", ""),
        ("broken", [], "project-error", "nothing_of_this_name"),
        ("no_such", [], "unknown-command", "no_such"),
        ("shell", [], "unknown-command", "shell"),
    ],
)
def test_what_goes_wrong_is_said(
    shop: Project, name: str, arguments: list[str], code: str, said: str
) -> None:
    with hosting(shop) as host:
        failure = host.job_failure("commands.run", name=name, arguments=arguments)
        assert failure["code"] == code and said in failure["message"]


def test_one_that_does_not_end_is_cancelled(shop: Project) -> None:
    with hosting(shop) as host:
        words = ["a", "--format", "csv", "--limit", "99"]
        number = host.send("job.run", job="commands.run", params={"name": "stock", "arguments": words})
        host.wait(lambda message: message.get("event") == "job.output")
        host.call("job.cancel", id=number)
        assert host.reply(number)["failure"]["code"] == "cancelled"
