"""Finds the index whose lack makes the database read all of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

# https://www.sqlite.org/eqp.html: "SCAN" reads all of a table; PostgreSQL calls it a "Seq Scan".
SCANS = (
    re.compile(r"\bSCAN (?:TABLE )?\"?(\w+)\"?(?! USING| .*USING)"),
    re.compile(r"\bSeq Scan on \"?(\w+)\"?"),
)
COMPARED = r'"{table}"\."(\w+)" (=|IN|BETWEEN|>=|<=|>|<|IS NULL)(?=[ (%]|$)'
EQUAL = ("=", "IN", "IS NULL")


def missing_indexes(sql: str, plan: Iterable[str]) -> list[dict[str, Any]]:
    """Model and fields of each index that would spare a scan: those compared for equality, then one other."""
    scanned = {match[1] for line in plan for scan in SCANS for match in scan.finditer(line)}
    found = []
    for model in apps.get_models():
        table = model._meta.db_table
        if table in scanned and model._meta.managed and not model._meta.proxy:
            fields = _compared(sql, model)
            if fields and not _leads_an_index(model, fields[0]):
                found.append({"model": model._meta.label, "fields": [field.name for field in fields]})
    return found


def _compared(sql: str, model: type[models.Model]) -> list[models.Field[Any, Any]]:
    where = sql.partition(" WHERE ")[2]
    # In an OR each side would need an index of its own.
    if " OR " in where:
        return []
    columns = {field.column: field for field in model._meta.local_concrete_fields}
    equal: list[models.Field[Any, Any]] = []
    ranged: list[models.Field[Any, Any]] = []
    pattern = COMPARED.replace("{table}", re.escape(model._meta.db_table))
    for match in re.finditer(pattern, where):
        field, others = columns.get(match[1]), equal if match[2] in EQUAL else ranged
        if field is not None and field not in equal and field not in ranged:
            others.append(field)
    return equal + ranged[:1]


def _leads_an_index(model: type[models.Model], field: models.Field[Any, Any]) -> bool:
    """An index that is there and not used would not be used under another name."""
    if field.primary_key or field.unique or field.db_index:
        return True
    named = [index.fields[:1] for index in model._meta.indexes]
    named += [list(each.fields[:1]) for each in model._meta.total_unique_constraints]
    named += [list(each[:1]) for each in model._meta.unique_together]
    return [field.name] in named
