"""Each amount goes to what it weighs.

A clause is names and amounts by turns. The names between two amounts may belong to either, or be
parted between them. Every way to part them is looked at, what is odd in it is summed up, and the
least odd way is taken. Where several are equally odd, an amount may weigh several things.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mgform.label.kinds import AMOUNTS, NAMES, OURS, Kind, Node

# How much a mark parts what stands on its two sides.
_PARTING = {
    Kind.POINT: 1,
    Kind.COLON: 2,
    Kind.DOT: 6,
    Kind.COMMA: 6,
    Kind.WITH: 6,
    Kind.STOP: 7,
    Kind.SLASH: 110,
}
_COMMA, _COLON = _PARTING[Kind.COMMA], _PARTING[Kind.COLON]
# How odd it is that names belong to no amount.
_LEFT_OVER, _LEFT_OVER_WORDS = 10, 5


class Part(NamedTuple):
    """One way to part the names between two amounts, and how odd it is.

    Those up to ``end`` belong to the amount before, those from ``start`` on to the one behind, and
    those between to none.
    """

    end: int
    start: int
    odd: int = 0


class Between:
    """What stands between two amounts, or at an end of a clause.

    ``gaps`` say how much the marks part before each name, and behind the last. ``given`` is how
    many of the names stand before "of which", or None.
    """

    def __init__(self, nodes: Sequence[Node] = ()) -> None:
        self.names: list[Node] = []
        self.gaps = [0]
        self.given: int | None = None
        self.host: Kind | None = None  # the name before "of which"
        for node in nodes:
            if node.kind in NAMES:
                if (
                    self.names and self.names[-1].inside
                ):  # magnesium (as citrate) | feverfew 9 mg
                    self.gaps[-1] = max(self.gaps[-1], _COMMA)
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

    def parts(self) -> list[Part]:
        """The ways to part the names between the amounts before and behind."""
        end = len(self.names)
        if self.given is not None:  # 1000 mg citrate | of which magnesium
            return [Part(cut, self.given) for cut in sorted({0, self.given})]
        parts = [Part(cut, cut) for cut in self._cuts()]
        served = [
            place for place, name in enumerate(self.names) if _has_amount(name)
        ]
        if served:
            first = served[0]
            if (
                first
                and self.names[first - 1].kind is Kind.WORDS
                and not self.gaps[first]
            ):
                first -= 1  # heavy magnesium oxide (magnesium 120 mg)
            parts.append(Part(first, served[-1] + 1))
        marks = [place for place in range(end) if self.gaps[place]]
        if len(marks) > 1:
            parts.append(
                Part(marks[0], marks[-1], self._odd(marks[0], marks[-1]))
            )
        return list(dict.fromkeys(parts))

    def first_parts(self) -> list[Part]:
        """The ways to part the names before the first amount: some may be a title."""
        end = len(self.names)
        if self.given is not None:
            return [Part(0, self.given)]
        marks = [place for place in range(1, end) if self.gaps[place]]
        cuts = sorted({0, end, *marks[:1], *marks[-1:]})
        return [Part(0, cut, self._odd_title(cut)) for cut in cuts]

    def last_parts(self) -> list[Part]:
        """The ways to part the names behind the last amount: some may belong to nothing."""
        end = len(self.names)
        if self.given is not None:
            return [Part(cut, end) for cut in sorted({0, self.given})]
        return [Part(cut, end, self._odd_rest(cut)) for cut in self._cuts()]

    def _cuts(self) -> list[int]:
        end = len(self.names)
        marks = [place for place in range(1, end) if self.gaps[place]]
        sources = [
            place for place, name in enumerate(self.names) if name.is_source
        ]
        cuts = {0, end, min(1, end), max(end - 1, 0), *marks[:1], *marks[-1:]}
        if sources:
            cuts |= {sources[0], self._end_of_sources(sources[0])}
        return sorted(cuts)

    def _odd_title(self, cut: int) -> int:
        """Less where a colon or a line break ends it, and most without any mark."""
        odd = self._odd(0, cut)
        if self.gaps[cut] in (_COLON, _PARTING[Kind.STOP]):
            return odd // 2
        return odd

    def _odd_rest(self, cut: int) -> int:
        """Only as far as a mark: what stands behind one belongs to no amount."""
        end = cut
        while end < len(self.names) and not self.gaps[end]:
            end += 1
        return self._odd(cut, end)

    def _odd(self, start: int, end: int) -> int:
        """How odd it is that some names belong to nothing."""
        names = [
            name for name in self.names[start:end] if not _has_amount(name)
        ]
        if not names:
            return 0
        known = any(name.kind is not Kind.WORDS for name in names)
        return _LEFT_OVER if known else _LEFT_OVER_WORDS

    def _end_of_sources(self, start: int) -> int:
        end = start
        while end < len(self.names) and self.names[end].is_source:
            end += 1
        return end


def _has_amount(name: Node) -> bool:
    """Whether amounts stand in parentheses behind a name: magnesium (from 500 mg oxide)."""
    return any(part.kind in (Kind.WEIGHED, Kind.GIVEN) for part in name.inside)


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
    host: Kind | None = None
    far: bool = False
    shared: bool = False
    beside: bool = False


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
    if place.told and what is Kind.NUTRIENT and place.host in OURS:
        return Kind.ELEMENTAL
    return what


def names_behind(place: Place) -> Kind | None:
    """200 mg magnesium."""
    nearest = place.behind[: place.tail]
    what = _named(nearest, nearest)
    if what in OURS and Kind.OTHER in _kinds(place.behind):
        return Kind.OTHER  # 300 mg magnesium, zinc
    return what


def only_given(place: Place) -> Kind | None:
    """Magnesium citrate powder 200 g, one spoon provides 400 mg."""
    if not place.given:
        return None
    return (
        Kind.OTHER if place.host in (Kind.OTHER, Kind.WORDS) else Kind.ELEMENTAL
    )


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
        return (
            Kind.OTHER if kinds & OURS else Kind.WORDS
        )  # magnesium, lemon balm 100 mg
    if Kind.ELEMENTAL in kinds:
        return Kind.ELEMENTAL
    ours = [
        name.kind for name in names if name.kind in OURS and not name.is_source
    ]
    if ours:
        return ours[-1]
    if Kind.COMPOUND in kinds:
        return Kind.COMPOUND
    return Kind.WORDS if Kind.WORDS in kinds else None


# What is odd in a way to read a clause.


def unnamed(place: Place) -> bool:
    """200 mg | magnesium 300 mg zinc."""
    return not _is_named(place) and not place.given and not place.beside


def unnamed_beside(place: Place) -> bool:
    """Magnesium 200 mg, 300 mg: nothing names an amount beside another one."""
    return not _is_named(place) and not place.given and place.beside


def only_told(place: Place) -> bool:
    """Provides 100 mg | magnesium 8 mg iron: no name stands with an amount behind "provides"."""
    return not _is_named(place) and place.given


def _is_named(place: Place) -> bool:
    return bool(place.before or place.behind)


def far(place: Place) -> bool:
    """24 mg | elemental from citrate 150 mg: "elemental" stands right behind another amount."""
    return place.far


def mixed(place: Place) -> bool:
    """Magnesium and vitamin B6 300 mg: one amount for several substances."""
    return _is_mixed(place) and not place.head


def passed_over(place: Place) -> bool:
    """Magnesium, vitamin B6 300 mg: names before a comma may have no amount."""
    return _is_mixed(place) and place.head > 0


def _is_mixed(place: Place) -> bool:
    ours = _kinds(place.before or place.behind) & OURS
    return bool(ours) and weighed(place) is Kind.OTHER


def shared(place: Place) -> bool:
    """200 mg magnesium | citrate 1000 mg: no mark parts the names between two amounts."""
    return place.shared


def named_twice(place: Place) -> bool:
    """Zinc 15 mg magnesium | 300 mg: another name behind an amount that has one."""
    others = _kinds(place.behind) & {Kind.NUTRIENT, Kind.OTHER}
    return bool(place.before) and bool(others) and not place.given


def followed_by_words(place: Place) -> bool:
    """Zinc 15 mg, EPA | 300 mg: unknown words behind an amount that has a name."""
    return bool(place.before) and Kind.WORDS in _kinds(place.behind[:1])


def run_into_words(place: Place) -> bool:
    """Zinc 15 mg EPA | 300 mg: and no mark parts them."""
    return followed_by_words(place) and not place.gap_behind


def only_source(place: Place) -> bool:
    """200 mg as citrate: what it comes from stands there, and not what it is."""
    return not place.before and bool(place.behind) and place.behind[0].is_source


def source_and_more(place: Place) -> bool:
    """200 mg as citrate | feverfew 170 mg: the source belongs to the amount before it."""
    if not place.before or not place.before[0].is_source:
        return False
    return any(not name.is_source for name in place.before)


def unknown(place: Place) -> bool:
    """Lemon balm 100 mg: only unknown words name it."""
    return weighed(place) is Kind.WORDS


class Oddity(NamedTuple):
    """Something odd, and how much it counts."""

    holds: Callable[[Place], bool]
    weight: int


ODDITIES = (
    Oddity(unnamed, 100),
    Oddity(unnamed_beside, 5),
    Oddity(only_told, 15),
    Oddity(far, 50),
    Oddity(mixed, 40),
    Oddity(passed_over, 10),
    Oddity(shared, 30),
    Oddity(named_twice, 10),
    Oddity(source_and_more, 10),
    Oddity(followed_by_words, 5),
    Oddity(run_into_words, 5),
    Oddity(only_source, 5),
    Oddity(unknown, 5),
)


def _odd(place: Place) -> int:
    parted = 0
    if place.before:
        parted = place.gap_before
    elif place.behind:
        # A colon parts what stands behind an amount from it: magnesium 300 mg: for the muscles.
        parted = _COMMA if place.gap_behind == _COLON else place.gap_behind
    return parted + sum(
        oddity.weight for oddity in ODDITIES if oddity.holds(place)
    )


class _Step(NamedTuple):
    """One amount in one way to read a clause, between two parts, and how odd the way is so far."""

    before: Part
    behind: Part
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
            between.host = last_name
            start = end + 1
        self.amounts.pop()

    def places(self) -> Iterator[tuple[Node, list[Place]]]:
        """Each amount, with its places in the ways to read the clause that are least odd."""
        steps = self._steps()
        if not steps:
            return
        least = min(step.odd for step in steps[-1])
        best = [step for step in steps[-1] if step.odd == least]
        chosen = [best]
        for before in reversed(steps[:-1]):
            parts = {step.before for step in best}
            best = [step for step in _least_odd(before) if step.behind in parts]
            chosen.append(best)
        for amount, ways in zip(self.amounts, reversed(chosen), strict=True):
            yield amount, [step.place for step in ways]

    def _steps(self) -> list[list[_Step]]:
        """For each amount, every step from a part of the names before it to one behind it."""
        so_far = {part: part.odd for part in self.betweens[0].first_parts()}
        steps: list[list[_Step]] = []
        for at in range(len(self.amounts)):
            behind = self.betweens[at + 1]
            is_last = at + 1 == len(self.amounts)
            parts = behind.last_parts() if is_last else behind.parts()
            every = [
                self._step(at, before, part, odd)
                for before, odd in so_far.items()
                for part in parts
            ]
            steps.append(every)
            so_far = {step.behind: step.odd for step in _least_odd(every)}
        return steps

    def _step(self, at: int, before: Part, behind: Part, odd: int) -> _Step:
        place = self._place(at, before, behind)
        return _Step(before, behind, place, odd + behind.odd + _odd(place))

    def _place(self, at: int, part_before: Part, part_behind: Part) -> Place:
        before, behind = self.betweens[at], self.betweens[at + 1]
        start, end = part_before.start, part_behind.end
        own, others = before.names[start:], behind.names[:end]
        gaps = before.gaps[start + 1 : -1]
        given = before.given is not None
        cut_off = (
            bool(own)
            and part_before.end == start > 0
            and not before.gaps[start]
        )
        by_source = start > 0 and before.names[start - 1].is_source
        first = own[0] if own else None
        near = at > 0 and start == 0 and before.gaps[0] < _COMMA
        return Place(
            before=own,
            behind=others,
            gap_before=before.gaps[-1],
            gap_behind=behind.gaps[0],
            head=max(
                (n + 1 for n, gap in enumerate(gaps) if gap >= _COMMA),
                default=0,
            ),
            tail=next(
                (n for n in range(1, end) if behind.gaps[n] >= _COMMA), end
            ),
            given=given,
            told=given and bool(own),
            host=before.host,
            far=near
            and len(own) > 1
            and first is not None
            and first.kind is Kind.ELEMENTAL,
            shared=at > 0 and not given and cut_off and not by_source,
            beside=at > 0 and before.is_empty,
        )


def _least_odd(steps: Sequence[_Step]) -> list[_Step]:
    """Of the steps to each part of the names behind, those that are least odd."""
    least: dict[Part, int] = {}
    for step in steps:
        least[step.behind] = min(step.odd, least.get(step.behind, step.odd))
    return [step for step in steps if step.odd == least[step.behind]]
