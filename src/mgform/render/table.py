"""Tables for people: on a terminal drawn to its width, elsewhere with nothing cut or folded."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from mgform.model import Source
from mgform.page import Cell, Line, Page, Said, Sheet, Tone, citation, paragraphs
from mgform.render.screen import Screen
from mgform.reports.report import Report

_ANY_WIDTH = 100_000
_COMFORT = 16
_SHORT = 30
_GAP = 2
_DIFFERS = "* differs"
_TONES = {Tone.GENTLE: "bold green", Tone.MIDDLE: "bold", Tone.HARSH: "bold red", None: ""}
_ASCII_RULE = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


def render(report: Report, screen: Screen) -> str:
    """The report's page for a screen; no line has spaces at its end."""
    out = io.StringIO()
    draw(report, screen, console_on(out, screen))
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    return "\n".join(lines).strip("\n") + "\n"


def console_on(out: io.StringIO, screen: Screen, *, record: bool = False) -> Console:
    """A console that writes to ``out`` what the screen can show, and takes text for text."""
    return Console(
        file=out,
        width=screen.width or _ANY_WIDTH,
        force_terminal=screen.color,
        color_system="standard" if screen.color else None,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
        record=record,
    )


def draw(report: Report, screen: Screen, console: Console) -> None:
    """Draw the report's page on a console."""
    for part in _parts(report.page(), screen):
        console.print(part, soft_wrap=False)


def _parts(page: Page, screen: Screen) -> Iterator[RenderableType]:
    """The parts of a page, a blank line before each but those that belong to the part above."""
    if page.title:
        yield Text(page.title, "bold")
    yield from (Text(remark) for remark in page.remarks)
    for sheet in page.sheets:
        yield ""
        if sheet.heading:
            yield Text(sheet.heading, "bold")
        yield from _drawn(_explained(sheet), screen)
    yield ""
    yield from _sources(page.sources, screen)
    if page.closing and page.sources:
        yield ""
    for sentence in page.closing:
        yield from (Text(sentence, "bold"), "")
    yield Text(page.notice, "dim")


def _explained(sheet: Sheet) -> Sheet:
    """A sheet that says above its marks what they mean."""
    return replace(sheet, columns=(_DIFFERS, *sheet.columns[1:])) if sheet.compares else sheet


def _drawn(sheet: Sheet, screen: Screen) -> Iterator[RenderableType]:
    if _fits(sheet, screen):
        yield _grid(sheet, screen)
        return
    if sheet.compares:
        yield Text(_DIFFERS, "dim")
    yield _stack(sheet)


def _sources(sources: Iterable[Source], screen: Screen) -> Iterator[Text]:
    """The sources at the foot of a page: on a screen one behind the other, elsewhere a line each."""
    cited = [f"[{source.id}] {citation(source)}" for source in sources]
    if cited and screen.width is not None:
        cited = ["; ".join(_run_in(sources))]
    yield from (Text(each, "dim") for each in cited)


def _run_in(sources: Iterable[Source]) -> Iterator[str]:
    """Citations one behind the other; of several parts of one thing only the first names the thing."""
    before = ""
    for source in sources:
        cited, thing = citation(source), source.citation.rpartition(", ")[0]
        if thing and thing == before:
            cited = f"the same{cited.removeprefix(thing)}"
        yield f"[{source.id}] {cited}"
        before = thing


def _fits(sheet: Sheet, screen: Screen) -> bool:
    """Whether every column of a grid gets a width that is comfortable to read."""
    return screen.width is None or sum(_needs(sheet)) + _gaps(sheet) <= screen.width


def _gaps(sheet: Sheet) -> int:
    return _GAP * (len(sheet.columns) - 1)


def _widest(sheet: Sheet) -> list[int]:
    """The width of each column in which nothing is folded."""
    columns = zip(*(line.cells for line in sheet.lines), strict=True)
    widest = [max(map(_width, cells)) for cells in columns] or [0] * len(sheet.columns)
    marks = 2 if sheet.compares else 0
    widest[0] += marks
    return [max(width, cell_len(title)) for width, title in zip(widest, sheet.columns, strict=True)]


def _needs(sheet: Sheet) -> list[int]:
    """The width of each column below which it is not pleasant to read.

    Text may be folded; a line's label is not, nor is a short statement torn from its attribution.
    """
    needs = []
    for index, (widest, title) in enumerate(zip(_widest(sheet), sheet.columns, strict=True)):
        marked = any(said.mark for line in sheet.lines for said in line.cells[index])
        whole = widest <= _SHORT and (marked or not title)
        needs.append(widest if whole else max(min(widest, _COMFORT), cell_len(title)))
    return needs


def _widths(sheet: Sheet, screen: Screen) -> list[int]:
    """The width of each column: what it needs, and of what is left as much as it has use for."""
    widest = _widest(sheet)
    if screen.width is None:
        return widest
    widths = _needs(sheet)
    left = screen.width - sum(widths) - _gaps(sheet)
    while left > 0 and (hungry := [i for i, width in enumerate(widths) if width < widest[i]]):
        narrowest = min(hungry, key=lambda i: widths[i])
        widths[narrowest] += 1
        left -= 1
    return widths


def _width(cell: Cell) -> int:
    return max((cell_len(_paragraph(pieces).plain) for pieces in paragraphs(cell)), default=0)


def _grid(sheet: Sheet, screen: Screen) -> Grid:
    grid = Grid(
        box=(box.SIMPLE_HEAD if screen.unicode else _ASCII_RULE) if any(sheet.columns) else None,
        show_header=any(sheet.columns),
        show_edge=False,
        pad_edge=False,
        # The line between two columns, empty as it is, takes one of the gap's places.
        padding=(0, _GAP - any(sheet.columns), 0, 0),
        header_style="bold",
    )
    for column, width in zip(sheet.columns, _widths(sheet, screen), strict=True):
        grid.add_column(column, overflow="fold", width=width)
    for line in sheet.lines:
        grid.add_row(*_cells(sheet, line))
    return grid


def _cells(sheet: Sheet, line: Line) -> list[Text]:
    first, *others = (_cell(cell) for cell in line.cells)
    if sheet.compares:
        first = Text.assemble("* " if line.differs else "  ", first)
    return [first, *others]


def _cell(cell: Cell) -> Text:
    return Text("\n").join(_paragraph(pieces) for pieces in paragraphs(cell))


def _paragraph(pieces: Iterable[Said]) -> Text:
    return Text(" ").join(_said(said) for said in pieces)


def _titled(sheet: Sheet, cells: Iterable[Cell]) -> Iterator[tuple[str, Cell]]:
    """Each cell with the title of its column; where forms are compared, equal cells once with all titles."""
    titled = list(zip(sheet.columns[1:], cells, strict=True))
    if not sheet.compares:
        yield from titled
        return
    for cell in dict.fromkeys(cell for _, cell in titled):
        yield ", ".join(title for title, other in titled if other == cell), cell


def _said(said: Said) -> Text:
    """A statement with its attribution; all of it is text, whatever it looks like."""
    text = " ".join(said.text.split())
    parts = [(said.lead, "italic"), (text, _TONES[said.tone]), (said.mark, "dim")]
    return Text(" ").join(Text(words, style) for words, style in parts if words)


def _stack(sheet: Sheet) -> Group:
    """A sheet for a narrow screen: a block for each line, its cells below each other."""
    return Group(*(part for line in sheet.lines for part in _block(sheet, line)))


def _block(sheet: Sheet, line: Line) -> Iterator[RenderableType]:
    first, *others = line.cells
    yield Text.assemble("* " if line.differs else "", _cell(first), style="bold")
    for title, cell in _titled(sheet, others):
        if not cell:
            continue
        if title and len(cell) == 1:
            yield Padding(Text.assemble((f"{title}: ", "italic"), _said(cell[0])), (0, 0, 0, 2))
            continue
        if title:
            yield Padding(Text(title, "italic"), (0, 0, 0, 2))
        yield from (Padding(_paragraph(pieces), (0, 0, 0, 4)) for pieces in paragraphs(cell))
