"""A line as clauses: parentheses speak for themselves, or belong to what stands before them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from mgform.label.betweens import PARTING
from mgform.label.kinds import AMOUNTS, COMPOUNDS, NAMES, OURS, Kind, Node
from mgform.label.phrases import mixing, weighing

# Deeper parentheses are read as if they were not there.
_DEEPEST = 6
_SAYS_NOTHING = frozenset(
    {
        Kind.MARK,
        Kind.NUMBER,
        Kind.PERCENT,
        Kind.SHARE,
        Kind.DAILY_PERCENT,
        Kind.SERVING,
        Kind.VOLUME,
        Kind.DAILY,
        Kind.LIMIT,
        Kind.OF,
        Kind.PER,
        Kind.PIECE,
        Kind.SIZE,
        Kind.OPEN,
        Kind.CLOSE,
    }
)
_ENDS_A_SOURCE = frozenset(
    {
        *AMOUNTS,
        Kind.OTHER,
        Kind.GIVEN,
        Kind.HOLDS,
        Kind.STOP,
    }
)
_LIKE_COMPOUNDS = frozenset(
    {
        *COMPOUNDS,
        Kind.SALT,
        Kind.RELATED,
    }
)
# What names and amounts keep of the parentheses behind them; "given" says that amounts stood there.
_JOINED = frozenset(
    {
        *COMPOUNDS,
        *AMOUNTS,
        Kind.WEIGHED,
        Kind.GIVEN,
    }
)


def tidied(nodes: Sequence[Node]) -> list[Node]:
    """Nodes of one level: sources are known as such, and what says nothing is gone."""
    named = _with_sources(weighing(nodes))
    telling = [node for node in named if node.kind not in _SAYS_NOTHING]
    return mixing(telling)


def _with_sources(nodes: Sequence[Node]) -> Iterator[Node]:
    """Compounds behind "as" or "from" are sources, up to an amount or another substance.

    Unknown words are, too, up to the next mark: they say where the nutrient comes from. What ends
    like a compound is one if it begins there, or behind a mark.
    """
    in_source = False
    # No mark and no compound stands since "as".
    is_near = False
    # No compound stands since "as" or the last mark.
    begins = False
    for node, behind in zip_longest(nodes, nodes[1:]):
        if node.kind is Kind.SOURCE:
            in_source = True
            is_near = True
            begins = True
            continue
        if node.kind in _ENDS_A_SOURCE:
            in_source = False
        if node.kind in PARTING:
            is_near = False
            begins = True
        if not is_near and _has_amount(node, behind):
            in_source = False
        if in_source:
            yield _source(node, is_near=is_near, begins=begins)
        else:
            yield node
        if node.kind in _LIKE_COMPOUNDS:
            is_near = False
            begins = False


def _has_amount(node: Node, behind: Node | None) -> bool:
    """Whether a substance of its own has an amount: as citrate, chondroitin sulfate 470 mg."""
    if node.kind is not Kind.RELATED or behind is None:
        return False
    return behind.kind in AMOUNTS


def _source(
    node: Node,
    *,
    is_near: bool,
    begins: bool,
) -> Node:
    """A node behind "as": a compound, or words that may name one, is a source."""
    if node.kind in COMPOUNDS:
        return node._replace(is_source=True)
    if node.kind in _LIKE_COMPOUNDS and begins:
        return Node(Kind.COMPOUND, node.at, is_source=True)
    if node.kind is Kind.WORDS and is_near:
        return Node(Kind.STRANGER, node.at, is_source=True)
    return node


class _Level:
    """The nodes of a line, or in one pair of parentheses, as they are read.

    ``host`` is the name to which parentheses belong that follow; without one, the level around.
    """

    def __init__(self, host: Node | None = None) -> None:
        self.nodes: list[Node] = []
        self.host = host
        self._joined: dict[int, list[Node]] = {}
        # The place of the last name or amount.
        self._target = -1

    def add(self, node: Node) -> None:
        """Take in the next node. Words behind a name belong to it: magnesium citrate powder."""
        belongs = (
            node.kind is Kind.WORDS
            and bool(self.nodes)
            and self.nodes[-1].kind in NAMES
        )
        if node.kind in NAMES and not belongs:
            self.host = node
        if node.kind in NAMES or node.kind in AMOUNTS:
            self._target = len(self.nodes)
        self.nodes.append(node)

    def join(self, nodes: Iterable[Node]) -> None:
        """Put compounds that stood in parentheses to the name or the amount before them."""
        parts = [node for node in nodes if node.kind in _JOINED]
        if self._target >= 0 and parts:
            self._joined.setdefault(self._target, []).extend(parts)

    def call_elemental(self, said: Node) -> None:
        """Take in that the name before is the nutrient itself: magnesium (elemental)."""
        target = self.nodes[self._target] if self._target >= 0 else said
        if target.kind is Kind.NUTRIENT:
            self.nodes[self._target] = target._replace(kind=Kind.ELEMENTAL)
        else:
            self.add(said)

    def call_other(self) -> None:
        """Take in that the words before name another substance."""
        for place in reversed(range(len(self.nodes))):
            if self.nodes[place].kind is Kind.WORDS:
                self.nodes[place] = Node(Kind.OTHER)
                break

    def done(self) -> list[Node]:
        """All nodes of the level, tidied."""
        for place, parts in self._joined.items():
            node = self.nodes[place]
            self.nodes[place] = node._replace(inside=(*node.inside, *parts))
        return tidied(self.nodes)


class Clauses:
    """The clauses of a line: those in parentheses that speak for themselves, and the line itself.

    ``forms`` are the places of compounds that belong to the nutrient, though no clause has them.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.inner: list[list[Node]] = []
        self.forms: set[int] = set()
        self._has_weight = any(node.kind is Kind.AMOUNT for node in nodes)
        self._levels = [_Level()]
        self._ignored = 0
        for node in nodes:
            self._read(node)
        # Parentheses that nothing closes.
        while len(self._levels) > 1:
            unclosed = self._levels.pop()
            for node in unclosed.done():
                self._levels[-1].add(node)
        self.outer = self._levels[0].done()

    def _read(self, node: Node) -> None:
        level = self._levels[-1]
        if node.kind is Kind.OPEN and len(self._levels) > _DEEPEST:
            self._ignored += 1
        elif node.kind is Kind.OPEN:
            self._levels.append(_Level(level.host))
        elif node.kind is not Kind.CLOSE:
            level.add(node)
        elif self._ignored:
            self._ignored -= 1
        elif len(self._levels) > 1:
            self._levels.pop()
            self._close(self._levels[-1], level)

    def _close(self, outer: _Level, level: _Level) -> None:
        """Read what stood in parentheses, beside what stands before them."""
        inside = level.done()
        host = outer.host.kind if outer.host else None
        has_amount = any(node.kind in AMOUNTS for node in inside)
        ours = any(node.kind in OURS and not node.is_source for node in inside)
        if host is Kind.WORDS and _is_source(level.nodes) and ours:
            # Omeprazole (as magnesium).
            outer.call_other()
        elif host is Kind.OTHER and not ours:
            # Zinc (as citrate).
            if len(inside) == 1 and has_amount:
                self._take_amounts(outer, inside)
            elif has_amount:
                outer.join([Node(Kind.GIVEN)])
        elif _speaks_for_itself(inside):
            self._take_clause(outer, inside)
        elif has_amount:
            self._take_amounts(outer, inside)
        elif host in (None, Kind.WORDS):
            self._take_names(outer, inside)
        else:
            self._take_remarks(outer, inside)

    def _take_clause(self, outer: _Level, inside: list[Node]) -> None:
        """Names with amounts. Behind a compound, they tell what it gives: oxide (M 300 mg).

        Where they begin with "providing", they tell that of any name. The name before keeps the
        sources and the weights that stand there, and that it has been given an amount.
        """
        own_compound = any(
            node.kind in COMPOUNDS and not node.is_source for node in inside
        )
        if outer.host and outer.host.kind in COMPOUNDS and not own_compound:
            inside = [
                Node(outer.host.kind),
                Node(Kind.GIVEN),
                *inside,
            ]
        elif outer.host and inside[0].kind is Kind.GIVEN:
            # Rosemary (providing 5 mg).
            inside = [
                Node(outer.host.kind),
                *inside,
            ]
        self.inner.append(inside)
        for node in inside:
            if node.is_source or node.kind is Kind.WEIGHED:
                outer.join([node])
        outer.join([Node(Kind.GIVEN)])

    def _take_amounts(self, outer: _Level, inside: list[Node]) -> None:
        """Amounts without names; mmol beside a weight say the same again.

        Behind another amount, they weigh what that weighs.
        """
        kinds = {node.kind for node in inside}
        if Kind.SLASH in kinds:
            # (1000 mg / 2000 mg)
            inside = [Node(Kind.AMOUNT)]
        behind_amount = bool(outer.nodes) and outer.nodes[-1].kind in AMOUNTS
        for node in inside:
            if node.kind is Kind.AMOUNT or (
                node.kind is Kind.MOLAR and not self._has_weight
            ):
                if behind_amount:
                    outer.join([node])
                else:
                    outer.add(node)

    def _take_names(self, outer: _Level, inside: list[Node]) -> None:
        """Names behind unknown words, or nothing: blend (M, zinc); (as citrate) 200 mg."""
        names = [node for node in inside if node.kind in NAMES]
        kinds = {node.kind for node in names}
        if names and all(node.is_source for node in names):
            if outer.host is None and Kind.COMPOUND in kinds:
                outer.add(Node(Kind.NUTRIENT, inside=tuple(names)))
            else:
                outer.join(names)
        elif not kinds & {Kind.OTHER, *OURS}:
            return
        elif kinds & {Kind.OTHER, Kind.WORDS, Kind.RELATED}:
            for node in names:
                if node.kind is Kind.COMPOUND:
                    self.forms.add(node.at)
            outer.add(Node(Kind.OTHER))
        else:
            for node in names:
                outer.add(node)

    def _take_remarks(self, outer: _Level, inside: list[Node]) -> None:
        """What is said of the name before: magnesium (as citrate), magnesium (elemental)."""
        for node in inside:
            outer.join([_known_salt(node), *node.inside])
        for node in inside:
            if node.kind is Kind.ELEMENTAL:
                outer.call_elemental(node)


def _known_salt(node: Node) -> Node:
    """In parentheses behind the nutrient, what ends like a compound is one."""
    if node.kind in (Kind.SALT, Kind.RELATED):
        return node._replace(kind=Kind.COMPOUND)
    return node


def _is_source(nodes: Sequence[Node]) -> bool:
    """Whether parentheses begin with "as" or "from", and tell no amount."""
    if any(node.kind in AMOUNTS for node in nodes):
        return False
    return bool(nodes) and nodes[0].kind is Kind.SOURCE


def _speaks_for_itself(nodes: Sequence[Node]) -> bool:
    kinds = {node.kind for node in nodes}
    if Kind.WEIGHED in kinds:
        return True
    if not kinds & AMOUNTS:
        return False
    return bool(kinds & {*NAMES, Kind.GIVEN, Kind.HOLDS})
