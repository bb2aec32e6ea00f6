"""What every format must hold, whatever stands in a table."""

import csv
import io
import json
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from mgform.loader import load
from mgform.model import Form, Note, Scale, Scales, Source, Table
from mgform.names import Names, unprefixed
from mgform.query import compare, disputes_about, notes
from mgform.records import FIELDS
from mgform.render import as_json, delimited, markdown
from mgform.render import table as tables
from mgform.render.screen import Screen
from mgform.reports.dispute_list import DisputeList
from mgform.reports.listing import Listing
from mgform.reports.note_list import NoteList
from mgform.reports.profile import Profile
from mgform.reports.report import Report
from mgform.reports.side_by_side import SideBySide
from mgform.reports.source_list import SourceList
from mgform.vocabulary import Basis, Kind, Topic
from tests.conftest import FROZEN

BUNDLED, FROZEN_TABLE = load(), load(str(FROZEN))
WIDE = Screen(width=None, color=False, unicode=True)


def reports(table: Table) -> dict[str, Report]:
    names = Names(table)
    found = [names.find(form.id) for form in table.forms]
    return {
        "list": Listing(table, table.forms, tuple(FIELDS)),
        "show": Profile(table, found),
        "compare": SideBySide(table, compare(table, found)),
        "notes": NoteList(table, notes(table)),
        "disputes": DisputeList(table, disputes_about(table, table.forms)),
        "sources": SourceList(table),
    }


CASES = [
    pytest.param(report, id=f"{table.nutrient}-{command}")
    for table in (BUNDLED, FROZEN_TABLE)
    for command, report in reports(table).items()
]


def texts(value: object) -> set[str]:
    """Every string in what JSON has, but for keys and the words that pages write in their own way."""
    match value:
        case str():
            return {value}
        case dict() if value.get("field") in ("disputes", "corrections"):
            return set()
        case dict():
            own = (
                "asked_as",
                "matched",
                "kind",
                "field",
                "sentence",
                "id",
                "scale",
                "about",
                "not_covered",
            )
            kept = (each for key, each in value.items() if key not in own and not key.endswith("basis"))
            return set().union(*map(texts, kept))
        case list():
            return set().union(*map(texts, value))
    return set()


def words(text: str) -> str:
    """A text without what drawing it adds: white space, escapes of Markdown."""
    return re.sub(r"\s+", "", text.replace("\\", ""))


@pytest.mark.parametrize("report", CASES)
def test_a_page_knows_what_json_knows(report: Report) -> None:
    said = texts(json.loads(as_json.render(report)))
    page, pasted = words(tables.render(report, WIDE)), words(markdown.render(report))
    prefixes = BUNDLED.name_prefixes + FROZEN_TABLE.name_prefixes
    said = {unprefixed(text, prefixes) for text in said}
    assert said
    assert [text for text in said if words(text) not in page] == []
    assert [text for text in said if words(text) not in pasted] == []


@pytest.mark.parametrize("report", CASES)
def test_flat_files_know_what_json_knows(report: Report) -> None:
    said = texts(json.loads(as_json.render(report)))
    flat = delimited.csv_text(report).replace('""', '"').replace('\\"', '"')
    tabbed = delimited.tsv_text(report).replace('\\"', '"')
    assert [text for text in said if text not in flat] == []
    assert [text for text in said if text not in tabbed] == []


@pytest.mark.parametrize("report", CASES)
def test_flat_files_have_a_cell_for_every_column(report: Report) -> None:
    lines = list(csv.reader(io.StringIO(delimited.csv_text(report))))
    tabbed = [line.split("\t") for line in delimited.tsv_text(report).splitlines()]
    assert {len(line) for line in lines} == {len(report.header())} == {len(line) for line in tabbed}
    assert lines[0] == list(report.header()) == tabbed[0]
    assert len(lines) == len(tabbed) == len(list(report.rows())) + 1


@pytest.mark.parametrize("report", CASES)
@pytest.mark.parametrize("width", [20, 27, 40, 79, 80, 132])
def test_a_page_fits_its_screen_and_loses_nothing(report: Report, width: int) -> None:
    drawn = tables.render(report, Screen(width=width, color=False, unicode=True))
    assert max(map(cell_len, drawn.splitlines())) <= width
    assert "\u2026" not in drawn
    # Folding interleaves the columns' words, so what can be compared is how often each letter stands there.
    page = report.page()
    # Forms of which the same is said may share it.
    lines = ((sheet, line.cells) for sheet in page.sheets for line in sheet.lines)
    cells = (cell for sheet, each in lines for cell in (dict.fromkeys(each) if sheet.compares else each))
    said = [said.whole for cell in cells for said in cell]
    wanted = Counter(filter(str.isalnum, "".join([page.title, *said, *page.closing, *page.remarks, page.notice])))
    assert wanted <= Counter(filter(str.isalnum, drawn))


@pytest.mark.parametrize("report", CASES)
def test_a_page_without_colour_has_no_escape_sequence_and_one_with_it_has(report: Report) -> None:
    assert "\x1b" not in tables.render(report, WIDE)
    assert "\x1b[" in tables.render(report, Screen(width=80, color=True, unicode=True))


@pytest.mark.parametrize("report", CASES)
def test_colour_changes_no_word(report: Report) -> None:
    plain = tables.render(report, Screen(width=80, color=False, unicode=True))
    coloured = tables.render(report, Screen(width=80, color=True, unicode=True))
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("report", CASES)
def test_without_unicode_everything_is_ascii(report: Report) -> None:
    assert tables.render(report, Screen(width=80, color=False, unicode=False)).isascii()


@pytest.mark.parametrize("report", CASES)
def test_off_a_terminal_nothing_is_folded(report: Report) -> None:
    page = tables.render(report, WIDE)
    for sheet in report.page().sheets:
        for said in (said for line in sheet.lines for cell in line.cells for said in cell):
            assert said.whole in page


@pytest.mark.parametrize("report", CASES)
def test_every_source_on_a_page_stands_at_its_foot(report: Report) -> None:
    page = report.page()
    marks = {
        each for sheet in page.sheets for line in sheet.lines for cell in line.cells for s in cell for each in s.sources
    }
    assert marks <= {source.id for source in page.sources}


def one_form(name: str, text: str) -> Table:
    note = Note(about=Topic.LAXATIVE, text=text, source="s", basis=Basis.STATED)
    return Table(
        title=name,
        nutrient="zinc",
        notice=text,
        scales=Scales(laxative=Scale(title="Laxative", levels=("mild", name))),
        sources=(Source(id="s", kind=Kind.THREAD, citation=text),),
        forms=(Form(id="a", name=name, aliases=(name,), laxative=name, notes=(note,)), Form(id="b", name="B")),
    )


showing = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Mn", "Me", "Cn")), min_size=1, max_size=30
)


@settings(deadline=None, max_examples=60)
@given(showing, showing, st.integers(20, 120))
def test_any_text_is_shown_as_text(name: str, text: str, width: int) -> None:
    for report in reports(one_form(name, text)).values():
        drawn = tables.render(report, Screen(width=width, color=False, unicode=True))
        assert "\x1b" not in drawn
        assert max(map(cell_len, drawn.splitlines())) <= width
        wide = tables.render(report, WIDE)
        assert text in wide
        assert json.loads(as_json.render(report)) is not None
        assert list(csv.reader(io.StringIO(delimited.csv_text(report))))
        markdown.render(report)


@pytest.mark.parametrize("text", ["[bold]x[/bold]", "[/]", ":smile:", "a|b", "<script>", "`x`", "*x*", "\\"])
def test_markup_in_a_table_is_no_markup(text: str) -> None:
    report = reports(one_form("n", text))["notes"]
    assert text in tables.render(report, WIDE)
    row = next(line for line in markdown.render(report).splitlines() if line.startswith("| a "))
    assert text in re.sub(r"\\(.)", r"\1", row)
    assert text == ":smile:" or text not in re.sub(r"\\.", "", row)


def test_a_pipe_in_a_cell_ends_no_cell() -> None:
    report = reports(one_form("n", "a | b"))["notes"]
    row = next(line for line in markdown.render(report).splitlines() if line.startswith("| a "))
    assert len(re.findall(r"(?<!\\)\|", row)) == 4
