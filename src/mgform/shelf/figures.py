"""Prices and numbers as they stand in spreadsheets: read whole, or not at all."""

import re
from decimal import Decimal
from typing import NamedTuple

from mgform.errors import CallError
from mgform.label.serving import Serving, Servings
from mgform.words import quoted

# What people write for a currency, by what is printed. A sign of several countries stays as it is.
_CURRENCIES = {
    "AUD": ("A$", "AU$"),
    "BGN": ("лв",),
    "BRL": ("R$",),
    "CAD": ("C$", "CA$", "CAN$"),
    "CHF": ("SFr", "Fr"),
    "CNY": ("RMB", "元", "人民币"),
    "CZK": ("Kč",),
    "EUR": ("€", "euro", "euros"),
    "GBP": ("£",),
    "HUF": ("Ft",),
    "ILS": ("₪", "NIS", "שח", 'ש"ח', "ש״ח"),
    "INR": ("₹",),
    "JPY": ("円",),
    "KRW": ("₩", "원"),
    "NZD": ("NZ$",),
    "PHP": ("₱",),
    "PLN": ("zł",),
    "RON": ("lei", "leu"),
    "RUB": ("₽", "руб", "р"),  # noqa: RUF001
    "THB": ("฿",),
    "TRY": ("₺", "TL"),
    "UAH": ("₴", "грн"),
    "USD": ("US$",),
    "VND": ("₫",),
    "ZAR": ("R",),
    "$": ("dollar", "dollars"),
    "Rs": (),
    "kr": (),
    "¥": (),
}
_CODE = re.compile(r"[A-Z]{3}")

_DIGITS = re.compile(r"\d(?:[\d.,'\u2019\s]*\d)?")
# Three digits behind a mark are thousands, one or two behind another mark a fraction.
_NUMBER = re.compile(
    r"""
    (?P<whole> \d{1,3} (?P<mark> [.,'\u2019\s] ) \d{3} (?: (?P=mark) \d{3} )* | \d{1,9} )
    (?: (?! (?P=mark) ) [.,] (?P<part> \d{1,2} ) )?
    | (?P<plain> \d{1,9} ) [.,] (?P<decimals> \d{1,2} )
    """,
    re.VERBOSE,
)
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_WITHOUT_CENTS = re.compile(
    rf"(?<=\d)[.,:]\s?[{_MINUS}]{{1,2}}(?!\d)"
)  # 12,- and 129:-
_NEGATIVE = re.compile(rf"[{_MINUS}]|\bminus\b|\bnegative\b", re.IGNORECASE)


class FigureError(ValueError):
    """A cell whose figure is not understood: the sentence says why, and what would be right."""


class Price(NamedTuple):
    """What a package costs; ``currency`` is None where the cell does not say it."""

    amount: Decimal
    currency: str | None


class _Cell(NamedTuple):
    """The one number of a cell, and what stands before it and behind it."""

    before: str
    number: str
    behind: str


def price_of(text: str) -> Price:
    """The price in "12.90", "$1,012.90", "12,- EUR" or "Rs. 250.00"; a FigureError for no price."""
    right = "write it as in 12.90 or 12.90 EUR"
    cell = _cell("price", _WITHOUT_CENTS.sub("", text), text, right)
    if _TWO_WAYS.fullmatch(cell.number):
        two_ways = "can be read in two ways; write it with two decimals"
        raise FigureError(f"price {quoted(text)} {two_ways}")
    amount = _decimal(cell.number)
    word = cell.before or cell.behind
    currency = _currency(word)
    is_no_currency = bool(word) and currency is None
    has_words_around = bool(cell.before and cell.behind)
    if not amount or is_no_currency or has_words_around:
        raise FigureError(f"price {quoted(text)} is no price above 0; {right}")
    return Price(amount, currency)


def count_of(text: str, servings: Servings) -> Decimal:
    """The pieces in "120", "120 capsules" or "1.000"; a FigureError for no number of pieces."""
    right = "write how many pieces, as in 120"
    cell = _cell("count", text, text, right)
    number = _decimal(cell.number)
    if not number or cell.before or not _are_pieces(cell.behind, servings):
        raise FigureError(
            f"count {quoted(text)} is no number of pieces; {right}"
        )
    return number


def _are_pieces(words: str, servings: Servings) -> bool:
    """Whether words behind a number say what pieces it counts, or there are none."""
    for word in words.split():
        plain = word.rstrip(".")
        if not plain.isalpha() or not servings.may_count(plain):
            return False
    return True


def serving_of(
    column: str,
    text: str,
    servings: Servings,
) -> Serving:
    """The serving in "2", "2 capsules" or "1/2"; a FigureError for no number of pieces."""
    try:
        return servings.told(text)
    except CallError as error:
        raise FigureError(f"{column} {error}") from None


def _cell(
    column: str,
    text: str,
    typed: str,
    right: str,
) -> _Cell:
    """The parts of a cell with one number that is not negative; a FigureError for any other."""
    numbers = list(_DIGITS.finditer(text))
    if len(numbers) != 1:
        raise FigureError(
            f"{column} {quoted(typed)} is no number above 0; {right}"
        )
    number = numbers[0]
    before = text[: number.start()].strip()
    behind = text[number.end() :].strip()
    if "(" in before or _NEGATIVE.search(f"{before} {behind}"):
        raise FigureError(f"{column} {quoted(typed)} is below 0; {right}")
    return _Cell(before, number[0], behind)


def _decimal(number: str) -> Decimal | None:
    """A number as spreadsheets write it; None where its marks are in no order."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        return None
    whole = match["whole"] or match["plain"]
    part = match["part"] or match["decimals"] or "0"
    digits = re.sub(r"\D", "", whole)
    return Decimal(f"{digits}.{part}")


def _currency(text: str) -> str | None:
    """A currency by the name that is printed; None for a word that is none."""
    plain = text.rstrip(".").strip()
    if _CODE.fullmatch(plain):
        return plain
    return _NAMES.get(plain.casefold())


_NAMES = {code.casefold(): code for code in _CURRENCIES}
for _code, _written in _CURRENCIES.items():
    _NAMES.update({word.casefold(): _code for word in _written})
