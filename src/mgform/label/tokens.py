"""A line of a label, cut into tokens: words by what they mean, amounts, percentages, and marks."""

import re
from typing import NamedTuple

from mgform.label.kinds import AMOUNTS, Kind
from mgform.label.numbers import figure_pattern, value_of
from mgform.label.words import EASTERN, Words, any_of, folded
from mgform.table import Compound

_WORDS_AHEAD = 5
_LONGEST_ABBREVIATION = 3
_WEIGHTS = {"mg": 1.0, "g": 1000.0, "kg": 1_000_000.0, "mcg": 0.001}
_PERCENTS = {"percent", "per cent", "pct", "prozent", "pour cent", "por ciento", "процентов"}
_MOLAR = {"mmol", "meq", "mval"}
_VOLUMES = {"ml", "l", "cl", "dl", "oz", "fl oz", "fl. oz", "lb", "lbs", "litre", "liter", "мл", "л"}
_SIZES = r"(?:100\s?(?:{grams}|ml|мл)|\d*\s?(?:kg|кг|l|л|ml|мл|litre|liter)|(?:{grams}))"

_MARKS = {
    "(": Kind.OPEN,
    "[": Kind.OPEN,
    "{": Kind.OPEN,
    ")": Kind.CLOSE,
    "]": Kind.CLOSE,
    "}": Kind.CLOSE,
    "+": Kind.WITH,
    "&": Kind.WITH,
    ",": Kind.COMMA,
    "-": Kind.COMMA,
    "、": Kind.COMMA,
    "/": Kind.SLASH,
    ":": Kind.COLON,
    ".": Kind.DOT,
    ";": Kind.STOP,
    "|": Kind.STOP,
    "•": Kind.STOP,
    "·": Kind.STOP,
    "<": Kind.LIMIT,
    ">": Kind.LIMIT,
    "≤": Kind.LIMIT,
    "≥": Kind.LIMIT,
    "±": Kind.LIMIT,
    "×": Kind.LIMIT,
}


class Token(NamedTuple):
    """A piece of a line.

    ``name`` is what the words name (a form's id, or an unknown word), ``value`` is mg or percent
    (None where the number can be read in several ways).
    """

    kind: Kind
    name: str = ""
    value: float | None = None
    compound: Compound | None = None


class Tokenizer:
    """Cuts lines by the words of one table."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.weights = dict(_WEIGHTS)
        for language in words.languages:
            self.weights.update({folded(unit): mg for unit, mg in language.units.items()})
        measures = {folded(unit) for language in words.languages for unit in language.measures}
        self._kinds = dict.fromkeys(measures, Kind.MEASURE)
        self._kinds.update(dict.fromkeys(_VOLUMES, Kind.VOLUME))
        self._kinds.update(dict.fromkeys(self.weights, Kind.AMOUNT))
        self._kinds.update(dict.fromkeys(_MOLAR & self.weights.keys(), Kind.MOLAR))
        self._kinds.update(dict.fromkeys(_PERCENTS, Kind.PERCENT))
        self._kinds["%"] = Kind.PERCENT
        self._pattern = re.compile(self._token_pattern())
        self._symbols = {folded(symbol) for symbol in words.table.labels.symbols}
        # "Mg" names the nutrient where no number stands before it.
        self._signs = re.compile(
            rf"{any_of(words.signs)}|(?<![\w.,])(?<!\d\s)(?:{any_of(self._symbols)})(?![^\W\d_])"
        )

    def _token_pattern(self) -> str:
        units = any_of(unit for unit in self._kinds if unit != "%")
        per = any_of(map(folded, self._words("per")))
        pieces = any_of(map(folded, self._words("pieces")))
        grams = any_of(unit for unit, mg in self.weights.items() if mg == _WEIGHTS["g"])
        sizes = _SIZES.format(grams=grams)
        end = r"(?![^\W\d_])"
        unit = rf"\s?-?(?P<unit>%|(?:{units}){end})"
        eastern = any_of(phrase for phrase in self.words.eastern())
        return (
            # "per 100 g", "/l" and "per 500 mg capsule" tell in what an amount is.
            rf"(?P<serving>(?:(?<!\w)(?:{per})\s\d[\d.,]*\s?(?:{grams}){end}"
            rf"|(?<!\w)(?:{per})\s{sizes}{end}|(?<=\w)\s?/\s?{sizes}(?![^\W_]|-\w)"
            rf"|(?<!\w)(?:{per})\s\d[\d.,]*\s?(?:{units})\.?[\s-](?=(?:{pieces})(?!\w))))"
            # Prices, and ratios such as 4:1, tell no amount.
            rf"|[$€£₹]\s?\d[\d.,]*|\d{{1,3}}:\d{{1,2}}(?!\d)"
            rf"|(?P<figure>{figure_pattern(any_of(self._words('ranges')))})(?:{unit})?"
            rf"|(?P<word>(?:[abcdek]|omega)-\d{{1,2}}(?![\d]|[.,·'’~]\d|\s?-?(?:{units}){end})|{eastern}|(?:(?!{eastern})[{EASTERN}])+"
            rf"|(?:(?![{EASTERN}])[^\W\d_]){{1,4}}\d{{1,4}}"
            rf"(?!\w|[.,·'’~^×*]\d|\s\d+⁄|\s?-?(?:{units}){end})"
            rf"|(?:(?![{EASTERN}])[^\W\d_])+(?:[\"'\u05f3\u05f4\u2019](?=[\u05d0-\u05ea])[^\W\d_]+)*)"
            r"|(?<=\w)-(?=\w)|(?<=[\w*†‡§°^#%)])[*†‡§°^#]|(?P<footnote>(?<!\S)[*†‡](?=[^\W\d_]))|(?P<leader>\.{2,})|(?P<mark>\S)"
        )

    def _words(self, field: str) -> list[str]:
        return [word for language in self.words.languages for word in getattr(language, field)]

    def names_the_nutrient(self, text: str) -> bool:
        """Whether a folded line is about the nutrient at all."""
        return self._signs.search(text) is not None

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a folded line. Plain words, which say nothing of weights, are left out."""
        tokens: list[Token] = []
        words: list[str] = []
        for match in self._pattern.finditer(text):
            kind = match.lastgroup
            if kind == "word":
                words.append(match[0].replace("-", ""))
                continue
            if kind is None:  # a hyphen inside a name, or a footnote's mark behind a word
                continue
            if match[0] == "." and words and self._is_abbreviation(words[-1]):
                continue
            if words:
                self._add_words(words, tokens)
                words = []
            after_amount = bool(tokens) and tokens[-1].kind in AMOUNTS
            tokens.append(self._token(match, kind, after_amount=after_amount))
        self._add_words(words, tokens)
        return tokens

    def _ends_a_word(self, match: re.Match[str]) -> bool:
        """Whether a dot stands behind a whole word such as "milligrams"."""
        start = match.start()
        return match.string[max(start - _LONGEST_ABBREVIATION - 1, 0) : start].isalpha()

    def _may_end_a_sentence(self, match: re.Match[str]) -> bool:
        """Whether the point of ".5 g" stands behind a letter, and may belong to that."""
        start = match.start("figure")
        return match["figure"][0] in ".·" and start > 0 and match.string[start - 1].isalnum()

    def _is_abbreviation(self, word: str) -> bool:
        return len(word) <= _LONGEST_ABBREVIATION and word not in self._symbols

    def _token(self, match: re.Match[str], kind: str, *, after_amount: bool) -> Token:
        if kind == "serving":
            return Token(Kind.SERVING)
        if kind == "unit":
            unit = match["unit"]
            value = value_of(match["figure"], self.weights.get(unit, 1.0))
            if self._may_end_a_sentence(match):
                value = None
            return Token(self._kinds[unit], "", value)
        if kind == "figure":
            return Token(Kind.NUMBER)
        if kind == "footnote":
            return Token(Kind.STOP)
        if kind == "leader":
            return Token(Kind.COLON)
        if match[0] == "." and after_amount and not self._ends_a_word(match):
            return Token(Kind.POINT)
        return Token(_MARKS.get(match[0], Kind.MARK))

    def _add_words(self, words: list[str], tokens: list[Token]) -> None:
        """Words side by side, by what the longest phrases in them mean."""
        at = 0
        while at < len(words):
            meaning, length = self.words.meaning(tuple(words[at : at + _WORDS_AHEAD]))
            if meaning.kind is not None:
                tokens.append(Token(meaning.kind, meaning.name, None, meaning.compound))
            elif tokens and tokens[-1].kind is Kind.PERCENT:  # 100 % vegan
                tokens.append(Token(Kind.WORD))
            at += length
