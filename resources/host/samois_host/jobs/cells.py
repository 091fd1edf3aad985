"""Stored values on their way to and from the studio: numbers as text, so that no digit is lost."""

from __future__ import annotations

import json
import math
from typing import Any

Cell = dict[str, Any]


def cell_of(value: Any) -> Cell:
    """A value as a database driver takes or gives it."""
    if value is None:
        return {"kind": "null"}
    if isinstance(value, bool):
        return {"kind": "integer", "text": str(int(value))}
    if isinstance(value, int):
        return {"kind": "integer", "text": str(value)}
    if isinstance(value, float):
        return {"kind": "real", "text": _real(value)}
    if isinstance(value, (bytes, bytearray, memoryview)):
        data = bytes(value)
        return {"kind": "blob", "bytes": len(data), "hex": data.hex()}
    if isinstance(value, (dict, list)):
        return {"kind": "text", "text": json.dumps(value, ensure_ascii=False)}
    return {"kind": "text", "text": str(value)}


def text_of(cell: Cell) -> Any:
    """What a field's `to_python` takes for a stored value."""
    return None if cell["kind"] == "null" else cell.get("text", cell.get("hex"))


def _real(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)
