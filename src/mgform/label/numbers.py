"""Numbers as labels print them: read whole, or not at all."""

import re

_MOST_DIGITS = 12
_DIGITS = r"\d+(?:[.,'\u2019·]+\d+)*|(?<![\d.,])[.·]\d+|(?<![\w.,]),\d+"
# What joins two numbers to a range, a sum, a multiple or a power; or the halves of a broken number.
_JOINED = r"\s?[-/\u00d7*±^~]\s?|:|e[-+]?|\s?(?:\+/-|\.\.\.?)\s?|\s?x\s?|\s"

_PLAIN = re.compile(r"\d+(?:[.,·]\d+)?|[.,·]\d+")
_WITH_THOUSANDS = re.compile(
    r"[1-9]\d{0,2}(?:(?:,\d{3})+(?:\.\d+)?|(?:['\u2019]\d{3})+(?:[.,]\d+)?)"
)
_WITH_POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d{1,2}")
_THOUSANDS_OR_DECIMALS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_FRACTION = re.compile(r"(?:(\d{1,3})\s)?(\d{1,2})\u2044(\d{1,2})")
_SAME_TWICE = re.compile(rf"({_DIGITS})\s?-\s?\1")


def figure_pattern(joining_words: str) -> str:
    """A pattern for a number with all that is joined to it; "to" and "and" join numbers, too.

    It gives nothing back once it has matched, so that no text is read twice.
    """
    fraction = r"(?:\d{1,3}\s)?\d{1,2}\u2044\d{1,2}(?!\d)"
    number = rf"(?:{fraction}|{_DIGITS})"
    joined = rf"(?:{_JOINED}|\s?(?:{joining_words})\s?)"
    return rf"(?>{number}(?:{joined}{number})*)"


def value_of(figure: str, unit: float) -> float | None:
    """A number times its unit in mg, or in percent; None where it can be read in several ways.

    A range, a multiple, and a number with a gap in it are no single number. 1.000 mg may be a
    thousand or one; 1,000 mg are a thousand, as 1.000,0 mg are, and 1,000 g are one gram.
    """
    if len(figure) > _MOST_DIGITS:
        return None
    if figure.isdecimal():
        return _times(figure, unit)
    if same := _SAME_TWICE.fullmatch(figure):
        figure = same[1]
    if fraction := _FRACTION.fullmatch(figure):
        return _fraction(fraction, unit)
    if unit <= 1:
        if _THOUSANDS_OR_DECIMALS.fullmatch(figure):
            return None
        if _WITH_POINTS.fullmatch(figure):
            # 1.231,8
            whole = figure.replace(".", "")
            return _times(whole.replace(",", "."), unit)
        if _WITH_THOUSANDS.fullmatch(figure):
            plain = re.sub("['\u2019]", "", figure)
            # A comma parts thousands, unless apostrophes do: 1'000,5.
            has_apostrophe = plain != figure
            comma = "." if has_apostrophe else ""
            return _times(plain.replace(",", comma), unit)
    if _PLAIN.fullmatch(figure):
        return _times(re.sub("[,·]", ".", figure), unit)
    return None


def _times(number: str, unit: float) -> float:
    return round(float(number) * unit, 6)


def _fraction(fraction: re.Match[str], unit: float) -> float | None:
    whole = int(fraction[1] or 0)
    above = int(fraction[2])
    below = int(fraction[3])
    if not 0 < above < below:
        return None
    return round((whole + above / below) * unit, 6)
