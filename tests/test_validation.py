"""Every problem of a table at once: their places, their order, and none that only follows from another."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mgform.documents import Place
from mgform.errors import DataError
from mgform.files import bundled
from mgform.loader import load
from mgform.validation import Problem, problems, written
from tests.conftest import ROOT

TABLES = ROOT / "tests" / "tables"
ZINC = (TABLES / "zinc.yaml").read_text("utf-8")
ZINC_JSON = (TABLES / "zinc.json").read_text("utf-8")

ID = "an id: lower-case letters, digits and single hyphens between them"
LINE = "one line of text that neither begins nor ends with a space"
TABLE_KEYS = (
    "The keys are title, nutrient, notice, forms, sources, scales, name_prefixes, notes, disputes, corrections, "
    "not_covered, upper_levels, upper_levels_caution and buffer"
)
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
TWICE = "this key stands here a second time"


def found(text: str, *, is_json: bool = False) -> list[str]:
    """The problems of a table, each as ``line:column: path: message``."""
    listed = problems(text.encode(), is_json=is_json)
    return [f"{line}:{column}: {path}: {message}" for (line, column), path, message in listed]


def test_ten_problems_are_told_at_once_in_the_order_of_their_places() -> None:
    assert found((TABLES / "ten-problems.yaml").read_text("utf-8")) == [
        f"1:8: title: {LINE} is expected, not 'no', which YAML reads as true or false; put it in quotes",
        f"4:1: colour: the key 'colour' is not known here. {TABLE_KEYS}",
        "8:28: scales.laxative.levels[2]: the level 'mild' stands here a second time",
        (
            '15:11: sources[1].date: a year, a month or a day in quotes: "2000", "2000-10" or "2000-10-12" '
            "is expected, not '2001-10-12', which YAML reads as a date; put it in quotes"
        ),
        (
            "21:15: forms[0].laxative: 'storng' is not on the laxative scale; did you mean 'strong'? "
            "Its levels are mild, strong and mild"
        ),
        (
            "25:17: forms[0].notes[0].source: no source is called 'leter'; did you mean 'letter'? "
            "The sources are letter and book"
        ),
        "29:15: forms[1].aliases[0]: the name 'zno' already means the form oxide; a name means one form",
        (
            "30:15: forms[1].laxative: no note of citrate is about laxative; "
            "add one that backs the level, or leave the level out"
        ),
        f"39:5: disputes[0].question: {TWICE}",
        "41:7: disputes[0].positions: the list has 1 of the 2 or more that are needed",
    ]


def test_a_problem_is_a_place_a_path_and_a_sentence() -> None:
    table = ZINC.replace("id: cause", "id: Cause").encode()
    assert problems(table) == [Problem(Place(54, 9), "disputes[0].id", f"'Cause' is not {ID}")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("forms",), "forms"),
        (("forms", 2, "notes", 0, "text"), "forms[2].notes[0].text"),
        ((0, 1), "[0][1]"),
    ],
)
def test_a_path_is_written_as_people_write_it(path: tuple[str | int, ...], text: str) -> None:
    assert written(path) == text


@pytest.mark.parametrize("key", ["a\nb", "a\tb", "a\rb", "a\n9:9: title: fine"])
def test_a_path_is_one_line_whatever_the_keys_are(key: str) -> None:
    (only,) = problems(ZINC.replace("title:", f"{json.dumps(key)}: 1\ntitle:", 1).encode())
    assert only.place == (2, 1)
    assert not CONTROL.search(only.path)


# What is no document


@pytest.mark.parametrize(
    ("data", "is_json", "place", "message"),
    [
        pytest.param(b"", False, (1, 1), "the file is empty; a table is expected", id="empty"),
        pytest.param(b"", True, (1, 1), "not JSON: Input data was truncated", id="empty-json"),
        pytest.param(b"a: \xe9", False, (1, 4), "byte 0xe9 is not UTF-8; save the file as UTF-8", id="latin-1"),
        pytest.param(b"\xff\xfe{\0", True, (1, 1), "this is UTF-16; save it as UTF-8", id="utf-16"),
        pytest.param(b"a: *b", False, (1, 4), "the alias *b has no anchor before it", id="undefined-alias"),
        pytest.param(b"[" * 99, False, (1, 65), "nested more than 64 levels deep", id="nested"),
    ],
)
def test_what_is_no_document_has_one_problem_without_a_path(
    data: bytes, is_json: bool, place: tuple[int, int], message: str
) -> None:
    assert problems(data, is_json=is_json) == [(place, "", message)]


# Keys that stand twice


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("nutrient:", "title: Again\nnutrient:", [f"3:1: title: {TWICE}"], id="at-the-top"),
        pytest.param(
            "        basis: inferred",
            "        basis: inferred\n        basis: inferred",
            [f"41:9: forms[1].notes[0].basis: {TWICE}"],
            id="in-a-note",
        ),
        pytest.param(
            "    aliases: [smithsonite]",
            "    'aliases': [smithsonite]\n    \"aliases\": []",
            [f"82:5: not_covered[0].aliases: {TWICE}"],
            id="in-quotes",
        ),
        pytest.param(
            "nutrient:",
            "title: Again\ntitle: And again\nnutrient:",
            [f"3:1: title: {TWICE}", f"4:1: title: {TWICE}"],
            id="three-times",
        ),
        pytest.param(
            "nutrient:",
            "colour: a\ncolour: b\nnutrient:",
            [f"3:1: colour: the key 'colour' is not known here. {TABLE_KEYS}", f"4:1: colour: {TWICE}"],
            id="that-is-unknown",
        ),
    ],
)
def test_a_key_that_stands_twice_is_a_problem_where_it_does(before: str, after: str, expected: list[str]) -> None:
    assert found(ZINC.replace(before, after, 1)) == expected


# Places


def test_a_byte_order_mark_shifts_no_place() -> None:
    data = b"\xef\xbb\xbf" + b"title: [\n"
    assert problems(data)[0].place == problems(b"title: [\n")[0].place == (2, 1)
    assert problems(b"\xef\xbb\xbf[]")[0].place == (1, 1)


def test_columns_count_characters_and_lines_end_as_windows_ends_them() -> None:
    table = ZINC.replace("[ZnO, zinc white]", "[酸化亜鉛, é😀, 5]").replace("\n", "\r\n")
    assert found(table) == [
        f"24:25: forms[0].aliases[2]: {LINE} is expected, not the number 5; put it in quotes if it is text"
    ]


def test_a_problem_in_an_anchored_value_is_told_wherever_an_alias_brings_it() -> None:
    anchored = ZINC.replace("[ZnO, zinc white]", "&names [[], zinc white]")
    assert found(anchored.replace("[dizinc citrate]", "*names")) == [
        f"24:22: forms[0].aliases[0]: {LINE} is expected, not a list",
        f"33:14: forms[1].aliases[0]: {LINE} is expected, not a list",
        "33:14: forms[1].aliases[1]: the name 'zinc white' already means the form oxide; a name means one form",
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            '"title": "Zinc forms"',
            '"title": 5',
            f"2:12: title: {LINE} is expected, not the number 5; put it in quotes if it is text",
            id="wrong-type",
        ),
        pytest.param(
            '"nutrient": "zinc"',
            '"nutrient": "zinc", "colour": null',
            f"3:23: colour: the key 'colour' is not known here. {TABLE_KEYS}",
            id="unknown-key",
        ),
        pytest.param('  "title": "Zinc forms",\n', "", "1:1: title: the key 'title' is missing", id="missing-key"),
        pytest.param(
            '"strong",\n      "notes"',
            '"fierce",\n      "notes"',
            "40:19: forms[0].laxative: 'fierce' is not on the laxative scale. Its levels are mild, moderate and strong",
            id="level-off-the-scale",
        ),
        pytest.param('"title": "Z', '"title": "A", "title": "Z', f"2:17: title: {TWICE}", id="key-twice"),
        pytest.param(
            '"ZnO"',
            "true",
            f"37:9: forms[0].aliases[0]: {LINE} is expected, not true; put it in quotes if it is text",
            id="true",
        ),
    ],
)
def test_a_problem_in_json_has_its_place(before: str, after: str, expected: str) -> None:
    assert found(ZINC_JSON.replace(before, after, 1), is_json=True) == [expected]


@pytest.mark.parametrize(
    ("indent", "separators", "place"),
    [
        pytest.param(None, (",", ":"), (1, 71), id="on-one-line-without-spaces"),
        pytest.param(4, None, (5, 16), id="indented"),
    ],
)
def test_json_has_places_however_it_is_laid_out(
    indent: int | None, separators: tuple[str, str] | None, place: tuple[int, int]
) -> None:
    table = {
        "title": "A \u00e9/b",
        "nutrient": "zinc",
        "notice": "Made up.",
        "sources": {},
        "forms": [{"id": "a", "name": "A"}],
    }
    text = json.dumps(table, indent=indent, separators=separators)
    assert problems(text.encode(), is_json=True) == [(place, "sources", "a list is expected, not a mapping")]


def test_json_has_places_where_a_character_is_written_as_two_escapes() -> None:
    text = ZINC_JSON.replace('"Zinc forms"', '"Zinc \\ud83d\\ude00"').replace('"ZnO"', "5")
    assert found(text, is_json=True) == [
        f"37:9: forms[0].aliases[0]: {LINE} is expected, not the number 5; put it in quotes if it is text"
    ]


# Nothing is told that only follows from another problem


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            "    notes:\n",
            "    notse:\n",
            [
                (
                    "26:5: forms[0].notse: the key 'notse' is not known here; did you mean 'notes'? "
                    "The keys are id, name, aliases, members, laxative, tolerance, notes and compounds"
                )
            ],
            id="notes-misspelt-and-their-level",
        ),
        pytest.param(
            "    notes:\n",
            "    NOTES:\n",
            [
                (
                    "26:5: forms[0].NOTES: the key 'NOTES' is not known here; did you mean 'notes'? "
                    "The keys are id, name, aliases, members, laxative, tolerance, notes and compounds"
                )
            ],
            id="notes-in-capitals-and-their-level",
        ),
        pytest.param(
            "scales:\n",
            "scale:\n",
            [f"7:1: scale: the key 'scale' is not known here; did you mean 'scales'? {TABLE_KEYS}"],
            id="scales-misspelt-and-levels",
        ),
        pytest.param(
            "    levels:",
            "    lavels:",
            [
                "9:5: scales.laxative.levels: the key 'levels' is missing",
                (
                    "10:5: scales.laxative.lavels: the key 'lavels' is not known here; did you mean 'levels'? "
                    "The keys are title and levels"
                ),
            ],
            id="levels-misspelt",
        ),
        pytest.param(
            "    levels: [mild, moderate, strong]",
            "    levels: mild",
            ["10:13: scales.laxative.levels: a list is expected, not 'mild'"],
            id="levels-of-a-wrong-type",
        ),
        pytest.param(
            "  laxative:\n    title: Laxative effect\n    levels: [mild, moderate, strong]",
            "  laxative: [mild, moderate, strong]",
            ["8:13: scales.laxative: a mapping with keys is expected, not a list"],
            id="scale-of-a-wrong-type",
        ),
        pytest.param(
            "kind: thread",
            "kind: tread",
            [
                (
                    "14:11: sources[0].kind: 'tread' is not known here; did you mean 'thread'? "
                    "There are thread and reference"
                )
            ],
            id="kind-misspelt-and-statements",
        ),
        pytest.param(
            "- id: letter",
            "- id: Letter",
            [f"13:9: sources[0].id: 'Letter' is not {ID}"],
            id="id-of-a-source-and-statements",
        ),
        pytest.param(
            "- id: letter\n    kind",
            "- kind",
            ["13:5: sources[0].id: the key 'id' is missing"],
            id="source-without-id-and-statements",
        ),
        pytest.param(
            "\nsources:\n",
            "\nsource:\n",
            [
                "2:1: sources: the key 'sources' is missing",
                f"12:1: source: the key 'source' is not known here; did you mean 'sources'? {TABLE_KEYS}",
            ],
            id="sources-misspelt",
        ),
        pytest.param(
            "- id: citrate",
            "- id: Citrate",
            [f"31:9: forms[1].id: 'Citrate' is not {ID}"],
            id="id-of-a-form-and-its-dispute",
        ),
        pytest.param(
            "- id: carbonate",
            "- id: Carbonate",
            [f"79:9: not_covered[0].id: 'Carbonate' is not {ID}"],
            id="id-of-a-form-that-is-not-covered-and-its-correction",
        ),
        pytest.param(
            "\nnot_covered:",
            "\nnot_coverd:",
            [f"78:1: not_coverd: the key 'not_coverd' is not known here; did you mean 'not_covered'? {TABLE_KEYS}"],
            id="not-covered-misspelt-and-its-correction",
        ),
        pytest.param(
            "about: laxative",
            "about: laxatve",
            [
                (
                    "27:16: forms[0].notes[0].about: 'laxatve' is not known here; did you mean 'laxative'? There are "
                    "laxative, tolerance, absorption, effect, amount, dosing, cost, content, naming and caution"
                )
            ],
            id="topic-misspelt-and-its-level",
        ),
    ],
)
def test_one_slip_is_told_once(before: str, after: str, expected: list[str]) -> None:
    assert found(ZINC.replace(before, after, 1)) == expected


WITH_A_MAP = ZINC.replace("sources:\n", "sources:\n  - {id: map, kind: reference, citation: A map}\n")


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        pytest.param(
            "        published:\n          - text: Nobody has measured it.\n            source: book",
            "        publishd:\n          - text: Nobody has measured it.\n            source: map",
            "42:9: forms[1].notes[0].publishd",
            id="published-misspelt",
        ),
        pytest.param(
            "\nnotes:\n  - about: cost\n    text: The price hardly differs.\n    source: letter",
            "\nnote:\n  - about: cost\n    text: The price hardly differs.\n    source: map",
            "47:1: note",
            id="notes-misspelt",
        ),
        pytest.param(
            "    relays: a neighbour\n",
            "    relays: a neighbour\nnotes: [{about: cost, text: Dear., source: map, basis: stated}]\n",
            "53:1: notes",
            id="notes-twice",
        ),
        pytest.param(
            "  - id: citrate\n",
            "  - {about: cost, text: Dear., source: map, basis: stated}\n  - id: citrate\n",
            "32:",
            id="note-among-the-forms",
        ),
    ],
)
def test_a_source_counts_as_used_where_its_use_cannot_be_read(before: str, after: str, place: str) -> None:
    assert WITH_A_MAP.count(before) == 1
    told = found(WITH_A_MAP.replace(before, after))
    assert told
    assert [problem for problem in told if not problem.startswith(place)] == []


def test_a_problem_hides_no_other_that_does_not_follow_from_it() -> None:
    table = (
        ZINC.replace("    citation: A book\n", "")
        .replace("text: It is strong.\n        source: letter", "text: It is strong.\n        source: diary")
        .replace("about: laxative\n        text: It is mild.", "about: cost\n        text: It is mild.")
    )
    assert found(table) == [
        "16:5: sources[1].citation: the key 'citation' is missing",
        "28:17: forms[0].notes[0].source: no source is called 'diary'. The sources are letter and book",
        (
            "34:15: forms[1].laxative: no note of citrate is about laxative; "
            "add one that backs the level, or leave the level out"
        ),
    ]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(ZINC + "".join(f"key{number}: 1\n" for number in range(1500)), id="unknown-keys"),
        pytest.param(ZINC.replace("\nnotes:\n", "\nnotes:\n" + "  - {}\n" * 1500), id="missing-keys"),
        pytest.param(ZINC.replace("[ZnO, zinc white]", f"[{'5, ' * 1500}]"), id="wrong-types"),
        pytest.param(ZINC.replace("[dizinc citrate]", f"[{'oxide, ' * 1500}]"), id="names-that-clash"),
    ],
)
def test_of_very_many_problems_a_thousand_are_told_and_that_there_are_more(table: str) -> None:
    told = problems(table.encode())
    assert len(told) == 1001
    assert (told[-1].path, told[-1].message) == ("", "more problems follow; mend these first")


# Whatever somebody does to the bundled table

BUNDLED: dict[str, Any] = yaml.safe_load(bundled().read_text("utf-8"))
# Problems with which a table can still be asked.
GAP = re.compile(r"the name |the level |no note of |nothing uses ")
# Plain scalars and nodes that JSON has no word for: in a YAML table they stand without quotes.
BARE = (
    "no",
    "~",
    "010",
    "1:30",
    "2000-10-12",
    "1_0",
    ".inf",
    "0x1F",
    "!!set {a}",
    "!!str 1",
    "*x",
    "&x y",
    "=",
    "|",
    "- a",
)

names = st.text(max_size=6) | st.sampled_from(["notes", "text", "source", "id", "published", "levels"])
bare = st.sampled_from(BARE).map("BARE {}".format)
values: st.SearchStrategy[Any] = bare | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | names | bare,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=5,
)


def parts(value: Any, shape: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every part of a value: its path without indices, the mapping or list that holds it, and its key there."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        path = f"{shape}[]" if isinstance(value, list) else f"{shape}.{key}"
        yield path, value, key
        yield from parts(value[key], path)


def part(table: Any, spot: int) -> tuple[Any, Any]:
    """A part of a table; each kind is as likely as the others, however many there are of it."""
    kinds: dict[str, list[tuple[Any, Any]]] = {"": [(table, "title")]}
    for path, holder, key in parts(table):
        kinds.setdefault(path, []).append((holder, key))
    of_a_kind = list(kinds.values())[spot % len(kinds)]
    return of_a_kind[spot % len(of_a_kind)]


actions = st.sampled_from(["remove", "replace", "repeat", "rename"])
changes = st.lists(st.tuples(st.integers(0, 9999), actions, names, values), min_size=1, max_size=3)


def changed(made: list[tuple[int, str, str, Any]]) -> Any:
    table = deepcopy(BUNDLED)
    for spot, action, name, value in made:
        holder, key = part(table, spot)
        match action:
            case "remove" if key in holder or isinstance(holder, list):
                del holder[key]
            case "repeat" if isinstance(holder, list):
                holder.insert(key, deepcopy(holder[key]))
            case "rename" if isinstance(holder, dict) and key in holder:
                holder[name] = holder.pop(key)
            case _:
                holder[key] = value
    return table


@given(changes, st.booleans())
@settings(deadline=None, max_examples=60)
def test_a_changed_table_is_loaded_or_refused_and_its_problems_say_which(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[int, str, str, Any]], is_json: bool
) -> None:
    text = json.dumps(changed(made), ensure_ascii=False)
    if not is_json:
        text = re.sub(r'"BARE ([^"]*)"', r"\1", text)
    file = tmp_path_factory.getbasetemp() / ("changed.json" if is_json else "changed.yaml")
    file.write_text(text, "utf-8")
    told = problems(file.read_bytes(), is_json=is_json)
    assert told == sorted(told)
    assert all(problem.message for problem in told)
    assert not any(CONTROL.search(problem.path + problem.message) for problem in told)
    assert_refused_for(told, file)


def assert_refused_for(told: list[Problem], file: Path) -> None:
    """A table is refused if, and only if, it has problems that are more than gaps."""
    refused = ""
    try:
        load(str(file))
    except DataError as error:
        refused = str(error)
    if refused:
        line, column = told[0].place
        assert refused.startswith(f"{file}:{line}:{column}: ")
        assert not CONTROL.search(refused)
    assert bool(refused) is any(not GAP.match(problem.message) for problem in told)
