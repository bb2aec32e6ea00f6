"""What the pieces of a line are called."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a piece of a line is.

    Its letter serves one purpose: the kinds of a line, side by side, are a text in which patterns
    find phrases, and by which lines that are built alike are known to be so.
    """

    # Words, as a table tells them.
    NUTRIENT = "N"  # magnesium, Mg
    SAID = "e"  # elemental
    FORM = "F"  # citrate: a form, a compound or an explained name of the table
    SALT = "c"  # pyruvate: an unknown word that ends like a compound
    GENITIVE = "C"  # пируват: the same in a script that needs no "of" before the nutrient
    BLEND = "b"  # complex
    OTHER = "O"  # zinc
    GIVEN = "G"  # of which, providing
    SOURCE = "s"  # as, from
    PER = "p"  # per, each
    PIECE = "t"  # tablet, serving
    UNIT = "u"  # litre, kg
    OF = "o"  # of, de
    WITH = "i"  # with, and, +
    SIZE = "g"  # serving size
    DAILY = "d"  # DV, NRV
    LIMIT = "l"  # up to, <, ±
    TIMES = "B"  # x
    RANGE = "a"  # to, or
    WORD = "w"  # any other

    # Figures.
    AMOUNT = "A"  # 100 mg
    MOLAR = "M"  # 6 mmol
    MEASURE = "I"  # 400 IU: an amount of something, in what is no weight
    VOLUME = "v"  # 15 ml, 8 fl oz
    PERCENT = "P"  # 25 %
    NUMBER = "n"  # 160

    # Marks.
    OPEN = "x"
    CLOSE = "y"
    COLON = "j"
    DOT = "q"
    POINT = "f"  # a dot right behind a unit, which may end nothing
    COMMA = "k"
    DASH = "J"
    SLASH = "h"
    STOP = "r"  # ; | ? a bullet
    BREAK = "L"  # of lines
    MARK = "m"  # any other

    # What phrases make of them.
    ELEMENTAL = "E"  # elemental magnesium
    COMPOUND = "K"  # magnesium citrate
    STRANGER = "U"  # magnesium BHB: an unknown word makes it a compound that nobody knows
    RELATED = "R"  # chondroitin sulfate: a form of something that nobody knows
    WORDS = "W"  # lemon balm: what nobody knows
    DAILY_PERCENT = "D"  # 25 % of the DV
    SHARE = "S"  # 14 % elemental
    SERVING = "V"  # per 2 capsules
    HOLDS = "H"  # per 2 capsules contains
    WEIGHED = "z"  # from 1000 mg of citrate


class Node(NamedTuple):
    """A piece of a line.

    ``at`` is the place of the token that tells its form, its mg or its percentage, or -1.
    ``percent`` is the place of the percentage behind an amount, or -1. ``is_source`` says of a
    compound that "as" or "from" stands before it. ``inside`` are names in parentheses behind a name
    or an amount, or the compound that is weighed.
    """

    kind: Kind
    at: int = -1
    percent: int = -1
    is_source: bool = False
    inside: tuple["Node", ...] = ()


AMOUNTS = frozenset({Kind.AMOUNT, Kind.MOLAR, Kind.MEASURE})
COMPOUNDS = frozenset({Kind.COMPOUND, Kind.FORM, Kind.STRANGER})
OURS = frozenset({Kind.NUTRIENT, Kind.ELEMENTAL, *COMPOUNDS})
"""Names of the nutrient and of what it comes in."""
NAMES = frozenset({*OURS, Kind.OTHER, Kind.WORDS, Kind.SALT, Kind.RELATED})
"""Names of what an amount can weigh."""


def kinds_of(nodes: Iterable[Node]) -> str:
    """The kinds of nodes, side by side."""
    return "".join([node.kind for node in nodes])
