"""The documentation leaves nothing out, and nobody who wrote in the thread is named anywhere."""

import doctest
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer

from mgform import check, comparison, dose, forms, label, products, table
from mgform.cli import app
from mgform.reader import problems
from tests.conftest import ROOT, call

# Digests of words in the names of those who wrote in the thread, so that the words themselves stand nowhere.
FORBIDDEN = {
    "3582ea097a77e45f",
    "6089854c94ca5454",
    "8096fbd699644e11",
    "8fb1be1f4c2414fc",
    "971ad832b1859895",
    "a1df6dffb5e4869e",
    "a6513f94ab2ee93c",
}


def test_the_examples_in_python_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False).failed == 0


def test_every_option_of_every_command_is_documented() -> None:
    pages = (ROOT / "docs" / "commands.md").read_text("utf-8")
    group = typer.main.get_command(app)
    commands = group.commands  # type: ignore[attr-defined]
    missing = [
        f"{name} {word}"
        for name, command in commands.items()
        for param in command.params
        for word in param.opts
        if word.startswith("--")
        and word not in pages.partition(f"$ mgform {name} --help")[2].partition("\n$ ")[0].partition("```")[0]
    ]
    assert missing == []


def test_every_key_of_the_json_is_documented() -> None:
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    rooms = (table, forms, comparison, dose, label, products)
    structs = {
        each
        for room in rooms
        for each in vars(room).values()
        if isinstance(each, type) and issubclass(each, msgspec.Struct) and each is not msgspec.Struct
    }
    inside = {table.Table, table.Form, table.Scale, table.Scales, table.LabelWords, table.Reference, table.NotCovered}
    keys = {field for each in structs - inside for field in each.__struct_fields__}
    assert sorted(key for key in keys if not re.search(rf"`{key}`|\b{key}\b", page)) == []


def test_the_tables_of_the_documentation_are_valid(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "table.md").read_text("utf-8")
    smallest = tmp_path / "smallest.yaml"
    smallest.write_text(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0], "utf-8")
    assert problems(str(smallest)) == []
    assert len(smallest.read_text("utf-8").splitlines()) <= 15
    assert problems(str(ROOT / "docs" / "calcium.yaml")) == []
    assert call("list", "--data", str(smallest)).status == 0


def unordered(schema: Any) -> Any:
    """A schema without the order of alternatives, which versions of msgspec choose differently."""
    if isinstance(schema, dict):
        return {key: unordered(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return sorted(map(unordered, schema), key=str)
    return schema


def test_the_schema_in_the_repository_is_the_models() -> None:
    stored = json.loads((ROOT / "data" / "forms.schema.json").read_text("utf-8"))
    assert unordered(stored) == unordered(json.loads(call("schema").stdout)) == unordered(json.loads(check.schema()))


def test_nobody_who_wrote_in_the_thread_is_named() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    files = [ROOT / name for name in listed.split("\0") if name] or [
        path for path in ROOT.rglob("*") if path.suffix in {".py", ".md", ".yaml", ".json", ".txt", ".toml", ".csv"}
    ]
    named = [
        path.name
        for path in files
        if path.is_file()
        for word in {*re.findall(r"[a-z]+", path.read_text("utf-8", "replace").lower())}
        if hashlib.sha256(word.encode()).hexdigest()[:16] in FORBIDDEN
    ]
    assert named == []
