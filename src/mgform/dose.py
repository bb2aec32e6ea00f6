"""How much of the element is in an amount of a compound, and the other way round.

All amounts are milligrams, as decimals, so that nothing is lost to binary fractions. The formula is
mass of the element = mass of the compound x percentage by mass / 100.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mgform.errors import CallError
from mgform.hints import quoted
from mgform.model import Compound, Form, Table, UpperLevel
from mgform.names import Match

MOST = Decimal(100_000)

_AMOUNT = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*([a-z\u00b5\u03bc]*)\s*", re.IGNORECASE)
_UNITS = {
    "": Decimal(1),
    "mg": Decimal(1),
    "g": Decimal(1000),
    "mcg": Decimal("0.001"),
    "ug": Decimal("0.001"),
    "\u00b5g": Decimal("0.001"),
    "\u03bcg": Decimal("0.001"),
}
_HUNDRED = Decimal(100)


def milligrams(text: str) -> Decimal:
    """An amount as people write it: ``1000``, ``500mg``, ``1.5 g``, ``250 mcg``; mg without a unit.

    Raises:
        CallError: it is no amount, no unit that is known, zero, negative, or more than 100 g.

    """
    if text.strip().startswith(("-", "\u2212")):
        raise CallError(f"{quoted(text)} is negative; an amount is more than 0")
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise CallError(f"{quoted(text)} is no amount; write it as 1000, 500mg, 1.5g or 250mcg")
    number, unit = found.groups()
    if unit.lower() not in _UNITS:
        raise CallError(f"{quoted(unit)} is no unit that is known here; use mg, g or mcg")
    if len(number) > len("100000.123456789"):
        raise CallError(f"{quoted(text)} has more digits than an amount needs; write it as 1000, 500mg, 1.5g or 250mcg")
    amount = Decimal(number) * _UNITS[unit.lower()]
    if amount == 0:
        raise CallError(f"{quoted(text)} is nothing; an amount is more than 0")
    if amount > MOST:
        raise CallError(f"{quoted(text)} is more than 100 g, which no supplement holds; is the unit right?")
    return amount


def elemental(compound: Compound, amount: Decimal) -> Decimal:
    """The mass of the element in ``amount`` of a compound, both in mg."""
    return amount * _percent(compound) / _HUNDRED


def needed(compound: Compound, amount: Decimal) -> Decimal:
    """The mass of a compound that holds ``amount`` of the element, both in mg."""
    return amount * _HUNDRED / _percent(compound)


def _percent(compound: Compound) -> Decimal:
    return Decimal(str(compound.elemental_percent))


@dataclass(frozen=True)
class Range:
    """An amount of the element in mg: with the usual compounds, and with those that give least and most."""

    usual: Decimal
    least: Decimal
    most: Decimal

    def __add__(self, other: "Range") -> "Range":
        """The sum of two amounts that are taken together."""
        return Range(self.usual + other.usual, self.least + other.least, self.most + other.most)


@dataclass(frozen=True)
class Part:
    """An amount of one form, in mg of compound."""

    match: Match
    amount: Decimal

    @property
    def elemental(self) -> Range:
        """What the element in it comes to."""
        amounts = [elemental(compound, self.amount) for compound in self.match.form.compounds]
        return Range(amounts[0], min(amounts), max(amounts))


def parts(matches: Sequence[Match], amounts: Sequence[Decimal]) -> list[Part]:
    """Amounts of forms.

    Raises:
        CallError: the table names no compound of a form, so that nothing can be computed.

    """
    for match in matches:
        require_compounds(match.form)
    return [Part(match, amount) for match, amount in zip(matches, amounts, strict=True)]


def require_compounds(form: Form) -> None:
    """See to it that there is something to compute with.

    Raises:
        CallError: the table names no compound of the form.

    """
    if not form.compounds:
        raise CallError(f"the table names no compound of {form.id}, so its elemental amount cannot be computed")


def total(taken: Sequence[Part]) -> Range:
    """The element in all parts together."""
    first, *others = (part.elemental for part in taken)
    return sum(others, first)


class Standing(StrEnum):
    """How an amount stands to an upper level; it may depend on the compound."""

    BELOW = "below"
    AT = "at"
    ABOVE = "above"
    DEPENDS = "depends"


def standing(amount: Range, level: UpperLevel) -> Standing:
    """How an amount stands to an upper level, whichever compound is in the product."""
    limit = Decimal(str(level.mg))
    found = {_compared(each, limit) for each in (amount.usual, amount.least, amount.most)}
    return found.pop() if len(found) == 1 else Standing.DEPENDS


def _compared(amount: Decimal, limit: Decimal) -> Standing:
    if amount == limit:
        return Standing.AT
    return Standing.BELOW if amount < limit else Standing.ABOVE


@dataclass(frozen=True)
class Label:
    """A label's claim of elemental mg, held against what the compounds can hold.

    ``buffer`` and ``buffer_mg`` are the form that would explain a higher claim, and how much of it in
    the whole amount; None where none is needed or none would be enough.
    """

    claimed: Decimal
    most: Decimal
    buffer: Form | None = None
    buffer_mg: Decimal | None = None

    @property
    def can_be_true(self) -> bool:
        """Whether a compound that is sold under the name holds as much, rounding to 1 mg granted."""
        return self.claimed < self.most + 1


def label(table: Table, part: Part, claimed: Decimal) -> Label:
    """Whether a label's elemental figure can be true for an amount of a form.

    A product of ``amount`` mg, ``x`` of which is the buffer (b percent) and the rest the richest
    compound of the form (c percent), holds (x b + (amount - x) c) / 100. Solved for x.
    """
    most = part.elemental.most
    found = Label(claimed, most)
    buffer = next((form for form in table.forms if form.id == table.buffer), None)
    if found.can_be_true or buffer is None or buffer is part.match.form or not buffer.compounds:
        return found
    in_buffer = elemental(buffer.compounds[0], part.amount)
    if claimed > in_buffer:
        return found
    share = (claimed - most) / (in_buffer - most)
    return Label(claimed, most, buffer, share * part.amount)
