"""About how tall a page is, to find which of its lengths fits without drawing them all."""

from mgform.page import Cell, Grid, Page, Parts, words_of

GAP = 2
"""The spaces between two columns."""
COMFORT = 16
"""The width below which a column of sentences is no longer easy to read; names of rows take it."""


def about_lines(page: Page, parts: Parts, width: int) -> int:
    """About how many lines a page takes with these parts on a screen of some width."""
    heights = [_of_cell(page.answer, width), _of_cell(page.foot, width)]
    for part in parts:
        if isinstance(part, Grid):
            heights.append(_of_grid(part, width))
        else:
            heights.append(_of_cell(part, width))
    empty_lines = len(heights) - heights.count(0) - 1
    return sum(heights) + empty_lines


def _of_cell(cell: Cell, width: int) -> int:
    return sum(1 + len(words_of(paragraph)) // width for paragraph in cell)


def _of_grid(grid: Grid, width: int) -> int:
    if not grid.rows:
        return 0
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
    if not grid.titles[0]:
        longest[0] = min(longest[0], COMFORT)
    widths = [1] * len(longest)
    room = width - GAP * (len(longest) - 1)
    places = sorted(range(len(longest)), key=longest.__getitem__)
    for number, place in enumerate(places):
        share = room // (len(places) - number)
        widths[place] = max(1, min(longest[place], share))
        room -= widths[place]
    return widths
