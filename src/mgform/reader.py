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

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
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
        root = _compose(_as_yaml(text) if path.endswith(".json") else text)
        value = _Values().of(root, ())
    except DataError as error:
        return None, iter([Problem(None, None, "", str(error))])
    except _Unreadable as error:
        return None, iter([error.problem])
    from mgform import check

    try:
        table = msgspec.convert(value, Table, strict=False)
    except (msgspec.ValidationError, RecursionError):
        return None, _placed(root, check.misfits(value))
    return table, _placed(root, check.inconsistencies(table))


def _as_yaml(text: str) -> str:
    """JSON, once it is known to be well-formed, in the spelling that YAML shares."""
    import json

    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=float)
    except json.JSONDecodeError as error:
        raise _Unreadable(f"this is no JSON: {error.msg}", error.lineno, error.colno) from None
    except RecursionError:
        raise _Unreadable("values are nested too deeply", 1, 1) from None
    paired = _SURROGATES.sub(lambda pair: json.loads(f'"{pair[0]}"'), text)
    return paired.replace("\t", " ").replace("\\/", "/")


def _compose(text: str) -> Any:
    """The tree of a document, whose nodes know their places."""
    import yaml
    from yaml.composer import Composer

    class Loader(Composer, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """PyYAML's composer on the events of the C parser; a scalar's tag says whether it is plain."""

        def __init__(self, stream: str) -> None:
            super_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            super_class.__init__(self, stream)
            Composer.__init__(self)
            self.composed = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            self.composed += 1
            if self.composed > _MOST_VALUES:
                raise _Unreadable(f"the file holds more than {_MOST_VALUES:,} values", *_place(self.peek_event()))
            return Composer.compose_node(self, parent, index)

        def resolve(self, kind: Any, value: Any, implicit: Any) -> str:  # noqa: ARG002  # PyYAML calls it so
            return "plain" if kind is yaml.ScalarNode and implicit[0] else ""

    try:
        return Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sentence = " ".join(part for part in (error.problem, error.context) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _Unreadable(f"this is no YAML: {sentence}", line, column) from None
    except yaml.YAMLError as error:
        raise _Unreadable(f"this is no YAML: {str(error).splitlines()[0]}", 1, 1) from None
    except RecursionError:
        raise _Unreadable("values are nested too deeply", 1, 1) from None


def _place(node: Any) -> tuple[int, int]:
    return (node.start_mark.line + 1, node.start_mark.column + 1)


class _Values:
    """The plain values of a tree: mappings, lists, texts and None. What is shared by an alias is read once."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[Any, int]] = {}
        self.open: set[int] = set()
        self.number = 0

    def of(self, node: Any, path: tuple[Any, ...]) -> Any:
        """The value of a node; it raises where values repeat a key, hold themselves or are too many or too deep."""
        if node is None:
            raise _Unreadable("the file is empty", 1, 1)
        if id(node) in self.open:
            raise _Unreadable("the value contains itself", *_place(node))
        if len(path) > _MOST_DEPTH:
            raise _Unreadable(f"values are nested more than {_MOST_DEPTH} deep", *_place(node))
        if id(node) in self.known:
            value, size = self.known[id(node)]
            self._count(size, node)
            return value
        before = self.number
        self._count(1, node)
        if node.tag not in ("", "plain", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            raise _Unreadable(f"the tag {quoted(node.tag)} is not understood; leave it out", *_place(node))
        self.open.add(id(node))
        value = self._value(node, path)
        self.open.remove(id(node))
        self.known[id(node)] = value, self.number - before
        return value

    def _value(self, node: Any, path: tuple[Any, ...]) -> Any:
        if isinstance(node.value, str):
            return None if node.tag == "plain" and node.value in ("", "~", "null", "Null", "NULL") else node.value
        if not node.value or not isinstance(node.value[0], tuple):
            return [self.of(each, (*path, index)) for index, each in enumerate(node.value)] if _is_list(node) else {}
        values: dict[str, Any] = {}
        for key, each in node.value:
            if not isinstance(key.value, str):
                raise _Unreadable("a key is a text", *_place(key))
            if key.value in values:
                raise _Unreadable(f"the key {quoted(key.value)} stands here a second time", *_place(key))
            values[key.value] = self.of(each, (*path, key.value))
        return values

    def _count(self, size: int, node: Any) -> None:
        self.number += size
        if self.number > _MOST_VALUES:
            raise _Unreadable(f"the file holds more than {_MOST_VALUES:,} values, aliases included", *_place(node))


def _is_list(node: Any) -> bool:
    return type(node).__name__ == "SequenceNode"


def _placed(root: Any, found: "Iterator[Finding]") -> Iterator[Problem]:
    """Findings with their places in the file."""
    for path, message, at_key in found:
        node = root
        for step in path:
            pairs = node.value if isinstance(node.value, list) else []
            if isinstance(step, int) and _is_list(node):
                node = pairs[step]
                continue
            key, value = next(((key, value) for key, value in pairs if key.value == step), (None, node))
            if key is None:
                break
            node = key if at_key and step == path[-1] else value
        written = "".join(f"[{step}]" if isinstance(step, int) else f".{shown(str(step))}" for step in path)
        yield Problem(*_place(node), written.removeprefix("."), message)
