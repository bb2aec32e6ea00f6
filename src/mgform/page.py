"""What a page for people is made of. It is the same on a terminal and as Markdown.

The answer comes first, in a sentence; what supports it stands in grids and lines; the foot says where it
comes from and how to see the rest.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

Piece = tuple[str, str]
"""Words and their style: "", "strong", "faint", or "level-N", where N from 0 to 2 is a place on a scale."""

Paragraph = tuple[Piece, ...]
Cell = tuple[Paragraph, ...]


def text(words: str, style: str = "") -> Cell:
    """A cell of one paragraph."""
    return (((words, style),),) if words else ()


def paragraphs(lines: Iterable[str]) -> Cell:
    """A cell of several plain paragraphs, each on a line of its own."""
    return tuple(((line, ""),) for line in lines)


class Grid(NamedTuple):
    """Rows of cells below their column titles; the first cell of a row says what the row is about."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""


class Page(NamedTuple):
    """A whole answer for people.

    ``answer`` are sentences, ``parts`` what supports them (a paragraph or a grid each), ``foot`` where it comes
    from and how to see the rest.
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
