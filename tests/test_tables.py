# ruff: noqa: E501  # a case of a rule is a line
"""Tables: any bytes are a table or a sentence with its place; what validate refuses is not listed."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, strategies as st

from mgform.document import Document, UnreadableError
from mgform.errors import DataError
from mgform.reader import load, problems
from mgform.table import Table
from tests.conftest import FROZEN, ROOT, call

TALK = "text: t, source: talk, basis: stated"
PAPER = "text: u, source: paper, basis: stated"
WRONG = "text: t, source: book, basis: stated"
HEAD = """title: T
nutrient: n
notice: x
scales: {laxative: {title: L, levels: [mild, strong]}}
sources: [{id: talk, kind: thread, citation: c}, {id: paper, kind: reference, citation: d}]
"""
NOTE = f"{{about: laxative, forms: [a], {TALK}}}"
NOTES = f"notes: [{NOTE}, {{about: cost, {PAPER}}}]\n"
FORM = "{id: a, name: A, laxative: mild}"
SOUND = f"{HEAD}{NOTES}forms: [{FORM}]\n"
TOO_MUCH = "with aliases, a file may hold 100,000 values, 64 deep, and 4,000,000 characters"


def said(text: str | bytes, tmp_path: Path, name: str = "t.yaml") -> list[str]:
    """The problems of a text, each with its place and path."""
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return [
        f"{problem.line}:{problem.column}: {problem.path}: {problem.message}"
        for problem in problems(str(file))
    ]


def test_the_tables_of_the_project_are_sound() -> None:
    paths = [
        ROOT / "data" / "forms.yaml",
        FROZEN,
        ROOT / "docs" / "calcium.yaml",
    ]
    told = [
        problem.told(str(path))
        for path in paths
        for problem in problems(str(path))
    ]
    assert told == []


def test_the_table_of_these_tests_is_sound(tmp_path: Path) -> None:
    assert said(SOUND, tmp_path) == []


# What does not fit the model: what is changed to what, and the place and the sentence that are told.
SHAPES = [
    ("title: T\n", "", "1:1: ", "the key 'title' is missing"),
    ("title: T", "title: ~", "1:8: title", "nothing is not one line of at most 200 characters"),
    ("title: T", "title: [T]", "1:8: title", "a list is not one line"),
    ("title: T", "titel: T", "1:1: titel", "no key is called 'titel'; did you mean 'title'?"),
    ("title: T", f"title: {'T' * 201}", "1:8: title", "is not one line of at most 200 characters"),
    ("title: T", 'title: "a\\rb"', "1:8: title", "it holds U+000D, which cannot be seen"),
    ("title: T", 'title: "a\\u200bb"', "1:8: title", "it holds U+200B, which cannot be seen"),
    ("title: T", 'title: "a\\u00adb"', "1:8: title", "it holds U+00AD, which cannot be seen"),
    ("title: T", 'title: "a\\vb"', "1:8: title", "it holds U+000B, which cannot be seen"),
    ("levels: [mild,", 'levels: ["mi\\u2060ld",', "levels[0]", "it holds U+2060, which cannot be seen"),
    ("id: a,", 'id: "a\\u200b",', "7:14: forms[0].id", "it holds U+200B, which cannot be seen"),
    ("id: a,", "id: A,", "7:14: forms[0].id", "'A' is not an id"),
    ("notice: x", 'notice: "x\\u2028y"', "3:9: notice", "it holds U+2028, which cannot be seen"),
    ("notice: x", 'notice: "x\\N"', "3:9: notice", "it holds U+0085, which cannot be seen"),
    ("notice: x", f"notice: {'x' * 2001}", "3:9: notice", "is not text of at most 2,000 characters"),
    ("citation: d", 'citation: d, doi: "10.1234/\\e[2J"', "sources[1].doi", "it holds U+001B"),
    ("citation: d", 'citation: d, url: "https://a\\u061cb"', "sources[1].url", "it holds U+061C"),
    ("citation: d", "citation: d, date: ٢٠٠٠", "sources[1].date", "is not a year, a month or a day"),
    ("kind: thread", "kind: thred", "sources[0].kind", "no kind is called 'thred'; did you mean 'thread'?"),
    ("kind: thread", "kind: [thread]", "sources[0].kind", "a list is not thread or reference"),
    ("about: laxative", "about: [laxative]", "notes[0].about", "a list is not an id"),
    ("forms: [{", "forms: {} #", "forms", "a mapping (key: value) is not a list"),
    (f"forms: [{FORM}]", "forms: []", "forms", "0 are here, and there can be 1 or more"),
    ("scales: {", "scales: [] #", "scales", "a list is not a mapping (key: value)"),
    ("levels: [mild, strong]", f"levels: [{', '.join(map(str, range(21)))}]", "levels", "21 are here, and there can be 1 to 20"),
    ("id: a, name: A", "id: a, name: A, compounds: [{name: c, formula: X, elemental_percent: 1e-21}]", "elemental_percent", "is not a percentage"),
    ("id: a, name: A", "id: a, name: A, compounds: [{name: c, formula: X, elemental_percent: nan}]", "elemental_percent", "is not a percentage"),
    ("forms: [{", f"upper_levels: [{{region: U, mg: 1e400, counts: c, {TALK}}}]\nforms: [{{", "upper_levels[0].mg", "is not mg, from 0.0001 to 1,000,000"),
    ("forms: [{", f"upper_levels: [{{region: U, mg: 1_0, counts: c, {TALK}}}]\nforms: [{{", "upper_levels[0].mg", "is not mg"),
    ("forms: [{", "labels: {languages: {en: {units: {gram: none}}}}\nforms: [{", "labels.languages.en.units.gram", "'none' is not mg"),
    ("forms: [{", "labels: {languages: {' en': {}}}\nforms: [{", "7:22: labels.languages. en", "' en' is not one line"),
    ("forms: [{", "labels: {languages: []}\nforms: [{", "labels.languages", "a list is not a mapping"),
]  # fmt: skip
# What does not fit together.
CLASHES = [
    ("laxative: mild", "laxative: mid", "forms[0].laxative", "no laxative level is called 'mid'; did you mean 'mild'? There are: mild and strong"),
    ("laxative: mild", "tolerance: mild", "forms[0].tolerance", "no tolerance level is called 'mild'. There are: none"),
    ("forms: [a]", "forms: []", "forms[0].laxative", "no note of a is about laxative; add one, or leave the level out"),
    ("about: laxative", "about: cost", "forms[0].laxative", "no note of a is about laxative"),
    ("about: laxative", "about: laxativ", "notes[0].about", "no topic is called 'laxativ'; did you mean 'laxative'?"),
    ("notes: [", "disputes: none\nnotes: [", "disputes", "'none' is not a list"),
    ("notes: [", "topics: []\nnotes: [", "topics", "0 are here, and there can be 1 or more"),
    ("notes: [", "topics: taste\nnotes: [", "topics", "'taste' is not a list; write [taste]"),
    ("notes: [", "topics: [laxative]\nnotes: [", "notes[1].about", "no topic is called 'cost'. There are: laxative"),
    ("notes: [", "topics: [laxative, cost, cost]\nnotes: [", "topics[2]", "the topic 'cost' stands here a second time"),
    ("forms: [{", f"disputes: [{{id: d, question: q, about: price, positions: [{{{TALK}}}, {{{PAPER}}}]}}]\nforms: [{{", "disputes[0].about", "no topic is called 'price'"),
    ("levels: [mild, strong]", "levels: [mild, mild]", "levels[1]", "the level 'mild' stands here a second time"),
    ("text: t, source", "text: t, says: 'calls {froms} mild', source", "notes[0].says", "'calls {froms} mild': only {form} can stand in braces; it becomes the id"),
    ("source: talk", "source: tal", "notes[0].source", "no source is called 'tal'; did you mean 'talk'?"),
    ("source: paper", "source: talk", "sources[1].id", "nothing uses the source 'paper'; use it or take it out"),
    ("id: paper", "id: talk", "sources[1].id", "the id 'talk' stands here a second time"),
    ("citation: c}", "citation: c, mark: M}, {id: book, kind: reference, citation: e, mark: M}", "sources[1].mark", "the mark 'M' stands here a second time"),
    ("citation: d", "citation: d, date: 2024-02-30", "sources[1].date", "there is no 2024-02-30; write a date that exists, as in 2000-10-12"),
    ("citation: d", "citation: d, date: 2023-13", "sources[1].date", "there is no 2023-13"),
    ("citation: d", "citation: d, date: 0000", "sources[1].date", "there is no 0000"),
    ("forms: [a]", "forms: [a, z]", "notes[0].forms[1]", "no form is called 'z'. There are: a"),
    ("forms: [{", "buffer: b\nforms: [{", "buffer", "no form is called 'b'"),
    ("forms: [{", f"disputes: [{{id: d, question: q, forms: [z], positions: [{{{TALK}}}, {{{TALK}}}]}}]\nforms: [{{", "disputes[0].forms[0]", "no form is called 'z'"),
    ("forms: [{", f"explained: [{{id: x, name: X, forms: [z], statements: [{{{TALK}}}]}}]\nforms: [{{", "explained[0].forms[0]", "no form is called 'z'"),
    ("forms: [{", "labels: {excipients: [z]}\nforms: [{", "labels.excipients[0]", "no form is called 'z'"),
    ("forms: [{", "labels: {richer: {z: more}}\nforms: [{", "7:19: labels.richer.z", "no form is called 'z'"),
    ("forms: [{", "labels: {languages: {en: {names: {z: [y]}}}}\nforms: [{", "labels.languages.en.names.z", "no form is called 'z'"),
    ("forms: [{", "upper_levels_caution: {text: t, source: taalk, basis: stated}\nforms: [{", "upper_levels_caution.source", "no source is called 'taalk'; did you mean 'talk'?"),
    ("forms: [{", f"corrections: [{{id: d, forms: [a], claim: {{{TALK}}}, published: [{{{TALK}}}]}}]\nforms: [{{", "corrections[0].published[0].source", "talk is a thread"),
    ("forms: [{", f"disputes: [{{id: d, question: q, positions: [{{{TALK}}}, {{{WRONG}}}]}}]\nforms: [{{", "disputes[0].positions[1].source", "no source is called 'book'"),
    ("forms: [{", f"disputes: [{{id: d, question: q, positions: [{{{TALK}}}, {{{PAPER}}}], published: [{{{TALK}}}]}}]\nforms: [{{", "disputes[0].published[0].source", "talk is a thread"),
    ("forms: [{", f"corrections: [{{id: d, forms: [a], claim: {{{WRONG}}}, published: [{{{PAPER}}}]}}]\nforms: [{{", "corrections[0].claim.source", "no source is called 'book'"),
    ("forms: [{", f"explained: [{{id: x, name: X, statements: [{{{WRONG}}}]}}]\nforms: [{{", "explained[0].statements[0].source", "no source is called 'book'"),
    ("forms: [{", "upper_levels: [{region: U, mg: 5, counts: c, source: book, basis: stated}]\nforms: [{", "upper_levels[0].source", "no source is called 'book'"),
    ("basis: stated}]", f"basis: stated, published: [{{{TALK}}}]}}]", "notes[1].published[0].source", "a published statement needs a source of kind 'reference'; talk is a thread"),
]  # fmt: skip
# Compounds of the form: what is wrong with them.
COMPOUNDS = [
    ("{name: c, formula: X, elemental_percent: 5, basis: printed}", "compounds[0]", "a percentage that is printed needs the source that prints it"),
    ("{name: c, printed_percent: 5}", "compounds[0]", "a percentage that is printed needs the source that prints it"),
    ("{name: c, basis: printed, source: paper}", "compounds[0]", "the basis is printed, and elemental_percent is missing"),
    ("{name: c, formula: X}", "compounds[0]", "with a formula, elemental_percent can be computed; add it"),
    ("{name: c, elemental_percent: 5}", "compounds[0]", "a percentage that is computed needs its formula"),
    ("{name: c, printed_percent_most: 5, source: paper}", "compounds[0]", "printed_percent_most needs printed_percent beside it"),
    ("{name: c, printed_percent: 5, printed_percent_most: 5, source: paper}", "compounds[0].printed_percent_most", "is to be larger than printed_percent"),
    ("{name: c, source: book}", "compounds[0].source", "no source is called 'book'"),
    ("{name: c}, {name: c}", "compounds[1]", "the compound 'c' stands here a second time"),
    ("{name: c}, {name: d, names: [c]}", "compounds[1]", "the name 'c' already means c; a name means one thing"),
    ("{name: c, names: [d]}, {name: d}", "compounds[1]", "the name 'd' already means c"),
    ("{name: c, names: [A]}", "compounds[0]", "the name 'A' already means a"),
]  # fmt: skip
# What stands before the form in the list, or after the list, and means what another name means.
NAMES = [
    ("forms: [{id: b, name: a}, ", "forms[0]", "the name 'a' already means a; a name means one thing"),
    ("forms: [{id: b, name: B, aliases: [a]}, ", "forms[0]", "the name 'a' already means a"),
    ("forms: [{id: b, name: B, misspelt: [A-]}, ", "forms[0]", "the name 'A-' already means a"),
    ("forms: [{id: b, name: B, compounds: [{name: a}]}, ", "forms[0].compounds[0]", "the name 'a' already means a"),
    (f"explained: [{{id: x, name: A, statements: [{{{TALK}}}]}}]\nforms: [", "explained[0]", "the name 'A' already means a"),
    (f"explained: [{{id: a, name: X, statements: [{{{TALK}}}]}}]\nforms: [", "explained[0]", "the name 'a' already means a"),
    (f"explained: [{{id: x, name: X, aliases: [n a], statements: [{{{TALK}}}]}}]\nname_prefixes: [n]\nforms: [", "explained[0]", "the name 'n a' already means a"),
    (f"explained: [{{id: x, name: X, statements: [{{{TALK}}}]}}]\nforms: [{{id: b, name: B, members: [x]}}, ", "forms[0]", "the name 'x' already means x"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "to", "place", "sentence"),
    SHAPES
    + CLASHES
    + [
        (
            "id: a, name: A",
            f"id: a, name: A, compounds: [{written}]",
            place,
            sentence,
        )
        for written, place, sentence in COMPOUNDS
    ]
    + [
        ("forms: [{id: a,", f"{written}{{id: a,", *told)
        for written, *told in NAMES
    ],
)
def test_a_problem_is_told_with_its_place(
    changed: str, to: str, place: str, sentence: str, tmp_path: Path
) -> None:
    assert changed in SOUND
    told = said(SOUND.replace(changed, to, 1), tmp_path)
    assert [line for line in told if place in line and sentence in line], told
    with pytest.raises(DataError):
        load(str(tmp_path / "t.yaml"))


def test_a_form_and_its_compound_may_have_one_name(tmp_path: Path) -> None:
    """Then the name means the form, and the other names of the compound mean that alone."""
    compound = "{name: A, names: [a hydrate], formula: X, elemental_percent: 5}"
    text = SOUND.replace("name: A", f"name: A, compounds: [{compound}]")
    assert said(text, tmp_path) == []


def test_a_mixture_has_no_percentage_of_its_own(tmp_path: Path) -> None:
    compound = "{name: c, printed_percent: 18, printed_percent_most: 20, source: paper}"
    text = SOUND.replace("name: A", f"name: A, compounds: [{compound}]")
    assert said(text, tmp_path) == []


def test_problems_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = SOUND.replace("source: talk", "source: tal").replace("mild}", "mid}")
    assert [line.split(": ")[1] for line in said(text, tmp_path)] == [
        "sources[0].id",
        "notes[0].source",
        "forms[0].laxative",
    ]


def test_a_table_may_have_topics_of_its_own(tmp_path: Path) -> None:
    text = SOUND.replace("about: cost", "about: taste")
    assert said(f"topics: [laxative, taste]\n{text}", tmp_path) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1: : the file is empty"),
        ("# nothing\n", "1:1: : the file is empty"),
        ("a: 1\na: 2\n", "2:1: : the key 'a' stands here a second time"),
        ("a: [b\n", "2:1: : this is no YAML: while parsing a flow sequence, did not find expected ',' or ']'"),
        ("a: &x 1\nb: &x [*x]\n", "2:4: : this is no YAML: found duplicate anchor"),
        ("null: a\n", "1:1: : a key is to be a text"),
        ("a: &x [*x]\n", f"1:4: : {TOO_MUCH}"),
        ("a: *x\n", "1:4: : this is no YAML: found undefined alias"),
        ("a: 1\n---\nb: 2\n", "2:1: : this is no YAML: expected a single document in the stream, but found another document"),
        ("a: !!int 5\n", "1:4: : the tag 'tag:yaml.org,2002:int' is not understood; leave it out"),
        ("? [a]\n: b\n", "1:3: : a key is to be a text"),
        ("[" * 65 + "]" * 65, f"1:64: : {TOO_MUCH}"),
        ("[" * 60_000, "1:"),
        ("a: \x07\n", "1:1: : this is no YAML: unacceptable character #x0007: control characters are not allowed"),
        ("a: b: c\n", "1:5: : this is no YAML: mapping values are not allowed in this context; quote a text with a colon in it, or mend the indentation"),
        ("a:\n\tb: c\n", "2:1: : this is no YAML: while scanning for the next token, found character that cannot start any token; indent with spaces, and quote"),
        ("- a\n", "1:1: : a list is not a mapping (key: value)"),
        ("a", "1:1: : 'a' is not a mapping (key: value)"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_told(
    text: str, problem: str, tmp_path: Path
) -> None:
    told = said(text, tmp_path)
    assert told[0].startswith(problem)
    assert len(told) == 1


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    for data in (b"\xff\xfe", "title".encode("utf-16"), b"a\0b", b"\x80"):
        assert (
            "is not a readable text file; save it as UTF-8"
            in said(data, tmp_path)[0]
        )
    assert said("\ufeff" + SOUND, tmp_path) == []
    assert "is larger than 8 MiB" in said(b" " * (8 * 1024**2 + 1), tmp_path)[0]


def test_a_document_may_hold_so_much_and_no_more() -> None:
    """Values, the list around them included; lists in lists; characters, through aliases too."""
    for most, more in (
        ("[a" + ", a" * 99_998 + "]", "[a" + ", a" * 99_999 + "]"),
        ("[" * 64 + "]" * 64, "[" * 65 + "]" * 65),
        ("[" * 63 + "a" + "]" * 63, "[" * 64 + "a" + "]" * 64),
        (f"[&a {'x' * 2_000_000}, *a]", f"[&a {'x' * 2_000_000}, *a, y]"),
        (
            "&a [x, x]",
            "a: &a ["
            + "[" * 31
            + "x"
            + "]" * 31
            + "]\nb: "
            + "[" * 32
            + "*a"
            + "]" * 32,
        ),
    ):
        Document(most)
        with pytest.raises(UnreadableError, match=TOO_MUCH):
            Document(more)


def test_values_are_counted_through_aliases(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, letter in zip("abcdef", "bcdefg", strict=True):
        bomb += f"{letter}: &{letter} [{', '.join([f'*{before}'] * 10)}]\n"
    assert TOO_MUCH in said(bomb, tmp_path)[0]


def test_a_hundred_problems_are_enough(tmp_path: Path) -> None:
    told = said("".join(f"key{n}: x\n" for n in range(5000)), tmp_path)
    assert len(told) == 101
    assert told[-1] == "None:None: : more problems follow; mend these first"


def test_a_word_without_quotes_is_the_text_that_it_is(tmp_path: Path) -> None:
    text = SOUND.replace("title: T", "title: no")
    text = text.replace(
        "citation: c", "citation: c, date: 2000-10-12, pmid: 0123"
    )
    assert said(text, tmp_path) == []
    table = load(str(tmp_path / "t.yaml"))
    assert (table.title, table.sources[0].date, table.sources[0].pmid) == (
        "no",
        "2000-10-12",
        "0123",
    )


def test_json_is_read_by_the_same_rules(tmp_path: Path) -> None:
    table = yaml.safe_load(SOUND)
    table["title"] = 'A "quoted" \U0001f600 \\ / title'
    for written in (
        json.dumps(table),
        json.dumps(table, indent="\t", ensure_ascii=False),
        json.dumps(table).replace("/", "\\/"),
    ):
        assert said(written, tmp_path, "t.json") == []
        assert load(str(tmp_path / "t.json")).title == table["title"]
        assert call("list", "--data", "-", "-q", stdin=written).stdout == "a\n"
    level = {
        "region": "U",
        "mg": 0,
        "counts": "c",
        "source": "talk",
        "basis": "stated",
    }
    for digits in (310, 4300):
        huge = json.dumps(table | {"upper_levels": [level]})
        huge = huge.replace('"mg": 0', f'"mg": 1{"0" * digits}')
        assert (
            "is not mg, from 0.0001 to 1,000,000"
            in said(huge, tmp_path, "t.json")[0]
        )


def test_what_validate_refuses_is_not_listed(tmp_path: Path) -> None:
    for text, sentence in {
        '{"title": "T", "title": "U"}': "the key 'title' stands here a second time",
        f"a: &a [{'x, ' * 999}]\nb: [{'*a, ' * 999}]\n": TOO_MUCH,
        SOUND.replace(
            "forms: [a]", "forms: []"
        ): "no note of a is about laxative",
    }.items():
        file = tmp_path / "t.json"
        file.write_text(text, "utf-8")
        for command in ("validate", "list --json --data", "show a --data"):
            done = call(*command.split(), str(file))
            assert done.status == 1, command
            assert sentence in done.stdout + done.stderr, command


def test_standard_input_and_what_is_no_file() -> None:
    assert call("list", "--data", "-", "-q", stdin=SOUND).stdout == "a\n"
    for path, sentence in {
        "/dev/null": "the file is empty",
        "/dev/zero": "is larger than 8 MiB",
        "tests": "Is a directory",
        "nowhere.yaml": "No such file",
        "": "no file is named",
        "a\0b": "null",
    }.items():
        done = call("list", "--data", path)
        assert (done.stdout, done.status) == ("", 1), path
        assert sentence in done.stderr


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    done = call("list", "--data", "-", stdin=data)
    assert done.status in (0, 1)
    assert done.stderr.count("\n") == done.status
    assert done.stderr.isascii() or done.stderr.rstrip("\n").isprintable()


@given(st.text(max_size=40), st.integers(0, len(SOUND)))
def test_any_change_of_a_table_is_a_table_or_a_sentence(
    noise: str, at: int
) -> None:
    changed = SOUND[:at] + noise + SOUND[at:]
    done = call("show", "a", "--json", "--data", "-", stdin=changed)
    assert done.status in (0, 1, 2)
    assert done.stderr.count("\n") == bool(done.status)


def test_a_wheel_reads_its_json_and_a_checkout_its_yaml(table: Table) -> None:
    assert load(str(ROOT / "data" / "forms.yaml")) == table
