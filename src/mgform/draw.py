"""A page as text, for a terminal of some width or as Markdown; and records as rows, for spreadsheets."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from types import SimpleNamespace
from typing import Any

from msgspec import Struct, structs
from rich.cells import cell_len

from mgform.page import Cell, Grid, Page, Part, text
from mgform.table import Compound, Statement

_GAP = 2
_PROSE = 20
_COMFORT = 16
# One hue, from light to strong, for the place on a scale.
_STYLES = {"strong": "1", "faint": "2", "level-0": "2;35", "level-1": "35", "level-2": "1;35"}
_PAINT = re.compile(r"\x1b\[[\d;]*m")
# A number and its unit are one word.
_WORD = re.compile(r"\S*\d (?:mg|mcg|g|mmol|%)(?!\w)\S*|\S+")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def on_screen(page: Page, width: int, *, color: bool) -> str:
    """A page for a terminal that is ``width`` columns wide, 20 or more; no line is wider or ends with a space."""
    parts = (text(page.answer, "strong"), *page.parts, text(page.foot, "faint"))
    styles = _STYLES if color else {}
    blocks = ("\n".join(_lines(part, width, styles)) for part in parts)
    return "\n\n".join(filter(None, blocks)) + "\n"


def _lines(part: Part, width: int, styles: dict[str, str]) -> Iterator[str]:
    """The lines of a part; a grid stands side by side where every column gets a readable width, else stacked."""
    if not isinstance(part, Grid):
        yield from _wrapped(part, width, styles)
    elif part.rows:
        yield from _wrapped(text(part.heading, "strong"), width, styles)
        widths = _widths(part, width)
        yield from _side_by_side(part, widths, styles) if widths else _stacked(part, width, styles)


def _wrapped(cell: Cell, width: int, styles: dict[str, str]) -> Iterator[str]:
    """The lines of a cell, painted; none is wider than ``width``."""
    for words, style in cell:
        lines = [""]
        for word in _words(words, width):
            longer = f"{lines[-1]} {word}".strip()
            lines[-1:] = [longer] if cell_len(longer) <= width else [lines[-1], word]
        yield from (
            f"\x1b[{styles[style]}m{line}\x1b[0m" if style in styles else line for line in lines
        )


def _words(words: str, width: int) -> Iterator[str]:
    """Words, none wider than ``width``; what is too wide is cut, at half where characters may take two columns."""
    for word in _WORD.findall(words):
        size = len(word) if cell_len(word) <= width else width if word.isascii() else width // 2
        yield from (word[at : at + size] for at in range(0, len(word), size))


def _side_by_side(grid: Grid, widths: Sequence[int], styles: dict[str, str]) -> Iterator[str]:
    titles = [tuple(text(title, "strong") for title in grid.titles)] if any(grid.titles) else []
    for row in (*titles, *grid.rows):
        columns = [_wrapped(cell, size, styles) for cell, size in zip(row, widths, strict=True)]
        for lines in zip_longest(*columns, fillvalue=""):
            room = (
                size - cell_len(_PAINT.sub("", line))
                for line, size in zip(lines, widths, strict=True)
            )
            yield "".join(
                f"{line}{' ' * (left + _GAP)}" for line, left in zip(lines, room, strict=True)
            ).rstrip()


def _stacked(grid: Grid, width: int, styles: dict[str, str]) -> Iterator[str]:
    """A grid for a narrow screen: what each row is about, and its cells below each other."""
    for about, *cells in grid.rows:
        yield from _wrapped(about, width, styles)
        for title, cell in zip(grid.titles[1:], cells, strict=True):
            for number, (words, style) in enumerate(cell):
                lead = f"{title}: " if title and number == 0 else ""
                yield from (
                    f"  {line}"
                    for line in _wrapped(text(f"{lead}{words}", style), width - 2, styles)
                )


def _widths(grid: Grid, width: int) -> list[int]:
    """The width of each column; none where they do not fit. Prose gets more than its longest word."""
    widths: list[int] = []
    whole: list[int] = []
    for column in zip(map(text, grid.titles), *grid.rows, strict=True):
        lines = [
            [cell_len(word) for word in _words(words, width)]
            for cell in column
            for words, _ in cell
        ]
        size = max((sum(words) + len(words) - 1 for words in lines), default=0)
        if not widths and not grid.titles[0]:
            # What says what a row is about wraps, and leaves the room to what it says.
            size = min(size, _COMFORT)
        whole.append(size)
        widths.append(
            max(
                [
                    min(size, _COMFORT) if size > _PROSE else 0,
                    *(word for words in lines for word in words),
                ]
            )
        )
    room = width - _GAP * (len(widths) - 1)
    while sum(widths) < room and (
        narrow := [at for at, size in enumerate(widths) if size < whole[at]]
    ):
        widths[min(narrow, key=widths.__getitem__)] += 1
    return widths if sum(widths) <= room else []


def as_markdown(page: Page) -> str:
    """A page as Markdown: what the screen shows, ready to be pasted."""
    blocks = []
    for part in (text(page.answer), *page.parts, text(page.foot, "faint")):
        if not isinstance(part, Grid):
            blocks += _escaped(part)
        elif part.rows:
            blocks += [f"**{heading}**" for heading in _escaped(text(part.heading))]
            rows = [
                ["<br>".join(_escaped(cell)) for cell in row]
                for row in (map(text, part.titles), *part.rows)
            ]
            rows.insert(1, ["---"] * len(part.titles))
            blocks.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return "\n\n".join(blocks) + "\n"


def _escaped(cell: Cell) -> list[str]:
    """The paragraphs of a cell; nothing in them means anything to Markdown."""
    escaped = ((_SPECIAL.sub(r"\\\1", " ".join(words.split())), style) for words, style in cell)
    return [f"*{words}*" if style == "faint" else words for words, style in escaped]


def flattened(values: Iterable[Any]) -> list[str]:
    """Values as plain words, a cell each; none for what is empty."""
    # Most values are words or nothing, and a label database has millions of them.
    return [
        value if type(value) is str else _flat(value) if value or value == 0 else ""
        for value in values
    ]


def _flat(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list | tuple):
        return "; ".join(flattened(value))
    if isinstance(value, Statement):
        return f"{value.text} [{value.source}]"
    if isinstance(value, Compound):
        return f"{value.name} {value.elemental_percent:.2f} %"
    if isinstance(value, Struct):
        return getattr(value, "id", "") or " ".join(flattened(structs.astuple(value)[:3]))
    return str(value).lower() if isinstance(value, bool) else str(value)


def delimited(records: Iterable[Any], *, tabs: bool) -> Iterator[str]:
    """Records as CSV, or between tabs, below the keys of the first.

    Between tabs there are no quotes: tabs and line breaks in a cell become spaces.
    """
    # What writes nowhere but returns what it is given: so each row is known as text.
    written: Any = SimpleNamespace(write=str)
    writer = csv.writer(written, lineterminator="\n")
    for number, record in enumerate(records):
        is_dict = isinstance(record, dict)
        lines = [flattened(record.values() if is_dict else structs.astuple(record))]
        if number == 0:
            lines.insert(0, list(record if is_dict else record.__struct_fields__))
        for line in lines:
            if tabs:
                yield "\t".join(" ".join(cell.split()) for cell in line) + "\n"
            else:
                # The csv module leaves a carriage return without quotes, and readers take it for the end of a row.
                yield writer.writerow(line).replace("\r", " ")
