"""The examples in the documentation are what the program really prints."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LEFT_OUT, ROOT, SAFETY, call, environment

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TOOLS = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
README = PAGES[0].read_text("utf-8")


def missing(command: str) -> list[str]:
    """The programs in a command that this machine lacks."""
    needed = {*re.findall(r"(?:^|[ (])(jq|sqlite3|duckdb) ", command)}
    return sorted(tool for tool in needed if not shutil.which(tool, path=TOOLS))


def printed(command: str, folder: Path) -> str:
    """What a terminal of 80 columns shows when a command is typed."""
    words = shlex.split(command)
    if words[0] == "mgform" and not {"|", "<", ">"} & {*words}:
        done = call(*words[1:], COLUMNS="80")
        return done.stdout + done.stderr
    mgform = folder / "mgform"
    mgform.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m mgform "$@"\n', encoding="utf-8"
    )
    mgform.chmod(0o755)
    shell = subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment(
            COLUMNS="80",
            PATH=f"{folder}{os.pathsep}{TOOLS}",
            TMPDIR=str(folder),
        ),
        cwd=ROOT,
        check=False,
        timeout=SAFETY,
    )
    return shell.stdout


def shortened(printed: str, shown: str) -> str:
    """What is printed, cut as an example is that ends with "...": as many lines are shown."""
    if not shown.endswith("...\n"):
        return printed
    lines = printed.splitlines(keepends=True)
    return "".join(lines[: shown.count("\n") - 1]) + "...\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page_show_what_their_commands_print(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, renew: bool
) -> None:
    monkeypatch.chdir(ROOT)
    text = now = page.read_text("utf-8")
    for block in BLOCK.finditer(text):
        commands = re.findall(r"^\$ (.*)$", block[1], re.MULTILINE)
        lacking = sorted(
            {tool for command in commands for tool in missing(command)}
        )
        LEFT_OUT.update(lacking)
        if not lacking:
            answers = [
                f"$ {command}\n{printed(command, tmp_path)}"
                for command in commands
            ]
            shown = shortened("".join(answers), block[1])
            now = now.replace(block[0], f"```console\n{shown}```", 1)
    if renew:
        page.write_text(now, encoding="utf-8")
    assert now == text, "renew with: pytest --renew"


def test_a_shortened_example_shows_the_beginning() -> None:
    assert shortened("$ a\n1\n2\n3\n", "$ a\n9\n9\n...\n") == "$ a\n1\n2\n...\n"
    assert shortened("$ a\n1\n", "$ a\n9\n") == "$ a\n1\n"


def test_the_readme_is_short_and_begins_with_a_screen() -> None:
    lines = README.splitlines()
    assert len(lines) <= 240
    assert "$ mgform list" in lines[:24]
    assert "medical advice" in README[: README.index("## Get it")]


def test_each_question_has_one_command_and_an_answer_in_sixteen_lines() -> None:
    chapter = README[
        README.index("## Questions") : README.index("## How to read")
    ]
    questions = re.findall(r"^\*\*.*\?\*\*", chapter, re.MULTILINE)
    answers = [block[1].splitlines() for block in BLOCK.finditer(chapter)]
    assert len(questions) == len(answers) >= 10
    for answer in answers:
        assert len(answer) <= 16
        assert [line[:9] for line in answer if line.startswith("$ ")] == [
            "$ mgform "
        ]


def test_every_link_leads_somewhere() -> None:
    lost = [
        f"{page.name}: {target}"
        for page in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert lost == []


def test_every_variable_and_status_is_documented() -> None:
    files = (ROOT / "src").rglob("*.py")
    source = "".join(path.read_text("utf-8") for path in files)
    used = {
        *re.findall(r"\b(MGFORM_[A-Z]+)\b", source),
        *re.findall(r'environ\.get\(\s*"([A-Z]\w+)"', source),
    }
    told = README + (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert {name for name in used if name not in told} == set()
    statuses = re.findall(r"^\| `(\d+)` \|", README, re.MULTILINE)
    assert {int(number) for number in statuses} == {0, 1, 2, 70, 130}


def test_the_changelog_names_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"\n## {call('--version').stdout.split()[1]} " in changelog


def room_of(file: Path) -> str:
    """The room that a file is or stands in."""
    inside = file.relative_to(ROOT / "src" / "mgform")
    return inside.stem if len(inside.parts) == 1 else f"{inside.parts[0]}/"


def test_contributing_names_every_room_and_imports_go_one_way() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    _, _, chapter = contributing.partition("## The rooms")
    chapter, _, _ = chapter.partition("\n## ")
    rooms = re.findall(r"^\| `(\w+/?)` \|", chapter, re.MULTILINE)
    files = [
        file
        for file in (ROOT / "src" / "mgform").rglob("*.py")
        if file.parent.name != "mgform" or file.stem != "__init__"
    ]
    assert sorted(rooms) == sorted({room_of(file) for file in files})
    upward = []
    for file in files:
        room = room_of(file)
        for imported in re.findall(
            r"from mgform(?:\.| import )(\w+)", file.read_text("utf-8")
        ):
            other = imported if imported in rooms else f"{imported}/"
            if (
                other in rooms
                and other != room
                and rooms.index(other) > rooms.index(room)
            ):
                upward.append(f"{room} imports {other}")
    assert upward == []
