"""What each command answers: its page for people, its data for JSON, and its rows for CSV.

A page shows a digest, with the answer in its first sentence; ``--full`` adds every note, study and source.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import json, structs

from mgform.comparison import compare, level_clause, marked, ranked
from mgform.dose import Dose, Limit
from mgform.forms import NotesOf, backing, concerning, level_of, notes_that, profile, share, studies
from mgform.names import Match, lowered
from mgform.page import Answer, Cell, Grid, Page, Part, Row, facts, text
from mgform.reader import Problem, name as named
from mgform.table import (
    Compound,
    Correction,
    Dispute,
    Form,
    Kind,
    Note,
    Statement,
    Table,
    Topic,
    UpperLevel,
)
from mgform.words import count, listed

_SHOWN_NAMES = 2
_PAIR = 2


def listing(table: Table, forms: Sequence[Form]) -> Answer:
    """Forms, a line each, and their order on the first scale."""
    scales = table.scales.in_use()
    titles = ("Form", *(scale.title for scale in scales.values()), table.nutrient.capitalize())
    cells = {
        form.id: (*(_level(table, form, name) for name in scales), text(_share(form)))
        for form in forms
    }
    grid = facts(((form, *said) for form, said in cells.items()), titles=titles)
    words = ", ".join(f"{scale.levels[0]} to {scale.levels[-1]}" for scale in scales.values())
    ours = f"{words[:1].upper()}{words[1:]}: our words. [ ]: who says so. " if scales else ""
    general = _said(table, (note for note in table.notes if note.about in [*scales][:1]))
    digest = (grid, text(f"{ours}%: by weight."), text(general[:1]))
    answer = ranked(table, forms) if scales else f"{count(len(forms), 'form')} of {table.nutrient}."
    page = Page((f"None of the {count(len(table.forms), 'form')} matches.",))
    if forms:
        page = Page((answer,), digest, (table.notice,), chain(digest, _everything(table, forms)))
    return Answer(page, [profile(table, form) for form in forms], None, tuple(cells))


def showing(table: Table, matches: Sequence[Match]) -> Answer:
    """One form or several, one after the other."""
    forms = [match.form for match in matches]
    digest = tuple(part for match in matches for part in _digest(table, match))
    page = Page((), digest, (table.notice,), chain(digest, _everything(table, forms)))
    data = [profile(table, form) for form in forms]
    return Answer(page, data if len(data) > 1 else data[0], None, tuple(form.id for form in forms))


def _digest(table: Table, match: Match) -> Iterator[Part]:
    """A form's level in a sentence, and a line for each thing that a person asks first."""
    form = match.form
    levels = ((level_of(table, form, name), name) for name in table.scales.in_use())
    clauses = (level_clause(table, form, level, name) for level, name in levels if level)
    yield text(
        [match.remark or "", next(clauses, f"The table gives {form.id} no level.")], "strong"
    )
    names = [name for name in (form.name, *form.aliases, *form.members) if name != form.id]
    more = (
        f" and {count(len(names) - _SHOWN_NAMES, 'more name')}" if len(names) > _SHOWN_NAMES else ""
    )
    cautions = _said(
        table, (note for note in (*table.notes, *form.notes) if note.about is Topic.CAUTION)
    )
    disputes, corrections = concerning(table, [form])
    rows: list[Row] = [
        ("Also called", f"{', '.join(names[:_SHOWN_NAMES])}{more}"),
        *_rows(table, [form]),
        ("Caution", cautions[:1]),
        # What is disputed of this form's absorption stands beside "Absorption".
        (
            "Disputed",
            [
                each.question
                for each in disputes
                if not each.forms or each.about is not Topic.ABSORPTION
            ],
        ),
        ("Corrected", _said(table, (each.published[0] for each in corrections))),
    ]
    yield facts(rows)


def comparing(table: Table, matches: Sequence[Match]) -> Answer:
    """Forms side by side; the notes stand under the levels of two, and more get levels and sources alone."""
    found, forms = compare(table, matches), [match.form for match in matches]
    answer, ids = (found.verdict.sentence, *_remarks(matches)), tuple(form.id for form in forms)
    digest = (facts(_rows(table, forms), titles=("", *ids)),)
    page = Page(answer, digest, (table.notice,), chain(digest, _everything(table, forms)))
    rows = [
        {"field": f"{row['field']}{end}", **row[key], "differs": len({*row[key].values()}) > 1}
        for row in found.rows
        for key, end in (("values", ""), ("basis", "_basis"), ("sources", "_sources"))
        if key in row
    ]
    return Answer(page, found, rows, ids)


def _rows(table: Table, forms: Sequence[Form]) -> Iterator[Row]:
    """What is said of forms; of three or more without notes and absorption, so that six fit 80 columns."""
    for name, scale in table.scales.in_use().items():
        yield scale.title, *(_level(table, form, name, len(forms)) for form in forms)
    absorbed = [_absorption(table, form) for form in forms]
    if any(absorbed) and len(forms) <= _PAIR:
        yield "Absorption", *(said or "not discussed" for said in absorbed)
    of = f" of {forms[0].compounds[0].name}" if len(forms) == 1 and forms[0].compounds else ""
    yield table.nutrient.capitalize(), *(_share(form, f" by weight{of}") for form in forms)
    made = [studies(table, form.notes) for form in forms]
    topics = ", any topic" if len(forms) <= _PAIR else ""
    told = (
        f"{number} ({people} in people){topics}" if number else "none in this table"
        for number, people in made
    )
    if any(number for number, _ in made):
        yield "Studies", *told


def _level(table: Table, form: Form, scale_name: str, among: int = 0) -> Cell:
    """A level and who says so; ``among`` one form or two with the notes behind it, among more above its sources."""
    level = level_of(table, form, scale_name)
    if level is None:
        return text("not known")
    last = len(table.scales.in_use()[scale_name].levels) - 1
    place = f"level-{round(2 * level.rank / max(last, 1))}"
    notes = backing(table, form, scale_name) if among in (1, _PAIR) else []
    said = _said(table, notes) or [marked(table, level.sources, level.basis)]
    words = f"{level.word}{':' * among} {said.pop(0)}" if among <= 1 else level.word
    return *text(words, place), *text(said)


def _absorption(table: Table, form: Form) -> list[str]:
    """What discussions say of how a form is absorbed; a dispute about it comes first."""
    for dispute in concerning(table, [form])[0]:
        if dispute.about is Topic.ABSORPTION and dispute.forms:
            return [f"disputed: {', '.join(_said(table, dispute.positions))}"]
    notes = (note for note in form.notes if note.about is Topic.ABSORPTION)
    return _said(
        table, (note for note in notes if table.sources_by_id[note.source].kind is Kind.THREAD)
    )


def _share(form: Form, end: str = "") -> str:
    return f"{share(form):.2f} %{end}" if form.compounds else "not known"


def noting(table: Table, matches: Sequence[Match], *filters: Iterable[str]) -> Answer:
    """Notes that pass the filters of ``notes_that``, each once, with the forms that it is about."""
    notes = notes_that(table, [match.form for match in matches], *filters)
    kinds = {source.id: source.kind for source in table.sources}
    rows = [
        {"forms": on, "kind": kinds[note.source], **structs.asdict(note)}
        for note, on in notes.items()
    ]
    matching = f"{count(len(notes), 'statement')} match{'es' if len(notes) == 1 else ''}."
    answer = matching if notes else "No statement matches."
    return Answer(
        Page((answer, *_remarks(matches)), (_notes(table, notes),), (table.notice,)), rows
    )


def _remarks(matches: Sequence[Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.remark for match in matches if match.remark))


def disputing(table: Table, matches: Sequence[Match]) -> Answer:
    """Questions that the sources answer differently, and who says what."""
    disputes, _ = concerning(table, [match.form for match in matches] or table.forms)
    lines: list[tuple[str, str]] = []
    for each in disputes:
        number = len(each.published)
        more = f" ({count(number, 'published statement')} on it)" if number else ""
        lines += text(f"{each.question}{more}", "strong")
        lines += text(f"- {position}" for position in _said(table, each.positions))
    full = (*(_in_full(table, each) for each in disputes), _sources(table, _cited(*disputes)))
    where = f"on {count(len(disputes), 'question')}" if disputes else "nowhere"
    answer = (f"The sources contradict each other {where}.", *_remarks(matches))
    page = Page(answer, (tuple(lines),), (table.notice,), full)
    return Answer(page, disputes, None, tuple(each.id for each in disputes))


def _in_full(table: Table, dispute: Dispute) -> Grid:
    sides = {"Positions": dispute.positions, "Published": dispute.published}
    return facts(
        ((title, _said(table, side, full=True)) for title, side in sides.items()), dispute.question
    )


def sourcing(table: Table) -> Answer:
    """The sources, and how many statements each makes."""
    made = _cited(*notes_that(table, ()), *table.disputes, *table.corrections)
    rows = [
        {**structs.asdict(source), "statements": made.count(source.id)} for source in table.sources
    ]
    ids = tuple(source.id for source in table.sources)
    answer = f"{count(len(ids), 'source')} of {count(len(made), 'statement')}."
    return Answer(Page((answer,), (_sources(table, ids),), (table.notice,)), rows, None, ids)


def dosing(table: Table, dose: Dose, matches: Sequence[Match]) -> Answer:
    """What amounts hold: as weights of compound, and what it means if they are the nutrient itself."""
    answer, digest = (*_readings(table, dose), *_remarks(matches)), _weights(table, dose)
    full = chain([digest], _of_amounts(table, [match.form for match in matches]))
    page = Page(answer, (digest,), (table.notice,), full, "What the levels count, and sources")
    rows = [
        {"form": part.form, **structs.asdict(each)}
        for part in dose.parts
        for each in part.compounds
    ]
    return Answer(page, dose, rows, tuple(part.form for part in dose.parts))


def _of_amounts(table: Table, forms: Sequence[Form]) -> Iterator[Part]:
    """The upper levels and compounds, without a note: who works out an amount gets nobody's recommendation."""
    levels = []
    for each in table.upper_levels:
        level = f"{each.region} upper level, {milligrams(each.mg)} a day: {each.counts}"
        levels.append(f"{level} {marked(table, [each.source], each.basis)}")
    caution = [table.upper_levels_caution] if table.upper_levels_caution else []
    yield text(levels + _said(table, caution, full=True))
    yield _compounds(table, forms)
    said = chain[UpperLevel | Statement | Compound](
        table.upper_levels, caution, *(form.compounds for form in forms)
    )
    yield _sources(table, (each.source for each in said))


def _readings(table: Table, dose: Dose) -> Iterator[str]:
    """What an amount holds as a weight of compound, or what holds it; and what it is as a weight of the nutrient."""
    total, nutrient = milligrams(dose.amount_mg), table.nutrient
    # The salt that is meant where there is one, else the form.
    names = [
        part.compounds[0].name if len(part.compounds) == 1 else lowered(part.name)
        for part in dose.parts
    ]
    stands = against(dose.as_elemental.limits).removeprefix(": ")
    if dose.as_compound is None:
        least = [
            milligrams(min(each.compound_mg for each in part.compounds)) for part in dose.parts
        ]
        needs = [f"{mg} of {name}" for mg, name in zip(least, names, strict=True)]
        those = (
            f"at least {listed(needs, 'or')}"
            if len(needs) <= _PAIR
            else "at least the weights below"
        )
        yield f"For {total} of {nutrient} it takes {those}."
        yield f"{total} of {nutrient} is {stands}." if stands else ""
        return
    holds, that = "Together, these amounts contain", total
    figure = f"they are weights of {nutrient} itself"
    if len(dose.parts) == 1:
        holds, that = f"{total} of {names[0]} contains", "that"
        figure = f"the bottle means {total} of {nutrient} itself (mgform label reads it)"
    held = dose.as_compound.elemental_mg
    stand = against(dose.as_compound.limits, held["least"], held["most"])
    yield f"{holds} at most {milligrams(held['most'])} of {nutrient}{stand}."
    yield f"If {figure}, {that} is {stands}." if stands else ""


def against(limits: Sequence[Limit], least: float | None = None, most: float | None = None) -> str:
    """How an amount, which may lie between two, stands to the upper levels, as the end of a sentence."""
    told: dict[str, list[str]] = {}
    for each in limits:
        stands = f"{each.standing} the upper level{{}} for a day ({{}})"
        if each.standing == "depends":
            either = (
                "at or below"
                if each.mg == most
                else "at or above"
                if each.mg == least
                else "above or below"
            )
            stands = f"{either} the upper level{{}} for a day ({{}}), depending on the salt"
        told.setdefault(stands, []).append(f"{each.region} {milligrams(each.mg)}")
    parts = (
        stands.format("s"[: len(levels) - 1], ", ".join(levels)) for stands, levels in told.items()
    )
    return f": {'; '.join(parts)}" if told else ""


def milligrams(mg: float) -> str:
    """An amount as people read it: ``141 mg``, ``161.6 mg``, ``0.25 mg``."""
    digits = 1 if mg >= 10 else 2 if mg >= 1 else 4  # noqa: PLR2004
    return f"{round(mg, digits):.10g} mg"


def _weights(table: Table, dose: Dose) -> Grid:
    """A compound a line, the richest of each form where there are several: its weight and the nutrient in it."""
    at_most, at_least = ("at most ", "") if dose.as_compound else ("", "at least ")
    rows: list[Row] = []
    for part in dose.parts:
        richest = max(part.compounds, key=lambda each: each.elemental_percent)
        for each in part.compounds if len(dose.parts) == 1 else [richest]:
            weights = (
                f"{at_least}{milligrams(each.compound_mg)}",
                f"{at_most}{milligrams(each.elemental_mg)}",
            )
            rows.append((part.form, f"{each.name}, {each.elemental_percent:.2f} %", *weights))
    return facts(
        rows, titles=("Form", "Compound", "Compound weight", f"{table.nutrient.capitalize()} in it")
    )


def _said(table: Table, statements: Iterable[Statement], *, full: bool = False) -> list[str]:
    """Statements, and who says so; in ``full`` with details, in whom it was studied, and whom it relays."""
    lines = []
    for each in statements:
        words = each.text
        if full:
            studied, relays = (
                each.studied and f"Studied: {each.studied}",
                each.relays and f"As said by: {each.relays}",
            )
            said = (part.strip() for part in (words, each.details, studied, relays) if part)
            words = " ".join(
                part if part.endswith((".", "?", "!")) else f"{part}." for part in said
            )
        hearsay = ", hearsay" if each.relays else ""
        lines.append(f"{words} {marked(table, [each.source], each.basis, hearsay)}")
    return lines


def _everything(table: Table, forms: Sequence[Form]) -> Iterator[Grid]:
    """Every note, compound, dispute, correction and source that concerns the forms."""
    notes, (disputes, corrections) = notes_that(table, forms), concerning(table, forms)
    yield _compounds(table, forms)
    yield _notes(table, notes, "Notes")
    yield from (_in_full(table, each) for each in disputes)
    right = (
        (listed(each.forms), _said(table, (each.claim, *each.published), full=True))
        for each in corrections
    )
    yield facts(right, "Corrections: what a source says, and what is right")
    yield _sources(table, _cited(*notes, *disputes, *corrections))


def _compounds(table: Table, forms: Sequence[Form]) -> Grid:
    """The compounds of forms, with what sources print beside the computed percentage."""
    rows: list[Row] = []
    for form, each in ((of, each) for of in forms for each in of.compounds):
        by = marked(table, [each.source]) if each.source else ""
        printed = f"{each.printed_percent:g} % {by}" if each.printed_percent else ""
        named = f"{each.name} ({each.formula})"
        rows.append((form.id, named, f"{each.elemental_percent:.2f} %", printed, each.remark or ""))
    return facts(
        rows, "Compounds", ("Form", "Compound", table.nutrient.capitalize(), "Printed", "Remark")
    )


def _notes(table: Table, notes: NotesOf, heading: str = "") -> Grid:
    rows: list[Row] = []
    for note, forms in sorted(notes.items(), key=lambda each: list(Topic).index(each[0].about)):
        beside = [f"Beside it: {each}" for each in _said(table, note.published, full=True)]
        rows.append(
            (
                f"{note.about}: {', '.join(forms) or 'every form'}",
                _said(table, [note], full=True) + beside,
            )
        )
    return facts(rows, heading)


def _sources(table: Table, ids: Iterable[str | None]) -> Grid:
    chosen = {*ids}
    rows: list[Row] = []
    for source in table.sources:
        places = (
            source.doi and f"doi:{source.doi}",
            source.pmid and f"PMID {source.pmid}",
            source.url,
        )
        if source.id in chosen:
            rows.append(
                (source.mark or source.id, " ".join(filter(None, (source.citation, *places))))
            )
    return facts(rows, "Sources")


def _cited(*entries: Note | Dispute | Correction) -> list[str]:
    """The source of every statement."""
    said: list[Statement] = []
    for each in entries:
        said += (
            each.positions
            if isinstance(each, Dispute)
            else [each if isinstance(each, Note) else each.claim]
        )
        said += each.published
    return [each.source for each in said]


def checked(files: dict[str, list[Problem]], *, as_json: bool) -> list[str]:
    """The problems of some files, a line each as compilers write theirs."""
    every = [
        ("standard input" if file == "-" else file, each)
        for file, some in files.items()
        for each in some
    ]
    rows = [
        {"file": os.fsencode(file).decode("utf-8", "replace"), **each._asdict()}
        for file, each in every
    ]
    if as_json:
        return [json.format(json.encode(rows), indent=2).decode(), "\n"]
    return [f"{each.told(file)}\n" for file, each in every] or [
        f"{named(file)}: no problems\n" for file in files
    ]
