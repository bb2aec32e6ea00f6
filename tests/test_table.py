"""What holds for every row of the table that comes with mgform."""

import re
from itertools import chain

import pytest

from mgform.consistency import statements
from mgform.errors import CallError
from mgform.files import bundled
from mgform.load import load
from mgform.model import Basis, Form, Kind, Note, Source, Statement, Table, Topic
from mgform.names import Names
from mgform.query import level_of
from mgform.validation import problems

TABLE = load()
STATEMENTS = [(".".join(map(str, path)), said) for path, said in statements(TABLE)]
LEVELS = {
    "oxide": ("moderate", Basis.INFERRED, "varies"),
    "citrate": ("strong", Basis.STATED, "poor"),
    "malate": ("mild", Basis.STATED, "good"),
    "taurate": ("mild", Basis.STATED, "good"),
    "aspartate": ("mild", Basis.STATED, "good"),
    "chelate": ("mild", Basis.STATED, "good"),
}
WRITERS = re.compile(r"@")


def test_it_has_no_problem() -> None:
    assert problems(bundled().read_bytes()) == []


def test_its_forms_stand_in_the_contracts_order() -> None:
    assert [form.id for form in TABLE.forms] == list(LEVELS)


@pytest.mark.parametrize("form", TABLE.forms, ids=lambda form: form.id)
def test_a_form_has_the_levels_that_the_thread_gives(form: Form) -> None:
    laxative, tolerance = level_of(TABLE, form, "laxative"), level_of(TABLE, form, "tolerance")
    assert laxative
    assert tolerance
    assert (laxative.word, laxative.basis, tolerance.word) == LEVELS[form.id]
    assert tolerance.basis is Basis.STATED
    assert {TABLE.sources_by_id[each].kind for each in laxative.sources + tolerance.sources} == {Kind.THREAD}


@pytest.mark.parametrize(("path", "said"), STATEMENTS, ids=[path for path, _ in STATEMENTS])
def test_a_statement_is_a_sentence_that_names_no_writer(path: str, said: Statement) -> None:
    assert said.text[0].isupper() or said.text[0].isdigit(), path
    assert said.text.endswith("."), path
    assert not WRITERS.search(said.text), path
    assert not WRITERS.search(said.relays or ""), path


@pytest.mark.parametrize("source", TABLE.sources, ids=lambda source: source.id)
def test_a_source_can_be_found_again(source: Source) -> None:
    assert not WRITERS.search(source.citation)
    if source.kind is Kind.THREAD:
        number = int(source.id.removeprefix("post-"))
        assert f'"Muscle spasms may be a magnesium deficiency", #{number}' in source.citation
        assert source.date == ("2000-10-10" if number < 3 else "2000-10-12")
    else:
        assert len(source.citation) > 20


def test_it_has_all_five_posts_and_each_says_something() -> None:
    said_by = {said.source for _, said in STATEMENTS}
    assert {f"post-{number}" for number in range(1, 6)} <= said_by


@pytest.mark.parametrize("note", [note for note in TABLE.notes if re.search(r"\d+-\d+ mg|\d+%", note.text)])
def test_a_large_dose_stands_beside_the_upper_levels(note: Note) -> None:
    beside = " ".join(said.text for said in note.published)
    assert "350 mg" in beside
    assert "250 mg" in beside


def test_the_relayed_dose_says_that_elemental_or_compound_is_not_said() -> None:
    dose = next(note for note in TABLE.notes if "1000-2000 mg" in note.text)
    assert dose.about is Topic.DOSING
    assert dose.relays == "Daniel Clauw, a fibromyalgia researcher"
    assert "elemental" in dose.text


def test_only_a_published_researcher_or_a_group_is_relayed() -> None:
    relayed = {said.relays for _, said in STATEMENTS if said.relays}
    assert relayed == {"Daniel Clauw, a fibromyalgia researcher", "some advocates of alternative health"}


def test_milk_of_magnesia_is_corrected_and_is_no_name_of_a_form() -> None:
    (correction,) = TABLE.corrections
    assert correction.claim.source == "post-4"
    assert correction.forms == ("oxide",)
    assert "hydroxide" in correction.published[0].text
    names = chain.from_iterable((form.name, *form.aliases, *form.members) for form in TABLE.forms)
    assert not any("milk" in name.casefold() for name in names)


@pytest.mark.parametrize(
    ("dispute", "sources"),
    [
        ("laxative-cause", {"post-1", "post-4"}),
        ("form-matters", {"post-1", "post-4"}),
        ("citrate-absorption", {"post-1", "post-4"}),
    ],
)
def test_a_contradiction_of_the_thread_stands_with_both_sides(dispute: str, sources: set[str]) -> None:
    (found,) = (each for each in TABLE.disputes if each.id == dispute)
    assert {position.source for position in found.positions} == sources


@pytest.mark.parametrize(
    "name",
    [
        "hydroxide",
        "carbonate",
        "chloride",
        "sulfate",
        "sulphate",
        "lactate",
        "gluconate",
        "orotate",
        "pidolate",
        "glycerophosphate",
        "ascorbate",
        "threonate",
        "l-threonate",
        "acetyl-taurate",
        "dimagnesium-malate",
        "citrate-malate",
        "stearate",
        "phosphate",
        "acetate",
        "glutamate",
        "zma",
        "epsom-salt",
        "milk-of-magnesia",
    ],
)
def test_a_known_name_outside_the_table_is_never_read_as_a_form(name: str, table: Table) -> None:
    with pytest.raises(CallError, match="known and not covered"):
        Names(table).find(name)


@pytest.mark.parametrize(("about", "source"), [(t, s) for t in ("effect", "dosing", "caution") for s in ("post-4",)])
def test_what_holds_for_every_form_stands_once(about: str, source: str) -> None:
    texts = [note.text for note in TABLE.notes if note.about == about and note.source == source]
    assert texts
    assert len(texts) == len(set(texts))
