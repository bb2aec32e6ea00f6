"""What the amount of a line is in: "per 2 capsules", "3 Kapseln", "/ 5 ml", "per 100 g".

Words that name something an amount can be in are looked for behind numbers, and behind "per" and
"/". What stands before them tells whether the line says that its amount is in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from functools import cache
from typing import NamedTuple
from unicodedata import normalize, numeric

from mgform.errors import CallError
from mgform.label.words import any_of
from mgform.table import LabelWords, Table
from mgform.words import quoted

_MOST_PIECES = 12  # more than these are what a package holds
_SHORTEST_PER = 3
_LONGEST_TOLD = 60
_FARTHEST_LEAD = 40
_LONGEST_LEAD = 4
_MG_OF_A_GRAM = 1_000
_MASSES = {
    "mcg": 0.001,
    "mg": 1.0,
    "g": 1_000.0,
    "kg": 1_000_000.0,
}
# mg and ml of which a line gives the content, and no dose: 1 g, 100 g, 1 kg; 1 ml, 100 ml, 1 l.
_CONTENT_MG = (
    1_000,
    100_000,
    1_000_000,
)
_CONTENT_ML = (
    1,
    100,
    1_000,
)
_PLURAL = "(s)"

# One half and the like, where they are one character.
_VULGAR = "\u00bc-\u00be\u2150-\u215e"
_FIRST_SYLLABLE = "\u3000"
# Japanese, Chinese, Korean.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_DECIMAL = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")
_ONE_CHARACTER = re.compile(
    rf"(?:(?P<whole>\d{{1,3}})\s?)?(?P<part>[{_VULGAR}])"
)
_TWO_NUMBERS = re.compile(
    r"(?:(?P<whole>\d{1,3})\s)?(?P<above>\d)/(?P<below>\d)"
)

_NUMBER = rf"""
    (?: (?: \d{{1,3}} \s? )? [{_VULGAR}]
      | (?: \d{{1,3}} \s )? \d / \d
      | \d{{1,4}} (?: [.,] \d{{1,2}} )?
    ) (?! [.,/]? \d )
"""
_DASH = r"[-~\u2010-\u2015\u2212\u301c\uff5e]"
_TIMES = ("x", "\u00d7", "*")
# What Python takes for letters, too: fractions, and the numbers of footnotes.
_LETTER = rf"[^\W\d_{_VULGAR}\u00b2\u00b3\u00b9\u2070-\u209f]"
_WORD = rf"""{_LETTER}+ (?: ["'\u05f3\u05f4\u2019] {_LETTER}+ )?"""
_WORDS = rf"(?P<words> {_WORD} (?: \s {_WORD} ){{0,2}} )"
# "2 capsules", "2-3 capsules", "1/2 tablet"; not the numbers of B6, 1,000 and omega-3.
_NUMBERED = rf"""
    (?= [\d{_VULGAR}] )
    (?: (?<! [\w.,] ) (?<! [^\W\d_]- ) | (?<= [{_UNSPACED}] ) )
    (?: (?P<first> {_NUMBER} ) (?P<between> \s? (?: {_DASH} | [x\u00d7*] ) \s? | \s(?:RANGES)\s ) )?
    (?P<count> {_NUMBER} ) (?! \s? (?: mg | mcg | % ) (?!\w) )
    (?: [\s-]? {_WORDS} )?
"""
# What has no number: "per capsule", "/ capsule", "per 500 mg capsule"; or one that is spelled, as
# in "two (2) capsules".
_UNNUMBERED = rf"""
    (?: (?<!\w) (?: (?:PER) [.]? \s | (?P<spelled>SPELLED) \s (?: \( \d{{1,2}} \) \s )? )
      | [^\d\s] \s? / \s?
    )
    (?: \d[\d.,]* \s? (?: m?c?g | \u043c?\u043a?\u0433 ) \s )?
    {_WORDS}
"""
_TOLD = re.compile(rf"(?P<count> {_NUMBER} ) (?P<rest> [^\d]* )", re.VERBOSE)
_LEADING = re.compile(r"[^\W\d_]+[.]?|\d+|\S")
_LEADING_MARKS = ("(", ":", "=")
_SAYS_WHAT_IT_HOLDS = re.compile(r"(?:\(s\))?\s?(?:[:=]|\(\d)")


class Per(Enum):
    """What kind of thing an amount is in."""

    PIECES = auto()  # 2 capsules
    MEASURE = auto()  # 15 ml
    PORTION = auto()  # a serving, without saying how many pieces that is
    CONTENT = auto()  # 100 g, a litre: what it holds is no dose
    SEVERAL = auto()  # more than one of these


class Serving(NamedTuple):
    """What an amount is in: the text as it is printed, and the number of pieces.

    ``pieces`` is None where nothing is counted, or where the number can be read in two ways.
    ``is_said`` is whether the line says that its amount is in it; else it only stands in the line.
    """

    text: str
    pieces: float | None
    per: Per
    is_said: bool = True

    def may_be(self, told: "Serving") -> bool:
        """Whether this one, which is printed, may be the same as one that somebody tells."""
        if self.per is Per.CONTENT:
            return False
        is_open = self.pieces is None or not self.is_said
        return is_open or self.pieces == told.pieces


class _Kind(Enum):
    """What stands behind a number."""

    PIECE = auto()
    DESCRIBED_PIECE = auto()  # "large capsules"
    PORTION = auto()
    AMOUNT = auto()  # mg: what the line has it for is no serving
    MASS = auto()  # from a gram on
    VOLUME = auto()
    UNKNOWN = auto()
    NOTHING = auto()


class _Thing(NamedTuple):
    """What words name; ``size`` is mg of a mass, ml of a volume."""

    kind: _Kind
    size: float = 0


class _Lead(Enum):
    """What stands beside a serving and says that an amount is in it."""

    PER = auto()
    SHORT_PER = auto()  # "a", "na" and the like stand in other phrases, too
    SLASH = auto()
    SIZE = auto()  # "serving size"
    # "2 capsules contain", "2 capsules:", which stands behind it
    HOLDS = auto()
    PORTION = auto()  # "serving (2 capsules)"


_STRONGEST_FIRST = (
    (
        _Lead.PER,
        _Lead.SHORT_PER,
        _Lead.SLASH,
        _Lead.SIZE,
        _Lead.HOLDS,
    ),
    (_Lead.PORTION,),
    (None,),
)
_UNITS = (
    _Kind.AMOUNT,
    _Kind.MASS,
    _Kind.VOLUME,
)


class _Mention(NamedTuple):
    """A serving that a line mentions, and what says that the amount is in it."""

    serving: Serving
    lead: _Lead | None


def number_of(text: str) -> float | None:
    """The number in "2", "2,5", "1/2" or "1 1/2", also where a half is one character.

    None for anything else, for 0 and for more than 9999.
    """
    if _DECIMAL.fullmatch(text):
        number = float(text.replace(",", "."))
        return number or None
    match = _ONE_CHARACTER.fullmatch(text)
    if match is not None:
        whole = int(match["whole"] or 0)
        part = numeric(match["part"])
        return whole + round(part, 4)
    match = _TWO_NUMBERS.fullmatch(text)
    if match is None:
        return None
    whole = int(match["whole"] or 0)
    above = int(match["above"])
    below = int(match["below"])
    if not 0 < above < below:
        return None
    return whole + round(above / below, 4)


class Servings:
    """Finds the servings of lines, with the words of one table."""

    def __init__(self, table: Table) -> None:
        labels = table.labels
        self._things = _things(labels)
        self._most_words = _most_words(self._things)
        self._unspaced = []
        for name in self._things:
            if name >= _FIRST_SYLLABLE:
                self._unspaced.append(name)
        self._per: set[str] = set()
        self._sizes: set[str] = set()
        self._ranges: set[str] = set()
        self._links: set[str] = set()
        self._given: set[str] = set()
        self._spelled: dict[str, float] = {}
        for language in labels.languages.values():
            self._per.update(map(_folded, language.per))
            self._sizes.update(map(_folded, language.serving_size))
            self._ranges.update(map(_folded, language.ranges))
            self._given.update(map(_folded, language.given))
            self._links.update(map(_folded, language.joins))
            self._links.update(map(_folded, language.source))
            for word, number in language.numbers.items():
                self._spelled[_folded(word)] = number
        numbered = _NUMBERED.replace("RANGES", any_of(self._ranges))
        unnumbered = _UNNUMBERED.replace("PER", any_of(self._per))
        unnumbered = unnumbered.replace("SPELLED", any_of(self._spelled))
        self._numbered = re.compile(numbered, re.VERBOSE)
        self._unnumbered = re.compile(unnumbered, re.VERBOSE)

    def find(self, line: str) -> Serving | None:
        """What the amount of a line is in; None where the line does not say."""
        line = " ".join(line.split())
        text = _folded(line)
        mentions = [
            *self._with_numbers(line, text),
            *self._without_numbers(line, text),
        ]
        if not mentions:
            return None
        for leads in _STRONGEST_FIRST:
            counted = []
            for mention in mentions:
                is_portion = mention.serving.per is Per.PORTION
                if mention.lead in leads and not is_portion:
                    counted.append(mention.serving)
            if counted:
                return _in_one(counted)
        return mentions[0].serving

    def told(self, text: str) -> Serving:
        """The serving that somebody tells: "2 capsules", "1 1/2".

        Raises a CallError where the text is not one number of pieces.
        """
        # One character more than may be, so that what is too long is seen to be.
        beginning = text[: _LONGEST_TOLD + 1]
        told = " ".join(beginning.split())
        match = _TOLD.fullmatch(told)
        if match and len(told) <= _LONGEST_TOLD and told.isprintable():
            pieces = number_of(match["count"])
            words = match["rest"].split()
            if pieces and all(map(self.may_count, words)):
                return Serving(
                    text=told,
                    pieces=pieces,
                    per=Per.PIECES,
                )
        raise CallError(
            f"{quoted(text)} is no number of pieces;"
            ' write one number, as in "2 capsules" or "1/2 tablet"'
        )

    def may_count(self, word: str) -> bool:
        """Whether a word may stand behind a number of pieces: a unit such as "g" may not."""
        thing = self._things.get(_folded(word))
        return thing is None or thing.kind not in _UNITS

    def _with_numbers(
        self,
        line: str,
        text: str,
    ) -> Iterator[_Mention]:
        """The servings of which a line says how many: "per 2 capsules", "3 Kapseln"."""
        for match in self._numbered.finditer(text):
            thing, end = self._counted(match)
            if thing.kind is _Kind.AMOUNT:
                continue
            start = match.start("count")
            number = number_of(match["count"])
            if _is_range(match, number):
                start = match.start("first")
                number = None
            lead = self._lead(text, start)
            per = _per(thing, number, lead)
            if per is not None:
                end_of_name = _with_plural(line, end)
                yield _mention(
                    text=line[start:end_of_name],
                    number=number,
                    per=per,
                    lead=lead or self._holding(text, end),
                )

    def _without_numbers(
        self,
        line: str,
        text: str,
    ) -> Iterator[_Mention]:
        """The servings behind "per" and "/", of which there is one, or a number that is spelled."""
        at = 0
        while match := self._unnumbered.search(text, at):
            # What stands behind "each" may begin with a number: "each two capsules".
            at = match.start("words")
            if match["spelled"]:
                mention = self._spelled_out(match, line, text)
            else:
                mention = self._only_one(match, line)
            if mention is not None:
                yield mention

    def _spelled_out(
        self,
        match: re.Match[str],
        line: str,
        text: str,
    ) -> _Mention | None:
        """A serving the number of which is a word: "two (2) capsules"."""
        thing, end = self._counted(match)
        start = match.start("spelled")
        number = self._spelled[match["spelled"]]
        lead = self._lead(text, start)
        per = _per(thing, number, lead)
        if per is None:
            return None
        return _mention(
            text=line[start:end],
            number=number,
            per=per,
            lead=lead or self._holding(text, end),
        )

    def _only_one(self, match: re.Match[str], line: str) -> _Mention | None:
        """The one thing behind "per" or a slash, where its name is all that stands there."""
        thing, end = self._counted(match)
        if thing.kind is _Kind.DESCRIBED_PIECE:
            return None
        per = _per(thing, 1, _Lead.PER)
        if per is None:
            return None
        start = match.start("words")
        return _mention(
            text=f"1 {line[start:end]}",
            number=1,
            per=per,
            lead=_Lead.PER,
        )

    def _counted(self, match: re.Match[str]) -> tuple[_Thing, int]:
        """The thing behind a number or a "per", and where its name ends in the line."""
        if not match["words"]:
            nothing = _Thing(_Kind.NOTHING)
            return nothing, match.end()
        words = match["words"].split()
        at = match.start("words")
        for number, word in enumerate(words):
            thing, length = self._named(words[number:])
            if thing and number == 0:
                return thing, at + length
            if thing and thing.kind is _Kind.PIECE:
                return _Thing(_Kind.DESCRIBED_PIECE), at + length
            if thing:
                break
            at += len(word) + 1
        end_of_first = match.start("words") + len(words[0])
        return _Thing(_Kind.UNKNOWN), end_of_first

    def _named(self, words: Sequence[str]) -> tuple[_Thing | None, int]:
        """What some words begin with, the longest name first, and how long that name is."""
        first = words[0]
        most = self._most_words.get(first, 0)
        for end in range(most, 0, -1):
            name = " ".join(words[:end])
            if name in self._things:
                return self._things[name], len(name)
        if not first.isascii():
            for name in self._unspaced:
                if first.startswith(name):
                    return self._things[name], len(name)
        return None, 0

    def _lead(self, text: str, start: int) -> _Lead | None:
        """What says that an amount is in what begins at a place of the text."""
        farthest = max(0, start - _FARTHEST_LEAD)
        before = _LEADING.findall(text[farthest:start])
        if before and before[-1] in self._links:
            before.pop()
        is_in_parentheses = before[-1:] == ["("]
        while before and before[-1] in _LEADING_MARKS:
            before.pop()
        if not before:
            return None
        for length in range(1, _LONGEST_LEAD + 1):
            phrase = " ".join(before[-length:])
            if phrase in self._sizes:
                return _Lead.SIZE
            thing = self._things.get(phrase)
            if thing is None:
                continue
            if thing.kind is _Kind.PORTION:
                return _Lead.PORTION
            if thing.kind is _Kind.AMOUNT and is_in_parentheses:
                return _Lead.HOLDS
        return self._word_before(before)

    def _word_before(self, before: Sequence[str]) -> _Lead | None:
        """Whether the last of some words is a "per" or a slash that parts no two numbers."""
        *others, last = before
        word = last.rstrip(".")
        if word in self._per:
            is_short = len(word) < _SHORTEST_PER
            return _Lead.SHORT_PER if is_short else _Lead.PER
        if word != "/":
            return None
        if others and others[-1].isdigit():
            return None
        return _Lead.SLASH

    def _holding(self, text: str, end: int) -> _Lead | None:
        """Whether what stands behind a place of the text says what the pieces before it hold."""
        if _SAYS_WHAT_IT_HOLDS.match(text, end):
            return _Lead.HOLDS
        behind = _LEADING.findall(text[end : end + _FARTHEST_LEAD])
        for length in range(1, _LONGEST_LEAD + 1):
            phrase = " ".join(behind[:length])
            if phrase in self._given:
                return _Lead.HOLDS
        return None


def _is_range(match: re.Match[str], number: float | None) -> bool:
    """Whether two numbers are a range or a multiple; in "400 - 1 capsule", they are not."""
    if not match["first"]:
        return False
    if match["between"].strip() in _TIMES:
        return True
    first = number_of(match["first"])
    return (first or 0) < (number or 0)


def _with_plural(line: str, end: int) -> int:
    """Where a name ends, with the "(s)" that stands behind it: "2 Tablet(s)"."""
    if line.startswith(_PLURAL, end):
        return end + len(_PLURAL)
    return end


def _mention(
    text: str,
    number: float | None,
    per: Per,
    lead: _Lead | None,
) -> _Mention:
    serving = Serving(
        text=text,
        pieces=number if per is Per.PIECES else None,
        per=per,
        is_said=lead is not None,
    )
    return _Mention(serving, lead)


def _per(
    thing: _Thing,
    number: float | None,
    lead: _Lead | None,
) -> Per | None:
    """What kind of serving a number of things is; None where it is none.

    ``number`` is None where it can be read in two ways.
    """
    is_few = number is None or number <= _MOST_PIECES
    match thing.kind:
        case _Kind.PIECE:
            return Per.PIECES if lead or is_few else None
        case _Kind.DESCRIBED_PIECE:
            return Per.PIECES if lead else None
        case _Kind.NOTHING:
            is_one = lead is _Lead.SLASH and number == 1
            is_serving = is_one or lead is _Lead.SIZE
            return Per.PIECES if is_serving else None
        case _Kind.PORTION:
            return Per.PORTION if lead or number == 1 else None
        case _Kind.UNKNOWN:
            # A few of what nobody knows may be pieces, and they may be hours.
            is_said = lead in (_Lead.PER, _Lead.SIZE)
            is_serving = is_said and is_few and number != 1
            return Per.PORTION if is_serving else None
        case _Kind.MASS | _Kind.VOLUME:
            return _measured(thing, number, lead)
        case _:
            return None


def _measured(
    thing: _Thing,
    number: float | None,
    lead: _Lead | None,
) -> Per | None:
    """What kind of serving a weight or a volume is; None where the line does not say that it is."""
    size = thing.size * (number or 0)
    if lead is None or lead is _Lead.HOLDS:
        return None
    if thing.kind is _Kind.VOLUME:
        return Per.CONTENT if size in _CONTENT_ML else Per.MEASURE
    # A slash stands between two weights, too: calcium/magnesium 1 g/0.5 g.
    if lead is _Lead.SLASH and size <= _MG_OF_A_GRAM:
        return None
    return Per.CONTENT if size in _CONTENT_MG else Per.MEASURE


def _in_one(servings: Sequence[Serving]) -> Serving:
    """The serving that a line speaks of; where it speaks of several, all of them."""
    meanings = {(serving.pieces, serving.per) for serving in servings}
    if len(meanings) == 1:
        return servings[0]
    texts = dict.fromkeys(serving.text for serving in servings)
    return Serving(
        text=" or ".join(texts),
        pieces=None,
        per=Per.SEVERAL,
    )


def _things(labels: LabelWords) -> dict[str, _Thing]:
    """What an amount can be in, by its folded names."""
    things = {}
    masses = dict(_MASSES)
    for language in labels.languages.values():
        masses.update(language.units)
        for name in language.pieces:
            things[_folded(name)] = _Thing(_Kind.PIECE)
        for name in language.portions:
            things[_folded(name)] = _Thing(_Kind.PORTION)
        for unit, ml in language.volumes.items():
            things[_folded(unit)] = _Thing(_Kind.VOLUME, ml)
    for unit, mg in masses.items():
        kind = _Kind.MASS if mg >= _MG_OF_A_GRAM else _Kind.AMOUNT
        things[_folded(unit)] = _Thing(kind, mg)
    return things


def _most_words(names: Iterable[str]) -> dict[str, int]:
    """How many words the longest name has that begins with a word."""
    most: dict[str, int] = {}
    for name in names:
        words = name.split()
        first = words[0]
        known = most.get(first, 0)
        most[first] = max(known, len(words))
    return most


def _folded(text: str) -> str:
    """A text without what does not tell words apart, in which each character keeps its place."""
    if text.isascii():
        return text.lower()
    return "".join(map(_base, text))


@cache
def _base(character: str) -> str:
    """A character without case and accents; one that stands for a syllable is left alone."""
    if character >= _FIRST_SYLLABLE:
        return character
    return normalize("NFD", character.casefold())[0]
