"""The pieces that sentences are made of: "did you mean", "a, b and c"."""

from collections.abc import Collection, Iterable

from mgform.errors import CallError

_LISTED = 24
_LONGEST_SHOWN = 80
_SHOWN_BEFORE = 60
_SHOWN_BEHIND = 10
# What it takes to compare a word with others: about 10 ms.
_MOST_KNOWN = 5000
_MOST_COMPARED = 200_000


def shown(text: str) -> str:
    """A text that somebody typed as it is shown: shortened, nothing in it acting on a terminal."""
    if len(text) > _LONGEST_SHOWN:
        text = f"{text[:_SHOWN_BEFORE]}...{text[-_SHOWN_BEHIND:]}"
    if not text or not text.isprintable():
        return repr(text)
    return text


def quoted(word: object) -> str:
    """A word in quotes, for a sentence."""
    text = shown(str(word))
    if text[:1] in ("'", '"') and text[-1:] == text[:1]:
        return text
    return f"'{text}'"


def closest(word: str, known: Collection[str]) -> str | None:
    """The known word that ``word`` is probably a slip of, or None.

    Slips change, drop, add or swap a letter. Words whose lengths differ by more are other words:
    "bicarbonate" is no misspelt "carbonate". Where two words are as near, it is a slip of neither.
    A long word is not looked for, nor among many: that would take longer than the whole call.
    """
    if len(known) > _MOST_KNOWN:
        return None
    near = [other for other in known if abs(len(word) - len(other)) <= 1]
    compared = len(near) * (len(word) + 10) ** 2
    if compared > _MOST_COMPARED:
        return None
    from difflib import SequenceMatcher, get_close_matches

    best = get_close_matches(word, near, n=2, cutoff=0.8)
    if not best:
        return None
    ratios = {SequenceMatcher(None, other, word).ratio() for other in best}
    are_as_near = len(ratios) < len(best)
    return None if are_as_near else best[0]


def listed(words: Iterable[str], last: str = "and") -> str:
    """The words as a list for a sentence: ``a, b and c``, shortened when many; or ``none``."""
    told = list(words)
    if not told:
        return "none"
    more = len(told) - _LISTED
    if more > 0:
        told = [*told[:_LISTED], f"{more} more"]
    *before, end = told
    if not before:
        return end
    commas = ", ".join(before)
    return f"{commas} {last} {end}"


def unknown(
    what: str,
    word: str,
    known: Iterable[str],
) -> str:
    """The sentence for a word that is none of the known ones; ``what`` is "level", "field" ..."""
    words = list(known)
    hint = "."
    slip = closest(word.casefold(), words)
    if slip is not None:
        hint = f"; did you mean {quoted(slip)}?"
    return (
        f"no {what} is called {quoted(word)}{hint} There are: {listed(words)}"
    )


def one_of(
    what: str,
    word: str,
    known: Iterable[str],
) -> str:
    """The known word that somebody typed, whatever its case; a CallError where there is none."""
    words = list(known)
    folded = word.casefold()
    for known_word in words:
        if known_word.casefold() == folded:
            return known_word
    raise CallError(unknown(what, word, words))


def count(number: int, noun: str) -> str:
    """A number and its noun: ``1 study``, ``2 studies``."""
    if number == 1:
        return f"1 {noun}"
    if noun.endswith("y"):
        return f"{number} {noun[:-1]}ies"
    return f"{number} {noun}s"
