"""What ``--full`` adds: every compound, note, dispute, correction and source, as grids."""

from collections.abc import Iterable, Iterator, Sequence

from mgform.notes import cited, concerning, notes_that, titled
from mgform.page import (
    Cell,
    Grid,
    Paragraph,
    Row,
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
    printed,
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
    Origin,
    Table,
)
from mgform.words import listed


def everything(table: Table, forms: Sequence[Form]) -> Iterator[Grid]:
    """Every compound, note, dispute, correction and source that concerns the forms."""
    notes = notes_that(table, forms)
    disputes, corrections = concerning(table, forms)
    yield compounds_grid(table, forms)
    yield notes_grid(table, notes, heading="Notes")
    for dispute in disputes:
        yield dispute_grid(table, dispute)
    yield _corrections_grid(table, corrections)
    source_ids = cited([*notes, *disputes, *corrections])
    source_ids += printers(forms)
    yield sources_grid(table, source_ids)


def compounds_grid(table: Table, forms: Sequence[Form]) -> Grid:
    """The compounds of forms, with what sources print beside the computed percentage."""
    rows = []
    for form in forms:
        for compound in form.compounds:
            rows.append(_compound_row(table, form, compound))
    titles = (
        "Form",
        "Compound",
        table.nutrient.capitalize(),
        "Printed",
        "Remark",
    )
    return grid(rows, titles=titles, heading="Compounds")


def _compound_row(
    table: Table,
    form: Form,
    compound: Compound,
) -> Row:
    computed: Cell = ()
    is_computed = compound.basis is Origin.COMPUTED
    if compound.elemental_percent is not None and is_computed:
        computed = cell(f"{compound.elemental_percent:.2f} %")
    by_source: Cell = ()
    if printed(compound):
        by_source = cell(printed_by(table, compound))
    return row(
        form.id,
        cell(*_names(compound)),
        computed,
        by_source,
        cell(compound.remark or ""),
    )


def _names(compound: Compound) -> Iterator[Paragraph]:
    """A compound with its formula, and what else it is called."""
    if compound.formula:
        yield paragraph(f"{compound.name} ({compound.formula})")
    else:
        yield paragraph(compound.name)
    if compound.names:
        yield paragraph(Span(f"also: {few(compound.names)}", Style.FAINT))


def printers(forms: Iterable[Form]) -> list[str]:
    """The ids of the sources that print the percentages of compounds of forms."""
    source_ids = []
    for form in forms:
        for compound in form.compounds:
            if compound.source is not None:
                source_ids.append(compound.source)
    return source_ids


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
        lines = [said_in_full(table, note)]
        for statement in note.published:
            lead = Span("Beside it: ")
            lines.append((lead, *said_in_full(table, statement)))
        topic = titled(table, note.about)
        rows.append(row(f"{topic}: {forms}", cell(*lines)))
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
        told = all_said_in_full(table, statements)
        rows.append(row(listed(correction.forms), told))
    heading = "Corrections: what a source says, and what is right"
    return grid(rows, heading=heading)


def sources_grid(table: Table, source_ids: Iterable[str]) -> Grid:
    """Sources as they are cited, in the table's order."""
    chosen = set(source_ids)
    rows = []
    for source in table.sources:
        if source.id in chosen:
            mark = table.mark(source.id)
            rows.append(row(mark, cell(reference(source))))
    return grid(rows, heading="Sources")
