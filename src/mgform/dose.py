"""Amounts: how much of the nutrient is in a weight of compound, and how that stands to the upper levels.

All amounts are decimals in mg. Formula: nutrient = compound x percentage by weight / 100.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from mgform.names import Match, Names
from mgform.table import Statement, Table, UpperLevel
from mgform.words import CallError, quoted

Standing = Literal["below", "at", "above", "depends"]
"""How an amount stands to an upper level; it may depend on the compound."""

_LEAST = Decimal("0.001")
_MOST = Decimal(100_000)
_UNITS = {"": Decimal(1), "mg": Decimal(1), "g": Decimal(1000), "mcg": _LEAST, "ug": _LEAST, "\u03bcg": _LEAST}
_AMOUNT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,6}))?(mg|mcg|[uµμ]g|g|)(?:[x\u00d7*]([0-9]{1,3}))?", re.IGNORECASE)


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


class Weighed(Struct, frozen=True):
    """A compound, and mg of the nutrient and of the compound that go together."""

    name: str
    formula: str
    elemental_percent: float
    elemental_mg: float
    compound_mg: float


class Part(Struct, frozen=True):
    """An amount of one form; ``compounds`` are the salts that may be meant, each with both weights."""

    form: str
    name: str
    asked_as: str
    matched: str
    compounds: tuple[Weighed, ...]


class Reading(Struct, frozen=True):
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


def amount(text: str) -> Decimal:
    """The mg in ``1000``, ``500mg``, ``1.5g`` or ``500x3``; a CallError for no amount, two meanings or too much."""
    found = _AMOUNT.fullmatch("".join(text.split()))
    if found is None:
        raise CallError(f"{quoted(text)} is no amount; write mg as in 1000, 1.5g, 250mcg or 500x3 (three capsules)")
    whole, part, unit, times = found[1], found[2] or "", found[3].casefold(), int(found[4] or 1)
    number = Decimal(f"{whole}.{part}")
    if re.fullmatch(r"[1-9]\d{0,2}", whole) and len(part) == 3:  # noqa: PLR2004
        small = f"{number.normalize():f}"
        raise CallError(f"{quoted(text)} can mean {whole}{part} or {small}; write {whole}{part} or {small}")
    mg = number * _UNITS[unit] * times
    if not _LEAST <= mg <= _MOST:
        raise CallError(f"{quoted(text)} is less than 0.001 mg or more than 100 g; is the unit right?")
    return mg


def limits(table: Table, least: Decimal, most: Decimal) -> tuple[Limit, ...]:
    """How an amount of the nutrient a day stands to each upper level; it lies between ``least`` and ``most`` mg."""
    found = []
    for level in table.upper_levels:
        limit = Decimal(str(level.mg))
        standing: Standing = "below" if most < limit else "above" if least > limit else "depends"
        if least == most == limit:
            standing = "at"
        found.append(Limit(level.region, level.mg, standing, level.source))
    return tuple(found)


def in_compounds(table: Table, words: Sequence[str]) -> tuple[Dose, list[Match]]:
    """What weights of compound hold; each name is followed by ``=`` and an amount.

    Raises a CallError where a name or an amount is wrong or missing, or the table names no compound of a form.
    """
    names, pairs, before = Names(table), [], []
    for word in words:
        name, sign, typed = word.rpartition("=")
        before.append(name if sign else word)
        if sign:
            pairs.append((names.find(" ".join(before)), amount(typed)))
            before = []
    if before or not pairs:
        missing = quoted(" ".join(before))
        raise CallError(f"how much of {missing}? Write mg of compound, as in citrate=1000, or add --elemental MG")
    total = sum((mg for _, mg in pairs), Decimal(0))
    return _dose(table, pairs, total, as_elemental=False), [match for match, _ in pairs]


def for_elemental(table: Table, words: Sequence[str], text: str) -> tuple[Dose, list[Match]]:
    """The weights of forms that each hold an amount of the nutrient; a CallError for a wrong name or amount."""
    if typed := next((word for word in words if "=" in word), None):
        name = quoted(typed.partition("=")[0])
        raise CallError(f"--elemental says how much {table.nutrient}; write the form without an amount: {name}")
    total = amount(text)
    matches = Names(table).find_all(words)
    return _dose(table, [(match, total) for match in matches], total, as_elemental=True), matches


def _dose(table: Table, pairs: Sequence[tuple[Match, Decimal]], total: Decimal, *, as_elemental: bool) -> Dose:
    parts = [_part(match, mg, as_elemental=as_elemental) for match, mg in pairs]
    return Dose(
        parts=tuple(part for part, _ in parts),
        amount_mg=_number(total),
        as_compound=None if as_elemental else _reading(table, [held for _, held in parts]),
        as_elemental=_reading(table, [[total]]),
        upper_levels=table.upper_levels,
        upper_levels_caution=table.upper_levels_caution,
    )


def _part(match: Match, mg: Decimal, *, as_elemental: bool) -> tuple[Part, list[Decimal]]:
    """A form with the weights of each compound that it may be, and exactly how much of the nutrient each holds."""
    form = match.form
    if not form.compounds:
        raise CallError(f"the table names no compound of {form.id}, so nothing can be computed for it")
    shares = [Decimal(str(each.elemental_percent)) / 100 for each in form.compounds]
    held = [mg if as_elemental else mg * share for share in shares]
    weighed = tuple(
        Weighed(each.name, each.formula, each.elemental_percent, _number(nutrient), _number(nutrient / share))
        for each, share, nutrient in zip(form.compounds, shares, held, strict=True)
    )
    return Part(form.id, form.name, match.asked, match.role, weighed), held


def _reading(table: Table, held: Sequence[Sequence[Decimal]]) -> Reading:
    """What amounts hold together: of each, the nutrient in every salt that it may be, the usual one first."""
    least = sum(map(min, held), Decimal(0))
    usual = sum((salts[0] for salts in held), Decimal(0))
    most = sum(map(max, held), Decimal(0))
    return Reading(Range(_number(least), _number(usual), _number(most)), limits(table, least, most))


def _number(mg: Decimal) -> float:
    return float(round(mg, 3))
