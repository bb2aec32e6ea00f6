"""Somebody types a word, and sees what the table has on it, or that it has nothing."""

import json

import pytest

from mgform.errors import CallError
from mgform.search import search, stem
from mgform.table import Form, Note, Table
from tests.conftest import call

# What people ask, and words that stand in the first ten lines of the answer.
ASKED = {
    "antibiotics": "ciprofloxacin",
    "thyroid": "levothyroxine",
    "levothyroxine": "thyroid medicine",
    "split": "dose",
    "food": "with a meal",
    "elemental": "magnesium itself",
    "kidney": "kidney disease",
    "IBS": "no guideline",
    "sleep": "oxide",
    "magtein": "threonate",
    "oil": "skin",
    "Epsom": "sulfate",
    "chloride": "MgCl2",
    "lactate": "L-lactate",
    "ZMA": "zinc",
    "kids": "1-3 years",
    "pregnancy": "US recommends",
    "migraine": "guideline",
    "cheapest": "oxide is cheap",
    "too much": "upper level",
    "calcium": "calcium hardly changed",
    "cramps": "leg cramps",
    "constipated": "placebo",
    "buffered": "contain oxide",
    "best absorbed": "no review",
}


@pytest.mark.parametrize("words", ASKED)
def test_what_people_ask_is_answered_in_ten_lines(words: str) -> None:
    shown = call("search", words, COLUMNS="80").stdout.splitlines()[:11]
    assert (
        ASKED[words].casefold() in " ".join(" ".join(shown).split()).casefold()
    )


def test_what_the_table_has_nothing_on_is_told_with_what_stands_nearest() -> (
    None
):
    shown = call("search", "warfarin", COLUMNS="80").stdout.splitlines()
    assert shown[0] == "Nothing here speaks of 'warfarin'."
    assert "medicines" in shown[1]
    nothing = call("search", "xyzzy", "--json")
    assert nothing.status == 0
    assert json.loads(nothing.stdout)["missing"] == ["xyzzy"]


def test_a_slip_is_hinted_at(table: Table) -> None:
    assert search(table, ["kidnei"]).slips == ("kidney",)


@pytest.mark.parametrize(
    "alike",
    [
        "kidney kidneys",
        "leg legs",
        "sulfate sulphate sulphates",
        "diarrhea diarrhoea",
        "constipated constipation",
        "split splitting splits",
        "pregnancy pregnant",
        "tolerated tolerating",
        "study studies",
    ],
)
def test_words_that_mean_the_same_have_one_stem(alike: str) -> None:
    assert len({stem(word) for word in alike.split()}) == 1


def test_other_words_stay_apart() -> None:
    words = "oxide hydroxide citrate citric malate taurate lactate IBS bus gas sleep".split()
    assert len({stem(word) for word in words}) == len(words)


def test_the_order_of_words_makes_no_difference(frozen: Table) -> None:
    assert search(frozen, ["hearts", "weak"]) == search(frozen, ["weak hearts"])


def test_a_name_comes_before_a_text_and_a_text_before_its_details(
    frozen: Table,
) -> None:
    items = search(frozen, ["salt"]).items
    assert isinstance(items[0], Form)
    assert items[0].id == "salt"
    notes = [
        item.text
        for item in search(frozen, ["gram", "grams"]).items
        if isinstance(item, Note)
    ]
    assert notes[-1] == "Ran through 3 of 4."


def test_what_has_all_the_words_is_found_alone(frozen: Table) -> None:
    found = search(frozen, ["faint", "heart"]).items
    assert [item.text for item in found if isinstance(item, Note)] == [
        "Not for the faint of heart."
    ]
    assert len(found) == 1


def test_words_of_a_question_are_not_looked_for(table: Table) -> None:
    assert search(table, ["may I take it with antibiotics"]) == search(
        table, ["antibiotics"]
    )


@pytest.mark.parametrize("words", [[], [""], ["?!"]])
def test_no_word_is_an_error_that_says_what_to_type(
    frozen: Table, words: list[str]
) -> None:
    with pytest.raises(CallError, match="mgform search laxative"):
        search(frozen, words)


def test_json_has_whole_entries_by_what_they_are() -> None:
    found = json.loads(call("search", "Epsom", "--json").stdout)
    assert [form["id"] for form in found["forms"]] == ["sulfate"]
    assert found["forms"] == [
        json.loads(call("show", "sulfate", "--json").stdout)
    ]
    assert {"text", "source", "forms", "about"} <= found["notes"][0].keys()
