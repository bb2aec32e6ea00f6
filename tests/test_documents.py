# ruff: noqa: E501  # a document is a line
"""YAML and JSON texts with their verdicts, and the reader of tables against PyYAML's own safe loader."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from mgform.document import Document, UnreadableError
from mgform.reader import problems


class Texts(yaml.CSafeLoader):
    """PyYAML's safe loader, for which every plain scalar but null is a text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML's own name


Texts.add_implicit_resolver(
    "tag:yaml.org,2002:null",
    re.compile("(?:~|null|Null|NULL|)$"),
    ["~", "n", "N", ""],
)

REFUSED = object()
VERDICTS: dict[str, Any] = {
    # YAML: what a table may be written in.
    "a: b": {"a": "b"},
    "a:\n  b: c\n": {"a": {"b": "c"}},
    "a:\n- b\n- c\n": {"a": ["b", "c"]},
    "- - a\n  - b\n- c\n": [["a", "b"], "c"],
    "{a: [b, {c: d}], e: f}": {"a": ["b", {"c": "d"}], "e": "f"},
    "a: yes\nb: no\nc: on\n": {"a": "yes", "b": "no", "c": "on"},
    "a: 012\nb: 0x1F\nc: 1_000\nd: 1e3\ne: .inf\n": {"a": "012", "b": "0x1F", "c": "1_000", "d": "1e3", "e": ".inf"},
    "a: 2000-10-12\nb: 12:30:45\n": {"a": "2000-10-12", "b": "12:30:45"},
    "a: ~\nb: null\nc:\nd: ''\ne: 'null'\n": {"a": None, "b": None, "c": None, "d": "", "e": "null"},
    "a: 'it''s'\n": {"a": "it's"},
    'a: "\\x41\\u00e9\\U0001f600\\t\\\\\\/"\n': {"a": "Aé\U0001f600\t\\/"},
    "a: |\n  b\n   c\n\n": {"a": "b\n c\n"},
    "a: |-\n  b\n": {"a": "b"},
    "a: |+\n  b\n\n": {"a": "b\n\n"},
    "a: >\n  b\n  c\n\n  d\n": {"a": "b c\nd\n"},
    "a: b\n  c\n": {"a": "b c"},
    "a: b # c\n": {"a": "b"},
    "a: b#c\n": {"a": "b#c"},
    "a: http://b.c:80/d\n": {"a": "http://b.c:80/d"},
    "? a\n: b\n": {"a": "b"},
    "'a': b\n\"c\": d\n": {"a": "b", "c": "d"},
    "---\na: b\n...\n": {"a": "b"},
    "%YAML 1.1\n---\na: b\n": {"a": "b"},
    "a: &x b\nc: *x\n": {"a": "b", "c": "b"},
    "a: &x [b]\nc: [*x, *x]\n": {"a": ["b"], "c": [["b"], ["b"]]},
    "&a b: *a\n": {"b": "b"},
    "<<: a\n": {"<<": "a"},
    "a:\r\n  b: c\r\n": {"a": {"b": "c"}},
    "[a, b: c]": ["a", {"b": "c"}],
    "{a, b}": {"a": None, "b": None},
    # YAML that is none, or that no table needs.
    "": REFUSED,
    "---\n...\n---\n": REFUSED,
    "a: b: c": REFUSED,
    "a: [b": REFUSED,
    "a: 'b": REFUSED,
    'a: "\\q"': REFUSED,
    "a:\n\tb: c\n": REFUSED,
    "a: b\n c: d\n": REFUSED,
    "- a\nb: c\n": REFUSED,
    "a: @b": REFUSED,
    "a: `b": REFUSED,
    "a: %b\n%": REFUSED,
    "a: *b": REFUSED,
    "a: &b [*b]": REFUSED,
    "a: &b [*b, *b]": REFUSED,
    "a: &b c\nd: &b e\n": REFUSED,
    "a: b\na: c": REFUSED,
    "{a: b, 'a': c}": REFUSED,
    "[a]: b": REFUSED,
    "~: b": REFUSED,
    "? {a: b}\n: c": REFUSED,
    "a: !!int 5": REFUSED,
    "a: !!str [b]": REFUSED,
    "a: !x b": REFUSED,
    "a: !!binary aGk=": REFUSED,
    "a: !!python/name:os.system b": REFUSED,
    "--- a\n--- b\n": REFUSED,
    "a: \x07": REFUSED,
    "a: b\x00": REFUSED,
    # JSON.
    '{"a": "b"}': {"a": "b"},
    '{"a":1,"b":-0.5e+3,"c":true,"d":false,"e":null}': {"a": "1", "b": "-0.5e+3", "c": "true", "d": "false", "e": None},
    '\n {\n\t"a" :\n\t[ 1 ,\t2 ]\n}\n': {"a": ["1", "2"]},
    '{"": {"": []}}': {"": {"": []}},
    '{"a": "\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9"}': {"a": '"\\/\b\f\n\r\té'},
    '{"a": "\\ud83d\\ude00"}': {"a": "\U0001f600"},
    '{"a": "\u2028\U0001f600"}': {"a": "\u2028\U0001f600"},
    '["[[]]", "#", "- a", "a: b", "*a", "null"]': ["[[]]", "#", "- a", "a: b", "*a", "null"],
    '{"a": 1, "a": 2}': REFUSED,
    '{"a": "\\ud83d"}': REFUSED,
    '{"a": "\\udead\\ud83d"}': REFUSED,
    '{"a": "b}': REFUSED,
    '{"a": "\\x"}': REFUSED,
    '{"a": [1, 2}': REFUSED,
    '{"a": 1]': REFUSED,
    '{"a" "b"}': REFUSED,
    '{"a": 1}}': REFUSED,
    '{"a": 1} {"b": 2}': REFUSED,
    '{,"a": 1}': REFUSED,
    '["a",, "b"]': REFUSED,
}  # fmt: skip


def read(text: str) -> Any:
    """What the reader makes of a text."""
    try:
        return Document(text).value
    except UnreadableError:
        return REFUSED


@pytest.mark.parametrize("text", VERDICTS)
def test_a_document_is_read_or_refused(text: str, tmp_path: Path) -> None:
    assert read(text) == VERDICTS[text]
    file = tmp_path / "t.yaml"
    file.write_text(text, "utf-8", newline="")
    # Nothing here is a table; what is no document either has one problem, and its place.
    found = problems(str(file))
    assert found
    if VERDICTS[text] is REFUSED:
        assert len(found) == 1
        assert found[0].line or "\0" in text


def expected(text: str) -> Any:
    """What PyYAML makes of a text."""
    try:
        return yaml.load(text, Loader=Texts)  # noqa: S506  # it makes texts alone
    except (yaml.YAMLError, RecursionError):
        return REFUSED


PIECES = st.sampled_from(
    [*"ab:-?[]{},&*!|>'\"#%@~ \n", "a", "b", ": ", "- ", "\n  ", "\n- ", "&x ", "*x", "null", "1", "\t", "\\", "---\n", "é", "!!str "]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_is_read_as_pyyaml_reads_it_or_refused(text: str) -> None:
    value = read(text)
    # A tag that is "!" alone makes a text of what would be null, for PyYAML.
    assert (
        value is REFUSED
        or value == expected(text)
        or re.search("(?<!!)!(?!!)", text)
    )


VALUES: Any = st.recursive(
    st.none() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans())
def test_what_pyyaml_writes_is_read(
    value: Any, style: str | None, flow: bool
) -> None:
    written = yaml.dump(
        value,
        Dumper=yaml.SafeDumper,
        default_style=style,
        default_flow_style=flow,
        allow_unicode=True,
    )
    if "!!" not in written and "? " not in written:
        assert read(written) == expected(written) != REFUSED


NUMBERS = (
    st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
)


@given(
    st.recursive(
        st.none() | NUMBERS | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=12,
    ),
    st.sampled_from([None, 2, "\t"]),
)
def test_what_python_writes_as_json_is_read(
    value: Any, indent: str | int | None
) -> None:
    # A document that is a text alone is none that JSON's two escapes of a character are looked for in.
    written = json.dumps({"whole": value}, indent=indent)
    assert read(written) == json.loads(
        written, parse_int=str, parse_float=str, object_hook=as_texts
    )


def as_texts(values: dict[str, Any]) -> dict[str, Any]:
    """A mapping in which true and false are the words that they are."""
    return {key: words(value) for key, value in values.items()}


def words(value: Any) -> Any:
    if isinstance(value, list):
        return [words(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else value
