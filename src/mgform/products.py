"""Products of one's own, from a spreadsheet: magnesium a day, and what 100 mg of it cost."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from mgform.answers import milligrams
from mgform.comparison import ranked
from mgform.label import LabelReader, Reading
from mgform.page import Answer, Cell, Grid, Page, text
from mgform.reader import name, text_of
from mgform.table import Table
from mgform.words import CallError, DataError, count, listed, quoted, shown, unknown

COLUMNS = ("name", "label", "price", "count", "serving", "per_day")
NEEDED = COLUMNS[:4]
SORTS = ("price", "magnesium", "name")
_HUNDRED = 100
_LONGEST_CELL = 10_000
# Three digits behind a mark are thousands, one or two a fraction: 1,000 tablets, 12,90 EUR, $1,012.90.
_NUMBER = re.compile(r"[^\d.,-]*(\d{1,3}(?:[.,' ]\d{3})+|\d{1,7})(?:[.,](\d{1,2}))?[^\d.,-]*")


class Product(Struct, frozen=True, kw_only=True):
    """A product: its label as it is read, mg of the nutrient a day, and what 100 mg of it cost.

    The price has the currency of the file. ``why`` says what is missing where a figure is None, and ``line`` is
    the product's line in its file.
    """

    name: str
    label: Reading
    elemental_mg_per_day: float | None
    price_per_100mg: float | None
    why: str | None
    line: int


def products(table: Table, path: str) -> list[Product]:
    """The products of a CSV or TSV file, or of standard input ("-"), in its order.

    Raises:
        DataError: the file cannot be read, or a row has other cells than the header.

    """
    reader = LabelReader(table)
    return [_product(reader, row, line) for line, row in _rows(path)]


def _rows(path: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows by the names of their columns, with their lines, however the spreadsheet separates its cells."""
    content = text_of(path)
    first = content.partition("\n")[0]
    separator = max(";\t,", key=first.count)
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    try:
        header = [name.strip().casefold().replace(" ", "_") for name in next(lines, [])]
        missing = [name for name in NEEDED if name not in header]
        if missing:
            raise DataError(f"{name(path)}:1: the header lacks {listed(missing)}; it needs {listed(NEEDED)}")
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                at = f"{name(path)}:{lines.line_num}:{min(len(cells), len(header)) + 1}"
                raise DataError(
                    f"{at}: {len(cells)} cells below {len(header)} titles; quote a cell that has {quoted(separator)}"
                )
            yield lines.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise DataError(
            f"{name(path)}:{lines.line_num}: {error}; quotes stand around whole cells, and two for one inside"
        ) from None


def _product(reader: LabelReader, row: dict[str, str], line: int) -> Product:
    reading = reader.read(row["label"][:_LONGEST_CELL])
    why = None
    per_day = price = None
    try:
        units = _number(row, "serving", default=Decimal(1))
        held = _elemental(reading) / units
        per_day = held * _number(row, "per_day", default=units)
        price = _number(row, "price") / (held * _number(row, "count")) * _HUNDRED
    except DataError as error:
        why = str(error)
    return Product(
        name=row["name"],
        label=reading,
        elemental_mg_per_day=None if per_day is None else float(round(per_day, 2)),
        price_per_100mg=None if price is None else float(round(price, 4)),
        why=why,
        line=line,
    )


def _elemental(reading: Reading) -> Decimal:
    """The nutrient in a serving, in mg."""
    if not reading.elemental_mg:
        raise DataError(reading.because)
    return Decimal(str(reading.elemental_mg))


def _number(row: dict[str, str], column: str, default: Decimal | None = None) -> Decimal:
    """A number above 0 as spreadsheets write it, with words around it: "120", "2 capsules", "12,90 EUR"."""
    typed = row.get(column, "")
    if not typed and default is not None:
        return default
    found = _NUMBER.fullmatch(typed)
    number = Decimal(re.sub(r"\D", "", found[1]) + f".{found[2] or 0}") if found else Decimal(0)
    if number == 0:
        raise DataError(f"{column} {quoted(typed)} is no number above 0")
    return number


def ordered(found: Sequence[Product], by: str) -> list[Product]:
    """Products from the cheapest on, or from the most of the nutrient a day; what cannot be computed comes last.

    Raises:
        CallError: products cannot be ordered by that.

    """
    if by not in SORTS:
        raise CallError(unknown("field to sort by", by, SORTS))
    if by == "name":
        return sorted(found, key=lambda each: each.name.casefold())
    if by == "magnesium":
        return sorted(found, key=lambda each: -(each.elemental_mg_per_day or 0))
    return sorted(found, key=lambda each: (each.price_per_100mg is None, each.price_per_100mg or 0))


def answer(table: Table, found: Sequence[Product]) -> Answer:
    """Products in a line each, what makes a figure impossible, and the levels of their forms."""
    priced = [each for each in found if each.price_per_100mg is not None]
    cheapest = min(priced, key=lambda each: each.price_per_100mg or 0, default=None)
    nutrient, rows = table.nutrient, []
    for each in found:
        forms = ", ".join((*each.label.forms, *each.label.other_forms)) or "not named"
        price = "?" if each.price_per_100mg is None else f"{each.price_per_100mg:.3f}"
        daily = "?" if each.elemental_mg_per_day is None else milligrams(each.elemental_mg_per_day)
        rows.append((text(shown(each.name), "strong"), text(price), text(daily), text(f"{forms}{_doubt(each)}")))
    if cheapest is None:
        answer = f"None of {count(len(found), 'product')} can be compared."
    else:
        answer = f"{shown(cheapest.name)} is the cheapest: 100 mg of {nutrient} cost {cheapest.price_per_100mg:.3f}."
    ids = {form for each in found for form in each.label.forms}
    forms_named = [form for form in table.forms if form.id in ids]
    levels: Cell = text(ranked(table, forms_named)) if forms_named and table.scales.in_use() else ()
    titles = ("Product", "Price of 100 mg", f"{nutrient.capitalize()} a day", "Forms")
    parts: list[Grid | Cell] = [Grid(titles, tuple(rows)), *([levels] if levels else [])] if found else []
    return Answer(Page((answer,), tuple(parts), (table.notice,)), found)


def _doubt(product: Product) -> str:
    """Why a product has no figure, in a few words."""
    if product.why is None:
        return ""
    readings = [f"{each.elemental_mg:g}" for each in reversed(product.label.readings) if each.elemental_mg]
    return f": {' or '.join(readings)} mg?" if len(readings) > 1 else f": {product.why}"
