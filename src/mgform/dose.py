"""Amounts: how much of the nutrient is in a weight of compound, and how that stands to the upper levels.

All amounts are decimals in mg. Formula: nutrient = compound x percentage by weight / 100.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from mgform.errors import CallError
from mgform.names import Match, Names
from mgform.table import Statement, Table, UpperLevel
from mgform.words import quoted

_LEAST = Decimal("0.001")
_MOST = Decimal(100_000)
_UNITS = {
    "": Decimal(1),
    "mg": Decimal(1),
    "g": Decimal(1000),
    "mcg": _LEAST,
    "ug": _LEAST,
    "\u03bcg": _LEAST,
}
_AMOUNT = re.compile(
    r"([0-9]{1,9})(?:[.,]([0-9]{1,6}))?(mg|mcg|[uµμ]g|g|)(?:[x\u00d7*]([0-9]{1,3}))?", re.IGNORECASE
)


class Limit(Struct, frozen=True):
    """An upper level in mg a day; an amount is below it, at it or above it, or that depends on the compound."""

    region: str
    mg: float
    standing: str
    source: str


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
    """One reading of an amount: mg of the nutrient, and how that stands to the upper levels.

    The nutrient is what the compound that holds ``least`` gives, the ``usual`` one, and the one that holds ``most``.
    """

    elemental_mg: dict[str, float]
    limits: tuple[Limit, ...]


class Dose(Struct, frozen=True):
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
        raise CallError(
            f"{quoted(text)} is no amount; write mg as in 1000, 1.5g, 250mcg or 500x3 (three capsules)"
        )
    whole, part, unit, times = found[1], found[2] or "", found[3].casefold(), int(found[4] or 1)
    number = Decimal(f"{whole}.{part}")
    if re.fullmatch(r"[1-9]\d{0,2}", whole) and len(part) == 3:  # noqa: PLR2004
        small = f"{number.normalize():f}"
        raise CallError(
            f"{quoted(text)} can mean {whole}{part} or {small}; write {whole}{part} or {small}"
        )
    mg = number * _UNITS[unit] * times
    if not _LEAST <= mg <= _MOST:
        raise CallError(
            f"{quoted(text)} is less than 0.001 mg or more than 100 g; is the unit right?"
        )
    return mg


def limits(table: Table, least: Decimal, most: Decimal) -> tuple[Limit, ...]:
    """How an amount of the nutrient a day stands to each upper level; it lies between ``least`` and ``most`` mg."""
    found = []
    for level in table.upper_levels:
        mg = Decimal(str(level.mg))
        standing = (
            "below"
            if most < mg
            else "above"
            if least > mg
            else "at"
            if least == most
            else "depends"
        )
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
        raise CallError(
            f"how much of {missing}? Write mg of compound, as in citrate=1000, or add --elemental MG"
        )
    total = sum((mg for _, mg in pairs), Decimal(0))
    return _dose(table, pairs, total, as_elemental=False), [match for match, _ in pairs]


def for_elemental(table: Table, words: Sequence[str], text: str) -> tuple[Dose, list[Match]]:
    """The weights of forms that each hold an amount of the nutrient; a CallError for a wrong name or amount."""
    if typed := next((word for word in words if "=" in word), None):
        name = quoted(typed.partition("=")[0])
        raise CallError(
            f"--elemental says how much {table.nutrient}; write the form without an amount: {name}"
        )
    total = amount(text)
    matches = Names(table).find_all(words)
    return _dose(table, [(match, total) for match in matches], total, as_elemental=True), matches


def _dose(
    table: Table, pairs: Sequence[tuple[Match, Decimal]], total: Decimal, *, as_elemental: bool
) -> Dose:
    """What amounts hold of each compound that may be meant; the sums are exact, and what is told of them rounded."""
    parts, held = [], []
    for (form, asked, role), mg in pairs:
        if not form.compounds:
            raise CallError(
                f"the table names no compound of {form.id}, so nothing can be computed for it"
            )
        shares = [Decimal(str(each.elemental_percent)) / 100 for each in form.compounds]
        held.append([mg if as_elemental else mg * share for share in shares])
        weighed = tuple(
            Weighed(
                each.name,
                each.formula,
                each.elemental_percent,
                _number(nutrient),
                _number(nutrient / share),
            )
            for each, share, nutrient in zip(form.compounds, shares, held[-1], strict=True)
        )
        parts.append(Part(form.id, form.name, asked, role, weighed))
    as_compound = None if as_elemental else _reading(table, held)
    itself = _reading(table, [[total]])
    return Dose(
        tuple(parts),
        _number(total),
        as_compound,
        itself,
        table.upper_levels,
        table.upper_levels_caution,
    )


def _reading(table: Table, held: Sequence[Sequence[Decimal]]) -> Reading:
    """What amounts hold together: of each, the nutrient in every salt that it may be, the usual one first."""
    least, most = sum(map(min, held), Decimal(0)), sum(map(max, held), Decimal(0))
    sums = {"least": least, "usual": sum((salts[0] for salts in held), Decimal(0)), "most": most}
    return Reading({name: _number(mg) for name, mg in sums.items()}, limits(table, least, most))


def _number(mg: Decimal) -> float:
    return float(round(mg, 3))
