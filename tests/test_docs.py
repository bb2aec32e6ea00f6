"""The documentation leaves nothing out, and nobody who wrote in the thread is named anywhere."""

import doctest
import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from jsonschema import Draft202012Validator

from mgform import table as model
from mgform.reader import problems
from mgform.run import commands
from tests.conftest import FROZEN, LEFT_OUT, ROOT, call

DOCS = ROOT / "docs"
LONGEST_TABLE_PAGE = 160
SMALLEST_TABLE = 15
SCREEN = 24
# After the program's own help, the call and the next prompt are seen, too.
FIRST_SCREEN = 22
LABELS = (
    "Magnesium Glycinate 500 mg",
    "Magnesium citrate 1000 mg, of which magnesium 150 mg",
    "Magnesium 400 mg 95%",
)

COMPARED = ("citrate", "chelate")
# The sections of docs/json.md, calls that together print every key, and the sections that one
# refers to.
PRINTED = {
    "list": [["list"], ["show", "oxide"], ["show", "zma"]],
    "compare": [["compare", *COMPARED]],
    "search": [["search", "zma", "milk"]],
    "notes": [["notes"], ["disputes"], ["sources"]],
    "dose": [["dose", "citrate=1000"]],
    "label": [["label", line] for line in LABELS],
    "products": [["products", "docs/shelf.csv"]],
    "validate": [["validate", "docs/shelf.csv"]],
}
REFERS_TO = {
    "compare": ["list"],
    "search": ["list", "notes"],
    "notes": ["list"],
    "label": ["dose"],
    "products": ["label", "dose"],
}

# Digests of the names of those who wrote in the thread, so that the names themselves stand nowhere.
# Words are compared in lower case, and one that is an everyday word in lower case as it is written.
FORBIDDEN = {
    "3582ea097a77e45f",
    "3cbaeb57c64020ee",
    "6089854c94ca5454",
    "8096fbd699644e11",
    "83ef8b564c63a208",
    "8fb1be1f4c2414fc",
    "971ad832b1859895",
    "a1df6dffb5e4869e",
    "a6513f94ab2ee93c",
    "e1823098f42ea75f",
    "d7cda0ca2c8586e5",
}


def page(name: str) -> str:
    """A page of the documentation."""
    return (DOCS / name).read_text("utf-8")


def test_the_examples_in_python_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = page("python.md")
    if not (find_spec("duckdb") and find_spec("numpy")):
        LEFT_OUT.add("duckdb in Python")
        text = re.sub(
            r"```python\n>>> import duckdb.*?```", "", text, flags=re.DOTALL
        )
    examples = doctest.DocTestParser().get_doctest(
        text, {}, "docs/python.md", None, 0
    )
    result = doctest.DocTestRunner().run(examples)
    assert result.attempted > 0
    assert result.failed == 0


def test_every_command_has_a_section_that_repeats_no_help() -> None:
    text = page("commands.md")
    sections = re.findall(r"^## (\w+)$", text, re.MULTILINE)
    assert {*commands().commands} <= {*sections}
    assert "Usage:" not in text


def test_every_help_fits_a_screen_and_nothing_in_it_is_cut_off() -> None:
    names = [[], *([name] for name in commands().commands)]
    helps = [
        call(*name, "--help", COLUMNS="80").stdout.splitlines()
        for name in names
    ]
    assert [
        lines
        for lines in helps
        if len(lines) > SCREEN
        or any(line.endswith("...") for line in lines[1:])
    ] == []
    assert len(helps[0]) <= FIRST_SCREEN


def keys(value: Any) -> Iterator[str]:
    """The keys of a JSON value, those that are ids of forms left out."""
    if isinstance(value, list):
        for each in value:
            yield from keys(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in COMPARED:
                yield key
            yield from keys(each)


def test_every_key_of_the_json_is_explained_where_it_is_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    common, *sections = re.split(r"^## `", page("json.md"), flags=re.MULTILINE)
    explained = {section.partition("`")[0]: section for section in sections}
    missing = []
    for name, calls in PRINTED.items():
        section = "".join(
            [
                common,
                *(explained[each] for each in (name, *REFERS_TO.get(name, []))),
            ]
        )
        printed = {
            key
            for words in calls
            for key in keys(json.loads(call(*words, "--json").stdout))
        }
        assert printed, name
        missing += [
            f"{name}: {key}"
            for key in sorted(printed)
            if f"`{key}`" not in section
        ]
    assert missing == []


def test_every_key_of_a_table_is_explained() -> None:
    structs = [
        each
        for each in vars(model).values()
        if isinstance(each, type)
        and issubclass(each, msgspec.Struct)
        and each is not msgspec.Struct
    ]
    names = {
        f"{each.__name__}.{field}"
        for each in structs
        for field in each.__struct_fields__
    }
    assert (
        sorted(
            name
            for name in names
            if f"`{name.partition('.')[2]}`" not in page("table.md")
        )
        == []
    )
    assert len(page("table.md").splitlines()) <= LONGEST_TABLE_PAGE


def test_the_tables_of_the_documentation_are_valid(tmp_path: Path) -> None:
    smallest = tmp_path / "smallest.yaml"
    smallest.write_text(
        re.findall(r"```yaml\n(.*?)```", page("table.md"), re.DOTALL)[0],
        "utf-8",
    )
    assert len(smallest.read_text("utf-8").splitlines()) <= SMALLEST_TABLE
    assert problems(str(smallest)) == []
    assert problems(str(DOCS / "calcium.yaml")) == []
    assert call("list", "--data", str(smallest)).status == 0


def test_the_required_keys_of_a_table_are_those_that_the_page_says() -> None:
    schema = json.loads(call("schema").stdout)["$defs"]["Table"]
    said = re.search(
        r"^\w+ keys are required: (.*?)\.", page("table.md"), re.MULTILINE
    )
    assert said is not None
    assert {*re.findall(r"`(\w+)`", said[1])} == {*schema["required"]}


def unordered(schema: Any) -> Any:
    """A schema without what versions of msgspec write differently.

    That is the order of alternatives, and what keys are to look like, which 0.22 began to tell.
    """
    if isinstance(schema, dict):
        schema = {**schema}
        schema.pop("propertyNames", None)
        return {key: unordered(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return sorted(map(unordered, schema), key=str)
    return schema


def test_the_schema_in_the_repository_is_the_models(*, renew: bool) -> None:
    file, now = ROOT / "data" / "forms.schema.json", call("schema").stdout
    stored = unordered(json.loads(file.read_text("utf-8")))
    if renew:
        file.write_text(now, encoding="utf-8")
    assert stored == unordered(json.loads(now)), "renew with: pytest --renew"


def test_the_schema_accepts_tables_and_refuses_what_is_none() -> None:
    schema = Draft202012Validator(json.loads(call("schema").stdout))
    for file in (FROZEN, DOCS / "calcium.yaml"):
        table = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        assert schema.is_valid(table)
        assert not schema.is_valid(table | {"titel": "T"})
        assert not schema.is_valid(table | {"forms": []})
        del table["title"]
        assert not schema.is_valid(table)


def forbidden(text: str) -> bool:
    """Whether a text names somebody who wrote in the thread."""
    words = {*re.findall(r"[a-z]+", text.lower()), *re.findall(r"\w+", text)}
    return any(
        hashlib.sha256(word.encode()).hexdigest()[:16] in FORBIDDEN
        for word in words
    )


def test_nobody_who_wrote_in_the_thread_is_named() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout.decode()
    files = [ROOT / name for name in listed.split("\0") if name] or [
        path
        for path in ROOT.rglob("*")
        if path.suffix
        in {".py", ".md", ".yaml", ".json", ".txt", ".toml", ".csv"}
    ]
    assert files
    named = [
        str(path)
        for path in files
        if path.is_file()
        and forbidden(
            f"{path.relative_to(ROOT)} {path.read_text('utf-8', 'replace')}"
        )
    ]
    assert named == []
