"""What the tests share: the tables, and a way to run the program as a user does."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mgform.loader import load
from mgform.model import Table
from mgform.names import Names

ROOT = Path(__file__).parent.parent
FROZEN = ROOT / "tests" / "tables" / "frozen.yaml"

Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write what the commands print now")


def environment(**changes: str) -> dict[str, str]:
    """An environment that says nothing of the screen but what a test says."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "LANG") if name in os.environ}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"} | changes


@pytest.fixture(scope="session")
def run() -> Run:
    """Run mgform in a process of its own, away from the checkout."""

    def call(*args: str, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mgform", *args],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            encoding="utf-8",
            env=environment(**env),
            cwd=ROOT,
            check=False,
            timeout=60,
        )

    return call


@pytest.fixture(scope="session")
def table() -> Table:
    """The table that comes with mgform."""
    return load()


@pytest.fixture(scope="session")
def frozen() -> Table:
    """A small table of another nutrient that does not change."""
    return load(str(FROZEN))


@pytest.fixture(scope="session")
def names(table: Table) -> Names:
    """The names of the table that comes with mgform."""
    return Names(table)
