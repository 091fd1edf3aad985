"""The jobs: what a child can be asked to do, each a function `run(params, context) -> JSON value`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Report = dict[str, Any]


def _nobody(message: Any) -> None:
    """Whoever does not listen."""


@dataclass(frozen=True)
class Context:
    """Where a job runs."""

    project: str
    settings: str
    # Tells the studio something while the job runs.
    report: Callable[[Report], object] = _nobody
    # From now on what the studio tells this job comes to this function, in a thread of its own.
    hear: Callable[[Callable[[Any], object]], object] = _nobody


@dataclass(frozen=True)
class Job:
    """A job: its module and function, the command it stands for (None: its `name`), what it needs."""

    place: str
    command: str | None
    needs_setup: bool = True
    # It stands in the project as manage.py does; a job that needs no setup may still make it itself.
    enters: bool = True
    own_environment: bool = False
    # It only looks, at what the serving child has loaded already: no process of its own is needed then.
    served: bool = False

    def run(self, params: dict[str, Any], context: Context) -> Any:
        """Run it. Its module is imported only now: the modules need Django, some need the project."""
        module, _, function = self.place.partition(":")
        return getattr(import_module(f"samois_host.jobs.{module}"), function)(params, context)


JOBS: dict[str, Job] = {
    "runtime.read": Job("runtime:read", "check", served=True),
    "queries.explain": Job("explain:explain", "shell", served=True),
    "database.describe": Job("database_models:describe", "shell", served=True),
    "database.labels": Job("database_models:labels", "shell", served=True),
    "database.collect": Job("database_models:collect", "shell", served=True),
    "checks.run": Job("checks:run", "check", own_environment=True),
    "migrations.state": Job("migration_state:state", "showmigrations"),
    "migrations.plan": Job("migration_plan:plan", "makemigrations"),
    "migrations.make": Job("migration_plan:make", "makemigrations"),
    "migrations.sql": Job("migration_apply:sql", "sqlmigrate"),
    "migrations.preview": Job("migration_apply:preview", "migrate"),
    "migrations.apply": Job("migration_apply:apply", "migrate"),
    "migrations.show": Job("migration_apply:show", "sqlmigrate"),
    "migrations.rehearse": Job("migration_rehearse:rehearse", "migrate"),
    "migrations.merge": Job("migration_write:merge", "makemigrations"),
    "migrations.squash": Job("migration_write:squash", "squashmigrations"),
    "migrations.stub": Job("migration_write:stub", "makemigrations"),
    "migrations.drift": Job("migration_drift:drift", "showmigrations"),
    "copies.list": Job("migration_copies:list_copies", "showmigrations"),
    "copies.make": Job("migration_copies:make", "migrate"),
    "copies.restore": Job("migration_copies:restore", "migrate"),
    "commands.list": Job("commands:list_commands", "help"),
    "commands.describe": Job("commands:describe_command", "help"),
    "commands.run": Job("commands:run", None),
    "users.list": Job("users:list_users", "shell"),
    "users.createSuperuser": Job("users:create_superuser", "createsuperuser"),
    "users.session": Job("sessions:session", "shell"),
    "users.csrf": Job("sessions:csrf", "shell"),
    "templates.render": Job("templates:render", "startproject", needs_setup=False, enters=False),
    "tests.find": Job("tests:find", "test", needs_setup=False),
    "tests.run": Job("tests:run", "test", needs_setup=False),
    "shell.open": Job("shell:open_shell", "shell", needs_setup=False),
}
