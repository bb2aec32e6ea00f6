"""What an answer for people is made of. It is the same on a terminal, as Markdown and as HTML.

A page is an answer in sentences, parts that support it (grids and paragraphs), and a foot. Words
carry a style and perhaps a link; how a style looks is for whoever draws the page to say.
"""

from collections.abc import Iterable
from enum import Enum, auto
from typing import Any, NamedTuple


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
    spans = (part if isinstance(part, Span) else Span(part) for part in parts)
    return tuple(span for span in spans if span.words)


def cell(*paragraphs: str | Span | Paragraph) -> Cell:
    """A cell of paragraphs; those that say nothing are left out."""
    made = []
    for part in paragraphs:
        is_paragraph = isinstance(part, tuple) and not isinstance(part, Span)
        made.append(part if is_paragraph else paragraph(part))
    return tuple(
        each for each in made if "".join(span.words for span in each).strip()
    )


class Row(NamedTuple):
    """What a row of a grid is about, and its other cells."""

    about: Cell
    cells: tuple[Cell, ...]


class Grid(NamedTuple):
    """Rows below their column titles; the first title stands over what the rows are about."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    heading: str = ""


Part = Grid | Cell


class Page(NamedTuple):
    """A whole answer for people.

    ``answer`` is what a person came for, ``parts`` are what supports it, and ``foot`` says where it
    comes from. ``full`` are the parts that ``--full`` shows instead, if there are any, and ``more``
    says what they add. What says nothing is not shown: a cell without words, a grid without rows.
    """

    answer: Cell
    parts: tuple[Part, ...] = ()
    foot: Cell = ()
    full: tuple[Part, ...] = ()
    more: str = "Every note, study and source"


class Answer(NamedTuple):
    """What a command answers, for people and for scripts.

    ``data`` is what JSON holds. ``rows`` are records with the same keys for CSV, or None where the
    answer is no rows. ``ids`` is what ``--quiet`` prints, or None where there are no ids.
    """

    page: Page
    data: Any
    rows: list[dict[str, Any]] | None = None
    ids: tuple[str, ...] | None = None
