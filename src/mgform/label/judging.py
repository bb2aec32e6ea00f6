"""What the tokens of a line say, as facts that the rules look at, and which rule decides."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from mgform.label.kinds import Kind
from mgform.label.lines import Line, Weight, parsed
from mgform.label.rules import RULES, Facts, Item, Rule, no_amount, wrong_unit
from mgform.label.shares import Shares
from mgform.label.tokens import Token
from mgform.table import Table

# More of a compound is what a package weighs: powders are sold by the 100 g.
_MOST_COMPOUND_MG = 100_000
_LONGEST_REMEMBERED, _REMEMBERED = 200, 1024
_PERCENT_ROUNDED = 0.5
_DECIMAL_ROUNDED = 0.05
_TINY = 1e-9


class Judged(NamedTuple):
    """A line as it was judged: its facts, the rule, the names of what the nutrient comes in.

    ``percent`` is that of the first amount or, without an amount, the one that may be a share.
    ``most_mg`` is the most of the nutrient that ``compound_mg`` can hold, or None.
    """

    facts: Facts
    rule: Rule
    named: tuple[Token, ...]
    percent: float | None
    elemental_mg: float | None
    compound_mg: float | None
    most_mg: float | None
    can_be_true: str


class Judge:
    """Judges lines with the numbers of one table."""

    def __init__(self, table: Table, shares: Shares) -> None:
        self._excipients = frozenset(table.labels.excipients)
        self._references = tuple(
            reference.mg for reference in table.labels.references
        )
        self._shares = shares
        self._remembered = lru_cache(_REMEMBERED)(parsed)

    def judge(self, tokens: Sequence[Token]) -> Judged:
        """What a line of such tokens says, and by which rule."""
        line = self._parsed("".join([token.kind for token in tokens]))
        items = self._counted(
            [self._item(weight, tokens) for weight in line.weights]
        )
        named = self._named(line, items, tokens)
        most = self._shares.most(named)
        facts = self._facts(items, named, most, has_share=line.has_share)
        rule = next(rule for rule in RULES if rule.holds(facts))
        lone = (
            tokens[line.lone_percent].value if line.lone_percent >= 0 else None
        )
        percent = facts.first.percent if facts.first else lone
        compound_mg = rule.compound_mg(facts)
        return Judged(
            facts=facts,
            rule=rule,
            named=named,
            percent=percent,
            elemental_mg=_elemental_mg(rule, facts),
            compound_mg=compound_mg,
            most_mg=_most_mg(facts, compound_mg, most),
            can_be_true=self._can_be_true(rule, facts, percent, most),
        )

    def _parsed(self, kinds: str) -> Line:
        """What a line of such kinds says; many lines have the same, unless they are long."""
        return (
            parsed(kinds)
            if len(kinds) > _LONGEST_REMEMBERED
            else self._remembered(kinds)
        )

    def _item(self, weight: Weight, tokens: Sequence[Token]) -> Item:
        names = [tokens[at] for at in weight.compounds if at >= 0]
        weighs_compound_in_mmol = (
            weight.is_molar and weight.what is Kind.COMPOUND
        )
        has_value = weight.at >= 0 and not weighs_compound_in_mmol
        return Item(
            what=weight.what,
            mg=tokens[weight.at].value if has_value else None,
            percent=tokens[weight.percent].value
            if weight.percent >= 0
            else None,
            forms=tuple([name.name for name in names]),
            most_percent=self._shares.most(names)
            if len(names) == len(weight.compounds)
            else None,
            inner=weight.inner,
            has_source=weight.has_source,
            is_source=weight.is_source,
            is_part=weight.is_part,
            is_molar=weight.is_molar,
            is_stranger=weight.is_stranger,
        )

    def _counted(self, items: Sequence[Item]) -> Sequence[Item]:
        """The items without packages, excipients beside others, mere parts, and mmol beside mg."""
        if len(items) == 1:
            return [] if _is_package(items[0]) else items
        doses = [item for item in items if not _is_package(item)]
        active = [
            item for item in doses if not self._is_excipient(item)
        ] or doses
        whole = max(
            (item.mg or 0 for item in active if _is_whole(item)), default=0
        )
        parts = sum(item.mg or 0 for item in active if item.is_part)
        if parts <= whole:
            active = [item for item in active if not item.is_part]
        weighed = [
            item for item in active if _is_whole(item) and not item.is_molar
        ]
        return [item for item in active if not (weighed and item.is_molar)]

    def _is_excipient(self, item: Item) -> bool:
        return (
            item.what is Kind.COMPOUND
            and bool(item.forms)
            and {*item.forms} <= self._excipients
        )

    def _named(
        self, line: Line, items: Sequence[Item], tokens: Sequence[Token]
    ) -> tuple[Token, ...]:
        """What the line names that the nutrient comes in, each once, in its order."""
        named: dict[str, Token] = {}
        for at in line.forms:
            token = tokens[at]
            if token.name:
                named.setdefault(token.name, token)
        active = tuple(
            [
                token
                for name, token in named.items()
                if name not in self._excipients
            ]
        )
        only_compounds = bool(items) and all(
            item.what is Kind.COMPOUND for item in items
        )
        return (
            tuple(named.values()) if only_compounds and not active else active
        )

    def _facts(
        self,
        items: Sequence[Item],
        named: Sequence[Token],
        most: float | None,
        *,
        has_share: bool,
    ) -> Facts:
        elemental = [item for item in items if item.what is Kind.ELEMENTAL]
        bare = [item for item in items if item.what is Kind.NUTRIENT]
        compounds = [item for item in items if item.what is Kind.COMPOUND]
        unclear = [item for item in items if item.what is None]
        said = elemental or bare
        first = _first(said or compounds or unclear)
        compound_mg = _together(compounds or (bare if elemental else ()))
        may_fit = bool(said) or len(compounds) == 1
        held = said[0].mg if said else None
        return Facts(
            elemental=elemental,
            bare=bare,
            compounds=compounds,
            unclear=unclear,
            first=first,
            compound_mg=compound_mg,
            forms=[token.name for token in named],
            has_share=has_share,
            fits=self._fits(first) if first and may_fit else (),
            can_be_true=self._shares.can_be_true(held, compound_mg, most),
        )

    def _fits(self, item: Item) -> tuple[float, ...]:
        """The daily values of which an amount is the percentage behind it."""
        mg, percent = item.mg, item.percent
        if mg is None or percent is None:
            return ()
        daily_values = self._references
        return tuple(
            [
                daily
                for daily in daily_values
                if _is_rounded(100 * mg / daily, percent)
            ]
        )

    def _can_be_true(
        self,
        rule: Rule,
        facts: Facts,
        percent: float | None,
        most: float | None,
    ) -> str:
        if rule.basis == "both":
            return facts.can_be_true
        if rule.holds is wrong_unit:
            return "no"
        if rule.holds is no_amount and facts.forms and percent is not None:
            return self._shares.share_can_be_true(percent, most)
        return "untestable"


def _elemental_mg(rule: Rule, facts: Facts) -> float | None:
    if rule.basis not in ("elemental", "both") or rule.holds is wrong_unit:
        return None
    return facts.first.mg if facts.first else None


def _first(items: Sequence[Item]) -> Item | None:
    """The amount that is judged: the first, with what is told of it where it stands again."""
    if len(items) <= 1:
        return items[0] if items else None
    same = [item for item in items if item.mg == items[0].mg]
    percents = [item.percent for item in same if item.percent is not None]
    return items[0]._replace(
        percent=percents[0] if percents else None,
        has_source=any(item.has_source for item in same),
    )


def _most_mg(
    facts: Facts, compound_mg: float | None, most: float | None
) -> float | None:
    """The most of the nutrient that the compounds can hold, each by its own percentage."""
    if compound_mg is None:
        return None
    own = {
        (item.forms, item.mg): item for item in facts.compounds if item.forms
    }
    if _sum(own.values()) == compound_mg:
        held = [_held(item) for item in own.values()]
        known = [mg for mg in held if mg is not None]
        return round(sum(known), 2) if len(known) == len(held) else None
    return None if most is None else round(compound_mg * most / 100, 2)


def _held(item: Item) -> float | None:
    if item.mg is None or item.most_percent is None:
        return None
    return item.mg * item.most_percent / 100


def _is_rounded(exact: float, percent: float) -> bool:
    """Whether labels print a percentage so: an exact half goes either way, some cut a decimal."""
    if (
        percent == int(percent)
        and abs(exact - percent) <= _PERCENT_ROUNDED + _TINY
    ):
        return True
    return (
        abs(exact - percent) <= _DECIMAL_ROUNDED + _TINY
        or percent == int(10 * exact) / 10
    )


def _is_package(item: Item) -> bool:
    return item.what is Kind.COMPOUND and (item.mg or 0) >= _MOST_COMPOUND_MG


def _is_whole(item: Item) -> bool:
    """Whether an amount is all of the nutrient, and no part of it."""
    return item.what in (Kind.NUTRIENT, Kind.ELEMENTAL) and not item.is_part


def _together(compounds: Sequence[Item]) -> float | None:
    """What compounds weigh together; None where that stays open.

    What stands there twice counts once, and so does what a blend is made of. What only an unknown
    word makes a compound is not added to others.
    """
    if len(compounds) <= 1:
        return compounds[0].mg if compounds else None
    once = {(item.forms, item.mg): item for item in compounds}
    if len(once) > 1 and any(item.is_stranger for item in compounds):
        return None
    total = _sum(once.values())
    blends = _sum(
        item for item in once.values() if not item.forms and not item.inner
    )
    if total is None or not blends:
        return total
    parts = total - blends
    return blends if parts <= blends else None


def _sum(items: Iterable[Item]) -> float | None:
    weights = [item.mg for item in items]
    known = [mg for mg in weights if mg is not None]
    return sum(known) if known and len(known) == len(weights) else None
