"""The page of a shelf: which product costs least for what counts, then a line for each."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import structs

from mgform.answers.foot import with_foot
from mgform.comparison import ranked
from mgform.page import Answer, Lengths, Page, Row, cell, grid, row
from mgform.said import on_bottles
from mgform.shelf.cheapest import sentences
from mgform.shelf.products import Bottle, Product
from mgform.shelf.told import daily_amount, price
from mgform.table import Table
from mgform.words import listed, shown

_UNKNOWN = "?"
_PURITY = "Real products contain a little less."
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
_BASES = ("elemental", "compound")
_FIGURES = ("elemental_mg_per_day", "price_per_100mg")


def answer(table: Table, shelf: Sequence[Bottle]) -> Answer:
    """Products in their order: a page for people, and the data of each."""
    nutrient = table.nutrient.capitalize()
    titles = (
        "Product",
        "Price of 100 mg",
        f"{nutrient} a day",
        "Forms",
    )
    rows = [_row(table, bottle.product) for bottle in shelf]
    products = grid(rows, titles=titles)
    page = Page(
        answer=cell(*sentences(table, shelf)),
        parts=(
            products,
            _remarks(table, shelf),
            Lengths((cell(_levels(table, shelf)), ())),
        ),
    )
    return Answer(
        page=lambda: with_foot(table, page),
        data=[bottle.product for bottle in shelf],
        rows=[_record(bottle.product) for bottle in shelf],
    )


def _remarks(table: Table, shelf: Sequence[Bottle]) -> Lengths:
    """Why products have no figure, and what figures mean, which goes short at last."""
    first = [*_reasons(shelf), _one_piece(shelf)]
    two_figures = _two_figures(table, shelf)
    of_real_products = two_figures and f"{two_figures} {_PURITY}"
    whole = cell(*first, of_real_products, _only_compound(shelf))
    short = cell(*first, two_figures)
    return Lengths((whole, whole, short))


def _reasons(shelf: Sequence[Bottle]) -> Iterator[str]:
    """Why products have no figure, each reason once."""
    names_by_reason: dict[str, list[str]] = {}
    for bottle in shelf:
        if bottle.missing:
            reason = "; ".join(each.rstrip(".") for each in bottle.missing)
            names = names_by_reason.setdefault(reason, [])
            names.append(shown(bottle.product.name))
    for reason, names in names_by_reason.items():
        yield f"{listed(names)}: {reason}."


def _one_piece(shelf: Sequence[Bottle]) -> str:
    """That some amounts count as those of one piece, since nothing tells of how many they are."""
    for bottle in shelf:
        if _has_figure(bottle) and not bottle.is_serving_told:
            return "Where no serving is told, the amount counts as that of one piece."
    return ""


def _two_figures(table: Table, shelf: Sequence[Bottle]) -> str:
    """What two figures are, where a label has two readings."""
    for bottle in shelf:
        if _has_figure(bottle) and len(bottle.product.readings) > 1:
            first = f"if the label's amount is {table.nutrient}"
            return f"Two figures: {first}, or if it is pure compound."
    return ""


def _only_compound(shelf: Sequence[Bottle]) -> str:
    """What "at least" means, where a label gives only the weight of a compound."""
    for bottle in shelf:
        if _has_figure(bottle) and len(bottle.product.readings) == 1:
            return "At least, at most: the label gives only the weight of the compound."
    return ""


def _has_figure(bottle: Bottle) -> bool:
    return bool(price(bottle.product) or daily_amount(bottle.product))


def _levels(table: Table, shelf: Sequence[Bottle]) -> str:
    """The levels of the forms that the products name, on the first scale."""
    named: set[str] = set()
    for bottle in shelf:
        named.update(bottle.product.label.forms)
    forms = [form for form in table.forms if form.id in named]
    if not forms or not table.scales.in_use():
        return ""
    return ranked(table, forms)


def _row(table: Table, product: Product) -> Row:
    """A product: its figures, "?" where there is none, and its forms."""
    return row(
        shown(product.name),
        cell(price(product) or _UNKNOWN),
        cell(daily_amount(product) or _UNKNOWN),
        cell(_forms(table, product)),
    )


def _forms(table: Table, product: Product) -> str:
    names = []
    for form in table.forms:
        if form.id in product.label.forms:
            names.append(on_bottles(form))
    return ", ".join([*names, *product.label.other_forms]) or "not named"


def _record(product: Product) -> dict[str, Any]:
    """A product as cells: the label as it is typed, and what is read in it beside it."""
    record = structs.asdict(product)
    record["label"] = product.label.line
    del record["readings"]
    for field in _READ:
        record[field] = getattr(product.label, field)
    meanings = {meaning.basis: meaning for meaning in product.readings}
    for basis in _BASES:
        meaning = meanings.get(basis)
        for field in _FIGURES:
            figure = getattr(meaning, field, None)
            record[f"{field}_if_{basis}"] = figure
    return record
