"""Pages as text: for screens of any width, as Markdown, and rows for spreadsheets."""

import csv
import io
import re

from hypothesis import given, strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from mgform.dose import Limit
from mgform.draw import as_markdown, delimited, flattened, on_screen
from mgform.page import Grid, Page, text
from mgform.table import Basis, Compound, Origin, Statement

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=60)


def drawn(page: Page, width: int = 80, *, color: bool = False) -> str:
    return on_screen(page, width, color=color)


def grid(*rows: tuple[str, ...], titles: tuple[str, ...] = ()) -> Grid:
    cells = tuple(tuple(text(word) for word in row) for row in rows)
    return Grid(titles or ("",) * len(rows[0]), cells)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4), st.integers(20, 100))
def test_no_line_is_wider_than_the_screen_or_ends_with_a_space(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    page = Page(
        ("Answer " * 12,),
        (grid(*rows, titles=("", "First", "Second")), text(["x" * 150])),
        ("Foot",),
    )
    lines = drawn(page, width).splitlines()
    assert [line for line in lines if cell_len(line) > width or line != line.rstrip()] == []


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3), st.integers(20, 100))
def test_nothing_that_is_said_is_lost(rows: list[tuple[str, str]], width: int) -> None:
    said = re.sub(r"\s", "", drawn(Page((), (grid(*rows),)), width))
    assert sorted(said) == sorted(re.sub(r"\s", "", "".join(word for row in rows for word in row)))


def test_a_grid_stands_side_by_side_where_it_fits_and_else_below_each_other() -> None:
    page = Page(
        (), (grid(("Effect", "a strong one", "a mild one"), titles=("", "citrate", "malate")),)
    )
    assert drawn(page, 40) == "        citrate       malate\nEffect  a strong one  a mild one\n"
    assert drawn(page, 20) == "Effect\n  citrate: a strong\n  one\n  malate: a mild one\n"


def test_equal_cells_below_each_other_stay_with_their_titles() -> None:
    page = Page(
        (), (grid(("Effect", "mild", "mild", "mild"), titles=("", "citrate", "malate", "taurate")),)
    )
    assert drawn(page, 20) == "Effect\n  citrate: mild\n  malate: mild\n  taurate: mild\n"


def test_a_cell_of_several_paragraphs_begins_each_on_a_line() -> None:
    cells = (text("Effect"), text(["one", "two"]), text(["three"]))
    page = Page((), (Grid(("", "a", "b"), (cells,)),))
    assert drawn(page) == "        a    b\nEffect  one  three\n        two\n"


def test_answer_parts_and_foot_stand_apart() -> None:
    page = Page(("One.", "Two."), (text("Three."), grid(("a", "b"))), ("Four.", "Five."))
    assert drawn(page) == "One.\nTwo.\n\nThree.\n\na  b\n\nFour.\nFive.\n"
    assert drawn(page._replace(answer=(), foot=())) == "Three.\n\na  b\n"


def test_a_number_stays_with_its_unit() -> None:
    lines = drawn(Page(("It holds at most 141 mg of it, or 14.10 % or so",)), 20).splitlines()
    assert [line for line in lines if re.search(r"\d$|^(mg|%)", line)] == []


def test_a_line_break_in_a_text_is_a_space() -> None:
    assert drawn(Page((" one\ntwo  three",))) == "one two three\n"


def test_color_shows_the_place_on_a_scale_in_one_hue() -> None:
    page = Page(
        ("Yes.",),
        (Grid(("", "a"), ((text("mild", "level-0"), text("strong", "level-2")),)), text("plain")),
    )
    expected = "\x1b[1mYes.\x1b[0m\n\n      \x1b[1ma\x1b[0m\n\x1b[2;35mmild\x1b[0m  \x1b[1;35mstrong\x1b[0m\n\nplain\n"
    assert drawn(page, color=True) == expected
    assert "\x1b" not in drawn(page)


def test_wide_characters_are_counted_as_they_are_drawn() -> None:
    assert drawn(Page((), (grid(("漢字", "b"), ("x", "y")),))) == "漢字  b\nx     y\n"


def test_markdown_shows_what_the_screen_shows_with_its_characters_escaped() -> None:
    page = Page(
        ("A *b* [c] | d_e `f` <g> #h",),
        (Grid(("T|1", ""), ((text("x|y"), text(["1", "2"])),), "Head"),),
        ("Foot",),
    )
    assert as_markdown(page) == (
        "A \\*b\\* \\[c\\] \\| d\\_e \\`f\\` \\<g\\> \\#h\n\n**Head**\n\n"
        "| T\\|1 |  |\n| --- | --- |\n| x\\|y | 1<br>2 |\n\n*Foot*\n"
    )


@given(WORDS.map(str.strip).filter(bool))
def test_markdown_is_read_as_the_words_that_it_shows(words: str) -> None:
    page = Page((f"It says {words}",), (Grid(("", words), ((text("a"), text(words)),)),))
    tokens = MarkdownIt("commonmark").enable("table").parse(as_markdown(page))
    inline = [
        "".join(each.content for each in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]
    told = " ".join(words.split())
    assert inline == [f"It says {told}", "", told, "a", told]


def test_rows_are_flat() -> None:
    statement = Statement(text="Said.", source="talk", basis=Basis.STATED)
    compound = Compound(name="salt", formula="X", elemental_percent=50, basis=Origin.COMPUTED)
    pairs: dict[str, tuple[object, str]] = {
        "a": (None, ""),
        "b": (True, "true"),
        "c": (2.0, "2"),
        "d": (("x", "y"), "x; y"),
        "e": ((statement, statement), "Said. [talk]; Said. [talk]"),
        "f": (compound, "salt 50.00 %"),
        "g": (0, "0"),
        "h": ((), ""),
        "i": (Limit("Moon", 5.5, "at", "talk"), "Moon 5.5 at"),
    }
    record, flat = ({key: pair[which] for key, pair in pairs.items()} for which in (0, 1))
    assert flattened(record.values()) == list(flat.values())


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=9))
def test_csv_is_read_back_and_tabs_keep_rows_and_columns(records: list[tuple[str, str]]) -> None:
    rows = [{"a": first, "b": second} for first, second in records]
    every = [[cell.replace("\r", " ") for cell in row] for row in records]
    written = "".join(delimited(rows, tabs=False))
    assert list(csv.reader(io.StringIO(written, newline=""))) == (
        [["a", "b"], *every] if every else []
    )
    lines = "".join(delimited(rows, tabs=True)).split("\n")[:-1]
    assert [line.count("\t") for line in lines] == [1] * (len(every) + bool(every))
