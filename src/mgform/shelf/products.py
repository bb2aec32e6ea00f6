"""Products of a spreadsheet: the nutrient that each gives a day, and what 100 mg of it cost."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from msgspec import Struct

from mgform.label.reading import LabelReader, Reading
from mgform.label.serving import Per, Serving, Servings
from mgform.shelf.figures import (
    FigureError,
    Price,
    count_of,
    price_of,
    serving_of,
)
from mgform.shelf.spreadsheet import Row, rows
from mgform.table import Table
from mgform.words import one_of, quoted

NEEDED = ("name", "label", "price", "count")
"""The columns that a file of products must have; it may have serving and per_day, too."""

Figure = TypeVar("Figure")


class Product(Struct, frozen=True):
    """A product: its label as it is read, what it gives a day, and what that costs.

    ``elemental_mg_per_day`` is mg of the nutrient, and ``price_per_100mg`` what 100 mg of it cost,
    in ``currency`` where the file says one. Where a figure is None, ``why`` says what is missing.
    ``line`` is the product's line in its file.
    """

    name: str
    label: Reading
    elemental_mg_per_day: float | None
    price_per_100mg: float | None
    currency: str | None
    why: str | None
    line: int


def products(table: Table, path: str) -> list[Product]:
    """The products of a CSV or TSV file, or of standard input ("-").

    Raises a DataError for a file that is none, that lacks a column or has a broken row.
    """
    reader, servings = LabelReader(table), Servings(table)
    return [_product(reader, servings, row) for row in rows(path, NEEDED)]


def sorts(table: Table) -> tuple[str, ...]:
    """The names of what products can be sorted by."""
    return ("price", table.nutrient, "name")


def ordered(table: Table, shelf: Sequence[Product], by: str) -> list[Product]:
    """Products from the cheapest on, or by another field; those without a figure come last.

    Prices in several currencies are not ranked together: those of each stand together. Raises a
    CallError for an unknown field.
    """
    field = one_of("field to sort by", by, sorts(table))
    if field == "name":
        return sorted(shelf, key=lambda product: product.name.casefold())
    if field == "price":
        currencies = currencies_of(shelf)
        return sorted(shelf, key=lambda product: _by_price(product, currencies))
    return sorted(
        shelf, key=lambda product: _most_first(product.elemental_mg_per_day)
    )


def currencies_of(shelf: Sequence[Product]) -> list[str | None]:
    """The currencies of the products that have a price for 100 mg, in their order."""
    priced = [
        product for product in shelf if product.price_per_100mg is not None
    ]
    return list(dict.fromkeys(product.currency for product in priced))


def _by_price(
    product: Product, currencies: Sequence[str | None]
) -> tuple[int, float]:
    if product.price_per_100mg is None:
        return len(currencies), 0
    return currencies.index(product.currency), product.price_per_100mg


def _most_first(mg: float | None) -> tuple[bool, float]:
    return mg is None, -(mg or 0)


class _Open:
    """What keeps the figures of a product from being known."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def known(
        self, figure: Callable[..., Figure], *given: Any
    ) -> Figure | None:
        """A figure, or None where it is not known; the reason is noted."""
        try:
            return figure(*given)
        except FigureError as error:
            self.reasons.append(str(error))
            return None


def _product(reader: LabelReader, servings: Servings, row: Row) -> Product:
    """The product of a row, with all that can be told of it."""
    cells = row.cells
    reading = reader.read(cells["label"])
    printed = servings.find(cells["label"])
    left_open = _Open()
    held = left_open.known(_held, reading)
    serving = left_open.known(_serving, servings, cells, printed)
    price = left_open.known(_price, cells)
    count = left_open.known(_count, servings, cells)
    pieces = None
    if serving:
        pieces = left_open.known(_pieces, serving, printed, count)
    in_each = held / pieces if held and pieces else None
    daily = held if serving else None
    if cells.get("per_day"):
        taken = left_open.known(_number_told, "per_day", cells, servings)
        daily = in_each * taken if in_each and taken else None
    cost = None
    if price and count and in_each:
        cost = price.amount / (in_each * count) * 100
    return Product(
        name=cells["name"],
        label=reading,
        elemental_mg_per_day=_rounded(daily, 2),
        price_per_100mg=_rounded(cost, 4),
        currency=price.currency if price else None,
        why="; ".join(left_open.reasons) or None,
        line=row.line,
    )


def _held(reading: Reading) -> Decimal:
    """The mg of the nutrient in a serving, where the label says it."""
    if reading.elemental_mg:
        return Decimal(str(reading.elemental_mg))
    if reading.elemental_mg == 0:
        raise FigureError("the label says 0 mg")
    is_known_figure = reading.basis in ("elemental", "both")
    raise FigureError(
        reading.unknown[0]
        if is_known_figure and reading.unknown
        else reading.because
    )


def _serving(
    servings: Servings, cells: Mapping[str, str], printed: Serving | None
) -> Serving:
    """The serving that the column tells, else the label, else one piece."""
    if cells.get("serving"):
        told = serving_of("serving", cells["serving"], servings)
        if printed is not None and not printed.may_be(told):
            both = f"the label says {quoted(printed.text)}, the column {quoted(told.text)}"
            raise FigureError(f"two servings: {both}")
        return told
    if printed is None:
        return Serving("1", 1, Per.PIECES)
    if printed.per in (Per.CONTENT, Per.SEVERAL):
        raise FigureError(f"{quoted(printed.text)} on the label is no serving")
    return printed


def _pieces(
    serving: Serving, printed: Serving | None, count: Decimal | None
) -> Decimal:
    """The pieces of a serving, which must not be those of the whole package."""
    right = "write it in the column serving"
    if serving.pieces is None:
        raise FigureError(
            f"how many pieces {quoted(serving.text)} is stays open; {right}"
        )
    pieces = Decimal(str(serving.pieces))
    if serving is printed and pieces == count and pieces > 1:
        raise FigureError(
            f"{quoted(serving.text)} may be a serving or the package; {right}"
        )
    return pieces


def _number_told(
    column: str, cells: Mapping[str, str], servings: Servings
) -> Decimal:
    """The number of pieces that a column tells."""
    return Decimal(str(serving_of(column, cells[column], servings).pieces))


def _price(cells: Mapping[str, str]) -> Price:
    if not cells["price"]:
        raise FigureError("there is no price")
    return price_of(cells["price"])


def _count(servings: Servings, cells: Mapping[str, str]) -> Decimal:
    if not cells["count"]:
        raise FigureError("there is no count")
    return count_of(cells["count"], servings)


def _rounded(figure: Decimal | None, digits: int) -> float | None:
    """A figure with so many digits behind the point, and more where it would be 0."""
    if figure is None:
        return None
    return float(round(figure, digits)) or float(f"{figure:.2g}")
