"""Project modules are compiled from their source each time: no bytecode of theirs is read or written.

Python takes a `.pyc` for fresh when the source has the same size and the same whole second, so of two quick
edits that change `1` to `2` the second would not be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from types import CodeType

from samois_host.code_places import is_library

_readers: list[Callable[[str], object]] = []


def on_read(reader: Callable[[str], object]) -> None:
    """Have every project file told just before its source is read."""
    _readers.append(reader)


def install() -> None:
    """Change the loader that every way of importing a source file ends at."""
    with_bytecode = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        if is_library(path):
            return with_bytecode(self, fullname)
        for reader in _readers:
            reader(path)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign,assignment]
