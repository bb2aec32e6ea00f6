"""The answer of ``list``: forms, a row each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mgform.model import Form, Table
from mgform.names import Match, unprefixed
from mgform.page import Cell, Line, Page, Sheet, attributed, page, plain
from mgform.query import gentleness
from mgform.records import FIELDS, Record, form_record
from mgform.reports.cells import FORM_CELLS, field_title
from mgform.reports.report import Report, remarks_on


@dataclass(frozen=True)
class Listing(Report):
    """Forms with the chosen fields."""

    table: Table
    forms: Sequence[Form]
    fields: Sequence[str]
    gentler_than: Match | None = None
    only_ids: bool = False

    @property
    def remarks(self) -> tuple[str, ...]:
        return remarks_on([self.gentler_than])

    @property
    def nothing(self) -> str | None:
        return None if self.forms else f"no form matches; the table has {len(self.table.forms)}, see 'mgform list'"

    @property
    def bare(self) -> Sequence[str] | None:
        return [form.id for form in self.forms] if self.only_ids else None

    def data(self) -> Any:
        return [form_record(self.table, form, self.fields) for form in self.forms]

    def header(self) -> Sequence[str]:
        return [key for field in self.fields for key in FIELDS[field].keys]

    def rows(self) -> Iterable[Record]:
        rows: list[Record] = self.data()
        return rows

    def page(self) -> Page:
        shown = [field for field in self.fields if self._is_used(field)]
        if {"id", "name"} <= {*shown}:
            shown.remove("id")
        columns = tuple(field_title(self.table, "id" if field == "name" else field) for field in shown)
        lines = tuple(Line(tuple(self._cell(field, form) for field in shown)) for form in self.forms)
        closing, sources = self._measure()
        sheets = [Sheet(columns, lines)]
        return page(self.table, self.table.title, sheets, remarks=self.remarks, closing=closing, sources=sources)

    def _is_used(self, field: str) -> bool:
        """Whether the table has anything at all for a column of people's page."""
        if field in self.table.scales.__struct_fields__:
            return field in self.table.scales.in_use()
        return field != "elemental" or any(form.compounds for form in self.table.forms)

    def _cell(self, field: str, form: Form) -> Cell:
        """A cell; the name stands without the prefix that all names share, so that it can be typed."""
        if field == "name":
            return plain(unprefixed(form.name, self.table.name_prefixes))
        return FORM_CELLS[field](self.table, form)

    def _measure(self) -> tuple[Sequence[str], Sequence[str]]:
        """What the forms are gentler than, where that was asked for, and the sources that say so."""
        level = self.gentler_than and gentleness(self.table, self.gentler_than.form)
        if not self.gentler_than or not level:
            return (), ()
        said = attributed(level)
        return [f"Gentler than {self.gentler_than.form.id}, which is {said.whole}."], said.sources
