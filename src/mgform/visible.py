"""Text as it may be shown: nothing in it acts on a terminal or a page, and nothing is hidden."""

import re

NO_BREAK = "\u00a0"
"""A space at which no line breaks."""

# Controls (C0, C1), direction marks, line separators, surrogates and what is no character.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff]"
)
# What an address may hold besides letters and digits (RFC 3986).
_IN_ADDRESSES = "-._~:/?#[]@!$&'()*+,;=%"
_SPACES = re.compile(r"[ \t\r\n]+")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:mg|mcg|g|kg|mL|mmol|%)(?!\w))")


def visible(text: str) -> str:
    """A text in which controls and direction marks are seen (``ESC[1m``); breaks are spaces."""
    one_line = _SPACES.sub(" ", text)
    return _UNSEEN.sub(_escaped, one_line)


def _escaped(unseen: re.Match[str]) -> str:
    """A character as Python escapes it."""
    return unseen[0].encode("unicode_escape").decode()


def joined(text: str) -> str:
    """A text made visible, with a no-break space between each number and its unit."""
    return _BEFORE_UNIT.sub(NO_BREAK, visible(text))


def address(link: str | None) -> str | None:
    """The address that words may lead to, in ASCII without controls; None if it is not http(s)."""
    if link is None:
        return None
    if not link.lower().startswith(("http://", "https://")):
        return None
    # A screen without links does not wait for this import.
    from urllib.parse import quote  # noqa: PLC0415

    return quote(link, safe=_IN_ADDRESSES, errors="replace")
