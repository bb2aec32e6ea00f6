"""Each amount goes to what it weighs.

A clause is names and amounts by turns. The names between two amounts may belong to either, or be
parted between them. Every way to part them is looked at, what is odd in it is summed up, and the
least odd way is taken. Where several are equally odd, an amount may weigh several things.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mgform.label.betweens import COMMA, STOP, Between, Parting
from mgform.label.kinds import AMOUNTS, Kind, Node
from mgform.label.places import Place, oddness


class _Step(NamedTuple):
    """One amount in one way to read a clause, between two parts, and how odd the way is so far."""

    before: Parting
    behind: Parting
    place: Place
    odd: int


class Clause:
    """A line, or what stands in parentheses and speaks for itself."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.amounts: list[Node] = []
        self.betweens: list[Between] = []
        since: list[Node] = []
        for node in nodes:
            if node.kind in AMOUNTS:
                self.betweens.append(Between(since))
                self.amounts.append(node)
                since = []
            else:
                since.append(node)
        self.betweens.append(Between(since))
        self._tell_hosts()

    def _tell_hosts(self) -> None:
        """Tell each "of which" the last name before it."""
        host: Kind | None = None
        for between in self.betweens:
            host = between.last_head() or host
            between.host = host

    def places(self) -> Iterator[tuple[Node, list[Place]]]:
        """Each amount, with its places in the ways to read the clause that are least odd."""
        if not self.amounts:
            return
        chosen = self._least_odd_ways(self._steps())
        for amount, steps in zip(self.amounts, chosen, strict=True):
            yield amount, [step.place for step in steps]

    def _steps(self) -> list[list[_Step]]:
        """For each amount, every step from a part of the names before it to one behind it."""
        so_far = {part: part.odd for part in self.betweens[0].first_parts()}
        steps: list[list[_Step]] = []
        for at in range(len(self.amounts)):
            every = list(self._steps_from(at, so_far))
            so_far = {step.behind: step.odd for step in _least_odd(every)}
            steps.append(every)
        return steps

    def _steps_from(
        self,
        at: int,
        so_far: dict[Parting, int],
    ) -> Iterator[_Step]:
        """The steps of one amount; ``so_far`` are the parts before it, and how odd each way is."""
        behind = self.betweens[at + 1]
        is_last = at + 1 == len(self.amounts)
        parts = behind.last_parts() if is_last else behind.parts()
        for before, odd in so_far.items():
            for part in parts:
                place = self._place(at, before, part)
                yield _Step(
                    before=before,
                    behind=part,
                    place=place,
                    odd=odd + part.odd + oddness(place),
                )

    def _least_odd_ways(
        self,
        steps: Sequence[Sequence[_Step]],
    ) -> list[list[_Step]]:
        """For each amount, its steps in the ways that are least odd, found from the end."""
        least = min(step.odd for step in steps[-1])
        best = [step for step in steps[-1] if step.odd == least]
        chosen = [best]
        for earlier in reversed(steps[:-1]):
            parts = {step.before for step in best}
            possible = _least_odd(earlier)
            best = [step for step in possible if step.behind in parts]
            chosen.append(best)
        return chosen[::-1]

    def _place(
        self,
        at: int,
        part_before: Parting,
        part_behind: Parting,
    ) -> Place:
        """An amount between two parts: the end of the one before it, the start of the one behind.

        The first amount of a clause has nothing before it that its names could be parted from.
        """
        before = self.betweens[at]
        behind = self.betweens[at + 1]
        start = part_before.start
        end = part_behind.end
        own = before.names[start:]
        given = before.given is not None
        is_first = at == 0
        return Place(
            before=own,
            behind=behind.names[:end],
            gap_before=before.gaps[-1],
            gap_behind=behind.gaps[0],
            head=_last_comma(before.gaps[start + 1 : -1]),
            tail=_first_comma(behind.gaps, end),
            given=given,
            told=given and bool(own),
            host=before.host,
            by_piece=before.by_piece,
            far=not is_first and start == 0 and _begins_elsewhere(before),
            shared=not is_first and not given and _is_cut(before, part_before),
            beside=not is_first and before.is_empty,
            past_a_stop=any(gap >= STOP for gap in behind.gaps[1:end]),
        )


def _last_comma(gaps: Sequence[int]) -> int:
    """How many names stand before the last comma; the gaps are those between the names."""
    for place in reversed(range(len(gaps))):
        if gaps[place] >= COMMA:
            return place + 1
    return 0


def _first_comma(gaps: Sequence[int], end: int) -> int:
    """How many of some names stand before the first comma."""
    for place in range(1, end):
        if gaps[place] >= COMMA:
            return place
    return end


def _begins_elsewhere(between: Between) -> bool:
    """Whether "elemental" and more stand there, right behind the amount before."""
    if len(between.names) <= 1 or between.gaps[0] >= COMMA:
        return False
    return between.names[0].kind is Kind.ELEMENTAL


def _is_cut(between: Between, part: Parting) -> bool:
    """Whether names are parted where no mark stands; but a source belongs to what is before it."""
    start = part.start
    if part.end != start or not 0 < start < len(between.names):
        return False
    return not between.gaps[start] and not between.names[start - 1].is_source


def _least_odd(steps: Sequence[_Step]) -> list[_Step]:
    """Of the steps to each part of the names behind, those that are least odd."""
    least: dict[Parting, int] = {}
    for step in steps:
        known = least.get(step.behind, step.odd)
        least[step.behind] = min(step.odd, known)
    return [step for step in steps if step.odd == least[step.behind]]
