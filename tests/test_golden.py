"""Whole outputs of commands: standard output, standard error and status, as they were approved.

Each file in ``golden`` begins with its command. After a wanted change, ``pytest --write-golden``
writes them anew; the difference is then read like any other.
"""

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import Run

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(GOLDEN.glob("*.txt"))


def transcript(command: str, run: Run) -> str:
    words = shlex.split(command)
    variables = dict(word.split("=", 1) for word in words[: words.index("mgform")])
    done = run(*words[words.index("mgform") + 1 :], **variables)
    return f"$ {command}\n{done.stdout}--- stderr\n{done.stderr}--- status {done.returncode}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_command_prints_what_was_approved(case: Path, run: Run, request: pytest.FixtureRequest) -> None:
    approved = case.read_text(encoding="utf-8")
    now = transcript(approved.partition("\n")[0].removeprefix("$ "), run)
    if request.config.getoption("--write-golden"):
        case.write_text(now, encoding="utf-8")
    assert now == approved


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_no_approved_output_shows_an_object_of_python(case: Path) -> None:
    assert re.findall(r"<\w+\.\w+|<class |object at 0x|\bNone\b", case.read_text(encoding="utf-8")) == []


def test_every_command_has_an_approved_output() -> None:
    commands = {
        match[1] for case in CASES if (match := re.match(r"\$ .*?mgform (?:--\S+ \S+ )*(\w+)", case.read_text("utf-8")))
    }
    assert commands >= {"list", "show", "compare", "notes", "disputes", "sources", "validate", "schema"}
