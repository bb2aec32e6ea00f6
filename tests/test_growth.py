"""No table takes long or much memory: what once did, and what looks as if it could."""

import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import environment

HEAD = """title: T
nutrient: n
notice: x
scales: {laxative: {title: L, levels: [mild, strong]}}
sources: [{id: talk, kind: thread, citation: c}]
notes: [{about: cost, text: t, source: talk, basis: stated}]
"""
SAID = "text: t, source: talk, basis: stated"
MEASURE = """
import pathlib, sys, time
from mgform.reader import problems
for file in sys.argv[1:]:
    begin = time.process_time()
    found = problems(file)
    print(len(found), time.process_time() - begin)
status = pathlib.Path("/proc/self/status")
peak = status.read_text().partition("VmHWM:")[2].split()[0] if status.exists() else 0
print(int(peak) / 1024, 0)
"""

LIST = """
import pathlib, sys, time
from mgform.cli import run
code = run(["list", *sys.argv[1:]])
status = pathlib.Path("/proc/self/status")
peak = status.read_text().partition("VmHWM:")[2].split()[0] if status.exists() else 0
print(code, time.process_time(), int(peak) / 1024, file=sys.stderr)
"""


def many(number: int, written: str) -> str:
    """So many pieces, each with its number for ``#``."""
    return "".join(written.replace("#", f"{each:05}") for each in range(number))


def forms(number: int, rest: str = "") -> str:
    return "forms:\n" + many(number, f"- {{id: f#, name: F#{rest}}}\n")


LONG = "abcdefghijklmnopqrstuvwxyzabcdefg"


def small() -> dict[str, str]:
    """Tables of 64 KB at most."""
    return {
        "wrong ids that are alike": f"{HEAD}forms:\n{many(290, f'- {{id: {LONG}#, name: F#}}' + chr(10))}disputes:\n"
        f"- {{id: d, question: q, positions: [{{{SAID}}}, {{{SAID}}}], forms: [{many(900, f'{LONG}#x, ')}]}}\n",
        "levels that are alike": HEAD.replace("[mild, strong]", f"[{many(20, LONG + '#, ')}]")
        + forms(700, f", laxative: {LONG}x"),
        "keys that are alike": HEAD + many(1500, "upper_levels_cautio#: x\n"),
        "a text at many aliases": f"{HEAD}{forms(1)}- {{id: g, name: G, notes: [&n {{about: cost, {SAID}, details: "
        f"{'d ' * 900}}}{', *n' * 15_000}]}}\n",
        "aliases of aliases": "a: &a [x]\n"
        + "".join(
            f"{one}: &{one} [*{two}, *{two}]\n"
            for two, one in itertools.pairwise("abcdefghijklmnopqrstuvwxyz")
        ),
        "a value in itself": f"a: &a [{'*a, ' * 15_000}]\n",
        "a long line": f"{HEAD}{forms(1)}- {{id: g, name: {'a ' * 30_000}}}\n",
        "lists in lists": "[" * 60_000,
        "mappings in mappings": "? " * 30_000,
        "no document": "\n" * 60_000,
        "documents": "---\n" * 15_000,
    }


def large() -> dict[str, str]:
    """Tables that once took a minute or gigabytes."""
    return {
        "a misspelt level": f"{HEAD}{forms(1, ', laxative: &long ' + 'm' * 5000)}"
        + many(900, "- {id: g#, name: G#, laxative: *long}\n"),
        "forms and disputes": f"{HEAD}{forms(2000)}disputes:\n"
        + many(2000, f"- {{id: d#, question: q, positions: [{{{SAID}}}, {{{SAID}}}]}}\n"),
        "a long note": HEAD.replace(
            "notes: [", f"notes: [{many(5000, f'{{about: cost, {SAID}}}, ')}"
        )
        + forms(
            1, f", notes: [{{about: cost, source: talk, basis: stated, text: {'x' * 90_000}}}]"
        ),
        "prefixes and aliases": f"{HEAD}name_prefixes: [{many(20_000, 'p#, ')}]\n"
        + forms(1, f", aliases: [{many(20_000, 'a#, ')}]"),
        "wrong ids": f"{HEAD}{forms(25_000)}disputes:\n"
        f"- {{id: d, question: q, positions: [{{{SAID}}}, {{{SAID}}}], forms: [{many(1100, 'z#, ')}]}}\n",
        "700,000 forms": f'{{"forms": [{"{}, " * 700_000}]}}',
        "a string of 9 MB": f'{{"title": "{"x" * 9_000_000}"}}',
    }


@pytest.mark.parametrize(
    ("tables", "kilobytes", "seconds", "mebibytes"), [(small, 64, 1, 100), (large, 9_000, 3, 200)]
)
def test_nothing_grows_faster_than_its_input(
    tables: Callable[[], dict[str, str]],
    kilobytes: int,
    seconds: float,
    mebibytes: int,
    tmp_path: Path,
) -> None:
    texts = tables()
    for number, text in enumerate(texts.values()):
        assert len(text) <= kilobytes * 1024
        (tmp_path / f"{number:02}.yaml").write_text(text, "utf-8")
    files = sorted(map(str, tmp_path.iterdir()))
    printed = subprocess.check_output(
        [sys.executable, "-c", MEASURE, *files], encoding="utf-8", env=environment()
    )
    *lines, peak = [[*map(float, line.split())] for line in printed.splitlines()]
    slow = {name: took for name, (_, took) in zip(texts, lines, strict=True) if took > seconds}
    assert slow == {}
    assert peak[0] <= mebibytes


def repeated() -> dict[str, str]:
    """Tables of 64 KB at most that repeat as much as they may, and more than that."""
    long = "{about: cost, source: talk, basis: stated, text: *long}"
    head = HEAD.replace(
        "notes: [", f"notes: [{long.replace('*long', '&long ' + chr(0x1F600) * 1990)}, "
    )

    def notes(number: int, note: str) -> str:
        return f"- {{id: g, name: G, notes: [&n {note}{', *n' * number}]}}\n"

    first = (
        f"disputes:\n- {{id: d, question: {'q' * 1990}, positions: [&said {{{SAID}}}, *said]}}\n"
    )
    disputes = first.replace("q" * 1990, "q") + many(
        74, "- {id: d#, question: q, positions: [*said, *said]}\n"
    )
    return {
        "long notes and a dispute": head + forms(1300) + notes(1900, long) + first,
        "small notes": HEAD + forms(1) + notes(10_800, f"{{about: cost, {SAID}}}"),
        "disputes": HEAD + forms(380) + disputes,
        "more long notes": head + forms(1) + notes(2100, long),
        "more small notes": HEAD + forms(1) + notes(12_000, f"{{about: cost, {SAID}}}"),
        "more disputes": HEAD + forms(450) + disputes,
    }


@pytest.mark.parametrize("options", ["--json", "--format csv"])
def test_a_list_is_not_much_larger_than_its_table(options: str, tmp_path: Path) -> None:
    for name, text in repeated().items():
        assert len(text.encode()) <= 64 * 1024
        file = tmp_path / "t.yaml"
        file.write_text(text, "utf-8")
        words = [sys.executable, "-c", LIST, *options.split(), "--data", str(file)]
        done = subprocess.run(
            words,
            stdout=subprocess.DEVNULL,
            stderr=-1,
            encoding="utf-8",
            env=environment(),
            check=True,
        )
        status, seconds, mebibytes = map(float, done.stderr.splitlines()[-1].split())
        assert (status, seconds <= 1, mebibytes <= 100) == (name.startswith("more"), True, True), (
            name,
            done.stderr,
        )
