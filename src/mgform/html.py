"""A page to keep: one HTML file without a script, for a screen of any width and for paper."""

import re
from collections.abc import Iterator
from html import escape

from mgform.page import (
    Cell,
    Grid,
    Page,
    Paragraph,
    Span,
    Style,
    figure_columns,
    foot_of,
    longest,
    words_of,
)
from mgform.visible import address, joined, visible

_CLASSES = {
    Style.STRONG: "strong",
    Style.FAINT: "faint",
    Style.LOWEST: "lowest",
    Style.MIDDLE: "middle",
    Style.HIGHEST: "highest",
}
# Browsers break "post-4" at its hyphen.
_HYPHENATED = re.compile(r"(?<![\w-])[A-Za-z]{1,12}-\d{1,4}(?![\w-])")

_STYLE_SHEET = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --faint: #595959; --line: #bbb;
  --lowest: #00667a; --highest: #8a0f8a; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --paper: #16181a; --faint: #a8a8a8;
  --line: #555; --lowest: #5fd0e0; --highest: #f08cf0; --link: #8ab4f8; } }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; line-height: 1.35; margin: 0 0 .5rem; }
p { margin: 0 0 .25rem; }
main > p:has(+ table), h1 + p { margin-bottom: .75rem; }
table { border-collapse: collapse; margin: 1.25rem 0; width: 100%; }
caption { text-align: left; font-size: 1.1rem; font-weight: bold; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem 1.25rem .35rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th, thead td { border-bottom-width: 2px; }
tbody th { min-width: 6rem; max-width: 14rem; }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.strong, .highest { font-weight: bold; }
.faint, footer { color: var(--faint); }
.lowest { color: var(--lowest); }
.highest { color: var(--highest); }
.whole { white-space: nowrap; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
a { color: var(--link); }
footer { margin-top: 1.5rem; border-top: 1px solid var(--line); padding-top: .75rem; }
@media (max-width: 40rem) {
  table, tbody, tr, th, td, caption { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  th, td { border: 0; padding: .15rem 0; }
  tbody th { max-width: none; }
  tbody tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  td { padding-left: 1rem; }
  td[data-title]::before { content: attr(data-title) ": "; color: var(--faint); }
  td[data-title] > p:first-child { display: inline; }
  td:empty { display: none; }
  .figure { text-align: left; }
}
@media print {
  :root { --ink: #000; --paper: #fff; --faint: #444; --line: #999; --lowest: #000; --highest: #000;
    --link: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  tr, h1, caption { break-inside: avoid; }
  caption { break-after: avoid; }
}
"""


def as_html(page: Page) -> str:
    """A page as an HTML file; nothing in its words is markup, and only http and https are links."""
    lead, *others = page.answer or ((Span("mgform"),),)
    title = escape(joined(words_of(lead)))
    body = [f"<h1>{_spans(lead)}</h1>"]
    body += map(_paragraph, others)
    parts = longest(page)
    for part in parts:
        if not isinstance(part, Grid):
            body += map(_paragraph, part)
        elif part.rows:
            body += _table(part, title)
    foot = foot_of(page, parts)
    footer = []
    if foot:
        footer.append(f"<footer>{_cell(foot)}</footer>")
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{_STYLE_SHEET}</style>",
        "</head>",
        "<body>",
        "<main>",
        *body,
        "</main>",
        *footer,
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _table(grid: Grid, title: str) -> Iterator[str]:
    """The lines of a table. Its roles are written out: a narrow screen shows it as blocks."""
    yield '<table role="table">'
    if grid.heading:
        yield f"<caption>{escape(visible(grid.heading))}</caption>"
    else:
        yield f'<caption class="unseen">{title}</caption>'
    figures = figure_columns(grid)
    if any(grid.titles):
        yield '<thead role="rowgroup">'
        titles = "".join(_titles(grid, figures))
        yield f'<tr role="row">{titles}</tr>'
        yield "</thead>"
    yield '<tbody role="rowgroup">'
    for row in grid.rows:
        yield '<tr role="row">'
        yield f'<th scope="row" role="rowheader">{_cell(row.about)}</th>'
        for place, cell in enumerate(row.cells, start=1):
            title_of_cell = grid.titles[place]
            attributes = _attributes(title_of_cell, place in figures)
            yield f"<td{attributes}>{_cell(cell)}</td>"
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"


def _titles(grid: Grid, figures: set[int]) -> Iterator[str]:
    for place, title in enumerate(grid.titles):
        kind = ' class="figure"' if place in figures else ""
        if title:
            yield f'<th scope="col" role="columnheader"{kind}>{escape(joined(title))}</th>'
        else:
            yield '<td role="cell"></td>'


def _attributes(title: str, is_figure: bool) -> str:
    attributes = ' role="cell"'
    if title:
        attributes += f' data-title="{escape(visible(title))}"'
    if is_figure:
        attributes += ' class="figure"'
    return attributes


def _cell(cell: Cell) -> str:
    """A cell; a single paragraph needs no element of its own."""
    if len(cell) == 1:
        return _spans(cell[0])
    return "".join(map(_paragraph, cell))


def _paragraph(paragraph: Paragraph) -> str:
    return f"<p>{_spans(paragraph)}</p>"


def _spans(paragraph: Paragraph) -> str:
    return "".join(map(_span, paragraph))


def _span(span: Span) -> str:
    escaped = escape(joined(span.words))
    words = _HYPHENATED.sub(r'<span class="whole">\g<0></span>', escaped)
    link = address(span.link)
    if link is not None:
        words = f'<a href="{escape(link)}">{words}</a>'
    kind = _CLASSES.get(span.style)
    if kind is not None:
        words = f'<span class="{kind}">{words}</span>'
    return words
