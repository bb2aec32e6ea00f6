"""The page of a shelf: which product costs least for what counts, then a line for each."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from msgspec import structs

from mgform.answers.foot import with_foot
from mgform.comparison import ranked
from mgform.page import Answer, Page, Row, cell, grid, row
from mgform.said import on_bottles
from mgform.shelf.products import Product, cheapest_of
from mgform.standing import milligrams
from mgform.table import Table
from mgform.words import count, listed, shown

_UNKNOWN = "?"
_LEAST_SHOWN = 0.001
_READ = (
    "forms",
    "other_forms",
    "basis",
    "elemental_mg",
    "compound_mg",
    "serving",
    "serving_pieces",
)
"""What is read in a label and has a column of its own."""


def answer(table: Table, shelf: Sequence[Product]) -> Answer:
    """Products in their order: a page for people, and the data of each."""
    nutrient = table.nutrient.capitalize()
    titles = (
        "Product",
        "Price of 100 mg",
        f"{nutrient} a day",
        "Forms",
    )
    rows = [_row(table, product) for product in shelf]
    products = grid(rows, titles=titles)
    page = Page(
        answer=cell(*_prices(table, shelf), _unpriced(shelf)),
        parts=(
            products,
            cell(*_unsaid(table, shelf)),
            cell(_levels(table, shelf)),
        ),
    )
    return Answer(
        page=lambda: with_foot(table, page),
        data=shelf,
        rows=[_record(product) for product in shelf],
    )


def _prices(table: Table, shelf: Sequence[Product]) -> Iterator[str]:
    """Which product costs least, in each currency."""
    cheapest = cheapest_of(shelf)
    if not cheapest:
        yield f"None of {count(len(shelf), 'product')} can be compared."
    # A product without a figure may cost less.
    is_whole = all(product.price_per_100mg is not None for product in shelf)
    among = "" if is_whole else "Of those with a figure, "
    for product in cheapest:
        name = shown(product.name)
        money = _money(product)
        per = f"per 100 mg of {table.nutrient}"
        yield f"{among}{name} costs least {per}: {money}."
    if len(cheapest) > 1:
        currencies = listed(map(_in_currency, cheapest))
        yield f"Prices {currencies} are not ranked together."


def _in_currency(product: Product) -> str:
    if product.currency is None:
        return "without a currency"
    return f"in {product.currency}"


def _unpriced(shelf: Sequence[Product]) -> str:
    """How many products have no price for 100 mg, where others have one."""
    unpriced = 0
    for product in shelf:
        if product.price_per_100mg is None:
            unpriced += 1
    if unpriced in (0, len(shelf)):
        return ""
    have = "has" if unpriced == 1 else "have"
    number = f"{unpriced} of {len(shelf)}"
    return f"{number} {have} no price for 100 mg, and may cost less."


def _unsaid(table: Table, shelf: Sequence[Product]) -> Iterator[str]:
    """Which labels do not say what their figure weighs."""
    for product in shelf:
        reading = product.label
        if product.elemental_mg_per_day is None and len(reading.readings) > 1:
            figure = milligrams(reading.compound_mg or 0)
            what = f"{figure} is {table.nutrient} or compound"
            yield f"{shown(product.name)}: the label does not say whether {what}."


def _levels(table: Table, shelf: Sequence[Product]) -> str:
    """The levels of the forms that the products name, on the first scale."""
    named: set[str] = set()
    for product in shelf:
        named.update(product.label.forms)
    forms = [form for form in table.forms if form.id in named]
    if not forms or not table.scales.in_use():
        return ""
    return ranked(table, forms)


def _row(table: Table, product: Product) -> Row:
    """A product: its figures, "?" where there is none; its forms, and why there is none."""
    daily = _UNKNOWN
    if product.elemental_mg_per_day is not None:
        daily = milligrams(product.elemental_mg_per_day)
    return row(
        shown(product.name),
        cell(_money(product)),
        cell(daily),
        cell(_told(table, product)),
    )


def _told(table: Table, product: Product) -> str:
    """The forms of a product; both readings of its figure, or why it has none."""
    reading = product.label
    names = []
    for form in table.forms:
        if form.id in reading.forms:
            names.append(on_bottles(form))
    forms = ", ".join([*names, *reading.other_forms]) or "not named"
    figures = []
    for possible in reversed(reading.readings):
        if possible.elemental_mg:
            figures.append(f"{possible.elemental_mg:g}")
    if len(figures) > 1:
        both = " or ".join(figures)
        return f"{forms}: {both} mg"
    if product.why:
        return f"{forms}: {product.why}"
    return forms


def _money(product: Product) -> str:
    """What 100 mg cost, with the currency."""
    price = product.price_per_100mg
    if price is None:
        return _UNKNOWN
    figure = f"{price:.3f}"
    if price < _LEAST_SHOWN:
        # Two digits, and no exponent.
        figure = f"{Decimal(f'{price:.2g}'):f}"
    if product.currency is None:
        return figure
    if product.currency == "$":
        return f"${figure}"
    return f"{figure} {product.currency}"


def _record(product: Product) -> dict[str, Any]:
    """A product as cells: the label as it is typed, and what is read in it beside it."""
    record = structs.asdict(product)
    record["label"] = product.label.line
    for field in _READ:
        record[field] = getattr(product.label, field)
    return record
