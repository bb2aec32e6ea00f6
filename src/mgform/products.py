"""Products of one's own, from a spreadsheet: magnesium a day, and what 100 mg of it cost."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from mgform.answers import milligrams
from mgform.comparison import ranked
from mgform.errors import DataError
from mgform.label import LabelReader, Reading
from mgform.page import Answer, Page, Row, facts, text
from mgform.reader import name, text_of
from mgform.table import Table
from mgform.words import count, listed, one_of, quoted, shown

NEEDED = ("name", "label", "price", "count")
# Three digits behind a mark are thousands, one or two a fraction: 1,000 tablets, 12,90 EUR, $1,012.90. A price may have
# three decimals, too.
_NUMBER = re.compile(r"[^\d.,-]*(\d{1,3}(?:[.,' ]\d{3})+|\d{1,7})(?:[.,](\d{1,2}))?[^\d.,-]*")


class Product(Struct, frozen=True):
    """A product: its label as it is read, mg of the nutrient a day, and what 100 mg of it cost in the file's currency.

    ``why`` says what is missing where a figure is None, and ``line`` is the product's line in its file.
    """

    name: str
    label: Reading
    elemental_mg_per_day: float | None
    price_per_100mg: float | None
    why: str | None
    line: int


def products(table: Table, path: str) -> list[Product]:
    """The products of a CSV or TSV file, or of standard input ("-"); a DataError for a broken file or row."""
    reader = LabelReader(table)
    return [_product(reader, row, line) for line, row in _rows(path)]


def _rows(path: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows by the names of their columns, with their lines, however the spreadsheet separates its cells."""
    content, file = text_of(path), name(path)
    separator = max(";\t,", key=content.partition("\n")[0].count)
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    try:
        titles = [title.strip().casefold().replace(" ", "_") for title in next(lines, [])]
        if missing := [title for title in NEEDED if title not in titles]:
            raise DataError(
                f"{file}:1: the header lacks {listed(missing)}; it needs {listed(NEEDED)}"
            )
        for cells in ([cell.strip() for cell in cells] for cells in lines):
            if any(cells) and len(cells) != len(titles):
                at = f"{file}:{lines.line_num}:{min(len(cells), len(titles)) + 1}"
                quote = f"quote a cell that has {quoted(separator)}"
                raise DataError(f"{at}: {len(cells)} cells below {len(titles)} titles; {quote}")
            if any(cells):
                yield lines.line_num, dict(zip(titles, cells, strict=True))
    except csv.Error as error:
        how = "quotes stand around whole cells, and two for one inside"
        raise DataError(f"{file}:{lines.line_num}: {error}; {how}") from None


def _product(reader: LabelReader, row: dict[str, str], line: int) -> Product:
    reading = reader.read(row["label"])
    try:
        per_day, price = _figures(row, reading)
    except DataError as error:
        return Product(row["name"], reading, None, None, str(error), line)
    return Product(row["name"], reading, float(per_day), float(price), None, line)


def _figures(row: dict[str, str], reading: Reading) -> tuple[Decimal, Decimal]:
    """What a product gives a day, and what 100 mg cost; a DataError where a number is missing."""
    if not reading.elemental_mg:
        raise DataError(reading.because)
    units = _number(row, "serving", "1")
    held = Decimal(str(reading.elemental_mg)) / units
    price = _number(row, "price") / (held * _number(row, "count")) * 100
    return round(held * _number(row, "per_day", str(units)), 2), round(price, 4)


def _number(row: dict[str, str], column: str, default: str = "") -> Decimal:
    """A number above 0 as spreadsheets write it, with words around it: "120", "2 capsules", "12,90 EUR"."""
    typed = row.get(column) or default
    found = _NUMBER.fullmatch(typed)
    if column == "price" and found and not found[2] and re.fullmatch(r"\d{1,3}[.,]\d{3}", found[1]):
        raise DataError(
            f"price {quoted(typed)} can be read in two ways; write it with two decimals"
        )
    number = Decimal(re.sub(r"\D", "", found[1]) + f".{found[2] or 0}") if found else Decimal(0)
    if number == 0:
        raise DataError(f"{column} {quoted(typed)} is no number above 0")
    return number


def ordered(found: Sequence[Product], by: str) -> list[Product]:
    """Products from the cheapest on, or by another field, without a figure last; a CallError for an unknown field."""
    orders: dict[str, Callable[[Product], Any]] = {
        "price": lambda each: (each.price_per_100mg is None, each.price_per_100mg),
        "magnesium": lambda each: -(each.elemental_mg_per_day or 0),
        "name": lambda each: each.name.casefold(),
    }
    return sorted(found, key=orders[one_of("field to sort by", by, orders)])


def answer(table: Table, found: Sequence[Product]) -> Answer:
    """Products in a line each, what makes a figure impossible, and the levels of their forms."""
    rows: list[Row] = []
    for each in found:
        price = "?" if each.price_per_100mg is None else f"{each.price_per_100mg:.3f}"
        daily = "?" if each.elemental_mg_per_day is None else milligrams(each.elemental_mg_per_day)
        forms = ", ".join((*each.label.forms, *each.label.other_forms)) or "not named"
        figures = [
            f"{one.elemental_mg:g}" for one in reversed(each.label.readings) if one.elemental_mg
        ]
        doubt = f": {' or '.join(figures)} mg?" if len(figures) > 1 else f": {each.why}"
        rows.append((shown(each.name), price, daily, f"{forms}{doubt if each.why else ''}"))
    titles = ("Product", "Price of 100 mg", f"{table.nutrient.capitalize()} a day", "Forms")
    named = [form for form in table.forms if any(form.id in each.label.forms for each in found)]
    levels = ranked(table, named) if named and table.scales.in_use() else ""
    best = next(
        (each for each in ordered(found, "price") if each.price_per_100mg is not None), None
    )
    answer = f"None of {count(len(found), 'product')} can be compared."
    if best:
        answer = f"{shown(best.name)} costs least per 100 mg of {table.nutrient}: {best.price_per_100mg:.3f}."
        rest = sum(each.price_per_100mg is None for each in found)
        answer += (
            f" {rest} of {len(found)} {'has' if rest == 1 else 'have'} no figure." if rest else ""
        )
    return Answer(
        Page((answer,), (facts(rows, titles=titles), text(levels)), (table.notice,)), found
    )
