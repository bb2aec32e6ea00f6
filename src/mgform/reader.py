"""A file, to a table, or to every problem of it with its place.

JSON is read as the YAML that it is. Scalars are read as text: what a text means is for the model to decide.
"""

import contextlib
import io
import os
import re
import stat
import sys
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from mgform.table import Table
from mgform.words import DataError, quoted, shown

_MOST_BYTES = 8 * 1024**2
_MOST_VALUES = 250_000
_MOST_DEPTH = 64
_MOST_PROBLEMS = 100
_NULLS = ("", "~", "null", "Null", "NULL")
_SURROGATES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


class Problem(NamedTuple):
    """What is wrong in a file: the place, the path of the value, and a sentence.

    Line and column count from 1, and are None where the file cannot be read at all.
    """

    line: int | None
    column: int | None
    path: str
    message: str

    def told(self, file: str) -> str:
        """The problem as a line, in the manner of compilers: ``FILE:LINE:COLUMN: path: what is wrong``."""
        place = ":".join(str(part) for part in (name(file), self.line, self.column) if part is not None)
        return ": ".join(part for part in (place, self.path, self.message) if part)


class _Unreadable(Exception):  # noqa: N818
    """The text is no document: why, and the mark of the place, or None for the beginning."""


def load(path: str | None = None) -> Table:
    """The table in a YAML or JSON file, in standard input ("-"), or the one that comes with mgform.

    Raises:
        DataError: the file cannot be read, or has problems; the sentence names the first, with its place.

    """
    if path is None:
        # A wheel has its table as JSON, too, checked when it was built and read ten times as fast as YAML.
        package = Path(__file__).parent
        if (own := package / "data" / "forms.json").exists():
            return msgspec.json.decode(own.read_bytes(), type=Table)
        path = str(package.parents[1] / "data" / "forms.yaml")
    table, found = _read(path)
    if table is not None and not found:
        return table
    first, *others = found
    rest = f" ({len(others)} more: mgform validate {name(path)})" if others else ""
    raise DataError((first.message if first.line is None else first.told(path)) + rest)


def problems(path: str) -> list[Problem]:
    """Every problem of a file; what does not fit the model first, and then what does not fit together."""
    return _read(path)[1]


def name(path: str) -> str:
    """A file's name as it is shown."""
    return "standard input" if path == "-" else shown(path)


def text_of(path: str) -> str:
    """The text of a file, or of standard input ("-").

    Raises:
        DataError: it cannot be read, is larger than 8 MiB, or is not UTF-8.

    """
    if not path:
        raise DataError("no file is named where one is expected, as in --data mine.yaml")
    try:
        text = _bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    except (OSError, ValueError) as error:
        raise DataError(f"cannot read {name(path)}: {getattr(error, 'strerror', None) or error}") from None
    if "\0" in text:
        raise DataError(f"{name(path)} is not a readable text file; save it as UTF-8")
    return text


def _bytes_of(path: str) -> bytes:
    if path == "-":
        if sys.stdin is None:
            raise OSError("there is no standard input")
        with contextlib.suppress(io.UnsupportedOperation):
            os.set_blocking(sys.stdin.fileno(), True)
        data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    else:
        # Without O_NONBLOCK, opening a FIFO that nobody writes to waits for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if stat.S_ISCHR(os.fstat(descriptor).st_mode):
                raise OSError("it is a device, not a file")
            os.set_blocking(descriptor, True)
            data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise OSError(f"it is larger than {_MOST_BYTES // 1024**2} MiB")
    return data


def _read(path: str) -> tuple[Table | None, list[Problem]]:
    """The table in a file, where it fits the model, and the problems of the file, as many as anybody reads."""
    try:
        document = Document(text_of(path))
    except DataError as error:
        return None, [Problem(None, None, "", str(error))]
    except _Unreadable as error:
        message, mark = error.args
        return None, [_problem(mark, "", message)]
    from mgform import check

    table = None
    try:
        table = msgspec.convert(document.value, Table, strict=False)
        findings = check.inconsistencies(table)
    except msgspec.ValidationError:
        findings = check.misfits(document.value)
    found = [document.placed(*each) for each in islice(findings, _MOST_PROBLEMS + 1)]
    if len(found) > _MOST_PROBLEMS:
        found[_MOST_PROBLEMS:] = [Problem(None, None, "", "more problems follow; mend these first")]
    return table, found


def _problem(mark: Any, path: str, message: str) -> Problem:
    """A problem at a mark, which counts from 0, or at the beginning."""
    return Problem(mark.line + 1 if mark else 1, mark.column + 1 if mark else 1, path, message)


class Document:
    """A YAML text as plain values: mappings, lists, texts, and None for a plain null.

    Raises:
        _Unreadable: it is no document, or holds what no table needs.

    """

    def __init__(self, text: str) -> None:
        import yaml

        if text.lstrip().startswith("{"):
            # JSON writes a character beyond U+FFFF as two escapes, which YAML does not know.
            text = _SURROGATES.sub(lambda pair: msgspec.json.decode(f'"{pair[0]}"'), text)
        self._yaml = yaml
        self._next = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event
        self._number = 0
        self._anchors: dict[str, tuple[Any, int]] = {}  # a value, and how many values that is
        self._marks: dict[int, dict[str | int, tuple[Any, Any]]] = {}  # by container, of each key and its value
        try:
            self.value = self._whole()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            parts = [getattr(error, part, None) for part in ("problem", "context")]
            sentence = " ".join(filter(None, parts)) or str(error).partition("\n")[0]
            raise _Unreadable(f"this is no YAML: {sentence}", mark) from None

    def placed(self, path: tuple[str | int, ...], message: str, at_key: bool) -> Problem:
        """What is wrong with the value at a path, or with its key, with its place."""
        value, marks = self.value, (self._mark, self._mark)
        for step in path:
            value, marks = value[step], self._marks[id(value)][step]
        written = "".join(f"[{step}]" if isinstance(step, int) else f".{shown(step)}" for step in path)
        return _problem(marks[not at_key], written.removeprefix("."), message)

    def _whole(self) -> Any:
        """The value of the one document that the text is to be."""
        self._next()
        if isinstance(self._next(), self._yaml.StreamEndEvent):
            raise _Unreadable("the file is empty", None)
        event = self._next()
        self._mark = event.start_mark
        value = self._value(event, 0)
        self._next()
        if not isinstance(end := self._next(), self._yaml.StreamEndEvent):
            raise _Unreadable("a table is one document; another one begins here", end.start_mark)
        return value

    def _value(self, event: Any, depth: int) -> Any:
        """The value that an event begins, inside ``depth`` others; what an anchor names counts at each alias."""
        if isinstance(event, self._yaml.AliasEvent):
            if event.anchor not in self._anchors:
                sentence = f"no value that ends before here has the anchor {quoted(event.anchor)}"
                raise _Unreadable(sentence, event.start_mark)
            value, size = self._anchors[event.anchor]
            self._count(size, event)
            return value
        before = self._number
        self._count(1, event)
        if event.tag:
            raise _Unreadable(f"the tag {quoted(event.tag)} is not understood; leave it out", event.start_mark)
        if isinstance(event, self._yaml.ScalarEvent):
            value = None if event.value in _NULLS and event.implicit[0] else event.value
        elif depth == _MOST_DEPTH:
            raise _Unreadable(f"values are nested more than {_MOST_DEPTH} deep", event.start_mark)
        else:
            self._anchors.pop(event.anchor, None)
            within = self._list if isinstance(event, self._yaml.SequenceStartEvent) else self._mapping
            value = within(depth + 1)
        if event.anchor:
            self._anchors[event.anchor] = value, self._number - before
        return value

    def _count(self, size: int, event: Any) -> None:
        self._number += size
        if self._number > _MOST_VALUES:
            raise _Unreadable(f"the file holds more than {_MOST_VALUES:,} values, aliases included", event.start_mark)

    def _list(self, depth: int) -> list[Any]:
        values: list[Any] = []
        marks = self._marks[id(values)] = {}
        while not isinstance(event := self._next(), self._yaml.SequenceEndEvent):
            marks[len(values)] = event.start_mark, event.start_mark
            values.append(self._value(event, depth))
        return values

    def _mapping(self, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        marks = self._marks[id(values)] = {}
        while not isinstance(event := self._next(), self._yaml.MappingEndEvent):
            key, inner = self._value(event, depth), self._next()
            if not isinstance(key, str):
                raise _Unreadable("a key is to be a text", event.start_mark)
            if key in values:
                raise _Unreadable(f"the key {quoted(key)} stands here a second time", event.start_mark)
            marks[key] = event.start_mark, inner.start_mark
            values[key] = self._value(inner, depth)
        return values
