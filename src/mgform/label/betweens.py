"""What stands between two amounts, and the ways to part it between them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mgform.label.kinds import NAMES, Kind, Node

# How much a mark parts what stands on its two sides.
PARTING = {
    Kind.POINT: 1,
    Kind.COLON: 2,
    Kind.WITH: 5,
    Kind.COMMA: 6,
    Kind.DASH: 6,
    Kind.STOP: 7,
    Kind.DOT: 12,
    Kind.BREAK: 15,
    Kind.SLASH: 110,
}
COMMA = PARTING[Kind.COMMA]
STOP = PARTING[Kind.DOT]
COLON = PARTING[Kind.COLON]
WITH = PARTING[Kind.WITH]
_GIVING = frozenset(
    {
        Kind.GIVEN,
        Kind.HOLDS,
    }
)
# How odd it is that a name, or unknown words, belong to no amount.
_LEFT_OVER = 10
_LEFT_OVER_WORDS = 5


class Parting(NamedTuple):
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
    many of the names stand before "of which", or None, ``host`` is the last of them, and
    ``by_piece`` says that it is a tablet that "contains".
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.names: list[Node] = []
        self.gaps = [0]
        self.given: int | None = None
        self.host: Kind | None = None
        self.by_piece = False
        for node in nodes:
            if node.kind in NAMES:
                self._add_name(node)
            elif node.kind in PARTING:
                self._part(PARTING[node.kind])
            elif node.kind in _GIVING and self.given is None:
                self.given = len(self.names)
                self.by_piece = node.kind is Kind.HOLDS
        self._ends = sorted(self._cuts())

    def _add_name(self, node: Node) -> None:
        # Parentheses part, too: magnesium (as citrate) | feverfew 9 mg.
        if self.names and self.names[-1].inside:
            self._part(COMMA)
        self.names.append(node)
        self.gaps.append(0)

    def _part(self, gap: int) -> None:
        self.gaps[-1] = max(self.gaps[-1], gap)

    @property
    def is_empty(self) -> bool:
        """Whether two amounts stand side by side: 200 mg, 300 mg."""
        return not self.names and self.given is None

    def last_head(self) -> Kind | None:
        """The kind of the last name that stands for itself before "of which".

        Words behind a name belong to that: magnesium citrate powder.
        """
        end = len(self.names) if self.given is None else self.given
        for place in reversed(range(end)):
            kind = self.names[place].kind
            if kind is not Kind.WORDS or not place or self.gaps[place]:
                return kind
        return None

    def parts(self) -> list[Parting]:
        """The ways to part the names between the amounts before and behind."""
        if self.given is not None:
            return [Parting(end, self.given) for end in self._ends]
        parts = [Parting(end, end) for end in self._ends]
        parts.extend(self._without_served())
        marks = []
        for place, gap in enumerate(self.gaps[:-1]):
            if gap not in (0, WITH):
                marks.append(place)
        if len(marks) > 1:
            first = marks[0]
            last = marks[-1]
            odd = self._odd(first, last)
            parts.append(Parting(first, last, odd))
        return list(dict.fromkeys(parts))

    def first_parts(self) -> list[Parting]:
        """The ways to part the names before the first amount: some may be a title."""
        if self.given is not None:
            return [Parting(0, self.given)]
        end = len(self.names)
        marks = [place for place in self._marks() if self.gaps[place] != WITH]
        starts = {
            0,
            end,
            *marks[:1],
            *marks[-1:],
        }
        parts = []
        for start in sorted(starts):
            odd = self._odd_title(start)
            parts.append(Parting(0, start, odd))
        return parts

    def last_parts(self) -> list[Parting]:
        """The ways to part the names behind the last amount: some may belong to nothing."""
        start = len(self.names)
        if self.given is not None:
            return [Parting(end, start) for end in self._ends]
        parts = []
        for end in self._ends:
            if self.gaps[end] != WITH or end in (0, start):
                odd = self._odd_rest(end)
                parts.append(Parting(end, start, odd))
        return parts

    def _cuts(self) -> Iterator[int]:
        """How many of the names may belong to the amount before."""
        end = len(self.names)
        if self.given is not None:
            # 1000 mg citrate | of which magnesium
            return iter({0, self.given})
        marks = self._marks()
        cuts = {
            0,
            end,
            min(1, end),
            max(end - 1, 0),
            *marks[:1],
            *marks[-1:],
        }
        for place, name in enumerate(self.names):
            if name.is_source:
                cuts |= {place, self._end_of_sources(place)}
                break
        return iter(cuts)

    def _marks(self) -> list[int]:
        """The places of names that marks part from the name before."""
        places = range(1, len(self.names))
        return [place for place in places if self.gaps[place]]

    def _end_of_sources(self, place: int) -> int:
        """Where the sources end that stand side by side from a place on."""
        while place < len(self.names) and self.names[place].is_source:
            place += 1
        return place

    def _without_served(self) -> Iterator[Parting]:
        """Names that have amounts in parentheses behind them need no other."""
        served = []
        for place, name in enumerate(self.names):
            if has_amount(name):
                served.append(place)
        if not served:
            return
        first = served[0]
        described = first > 0 and self.names[first - 1].kind is Kind.WORDS
        if described and not self.gaps[first]:
            # Heavy magnesium oxide (magnesium 120 mg).
            first -= 1
        yield Parting(first, served[-1] + 1)

    def _odd_title(self, end: int) -> int:
        """A title is less odd where a mark ends it."""
        if self.gaps[end] == PARTING[Kind.BREAK]:
            return 0
        odd = self._odd(0, end)
        has_mark = self.gaps[end] not in (0, WITH)
        return odd // 2 if has_mark else odd

    def _odd_rest(self, start: int) -> int:
        """What stands behind a mark belongs to no amount."""
        end = start
        while end < len(self.names) and not self.gaps[end]:
            end += 1
        return self._odd(start, end)

    def _odd(self, start: int, end: int) -> int:
        """How odd it is that some of the names belong to nothing."""
        odd = 0
        for name in self.names[start:end]:
            if has_amount(name):
                continue
            if name.kind is not Kind.WORDS:
                return _LEFT_OVER
            odd = _LEFT_OVER_WORDS
        return odd


def has_amount(name: Node) -> bool:
    """Whether amounts stand in parentheses behind a name: magnesium (from 500 mg oxide)."""
    return any(part.kind in (Kind.WEIGHED, Kind.GIVEN) for part in name.inside)
