"""The page of a shelf: which product costs least for what counts, then a line for each."""

from collections.abc import Iterator, Sequence
from typing import Any

from mgform.answers.foot import with_foot
from mgform.comparison import ranked
from mgform.page import Answer, Page, Row, cell, grid, row
from mgform.shelf.products import Product, currencies_of, ordered
from mgform.standing import milligrams
from mgform.table import Table
from mgform.words import count, listed, shown

_UNKNOWN = "?"
_LEAST_SHOWN = 0.001


def answer(table: Table, shelf: Sequence[Product]) -> Answer:
    """Products in their order: a page for people, and the data of each."""
    titles = (
        "Product",
        "Price of 100 mg",
        f"{table.nutrient.capitalize()} a day",
        "Forms",
    )
    named = {form_id for product in shelf for form_id in product.label.forms}
    forms = [form for form in table.forms if form.id in named]
    levels = ranked(table, forms) if forms and table.scales.in_use() else ""
    page = Page(
        answer=cell(*_sentences(table, shelf)),
        parts=(grid(map(_row, shelf), titles=titles), cell(levels)),
    )
    return Answer(
        with_foot(table, page),
        data=shelf,
        rows=[_record(product) for product in shelf],
    )


def _sentences(table: Table, shelf: Sequence[Product]) -> Iterator[str]:
    """Which product costs least, in each currency, and how many have no figure."""
    currencies = currencies_of(shelf)
    if not currencies:
        yield f"None of {count(len(shelf), 'product')} can be compared."
    cheapest_first = ordered(table, shelf, "price")
    for currency in currencies:
        prices = [
            product
            for product in cheapest_first
            if product.price_per_100mg is not None
        ]
        best = next(
            product for product in prices if product.currency == currency
        )
        costs = f"{shown(best.name)} costs least per 100 mg of {table.nutrient}"
        yield f"{costs}: {_money(best)}."
    if len(currencies) > 1:
        named = (
            f"in {code}" if code else "without a currency"
            for code in currencies
        )
        yield f"Prices {listed(named)} are not ranked together."
    unpriced = sum(product.price_per_100mg is None for product in shelf)
    if currencies and unpriced:
        have = "has" if unpriced == 1 else "have"
        yield f"{unpriced} of {len(shelf)} {have} no price for 100 mg."


def _row(product: Product) -> Row:
    """A product: its figures, "?" where there is none; its forms, and why there is none."""
    daily = _UNKNOWN
    if product.elemental_mg_per_day is not None:
        daily = milligrams(product.elemental_mg_per_day)
    return row(
        shown(product.name),
        cell(_money(product)),
        cell(daily),
        cell(_told(product)),
    )


def _told(product: Product) -> str:
    reading = product.label
    forms = ", ".join((*reading.forms, *reading.other_forms)) or "not named"
    figures = [possible.elemental_mg for possible in reversed(reading.readings)]
    both = [f"{mg:g}" for mg in figures if mg]
    if len(both) > 1:
        return f"{forms}: {' or '.join(both)} mg"
    return f"{forms}: {product.why}" if product.why else forms


def _money(product: Product) -> str:
    """What 100 mg cost, with the currency."""
    price = product.price_per_100mg
    if price is None:
        return _UNKNOWN
    figure = f"{price:.3f}" if price >= _LEAST_SHOWN else f"{price:.2g}"
    if product.currency is None:
        return figure
    if product.currency == "$":
        return f"${figure}"
    return f"{figure} {product.currency}"


def _record(product: Product) -> dict[str, Any]:
    """A product as cells: the label as it is typed, and what is read in it beside it."""
    reading = product.label
    return {
        "name": product.name,
        "label": reading.line,
        "elemental_mg_per_day": product.elemental_mg_per_day,
        "price_per_100mg": product.price_per_100mg,
        "currency": product.currency,
        "why": product.why,
        "line": product.line,
        "forms": reading.forms,
        "other_forms": reading.other_forms,
        "basis": reading.basis,
        "elemental_mg": reading.elemental_mg,
        "compound_mg": reading.compound_mg,
        "serving": reading.serving,
        "serving_pieces": reading.serving_pieces,
    }
