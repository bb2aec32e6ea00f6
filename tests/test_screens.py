"""Every default answer stands on one screen: 80 columns, 22 lines, and the answer first."""

import json
from itertools import combinations

import pytest

from mgform.table import Table
from tests.conftest import call

LINES = 22
IDS = ("oxide", "citrate", "malate", "taurate", "aspartate", "chelate")
LABELS: tuple[str, ...] = (
    "Magnesium (as magnesium citrate, magnesium oxide) 400 mg 95%",
    "Magnesium Glycinate 500 mg",
    "Magnesium citrate 1000 mg, of which magnesium 150 mg",
    "Zinc (as zinc citrate) 15 mg",
)


def answers(table: Table) -> list[list[str]]:
    """The calls whose default answers are for people."""
    forms = [form.id for form in table.forms]
    names = [*forms, "glycinate", "bisglycinate", "mag citrate"]
    calls = [["list"], ["list", "--gentler-than", "citrate"], ["disputes"]]
    calls += [["show", name] for name in names] + [["disputes", form] for form in forms]
    calls += [["compare", *some] for number in range(2, 7) for some in combinations(forms, number)]
    calls += [["dose", f"{name}=1000"] for name in names] + [["dose", *forms, "--elemental", "300"]]
    calls += [["dose", *(f"{form}=100" for form in forms)]]
    return calls + [["label", label] for label in LABELS]


def too_long(table: Table, columns: int) -> list[str]:
    """The default answers that a screen of 22 lines does not hold."""
    found = []
    for words in answers(table):
        done = call(*words, COLUMNS=str(columns))
        assert (done.status, done.stderr) == (0, ""), words
        lines = done.stdout.splitlines()
        if len(lines) > LINES or any(len(line) > columns for line in lines):
            found.append(f"{' '.join(words)}: {len(lines)} lines, the longest {max(map(len, lines))}")
    return found


def test_every_default_answer_fits_80_columns_and_22_lines(table: Table) -> None:
    assert too_long(table, 80) == []


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


def test_what_takes_one_line_more_is_found(table: Table) -> None:
    assert too_long(table, 40)


def test_the_answer_comes_first() -> None:
    first = call("compare", "citrate", "malate", COLUMNS="80").stdout.splitlines()[0]
    assert first.startswith("Malate is milder: post-4 calls malate less laxative and citrate very laxative")
    assert call("dose", "glycinate=1000", COLUMNS="80").stdout.startswith(
        "1000 mg of magnesium bisglycinate contains at most 141 mg"
    )


def test_every_screen_says_that_it_is_no_advice(table: Table) -> None:
    screens = [words for words in answers(table) if words[0] != "label"]
    silent = [words for words in screens if "Not medical advice" not in call(*words).stdout.replace("\n", " ")]
    assert silent == []


def test_the_json_of_a_form_is_its_element_of_the_list(table: Table) -> None:
    listed = json.loads(call("list", "--json").stdout)
    shown = [json.loads(call("show", form.id, "--json").stdout) for form in table.forms]
    assert shown == listed
    assert json.loads(call("show", *(form.id for form in table.forms), "--json", "--full").stdout) == listed
    assert [form["id"] for form in listed] == [*IDS]
