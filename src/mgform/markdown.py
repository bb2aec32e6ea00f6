"""A page as Markdown: what the screen shows, ready to be pasted."""

import re

from mgform.page import Cell, Grid, Page, Paragraph, Span, Style, longest
from mgform.visible import NO_BREAK, address, visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
# What would begin a list or underline a title. "- " stays: it is how pages write a list, too.
_FIRST = re.compile(r"^(\d+)(?=[.)](?:\s|$))|^(?=[+=]|-\S)")


def as_markdown(page: Page) -> str:
    """A page as Markdown (GitHub's); nothing in its words means anything to Markdown."""
    blocks = list(map(_paragraph, page.answer))
    for part in longest(page):
        if not isinstance(part, Grid):
            blocks += map(_paragraph, part)
        elif part.rows:
            blocks += _grid(part)
    blocks += [f"*{_paragraph(paragraph)}*" for paragraph in page.foot]
    return "\n\n".join(blocks) + "\n"


def _grid(grid: Grid) -> list[str]:
    """A grid's heading, if it has one, and its table."""
    rows = [
        [_escaped(title) for title in grid.titles],
        ["---"] * len(grid.titles),
    ]
    rows += [list(map(_cell, (row.about, *row.cells))) for row in grid.rows]
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    heading = [f"**{_escaped(grid.heading)}**"] if grid.heading else []
    return [*heading, "\n".join(lines)]


def _cell(cell: Cell) -> str:
    return "<br>".join(map(_paragraph, cell))


def _paragraph(paragraph: Paragraph) -> str:
    """A paragraph in one line; one that is strong as a whole is bold, other styles are left out."""
    words = "".join(map(_span, paragraph)).strip()
    words = _FIRST.sub(r"\1\\", words)
    is_strong = all(span.style is Style.STRONG for span in paragraph)
    return f"**{words}**" if is_strong else words


def _span(span: Span) -> str:
    words = _escaped(span.words)
    link = address(span.link)
    return f"[{words}](<{link}>)" if link else words


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", visible(words)).replace(NO_BREAK, " ")
