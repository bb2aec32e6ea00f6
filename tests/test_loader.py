"""From a file to a table, or to one sentence: where the first problem stands, what it is, and how many there are."""

import io
import sys
from pathlib import Path

import pytest

from mgform.errors import DataError
from mgform.loader import is_json, load
from mgform.model import Compound, Form, Scale, Source
from mgform.vocabulary import Basis, Kind, Origin
from tests.conftest import ROOT

TABLES = ROOT / "tests" / "tables"
ZINC = (TABLES / "zinc.yaml").read_text("utf-8")
ZINC_JSON = (TABLES / "zinc.json").read_text("utf-8")

LINE = "one line of text that neither begins nor ends with a space"


def write(directory: Path, name: str, text: str) -> str:
    file = directory / name
    file.write_bytes(text.encode())
    return str(file)


def refusal(path: str) -> str:
    with pytest.raises(DataError) as refused:
        load(path)
    return str(refused.value)


# What is loaded


def test_without_a_path_it_is_the_table_that_comes_with_mgform() -> None:
    table = load()
    assert (table.title, table.nutrient) == ("Magnesium supplement forms", "magnesium")
    assert [form.id for form in table.forms] == ["oxide", "citrate", "malate", "taurate", "aspartate", "chelate"]


def test_a_table_holds_what_the_file_says() -> None:
    table = load(str(TABLES / "zinc.yaml"))
    assert table.scales.laxative == Scale(title="Laxative effect", levels=("mild", "moderate", "strong"))
    assert table.scales.tolerance is None
    assert table.sources == (
        Source(id="letter", kind=Kind.THREAD, citation="A letter"),
        Source(id="book", kind=Kind.REFERENCE, citation="A book", date="2001"),
    )
    oxide, citrate = table.forms
    assert (oxide.aliases, oxide.laxative, oxide.tolerance) == (("ZnO", "zinc white"), "strong", None)
    assert (citrate.members, citrate.notes[0].basis) == (("citrate dihydrate",), Basis.INFERRED)
    assert citrate.notes[0].published[0].text == "Nobody has measured it."
    assert citrate.compounds == (
        Compound(name="zinc citrate", formula="Zn3(C6H5O7)2", elemental_percent=34.1, basis=Origin.COMPUTED),
    )
    assert (table.notes[0].relays, table.buffer) == ("a neighbour", "oxide")


def test_the_same_table_in_json_and_in_yaml_is_equal(tmp_path: Path) -> None:
    from_yaml = load(str(TABLES / "zinc.yaml"))
    assert load(str(TABLES / "zinc.json")) == from_yaml
    assert load(write(tmp_path, "json-as-yaml.yaml", ZINC_JSON)) == from_yaml


def test_the_least_table_has_a_form_and_nothing_else(tmp_path: Path) -> None:
    table = load(
        write(tmp_path, "least.yaml", "{title: a, nutrient: b, notice: c, sources: [], forms: [{id: x, name: X}]}")
    )
    assert table.forms == (Form(id="x", name="X"),)
    assert (table.scales.in_use(), table.notes, table.disputes, table.not_covered) == ({}, (), (), ())


@pytest.mark.parametrize("written", ["40", "40.0"])
def test_a_whole_number_is_a_number_with_decimals(tmp_path: Path, written: str) -> None:
    level = load(write(tmp_path, "table.yaml", ZINC.replace("mg: 40", f"mg: {written}"))).upper_levels[0]
    assert (type(level.mg), level.mg) == (float, 40.0)


def test_escapes_in_json_are_the_characters_that_they_stand_for(tmp_path: Path) -> None:
    text = ZINC_JSON.replace('"Zinc forms"', '"Zi\\u006e\\u0063 \\u00e9\\/\\ud83d\\ude00 \\"[b]\\" \\\\u001b"').replace(
        '"It is strong."', '"It\\nis\\tstrong."'
    )
    table = load(write(tmp_path, "table.json", text))
    assert table.title == 'Zinc é/😀 "[b]" \\u001b'
    assert table.forms[0].notes[0].text == "It\nis\tstrong."


def test_aliases_in_yaml_bring_what_they_name(tmp_path: Path) -> None:
    text = ZINC.replace("text: It is strong.", "text: &say It is so.").replace("text: It is mild.", "text: *say")
    table = load(write(tmp_path, "table.yaml", text))
    assert [form.notes[0].text for form in table.forms] == ["It is so.", "It is so."]


@pytest.mark.parametrize("text", [ZINC, ZINC_JSON], ids=["yaml", "json"])
def test_a_byte_order_mark_changes_nothing(tmp_path: Path, text: str) -> None:
    name = "table.json" if text is ZINC_JSON else "table.yaml"
    assert load(write(tmp_path, name, f"\ufeff{text}")) == load(str(TABLES / "zinc.yaml"))


@pytest.mark.parametrize("text", [ZINC, ZINC_JSON], ids=["yaml", "json"])
def test_standard_input_is_yaml_and_json_is_yaml(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert load("-") == load(str(TABLES / "zinc.yaml"))


@pytest.mark.parametrize(
    ("path", "as_json"),
    [("a.json", True), ("a.JSON", True), ("a.yaml", False), ("a.json.yaml", False), ("json", False), ("-", False)],
)
def test_a_file_is_json_by_its_suffix(path: str, as_json: bool) -> None:
    assert is_json(path) is as_json


# What is refused


def test_a_table_with_one_problem_is_refused_with_it(tmp_path: Path) -> None:
    path = write(tmp_path, "table.yaml", ZINC.replace("[ZnO, zinc white]", "[ZnO, 5]"))
    assert refusal(path) == (
        f"{path}:24:20: forms[0].aliases[1]: {LINE} is expected, not the number 5; put it in quotes if it is text"
    )


def test_a_table_with_several_problems_is_refused_with_the_first_and_their_number() -> None:
    path = str(TABLES / "ten-problems.yaml")
    assert refusal(path) == (
        f"{path}:1:8: title: {LINE} is expected, not 'no', which YAML reads as true or false; put it in quotes "
        f"(10 problems in all: mgform validate {path})"
    )


def test_a_problem_of_the_whole_file_has_no_path(tmp_path: Path) -> None:
    path = write(tmp_path, "table.yaml", "# nothing\n")
    assert refusal(path) == f"{path}:1:1: the file is empty; a table is expected"


def test_a_problem_in_json_has_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, "table.json", ZINC_JSON.replace('"zinc",\n  "name', '["zinc"],\n  "name'))
    assert refusal(path) == f"{path}:3:15: nutrient: {LINE} is expected, not a list"


@pytest.mark.parametrize("escape", ["\\u001b", "\\u202e", "\\b", "\\f", "\\u0000", "\\u009B"])
def test_an_escape_in_json_hides_no_character_that_acts_on_the_terminal(tmp_path: Path, escape: str) -> None:
    path = write(tmp_path, "table.json", ZINC_JSON.replace("A letter", f"A {escape} letter"))
    assert refusal(path).endswith("acts on the terminal instead of showing; remove it")


@pytest.mark.parametrize("name", ["table.yaml", "table.json"])
def test_endless_nesting_is_refused(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, '{"title": ' + "[" * 100_000)
    assert refusal(path).endswith(": nested more than 64 levels deep")


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "table.yaml", ZINC.replace("nutrient:", "title: Again\nnutrient:"))
    assert refusal(path) == f"{path}:3:1: title: this key stands here a second time"


@pytest.mark.parametrize("scalar", ["no", "010", "2000-10-12"])
@pytest.mark.parametrize(
    "field", ["aliases: [ZnO, zinc white]", "name_prefixes: [zinc, zn]"], ids=["aliases", "prefixes"]
)
def test_a_misread_scalar_is_no_list_of_text(tmp_path: Path, field: str, scalar: str) -> None:
    key = field.partition(":")[0]
    path = write(tmp_path, "table.yaml", ZINC.replace(field, f"{key}: {scalar}"))
    assert f"a list is expected, not '{scalar}', which YAML reads as" in refusal(path)


def test_a_name_that_acts_on_the_terminal_is_shown_in_quotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "\x1b[31m.yaml", "")
    assert refusal("\x1b[31m.yaml") == "'\\x1b[31m.yaml':1:1: the file is empty; a table is expected"


def test_a_sentence_is_one_line_whatever_the_keys_are(tmp_path: Path) -> None:
    path = write(tmp_path, "table.yaml", ZINC + '"a\\nb\\rc": 1\n')
    assert refusal(path).isprintable()


def test_what_cannot_be_read_is_refused_as_it_is(tmp_path: Path) -> None:
    assert refusal(str(tmp_path)) == f"cannot read {tmp_path}: Is a directory"


def test_two_problems_are_several(tmp_path: Path) -> None:
    path = write(tmp_path, "table.yaml", ZINC.replace("[ZnO, zinc white]", "[[], []]"))
    assert refusal(path) == (
        f"{path}:24:15: forms[0].aliases[0]: {LINE} is expected, not a list (2 problems in all: mgform validate {path})"
    )
