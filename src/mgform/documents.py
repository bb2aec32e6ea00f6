"""Reading one YAML or JSON document into plain values, safely and with places.

A YAML document is built from the parser's events. That keeps nesting off the C stack (PyYAML's C
composer crashes on it), sees duplicate keys, and counts what an alias stands for instead of
following it. It is also several times faster than PyYAML's own constructors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from msgspec import DecodeError, json

from mgform.hints import quoted, shown

# The class of PyYAML that scans and parses; without one, its C loader where it has been built.
Loader: Any = None

MAX_DEPTH = 64
MAX_VALUES = 1_000_000
MAX_CHARACTERS = 64 * 1024 * 1024

# Controls, line separators and direction overrides: they act on a terminal instead of showing.
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SAFE_BYTES = bytes([9, 10, 13, *range(0x20, 0x7F)])

_STR = "tag:yaml.org,2002:str"
_TEXT_TAGS = {_STR, "!", "tag:yaml.org,2002:value"}
_COLLECTION_TAGS = {"!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_CONSTANTS = {"~": None, "null": None, "": None, "true": True, "false": False}
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_STRING_OR_LARGE_NUMBER = re.compile(rf"{_JSON_STRING.pattern}|(-?\d{{19,}}|-?\d[\d.]*[eE]\+?\d{{3,}})")
_NUMBER = re.compile(r"[-+]?(0|[1-9]\d{0,15})(\.\d{1,15})?\Z")
_PLAIN_TEXT_START = re.compile(r"[A-Za-z]")
_AMBIGUOUS_START = frozenset("yYnNtTfFoO")

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """A line and a column, both counted from one."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Misread:
    """A plain scalar that YAML 1.1 reads as something that a table never holds.

    It is no tuple, so that nothing takes it for a list.
    """

    text: str
    kind: str


class DocumentError(Exception):
    """The text is not one safe YAML document; ``place`` is where that shows."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.place = place


@dataclass
class Places:
    """Where values and keys of a document stand, by path, and which keys stand there twice."""

    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    duplicates: list[tuple[Path, Place]] = field(default_factory=list)


class _Level:
    """A mapping or a sequence that is being read.

    ``before`` is how many values and characters came before it. ``repeats`` says that its key stands
    in it a second time: what follows is read and not kept, and recorded under a path of its own.
    """

    __slots__ = ("anchor", "before", "key", "path", "repeats", "value")

    def __init__(self, value: Any, path: Path, anchor: str | None, before: tuple[int, int]) -> None:
        self.value = value
        self.path = path
        self.anchor = anchor
        self.before = before
        self.key: str | None = None
        self.repeats = False


def decode(data: bytes) -> str:
    """The text of UTF-8 bytes, with or without a byte order mark.

    Raises:
        DocumentError: the bytes are not UTF-8, or hold characters that act on a terminal.

    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError("this is UTF-16; save it as UTF-8", Place(1, 1))
    body = data.removeprefix(BYTE_ORDER_MARK)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8", "replace")
        message = f"byte 0x{body[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise DocumentError(message, _place_after(before)) from None
    if not text.isascii() or body.translate(None, _SAFE_BYTES):
        _refuse_unsafe(text)
    return text


def is_safe(text: str) -> bool:
    """Whether every character of ``text`` shows as itself instead of acting on a terminal."""
    return text.isprintable() or not UNSAFE.search(text)


def _refuse_unsafe(text: str) -> None:
    if found := UNSAFE.search(text):
        raise DocumentError(_unsafe(found[0]), _place_after(text[: found.start()]))


def _unsafe(character: str) -> str:
    return f"the character U+{ord(character):04X} acts on the terminal instead of showing; remove it"


def _place_after(text: str) -> Place:
    return Place(text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


def parse_json(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        DocumentError: the text is no JSON, nested too deeply, or not safe to print.

    """
    if sum(map(text.count, "[{,")) > MAX_VALUES:
        raise DocumentError(f"more than {MAX_VALUES:,} values", Place(1, 1))
    try:
        value = json.decode(text)
    except DecodeError as error:
        raise DocumentError(f"not JSON: {_reason(error)}", _json_place(text, error)) from None
    except RecursionError:
        raise DocumentError(f"nested more than {MAX_DEPTH} levels deep", Place(1, 1)) from None
    for string in _strings(value):
        if not is_safe(string):
            raise DocumentError(_unsafe(UNSAFE.findall(string)[0]), _escape_place(text))
    return value


def _escape_place(text: str) -> Place:
    """The place of the first string in a JSON text that holds an unsafe character."""
    found = (string.start() for string in _JSON_STRING.finditer(text) if not is_safe(json.decode(string[0])))
    return _place_after(text[: next(found)])


def _strings(value: Any) -> Iterator[str]:
    """Every string in a JSON value, keys too."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str(text):
                yield text
            case dict(mapping):
                waiting += mapping
                waiting += mapping.values()
            case list(items):
                waiting += items


def _reason(error: DecodeError) -> str:
    return str(error).removeprefix("JSON is malformed: ").partition(" (byte")[0].partition(" - at ")[0]


def _json_place(text: str, error: DecodeError) -> Place:
    if offset := re.search(r"\(byte (\d+)\)", str(error)):
        return _place_after(text.encode()[: int(offset[1])].decode("utf-8", "ignore"))
    if "out of range" not in str(error):
        return _place_after(text)
    numbers = (found.start() for found in _STRING_OR_LARGE_NUMBER.finditer(text) if found[1])
    return _place_after(text[: next(numbers, len(text))])


def parse_yaml(text: str, places: Places | None = None) -> Any:
    """The one document of ``text`` as dicts, lists, strings, numbers, booleans and None.

    With ``places``, positions are recorded there and duplicate keys are collected instead of
    raised. A scalar of any other YAML type becomes a `Misread`.

    Raises:
        DocumentError: the text is no YAML, not one document, or not safe to hold.

    """
    # A table in JSON, such as the one in the wheel, needs no YAML.
    import yaml

    builder = _Builder(places)
    try:
        return builder.build(text, Loader or getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = Place(mark.line + 1, mark.column + 1) if mark else builder.reached
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise DocumentError(f"not YAML: {problem}", place) from None
    except (ValueError, OverflowError):
        # What the parsers make of tags, escapes and versions that no character or number can be.
        raise DocumentError("not YAML: an impossible tag, escape or version", builder.reached) from None


class _Builder:
    """Turns the events of one document into values."""

    def __init__(self, places: Places | None) -> None:
        self.loader: Any = None
        self._scalar_node: Any = None
        self.places = places
        self.levels: list[_Level] = []
        self.anchors: dict[str, tuple[Any, int, int] | None] = {}
        self.count = 0
        self.characters = 0
        self.reached = Place(1, 1)
        self.documents = 0
        self.root: Any = None

    def build(self, text: str, loader: Any) -> Any:
        from yaml.events import (
            AliasEvent,
            DocumentStartEvent,
            MappingEndEvent,
            MappingStartEvent,
            ScalarEvent,
            SequenceEndEvent,
            SequenceStartEvent,
            StreamEndEvent,
        )
        from yaml.nodes import ScalarNode

        self.loader = loader(text)
        self._scalar_node = ScalarNode
        next_event = self.loader.get_event
        while True:
            event = next_event()
            kind = event.__class__
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent:
                self._start({}, event)
            elif kind is SequenceStartEvent:
                self._start([], event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._end(event)
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent:
                self._document(event)
                self.reached = _place(event)
            elif kind is StreamEndEvent:
                break
        if not self.documents:
            raise DocumentError("the file is empty; a table is expected", Place(1, 1))
        return self.root

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _error("a second document begins here; a table is one document", event)

    def _scalar(self, event: Any) -> None:
        text: str = event.value
        self._grow(1, len(text), event)
        if not text.isprintable() and (found := UNSAFE.search(text)):
            raise _error(_unsafe(found[0]), event)
        level = self.levels[-1] if self.levels else None
        if level is not None and level.value.__class__ is dict and level.key is None:
            self._key(level, text, event)
            return
        value = text if event.tag is None and not event.implicit[0] else self._resolve(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, 1, len(text))
        self._add(value, event)

    def _key(self, level: _Level, text: str, event: Any) -> None:
        if event.tag is not None and event.tag not in _TEXT_TAGS:
            raise _error(f"the tag {shown(event.tag)} is not allowed in a table", event)
        if text == "<<" and event.implicit[0]:
            raise _error("merge keys (<<) are not supported; write the keys out", event)
        level.key = text
        path = (*level.path, text) if self.places is not None else ()
        if text in level.value:
            if self.places is None:
                raise _error(f"the key {quoted(text)} stands here twice", event)
            self.places.duplicates.append((path, _place(event)))
            level.repeats = True
        elif self.places is not None:
            self.places.keys[path] = _place(event)

    def _resolve(self, event: Any) -> Any:
        text = event.value
        if event.tag is not None:
            if event.tag in _TEXT_TAGS:
                return text
            raise _error(f"the tag {shown(event.tag)} is not allowed in a table", event)
        if _PLAIN_TEXT_START.match(text) and text[0] not in _AMBIGUOUS_START:
            return text
        tag: str = self.loader.resolve(self._scalar_node, text, (True, False))
        return text if tag in _TEXT_TAGS else _constant(text, tag.rpartition(":")[2])

    def _start(self, value: Any, event: Any) -> None:
        self._grow(1, 0, event)
        if event.tag is not None and event.tag not in _COLLECTION_TAGS:
            raise _error(f"the tag {shown(event.tag)} is not allowed in a table", event)
        if len(self.levels) >= MAX_DEPTH:
            raise _error(f"nested more than {MAX_DEPTH} levels deep", event)
        if self.levels and self.levels[-1].value.__class__ is dict and self.levels[-1].key is None:
            raise _error("a key must be a word, not a mapping or a list", event)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        path = self._path()
        if self.places is not None:
            self.places.values[path] = _place(event)
        self.levels.append(_Level(value, path, event.anchor, (self.count, self.characters)))

    def _end(self, event: Any) -> None:
        level = self.levels.pop()
        if level.anchor is not None:
            values, characters = level.before
            self.anchors[level.anchor] = (level.value, self.count - values + 1, self.characters - characters)
        self._add(level.value, event, recorded=True)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            raise _error(f"the alias *{shown(event.anchor)} has no anchor before it", event)
        anchored = self.anchors[event.anchor]
        if anchored is None:
            raise _error(f"the alias *{shown(event.anchor)} stands inside what it names", event)
        value, size, characters = anchored
        self._grow(size, characters, event)
        level = self.levels[-1]
        if level.value.__class__ is dict and level.key is None:
            raise _error("a key must be written out, not given as an alias", event)
        self._add(value, event)

    def _path(self) -> Path:
        if self.places is None or not self.levels:
            return ()
        level = self.levels[-1]
        if level.key is None:
            return (*level.path, len(level.value))
        return (*level.path, f"{level.key}\0" if level.repeats else level.key)

    def _add(self, value: Any, event: Any, *, recorded: bool = False) -> None:
        if self.places is not None and not recorded:
            self.places.values[self._path()] = _place(event)
        if not self.levels:
            self.root = value
            return
        level = self.levels[-1]
        if level.key is None:
            level.value.append(value)
        else:
            level.value.setdefault(level.key, value)
            level.key = None
            level.repeats = False

    def _grow(self, values: int, characters: int, event: Any) -> None:
        self.count += values
        self.characters += characters
        if self.count > MAX_VALUES:
            raise _error(f"more than {MAX_VALUES:,} values, aliases counted in full", event)
        if self.characters > MAX_CHARACTERS:
            raise _error(f"more than {MAX_CHARACTERS:,} characters, aliases counted in full", event)


def _constant(text: str, kind: str) -> Any:
    """The value of a plain scalar that is not text."""
    if kind == "null":
        return None
    if kind == "bool" and text in _CONSTANTS:
        return _CONSTANTS[text]
    if kind in ("int", "float") and _NUMBER.match(text):
        return float(text) if "." in text else int(text)
    return Misread(text, kind)


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _error(message: str, event: Any) -> DocumentError:
    return DocumentError(message, _place(event))
