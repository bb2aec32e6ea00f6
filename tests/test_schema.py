"""The JSON Schema agrees with the model and with the tables, as an independent validator reads it."""

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from mgform.schema import schema, text
from tests.conftest import FROZEN, ROOT

BUNDLED = ROOT / "data" / "forms.yaml"
VALIDATOR = Draft202012Validator(schema())


def plain(path: Any) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", [BUNDLED, FROZEN, ROOT / "docs" / "calcium.yaml"], ids=lambda path: path.name)
def test_a_table_fits_it(path: Any) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(plain(path))] == []


def test_the_bundled_table_tells_editors_where_it_is() -> None:
    assert BUNDLED.read_text("utf-8").startswith("# yaml-language-server: $schema=forms.schema.json\n")
    assert (ROOT / "data" / "forms.schema.json").read_text("utf-8") == text()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda table: table.pop("title"), []),
        (lambda table: table.update(tilte="x"), []),
        (lambda table: table["forms"][0].update(id="Oxide!"), ["forms", 0, "id"]),
        (lambda table: table["forms"][0].update(name="two\nlines"), ["forms", 0, "name"]),
        (lambda table: table["forms"][0]["notes"][0].update(basis="guessed"), ["forms", 0, "notes", 0, "basis"]),
        (lambda table: table["forms"][0]["notes"][0].update(about="taste"), ["forms", 0, "notes", 0, "about"]),
        (lambda table: table["sources"][0].update(date="Tuesday"), ["sources", 0, "date"]),
        (lambda table: table["disputes"][0]["positions"].pop(), []),
        (lambda table: table.update(forms=[]), ["forms"]),
    ],
)
def test_what_does_not_fit_the_model_does_not_fit_it(change: Any, path: list[str | int]) -> None:
    table = plain(FROZEN)
    change(table)
    errors = list(VALIDATOR.iter_errors(table))
    assert len(errors) == 1
    assert list(errors[0].path)[: len(path)] == path


def test_it_names_every_key_of_the_model() -> None:
    properties = json.loads(text())["$defs"]["Form"]["properties"]
    assert list(properties)[:3] == ["id", "name", "aliases"]
