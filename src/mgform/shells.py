"""The shells: the script by which each asks what it may offer at Tab, and how it is installed."""

import os
from pathlib import Path
from typing import Literal, get_args

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
    answer=("${(@f)$(_MGFORM_COMPLETE=zsh ${~words[1]} \
        "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    if [[ $answer[1] == files ]]; then compset -P '--*='; _files; return; fi
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
        set --local option (string match --regex -- '^--[^=]*=' (commandline -ct))
        set --local file (string replace -- "$option" '' (commandline -ct))
        __fish_complete_path $file | string replace --regex -- '^' "$option"
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


def script(shell: Shell) -> str:
    """The script that makes a shell ask."""
    return _SCRIPTS[shell]


def install(shell: Shell) -> str:
    """Write a shell's script to where the shell finds it, and say what comes next.

    Raises a CallError where that is not possible.
    """
    if shell == "powershell":
        raise CallError(
            "add what 'mgform --show-completion powershell' prints to your $PROFILE"
        )
    try:
        file = _written(shell, Path.home())
    except RuntimeError:
        raise CallError(
            "completion cannot be installed: you have no home folder"
        ) from None
    except OSError as error:
        raise CallError(
            f"completion cannot be installed: {error.strerror}: {error.filename}"
        ) from None
    return f"Completion is installed in {file}. It begins in the next {shell} that you open.\n"


def _written(shell: Shell, home: Path) -> Path:
    """The file of a script, which is written, and named in the shell's settings."""
    if shell == "bash":
        file = home / ".bash_completions" / "mgform.sh"
        _add_line(home / ".bashrc", f"source '{file}'")
    elif shell == "zsh":
        file = home / ".zfunc" / "_mgform"
        settings = Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
        _add_line(settings, "fpath+=~/.zfunc; autoload -Uz compinit; compinit")
    else:
        config = os.environ.get("XDG_CONFIG_HOME") or home / ".config"
        file = Path(config) / "fish" / "completions" / "mgform.fish"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(script(shell), encoding="utf-8")
    return file


def _add_line(file: Path, line: str) -> None:
    """Add a line to a file of settings that does not have it yet."""
    before = ""
    if file.exists():
        before = file.read_text(encoding="utf-8", errors="replace")
    if line not in before.splitlines():
        with file.open("a", encoding="utf-8") as settings:
            settings.write(f"\n{line}\n")
