"""Products in an order, and which of them can cost least."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from mgform.shelf.products import Bottle
from mgform.table import Table
from mgform.words import one_of


class Contest(NamedTuple):
    """Which products of one currency can cost least for 100 mg of the nutrient.

    ``cheapest`` are those of one price that cost least of these, ``rivals`` those that leave more
    than one price and may cost as little. ``priced`` is how many of the currency have a price.
    """

    currency: str | None
    cheapest: list[Bottle]
    rivals: list[Bottle]
    priced: int


def sorts(table: Table) -> tuple[str, ...]:
    """The names of what products can be sorted by."""
    return ("price", table.nutrient, "name")


def ordered(
    table: Table,
    shelf: Sequence[Bottle],
    by: str,
) -> list[Bottle]:
    """Products from the cheapest on, or by another field.

    First stand those with one figure, then those whose label leaves more, by the least price or the
    most of the nutrient that they may have, and last those with none. Prices in several currencies
    are not ranked together: those of each stand together. Raises a CallError for an unknown field.
    """
    field = one_of("field to sort by", by, sorts(table))
    if field == "price":
        return _by_price(shelf)
    if field == "name":
        return sorted(shelf, key=lambda bottle: bottle.product.name.casefold())
    return sorted(shelf, key=_most_first)


def contests(shelf: Iterable[Bottle]) -> list[Contest]:
    """Which products can cost least, in each currency."""
    found = []
    for currency, priced in _by_currency(shelf).items():
        sure = [bottle for bottle in priced if bottle.is_sure]
        is_open = [bottle for bottle in priced if not bottle.is_sure]
        lowest = min(map(_cost, sure), default=None)
        contest = Contest(
            currency,
            cheapest=[bottle for bottle in sure if _cost(bottle) == lowest],
            rivals=_up_to(lowest, is_open),
            priced=len(priced),
        )
        found.append(contest)
    return found


def _up_to(lowest: Fraction | None, is_open: list[Bottle]) -> list[Bottle]:
    """Those that may cost no more than the lowest price that is sure; without one, all of them."""
    if lowest is None:
        return is_open
    return [bottle for bottle in is_open if _cost(bottle) <= lowest]


def _by_price(shelf: Sequence[Bottle]) -> list[Bottle]:
    ranked = []
    for priced in _by_currency(shelf).values():
        ranked += sorted(priced, key=_cheapest_first)
    unpriced = [bottle for bottle in shelf if bottle.least_cost is None]
    return ranked + unpriced


def _by_currency(shelf: Iterable[Bottle]) -> dict[str | None, list[Bottle]]:
    """The products with a price by its currency, which stand in the order of the shelf."""
    priced: dict[str | None, list[Bottle]] = {}
    for bottle in shelf:
        if bottle.least_cost is not None:
            priced.setdefault(bottle.product.currency, []).append(bottle)
    return priced


def _cost(bottle: Bottle) -> Fraction:
    return bottle.least_cost or Fraction(0)


def _cheapest_first(bottle: Bottle) -> tuple[bool, Fraction]:
    return not bottle.is_sure, _cost(bottle)


def _most_first(bottle: Bottle) -> tuple[bool, bool, float]:
    """Where a product stands by what it gives a day: sure ones, open ones, those without."""
    product = bottle.product
    amounts = [product.elemental_mg_per_day]
    for meaning in product.readings:
        amounts.append(meaning.elemental_mg_per_day)
    most = max(filter(None, amounts), default=0)
    return not most, product.elemental_mg_per_day is None, -most
