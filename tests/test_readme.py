"""The examples in the documentation are what the program really prints."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, environment

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TOOLS = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [(page, block[1]) for page in PAGES for block in BLOCK.finditer(page.read_text("utf-8"))]


def played(commands: list[str], tmp_path: Path) -> str:
    """What a terminal of 80 columns shows when the commands are typed."""
    mgform = tmp_path / "mgform"
    mgform.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mgform "$@"\n', encoding="utf-8")
    mgform.chmod(0o755)
    shown = ""
    for command in commands:
        done = subprocess.run(
            ["bash", "-c", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=environment(COLUMNS="80", PATH=f"{tmp_path}{os.pathsep}{TOOLS}"),
            cwd=ROOT,
            check=False,
            timeout=60,
        )
        shown += f"$ {command}\n{done.stdout}"
    return shown


@pytest.mark.parametrize(
    ("page", "example"), EXAMPLES, ids=[f"{page.name}-{number}" for number, (page, _) in enumerate(EXAMPLES)]
)
def test_an_example_shows_what_its_commands_print(
    page: Path, example: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    used = [tool for tool in ("jq", "sqlite3", "duckdb") if f" {tool} " in example]
    missing = [tool for tool in used if not shutil.which(tool, path=TOOLS)]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"needs {', '.join(missing)}")
    now = played([line[2:] for line in example.splitlines() if line.startswith("$ ")], tmp_path)
    if request.config.getoption("--write-golden"):
        page.write_text(page.read_text("utf-8").replace(example, now, 1), encoding="utf-8")
    assert example == now


def test_the_readme_shows_a_comparison_and_jq() -> None:
    commands = "\n".join(example for page, example in EXAMPLES if page.name == "README.md")
    assert "$ mgform compare citrate malate" in commands
    assert commands.count("| jq ") >= 3
