"""Amounts: how much of the nutrient is in a weight of compound, and how that stands to the limits.

All amounts are decimals in mg. Formula: nutrient = compound x percentage by weight / 100.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from mgform.errors import CallError
from mgform.forms import share
from mgform.names import Match, Names, lowered
from mgform.table import Compound, Statement, Table, UpperLevel
from mgform.words import quoted, shown

_LEAST = Decimal("0.001")
_MOST = Decimal(100_000)
_THOUSANDS = 3
_UNITS = {
    "": Decimal(1),
    "mg": Decimal(1),
    "g": Decimal(1000),
    "mcg": Decimal("0.001"),
    "ug": Decimal("0.001"),
    "\u03bcg": Decimal("0.001"),
}
_AMOUNT = re.compile(
    r"""
    (?P<whole> [0-9]{1,9} )
    (?: [.,] (?P<part> [0-9]{1,6} ) )?
    (?P<unit> mg | mcg | [u\u00b5\u03bc]g | g | )
    (?: [x\u00d7*] (?P<times> [0-9]{1,3} ) )?
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Limit(Struct, frozen=True):
    """How an amount stands to an upper level of ``mg`` a day.

    ``standing`` is "below", "at", "above" or, where that depends on the compound, "depends".
    """

    region: str
    mg: float
    standing: str
    source: str


class Weighed(Struct, frozen=True):
    """A compound, and mg of the nutrient and of the compound that go together."""

    name: str
    formula: str | None
    elemental_percent: float
    elemental_mg: float
    compound_mg: float


class FormAmount(Struct, frozen=True):
    """An amount of one form; ``compounds`` are the salts that may be meant, with both weights."""

    form: str
    name: str
    asked_as: str
    matched: str
    compounds: tuple[Weighed, ...]


class Content(Struct, frozen=True):
    """One reading of an amount: mg of the nutrient, and how that stands to the upper levels.

    The nutrient is what the compound that holds ``least`` gives, the ``usual`` one, and the one
    that holds ``most``. ``usual`` is None where the usual one of a form is a mixture.
    """

    elemental_mg: dict[str, float | None]
    limits: tuple[Limit, ...]


class Dose(Struct, frozen=True):
    """What amounts hold.

    ``amount_mg`` is the sum of what was typed. ``as_compound`` takes it for weights of compound,
    which is how mgform takes it, and is None where the nutrient was given; ``as_elemental`` says
    what it would be if it were the nutrient itself.
    """

    parts: tuple[FormAmount, ...]
    amount_mg: float
    as_compound: Content | None
    as_elemental: Content
    upper_levels: tuple[UpperLevel, ...]
    upper_levels_caution: Statement | None


def amount(text: str) -> Decimal:
    """The mg in ``1000``, ``500mg``, ``1.5g`` or ``500x3``.

    Raises a CallError for what is no amount, has two meanings, or is too little or too much.
    """
    matched = _AMOUNT.fullmatch("".join(text.split()))
    if matched is None:
        raise CallError(
            f"{quoted(text)} is no amount; "
            "write mg as in 1000, 1.5g, 250mcg or 500x3 (three capsules)"
        )
    whole = matched["whole"]
    part = matched["part"] or ""
    number = Decimal(f"{whole}.{part}")
    if len(part) == _THOUSANDS and re.fullmatch("[1-9][0-9]{0,2}", whole):
        large = f"{whole}{part}"
        small = f"{number.normalize():f}"
        raise CallError(
            f"{quoted(text)} can mean {large} or {small}; write {large} or {small}"
        )
    unit = _UNITS[matched["unit"].casefold()]
    times = int(matched["times"] or 1)
    mg = number * unit * times
    if not _LEAST <= mg <= _MOST:
        raise CallError(
            f"{quoted(text)} is less than 0.001 mg or more than 100 g; is the unit right?"
        )
    return mg


def limits(
    table: Table,
    least: Decimal,
    most: Decimal,
) -> tuple[Limit, ...]:
    """How an amount of the nutrient a day, from ``least`` to ``most`` mg, stands to each limit."""
    stands = []
    for level in table.upper_levels:
        limit = Limit(
            region=level.region,
            mg=level.mg,
            standing=_standing(least, most, _decimal(level.mg)),
            source=level.source,
        )
        stands.append(limit)
    return tuple(stands)


def _standing(
    least: Decimal,
    most: Decimal,
    limit: Decimal,
) -> str:
    if most < limit:
        return "below"
    if least > limit:
        return "above"
    if least == most:
        return "at"
    return "depends"


def in_compounds(
    table: Table, words: Sequence[str]
) -> tuple[Dose, list[Match]]:
    """What weights of compound hold; each name is followed by ``=`` and an amount.

    Raises a CallError where a name or an amount is wrong or missing, or where nothing can be
    computed for a form.
    """
    matches = []
    held = []
    total = Decimal(0)
    for match, mg in _amounts(table, words):
        matches.append(match)
        held.append(_in_compound(table, match, mg))
        total += mg
    reading = _reading(table, held)
    return _dose(table, held, total, as_compound=reading), matches


def for_elemental(
    table: Table,
    words: Sequence[str],
    text: str,
) -> tuple[Dose, list[Match]]:
    """The weights of compounds that each hold an amount of the nutrient.

    Raises a CallError for a wrong name or amount, or where nothing can be computed for a form.
    """
    for word in words:
        name, equals, _ = word.partition("=")
        if equals:
            raise CallError(
                f"--elemental says how much {table.nutrient}; "
                f"write the form without an amount: {quoted(name)}"
            )
    total = amount(text)
    matches = _each_once(table, words)
    held = [_for_nutrient(table, match, total) for match in matches]
    return _dose(table, held, total, as_compound=None), matches


class _Salt(NamedTuple):
    """A compound with its percentage, and the mg of the nutrient in it."""

    compound: Compound
    percent: Decimal
    nutrient: Decimal


class _Held(NamedTuple):
    """What an amount holds in each compound that a name may mean.

    ``usual`` is the nutrient in the usual one, or None where that is a mixture.
    """

    match: Match
    salts: list[_Salt]
    usual: Decimal | None


def _amounts(table: Table, words: Sequence[str]) -> list[tuple[Match, Decimal]]:
    """The forms and amounts that words name: ``magnesium citrate=1000`` has a name of two words."""
    names = Names(table)
    amounts = []
    name_words: list[str] = []
    for word in words:
        name_end, equals, typed = word.rpartition("=")
        if not equals:
            name_words.append(word)
            continue
        match = names.find(" ".join([*name_words, name_end]))
        amounts.append((match, amount(typed)))
        name_words = []
    if name_words or not amounts:
        raise CallError(_no_amount(table, name_words))
    return amounts


def _no_amount(table: Table, words: Sequence[str]) -> str:
    """The sentence for words without "=": how to write a form and its amount."""
    typed = " ".join(words)
    name_words = []
    amount_words: list[str] = []
    for word in words:
        is_unit = bool(amount_words) and word.casefold() in _UNITS
        if is_unit or _AMOUNT.fullmatch(word):
            amount_words.append(word)
        else:
            name_words.append(word)
    name = _name_typed(table, name_words)
    if not amount_words:
        return (
            f"how much of {quoted(typed)}? Write mg of compound, as in "
            f"{name}=1000, or add --elemental MG"
        )
    joined = "".join(amount_words)
    return f"write the form, = and the amount: mgform dose {shown(f'{name}={joined}')}"


def _name_typed(table: Table, words: Sequence[str]) -> str:
    """The words if they name a form, else the first form of the table."""
    if words and words[0].casefold() == "of":
        words = words[1:]
    name = " ".join(words)
    try:
        Names(table).find(name)
    except CallError:
        return table.forms[0].id
    return name


def _each_once(table: Table, words: Sequence[str]) -> list[Match]:
    """The forms and compounds that words name, each once."""
    first: dict[tuple[str, str | None], Match] = {}
    for match in Names(table).find_each(words):
        compound = match.compound.name if match.compound else None
        first.setdefault((match.form.id, compound), match)
    return list(first.values())


def _in_compound(
    table: Table,
    match: Match,
    mg: Decimal,
) -> _Held:
    """The nutrient in a weight of whatever compound a name may mean."""
    salts = []
    for compound, percent in _meant(table, match):
        salts.append(_Salt(compound, percent, nutrient=mg * percent / 100))
    if match.compound is None and share(match.form) is None:
        return _Held(match, salts, usual=None)
    return _Held(match, salts, usual=salts[0].nutrient)


def _for_nutrient(
    table: Table,
    match: Match,
    mg: Decimal,
) -> _Held:
    """The same weight of the nutrient in whatever compound a name may mean."""
    salts = []
    for compound, percent in _meant(table, match):
        salts.append(_Salt(compound, percent, nutrient=mg))
    return _Held(match, salts, usual=mg)


def _meant(table: Table, match: Match) -> list[tuple[Compound, Decimal]]:
    """The compounds that a name may mean, with their percentages, the usual one first.

    Raises a CallError where none of them has a percentage.
    """
    candidates = match.form.compounds
    if match.compound is not None:
        candidates = (match.compound,)
    meant = []
    for compound in candidates:
        if compound.elemental_percent is not None:
            percent = _decimal(compound.elemental_percent)
            meant.append((compound, percent))
    if meant:
        return meant
    if candidates:
        raise CallError(_no_formula(table, candidates[0]))
    form_id = match.form.id
    raise CallError(
        f"the table names no compound of {form_id}, so nothing can be computed for it"
    )


def _no_formula(table: Table, compound: Compound) -> str:
    """Why nothing is computed for a mixture, and what a source prints of it."""
    sentence = f"{lowered(compound.name)} has no formula, so nothing can be computed for it"
    if compound.printed_percent is None or compound.source is None:
        return sentence
    percent = f"{compound.printed_percent:g}"
    if compound.printed_percent_most is not None:
        percent = f"{percent} to {compound.printed_percent_most:g}"
    mark = table.mark(compound.source)
    return f"{sentence}; {mark} prints {percent} % {table.nutrient}"


def _dose(
    table: Table,
    held: Sequence[_Held],
    total: Decimal,
    *,
    as_compound: Content | None,
) -> Dose:
    """What amounts hold of each compound that may be meant; only what is told is rounded."""
    return Dose(
        parts=tuple(_part(amount_held) for amount_held in held),
        amount_mg=_rounded(total),
        as_compound=as_compound,
        as_elemental=_elemental(table, total),
        upper_levels=table.upper_levels,
        upper_levels_caution=table.upper_levels_caution,
    )


def _part(held: _Held) -> FormAmount:
    weighed = []
    for salt in held.salts:
        compound_mg = salt.nutrient * 100 / salt.percent
        compound = Weighed(
            name=salt.compound.name,
            formula=salt.compound.formula,
            elemental_percent=float(salt.percent),
            elemental_mg=_rounded(salt.nutrient),
            compound_mg=_rounded(compound_mg),
        )
        weighed.append(compound)
    match = held.match
    return FormAmount(
        form=match.form.id,
        name=match.form.name,
        asked_as=match.asked,
        matched=match.role,
        compounds=tuple(weighed),
    )


def _reading(table: Table, held: Sequence[_Held]) -> Content:
    """What amounts hold together, in the compounds that hold least, most, and usually."""
    least = Decimal(0)
    most = Decimal(0)
    usual = Decimal(0)
    for amount_held in held:
        nutrients = [salt.nutrient for salt in amount_held.salts]
        least += min(nutrients)
        most += max(nutrients)
        usual += amount_held.usual or 0
    elemental_mg: dict[str, float | None] = {
        "least": _rounded(least),
        "usual": _rounded(usual),
        "most": _rounded(most),
    }
    if any(amount_held.usual is None for amount_held in held):
        elemental_mg["usual"] = None
    return Content(elemental_mg, limits(table, least, most))


def _elemental(table: Table, mg: Decimal) -> Content:
    """An amount of the nutrient itself."""
    rounded = _rounded(mg)
    elemental_mg: dict[str, float | None] = {
        "least": rounded,
        "usual": rounded,
        "most": rounded,
    }
    return Content(elemental_mg, limits(table, mg, mg))


def _decimal(number: float) -> Decimal:
    """A number of the table, as it is written there."""
    return Decimal(str(number))


def _rounded(mg: Decimal) -> float:
    return float(round(mg, 3))
