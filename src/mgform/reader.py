"""A file, to a table, or to every problem of it with its place.

JSON is read as the YAML that it is. Scalars are read as text: what a text means is for the model to decide.
"""

import contextlib
import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from mgform.table import Table
from mgform.words import DataError, quoted, shown

if TYPE_CHECKING:
    from mgform.check import Finding

_MOST_BYTES = 8 * 1024**2
_MOST_VALUES = 250_000
_MOST_DEPTH = 64
_MOST_PROBLEMS = 1000
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


_TAGS = ("!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NOTHING = object()


class _Mark(NamedTuple):
    """A place, counted from 0 as PyYAML counts."""

    line: int
    column: int


class Problem(NamedTuple):
    """What is wrong in a file: the place, the path of the value, and a sentence.

    Line and column count from 1, and are None where the file cannot be read at all.
    """

    line: int | None
    column: int | None
    path: str
    message: str


class _Unreadable(Exception):  # noqa: N818
    """The text is no document: its sentence and its place."""

    def __init__(self, message: str, mark: Any = None) -> None:
        super().__init__(message)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self.problem = Problem(line, column, "", message)


def bundled() -> Path:
    """The table that comes with mgform: inside the package, or at the root of a checkout.

    A wheel holds it twice: as YAML, for people, and as the JSON made from it, which is read ten times as fast.
    """
    # importlib.resources would find it too, at a twentieth of a call's time.
    package = Path(__file__).parent
    places = (package / "data" / "forms.json", package / "data" / "forms.yaml")
    return next((place for place in places if place.exists()), package.parents[1] / "data" / "forms.yaml")


def load(path: str | None = None) -> Table:
    """The table in a YAML or JSON file, in standard input ("-"), or the one that comes with mgform.

    Raises:
        DataError: the file cannot be read, or has problems; the sentence names the first, with its place.

    """
    if path is None:
        own = bundled()
        if own.suffix == ".json":
            # It was checked when the wheel was built.
            return msgspec.json.decode(own.read_bytes(), type=Table)
        path = str(own)
    table, found = _read(path)
    first = next(found, None)
    if first is None and table is not None:
        return table
    others = sum(1 for _ in islice(found, _MOST_PROBLEMS))
    rest = f" ({others} more: mgform validate {name(path)})" if others else ""
    where = "" if first is None or first.line is None else f"{name(path)}:{first.line}:{first.column}: "
    raise DataError(f"{where}{': '.join(part for part in (first.path, first.message) if part)}{rest}" if first else "")


def problems(path: str) -> list[Problem]:
    """Every problem of a file; what does not fit the model first, and then what does not fit together."""
    found = list(islice(_read(path)[1], _MOST_PROBLEMS + 1))
    if len(found) > _MOST_PROBLEMS:
        found[_MOST_PROBLEMS:] = [Problem(None, None, "", "more problems follow; mend these first")]
    return found


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
        data = _standard_input() if path == "-" else _file(path)
    except (OSError, ValueError) as error:
        raise DataError(f"cannot read {name(path)}: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > _MOST_BYTES:
        raise DataError(f"cannot read {name(path)}: it is larger than {_MOST_BYTES // 1024**2} MiB")
    with contextlib.suppress(UnicodeDecodeError):
        if b"\0" not in data:
            return data.decode("utf-8-sig")
    raise DataError(f"{name(path)} is not a readable text file; save it as UTF-8")


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise OSError("there is no standard input")
    with contextlib.suppress(io.UnsupportedOperation):
        os.set_blocking(sys.stdin.fileno(), True)
    return sys.stdin.buffer.read(_MOST_BYTES + 1)


def _file(path: str) -> bytes:
    # Without O_NONBLOCK, opening a FIFO that nobody writes to waits for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
            raise OSError("it is a device, not a file")
        os.set_blocking(descriptor, True)
        return file.read(_MOST_BYTES + 1)


def _read(path: str) -> tuple[Table | None, Iterator[Problem]]:
    """The table in a file, where it fits the model, and the problems of the file."""
    try:
        text = text_of(path)
        document = Document(_as_yaml(text) if path.endswith(".json") else text)
    except DataError as error:
        return None, iter([Problem(None, None, "", str(error))])
    except _Unreadable as error:
        return None, iter([error.problem])
    from mgform import check

    try:
        table = msgspec.convert(document.value, Table, strict=False)
    except (msgspec.ValidationError, RecursionError):
        return None, document.placed(check.misfits(document.value))
    return table, document.placed(check.inconsistencies(table))


def _as_yaml(text: str) -> str:
    """JSON, once it is known to be well-formed, in the spelling that YAML shares."""
    import json

    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=float)
    except json.JSONDecodeError as error:
        raise _Unreadable(f"this is no JSON: {error.msg}", _Mark(error.lineno - 1, error.colno - 1)) from None
    except RecursionError:
        raise _Unreadable("values are nested too deeply") from None
    paired = _SURROGATES.sub(lambda pair: json.loads(f'"{pair[0]}"'), text)
    return paired.replace("\t", " ").replace("\\/", "/")


class Document:
    """A YAML text as plain values, built from the parser's events: mappings, lists, texts and None.

    Plain scalars other than null are texts. ``places`` are the marks of keys and values, by their container's id.
    """

    def __init__(self, text: str) -> None:
        import yaml

        self.value: Any = _NOTHING
        self.places: dict[int, dict[str | int, tuple[Any, Any]]] = {}
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open: list[_Container] = []
        self.number = 0
        get_event = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event
        try:
            while (event := get_event()) is not None:
                if isinstance(event, yaml.ScalarEvent):
                    self._scalar(event)
                elif isinstance(event, yaml.CollectionStartEvent):
                    self._begin({} if isinstance(event, yaml.MappingStartEvent) else [], event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._end(self.open.pop())
                elif isinstance(event, yaml.AliasEvent):
                    self._alias(event)
                elif isinstance(event, yaml.DocumentStartEvent) and self.value is not _NOTHING:
                    raise _Unreadable("a table is one document; another one begins here", event.start_mark)
        except yaml.MarkedYAMLError as error:
            sentence = " ".join(part for part in (error.problem, error.context) if part)
            raise _Unreadable(f"this is no YAML: {sentence}", error.problem_mark or error.context_mark) from None
        except yaml.YAMLError as error:
            raise _Unreadable(f"this is no YAML: {str(error).splitlines()[0]}") from None
        if self.value is _NOTHING:
            raise _Unreadable("the file is empty")

    def _scalar(self, event: Any) -> None:
        value = event.value
        if value in _NULLS and event.implicit[0] and not (self.open and self.open[-1].wants_key()):
            value = None
        self._add(value, 1, event.start_mark, event.tag)
        if event.anchor:
            self.anchors[event.anchor] = value, 1

    def _begin(self, values: Any, event: Any) -> None:
        """Open a mapping or a list."""
        if len(self.open) >= _MOST_DEPTH:
            raise _Unreadable(f"values are nested more than {_MOST_DEPTH} deep", event.start_mark)
        self._add(values, 1, event.start_mark, event.tag)
        self.open.append(_Container(values, event.anchor, self.number - 1))
        self.places[id(values)] = self.open[-1].places

    def _end(self, container: "_Container") -> None:
        if container.anchor:
            self.anchors[container.anchor] = container.values, self.number - container.before

    def _alias(self, event: Any) -> None:
        """Add what an anchor names once more; it counts as often as it stands."""
        if any(container.anchor == event.anchor for container in self.open):
            raise _Unreadable("the value contains itself", event.start_mark)
        if event.anchor not in self.anchors:
            raise _Unreadable(f"no anchor is called {quoted(event.anchor)}", event.start_mark)
        self._add(*self.anchors[event.anchor], event.start_mark, None)

    def _add(self, value: Any, size: int, mark: Any, tag: str | None) -> None:
        """Add a value, or a key, to the container that is open."""
        self.number += size
        if self.number > _MOST_VALUES:
            raise _Unreadable(f"the file holds more than {_MOST_VALUES:,} values, aliases included", mark)
        if tag is not None and tag not in _TAGS:
            raise _Unreadable(f"the tag {quoted(tag)} is not understood; leave it out", mark)
        if not self.open:
            self.value, self.mark = value, mark
            return
        container = self.open[-1]
        values, key = container.values, container.key
        if container.is_list:
            container.places[len(values)] = mark, mark
            values.append(value)
        elif key is not None:
            container.places[key] = container.mark, mark
            values[key] = value
            container.key = None
        elif not isinstance(value, str):
            raise _Unreadable("a key is to be a text", mark)
        elif value in values:
            raise _Unreadable(f"the key {quoted(value)} stands here a second time", mark)
        else:
            container.key, container.mark = value, mark

    def placed(self, found: "Iterator[Finding]") -> Iterator[Problem]:
        """Findings with their places in the file."""
        for path, message, at_key in found:
            value, mark = self.value, self.mark
            for step in path:
                marks = self.places.get(id(value), {}).get(step)
                if marks is None:
                    break
                value, mark = value[step], marks[not (at_key and step == path[-1])]
            written = "".join(f"[{step}]" if isinstance(step, int) else f".{shown(str(step))}" for step in path)
            yield Problem(mark.line + 1, mark.column + 1, written.removeprefix("."), message)


class _Container:
    """A mapping or a list that is being built; ``before`` is how many values came before it."""

    __slots__ = ("anchor", "before", "is_list", "key", "mark", "places", "values")

    def __init__(self, values: Any, anchor: str | None, before: int) -> None:
        self.values, self.anchor, self.before = values, anchor, before
        self.is_list = isinstance(values, list)
        self.places: dict[str | int, tuple[Any, Any]] = {}
        self.key: str | None = None
        self.mark: Any = None

    def wants_key(self) -> bool:
        """Whether a key is what comes next."""
        return not self.is_list and self.key is None
