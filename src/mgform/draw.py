"""A page as text, for a terminal of some width or as Markdown; and rows as text, for spreadsheets."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct, structs
from rich.cells import cell_len

from mgform.page import Cell, Grid, Page, Paragraph, Piece, text
from mgform.table import Compound, Statement

_GAP = 2
_PROSE = 20
_COMFORT = 16
# One hue, from light to strong, for the place on a scale.
_STYLES = {"strong": "1", "faint": "2", "level-0": "2;35", "level-1": "35", "level-2": "1;35"}
_UNIT = re.compile(r"(?<=\d) (?=(?:mg|mcg|g|mmol|%)(?!\w))")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def on_screen(page: Page, width: int, *, color: bool) -> str:
    """A page for a terminal that is ``width`` columns wide; no line is wider or ends with a space."""
    blocks = [[line for sentence in page.answer for line in _wrapped(text(sentence, "strong"), width)]]
    for part in page.parts:
        if isinstance(part, Grid):
            heading = _wrapped(text(part.heading, "strong"), width)
            blocks.append([*heading, *_grid(part, width)])
        else:
            blocks.append(list(_wrapped(part, width)))
    blocks.append([line for sentence in page.foot for line in _wrapped(text(sentence, "faint"), width)])
    drawn = ("\n".join(_painted(line, color=color) for line in block) for block in blocks if block)
    return "\n\n".join(drawn) + "\n"


def _wrapped(cell: Cell, width: int) -> Iterator[list[Piece]]:
    """The lines of a cell: words as pieces, none wider than ``width``."""
    for paragraph in cell:
        line: list[Piece] = []
        used = 0
        for word, style in _words(paragraph, width):
            size = cell_len(word)
            if line and used + 1 + size > width:
                yield line
                line, used = [], 0
            line.append((word, style))
            used += size + (len(line) > 1)
        yield line


def _words(paragraph: Paragraph, width: int) -> Iterator[Piece]:
    """The words of a paragraph; a number stays with its unit, and what is too wide is cut."""
    for words, style in paragraph:
        for word in _UNIT.sub("\u00a0", words).replace("\n", " ").split(" "):
            if word:
                cut = _cut(word, width) if cell_len(word) > width else [word]
                yield from ((piece.replace("\u00a0", " "), style) for piece in cut)


def _cut(word: str, width: int) -> Iterator[str]:
    """A word in pieces that are not too wide; rich 14.3.0 does not come to an end with some characters."""
    piece, used = "", 0
    for character in word:
        size = cell_len(character)
        if piece and used + size > width:
            yield piece
            piece, used = "", 0
        piece, used = piece + character, used + size
    yield piece


def _painted(line: Sequence[Piece], *, color: bool) -> str:
    if not color:
        return " ".join(word for word, _ in line).rstrip()
    runs = ((style, " ".join(word for word, _ in run)) for style, run in groupby(line, key=lambda piece: piece[1]))
    painted = (f"\x1b[{_STYLES[style]}m{words}\x1b[0m" if style and words.strip() else words for style, words in runs)
    return " ".join(painted).rstrip()


def _grid(grid: Grid, width: int) -> Iterator[list[Piece]]:
    """The lines of a grid: side by side where every column gets a readable width, else below each other."""
    titles = tuple(text(title, "strong") for title in grid.titles)
    rows = [titles, *grid.rows]
    widths = _widths(rows, width)
    if widths is None:
        yield from _stacked(grid, width)
        return
    for row in rows if any(grid.titles) else grid.rows:
        columns = [list(_wrapped(cell, size)) for cell, size in zip(row, widths, strict=True)]
        for number in range(max(map(len, columns))):
            cells = (column[number] if number < len(column) else [] for column in columns)
            yield list(_side_by_side(cells, widths))


def _side_by_side(cells: Iterable[list[Piece]], widths: Sequence[int]) -> Iterator[Piece]:
    """One line of a grid: each cell's words, and the space up to the next column."""
    for words, size in zip(cells, widths, strict=True):
        yield from words
        used = sum(cell_len(word) for word, _ in words) + max(len(words) - 1, 0)
        # The words of a line are joined by a space: it is one of the gap's.
        yield " " * (size + _GAP - used - (2 if words else 1)), ""


def _widths(rows: Sequence[Sequence[Cell]], width: int) -> list[int] | None:
    """The width of each column, or None where they do not fit. Prose gets more than its longest word."""
    columns = list(zip(*rows, strict=True))
    whole = [max((_length(each) for cell in column for each in cell), default=0) for column in columns]
    if not any(words for paragraph in rows[0][0] for words, _ in paragraph):
        # What says what a row is about wraps, and leaves the room to what it says.
        whole[0] = min(whole[0], _COMFORT)
    longest = [max((_longest_word(each, width) for cell in column for each in cell), default=0) for column in columns]
    least = [max(word, min(size, _COMFORT) if size > _PROSE else 0) for word, size in zip(longest, whole, strict=True)]
    room = width - _GAP * (len(columns) - 1)
    if sum(least) > room:
        return None
    cap = max(whole)
    while sum(widths := [max(low, min(size, cap)) for low, size in zip(least, whole, strict=True)]) > room:
        cap -= 1
    for number in range(room - sum(widths)):
        hungry = [column for column, size in enumerate(widths) if size < whole[column]]
        if not hungry:
            break
        widths[hungry[number % len(hungry)]] += 1
    return widths


def _longest_word(paragraph: Paragraph, width: int) -> int:
    words = (word for text, _ in paragraph for word in _UNIT.sub("\u00a0", text).split(" "))
    return min(max(map(cell_len, words), default=0), width)


def _length(paragraph: Paragraph) -> int:
    return cell_len(" ".join(words for words, _ in paragraph if words))


def _stacked(grid: Grid, width: int) -> Iterator[list[Piece]]:
    """A grid for a narrow screen: what each row is about, and its cells below each other."""
    for first, *others in grid.rows:
        yield from _wrapped(tuple(tuple((words, "strong") for words, _ in each) for each in first), width)
        for title, cell in zip(grid.titles[1:] or [""] * len(others), others, strict=True):
            for number, paragraph in enumerate(cell):
                lead: Paragraph = ((f"{title}:", ""),) if title and number == 0 else ()
                for line in _wrapped(((*lead, *paragraph),), width - 2):
                    yield [("", ""), ("", ""), *line] if line else line


def as_markdown(page: Page) -> str:
    """A page as Markdown: what the screen shows, ready to be pasted."""
    blocks = [_escaped(sentence) for sentence in page.answer]
    for part in page.parts:
        if isinstance(part, Grid):
            blocks += [f"**{_escaped(part.heading)}**"] if part.heading else []
            titles = grid_titles(part)
            rows = [[_escaped(title) for title in titles], ["---"] * len(titles)]
            rows += [["<br>".join(map(_plain, cell)) for cell in row] for row in part.rows]
            blocks.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
        else:
            blocks += map(_plain, part)
    blocks += [f"*{_escaped(sentence)}*" for sentence in page.foot]
    return "\n\n".join(blocks) + "\n"


def grid_titles(grid: Grid) -> tuple[str, ...]:
    """The titles of a grid's columns, empty ones where it has none."""
    return grid.titles or ("",) * (len(grid.rows[0]) if grid.rows else 1)


def _plain(paragraph: Paragraph) -> str:
    return _escaped(" ".join(words for words, _ in paragraph if words))


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def flattened(data: object) -> list[dict[str, str]]:
    """Records as rows of plain cells, by key."""
    records = data if isinstance(data, list | tuple) else [data]
    dicts: Iterable[Any] = (structs.asdict(each) if isinstance(each, Struct) else each for each in records)
    return [{key: _flat(value) for key, value in each.items()} for each in dicts]


def _flat(value: object) -> str:
    """A value as one cell: a statement as its text and source, a compound as its name and percentage."""
    # Most cells are words or nothing, and a label database has millions of them.
    if type(value) is str:
        return value
    if value is None or value == ():
        return ""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.10g}"
        case list() | tuple():
            return "; ".join(map(_flat, value))
        case Statement():
            return f"{value.text} [{value.source}]"
        case Compound():
            return f"{value.name} {value.elemental_percent:.2f} %"
        case Struct():
            return str(getattr(value, "id", "")) or " ".join(map(_flat, structs.astuple(value)[:3]))
    return str(value)


def delimited(batches: Iterable[Sequence[dict[str, str]]], *, tabs: bool) -> Iterator[str]:
    """Rows as CSV, or between tabs, below the keys of the first, a batch at a time.

    Between tabs there are no quotes: tabs and line breaks in a cell become spaces.
    """
    import csv
    import io

    headed = False
    for batch in batches:
        lines: list[Iterable[str]] = [] if headed or not batch else [batch[0]]
        headed = headed or bool(batch)
        lines += [row.values() for row in batch]
        if tabs:
            yield "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in lines)
        else:
            out = io.StringIO()
            # The csv module leaves a carriage return without quotes, and readers take it for the end of a row.
            csv.writer(out, lineterminator="\n").writerows([cell.replace("\r", " ") for cell in line] for line in lines)
            yield out.getvalue()
