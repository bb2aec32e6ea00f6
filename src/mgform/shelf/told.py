"""The figures of a product as people read them; each that its label leaves possible."""

from collections.abc import Sequence
from decimal import Decimal

from mgform.shelf.products import Product
from mgform.standing import milligrams

_LEAST_SHOWN = 0.001


def price(product: Product) -> str | None:
    """What 100 mg cost: "$0.016", "$0.080 or $0.567"; None where that is not known."""
    if product.price_per_100mg is not None:
        return _money(product.price_per_100mg, product.currency)
    return _possible(_prices(product), "at least", "more")


def daily_amount(product: Product) -> str | None:
    """What a day gives of the nutrient: "250 mg", "500 or 70.5 mg"; None where it is not known."""
    if product.elemental_mg_per_day is not None:
        return milligrams(product.elemental_mg_per_day)
    amounts = []
    for meaning in product.readings:
        mg = meaning.elemental_mg_per_day
        amounts.append(None if mg is None else milligrams(mg))
    return _possible(amounts, "at most", "less")


def price_and_why(product: Product, nutrient: str) -> str:
    """What 100 mg cost, with what a label must mean for each price."""
    if product.price_per_100mg is not None:
        return _money(product.price_per_100mg, product.currency)
    figure = milligrams(product.label.compound_mg or 0)
    *as_nutrient, as_compound = _prices(product)
    if not as_nutrient:
        return f"at least {as_compound}, as its {figure} is compound"
    held = "more"
    if as_compound is not None:
        held = f"at least {as_compound}"
    return f"{as_nutrient[0]} if its {figure} is {nutrient}, {held} if compound"


def _prices(product: Product) -> list[str | None]:
    """What 100 mg cost by each reading of a label."""
    prices: list[str | None] = []
    for meaning in product.readings:
        cost = meaning.price_per_100mg
        prices.append(None if cost is None else _money(cost, product.currency))
    return prices


def _possible(
    figures: Sequence[str | None],
    bound: str,
    beyond: str,
) -> str | None:
    """The figures by each reading; if there is one reading, it is that of a compound."""
    known = [figure for figure in figures if figure is not None]
    if not known:
        return None
    if len(figures) == 1:
        return f"{bound} {known[0]}"
    if len(known) == 1:
        return f"{known[0]} or {beyond}"
    first, second = known
    # Of "$0.080" nothing is cut: its sign stands before it.
    unit = second.rpartition(" ")[-1]
    return f"{first.removesuffix(f' {unit}')} or {second}"


def _money(amount: float, currency: str | None) -> str:
    """An amount of money with its currency."""
    figure = f"{amount:.3f}"
    if amount < _LEAST_SHOWN:
        # Two digits, and no exponent.
        figure = f"{Decimal(f'{amount:.2g}'):f}"
    if currency is None:
        return figure
    if currency == "$":
        return f"${figure}"
    return f"{figure} {currency}"
