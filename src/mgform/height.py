"""About how tall a page is, to find which of its lengths fits without drawing them all."""

from collections.abc import Iterable

from mgform.page import Cell, Grid, Page, words_of

_GAP = 2


def about_lines(page: Page, parts: Iterable[Grid | Cell], width: int) -> int:
    """About how many lines a page takes with these parts on a screen of some width."""
    lines = _of_cell(page.answer, width) + _of_cell(page.foot, width) + 1
    for part in parts:
        if isinstance(part, Grid):
            lines += 1 + _of_grid(part, width)
        elif part:
            lines += 1 + _of_cell(part, width)
    return lines


def _of_cell(cell: Cell, width: int) -> int:
    return sum(1 + len(words_of(paragraph)) // width for paragraph in cell)


def _of_grid(grid: Grid, width: int) -> int:
    widths = _widths(grid, width)
    lines = bool(grid.heading) + 2 * any(grid.titles)
    for row in grid.rows:
        lines += max(map(_of_cell, (row.about, *row.cells), widths))
    return lines


def _widths(grid: Grid, width: int) -> list[int]:
    """The width of each column: its longest paragraph's, or an equal share of what others leave."""
    longest = [1] * len(grid.titles)
    for row in grid.rows:
        for place, cell in enumerate((row.about, *row.cells)):
            for paragraph in cell:
                longest[place] = max(longest[place], len(words_of(paragraph)))
    widths = [1] * len(longest)
    room = width - _GAP * (len(longest) - 1)
    places = sorted(range(len(longest)), key=longest.__getitem__)
    for number, place in enumerate(places):
        share = room // (len(places) - number)
        widths[place] = max(1, min(longest[place], share))
        room -= widths[place]
    return widths
