"""Pages on screens of any width: nothing lost, nothing wider than the screen, nothing that acts."""

import re
from collections.abc import Iterator
from unittest import mock

import pytest
from hypothesis import given, settings, strategies as st
from rich.cells import cell_len

from mgform.page import (
    Cell,
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
from mgform.screen import LINES, on_screen

WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=60
)
ESCAPES = re.compile(r"\x1b(?:\[[\d;]*m|\]8;[^\x1b]*\x1b\\)")


def drawn(*parts: Grid | Cell | Lengths, width: int = 80) -> str:
    return on_screen(Page((), parts), width)


def styled(
    page: Page, *, plain: bool = False, terminal: bool = True, **env: str
) -> str:
    """A page as a terminal gets it; the ids that Rich gives to links are left out."""
    with mock.patch.dict("os.environ", env, clear=True):
        drawing = on_screen(page, 80, terminal=terminal, plain=plain)
    return re.sub(r"\x1b]8;id=\d+;", "\x1b]8;;", drawing)


def table(*rows: tuple[str, ...], titles: tuple[str, ...] = ()) -> Grid:
    made = [row(about, *map(cell, others)) for about, *others in rows]
    return grid(made, titles=titles or ("",) * len(rows[0]))


@settings(max_examples=50)
@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4),
    st.integers(20, 100),
)
def test_no_line_is_wider_than_the_screen_or_ends_with_a_space(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    page = Page(
        cell("Answer " * 12),
        (table(*rows, titles=("", "First", "Second")), cell("x" * 150)),
        cell("Foot"),
    )
    lines = on_screen(page, width).splitlines()
    assert [
        line
        for line in lines
        if cell_len(line) > width or line != line.rstrip()
    ] == []


# An accent alone has no width, and Rich gives no room to a column of such.
WIDE_WORDS = WORDS.filter(
    lambda words: not words.strip() or cell_len(words) > 1
)


@settings(max_examples=50)
@given(
    st.lists(st.tuples(WIDE_WORDS, WIDE_WORDS), min_size=1, max_size=3),
    st.integers(20, 100),
)
def test_nothing_that_is_said_is_lost(
    rows: list[tuple[str, str]], width: int
) -> None:
    grids = [table(pair) for pair in rows if pair[1].strip()]
    said = re.sub(r"\s", "", drawn(*grids, width=width))
    told = "".join(word for pair in rows if pair[1].strip() for word in pair)
    assert sorted(said) == sorted(re.sub(r"\s", "", told))


def test_a_grid_stands_side_by_side_where_it_fits_and_else_below_each_other() -> (
    None
):
    effects = table(
        ("Effect", "a strong one", "a mild one"),
        titles=("", "citrate", "malate"),
    )
    assert drawn(effects, width=40) == (
        "        citrate       malate\n"
        "────────────────────────────────\n"
        "Effect  a strong one  a mild one\n"
    )
    assert drawn(effects, width=20) == (
        "Effect\n  citrate: a strong\n  one\n  malate: a mild one\n"
    )


def test_equal_cells_below_each_other_stay_with_their_titles() -> None:
    effects = table(
        ("Effect", "mild", "mild"), titles=("", "magnesium citrate", "taurate")
    )
    assert (
        drawn(effects, width=20)
        == "Effect\n  magnesium citrate:\n  mild\n  taurate: mild\n"
    )


def test_a_cell_of_several_paragraphs_begins_each_on_a_line() -> None:
    effects = grid(
        [row("Effect", cell("one", "two"), cell("three"))],
        titles=("", "a", "b"),
    )
    assert drawn(effects).splitlines()[2:] == [
        "Effect  one  three",
        "        two",
    ]


def test_figures_stand_below_each_other() -> None:
    shares = table(
        ("oxide", "60.30 %"), ("malate", "8.92 %"), titles=("Form", "Magnesium")
    )
    assert drawn(shares).splitlines()[2:] == [
        "oxide     60.30 %",
        "malate     8.92 %",
    ]


def test_a_word_may_stand_where_a_figure_is_missing() -> None:
    shares = table(
        ("oxide", "60.30 %"), ("dust", "?"), titles=("Form", "Share")
    )
    assert drawn(shares).splitlines()[2:] == [
        "oxide  60.30 %",
        "dust         ?",
    ]
    remarks = table(
        ("oxide", "12 %", "12"),
        ("dust", "5 to 6 %", "What is said."),
        titles=("", "a", "b"),
    )
    assert drawn(remarks).splitlines()[2] == "oxide  12 %      12"


def test_a_title_wraps_before_what_stands_below_it() -> None:
    forms = table(
        ("oxide", "moderate, so far", "varies"),
        titles=("Form", "Effect", "At high doses"),
    )
    assert drawn(forms, width=35).splitlines() == [
        "                         At high",
        "Form   Effect            doses",
        "────────────────────────────────",
        "oxide  moderate, so far  varies",
    ]
    assert (
        drawn(forms, width=40).splitlines()[0]
        == "Form   Effect            At high doses"
    )


def test_what_names_a_row_leaves_the_room_to_what_is_said() -> None:
    long = table(("Tolerance at high doses", "word " * 20))
    assert drawn(long, width=60).splitlines()[:2] == [
        "Tolerance at      word word word word word word word word",
        "high doses        word word word word word word word word",
    ]


def test_what_names_a_row_is_not_cut_where_a_word_in_it_is_long() -> None:
    names = table(
        ("laxative: malate, aspartate-hydrochloride", "word " * 20),
        ("cost", "word"),
    )
    said = drawn(names, width=60).split()
    assert said.count("word") == 21
    assert "aspartate-hydrochloride" in said
    assert (
        drawn(names, width=60).splitlines()[0].startswith("laxative: malate,  ")
    )


def test_a_name_stays_whole_where_columns_are_tight() -> None:
    forms = table(
        ("aspartate-hydrochloride", "word " * 8, "more " * 8),
        titles=("Form", "Effect", "Tolerance"),
    )
    lines = drawn(forms, width=62).splitlines()
    assert lines[2].startswith("aspartate-hydrochloride  word")


def test_an_address_is_folded_and_does_not_take_the_columns_apart() -> None:
    sources = table(("Doe 1999", f"A journal https://example.org/{'a' * 90}"))
    lines = drawn(sources, width=60).splitlines()
    assert lines[0].startswith("Doe 1999  A journal")
    assert [len(line) for line in lines[1:]] == [60, 60, 20]


def test_answer_parts_and_foot_stand_apart() -> None:
    page = Page(
        cell("One.", "Two."),
        (cell("Three."), table(("a", "b"))),
        cell("Four.", "Five."),
    )
    assert (
        on_screen(page, 80) == "One.\nTwo.\n\nThree.\n\na  b\n\nFour.\nFive.\n"
    )
    assert (
        on_screen(page._replace(answer=(), foot=()), 80) == "Three.\n\na  b\n"
    )


def test_a_heading_stands_above_its_grid() -> None:
    sources = grid([row("a", cell("b"))], heading="Sources [1]")
    assert drawn(sources) == "Sources [1]\na  b\n"


def test_a_number_stays_with_its_unit_and_a_mark_with_its_level() -> None:
    level = Span("\u25cb\u00a0mild")
    page = Page(
        cell(
            paragraph(
                "It holds at most 141 mg of it, or 14.10 % or so: ", level
            )
        )
    )
    lines = on_screen(page, 20).splitlines()
    assert lines == [
        "It holds at most",
        "141 mg of it, or",
        "14.10 % or so:",
        "\u25cb mild",
    ]


def test_a_line_break_in_a_text_is_a_space() -> None:
    assert on_screen(Page(cell("one\ntwo \t three")), 80) == "one two three\n"


def test_text_is_text() -> None:
    words = "[b]x[/b] :smile: {y} \\[z]"
    assert drawn(cell(words), table(("a", words))) == f"{words}\n\na  {words}\n"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\x9b31mb", r"a\x9b31mb"),
        ("a\x07\x00\x7fb", r"a\x07\x00\x7fb"),
        ("a\u202eb\u2066c", r"a\u202eb\u2066c"),
        ("a\ufdd0b", r"a\ufdd0b"),
        ("a\u03a2b", r"a\u03a2b"),
        ("a\u2028b\ud800", r"a\u2028b\ud800"),
    ],
)
def test_what_acts_on_a_terminal_is_seen_everywhere(
    typed: str, shown: str
) -> None:
    forms = grid(
        [row(typed, cell(typed))], titles=(typed, typed), heading=typed
    )
    page = Page(cell(typed), (forms,), cell(typed))
    words = on_screen(page, 80).replace("─", "").split()
    assert words == [shown] * 7


def test_styles_are_told_apart_without_colors() -> None:
    low, middle, high = (
        Span("low", Style.LOWEST),
        Span("middle", Style.MIDDLE),
        Span("high", Style.HIGHEST),
    )
    page = Page(
        cell("Yes.", "Also."),
        (
            cell(
                paragraph(
                    low, " ", middle, " ", high, " ", Span("[1]", Style.FAINT)
                )
            ),
        ),
        cell("Foot"),
    )
    expected = (
        "\x1b[1mYes.\x1b[0m\nAlso.\n\n"
        "\x1b[36mlow\x1b[0m middle \x1b[1;35mhigh\x1b[0m \x1b[2m[1]\x1b[0m\n\n"
        "\x1b[2mFoot\x1b[0m\n"
    )
    plain = "Yes.\nAlso.\n\nlow middle high [1]\n\nFoot\n"
    assert styled(page, TERM="xterm") == expected
    assert (
        styled(page, terminal=False, FORCE_COLOR="1", TERM="xterm") == expected
    )
    assert styled(page, terminal=False, TERM="xterm") == plain
    assert styled(page, plain=True, TERM="xterm") == plain
    assert styled(page, TERM="dumb") == plain
    assert styled(page, NO_COLOR="1", TERM="xterm") == (
        expected.replace("\x1b[36mlow\x1b[0m", "low").replace(
            "\x1b[1;35m", "\x1b[1m"
        )
    )


def test_titles_and_rows_are_strong_and_the_rule_is_faint() -> None:
    page = Page((), (table(("Effect", "mild"), titles=("Form", "malate")),))
    lines = styled(page, TERM="xterm").splitlines()
    assert lines[0].startswith("\x1b[1mForm")
    assert lines[1].startswith("\x1b[2m─")
    assert lines[2].startswith("\x1b[1mEffect\x1b[0m")
    assert lines[2].endswith("mild")


def test_words_are_links_on_a_terminal_only() -> None:
    page = Page(
        (),
        (cell(paragraph(Span("doi:10.1/a", link="https://doi.org/10.1/a"))),),
    )
    link = "\x1b]8;;https://doi.org/10.1/a\x1b\\doi:10.1/a\x1b]8;;\x1b\\\n"
    assert styled(page, TERM="xterm") == link
    assert styled(page, NO_COLOR="1", TERM="xterm") == link
    assert (
        styled(page, terminal=False, FORCE_COLOR="1", TERM="xterm")
        == "doi:10.1/a\n"
    )
    assert styled(page, plain=True, TERM="xterm") == "doi:10.1/a\n"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://a.org/\x1b]8;;", "https://a.org/%1B]8;;"),
        ('HTTP://a.org/\u202e"<>', "HTTP://a.org/%E2%80%AE%22%3C%3E"),
    ],
)
def test_an_address_is_http_and_holds_no_controls(
    link: str, address: str | None
) -> None:
    page = Page((), (cell(paragraph(Span("x", link=link))),))
    expected = f"\x1b]8;;{address}\x1b\\x\x1b]8;;\x1b\\\n" if address else "x\n"
    assert styled(page, TERM="xterm") == expected


def test_wide_characters_are_counted_as_they_are_drawn() -> None:
    assert drawn(table(("漢字", "b"), ("x", "y"))) == "漢字  b\nx     y\n"


def lines_of(number: int) -> Cell:
    return cell(*(f"{number} lines" for _ in range(number)))


def test_a_screen_shows_the_longest_part_that_it_has_room_for() -> None:
    lengths = Lengths((lines_of(21), lines_of(18), lines_of(5)))
    answered = Page(cell("Answer."), (lengths,))
    assert on_screen(answered, 80).count("18 lines") == 18
    assert on_screen(answered._replace(answer=()), 80).count("21 lines") == 21
    assert (
        on_screen(answered._replace(foot=lines_of(3)), 80).count("5 lines") == 5
    )


def test_a_length_is_made_when_a_screen_looks_at_it() -> None:
    made = []

    def lengths() -> Iterator[Cell]:
        for number in (40, 18, 5, 3):
            made.append(number)
            yield lines_of(number)

    part = Lengths(lengths())
    assert drawn(part) == drawn(part) == "18 lines\n" * 18
    assert made == [40, 18, 5]


def test_where_nothing_fits_the_shortest_is_shown() -> None:
    shortest = Lengths((lines_of(40), lines_of(30)))
    assert drawn(shortest).count("\n") == 30 > LINES


@settings(max_examples=50)
@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=9),
    st.integers(80, 120),
)
def test_a_page_is_shortened_only_where_it_would_not_fit(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    whole = table(*rows, titles=("", "First", "Second"))
    height = drawn(whole, width=width).count("\n")
    shown = drawn(Lengths((whole, cell("Short."))), width=width)
    assert height > LINES or height >= LINES - 6 or shown != "Short.\n"
    assert shown.count("\n") <= LINES


def test_a_narrow_screen_shows_what_one_of_80_columns_does() -> None:
    sentences = cell(
        *("It takes two lines of forty columns to say this." for _ in range(20))
    )
    page = Page((), (Lengths((sentences, cell("Short."))),))
    assert on_screen(page, 40).count("\n") == 40
    assert on_screen(page, 40).split() == on_screen(page, 80).split()
