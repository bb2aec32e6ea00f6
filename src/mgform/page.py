"""What people read: pages made of sheets, whose cells say who said what.

A page is the same whether it is drawn on a terminal or written as Markdown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from mgform.model import Source, Statement, Table
from mgform.query import Level
from mgform.vocabulary import Basis, Topic


class Tone(Enum):
    """How a level stands on its scale."""

    GENTLE = "gentle"
    MIDDLE = "middle"
    HARSH = "harsh"


class Said(NamedTuple):
    """A piece of text, and who says it.

    ``lead`` is what the text is introduced with, such as "Published:". ``computed`` marks a figure
    that no source prints. ``follows`` says that it goes on behind the piece before it.
    """

    text: str
    sources: tuple[str, ...] = ()
    inferred: bool = False
    relays: str | None = None
    studied: str | None = None
    lead: str = ""
    tone: Tone | None = None
    computed: bool = False
    follows: bool = False

    @property
    def mark(self) -> str:
        """The attribution, as it stands behind the text: ``[inferred: post-4]``, ``[uysal-2019, in rats]``."""
        if not self.sources:
            return "[computed]" if self.computed else ""
        origin = ("inferred: " if self.inferred else "") + ", ".join(self.sources)
        studied = f", in {self.studied}" if self.studied else ""
        relaying = f", relaying {self.relays}" if self.relays else ""
        return f"[{origin}{studied}{relaying}]"

    @property
    def whole(self) -> str:
        """Lead, text and attribution in one line, runs of white space folded."""
        return " ".join(f"{self.lead} {self.text} {self.mark}".split())


Cell = tuple[Said, ...]


def paragraphs(cell: Cell) -> list[list[Said]]:
    """The pieces of a cell, those together that stand in one line."""
    found: list[list[Said]] = []
    for said in cell:
        if said.follows and found:
            found[-1].append(said)
        else:
            found.append([said])
    return found


class Line(NamedTuple):
    """One line of a sheet; ``differs`` marks it in a comparison."""

    cells: tuple[Cell, ...]
    differs: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table for people. ``compares`` says that its lines are marked where they differ."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    heading: str | None = None
    compares: bool = False


@dataclass(frozen=True)
class Page:
    """A whole answer: sheets, closing sentences, the sources at the foot, the table's notice."""

    title: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    notice: str = ""


def page(
    table: Table,
    title: str,
    sheets: Iterable[Sheet],
    *,
    remarks: Iterable[str] = (),
    closing: Iterable[str] = (),
    sources: Iterable[str] = (),
    more: Iterable[str] = (),
) -> Page:
    """A page of a table, at its foot the sources that the sheets name, in the table's order.

    ``sources`` are the ids of those that the closing sentences name; ``more`` says where to read on.
    """
    made = tuple(sheets)
    named = {*sources, *(source for said in _every(made) for source in said.sources)}
    cited = tuple(source for source in table.sources if source.id in named)
    return Page(title, made, tuple(remarks), tuple(closing), cited, _foot(table, more))


def _foot(table: Table, more: Iterable[str]) -> str:
    """The table's notice, and where to read on."""
    cautions = any(note.about is Topic.CAUTION for note in table.notes)
    pointers = (*more, *(["cautions: mgform notes --about caution"] if cautions else ()), "sources: mgform sources")
    return " ".join(f"{table.notice} More: {'; '.join(pointers)}".split())


def _every(sheets: Iterable[Sheet]) -> Iterator[Said]:
    return (said for sheet in sheets for line in sheet.lines for cell in line.cells for said in cell)


def plain(text: str) -> Cell:
    """A cell of text that nobody in particular says."""
    return (Said(text),) if text else ()


def stated(statement: Statement, lead: str = "") -> Said:
    """A statement with its attribution."""
    inferred = statement.basis is Basis.INFERRED
    text = f"{statement.text} {statement.details}" if statement.details else statement.text
    return Said(text, (statement.source,), inferred, statement.relays, statement.studied, lead)


def attributed(level: Level) -> Said:
    """A level with its attribution."""
    return Said(level.word, level.sources, level.basis is Basis.INFERRED)


def levelled(table: Table, scale_name: str, level: Level | None) -> Cell:
    """A level with its attribution and its tone; a dash where there is none."""
    if level is None:
        return plain("-")
    harshest = len(getattr(table.scales, scale_name).levels) - 1
    tone = Tone.GENTLE if level.rank == 0 else Tone.HARSH if level.rank == harshest else Tone.MIDDLE
    return (attributed(level)._replace(tone=tone),)


def citation(source: Source) -> str:
    """A source as it stands at the foot of a page: its citation, and its date if that says more."""
    dated = source.date and source.date[:4] not in source.citation
    return " ".join(f"{source.citation.rstrip('.')}{f', {source.date}' if dated else ''}".split())


def whereabouts(source: Source) -> str:
    """A source with everything that helps to find it."""
    parts = [citation(source)]
    if source.doi:
        parts.append(f"DOI {source.doi}")
    if source.pmid:
        parts.append(f"PMID {source.pmid}")
    if source.url:
        parts.append(source.url)
    return ", ".join(parts)
