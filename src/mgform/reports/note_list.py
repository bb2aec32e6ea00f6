"""The answer of ``notes``: every note as a row of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mgform import records
from mgform.model import Table
from mgform.names import Match
from mgform.page import Line, Page, Sheet, page, plain
from mgform.query import FormNote
from mgform.records import Record
from mgform.reports.cells import notes_cell, topic_title
from mgform.reports.report import Report, remarks_on

_KEYS = ("form", "about", "text", "details", "source", "kind", "basis", "studied", "relays", "published")


@dataclass(frozen=True)
class NoteList(Report):
    """Notes, each with the form on which it stands."""

    table: Table
    notes: Sequence[FormNote]
    asked: Sequence[Match] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        return remarks_on(self.asked)

    @property
    def nothing(self) -> str | None:
        return None if self.notes else "no note matches; 'mgform notes' shows them all"

    def data(self) -> Any:
        return list(self.rows())

    def header(self) -> Sequence[str]:
        return _KEYS

    def rows(self) -> Iterable[Record]:
        for form, note in self.notes:
            kind = self.table.sources_by_id[note.source].kind
            record = {"form": form.id if form else None, "kind": kind, **records.note(note)}
            yield {key: record[key] for key in _KEYS}

    def page(self) -> Page:
        lines = tuple(
            Line(
                (plain(form.id if form else "(every)"), plain(topic_title(self.table, note.about)), notes_cell([note]))
            )
            for form, note in self.notes
        )
        sheet = Sheet(("Form", "About", "What is said"), lines)
        return page(self.table, f"{self.table.title}: notes", [sheet], remarks=self.remarks)
