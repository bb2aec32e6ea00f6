"""What shells offer at Tab: words, how each shell quotes them, and the scripts in real shells."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mgform.shells import SHELLS
from mgform.typed import Typed, offered_line, typed_in
from tests.conftest import FROZEN, ROOT, SAFETY, call, environment

PYTHON = sys.executable
ODD_NAMES = [
    "we$(id)ird",
    "st*ar",
    "two words",
    "quo'te",
    'dou"ble',
    "back`tick",
    "a;b&c",
    "col:on",
]
ODD = """
title: Odd
nutrient: magnesium
notice: Nothing in it is true.
scales: {}
sources: [{id: talk, kind: thread, citation: none}]
notes: [{about: cost, text: Dear., source: talk, basis: stated}]
forms: [{id: odd, name: Odd one, aliases: [%s]}]
"""


@pytest.fixture
def odd(tmp_path: Path) -> str:
    """A table with names that act on shells."""
    quoted = [
        f'"{name}"' if '"' not in name else f"'{name}'" for name in ODD_NAMES
    ]
    file = tmp_path / "odd.yaml"
    file.write_text(ODD % ", ".join(quoted), "utf-8")
    return str(file)


def offered(
    *words: str, shell: str = "zsh", data: Path | str = FROZEN
) -> list[str]:
    """What a shell is offered behind words; the last is the one that the cursor is in."""
    done = call(*words, _MGFORM_COMPLETE=shell, MGFORM_DATA=str(data))
    assert (done.stderr, done.status) == ("", 0)
    kind, *lines = done.stdout.splitlines()
    return (
        [kind]
        if kind == "files"
        else [line.partition(":")[0] for line in lines]
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["comp"], ["compare"]),
        (["--ver"], ["--version"]),
        (["compare", "--f"], ["--full", "--format"]),
        (["--data", ""], ["files"]),
        (["list", "--data=fi"], ["files"]),
        (["validate", ""], ["files"]),
        (["products", "shelf"], ["files"]),
        (["label", "Mag"], []),
        (["show", ""], ["salt", "chelate", "ash", "dust", "gold"]),
        (
            ["show", "salt", "unobt"],
            ["unobtainium chloride", "unobtainium iodide"],
        ),
        (
            ["show", "--full", "unobt"],
            ["unobtainium chloride", "unobtainium iodide"],
        ),
        (["show", "cele"], []),
        (["dose", "sal"], ["salt="]),
        (["dose", "salt="], []),
        (["dose", "salt=5", "as"], ["ash="]),
        (["list", "--laxative", ""], ["weak", "mild", "fierce"]),
        (["list", "--tolerance", "go"], ["good"]),
        (["list", "--gentler-than", "sa"], ["salt"]),
        (["list", "--sort", "la"], ["laxative"]),
        (["list", "--sort=la"], ["--sort=laxative"]),
        (["list", "--reverse=", ""], []),
        (["list", "--reverse=x"], []),
        (
            ["list", "--fields", "id,lax"],
            ["id,laxative", "id,laxative_basis", "id,laxative_sources"],
        ),
        (["notes", "--about", "cos"], ["cost"]),
        (["notes", "--source", "ta"], ["talk"]),
        (["notes", "--kind", ""], ["thread", "reference"]),
        (["products", "--sort", ""], ["price", "unobtainium", "name"]),
        (["list", "--format", "ht"], ["html"]),
        (["validate", "--format", ""], ["table", "json"]),
        (["--show-completion", "f"], ["fish"]),
        (["nonsense", ""], []),
        (["schema", ""], []),
    ],
)
def test_what_may_stand_at_the_cursor_is_offered(
    typed: list[str], words: list[str]
) -> None:
    assert offered(*typed) == words


def test_the_words_come_from_the_table_that_is_typed(odd: str) -> None:
    assert offered("--data", odd, "show", "o") == ["odd"]
    assert offered("show", f"--data={odd}", "o") == ["odd"]
    assert offered("show", "--data", odd, "o") == ["odd"]
    assert offered("show", "o", data="nowhere.yaml") == []


def test_names_of_several_words_are_offered_where_none_of_one_word_begins_so(
    odd: str,
) -> None:
    assert offered("show", "tw", data=odd) == ["two words"]
    assert offered("show", "o", data=odd) == ["odd"]
    assert offered("show", "Od", data=odd) == ["Odd one"]


def test_a_shell_is_told_what_commands_are_for() -> None:
    done = call("sche", _MGFORM_COMPLETE="fish")
    assert (
        done.stdout
        == "words\nschema\tPrint the JSON Schema of a table, for editors.\n"
    )


@pytest.mark.parametrize(
    ("line", "replaced", "lines"),
    [
        ("mgform show st", "st", [r"st\*ar"]),
        ("mgform show 'st", "st", ["st*ar"]),
        ("mgform show 'quo", "quo", [r"quo'\''te"]),
        ('mgform show "dou', "dou", [r"dou\"ble"]),
        ('mgform show "we', "we", [r"we\$(id)ird"]),
        (r'mgform show "we\$', r"we\$", [r"we\$(id)ird"]),
        ("mgform show we", "we", [r"we\$\(id\)ird"]),
        (r"mgform show two\ w", r"two\ w", [r"two\ words"]),
        ("mgform show a", "a", [r"a\;b\&c"]),
        # Bash takes what stands behind a colon and an equals sign for words of their own.
        ("mgform show col:", "", ["on"]),
        ("mgform list --sort=la", "la", ["laxative"]),
        (
            "mgform list --sort=",
            "",
            ["id", "name", "laxative", "tolerance", "elemental_percent"],
        ),
        ("mgform  show  ", "", ["odd"]),
        ("mgform sch", "sch", ["schema"]),
    ],
)
def test_bash_gets_words_that_do_nothing_and_fit_what_it_replaces(
    line: str, replaced: str, lines: list[str], odd: str
) -> None:
    done = call(line, replaced, _MGFORM_COMPLETE="bash", MGFORM_DATA=odd)
    assert done.stdout.splitlines()[1:] == lines


def test_fish_and_powershell_say_what_is_typed() -> None:
    assert typed_in("fish", ["show", "'two w"]) == Typed(["show"], "two w")
    assert typed_in("fish", []) == Typed([], "")
    assert typed_in("powershell", ['mgform show "a b" ci']) == Typed(
        ["show", "a b"], "ci"
    )
    assert offered_line("powershell", Typed([], ""), "it's", "") == "'it''s'"
    assert (
        offered_line("powershell", Typed([], ""), "citrate=", "") == "citrate="
    )
    assert offered_line("zsh", Typed([], ""), r"a\b:c", "why") == r"a\\b\:c:why"


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_offers_by_its_script(odd: str, tmp_path: Path) -> None:
    """Its functions are called as bash calls them at Tab."""
    asked = """
    COMP_LINE="mgform show st" COMP_POINT=14
    _mgform mgform st show 2>/dev/null
    printf '%s\\n' "${COMPREPLY[@]}"
    """
    assert in_shell("bash", asked, odd, tmp_path) == "st\\*ar\n"


@pytest.mark.skipif(not shutil.which("fish"), reason="needs fish")
def test_fish_offers_by_its_script(odd: str, tmp_path: Path) -> None:
    asked = "complete -C 'mgform show st'; complete -C 'mgform list --sort=lax'"
    assert in_shell("fish", asked, odd, tmp_path) == "st*ar\n--sort=laxative\n"


@pytest.mark.skipif(not shutil.which("zsh"), reason="needs zsh")
def test_zsh_reads_its_script(odd: str, tmp_path: Path) -> None:
    assert in_shell("zsh", "print $+functions[_mgform]", odd, tmp_path) == "1\n"


def in_shell(shell: str, script: str, data: str, folder: Path) -> str:
    """What a shell prints for a script, once it has that for its completion."""
    completion = folder / "completion"
    completion.write_text(call("--show-completion", shell).stdout, "utf-8")
    mgform = folder / "mgform"
    mgform.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m mgform "$@"\n', "utf-8")
    mgform.chmod(0o755)
    variables = environment(MGFORM_DATA=data, HOME=str(folder))
    variables["PATH"] = f"{folder}:{variables['PATH']}"
    begin = "autoload -Uz compinit; compinit -u;" if shell == "zsh" else ""
    done = subprocess.run(
        [shell, "-c", f"{begin} source '{completion}'\n{script}"],
        capture_output=True,
        encoding="utf-8",
        env=variables,
        cwd=ROOT,
        check=False,
        timeout=SAFETY,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    ("shell", "files"),
    [
        ("bash", [".bash_completions/mgform.sh", ".bashrc"]),
        ("zsh", [".zfunc/_mgform", ".zshrc"]),
        ("fish", [".config/fish/completions/mgform.fish"]),
    ],
)
def test_completion_is_installed_once(
    shell: str, files: list[str], tmp_path: Path
) -> None:
    (tmp_path / ".bashrc").write_bytes(b"# \xff\n")
    (tmp_path / ".zshrc").write_bytes(b"# mine")
    done = call("--install-completion", shell, HOME=str(tmp_path))
    assert done.stdout.startswith(
        f"Completion is installed in {tmp_path / files[0]}."
    )
    before = [(tmp_path / file).read_bytes() for file in files]
    assert call("--install-completion", shell, HOME=str(tmp_path)).status == 0
    assert [(tmp_path / file).read_bytes() for file in files] == before
    assert before[0].decode() == call("--show-completion", shell).stdout
    assert before[-1].startswith(b"# \xff\n" if shell == "bash" else b"")


def test_what_cannot_be_installed_is_a_sentence() -> None:
    assert call("--install-completion", "bash", HOME="/dev/null").stderr == (
        "mgform: completion cannot be installed: Not a directory: /dev/null/.bashrc\n"
    )
    assert "$PROFILE" in call("--install-completion", "powershell").stderr
    told = "mgform: --show-completion takes the name of a shell: bash, zsh, fish or powershell\n"
    assert call("--show-completion") == ("", told, 2)
    told = "mgform: invalid value for '--show-completion': 'perl' is not one of 'bash', 'zsh', "
    assert call("--show-completion", "perl").stderr.startswith(told)
    assert {call("--show-completion", shell).status for shell in SHELLS} == {0}


def test_scripts_of_other_versions_are_told() -> None:
    for instruction in ("complete_bash", "nonsense", "BASH"):
        done = call(
            "list",
            _MGFORM_COMPLETE=instruction,
            COMP_WORDS="mgform sh",
            COMP_CWORD="²",
        )
        assert (done.stdout, done.stderr.count("\n"), done.status) == ("", 1, 2)
        assert "type: mgform --install-completion bash" in done.stderr


def test_an_empty_variable_asks_for_nothing() -> None:
    assert call("--version", _MGFORM_COMPLETE="").stdout.startswith("mgform ")
