"""Choosing, ordering and comparing forms."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgform.consistency import statements
from mgform.errors import CallError
from mgform.loader import load
from mgform.model import Table
from mgform.names import Match, Names
from mgform.query import (
    Filter,
    compare,
    compared_topics,
    disputes_about,
    level_of,
    notes,
    ordered,
    rank,
    select,
    verdict,
    without_details,
)
from mgform.vocabulary import Basis, Topic
from tests.conftest import FROZEN

TABLE = load(str(FROZEN))
FORMS = {form.id: form for form in TABLE.forms}


def ids(wanted: Filter, table: Table = TABLE) -> list[str]:
    return [form.id for form in select(table, wanted)]


def matches(*asked: str) -> list[Match]:
    return [Names(TABLE).find(name) for name in asked]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), ["salt", "chelate", "ash", "dust"]),
        (Filter(laxative=["fierce"]), ["salt"]),
        (Filter(laxative=["Fierce", "none"]), ["salt", "chelate", "ash"]),
        (Filter(max_laxative="none"), ["chelate", "ash"]),
        (Filter(max_laxative="mild"), ["chelate", "ash"]),
        (Filter(max_laxative="fierce"), ["salt", "chelate", "ash"]),
        (Filter(tolerance=["poor"]), ["salt"]),
        (Filter(tolerance=["good", "poor"]), ["salt", "chelate"]),
        (Filter(laxative=["none"], tolerance=["good"]), ["chelate"]),
        (Filter(gentler_than=FORMS["salt"]), ["chelate", "ash"]),
        (Filter(gentler_than=FORMS["chelate"]), []),
        (Filter(search=["5 grams"]), ["salt", "chelate"]),
        (Filter(search=["5 GRAMS", "water"]), ["chelate"]),
        (Filter(search=["glyunob"]), ["chelate"]),
        (Filter(search=["table unob"]), ["salt"]),
        (Filter(search=["faint of heart"]), []),
        (Filter(source=["chat"]), ["salt", "chelate"]),
        (Filter(source=["paper"]), ["salt"]),
        (Filter(source=["paper", "talk"]), ["salt", "chelate", "ash"]),
    ],
    ids=repr,
)
def test_a_filter_keeps_the_forms_that_pass_it(wanted: Filter, expected: list[str]) -> None:
    assert ids(wanted) == expected


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Filter(laxative=["sever"]), "no laxative level is called 'sever'. The levels are none, mild and fierce"),
        (Filter(max_laxative="midld"), "no laxative level is called 'midld'; did you mean 'mild'? The levels are"),
        (Filter(tolerance=["mild"]), "no tolerance level is called 'mild'. The levels are good and poor"),
        (Filter(source=["tlak"]), "no source is called 'tlak'. There are talk, chat and paper"),
        (Filter(gentler_than=FORMS["dust"]), "the table gives no level for dust"),
    ],
    ids=repr,
)
def test_a_filter_by_what_is_not_there_says_what_is(wanted: Filter, sentence: str) -> None:
    with pytest.raises(CallError) as raised:
        select(TABLE, wanted)
    assert sentence in str(raised.value)


def test_a_table_without_a_scale_says_so() -> None:
    bare = msgspec.structs.replace(TABLE, scales=type(TABLE.scales)(tolerance=TABLE.scales.tolerance))
    with pytest.raises(CallError, match="this table has no laxative scale; its scales are: tolerance"):
        rank(bare, "laxative", "mild")


levels = st.lists(st.sampled_from(["none", "mild", "fierce"]), max_size=3)


@given(levels, levels, st.sampled_from([None, "none", "mild", "fierce"]))
def test_filters_combine_with_and_and_words_of_one_with_or(one: list[str], two: list[str], most: str | None) -> None:
    both = ids(Filter(laxative=[*one, *two], max_laxative=most))
    alone = {form for words in (one, two) if words for form in ids(Filter(laxative=words))}
    expected = alone if one or two else set(FORMS)
    assert set(both) == expected & set(ids(Filter(max_laxative=most)))


@pytest.mark.parametrize(
    ("by", "reverse", "expected"),
    [
        (None, False, ["salt", "chelate", "ash", "dust"]),
        (None, True, ["dust", "ash", "chelate", "salt"]),
        ("id", False, ["ash", "chelate", "dust", "salt"]),
        ("name", True, ["salt", "dust", "chelate", "ash"]),
        ("laxative", False, ["chelate", "ash", "salt", "dust"]),
        ("laxative", True, ["salt", "chelate", "ash", "dust"]),
        ("tolerance", False, ["chelate", "salt", "ash", "dust"]),
    ],
)
def test_forms_are_put_in_order(by: str | None, reverse: bool, expected: list[str]) -> None:
    assert [form.id for form in ordered(TABLE, TABLE.forms, by, reverse=reverse)] == expected


def test_a_level_rests_on_the_threads_notes_even_where_others_stand_beside_them() -> None:
    level = level_of(TABLE, FORMS["salt"], "laxative")
    assert level
    assert (level.word, level.basis, level.sources) == ("fierce", Basis.STATED, ("talk",))


def test_a_level_that_no_note_states_is_inferred() -> None:
    level = level_of(TABLE, FORMS["chelate"], "laxative")
    assert level
    assert (level.basis, level.sources) == (Basis.INFERRED, ("chat",))


def test_the_one_stated_note_makes_a_level_stated(table: Table) -> None:
    oxide, citrate = table.forms[:2]
    assert level_of(table, oxide, "laxative") == ("moderate", 1, Basis.INFERRED, ("post-4",))
    assert level_of(table, citrate, "laxative") == ("strong", 2, Basis.STATED, ("post-4", "post-5"))


def test_a_comparison_marks_what_differs() -> None:
    rows = {row.field: row.differs for row in compare(TABLE, matches("chelate", "ash"), Topic).rows}
    assert rows == {
        "laxative": False,
        "tolerance": True,
        "notes.laxative": True,
        "notes.tolerance": True,
        "notes.cost": True,
        "disputes": False,
    }


def test_only_differences_leaves_out_the_rest() -> None:
    rows = compare(TABLE, matches("chelate", "ash"), Topic, only_differences=True).rows
    assert [row.field for row in rows] == ["tolerance", "notes.laxative", "notes.tolerance", "notes.cost"]


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        ([], ["notes.laxative", "notes.tolerance"]),
        (["Cost"], ["notes.cost"]),
        (["cost", "laxative"], ["notes.laxative", "notes.cost"]),
        (["cost", "ALL"], ["notes.laxative", "notes.tolerance", "notes.cost"]),
    ],
)
def test_notes_are_compared_by_topic(names: list[str], fields: list[str]) -> None:
    comparison = compare(TABLE, matches("chelate", "ash"), compared_topics(names))
    assert [row.field for row in comparison.rows if row.field.startswith("notes.")] == fields
    assert {row.field for row in comparison.rows} >= {"laxative", "tolerance", "disputes"}


def test_claims_stand_without_their_details() -> None:
    bare = without_details(TABLE)
    said = [(str(path), each) for path, each in statements(bare)]
    assert [each.details for _, each in said if each.details] == []
    assert [each.text for _, each in said] == [each.text for _, each in statements(TABLE)]
    assert [each.studied for _, each in said] == [each.studied for _, each in statements(TABLE)]
    assert any(each.details for _, each in statements(TABLE))
    assert without_details(bare) is bare


@pytest.mark.parametrize("text", ["3 OF 4", "1 gram", "rats"])
def test_a_search_finds_claims_details_and_who_was_studied(text: str) -> None:
    assert ids(Filter(search=[text])) == ["salt"]


@pytest.mark.parametrize("asked", [[], ["salt"]])
def test_a_comparison_of_less_than_two_is_refused(asked: list[str]) -> None:
    with pytest.raises(CallError, match="a comparison needs two forms or more"):
        compare(TABLE, matches(*asked))


def test_a_comparison_of_a_form_with_itself_is_refused() -> None:
    with pytest.raises(CallError, match="'ash' and 'uno-ash' are the same form in this table, ash"):
        compare(TABLE, matches("salt", "ash", "uno-ash"))


def test_the_verdict_ranks_by_the_first_scale_that_separates() -> None:
    found = verdict(TABLE, [FORMS["salt"], FORMS["ash"], FORMS["chelate"], FORMS["dust"]])
    assert found.scale == "laxative"
    assert [[placed.form.id for placed in rank] for rank in found.ranks] == [["ash", "chelate"], ["salt"]]
    assert [form.id for form in found.unplaced] == ["dust"]
    assert found.separates


def test_the_verdict_does_not_separate_what_the_table_does_not(table: Table) -> None:
    malate, taurate = table.forms[2:4]
    assert not verdict(table, [malate, taurate]).separates


def test_the_second_scale_tells_where_the_first_does_not() -> None:
    ash = msgspec.structs.replace(FORMS["ash"], tolerance="poor")
    found = verdict(TABLE, [ash, FORMS["chelate"]])
    assert (found.scale, [rank[0].form.id for rank in found.ranks]) == ("tolerance", ["chelate", "ash"])


def test_disputes_about_a_form_include_those_about_all() -> None:
    assert [each.id for each in disputes_about(TABLE, [FORMS["salt"]])] == ["exists", "salty"]
    assert [each.id for each in disputes_about(TABLE, [FORMS["ash"]])] == ["exists"]


def test_notes_of_a_form_include_those_for_every_form() -> None:
    found = notes(TABLE, [FORMS["ash"]])
    assert [(each.form.id if each.form else None, each.note.about) for each in found] == [
        ("ash", Topic.LAXATIVE),
        (None, Topic.CAUTION),
        (None, Topic.DOSING),
    ]


def test_notes_are_chosen_by_topic_and_by_source_also_of_what_is_beside_them() -> None:
    assert [each.note.text for each in notes(TABLE, about=[Topic.COST, Topic.CAUTION])] == [
        "Dear.",
        "Not for the faint of heart.",
    ]
    papers = notes(TABLE, sources=[TABLE.sources_by_id["paper"]])
    assert [each.note.text for each in papers] == [
        "Ran through 3 of 4.",
        "At 5 [bold] grams, nobody kept it.",
    ]
