"""Every URL pattern as Django resolves it."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.contrib.admindocs import utils as regex_text
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters
from django.urls.resolvers import LocalePrefixPattern, RegexPattern
from django.views import View

from samois_host.jobs.source_places import place_of


@dataclass(frozen=True)
class Prefix:
    """What the resolvers above a pattern contribute to it."""

    text: str = "/"
    regex: bool = False
    namespaces: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str | None], ...] = ()

    def joined(self, pattern: Any) -> Prefix:
        """This prefix with one more pattern behind it."""
        is_regex = isinstance(pattern, RegexPattern)
        text = _regex_as_path(pattern._regex) if is_regex else _route(pattern)
        return replace(
            self,
            text=self.text + text,
            regex=self.regex or is_regex,
            parameters=self.parameters + tuple(_parameters(pattern)),
        )


def routes() -> list[dict[str, Any]]:
    """All routes, in the order in which Django tries them."""
    return list(_walk(get_resolver().url_patterns, Prefix()))


def _walk(patterns: list[Any], prefix: Prefix) -> Iterator[dict[str, Any]]:
    for each in patterns:
        joined = prefix.joined(each.pattern)
        if isinstance(each, URLResolver):
            if each.namespace:
                joined = replace(joined, namespaces=(*joined.namespaces, each.namespace))
            yield from _walk(each.url_patterns, joined)
        elif isinstance(each, URLPattern):
            yield _describe(each, joined)


def _route(pattern: Any) -> str:
    if isinstance(pattern, LocalePrefixPattern):
        return str(pattern.language_prefix)
    return str(pattern)


def _regex_as_path(expression: str) -> str:
    text = str(expression)
    for step in (
        regex_text.remove_non_capturing_groups,
        regex_text.replace_named_groups,
        regex_text.replace_unnamed_groups,
        regex_text.replace_metacharacters,
    ):
        text = step(text)
    # An address has no escapes: \. of an expression is its dot.
    return re.sub(r"\\(\W)", r"\1", text).removeprefix("/")


def _parameters(pattern: Any) -> Iterator[tuple[str, str | None]]:
    if isinstance(pattern, RegexPattern):
        for name in pattern.regex.groupindex:
            yield name, None
        return
    names = {type(converter): name for name, converter in get_converters().items()}
    for name, converter in pattern.converters.items():
        yield name, names.get(type(converter), type(converter).__name__)


def _describe(route: URLPattern, whole: Prefix) -> dict[str, Any]:
    callback = route.callback
    actions = getattr(callback, "actions", None)
    cls = getattr(callback, "view_class", None) or getattr(callback, "cls", None)
    view = cls or _unwrapped(callback)
    kind = "viewset" if actions else "class" if cls else "function"
    # rest_framework.decorators.api_view makes a class around a function and names it after it.
    if cls is not None and cls.__qualname__ == "WrappedAPIView":
        kind, view = "function", _function_of(cls) or cls
    file, line = place_of(view)
    module = getattr(view, "__module__", None) or ""
    config = apps.get_containing_app_config(module)
    described = {
        "pattern": whole.text,
        "regex": whole.regex,
        "name": route.name,
        "namespace": ":".join(whole.namespaces) or None,
        "view": f"{module}.{_name(view)}",
        "viewKind": kind,
        "methods": _methods(callback, cls, actions),
        "file": file,
        "line": line,
        "parameters": [{"name": name, "converter": converter} for name, converter in whole.parameters],
        "app": config.label if config else None,
        "permissions": [_name(each) for each in getattr(cls, "permission_classes", None) or ()],
    }
    if actions:
        described["actions"] = {method.upper(): action for method, action in actions.items()}
    return described


def _place_of_method(name: str) -> tuple[int, str]:
    known = View.http_method_names
    return (known.index(name) if name in known else len(known)), name


def _name(thing: Any) -> str:
    return str(getattr(thing, "__qualname__", None) or type(thing).__qualname__)


def _unwrapped(callback: Any) -> Any:
    callback = inspect.unwrap(callback)
    while isinstance(callback, functools.partial):
        callback = inspect.unwrap(callback.func)
    return callback


def _function_of(cls: type) -> Any:
    for name in ("get", "post", "put", "patch", "delete", "options"):
        handler = vars(cls).get(name)
        variables = inspect.getclosurevars(handler).nonlocals if inspect.isfunction(handler) else {}
        if "func" in variables:
            return _unwrapped(variables["func"])
    return None


def _methods(callback: Any, cls: Any, actions: dict[str, str] | None) -> list[str] | None:
    if actions:
        return [method.upper() for method in actions]
    if cls is not None:
        # api_view of rest_framework gives them as a set: always show them in one order.
        own = [name for name in cls.http_method_names if hasattr(cls, name)]
        return [name.upper() for name in sorted(own, key=_place_of_method)]
    # https://docs.djangoproject.com/en/5.2/topics/http/decorators/: require_http_methods and its
    # variants keep the list in a closure; where there is none the view takes what it likes.
    layer = callback
    while layer is not None:
        code, cells = getattr(layer, "__code__", None), getattr(layer, "__closure__", None)
        if code is not None and cells and "request_method_list" in code.co_freevars:
            allowed = cells[code.co_freevars.index("request_method_list")].cell_contents
            return [str(method).upper() for method in allowed]
        layer = getattr(layer, "__wrapped__", None)
    return None
