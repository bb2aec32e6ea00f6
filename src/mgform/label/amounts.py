"""Each amount goes to what it weighs.

A clause is names and amounts by turns. The names between two amounts may belong to either, or be
parted between them. Every way to part them is looked at, what is odd in it is summed up, and the
least odd way is taken. Where several are equally odd, an amount may weigh several things.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mgform.label.kinds import AMOUNTS, COMPOUNDS, NAMES, OURS, Kind, Node

# How much a mark parts what stands on its two sides.
_PARTING = {
    Kind.COLON: 2,
    Kind.DOT: 6,
    Kind.COMMA: 6,
    Kind.WITH: 6,
    Kind.STOP: 7,
    Kind.SLASH: 110,
}
_COMMA = _PARTING[Kind.COMMA]


class Between:
    """What stands between two amounts, or at an end of a clause.

    ``gaps`` say how much the marks part before each name, and behind the last. ``given`` is how
    many of the names stand before "of which", or None.
    """

    def __init__(self, nodes: Sequence[Node] = ()) -> None:
        self.names: list[Node] = []
        self.gaps = [0]
        self.given: int | None = None
        self.of_another = False  # what is given is given by another substance
        for node in nodes:
            if node.kind in NAMES:
                self.names.append(node)
                self.gaps.append(0)
            elif node.kind is Kind.GIVEN and self.given is None:
                self.given = len(self.names)
            elif node.kind in _PARTING:
                self.gaps[-1] = max(self.gaps[-1], _PARTING[node.kind])

    @property
    def is_empty(self) -> bool:
        """Whether two amounts stand side by side: 200 mg, 300 mg."""
        return not self.names and self.given is None

    def heads(self) -> list[Kind]:
        """The kinds of the names before "of which"; words behind a name belong to that."""
        end = len(self.names) if self.given is None else self.given
        return [
            name.kind
            for place, name in enumerate(self.names[:end])
            if name.kind is not Kind.WORDS or not place or self.gaps[place]
        ]

    def cuts(self) -> list[int]:
        """How many of the names may belong to the amount before."""
        end = len(self.names)
        if self.given is not None:
            return sorted({0, self.given})  # 1000 mg citrate | of which magnesium
        parted = [place for place in range(1, end) if self.gaps[place]]
        sources = [place for place, name in enumerate(self.names) if name.is_source]
        cuts = {0, end, *parted[:1], *parted[-1:]}
        if sources:
            cuts |= {sources[0], self._end_of_sources(sources[0])}
        return sorted(cuts)

    def titles(self) -> list[int]:
        """How many of the first names may be a title, which belongs to no amount."""
        end = len(self.names) if self.given is None else self.given
        strong = (_PARTING[Kind.COLON], _PARTING[Kind.STOP])
        parted = [place for place in range(1, end) if self.gaps[place] in strong]
        return sorted({0, end, *parted[:1], *parted[-1:]})

    def _end_of_sources(self, start: int) -> int:
        end = start
        while end < len(self.names) and self.names[end].is_source:
            end += 1
        return end


class Place(NamedTuple):
    """An amount in one way to read a clause.

    ``before`` and ``behind`` are the names that are its own, ``gap_before`` and ``gap_behind`` say
    how much the marks part it from them. ``head`` is where the names begin that stand before it
    without a comma. ``given`` says that "of which" stands before it, and ``told`` that the names
    before it stand behind that.
    """

    before: Sequence[Node]
    behind: Sequence[Node]
    gap_before: int = 0
    gap_behind: int = 0
    head: int = 0
    tail: int = 0
    given: bool = False
    told: bool = False
    of_another: bool = False
    far: bool = False
    shared: bool = False


def _kinds(names: Sequence[Node]) -> set[Kind]:
    return {name.kind for name in names}


# What an amount weighs: the first of these that holds.


def elemental_behind(place: Place) -> Kind | None:
    """Magnesium citrate, 200 mg elemental."""
    first = place.behind[0].kind if place.behind else None
    if first is Kind.ELEMENTAL and Kind.OTHER not in _kinds(place.before):
        return Kind.ELEMENTAL
    return None


def given_of_it(place: Place) -> Kind | None:
    """Magnesium citrate 1000 mg, of which 160 mg magnesium."""
    first = place.behind[0].kind if place.behind else None
    if place.given and not place.told and first is Kind.NUTRIENT:
        return Kind.ELEMENTAL
    return None


def part_from_source(place: Place) -> Kind | None:
    """Magnesium 400 mg (200 mg from citrate and 200 mg from oxide)."""
    from_source = bool(place.behind) and place.behind[0].is_source
    if from_source and not place.before and place.gap_behind == 0:
        return Kind.NUTRIENT
    return None


def names_before(place: Place) -> Kind | None:
    """Magnesium 200 mg; magnesium citrate 1000 mg, of which magnesium 160 mg."""
    what = _named(place.before, place.before[place.head :])
    if place.told and what is Kind.NUTRIENT:
        return Kind.ELEMENTAL
    return what


def names_behind(place: Place) -> Kind | None:
    """200 mg magnesium."""
    if Kind.OTHER in _kinds(place.behind):
        return Kind.OTHER
    return _named(place.behind[: place.tail], place.behind[: place.tail])


def only_given(place: Place) -> Kind | None:
    """Magnesium citrate powder 200 g, one spoon provides 400 mg."""
    if not place.given:
        return None
    return Kind.OTHER if place.of_another else Kind.ELEMENTAL


ATTACHING: tuple[Callable[[Place], Kind | None], ...] = (
    elemental_behind,
    given_of_it,
    part_from_source,
    names_before,
    names_behind,
    only_given,
)


def weighed(place: Place) -> Kind | None:
    """What an amount weighs."""
    for rule in ATTACHING:
        if what := rule(place):
            return what
    return None


def _named(names: Sequence[Node], nearest: Sequence[Node]) -> Kind | None:
    """What names side by side name; ``nearest`` are those that no comma parts from the amount.

    Several substances together are another one. Else the last name counts that is no source.
    """
    kinds = _kinds(names)
    if Kind.OTHER in kinds:
        return Kind.OTHER
    if nearest and _kinds(nearest) == {Kind.WORDS}:
        return Kind.OTHER if kinds & OURS else Kind.WORDS  # magnesium, lemon balm 100 mg
    if Kind.ELEMENTAL in kinds:
        return Kind.ELEMENTAL
    ours = [name.kind for name in names if name.kind in OURS and not name.is_source]
    if not ours:
        return Kind.COMPOUND if kinds & COMPOUNDS else None
    return ours[-1]


# What is odd in a way to read a clause.


def unnamed(place: Place) -> bool:
    """200 mg | magnesium 300 mg zinc."""
    return not place.before and not place.behind and not place.given


def far(place: Place) -> bool:
    """24 mg | elemental from citrate 150 mg: "elemental" stands right behind another amount."""
    return place.far


def mixed(place: Place) -> bool:
    """Magnesium, vitamin B6 300 mg: one amount for several substances."""
    ours = _kinds(place.before or place.behind) & OURS
    return bool(ours) and weighed(place) is Kind.OTHER


def shared(place: Place) -> bool:
    """200 mg magnesium | citrate 1000 mg: no mark parts the names between two amounts."""
    return place.shared


def named_twice(place: Place) -> bool:
    """Zinc 15 mg magnesium | 300 mg: another name behind an amount that has one."""
    others = _kinds(place.behind) & {Kind.NUTRIENT, Kind.OTHER}
    return bool(place.before) and bool(others) and not place.given and not place.gap_behind


def unknown(place: Place) -> bool:
    """Lemon balm 100 mg: only unknown words name it."""
    return weighed(place) is Kind.WORDS


class Oddity(NamedTuple):
    """Something odd, and how much it counts."""

    holds: Callable[[Place], bool]
    weight: int


ODDITIES = (
    Oddity(unnamed, 100),
    Oddity(far, 50),
    Oddity(mixed, 40),
    Oddity(shared, 30),
    Oddity(named_twice, 10),
    Oddity(unknown, 5),
)
_TITLE = 10  # names at the beginning that belong to no amount


def _odd(place: Place) -> int:
    parted = 0
    if place.before:
        parted = place.gap_before
    elif place.behind:
        parted = max(place.gap_behind, _COMMA) if place.gap_behind else 0
    return parted + sum(oddity.weight for oddity in ODDITIES if oddity.holds(place))


class _Step(NamedTuple):
    """One amount in one way to read a clause, between two cuts, and how odd the way is so far."""

    start: int
    end: int
    place: Place
    odd: int


class Clause:
    """A line, or what stands in parentheses and speaks for itself."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.amounts: list[Node] = []
        self.betweens: list[Between] = []
        start = 0
        last_name: Kind | None = None
        for end, node in enumerate([*nodes, Node(Kind.AMOUNT)]):
            if node.kind not in AMOUNTS:
                continue
            between = Between(nodes[start:end])
            self.betweens.append(between)
            self.amounts.append(node)
            heads = between.heads()
            last_name = heads[-1] if heads else last_name
            between.of_another = last_name in (Kind.OTHER, Kind.WORDS)
            start = end + 1
        self.amounts.pop()

    def places(self) -> Iterator[tuple[Node, list[Place]]]:
        """Each amount, with its places in the ways to read the clause that are least odd."""
        steps = self._steps()
        if not steps:
            return
        least = min(step.odd for step in steps[-1])
        ends = {step.end for step in steps[-1] if step.odd == least}
        best = [step for step in steps[-1] if step.odd == least]
        chosen = [best]
        for before in reversed(steps[:-1]):
            starts = {step.start for step in best}
            best = [step for step in _least_odd(before) if step.end in starts]
            chosen.append(best)
        for amount, ways in zip(self.amounts, reversed(chosen), strict=True):
            yield amount, [step.place for step in ways]

    def _steps(self) -> list[list[_Step]]:
        """For each amount, every step from a cut before it to a cut behind it."""
        first = self.betweens[0]
        so_far = {cut: self._title(cut) for cut in first.titles()}
        steps: list[list[_Step]] = []
        for at in range(len(self.amounts)):
            every = [
                self._step(at, start, end, odd)
                for start, odd in so_far.items()
                for end in self._ends(at + 1)
            ]
            steps.append(every)
            so_far = {step.end: step.odd for step in _least_odd(every)}
        return steps

    def _title(self, cut: int) -> int:
        known = any(name.kind is not Kind.WORDS for name in self.betweens[0].names[:cut])
        return _TITLE if known else 0

    def _ends(self, at: int) -> list[int]:
        between = self.betweens[at]
        if at < len(self.amounts):
            return between.cuts()
        return [len(between.names) if between.given is None else between.given]

    def _step(self, at: int, start: int, end: int, odd: int) -> _Step:
        place = self._place(at, start, end)
        return _Step(start, end, place, odd + _odd(place))

    def _place(self, at: int, start: int, end: int) -> Place:
        before, behind = self.betweens[at], self.betweens[at + 1]
        given = before.given is not None
        told = given and len(before.names) > (before.given or 0)
        if told:
            start = max(start, before.given or 0)
        own = before.names[start:]
        own_gaps = before.gaps[start + 1 :]
        head = max((n + 1 for n, gap in enumerate(own_gaps[:-1]) if gap >= _COMMA), default=0)
        tail = next((n for n in range(1, end) if behind.gaps[n] >= _COMMA), end)
        by_source = 0 < start and before.names[start - 1].is_source
        cut_off = 0 < start < len(before.names) and not before.gaps[start] and not by_source
        return Place(
            before=own,
            behind=behind.names[:end],
            gap_before=before.gaps[-1],
            gap_behind=behind.gaps[0],
            head=head,
            tail=tail,
            given=given,
            told=told,
            of_another=before.of_another,
            far=at > 0 and start == 0 and before.gaps[0] < _COMMA and len(own) > 1 and own[0].kind is Kind.ELEMENTAL,
            shared=at > 0 and not given and cut_off,
        )


def _least_odd(steps: Sequence[_Step]) -> list[_Step]:
    """Of the steps to each cut, those that are least odd."""
    least: dict[int, int] = {}
    for step in steps:
        least[step.end] = min(step.odd, least.get(step.end, step.odd))
    return [step for step in steps if step.odd == least[step.end]]
