"""Sentences that say what would have been right."""

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from itertools import islice
from reprlib import Repr

_ALIKE = 0.8
_SHOWN = 24
_MANY = 300

_repr = Repr()
_repr.maxstring = _repr.maxother = 80


def quoted(word: object) -> str:
    """A word as it is shown in a sentence: in quotes, shortened, nothing in it acting on a terminal."""
    return _repr.repr(str(word) if isinstance(word, str) else word)


def shown(text: str) -> str:
    """A text as it is shown: as it is where it is short and harmless, else as `quoted` shows it."""
    return text if text.isprintable() and 0 < len(text) <= _repr.maxstring else quoted(text)


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` is probably a slip of, or None.

    Slips change, drop, add or swap a letter. Words whose lengths differ by more are other words:
    "bicarbonate" is no misspelt "carbonate". Where two words are as near, it is a slip of neither.
    """
    near = [other for other in known if abs(len(word) - len(other)) <= 1]
    best = get_close_matches(word, near, n=2, cutoff=_ALIKE)
    alike = {SequenceMatcher(None, other, word).ratio() for other in best}
    return best[0] if len(best) == len(alike) > 0 else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``"; did you mean 'x'?"`` where there is a likely word among not too many, else a full stop."""
    words = list(islice(known, _MANY + 1))
    best = closest(word.casefold(), words) if len(words) <= _MANY else None
    return f"; did you mean {quoted(best)}?" if best else "."


def one_of(known: Iterable[str]) -> str:
    """The words as a list for a sentence: ``"a, b and c"``, shortened when they are many; or ``"none"``."""
    words = list(known)
    if not words:
        return "none"
    if len(words) > _SHOWN:
        return f"{', '.join(islice(words, _SHOWN))} and {len(words) - _SHOWN} more"
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """The sentence for a word that is none of the known ones; ``what`` is "level", "field" ..."""
    words = list(known)
    return f"no {what} is called {quoted(word)}{did_you_mean(word, words)} There are {one_of(words)}"
