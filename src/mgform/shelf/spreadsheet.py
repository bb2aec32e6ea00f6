"""A CSV or TSV file, to rows by the names of their columns, whoever has written it."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from mgform.errors import DataError
from mgform.reader import file_text, name
from mgform.words import listed, quoted

_SEPARATORS = ",\t;"
# Some spreadsheets say in a line of its own what stands between the cells.
_SAID_SEPARATOR = re.compile(r'"?sep=(?P<separator>[;,\t|])"?\n', re.IGNORECASE)
_FIRST_ROW = re.compile(r'(?:[^"\n]|"[^"]*"?)*')
_QUOTED = re.compile(r'"[^"]*"?')
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_HOW_TO_QUOTE = "quotes stand around whole cells, and two for one inside"


class SheetRow(NamedTuple):
    """The cells of a row by the names of their columns, and the line that it begins in."""

    line: int
    cells: dict[str, str]


def rows(path: str, needed: Collection[str]) -> Iterator[SheetRow]:
    """The rows of a file, or of standard input ("-"), without those that are empty.

    Names of columns are in lower case, with "_" between words. Raises a DataError, with line and
    column, for a file that has no such table or lacks a column that is needed.
    """
    text = file_text(path).replace("\r\n", "\n").replace("\r", "\n")
    lines_before = 0
    said = _SAID_SEPARATOR.match(text)
    if said:
        text = text[said.end() :]
        lines_before = 1
    separator = said["separator"] if said else _separator(text)
    sheet = _Sheet(
        name(path),
        text,
        separator,
        lines_before,
    )
    titles = sheet.titles(needed)
    for line, cells in sheet.rest():
        if any(cells):
            sheet.check_length(line, cells, titles)
            by_title = zip(titles, cells, strict=True)
            yield SheetRow(line, dict(by_title))


def _separator(text: str) -> str:
    """What stands between the cells of the first row most often, outside quotes; else a comma."""
    match = _FIRST_ROW.match(text)
    first_row = match[0] if match else ""
    unquoted = _QUOTED.sub("", first_row)
    # Of those that stand as often, the first.
    return max(_SEPARATORS, key=unquoted.count)


class _Sheet:
    """The rows of a text, with errors that say where they are."""

    def __init__(
        self,
        file: str,
        text: str,
        separator: str,
        lines_before: int,
    ) -> None:
        self.file = file
        self.separator = separator
        self._lines = text.split("\n")
        self._lines_before = lines_before
        self._reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter=separator,
            strict=True,
        )

    def rest(self) -> Iterator[tuple[int, list[str]]]:
        """The rows that have not been read yet, each with the line that it begins in."""
        while True:
            begins_at = self._reader.line_num
            line = begins_at + 1 + self._lines_before
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                column = self._column_of_error(begins_at)
                place = self._place(line, column)
                raise DataError(f"{place}: {error}; {_HOW_TO_QUOTE}") from None
            yield line, [cell.strip() for cell in cells]

    def titles(self, needed: Collection[str]) -> list[str]:
        """The names of the columns, out of the first row."""
        line, cells = next(self.rest(), (1 + self._lines_before, []))
        titles = [_BETWEEN_WORDS.sub("_", cell.casefold()) for cell in cells]
        missing = [title for title in needed if title not in titles]
        if missing:
            place = self._place(line, column=len(titles) + 1)
            lacks = f"the header lacks {listed(missing)}"
            raise DataError(f"{place}: {lacks}; it needs {listed(needed)}")
        for column, title in enumerate(titles, start=1):
            first = titles.index(title) + 1
            if title and first < column:
                place = self._place(line, column)
                twice = f"column {first} is called {quoted(title)}, too"
                raise DataError(f"{place}: {twice}; give each its own name")
        return titles

    def check_length(
        self,
        line: int,
        cells: list[str],
        titles: list[str],
    ) -> None:
        """Raise a DataError where a row has not as many cells as there are titles."""
        if len(cells) != len(titles):
            shorter = min(len(cells), len(titles))
            place = self._place(line, column=shorter + 1)
            counts = f"{len(cells)} cells below {len(titles)} titles"
            quote = f"quote a cell that has {quoted(self.separator)}"
            raise DataError(f"{place}: {counts}; {quote}")

    def _place(self, line: int, column: int) -> str:
        return f"{self.file}:{line}:{column}"

    def _column_of_error(self, begins_at: int) -> int:
        """The column of the cell with which a row stops to be one."""
        separator = re.escape(self.separator)
        quoted_cell = r'"(?:[^"]|"")*"'
        plain_cell = rf'(?!")[^\n{separator}]*'
        whole_cell = re.compile(rf"(?:{quoted_cell}|{plain_cell}){separator}")
        row = "\n".join(self._lines[begins_at:])
        column = 1
        at = 0
        while match := whole_cell.match(row, at):
            at = match.end()
            column += 1
        return column
