"""The answer of ``show``: everything that the table has on a form."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mgform import records
from mgform.model import Form, Note, Table
from mgform.names import Match
from mgform.page import Cell, Line, Page, Sheet, page, plain
from mgform.records import Record
from mgform.reports.cells import (
    FORM_CELLS,
    MORE_DETAILS,
    compounds_cell,
    field_title,
    notes_cell,
    split_by_kind,
    topic_title,
)
from mgform.reports.report import Report, remarks_on
from mgform.vocabulary import Kind, Topic


@dataclass(frozen=True)
class Profile(Report):
    """What is said of forms, as they were asked for; ``shortened`` says that details were left away."""

    table: Table
    matches: Sequence[Match]
    shortened: bool = False

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
        sheets = [sheet for match in self.matches for sheet in self._sheets(match.form)]
        return page(self.table, "", sheets, remarks=self.remarks, more=self._more())

    def _more(self) -> Iterator[str]:
        if self.shortened:
            yield MORE_DETAILS
        shared = len(self.table.notes) - len(self._cautions())
        if shared:
            yield f"what holds for every form ({shared}): mgform notes --form {self.matches[0].form.id}"

    def _sheets(self, form: Form) -> Iterator[Sheet]:
        """What the thread says of a form, and then what has been published."""
        told = split_by_kind(self.table, [*form.notes, *self._cautions()])
        lines = [*self._levels_and_notes(form, told[Kind.THREAD]), *self._facts(form)]
        yield Sheet(("", ""), tuple(lines), f"{form.name} ({form.id})")
        if told[Kind.REFERENCE]:
            published = tuple(self._by_topic(told[Kind.REFERENCE], {}))
            yield Sheet(("", ""), published, f"{form.name} in published sources")

    def _levels_and_notes(self, form: Form, notes: Sequence[Note]) -> Iterator[Line]:
        levels = {name: FORM_CELLS[name](self.table, form) for name in self.table.scales.in_use()}
        return self._by_topic(notes, levels)

    def _by_topic(self, notes: Sequence[Note], levels: dict[str, Cell]) -> Iterator[Line]:
        """A line a topic: its level where it has one, then the notes."""
        for topic in Topic:
            cell = (*levels.get(topic, ()), *notes_cell(note for note in notes if note.about is topic))
            if cell:
                yield Line((plain(topic_title(self.table, topic)), cell))

    def _facts(self, form: Form) -> Iterator[Line]:
        if form.compounds:
            yield Line((plain(field_title(self.table, "elemental")), compounds_cell(form)))
        for field in ("corrections", "disputes", "members", "aliases"):
            if cell := FORM_CELLS[field](self.table, form):
                yield Line((plain(field_title(self.table, field)), cell))
