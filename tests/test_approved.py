"""Whole outputs of commands: standard output, standard error and status, as they were approved.

Each file in ``approved`` holds calls of one command on the frozen table, and what they print.
After a wanted change ``pytest --renew`` writes them anew; the difference is then read like any
other.
"""

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import FROZEN, call

APPROVED = Path(__file__).parent / "approved"
FILES = sorted(APPROVED.glob("*.txt"))


def transcript(command: str) -> str:
    """A call as it stands in a file, with what it prints; ``<<<`` gives it standard input."""
    typed, _, given = command.partition(" <<< ")
    words = shlex.split(typed)
    at = words.index("mgform")
    variables = {"MGFORM_DATA": str(FROZEN), "COLUMNS": "80"} | dict(
        word.split("=", 1) for word in words[:at]
    )
    done = call(
        *words[at + 1 :],
        stdin="".join(shlex.split(given)).encode().decode("unicode_escape"),
        **variables,
    )
    ends = [
        f"--- stderr\n{done.stderr}" if done.stderr else "",
        f"--- status {done.status}\n" if done.status else "",
    ]
    return f"$ {command}\n{done.stdout.replace(str(FROZEN.parent), 'tests/tables')}{''.join(ends)}"


def commands(approved: str) -> list[str]:
    """The calls in a file of approved outputs."""
    return re.findall(r"^\$ (.*mgform.*)$", approved, re.MULTILINE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_command_prints_what_was_approved(file: Path, *, renew: bool) -> None:
    approved = file.read_text(encoding="utf-8")
    now = "\n".join(map(transcript, commands(approved)))
    if renew:
        file.write_text(now, encoding="utf-8")
    assert now == approved, "renew with: pytest --renew"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_approved_output_shows_an_object_of_python(file: Path) -> None:
    shown = re.findall(
        r"<\w+\.\w+|<class |object at 0x|\bNone\b(?! of)|mistake in mgform",
        file.read_text(encoding="utf-8"),
    )
    assert shown == []


def test_every_command_has_approved_outputs() -> None:
    assert {file.stem for file in FILES} >= {
        "list",
        "show",
        "compare",
        "notes",
        "disputes",
        "sources",
        "dose",
        "validate",
    }
