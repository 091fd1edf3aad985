"""Reads what was typed in a shell: whether it is whole, and how to run it."""

from __future__ import annotations

import ast
import codeop
import linecache
import warnings
from types import CodeType


def is_whole(text: str) -> bool:
    """Whether it can be run as it stands; what is wrong is whole, too: running it says what.

    A block is whole after an empty line, as in Python's own shell.
    """
    lines = text.split("\n")
    open_block = len(lines) > 1 and bool(lines[-1].strip())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, OverflowError):
        return not _is_begun(text)
    return not (open_block and tree.body and hasattr(tree.body[-1], "body"))


def _is_begun(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return codeop.compile_command(text, symbol="exec") is None
    except (SyntaxError, ValueError, OverflowError):
        return False


def compiled(text: str, name: str) -> list[CodeType]:
    """The steps to run it in: the value of a last expression is shown, as in Python's own shell."""
    lines = [f"{line}\n" for line in text.split("\n")]
    linecache.cache[name] = (len(text), None, lines, name)
    tree = ast.parse(text, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    steps = [compile(tree, name, "exec")]
    if last is not None:
        steps.append(compile(ast.Interactive([last]), name, "single"))
    return steps
