"""The sentences that say which product is the cheapest, or on whose label that depends."""

from collections.abc import Iterator, Sequence

from mgform.shelf.products import Bottle
from mgform.shelf.ranking import Contest, contests
from mgform.shelf.told import price_and_why
from mgform.table import Table
from mgform.words import count, listed, shown

_MOST_NAMED = 3


def sentences(table: Table, shelf: Sequence[Bottle]) -> Iterator[str]:
    """Which product is the cheapest in each currency, and which are not compared."""
    told = contests(shelf)
    if not told:
        yield _none(table, shelf)
        return
    unpriced = [bottle for bottle in shelf if bottle.least_cost is None]
    for contest in told:
        among = _among(
            contest,
            is_one_of_several=len(told) > 1,
            is_whole=not unpriced,
        )
        yield from _of_currency(table, contest, among)
    if len(told) > 1:
        currencies = listed(map(_in_currency, told))
        yield f"Prices {currencies} are not ranked together."
    if unpriced:
        have = "has" if len(unpriced) == 1 else "have"
        number = f"{len(unpriced)} of {len(shelf)}"
        yield f"{number} {have} no price for 100 mg, and may be cheaper."


def _none(table: Table, shelf: Sequence[Bottle]) -> str:
    if len(shelf) == 1:
        what = f"100 mg of {table.nutrient} in {_name(shelf[0])}"
        return f"The price of {what} is not known."
    return f"None of {count(len(shelf), 'product')} can be compared."


def _among(
    contest: Contest,
    *,
    is_one_of_several: bool,
    is_whole: bool,
) -> str:
    """Among which products one is the cheapest; nothing where that is all of them."""
    among = ""
    if is_one_of_several:
        among = f" {_in_currency(contest)}"
    if not is_whole:
        among = f"{among} that can be compared"
    return f"Of those{among}, " if among else ""


def _of_currency(
    table: Table,
    contest: Contest,
    among: str,
) -> Iterator[str]:
    """Which product of a currency is the cheapest, or which ones may be that."""
    possible = [*contest.cheapest, *contest.rivals]
    per = f"per 100 mg of {table.nutrient}"
    if contest.priced == 1:
        yield _only(table, possible[0])
    elif not contest.rivals:
        known = _known(table, contest.cheapest)
        yield _sentence(among, f"the cheapest {per} {known}.")
    elif len(possible) <= _MOST_NAMED:
        names = listed(map(_name, possible), "or")
        yield _sentence(among, f"the cheapest {per} is {names}:")
        for bottle in possible:
            yield f"{_name(bottle)}: {_price(table, bottle)}."
    else:
        depends = f"depends on how much {table.nutrient} is in"
        names = _few(contest.rivals)
        yield _sentence(
            among, f"which is the cheapest per 100 mg {depends} {names}."
        )
        if contest.cheapest:
            known = _known(table, contest.cheapest)
            yield f"The cheapest of the others {known}."


def _sentence(among: str, clause: str) -> str:
    if among:
        return f"{among}{clause}"
    return f"{clause[:1].upper()}{clause[1:]}"


def _only(table: Table, bottle: Bottle) -> str:
    """The price of what is the only one in its currency."""
    what = f"100 mg of {table.nutrient} in {_name(bottle)}"
    return f"The price of {what} is {_price(table, bottle)}."


def _known(table: Table, cheapest: Sequence[Bottle]) -> str:
    """Products of one price, and the price: "is A, at $0.016", "are A and B, at $0.016 each"."""
    price = _price(table, cheapest[0])
    if len(cheapest) == 1:
        return f"is {_name(cheapest[0])}, at {price}"
    return f"are {_few(cheapest)}, at {price} each"


def _few(bottles: Sequence[Bottle]) -> str:
    """The names of some products or, where there are many, of the first."""
    names = list(map(_name, bottles))
    more = len(names) - _MOST_NAMED
    if more > 1:
        names = [*names[:_MOST_NAMED], f"{more} more"]
    return listed(names)


def _name(bottle: Bottle) -> str:
    return shown(bottle.product.name)


def _price(table: Table, bottle: Bottle) -> str:
    return price_and_why(bottle.product, table.nutrient)


def _in_currency(contest: Contest) -> str:
    if contest.currency is None:
        return "without a currency"
    return f"in {contest.currency}"
