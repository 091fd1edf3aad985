"""Boots a project and writes what Django's registry and URL resolver say, as JSON, to the file that is named.

Arguments: settings module, output file, folders for `sys.path` …

Whether a field is written in the source is not asked of the lens that is judged: CPython's own `ast` says it.
"""

import ast
import functools
import json
import pathlib
import sys

settings_module, output, *folders = sys.argv[1:]
sys.path[:0] = folders
sys.dont_write_bytecode = True

import os  # noqa: E402

os.environ["DJANGO_SETTINGS_MODULE"] = settings_module

import django  # noqa: E402
from django.urls import resolvers  # noqa: E402


def remember_maker(cls):
    """Lets each pattern know the file and function that made it, as nothing in Django tells later."""
    original = cls.__init__

    def remembering(self, *args, **kwargs):
        frame = sys._getframe(1)
        while frame is not None and "/django/urls/" in frame.f_code.co_filename:
            frame = frame.f_back
        self.maker = (frame.f_code.co_filename, frame.f_code.co_name) if frame else ("", "")
        original(self, *args, **kwargs)

    cls.__init__ = remembering


remember_maker(resolvers.URLPattern)
remember_maker(resolvers.URLResolver)
django.setup()

from django.apps import apps  # noqa: E402
from django.contrib.contenttypes.fields import GenericForeignKey  # noqa: E402
from django.db import models  # noqa: E402
from django.urls import URLResolver, get_resolver  # noqa: E402

ATTRIBUTES = [
    "max_length", "null", "blank", "unique", "db_index", "primary_key", "editable", "help_text",
    "verbose_name", "db_column", "default", "max_digits", "decimal_places", "auto_now", "auto_now_add",
    "upload_to", "serialize", "unique_for_date", "unique_for_month", "unique_for_year", "db_comment",
]  # fmt: skip
PLAIN = (str, int, float, bool, type(None))  # not their subclasses, which are lazy texts and enum members


@functools.cache
def module_tree(file):
    return ast.parse(pathlib.Path(file).read_bytes())


def class_statements(body):
    """The classes that a body binds, also below `if`, `try` and `with`, as an import would bind them."""
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            yield statement
        for part in ("body", "orelse", "finalbody"):
            if isinstance(statement, (ast.If, ast.Try, ast.With)):
                yield from class_statements(getattr(statement, part, []))
        for handler in getattr(statement, "handlers", []):
            yield from class_statements(handler.body)


def bound_names(body):
    for statement in body:
        if isinstance(statement, ast.Assign):
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            if isinstance(statement.target, ast.Name):
                yield statement.target.id
        elif isinstance(statement, (ast.If, ast.Try, ast.With)):
            for part in ("body", "orelse", "finalbody"):
                yield from bound_names(getattr(statement, part, []))
            for handler in getattr(statement, "handlers", []):
                yield from bound_names(handler.body)


@functools.cache
def written(cls):
    """Names that the class statement of a class binds; None for a class that no module writes at its top."""
    module = sys.modules.get(cls.__module__)
    file = getattr(module, "__file__", None)
    if file is None or not file.endswith(".py") or cls.__qualname__ != cls.__name__:
        return None
    found = [each for each in class_statements(module_tree(file).body) if each.name == cls.__name__]
    if not found:
        return None
    names = [set(bound_names(each.body)) for each in found]
    return set().union(*names)


def is_project_file(file):
    return any(file.startswith(folder.rstrip("/") + "/") for folder in folders)


def in_project(cls):
    return is_project_file(module_file(cls))


def module_file(cls):
    file = getattr(sys.modules.get(cls.__module__), "__file__", None) or ""
    return file


def plain(value):
    if type(value) in PLAIN:
        return value
    if isinstance(value, (list, tuple)):
        items = [plain(item) for item in value]
        return None if any(item is None for item in items) else items
    return None


def own_fields(model):
    meta = model._meta
    return [*meta.local_fields, *meta.local_many_to_many, *meta.private_fields]


def origin_of(model, field):
    """The class of the MRO whose statement made the field; a copy for a child keeps the creation counter."""
    counter = getattr(field, "creation_counter", None)
    origin = None
    for cls in model.__mro__:
        meta = cls.__dict__.get("_meta")
        if meta is None:
            continue
        for other in own_fields(cls):
            same = counter is None or getattr(other, "creation_counter", None) == counter
            if other.name == field.name and same:
                origin = cls
    return origin or model


def label_of(target):
    return target if isinstance(target, str) or target is None else target._meta.label


def dump_relation(field):
    if isinstance(field, GenericForeignKey):
        return {"target": None, "onDelete": None, "relatedName": None, "through": None}
    remote = getattr(field, "remote_field", None)
    if remote is None or getattr(remote, "model", None) is None:
        return None
    through = getattr(remote, "through", None)
    made = through is None or getattr(getattr(through, "_meta", None), "auto_created", False)
    on_delete = getattr(remote, "on_delete", None)
    return {
        "target": label_of(remote.model),
        "onDelete": getattr(on_delete, "__name__", None),
        "relatedName": getattr(field, "_related_name", None),
        "through": None if made else label_of(through),
    }


def dump_field(model, field):
    origin = origin_of(model, field)
    names = written(origin) if in_project(origin) else None
    try:
        _, path, _, options = field.deconstruct()
    except Exception:
        path, options = None, {}
    attributes = {name: getattr(field, name) for name in ATTRIBUTES if hasattr(field, name)}
    return {
        "name": field.name,
        "type": type(field).__name__,
        "bases": [cls.__name__ for cls in type(field).__mro__],
        "djangoType": type(field).__module__.startswith("django."),
        "written": names is not None and field.name in names,
        "origin": f"{origin.__module__}.{origin.__qualname__}",
        "autoCreated": bool(getattr(field, "auto_created", False)),
        "options": {name: value for name, value in options.items() if type(value) in PLAIN},
        "optionNames": sorted(options),
        "attributes": {name: value for name, value in attributes.items() if type(value) in PLAIN},
        "relation": dump_relation(field),
        "path": path,
    }


def belongs_to(model, field):
    """Whether a field is the model's own; Django copies generic relations of concrete parents to the child."""
    origin = origin_of(model, field)
    return origin is model or origin._meta.abstract and not any(
        origin in cls.__mro__ and not cls._meta.abstract
        for cls in model.__mro__[1:]
        if "_meta" in cls.__dict__
    )


def dump_model(model):
    meta = model._meta
    return {
        "id": meta.label,
        "module": model.__module__,
        "file": module_file(model),
        "inProject": in_project(model),
        "written": in_project(model) and written(model) is not None,
        "proxy": meta.proxy,
        "fields": [dump_field(model, field) for field in own_fields(model) if belongs_to(model, field)],
        "meta": {name: plain(value) for name, value in meta.original_attrs.items()},
        "bases": [cls._meta.label for cls in model.__mro__[1:] if isinstance(cls, type) and issubclass(cls, models.Model) and cls is not models.Model],
    }


def dump_routes(resolver, prefix, namespaces, found):
    for entry in resolver.url_patterns:
        file, function = entry.maker
        written = function == "<module>" and is_project_file(file)
        pattern = [*prefix, {"kind": type(entry.pattern).__name__, "text": str(entry.pattern), "written": written}]
        if isinstance(entry, URLResolver):
            inner = [*namespaces, entry.namespace] if entry.namespace else namespaces
            dump_routes(entry, pattern, inner, found)
            continue
        callback = entry.callback
        view = getattr(callback, "view_class", None) or getattr(callback, "cls", None) or callback
        file = getattr(sys.modules.get(getattr(view, "__module__", "")), "__file__", None)
        found.append(
            {
                "pattern": pattern,
                "name": ":".join([*namespaces, entry.name]) if entry.name else None,
                "view": f"{getattr(view, '__module__', '')}.{getattr(view, '__qualname__', type(view).__name__)}",
                "viewFile": file,
            }
        )
    return found


def main():
    try:
        routes, routes_problem = dump_routes(get_resolver(), [], [], []), None
    except Exception as error:  # a project whose URLconf does not load still has its models
        routes, routes_problem = [], f"{type(error).__name__}: {error}"
    result = {
        "django": django.get_version(),
        "models": [dump_model(model) for model in apps.get_models(include_swapped=True)],
        "routes": routes,
        "routesProblem": routes_problem,
    }
    pathlib.Path(output).write_text(json.dumps(result))


main()
