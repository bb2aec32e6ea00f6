"""The facts of the bundled table against a second copy, typed from the sources: facts.yaml."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from molmass import Formula
from msgspec import to_builtins

from mgform.names import key as key_of
from mgform.reader import load
from mgform.table import Compound, Kind, Source, Statement, Table
from tests.conftest import call

Entry = dict[str, Any]
DOUBLE = (Path(__file__).parent / "facts.yaml").read_text(encoding="utf-8")
FACTS: Entry = yaml.load(DOUBLE, Loader=yaml.CSafeLoader)

# Words that decide what a sentence says; wherever one stands, the entry lists it.
GUARDED = re.compile(
    r"""(?ix) (?<![\w{]) (
    \d+ ([.,:]\d+)* | % | ( mg | g | ml | mmol | meq | minutes? | hours? | days? | weeks?
    | months? | years? | two | three | four | five | six | seven | eight | nine | ten | half
    | third | twice | post-\d | no | not | never | none | nothing | nobody | neither | nor
    | without | cannot | except | better | worse | best | worst | poorest | more | most | less
    | least | fewer | fewest | beat | above | below | alike | like | same | equal\w* | differ\w*
    | higher | highest | lower | lowest | larger | largest | bigger | smaller | smallest | easier
    | harder | rose | raised | fell | halved | relieved | reduced | eased | stopped | may | might
    | can | seem\w* | often | likely | some | many | few | all | every\w* | any | each | only
    | about | cured | under | at[ ]most | at[ ]least | up[ ]to | too | small | slightly | very
    | considerably | significant | severe | should | must | supports | against | yes | men
    | women | woman | adults? | children | patients? | people | rats | pregnan\w+ | healthy
    | user | old\w* | ill | diarrh?o?ea | constipation | cramps | nausea | laxative | kidneys?
    | heart\w* | fibromyalgia | oxide | citrate | malate | malic | taurate | aspartate | chelate
    | glycinate | bisglycinate | dimagnesium | acetyl | hydroxide | milk[ ]of[ ]magnesia
    | chloride | lactate | sulfate | carbonate | gluconate | acetate | threonate | orotate
    | pidolate | glycerophosphate | ascorbate | pyruvate | succinate | lysinate | stearate
    | sucrosomial | salicylate | glutamate | peroxide | ketoglutarate | creatine | zma | brain
    | rem | hydrochloride | calcium | potassium | phosphate | iron | bisphosphonates | senna
    | placebo | us | usa | eu | european? | blood | urine | cells | stool | absorb\w*
    | tolerat\w* | dissol\w*
    ) (?!\w) )"""
)


class Found(NamedTuple):
    """A statement of the table, and where it stands."""

    at: str
    about: str | None
    statement: Statement


def spoken(said: Statement) -> str:
    """All that a statement says."""
    parts = (said.text, said.details, said.studied, getattr(said, "says", None))
    return " | ".join(part for part in parts if part)


def strays(text: str, says: list[object]) -> list[str]:
    """Which of an entry's words the text lacks, in order, and which deciding words it adds."""
    return _strays(text, tuple(map(str, says)))


@cache
def _strays(text: str, says: tuple[str, ...]) -> list[str]:
    text, found, start = " ".join(text.split()), [], 0
    rest = ""
    for phrase in says:
        match = re.compile(
            rf"(?i)(?<![\w.]){re.escape(phrase)}(?![\w%]|[.,:]\d)"
        ).search(text, start)
        if match is None:
            found.append(f"lacks {phrase!r} there")
            continue
        rest, start = f"{rest}{text[start : match.start()]}~", match.end()
    return found + [
        f"adds {match[1]!r}" for match in GUARDED.finditer(rest + text[start:])
    ]


def statements(table: Table) -> Iterator[Found]:
    """Every statement of a table, with its place: ``citrate, oxide``, ``cramps position`` ..."""
    for note in table.notes:
        place = ", ".join(note.forms) or "every form"
        yield Found(place, note.about, note)
        yield from (
            Found(f"beside {place} {note.about} {note.source}", None, said)
            for said in note.published
        )
    for dispute in table.disputes:
        yield from (
            Found(f"{dispute.id} position", None, said)
            for said in dispute.positions
        )
        yield from (
            Found(f"{dispute.id} beside", None, said)
            for said in dispute.published
        )
    for correction in table.corrections:
        yield Found(f"{correction.id} claim", None, correction.claim)
        yield from (
            Found(f"{correction.id} beside", None, said)
            for said in correction.published
        )
    for entry in table.explained:
        yield from (
            Found(f"{entry.id} explained", None, said)
            for said in entry.statements
        )
    if table.upper_levels_caution:
        yield Found("upper levels", None, table.upper_levels_caution)


Key = tuple[str, str | None, str]


def by_key(table: Table) -> dict[Key, tuple[list[Found], list[Entry]]]:
    """The statements and the entries of each place, topic and source."""
    pairs: dict[Key, tuple[list[Found], list[Entry]]] = defaultdict(
        lambda: ([], [])
    )
    for found in statements(table):
        pairs[found.at, found.about, found.statement.source][0].append(found)
    for entry in FACTS["statements"]:
        pairs[entry["at"], entry.get("about"), entry["by"]][1].append(entry)
    return pairs


def paired(table: Table) -> Iterator[tuple[Found, Entry]]:
    """Each statement with its entry; where a key has several, as they fit best."""
    for found, entries in by_key(table).values():
        said = [spoken(one.statement) for one in found]
        fits = sorted(
            (len(strays(text, entry["says"])), here, there)
            for here, text in enumerate(said)
            for there, entry in enumerate(entries)
        )
        while fits:
            _, here, there = fits[0]
            yield found[here], entries[there]
            fits = [fit for fit in fits if fit[1] != here and fit[2] != there]


def every_statement_has_an_entry(table: Table) -> Iterator[str]:
    for key, (found, entries) in by_key(table).items():
        if len(found) != len(entries):
            place = " ".join(map(str, filter(None, key)))
            texts = [one.statement.text for one in found]
            yield f"{place}: {len(found)} in the table, {len(entries)} here: {texts}"


def statements_say_what_the_source_says(table: Table) -> Iterator[str]:
    for found, entry in paired(table):
        wrong = strays(spoken(found.statement), entry["says"])
        if wrong:
            yield f"{found.at} [{entry['by']}] {'; '.join(wrong)}: {spoken(found.statement)}"


def statements_have_their_basis(table: Table) -> Iterator[str]:
    for found, entry in paired(table):
        basis = found.statement.basis
        if basis != entry.get("basis", "stated"):
            yield f"{found.at} [{entry['by']}] is not {basis}: {found.statement.text}"


def statements_relay_whom_the_source_relays(table: Table) -> Iterator[str]:
    for found, entry in paired(table):
        relays = found.statement.relays
        if relays != entry.get("relays"):
            yield f"{found.at} [{entry['by']}] relays {entry.get('relays')}, not {relays}"


def sources_are_those_that_were_read(table: Table) -> Iterator[str]:
    ids = Counter(source.id for source in table.sources)
    yield from (
        f"{name} stands {times} times"
        for name, times in ids.items()
        if times > 1
    )
    yield from (
        f"{name}: only in one of the two"
        for name in ids.keys() ^ FACTS["sources"].keys()
    )


def known(table: Table) -> Iterator[tuple[Source, Entry]]:
    """The sources that both copies have."""
    return (
        (source, FACTS["sources"][source.id])
        for source in table.sources
        if source.id in FACTS["sources"]
    )


def sources_have_their_identifiers(table: Table) -> Iterator[str]:
    for source, entry in known(table):
        right = {"kind": "reference"} | entry
        for key in ("kind", "mark", "date", "doi", "pmid", "url", "study"):
            if getattr(source, key) != right.get(key):
                yield f"{source.id}: {key} is {right.get(key)}, not {getattr(source, key)}"


def citations_have_their_names_years_and_pages(table: Table) -> Iterator[str]:
    for source, entry in known(table):
        rest = source.citation
        years = re.findall(r"^\d{4}$", entry.get("date", ""))
        expected = [*entry["in"], *years]
        for words in sorted(expected, key=len, reverse=True):
            if not re.search(rf"(?<![\w:-]){re.escape(words)}(?![\w-])", rest):
                yield f"{source.id}: {words!r} is not in the citation {source.citation!r}"
            rest = rest.replace(words, " ", 1)
        yield from (
            f"{source.id}: {figure} is not the source's"
            for figure in re.findall(r"\d+", rest)
        )


def levels_are_those_of_the_thread(table: Table) -> Iterator[str]:
    threads = {
        source.id for source in table.sources if source.kind is Kind.THREAD
    }
    for form in table.forms:
        for scale in ("laxative", "tolerance"):
            notes = [
                note
                for note in table.notes_by_form[form.id]
                if note.about == scale and note.source in threads
            ]
            sources = list(dict.fromkeys(note.source for note in notes))
            has = [
                getattr(form, scale),
                *sorted({note.basis.value for note in notes}),
                *sources,
            ]
            right = FACTS["levels"].get(form.id, {}).get(scale, [None])
            if has != right:
                yield f"{form.id}: {scale} is {right}, not {has}"


def scales_are_in_order(table: Table) -> Iterator[str]:
    has = {
        name: [*scale.levels, scale.comparative]
        for name, scale in table.scales.in_use().items()
    }
    if has != FACTS["scales"]:
        yield f"{has} instead of {FACTS['scales']}"


def compounds_are_those_that_are_sold(table: Table) -> Iterator[str]:
    for form in table.forms:
        entries = FACTS["compounds"].get(form.id, [])
        if len(entries) != len(form.compounds):
            yield f"{form.id}: {len(form.compounds)} compounds in the table, {len(entries)} here"
        for compound, entry in zip(form.compounds, entries, strict=False):
            yield from differences(compound, entry)


def differences(compound: Compound, entry: Entry) -> Iterator[str]:
    """What a compound of the table has otherwise than the second copy."""
    has = {
        "formula": compound.formula and compound.formula.replace(" ", ""),
        "percent": compound.elemental_percent,
        "basis": compound.basis.value,
        "printed": compound.printed_percent,
        "most": compound.printed_percent_most,
        "source": compound.source,
        "names": sorted(compound.names),
    }
    entered = {
        **entry,
        "basis": "computed",
        "names": sorted(map(str, entry.get("names", []))),
    }
    for field, value in has.items():
        if value != entered.get(field):
            yield f"{compound.name}: {field} is {entered.get(field)}, not {value}"
    for wrong in strays(compound.name, entry["name"]):
        yield f"{compound.name}: {wrong}"
    for wrong in strays(compound.remark or "", entry.get("remark", [])):
        yield f"{compound.name}: {wrong} in {compound.remark!r}"


def percentages_follow_from_the_formulas(table: Table) -> Iterator[str]:
    for compound in chain.from_iterable(form.compounds for form in table.forms):
        if compound.formula is None or compound.elemental_percent is None:
            if compound.formula or compound.elemental_percent:
                yield f"{compound.name} has one of the two: a formula and a percentage"
        elif (
            abs(percent(compound.formula) - compound.elemental_percent)
            > ROUNDED
        ):
            yield f"{compound.name}: {percent(compound.formula)}, not {compound.elemental_percent}"


ROUNDED = 0.0051
"""Two decimals, and what the two sets of atomic weights differ by."""


@cache
def percent(formula: str) -> float:
    """The share of magnesium in a formula, in percent by weight, by a library of its own.

    The library reads a full stop behind a number as a decimal point, so water goes into brackets.
    """
    compact = re.sub(r"\.(\d*)H2O$", r"(H2O)\1", formula.replace(" ", ""))
    return 100 * float(Formula(compact).composition()["Mg"].fraction)


def upper_levels_are_those_of_the_authorities(table: Table) -> Iterator[str]:
    has = [
        (level.region, level.mg, level.source, level.basis.value)
        for level in table.upper_levels
    ]
    right = [
        (entry["region"], entry["mg"], entry["source"], "stated")
        for entry in FACTS["upper_levels"]
    ]
    if has != right:
        yield f"{has} instead of {right}"
    for level, entry in zip(
        table.upper_levels, FACTS["upper_levels"], strict=False
    ):
        yield from (
            f"{level.region}: {wrong}: {level.counts}"
            for wrong in strays(level.counts, entry["counts"])
        )


def disputes_have_their_two_sides(table: Table) -> Iterator[str]:
    has = {
        dispute.id: [
            dispute.about,
            [*dispute.forms],
            [said.source for said in dispute.positions],
        ]
        for dispute in table.disputes
    }
    right = {
        name: [entry["about"], entry["forms"], entry["held_by"]]
        for name, entry in FACTS["disputes"].items()
    }
    yield from (
        f"{name}: {has.get(name)}, not {right.get(name)}"
        for name in right
        if has.get(name) != right[name]
    )
    yield from (f"{name} is not here" for name in has.keys() - right)
    for dispute in table.disputes:
        says = FACTS["disputes"].get(dispute.id, {}).get("asks", [])
        yield from (
            f"{dispute.id}: {wrong}: {dispute.question}"
            for wrong in strays(dispute.question, says)
        )


def corrections_confuse_the_forms_that_they_name(table: Table) -> Iterator[str]:
    has = {
        correction.id: [*correction.forms] for correction in table.corrections
    }
    if has != FACTS["corrections"]:
        yield f"{has} instead of {FACTS['corrections']}"


def names_belong_to_their_forms(table: Table) -> Iterator[str]:
    if [form.id for form in table.forms] != list(FACTS["names"]):
        yield f"the forms are {list(FACTS['names'])}, in this order"
    for form in table.forms:
        name = FACTS["named"].get(
            form.id, f"Magnesium {form.id.replace('-', ' ')}"
        )
        right = {name, *map(str, FACTS["names"].get(form.id, []))}
        has = {form.name, *form.aliases, *form.members, *form.misspelt}
        for other in sorted(right ^ has):
            yield f"{form.id}: {other!r} is only in one of the two"


def a_name_means_one_compound(table: Table) -> Iterator[str]:
    owners: dict[str, str] = {}
    for form in table.forms:
        for compound in form.compounds:
            for name in {key_of(compound.name), *map(key_of, compound.names)}:
                owner = owners.setdefault(name, compound.name)
                if owner != compound.name:
                    yield f"{name} means both {owner} and {compound.name}"


def explained_names_mean_no_single_form(table: Table) -> Iterator[str]:
    has = {
        entry.id: {
            "names": [entry.name, *entry.aliases],
            "forms": [*entry.forms],
        }
        for entry in table.explained
    }
    for name in {*has, *FACTS["explained"]}:
        if has.get(name) != FACTS["explained"].get(name):
            yield f"{name}: {FACTS['explained'].get(name)}, not {has.get(name)}"


def figures_in(value: Any) -> Iterator[tuple[str, str]]:
    """Every figure in the texts and numbers of plain values, with the text in which it stands."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for part in value:
            yield from figures_in(part)
    elif value is not None:
        yield from (
            (figure, str(value))
            for figure in re.findall(r"\d+(?:\.\d+)?", str(value))
        )


def figures_stand_in_both(table: Table) -> Iterator[str]:
    """What computes a figure is a test of its own; no figure is only in the table."""
    here = {
        f"{float(figure):g}" for figure in re.findall(r"\d+(?:\.\d+)?", DOUBLE)
    }
    tree: Entry = to_builtins(table)
    for figure, text in figures_in(
        {name: part for name, part in tree.items() if name != "labels"}
    ):
        if f"{float(figure):g}" not in here:
            yield f"{figure}, which is not here, in {text!r}"


def the_relayed_dose_stands_with_its_distance_from_the_upper_levels(
    table: Table,
) -> Iterator[str]:
    for found in statements(table):
        at_home = found.about == "amount" or found.at.startswith(
            "beside every form amount"
        )
        if re.search(r"\b[12]000\b", spoken(found.statement)) and not at_home:
            yield f"{found.at} [{found.statement.source}] names it: {spoken(found.statement)}"
    for note in table.notes:
        if "1000-2000 mg" in note.text:
            beside = " ".join(said.text for said in note.published)
            distances = [
                f"upper level of {level.mg:g} mg a day"
                for level in table.upper_levels
            ]
            yield from (
                f"the {distance} is not beside it"
                for distance in distances
                if distance not in beside
            )


def the_rest_is_right(table: Table) -> Iterator[str]:
    for field in ("notice", "thread_notice"):
        for wrong in strays(getattr(table, field) or "", FACTS[field]):
            yield f"{field}: {wrong}"
    if (table.nutrient, table.buffer) != ("magnesium", "oxide"):
        yield f"magnesium, buffered with oxide; not {table.nutrient}, buffered with {table.buffer}"


Rule = Callable[[Table], Iterator[str]]
RULES: list[Rule] = [
    every_statement_has_an_entry,
    statements_say_what_the_source_says,
    statements_have_their_basis,
    statements_relay_whom_the_source_relays,
    sources_are_those_that_were_read,
    sources_have_their_identifiers,
    citations_have_their_names_years_and_pages,
    levels_are_those_of_the_thread,
    scales_are_in_order,
    compounds_are_those_that_are_sold,
    percentages_follow_from_the_formulas,
    upper_levels_are_those_of_the_authorities,
    disputes_have_their_two_sides,
    corrections_confuse_the_forms_that_they_name,
    names_belong_to_their_forms,
    a_name_means_one_compound,
    explained_names_mean_no_single_form,
    figures_stand_in_both,
    the_relayed_dose_stands_with_its_distance_from_the_upper_levels,
    the_rest_is_right,
]
TABLE = load()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_facts(rule: Rule) -> None:
    """Each rule names everything that breaks it."""
    broken = list(rule(TABLE))
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize(
    ("computed", "figure"),
    [
        (21 * 12.15, "255 mg"),
        (80 * 12.15, "972 mg"),
        (25 * 24.3, "608 mg"),
        (0.565 * 24.3, "13.7 mg"),
        (0.918 * 24.3, "22.3 mg"),
        (3.12 * 24.3, "76 mg"),
        (4.01 * 24.3, "97 mg"),
        (20 * 24.3, "486 mg"),
        (1 * 24.3, "24.3 mg"),
        (100 * 0.05, "5 fewer"),
        (100 * 75 / 320, "23 %"),
        (0.82 * 14.10 + 0.18 * 60.30, "22.4 %"),
        (56.5 * 24.3, "1373 mg"),
        (450 * 0.0842, "37.9 mg"),
        (580 * 0.0656, "38 mg"),
        (100 * 13 / 210, "6 %"),
        (100 * 200 / 2000, "10 %"),
        (5 * 0.05, "0.25 mg"),
        (43.5 * 0.6030, "26.23 %"),
    ],
)
def test_figures_that_no_source_prints_are_computed(
    computed: float, figure: str
) -> None:
    """From mmol (24.3 mg) and mEq (12.15 mg), numbers of patients and percentages of salts."""
    number, unit = figure.split()
    assert f"{computed:.{len(number.partition('.')[2])}f}" == number
    assert any(
        re.search(
            rf"(?<![\w.]){re.escape(number)}\s+{unit}", spoken(each.statement)
        )
        for each in statements(TABLE)
    )


def test_the_relayed_dose_is_so_many_times_the_upper_levels() -> None:
    beside = [
        spoken(each.statement)
        for each in statements(TABLE)
        if each.at == "beside every form amount post-4"
    ]
    for level in TABLE.upper_levels:
        times = f"{1000 / level.mg:.0f} to {2000 / level.mg:.0f} times"
        assert [
            said
            for said in beside
            if times in said and f"{level.mg:g} mg a day" in said
        ]


@pytest.mark.parametrize(
    "words",
    [
        ["show", "citrate", "--json"],
        ["list", "--json"],
        ["compare", "citrate", "malate", "--json"],
        ["disputes", "--full"],
        ["dose", "citrate=1g", "--full"],
        ["label", "Magnesium citrate 400 mg"],
        ["notes", "citrate", "--about", "tolerance", "--about", "dosing"],
    ],
    ids=" ".join,
)
def test_no_answer_to_something_else_names_the_relayed_dose(
    words: list[str],
) -> None:
    printed = call(*words).stdout
    assert printed
    assert "2000" not in printed.replace("October 2000", "").replace(
        "2000-10-1", ""
    )


@pytest.mark.parametrize(
    "words",
    [
        ["compare", "citrate", "malate", "--full"],
        ["compare", "oxide", "taurate", "chelate", "--full"],
        ["list", "--full"],
        ["notes", "--about", "laxative"],
        ["disputes", "--full"],
        ["compare", "citrate", "malate", "--json"],
    ],
    ids=" ".join,
)
def test_where_levels_are_compared_it_stands_that_salts_may_differ(
    words: list[str],
) -> None:
    """Nobody knows whether all salts cause diarrhea in the same way: IOM 1997, page 243."""
    printed = " ".join(call(*words).stdout.split())
    assert (
        "Whether all magnesium salts cause diarrhea in the same way is"
        in printed
    )
    assert (
        "not known; the IOM, a US institute, thinks it wise to assume that they do"
        in printed
    )
    assert "page 243" in printed
