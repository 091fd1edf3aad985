"""The jobs: what a child can be asked to do, each a function `run(params, context) -> JSON value`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Context:
    """Where a job runs."""

    project: str
    settings: str


@dataclass(frozen=True)
class Job:
    """A job: its module and function, the command it stands for (None: its `name`), what it needs."""

    place: str
    command: str | None
    needs_setup: bool = True
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
    "checks.run": Job("checks:run", "check", own_environment=True),
    "migrations.state": Job("migration_state:state", "showmigrations"),
    "migrations.plan": Job("migration_plan:plan", "makemigrations"),
    "migrations.make": Job("migration_plan:make", "makemigrations"),
    "migrations.sql": Job("migration_apply:sql", "sqlmigrate"),
    "migrations.preview": Job("migration_apply:preview", "migrate"),
    "migrations.apply": Job("migration_apply:apply", "migrate"),
    "commands.list": Job("commands:list_commands", "help"),
    "commands.describe": Job("commands:describe_command", "help"),
    "commands.run": Job("commands:run", None),
    "users.list": Job("users:list_users", "shell"),
    "users.createSuperuser": Job("users:create_superuser", "createsuperuser"),
    "users.session": Job("sessions:session", "shell"),
    "users.csrf": Job("sessions:csrf", "shell"),
    "templates.render": Job("templates:render", "startproject", needs_setup=False),
}
