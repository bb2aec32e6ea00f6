"""What an answer for people is made of. It is the same on a terminal, as Markdown and as HTML.

A page is an answer in sentences, parts that support it (grids and paragraphs), and a foot. Words
carry a style and perhaps a link; how a style looks is for whoever draws the page to say.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from itertools import count, islice
from typing import Any, NamedTuple, TypeVar

Piece = TypeVar("Piece")

_FIGURE = r"[\d.,]*\d(?: %| mg)?"
_NO_FIGURE = ("?", "not known")


class Style(Enum):
    """What words are, beside their meaning."""

    PLAIN = auto()
    STRONG = auto()
    FAINT = auto()
    LOWEST = auto()  # the first level of a scale: mild
    MIDDLE = auto()
    HIGHEST = auto()  # the last level of a scale: strong


class Span(NamedTuple):
    """Words in one style; ``link`` is an address that they lead to."""

    words: str
    style: Style = Style.PLAIN
    link: str | None = None


Paragraph = tuple[Span, ...]
"""Spans side by side; the spaces between them stand in them."""

Cell = tuple[Paragraph, ...]
"""Paragraphs below each other."""


def paragraph(*parts: str | Span) -> Paragraph:
    """A paragraph of plain words and spans; parts that say nothing are left out."""
    spans = []
    for part in parts:
        span = part if isinstance(part, Span) else Span(part)
        if span.words:
            spans.append(span)
    return tuple(spans)


def cell(*paragraphs: str | Span | Paragraph) -> Cell:
    """A cell of paragraphs; those that say nothing are left out."""
    made = []
    for part in paragraphs:
        whole = paragraph(part) if isinstance(part, (str, Span)) else part
        if words_of(whole).strip():
            made.append(whole)
    return tuple(made)


def words_of(whole: Paragraph) -> str:
    """The words of a paragraph, without their styles."""
    return "".join(span.words for span in whole)


class Row(NamedTuple):
    """What a row of a grid is about, and its other cells."""

    about: Cell
    cells: tuple[Cell, ...]


def row(about: str | Span | Paragraph, *cells: Cell) -> Row:
    """A row of cells about something."""
    return Row(cell(about), cells)


class Grid(NamedTuple):
    """Rows below their column titles; the first title stands over what the rows are about."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    heading: str = ""


def grid(
    rows: Iterable[Row],
    *,
    titles: tuple[str, ...] = ("", ""),
    heading: str = "",
) -> Grid:
    """A grid of the rows in which something is said."""
    saying = [row for row in rows if any(row.cells)]
    return Grid(titles, tuple(saying), heading)


def figure_columns(grid: Grid) -> set[int]:
    """The places of the columns that hold figures ("60.30 %"), which stand below each other.

    A figure may be missing there: "?", "not known".
    """
    places = set()
    for place in range(1, len(grid.titles)):
        figures = []
        for row in grid.rows:
            for whole in row.cells[place - 1]:
                words = words_of(whole)
                if words not in _NO_FIGURE:
                    figures.append(words)
        if figures and all(map(_is_figure, figures)):
            places.add(place)
    return places


def _is_figure(words: str) -> bool:
    return re.fullmatch(_FIGURE, words) is not None


class Lengths:
    """One part in several lengths, the longest first; a screen shows the first that fits it.

    All parts of a page grow shorter together, so one that stands there twice is not shortened yet.
    Each is made when somebody looks at it: most screens show one of the first.
    """

    def __init__(self, lengths: Iterable[Grid | Cell]) -> None:
        self._made: list[Grid | Cell] = []
        self._to_come = iter(lengths)

    def has(self, place: int) -> bool:
        """Whether there is a length at a place, from 0."""
        missing = place + 1 - len(self._made)
        self._made += islice(self._to_come, max(missing, 0))
        return place < len(self._made)

    def at(self, place: int) -> Grid | Cell:
        """The length at a place; the last one stands for those that would follow."""
        return self._made[place] if self.has(place) else self._made[-1]


def each_once(parts: Iterable[Piece]) -> Iterator[Piece]:
    """Some parts, each once, and only as far as somebody looks at them."""
    seen = set()
    for part in parts:
        if part not in seen:
            seen.add(part)
            yield part


def whichever_fits(parts: Iterable[Grid | Cell]) -> Lengths:
    """One part in several lengths, the longest first, each once."""
    return Lengths(each_once(parts))


Part = Grid | Cell | Lengths
ChosenParts = tuple[Grid | Cell, ...]
"""The parts of a page, each in one of its lengths."""


class Page(NamedTuple):
    """A whole answer for people.

    ``answer`` is what a person came for, its first paragraph above all; ``parts`` are what supports
    it, and ``foot`` says where it comes from; before that, ``explained``, given the words that are
    shown, makes the paragraphs that explain them. ``full`` makes the parts that ``--full`` shows
    instead, if there are any, and ``more`` says what they add. What says nothing is not shown: a
    cell without words, a grid without rows.
    """

    answer: Cell
    parts: tuple[Part, ...] = ()
    foot: Cell = ()
    explained: Callable[[str], Cell] | None = None
    full: Callable[[], Iterable[Part]] | None = None
    more: str = "Every note, study and source"


def in_full(page: Page) -> Page:
    """A page with the parts that ``--full`` shows, if it has others than those that it shows."""
    if page.full is None:
        return page
    whole = page._replace(parts=tuple(page.full()), full=None)
    return whole._replace(parts=longest(whole))


def in_lengths(page: Page) -> Iterator[ChosenParts]:
    """The parts of a page in every length that it offers, the longest first."""
    in_several = [part for part in page.parts if isinstance(part, Lengths)]
    for place in count():
        if place and not any(part.has(place) for part in in_several):
            return
        parts = []
        for part in page.parts:
            parts.append(part.at(place) if isinstance(part, Lengths) else part)
        yield tuple(parts)


def longest(page: Page) -> ChosenParts:
    """The parts of a page as they are where no screen limits them."""
    return next(in_lengths(page))


def foot_of(page: Page, parts: ChosenParts) -> Cell:
    """The foot of a page that shows these parts."""
    if page.explained is None:
        return page.foot
    return (*page.explained(_shown(page, parts)), *page.foot)


def _shown(page: Page, parts: ChosenParts) -> str:
    """The words of a page with these parts above its foot, a paragraph a line."""
    paragraphs = list(page.answer)
    for part in parts:
        if isinstance(part, Grid):
            for row in part.rows:
                for whole in (row.about, *row.cells):
                    paragraphs += whole
        else:
            paragraphs += part
    return "\n".join(map(words_of, paragraphs))


class Answer(NamedTuple):
    """What a command answers, for people and for scripts.

    ``page`` makes what people read: scripts do not wait for it. ``data`` is what JSON holds.
    ``rows`` are records with the same keys for CSV, or None where the answer is no rows. ``ids`` is
    what ``--quiet`` prints, or None where there are no ids.
    """

    page: Callable[[], Page]
    data: Any
    rows: list[dict[str, Any]] | None = None
    ids: tuple[str, ...] | None = None
