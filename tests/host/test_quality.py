"""The host and its tests keep to their own rules."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
HOST = TESTS.parents[1] / "resources" / "host"
SOURCES = [path for folder in (HOST, TESTS) for path in folder.rglob("*.py")]


@pytest.mark.parametrize(
    "command",
    [("ruff", "check", HOST, TESTS), ("ruff", "format", "--check", HOST, TESTS), ("mypy",)],
    ids=["lint", "format", "types"],
)
def test_tools_have_nothing_to_say(command: tuple[str | Path, ...]) -> None:
    whole = [sys.executable, "-m", *map(str, command)]
    done = subprocess.run(whole, cwd=HOST, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_are_short() -> None:
    assert [path.name for path in SOURCES if len(path.read_text().splitlines()) > 400] == []


def test_only_one_module_knows_the_platform() -> None:
    platform = re.compile(r"sys\.platform|os\.name\b|platform\.system|os\.(killpg|setpgid|fork)\(|prctl")
    knowing = [path.name for path in HOST.rglob("*.py") if platform.search(path.read_text())]
    assert knowing == ["operating_system.py"]


def test_every_failure_code_is_documented() -> None:
    readme = (HOST / "README.md").read_text()
    raised = re.compile(r"(?:Host|Job)Failure\(\s*\"([a-z-]+)\"")
    codes = {code for path in HOST.rglob("*.py") for code in raised.findall(path.read_text())}
    assert {code for code in codes if f"`{code}`" not in readme} == set()
    assert len(codes) > 15
