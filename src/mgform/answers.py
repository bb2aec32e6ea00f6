"""What each command answers: its page for people, its data for JSON, and its rows for CSV.

A page shows a digest, with the answer in its first sentence; ``full`` adds every note, study and source.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import json, structs

from mgform.comparison import Comparison, level_clause, marked, ranked
from mgform.forms import (
    FIELDS,
    backing,
    corrections_about,
    disputes_about,
    gathered,
    level_of,
    profile,
    studies,
)
from mgform.names import Match, lowered
from mgform.page import Answer, Cell, Grid, Page, Paragraph, Raw, paragraphs, text
from mgform.table import Correction, Dispute, Form, Kind, Note, Statement, Table, Topic, UpperLevel
from mgform.words import CallError, count, listed, shown, unknown

if TYPE_CHECKING:
    from mgform.dose import Dose, Limit, Part, Weighed
    from mgform.reader import Problem

_SHOWN_NAMES = 3
_PAIR = 2


def listing(table: Table, forms: Sequence[Form], call: str, *, full: bool, fields: str | None) -> Answer:
    """Forms, a line each, and their order on the first scale.

    Raises:
        CallError: ``fields`` names a key that forms do not have.

    """
    chosen = _chosen(fields)
    if not forms:
        page = Page((f"None of the {count(len(table.forms), 'form')} matches.",))
    elif chosen:
        from mgform.draw import flattened

        page = Page(
            (),
            (Grid(chosen, tuple(tuple(map(text, row.values())) for row in flattened(_picked(table, forms, chosen)))),),
        )
    else:
        page = _digest_of_list(table, forms, call, full=full)
    return Answer(page, lambda: _picked(table, forms, chosen), None, tuple(form.id for form in forms))


def _digest_of_list(table: Table, forms: Sequence[Form], call: str, *, full: bool) -> Page:
    scales = table.scales.in_use()
    titles = ("Form", *(scale.title for scale in scales.values()), table.nutrient.capitalize())
    rows = []
    for form in forms:
        levels = [(_level(table, form, name),) for name in scales]
        rows.append((text(form.id, "strong"), *levels, text(_share(form))))
    first = next(iter(scales), None)
    general = next((note for note in table.notes if note.about == first), None)
    words = ", ".join(f"{scale.levels[0]} to {scale.levels[-1]}" for scale in scales.values())
    legend = f"{words[:1].upper()}{words[1:]}: our words. [ ]: who says so. %: by weight."
    parts: list[Grid | Cell] = [Grid(titles, tuple(rows)), text(legend if scales else "%: by weight.")]
    parts += [(claim(table, general),)] if general else []
    parts += _everything(table, forms) if full else []
    answer = (ranked(table, forms),) if scales else (f"{count(len(forms), 'form')} of {table.nutrient}.",)
    return Page(answer, tuple(parts), _foot(table, call, full=full))


def showing(table: Table, matches: Sequence[Match], call: str, *, full: bool, fields: str | None) -> Answer:
    """One form or several, one after the other.

    Raises:
        CallError: ``fields`` names a key that forms do not have.

    """
    parts: list[Grid | Cell] = []
    for match in matches:
        sentences = _first_sentences(table, match)
        parts += [tuple(((sentence, "strong"),) for sentence in sentences), _one(table, match.form)]
    forms = [match.form for match in matches]
    parts += _everything(table, forms) if full else []
    picked = _picked(table, forms, _chosen(fields))
    page = Page((), tuple(parts), _foot(table, call, full=full))
    return Answer(page, picked[0] if len(picked) == 1 else picked, None, tuple(form.id for form in forms))


def _first_sentences(table: Table, match: Match) -> Iterator[str]:
    form = match.form
    if match.remark:
        yield match.remark
    scales = table.scales.in_use()
    named = next(((name, level) for name in scales if (level := level_of(table, form, name))), None)
    yield level_clause(table, form, named[1], named[0]) if named else f"The table gives {form.id} no level."


def _one(table: Table, form: Form) -> Grid:
    """The digest of one form: a line for each thing that a person asks first."""
    names = [name for name in (form.name, *form.aliases, *form.members) if name != form.id]
    more = f" and {count(len(names) - _SHOWN_NAMES, 'more name')}" if len(names) > _SHOWN_NAMES else ""
    rows: list[tuple[Cell, ...]] = []
    rows += [(text("Also called"), text(f"{', '.join(names[:_SHOWN_NAMES])}{more}"))] if names else []
    rows += [(title, *cells) for title, *cells in _side_by_side(table, [form])]
    cautions = [note for note in (*table.notes, *form.notes) if note.about is Topic.CAUTION]
    rows += [(text("Caution"), (claim(table, cautions[0]),))] if cautions else []
    disputes = [each for each in disputes_about(table, [form]) if each.about is not Topic.ABSORPTION or not each.forms]
    lines = paragraphs(each.question for each in disputes)
    rows += [(text("Disputed"), lines)] if lines else []
    corrected = corrections_about(table, [form])
    rows += [(text("Corrected"), tuple(claim(table, each.published[0]) for each in corrected))] if corrected else []
    return Grid(("", ""), tuple(rows))


def _side_by_side(table: Table, forms: Sequence[Form]) -> Iterator[tuple[Cell, ...]]:
    """The rows of one form or two: levels with the notes that they rest on, absorption, content, studies."""
    for name, scale in table.scales.in_use().items():
        yield text(scale.title), *(_level_with_notes(table, form, name, alone=len(forms) == 1) for form in forms)
    if any(_absorption(table, form) for form in forms):
        yield text("Absorption"), *(_absorption(table, form) or text("not discussed") for form in forms)
    of = f" of {forms[0].compounds[0].name}" if len(forms) == 1 and forms[0].compounds else ""
    yield text(table.nutrient.capitalize()), *(text(_share(form, f" by weight{of}")) for form in forms)
    if any(studies(table, form.notes)[0] for form in forms):
        yield text("Studies"), *(text(_studies(table, form)) for form in forms)


def _level_with_notes(table: Table, form: Form, scale_name: str, *, alone: bool) -> Cell:
    """A level and the notes that it rests on; where the form stands ``alone``, the first on the same line."""
    (word, style), *_ = _level(table, form, scale_name)
    has_level = level_of(table, form, scale_name) is not None
    claims = [claim(table, note) for note in backing(table, form, scale_name)] if has_level else []
    if alone and claims:
        return ((f"{word}:", style), *claims[0]), *claims[1:]
    return ((word, style),), *claims


def _absorption(table: Table, form: Form) -> Cell:
    """What discussions say of how a form is absorbed; a dispute about it comes first."""
    for dispute in disputes_about(table, [form]):
        if dispute.about is Topic.ABSORPTION and form.id in dispute.forms:
            sides = ", ".join(f"{each.text} {mark(table, each)}" for each in dispute.positions)
            return text(f"disputed: {sides}")
    notes = [note for note in form.notes if note.about is Topic.ABSORPTION]
    return tuple(claim(table, note) for note in notes if table.sources_by_id[note.source].kind is Kind.THREAD)


def _share(form: Form, end: str = "") -> str:
    return f"{form.compounds[0].elemental_percent:.2f} %{end}" if form.compounds else "not known"


def _studies(table: Table, form: Form) -> str:
    made, in_people = studies(table, form.notes)
    return f"{made}, {in_people} of them in people" if made else "none in this table"


def _level(table: Table, form: Form, scale_name: str) -> Paragraph:
    """A level, with its place on the scale, and who says so."""
    level = level_of(table, form, scale_name)
    if level is None:
        return (("not known", ""),)
    last = len(getattr(table.scales, scale_name).levels) - 1
    place = round(2 * level.rank / last) if last else 0
    backed = marked(table, level.sources, level.basis) if level.sources else "[no source]"
    return (level.word, f"level-{place}"), (backed, "")


def comparing(table: Table, found: Comparison, matches: Sequence[Match], call: str, *, full: bool) -> Answer:
    """Forms side by side; the notes stand under the levels of two, and more get levels and sources alone."""
    forms = [match.form for match in matches]
    titles = ("", *(form.id for form in forms))
    rows = tuple(_side_by_side(table, forms)) if len(forms) == _PAIR else tuple(_levels_alone(table, forms))
    parts = (Grid(titles, rows), *(_everything(table, forms) if full else []))
    page = Page((found.verdict.sentence, *_remarks(matches)), parts, _foot(table, call, full=full))
    return Answer(page, found, list(_rows_of_comparison(found)), tuple(form.id for form in forms))


def _levels_alone(table: Table, forms: Sequence[Form]) -> Iterator[tuple[Cell, ...]]:
    for name, scale in table.scales.in_use().items():
        # The word above its sources, so that six forms fit 80 columns.
        yield text(scale.title), *(tuple((piece,) for piece in _level(table, form, name)) for form in forms)
    yield text(f"{table.nutrient.capitalize()} by weight"), *(text(_share(form)) for form in forms)
    made = [studies(table, form.notes) for form in forms]
    if any(number for number, _ in made):
        yield text("Studies (in people)"), *(text(f"{number} ({in_people})") for number, in_people in made)


def _rows_of_comparison(found: Comparison) -> Iterator[dict[str, object]]:
    for row in found.rows:
        yield {"field": row.field, **row.values, "differs": row.differs}
        for beside, of_forms in (("basis", row.basis), ("sources", row.sources)):
            if isinstance(of_forms, dict):
                differs = len({*of_forms.values()}) > 1
                yield {"field": f"{row.field}_{beside}", **of_forms, "differs": differs}


def noting(table: Table, notes: dict[Note, list[str]], call: str, matches: Sequence[Match]) -> Answer:
    """Notes, each once, with the forms that it is about."""
    kinds = {source.id: source.kind for source in table.sources}
    rows = [{"forms": on, "kind": kinds[note.source], **structs.asdict(note)} for note, on in notes.items()]
    number = count(len(notes), "statement")
    answer = f"{number} match{'es' if len(notes) == 1 else ''}." if notes else "No statement matches."
    parts = (_note_grid(table, notes)._replace(heading=""),) if notes else ()
    return Answer(Page((answer, *_remarks(matches)), parts, _foot(table, call, full=True)), rows)


def _remarks(matches: Sequence[Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.remark for match in matches if match.remark))


def disputing(table: Table, disputes: Sequence[Dispute], call: str, matches: Sequence[Match], *, full: bool) -> Answer:
    """Questions that the sources answer differently, and who says what."""
    if full:
        parts: list[Grid | Cell] = [_dispute_in_full(table, each) for each in disputes]
        parts += [_source_grid(table, {each.source for each in _statements((), disputes, ())})]
    else:
        parts = [tuple(line for each in disputes for line in _dispute_in_short(table, each))]
    where = f"on {count(len(disputes), 'question')}" if disputes else "nowhere"
    answer = (f"The sources contradict each other {where}.", *_remarks(matches))
    page = Page(answer, tuple(parts), _foot(table, call, full=full))
    return Answer(page, disputes, None, tuple(each.id for each in disputes))


def _dispute_in_short(table: Table, dispute: Dispute) -> Iterator[Paragraph]:
    number = len({each.source for each in dispute.published})
    more = (f"({count(number, 'published source')} on it)", "faint")
    yield ((dispute.question, "strong"), *([more] if number else []))
    for each in dispute.positions:
        yield (("-", ""), *claim(table, each))


def _dispute_in_full(table: Table, dispute: Dispute) -> Grid:
    positions: Cell = tuple(whole(table, each) for each in dispute.positions)
    published: Cell = tuple(whole(table, each) for each in dispute.published)
    rows = [(text("Positions"), positions), *([(text("Published"), published)] if published else [])]
    return Grid(("", ""), tuple(rows), dispute.question)


def sourcing(table: Table, call: str) -> Answer:
    """The sources, and how many statements each makes."""
    made = [each.source for each in _statements(gathered(table), table.disputes, table.corrections)]
    rows = [{**structs.asdict(source), "statements": made.count(source.id)} for source in table.sources]
    ids = [source.id for source in table.sources]
    page = Page((f"{count(len(ids), 'source')} of {count(len(made), 'statement')}.",), (_source_grid(table, ids),))
    page = page._replace(foot=_foot(table, call, full=True))
    return Answer(page, rows, None, tuple(ids))


def _statements(
    notes: Iterable[Note], disputes: Iterable[Dispute], corrections: Iterable[Correction]
) -> Iterator[Statement]:
    for note in notes:
        yield from (note, *note.published)
    for dispute in disputes:
        yield from (*dispute.positions, *dispute.published)
    for correction in corrections:
        yield from (correction.claim, *correction.published)


def dosing(table: Table, dose: "Dose", matches: Sequence[Match], call: str, *, full: bool) -> Answer:
    """What amounts hold: as weights of compound, and what it means if they are the nutrient itself."""
    sentences = _as_compound(table, dose) if dose.as_compound else _as_elemental(table, dose)
    parts: list[Grid | Cell] = [_weights(table, dose)]
    forms = [match.form for match in matches]
    if full:
        # No note stands here: whoever works out an amount gets nobody's recommendation.
        caution = [table.upper_levels_caution] if table.upper_levels_caution else []
        parts += [
            (*(_counted(table, level) for level in table.upper_levels), *(whole(table, each) for each in caution))
        ]
        named = {each.source for each in table.upper_levels} | {each.source for each in caution}
        named |= {each.source for form in forms for each in form.compounds if each.source}
        parts += [*_compounds(table, forms), _source_grid(table, named)]
    foot = (table.notice,) if full else (table.notice, f"What the levels count, and sources: {call} --full")
    page = Page((*sentences, *_remarks(matches)), tuple(parts), foot)
    rows = [{"form": part.form, **structs.asdict(each)} for part in dose.parts for each in part.compounds]
    return Answer(page, dose, rows, tuple(part.form for part in dose.parts))


def _counted(table: Table, level: UpperLevel) -> Paragraph:
    said = f"{level.region} upper level, {milligrams(level.mg)} a day: {level.counts}"
    return (said, ""), (marked(table, [level.source]), "faint")


def _as_compound(table: Table, dose: "Dose") -> Iterator[str]:
    """The two readings of an amount, a sentence each."""
    alone = dose.parts[0] if len(dose.parts) == 1 else None
    total = milligrams(dose.amount_mg)
    if dose.as_compound is not None:
        those = f"{total} of {_usual(alone)} contains" if alone else "Together, these amounts contain"
        most = f"{those} at most {milligrams(dose.as_compound.elemental_mg.most)} of {table.nutrient}"
        yield f"{most}{against(dose.as_compound.limits)}."
    figure = (
        f"the {total} on the bottle is the weight of the {table.nutrient} alone"
        if alone
        else f"they are weights of {table.nutrient} alone"
    )
    stands = against(dose.as_elemental.limits)
    said = stands.replace(":", ", that is" if alone else f", {total} is", 1) or f", that is {total}"
    yield f"If {figure}{said}."


def _usual(part: "Part") -> str:
    """The salt that is meant where there is one, else the form's name."""
    return part.compounds[0].name if len(part.compounds) == 1 else lowered(part.name)


def _as_elemental(table: Table, dose: "Dose") -> Iterator[str]:
    amount = milligrams(dose.amount_mg)
    needs = [f"{milligrams(min(each.compound_mg for each in part.compounds))} of {_usual(part)}" for part in dose.parts]
    those = f"at least {listed(needs, 'or')}" if len(needs) <= _PAIR else "at least the weights below"
    yield f"For {amount} of {table.nutrient} it takes {those}."
    if dose.as_elemental.limits:
        yield f"{amount} of {table.nutrient} is{against(dose.as_elemental.limits).removeprefix(':')}."


def against(limits: "Sequence[Limit]") -> str:
    """How an amount stands to the upper levels, as the end of a sentence."""
    if not limits:
        return ""
    told = []
    for standing, some in groupby(limits, key=lambda each: each.standing):
        levels = listed(f"the {each.region} upper level ({milligrams(each.mg)})" for each in some)
        depends = standing == "depends"
        told.append(f"above or below {levels}, depending on the salt" if depends else f"{standing} {levels}")
    return f": {'; '.join(told)}"


def _weights(table: Table, dose: "Dose") -> Grid:
    """A compound a line, the richest of each form where there are several: its weight and the nutrient in it."""
    titles = ("Form", "Compound", "Compound weight", f"{table.nutrient.capitalize()} in it")
    at_most, at_least = ("at most ", "") if dose.as_compound else ("", "at least ")
    rows = tuple(
        (
            text(part.form, "strong"),
            text(f"{each.name}, {each.elemental_percent:.2f} %"),
            text(f"{at_least}{milligrams(each.compound_mg)}"),
            text(f"{at_most}{milligrams(each.elemental_mg)}"),
        )
        for part in dose.parts
        for each in (part.compounds if len(dose.parts) == 1 else [_richest(part)])
    )
    return Grid(titles, rows)


def _richest(part: "Part") -> "Weighed":
    return max(part.compounds, key=lambda each: each.elemental_percent)


def milligrams(mg: float) -> str:
    """An amount as people read it: ``141 mg``, ``161.6 mg``, ``0.25 mg``."""
    digits = 1 if mg >= 10 else 2 if mg >= 1 else 4  # noqa: PLR2004
    return f"{mg:.{digits}f}".rstrip("0").rstrip(".") + " mg" if not float(mg).is_integer() else f"{mg:.0f} mg"


def mark(table: Table, statement: Statement) -> str:
    """The source of a statement as it stands beside it: ``[post-4, hearsay]``."""
    return marked(table, [statement.source], statement.basis, ", hearsay" if statement.relays else "")


def claim(table: Table, statement: Statement) -> Paragraph:
    """A statement in short: what is claimed, and who says so."""
    return (statement.text, ""), (mark(table, statement), "faint")


def whole(table: Table, statement: Statement) -> Paragraph:
    """A statement with its details, whom it relays, and in whom it was studied."""
    sentences = [statement.text, statement.details or ""]
    sentences += [f"Studied: {statement.studied}"] if statement.studied else []
    sentences += [f"As said by: {statement.relays}"] if statement.relays else []
    said = " ".join(each if each.endswith((".", "?", "!")) else f"{each}." for each in sentences if each)
    return (said, ""), (mark(table, statement), "faint")


def _everything(table: Table, forms: Sequence[Form]) -> list[Grid | Cell]:
    """Every note, compound, dispute, correction and source that concerns the forms."""
    ids = {form.id for form in forms}
    notes = {note: on for note, on in gathered(table).items() if not on or ids & {*on}}
    disputes, corrections = disputes_about(table, forms), corrections_about(table, forms)
    corrected = tuple(
        (text(listed(each.forms)), (whole(table, each.claim), *(whole(table, right) for right in each.published)))
        for each in corrections
    )
    grids = [
        *_compounds(table, forms),
        _note_grid(table, notes) if notes else None,
        *(_dispute_in_full(table, each) for each in disputes),
        Grid(("", ""), corrected, "Corrections: what a source says, and what is right") if corrected else None,
        _source_grid(table, {each.source for each in _statements(notes, disputes, corrections)}),
    ]
    return [grid for grid in grids if grid is not None]


def _compounds(table: Table, forms: Sequence[Form]) -> list[Grid]:
    """The compounds of forms, with what sources print beside the computed percentage."""
    rows = []
    for form in forms:
        for each in form.compounds:
            printed = f"{each.printed_percent:g} %" if each.printed_percent else ""
            by = f" {marked(table, [each.source])}" if printed and each.source else ""
            computed = f"{each.elemental_percent:.2f} %"
            cells = (form.id, f"{each.name} ({each.formula})", computed, f"{printed}{by}", each.remark or "")
            rows.append(tuple(map(text, cells)))
    titles = ("Form", "Compound", table.nutrient.capitalize(), "Printed", "Remark")
    return [Grid(titles, tuple(rows), "Compounds")] if rows else []


def _note_grid(table: Table, notes: dict[Note, list[str]]) -> Grid:
    rows = [
        (
            text(f"{note.about}: {', '.join(forms) or 'every form'}"),
            (whole(table, note), *((("Beside it:", ""), *whole(table, each)) for each in note.published)),
        )
        for note, forms in sorted(notes.items(), key=lambda each: list(Topic).index(each[0].about))
    ]
    return Grid(("", ""), tuple(rows), "Notes")


def _source_grid(table: Table, ids: Iterable[str]) -> Grid:
    chosen = {*ids}
    rows = []
    for source in table.sources:
        if source.id in chosen:
            places = (source.doi and f"doi:{source.doi}", source.pmid and f"PMID {source.pmid}", source.url)
            cited = " ".join([source.citation, *(place for place in places if place)])
            rows.append((text(source.mark or source.id), text(cited)))
    return Grid(("", ""), tuple(rows), "Sources")


def _foot(table: Table, call: str, *, full: bool) -> tuple[str, ...]:
    return (table.notice,) if full else (table.notice, f"Every note, study and source: {call} --full")


def _chosen(fields: str | None) -> tuple[str, ...]:
    """The keys that somebody chose, in their order."""
    names = [name.strip().casefold() for name in fields.split(",")] if fields is not None else []
    for name in names:
        if name not in FIELDS:
            raise CallError(unknown("field", name, FIELDS))
    return tuple(dict.fromkeys(names))


def _picked(table: Table, forms: Iterable[Form], chosen: Sequence[str]) -> list[object]:
    profiles = [profile(table, form) for form in forms]
    return [{field: getattr(each, field) for field in chosen} for each in profiles] if chosen else [*profiles]


def checked(found: "Iterable[tuple[str, Sequence[Problem]]]", *, as_json: bool) -> Raw:
    """The problems of some files, a line each as compilers write theirs, and status 1 if there is one."""
    checked_files = [("standard input" if file == "-" else file, problems) for file, problems in found]
    status = int(any(problems for _, problems in checked_files))
    if as_json:
        rows = [
            {"file": os.fsencode(file).decode("utf-8", "replace"), **problem._asdict()}
            for file, problems in checked_files
            for problem in problems
        ]
        return Raw([json.format(json.encode(rows), indent=2).decode(), "\n"], lambda: status)
    lines = [
        ":".join(str(part) for part in (shown(file), each.line, each.column) if part is not None)
        + "".join(f": {part}" for part in (each.path, each.message) if part)
        for file, problems in checked_files
        for each in problems
    ]
    return Raw(
        [f"{line}\n" for line in lines or [f"{shown(file)}: no problems" for file, _ in checked_files]], lambda: status
    )
