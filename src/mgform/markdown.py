"""A page as Markdown: what the screen shows, ready to be pasted."""

import re
from collections.abc import Iterable, Iterator

from mgform.page import (
    Cell,
    Grid,
    Page,
    Paragraph,
    Span,
    Style,
    foot_of,
    longest,
)
from mgform.visible import NO_BREAK, address, visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
# What would begin a list or underline a title. "- " stays: it is how pages write a list, too.
_FIRST = re.compile(r"^(\d+)(?=[.)](?:\s|$))|^(?=[+=]|-\S|-$)")


def as_markdown(page: Page) -> str:
    """A page as Markdown (GitHub's); nothing in its words means anything to Markdown."""
    blocks = list(map(_paragraph, page.answer))
    parts = longest(page)
    for part in parts:
        if not isinstance(part, Grid):
            blocks += map(_paragraph, part)
        elif part.rows:
            blocks += _grid(part)
    for paragraph in foot_of(page, parts):
        blocks.append(f"*{_paragraph(paragraph)}*")
    return "\n\n".join(blocks) + "\n"


def _grid(grid: Grid) -> Iterator[str]:
    """A grid's heading, if it has one, and its table."""
    if grid.heading:
        yield f"**{_escaped(grid.heading)}**"
    lines = [
        _line(map(_escaped, grid.titles)),
        _line(["---"] * len(grid.titles)),
    ]
    for row in grid.rows:
        cells = (row.about, *row.cells)
        lines.append(_line(map(_cell, cells)))
    yield "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    row = " | ".join(cells)
    return f"| {row} |"


def _cell(cell: Cell) -> str:
    return "<br>".join(map(_paragraph, cell))


def _paragraph(paragraph: Paragraph) -> str:
    """A paragraph in one line; one that is strong as a whole is bold, other styles are left out."""
    words = "".join(map(_span, paragraph)).strip()
    words = _FIRST.sub(r"\1\\", words)
    styles = {span.style for span in paragraph}
    if styles == {Style.STRONG}:
        return f"**{words}**"
    return words


def _span(span: Span) -> str:
    words = _escaped(span.words)
    link = address(span.link)
    if link is None:
        return words
    return f"[{words}](<{link}>)"


def _escaped(words: str) -> str:
    spaced = visible(words).replace(NO_BREAK, " ")
    return _SPECIAL.sub(r"\\\1", spaced)
