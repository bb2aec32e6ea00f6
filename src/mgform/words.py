"""The pieces that sentences are made of: "did you mean", "a, b and c"."""

from collections.abc import Collection, Iterable

from mgform.errors import CallError

_SHOWN = 24
_LONGEST_SHOWN = 80
# What it takes to compare a word with others: about 10 ms.
_MOST_COMPARED = 200_000


def shown(text: str) -> str:
    """A text that somebody typed as it is shown: shortened, nothing in it acting on a terminal."""
    if len(text) > _LONGEST_SHOWN:
        text = f"{text[: _LONGEST_SHOWN - 20]}...{text[-10:]}"
    return text if text.isprintable() and text else repr(text)


def quoted(word: object) -> str:
    """A word in quotes, for a sentence."""
    text = shown(str(word))
    return text if text[:1] in ("'", '"') and text[-1:] == text[:1] else f"'{text}'"


def closest(word: str, known: Collection[str]) -> str | None:
    """The known word that ``word`` is probably a slip of, or None.

    Slips change, drop, add or swap a letter. Words whose lengths differ by more are other words:
    "bicarbonate" is no misspelt "carbonate". Where two words are as near, it is a slip of neither. A long
    word is not looked for, nor among many: that would take longer than the whole call.
    """
    if len(known) * (len(word) + 10) ** 2 > _MOST_COMPARED:
        return None
    from difflib import SequenceMatcher, get_close_matches

    near = [other for other in known if abs(len(word) - len(other)) <= 1]
    best = get_close_matches(word, near, n=2, cutoff=0.8)
    alike = {SequenceMatcher(None, other, word).ratio() for other in best}
    return best[0] if len(best) == len(alike) > 0 else None


def listed(words: Iterable[str], last: str = "and") -> str:
    """The words as a list for a sentence: ``a, b and c``, shortened when they are many; or ``none``."""
    every = list(words)
    if len(every) > _SHOWN:
        every = [*every[:_SHOWN], f"{len(every) - _SHOWN} more"]
    *before, end = every or ["none"]
    return f"{', '.join(before)} {last} {end}" if before else end


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """The sentence for a word that is none of the known ones; ``what`` is "level", "field" ..."""
    words = list(known)
    best = closest(word.casefold(), words)
    hint = f"; did you mean {quoted(best)}?" if best else "."
    return f"no {what} is called {quoted(word)}{hint} There are: {listed(words)}"


def one_of(what: str, word: str, known: Iterable[str]) -> str:
    """The known word that somebody typed, whatever its case; a CallError with that sentence where there is none."""
    words = list(known)
    for each in words:
        if each.casefold() == word.casefold():
            return each
    raise CallError(unknown(what, word, words))


def count(number: int, noun: str) -> str:
    """A number and its noun: ``1 study``, ``2 studies``."""
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else several}"
