"""About how tall a page is, to find which of its lengths fits without drawing them all."""

from mgform.page import Cell, ChosenParts, Grid, Page, foot_of, words_of

GAP = 2
"""The spaces between two columns."""
COMFORT = 16
"""The width below which a column of sentences is no longer easy to read.

What names the rows of a grid takes it.
"""

_BESIDE_EACH_OTHER = 3
_LEAST_BALANCED = 24
_FREE = 2
_LONG = 10_000


def about_lines(
    page: Page,
    parts: ChosenParts,
    width: int,
) -> int:
    """About how many lines a page takes with these parts on a screen of some width."""
    heights = [_lines(_letters(page.answer), width)]
    for part in parts:
        if isinstance(part, Grid):
            heights.append(_of_grid(part, width))
        else:
            heights.append(_lines(_letters(part), width))
    heights.append(_lines(_letters(foot_of(page, parts)), width))
    blocks = [height for height in heights if height]
    empty_lines = len(blocks) - 1
    return sum(blocks) + empty_lines


Letters = list[int]
"""How many letters each paragraph of a cell has."""


def _letters(cell: Cell) -> Letters:
    return [len(words_of(paragraph)) for paragraph in cell]


def _in_rows(grid: Grid) -> list[list[Letters]]:
    """The letters in each cell of a grid, row by row."""
    rows = []
    for row in grid.rows:
        rows.append([_letters(cell) for cell in (row.about, *row.cells)])
    return rows


def _lines(letters: Letters, width: int) -> int:
    """How many lines a cell takes."""
    lines = len(letters)
    for number in letters:
        lines += number // width
    return lines


def _of_grid(grid: Grid, width: int) -> int:
    if not grid.rows:
        return 0
    lines = 0
    if grid.heading:
        lines += 1
    if any(grid.titles):
        lines += 2
    rows = _in_rows(grid)
    widths = _widths(grid, rows, width)
    columns = _balanced(grid, rows, width)
    if columns:
        widths = [widths[0], *columns]
    for row in rows:
        lines += max(map(_lines, row, widths))
    return lines


def _widths(
    grid: Grid,
    rows: list[list[Letters]],
    width: int,
) -> list[int]:
    """The width of each column: its longest paragraph's, or an equal share of what others leave."""
    longest = _longest_paragraphs(grid, rows)
    if not grid.titles[0]:
        longest[0] = min(longest[0], COMFORT)
    number = len(longest)
    room = width - GAP * (number - 1)
    widths = [1] * number
    narrowest_first = sorted(range(number), key=longest.__getitem__)
    for place in narrowest_first:
        share = max(1, room // number)
        widths[place] = min(longest[place], share)
        room -= widths[place]
        number -= 1
    return widths


def balanced(grid: Grid, width: int) -> tuple[int, int] | None:
    """The widths of two columns of sentences beside what names the rows, so that rows are low.

    The one with more words gets more room. None for grids of another kind, and where there is no
    room to give.
    """
    return _balanced(grid, _in_rows(grid), width)


def _balanced(
    grid: Grid,
    rows: list[list[Letters]],
    width: int,
) -> tuple[int, int] | None:
    if len(grid.titles) != _BESIDE_EACH_OTHER or grid.titles[0]:
        return None
    longest = _longest_paragraphs(grid, rows)
    about = min(longest[0], COMFORT)
    room = width - about - GAP * 2
    if room < 2 * _LEAST_BALANCED or longest[1] + longest[2] <= room:
        return None
    best = (_LONG, 0, 0)
    for left in range(_LEAST_BALANCED, room - _LEAST_BALANCED + 1):
        right = room - left
        lines = 0
        for _, first, second in rows:
            # At the end of a line some letters stay free.
            lines += max(
                _lines(first, left - _FREE), _lines(second, right - _FREE)
            )
        best = min(best, (lines, abs(left - right), left))
    left = best[-1]
    # What a column does not need is the other one's.
    left = max(min(left, longest[1]), room - longest[2])
    return left, room - left


def _longest_paragraphs(grid: Grid, rows: list[list[Letters]]) -> list[int]:
    """How long the longest paragraph of each column is."""
    longest = [1] * len(grid.titles)
    for row in rows:
        for place, letters in enumerate(row):
            longest[place] = max([longest[place], *letters])
    return longest
