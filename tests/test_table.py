"""What holds for every row of the table that comes with mgform."""

import re
from hashlib import sha256
from itertools import chain

import pytest
from molmass import Formula

from mgform.consistency import statements
from mgform.errors import CallError
from mgform.files import bundled
from mgform.loader import load
from mgform.model import Compound, Form, Note, Source, Statement, Table
from mgform.names import Names
from mgform.query import level_of
from mgform.validation import problems
from mgform.vocabulary import Basis, Kind, Origin, Topic
from tests.conftest import ROOT

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
# The names of the people who wrote the posts, as digests: the names themselves stand nowhere.
WRITERS = {
    *("3582ea097a77", "3cbaeb57c640", "6089854c94ca", "6201eb4dccc9"),
    *("8096fbd69964", "8fb1be1f4c24", "a1df6dffb5e4", "e1823098f42e"),
}


def names_a_writer(text: str) -> bool:
    words = re.findall(r"[a-z]+", text.lower())
    return not WRITERS.isdisjoint(sha256(word.encode()).hexdigest()[:12] for word in words)


def test_nothing_that_is_shown_names_a_writer() -> None:
    for path in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "data/forms.yaml", "docs/json.md", "docs/table.md"):
        assert not names_a_writer((ROOT / path).read_text("utf-8")), path


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
    assert not names_a_writer(said.text), path
    assert "@" not in said.text, path
    assert not names_a_writer(said.relays or ""), path


@pytest.mark.parametrize("source", TABLE.sources, ids=lambda source: source.id)
def test_a_source_can_be_found_again(source: Source) -> None:
    assert not names_a_writer(source.citation)
    if source.kind is Kind.THREAD:
        number = int(source.id.removeprefix("post-"))
        assert f'"Muscle spasms may be a magnesium deficiency", #{number}' in source.citation
        assert source.date == ("2000-10-10" if number < 3 else "2000-10-12")
    else:
        assert len(source.citation) > 20


def test_it_has_all_five_posts_and_each_says_something() -> None:
    said_by = {said.source for _, said in STATEMENTS}
    assert {f"post-{number}" for number in range(1, 6)} <= said_by


@pytest.mark.parametrize(
    "note",
    [n for n in TABLE.notes if n.source.startswith("post-") and re.search(r"\d mg|\d%", n.text)],
    ids=lambda note: note.source,
)
def test_a_large_dose_stands_beside_the_upper_levels(note: Note) -> None:
    beside = " ".join(said.text for said in note.published)
    assert "350 mg" in beside
    assert "250 mg" in beside


def test_the_relayed_dose_says_that_elemental_or_compound_is_not_said() -> None:
    dose = next(note for note in TABLE.notes if "1000-2000 mg" in note.text)
    assert dose.about is Topic.AMOUNT
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


COMPOUNDS = [(form, compound) for form in TABLE.forms for compound in form.compounds]


@pytest.mark.parametrize(("form", "compound"), COMPOUNDS, ids=[compound.name for _, compound in COMPOUNDS])
def test_a_percentage_follows_from_the_formula(form: Form, compound: Compound) -> None:
    """Recomputed with molmass, which knows the atomic weights."""
    composition = Formula(compound.formula.replace(" ", "")).composition()
    percent = 100 * composition["Mg"].fraction
    assert abs(percent - compound.elemental_percent) < 0.1, form.id
    if compound.basis is Origin.COMPUTED:
        assert round(percent, 2) == compound.elemental_percent


def test_every_form_names_its_compounds() -> None:
    assert {form.id: len(form.compounds) for form in TABLE.forms} == {
        "oxide": 1,
        "citrate": 3,
        "malate": 1,
        "taurate": 1,
        "aspartate": 2,
        "chelate": 1,
    }
    assert "labels vary" in (TABLE.forms[-1].compounds[0].remark or "")


@pytest.mark.parametrize("form", ["malate", "taurate"])
def test_where_nothing_was_found_the_table_says_so(form: str) -> None:
    (found,) = (each for each in TABLE.forms if each.id == form)
    said = [note for note in found.notes if note.source == "search" and note.about is Topic.ABSORPTION]
    assert len(said) == 1
    assert "was found" in said[0].text
    assert said[0].basis is Basis.INFERRED


def test_the_upper_levels_are_those_of_the_us_and_the_eu() -> None:
    assert [(level.region, level.mg, level.source) for level in TABLE.upper_levels] == [
        ("US", 350, "iom-2006"),
        ("EU", 250, "efsa-2018"),
    ]


# Every figure of the published notes, by source, as the published source (or its second source) prints it.
FIGURES = {
    "iom-1997": "576",
    "iom-2006": "350 400 420 310 320 19-30 31",
    "scf-2001": "360-365",
    "efsa-2018": "250",
    "bfr-2017": "250",
    "smpc-magnaspartate": "30 2-3 3-4",
    "wakai-2019": "320 75 23",
    "case-2020": "41.7 60.3 8.5 8.42",
    "case-2021": "14.1",
    "jungbunzlauer": "12 3:2",
    "nested-naturals": "82 18 22.4",
    "firoz-2001": "21 4",
    "lindberg-1990": "25 55 43",
    "walker-2003": "46 300 60",
    "bmc-nutrition": "20 0.565 95 0.212-0.918 24",
    "schuette-1994": "12 23.5 22.8 11.8 100",
    "shechter-2012": "41 520 296",
    "pajuelo-2024": "40 1 4",
    "coudray-2005": "50-67",
    "pardo-2021": "14",
    "fine-1991-stool": "7.3",
    "fine-1991-uptake": "65 11",
    "sabatier-2011": "12 50.7 126 32.4",
    "mori-2019": "34 28 70.6 1.5 25.0",
    "ajg-2021": "68.3 11.7 90",
    "fda-label": "1/2 6",
    "peikert-1996": "81 12 18.6 600",
    "witteman-1994": "91 20 6",
    "supakatisant-2015": "300 4",
    "dailymed": "15 1200",
    "russell-1995": "24",
    "bagis-2013": "60 300",
    "boulis-2021": "2021",
    "roguin-maor-2017": "94 .67",
}
PUBLISHED = [(path, said) for path, said in STATEMENTS if TABLE.sources_by_id[said.source].kind is Kind.REFERENCE]
FIGURE = re.compile(r"(?<![\w.:/-])\.?\d[\d.:/-]*(?<![.:/-])")


@pytest.mark.parametrize(("path", "said"), PUBLISHED, ids=[path for path, _ in PUBLISHED])
def test_a_figure_stands_as_its_source_prints_it(path: str, said: Statement) -> None:
    text = re.sub(r"post-\d|Mg\(OH\)2", "", f"{said.text} {said.details or ''} {said.studied or ''}")
    assert set(FIGURE.findall(text)) <= set(FIGURES.get(said.source, "").split()), path


@pytest.mark.parametrize("source", FIGURES)
def test_every_figure_of_a_source_is_told(source: str) -> None:
    texts = [f"{said.text} {said.details or ''} {said.studied or ''}" for _, said in PUBLISHED if said.source == source]
    told = {figure for text in texts for figure in FIGURE.findall(text)}
    limits = " ".join(f"{level.mg:g} {level.counts}" for level in TABLE.upper_levels if level.source == source)
    assert set(FIGURES[source].split()) <= told | set(FIGURE.findall(limits))


# In whom or in what each study was made, as far as its source says how many there were.
STUDIED = {
    "iom-1997": {"people"},
    "scf-2001": {"adults"},
    "wakai-2019": {"320 hospital patients"},
    "firoz-2001": {"people"},
    "lindberg-1990": {"people"},
    "walker-2003": {"46 healthy people"},
    "bmc-nutrition": {"20 men"},
    "schuette-1994": {"12 patients lacking part of the ileum"},
    "shechter-2012": {"41 people"},
    "pajuelo-2024": {"40 adults"},
    "coudray-2005": {"rats"},
    "uysal-2019": {"rats"},
    "bertinato-2014": {"rats"},
    "pardo-2021": {"a review of 14 studies"},
    "schuchardt-2017": {"a review"},
    "boulis-2021": {"a review of 2021"},
    "fine-1991-stool": {"healthy people"},
    "fine-1991-uptake": {"healthy people"},
    "sabatier-2011": {"12 men"},
    "mori-2019": {"34 women"},
    "ajg-2021": {"90 patients"},
    "peikert-1996": {"a trial of 81 patients"},
    "witteman-1994": {"91 women"},
    "supakatisant-2015": {"pregnant women"},
    "russell-1995": {"24 people"},
    "bagis-2013": {"60 women"},
    "roguin-maor-2017": {"94 adults"},
}


@pytest.mark.parametrize("source", TABLE.sources, ids=lambda source: source.id)
def test_a_study_says_in_whom_it_was_made(source: Source) -> None:
    studied = {said.studied for _, said in STATEMENTS if said.source == source.id}
    allowed = STUDIED.get(source.id, set())
    assert studied - {None} == allowed
    if source.id != "iom-1997":
        assert None not in studied or not allowed


@pytest.mark.parametrize(("path", "said"), STATEMENTS, ids=[path for path, _ in STATEMENTS])
def test_details_are_sentences_of_their_own(path: str, said: Statement) -> None:
    if said.details is not None:
        assert re.match(r'["A-Z0-9]', said.details), path
        assert said.details.endswith("."), path
        assert said.details not in said.text, path
