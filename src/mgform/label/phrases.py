"""Pieces side by side become one: "magnesium citrate" is a compound, "zinc citrate" is zinc's.

A pattern is a regular expression over kinds, in their names: "NUTRIENT? FORM". Where several fit at
a place, the first in the table counts. Each has an example: a line that it decides.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mgform.label.kinds import Kind, Node, kinds_of


class Phrase(NamedTuple):
    """What a pattern makes of the nodes that it finds.

    They become one node of the kind ``becomes``, which tells what the first node of a kind in
    ``told_by`` tells.
    """

    becomes: Kind
    pattern: str
    example: str
    told_by: tuple[Kind, ...] = ()


_UNKNOWN = (Kind.SALT, Kind.GENITIVE)

FIGURES = (
    Phrase(
        Kind.HOLDS,
        "PER? NUMBER? PIECE+ GIVEN",
        "Magnesium citrate: per 2 capsules contains 300 mg",
    ),
    Phrase(
        Kind.SERVING,
        "NUMBER PIECE PER PIECE MARK AMOUNT (?!OF? [NUTRIENT SAID FORM])",
        "Magnesium 80 mg/serving, 2 servings per day = 160 mg",
    ),
    Phrase(
        Kind.SERVING,
        "SIZE [COLON MARK]* NUMBER? PIECE* OPEN? AMOUNT CLOSE?",
        "Serving size: 1 scoop (5 g) magnesium citrate 800 mg",
    ),
    Phrase(
        Kind.SERVING,
        "NUMBER PIECE OPEN AMOUNT CLOSE (?=[DOT STOP COLON GIVEN])",
        "Magnesium citrate, 1 capsule (0.5 g). 100 mg magnesium",
    ),
    Phrase(
        Kind.SERVING,
        "^ [PIECE WORD PER COLON]{0,3} NUMBER PIECE OPEN AMOUNT CLOSE (?=[DASH COMMA BREAK])",
        "2 capsules (1.2 g) - magnesium 105 mg - folate B6 1.3 mg",
    ),
    Phrase(
        Kind.SERVING,
        "(?<=AMOUNT) PER NUMBER PIECE OPEN AMOUNT CLOSE",
        "Magnesium 325 mg per 2 teaspoons (4 g)",
    ),
    Phrase(
        Kind.SERVING,
        "PER? TIMES? NUMBER PIECE",
        "Magnesium citrate 200 mg elemental magnesium 120 capsules",
    ),
    Phrase(
        Kind.SERVING,
        "PER AMOUNT POINT? PIECE",
        "Magnesium per 500 mg capsule 100 mg",
    ),
    Phrase(Kind.SERVING, "PER UNIT", "Magnesium, per litre, 100 mg"),
    Phrase(
        Kind.AMOUNT,
        "[AMOUNT MOLAR] (POINT? [RANGE DASH] [AMOUNT MOLAR])+",
        "Magnesium 100 mg to 200 mg",
    ),
    Phrase(Kind.WORD, "UNIT", "Magnesium L citrate 100 mg"),
    Phrase(Kind.WITH, "RANGE", "Not with fenugreek 450 mg or magnesium"),
    Phrase(
        Kind.VOLUME,
        "VOLUME OPEN AMOUNT CLOSE",
        "Magnesium citrate, 1.41 oz (40 g)",
    ),
    Phrase(
        Kind.AMOUNT,
        "MOLAR [SLASH MARK COMMA DASH]* GIVEN? AMOUNT",
        "Magnesium 1 mmol, entspricht 24 mg Magnesium",
        (Kind.AMOUNT,),
    ),
    Phrase(
        Kind.VOLUME,
        "((?<=AMOUNT NUTRIENT)|(?<=AMOUNT OF NUTRIENT)) (MARK MOLAR)+",
        "122 mg magnesium = 5 mmol = 10 mEq",
    ),
    # Such an amount tells no number: its place is that of no token.
    Phrase(
        Kind.AMOUNT,
        "[LIMIT TIMES] [WORD DOT OF]? [AMOUNT MOLAR]",
        "Magnesium up to 350 mg",
    ),
    Phrase(
        Kind.AMOUNT,
        "PER AMOUNT (?=OF? NUTRIENT (?!OF? [FORM SALT PIECE]))",
        "Zinc 5 mg per 100 mg magnesium",
    ),
    Phrase(
        Kind.AMOUNT,
        "(^|(?<=[STOP DOT])) WORD{0,2} DAILY [OF WORD]{1,2} NUTRIENT"
        " [COLON WORD]? AMOUNT (?!MARK* PERCENT)",
        "RDA for magnesium: 420 mg",
    ),
    Phrase(
        Kind.AMOUNT,
        "NUMBER WITH [AMOUNT MOLAR]",
        "Magnesium 200 & 300 mg",
    ),
    Phrase(
        Kind.AMOUNT,
        "[AMOUNT MOLAR] POINT? OPEN? LIMIT DOT? ([AMOUNT MOLAR PERCENT]|CLOSE)?",
        "Magnesium 350 mg (max.)",
    ),
    Phrase(
        Kind.AMOUNT,
        "[AMOUNT MOLAR] TIMES (NUMBER (?!PIECE)|(?!NUMBER))",
        "Magnesium 150 mg x 2",
    ),
)
NAMING = (
    Phrase(
        Kind.DAILY_PERCENT,
        "PERCENT MARK* OF? WORD{0,2} DAILY|DAILY [MARK COLON]* PERCENT",
        "Magnesium citrate 100 mg, 25 % of the DV",
        (Kind.PERCENT,),
    ),
    Phrase(
        Kind.SHARE,
        "PERCENT SAID OF? NUTRIENT?",
        "Magnesium 1000 mg (16 % elemental)",
        (Kind.PERCENT,),
    ),
    Phrase(
        Kind.SHARE,
        "PERCENT OF? NUTRIENT (?=CLOSE)",
        "Magnesium oxide 500 mg (60% magnesium)",
        (Kind.PERCENT,),
    ),
    Phrase(
        Kind.SHARE,
        "NUTRIENT? SAID OF? NUTRIENT? [WORD MARK COLON]? PERCENT",
        "Magnesium oxide 400 mg (elemental magnesium: 60 %)",
        (Kind.PERCENT,),
    ),
    Phrase(
        Kind.OTHER,
        "SAID? OTHER (WORD{0,2} [FORM SALT GENITIVE]|SAID)*",
        "Zinc citrate 50 mg, magnesium",
    ),
    Phrase(
        Kind.OTHER,
        "[FORM SALT GENITIVE] OF? OTHER",
        "Citrate of zinc 50 mg, magnesium",
    ),
    Phrase(
        Kind.COMPOUND,
        "NUTRIENT [LIMIT OF] OPEN WORD* [FORM SALT GENITIVE] CLOSE",
        "Magnesium-bis(hydrogen-L-glutamat) 90 mg",
        (Kind.FORM, *_UNKNOWN),
    ),
    Phrase(
        Kind.COMPOUND,
        "NUTRIENT FORM (OPEN FORM CLOSE)? PERCENT OF? NUTRIENT (?=AMOUNT)",
        "Magnesium bisglycinate (TRAACS) 14% Mg 1500 mg",
        (Kind.FORM,),
    ),
    Phrase(
        Kind.COMPOUND,
        "NUTRIENT FORM (OF? NUTRIENT)?",
        "1500 mg magnesium citrate 240 mg",
        (Kind.FORM,),
    ),
    Phrase(
        Kind.COMPOUND,
        "FORM OF? NUTRIENT",
        "Citrate of magnesium 500 mg",
        (Kind.FORM,),
    ),
    Phrase(
        Kind.COMPOUND,
        "NUTRIENT [SALT GENITIVE]",
        "Magnesium tartrate 500 mg",
        _UNKNOWN,
    ),
    Phrase(
        Kind.COMPOUND,
        "SALT OF NUTRIENT|GENITIVE OF? NUTRIENT",
        "Tartrate de magnésium 500 mg",
        _UNKNOWN,
    ),
    Phrase(
        Kind.NUTRIENT,
        "NUTRIENT BLEND (?=OPEN SOURCE)",
        "Magnesium complex (as oxide, citrate) 400 mg",
    ),
    Phrase(
        Kind.COMPOUND,
        "NUTRIENT (OF? BLEND|OPEN BLEND CLOSE)|BLEND OF? NUTRIENT",
        "Magnesium complex 400 mg",
    ),
    Phrase(
        Kind.ELEMENTAL,
        "NUTRIENT SAID|SAID OF? NUTRIENT",
        "Zinc 5 mg, elemental magnesium 100 mg",
    ),
    Phrase(
        Kind.STRANGER,
        "NUTRIENT WORD++ (?!SERVING|FORM)|WORD OF NUTRIENT",
        "Magnesium XYZ 500 mg",
        (Kind.WORD,),
    ),
    Phrase(
        Kind.RELATED,
        "WORD+ FORM (?!FORM* OF? NUTRIENT)",
        "Chondroitin sulfate 750 mg, magnesium 100 mg",
        (Kind.FORM,),
    ),
    Phrase(
        Kind.SALT,
        "GENITIVE",
        "Магний (в виде оксида, тартрат) 100 мг",
        _UNKNOWN,
    ),
    Phrase(Kind.WORDS, "[WORD BLEND]+", "Magnesium 6 mmol, rosemary 25 mg"),
)
WEIGHING = (
    Phrase(
        Kind.WEIGHED,
        "[SOURCE PER] AMOUNT [OF WORDS POINT]* [COMPOUND STRANGER FORM RELATED]",
        "Magnesium (from 1000 mg of magnesium malate)",
        (Kind.AMOUNT,),
    ),
    Phrase(
        Kind.WEIGHED,
        "SOURCE AMOUNT OF? WORDS",
        "Magnesium (from 300 mg wholefood)",
        (Kind.AMOUNT,),
    ),
)


_OURS_OR_OTHER = "[NUTRIENT ELEMENTAL COMPOUND STRANGER FORM OTHER]"
_WORDS = "[WORDS RELATED SALT]"
MIXING = (
    # A word that stands with a substance is one, too.
    Phrase(
        Kind.OTHER,
        f"(?<={_OURS_OR_OTHER} WITH) {_WORDS}",
        "500 mg magnesium and turmeric",
    ),
    Phrase(
        Kind.OTHER,
        f"{_WORDS} (?=WITH {_OURS_OR_OTHER})",
        "500 mg turmeric and magnesium",
    ),
)


class Stage:
    """Phrases that are looked for together."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.phrases = tuple(phrases)
        patterns = [f"({compiled(phrase.pattern)})" for phrase in phrases]
        self.pattern = re.compile("|".join(patterns))

    def __call__(self, nodes: Sequence[Node]) -> list[Node]:
        """The nodes with phrases in the place of what makes them up."""
        named: list[Node] = []
        end = 0
        for match in self.pattern.finditer(kinds_of(nodes)):
            named += nodes[end : match.start()]
            end = match.end()
            phrase = self.phrases[(match.lastindex or 1) - 1]
            named.append(_as_one(phrase, nodes[match.start() : end]))
        return [*named, *nodes[end:]]


def compiled(pattern: str) -> str:
    """A pattern over kinds as one over their letters."""
    letters = re.sub("[A-Z]+", lambda name: Kind[name[0]].value, pattern)
    return re.sub(r"\((?!\?)", "(?:", letters.replace(" ", ""))


def _as_one(phrase: Phrase, nodes: Sequence[Node]) -> Node:
    at = next((node.at for node in nodes if node.kind in phrase.told_by), -1)
    inside = tuple(
        node
        for node in nodes
        if phrase.becomes is Kind.WEIGHED and node.at != at
    )
    return Node(phrase.becomes, at, inside=inside)


figures = Stage(FIGURES)
naming = Stage(NAMING)
weighing = Stage(WEIGHING)
mixing = Stage(MIXING)
STAGES = (figures, naming, weighing, mixing)
"""The phrases in the order in which they are looked for."""
