"""Levels, filters, order and comparison, on tables with what the bundled one does not have."""

import pytest
from msgspec import structs

from mgform.comparison import (
    Verdict,
    compare,
    level_clause,
    measured,
    ranked,
    without_level,
)
from mgform.errors import CallError
from mgform.forms import (
    Filter,
    level_of,
    leveled,
    ordered,
    profile,
    select,
    share,
)
from mgform.names import Names
from mgform.notes import notes_that, studies, who_says
from mgform.reader import load
from mgform.table import Basis, Form, Note, Scale, Scales, Table
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def edges() -> Table:
    return load(str(ROOT / "tests" / "tables" / "edges.yaml"))


def verdict(table: Table, *names: str) -> Verdict:
    return compare(table, [Names(table).find(name) for name in names]).verdict


def with_notes(table: Table, *notes: Note) -> Table:
    """A table with other notes."""
    return structs.replace(table, notes=notes)


def form_of(table: Table, form_id: str) -> Form:
    return Names(table).find(form_id).form


def test_a_level_is_stated_where_one_note_states_it_and_rests_on_discussions(
    edges: Table,
) -> None:
    mixed, pair, calm = edges.forms
    assert level_of(edges, mixed, "laxative") == (
        "brisk",
        1,
        Basis.STATED,
        ("chat", "talk"),
    )
    assert level_of(edges, pair, "laxative") == (
        "wild",
        3,
        Basis.STATED,
        ("paper",),
    )
    assert level_of(edges, calm, "laxative") == (
        "calm",
        0,
        Basis.INFERRED,
        ("talk",),
    )
    assert level_of(edges, pair, "tolerance") is None


def test_forms_without_a_level_are_left_out_where_others_have_one(
    frozen: Table,
) -> None:
    assert [form.id for form in leveled(frozen)] == ["salt", "chelate", "ash"]
    bare = structs.replace(frozen, scales=Scales())
    assert leveled(bare) == [*bare.forms]


def test_studies_are_counted_once_and_reviews_are_none(edges: Table) -> None:
    counted = [
        studies(edges, edges.notes_by_form[form.id]) for form in edges.forms
    ]
    assert counted == [(2, 1), (1, 1), (0, 0)]


def test_a_comparison_says_who_is_milder_and_by_whose_word(
    edges: Table,
) -> None:
    assert verdict(edges, "mixed", "calm-one").sentence == (
        "Calm-one is milder, by our reading: the laxative effect is rated calm for calm-one "
        "[our reading of talk] and brisk for mixed [chat, talk]."
    )
    assert verdict(edges, "mixed", "pair").sentence == (
        "Mixed is milder: the laxative effect is rated brisk for mixed [chat, talk] "
        "and wild for pair [paper]."
    )
    assert verdict(edges, "mixed", "pair", "calm-one").sentence == (
        "The laxative effect is rated calm for calm-one [our reading of talk], "
        "brisk for mixed [chat, talk] and wild for pair [paper]."
    )


def test_what_is_said_and_what_is_read_stand_apart(frozen: Table) -> None:
    found = verdict(frozen, "salt", "chelate", "ash", "dust")
    assert [
        (rank.level, rank.forms, rank.basis, rank.sources)
        for rank in found.ranks
    ] == [
        ("weak", ("ash",), Basis.STATED, ("talk",)),
        ("weak", ("chelate",), Basis.INFERRED, ("chat",)),
        ("fierce", ("salt",), Basis.STATED, ("talk",)),
    ]
    assert (found.separates, found.scale) == (True, "laxative")
    assert found.unplaced == ("dust",)


def test_the_first_scale_that_separates_the_forms_tells_which_is_milder(
    edges: Table, frozen: Table
) -> None:
    mixed, _, calm = edges.forms
    brisk = structs.replace(calm, laxative="brisk")
    alike = structs.replace(edges, forms=(mixed, brisk))
    found = verdict(alike, "mixed", "calm-one")
    assert (found.scale, found.separates) == ("tolerance", True)
    assert found.sentence == (
        "Calm-one is gentler: the tolerance is rated good for calm-one [talk] "
        "and poor for mixed [talk]."
    )
    found = verdict(frozen, "chelate", "ash")
    assert (found.scale, found.separates) == ("laxative", False)
    assert found.sentence == (
        "No difference: the laxative effect is rated weak for ash [talk] "
        "and weak for chelate [our reading of chat]."
    )


def test_a_form_without_a_level_gets_none_and_the_reason(frozen: Table) -> None:
    assert verdict(frozen, "ash", "dust").sentence == (
        "The laxative effect is rated weak for ash [talk]. The table gives dust no level."
    )
    dust, gold = frozen.forms[3:]
    # A correction speaks of both; without it, nobody does.
    unsaid = structs.replace(frozen, corrections=())
    assert (
        without_level(unsaid, [dust])
        == "The discussion does not speak of dust."
    )
    assert without_level(unsaid, [dust, gold]) == (
        "The discussion does not speak of dust or gold."
    )
    # Where a dispute names a form, or a note does, a thread speaks of it.
    salty = structs.replace(frozen.disputes[1], forms=("dust",))
    disputed = structs.replace(unsaid, disputes=(salty,))
    assert without_level(disputed, [dust]) == "The table gives dust no level."
    noted = structs.replace(frozen.notes[0], forms=("dust",))
    assert without_level(with_notes(unsaid, noted), [dust]) == (
        "The table gives dust no level."
    )
    # A table without a thread does not speak of one.
    published = structs.replace(unsaid, sources=frozen.sources[2:], notes=())
    assert without_level(published, [gold]) == "The table gives gold no level."


def test_a_table_without_scales_has_no_verdict(frozen: Table) -> None:
    bare = structs.replace(frozen, scales=Scales(), forms=frozen.forms[2:])
    found = verdict(bare, "ash", "dust")
    assert found.sentence == "The table gives ash and dust no level."
    assert (found.separates, found.scale) == (False, None)


def test_one_form_is_no_comparison(frozen: Table) -> None:
    matches = Names(frozen).find_all(["salt", "uno", "salt", "salt of iodine"])
    with pytest.raises(CallError) as error:
        compare(frozen, matches)
    assert str(error.value) == (
        "a comparison needs two different forms or more, as in: mgform compare salt chelate"
    )


def test_a_source_that_says_the_same_twice_is_told_once(frozen: Table) -> None:
    salt, chelate = frozen.forms[:2]
    note = frozen.notes[0]

    def saying(*clauses: tuple[str, str | None]) -> Table:
        return with_notes(
            frozen,
            *(
                structs.replace(note, forms=(form_id,), says=says)
                for form_id, says in clauses
            ),
        )

    both = saying(
        ("salt", "calls both strange"),
        ("chelate", "calls both strange"),
        ("chelate", "praises {form}"),
    )
    assert who_says(both, [salt, chelate], "laxative") == (
        "talk calls both strange and praises chelate"
    )
    short = saying(("salt", "objects"), ("salt", "calls it odd"))
    assert (
        who_says(short, [salt], "laxative") == "talk objects and calls it odd"
    )
    silent = saying(("salt", "objects"), ("salt", None))
    assert who_says(silent, [salt], "laxative") == ""


def test_the_order_of_forms_is_one_sentence(table: Table, edges: Table) -> None:
    assert ranked(table, leveled(table)) == (
        "The laxative effect is rated mild for malate, taurate, aspartate and chelate "
        "[post-4], moderate for oxide [our reading of post-4] and strong for citrate "
        "[post-4, post-5]."
    )
    assert ranked(table, leveled(table), "tolerance").startswith(
        "The tolerance at high doses is rated good for malate, "
    )
    tolerated = structs.replace(edges.forms[0], laxative=None)
    assert ranked(edges, [tolerated]) == (
        "The tolerance is rated poor for mixed [talk]."
    )
    unrated = structs.replace(tolerated, tolerance=None)
    assert ranked(edges, [unrated]) == "The table gives these forms no level."


def test_a_level_is_a_sentence_whatever_the_word(
    frozen: Table, edges: Table
) -> None:
    def clause(table: Table, form: Form) -> str:
        level = level_of(table, form, "laxative")
        assert level is not None
        return level_clause(table, form, level, "laxative")

    assert [clause(edges, form) for form in edges.forms] == [
        "The laxative effect of mixed is rated brisk [chat, talk].",
        "The laxative effect of pair is rated wild [paper].",
        "The laxative effect of calm-one is rated calm [our reading of talk].",
    ]
    assert clause(frozen, frozen.forms[0]) == (
        "The laxative effect of salt is rated fierce: talk calls salt fierce."
    )
    scale = Scale(title="Constipation", levels=("none", "mild", "fierce"))
    other = structs.replace(edges, scales=Scales(laxative=scale))
    calm = structs.replace(edges.forms[2], laxative="none")
    assert clause(other, calm) == (
        "The constipation of calm-one is rated none [our reading of talk]."
    )


def test_a_comparison_of_the_bundled_table_attributes_each_clause(
    table: Table,
) -> None:
    def sentence(*names: str) -> str:
        return verdict(table, *names).sentence

    assert sentence("oxide", "chelate").startswith(
        "Chelate is milder, by our reading: "
    )
    assert sentence("malate", "taurate").startswith("No difference: ")
    for pair in (("oxide", "citrate"), ("citrate", "malate")):
        assert "post-4 " in sentence(*pair)
        assert "post-5 " in sentence(*pair)
    assert sentence("citrate", "threonate") == (
        "The laxative effect is rated strong for citrate [post-4, post-5]. "
        "The discussion of 2000 does not speak of threonate."
    )


def test_a_row_says_in_plain_values_whether_the_forms_differ(
    edges: Table,
) -> None:
    found = compare(edges, Names(edges).find_all(["mixed", "pair"]))
    rows = {str(row.pop("field")): row for row in found.rows}
    assert rows.pop("laxative") == {
        "values": {"mixed": "brisk", "pair": "wild"},
        "differs": True,
        "basis": {"mixed": Basis.STATED, "pair": Basis.STATED},
        "sources": {"mixed": ("chat", "talk"), "pair": ("paper",)},
    }
    assert rows.pop("tolerance")["basis"] == {
        "mixed": Basis.STATED,
        "pair": None,
    }
    assert rows.pop("notes.absorption") == {
        "values": {
            "mixed": (
                "In rats it is absorbed. [rats]",
                "The review says so as well. [review]",
            ),
            "pair": (),
        },
        "differs": True,
    }
    assert {
        field: (row["values"], row["differs"]) for field, row in rows.items()
    } == {
        "elemental_percent": ({"mixed": 20.0, "pair": 20.0}, False),
        "studies": ({"mixed": 2, "pair": 1}, True),
        "studies_in_people": ({"mixed": 1, "pair": 1}, False),
        "notes.laxative": (
            {
                "mixed": (
                    "First we read it. [chat]",
                    "Then it is said. [talk]",
                    "And once more. [chat]",
                    "A study agrees. [paper]",
                ),
                "pair": ("Known from papers alone. [paper]",),
            },
            True,
        ),
        "notes.tolerance": ({"mixed": ("So-so. [talk]",), "pair": ()}, True),
        "disputes": ({"mixed": ("how",), "pair": ()}, True),
        "corrections": ({"mixed": (), "pair": ()}, False),
    }


def test_a_comparison_has_whole_forms_and_what_was_asked(frozen: Table) -> None:
    found = compare(
        frozen, Names(frozen).find_all(["salt of iodine", "UNS", "gold"])
    )
    salt, gold = found.forms
    assert (salt["asked_as"], salt["matched"], salt["compound"]) == (
        "salt of iodine",
        "compound",
        "unobtainium iodide",
    )
    assert (gold["asked_as"], gold["matched"], gold["compound"]) == (
        "gold",
        "id",
        None,
    )
    for whole, form in zip(
        found.forms, (frozen.forms[0], frozen.forms[4]), strict=True
    ):
        assert profile(frozen, form).items() <= whole.items()


def test_what_was_measured_on_the_first_scale_comes_first_where_it_is_about_all(
    frozen: Table,
) -> None:
    salt, chelate, ash, *_ = frozen.forms
    first = frozen.notes[1]
    both = structs.replace(first, text="Both alike.", forms=("ash", "salt"))
    elsewhere = structs.replace(both, text="Dear.", about="cost")
    noted = with_notes(frozen, *frozen.notes, elsewhere, both)
    assert measured(noted, [salt]) == {"salt": (first, 1)}
    assert measured(noted, [salt, ash]) == {"salt": (both, 1), "ash": (both, 0)}
    assert measured(noted, [salt, chelate, ash]) == {
        "salt": (first, 1),
        "ash": (both, 0),
    }
    assert measured(structs.replace(noted, scales=Scales()), [salt]) == {}


def test_the_usual_compound_is_the_first_and_a_mixture_has_no_percentage(
    edges: Table, frozen: Table
) -> None:
    mixed, _, calm = edges.forms
    gold = frozen.forms[4]
    assert [share(form) for form in (mixed, calm, gold)] == [20, None, None]
    muddy = structs.replace(
        mixed, compounds=(*gold.compounds, *mixed.compounds)
    )
    assert share(muddy) is None


def test_a_profile_has_the_sources_of_its_levels_and_what_concerns_it(
    edges: Table, frozen: Table
) -> None:
    pair = profile(edges, edges.forms[1])
    assert (
        pair["laxative"],
        pair["laxative_basis"],
        pair["laxative_sources"],
    ) == (
        "wild",
        Basis.STATED,
        ("paper",),
    )
    assert (
        pair["tolerance"],
        pair["tolerance_basis"],
        pair["tolerance_sources"],
    ) == (
        None,
        None,
        (),
    )
    assert pair["notes"] == (edges.notes[7],)
    wholes = [profile(frozen, form) for form in frozen.forms]
    assert [
        [dispute.id for dispute in whole["disputes"]] for whole in wholes
    ] == [
        ["exists", "salty"],
        *[["exists"]] * 4,
    ]
    assert [
        [correction.id for correction in whole["corrections"]]
        for whole in wholes
    ] == [
        [],
        [],
        [],
        ["gold"],
        ["gold"],
    ]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(laxative=["CALM", "wild"]), ["pair", "calm-one"]),
        (Filter(max_laxative="brisk"), ["mixed", "calm-one"]),
        (Filter(max_laxative="calm"), ["calm-one"]),
        (Filter(tolerance=["poor"]), ["mixed"]),
        (Filter(source=["PAPER"]), ["mixed", "pair"]),
        (Filter(source=["talk", "paper"]), ["mixed", "pair", "calm-one"]),
        (Filter(max_laxative="fierce", tolerance=["good"]), ["calm-one"]),
    ],
)
def test_a_filter_keeps_the_forms_that_pass(
    edges: Table, wanted: Filter, ids: list[str]
) -> None:
    assert [form.id for form in select(edges, wanted)] == ids


def test_a_source_is_named_by_its_id_or_by_its_mark(frozen: Table) -> None:
    for name in ("paper", "Doe 1999", "DOE 1999"):
        assert select(frozen, Filter(source=[name])) == [frozen.forms[0]]
        assert notes_that(frozen, source=[name]) == [
            frozen.notes[1],
            frozen.notes[2],
        ]


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
        ("elemental_percent", False, ["mixed", "pair", "calm-one"]),
        ("elemental_percent", True, ["mixed", "pair", "calm-one"]),
    ],
)
def test_forms_are_sorted_and_those_without_a_value_come_last(
    edges: Table, by: str | None, *, reverse: bool, ids: list[str]
) -> None:
    in_order = ordered(edges, edges.forms, by, reverse=reverse)
    assert [form.id for form in in_order] == ids


def test_names_are_sorted_whatever_their_case(edges: Table) -> None:
    forms = [
        structs.replace(edges.forms[0], id=name, name=name)
        for name in ("b", "C", "a")
    ]
    assert [form.name for form in ordered(edges, forms, "NAME")] == [
        "a",
        "b",
        "C",
    ]


@pytest.mark.parametrize("word", ["nam", "elemental"])
def test_forms_are_sorted_by_what_fields_are_called(
    edges: Table, word: str
) -> None:
    with pytest.raises(
        CallError, match=f"^no field to sort by is called '{word}'"
    ):
        ordered(edges, edges.forms, word)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            Filter(laxative=["calm", "clam"]),
            "no laxative level is called 'clam'. There are: calm, brisk",
        ),
        (Filter(tolerance=["godo"]), "no tolerance level is called 'godo'"),
        (Filter(max_laxative="wilt"), "no laxative level is called 'wilt'"),
        (
            Filter(source=["talk", "papers"]),
            "no source is called 'papers'; did you mean 'paper'?",
        ),
    ],
)
def test_a_filter_for_what_a_table_lacks_is_told(
    edges: Table, wanted: Filter, sentence: str
) -> None:
    with pytest.raises(CallError) as error:
        select(edges, wanted)
    assert sentence in str(error.value)


def test_nothing_is_milder_than_a_form_without_a_level(frozen: Table) -> None:
    sentence = (
        "^the table gives no level for {}, so nothing can be gentler than it$"
    )
    with pytest.raises(CallError, match=sentence.format("dust")):
        select(frozen, Filter(gentler_than=form_of(frozen, "dust")))
    bare = structs.replace(frozen, scales=Scales())
    with pytest.raises(CallError, match=sentence.format("salt")):
        select(bare, Filter(gentler_than=bare.forms[0]))


def test_a_scale_that_the_table_lacks_is_an_error_for_filters_and_sorting_alike() -> (
    None
):
    table = load(str(ROOT / "tests" / "tables" / "smallest.yaml"))
    sentence = r"^no scale of this table is called 'laxative'. There are: none$"
    with pytest.raises(CallError, match=sentence):
        select(table, Filter(laxative=["mild"]))
    with pytest.raises(CallError, match=sentence):
        ordered(table, table.forms, "laxative")


def test_notes_pass_filters_and_those_for_every_form_are_on_each(
    frozen: Table,
) -> None:
    def texts(forms: list[str], **filters: list[str]) -> list[str]:
        chosen = [form_of(frozen, form_id) for form_id in forms]
        return [note.text for note in notes_that(frozen, chosen, **filters)]

    general = ["Not for the faint of heart.", "Little and often."]
    assert len(texts([])) == len(frozen.notes)
    assert texts(["ash"]) == ["Not noticed either.", *general]
    assert texts(["dust"]) == general
    assert texts(["ash", "chelate"], about=["LAXATIVE"]) == [
        "Not noticed at all.",
        "Not noticed either.",
    ]
    assert texts([], kind=["reference"]) == ["Ran through 3 of 4."]
    assert texts([], about=["caution", "cost"], source=["talk"]) == [
        "Dear.",
        "Not for the faint of heart.",
    ]


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (
            {"about": ["laxativ"]},
            "no topic is called 'laxativ'; did you mean 'laxative'?",
        ),
        (
            {"kind": ["book"]},
            "no kind is called 'book'. There are: thread and reference",
        ),
        (
            {"source": ["book"]},
            "no source is called 'book'. There are: talk, chat and paper",
        ),
    ],
)
def test_a_filter_of_notes_for_what_a_table_lacks_is_told(
    frozen: Table, filters: dict[str, list[str]], sentence: str
) -> None:
    with pytest.raises(CallError) as error:
        notes_that(frozen, (), **filters)
    assert sentence in str(error.value)
