"""Which product is named as the cheapest: one that is dearer by no reading of any label."""

import re
from fractions import Fraction
from itertools import product as combinations
from typing import NamedTuple

from hypothesis import example, given, settings, strategies as st

from tests.conftest import call

HEADER = "name,label,price,count,serving"
LABELS = {
    "sure": "Magnesium (as citrate) {mg} mg",
    "either": "Magnesium Glycinate {mg} mg",
    "buffered": "Buffered magnesium glycinate {mg} mg",
    "compound": "Magnesium (from {mg} mg magnesium malate)",
    "no amount": "Magnesium malate",
    "free": "Magnesium (as citrate) {mg} mg",
}
# The magnesium in 100 mg of these compounds.
GLYCINATE = Fraction("14.1")
MALATE = Fraction("15.54")
# How many times as much 100 mg cost in a compound that holds less than its formula says.
IMPURE = (1, Fraction(11, 10), 10**9)


class Sold(NamedTuple):
    """A product that is made up: its label has one of the LABELS, and a serving is some pieces."""

    kind: str
    mg: int
    cents: int
    bought: int = 60
    pieces: int = 1
    currency: str = ""


PRODUCTS = st.builds(
    Sold,
    kind=st.sampled_from([*LABELS]),
    mg=st.sampled_from([50, 100, 150, 400, 1000]),
    cents=st.sampled_from([500, 1000, 1001, 1500, 7500]),
    bought=st.sampled_from([30, 60, 70, 90]),
    pieces=st.sampled_from([1, 2, 3]),
    currency=st.sampled_from(["", "", "€"]),
)


def row(name: str, sold: Sold) -> str:
    label = LABELS[sold.kind].format(mg=sold.mg)
    price = f"{sold.currency}{sold.cents / 100:.2f}"
    if sold.kind == "free":
        price = "0.00"
    return f"{name},{label},{price},{sold.bought},{sold.pieces}"


def possible_costs(sold: Sold) -> list[Fraction]:
    """What 100 mg may cost, in cents, whatever the label means; nothing where that is not known."""
    servings = Fraction(sold.bought, sold.pieces)
    of_figure = 100 * sold.cents / (sold.mg * servings)
    pure_glycinate = of_figure * 100 / GLYCINATE
    pure_malate = of_figure * 100 / MALATE
    costs = {
        "sure": [of_figure],
        "either": [of_figure, *times(pure_glycinate)],
        "buffered": [of_figure, *times(of_figure)],
        "compound": times(pure_malate),
    }
    return costs.get(sold.kind, [])


def times(cost: Fraction) -> list[Fraction]:
    return [cost * factor for factor in IMPURE]


def answer(shelf: list[Sold]) -> str:
    """The sentences before the table, in one line; the products are called P0, P1 and so on."""
    rows = [row(f"P{number}", sold) for number, sold in enumerate(shelf)]
    text = "\n".join([HEADER, *rows])
    done = call("products", "-", stdin=text, COLUMNS="80")
    assert (done.status, done.stderr) == (0, "")
    before, _, _ = done.stdout.partition("\n\n")
    return " ".join(before.split())


def named(pattern: str, sentences: str) -> list[set[str]]:
    """The products that each sentence of some wording names."""
    found = re.findall(pattern, sentences)
    return [set(re.findall(r"P\d", names)) for names in found]


SURE = (
    r"the cheapest per 100 mg of magnesium (?:is|are) ([^:.]*), at ",
    r"The cheapest per 100 mg of magnesium (?:is|are) ([^:.]*), at ",
    r"price of 100 mg of magnesium in (P\d) is (?!not)",
)
POSSIBLE = (
    r"[Tt]he cheapest per 100 mg of magnesium is ([^:.]*):",
    r"depends on how much magnesium is in ([^.]*\.(?: The cheapest of the others [^.]*, at)?)",
)


def cheapest(shelf: dict[str, list[Fraction]]) -> tuple[set[str], set[str]]:
    """Which products are never beaten, and which are not always beaten, of all that labels mean."""
    never = set(shelf)
    sometimes = set()
    for costs in combinations(*shelf.values()):
        lowest = min(costs)
        first = {
            name
            for name, cost in zip(shelf, costs, strict=True)
            if cost == lowest
        }
        never &= first
        sometimes |= first
    return never, sometimes


@settings(max_examples=150)
@given(st.lists(PRODUCTS, min_size=1, max_size=4))
@example([Sold("sure", 100, 600), Sold("sure", 200, 1200)])
@example([Sold("sure", 100, 600), Sold("either", 200, 1200)])
@example([Sold("sure", 100, 600), Sold("compound", 1000, 600)])
@example([Sold("either", 100, 600), Sold("either", 1000, 100)])
@example([Sold("either", 100 * number, 600) for number in (1, 2, 3, 4)])
@example([Sold("sure", 100, 600), Sold("free", 100, 600)])
def test_what_is_named_costs_least_whatever_the_labels_mean(
    shelf: list[Sold],
) -> None:
    sentences = answer(shelf)
    told_sure = [names for each in SURE for names in named(each, sentences)]
    told_possible = [
        names for each in POSSIBLE for names in named(each, sentences)
    ]
    for currency in ("", "€"):
        costs = {}
        for number, sold in enumerate(shelf):
            if sold.currency == currency and possible_costs(sold):
                costs[f"P{number}"] = possible_costs(sold)
        if not costs:
            continue
        never_beaten, sometimes_first = cheapest(costs)
        if never_beaten == sometimes_first:
            told_sure.remove(never_beaten)
        else:
            told_possible.remove(sometimes_first)
    assert not told_sure
    assert not told_possible


@given(st.lists(PRODUCTS, min_size=2, max_size=4))
def test_what_has_no_price_may_be_cheaper_and_is_counted(
    shelf: list[Sold],
) -> None:
    sentences = answer(shelf)
    unpriced = sum(not possible_costs(sold) for sold in shelf)
    if unpriced == len(shelf):
        assert sentences == f"None of {len(shelf)} products can be compared."
    elif unpriced:
        have = "has" if unpriced == 1 else "have"
        assert sentences.endswith(
            f" {unpriced} of {len(shelf)} {have} no price for 100 mg, and may be cheaper."
        )
        assert "The cheapest per" not in sentences
    else:
        assert "may be cheaper" not in sentences


def sentences_of(*rows: str) -> str:
    text = "\n".join(["name,label,price,count", *rows])
    done = call("products", "-", stdin=text, COLUMNS="200")
    before, _, _ = done.stdout.partition("\n\n")
    return before


def test_two_that_may_be_the_cheapest_stand_with_what_they_depend_on() -> None:
    assert sentences_of(
        "Citrate Plus,Magnesium (as citrate) 100 mg,5.10 EUR,60",
        "Glycinate Gold,Magnesium Glycinate 1000 mg,16.80 EUR,60",
        "Oxide,Magnesium (as oxide) 100 mg,9.00 EUR,60",
    ) == (
        "The cheapest per 100 mg of magnesium is Citrate Plus or Glycinate Gold:\n"
        "Citrate Plus: 0.085 EUR.\n"
        "Glycinate Gold: 0.028 EUR if its 1000 mg is magnesium, at least 0.199 EUR if compound."
    )


def test_three_that_may_be_the_cheapest_stand_with_their_prices() -> None:
    weighed = "C,Magnesium (from 1000 mg magnesium malate),6,60"
    sure = "A,Magnesium 50 mg,6,60"
    open_label = "D,Magnesium malate 900 mg,6,60"
    assert sentences_of(sure, weighed, open_label) == (
        "The cheapest per 100 mg of magnesium is A, D or C:\n"
        "A: 0.200.\n"
        "D: 0.011 if its 900 mg is magnesium, at least 0.071 if compound.\n"
        "C: at least 0.064, as its 1000 mg is compound."
    )


def test_many_that_may_be_the_cheapest_are_named_in_one_sentence() -> None:
    rows = [f"G{n},Magnesium Glycinate {n}00 mg,6,60" for n in (1, 2, 3, 4, 5)]
    depends = (
        "Which is the cheapest per 100 mg depends on how much magnesium is in "
        "G5, G4, G3 and 2 more."
    )
    assert sentences_of(*rows) == depends
    sure = "A,Magnesium 100 mg,6,60"
    assert sentences_of(*rows, sure) == (
        f"{depends}\nThe cheapest of the others is A, at 0.100."
    )
    assert sentences_of(*rows, sure, "B,Magnesium 200 mg,12,60") == (
        f"{depends}\nThe cheapest of the others are A and B, at 0.100 each."
    )
    assert sentences_of(*rows, sure, "B,Magnesium,12,60") == (
        f"Of those that can be compared, w{depends[1:]}\n"
        "The cheapest of the others is A, at 0.100.\n"
        "1 of 7 has no price for 100 mg, and may be cheaper."
    )


def test_one_that_may_be_as_cheap_is_named_too() -> None:
    """It ties with the other only if its label means magnesium."""
    assert sentences_of(
        "A,Magnesium 200 mg,12,60", "C,Magnesium glycinate 200 mg,12,60"
    ) == (
        "The cheapest per 100 mg of magnesium is A or C:\n"
        "A: 0.100.\n"
        "C: 0.100 if its 200 mg is magnesium, at least 0.709 if compound."
    )


def test_products_of_one_price_are_all_the_cheapest() -> None:
    """A third of a cent is not rounded before it is compared."""
    rows = ["A,Magnesium 300 mg,7,70", "B,Magnesium 150 mg,3,60"]
    dearer = "C,Magnesium 300 mg,7.01,70"
    assert sentences_of(*rows, dearer) == (
        "The cheapest per 100 mg of magnesium are A and B, at 0.033 each."
    )
    assert sentences_of(rows[0], dearer) == (
        "The cheapest per 100 mg of magnesium is A, at 0.033."
    )


def test_prices_that_look_alike_are_ranked_by_what_they_are() -> None:
    """In four digits both are 0.0001."""
    rows = ["A,Magnesium 1000 mg,0.07,60", "B,Magnesium 1000 mg,0.04,60"]
    assert "is B, at 0.000067." in sentences_of(*rows)


def test_one_product_is_told_without_comparing_it() -> None:
    price = "The price of 100 mg of magnesium in A is"
    assert sentences_of("A,Magnesium 100 mg,6,60") == f"{price} 0.100."
    assert sentences_of("A,Magnesium glycinate 100 mg,6,60") == (
        f"{price} 0.100 if its 100 mg is magnesium, at least 0.709 if compound."
    )
    assert sentences_of("A,Buffered magnesium glycinate 100 mg,6,60") == (
        f"{price} 0.100 if its 100 mg is magnesium, more if compound."
    )
    assert sentences_of("A,Magnesium (from 100 mg magnesium malate),6,60") == (
        f"{price} at least 0.643, as its 100 mg is compound."
    )
    assert sentences_of("A,Magnesium 100 mg,0,60") == f"{price} not known."


def test_each_currency_has_its_own_cheapest() -> None:
    assert sentences_of(
        "A,Magnesium 100 mg,6,60",
        "B,Magnesium 100 mg,5,60",
        "C,Magnesium glycinate 500 mg,€1,60",
    ) == (
        "Of those without a currency, the cheapest per 100 mg of magnesium is B, at 0.083.\n"
        "The price of 100 mg of magnesium in C is "
        "0.003 EUR if its 500 mg is magnesium, at least 0.024 EUR if compound.\n"
        "Prices without a currency and in EUR are not ranked together."
    )
