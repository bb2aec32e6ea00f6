"""Products of a spreadsheet: the nutrient that each gives a day, and what 100 mg of it cost."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from mgform.label.reading import LabelReader, Reading
from mgform.label.serving import Per, Serving, Servings
from mgform.shelf.amounts import Amount, exact, possible_amounts, sure_mg
from mgform.shelf.figures import (
    FigureError,
    Price,
    count_of,
    price_of,
    serving_of,
)
from mgform.shelf.spreadsheet import SheetRow, rows
from mgform.table import Table
from mgform.words import quoted

NEEDED = ("name", "label", "price", "count")
"""The columns that a file of products must have; it may have serving and per_day, too."""

Figure = TypeVar("Figure")

_WRITE_IT = "write it in the column serving"


class Meaning(Struct, frozen=True):
    """What a product gives a day and costs by one reading of its label.

    Where its figure weighs a compound, that is the most that it can give, and the least that it can
    cost. What is not known is None.
    """

    basis: str
    elemental_mg_per_day: float | None
    price_per_100mg: float | None


class Product(Struct, frozen=True):
    """A product: its label as it is read, what it gives a day, and what that costs.

    ``elemental_mg_per_day`` is mg of the nutrient, and ``price_per_100mg`` what 100 mg of it cost,
    in ``currency`` where the file says one. Where a figure is None, ``why`` says what is missing,
    and ``readings`` have it by each reading of a label whose figure may be compound. ``line`` is
    the product's line in its file.
    """

    name: str
    label: Reading
    elemental_mg_per_day: float | None
    price_per_100mg: float | None
    readings: tuple[Meaning, ...]
    currency: str | None
    why: str | None
    line: int


class Bottle(NamedTuple):
    """A product, with what only its page and its place need.

    ``least_cost`` is the least that 100 mg of the nutrient can cost, not rounded, or None where
    that is not known. ``missing`` are the reasons why figures are not known that no reading gives.
    ``is_serving_told`` is False where one piece counts, since neither file nor label tells another.
    """

    product: Product
    least_cost: Fraction | None
    missing: tuple[str, ...]
    is_serving_told: bool

    @property
    def is_sure(self) -> bool:
        """Whether its label leaves only one price."""
        return self.product.price_per_100mg is not None


def bottles(table: Table, path: str) -> list[Bottle]:
    """The products of a CSV or TSV file, or of standard input ("-").

    Raises a DataError for a file that is none, that lacks a column or has a broken row.
    """
    reader = LabelReader(table)
    servings = Servings(table)
    shelf = []
    for row in rows(path, NEEDED):
        shelf.append(_bottle(table, reader, servings, row))
    return shelf


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


def _bottle(
    table: Table,
    reader: LabelReader,
    servings: Servings,
    row: SheetRow,
) -> Bottle:
    """The product of a row, with all that can be told of it."""
    reading = reader.read(row.cells["label"])
    of_label = _Open()
    mg = of_label.known(sure_mg, reading)
    of_package = _Open()
    package = _package(servings, row.cells, of_package)
    amounts = []
    if mg is None:
        amounts = possible_amounts(table, reading)
    reasons = [*of_label.reasons, *of_package.reasons]
    product = Product(
        name=row.cells["name"],
        label=reading,
        elemental_mg_per_day=_rounded(package.daily_mg(mg), 2),
        price_per_100mg=_rounded(package.cost(mg), 4),
        readings=tuple(_meanings(package, amounts)),
        currency=package.currency,
        why="; ".join(reasons) or None,
        line=row.line,
    )
    return Bottle(
        product,
        least_cost=_least_cost(package, mg, amounts),
        missing=tuple(of_package.reasons if amounts else reasons),
        is_serving_told=bool(reading.serving or row.cells.get("serving")),
    )


def _least_cost(
    package: "_Package",
    mg: Fraction | None,
    amounts: Iterable[Amount],
) -> Fraction | None:
    """The least that 100 mg can cost, whatever a label means."""
    costs = [package.cost(mg)]
    for amount in amounts:
        costs.append(package.cost(amount.mg))
    return min(filter(None, costs), default=None)


def _meanings(
    package: "_Package",
    amounts: Iterable[Amount],
) -> Iterator[Meaning]:
    for amount in amounts:
        yield Meaning(
            basis=amount.basis,
            elemental_mg_per_day=_rounded(package.daily_mg(amount.mg), 2),
            price_per_100mg=_rounded(package.cost(amount.mg), 4),
        )


class _Package(NamedTuple):
    """What a row says beside its label: a price, and how many servings are taken and bought.

    What is not known is None.
    """

    price: Fraction | None
    currency: str | None
    servings: Fraction | None
    servings_a_day: Fraction | None

    def daily_mg(self, mg: Fraction | None) -> Fraction | None:
        """What a day gives, where a serving holds so much of the nutrient."""
        if mg is None or self.servings_a_day is None:
            return None
        return mg * self.servings_a_day

    def cost(self, mg: Fraction | None) -> Fraction | None:
        """What 100 mg cost, where a serving holds so much of the nutrient."""
        if mg is None or self.price is None or self.servings is None:
            return None
        return 100 * self.price / (mg * self.servings)


def _package(
    servings: Servings,
    cells: Mapping[str, str],
    left_open: _Open,
) -> _Package:
    """What a row says beside its label; without a column for it, a day is one serving."""
    printed = servings.find(cells["label"])
    serving = left_open.known(_serving, servings, cells, printed)
    price = left_open.known(_price, cells)
    count = left_open.known(_count, servings, cells)
    pieces = None
    if serving is not None:
        pieces = left_open.known(_pieces, serving)
    servings_a_day = None
    if cells.get("per_day"):
        taken = left_open.known(_taken, servings, cells)
        if taken and pieces:
            servings_a_day = taken / pieces
    elif serving is not None:
        servings_a_day = Fraction(1)
    bought = None
    if count and pieces:
        bought = count / pieces
    if price is None:
        return _Package(None, None, bought, servings_a_day)
    return _Package(
        Fraction(price.amount),
        price.currency,
        bought,
        servings_a_day,
    )


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


def _pieces(serving: Serving) -> Fraction:
    if serving.pieces is None:
        text = quoted(serving.text)
        raise FigureError(f"how many pieces {text} is stays open; {_WRITE_IT}")
    return exact(serving.pieces)


def _taken(servings: Servings, cells: Mapping[str, str]) -> Fraction:
    """The pieces that are taken a day."""
    told = serving_of("per_day", cells["per_day"], servings)
    return exact(told.pieces or 0)


def _price(cells: Mapping[str, str]) -> Price:
    if not cells["price"]:
        raise FigureError("there is no price")
    return price_of(cells["price"])


def _count(servings: Servings, cells: Mapping[str, str]) -> Fraction:
    if not cells["count"]:
        raise FigureError("there is no count")
    return Fraction(count_of(cells["count"], servings))


def _rounded(figure: Fraction | None, digits: int) -> float | None:
    """A figure with so many digits behind the point; a small one with two that count."""
    if figure is None:
        return None
    if figure < Fraction(10, 10**digits):
        return float(f"{float(figure):.2g}")
    return float(round(figure, digits))
