"""What the kinds of a line say: what its amounts weigh, and the forms of the nutrient."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mgform.label.amounts import Clause
from mgform.label.betweens import has_amount
from mgform.label.clauses import Clauses
from mgform.label.kinds import AMOUNTS, COMPOUNDS, NAMES, OURS, Kind, Node
from mgform.label.percents import Percents
from mgform.label.phrases import figures, naming
from mgform.label.places import weighed

_BETWEEN_TURNS = frozenset(
    {
        Kind.SLASH,
        Kind.COMMA,
        Kind.DASH,
        Kind.WITH,
        Kind.STOP,
        Kind.POINT,
    }
)
_SAYS_NO_NUMBER = frozenset(
    {
        Kind.MARK,
        Kind.COLON,
        Kind.COMMA,
        Kind.WORDS,
        Kind.OPEN,
        Kind.DOT,
    }
)


class Weight(NamedTuple):
    """An amount, and what it weighs.

    ``what`` is NUTRIENT, ELEMENTAL, COMPOUND, or None where several readings differ. ``at``,
    ``percent`` and ``compounds`` are places of tokens: of the amount, of the percentage behind it,
    of the compounds that name it. ``inner`` tells that it stands in parentheses, ``has_source``
    that the line says what the nutrient comes from, ``is_source`` that it is the weight of a
    compound from which the nutrient comes, ``is_part`` that it is a part of the nutrient.
    """

    what: Kind | None
    at: int
    percent: int = -1
    compounds: tuple[int, ...] = ()
    is_molar: bool = False
    inner: bool = False
    has_source: bool = False
    is_source: bool = False
    is_part: bool = False
    is_stranger: bool = False


class Line(NamedTuple):
    """What the kinds of a line say, by places of tokens.

    ``lone_percent`` is a percentage that no amount stands before, ``has_share`` whether one of the
    percentages is the nutrient's share of something.
    """

    weights: tuple[Weight, ...]
    forms: tuple[int, ...]
    lone_percent: int
    has_share: bool


def parsed(kinds: str) -> Line:
    """What a line of such kinds says."""
    nodes = [Node(Kind(letter), at) for at, letter in enumerate(kinds)]
    nodes = naming(figures(nodes))
    nodes = _with_numbers(_with_elemental(nodes))
    has_share = any(node.kind is Kind.SHARE for node in nodes)
    percents = Percents(nodes)
    clauses = Clauses(percents.nodes)
    forms = set(clauses.forms)
    weights: list[Weight] = []
    for clause in clauses.inner:
        weights += _weights(clause, forms, inner=True)
    weights += _weights(clauses.outer, forms, inner=False)
    places = sorted(forms - {-1})
    return Line(
        weights=tuple(weights),
        forms=tuple(places),
        lone_percent=percents.lone,
        has_share=has_share,
    )


def _with_elemental(nodes: Sequence[Node]) -> list[Node]:
    """A lone "elemental" (SAID) says it of the nutrient; behind another name, it is left out."""
    said = []
    last_name = None
    for node in nodes:
        if node.kind in NAMES and node.kind is not Kind.WORDS:
            last_name = node.kind
        if node.kind is not Kind.SAID:
            said.append(node)
        elif last_name is not Kind.OTHER:
            said.append(node._replace(kind=Kind.ELEMENTAL))
    return said


def _with_numbers(nodes: Sequence[Node]) -> list[Node]:
    """A number without a unit beside "elemental" is an amount, though nobody knows of what unit.

    Citrate 1000 mg (elemental 160); citrate 1000 mg, of which 160 elemental.
    """
    numbered = list(nodes)
    has_amount = False
    before = None
    for place, node in enumerate(nodes):
        if node.kind is Kind.AMOUNT:
            has_amount = True
        if node.kind is Kind.NUMBER and has_amount:
            behind = [other.kind for other in nodes[place + 1 : place + 3]]
            if behind[:1] == [Kind.OF]:
                behind = behind[1:]
            named_behind = behind[:1] == [Kind.ELEMENTAL]
            if named_behind or (
                before is Kind.ELEMENTAL and behind[:1] != [Kind.AMOUNT]
            ):
                numbered[place] = Node(Kind.AMOUNT)
        if node.kind not in _SAYS_NO_NUMBER:
            before = node.kind
    return numbered


def _by_turns(nodes: Sequence[Node]) -> list[Node]:
    """As many amounts side by side as names before them: calcium/magnesium 500 mg/250 mg."""
    turned: list[Node] = []
    names: list[Node] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        if node.kind not in AMOUNTS:
            turned.append(node)
            if node.kind is Kind.WORDS and not names:
                # A title.
                pass
            elif has_amount(node):
                names = []
            elif node.kind in NAMES:
                names.append(node)
            elif node.kind not in _BETWEEN_TURNS:
                names = []
            at += 1
            continue
        run = _run_of_amounts(nodes, at)
        side_by_side = nodes[at : at + run]
        amounts = [other for other in side_by_side if other.kind in AMOUNTS]
        if 1 < len(amounts) == len(names) and _is_mixed(names):
            del turned[-_back_to(turned, names[0]) :]
            for name, amount in zip(names, amounts, strict=True):
                turned += [name, amount, Node(Kind.STOP)]
        else:
            turned += _without_alternatives(side_by_side)
        names = []
        at += run
    return turned


def _run_of_amounts(nodes: Sequence[Node], start: int) -> int:
    """How many nodes an amount makes up together with others that marks alone part from it."""
    end = start + 1
    at = end
    while at < len(nodes):
        if nodes[at].kind in AMOUNTS:
            end = at + 1
        elif nodes[at].kind not in _BETWEEN_TURNS:
            break
        at += 1
    return end - start


def _without_alternatives(nodes: Sequence[Node]) -> list[Node]:
    """Weights that slashes part are one that nobody knows: 150 mg / 300 mg."""
    single: list[Node] = []
    behind_slash = False
    for node in nodes:
        if (
            node.kind is Kind.AMOUNT
            and behind_slash
            and single[-1].kind is Kind.AMOUNT
        ):
            single[-1] = Node(Kind.AMOUNT)
        elif node.kind is Kind.SLASH and single[-1].kind is Kind.AMOUNT:
            behind_slash = True
            continue
        elif node.kind is not Kind.POINT:
            single.append(node)
            behind_slash = False
    return single


def _is_mixed(names: Sequence[Node]) -> bool:
    kinds = {name.kind for name in names}
    return Kind.OTHER in kinds and bool(kinds & OURS)


def _back_to(nodes: Sequence[Node], name: Node) -> int:
    """How many nodes there are from a name to the end."""
    backwards = enumerate(reversed(nodes), 1)
    return next(back for back, node in backwards if node is name)


def _weights(
    nodes: Sequence[Node],
    forms: set[int],
    *,
    inner: bool,
) -> Iterator[Weight]:
    """What the amounts of a clause weigh; its forms are added to ``forms``."""
    nodes = _by_turns([_plain(node) for node in nodes])
    free = _without_weighed(nodes)
    for node in nodes:
        if node.kind is Kind.WEIGHED:
            yield _source_weight(node, inner=inner)
    clause = Clause(free)
    of_others: set[Node] = set()
    what_before: Kind | None = None
    names_before: list[Node] = []
    for at, (amount, places) in enumerate(clause.places()):
        options = {weighed(place) for place in places}
        names: list[Node] = []
        for place in places:
            names += place.before
            names += place.behind
        what = _agreed(options)
        if options == {None} and clause.betweens[at].is_empty:
            # Magnesium 200 mg, 300 mg: either may be meant.
            what = what_before
            names = names_before
        if what in (Kind.OTHER, Kind.WORDS):
            of_others.update(names)
        if amount.kind is not Kind.MEASURE and (what in OURS or options & OURS):
            yield _weight(amount, what, names, inner=inner)
            # Magnesium 300 mg (0.3 g).
            for again in amount.inside:
                if again.kind in AMOUNTS:
                    yield _weight(again, what, names, inner=inner)
        what_before = what
        names_before = [name._replace(inside=()) for name in names]
    forms.update(_forms(nodes, of_others))


def _without_weighed(nodes: Sequence[Node]) -> list[Node]:
    """The nodes without weights of sources; what stands before such a weight keeps it."""
    free: list[Node] = []
    for node in nodes:
        if node.kind is not Kind.WEIGHED:
            free.append(node)
        elif free and free[-1].kind in (*AMOUNTS, *OURS):
            free[-1] = free[-1]._replace(inside=(*free[-1].inside, node))
    return free


def _agreed(options: set[Kind | None]) -> Kind | None:
    """What an amount weighs; a compound, where all readings leave it the nutrient or that."""
    if len(options) == 1:
        return next(iter(options))
    return Kind.COMPOUND if options <= OURS else None


def _plain(node: Node) -> Node:
    """What ends like a compound is a word like others, where nothing makes it one.

    A form is a compound, unless it comes from one: chloride (as magnesium chloride) 20 mg.
    """
    if node.kind is Kind.SALT:
        return Node(Kind.WORDS)
    if node.kind is Kind.RELATED:
        return node._replace(kind=Kind.WORDS)
    if node.kind is Kind.FORM:
        from_another = any(part.is_source for part in node.inside)
        return node._replace(kind=Kind.OTHER if from_another else Kind.COMPOUND)
    return node


def _forms(nodes: Sequence[Node], of_others: set[Node]) -> Iterator[int]:
    """The places of the compounds of a clause that are the nutrient's."""
    for node in nodes:
        is_of_another = node in of_others
        is_other_source = node.is_source and is_of_another
        if node.kind is Kind.COMPOUND and not is_other_source:
            yield node.at
        if node.kind is Kind.WORDS and not is_of_another:
            yield node.at
        if node.kind is not Kind.OTHER:
            yield from _compounds_inside(node)


def _compounds_inside(node: Node) -> Iterator[int]:
    """The places of compounds in parentheses behind a name, and of those that are weighed."""
    for part in node.inside:
        for compound in (part, *part.inside):
            if compound.kind in (Kind.COMPOUND, Kind.FORM):
                yield compound.at


def _source_weight(node: Node, *, inner: bool) -> Weight:
    compounds = tuple(part.at for part in node.inside if part.kind in NAMES)
    return Weight(
        what=Kind.COMPOUND,
        at=node.at,
        compounds=compounds,
        inner=inner,
        is_source=True,
    )


def _weight(
    amount: Node,
    what: Kind | None,
    names: Sequence[Node],
    *,
    inner: bool,
) -> Weight:
    inside = list(amount.inside)
    for name in names:
        inside += name.inside
    parts = [part for part in inside if part.kind in (*COMPOUNDS, Kind.WEIGHED)]
    sources = [name for name in names if name.is_source]
    from_weight = any(part.kind is Kind.WEIGHED for part in parts)
    has_source = bool(sources or parts)
    is_from_known = what is Kind.STRANGER and has_source
    if what in COMPOUNDS and (from_weight or is_from_known):
        # Magnesium citrate 160 mg (from 1000 mg magnesium citrate).
        what = Kind.NUTRIENT
    only_sources = bool(names) and len(sources) == len(names)
    compounds = [name.at for name in (*names, *parts) if name.kind in COMPOUNDS]
    if any(name.at >= 0 for name in (*parts, *sources)):
        # Magnesium complex (citrate, oxide): it is of these.
        compounds = [at for at in compounds if at >= 0]
    return Weight(
        what=Kind.COMPOUND if what is Kind.STRANGER else what,
        is_stranger=what is Kind.STRANGER,
        at=amount.at,
        percent=amount.percent,
        compounds=tuple(dict.fromkeys(compounds)),
        is_molar=amount.kind is Kind.MOLAR,
        inner=inner,
        has_source=what is Kind.NUTRIENT and has_source,
        is_part=what is Kind.NUTRIENT and only_sources,
    )
