"""The answer of ``show``: everything that the table has on a form."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mgform import records
from mgform.model import Form, Note, Table, Topic
from mgform.names import Match
from mgform.page import Cell, Line, Page, Sheet, page, plain
from mgform.records import Record
from mgform.reports.cells import FORM_CELLS, field_title, notes_cell, topic_title
from mgform.reports.report import Report, remarks_on


@dataclass(frozen=True)
class Profile(Report):
    """Forms in full, as they were asked for."""

    table: Table
    matches: Sequence[Match]

    @property
    def remarks(self) -> tuple[str, ...]:
        return remarks_on(self.matches)

    def data(self) -> Any:
        """One object for one form, else a list."""
        rows = list(self.rows())
        return rows[0] if len(rows) == 1 else rows

    def header(self) -> Sequence[str]:
        return list(next(iter(self.rows())))

    def rows(self) -> Iterable[Record]:
        for match in self.matches:
            yield {
                "asked_as": match.asked,
                "matched": match.role,
                **records.form_record(self.table, match.form, records.FIELDS),
                "cautions": [records.note(note) for note in self._cautions()],
            }

    def _cautions(self) -> list[Note]:
        """What is said of every form and must not be missed by somebody who reads of one."""
        return [note for note in self.table.notes if note.about is Topic.CAUTION]

    def page(self) -> Page:
        sheets = [self._sheet(match.form) for match in self.matches]
        return page(self.table, "", sheets, remarks=self.remarks, closing=self._closing())

    def _closing(self) -> Iterator[str]:
        shared = len(self.table.notes) - len(self._cautions())
        if shared:
            yield f"{shared} more notes hold for every form: mgform notes --form {self.matches[0].form.id}"

    def _sheet(self, form: Form) -> Sheet:
        lines = tuple(Line((plain(title), cell)) for title, cell in self._facts(form) if cell)
        return Sheet(("", ""), lines, f"{form.name} ({form.id})")

    def _facts(self, form: Form) -> Iterator[tuple[str, Cell]]:
        levels = {name: FORM_CELLS[name](self.table, form) for name in self.table.scales.in_use()}
        for topic in Topic:
            shared = self._cautions() if topic is Topic.CAUTION else []
            notes = notes_cell(note for note in (*form.notes, *shared) if note.about is topic)
            yield topic_title(self.table, topic), (*levels.get(topic, ()), *notes)
        for field in ("corrections", "disputes", "members", "aliases"):
            yield field_title(self.table, field), FORM_CELLS[field](self.table, form)
