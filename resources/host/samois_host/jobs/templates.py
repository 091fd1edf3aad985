"""Renders a folder of template files with Django's own template engine, without the project."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context as TemplateContext
from django.template import Engine, TemplateSyntaxError

from samois_host.failure import JobFailure
from samois_host.jobs import Context
from samois_host.jobs.parameters import Params, read, text

SUFFIX = ".tpl"


class UndefinedVariable(Exception):
    """A template names a variable that its context does not have."""


class Refusing(str):
    """As `string_if_invalid`: a misspelt variable is an error, not an empty string in the user's code."""

    def __mod__(self, variable: Any) -> str:
        raise UndefinedVariable(str(variable))


@dataclass(frozen=True)
class Output:
    """One file to write."""

    path: str
    content: bytes
    source: str


def render(params: Params, context: Context) -> dict[str, Any]:
    """The job: render all, then write all; nothing is written when one of them fails."""
    if not settings.configured:
        settings.configure(USE_I18N=False)  # numbers and dates are formatted by settings
    template, target = (os.path.abspath(text(params, name)) for name in ("template", "target"))
    if not os.path.isdir(template):
        sentence = f"The template folder {template} does not exist."
        raise JobFailure("bad-request", sentence, {"parameter": "template"})
    names, values = read(params, "names", dict, {}), read(params, "context", dict, {})
    outputs = list(_outputs(template, target, names, values))
    taken = [output.path for output in outputs if os.path.lexists(output.path)]
    if taken and not read(params, "overwrite", bool, False):
        sentence = f"{taken[0]} exists already, so nothing was written."
        raise JobFailure("target-exists", sentence, {"files": taken})
    for output in outputs:
        os.makedirs(os.path.dirname(output.path), exist_ok=True)
        with open(output.path, "wb") as file:
            file.write(output.content)
        shutil.copymode(output.source, output.path)
    return {"written": [output.path for output in outputs]}


def _outputs(template: str, target: str, names: Any, values: Any) -> Iterator[Output]:
    engine = Engine(autoescape=False, string_if_invalid=Refusing("%s"))
    for folder, folders, files in os.walk(template):
        folders.sort()
        for name in sorted(files):
            source = os.path.join(folder, name)
            relative = _placed(os.path.relpath(source, template), names)
            with open(source, "rb") as file:
                content = file.read()
            if relative.endswith(SUFFIX):
                relative = relative.removesuffix(SUFFIX)
                content = _rendered(engine, source, content, values)
            path = os.path.normpath(os.path.join(target, relative))
            if not path.startswith(target.rstrip(os.sep) + os.sep):
                sentence = f"The name {relative!r} leads out of the target folder."
                raise JobFailure("bad-request", sentence, {"parameter": "names"})
            yield Output(path, content, source)


def _placed(path: str, names: dict[str, Any]) -> str:
    for name, value in names.items():
        path = path.replace(f"__{name}__", str(value))
    return path


def _rendered(engine: Engine, source: str, content: bytes, values: dict[str, Any]) -> bytes:
    try:
        rendered: str = engine.from_string(content.decode()).render(TemplateContext(values, autoescape=False))
        return rendered.encode()
    except UndefinedVariable as error:
        sentence = f"The template {source} needs the variable {error}, which was not given."
        raise JobFailure("template-error", sentence, {"file": source, "variable": str(error)}) from error
    except (TemplateSyntaxError, UnicodeDecodeError) as error:
        sentence = f"The template {source} cannot be rendered: {error}."
        raise JobFailure("template-error", sentence, {"file": source}) from error
