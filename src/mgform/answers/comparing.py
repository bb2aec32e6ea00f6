"""``mgform compare``: forms side by side, which is milder, and who says so."""

from collections.abc import Iterator, Sequence

from mgform.answers.everything import everything
from mgform.answers.facts import (
    FULLNESS,
    Fullness,
    Published,
    absorption,
    caution,
    forms_of,
    ids_of,
    level_with_notes,
    levels_grid,
    published,
    with_more,
)
from mgform.answers.foot import with_foot
from mgform.comparison import Comparison, compare, measured
from mgform.forms import has_level, level_of
from mgform.names import Match, lowered
from mgform.page import (
    Answer,
    Cell,
    Lengths,
    Page,
    Part,
    Row,
    cell,
    grid,
    paragraph,
    row,
    whichever_fits,
)
from mgform.said import meant, percentage, remarks, sentence
from mgform.table import Form, Note, Table

_PAIR = 2


def comparing(table: Table, matches: Sequence[Match]) -> Answer:
    """Forms side by side: two with the notes behind their levels, more with their sources alone."""
    comparison = compare(table, matches)
    forms = forms_of(matches)
    digest: Part = levels_grid(table, matches)
    if len(matches) == _PAIR:
        digest = _side_by_side(table, matches)
    page = Page(
        answer=cell(sentence(comparison.verdict.sentence), *remarks(matches)),
        parts=(digest,),
        full=lambda: (digest, *everything(table, forms)),
    )
    return Answer(
        with_foot(table, page),
        data=comparison,
        rows=list(_records(comparison)),
        ids=ids_of(forms),
    )


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


def _side_by_side(table: Table, matches: Sequence[Match]) -> Lengths:
    """A column for each form, in all lengths."""
    titles = ("", *ids_of(forms_of(matches)))
    lengths = []
    for fullness in FULLNESS:
        rows = _rows(table, matches, fullness)
        lengths.append(grid(rows, titles=titles))
    return whichever_fits(lengths)


def _rows(
    table: Table,
    matches: Sequence[Match],
    fullness: Fullness,
) -> Iterator[Row]:
    forms = forms_of(matches)
    scales = table.scales.in_use()
    first_scale = next(iter(scales), None)
    for scale_name, scale in scales.items():
        yield row(scale.title, *_levels(table, forms, scale_name, fullness))
        # What was measured stands beside what was said.
        if scale_name == first_scale:
            title = f"Published: {lowered(scale.title)}"
            yield row(title, *_first_published(table, forms, fullness))
    if fullness.published is not Published.ONE:
        yield row("Absorption", *_absorbed(table, forms, fullness))
    shares = []
    for match in matches:
        share = percentage(table, meant(match), of=" by weight")
        shares.append(cell(share))
    yield row(table.nutrient.capitalize(), *shares)
    if not all(has_level(table, form) for form in forms):
        cautions = []
        for form in forms:
            cautions.append(caution(table, form, fullness, only_own=True))
        yield row("Caution", *cautions)


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
    shown_for: dict[Note, str] = {}
    for form in forms:
        if form.id not in first_notes:
            yield cell("none in this table" if first_notes else "")
            continue
        note, more = first_notes[form.id]
        if note in shown_for:
            same = paragraph(f"the same as for {shown_for[note]}")
            yield cell(with_more(same, more))
        else:
            yield cell(with_more(published(table, note, fullness), more))
            shown_for[note] = form.id


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
