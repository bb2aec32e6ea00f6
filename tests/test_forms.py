"""Levels, filters, sorting and comparison, on a table with what the bundled one does not have."""

import pytest
from msgspec import structs

from mgform.comparison import compare, level_clause, ranked, who_says
from mgform.errors import CallError
from mgform.forms import Filter, level_of, mentions, notes_that, ordered, profile, select, studies
from mgform.names import Names
from mgform.reader import load
from mgform.table import Basis, Scales, Table
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


def test_what_is_said_and_what_is_read_stand_apart(frozen: Table) -> None:
    found = compare(
        frozen, [Names(frozen).find(name) for name in ("salt", "chelate", "ash", "dust")]
    ).verdict
    assert [(rank.level, rank.forms, rank.basis, rank.sources) for rank in found.ranks] == [
        ("weak", ("ash",), Basis.STATED, ("talk",)),
        ("weak", ("chelate",), Basis.INFERRED, ("chat",)),
        ("fierce", ("salt",), Basis.STATED, ("talk",)),
    ]
    assert (found.separates, found.scale, found.unplaced) == (True, "laxative", ("dust",))


def test_the_first_scale_that_separates_the_forms_tells_which_is_milder(
    edges: Table, frozen: Table
) -> None:
    mixed, _, calm = edges.forms
    alike = structs.replace(edges, forms=(mixed, structs.replace(calm, laxative="brisk")))
    found = compare(alike, [Names(alike).find(name) for name in ("mixed", "calm-one")]).verdict
    assert (found.scale, found.separates) == ("tolerance", True)
    assert found.sentence == (
        "Calm-one is gentler: the tolerance is rated 'good' with calm-one [talk] and rated 'poor' with mixed [talk]."
    )
    assert verdict(frozen, "ash", "dust") == (
        "The laxative effect is weak with ash [talk]. The table gives no level for dust."
    )
    found = compare(frozen, [Names(frozen).find(name) for name in ("chelate", "ash")]).verdict
    assert (found.scale, found.separates) == ("laxative", False)
    assert found.sentence == (
        "No difference: the laxative effect is weak with ash [talk] and weak with chelate [our reading of chat]."
    )


def test_a_table_without_scales_has_no_verdict(frozen: Table) -> None:
    bare = structs.replace(frozen, scales=Scales(), forms=frozen.forms[2:])
    found = compare(bare, [Names(bare).find(name) for name in ("ash", "dust")]).verdict
    assert (found.sentence, found.separates, found.scale) == (
        "The table gives no level for ash and dust.",
        False,
        None,
    )


def test_one_form_is_no_comparison(table: Table) -> None:
    with pytest.raises(CallError, match="two different forms or more"):
        compare(table, Names(table).find_all(["citrate", "magnesium", "citrate"]))


def test_a_source_that_says_the_same_twice_is_told_once(frozen: Table) -> None:
    salt, chelate, *_ = frozen.forms
    clauses = [
        ("salt", "calls both strange"),
        ("chelate", "calls both strange"),
        ("chelate", "praises {form}"),
    ]
    note = salt.notes[0]
    noted = {
        name: tuple(
            structs.replace(note, says=says, text=says) for form, says in clauses if form == name
        )
        for name in ("salt", "chelate")
    }
    forms = [structs.replace(form, notes=noted[form.id]) for form in (salt, chelate)]
    assert who_says(frozen, forms, "laxative") == "talk calls both strange and praises chelate"
    short = structs.replace(
        salt,
        notes=(structs.replace(note, says="objects"), structs.replace(note, says="calls it odd")),
    )
    assert who_says(frozen, [short], "laxative") == "talk objects and calls it odd"
    silent = structs.replace(salt, notes=(note, structs.replace(note, says=None)))
    assert who_says(frozen, [silent], "laxative") == ""


def test_the_order_of_forms_is_one_sentence(table: Table, edges: Table) -> None:
    assert ranked(table, table.forms) == (
        "The laxative effect is mild with malate, taurate, aspartate and chelate [post-4], "
        "moderate with oxide [our reading of post-4] and strong with citrate [post-4, post-5]."
    )
    assert ranked(table, table.forms, "tolerance").startswith(
        "The tolerance at high doses is rated 'good' with malate, "
    )
    assert (
        ranked(edges, [structs.replace(edges.forms[0], laxative=None)])
        == "The table gives these forms no level."
    )


def test_a_level_without_a_clause_of_its_own_is_told_by_its_word(edges: Table) -> None:
    told = {}
    for form in edges.forms:
        level = level_of(edges, form, "laxative")
        assert level is not None
        told[form.id] = level_clause(edges, form, level, "laxative")
        odd = level_clause(edges, form, level._replace(word="odd"), "laxative")
        assert f"{form.id} has an odd laxative effect" in odd.lower()
    assert told == {
        "mixed": "Mixed has a brisk laxative effect: the word of chat, talk.",
        "pair": "Pair has a wild laxative effect: the word of paper.",
        "calm-one": "By our reading, calm-one has a calm laxative effect: the word of talk.",
    }


def test_a_level_that_is_no_adjective_is_quoted(table: Table) -> None:
    oxide = table.forms[0]
    level = level_of(table, oxide, "tolerance")
    assert level is not None
    sentence = "The tolerance at high doses of oxide is rated 'varies': post-4 says that oxide may irritate some people."
    assert level_clause(table, oxide, level, "tolerance") == sentence
    assert ranked(table, [oxide], "tolerance") == (
        "The tolerance at high doses is rated 'varies' with oxide [post-4]."
    )


def test_a_comparison_of_the_bundled_table_attributes_each_clause(table: Table) -> None:
    assert verdict(table, "oxide", "chelate").startswith("Chelate is milder, by our reading: ")
    assert verdict(table, "malate", "taurate").startswith("No difference: ")
    for sentence in (verdict(table, "oxide", "citrate"), verdict(table, "citrate", "malate")):
        assert "post-5 reports a severe laxative effect from citrate" in sentence


def test_a_row_says_whether_the_forms_differ(edges: Table) -> None:
    found = compare(edges, [Names(edges).find(name) for name in ("mixed", "pair")])
    assert {row["field"]: row["differs"] for row in found.rows} == {
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
    assert profile(edges, edges.forms[0])["elemental_percent"] == 20
    assert profile(edges, edges.forms[2])["elemental_percent"] is None


def test_a_profile_has_the_sources_of_its_levels_and_what_concerns_it(
    edges: Table, frozen: Table
) -> None:
    pair = profile(edges, edges.forms[1])
    assert [pair[f"laxative{end}"] for end in ("", "_basis", "_sources")] == [
        "wild",
        Basis.STATED,
        ("paper",),
    ]
    assert [pair[f"tolerance{end}"] for end in ("", "_basis", "_sources")] == [None, None, ()]
    found = [profile(frozen, form) for form in frozen.forms]
    assert [[each.id for each in one["disputes"]] for one in found] == [
        ["exists", "salty"],
        *[["exists"]] * 3,
    ]
    assert [[each.id for each in one["corrections"]] for one in found] == [[], [], [], ["gold"]]


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


def test_names_are_sorted_whatever_their_case(edges: Table) -> None:
    forms = [structs.replace(edges.forms[0], id=name, name=name) for name in ("b", "C", "a")]
    assert [form.name for form in ordered(edges, forms, "NAME")] == ["a", "b", "C"]
    with pytest.raises(
        CallError, match=r"^no field to sort by is called 'nam'; did you mean 'name'"
    ):
        ordered(edges, forms, "nam")


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            Filter(laxative=["calm", "clam"]),
            "no laxative level is called 'clam'. There are: calm, brisk",
        ),
        (Filter(tolerance=["godo"]), "no tolerance level is called 'godo'"),
        (Filter(max_laxative="wilt"), "no laxative level is called 'wilt'"),
        (Filter(source=["talk", "papers"]), "no source is called 'papers'; did you mean 'paper'?"),
    ],
)
def test_a_filter_for_what_a_table_lacks_is_told(
    edges: Table, wanted: Filter, sentence: str
) -> None:
    with pytest.raises(CallError) as error:
        select(edges, wanted)
    assert sentence in str(error.value)


def test_nothing_is_milder_than_a_form_without_a_level(frozen: Table) -> None:
    with pytest.raises(
        CallError, match=r"^the table gives no level for dust, so nothing can be gentler than it$"
    ):
        select(frozen, Filter(gentler_than=frozen.forms[3]))
    bare = structs.replace(frozen, scales=Scales())
    with pytest.raises(CallError, match=r"^the table gives no level for salt"):
        select(bare, Filter(gentler_than=bare.forms[0]))


def test_a_scale_that_the_table_lacks_is_an_error_for_filters_and_sorting_alike() -> None:
    table = load(str(ROOT / "tests" / "tables" / "smallest.yaml"))
    sentence = r"^no scale of this table is called 'laxative'. There are: none$"
    with pytest.raises(CallError, match=sentence):
        select(table, Filter(laxative=["mild"]))
    with pytest.raises(CallError, match=sentence):
        ordered(table, table.forms, "laxative")


def test_a_note_on_several_forms_counts_once(table: Table) -> None:
    every = notes_that(table, ())
    assert len(every) == len({*every})
    shared = next(ids for note, ids in every.items() if len(ids) > 1)
    assert len(shared) == len({*shared})


@pytest.mark.parametrize(
    "words", ["diarrhea", "diarrhoea", "DIARRHEA", "  diarrhea ", "sulphate", "sulfate"]
)
def test_a_search_finds_both_spellings(words: str) -> None:
    assert mentions(words, ["Sulfate and  diarrhoea", "Sulphate and diarrhea"], ())
    assert mentions("oedema", ["edema"], ())
    assert not mentions("dia rrhea", ["diarrhea"], ())
