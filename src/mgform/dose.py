"""Amounts: how much of the nutrient is in a weight of compound, and how that stands to the upper levels.

All amounts are decimals in mg. Formula: nutrient = compound x percentage by weight / 100.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from mgform.names import Match, Names
from mgform.table import Compound, Form, Statement, Table, UpperLevel
from mgform.words import CallError, quoted

_MOST = Decimal(100_000)
_MOST_TIMES = 100
_UNITS = {"": Decimal(1), "mg": Decimal(1), "g": Decimal(1000), "mcg": Decimal("0.001"), "ug": Decimal("0.001")}
_AMOUNT = re.compile(r"(\d{1,9}(?:[.,]\d{1,6})?)(mg|mcg|[uµμ]g|g|)(?:[x\u00d7*](\d{1,3}))?", re.IGNORECASE)
_TWO_MEANINGS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}(?!\d)")


class Standing(StrEnum):
    """How an amount stands to an upper level; it may depend on the compound."""

    BELOW = "below"
    AT = "at"
    ABOVE = "above"
    DEPENDS = "depends"


class Limit(Struct, frozen=True):
    """An upper level in mg a day, and how an amount stands to it."""

    region: str
    mg: float
    standing: Standing
    source: str


class Range(Struct, frozen=True):
    """mg of the nutrient: with the compound that holds least, the usual one, and the one that holds most."""

    least: float
    usual: float
    most: float


class Weighed(Struct, frozen=True, kw_only=True):
    """A compound, and mg of the nutrient and of the compound that go together."""

    name: str
    formula: str
    elemental_percent: float
    elemental_mg: float
    compound_mg: float


class Part(Struct, frozen=True, kw_only=True):
    """An amount of one form; ``compounds`` are the salts that may be meant, each with both weights."""

    form: str
    name: str
    asked_as: str
    matched: str
    compounds: tuple[Weighed, ...]


class Reading(Struct, frozen=True, kw_only=True):
    """One reading of an amount: what it holds of the nutrient, and how that stands to the upper levels."""

    elemental_mg: Range
    limits: tuple[Limit, ...]


class Dose(Struct, frozen=True, kw_only=True):
    """What amounts hold.

    ``amount_mg`` is the sum of what was typed. ``as_compound`` takes it for weights of compound, which is how
    mgform takes it; ``as_elemental`` says what it would be if it were the nutrient itself.
    """

    parts: tuple[Part, ...]
    amount_mg: float
    as_compound: Reading | None
    as_elemental: Reading
    upper_levels: tuple[UpperLevel, ...]
    upper_levels_caution: Statement | None


class Amount(NamedTuple):
    """An amount as it was typed: mg each time, and how many times."""

    mg: Decimal
    times: int

    @property
    def total(self) -> Decimal:
        """All of it, in mg."""
        return self.mg * self.times


def amount(text: str) -> Amount:
    """An amount such as ``1000``, ``500mg``, ``1.5g`` or ``500x3``; mg where no unit stands there.

    Raises:
        CallError: the text is no amount, may mean two amounts, is nothing, or more than 100 g.

    """
    compact = "".join(text.split())
    found = _AMOUNT.fullmatch(compact)
    if found is None:
        raise CallError(
            f"{quoted(text)} is no amount; write mg as in 1000, 500mg, 1.5g, 250mcg or 500x3 (three capsules)"
        )
    number, unit, times = found[1], found[2].lower().replace("µ", "u").replace("μ", "u"), int(found[3] or 1)
    if _TWO_MEANINGS.match(number):
        whole, part = re.split("[.,]", number)
        small = f"{whole}.{part}".rstrip("0").rstrip(".")
        raise CallError(f"{quoted(text)} can mean {whole}{part} or {small}; write {whole}{part} or {small}")
    mg = Decimal(number.replace(",", ".")) * _UNITS[unit]
    if mg == 0 or times == 0:
        raise CallError(f"{quoted(text)} is nothing; an amount is more than 0")
    if mg * times > _MOST or times > _MOST_TIMES:
        raise CallError(f"{quoted(text)} is more than 100 g or 100 capsules, which nobody takes; is the unit right?")
    return Amount(mg, times)


def elemental(compound: Compound, mg: Decimal) -> Decimal:
    """The nutrient in ``mg`` of a compound."""
    return mg * Decimal(str(compound.elemental_percent)) / 100


def needed(compound: Compound, mg: Decimal) -> Decimal:
    """The weight of a compound that holds ``mg`` of the nutrient."""
    return mg * 100 / Decimal(str(compound.elemental_percent))


def limits(table: Table, least: Decimal, most: Decimal) -> tuple[Limit, ...]:
    """How an amount of the nutrient a day stands to each upper level; it lies between ``least`` and ``most`` mg."""
    return tuple(
        Limit(level.region, level.mg, _standing(Decimal(str(level.mg)), least, most), level.source)
        for level in table.upper_levels
    )


def _standing(limit: Decimal, least: Decimal, most: Decimal) -> Standing:
    if least == most == limit:
        return Standing.AT
    if most < limit:
        return Standing.BELOW
    return Standing.ABOVE if least > limit else Standing.DEPENDS


def in_compounds(table: Table, words: Sequence[str]) -> tuple[Dose, list[Match]]:
    """What weights of compound hold; each name is followed by ``=`` and an amount.

    Raises:
        CallError: a name or an amount is wrong or missing, or the table knows no percentage of a form.

    """
    pairs = _pairs(table, words)
    parts, total, least, usual, most = [], Decimal(0), Decimal(0), Decimal(0), Decimal(0)
    for match, mg in pairs:
        held = [elemental(compound, mg) for compound in compounds_of(match.form)]
        parts.append(_part(match, [(each, mg) for each in held]))
        total, least, usual, most = total + mg, least + min(held), usual + held[0], most + max(held)
    reading = Reading(elemental_mg=_range(least, usual, most), limits=limits(table, least, most))
    return _dose(table, parts, total, reading), [match for match, _ in pairs]


def for_elemental(table: Table, words: Sequence[str], text: str) -> tuple[Dose, list[Match]]:
    """The weights of some forms, each of which holds the same amount of the nutrient.

    Raises:
        CallError: a name or the amount is wrong, or the table knows no percentage of a form.

    """
    if typed := next((word for word in words if "=" in word), None):
        name = typed.partition("=")[0]
        raise CallError(
            f"--elemental says how much magnesium; write the form without an amount: {quoted(name)}".replace(
                "magnesium", table.nutrient
            )
        )
    total = amount(text).total
    matches = Names(table).find_all(words)
    parts = [_part(m, [(total, needed(compound, total)) for compound in compounds_of(m.form)]) for m in matches]
    return _dose(table, parts, total, None), matches


def compounds_of(form: Form) -> tuple[Compound, ...]:
    """The compounds of a form.

    Raises:
        CallError: the table names none, so that nothing can be computed.

    """
    if not form.compounds:
        raise CallError(f"the table names no compound of {form.id}, so nothing can be computed for it")
    return form.compounds


def _pairs(table: Table, words: Sequence[str]) -> list[tuple[Match, Decimal]]:
    """The forms and their total amounts; a name may be several words."""
    names, pairs, before = Names(table), [], []
    for word in words:
        name, sign, typed = word.rpartition("=")
        before.append(name if sign else word)
        if sign:
            pairs.append((names.find(" ".join(before)), amount(typed).total))
            before = []
    if before or not pairs:
        missing = " ".join(before)
        raise CallError(
            f"how much of {quoted(missing)}? Write mg of compound, as in citrate=1000, or add --elemental MG"
        )
    return pairs


def _dose(table: Table, parts: Sequence[Part], total: Decimal, as_compound: Reading | None) -> Dose:
    return Dose(
        parts=tuple(parts),
        amount_mg=_number(total),
        as_compound=as_compound,
        as_elemental=Reading(elemental_mg=_range(total, total, total), limits=limits(table, total, total)),
        upper_levels=table.upper_levels,
        upper_levels_caution=table.upper_levels_caution,
    )


def _part(match: Match, weights: Sequence[tuple[Decimal, Decimal]]) -> Part:
    weighed = [
        Weighed(
            name=compound.name,
            formula=compound.formula,
            elemental_percent=compound.elemental_percent,
            elemental_mg=_number(held),
            compound_mg=_number(whole),
        )
        for compound, (held, whole) in zip(match.form.compounds, weights, strict=True)
    ]
    form = match.form
    return Part(form=form.id, name=form.name, asked_as=match.asked, matched=match.role, compounds=tuple(weighed))


def _range(least: Decimal, usual: Decimal, most: Decimal) -> Range:
    return Range(_number(least), _number(usual), _number(most))


def _number(mg: Decimal) -> float:
    return float(round(mg, 3))
