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
_LONGEST_REMEMBERED = 200
_REMEMBERED = 1024
_WHOLE_PERCENT = 100
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
        kinds = [token.kind for token in tokens]
        line = self._parsed("".join(kinds))
        weighed = [self._item(weight, tokens) for weight in line.weights]
        items = self._counted(weighed)
        named = self._named(line, items, tokens)
        most = self._shares.most(named)
        lone_percent = _value(tokens, line.lone_percent)
        facts = self._facts(
            items,
            named,
            most,
            lone_percent=lone_percent,
            has_share=line.has_share,
        )
        rule = next(rule for rule in RULES if rule.holds(facts))
        percent = facts.first.percent if facts.first else lone_percent
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
        if len(kinds) > _LONGEST_REMEMBERED:
            return parsed(kinds)
        return self._remembered(kinds)

    def _item(self, weight: Weight, tokens: Sequence[Token]) -> Item:
        """An amount of a line, with what its tokens say."""
        names = [tokens[at] for at in weight.compounds if at >= 0]
        forms = [token.name for token in names]
        mg = _value(tokens, weight.at)
        if weight.is_molar and weight.what is Kind.COMPOUND:
            mg = None
        most_percent = None
        if len(names) == len(weight.compounds):
            most_percent = self._shares.most(names)
        return Item(
            what=weight.what,
            mg=mg,
            percent=_value(tokens, weight.percent),
            forms=tuple(forms),
            most_percent=most_percent,
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
        active = [item for item in doses if not self._is_excipient(item)]
        return _beside_mg(_without_parts(active or doses))

    def _is_excipient(self, item: Item) -> bool:
        if item.what is not Kind.COMPOUND or not item.forms:
            return False
        return self._excipients.issuperset(item.forms)

    def _named(
        self,
        line: Line,
        items: Sequence[Item],
        tokens: Sequence[Token],
    ) -> tuple[Token, ...]:
        """What the line names that the nutrient comes in, each once, in its order."""
        named: dict[str, Token] = {}
        for at in line.forms:
            token = tokens[at]
            if token.name:
                named.setdefault(token.name, token)
        active = []
        for name, token in named.items():
            if name not in self._excipients:
                active.append(token)
        if active or not items:
            return tuple(active)
        for item in items:
            if item.what is not Kind.COMPOUND:
                return ()
        # A line of excipients only is about them.
        return tuple(named.values())

    def _facts(
        self,
        items: Sequence[Item],
        named: Sequence[Token],
        most: float | None,
        *,
        lone_percent: float | None,
        has_share: bool,
    ) -> Facts:
        elemental = _of_kind(items, Kind.ELEMENTAL)
        bare = _of_kind(items, Kind.NUTRIENT)
        compounds = _of_kind(items, Kind.COMPOUND)
        unclear = _of_kind(items, None)
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
            has_share=has_share or self._is_share(lone_percent, first),
            fits=self._fits(first) if first and may_fit else (),
            bare_fits=any(self._fits(item) for item in bare),
            can_be_true=self._shares.can_be_true(held, compound_mg, most),
        )

    def _fits(self, item: Item) -> tuple[float, ...]:
        """The daily values of which an amount is the percentage behind it."""
        if item.mg is None or item.percent is None:
            return ()
        fitting = []
        for daily_mg in self._references:
            exact = 100 * item.mg / daily_mg
            if _is_rounded(exact, item.percent):
                fitting.append(daily_mg)
        return tuple(fitting)

    def _is_share(self, percent: float | None, first: Item | None) -> bool:
        """Whether a percentage before an amount can only be a share: no daily value fits it."""
        if first is None or not percent or percent > _WHOLE_PERCENT:
            return False
        return not self._fits(first._replace(percent=percent))

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


def _value(tokens: Sequence[Token], at: int) -> float | None:
    """The number of the token at a place; None where the place is -1, which stands for none."""
    return tokens[at].value if at >= 0 else None


def _of_kind(items: Sequence[Item], what: Kind | None) -> list[Item]:
    return [item for item in items if item.what is what]


def _without_parts(items: Sequence[Item]) -> Sequence[Item]:
    """The amounts without those that are parts of another: 300 mg, of which 50 mg as citrate."""
    whole_mg = 0.0
    parts_mg = 0.0
    for item in items:
        mg = item.mg or 0
        if _is_whole(item):
            whole_mg = max(whole_mg, mg)
        elif item.is_part:
            parts_mg += mg
    if parts_mg > whole_mg:
        return items
    return [item for item in items if not item.is_part]


def _beside_mg(items: Sequence[Item]) -> Sequence[Item]:
    """The amounts without those in mmol, where the line has all of the nutrient in mg, too."""
    for item in items:
        if _is_whole(item) and not item.is_molar:
            return [item for item in items if not item.is_molar]
    return items


def _elemental_mg(rule: Rule, facts: Facts) -> float | None:
    if rule.basis not in ("elemental", "both"):
        return None
    if rule.holds is wrong_unit or facts.first is None:
        return None
    return facts.first.mg


def _first(items: Sequence[Item]) -> Item | None:
    """The amount that is judged: the first, with what is told of it where it stands again."""
    if not items:
        return None
    first = items[0]
    for item in items[1:]:
        if item.mg != first.mg:
            continue
        if first.percent is None:
            first = first._replace(percent=item.percent)
        if item.has_source:
            first = first._replace(has_source=True)
    return first


def _most_mg(
    facts: Facts,
    compound_mg: float | None,
    most_percent: float | None,
) -> float | None:
    """The most of the nutrient that the compounds can hold, each by its own percentage.

    Where their weights do not make up ``compound_mg``, all of it counts as the richest of them.
    """
    if compound_mg is None:
        return None
    named = [item for item in facts.compounds if item.forms]
    once = _once(named)
    if _sum(item.mg for item in once) == compound_mg:
        held_mg = _sum(_held(item) for item in once)
        return None if held_mg is None else round(held_mg, 2)
    if most_percent is None:
        return None
    return round(compound_mg * most_percent / 100, 2)


def _held(item: Item) -> float | None:
    """The most mg of the nutrient that a compound holds."""
    if item.mg is None or item.most_percent is None:
        return None
    return item.mg * item.most_percent / 100


def _is_rounded(exact: float, percent: float) -> bool:
    """Whether labels print a percentage so: an exact half goes either way, some cut a decimal."""
    away = abs(exact - percent) - _TINY
    if away <= _DECIMAL_ROUNDED:
        return True
    if percent == int(percent) and away <= _PERCENT_ROUNDED:
        return True
    return percent == int(10 * exact) / 10


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
    once = _once(compounds)
    kinds = {(item.forms, item.mg, item.most_percent) for item in compounds}
    if len(kinds) > len(once):
        # A bare salt and its hydrate, of one weight each: the same again, or another.
        return None
    if len(once) > 1 and any(item.is_stranger for item in compounds):
        return None
    total_mg = _sum(item.mg for item in once)
    blends = [item for item in once if not item.forms and not item.inner]
    blends_mg = _sum(item.mg for item in blends)
    if total_mg is None or not blends_mg:
        return total_mg
    parts_mg = total_mg - blends_mg
    return blends_mg if parts_mg <= blends_mg else None


def _once(items: Sequence[Item]) -> list[Item]:
    """The items without those that say the same of the same forms again; the last one stays."""
    different = {(item.forms, item.mg): item for item in items}
    return list(different.values())


def _sum(weights: Iterable[float | None]) -> float | None:
    """What weights come to in mg; None where one is not known, or where there are none."""
    known = []
    for mg in weights:
        if mg is None:
            return None
        known.append(mg)
    return sum(known) if known else None
