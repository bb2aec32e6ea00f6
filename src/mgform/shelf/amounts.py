"""How much of the nutrient a label says, or may say by one of its readings."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from mgform.label.reading import Reading
from mgform.said import prints_more
from mgform.shelf.figures import FigureError
from mgform.standing import milligrams
from mgform.table import Table


class Amount(NamedTuple):
    """The mg of the nutrient by one reading of a label: "elemental" or "compound".

    Of a compound it is the most that it can hold, or None where that is not known.
    """

    basis: str
    mg: Fraction | None


def exact(number: float) -> Fraction:
    """A number that was read, as it is written: 0.1 is a tenth."""
    return Fraction(str(number))


def sure_mg(reading: Reading) -> Fraction:
    """The mg of the nutrient that a label says.

    Raises a FigureError where the label leaves them open, says 0, or cannot be true.
    """
    mg = reading.elemental_mg
    if mg is None:
        raise FigureError(_why_open(reading))
    if mg == 0:
        raise FigureError("the label says 0 mg")
    if reading.can_be_true == "no":
        weight = milligrams(reading.compound_mg or 0)
        raise FigureError(f"no compound can hold {milligrams(mg)} in {weight}")
    return exact(mg)


def _why_open(reading: Reading) -> str:
    is_open_number = reading.basis in ("elemental", "both")
    if is_open_number and reading.unknown:
        return reading.unknown[0]
    return reading.because


def possible_amounts(table: Table, reading: Reading) -> list[Amount]:
    """The amounts that a label may mean whose figure may be compound; none where it is sure.

    Where two weights contradict each other, either may be wrong, and there are more.
    """
    if reading.rule == "impossible":
        return []
    amounts = []
    for possible in reading.readings:
        mg = None
        if possible.elemental_mg:
            mg = exact(possible.elemental_mg)
        if mg and possible.basis == "compound":
            mg *= _richness(table, reading)
        amounts.append(Amount(possible.basis, mg))
    if any(amount.mg for amount in amounts):
        return amounts
    return []


def _richness(table: Table, reading: Reading) -> Fraction:
    """How many times what its formula says a compound of a label may hold.

    It is 1, but where a source prints more than the formula gives.
    """
    return max(_times_the_formula(table, reading), default=Fraction(1))


def _times_the_formula(table: Table, reading: Reading) -> Iterator[Fraction]:
    for form in table.forms:
        for compound in form.compounds:
            computed = compound.elemental_percent
            most = compound.printed_percent_most
            is_named = compound.name in reading.compounds
            if is_named and computed and most and prints_more(compound):
                yield exact(most) / exact(computed)
