"""Every default answer stands on one screen: 80 columns, 22 lines, and the answer first."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations

import pytest
from rich.cells import cell_len

from mgform.names import names_of
from mgform.table import Table
from tests.conftest import ROOT, call

LINES = 22
IDS = ("oxide", "citrate", "malate", "taurate", "aspartate", "chelate")
LABELS = [
    line.partition(" => ")[0]
    for line in (ROOT / "tests" / "labels.txt").read_text("utf-8").splitlines()
]


def answers(table: Table) -> list[list[str]]:
    """The calls whose default answers are for people: each form by each of its names, and all that go together."""
    forms = [form.id for form in table.forms]
    names = [name for form in table.forms for _, name in names_of(form)]
    calls = [
        ["list"],
        ["list", "--gentler-than", "citrate"],
        ["disputes"],
        ["products", "docs/shelf.csv"],
    ]
    calls += [["show", name] for name in names] + [["disputes", form] for form in forms]
    calls += [["compare", *some] for number in range(2, 7) for some in combinations(forms, number)]
    calls += [["dose", f"{form}=1000"] for form in (*forms, "glycinate")] + [
        ["dose", *forms, "--elemental", "300"]
    ]
    calls += [["dose", *(f"{form}=100" for form in forms)]]
    return calls + [["label", label] for label in LABELS[::4]]


@cache
def screen(*words: str, columns: int) -> list[str]:
    """The lines that a call prints on a screen."""
    done = call(*words, COLUMNS=str(columns))
    assert (done.status, done.stderr) == (0, ""), words
    return done.stdout.splitlines()


def too_long(calls: Iterable[Sequence[str]], columns: int) -> list[str]:
    """The calls whose answers a screen does not hold."""
    found = []
    for words in calls:
        lines = screen(*words, columns=columns)
        if len(lines) > LINES or any(cell_len(line) > columns for line in lines):
            found.append(
                f"{' '.join(words)}: {len(lines)} lines, the longest {max(map(cell_len, lines))}"
            )
    return found


def test_every_default_answer_fits_80_columns_and_22_lines(table: Table) -> None:
    assert too_long(answers(table), 80) == []


@pytest.mark.parametrize("columns", [20, 40, 120])
def test_no_line_is_wider_than_the_screen(columns: int) -> None:
    wide = [
        line
        for words in (
            ["list"],
            ["show", "citrate"],
            ["compare", *IDS],
            ["dose", "citrate=1000"],
            ["disputes", "--full"],
        )
        for line in call(*words, COLUMNS=str(columns)).stdout.splitlines()
        if len(line) > columns
    ]
    assert wide == []


def test_what_takes_one_line_more_is_found() -> None:
    found = too_long([["disputes"], ["compare", *IDS[:2], "--full"]], 80)
    assert [told.partition(":")[0] for told in found] == ["compare oxide citrate --full"]


def test_the_answer_comes_first() -> None:
    first = call("compare", "citrate", "malate", COLUMNS="80").stdout.splitlines()[0]
    assert first.startswith(
        "Malate is milder: post-4 calls malate less laxative and citrate very laxative"
    )
    assert call("dose", "glycinate=1000", COLUMNS="80").stdout.startswith(
        "1000 mg of magnesium bisglycinate contains at most 141 mg"
    )


def test_a_text_that_ends_with_a_line_break_gets_no_second_full_stop() -> None:
    head = "title: T\nnutrient: n\nnotice: x\nsources: [{id: talk, kind: thread, citation: c}]\n"
    note = "  - about: cost\n    source: talk\n    basis: stated\n    text: |\n      It is dear.\n"
    assert (
        "It is dear. [talk]"
        in call(
            "notes", "--data", "-", stdin=f"{head}forms: [{{id: a, name: A}}]\nnotes:\n{note}"
        ).stdout
    )


def test_every_screen_says_that_it_is_no_advice(table: Table) -> None:
    screens = [words for words in answers(table) if words[0] != "label"]
    silent = [
        words
        for words in screens
        if "Not medical advice" not in " ".join(screen(*words, columns=80))
    ]
    assert silent == []


def test_the_json_of_a_form_is_its_element_of_the_list(table: Table) -> None:
    listed = json.loads(call("list", "--json").stdout)
    shown = [json.loads(call("show", form.id, "--json").stdout) for form in table.forms]
    assert shown == listed
    assert (
        json.loads(call("show", *(form.id for form in table.forms), "--json", "--full").stdout)
        == listed
    )
    assert [form["id"] for form in listed] == [*IDS]
