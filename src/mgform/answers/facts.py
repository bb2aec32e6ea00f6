"""What is said of forms, as cells and rows that several answers share."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from mgform.forms import Level, level_of
from mgform.names import Match
from mgform.notes import backing, concerning, is_thread
from mgform.page import Cell, Grid, Paragraph, cell, grid, paragraph, row
from mgform.said import (
    level_sources,
    level_word,
    meant,
    percentage,
    said,
    said_first,
)
from mgform.table import ABSORPTION, CAUTION, Dispute, Form, Note, Statement, Table

NOT_RATED = "not rated"


class Notes(Enum):
    """Which of the notes behind a level are shown."""

    ALL = auto()
    FIRST = auto()  # of the first note, the first sentence
    SOURCES = auto()  # none, but who says so


class Fullness(NamedTuple):
    """How much a page shows of what supports its answer."""

    notes: Notes
    every_dispute: bool
    whole_studies: bool


FULLNESS = (
    Fullness(Notes.ALL, every_dispute=True, whole_studies=True),
    Fullness(Notes.FIRST, every_dispute=True, whole_studies=True),
    Fullness(Notes.FIRST, every_dispute=False, whole_studies=True),
    Fullness(Notes.FIRST, every_dispute=False, whole_studies=False),
    Fullness(Notes.SOURCES, every_dispute=False, whole_studies=False),
)
"""The lengths of a page: where a screen is too small, the notes give way first."""


def levels_grid(table: Table, matches: Sequence[Match]) -> Grid:
    """Forms, a row each: their levels, who says so, and the nutrient in their usual compound."""
    scales = table.scales.in_use()
    rows = []
    for match in matches:
        levels = [_level_with_sources(table, match.form, scale_name) for scale_name in scales]
        share = cell(percentage(table, meant(match)))
        rows.append(row(match.form.id, *levels, share))
    titles = [scale.title for scale in scales.values()]
    return grid(rows, titles=("Form", *titles, table.nutrient.capitalize()))


def _level_with_sources(table: Table, form: Form, scale_name: str) -> Cell:
    level = level_of(table, form, scale_name)
    if level is None:
        return cell(NOT_RATED)
    word = level_word(table.scales.in_use()[scale_name], level)
    return cell(paragraph(word, " ", level_sources(table, level)))


def level_notes(
    table: Table, form: Form, scale_name: str, level: Level, which: Notes
) -> list[Paragraph]:
    """The notes behind a level."""
    notes = backing(table, form, scale_name)
    if which is Notes.SOURCES or not notes:
        return [paragraph(level_sources(table, level))]
    if which is Notes.FIRST:
        return [said_first(table, notes[0])]
    return [said(table, note) for note in notes]


def absorption(table: Table, form: Form) -> Cell:
    """What threads say of how a form is absorbed; what is disputed of it comes first."""
    disputes, _ = concerning(table, [form])
    for dispute in disputes:
        if _is_on_absorption_of_some(dispute):
            return cell(_positions(table, dispute))
    notes = [
        note
        for note in table.notes_by_form[form.id]
        if note.about == ABSORPTION and is_thread(table, note.source)
    ]
    return cell(*(said(table, note) for note in notes))


def _is_on_absorption_of_some(dispute: Dispute) -> bool:
    """Whether a dispute is about how certain forms are absorbed."""
    return dispute.about == ABSORPTION and bool(dispute.forms)


def _positions(table: Table, dispute: Dispute) -> Paragraph:
    """The positions of a dispute in one line: ``disputed: worst [post-1], best [post-4]``."""
    spans = [*paragraph("disputed: ")]
    for number, position in enumerate(dispute.positions):
        if number:
            spans += paragraph(", ")
        spans += said(table, position)
    return tuple(spans)


def other_disputes(table: Table, form: Form) -> list[Dispute]:
    """The disputes that touch a form, but for those that stand beside its absorption."""
    disputes, _ = concerning(table, [form])
    return [dispute for dispute in disputes if not _is_on_absorption_of_some(dispute)]


def cautions(table: Table, form: Form) -> list[Note]:
    """The cautions on a form, its own first."""
    notes = [*table.notes_by_form[form.id], *table.general_notes]
    return [note for note in notes if note.about == CAUTION]


def told(table: Table, statement: Statement, fullness: Fullness) -> Paragraph:
    """A published statement, whole or its first sentence."""
    if fullness.whole_studies:
        return said(table, statement)
    return said_first(table, statement)


def with_more(whole: Paragraph, more: int) -> Paragraph:
    """A paragraph that ends with how many more there are: "... (12 more)"."""
    if not more:
        return whole
    return (*whole, *paragraph(f" ({more} more)"))
