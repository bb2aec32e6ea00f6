"""No input takes long: what is four times as large takes about four times as many steps."""

import contextlib
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from mgform.dose import in_compounds
from mgform.errors import MgformError
from mgform.forms import profile
from mgform.names import Names
from mgform.reader import load, problems
from tests.conftest import FROZEN
from tests.steps import MOST, growth, steps

HEAD = """title: T
nutrient: n
notice: x
scales: {laxative: {title: L, levels: [mild, strong]}}
sources: [{id: talk, kind: thread, citation: c}]
"""
SAID = "text: t, source: talk, basis: stated"
LONG = "abcdefghijklmnopqrstuvwxyzabcdefg"
COST = f"notes: [{{about: cost, {SAID}}}]\n"


def many(number: int, written: str) -> str:
    """So many pieces, each with its number for ``#``."""
    return "".join(
        written.replace("#", f"{piece:05}") for piece in range(number)
    )


def forms(number: int, rest: str = "") -> str:
    return "forms:\n" + many(number, f"- {{id: f#, name: F#{rest}}}\n")


def dispute(form_ids: str) -> str:
    positions = f"positions: [{{{SAID}}}, {{{SAID}}}]"
    return f"disputes:\n- {{id: d, question: q, {positions}, forms: [{form_ids}]}}\n"


TABLES: dict[str, Callable[[int], str]] = {
    "forms": lambda n: HEAD + COST + forms(50 * n),
    "forms with aliases": lambda n: (
        HEAD + COST + forms(1, f", aliases: [{many(100 * n, 'a#, ')}]")
    ),
    "aliases behind many prefixes": lambda n: (
        f"{HEAD}{COST}name_prefixes: [{many(50, 'p#, ')}]\n"
        + forms(1, f", aliases: [{many(50 * n, 'p00001 a#, ')}]")
    ),
    "compounds": lambda n: (
        HEAD
        + COST
        + forms(
            1, f", compounds: [{many(50 * n, '{name: c#, names: [d#]}, ')}]"
        )
    ),
    "notes": lambda n: (
        f"{HEAD}notes: [{many(50 * n, f'{{about: cost, forms: [f00000], {SAID}}}, ')}]\n{forms(1)}"
    ),
    "topics": lambda n: (
        f"{HEAD}topics: [cost, {many(50 * n, 't#, ')}]\n"
        f"notes: [{many(50 * n, f'{{about: t#, {SAID}}}, ')}]\n{forms(1)}"
    ),
    "a note on many forms": lambda n: (
        f"{HEAD}notes: [{{about: cost, forms: [{many(100 * n, 'f#, ')}], {SAID}}}]\n"
        + forms(100 * n)
    ),
    "sources": lambda n: (
        HEAD.replace(
            "}]\n",
            f"}}, {many(50 * n, '{id: s#, kind: thread, citation: c}, ')}]\n",
        )
        + COST
        + forms(1)
    ),
    # A hint is looked for as long as that is cheap, and for the first hundred problems.
    "wrong forms": lambda n: (
        HEAD + COST + forms(110 * n) + dispute(many(110 * n, "z#, "))
    ),
    "wrong forms that are alike": lambda n: (
        f"{HEAD}{COST}forms:\n"
        + many(110 * n, f"- {{id: {LONG}#, name: F#}}\n")
        + dispute(many(110 * n, f"{LONG}#x, "))
    ),
    "misspelt levels": lambda n: (
        HEAD + COST + forms(20 * n, ", laxative: m" + 20 * "m")
    ),
    "wrong keys that are alike": lambda n: (
        HEAD + many(20 * n, "upper_levels_cautio#: x\n")
    ),
    "a long line": lambda n: (
        f"{HEAD}{COST}forms: [{{id: f, name: {'a ' * 1000 * n}}}]\n"
    ),
    "lists in lists": lambda n: "[" * 100 * n,
    "mappings in mappings": lambda n: "? " * 100 * n,
    "no document": lambda n: "\n" * 100 * n,
    "a list of nothing": lambda n: f"{HEAD}forms: [{'{}, ' * 20 * n}]\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_checked_in_steps_that_grow_as_it_does(
    name: str, tmp_path: Path
) -> None:
    def work(size: int) -> Callable[[], object]:
        file = tmp_path / f"{size}.yaml"
        file.write_text(TABLES[name](size), "utf-8")
        return lambda: problems(str(file))

    # What an import takes is not what a table takes.
    work(1)()
    assert growth(work) <= MOST


def test_what_stands_under_many_aliases_is_read_until_it_is_too_much(
    tmp_path: Path,
) -> None:
    text = "a: &a [x]\n"
    for before, letter in itertools.pairwise("abcdefghijklmnopqrstuvwxyz"):
        text += f"{letter}: &{letter} [*{before}, *{before}]\n"
    file = tmp_path / "t.yaml"
    file.write_text(text, "utf-8")
    # A table may hold 100,000 values; unfolded, this one holds 67 million.
    assert steps(lambda: problems(str(file))) < 100_000 * 30


def test_a_form_is_told_in_steps_that_grow_as_the_table_does(
    tmp_path: Path,
) -> None:
    def work(size: int) -> Callable[[], object]:
        file = tmp_path / "t.yaml"
        file.write_text(HEAD + COST + forms(50 * size) + dispute(""), "utf-8")
        table = load(str(file))
        return lambda: [profile(table, form) for form in table.forms]

    assert growth(work) <= MOST


WORDS = [
    ["a"],
    ["salt", "ash"],
    ["uno"],
    ["uno", "salt"],
    ["table", "unobtainium"],
    ["fool's"],
]


@pytest.mark.parametrize("words", WORDS)
def test_words_are_read_as_names_in_steps_that_grow_as_they_do(
    words: list[str],
) -> None:
    names = Names(load(str(FROZEN)))

    def work(size: int) -> Callable[[], object]:
        return lambda: refused_or_not(names.find_all, words * 50 * size)

    assert growth(work) <= MOST


def refused_or_not(read: Callable[..., object], *given: object) -> None:
    with contextlib.suppress(MgformError):
        read(*given)


@pytest.mark.parametrize(
    "words", [["uno", "salt=1"], ["salt"], ["uno", "salt=1", "x"]]
)
def test_amounts_are_read_in_steps_that_grow_as_they_do(
    words: list[str],
) -> None:
    table = load(str(FROZEN))

    def work(size: int) -> Callable[[], object]:
        return lambda: refused_or_not(in_compounds, table, words * 50 * size)

    assert growth(work) <= MOST
