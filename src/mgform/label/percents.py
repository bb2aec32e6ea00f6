"""A percentage goes to the amount that it stands beside, if it is one of a daily value."""

from collections.abc import Sequence

from mgform.label.betweens import PARTING
from mgform.label.kinds import AMOUNTS, COMPOUNDS, NAMES, OURS, Kind, Node

_SEPARATORS = frozenset(PARTING) - {Kind.COLON, Kind.POINT}
_PERCENTAGES = frozenset(
    {
        Kind.PERCENT,
        Kind.DAILY_PERCENT,
        Kind.SHARE,
    }
)
_OTHERS = frozenset(
    {
        Kind.OTHER,
        Kind.WORDS,
    }
)
# "98 % assay", "100 % vitamin B6": what stands behind has the percentage.
_OF_SOMETHING = frozenset(
    {
        *COMPOUNDS,
        Kind.OF,
        Kind.WORDS,
        Kind.RELATED,
        Kind.SALT,
        Kind.SOURCE,
    }
)


class _Eligible:
    """The amounts that a percentage may belong to, and what has been read since."""

    def __init__(self, amounts: Sequence[int] = ()) -> None:
        self.amounts = list(amounts)
        self.parted = False
        self.named = False

    def see(self, kind: Kind) -> None:
        """Take notice of what stands between the amounts and a percentage."""
        if kind in _SEPARATORS:
            self.parted = True
        elif kind in OURS and not self.parted and not self.named:
            # 200 mg magnesium 53 %
            self.named = True
        elif kind in NAMES:
            self.amounts = []


class Percents:
    """The nodes of a line with each percentage of a daily value at its amount.

    ``lone`` is the place of the first percentage that may be the share of a compound: of those that
    no amount stands before. -1 where there is none.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = list(nodes)
        self.lone = -1
        self._levels = [_Eligible()]
        self._last_name: Kind | None = None
        for place, node in enumerate(nodes):
            self._see(place, node)

    def _see(self, place: int, node: Node) -> None:
        if node.kind in NAMES:
            self._last_name = node.kind
        level = self._levels[-1]
        if node.kind is Kind.OPEN:
            self._levels.append(_Eligible(level.amounts))
        elif node.kind is Kind.CLOSE and len(self._levels) > 1:
            self._close()
        elif node.kind in AMOUNTS:
            self._levels[-1] = _Eligible([place])
        elif node.kind in _PERCENTAGES:
            self._give(place, node, level)
        else:
            level.see(node.kind)

    def _close(self) -> None:
        """Behind parentheses, a percentage belongs to the amounts before them or in them."""
        inside = self._levels.pop()
        outside = self._levels[-1]
        for place in inside.amounts:
            if place not in outside.amounts:
                outside.amounts.append(place)

    def _give(
        self,
        place: int,
        node: Node,
        level: _Eligible,
    ) -> None:
        """Give a percentage to the amounts before it, or to what stands there without one."""
        if level.amounts:
            if node.kind is not Kind.SHARE and self._is_daily(place, level):
                self._give_to_amounts(level.amounts, node)
        elif (other := self._other_before(place)) is not None:
            if self._behind(place) not in AMOUNTS:
                # Vitamin B6 100 %, magnesium 300 mg: it has its amount; but extract 4 % 90 mg.
                given = Node(Kind.GIVEN)
                self.nodes[other] = self.nodes[other]._replace(inside=(given,))
        elif self.lone < 0 and self._may_be_a_share(place, node):
            self.lone = node.at

    def _other_before(self, place: int) -> int | None:
        """The place of another substance before a percentage, perhaps outside its parentheses."""
        before = place - 1
        if before > 0 and self.nodes[before].kind is Kind.OPEN:
            before -= 1
        if before >= 0 and self.nodes[before].kind in _OTHERS:
            return before
        return None

    def _give_to_amounts(self, amounts: Sequence[int], node: Node) -> None:
        """Give a percentage to amounts; the first that stands behind an amount stays."""
        for place in amounts:
            amount = self.nodes[place]
            if amount.percent < 0:
                self.nodes[place] = amount._replace(percent=node.at)

    def _behind(self, place: int) -> Kind | None:
        """What stands behind a place of the line; None at its end."""
        if place + 1 == len(self.nodes):
            return None
        return self.nodes[place + 1].kind

    def _is_daily(self, place: int, level: _Eligible) -> bool:
        """Not in "100% vegan", "98 % assay" and "400 mg, 100 % vitamin B6"."""
        if self.nodes[place].kind is Kind.DAILY_PERCENT:
            return True
        behind = self._behind(place)
        if level.parted and behind in NAMES:
            return False
        return behind not in _OF_SOMETHING

    def _may_be_a_share(self, place: int, node: Node) -> bool:
        if node.kind is Kind.SHARE:
            return True
        if node.kind is Kind.DAILY_PERCENT or self._last_name not in OURS:
            return False
        behind = self._behind(place)
        return behind is not Kind.VOLUME and behind not in _OF_SOMETHING
