"""The management commands of a project, with the forms that their parsers describe."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.apps import apps
from django.core.management import CommandError, get_commands, load_command_class
from django.core.management.base import BaseCommand

from samois_host.code_places import is_library
from samois_host.failure import JobFailure, describe
from samois_host.jobs import Context
from samois_host.jobs.parameters import Params, text, texts

# They need a terminal, never end, or are what the studio itself does.
NOT_OFFERED = frozenset(("runserver", "testserver", "shell", "dbshell", "runserver_plus", "shell_plus"))
# Every command has these; they matter only with a terminal or where settings are chosen.
COMMON = frozenset(
    (
        "help",
        "version",
        "settings",
        "pythonpath",
        "no_color",
        "force_color",
        "skip_checks",
        "stdout",
        "stderr",
    )
)
TYPES = {int: "number", float: "number", None: "text", str: "text"}


def list_commands(params: Params, context: Context) -> dict[str, Any]:
    """The job: names and apps of all commands. None is loaded: one that is broken hides no other."""
    found = []
    for name, app in sorted(get_commands().items()):
        if name not in NOT_OFFERED:
            path = apps.get_app_config(app.rpartition(".")[2]).path if _is_app(app) else ""
            found.append({"name": name, "app": app, "project": bool(path) and not is_library(path)})
    return {"commands": found}


def describe_command(params: Params, context: Context) -> dict[str, Any]:
    """The job: what one command is for, and its arguments."""
    name = text(params, "name")
    command = _load(name)
    parser = command.create_parser("manage.py", name)
    actions = [each for each in parser._actions if each.dest not in COMMON]
    return {
        "name": name,
        "help": str(command.help or ""),
        "arguments": [_argument(each) for each in actions if each.help != argparse.SUPPRESS],
    }


def run(params: Params, context: Context) -> dict[str, Any]:
    """The job: run a command as `manage.py` would, with its arguments as words."""
    name, words = text(params, "name"), texts(params, "arguments")
    sys.argv[2:] = words
    command = _load(name)
    parser = command.create_parser("manage.py", name)
    try:
        options = vars(parser.parse_args(words))
        positional = options.pop("args", ())
        command.execute(*positional, **options)
    except CommandError as error:
        sentence = f"{name}: {str(error).rstrip('.')}."
        raise JobFailure("command-failed", sentence, {"exitCode": error.returncode}) from error
    except SystemExit as error:
        if error.code not in (None, 0):
            sentence = f"{name} ended with the exit code {error.code}."
            raise JobFailure("command-failed", sentence, {"exitCode": error.code}) from error
    return {}


def _is_app(name: str) -> bool:
    return any(config.name == name for config in apps.get_app_configs())


def _load(name: str) -> BaseCommand:
    app: Any = get_commands().get(name)
    if app is None or name in NOT_OFFERED:
        raise JobFailure("unknown-command", f"The project has no command named {name!r}.", {"name": name})
    try:
        return app if isinstance(app, BaseCommand) else load_command_class(app, name)
    except Exception as error:
        failure = describe(error)
        sentence = f"The command {name} could not be loaded: {failure['type']}: {failure['message']}"
        raise JobFailure("project-error", f"{sentence.rstrip('.')}.", {"failure": failure}) from error


def _argument(action: argparse.Action) -> dict[str, Any]:
    flag = max(action.option_strings, key=len, default=None)
    is_switch = action.nargs == 0
    many = action.nargs in ("*", "+") or (isinstance(action.nargs, int) and action.nargs > 1)
    kind = "switch" if is_switch else "choice" if action.choices else TYPES.get(_type(action), "text")
    return {
        "name": action.dest,
        "flag": flag,
        "kind": kind,
        "many": many or isinstance(action, argparse._AppendAction),
        "repeatsFlag": isinstance(action, argparse._AppendAction),
        "required": action.required and action.nargs not in ("*", "?"),
        "choices": [str(each) for each in action.choices or ()],
        "default": _default(action),
        "help": _help(action),
    }


def _type(action: argparse.Action) -> Any:
    return action.type if action.type in TYPES else None


def _default(action: argparse.Action) -> str | None:
    plain = isinstance(action.default, (str, int, float)) and not isinstance(action.default, bool)
    return str(action.default) if plain and action.default != argparse.SUPPRESS else None


def _help(action: argparse.Action) -> str:
    try:
        return (action.help or "") % {**vars(action), "prog": "manage.py"}
    except (KeyError, TypeError, ValueError):
        return action.help or ""
