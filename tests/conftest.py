"""What the tests share: the tables, and two ways to run the program."""

import compileall
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import msgspec
import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

import mgform
from mgform.label.words import Words
from mgform.reader import load
from mgform.run import run
from mgform.table import Table

ROOT = Path(__file__).parent.parent
FROZEN = ROOT / "tests" / "tables" / "frozen.yaml"
SAFETY = 300
"""Seconds after which a process is stopped that hangs; none needs five on a slow machine."""


class Done(NamedTuple):
    """What a call has printed, and its status."""

    stdout: str
    stderr: str
    status: int


Call = Callable[..., Done]


LEFT_OUT: set[str] = set()
"""What the documentation's examples need and this machine lacks."""

# Beside the temporary folders of pytest, which has one for each user, and not in the checkout:
# it may be read-only.
set_hypothesis_home_dir(
    Path(tempfile.gettempdir()) / f"hypothesis-of-{os.getuid()}"
)
settings.register_profile("mgform", database=None, deadline=None)
settings.load_profile("mgform")


def pytest_sessionstart() -> None:
    """Run from the checkout, wherever the tests were started: answers name files from there."""
    os.chdir(ROOT)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in a line which examples were not run."""
    if LEFT_OUT:
        terminalreporter.write_line(
            f"not run, for want of {', '.join(sorted(LEFT_OUT))}: examples in the documentation"
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the README's examples and the facts: they tell first what a word has changed."""
    first = ("[README.md]", "test_facts[")
    items.sort(key=lambda item: not any(part in item.nodeid for part in first))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew",
        action="store_true",
        help="write what the commands print now into what was approved",
    )


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    """Whether approved outputs are to be written anew."""
    return bool(request.config.getoption("--renew"))


def environment(**changes: str) -> dict[str, str]:
    """An environment that says nothing of the screen but what a test says."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "SYSTEMROOT", "LANG", "PYTHONPATH")
        if name in os.environ
    }
    return (
        kept
        | {"PYTHONDONTWRITEBYTECODE": "1", "MGFORM_TRACEBACK": ""}
        | changes
    )


def call(*args: str, stdin: str | bytes | None = None, **env: str) -> Done:
    """Run mgform in this process; the standard streams are replaced."""
    given = stdin.encode() if isinstance(stdin, str) else stdin or b""
    streams = {
        name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        for name in ("stdout", "stderr")
    }
    with (
        mock.patch.dict(os.environ, environment(**env), clear=True),
        mock.patch(
            "sys.stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
        ),
        mock.patch("sys.stdout", streams["stdout"]),
        mock.patch("sys.stderr", streams["stderr"]),
    ):
        status = run([*args])
        for stream in streams.values():
            stream.flush()
    out, err = (
        stream.buffer.getvalue().decode() for stream in streams.values()
    )
    return Done(out, err, status)


def process(
    *args: str, stdin: str | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run mgform in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "mgform", *args],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        encoding="utf-8",
        env=environment(**env),
        cwd=ROOT,
        check=False,
        timeout=SAFETY,
    )


@pytest.fixture(autouse=True, scope="session")
def read_once() -> Iterator[None]:
    """Read the table that comes with mgform, and learn the words of its labels, once."""
    own = cache(load)
    learned = cache(lambda: Words(own()))

    def load_once(path: str | None = None) -> Table:
        return own() if path is None else load(path)

    def words_of(table: Table) -> Words:
        return learned() if table is own() else Words(table)

    with (
        mock.patch("mgform.reader.load", load_once),
        mock.patch("mgform.label.reading.Words", words_of),
    ):
        yield


@pytest.fixture(autouse=True, scope="session")
def as_installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let processes find mgform as a wheel has it, with its table as JSON, too.

    It is read ten times as fast as YAML, by each of some eighty processes.
    """
    package = Path(mgform.__file__).parent
    folder = tmp_path_factory.mktemp("installed")
    copied = shutil.copytree(package, folder / "mgform")
    (copied / "data").mkdir(exist_ok=True)
    parts = msgspec.to_builtins(load())
    labels = msgspec.json.encode(parts.pop("labels"))
    (copied / "data" / "labels.json").write_bytes(labels)
    (copied / "data" / "forms.json").write_bytes(msgspec.json.encode(parts))
    compileall.compile_dir(copied, quiet=1)
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    with mock.patch.dict(os.environ, PYTHONPATH=os.pathsep.join(paths)):
        yield


@pytest.fixture(scope="session")
def table() -> Table:
    """The table that comes with mgform."""
    return load()


@pytest.fixture(scope="session")
def frozen() -> Table:
    """A small table of another nutrient that does not change."""
    return load(str(FROZEN))
