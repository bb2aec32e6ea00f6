"""What an input takes of memory: a small one takes little, and none takes all there is."""

import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import environment

SAID = {"text": "t", "source": "talk", "basis": "stated"}
NOTE = SAID | {"about": "cost", "forms": ["f0"]}
SMALL = 64 * 1024
LARGE = 8 * 1024**2
# Runs calls after each other, and prints their statuses and the most memory, in MiB.
CALLS = """
import contextlib, io, json, pathlib, sys
from mgform.run import run
statuses = []
for words in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
        statuses.append(run(words))
status = pathlib.Path("/proc/self/status").read_text()
print(*statuses, int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/status").exists(),
    reason="reads what Linux tells of a process",
)


def run(*calls: str) -> tuple[set[int], int]:
    """The statuses of some calls in one process, and the most memory that it took, in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", CALLS],
        input=json.dumps([words.split() for words in calls]),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env=environment(),
        check=True,
    )
    *statuses, mebibytes = map(int, done.stdout.split())
    return set(statuses), mebibytes


def table(**parts: Any) -> str:
    """A small table with something in it that there is a lot of."""
    plain = {
        "title": "T",
        "nutrient": "n",
        "notice": "x",
        "scales": {"laxative": {"title": "L", "levels": ["mild", "strong"]}},
        "sources": [{"id": "talk", "kind": "thread", "citation": "c"}],
        "notes": [SAID | {"about": "cost"}],
        "forms": forms(1),
    }
    return json.dumps(plain | parts, separators=(",", ":"))


def forms(number: int, **more: Any) -> list[dict[str, Any]]:
    return [{"id": f"f{n}", "name": f"F{n}", **more} for n in range(number)]


def disputes(number: int, **more: Any) -> list[dict[str, Any]]:
    plain = {"question": "q", "positions": [SAID, SAID]}
    return [{"id": f"d{n}", **plain, **more} for n in range(number)]


def doubled() -> str:
    """Aliases of aliases, 67 million values where they are unfolded."""
    text = "a: &a [x]\n"
    for before, letter in itertools.pairwise("abcdefghijklmnopqrstuvwxyz"):
        text += f"{letter}: &{letter} [*{before}, *{before}]\n"
    return text


def small() -> list[str]:
    """Texts of 64 KB at most that are no table, or one with problems."""
    repeated = ("[", "{a: ", "- ", "a: ", "? ", "*a ", "a\n", "---\n", "\n")
    texts = [(piece * SMALL)[:SMALL] for piece in repeated]
    note = json.dumps(NOTE | {"details": "d " * 900})
    return [
        *texts,
        doubled(),
        f"a: &a [{'*a, ' * 15_000}]\n",
        f'{table()[:-1]}, "notes": [&n {note}{", *n" * 15_000}]}}',
        table(title="T" * 60_000),
        table(forms=forms(250, laxative="m" * 200)),
        table(disputes=disputes(480)),
        table(**{f"{'k' * 40}{n}": 1 for n in range(1200)}),
    ]


def large() -> list[str]:
    """Texts of 8 MiB at most that once took gigabytes."""
    long = json.dumps("m" * 5000)
    levels = ", ".join(
        f'{{"id": "g{n}", "name": "G{n}", "laxative": *long}}'
        for n in range(900)
    )
    whole = table(forms=[])[:-3]
    return [
        f'{whole}[{{"id": "f", "name": "F", "laxative": &long {long}}}, {levels}]}}',
        table(forms=forms(2000), disputes=disputes(2000)),
        table(forms=forms(1, aliases=[f"a{n}" for n in range(20_000)])),
        table(notes=[NOTE] * 5000 + [NOTE | {"text": "x" * 90_000}]),
        f'{{"forms": [{"{}, " * 700_000}]}}',
        f'{{"title": "{"x" * 8_300_000}"}}',
    ]


@needs_proc
@pytest.mark.parametrize(
    ("texts", "longest", "most"), [(small, SMALL, 100), (large, LARGE, 200)]
)
def test_no_table_takes_much_memory(
    texts: Callable[[], list[str]], longest: int, most: int, tmp_path: Path
) -> None:
    files = []
    for number, text in enumerate(texts()):
        assert len(text) <= longest
        file = tmp_path / f"{number}.yaml"
        file.write_text(text, "utf-8")
        files.append(str(file))
    statuses, mebibytes = run(*(f"validate {file}" for file in files))
    assert statuses <= {0, 1}
    assert mebibytes <= most


def repeated() -> list[tuple[str, str]]:
    """Tables of 64 KB at most that repeat as much as they may, and a little more than that."""
    long = NOTE | {"text": "\U0001f600" * 1990}
    ids = [f"f{n}" for n in range(900)]

    def on_many_forms(number: int) -> str:
        return table(
            forms=forms(number), notes=[long | {"forms": ids[:number]}]
        )

    return [
        (on_many_forms(600), on_many_forms(800)),
        (
            table(forms=forms(380), disputes=disputes(75)),
            table(forms=forms(450), disputes=disputes(75)),
        ),
    ]


@needs_proc
def test_a_list_is_not_much_larger_than_its_table(tmp_path: Path) -> None:
    too_much: list[str] = []
    as_much: list[str] = []
    for number, texts in enumerate(repeated()):
        for calls, text in zip((as_much, too_much), texts, strict=True):
            assert len(text.encode()) <= SMALL
            file = tmp_path / f"{number}-{len(text)}.json"
            file.write_text(text, "utf-8")
            calls.append(f"list --all --json --data {file}")
            calls.append(f"list --all --format csv --data {file}")
    statuses, _ = run(*too_much)
    assert statuses == {1}
    statuses, mebibytes = run(*as_much)
    assert statuses == {0}
    assert mebibytes <= 100
