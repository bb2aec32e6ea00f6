"""Text as it may be shown: nothing in it acts on a terminal or a page, and nothing is hidden."""

import re

NO_BREAK = "\u00a0"
"""A space at which no line breaks."""

# Patterns are compiled when they are first used, which most of them are not.
# Controls (C0, C1), direction marks, line separators, surrogates and what is no character.
_UNSEEN = (
    r"[\x00-\x1f\x7f-\x9f\u03a2\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufdd0-\ufdef\ufeff]"
)
_SPACES = r"[ \t\r\n]+"
_BEFORE_UNIT = r"(?<=\d) (?=(?:mg|mcg|g|kg|mL|mmol|%)(?!\w))"
# What an address may hold besides letters and digits (RFC 3986).
_IN_ADDRESSES = "-._~:/?#[]@!$&'()*+,;=%"


def visible(text: str) -> str:
    """A text in which controls and direction marks are seen (``ESC[1m``); breaks are spaces."""
    is_plain = text.replace(NO_BREAK, " ").isprintable()
    if is_plain and "  " not in text:
        return text
    one_line = re.sub(_SPACES, " ", text)
    return re.sub(_UNSEEN, _escaped, one_line)


def _escaped(unseen: re.Match[str]) -> str:
    """A character as Python escapes it."""
    return unseen[0].encode("unicode_escape").decode()


def joined(text: str) -> str:
    """A text made visible, with a no-break space between each number and its unit."""
    return re.sub(_BEFORE_UNIT, NO_BREAK, visible(text))


def address(link: str | None) -> str | None:
    """The address that words may lead to, in ASCII without controls; None if it is not http(s)."""
    if link is None:
        return None
    if not link.lower().startswith(("http://", "https://")):
        return None
    # A screen without links does not wait for this import.
    from urllib.parse import quote  # noqa: PLC0415

    return quote(link, safe=_IN_ADDRESSES, errors="replace")
