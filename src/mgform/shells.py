"""The shells: the script by which each asks what it may offer at Tab, and how it is installed."""

import os
import re
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from mgform.errors import CallError

Shell = Literal["bash", "zsh", "fish", "powershell"]
SHELLS: tuple[Shell, ...] = get_args(Shell)

_BASH = r"""_mgform() {
    local answer
    mapfile -t answer < <(_MGFORM_COMPLETE=bash "$1" "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
    COMPREPLY=("${answer[@]:1}")
    if [[ ${answer[0]} == files ]]; then compopt -o default; fi
    if [[ ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
}
complete -F _mgform mgform
"""

_ZSH = r"""#compdef mgform
_mgform() {
    local -a answer plain before_amounts
    answer=("${(@f)$(_MGFORM_COMPLETE=zsh ${~words[1]} "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    if [[ $answer[1] == files ]]; then _files; return; fi
    shift answer
    plain=("${(@)answer:#*=}")
    before_amounts=("${(@M)answer:#*=}")
    _describe mgform plain -- before_amounts -S ''
}
if [[ $funcstack[1] == _mgform ]]; then _mgform "$@"; else compdef _mgform mgform; fi
"""

_FISH = r"""function _mgform
    set --local answer (env _MGFORM_COMPLETE=fish (commandline -opc) (commandline -ct) 2>/dev/null)
    if test "$answer[1]" = files
        __fish_complete_path (commandline -ct)
    else if set --query answer[2]
        printf '%s\n' $answer[2..]
    end
end
complete --command mgform --no-files --arguments '(_mgform)'
"""

_POWERSHELL = r"""Register-ArgumentCompleter -Native -CommandName mgform -ScriptBlock {
    param($word, $ast, $position)
    $Env:_MGFORM_COMPLETE = "powershell"
    $line = $ast.ToString().PadRight($position - $ast.Extent.StartOffset)
    mgform $line | Select-Object -Skip 1 | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_)
    }
    Remove-Item Env:_MGFORM_COMPLETE
}
"""

_SCRIPTS: dict[Shell, str] = {
    "bash": _BASH,
    "zsh": _ZSH,
    "fish": _FISH,
    "powershell": _POWERSHELL,
}

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

    ``before`` are the words before the last, and ``last`` is the word that the cursor is in, each as
    the program would get it. ``quote`` is the quote in which the last word is still open, and
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
            self.quote = "" if piece["end_of_single"] else "'"
        elif piece["double"] is not None:
            self.meant += _ESCAPED_IN_DOUBLE.sub(r"\1", piece["double"])
            self.quote = "" if piece["end_of_double"] else '"'
        else:
            self.meant += piece["escaped"] or piece["plain"] or ""


def typed_in(shell: Shell, arguments: list[str]) -> Typed:
    """What is typed, out of the arguments that the script of a shell gives.

    Bash and PowerShell give the line up to the cursor, and bash also the part of its last word that
    it replaces. Zsh and fish give words; the last one of fish is as it is typed.
    """
    if shell in ("zsh", "fish"):
        *before, last = arguments or [""]
        return Typed(before, _words(last)[-1].meant if shell == "fish" else last)
    line, replaced = [*arguments, "", ""][:2]
    words = _words(line)
    last_word = words.pop()
    before = [word.meant for word in words[1:]]
    if shell == "powershell":
        return Typed(before, last_word.meant)
    kept = last_word.typed.removeprefix(last_word.quote).removesuffix(replaced)
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


def offered_line(shell: Shell, typed: Typed, word: str, meaning: str) -> str:
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
            is_safe = _SAFE_IN_POWERSHELL.fullmatch(word)
            return word if is_safe else "'" + word.replace("'", "''") + "'"


def _quoted_in_bash(word: str, quote: str) -> str:
    """A word of which nothing acts on bash, behind an open quote or without any."""
    if quote == "'":
        return word.replace("'", r"'\''")
    if quote == '"':
        return _ACTS_IN_DOUBLE.sub(r"\\\1", word)
    return _ACTS.sub(r"\\\1", word)


def script(shell: Shell) -> str:
    """The script that makes a shell ask."""
    return _SCRIPTS[shell]


def install(shell: Shell) -> str:
    """Write a shell's script to where the shell finds it, and say what comes next.

    Raises a CallError where that is not possible.
    """
    home = Path("~").expanduser()
    try:
        match shell:
            case "bash":
                file = home / ".bash_completions" / "mgform.sh"
                _add_lines(home / ".bashrc", f"source '{file}'")
            case "zsh":
                file = home / ".zfunc" / "_mgform"
                _add_lines(
                    Path(os.environ.get("ZDOTDIR") or home) / ".zshrc",
                    "fpath+=~/.zfunc; autoload -Uz compinit; compinit",
                )
            case "fish":
                config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
                file = config / "fish" / "completions" / "mgform.fish"
            case "powershell":
                raise CallError(
                    "add what 'mgform --show-completion powershell' prints to your $PROFILE"
                )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(script(shell), encoding="utf-8")
    except OSError as error:
        raise CallError(
            f"completion cannot be installed: {error.strerror}: {error.filename}"
        ) from None
    return f"Completion is installed in {file}. It begins in the next {shell} that you open.\n"


def _add_lines(file: Path, line: str) -> None:
    """Add a line to a file of settings that does not have it yet."""
    before = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    if line not in before.splitlines():
        with file.open("a", encoding="utf-8") as settings:
            settings.write(f"\n{line}\n")
