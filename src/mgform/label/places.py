"""What an amount weighs, with the names that are its own in one way to read a clause.

And what is odd in that way. Each rule has a line that is read otherwise without it.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mgform.label.betweens import COLON, COMMA, WITH
from mgform.label.kinds import OURS, Kind, Node

_AND_AN_AMOUNT = 12


class Place(NamedTuple):
    """An amount in one way to read a clause.

    ``before`` and ``behind`` are the names that are its own. ``gap_before`` and ``gap_behind`` say
    how much the marks part it from them, ``head`` where the names begin that no comma parts from
    it, and ``tail`` where those behind it end. ``given`` says that "of which" stands before it,
    ``told`` that its names stand behind that, and ``host`` is the name that gives, unless it is
    ``by_piece``: "a tablet contains". ``far`` says that the first of its names stands right behind
    another amount, ``shared`` that no mark parts its names from those of the amount before,
    ``beside`` that only marks stand between the two, ``past_a_stop`` that a full stop stands among
    the names behind.
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
    by_piece: bool = False
    far: bool = False
    shared: bool = False
    beside: bool = False
    past_a_stop: bool = False

    @property
    def first_behind(self) -> Kind | None:
        """The kind of the first name behind the amount."""
        return self.behind[0].kind if self.behind else None

    @property
    def is_named(self) -> bool:
        """Whether any name is the amount's own."""
        return bool(self.before or self.behind)


class Attachment(NamedTuple):
    """A rule by which an amount goes to a name, and a line that it decides."""

    weighs: Callable[[Place], Kind | None]
    example: str


class Oddity(NamedTuple):
    """Something odd in a way to read a clause, how much it counts, and a line that it decides."""

    holds: Callable[[Place], bool]
    weight: int
    example: str


def _kinds(names: Sequence[Node]) -> set[Kind]:
    return {name.kind for name in names}


# What an amount weighs: the first of these that holds.


def _elemental_behind(place: Place) -> Kind | None:
    """The word "elemental" stands behind it."""
    if place.first_behind is not Kind.ELEMENTAL:
        return None
    before = _kinds(place.before)
    is_of_another = before == {Kind.WORDS} and place.gap_behind >= WITH
    if is_of_another or Kind.OTHER in before:
        return None
    return Kind.ELEMENTAL


def _given_of_it(place: Place) -> Kind | None:
    """The nutrient stands behind it, and "of which" before it."""
    if place.given and not place.told and place.first_behind is Kind.NUTRIENT:
        return Kind.ELEMENTAL
    return None


def _part_from_source(place: Place) -> Kind | None:
    """Only what it comes from stands behind it: it is a part of the nutrient."""
    if place.before or not place.behind or place.gap_behind:
        return None
    return Kind.NUTRIENT if place.behind[0].is_source else None


def _names_before(place: Place) -> Kind | None:
    """The names before it; what a compound gives of the nutrient is that itself."""
    what = _named(place.before, place.before[place.head :])
    if place.told and what is Kind.NUTRIENT and place.host in OURS:
        return Kind.ELEMENTAL
    return what


def _names_behind(place: Place) -> Kind | None:
    """The names behind it, as far as a comma; but the nutrient with another is a mixture."""
    nearest = place.behind[: place.tail]
    what = _named(nearest, nearest)
    if what in OURS and Kind.OTHER in _kinds(place.behind):
        return Kind.OTHER
    return what


def _only_given(place: Place) -> Kind | None:
    """Nothing but "of which" stands there. What a tablet contains, the names before it tell."""
    if not place.given:
        return None
    if place.by_piece and place.host:
        return place.host
    of_another = place.host in (Kind.OTHER, Kind.WORDS)
    return Kind.OTHER if of_another else Kind.ELEMENTAL


def _named(names: Sequence[Node], nearest: Sequence[Node]) -> Kind | None:
    """What names side by side name; ``nearest`` are those that no comma parts from the amount.

    Several substances together are another one. Else the last name counts that is no source.
    """
    kinds = _kinds(names)
    if Kind.OTHER in kinds:
        return Kind.OTHER
    if nearest and _kinds(nearest) == {Kind.WORDS}:
        # Magnesium, lemon balm 100 mg.
        is_mixture = bool(kinds & OURS)
        return Kind.OTHER if is_mixture else Kind.WORDS
    if Kind.ELEMENTAL in kinds:
        return Kind.ELEMENTAL
    for name in reversed(names):
        if name.kind in OURS and not name.is_source:
            return name.kind
    if Kind.COMPOUND in kinds:
        return Kind.COMPOUND
    return Kind.WORDS if Kind.WORDS in kinds else None


ATTACHMENTS = (
    Attachment(_elemental_behind, "Magnesium citrate 100 mg elemental"),
    Attachment(_given_of_it, "Provides 80 mg magnesium"),
    Attachment(
        _part_from_source,
        "Magnesium 320 mg: 120 mg from magnesium taurate, 200 mg from oxide",
    ),
    Attachment(_names_before, "Magnesium 200 mg"),
    Attachment(_names_behind, "200 mg magnesium"),
    Attachment(_only_given, "Magnesium citrate providing 160 mg"),
)


def weighed(place: Place) -> Kind | None:
    """What an amount weighs."""
    for attachment in ATTACHMENTS:
        what = attachment.weighs(place)
        if what:
            return what
    return None


# What is odd in a way to read a clause.


def _unnamed(place: Place) -> bool:
    """Nothing names the amount."""
    return not place.is_named and not place.given and not place.beside


def _unnamed_beside(place: Place) -> bool:
    """Nothing names it, and it stands beside another one."""
    return not place.is_named and not place.given and place.beside


def _only_told(place: Place) -> bool:
    """Nothing but "provides" stands with it."""
    return not place.is_named and place.given


def _far(place: Place) -> bool:
    """The word "elemental" stands right behind another amount."""
    return place.far


def _mixed(place: Place) -> bool:
    """One amount for several substances."""
    return _is_mixed(place) and not place.head


def _passed_over(place: Place) -> bool:
    """Names before a comma have no amount."""
    return _is_mixed(place) and place.head > 0


def _is_mixed(place: Place) -> bool:
    ours = _kinds(place.before or place.behind) & OURS
    return bool(ours) and weighed(place) is Kind.OTHER


def _shared(place: Place) -> bool:
    """No mark parts the names between two amounts."""
    return place.shared


def _named_twice(place: Place) -> bool:
    """Another name stands behind an amount that has one."""
    others = _kinds(place.behind) & {Kind.NUTRIENT, Kind.OTHER}
    return bool(place.before) and bool(others) and not place.given


def _only_source(place: Place) -> bool:
    """What it comes from stands there, and not what it is."""
    return not place.before and bool(place.behind) and place.behind[0].is_source


def _source_and_more(place: Place) -> bool:
    """A source that belongs to the amount before it stands before other names."""
    if not place.before or not place.before[0].is_source:
        return False
    return any(not name.is_source for name in place.before)


def _followed_by_words(place: Place) -> bool:
    """Unknown words stand behind an amount that has a name."""
    return bool(place.before) and place.first_behind is Kind.WORDS


def _run_into_words(place: Place) -> bool:
    """And no mark parts them."""
    return _followed_by_words(place) and not place.gap_behind


def _words_between(place: Place) -> bool:
    """Unknown words stand between an amount and the nutrient."""
    if place.before or place.first_behind is not Kind.WORDS:
        return False
    return weighed(place) in OURS


def _past_a_stop(place: Place) -> bool:
    """Another sentence goes on about it."""
    return place.past_a_stop


def _unknown(place: Place) -> bool:
    """Only unknown words name it."""
    return weighed(place) is Kind.WORDS


ODDITIES = (
    Oddity(_unnamed, 100, "200 mg, magnesium"),
    Oddity(_far, 50, "Rosemary 24 mg elemental magnesium from citrate 150 mg"),
    Oddity(_mixed, 10, "300 mg magnesium zinc"),
    Oddity(
        _shared, 30, "Zinc 20 mg magnesium oxide 1100 mg vitamin biotin 2 mg"
    ),
    Oddity(_only_told, 15, "Provides 100 mg, magnesium citrate"),
    Oddity(_passed_over, 5, "Zinc, magnesium 300 mg"),
    Oddity(_named_twice, 10, "Swanson 200 mg magnesium"),
    Oddity(_source_and_more, 10, "Magnesium 45 mg as citrate feverfew 170 mg"),
    Oddity(_words_between, 10, "Horsetail 240 mg helps you use magnesium"),
    Oddity(_unnamed_beside, 5, "15 mg, 20 mg. Magnesium"),
    Oddity(
        _followed_by_words,
        5,
        "Folate 7 mg, ginger 365 mg. Magnesium taurate (elemental magnesium 400 mg)",
    ),
    Oddity(
        _run_into_words,
        5,
        "Zinc 310 mg EPA 330 mg magnesium ... 133 mg feverfew",
    ),
    Oddity(
        _only_source,
        5,
        "Jujube 920 mg magnesium 150 mg as magnesium chelate",
    ),
    Oddity(
        _past_a_stop, 6, "210 mg calcium. Jujube 380 mg. Magnesium stearate"
    ),
    Oddity(_unknown, 5, "Magnesium citrate, 100 mg. rosemary"),
)


def oddness(place: Place) -> int:
    """How odd it is that an amount has these names."""
    odd = _parted(place)
    for oddity in ODDITIES:
        if oddity.holds(place):
            odd += oddity.weight
    return odd


def _parted(place: Place) -> int:
    """How much the marks part an amount from its names.

    A colon parts what stands behind an amount from it: magnesium 300 mg: for the muscles. What
    stands behind "and" is something else: magnesium and 5 mg rosemary.
    """
    gap = place.gap_before
    if not place.before:
        gap = place.gap_behind if place.behind else 0
        if gap == COLON:
            return COMMA
    return _AND_AN_AMOUNT if gap == WITH else gap
