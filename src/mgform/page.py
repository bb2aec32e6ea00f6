"""What an answer for people is made of. It is the same on a terminal, as Markdown and as HTML.

A page is an answer in sentences, parts that support it (grids and paragraphs), and a foot. Words
carry a style and perhaps a link; how a style looks is for whoever draws the page to say.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from typing import Any, NamedTuple

_FIGURE = re.compile(r"[\d.,]*\d(?: %| mg)?")
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
        if figures and all(map(_FIGURE.fullmatch, figures)):
            places.add(place)
    return places


class Lengths(NamedTuple):
    """One part in several lengths, the longest first; a screen shows the first that fits it."""

    lengths: tuple[Grid | Cell, ...]


def whichever_fits(parts: Iterable[Grid | Cell]) -> Lengths:
    """One part in several lengths, the longest first, each once."""
    return Lengths(tuple(dict.fromkeys(parts)))


Part = Grid | Cell | Lengths
Parts = tuple[Grid | Cell, ...]
"""Parts of a page, each in one length."""


class Page(NamedTuple):
    """A whole answer for people.

    ``answer`` is what a person came for, its first paragraph above all; ``parts`` are what supports
    it, and ``foot`` says where it comes from. ``full`` makes the parts that ``--full`` shows
    instead, if there are any, and ``more`` says what they add. What says nothing is not shown: a
    cell without words, a grid without rows.
    """

    answer: Cell
    parts: tuple[Part, ...] = ()
    foot: Cell = ()
    full: Callable[[], Iterable[Part]] | None = None
    more: str = "Every note, study and source"


def in_full(page: Page) -> Page:
    """A page with the parts that ``--full`` shows, if it has others than those that it shows."""
    if page.full is None:
        return page
    whole = page._replace(parts=tuple(page.full()), full=None)
    return whole._replace(parts=longest(whole))


def in_lengths(page: Page) -> Iterator[Parts]:
    """The parts of a page in every length that it offers, the longest first."""
    most = 1
    for part in page.parts:
        if isinstance(part, Lengths):
            most = max(most, len(part.lengths))
    for length in range(most):
        parts = []
        for part in page.parts:
            if isinstance(part, Lengths):
                last = len(part.lengths) - 1
                parts.append(part.lengths[min(length, last)])
            else:
                parts.append(part)
        yield tuple(parts)


def longest(page: Page) -> Parts:
    """The parts of a page as they are where no screen limits them."""
    return next(in_lengths(page))


class Answer(NamedTuple):
    """What a command answers, for people and for scripts.

    ``data`` is what JSON holds. ``rows`` are records with the same keys for CSV, or None where the
    answer is no rows. ``ids`` is what ``--quiet`` prints, or None where there are no ids.
    """

    page: Page
    data: Any
    rows: list[dict[str, Any]] | None = None
    ids: tuple[str, ...] | None = None
