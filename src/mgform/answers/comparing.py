"""``mgform compare``: forms side by side, which is milder, and who says so."""

import shlex
from collections.abc import Iterator, Sequence
from itertools import tee
from typing import NamedTuple

from mgform.answers.everything import everything
from mgform.answers.facts import (
    FULLNESS,
    Fullness,
    Notes,
    Published,
    absorption,
    caution,
    disagreements,
    forms_of,
    ids_of,
    level_with_notes,
    levels_grid,
    on_levels,
    published,
    with_more,
)
from mgform.answers.foot import with_foot
from mgform.answers.subjects import Subject, shared_subjects
from mgform.comparison import Comparison, are_compared, compare, measured
from mgform.forms import has_level, level_of
from mgform.names import Match, lowered
from mgform.page import (
    Answer,
    Cell,
    Grid,
    Lengths,
    Page,
    Paragraph,
    Part,
    Row,
    Span,
    cell,
    each_once,
    grid,
    paragraph,
    row,
)
from mgform.said import (
    is_mixture,
    meant,
    percentage,
    remarks,
    said_first,
    sentence,
)
from mgform.table import Dispute, Form, Note, Table

_PAIR = 2
_NAMED = 2


def comparing(table: Table, matches: Sequence[Match]) -> Answer:
    """Forms side by side: two with the notes behind their levels, more with their sources alone."""
    comparison = compare(table, matches)
    return Answer(
        page=lambda: with_foot(table, _page(table, matches, comparison)),
        data=comparison,
        rows=list(_records(comparison)),
        ids=ids_of(forms_of(matches)),
    )


def _page(
    table: Table,
    matches: Sequence[Match],
    comparison: Comparison,
) -> Page:
    forms = forms_of(matches)
    below_answer: list[str] = []
    digest: tuple[Part, ...]
    if len(matches) == _PAIR:
        on_scale = [first.note for first in measured(table, forms).values()]
        subjects = shared_subjects(table, forms, on_scale)
        digest = _side_by_side(table, matches, subjects)
        below_answer.append(_no_trial(table, forms, subjects))
    else:
        disputes = _disputes_among(table, forms)
        digest = (levels_grid(table, matches, disputes),)
        below_answer += disagreements(disputes)
    answer = cell(
        sentence(_answer(table, comparison)),
        *below_answer,
        *remarks(matches),
        *_of_mixtures(table, matches),
    )
    return Page(
        answer=answer,
        parts=digest,
        full=lambda: (*digest, *everything(table, forms)),
    )


def _of_mixtures(table: Table, matches: Sequence[Match]) -> Iterator[str]:
    """Whose levels stand there where a name means a mixture."""
    for match in matches:
        if is_mixture(match) and has_level(table, match.form):
            levels = f"The levels are of {match.form.id} in general"
            yield f"{levels}: no source here rates the mixture."


def _records(comparison: Comparison) -> Iterator[dict[str, object]]:
    """The rows of a comparison flat: a column for each form, and whether they differ."""
    ends = {"values": "", "basis": "_basis", "sources": "_sources"}
    for compared in comparison.rows:
        for key, end in ends.items():
            if key not in compared:
                continue
            values = compared[key]
            different_values = set(values.values())
            yield {
                "field": f"{compared['field']}{end}",
                **values,
                "differs": len(different_values) > 1,
            }


def _answer(table: Table, comparison: Comparison) -> str:
    """Which form is milder, and that sources disagree on it, where they do."""
    answer = [comparison.verdict.sentence]
    first_scale = next(iter(table.scales.in_use()), None)
    form_ids = [form["id"] for form in comparison.forms]
    for dispute in comparison.disputes:
        if dispute.about == first_scale and set(form_ids) <= set(dispute.forms):
            typed = f"mgform disputes {' '.join(form_ids)}"
            answer.append(f"Sources disagree: {typed}")
    return " ".join(answer)


def _no_trial(
    table: Table,
    forms: Sequence[Form],
    subjects: Sequence[Subject],
) -> str:
    """That no trial compares two forms, where the table has none: not for sleep, nor otherwise."""
    if are_compared(table, forms):
        return ""
    first, second = ids_of(forms)
    for_what = ""
    if subjects:
        for_what = f", for {subjects[0].keyword} or otherwise"
    return f"No trial in people here compares {first} with {second}{for_what}."


def _disputes_among(table: Table, forms: Sequence[Form]) -> list[Dispute]:
    """The disputes on the levels of two or more of some forms."""
    form_ids = set(ids_of(forms))
    disputes = []
    for dispute in on_levels(table, forms):
        if len(form_ids.intersection(dispute.forms)) > 1:
            disputes.append(dispute)
    return disputes


class _Shown(NamedTuple):
    """What a page of two forms shows: how fully, which rows, and whether how to see more."""

    fullness: Fullness
    subjects: int
    second_scale: bool = True
    absorption: bool = True
    first_scale: bool = True
    more_subjects: bool = True


def _shorter(
    table: Table,
    forms: Sequence[Form],
    subjects: Sequence[Subject],
) -> Iterator[_Shown]:
    """The lengths of a page of two forms, the longest first."""
    most = len(subjects)
    if not all(has_level(table, form) for form in forms):
        # Where a form has no level, scales do not tell the two apart, and subjects may.
        yield from _scales_first_to_go(most)
        return
    is_on_scale = False
    if subjects:
        topics = {note.about for note in subjects[0].notes}
        is_on_scale = topics == {table.scales.first()}
    yield from _subjects_first_to_go(most, is_on_scale=is_on_scale)


def _subjects_first_to_go(most: int, *, is_on_scale: bool) -> Iterator[_Shown]:
    with_notes = [full for full in FULLNESS if full.notes is not Notes.NONE]
    without_notes = FULLNESS[len(with_notes) :]
    for fullness in with_notes:
        for subjects in range(most, -1, -1):
            yield _Shown(fullness, subjects)
    if is_on_scale:
        # A subject of the first scale, such as constipation, tells more than the second scale.
        for fullness in without_notes:
            yield _Shown(fullness, subjects=1)
            shown = _Shown(
                fullness,
                subjects=1,
                second_scale=False,
                absorption=False,
            )
            yield shown
            yield shown._replace(more_subjects=False)
    for fullness in without_notes:
        yield _Shown(fullness, subjects=0)
    for fullness in without_notes:
        yield _Shown(fullness, subjects=0, absorption=False)
    shown = _Shown(
        FULLNESS[-1],
        subjects=0,
        absorption=False,
        more_subjects=False,
    )
    yield shown
    yield shown._replace(second_scale=False)


def _scales_first_to_go(most: int) -> Iterator[_Shown]:
    for fullness in FULLNESS:
        yield _Shown(fullness, most)
    least = min(most, 1)
    for fullness in FULLNESS[-2:]:
        shown = _Shown(fullness, least, second_scale=False)
        yield shown
        yield shown._replace(absorption=False)
        yield shown._replace(absorption=False, first_scale=False)
    shown = _Shown(FULLNESS[-1], subjects=0, second_scale=False)
    yield shown
    yield shown._replace(absorption=False, first_scale=False)


def _side_by_side(
    table: Table,
    matches: Sequence[Match],
    subjects: Sequence[Subject],
) -> tuple[Part, ...]:
    """A column for each form, and what stands below, in all lengths."""
    beside, below = tee(each_once(_in_lengths(table, matches, subjects)))
    return (
        Lengths(columns for columns, _ in beside),
        Lengths(paragraphs for _, paragraphs in below),
    )


def _in_lengths(
    table: Table,
    matches: Sequence[Match],
    subjects: Sequence[Subject],
) -> Iterator[tuple[Grid, Cell]]:
    """A column for each form with what stands below it, the longest first."""
    forms = forms_of(matches)
    titles = ("", *ids_of(forms))
    cautions = list(_cautions(table, forms))
    for shown in _shorter(table, forms, subjects):
        rows = _rows(table, matches, subjects[: shown.subjects], shown)
        more = _more_on(matches, subjects[shown.subjects :])
        below = cell(*cautions, more if shown.more_subjects else "")
        yield grid(rows, titles=titles), below


def _cautions(table: Table, forms: Sequence[Form]) -> Iterator[Paragraph]:
    """The first caution on each form, where one of them has no level."""
    if all(has_level(table, form) for form in forms):
        return
    for form in forms:
        for told in caution(table, form, only_own=True):
            yield (Span(f"Caution, {form.id}: "), *told)


def _more_on(matches: Sequence[Match], subjects: Sequence[Subject]) -> str:
    """How to see what is published on subjects that have no row, in a line."""
    if not subjects:
        return ""
    keywords = [subject.keyword for subject in subjects[:_NAMED]]
    names = [match.asked for match in matches]
    typed = shlex.join(["mgform", "search", *names, keywords[0]])
    return f"More on {', '.join(keywords)}: {typed}"


def _rows(
    table: Table,
    matches: Sequence[Match],
    subjects: Sequence[Subject],
    shown: _Shown,
) -> Iterator[Row]:
    forms = forms_of(matches)
    scales = table.scales.in_use()
    first_scale = next(iter(scales), None)
    fullness = shown.fullness
    for scale_name, scale in scales.items():
        is_first = scale_name == first_scale
        if is_first or shown.second_scale:
            levels = _levels(table, forms, scale_name, fullness)
            yield row(scale.title, *levels)
        # What was measured stands beside what was said.
        if is_first and shown.first_scale:
            title = f"Published: {lowered(scale.title)}"
            yield row(title, *_first_published(table, forms, fullness))
    for subject in subjects:
        told = _on_subject(table, forms, subject, fullness)
        yield Row(_on_what(table, forms, subject), tuple(told))
    if shown.absorption:
        yield row("Absorption", *_absorbed(table, forms, fullness))
    shares = [
        percentage(table, meant(match), of=" by weight") for match in matches
    ]
    yield row(table.nutrient.capitalize(), *map(cell, shares))


def _on_what(table: Table, forms: Sequence[Form], subject: Subject) -> Cell:
    """What a row is about, and that no trial compares the forms there.

    Where no trial compares them at all, that stands in the answer.
    """
    title = f"Published: {subject.keyword}"
    if subject.lacks_trial and are_compared(table, forms):
        return cell(title, "no trial here compares the two")
    return cell(title)


def _on_subject(
    table: Table,
    forms: Sequence[Form],
    subject: Subject,
    fullness: Fullness,
) -> Iterator[Cell]:
    """The first sentence that is published of each form on a subject, and how many more."""
    first, second = subject.notes
    more_on_first, more_on_second = subject.more
    if fullness.published is Published.ONE:
        more_on_first = more_on_second = 0
    yield cell(with_more(said_first(table, first), more_on_first))
    if second == first:
        same = _same(table, first)
        of = f" on {forms[1].id}"
        yield cell(with_more(same, more_on_second, of=of))
    else:
        yield cell(with_more(said_first(table, second), more_on_second))


def _same(table: Table, note: Note) -> Paragraph:
    """What stands beside a note about both forms."""
    if table.sources_by_id[note.source].study:
        return paragraph("the same study compared both")
    return paragraph("the same is said of both")


def _levels(
    table: Table,
    forms: Sequence[Form],
    scale_name: str,
    fullness: Fullness,
) -> Iterator[Cell]:
    """The level of each form with its notes; nothing where none of them has one."""
    if not any(level_of(table, form, scale_name) for form in forms):
        return
    for form in forms:
        yield level_with_notes(table, form, scale_name, fullness.notes)


def _first_published(
    table: Table,
    forms: Sequence[Form],
    fullness: Fullness,
) -> Iterator[Cell]:
    """What is published of each form on the first scale: one statement, and how many more."""
    first_notes = measured(table, forms)
    told: set[Note] = set()
    for form in forms:
        if form.id not in first_notes:
            yield cell("none in this table" if first_notes else "")
            continue
        note, more = first_notes[form.id]
        if note in told:
            same = _same(table, note)
            yield cell(with_more(same, more, of=f" on {form.id}"))
        else:
            yield cell(with_more(published(table, note, fullness), more))
            told.add(note)


def _absorbed(
    table: Table,
    forms: Sequence[Form],
    fullness: Fullness,
) -> Iterator[Cell]:
    """What threads say of how forms are absorbed; nothing where they say it of none of them."""
    absorbed = []
    for form in forms:
        said_of_form = absorption(
            table,
            form,
            every_position=fullness.every_dispute,
        )
        absorbed.append(said_of_form)
    for said_of_form in absorbed:
        if any(absorbed) and not said_of_form:
            yield cell("not discussed")
        else:
            yield said_of_form
