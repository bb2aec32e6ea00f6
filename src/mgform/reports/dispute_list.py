"""The answer of ``disputes``: where the sources contradict each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mgform import records
from mgform.hints import one_of
from mgform.model import Dispute, Table
from mgform.names import Match
from mgform.page import Line, Page, Sheet, page, plain, stated
from mgform.records import Record
from mgform.reports.cells import PUBLISHED
from mgform.reports.report import Report, remarks_on

_KEYS = ("dispute", "question", "forms", "role", "text", "details", "source", "basis", "studied", "relays")


@dataclass(frozen=True)
class DisputeList(Report):
    """Disputes with all their positions."""

    table: Table
    disputes: Sequence[Dispute]
    asked: Sequence[Match] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        return remarks_on(self.asked)

    @property
    def nothing(self) -> str | None:
        return None if self.disputes else "the table records no dispute about this"

    def data(self) -> Any:
        return [records.dispute(each) for each in self.disputes]

    def header(self) -> Sequence[str]:
        return _KEYS

    def rows(self) -> Iterable[Record]:
        """A position, or what is published on the question, a row."""
        for dispute in self.disputes:
            shared = {"dispute": dispute.id, "question": dispute.question, "forms": dispute.forms}
            for role, said in (("position", dispute.positions), ("published", dispute.published)):
                for each in said:
                    yield shared | {"role": role} | records.statement(each)

    def page(self) -> Page:
        sheets = [self._sheet(dispute) for dispute in self.disputes]
        return page(self.table, f"{self.table.title}: disputes", sheets, remarks=self.remarks)

    def _sheet(self, dispute: Dispute) -> Sheet:
        lines = [Line((plain("Position"), (stated(each),))) for each in dispute.positions]
        lines += [Line((plain(PUBLISHED.rstrip(":")), (stated(each),))) for each in dispute.published]
        forms = one_of(dispute.forms) if dispute.forms else "every form"
        return Sheet(("", ""), tuple(lines), f"{dispute.question} ({forms})")
