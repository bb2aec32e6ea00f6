"""Products of a spreadsheet: the nutrient that each gives a day, and what 100 mg of it cost."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

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

_WRITE_IT = "write it in the column serving"


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
    reader = LabelReader(table)
    servings = Servings(table)
    shelf = []
    for row in rows(path, NEEDED):
        shelf.append(_product(reader, servings, row))
    return shelf


def sorts(table: Table) -> tuple[str, ...]:
    """The names of what products can be sorted by."""
    return ("price", table.nutrient, "name")


def ordered(
    table: Table,
    shelf: Sequence[Product],
    by: str,
) -> list[Product]:
    """Products from the cheapest on, or by another field; those without a figure come last.

    Prices in several currencies are not ranked together: those of each stand together. Raises a
    CallError for an unknown field.
    """
    field = one_of("field to sort by", by, sorts(table))
    if field == "price":
        return _by_price(shelf)
    if field == "name":
        return sorted(shelf, key=lambda product: product.name.casefold())
    return sorted(shelf, key=_most_first)


def cheapest_of(shelf: Sequence[Product]) -> list[Product]:
    """The product of each currency that costs least for 100 mg of the nutrient."""
    cheapest: dict[str | None, Product] = {}
    for product in _by_price(shelf):
        if product.price_per_100mg is not None:
            cheapest.setdefault(product.currency, product)
    return list(cheapest.values())


def _by_price(shelf: Sequence[Product]) -> list[Product]:
    """The products of each currency, the cheapest first; then those without a price."""
    priced: dict[str | None, list[Product]] = {}
    unpriced = []
    for product in shelf:
        if product.price_per_100mg is None:
            unpriced.append(product)
        else:
            priced.setdefault(product.currency, []).append(product)
    ranked = []
    for products_of_currency in priced.values():
        ranked += sorted(products_of_currency, key=_price_first)
    return ranked + unpriced


def _price_first(product: Product) -> float:
    return product.price_per_100mg or 0


def _most_first(product: Product) -> tuple[bool, float]:
    mg = product.elemental_mg_per_day
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


class _Figures(NamedTuple):
    """What a product gives a day, and what 100 mg of it cost; None for what is not known."""

    daily_mg: Decimal | None
    cost: Decimal | None
    currency: str | None


def _product(
    reader: LabelReader,
    servings: Servings,
    row: Row,
) -> Product:
    """The product of a row, with all that can be told of it."""
    reading = reader.read(row.cells["label"])
    left_open = _Open()
    figures = _figures(servings, row.cells, reading, left_open)
    return Product(
        name=row.cells["name"],
        label=reading,
        elemental_mg_per_day=_rounded(figures.daily_mg, 2),
        price_per_100mg=_rounded(figures.cost, 4),
        currency=figures.currency,
        why="; ".join(left_open.reasons) or None,
        line=row.line,
    )


def _figures(
    servings: Servings,
    cells: Mapping[str, str],
    reading: Reading,
    left_open: _Open,
) -> _Figures:
    """The figures of a product; a day is one serving, where no column tells another number."""
    printed = servings.find(cells["label"])
    held = left_open.known(_held, reading)
    serving = left_open.known(_serving, servings, cells, printed)
    price = left_open.known(_price, cells)
    count = left_open.known(_count, servings, cells)
    pieces = None
    if serving is not None:
        pieces = left_open.known(_pieces, serving)
    mg_in_each = None
    if held and pieces:
        mg_in_each = held / pieces
    daily_mg = None
    if cells.get("per_day"):
        taken = left_open.known(_taken, servings, cells)
        if mg_in_each and taken:
            daily_mg = mg_in_each * taken
    elif serving is not None:
        daily_mg = held
    if price is None:
        return _Figures(daily_mg, cost=None, currency=None)
    cost = None
    if mg_in_each and count:
        cost = 100 * price.amount / (mg_in_each * count)
    return _Figures(daily_mg, cost, price.currency)


def _held(reading: Reading) -> Decimal:
    """The mg of the nutrient in a serving, where the label says it."""
    if reading.elemental_mg:
        return Decimal(str(reading.elemental_mg))
    if reading.elemental_mg == 0:
        raise FigureError("the label says 0 mg")
    is_open_number = reading.basis in ("elemental", "both")
    if is_open_number and reading.unknown:
        raise FigureError(reading.unknown[0])
    raise FigureError(reading.because)


def _serving(
    servings: Servings,
    cells: Mapping[str, str],
    printed: Serving | None,
) -> Serving:
    """The serving that the column tells, else the label, else one piece."""
    if cells.get("serving"):
        told = serving_of("serving", cells["serving"], servings)
        if printed is not None and not printed.may_be(told):
            label_says = f"the label says {quoted(printed.text)}"
            column_says = f"the column {quoted(told.text)}"
            raise FigureError(f"two servings: {label_says}, {column_says}")
        return told
    if printed is None:
        return Serving("1", pieces=1, per=Per.PIECES)
    text = quoted(printed.text)
    if printed.per in (Per.CONTENT, Per.SEVERAL):
        raise FigureError(f"{text} on the label is no serving")
    if (
        printed.per is Per.PIECES
        and printed.pieces != 1
        and not printed.is_said
    ):
        others = "the package, or what is to be taken"
        raise FigureError(f"{text} may be a serving, {others}; {_WRITE_IT}")
    return printed


def _pieces(serving: Serving) -> Decimal:
    if serving.pieces is None:
        text = quoted(serving.text)
        raise FigureError(f"how many pieces {text} is stays open; {_WRITE_IT}")
    return Decimal(str(serving.pieces))


def _taken(servings: Servings, cells: Mapping[str, str]) -> Decimal:
    """The pieces that are taken a day."""
    told = serving_of("per_day", cells["per_day"], servings)
    return Decimal(str(told.pieces))


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
    rounded = float(round(figure, digits))
    if rounded:
        return rounded
    return float(f"{figure:.2g}")
