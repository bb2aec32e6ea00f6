"""``mgform notes``: every note once, with the forms that it is about."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import structs

from mgform.answers.everything import notes_grid
from mgform.answers.facts import forms_of
from mgform.answers.foot import with_foot
from mgform.names import Match
from mgform.notes import notes_that
from mgform.page import Answer, Page, cell
from mgform.said import remarks
from mgform.table import Note, Table


def noting(
    table: Table,
    matches: Sequence[Match],
    *,
    about: Collection[str] = (),
    source: Collection[str] = (),
    kind: Collection[str] = (),
) -> Answer:
    """The notes that pass the filters of ``notes_that``."""
    notes = notes_that(
        table,
        forms_of(matches),
        about=about,
        source=source,
        kind=kind,
    )
    records = [record(table, note) for note in notes]
    page = Page(
        answer=cell(_answer(len(notes)), *remarks(matches)),
        parts=(notes_grid(table, notes),),
    )
    return Answer(
        page=lambda: with_foot(table, page),
        data=records,
        rows=records,
    )


def _answer(number: int) -> str:
    if not number:
        return "No statement matches."
    if number == 1:
        return "1 statement matches."
    return f"{number} statements match."


def record(table: Table, note: Note) -> dict[str, Any]:
    """A note as scripts get it: the forms first, and what kind of source says it."""
    kind = table.sources_by_id[note.source].kind
    return {"forms": note.forms, "kind": kind, **structs.asdict(note)}
