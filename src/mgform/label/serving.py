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
from mgform.table import LabelWords, Table
from mgform.words import quoted

_MOST_PIECES = 12  # more than these are what a package holds
_SHORTEST_PER = 3  # "a", "na" and the like stand in other phrases, too
_LONGEST_TOLD = 60
_FARTHEST_LEAD = 40
_LONGEST_LEAD = 4
_MG_OF_A_GRAM = 1_000
_MASSES = {"mcg": 0.001, "mg": 1.0, "g": 1_000.0, "kg": 1_000_000.0}
# mg and ml of which a line gives the content, and no dose: 1 g, 100 g, 1 kg; 1 ml, 100 ml, 1 l.
_CONTENT = {"mass": (1_000, 100_000, 1_000_000), "volume": (1, 100, 1_000)}

_VULGAR = "\u00bc-\u00be\u2150-\u215e"  # one half and the like, where they are one character
_UNSPACED = (
    "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # Japanese, Chinese, Korean
)
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
_WORD = r"""[^\W\d_]+ (?: ["'\u05f3\u05f4\u2019] [^\W\d_]+ )?"""
_WORDS = rf"(?P<words> {_WORD} (?: \s {_WORD} ){{0,2}} )"
# "2 capsules", "2-3 capsules", "1/2 tablet"; not the numbers of B6, 1,000 and omega-3.
_NUMBERED = rf"""
    (?= [\d{_VULGAR}] )
    (?: (?<! [\w.,] ) (?<! [^\W\d_]- ) | (?<= [{_UNSPACED}] ) )
    (?: (?P<first> {_NUMBER} ) (?P<between> \s? (?: {_DASH} | [x\u00d7*] ) \s? | \s(?:RANGES)\s ) )?
    (?P<count> {_NUMBER} )
    (?: [\s-]? {_WORDS} )?
"""
# "per capsule", "/ capsule", "per 500 mg capsule"
_UNNUMBERED = rf"""
    (?: (?<!\w) (?:PER) [.]? \s | [^\d\s] \s? / \s? )
    (?: \d[\d.,]* \s? (?:UNITS) \s )?
    {_WORDS}
"""
_TOLD = re.compile(rf"(?P<count> {_NUMBER} ) (?P<rest> [^\d]* )", re.VERBOSE)
_LEADING = re.compile(r"[^\W\d_]+[.]?|\d+|\S")
_LEADING_MARKS = ("(", ":", "=")


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
    """

    text: str
    pieces: float | None
    per: Per


class _Thing(NamedTuple):
    """What words name.

    A "piece", a "portion", an "amount" below a gram, a "mass" in mg from there on, or a "volume" in
    ml; "described", a piece behind other words; "unknown" words, or "nothing".
    """

    kind: str
    size: float = 0


class _Mention(NamedTuple):
    """A serving that a line mentions, and whether the line says that its amount is in it."""

    serving: Serving
    is_said: bool


def number_of(text: str) -> float | None:
    """The number in "2", "2,5", "1/2" or "1 1/2", also where a half is one character.

    None for anything else, for 0 and for more than 9999.
    """
    if _DECIMAL.fullmatch(text):
        return float(text.replace(",", ".")) or None
    if match := _ONE_CHARACTER.fullmatch(text):
        return int(match["whole"] or 0) + round(numeric(match["part"]), 4)
    match = _TWO_NUMBERS.fullmatch(text)
    if match is None or not 0 < int(match["above"]) < int(match["below"]):
        return None
    return int(match["whole"] or 0) + round(
        int(match["above"]) / int(match["below"]), 4
    )


class Servings:
    """Finds the servings of lines, with the words of one table."""

    def __init__(self, table: Table) -> None:
        self._things = _things(table.labels)
        self._unspaced = [
            name for name in self._things if re.match(f"[{_UNSPACED}]", name)
        ]
        self._per: set[str] = set()
        self._sizes: set[str] = set()
        self._ranges: set[str] = set()
        self._links: set[str] = set()
        for language in table.labels.languages.values():
            self._per.update(map(_folded, language.per))
            self._sizes.update(map(_folded, language.serving_size))
            self._ranges.update(map(_folded, language.ranges))
            self._links.update(
                map(_folded, (*language.joins, *language.source))
            )
        masses = [
            name
            for name, thing in self._things.items()
            if thing.kind in ("amount", "mass")
        ]
        numbered = _NUMBERED.replace("RANGES", _any_of(self._ranges))
        unnumbered = _UNNUMBERED.replace("PER", _any_of(self._per))
        self._numbered = re.compile(numbered, re.VERBOSE)
        self._unnumbered = re.compile(
            unnumbered.replace("UNITS", _any_of(masses)), re.VERBOSE
        )

    def find(self, line: str) -> Serving | None:
        """What the amount of a line is in; None where the line does not say."""
        line = " ".join(line.split())
        text = _folded(line)
        mentions = [
            *self._with_numbers(line, text),
            *self._without_numbers(line, text),
        ]
        portions = [
            mention
            for mention in mentions
            if mention.serving.per is Per.PORTION
        ]
        exact = [
            mention
            for mention in mentions
            if mention.serving.per is not Per.PORTION
        ]
        said = [mention for mention in exact if mention.is_said]
        for ranked in (said, exact, portions[:1]):
            if ranked:
                return _in_one([mention.serving for mention in ranked])
        return None

    def told(self, text: str) -> Serving:
        """The serving that somebody tells: "2 capsules", "1 1/2".

        Raises a CallError where the text is not one number of pieces.
        """
        told = " ".join(text[: _LONGEST_TOLD + 1].split())
        match = _TOLD.fullmatch(_folded(told))
        pieces = number_of(match["count"]) if match else None
        words = match["rest"].split() if match else []
        is_short_line = len(told) <= _LONGEST_TOLD and told.isprintable()
        if (
            pieces is None
            or not is_short_line
            or any(map(self._counts_no_pieces, words))
        ):
            raise CallError(
                f"{quoted(text)} is no number of pieces;"
                ' write one number, as in "2 capsules" or "1/2 tablet"'
            )
        return Serving(told, pieces, Per.PIECES)

    def _counts_no_pieces(self, word: str) -> bool:
        """Whether a word behind a number says that it is no number of pieces: 2 g, 2 to."""
        thing = self._things.get(word)
        is_unit = thing is not None and thing.kind in (
            "amount",
            "mass",
            "volume",
        )
        return is_unit or word in self._ranges

    def _with_numbers(self, line: str, text: str) -> Iterator[_Mention]:
        """The servings of which a line says how many: "per 2 capsules", "3 Kapseln"."""
        for match in self._numbered.finditer(text):
            thing, end = self._counted(match)
            if thing.kind == "amount":
                continue
            number = number_of(match["count"])
            start = match.start("count")
            if _is_range(match, number):
                number, start = None, match.start("first")
            lead = self._lead(text, start)
            per = _per(thing, number, lead)
            if per:
                if line.startswith("(s)", end):
                    end += len("(s)")
                pieces = number if per is Per.PIECES else None
                yield _Mention(
                    Serving(line[start:end], pieces, per), is_said=bool(lead)
                )

    def _without_numbers(self, line: str, text: str) -> Iterator[_Mention]:
        """The servings behind "per" and "/" without a number: it is one."""
        for match in self._unnumbered.finditer(text):
            thing, end = self._counted(match)
            per = _per(thing, 1, "per")
            if per and thing.kind != "described":
                words = line[match.start("words") : end]
                pieces = 1 if per is Per.PIECES else None
                yield _Mention(Serving(f"1 {words}", pieces, per), is_said=True)

    def _counted(self, match: re.Match[str]) -> tuple[_Thing, int]:
        """The thing behind a number or a "per", and where its name ends in the line."""
        if not match["words"]:
            return _Thing("nothing"), match.end()
        start = match.start("words")
        words = match["words"].split()
        for skipped in range(len(words)):
            thing, length = self._named(words[skipped:])
            if thing and skipped == 0:
                return thing, start + length
            if thing and thing.kind == "piece":  # "2 large capsules"
                before = len(" ".join(words[:skipped])) + 1
                return _Thing("described"), start + before + length
            if thing:
                break
        return _Thing("unknown"), start + len(words[0])

    def _named(self, words: Sequence[str]) -> tuple[_Thing | None, int]:
        """What some words begin with, the longest name first, and how long that name is."""
        for end in range(len(words), 0, -1):
            name = " ".join(words[:end])
            if name in self._things:
                return self._things[name], len(name)
        for name in self._unspaced:
            if words[0].startswith(name):
                return self._things[name], len(name)
        return None, 0

    def _lead(self, text: str, start: int) -> str:
        """What says that an amount is in what begins at a place of the text.

        That is a word such as "per", a "/", the "size" of a serving, or the "portion" that these
        are; "" where nothing says so.
        """
        before = _LEADING.findall(text[max(0, start - _FARTHEST_LEAD) : start])
        if before and before[-1] in self._links:
            before.pop()
        while before and before[-1] in _LEADING_MARKS:
            before.pop()
        if not before:
            return ""
        for length in range(1, _LONGEST_LEAD + 1):
            phrase = " ".join(before[-length:])
            if phrase in self._sizes:
                return "size"
            if (
                phrase in self._things
                and self._things[phrase].kind == "portion"
            ):
                return "portion"
        last = before[-1].rstrip(".")
        is_between_numbers = before[-2:-1] != [] and before[-2].isdigit()
        is_lead = last in self._per or (last == "/" and not is_between_numbers)
        return last if is_lead else ""


def _is_range(match: re.Match[str], number: float | None) -> bool:
    """Whether two numbers are a range or a multiple; in "400 - 1 capsule", they are not."""
    if not match["first"]:
        return False
    is_multiple = match["between"].strip() in _TIMES
    return is_multiple or (number_of(match["first"]) or 0) < (number or 0)


def _per(thing: _Thing, number: float | None, lead: str) -> Per | None:
    """What kind of serving a number of things is; None where it is none.

    ``number`` is None where it can be read in two ways; ``lead`` says why it would be a serving.
    """
    match thing.kind:
        case "piece":
            return Per.PIECES if lead or (number or 0) <= _MOST_PIECES else None
        case "described":
            return Per.PIECES if lead not in ("", "/") else None
        case "nothing":
            is_serving = lead == "size" or (lead == "/" and number == 1)
            return Per.PIECES if is_serving else None
        case "portion":
            return Per.PORTION if lead or number == 1 else None
        case "unknown":
            # These few may be pieces, and they may be hours.
            is_few = 1 < (number or 0) <= _MOST_PIECES
            return (
                Per.PORTION if is_few and len(lead) >= _SHORTEST_PER else None
            )
        case "amount":
            return None
        case _:
            return _measured(thing, number, lead)


def _measured(thing: _Thing, number: float | None, lead: str) -> Per | None:
    """What kind of serving a weight or a volume is; a slash stands between two weights, too."""
    size = thing.size * (number or 0)
    if not lead or (
        thing.kind == "mass" and lead == "/" and size <= _MG_OF_A_GRAM
    ):
        return None
    return Per.CONTENT if size in _CONTENT[thing.kind] else Per.MEASURE


def _in_one(servings: Sequence[Serving]) -> Serving:
    """The serving that a line speaks of; where it speaks of several, all of them."""
    meanings = {(serving.pieces, serving.per) for serving in servings}
    if len(meanings) == 1:
        return servings[0]
    texts = dict.fromkeys(serving.text for serving in servings)
    return Serving(" or ".join(texts), None, Per.SEVERAL)


def _things(labels: LabelWords) -> dict[str, _Thing]:
    """What an amount can be in, by its folded names."""
    things = {}
    masses = dict(_MASSES)
    for language in labels.languages.values():
        masses.update(language.units)
        for name in language.pieces:
            things[_folded(name)] = _Thing("piece")
        for name in language.portions:
            things[_folded(name)] = _Thing("portion")
        for unit, ml in language.volumes.items():
            things[_folded(unit)] = _Thing("volume", ml)
    for unit, mg in masses.items():
        things[_folded(unit)] = _Thing(
            "mass" if mg >= _MG_OF_A_GRAM else "amount", mg
        )
    return things


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; for none where there are none."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)) or "(?!)"


def _folded(text: str) -> str:
    """A text without what does not tell words apart, in which each character keeps its place."""
    if text.isascii():
        return text.lower()
    return "".join(map(_base, text))


@cache
def _base(character: str) -> str:
    """A character without case and accents; one that stands for a syllable is left alone."""
    if character >= "　":
        return character
    return normalize("NFD", character.casefold())[0]
