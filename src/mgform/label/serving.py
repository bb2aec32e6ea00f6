"""What the amount of a line is in, as it is printed: "3 Kapseln", "1 capsule", "15 ml"."""

import re
from enum import Enum, auto
from typing import NamedTuple

from mgform.label.words import any_of
from mgform.table import Table


class Per(Enum):
    """What kind of thing an amount is in."""

    PIECES = auto()  # 2 capsules
    MEASURE = auto()  # 15 ml
    PORTION = auto()  # a serving, without saying how many pieces that is
    CONTENT = auto()  # 100 g, a litre: what it holds is no dose
    SEVERAL = auto()  # more than one of these


class Serving(NamedTuple):
    """What an amount is in: the text as it is printed, and the number of pieces, or None."""

    text: str
    pieces: float | None
    per: Per


class Servings:
    """Finds the servings of lines, with the words of one table."""

    def __init__(self, table: Table) -> None:
        languages = table.labels.languages.values()
        pieces = any_of(word for language in languages for word in language.pieces)
        per = any_of(word for language in languages for word in language.per)
        self._pattern = re.compile(
            rf"(?i)(?<![\w.,])(?P<several>(?:1[0-2]|[1-9])(?:[.,]\d)?[\s-]*(?:{pieces}))(?!\w)"
            rf"|(?:/|(?<!\w)(?:{per})\s)\s*(?P<each>(?:\d+(?:[.,]\d+)?\s*)?(?:{pieces}|ml|l|kg|g))(?!\w)"
            r"|/\s*(?P<one>1)(?![\d.,])"
        )

    def find(self, line: str) -> Serving | None:
        """What the amount of a line is in; None where the line does not say."""
        match = self._pattern.search(" ".join(line.split()))
        if match is None:
            return None
        text = match["several"] or match["each"] or match["one"]
        if text[0].isalpha():
            text = f"1 {text}"
        if re.fullmatch(r"1 k?g|1 l|100 ?(?:g|ml)", text):
            return Serving(text, None, Per.CONTENT)
        if text.endswith(("ml", "g")):
            return Serving(text, None, Per.MEASURE)
        number = re.match(r"\d+", text)
        return Serving(text, float(number[0]) if number else None, Per.PIECES)
