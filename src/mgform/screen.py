"""A page on a terminal, drawn by Rich."""

import io
import re
from collections.abc import Iterable, Iterator

from rich.box import Box
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mgform.page import (
    Cell,
    Grid,
    Page,
    Paragraph,
    Style,
    figure_columns,
    in_lengths,
)
from mgform.visible import NO_BREAK, address, joined, visible

LINES = 22
"""What a screen of 24 lines holds beside the call and the prompt."""

_STYLES = {
    Style.PLAIN: "",
    Style.STRONG: "bold",
    Style.FAINT: "dim",
    Style.LOWEST: "cyan",
    Style.MIDDLE: "",
    Style.HIGHEST: "bold magenta",
}
# A rule under the titles; the space that Rich puts between two columns is part of the gap.
_RULE = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_GAP = 2
# The width below which a column of sentences is no longer easy to read.
_COMFORT = 16
# It stands for a space at which Rich, which breaks lines at every space, shall not. No text holds
# it: it is no character, and ``visible`` shows it.
_JOINT = "\ufdd0"
_LINE_ENDS = re.compile(r"(?: |\x1b\[[\d;]*m)+$", re.MULTILINE)


def on_screen(page: Page, width: int, *, terminal: bool = False, plain: bool = False) -> str:
    """A page for a screen that is ``width`` columns wide, 20 or more; no line is wider.

    It has the first of the page's lengths that fits 22 lines, else the shortest. Where it does not
    go to a ``terminal``, no words are links, and colors are there only if FORCE_COLOR asks for
    them. NO_COLOR and TERM are heeded as Rich does. ``plain`` has neither colors nor links.
    """
    console = Console(
        file=io.StringIO(),
        force_terminal=terminal or None,
        color_system=None if plain else "auto",
        width=width,
        height=LINES,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    pen = _Pen(console, links=terminal)
    drawn = ""
    for parts in in_lengths(page):
        drawn = pen.drawn(page, parts)
        if drawn.count("\n") <= LINES:
            break
    return drawn


class _Pen:
    """Draws the parts of a page on a console."""

    def __init__(self, console: Console, *, links: bool) -> None:
        self.console = console
        self.links = links

    def drawn(self, page: Page, parts: Iterable[Grid | Cell]) -> str:
        """A page with these parts as text, and an empty line between them."""
        blocks = [self._printed(self._cell(page.answer, "bold"))]
        for part in parts:
            if isinstance(part, Grid):
                blocks.append(self._printed(*self._grid(part)))
            else:
                blocks.append(self._printed(self._cell(part)))
        blocks.append(self._printed(self._cell(page.foot, "dim")))
        return "\n".join(block for block in blocks if block.strip())

    def _printed(self, *renderables: RenderableType) -> str:
        with self.console.capture() as capture:
            for renderable in renderables:
                self.console.print(renderable)
        lines = _LINE_ENDS.sub(lambda end: end[0].replace(" ", ""), capture.get())
        return lines.replace(_JOINT, " ")

    def _cell(self, cell: Cell, style: str = "") -> Text:
        """A cell as Rich's text, a paragraph a line."""
        text = Text("\n").join(map(self._paragraph, cell))
        text.style = style
        text.overflow = "fold"
        return text

    def _paragraph(self, paragraph: Paragraph) -> Text:
        text = Text()
        for span in paragraph:
            words = joined(span.words).replace(NO_BREAK, _JOINT)
            link = address(span.link) if self.links else None
            style = _STYLES[span.style]
            text.append(words, f"{style} link {link}" if link else style)
        return text

    def _grid(self, grid: Grid) -> Iterator[RenderableType]:
        if not grid.rows:
            return
        if grid.heading:
            yield Text(visible(grid.heading), style="bold", overflow="fold")
        if self._is_readable(grid):
            yield self._side_by_side(grid)
        else:
            yield from self._below_each_other(grid)

    def _is_readable(self, grid: Grid) -> bool:
        """Whether each column can have its longest word, and sentences have room.

        A word that is longer than half the screen, such as an address, is folded anyway.
        """
        needed = _GAP * (len(grid.titles) - 1)
        for place, title in enumerate(grid.titles):
            longest_word, longest_line = self._sizes([Text(title), *self._column(grid, place)])
            if place == 0 and not title:
                longest_line = min(longest_line, _COMFORT)
            comfort = min(longest_line, _COMFORT)
            needed += max(comfort, min(longest_word, self.console.width // 2))
        return needed <= self.console.width

    def _sizes(self, texts: list[Text]) -> tuple[int, int]:
        """The widths of the longest word and of the longest line of some texts."""
        options = self.console.options
        sizes = [Measurement.get(self.console, options, text) for text in texts]
        return max(size.minimum for size in sizes), max(size.maximum for size in sizes)

    def _column(self, grid: Grid, place: int) -> list[Text]:
        if place == 0:
            return [self._cell(row.about, "bold") for row in grid.rows]
        return [self._cell(row.cells[place - 1]) for row in grid.rows]

    def _side_by_side(self, grid: Grid) -> Table:
        """A grid with its columns beside each other, and a rule under the titles if it has any."""
        columns = [self._column(grid, place) for place in range(len(grid.titles))]
        figures = figure_columns(grid)
        drawn = Table(
            box=_RULE,
            show_header=any(grid.titles),
            show_edge=False,
            pad_edge=False,
            padding=(0, _GAP - 1, 0, 0),
            header_style="",
            border_style="dim",
        )
        for place, title in enumerate(grid.titles):
            names_rows = place == 0 and not title
            drawn.add_column(
                Text(visible(title), style="bold", overflow="fold"),
                justify="right" if place in figures else "left",
                # What names a row wraps, and leaves the room to what is said.
                max_width=max(_COMFORT, self._sizes(columns[0])[0]) if names_rows else None,
                overflow="fold",
            )
        for cells in zip(*columns, strict=True):
            drawn.add_row(*cells)
        return drawn

    def _below_each_other(self, grid: Grid) -> Iterator[RenderableType]:
        """A grid for a narrow screen: what a row is about, and its cells behind their titles."""
        for row in grid.rows:
            yield self._cell(row.about, "bold")
            for title, cell in zip(grid.titles[1:], row.cells, strict=True):
                if not cell:
                    continue
                lead = Text(f"{visible(title)}: " if title else "", overflow="fold")
                yield Padding(lead + self._cell(cell), (0, 0, 0, 2))
