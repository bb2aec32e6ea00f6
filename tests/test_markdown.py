"""Pages as Markdown: what the screen shows, and nothing in it means anything to Markdown."""

from hypothesis import given, settings, strategies as st
from markdown_it import MarkdownIt

from mgform.markdown import as_markdown
from mgform.page import Lengths, Page, Span, Style, cell, grid, paragraph, row

WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=60
)


def test_markdown_shows_what_the_screen_shows_with_its_characters_escaped() -> (
    None
):
    page = Page(
        cell("A *b* [c] | d_e `f` <g> #h"),
        (
            grid(
                [row("x|y", cell("1", "2"))], titles=("T|1", ""), heading="Head"
            ),
        ),
        cell("Foot"),
    )
    assert as_markdown(page) == (
        "A \\*b\\* \\[c\\] \\| d\\_e \\`f\\` \\<g\\> \\#h\n\n**Head**\n\n"
        "| T\\|1 |  |\n| --- | --- |\n| x\\|y | 1<br>2 |\n\n*Foot*\n"
    )


def test_what_is_strong_as_a_whole_is_bold_and_links_are_links() -> None:
    strong = paragraph(Span("Is it (so)?", Style.STRONG))
    link = paragraph(
        "See ", Span("doi:10.1/a_b", link="https://doi.org/10.1/a_b<>|"), "."
    )
    other = paragraph(Span("not this", link="javascript:alert(1)"))
    assert as_markdown(Page((), (cell(strong, link, other),))) == (
        "**Is it (so)?**\n\n"
        "See [doi:10.1/a\\_b](<https://doi.org/10.1/a_b%3C%3E%7C>).\n\n"
        "not this\n"
    )


def test_a_mark_and_its_level_get_an_ordinary_space_and_controls_are_seen() -> (
    None
):
    assert as_markdown(Page(cell("\u25cb\u00a0mild \x1b[0m\u202e"))) == (
        "\u25cb mild \\\\x1b\\[0m\\\\u202e\n"
    )


def test_words_begin_neither_lists_nor_titles() -> None:
    page = Page(
        cell("1. one", "+ two", "-3 three", "=== four", "2.5 % five", "- six")
    )
    assert as_markdown(page) == (
        "1\\. one\n\n\\+ two\n\n\\-3 three\n\n\\=== four\n\n2.5 % five\n\n- six\n"
    )


def test_no_screen_limits_it() -> None:
    page = Page(
        (), (Lengths((cell(*"abcdefghijklmnopqrstuvwxyz"), cell("short"))),)
    )
    assert as_markdown(page).split() == list("abcdefghijklmnopqrstuvwxyz")


@settings(max_examples=60)
@given(WORDS.map(str.strip).filter(bool))
def test_markdown_is_read_as_the_words_that_it_shows(words: str) -> None:
    page = Page(
        cell(f"It says {words}"),
        (cell(words), grid([row("a", cell(words))], titles=("", words))),
        cell(f"Foot: {words}."),
    )
    tokens = MarkdownIt("commonmark").enable("table").parse(as_markdown(page))
    inline = [
        "".join(child.content for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]
    told = " ".join(words.split())
    if told.startswith("- "):
        assert f"It says {told}" in inline
        return
    assert inline == [
        f"It says {told}",
        told,
        "",
        told,
        "a",
        told,
        f"Foot: {told}.",
    ]
