"""Somebody types a word, and sees what the table has on it, or that it has nothing."""

import json
import re

import pytest
from hypothesis import given, strategies as st

from mgform.answers.searching import searching
from mgform.errors import CallError
from mgform.page import Grid, in_lengths, words_of
from mgform.search import mentions, search, spelled, stem, stems
from mgform.table import Form, Note, Source, Table
from tests.conftest import FROZEN, call

# What stems leave out or spell another way.
ENDS = "a e o s t ph our ise yse ation ating ies er".split()

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
    "too much": "350 mg a day",
    "calcium": "calcium hardly changed",
    "cramps": "leg cramps",
    "constipated": "placebo",
    "buffered": "contain oxide",
    "best absorbed": "no review",
}


NOUNS = {"Notes": "note", "Disputed": "dispute"}
# Whole questions, and what stands in the first ten lines of the answer.
QUESTIONS = {
    "is magnesium glycinate better for sleep than citrate": "bisglycinate, against placebo",
    "can I take citrate with antibiotics": "ciprofloxacin",
    "is it ok with levothyroxine": "thyroid medicine",
    "what does elemental mean": "magnesium itself",
    "does oil through the skin work": "no scientific support",
    "with food or without": "food against without food",
    "is 400 mg of magnesium a day too much": "More than 350 mg a day",
    "shall I split the dose": "several small doses",
    "I have IBS": "no guideline",
    "I have weak kidneys, can I take magnesium": "In kidney failure",
    "may I take it together with calcium": "calcium hardly changed",
    "is it safe for my kids": "1-3 years",
    "can I use it in pregnancy": "upper level is the same in pregnancy",
    "which form of magnesium is absorbed best": "no review",
    "does magnesium help against leg cramps at night": "than placebo did",
    "does it prevent migraine": "guideline",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_whole_question_is_answered_in_ten_lines(question: str) -> None:
    shown = call("search", question, COLUMNS="80").stdout.splitlines()[:11]
    assert QUESTIONS[question] in " ".join(" ".join(shown).split())


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
    assert search(table, ["glycenate"]).slips == ("glycinate",)
    assert search(table, ["magtien"]).slips == ("magtein",)


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


@given(st.lists(st.text() | st.sampled_from(ENDS)))
def test_a_text_has_the_letters_of_the_stem_of_each_word(
    pieces: list[str],
) -> None:
    text = "".join(pieces)
    for root in stems(text):
        assert root in spelled(text)
        assert mentions(text, root)


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


def test_what_has_all_the_words_comes_first_and_what_tells_little_is_left_out(
    frozen: Table,
) -> None:
    found = search(frozen, ["faint", "heart"]).items
    assert [item.text for item in found if isinstance(item, Note)] == [
        "Not for the faint of heart."
    ]
    assert len(found) == 1
    # The hearts are a keyword; "everybody" only stands in a text.
    assert len(search(frozen, ["weak", "hearts", "everybody"]).items) == 1


@pytest.mark.parametrize("word", ["pregnancy", "kidney", "sleep"])
def test_what_holds_for_every_form_comes_before_what_is_worth_as_much(
    table: Table, word: str
) -> None:
    found = search(table, [word])
    named = [
        item
        for item in found.items[: found.named]
        if isinstance(item, Note) and word in item.text.casefold()
    ]
    are_of_some_forms = [bool(note.forms) for note in named]
    assert are_of_some_forms == sorted(are_of_some_forms)


def test_a_caution_comes_before_what_is_worth_as_much(table: Table) -> None:
    found = search(table, ["too much"])
    notes = [item for item in found.items if isinstance(item, Note)]
    first, *others = notes
    assert first.about == "caution"
    assert "amount" in [note.about for note in others if not note.forms]
    of_kidneys = texts(table, "kidney")
    assert of_kidneys[0].startswith("In kidney failure, supplements may")
    assert of_kidneys[1].startswith("Post-4 says that people with kidney")
    assert of_kidneys[2].startswith("A US label tells people with kidney")
    assert of_kidneys[-2].endswith(
        "with normal kidneys, worse is rarely reported."
    )
    assert of_kidneys[-1].startswith("Of 320 hospital patients")


def test_the_upper_levels_stand_together_above_a_study(table: Table) -> None:
    found = texts(table, "too", "much")
    starts = ("The US upper", "The European upper", "The UK's NHS", "Of 320")
    places = []
    for start in starts:
        places += [
            place for place, text in enumerate(found) if text.startswith(start)
        ]
    us, eu, nhs, study = places
    assert (eu, nhs) == (us + 1, us + 2)
    assert nhs < study


@pytest.mark.parametrize(
    "word", ["sleep", "fibromyalgia", "oxide", "diarrhea", "pregnancy"]
)
def test_what_is_shown_and_what_is_only_counted_add_up(
    table: Table, word: str
) -> None:
    page = searching(table, [word]).page()
    heading = words_of(page.answer[0])
    for parts in in_lengths(page):
        (grid,) = parts
        assert isinstance(grid, Grid)
        for row in grid.rows:
            noun = NOUNS.get(words_of(row.about[0]))
            if noun is None:
                continue
            number = 0
            for line in map(words_of, row.cells[0]):
                more = re.fullmatch(r"(\d+) (more|notes|disputes)", line)
                if more:
                    number += int(more[1])
                elif not line.startswith("- "):
                    number += 1
            assert re.search(rf"\b{number} {noun}s?\b", heading)


def test_a_keyword_that_the_text_shows_comes_before_one_that_it_does_not(
    table: Table,
) -> None:
    texts = [
        item.text
        for item in search(table, ["elemental"]).items
        if isinstance(item, Note)
    ]
    are_shown = ["elemental" in text.casefold() for text in texts]
    assert are_shown == sorted(are_shown, reverse=True)
    assert len({*are_shown}) == 2


def test_sources_stand_last_and_are_only_counted(table: Table) -> None:
    items = search(table, ["pregnancy"]).items
    are_sources = [isinstance(item, Source) for item in items]
    assert are_sources == sorted(are_sources)
    shown = call("search", "pregnancy", COLUMNS="80").stdout
    assert "and 3 sources:" in shown
    assert "\nSources" not in shown
    assert (
        "\nSources"
        in f"\n{call('search', '10.1234/abc', MGFORM_DATA=str(FROZEN)).stdout}"
    )


def test_a_name_that_was_looked_for_is_shown() -> None:
    assert (
        "sulfate: Magnesium sulfate, Epsom salt "
        in call("search", "what is Epsom salt", COLUMNS="80").stdout
    )
    assert (
        "threonate: Magnesium L-threonate, Magtein"
        in call("search", "magtein", COLUMNS="80").stdout
    )


def texts(table: Table, *words: str) -> list[str]:
    """The texts of the notes that a search finds, the best first."""
    return [
        item.text
        for item in search(table, words).items
        if isinstance(item, Note)
    ]


def test_a_keyword_of_several_words_that_were_all_asked_for_comes_first(
    table: Table,
) -> None:
    first = texts(table, "which", "is", "absorbed", "best")[0]
    assert first == "We found no review that names one best absorbed form."
    assert "400 mg a day or less" in texts(table, "400 mg a day")[0]
    assert "350 mg a day" in texts(table, "upper limit")[0]


def test_a_word_in_a_longer_name_is_worth_less_than_a_keyword(
    table: Table,
) -> None:
    """Who asks for calcium does not mean dolomite, which is calcium magnesium carbonate."""
    assert isinstance(search(table, ["calcium"]).items[0], Note)
    whole = search(table, ["calcium magnesium carbonate"]).items[0]
    assert isinstance(whole, Form)
    assert whole.id == "dolomite"


def test_who_a_source_is_does_not_count_as_what_it_says(table: Table) -> None:
    found = texts(table, "food")
    assert "weakens the laxative effect" in found[0]
    assert not [text for text in found if "orotate" in text]


def test_what_is_about_the_words_comes_before_what_mentions_them(
    table: Table,
) -> None:
    found = search(table, ["food"])
    named = found.items[: found.named]
    assert 4 == len(named) < len(found.items)
    for item in named:
        assert isinstance(item, Note)
        assert "food" in item.keywords


def test_what_is_published_comes_before_talk_that_is_worth_as_much(
    table: Table,
) -> None:
    found = search(table, ["split"])
    texts_of_named = [
        item.text
        for item in found.items[: found.named]
        if isinstance(item, Note)
    ]
    are_talk = [text.startswith("Post-") for text in texts_of_named]
    assert are_talk == sorted(are_talk)
    assert sum(are_talk) == 2


def test_a_review_comes_before_the_trials(table: Table) -> None:
    assert "a review of trials found" in texts(table, "cramps")[0]
    assert texts(table, "constipation")[0].startswith("In two trials taken")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("too much", "NHS"),
        ("high dose", "NHS"),
        ("overdose", "first sign of too much"),
        ("upper limit", "European upper level"),
        ("safe", "350 mg a day"),
        ("side effects", "most often named"),
        ("diarrhoea", "most often reported to cause diarrhea"),
    ],
)
def test_how_much_is_too_much_is_found_by_any_of_its_words(
    words: str, told: str
) -> None:
    shown = call("search", words, COLUMNS="80").stdout
    assert told in " ".join(shown.split())


def test_a_dispute_shows_its_positions() -> None:
    shown = call("search", "exist", MGFORM_DATA=str(FROZEN)).stdout
    assert shown.splitlines()[2:5] == [
        "Disputed  Does it exist?",
        "          - Yes. [talk]",
        "          - No. [our reading of chat, hearsay]",
    ]


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
