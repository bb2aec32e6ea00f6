"""A line of a label, cut into tokens: words by what they mean, amounts, percentages, and marks."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mgform.label.kinds import AMOUNTS, Kind
from mgform.label.numbers import figure_pattern, value_of
from mgform.label.words import EASTERN, Words, any_of, folded
from mgform.table import Compound

_WORDS_AHEAD = 5
_LONGEST_ABBREVIATION = 3
_LONGEST_REMEMBERED = 200
_REMEMBERED = 4096
_WEIGHTS = {
    "mg": 1.0,
    "g": 1000.0,
    "kg": 1_000_000.0,
    "mcg": 0.001,
}
_PERCENTS = {
    "percent",
    "per cent",
    "pct",
    "prozent",
    "pour cent",
    "por ciento",
    "процентов",
}
_MOLAR = {
    "mmol",
    "meq",
    "mval",
}
_VOLUMES = {
    "ml",
    "l",
    "cl",
    "dl",
    "oz",
    "fl oz",
    "fl. oz",
    "lb",
    "lbs",
    "litre",
    "liter",
    "мл",
    "л",
}
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
    "-": Kind.DASH,
    "¦": Kind.BREAK,
    "、": Kind.COMMA,
    "/": Kind.SLASH,
    ":": Kind.COLON,
    ".": Kind.DOT,
    ";": Kind.STOP,
    "|": Kind.STOP,
    "?": Kind.STOP,
    "!": Kind.STOP,
    "•": Kind.STOP,
    "·": Kind.STOP,
    "<": Kind.LIMIT,
    ">": Kind.LIMIT,
    "≤": Kind.LIMIT,
    "≥": Kind.LIMIT,
    "±": Kind.LIMIT,
    "\u00d7": Kind.TIMES,
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
            for unit, mg in language.units.items():
                self.weights[folded(unit)] = mg
        measures = map(folded, words.every("measures"))
        molar = _MOLAR & self.weights.keys()
        self._kinds = dict.fromkeys(measures, Kind.MEASURE)
        self._kinds.update(dict.fromkeys(_VOLUMES, Kind.VOLUME))
        self._kinds.update(dict.fromkeys(self.weights, Kind.AMOUNT))
        self._kinds.update(dict.fromkeys(molar, Kind.MOLAR))
        self._kinds.update(dict.fromkeys(_PERCENTS, Kind.PERCENT))
        self._kinds["%"] = Kind.PERCENT
        self._symbols = set(map(folded, words.table.labels.symbols))
        units = any_of(unit for unit in self._kinds if unit != "%")
        self._unit = rf"(?:{units})(?![^\W\d_])"
        word = self._word_pattern()
        self._word = re.compile(self._word_or_dot(word))
        self._pattern = re.compile(self._token_pattern(word))
        self._remembered = lru_cache(_REMEMBERED)(self._tokens_of_words)
        # "Mg" names the nutrient where no number stands before it.
        self._signs = re.compile(
            rf"{any_of(words.signs)}|(?<!\w)(?:{any_of(words.names_like_it)})"
            rf"|(?<![\w.,])(?<!\d\s)(?:{any_of(self._symbols)})(?![^\W\d_])"
        )

    def _token_pattern(self, word: str) -> str:
        """A pattern for pieces of a line: servings, numbers with their units, words, marks."""
        grams = any_of(
            unit for unit, mg in self.weights.items() if mg == _WEIGHTS["g"]
        )
        sizes = _SIZES.format(grams=grams)
        between = [*self.words.every("ranges"), *self.words.every("parts")]
        figure = figure_pattern(any_of(map(folded, between)))
        # The first alternative that fits at a place counts, so their order matters. The group that
        # closes last tells what a match is; what is in no group says nothing.
        alternatives = (
            # "/100 g" and "/l" tell in what an amount is.
            rf"(?P<serving>(?<=\w)\s?/\s?{sizes}(?![^\W_]|-\w))",
            rf"(?P<words>(?:{word}(?:(?:[ '\u2019-]|\.\s?)(?=[^\W\d_]))?)+(?:\.(?![.\d]))?)",
            # 5-HTP
            rf"(?P<other>(?<![\w.,-])(?:{self._begun_by_digits()})(?!\w))",
            # Prices, ratios such as 4:1, and discounts tell no amount.
            r"[$€£₹]\s?\d[\d.,]*|\d{1,3}:\d{1,2}(?!\d)|(?<!\S)-\d{1,3}\s?%",
            rf"(?<!\d)(?<!\d\s)(?P<before>%\s?{figure})(?!\s?(?:%|{self._unit}))",
            rf"(?P<figure>{figure})(?:(?P<plus>\+)?\s?-?(?P<unit>%|{self._unit}))?",
            # 300 mg+: at least so much.
            r"(?P<limit>(?:(?<=[^\W\d_])|(?<=[^\W\d_]\.))\+(?=[\s),;.]|$))",
            r"(?P<footnote>^[*†‡]|(?<!\S)[*†‡](?=[^\W\d_]))",
            # The mark of a footnote behind a word.
            r"(?<=[\w*†‡§°^#%)])[*†‡§°^#]|(?<=[^\W\d_]\s)[*†‡§](?=\s)",
            r"(?P<leader>\.{2,})",
            r"(?P<mark>\S)",
        )
        return "|".join(alternatives)

    def _word_or_dot(self, word: str) -> str:
        """A pattern for what words side by side are made of; some plain words have dots inside."""
        dotted = any_of(
            folded(plain) for plain in self.words.every("plain") if "." in plain
        )
        return rf"(?P<plain>\b(?:{dotted})\b\.?)|{word}|(?P<dot>\.)"

    def _word_pattern(self) -> str:
        """A pattern for one word; in writing without spaces, for one that the table knows."""
        # In "D3 25 mcg", 3 ends a word; in "citrate1.5 g" and "citrate2 g", it begins a number.
        ends_a_word = (
            rf"(?!\w|[.,·'\u2019~^\u00d7*]\d|\s\d+\u2044|\s?-?{self._unit})"
        )
        letter = rf"[^\W\d_{EASTERN}]"
        eastern = any_of(self.words.eastern())
        alternatives = (
            # Most words have no number behind them, so they are looked for first. Hebrew has
            # quotation marks inside.
            rf"{letter}++(?!-?\d)(?:[\"'\u05f3\u05f4\u2019](?=[\u05d0-\u05ea])[^\W\d_]+)*",
            # B-6, omega-3, CoQ10; not mg-100.
            rf"(?:[abcdek]|omega)-\d{{1,2}}{ends_a_word}",
            # Mg2+
            any_of(symbol for symbol in self._symbols if not symbol.isalpha()),
            # Vitamin B6 ¼ g: a half and the like are written with a space before them.
            r"[bdkq]\d{1,2}(?=\s\d\u2044)",
            rf"(?!m(?:a?g)-){letter}{{2,4}}-\d{{1,3}}(?=\s\d)",
            rf"{letter}{{1,4}}\d{{1,4}}{ends_a_word}",
            rf"{letter}++",
            rf"(?=[{EASTERN}])(?:{eastern}|(?:(?!{eastern})[{EASTERN}])+)",
        )
        return f"(?:{'|'.join(alternatives)})"

    def _begun_by_digits(self) -> str:
        """A pattern for names of other substances that begin with a number."""
        names = map(folded, self.words.every("others"))
        return any_of(name for name in names if name[0].isdigit())

    def names_the_nutrient(self, text: str) -> bool:
        """Whether a folded line is about the nutrient at all."""
        return self._signs.search(text) is not None

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a folded line. Plain words, which say nothing of weights, are left out."""
        tokens: list[Token] = []
        for match in self._pattern.finditer(text):
            kind = match.lastgroup
            if kind == "words":
                known, is_plain = self._known(match[0])
                # As in "100 % vegan".
                if is_plain and tokens and tokens[-1].kind is Kind.PERCENT:
                    tokens.append(_A_WORD)
                tokens += known
            elif kind == "unit":
                behind_per = bool(tokens) and tokens[-1].kind is Kind.PER
                amount = self._amount(match, behind_per=behind_per)
                if _is_no_range(tokens, amount):
                    tokens[-1] = Token(Kind.STOP)
                tokens.append(amount)
            elif kind == "before":  # %67
                figure = match[0].removeprefix("%").strip()
                tokens.append(Token(Kind.PERCENT, "", value_of(figure, 1.0)))
            elif kind is not None:
                after_amount = (
                    bool(tokens) and tokens[-1].kind in _AMOUNT_OR_POINT
                )
                tokens.append(_mark(match, kind, after_amount=after_amount))
        return tokens

    def _amount(self, match: re.Match[str], *, behind_per: bool) -> Token:
        figure = match["figure"]
        unit = match["unit"]
        weight = self.weights.get(unit, 1.0)
        # Per 100 g.
        if behind_per and weight >= _WEIGHTS["g"]:
            return Token(Kind.SERVING)
        value = value_of(figure, weight)
        start = match.start()
        # 300+ mg
        if match["plus"]:
            value = None
        # The point of ".5 g" behind a letter may end a sentence.
        if figure[0] in ".·" and start and match.string[start - 1].isalnum():
            value = None
        return Token(self._kinds[unit], value=value)

    def _known(self, text: str) -> tuple[tuple[Token, ...], bool]:
        """The tokens of words side by side, and whether the first of them is a plain one."""
        if len(text) > _LONGEST_REMEMBERED:
            return self._tokens_of_words(text)
        return self._remembered(text)

    def _tokens_of_words(self, text: str) -> tuple[tuple[Token, ...], bool]:
        tokens: list[Token] = []
        words: list[str] = []
        is_plain = False
        for match in self._word.finditer(text):
            if match.lastgroup is None:
                words.append(match[0].replace("-", ""))
            elif match.lastgroup == "plain" or not words:
                continue
            elif not self._is_abbreviation(words):
                is_plain |= self._add_words(words, tokens)
                tokens.append(Token(Kind.DOT))
                words = []
        is_plain |= self._add_words(words, tokens)
        return tuple(tokens), is_plain

    def _is_abbreviation(self, words: Sequence[str]) -> bool:
        """Whether a dot behind words ends none of them: "mag. citrate", "equiv. to"."""
        last = words[-1]
        if not last.isalpha() or last in self._symbols:
            return False
        if len(last) <= _LONGEST_ABBREVIATION:
            return True
        meaning, _ = self.words.meaning([last])
        return meaning.kind is Kind.GIVEN

    def _add_words(self, words: list[str], tokens: list[Token]) -> bool:
        """Add words by what the longest phrases in them mean; say whether the first is plain."""
        at = 0
        first_is_plain = False
        while at < len(words):
            meaning, length = self.words.meaning(words[at : at + _WORDS_AHEAD])
            if meaning.kind is not None:
                token = Token(
                    kind=meaning.kind,
                    name=meaning.name,
                    compound=meaning.compound,
                )
                tokens.append(token)
            elif not at and not tokens:
                first_is_plain = True
            at += length
        return first_is_plain


_AMOUNT_OR_POINT = frozenset(
    {
        *AMOUNTS,
        Kind.POINT,
    }
)
_A_WORD = Token(Kind.WORD)


def _mark(
    match: re.Match[str],
    kind: str,
    *,
    after_amount: bool,
) -> Token:
    """The token of a match that is neither words nor a number with its unit."""
    if kind == "serving":
        return Token(Kind.SERVING)
    if kind == "other":
        return Token(Kind.OTHER)
    if kind == "figure":
        return Token(Kind.NUMBER)
    if kind == "footnote":
        return Token(Kind.STOP)
    if kind == "limit":
        return Token(Kind.LIMIT if after_amount else Kind.WITH)
    if kind == "leader":
        return Token(Kind.COLON)
    if match[0] == "." and after_amount and not _ends_a_word(match):
        return Token(Kind.POINT)
    return Token(_MARKS.get(match[0], Kind.MARK))


def _is_no_range(before: Sequence[Token], amount: Token) -> bool:
    """Whether a dash parts an amount from a greater one, as in "citrate 500 mg - 80 mg"."""
    if len(before) <= 1 or before[-1].kind is not Kind.DASH:
        return False
    first_mg = before[-2].value
    if before[-2].kind is not Kind.AMOUNT or first_mg is None:
        return False
    return amount.value is not None and amount.value < first_mg


def _ends_a_word(match: re.Match[str]) -> bool:
    """Whether a dot stands behind a whole word such as "milligrams"."""
    end = match.start()
    start = max(end - _LONGEST_ABBREVIATION - 1, 0)
    return match.string[start:end].isalpha()
