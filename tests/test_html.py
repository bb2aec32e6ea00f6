"""Pages to keep: whole HTML files in which words are words and cells know their row and column."""

import re
from html.parser import HTMLParser

from hypothesis import given, settings, strategies as st

from mgform.html import as_html
from mgform.page import (
    Grid,
    Lengths,
    Page,
    Span,
    Style,
    cell,
    grid,
    paragraph,
    row,
)

VOID = ("meta", "br")
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "main", "footer", "h1", "p", "span", "a",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


class Reader(HTMLParser):
    """Reads a page: its elements and attributes, its words, and whether each element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and "title" not in self.open:
            self.words.append(data)

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self) -> str:
        return " ".join("".join(self.words).split())


def effects(**changes: str) -> Grid:
    heading = changes.get("heading", "")
    return grid(
        [
            row(
                "Effect",
                cell(Span("\u25cf strong", Style.HIGHEST), "Very."),
                cell("mild"),
            ),
            row("Magnesium", cell("16.16 %"), cell("15.54 %")),
        ],
        titles=("", "citrate", "malate"),
        heading=heading,
    )


def body(page: Page) -> str:
    return as_html(page).partition("<main>\n")[2].partition("</body>")[0]


def test_a_page_is_one_file_without_a_script() -> None:
    page = Page(cell("Malate is milder.", "More."), (effects(),), cell("Foot."))
    reader = Reader(as_html(page))
    assert reader.open == []
    assert {tag for tag, _ in reader.elements} <= ALLOWED
    assert as_html(page).startswith(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n'
    )
    assert "<title>Malate is milder.</title>" in as_html(page)
    assert "http" not in as_html(page)


def test_each_cell_belongs_to_its_row_and_column() -> None:
    assert body(Page(cell("Yes."), (effects(),), cell("Foot."))) == (
        "<h1>Yes.</h1>\n"
        '<table role="table">\n'
        '<caption class="unseen">Yes.</caption>\n'
        '<thead role="rowgroup">\n'
        '<tr role="row"><td role="cell"></td>'
        '<th scope="col" role="columnheader">citrate</th>'
        '<th scope="col" role="columnheader">malate</th></tr>\n'
        "</thead>\n"
        '<tbody role="rowgroup">\n'
        '<tr role="row">\n'
        '<th scope="row" role="rowheader">Effect</th>\n'
        '<td role="cell" data-title="citrate">'
        '<p><span class="highest">\u25cf strong</span></p><p>Very.</p></td>\n'
        '<td role="cell" data-title="malate">mild</td>\n'
        "</tr>\n"
        '<tr role="row">\n'
        '<th scope="row" role="rowheader">Magnesium</th>\n'
        '<td role="cell" data-title="citrate">16.16\u00a0%</td>\n'
        '<td role="cell" data-title="malate">15.54\u00a0%</td>\n'
        "</tr>\n"
        "</tbody>\n"
        "</table>\n"
        "</main>\n"
        "<footer>Foot.</footer>\n"
    )


def test_a_heading_is_the_caption_and_without_titles_there_is_no_head() -> None:
    sources = grid([row("Doe 1999", cell("A journal"))], heading="Sources")
    page = body(Page((), (sources, grid([]))))
    assert "<caption>Sources</caption>" in page
    assert page.count("<table") == 1
    assert "<thead" not in page
    assert "data-title" not in page
    assert page.startswith("<h1>mgform</h1>")


def test_figures_are_set_below_each_other() -> None:
    shares = grid(
        [
            row("oxide", cell("60.30 %"), cell("a lot")),
            row("malate", cell("8.92 %"), cell("some")),
        ],
        titles=("Form", "Magnesium", "That is"),
    )
    reader = Reader(as_html(Page((), (shares,))))
    classes = [
        attributes.get("class") for attributes in reader.attributes("td")
    ]
    assert classes == ["figure", None, "figure", None]


def test_doi_and_url_are_links_and_nothing_else_is() -> None:
    spans = (
        Span("doi:10.1/a", link="https://doi.org/10.1/a?b&c"),
        Span("x", link="javascript:alert(1)"),
        Span("y", link='https://a.org/"onclick="z'),
        Span("z", link="data:text/html,hi"),
    )
    reader = Reader(as_html(Page((), (cell(spans),))))
    assert reader.attributes("a") == [
        {"href": "https://doi.org/10.1/a?b&c"},
        {"href": "https://a.org/%22onclick=%22z"},
    ]


def test_a_number_stays_with_its_unit_and_a_post_with_its_number() -> None:
    page = body(
        Page(
            cell(
                paragraph("post-4 says 141 mg ", Span("[post-5]", Style.FAINT))
            )
        )
    )
    assert page.startswith(
        '<h1><span class="whole">post-4</span> says 141\u00a0mg '
        '<span class="faint">[<span class="whole">post-5</span>]</span></h1>'
    )


def test_no_screen_limits_it_and_controls_are_seen() -> None:
    lengths = Lengths((cell(*"abcdefghijklmnopqrstuvwxyz\x1b"), cell("short")))
    page = body(Page((), (lengths,)))
    assert re.findall("<p>(.*?)</p>", page) == [
        *"abcdefghijklmnopqrstuvwxyz",
        r"\x1b",
    ]


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_words_never_become_markup(words: str) -> None:
    nasty = f'</style></title><b onclick="x">&amp;{words}'
    titled = grid(
        [row(nasty, cell(nasty))], titles=(nasty, nasty), heading=nasty
    )
    link = paragraph(Span(nasty, Style.FAINT, link=f"https://a.org/{nasty}"))
    reader = Reader(
        as_html(Page(cell(nasty), (titled, cell(link)), cell(nasty)))
    )
    assert reader.open == []
    assert {tag for tag, _ in reader.elements} <= ALLOWED
    names = {name for _, attributes in reader.elements for name in attributes}
    assert names <= {
        "lang",
        "charset",
        "name",
        "content",
        "role",
        "scope",
        "class",
        "href",
        "data-title",
    }
    assert reader.text().count('</style></title><b onclick="x">&amp;') == 8


def test_the_style_sheet_knows_dark_narrow_and_paper() -> None:
    sheet = as_html(Page(())).partition("<style>")[2].partition("</style>")[0]
    assert sheet.count("{") == sheet.count("}")
    for query in (
        "prefers-color-scheme: dark",
        "max-width: 40rem",
        "@media print",
    ):
        assert query in sheet
