"""Every default answer stands on one screen: 80 columns, 22 lines, and the answer first."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations

import pytest
from rich.cells import cell_len

from mgform.answers.comparing import comparing
from mgform.answers.disputing import disputing
from mgform.answers.explaining import explaining
from mgform.answers.searching import searching
from mgform.answers.showing import showing
from mgform.names import Match, Names, names_of
from mgform.page import Answer, Page, cell
from mgform.screen import LINES, on_screen
from mgform.table import Table
from tests.conftest import ROOT, call

IDS = ("oxide", "citrate", "malate", "taurate", "aspartate", "chelate")
LABELS = [
    line.partition(" => ")[0]
    for line in (ROOT / "tests" / "labels.txt").read_text("utf-8").splitlines()
]
# What people ask of magnesium.
SEARCHES = """
    antibiotics, thyroid, levothyroxine, split, food, elemental, kidney, IBS, sleep, magtein, oil,
    Epsom, chloride, lactate, ZMA, kids, pregnancy, migraine, cheapest, too much, calcium, cramps,
    constipated, buffered, best absorbed, magnesium, oxide, study
"""


def calls() -> list[list[str]]:
    """The calls whose default answers are for people, as the program prints them."""
    typed = [["list"], ["list", "--gentler-than", "citrate"], ["disputes"]]
    typed += [
        ["products", "docs/shelf.csv"],
        ["show", "zma"],
        ["search", "antibiotics"],
    ]
    typed += [["show", form] for form in IDS] + [
        ["disputes", form] for form in IDS
    ]
    typed += [
        ["compare", *some]
        for number in range(2, 7)
        for some in combinations(IDS, number)
    ]
    typed += [
        ["dose", f"{form}=1000"] for form in (*IDS, "glycinate", "threonate")
    ]
    typed += [
        ["dose", *IDS, "--elemental", "300"],
        ["dose", *(f"{form}=100" for form in IDS)],
    ]
    return typed + [["label", label] for label in LABELS[::6]]


def pages(table: Table) -> Iterator[tuple[str, Answer]]:
    """Answers on every form, and on oxide and citrate beside each that has no level."""
    names = Names(table)
    matches = {form.id: Match(form, form.id, "id") for form in table.forms}
    for first in ("oxide", "citrate"):
        for match in [*matches.values()][len(IDS) :]:
            compared = comparing(table, [matches[first], match])
            yield f"compare {first} {match.form.id}", compared
    for form in table.forms:
        longest = max((name for _, name in names_of(form)), key=len)
        yield f"show {longest}", showing(table, [names.find(longest)])
        yield f"disputes {form.id}", disputing(table, [matches[form.id]])
    for explained in table.explained:
        yield f"show {explained.id}", explaining(table, explained)
    for words in SEARCHES.split(","):
        yield f"search {words}", searching(table, words.split())


def as_printed(answer: Answer, columns: int) -> str:
    """A page with a line at its foot that says how to see the rest, as the program adds it."""
    page = answer.page()
    if page.full:
        page = page._replace(
            foot=(*page.foot, *cell("Every note, study and source: ..."))
        )
    return on_screen(page, columns)


@cache
def screen(*words: str, columns: int) -> list[str]:
    """The lines that a call prints on a screen."""
    done = call(*words, COLUMNS=str(columns))
    assert (done.status, done.stderr) == (0, ""), words
    return done.stdout.splitlines()


def too_long(typed: Iterable[Sequence[str]], columns: int) -> list[str]:
    """The calls whose answers a screen does not hold."""
    long = []
    for words in typed:
        lines = screen(*words, columns=columns)
        widest = max(map(cell_len, lines))
        if len(lines) > LINES or widest > columns:
            long.append(
                f"{' '.join(words)}: {len(lines)} lines, the longest {widest}"
            )
    return long


def test_every_default_answer_fits_80_columns_and_22_lines() -> None:
    assert too_long(calls(), 80) == []


def test_every_form_name_and_search_fits_80_columns_and_22_lines(
    table: Table,
) -> None:
    heights = {
        call: as_printed(answer, 80).count("\n")
        for call, answer in pages(table)
    }
    assert {
        call: height for call, height in heights.items() if height > LINES
    } == {}


@pytest.mark.parametrize("columns", [20, 40, 120])
def test_no_line_is_wider_than_the_screen(columns: int) -> None:
    typed = (
        ["list"],
        ["list", "--all"],
        ["show", "citrate"],
        ["show", "magnerot"],
        ["compare", "oxide", "citrate"],
        ["compare", *IDS],
        ["dose", "citrate=1000"],
        ["disputes", "--full"],
        ["search", "sleep"],
        ["sources"],
    )
    wide = [
        line
        for words in typed
        for line in screen(*words, columns=columns)
        if cell_len(line) > columns or line != line.rstrip()
    ]
    assert wide == []


def test_what_takes_one_line_more_is_found() -> None:
    found = too_long([["list"], ["compare", *IDS[:2], "--full"]], 80)
    assert [told.partition(":")[0] for told in found] == [
        "compare oxide citrate --full"
    ]


def test_the_answer_comes_first() -> None:
    first = screen("compare", "citrate", "malate", columns=80)[0]
    said = "Malate is milder: post-4 calls malate less laxative and citrate very laxative;"
    assert first == said
    assert screen("dose", "glycinate=1000", columns=80)[0].startswith(
        "1000 mg of glycinate contains at most 141 mg"
    )
    assert (
        screen("show", "threonate", columns=80)[0]
        == "The discussion of 2000 does not speak of threonate."
    )


def test_what_was_measured_stands_beside_what_was_said() -> None:
    compared = " ".join(
        " ".join(screen("compare", "oxide", "citrate", columns=80)).split()
    )
    assert "by our reading" in compared
    assert "Oxide caused fewer stomach" in compared
    assert "the same study" in compared
    shown = " ".join(screen("show", "oxide", columns=80))
    assert "[van der Schoot 2023]" in shown


def test_a_form_without_studies_shows_what_else_is_published() -> None:
    shown = " ".join(screen("show", "citrate-malate", columns=80))
    assert "Published" in shown
    assert "[EFSA 2018]" in shown
    assert "our reading of NIH" not in " ".join(
        screen("show", "chelate", columns=80)
    )


def test_of_two_columns_the_one_with_more_words_is_wider() -> None:
    lines = screen("compare", "oxide", "citrate", columns=80)
    titles = next(line for line in lines if line.startswith("   "))
    middle = 18 + (80 - 18) // 2
    assert titles.index("citrate") > middle + 2


def test_what_is_published_of_both_has_a_row_or_a_call_that_shows_it() -> None:
    shown = screen("compare", "oxide", "citrate", columns=80)
    beside = [line[:18].strip() for line in shown]
    assert "constipation" in beside
    turned = screen("compare", "citrate", "oxide", columns=80)
    assert "constipation" in [line[:18].strip() for line in turned]
    more = screen("compare", "oxide", "chelate", columns=80)
    assert "More on sleep, cramps: mgform search oxide chelate sleep" in more


def test_the_thread_is_explained_only_where_a_post_is_cited() -> None:
    notice = (
        "post-1 to post-5: messages of an internet discussion in October 2000."
    )
    assert notice in screen("compare", "citrate", "malate", columns=80)
    assert notice in screen("show", "threonate", columns=80)
    assert notice not in screen("dose", "citrate=1000", columns=80)
    # The foot follows what is shown, not what a longer page would show.
    astray = []
    for words in calls():
        lines = screen(*words, columns=80)
        above = " ".join(line for line in lines if line != notice)
        # The words may wrap.
        is_cited = re.search(
            r"post-\d|discussion of +2000", above, re.IGNORECASE
        )
        if (notice in lines) != bool(is_cited):
            astray.append(words)
    assert astray == []


def test_every_screen_says_that_it_is_no_advice(table: Table) -> None:
    typed = [words for words in calls() if words[0] != "label"]
    silent = [
        words
        for words in typed
        if table.notice not in screen(*words, columns=80)
    ]
    assert silent == []


def test_a_text_that_ends_with_a_line_break_gets_no_second_full_stop() -> None:
    made = (
        "title: T\nnutrient: n\nnotice: x\n"
        "sources: [{id: talk, kind: thread, citation: c}]\n"
        "forms: [{id: a, name: A}]\nnotes:\n"
        "  - about: cost\n    source: talk\n    basis: stated\n    text: |\n      It is dear.\n"
    )
    assert (
        "It is dear. [talk]" in call("notes", "--data", "-", stdin=made).stdout
    )


def test_the_json_of_a_form_is_its_element_of_the_list(table: Table) -> None:
    every = json.loads(call("list", "--all", "--json").stdout)
    shown = [
        json.loads(call("show", form.id, "--json").stdout)
        for form in table.forms
    ]
    assert shown == every
    assert json.loads(call("list", "--json").stdout) == every[:6]
    assert (
        json.loads(call("show", *IDS, "--json", "--full").stdout) == every[:6]
    )
    assert [form["id"] for form in every[:6]] == [*IDS]


def test_the_call_that_shows_more_stands_in_one_line() -> None:
    short = screen("show", "citrate", columns=80)[-1]
    assert short == "Every note, study and source: mgform show citrate --full"
    for columns in (40, 55):
        *_, before, last = screen("show", "citrate", columns=columns)
        assert f"{before} {last}".endswith("the same call with --full")
    fits = screen("show", "citrate", columns=len(short))[-1]
    assert fits == short


def test_a_page_without_a_part_is_its_answer() -> None:
    answer = Answer(page=lambda: Page(cell("Nothing.")), data=[])
    assert as_printed(answer, 80) == "Nothing.\n"
