"""What the figure of a line is: the first rule that holds decides."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mgform.label.kinds import Kind

MOST_MG = 10_000
"""More than this is no dose of the nutrient, but a slip of the unit."""
_LEAST_DAILY_MG = 200
_MOST_DAILY_MG = 600
_ROUNDED_PERCENT = 2


class Item(NamedTuple):
    """An amount that is the nutrient's or a compound's, and what the line says of it.

    ``what`` is NUTRIENT, ELEMENTAL, COMPOUND or, where nothing tells, None. ``mg`` is None where
    the number can be read in several ways. ``is_molar`` says that it was told in mmol, and
    ``is_stranger`` that only an unknown word makes it a compound. ``forms`` are the ids or names
    of what it comes in, and ``most_percent`` is the nutrient's share in the richest compound that
    they can mean, or None.
    """

    what: Kind | None
    mg: float | None
    percent: float | None = None
    forms: tuple[str, ...] = ()
    most_percent: float | None = None
    inner: bool = False
    has_source: bool = False
    is_source: bool = False
    is_part: bool = False
    is_molar: bool = False
    is_stranger: bool = False


class Facts(NamedTuple):
    """What the rules look at.

    ``elemental``, ``bare`` and ``compounds`` are the amounts of the nutrient that the words call
    so, those behind its name alone, and those of its compounds; ``unclear`` are those of which
    nothing tells that. ``first`` is the amount that is judged. ``compound_mg`` is what the
    compounds weigh together, or None. ``fits`` are the daily values of which the first amount is
    the percentage behind it, ``bare_fits`` says that such a one stands behind an amount with the
    name alone, ``can_be_true`` whether so much compound can hold it.
    """

    elemental: Sequence[Item]
    bare: Sequence[Item]
    compounds: Sequence[Item]
    unclear: Sequence[Item]
    first: Item | None
    compound_mg: float | None
    forms: Sequence[str]
    has_share: bool
    fits: tuple[float, ...]
    bare_fits: bool
    can_be_true: str

    @property
    def said(self) -> Sequence[Item]:
        """The amounts that the words call the nutrient or, without any, those behind its name."""
        return self.elemental or self.bare

    @property
    def mg(self) -> float:
        """The mg of the first amount; 0 where its number stays open."""
        return (self.first and self.first.mg) or 0

    @property
    def outweighs(self) -> bool:
        """Whether the compound weighs more than the nutrient that is to be in it."""
        return self.compound_mg is not None and self.compound_mg > self.mg


def unclear(facts: Facts) -> bool:
    """Some amount may be the nutrient's or another name's."""
    return bool(facts.unclear)


def no_amount(facts: Facts) -> bool:
    """No amount belongs to the nutrient or its compounds."""
    return facts.first is None


def wrong_unit(facts: Facts) -> bool:
    """The nutrient would weigh too much."""
    return bool(facts.said or facts.fits) and facts.mg >= MOST_MG


def several_amounts(facts: Facts) -> bool:
    """Amounts of the same differ, or the nutrient weighs no less than its compound."""
    if len({item.mg for item in facts.said}) > 1 or _differ(facts.compounds):
        return True
    if facts.elemental and _told_elsewhere(facts):
        return True
    if facts.elemental and facts.bare_fits:
        # 240 mg are 64 % of a daily value, of which 60 mg are something.
        return {item.mg for item in facts.bare} != {facts.mg}
    one_compound = len(facts.compounds) == 1 and facts.compound_mg is not None
    return bool(facts.elemental) and one_compound and not facts.outweighs


def _told_elsewhere(facts: Facts) -> bool:
    """Whether parentheses behind another name tell another amount of the nutrient."""
    said = {item.mg for item in facts.elemental}
    told = {item.mg for item in facts.bare if item.inner}
    return not told <= said


def _differ(compounds: Sequence[Item]) -> bool:
    """Whether one compound has several weights, and not as the source of what is weighed."""
    weights: dict[tuple[str, ...], float | None] = {}
    return any(
        weights.setdefault(item.forms, item.mg) != item.mg for item in compounds
    )


def impossible(facts: Facts) -> bool:
    """The compound cannot hold so much, and no word says that it does."""
    if facts.elemental or not facts.bare:
        return False
    return facts.outweighs and facts.can_be_true == "no"


def both_weights(facts: Facts) -> bool:
    """The nutrient and its compound have an amount each."""
    return bool(facts.said) and facts.outweighs


def words_say_so(facts: Facts) -> bool:
    """A word such as "elemental" or "of which" stands with the amount."""
    return bool(facts.elemental)


def share_of_a_material(facts: Facts) -> bool:
    """The line tells the share of the nutrient in something."""
    return facts.has_share and bool(facts.said) and not facts.fits


def percent_fits(facts: Facts) -> bool:
    """The percentage behind the amount is that of a daily value."""
    return bool(facts.fits)


def percent_contradicts(facts: Facts) -> bool:
    """The percentage behind the amount is far from that of any daily value."""
    if not facts.said or facts.first is None or not facts.first.percent:
        return False
    least = 100 * facts.mg / _MOST_DAILY_MG - _ROUNDED_PERCENT
    most = 100 * facts.mg / _LEAST_DAILY_MG + _ROUNDED_PERCENT
    return bool(facts.mg) and not least <= facts.first.percent <= most


def source_weighed(facts: Facts) -> bool:
    """Only the compound has a weight, and the words say that the nutrient comes from it."""
    return not facts.said and all(item.is_source for item in facts.compounds)


def compound_only(facts: Facts) -> bool:
    """The amount stands with the name of a compound."""
    return not facts.said


def source_told(facts: Facts) -> bool:
    """The amount is the nutrient's, and the words say what that comes from."""
    return facts.first is not None and facts.first.has_source


def compound_named(facts: Facts) -> bool:
    """The line names a compound somewhere else."""
    return bool(facts.forms)


def nothing_else(facts: Facts) -> bool:
    """The line names the nutrient alone."""
    return facts.first is not None


def _nothing(_: Facts) -> None:
    """The line tells no weight of a compound."""


def _the_figure(facts: Facts) -> float | None:
    """The nutrient's own figure may be that of the compound."""
    return facts.first.mg if facts.first else None


def _the_compounds(facts: Facts) -> float | None:
    return facts.compound_mg


class Rule(NamedTuple):
    """A rule by which a line is read.

    ``name`` is what scripts get, ``basis`` what the figure then is, ``because`` the sentence that
    says why, ``compound_mg`` what the compound weighs, and ``example`` a line that it decides.
    """

    name: str
    holds: Callable[[Facts], bool]
    basis: str
    because: str
    example: str
    compound_mg: Callable[[Facts], float | None] = _nothing


RULES = (
    Rule(
        "none",
        no_amount,
        "none",
        "No amount of {nutrient} alone stands there.",
        "Magnesium & Zinc 300 mg",
    ),
    Rule(
        "unclear",
        unclear,
        "ambiguous",
        "Nothing tells which amount is that of {nutrient}.",
        "800 mg Kapsel Magnesium 400 mg",
    ),
    Rule(
        "unit",
        wrong_unit,
        "elemental",
        "So much is no dose of {nutrient}: the unit must be another one.",
        "Magnesium 100 g",
    ),
    Rule(
        "several",
        several_amounts,
        "ambiguous",
        "The line has more than one amount of {nutrient}.",
        "Magnesium 200 mg, 300 mg",
    ),
    Rule(
        "impossible",
        impossible,
        "ambiguous",
        "The two weights cannot both be right.",
        "Magnesium 400 mg (magnesium citrate 500 mg)",
        compound_mg=_the_compounds,
    ),
    Rule(
        "both",
        both_weights,
        "both",
        "The line has both weights: the {nutrient} and its compound.",
        "Magnesium 100 mg (from 1000 mg magnesium bisglycinate)",
        compound_mg=_the_compounds,
    ),
    Rule(
        "words",
        words_say_so,
        "elemental",
        "The words say that the figure is {nutrient} itself.",
        "Elemental magnesium 120 mg",
    ),
    Rule(
        "share",
        share_of_a_material,
        "ambiguous",
        "The line has a share of {nutrient}, and the figure may be the compound.",
        "Magnesium capsules 500 mg (60% elemental)",
        compound_mg=_the_figure,
    ),
    Rule(
        "percent",
        percent_fits,
        "elemental",
        "{percent:g} % of a daily value of {values} is about {mg:g} mg: "
        "the figure is {nutrient} itself.",
        "Magnesium ascorbate 60 mg 15%",
    ),
    Rule(
        "contradicts",
        percent_contradicts,
        "ambiguous",
        "{percent:g} % is far from any daily value: "
        "the figure may be the compound, or the percentage is wrong.",
        "Magnesium (as bisglycinate) 2000 mg 48%",
        compound_mg=_the_figure,
    ),
    Rule(
        "weighed",
        source_weighed,
        "compound",
        "The line says how much compound the {nutrient} comes from, and not how much it holds.",
        "Magnesium (from 1000 mg magnesium malate)",
        compound_mg=_the_compounds,
    ),
    Rule(
        "compound",
        compound_only,
        "ambiguous",
        "After a compound's name, the figure may be the compound or the {nutrient} in it.",
        "Magnesium citrate 500 mg",
        compound_mg=_the_compounds,
    ),
    Rule(
        "source",
        source_told,
        "elemental",
        "The line says what the {nutrient} comes from, so the figure is {nutrient} itself.",
        "Magnesium (as citrate) 200 mg",
    ),
    Rule(
        "named",
        compound_named,
        "ambiguous",
        "The line names {nutrient} and a compound, and the figure may be either.",
        "Magnesium 200 mg citrate",
        compound_mg=_the_figure,
    ),
    Rule(
        "bare",
        nothing_else,
        "elemental",
        "The line names {nutrient} and no compound.",
        "Magnesium 200 mg",
    ),
)
