"""What ``--full`` adds: every compound, note, dispute, correction and source, as grids."""

from collections.abc import Iterable, Iterator, Sequence

from mgform.notes import concerning, notes_that
from mgform.page import (
    Grid,
    Paragraph,
    Span,
    Style,
    cell,
    grid,
    paragraph,
    row,
)
from mgform.said import (
    all_said_in_full,
    few,
    printed_by,
    reference,
    said_in_full,
)
from mgform.table import (
    Compound,
    Correction,
    Dispute,
    Form,
    Note,
    Statement,
    Table,
)
from mgform.words import listed

Entry = Note | Dispute | Correction


def everything(table: Table, forms: Sequence[Form]) -> Iterator[Grid]:
    """Every compound, note, dispute, correction and source that concerns the forms."""
    notes = notes_that(table, forms)
    disputes, corrections = concerning(table, forms)
    yield compounds_grid(table, forms)
    yield notes_grid(table, notes, heading="Notes")
    for dispute in disputes:
        yield dispute_grid(table, dispute)
    yield _corrections_grid(table, corrections)
    compounds = [compound for form in forms for compound in form.compounds]
    yield sources_grid(
        table, [*cited([*notes, *disputes, *corrections]), *printers(compounds)]
    )


def compounds_grid(table: Table, forms: Sequence[Form]) -> Grid:
    """The compounds of forms, with what sources print beside the computed percentage."""
    rows = []
    for form in forms:
        for compound in form.compounds:
            percent = compound.elemental_percent
            share = "" if percent is None else f"{percent:.2f} %"
            printed = (
                printed_by(table, compound) if compound.printed_percent else ()
            )
            remark = cell(compound.remark or "")
            rows.append(
                row(
                    form.id,
                    cell(*_names(compound)),
                    cell(share),
                    cell(printed),
                    remark,
                )
            )
    titles = (
        "Form",
        "Compound",
        table.nutrient.capitalize(),
        "Printed",
        "Remark",
    )
    return grid(rows, titles=titles, heading="Compounds")


def _names(compound: Compound) -> Iterator[Paragraph]:
    """A compound with its formula, and what else it is called."""
    if compound.formula:
        yield paragraph(f"{compound.name} ({compound.formula})")
    else:
        yield paragraph(compound.name)
    if compound.names:
        yield paragraph(Span(f"also: {few(compound.names)}", Style.FAINT))


def printers(compounds: Iterable[Compound]) -> list[str]:
    """The ids of the sources that print the percentages of compounds."""
    return [compound.source for compound in compounds if compound.source]


def notes_grid(
    table: Table,
    notes: Iterable[Note],
    *,
    heading: str = "",
) -> Grid:
    """Notes in full, topic by topic, each beside the forms that it is about."""
    by_topic = sorted(notes, key=lambda note: table.topics.index(note.about))
    rows = []
    for note in by_topic:
        forms = ", ".join(note.forms) or "every form"
        beside = [
            (Span("Beside it: "), *said_in_full(table, statement))
            for statement in note.published
        ]
        rows.append(
            row(
                f"{note.about}: {forms}",
                cell(said_in_full(table, note), *beside),
            )
        )
    return grid(rows, heading=heading)


def dispute_grid(table: Table, dispute: Dispute) -> Grid:
    """A dispute in full: its positions, and what is published on it."""
    rows = [
        row("Positions", all_said_in_full(table, dispute.positions)),
        row("Published", all_said_in_full(table, dispute.published)),
    ]
    return grid(rows, heading=dispute.question)


def _corrections_grid(table: Table, corrections: Iterable[Correction]) -> Grid:
    rows = []
    for correction in corrections:
        statements = (correction.claim, *correction.published)
        rows.append(
            row(listed(correction.forms), all_said_in_full(table, statements))
        )
    return grid(
        rows, heading="Corrections: what a source says, and what is right"
    )


def sources_grid(table: Table, source_ids: Iterable[str]) -> Grid:
    """Sources as they are cited, in the table's order."""
    chosen = set(source_ids)
    rows = [
        row(table.mark(source.id), cell(reference(source)))
        for source in table.sources
        if source.id in chosen
    ]
    return grid(rows, heading="Sources")


def cited(entries: Iterable[Entry]) -> list[str]:
    """The id of the source of every statement."""
    statements: list[Statement] = []
    for entry in entries:
        if isinstance(entry, Dispute):
            statements += entry.positions
        elif isinstance(entry, Correction):
            statements.append(entry.claim)
        else:
            statements.append(entry)
        statements += entry.published
    return [statement.source for statement in statements]
