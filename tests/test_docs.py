"""The documentation leaves nothing out."""

import inspect
import re

import pytest
import typer

from mgform.cli import app
from mgform.commands import LazyGroup, declared
from mgform.formats import Format
from mgform.records import FIELDS
from mgform.vocabulary import Kind, Topic
from tests.conftest import ROOT, Run

README = (ROOT / "README.md").read_text("utf-8")
JSON = (ROOT / "docs" / "json.md").read_text("utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
TABLE = (ROOT / "docs" / "table.md").read_text("utf-8")
SOURCES = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
GROUP = typer.main.get_group(app)
NAMES = sorted(GROUP.commands)
CHAPTERS = {
    title.split()[1] if len(title.split()) > 2 else "mgform": text
    for (title, text) in re.findall(r"^\$ (mgform[^\n]*-h)\n(.*?)(?=^\$|^```)", COMMANDS, re.MULTILINE | re.DOTALL)
}


@pytest.mark.parametrize("name", NAMES)
def test_a_command_is_documented_with_all_its_options(name: str) -> None:
    chapter = CHAPTERS[name]
    for option in LazyGroup().get_command(None, name).params:
        for word in (*option.opts, *option.secondary_opts):
            if word.startswith("-"):
                assert word in chapter, word
    assert f"`mgform {name}" in README or f"$ mgform {name}" in README or f"`{name}`" in README


@pytest.mark.parametrize("name", NAMES)
def test_a_commands_help_leads_with_what_it_does_and_examples(name: str, run: Run) -> None:
    shown = run(name, "-h", COLUMNS="80").stdout
    what, example, options = shown.index("\n\n  "), shown.index(f"\n  mgform {name}"), shown.index("\nOptions:")
    assert what < example < options


@pytest.mark.parametrize("option", GROUP.params, ids=lambda option: option.name)
def test_a_global_option_is_documented(option: typer.core.TyperOption) -> None:
    assert max(option.opts, key=len) in CHAPTERS["mgform"]


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_and_its_keys_are_documented(field: str) -> None:
    for key in FIELDS[field].keys:
        assert f"`{key}`" in JSON


@pytest.mark.parametrize("word", [*Topic, *Kind])
def test_a_topic_and_a_kind_are_documented(word: str) -> None:
    assert f"`{word}`" in JSON
    assert f"`{word}`" in TABLE


@pytest.mark.parametrize("word", Format)
def test_a_format_is_documented(word: str) -> None:
    assert re.search(rf"`[^`]*\b{word}`", README)


def test_every_environment_variable_is_documented() -> None:
    used = {*re.findall(r"\b(MGFORM_[A-Z]+)\b", SOURCES), *re.findall(r'environ(?:\.get)?[(\[]"(\w+)"', SOURCES)}
    assert used >= {"MGFORM_DATA", "NO_COLOR", "TERM"}
    assert {name for name in used if f"`{name}" not in README} == set()


def test_every_exit_status_is_documented() -> None:
    statuses = {0, *map(int, re.findall(r"^(?:    status|_[A-Z_]+) = (\d+)$", SOURCES, re.MULTILINE))}
    documented = {int(number) for number in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert documented <= statuses
    assert {1, 2, 70, 130} <= documented


def test_every_link_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_changelog_names_the_version(run: Run) -> None:
    version = run("--version").stdout.split()[1]
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_contributing_names_every_room() -> None:
    rooms = {path.stem for path in (ROOT / "src" / "mgform").iterdir() if not path.stem.startswith("_")} - {"py"}
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert {room for room in rooms if f"`{room}`" not in contributing} == set()


def test_the_picture_shows_what_the_program_prints(run: Run) -> None:
    picture = (ROOT / "docs" / "compare.svg").read_text("utf-8")
    assert picture == run("compare", "citrate", "malate", "--format", "svg").stdout
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")


def test_imports_go_one_way() -> None:
    """In the order of CONTRIBUTING's table, no room imports one that stands behind it."""
    order = re.findall(r"^\| (`.*?) \|", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    rank = {room: place for place, line in enumerate(order) for room in re.findall(r"`(\w+)`", line)}
    for path in (ROOT / "src" / "mgform").rglob("*.py"):
        parts = path.relative_to(ROOT / "src" / "mgform").parts
        room = parts[0].removesuffix(".py")
        if room in rank:
            for other in re.findall(r"(?:from mgform\.|from mgform import )(\w+)", path.read_text("utf-8")):
                assert rank.get(other, 0) <= rank[room], f"{room} imports {other}"


def test_a_function_that_users_call_says_what_it_does() -> None:
    for command in declared.registered_commands:
        assert inspect.getdoc(command.callback)
