"""Markdown: pages with pipe tables, to be pasted where people talk."""

import re
from collections.abc import Iterator

from mgform.page import Cell, Line, Page, Sheet, citation, paragraphs
from mgform.reports.report import Report

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def render(report: Report) -> str:
    """The report's page as Markdown."""
    return "\n".join(_lines(report.page())).strip() + "\n"


def _lines(page: Page) -> Iterator[str]:
    if page.title:
        yield from (f"# {_escaped(page.title)}", "")
    for remark in page.remarks:
        yield from (_escaped(remark), "")
    for sheet in page.sheets:
        yield from _sheet(sheet)
    if page.sources:
        yield from ("Sources:", "")
        yield from (f"- {_escaped(f'[{source.id}] {citation(source)}')}" for source in page.sources)
        yield ""
    for sentence in page.closing:
        yield from (f"**{_escaped(sentence)}**", "")
    yield f"*{_escaped(page.notice)}*"


def _sheet(sheet: Sheet) -> Iterator[str]:
    if sheet.heading:
        yield from (f"## {_escaped(sheet.heading)}", "")
    columns = [*sheet.columns, "Differs"] if sheet.compares else [*sheet.columns]
    yield _row([_escaped(column) for column in columns])
    yield _row(["---"] * len(columns))
    for line in sheet.lines:
        yield _row(_cells(sheet, line))
    yield ""


def _cells(sheet: Sheet, line: Line) -> list[str]:
    cells = [_cell(cell) for cell in line.cells]
    return [*cells, "yes" if line.differs else "no"] if sheet.compares else cells


def _cell(cell: Cell) -> str:
    return "<br>".join(" ".join(_escaped(said.whole) for said in pieces) for pieces in paragraphs(cell))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
