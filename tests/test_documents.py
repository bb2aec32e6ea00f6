"""Reading one document: what is accepted, what is refused, and where and how a refusal says so.

Everything about YAML holds for both of PyYAML's loaders: not every installation has the one in C.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mgform import documents
from mgform.documents import DocumentError, Misread, Place, Places, decode, is_safe, parse_json, parse_yaml

TOO_DEEP = "nested more than 64 levels deep"
EMPTY = "the file is empty; a table is expected"
NOT_A_WORD = "a key must be a word, not a mapping or a list"


@pytest.fixture(scope="module", params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest) -> Iterator[str]:
    if not hasattr(yaml, request.param):
        pytest.skip("this PyYAML has no loader in C")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "Loader", getattr(yaml, request.param))
        yield request.param


with_both_loaders = pytest.mark.usefixtures("loader")


def refusal(parse: Callable[..., object], source: str | bytes) -> str:
    """What is wrong with a source, as ``line:column: message``."""
    with pytest.raises(DocumentError) as refused:
        parse(source)
    line, column = refused.value.place
    return f"{line}:{column}: {refused.value}"


def acts(code_point: str) -> str:
    return f"the character U+{code_point} acts on the terminal instead of showing; remove it"


def assert_sentence(error: DocumentError) -> None:
    assert str(error)
    assert str(error).isprintable()


def assert_inside(place: Place, lines: list[str]) -> None:
    """A place is a character, the end of a line, or the start of the line behind the last one."""
    assert 1 <= place.line <= len(lines) + 1
    assert 1 <= place.column <= len([*lines, ""][place.line - 1]) + 1


# From bytes to text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"", "", id="nothing"),
        pytest.param(b"a: b\n", "a: b\n", id="ascii"),
        pytest.param("é: ünïcödé 酸化 😀\n".encode(), "é: ünïcödé 酸化 😀\n", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfa: b\n", "a: b\n", id="byte-order-mark"),
        pytest.param(b"a:\tb\r\nc: d\r", "a:\tb\r\nc: d\r", id="tabs-and-carriage-returns"),
        pytest.param("שלום مرحبا".encode(), "שלום مرحبا", id="letters-from-right-to-left"),
        pytest.param("a\u00a0b\u200db\u0301".encode(), "a\u00a0b\u200db\u0301", id="joiners-and-accents"),
    ],
)
def test_utf_8_is_read(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("title: é\n".encode("utf-16"), "1:1: this is UTF-16; save it as UTF-8", id="utf-16"),
        pytest.param(b"\xfe\xff\x00a", "1:1: this is UTF-16; save it as UTF-8", id="utf-16-big-endian"),
        pytest.param("a: b".encode("utf-16-le"), f"1:2: {acts('0000')}", id="utf-16-without-mark"),
        pytest.param(
            "a: b\nname: café\n".encode("latin-1"),
            "2:10: byte 0xe9 is not UTF-8; save the file as UTF-8",
            id="latin-1",
        ),
        pytest.param(
            "é: ".encode() + b"\xfc\n",
            "1:4: byte 0xfc is not UTF-8; save the file as UTF-8",
            id="columns-are-characters",
        ),
        pytest.param(
            b"\xef\xbb\xbfcaf\xe9s", "1:4: byte 0xe9 is not UTF-8; save the file as UTF-8", id="latin-1-behind-a-mark"
        ),
        pytest.param(b"a\xc3", "1:2: byte 0xc3 is not UTF-8; save the file as UTF-8", id="cut-off"),
        pytest.param(b"\xc0\x80", "1:1: byte 0xc0 is not UTF-8; save the file as UTF-8", id="overlong"),
        pytest.param(b"\xed\xa0\x80", "1:1: byte 0xed is not UTF-8; save the file as UTF-8", id="surrogate"),
        pytest.param(b"a: b\nc: \0\n", f"2:4: {acts('0000')}", id="nul"),
        pytest.param(b"a: \x1b[31mred\n", f"1:4: {acts('001B')}", id="escape-sequence"),
        pytest.param(b"a: b\x07", f"1:5: {acts('0007')}", id="bell"),
        pytest.param(b"a: b\x7f", f"1:5: {acts('007F')}", id="delete"),
        pytest.param("é: \x9b31m".encode(), f"1:4: {acts('009B')}", id="c1-control"),
        pytest.param("# \x85".encode(), f"1:3: {acts('0085')}", id="next-line-in-a-comment"),
        pytest.param("a: \u2028".encode(), f"1:4: {acts('2028')}", id="line-separator"),
        pytest.param("a: \u202eb".encode(), f"1:4: {acts('202E')}", id="right-to-left-override"),
        pytest.param("a: \u2066b".encode(), f"1:4: {acts('2066')}", id="isolate"),
        pytest.param(b"\xef\xbb\xbf\xef\xbb\xbfa", f"1:1: {acts('FEFF')}", id="two-byte-order-marks"),
        pytest.param("a\uffff".encode(), f"1:2: {acts('FFFF')}", id="noncharacter"),
    ],
)
def test_bytes_that_are_no_harmless_utf_8_are_refused(data: bytes, expected: str) -> None:
    assert refusal(decode, data) == expected


@given(st.one_of(st.binary(max_size=60), st.text(max_size=30).map(str.encode)))
@example(b"\xef\xbb\xbf\xff")
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_decoded_or_refused_at_a_place_among_them(data: bytes) -> None:
    try:
        assert decode(data) == data.decode("utf-8-sig")
    except DocumentError as error:
        assert_inside(error.place, data.decode("utf-8-sig", "replace").split("\n"))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Zinc [bold] oxide", True),
        ("a\tb\nc\r\n", True),
        ("ünï", True),
        ("\x1b", False),
        ("a\x9b", False),
        ("\u202e", False),
    ],
)
def test_text_is_safe_unless_a_character_acts_on_the_terminal(text: str, safe: bool) -> None:
    assert is_safe(text) is safe


# The values of YAML


@with_both_loaders
@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("a: b\nc: [d, {e: f}]\n", {"a": "b", "c": ["d", {"e": "f"}]}, id="collections"),
        pytest.param("a: |\n  b\n  c\nd: >-\n  e\n  f\n", {"a": "b\nc\n", "d": "e f"}, id="blocks-of-text"),
        pytest.param("a: b\n  c\n", {"a": "b c"}, id="text-over-two-lines"),
        pytest.param("'no': \"yes\"\n", {"no": "yes"}, id="quoted"),
        pytest.param("---\na: b\n...\n", {"a": "b"}, id="one-document-marked"),
        pytest.param("%YAML 1.2\n---\na\n", "a", id="version"),
        pytest.param("---\n", None, id="one-empty-document"),
        pytest.param("[]", [], id="empty-list"),
        pytest.param("a: &x [b]\nc: *x\n", {"a": ["b"], "c": ["b"]}, id="alias-of-a-list"),
        pytest.param("a: &x b\nc: [*x, *x]\n", {"a": "b", "c": ["b", "b"]}, id="alias-of-a-word"),
        pytest.param("- &x 1\n- &x 2\n- *x\n", [1, 2, 2], id="anchor-given-twice"),
        pytest.param("a: !!str 12\nb: ! 12\n", {"a": "12", "b": "12"}, id="text-tags"),
        pytest.param("a: !<tag:yaml.org,2002:str> no\n", {"a": "no"}, id="text-tag-written-out"),
        pytest.param("a: !!map {b: !!seq []}\n", {"a": {"b": []}}, id="collection-tags"),
        pytest.param('"<<": a\n', {"<<": "a"}, id="quoted-merge-key"),
        pytest.param('a: "\\u00e9\\x41\\_\\t\\n\\r"\n', {"a": "éA\u00a0\t\n\r"}, id="harmless-escapes"),
        pytest.param("a: [bold]\n", {"a": ["bold"]}, id="brackets"),
    ],
)
def test_yaml_is_read(text: str, value: object) -> None:
    assert parse_yaml(text) == value


@with_both_loaders
@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("~", None),
        ("null", None),
        ("", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("9" * 16, 9999999999999999),
        ("1.5", 1.5),
        ("1e3", "1e3"),
        ("=", "="),
        ("n", "n"),
        ("northern", "northern"),
        ("2000-10", "2000-10"),
        ("10.1000/182", "10.1000/182"),
        ("no", Misread("no", "bool")),
        ("Yes", Misread("Yes", "bool")),
        ("ON", Misread("ON", "bool")),
        ("010", Misread("010", "int")),
        ("0x1F", Misread("0x1F", "int")),
        ("0b1", Misread("0b1", "int")),
        ("1_000", Misread("1_000", "int")),
        ("1:30", Misread("1:30", "int")),
        ("1.0e+3", Misread("1.0e+3", "float")),
        (".inf", Misread(".inf", "float")),
        (".NaN", Misread(".NaN", "float")),
        ("2000-10-12", Misread("2000-10-12", "timestamp")),
        ("9" * 10_000, Misread("9" * 10_000, "int")),
    ],
    ids=lambda part: str(part)[:12] if isinstance(part, str) else "",
)
def test_a_plain_scalar_is_read_as_yaml_1_1_has_it_or_kept_as_a_misread(scalar: str, value: object) -> None:
    read = parse_yaml(f"a: {scalar}\n")["a"]
    assert (type(read), read) == (type(value), value)


@with_both_loaders
def test_keys_are_read_as_the_words_that_they_are_written_with() -> None:
    text = "{1: a, null: b, true: c, ~: d, 1.50: e, 2000-10-12: f, no: g, 0x1: h, '': i, '2': j}"
    assert list(parse_yaml(text)) == ["1", "null", "true", "~", "1.50", "2000-10-12", "no", "0x1", "", "2"]


# Text without what a dumper must escape: controls, formats, separators, and what is no character.
written_text = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n\t"), max_size=8)
plain_values = st.recursive(
    written_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(written_text, inner, max_size=4),
    max_leaves=12,
)


@with_both_loaders
@given(plain_values, st.sampled_from([None, True, False]), st.sampled_from([None, '"', "|", ">"]))
@settings(deadline=None, max_examples=60)
def test_text_lists_and_mappings_are_read_as_pyyaml_reads_them(
    value: object, flow: bool | None, style: str | None
) -> None:
    text: str = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, default_style=style)
    assert parse_yaml(text) == yaml.safe_load(text) == value


# What YAML is refused


@with_both_loaders
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", f"1:1: {EMPTY}", id="empty"),
        pytest.param("# a\n  # b\n", f"1:1: {EMPTY}", id="only-comments"),
        pytest.param("\n  \n\n", f"1:1: {EMPTY}", id="only-blank-lines"),
        pytest.param(
            "a: 1\n---\nb: 2\n", "2:1: a second document begins here; a table is one document", id="two-documents"
        ),
        pytest.param("a: 'b", "1:6: not YAML: found unexpected end of stream", id="open-quote"),
        pytest.param("a: *x\n", "1:4: the alias *x has no anchor before it", id="undefined-alias"),
        pytest.param("a: *x\nb: &x 1\n", "1:4: the alias *x has no anchor before it", id="alias-before-its-anchor"),
        pytest.param("😀: *x\n", "1:4: the alias *x has no anchor before it", id="columns-are-characters"),
        pytest.param("*x", "1:1: the alias *x has no anchor before it", id="nothing-but-an-alias"),
        pytest.param("&a [*a]\n", "1:5: the alias *a stands inside what it names", id="recursive-list"),
        pytest.param("a: &a\n  b: [*a]\n", "2:7: the alias *a stands inside what it names", id="recursive-mapping"),
        pytest.param(
            "a: &x {b: c}\nd:\n  <<: *x\n", "3:3: merge keys (<<) are not supported; write the keys out", id="merge"
        ),
        pytest.param("? [a]\n: b\n", f"1:3: {NOT_A_WORD}", id="list-as-key"),
        pytest.param("{a: b}: c\n", f"1:1: {NOT_A_WORD}", id="mapping-as-key"),
        pytest.param("- {? {a: b} : c}\n", f"1:6: {NOT_A_WORD}", id="mapping-as-key-in-a-flow"),
        pytest.param("a: &x y\n*x : b\n", "2:1: a key must be written out, not given as an alias", id="alias-as-key"),
        pytest.param("a: 1\nb: 2\na: 3\n", "3:1: the key 'a' stands here twice", id="key-twice"),
        pytest.param("x:\n  - {b: 1, 'b': 2}\n", "2:12: the key 'b' stands here twice", id="key-twice-within"),
    ],
)
def test_yaml_that_is_not_one_plain_document_is_refused(text: str, expected: str) -> None:
    assert refusal(parse_yaml, text) == expected


@pytest.mark.parametrize(
    ("text", "in_c", "in_python"),
    [
        pytest.param(
            "a:\n\tb: 1\n",
            "2:1: not YAML: found character that cannot start any token",
            "2:1: not YAML: found character '\\t' that cannot start any token",
            id="tab-as-indentation",
        ),
        pytest.param(
            "a: {b: c\n",
            "2:1: not YAML: did not find expected ',' or '}'",
            "2:1: not YAML: expected ',' or '}', but got '<stream end>'",
            id="open-brace",
        ),
        pytest.param(
            "a: b: c\n",
            "1:5: not YAML: mapping values are not allowed in this context",
            "1:5: not YAML: mapping values are not allowed here",
            id="two-colons",
        ),
        pytest.param(
            "a: 1\n...\nb: 2\n",
            "3:1: not YAML: did not find expected <document start>",
            "3:1: not YAML: expected '<document start>', but found '<block mapping start>'",
            id="text-behind-the-document",
        ),
        pytest.param(
            "a: !x!y b\n",
            "1:4: not YAML: found undefined tag handle",
            "1:4: not YAML: found undefined tag handle '!x!'",
            id="undefined-tag-handle",
        ),
        pytest.param(
            "%YAML 2.0\n---\na: b\n",
            "1:1: not YAML: found incompatible YAML document",
            "1:1: not YAML: found incompatible YAML document (version 1.* is required)",
            id="another-yaml",
        ),
    ],
)
def test_what_is_no_yaml_is_refused_in_the_words_of_the_parser(
    loader: str, text: str, in_c: str, in_python: str
) -> None:
    assert refusal(parse_yaml, text) == {"CSafeLoader": in_c, "SafeLoader": in_python}[loader]


@with_both_loaders
@pytest.mark.parametrize(
    ("tagged", "tag"),
    [
        ("!!python/object/apply:os.system [ls]", "tag:yaml.org,2002:python/object/apply:os.system"),
        ("!!set {b}", "tag:yaml.org,2002:set"),
        ("!!omap [b: c]", "tag:yaml.org,2002:omap"),
        ("!!binary aGk=", "tag:yaml.org,2002:binary"),
        ("!!int 5", "tag:yaml.org,2002:int"),
        ("!!timestamp 2000-10-12", "tag:yaml.org,2002:timestamp"),
        ("!foo b", "!foo"),
        ("!foo b: c", "!foo"),
        ("!!int 5: c", "tag:yaml.org,2002:int"),
        ("!!str {b: c}", "tag:yaml.org,2002:str"),
    ],
)
def test_a_tag_other_than_that_of_text_is_refused(tagged: str, tag: str) -> None:
    assert refusal(parse_yaml, f"- a\n- {tagged}\n") == f"2:3: the tag {tag} is not allowed in a table"


@with_both_loaders
@pytest.mark.parametrize("tag", ["!<%1b[31m>", "!%1b", "!<a%0Ab>", "!%e2%80%ae"])
@pytest.mark.parametrize("tagged", ["b", "b: c", "[b]"], ids=["text", "key", "list"])
def test_what_a_tag_hides_is_not_printed(tagged: str, tag: str) -> None:
    sentence = refusal(parse_yaml, f"- {tag} {tagged}\n")
    assert sentence.startswith("1:3: the tag ")
    assert sentence.isprintable()


@with_both_loaders
@pytest.mark.parametrize(
    "text", ["a: !%ed%a0%80 b\n", "a: !%c0%80 b\n", "a: !<%ff> b\n", "%TAG ! %ed%a0%80\n---\na: !b c\n"]
)
def test_a_tag_that_is_no_utf_8_is_refused(text: str) -> None:
    assert re.match(r"\d+:\d+: ", refusal(parse_yaml, text))


@with_both_loaders
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('a: "\\e[31m"\n', f"1:4: {acts('001B')}", id="escape-sequence"),
        pytest.param('"\\e]0;x": a\n', f"1:1: {acts('001B')}", id="escape-sequence-in-a-key"),
        pytest.param('- "\\a"\n', f"1:3: {acts('0007')}", id="bell"),
        pytest.param('a: "b\\0"\n', f"1:4: {acts('0000')}", id="nul"),
        pytest.param('a: "\\x9b"\n', f"1:4: {acts('009B')}", id="c1-control"),
        pytest.param('a: "\\N"\n', f"1:4: {acts('0085')}", id="next-line"),
        pytest.param('a: "\\L"\n', f"1:4: {acts('2028')}", id="line-separator"),
        pytest.param('a:\n- "b\\u202e"\n', f"2:3: {acts('202E')}", id="right-to-left-override"),
        pytest.param('a: "\\u2066"\n', f"1:4: {acts('2066')}", id="isolate"),
    ],
)
def test_an_escape_for_a_character_that_acts_on_the_terminal_is_refused(text: str, expected: str) -> None:
    assert refusal(parse_yaml, text) == expected


@with_both_loaders
@pytest.mark.parametrize(
    "text",
    [
        pytest.param('a: "\\ud800"\n', id="surrogate"),
        pytest.param('a: "\\U00110000"\n', id="behind-the-last-character"),
        pytest.param('a: "\\UFFFFFFFF"\n', id="far-behind-the-last-character"),
        pytest.param('a: "\\q"\n', id="unknown-escape"),
        pytest.param("%YAML 1." + "1" * 5000 + "\n---\na: b\n", id="version-of-5000-digits"),
    ],
)
def test_an_impossible_number_is_refused_on_its_line(text: str) -> None:
    assert refusal(parse_yaml, text).startswith("1:")


@with_both_loaders
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[" * 100_000, f"1:65: {TOO_DEEP}", id="brackets"),
        pytest.param("{a: " * 100_000, f"1:257: {TOO_DEEP}", id="braces"),
        pytest.param("- " * 100_000, f"1:129: {TOO_DEEP}", id="dashes"),
        pytest.param("".join(" " * depth + "a:\n" for depth in range(300)), f"65:65: {TOO_DEEP}", id="block"),
        pytest.param("? " * 100_000, f"1:3: {NOT_A_WORD}", id="question-marks"),
    ],
)
def test_endless_nesting_is_refused_where_it_becomes_too_deep(text: str, expected: str) -> None:
    assert refusal(parse_yaml, text) == expected


@with_both_loaders
@pytest.mark.parametrize("parse", [parse_yaml, parse_json])
def test_64_levels_are_not_too_deep(parse: Callable[[str], Any]) -> None:
    value = parse("[" * 64 + "]" * 64)
    for _ in range(63):
        (value,) = value
    assert value == []


BILLION_LAUGHS = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{last}'] * 10)}]\n" for last, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@with_both_loaders
def test_aliases_that_expand_a_billionfold_are_refused_without_being_followed() -> None:
    expected = "6:36: more than 1,000,000 values, aliases counted in full"
    assert refusal(parse_yaml, BILLION_LAUGHS) == expected


@with_both_loaders
@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("[a, b, c]", 4, id="list"),
        pytest.param("{a: b, c: d}", 5, id="mapping-with-its-keys"),
        pytest.param("[&x [a, b], *x, *x]", 10, id="aliases-in-full"),
        pytest.param("[&x a, *x]", 3, id="alias-of-a-word"),
    ],
)
def test_a_document_may_have_so_many_values_and_no_more(
    text: str, values: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MAX_VALUES", values)
    parse_yaml(text)
    monkeypatch.setattr(documents, "MAX_VALUES", values - 1)
    assert refusal(parse_yaml, text).endswith(f": more than {values - 1} values, aliases counted in full")


@with_both_loaders
@pytest.mark.parametrize(
    ("text", "characters"),
    [
        pytest.param("[abc, 'de']", 5, id="list"),
        pytest.param("{key: value}", 8, id="mapping-with-its-key"),
        pytest.param("[&x [abc, de], *x, *x]", 15, id="aliases-in-full"),
        pytest.param("[&x abc, *x]", 6, id="alias-of-a-word"),
    ],
)
def test_a_document_may_have_so_many_characters_and_no_more(
    text: str, characters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MAX_CHARACTERS", characters)
    parse_yaml(text)
    monkeypatch.setattr(documents, "MAX_CHARACTERS", characters - 1)
    assert refusal(parse_yaml, text).endswith(f": more than {characters - 1} characters, aliases counted in full")


@with_both_loaders
@pytest.mark.parametrize("text", ["a: b\0", "a: \x1b", "\ud800", "\ufffe"], ids=ascii)
def test_text_that_was_not_decoded_first_is_refused_too(text: str) -> None:
    assert re.match(r"\d+:\d+: ", refusal(parse_yaml, text))


YAML_PIECES = (
    "[", "]", "{", "}", ", ", ": ", "- ", "? ", "\n", "\n  ", "\t", "&a ", "*a ", "!", "!!str ", "!!set ", "!<%1b>",
    "!a%0A ", '"', "'", '\\e"', "|", "|-\n", ">2\n", "#", " #", "%YAML 1.1\n", "%TAG ! !a\n", "---\n", "...\n", "<<",
    "~", "no", "1:30", "0x", "a", "é", "\r", "\u2029", "@", "`",
)  # fmt: skip
yaml_like_text = st.lists(st.sampled_from(YAML_PIECES), max_size=20).map("".join)


@with_both_loaders
@given(st.one_of(st.text(max_size=40), yaml_like_text))
@example("[1")
@settings(deadline=None, max_examples=250)
def test_any_text_is_read_as_yaml_or_refused_at_a_place_in_it(text: str) -> None:
    try:
        parse_yaml(text)
    except DocumentError as error:
        assert_sentence(error)
        assert_inside(error.place, re.split("\r\n|[\r\n\x85\u2028\u2029]", text))


@with_both_loaders
@given(st.binary(max_size=60))
@settings(deadline=None, max_examples=60)
def test_any_bytes_are_read_as_yaml_or_refused(data: bytes) -> None:
    try:
        parse_yaml(decode(data))
    except DocumentError as error:
        assert_sentence(error)


# Where the values of YAML stand


@with_both_loaders
def test_every_value_and_every_key_has_its_place() -> None:
    places = Places()
    parse_yaml("\na: 1\nb:\n  - é: [x, y]\n    c: |\n      text\n", places)
    assert places.values == {
        (): (2, 1),
        ("a",): (2, 4),
        ("b",): (4, 3),
        ("b", 0): (4, 5),
        ("b", 0, "é"): (4, 8),
        ("b", 0, "é", 0): (4, 9),
        ("b", 0, "é", 1): (4, 12),
        ("b", 0, "c"): (5, 8),
    }
    assert places.keys == {("a",): (2, 1), ("b",): (3, 1), ("b", 0, "é"): (4, 5), ("b", 0, "c"): (5, 5)}
    assert places.duplicates == []


@with_both_loaders
def test_an_alias_has_the_place_where_it_stands() -> None:
    places = Places()
    parse_yaml("- &x [a]\n- *x\n", places)
    assert places.values == {(): (1, 1), (0,): (1, 3), (0, 0): (1, 7), (1,): (2, 3)}


@with_both_loaders
def test_with_places_a_key_that_stands_twice_is_noted_and_its_first_value_is_kept() -> None:
    places = Places()
    assert parse_yaml("a: 1\nb: {c: 2, c: 3}\na: 4\n", places) == {"a": 1, "b": {"c": 2}}
    assert places.duplicates == [(("b", "c"), (2, 11)), (("a",), (3, 1))]
    assert places.keys[("a",)] == (1, 1)


@with_both_loaders
def test_the_place_of_a_key_that_stands_twice_is_that_of_the_value_that_is_kept() -> None:
    places = Places()
    parse_yaml("a: [1]\na: [2, 3]\n", places)
    assert (places.values[("a",)], places.values[("a", 0)]) == ((1, 4), (1, 5))


# JSON


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param(' {"a": ["b", 1, 1.5, true, null, {}]}\n', {"a": ["b", 1, 1.5, True, None, {}]}, id="values"),
        pytest.param('"\\u00e9\\/\\ud83d\\ude00\\n\\t"', "é/😀\n\t", id="harmless-escapes"),
        pytest.param('{"<<": "no"}', {"<<": "no"}, id="what-yaml-would-read-otherwise"),
    ],
)
def test_json_is_read(text: str, value: object) -> None:
    assert parse_json(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "1:1: not JSON: Input data was truncated", id="empty"),
        pytest.param('{"a":\n [1', "2:4: not JSON: Input data was truncated", id="cut-off"),
        pytest.param("# a comment\n", "1:1: not JSON: invalid character", id="only-a-comment"),
        pytest.param("{'a': 1}", "1:2: not JSON: object keys must be strings", id="single-quotes"),
        pytest.param('{"é": x}', "1:7: not JSON: invalid character", id="columns-are-characters"),
        pytest.param("[\n1,\nx]", "3:1: not JSON: invalid character", id="third-line"),
        pytest.param("[NaN]", "1:2: not JSON: invalid character", id="nan"),
        pytest.param('["\t"]', "1:3: not JSON: invalid character", id="tab-in-text"),
        pytest.param('["\x1b"]', "1:3: not JSON: invalid character", id="raw-escape-sequence"),
        pytest.param("\ufeff[]", "1:1: not JSON: invalid character", id="byte-order-mark-that-was-not-decoded"),
    ],
)
def test_what_is_no_json_is_refused(text: str, expected: str) -> None:
    assert refusal(parse_json, text) == expected


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_endless_nesting_in_json_is_refused(opening: str) -> None:
    assert refusal(parse_json, opening * 100_000).endswith(f": {TOO_DEEP}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"a":\n "b\\u001b[31m"}', f"2:2: {acts('001B')}", id="escape-sequence"),
        pytest.param('{"a": 1,\n "\\u009b": 2}', f"2:2: {acts('009B')}", id="c1-control-in-a-key"),
        pytest.param('["a",\n\n  "\\u202e"]', f"3:3: {acts('202E')}", id="right-to-left-override"),
        pytest.param('["a", "\\b"]', f"1:7: {acts('0008')}", id="backspace"),
        pytest.param('["\\u0000"]', f"1:2: {acts('0000')}", id="nul"),
    ],
)
def test_an_escape_in_json_for_a_character_that_acts_on_the_terminal_is_refused_where_it_stands(
    text: str, expected: str
) -> None:
    assert refusal(parse_json, text) == expected


@pytest.mark.parametrize("number", ["1" * 10_000, "1e999"], ids=["10,000-digits", "too-large"])
def test_a_number_in_json_that_is_too_large_is_refused_on_its_line(number: str) -> None:
    sentence = refusal(parse_json, f'{{"a": "{"1" * 20}", "b":\n {number},\n"c": 1}}\n')
    assert sentence.startswith("2:2: not JSON: ")
    assert "$" not in sentence


JSON_PIECES = (
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    '"',
    "\\",
    '"a"',
    "\\u00",
    "1b",
    "1",
    "-",
    "e9",
    ".",
    "true",
    "null",
    " ",
    "\n",
    "é",
)
json_like_text = st.lists(st.sampled_from(JSON_PIECES), max_size=16).map("".join)


@given(st.one_of(st.text(max_size=40), json_like_text))
@settings(deadline=None, max_examples=250)
def test_any_text_is_read_as_json_or_refused_at_a_place_in_it(text: str) -> None:
    try:
        parse_json(text)
    except DocumentError as error:
        assert_sentence(error)
        assert_inside(error.place, text.split("\n"))


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | written_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(written_text, inner, max_size=4),
    max_leaves=12,
)


@given(json_values, st.booleans())
@settings(deadline=None, max_examples=60)
def test_json_is_read_as_the_standard_library_reads_it(value: object, escaped: bool) -> None:
    text = json.dumps(value, ensure_ascii=escaped, indent=1)
    assert parse_json(text) == json.loads(text) == value
