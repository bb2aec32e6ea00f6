"""A page on a terminal, drawn by Rich."""

import io
import re
from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from rich.box import Box
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mgform.height import COMFORT, GAP, about_lines, balanced
from mgform.page import (
    Cell,
    ChosenParts,
    Grid,
    Page,
    Span,
    Style,
    figure_columns,
    foot_of,
    in_lengths,
)
from mgform.visible import NO_BREAK, address, joined, visible

LINES = 22
"""What a screen of 24 lines holds beside the call and the prompt."""
_USUAL_WIDTH = 80

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
# It stands for a space at which Rich, which breaks lines at every space, shall not. No text holds
# it: it is no character (there is no capital final sigma), and ``visible`` shows it. It lies among
# Greek letters, whose width Rich knows without the tables of Unicode.
_JOINT = "\u03a2"
_LINE_ENDS = re.compile(r"(?: |\x1b\[[\d;]*m)+$", re.MULTILINE)


def on_screen(
    page: Page,
    width: int,
    *,
    terminal: bool = False,
    plain: bool = False,
) -> str:
    """A page for a screen that is ``width`` columns wide, 20 or more; no line is wider.

    It has the first of the page's lengths that fits 22 lines, else the shortest; a screen of less
    than 80 columns shows what one of 80 does. Where it does not go to a ``terminal``, no words are
    links, and colors are there only if FORCE_COLOR asks for them. NO_COLOR and TERM are heeded as
    Rich does. ``plain`` has neither colors nor links.
    """
    console = Console(
        file=io.StringIO(),
        force_terminal=terminal or None,
        color_system=None if plain else "auto",
        width=max(width, _USUAL_WIDTH),
        height=LINES,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    pen = _Pen(console, links=terminal)
    parts, drawn = _fitting(page, pen)
    if width >= _USUAL_WIDTH:
        return drawn
    console.width = width
    return pen.drawn(page, parts)


def _fitting(page: Page, pen: "_Pen") -> tuple[ChosenParts, str]:
    """The longest parts of a page that fit the screen, else the shortest, and the page drawn."""
    lengths = in_lengths(page)
    parts = next(lengths)
    for shorter in lengths:
        if about_lines(page, parts, pen.console.width) <= LINES:
            drawn = pen.drawn(page, parts)
            if drawn.count("\n") <= LINES:
                return parts, drawn
        parts = shorter
    return parts, pen.drawn(page, parts)


class _Column(NamedTuple):
    """A column of a grid: its title, its cells, and the widths that it may have.

    ``word`` is the width of its longest word, ``wrapped`` the width in which no cell wraps and its
    title takes two lines, and ``line`` the one in which its title does not wrap either.
    ``has_words`` says that its cells are single words.
    """

    title: Text
    cells: list[Text]
    word: int
    wrapped: int
    line: int
    has_words: bool
    is_figures: bool

    def at_most(self, width: int) -> "_Column":
        """The column where it may be no wider than this."""
        return self._replace(
            wrapped=min(self.wrapped, width), line=min(self.line, width)
        )

    def least(self, width: int) -> int:
        """The width that it needs on a screen to be easy to read.

        A word that is longer than half the screen, such as an address, is folded anyway.
        """
        longest_word = min(self.word, width // 2)
        return max(longest_word, min(self.wrapped, COMFORT))


class _Pen:
    """Draws the parts of a page on a console."""

    def __init__(self, console: Console, *, links: bool) -> None:
        self.console = console
        self.links = links

    def drawn(self, page: Page, parts: ChosenParts) -> str:
        """A page with these parts as text, and an empty line between them."""
        blocks = [self._printed(self._answer(page.answer))]
        for part in parts:
            if isinstance(part, Grid):
                blocks.append(self._printed(*self._grid(part)))
            else:
                blocks.append(self._printed(self._cell(part)))
        blocks.append(self._printed(self._cell(foot_of(page, parts), "dim")))
        return "\n".join(block for block in blocks if block.strip())

    def _answer(self, answer: Cell) -> Text:
        """An answer, whose first paragraph stands out."""
        text = self._cell(answer)
        first_line, _, _ = text.plain.partition("\n")
        text.stylize("bold", 0, len(first_line))
        return text

    def _printed(self, *renderables: RenderableType) -> str:
        with self.console.capture() as capture:
            for renderable in renderables:
                self.console.print(renderable)
        lines = _LINE_ENDS.sub(_without_spaces, capture.get())
        return lines.replace(_JOINT, " ")

    def _cell(self, cell: Cell, style: str = "") -> Text:
        """A cell as Rich's text, a paragraph a line."""
        text = Text(style=style, overflow="fold")
        for number, paragraph in enumerate(cell):
            if number:
                text.append("\n")
            for span in paragraph:
                words = joined(span.words).replace(NO_BREAK, _JOINT)
                text.append(words, self._style(span))
        return text

    def _style(self, span: Span) -> str:
        style = _STYLES[span.style]
        if not self.links:
            return style
        link = address(span.link)
        if link is None:
            return style
        return f"{style} link {link}"

    def _grid(self, grid: Grid) -> Iterator[RenderableType]:
        if not grid.rows:
            return
        if grid.heading:
            yield Text(visible(grid.heading), style="bold", overflow="fold")
        columns = self._columns(grid)
        width = self.console.width - GAP * (len(columns) - 1)
        least = sum(column.least(width) for column in columns)
        balance = balanced(grid, self.console.width) or ()
        for place, most in enumerate(balance, start=1):
            columns[place] = columns[place].at_most(most)
        line = sum(column.line for column in columns)
        if least > width:
            yield from self._stacked(grid)
        else:
            yield self._side_by_side(columns, is_tight=line > width)

    def _columns(self, grid: Grid) -> list[_Column]:
        figures = figure_columns(grid)
        columns = []
        for place, title in enumerate(grid.titles):
            cells = list(self._cells_in_column(grid, place))
            heading = Text(
                visible(title),
                "bold",
                overflow="fold",
                no_wrap=False,
            )
            title_word, title_line = self._sizes([heading])
            cell_word, cell_line = self._sizes(cells)
            has_words = cell_word == cell_line
            if place == 0 and not title:
                # What names a row wraps, and leaves the room to what is said.
                cell_line = max(cell_word, min(cell_line, COMFORT))
            half_title = ceil(title_line / 2)
            column = _Column(
                title=heading,
                cells=cells,
                word=max(title_word, cell_word),
                wrapped=max(title_word, cell_line, half_title),
                line=max(title_line, cell_line),
                has_words=has_words,
                is_figures=place in figures,
            )
            columns.append(column)
        return columns

    def _cells_in_column(self, grid: Grid, place: int) -> Iterator[Text]:
        """The cells of a column; in the first stands what the rows are about."""
        for row in grid.rows:
            if place == 0:
                yield self._cell(row.about, "bold")
            else:
                yield self._cell(row.cells[place - 1])

    def _sizes(self, texts: list[Text]) -> tuple[int, int]:
        """The widths of the longest word and of the longest line of some texts."""
        longest_word = 0
        longest_line = 0
        for text in texts:
            size = Measurement.get(self.console, self.console.options, text)
            longest_word = max(longest_word, size.minimum)
            longest_line = max(longest_line, size.maximum)
        return longest_word, longest_line

    def _side_by_side(self, columns: list[_Column], *, is_tight: bool) -> Table:
        """A grid with its columns beside each other, and a rule under the titles if it has any.

        Where they are tight, titles wrap before cells do, and what is one word stays whole.
        """
        drawn = Table(
            box=_RULE,
            show_header=any(column.title for column in columns),
            show_edge=False,
            pad_edge=False,
            padding=(0, GAP - 1, 0, 0),
            header_style="",
            border_style="dim",
        )
        width = self.console.width - GAP * (len(columns) - 1)
        for column in columns:
            is_least = column.wrapped == column.least(width)
            drawn.add_column(
                column.title,
                justify="right" if column.is_figures else "left",
                max_width=column.wrapped if is_tight else column.line,
                no_wrap=is_tight and column.has_words and is_least,
                overflow="fold",
            )
        for cells in zip(*(column.cells for column in columns), strict=True):
            drawn.add_row(*cells)
        return drawn

    def _stacked(self, grid: Grid) -> Iterator[RenderableType]:
        """A grid for a narrow screen: what a row is about, and its cells behind their titles."""
        for row in grid.rows:
            yield self._cell(row.about, "bold")
            for title, cell in zip(grid.titles[1:], row.cells, strict=True):
                if not cell:
                    continue
                lead = Text(overflow="fold")
                if title:
                    lead.append(f"{visible(title)}: ")
                yield Padding(lead + self._cell(cell), (0, 0, 0, 2))


def _without_spaces(line_end: re.Match[str]) -> str:
    return line_end[0].replace(" ", "")
