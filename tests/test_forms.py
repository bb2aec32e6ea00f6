"""Levels, filters, sorting and comparison, on a table with what the bundled one does not have."""

import pytest

from mgform.comparison import compare
from mgform.forms import Filter, gathered, level_of, mentions, ordered, profile, select, studies
from mgform.names import Names
from mgform.reader import load
from mgform.table import Basis, Table
from mgform.words import CallError
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def edges() -> Table:
    return load(str(ROOT / "tests" / "tables" / "edges.yaml"))


def verdict(table: Table, *names: str) -> str:
    return compare(table, [Names(table).find(name) for name in names]).verdict.sentence


def test_a_level_is_stated_where_one_note_states_it_and_rests_on_discussions(edges: Table) -> None:
    mixed, pair, calm = edges.forms
    assert level_of(edges, mixed, "laxative") == ("brisk", 1, Basis.STATED, ("chat", "talk"))
    assert level_of(edges, pair, "laxative") == ("wild", 3, Basis.STATED, ("paper",))
    assert level_of(edges, calm, "laxative") == ("calm", 0, Basis.INFERRED, ("talk",))
    assert level_of(edges, pair, "tolerance") is None


def test_studies_are_counted_once_and_reviews_are_none(edges: Table) -> None:
    assert [studies(edges, form.notes) for form in edges.forms] == [(2, 1), (1, 1), (0, 0)]


def test_a_comparison_says_who_is_milder_and_by_whose_word(edges: Table) -> None:
    assert verdict(edges, "mixed", "calm-one") == (
        "Calm-one is milder, by our reading: "
        "the laxative effect is calm with calm-one [our reading of talk] and brisk with mixed [chat, talk]."
    )
    assert verdict(edges, "mixed", "pair") == (
        "Mixed is milder: the laxative effect is brisk with mixed [chat, talk] and wild with pair [paper]."
    )
    assert verdict(edges, "mixed", "pair", "calm-one") == (
        "The laxative effect is calm with calm-one [our reading of talk], brisk with mixed [chat, talk] "
        "and wild with pair [paper]."
    )


def test_a_comparison_of_the_bundled_table_attributes_each_clause(table: Table) -> None:
    assert verdict(table, "oxide", "chelate").startswith("Chelate is milder, by our reading: ")
    assert verdict(table, "malate", "taurate").startswith("No difference: ")
    for sentence in (verdict(table, "oxide", "citrate"), verdict(table, "citrate", "malate")):
        assert "post-5 reports a severe laxative effect from citrate" in sentence


def test_a_row_says_whether_the_forms_differ(edges: Table) -> None:
    found = compare(edges, [Names(edges).find(name) for name in ("mixed", "pair")])
    assert {row.field: row.differs for row in found.rows} == {
        "laxative": True,
        "tolerance": True,
        "elemental_percent": False,
        "studies": True,
        "studies_in_people": False,
        "notes.laxative": True,
        "notes.tolerance": True,
        "notes.absorption": True,
        "disputes": True,
        "corrections": False,
    }


def test_a_profile_takes_the_usual_compound(edges: Table) -> None:
    assert profile(edges, edges.forms[0]).elemental_percent == 20
    assert profile(edges, edges.forms[2]).elemental_percent is None


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(laxative=["CALM", "wild"]), ["pair", "calm-one"]),
        (Filter(max_laxative="brisk"), ["mixed", "calm-one"]),
        (Filter(max_laxative="calm"), ["calm-one"]),
        (Filter(tolerance=["poor"]), ["mixed"]),
        (Filter(search=["said", "once more"]), ["mixed"]),
        (Filter(search=["half-and"]), ["mixed"]),
        (Filter(source=["PAPER"]), ["mixed", "pair"]),
        (Filter(source=["talk", "paper"]), ["mixed", "pair", "calm-one"]),
        (Filter(max_laxative="fierce", tolerance=["good"]), ["calm-one"]),
    ],
)
def test_a_filter_keeps_the_forms_that_pass(edges: Table, wanted: Filter, ids: list[str]) -> None:
    assert [form.id for form in select(edges, wanted)] == ids


def test_milder_is_milder_and_not_equal(edges: Table) -> None:
    mixed, pair, calm = edges.forms
    assert select(edges, Filter(gentler_than=pair)) == [mixed, calm]
    assert select(edges, Filter(gentler_than=mixed)) == [calm]
    assert select(edges, Filter(gentler_than=calm)) == []


@pytest.mark.parametrize(
    ("by", "reverse", "ids"),
    [
        (None, False, ["mixed", "pair", "calm-one"]),
        (None, True, ["calm-one", "pair", "mixed"]),
        ("id", False, ["calm-one", "mixed", "pair"]),
        ("id", True, ["pair", "mixed", "calm-one"]),
        ("name", False, ["calm-one", "mixed", "pair"]),
        ("laxative", False, ["calm-one", "mixed", "pair"]),
        ("laxative", True, ["pair", "mixed", "calm-one"]),
        ("tolerance", True, ["mixed", "calm-one", "pair"]),
        ("elemental", False, ["mixed", "pair", "calm-one"]),
        ("elemental", True, ["mixed", "pair", "calm-one"]),
    ],
)
def test_forms_are_sorted_and_those_without_a_value_come_last(
    edges: Table, by: str | None, *, reverse: bool, ids: list[str]
) -> None:
    assert [form.id for form in ordered(edges, edges.forms, by, reverse=reverse)] == ids


def test_a_scale_that_the_table_lacks_is_an_error_for_filters_and_sorting_alike() -> None:
    table = load(str(ROOT / "tests" / "tables" / "smallest.yaml"))
    sentence = r"^no scale of this table is called 'laxative'. There are: none$"
    with pytest.raises(CallError, match=sentence):
        select(table, Filter(laxative=["mild"]))
    with pytest.raises(CallError, match=sentence):
        ordered(table, table.forms, "laxative")


def test_a_note_on_several_forms_counts_once(table: Table) -> None:
    every = gathered(table)
    assert len(every) == len({*every})
    shared = next(ids for note, ids in every.items() if len(ids) > 1)
    assert len(shared) == len({*shared})


@pytest.mark.parametrize("words", ["diarrhea", "diarrhoea", "DIARRHEA", "  diarrhea ", "sulphate", "sulfate"])
def test_a_search_finds_both_spellings(words: str) -> None:
    assert mentions(words, ["Sulfate and  diarrhoea", "Sulphate and diarrhea"], ())
    assert mentions("oedema", ["edema"], ())
    assert not mentions("dia rrhea", ["diarrhea"], ())
