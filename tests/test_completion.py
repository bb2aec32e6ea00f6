"""What the shell offers, asked for as bash asks."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT, environment

FROZEN = "--data tests/tables/frozen.yaml"


def offered(line: str, **env: str) -> list[str]:
    """What bash is offered at the end of a line."""
    words = line.split(" ")
    done = subprocess.run(
        [sys.executable, "-m", "mgform"],
        capture_output=True,
        encoding="utf-8",
        env=environment(
            _MGFORM_COMPLETE="complete_bash", COMP_WORDS="\n".join(words), COMP_CWORD=str(len(words) - 1), **env
        ),
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mgform com", ["compare"]),
        ("mgform show ox", ["oxide"]),
        ("mgform compare citrate mal", ["malate"]),
        ("mgform show glyc", ["glycinate"]),
        ("mgform list --gentler-than cit", ["citrate"]),
        ("mgform list --laxative ", ["mild", "moderate", "strong"]),
        ("mgform list --max-laxative m", ["mild", "moderate"]),
        ("mgform list --tolerance ", ["good", "varies", "poor"]),
        ("mgform list --source post", ["post-1", "post-2", "post-3", "post-4", "post-5"]),
        ("mgform list --sort ", ["id", "name", "laxative", "tolerance", "elemental"]),
        ("mgform list --fields id,na", ["id,name"]),
        ("mgform notes --about c", ["cost", "content", "caution"]),
        ("mgform notes --form ta", ["taurate", "taurinate"]),
        ("mgform disputes --form as", ["aspartate", "aspertate"]),
        ("mgform list --format ma", ["markdown"]),
        ("mgform list --gent", ["--gentler-than"]),
        (f"mgform {FROZEN} show sa", ["salt"]),
        (f"mgform list {FROZEN} --laxative f", ["fierce"]),
        (f"mgform show {FROZEN} gly", ["glyunobtate"]),
        ("mgform list --data nowhere.yaml --source ", []),
    ],
)
def test_bash_completes(line: str, expected: list[str]) -> None:
    assert offered(line) == expected


def test_completion_uses_the_table_of_the_environment() -> None:
    assert offered("mgform show d", MGFORM_DATA="tests/tables/frozen.yaml") == ["dust"]
