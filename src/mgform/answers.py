"""What each command answers: its page for people, its data for JSON, and its rows for CSV.

A page shows a digest, with the answer in its first sentence; ``full`` adds every note, study and source.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from msgspec import json, structs

from mgform.comparison import Comparison, level_clause, marked, ranked
from mgform.forms import FIELDS, backing, corrections_about, disputes_about, gathered, level_of, profile, studies
from mgform.names import Match, lowered
from mgform.page import Answer, Cell, Grid, Page, Raw, Row, facts, paragraphs, text
from mgform.table import Correction, Dispute, Form, Kind, Note, Statement, Table, Topic
from mgform.words import CallError, count, listed, shown, unknown

if TYPE_CHECKING:
    from mgform.dose import Dose, Limit
    from mgform.reader import Problem

_SHOWN_NAMES = 2
_PAIR = 2


def listing(table: Table, forms: Sequence[Form], call: str, *, full: bool, fields: str | None) -> Answer:
    """Forms, a line each, and their order on the first scale. An unknown field raises a CallError."""
    scales = table.scales.in_use()
    titles = ("Form", *(scale.title for scale in scales.values()), table.nutrient.capitalize())
    cells = {form.id: (*(_level(table, form, name) for name in scales), text(_share(form))) for form in forms}
    grid = facts(((form, *said) for form, said in cells.items()), titles=titles)
    words = ", ".join(f"{scale.levels[0]} to {scale.levels[-1]}" for scale in scales.values())
    ours = f"{words[:1].upper()}{words[1:]}: our words. [ ]: who says so. " if scales else ""
    general = _said(table, (note for note in table.notes if note.about in [*scales][:1]))
    digest = (grid, text(f"{ours}%: by weight."), paragraphs(general[:1]))
    answer = ranked(table, forms) if scales else f"{count(len(forms), 'form')} of {table.nutrient}."
    page = Page((answer,), (*digest, *_everything(table, forms, full=full)), _foot(table, call, full=full))
    if not forms:
        page = Page((f"None of the {count(len(table.forms), 'form')} matches.",))
    return _only(fields, Answer(page, lambda: [profile(table, form) for form in forms], None, tuple(cells)))


def _only(fields: str | None, answer: Answer) -> Answer:
    """An answer about forms with only the fields that somebody chose, for people too."""
    if fields is None:
        return answer
    from mgform.draw import flattened

    names = tuple(dict.fromkeys(name.strip().casefold() for name in fields.split(",")))
    for name in names:
        if name not in FIELDS:
            raise CallError(unknown("field", name, FIELDS))
    found: Any = answer.data() if callable(answer.data) else answer.data
    every = found if isinstance(found, list) else [found]
    records = [{name: getattr(each, name) for name in names} for each in every]
    rows = tuple(tuple(map(text, flattened(record.values()))) for record in records)
    data = records if isinstance(found, list) else records[0]
    return answer._replace(page=Page((), (Grid(names, rows),)) if rows else answer.page, data=data)


def showing(table: Table, matches: Sequence[Match], call: str, *, full: bool, fields: str | None) -> Answer:
    """One form or several, one after the other. An unknown field raises a CallError."""
    forms = [match.form for match in matches]
    profiles = [profile(table, form) for form in forms]
    digests = (part for match in matches for part in _digest(table, match))
    page = Page((), (*digests, *_everything(table, forms, full=full)), _foot(table, call, full=full))
    data = profiles if len(profiles) > 1 else profiles[0]
    return _only(fields, Answer(page, data, None, tuple(form.id for form in forms)))


def _digest(table: Table, match: Match) -> Iterator[Grid | Cell]:
    """A form's level in a sentence, and a line for each thing that a person asks first."""
    form = match.form
    levels = ((level_of(table, form, name), name) for name in table.scales.in_use())
    clauses = (level_clause(table, form, level, name) for level, name in levels if level)
    yield paragraphs([match.remark or "", next(clauses, f"The table gives {form.id} no level.")], "strong")
    names = [name for name in (form.name, *form.aliases, *form.members) if name != form.id]
    more = f" and {count(len(names) - _SHOWN_NAMES, 'more name')}" if len(names) > _SHOWN_NAMES else ""
    cautions = _said(table, (note for note in (*table.notes, *form.notes) if note.about is Topic.CAUTION))
    # What is disputed of this form's absorption stands beside "Absorption".
    disputes = [each for each in disputes_about(table, [form]) if each.about is not Topic.ABSORPTION or not each.forms]
    right = (each.published[0] for each in corrections_about(table, [form]))
    rows = [
        ("Also called", text(f"{', '.join(names[:_SHOWN_NAMES])}{more}")),
        *_rows(table, [form]),
        ("Caution", paragraphs(cautions[:1])),
        ("Disputed", paragraphs(each.question for each in disputes)),
        ("Corrected", paragraphs(_said(table, right))),
    ]
    yield facts(rows)


def comparing(table: Table, found: Comparison, matches: Sequence[Match], call: str, *, full: bool) -> Answer:
    """Forms side by side; the notes stand under the levels of two, and more get levels and sources alone."""
    forms = [match.form for match in matches]
    ids = tuple(form.id for form in forms)
    parts = (facts(_rows(table, forms), titles=("", *ids)), *_everything(table, forms, full=full))
    page = Page((found.verdict.sentence, *_remarks(matches)), parts, _foot(table, call, full=full))
    rows = [
        {"field": f"{row.field}{end}", **values, "differs": len({*values.values()}) > 1}
        for row in found.rows
        for end, values in (("", row.values), ("_basis", row.basis), ("_sources", row.sources))
        if isinstance(values, dict)
    ]
    return Answer(page, found, rows, ids)


def _rows(table: Table, forms: Sequence[Form]) -> Iterator[Row]:
    """What is said of forms; of three or more without notes and absorption, so that six fit 80 columns."""
    for name, scale in table.scales.in_use().items():
        yield scale.title, *(_level(table, form, name, len(forms)) for form in forms)
    absorbed = [_absorption(table, form) for form in forms]
    if any(absorbed) and len(forms) <= _PAIR:
        yield "Absorption", *(cell or text("not discussed") for cell in absorbed)
    of = f" of {forms[0].compounds[0].name}" if len(forms) == 1 and forms[0].compounds else ""
    yield table.nutrient.capitalize(), *(text(_share(form, f" by weight{of}")) for form in forms)
    made = [studies(table, form.notes) for form in forms]
    if any(number for number, _ in made):
        told = (f"{number} ({people} in people)" if number else "none in this table" for number, people in made)
        yield "Studies", *map(text, told)


def _level(table: Table, form: Form, scale_name: str, among: int = 0) -> Cell:
    """A level and who says so; ``among`` one form or two with the notes behind it, among more above its sources."""
    level = level_of(table, form, scale_name)
    if level is None:
        return text("not known")
    last = len(table.scales.in_use()[scale_name].levels) - 1
    place = f"level-{round(2 * level.rank / max(last, 1))}"
    mark = marked(table, level.sources, level.basis)
    if among == 0:
        return text(f"{level.word} {mark}", place)
    notes = _said(table, backing(table, form, scale_name)) if among <= _PAIR else [mark]
    if among == 1:
        return *text(f"{level.word}: {notes[0]}", place), *paragraphs(notes[1:])
    return *text(level.word, place), *paragraphs(notes)


def _absorption(table: Table, form: Form) -> Cell:
    """What discussions say of how a form is absorbed; a dispute about it comes first."""
    for dispute in disputes_about(table, [form]):
        if dispute.about is Topic.ABSORPTION and dispute.forms:
            return text(f"disputed: {', '.join(_said(table, dispute.positions))}")
    notes = (note for note in form.notes if note.about is Topic.ABSORPTION)
    return paragraphs(_said(table, (note for note in notes if table.sources_by_id[note.source].kind is Kind.THREAD)))


def _share(form: Form, end: str = "") -> str:
    return f"{form.compounds[0].elemental_percent:.2f} %{end}" if form.compounds else "not known"


def noting(table: Table, notes: dict[Note, list[str]], matches: Sequence[Match]) -> Answer:
    """Notes, each once, with the forms that it is about."""
    kinds = {source.id: source.kind for source in table.sources}
    rows = [{"forms": on, "kind": kinds[note.source], **structs.asdict(note)} for note, on in notes.items()]
    number = count(len(notes), "statement")
    answer = f"{number} match{'es' if len(notes) == 1 else ''}." if notes else "No statement matches."
    return Answer(Page((answer, *_remarks(matches)), (_notes(table, notes),), (table.notice,)), rows)


def _remarks(matches: Sequence[Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.remark for match in matches if match.remark))


def disputing(table: Table, disputes: Sequence[Dispute], call: str, matches: Sequence[Match], *, full: bool) -> Answer:
    """Questions that the sources answer differently, and who says what."""
    lines: list[tuple[str, str]] = []
    for each in disputes:
        number = len({statement.source for statement in each.published})
        more = f" ({count(number, 'published source')} on it)" if number else ""
        lines += text(f"{each.question}{more}", "strong")
        lines += paragraphs(f"- {position}" for position in _said(table, each.positions))
    everything = (*(_in_full(table, each) for each in disputes), _sources(table, _cited((), disputes, ())))
    where = f"on {count(len(disputes), 'question')}" if disputes else "nowhere"
    answer = (f"The sources contradict each other {where}.", *_remarks(matches))
    page = Page(answer, everything if full else (tuple(lines),), _foot(table, call, full=full))
    return Answer(page, disputes, None, tuple(each.id for each in disputes))


def _in_full(table: Table, dispute: Dispute) -> Grid:
    sides = {"Positions": dispute.positions, "Published": dispute.published}
    rows = ((title, paragraphs(_said(table, side, full=True))) for title, side in sides.items())
    return facts(rows, dispute.question)


def sourcing(table: Table) -> Answer:
    """The sources, and how many statements each makes."""
    made = _cited(gathered(table), table.disputes, table.corrections)
    rows = [{**structs.asdict(source), "statements": made.count(source.id)} for source in table.sources]
    ids = tuple(source.id for source in table.sources)
    answer = f"{count(len(ids), 'source')} of {count(len(made), 'statement')}."
    return Answer(Page((answer,), (_sources(table, ids),), (table.notice,)), rows, None, ids)


def dosing(table: Table, dose: "Dose", matches: Sequence[Match], call: str, *, full: bool) -> Answer:
    """What amounts hold: as weights of compound, and what it means if they are the nutrient itself."""
    parts: list[Grid | Cell] = [_weights(table, dose)]
    if full:
        # No note stands here: whoever works out an amount gets nobody's recommendation.
        forms = [match.form for match in matches]
        said = []
        for level in table.upper_levels:
            words = f"{level.region} upper level, {milligrams(level.mg)} a day: {level.counts}"
            said.append(Statement(text=words, source=level.source, basis=level.basis))
        said += [table.upper_levels_caution] if table.upper_levels_caution else []
        compounds = [each for form in forms for each in form.compounds]
        cited = [each.source for each in said] + [each.source for each in compounds if each.source]
        parts += [paragraphs(_said(table, said, full=True)), _compounds(table, forms), _sources(table, cited)]
    foot = _foot(table, call, full=full, more="What the levels count, and sources")
    page = Page((*_readings(table, dose), *_remarks(matches)), tuple(parts), foot)
    rows = [{"form": part.form, **structs.asdict(each)} for part in dose.parts for each in part.compounds]
    return Answer(page, dose, rows, tuple(part.form for part in dose.parts))


def _readings(table: Table, dose: "Dose") -> Iterator[str]:
    """What an amount holds as a weight of compound, or what holds it; and what it is as a weight of the nutrient."""
    total, nutrient = milligrams(dose.amount_mg), table.nutrient
    # The salt that is meant where there is one, else the form.
    names = [part.compounds[0].name if len(part.compounds) == 1 else lowered(part.name) for part in dose.parts]
    stands = against(dose.as_elemental.limits).removeprefix(": ")
    if dose.as_compound is None:
        least = (min(each.compound_mg for each in part.compounds) for part in dose.parts)
        needs = [f"{milligrams(mg)} of {name}" for mg, name in zip(least, names, strict=True)]
        those = f"at least {listed(needs, 'or')}" if len(needs) <= _PAIR else "at least the weights below"
        yield f"For {total} of {nutrient} it takes {those}."
        yield f"{total} of {nutrient} is {stands}." if stands else ""
        return
    if len(dose.parts) == 1:
        holds, that = f"{total} of {names[0]} contains", "that"
        figure = f"the {total} on the bottle is the weight of the {nutrient} alone"
    else:
        holds, that = "Together, these amounts contain", total
        figure = f"they are weights of {nutrient} alone"
    most = milligrams(dose.as_compound.elemental_mg.most)
    yield f"{holds} at most {most} of {nutrient}{against(dose.as_compound.limits)}."
    yield f"If {figure}, {that} is {stands}." if stands else f"If {figure}, that is {total}."


def against(limits: "Sequence[Limit]") -> str:
    """How an amount stands to the upper levels, as the end of a sentence."""
    told = []
    for standing, some in groupby(limits, key=lambda each: each.standing):
        levels = listed(f"the {each.region} upper level ({milligrams(each.mg)})" for each in some)
        depends = standing == "depends"
        told.append(f"above or below {levels}, depending on the salt" if depends else f"{standing} {levels}")
    return f": {'; '.join(told)}" if told else ""


def milligrams(mg: float) -> str:
    """An amount as people read it: ``141 mg``, ``161.6 mg``, ``0.25 mg``."""
    digits = 1 if mg >= 10 else 2 if mg >= 1 else 4  # noqa: PLR2004
    return f"{round(mg, digits):.10g} mg"


def _weights(table: Table, dose: "Dose") -> Grid:
    """A compound a line, the richest of each form where there are several: its weight and the nutrient in it."""
    at_most, at_least = ("at most ", "") if dose.as_compound else ("", "at least ")
    rows: list[Row] = []
    for part in dose.parts:
        richest = max(part.compounds, key=lambda each: each.elemental_percent)
        for each in part.compounds if len(dose.parts) == 1 else [richest]:
            weights = f"{at_least}{milligrams(each.compound_mg)}", f"{at_most}{milligrams(each.elemental_mg)}"
            told = (f"{each.name}, {each.elemental_percent:.2f} %", *weights)
            rows.append((part.form, *map(text, told)))
    return facts(rows, titles=("Form", "Compound", "Compound weight", f"{table.nutrient.capitalize()} in it"))


def _said(table: Table, statements: Iterable[Statement], *, full: bool = False) -> list[str]:
    """Statements, and who says so; in ``full`` with details, in whom it was studied, and whom it relays."""
    lines = []
    for each in statements:
        words = each.text
        if full:
            studied = f"Studied: {each.studied}" if each.studied else None
            relays = f"As said by: {each.relays}" if each.relays else None
            sentences = [said for said in (words, each.details, studied, relays) if said]
            words = " ".join(said if said.endswith((".", "?", "!")) else f"{said}." for said in sentences)
        hearsay = ", hearsay" if each.relays else ""
        lines.append(f"{words} {marked(table, [each.source], each.basis, hearsay)}")
    return lines


def _foot(table: Table, call: str, *, full: bool, more: str = "Every note, study and source") -> tuple[str, ...]:
    return (table.notice,) if full else (table.notice, f"{more}: {call} --full")


def _everything(table: Table, forms: Sequence[Form], *, full: bool) -> Iterator[Grid]:
    """In ``full`` every note, compound, dispute, correction and source that concerns the forms."""
    if not full:
        return
    ids = {form.id for form in forms}
    notes = {note: on for note, on in gathered(table).items() if not on or ids & {*on}}
    disputes, corrections = disputes_about(table, forms), corrections_about(table, forms)
    yield _compounds(table, forms)
    yield _notes(table, notes, "Notes")
    yield from (_in_full(table, each) for each in disputes)
    said = ((each, _said(table, (each.claim, *each.published), full=True)) for each in corrections)
    rows = ((listed(each.forms), paragraphs(lines)) for each, lines in said)
    yield facts(rows, "Corrections: what a source says, and what is right")
    yield _sources(table, _cited(notes, disputes, corrections))


def _compounds(table: Table, forms: Sequence[Form]) -> Grid:
    """The compounds of forms, with what sources print beside the computed percentage."""
    rows: list[Row] = []
    for form in forms:
        for each in form.compounds:
            by = marked(table, [each.source]) if each.source else ""
            printed = f"{each.printed_percent:g} % {by}" if each.printed_percent else ""
            named = f"{each.name} ({each.formula})"
            told = (named, f"{each.elemental_percent:.2f} %", printed, each.remark or "")
            rows.append((form.id, *map(text, told)))
    return facts(rows, "Compounds", ("Form", "Compound", table.nutrient.capitalize(), "Printed", "Remark"))


def _notes(table: Table, notes: dict[Note, list[str]], heading: str = "") -> Grid:
    rows = []
    for note, forms in sorted(notes.items(), key=lambda each: list(Topic).index(each[0].about)):
        beside = (f"Beside it: {each}" for each in _said(table, note.published, full=True))
        about = f"{note.about}: {', '.join(forms) or 'every form'}"
        rows.append((about, paragraphs((*_said(table, [note], full=True), *beside))))
    return facts(rows, heading)


def _sources(table: Table, ids: Iterable[str]) -> Grid:
    chosen, rows = {*ids}, []
    for source in table.sources:
        places = (source.doi and f"doi:{source.doi}", source.pmid and f"PMID {source.pmid}", source.url)
        if source.id in chosen:
            rows.append((source.mark or source.id, text(" ".join(filter(None, (source.citation, *places))))))
    return facts(rows, "Sources")


def _cited(notes: Iterable[Note], disputes: Iterable[Dispute], corrections: Iterable[Correction]) -> list[str]:
    """The source of every statement."""
    said: list[Statement] = [each for note in notes for each in (note, *note.published)]
    said += [each for dispute in disputes for each in (*dispute.positions, *dispute.published)]
    said += [each for correction in corrections for each in (correction.claim, *correction.published)]
    return [each.source for each in said]


def checked(found: "Iterable[tuple[str, Sequence[Problem]]]", *, as_json: bool) -> Raw:
    """The problems of some files, a line each as compilers write theirs, and status 1 if there is one."""
    rows, lines, sound = [], [], []
    for file, problems in found:
        name = "standard input" if file == "-" else file
        sound.append(f"{shown(name)}: no problems\n")
        for each in problems:
            rows.append({"file": os.fsencode(name).decode("utf-8", "replace"), **each._asdict()})
            place = ":".join(str(part) for part in (shown(name), each.line, each.column) if part is not None)
            lines.append(": ".join(part for part in (place, each.path, each.message) if part) + "\n")
    pieces = [json.format(json.encode(rows), indent=2).decode(), "\n"] if as_json else lines or sound
    return Raw(pieces, lambda: int(bool(rows)))
