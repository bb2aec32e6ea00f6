"""The answer of ``sources``: where the statements come from."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mgform import records
from mgform.consistency import statements
from mgform.model import Table
from mgform.page import Line, Page, Sheet, page, plain, whereabouts
from mgform.records import Record
from mgform.reports.report import Report

_KEYS = ("id", "kind", "date", "citation", "doi", "pmid", "url", "statements")


@dataclass(frozen=True)
class SourceList(Report):
    """The sources of a table, each with the number of statements that it makes."""

    table: Table

    def data(self) -> Any:
        return list(self.rows())

    def header(self) -> Sequence[str]:
        return _KEYS

    def rows(self) -> Iterable[Record]:
        made = self._statements()
        return [records.source(source) | {"statements": made[source.id]} for source in self.table.sources]

    def _statements(self) -> Counter[str]:
        return Counter(statement.source for _, statement in statements(self.table))

    def page(self) -> Page:
        made = self._statements()
        lines = tuple(
            Line((plain(source.id), plain(source.kind), plain(str(made[source.id])), plain(whereabouts(source))))
            for source in self.table.sources
        )
        sheet = Sheet(("Source", "Kind", "Statements", "Citation"), lines)
        return page(self.table, f"{self.table.title}: sources", [sheet])
