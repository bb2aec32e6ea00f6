"""What a page for people is made of. It is the same on a terminal and as Markdown."""

from collections.abc import Iterable
from typing import Any, NamedTuple

Paragraph = tuple[str, str]
"""Words and their style: "", "strong", "faint", or "level-N", where N from 0 to 2 is a place on a scale."""

Cell = tuple[Paragraph, ...]
Row = tuple[str, *tuple[str | list[str] | Cell, ...]]
"""What a row of a grid is about, and its other cells, or what stands in them."""


def text(lines: str | Iterable[str], style: str = "") -> Cell:
    """A cell of one paragraph or several, one for each line that says something."""
    return tuple((line, style) for line in ([lines] if isinstance(lines, str) else lines) if line.strip())


class Grid(NamedTuple):
    """Rows of cells below their column titles; the first cell of a row says what the row is about."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""


def facts(rows: Iterable[Row], heading: str = "", titles: tuple[str, ...] = ("", "")) -> Grid:
    """A grid of what is said, beside what it is about; rows in which nothing is said are left out."""
    said = ((about, [each if isinstance(each, tuple) else text(each) for each in cells]) for about, *cells in rows)
    return Grid(titles, tuple((text(about, "strong"), *cells) for about, cells in said if any(cells)), heading)


Part = Grid | Cell


class Page(NamedTuple):
    """A whole answer for people.

    ``answer`` are sentences, ``parts`` what supports them, and ``foot`` where it comes from. ``full`` are the parts
    that ``--full`` shows instead, if there are any, and ``more`` says what they add. What says nothing is not shown: an
    empty sentence, a cell without paragraphs, a grid without rows.
    """

    answer: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    foot: tuple[str, ...] = ()
    full: Iterable[Part] = ()
    more: str = "Every note, study and source"


class Answer(NamedTuple):
    """What a command answers, for people and for scripts.

    ``data`` is what JSON holds; CSV too unless there are ``rows``: records with the same keys.
    ``ids`` is what ``--quiet`` prints.
    """

    page: Page
    data: Any
    rows: list[dict[str, object]] | None = None
    ids: tuple[str, ...] | None = None
