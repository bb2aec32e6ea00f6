"""What a page for people is made of. It is the same on a terminal and as Markdown."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

Paragraph = tuple[str, str]
"""Words and their style: "", "strong", "faint", or "level-N", where N from 0 to 2 is a place on a scale."""

Cell = tuple[Paragraph, ...]
Row = tuple[str, *tuple[Cell, ...]]
"""What a row of a grid is about, and its other cells."""


def paragraphs(lines: Iterable[str], style: str = "") -> Cell:
    """A cell with a paragraph for each line that says something."""
    return tuple((line, style) for line in lines if line.strip())


def text(words: str, style: str = "") -> Cell:
    """A cell of one paragraph."""
    return paragraphs([words], style)


class Grid(NamedTuple):
    """Rows of cells below their column titles; the first cell of a row says what the row is about."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""


def facts(rows: Iterable[Row], heading: str = "", titles: tuple[str, ...] = ("", "")) -> Grid:
    """A grid of what is said, beside what it is about; rows in which nothing is said are left out."""
    return Grid(titles, tuple((text(about, "strong"), *said) for about, *said in rows if any(said)), heading)


class Page(NamedTuple):
    """A whole answer for people.

    ``answer`` are sentences, ``parts`` what supports them, and ``foot`` where it comes from and how to see the
    rest. What says nothing is not shown: an empty sentence, a cell without paragraphs, a grid without rows.
    """

    answer: tuple[str, ...]
    parts: tuple[Grid | Cell, ...] = ()
    foot: tuple[str, ...] = ()


class Answer(NamedTuple):
    """What a command answers, for people and for scripts.

    ``data`` is what JSON holds, or what makes it; CSV too unless there are ``rows``: records with the same keys.
    ``ids`` is what ``--quiet`` prints.
    """

    page: Page
    data: object
    rows: list[dict[str, object]] | None = None
    ids: tuple[str, ...] | None = None


class Raw(NamedTuple):
    """Text that is written as it comes, and the exit status that is known behind it."""

    pieces: Iterable[str]
    status: Callable[[], int] = lambda: 0
