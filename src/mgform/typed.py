"""What is typed on a shell's line, and how a word is written there so that nothing in it acts."""

import re
from typing import NamedTuple

from mgform.shells import Shell

# What a line is made of; the last string may be open, without its second quote.
_PIECE = re.compile(
    r"""
    (?P<space>\s+)
    | '(?P<single>[^']*)(?P<end_of_single>'?)
    | "(?P<double>(?:[^"\\]|\\.)*)(?P<end_of_double>"?)
    | \\(?P<escaped>.?)
    | (?P<plain>[^\s'"\\]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED_IN_DOUBLE = re.compile(r'\\([\\$`"])')
_ACTS_IN_DOUBLE = re.compile(r'([\\$`"])')
_ACTS = re.compile(r"([^\w@%+=:,./-])")
_SAFE_IN_POWERSHELL = re.compile(r"[\w=.-]+")


class Typed(NamedTuple):
    """What is typed behind the program's name, up to the cursor.

    ``before`` are the words before the last, and ``last`` is the word that the cursor is in, each
    as the program would get it. ``quote`` is the quote in which the last word is still open, and
    ``kept`` is what stands before the part of it that the shell replaces.
    """

    before: list[str]
    last: str
    quote: str = ""
    kept: str = ""


class _Word:
    """A word of a line: as it is typed, as it is meant, and the quote that is open at its end."""

    def __init__(self) -> None:
        self.typed = ""
        self.meant = ""
        self.quote = ""

    def add(self, piece: re.Match[str]) -> None:
        """Add a piece of the line to the word."""
        self.typed += piece[0]
        self.quote = ""
        if piece["single"] is not None:
            self.meant += piece["single"]
            if not piece["end_of_single"]:
                self.quote = "'"
        elif piece["double"] is not None:
            self.meant += _ESCAPED_IN_DOUBLE.sub(r"\1", piece["double"])
            if not piece["end_of_double"]:
                self.quote = '"'
        else:
            self.meant += piece["escaped"] or piece["plain"] or ""


def typed_in(shell: Shell, arguments: list[str]) -> Typed:
    """What is typed, out of the arguments that the script of a shell gives.

    Bash and PowerShell give the line up to the cursor, and bash also the part of its last word that
    it replaces. Zsh and fish give words; the last one of fish is as it is typed.
    """
    if shell in ("zsh", "fish"):
        *before, last = arguments or [""]
        if shell == "fish":
            last = _words(last)[-1].meant
        return Typed(before, last)
    line, replaced = [*arguments, "", ""][:2]
    words = _words(line)
    last_word = words.pop()
    # The first word is the program's name.
    before = [word.meant for word in words[1:]]
    if shell == "powershell":
        return Typed(before, last_word.meant)
    kept = last_word.typed.removesuffix(replaced)
    return Typed(before, last_word.meant, last_word.quote, kept)


def _words(line: str) -> list[_Word]:
    """The words of a line; the last is empty where the line ends with a space."""
    words = [_Word()]
    for piece in _PIECE.finditer(line):
        if piece["space"]:
            words.append(_Word())
        else:
            words[-1].add(piece)
    return words


def offered_line(
    shell: Shell,
    typed: Typed,
    word: str,
    meaning: str,
) -> str:
    """A word as a shell's script reads it, with what it means where the shell shows that."""
    match shell:
        case "bash":
            return _quoted_in_bash(word, typed.quote).removeprefix(typed.kept)
        case "zsh":
            escaped = word.replace("\\", r"\\").replace(":", r"\:")
            return f"{escaped}:{meaning}" if meaning else escaped
        case "fish":
            return f"{word}\t{meaning}" if meaning else word
        case "powershell":
            return _quoted_in_powershell(word)


def _quoted_in_powershell(word: str) -> str:
    """A word of which nothing acts on PowerShell."""
    if _SAFE_IN_POWERSHELL.fullmatch(word):
        return word
    doubled = word.replace("'", "''")
    return f"'{doubled}'"


def _quoted_in_bash(word: str, quote: str) -> str:
    """A word of which nothing acts on bash, behind an open quote or without any."""
    if quote == "'":
        return word.replace("'", r"'\''")
    if quote == '"':
        return _ACTS_IN_DOUBLE.sub(r"\\\1", word)
    return _ACTS.sub(r"\\\1", word)
