"""A file, to a table, or to every problem of it with its place.

JSON is read as the YAML that it is. Scalars are read as text: what a text means is for the model to decide.
"""

import contextlib
import io
import os
import re
import sys
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from mgform.errors import DataError
from mgform.table import Table
from mgform.words import quoted, shown

_MOST_BYTES = 8 * 1024**2
_MOST_VALUES = 100_000
_MOST_TEXT = 4_000_000
_MOST_DEPTH = 64
_MOST_PROBLEMS = 100
_TOO_MUCH = f"with aliases, a file may hold {_MOST_VALUES:,} values, {_MOST_DEPTH} deep, and {_MOST_TEXT:,} characters"
_NULLS = {"", "~", "null", "Null", "NULL"}
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
        place = ":".join(
            str(part) for part in (name(file), self.line, self.column) if part is not None
        )
        return ": ".join(part for part in (place, self.path, self.message) if part)


class Unreadable(Exception):  # noqa: N818
    """A text is no document: why, and the mark of the place, or None for the beginning."""


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
    """The text of a file, or of standard input ("-"); a DataError, where that is no UTF-8, or more than 8 MiB."""
    if not path:
        raise DataError("no file is named where one is expected, as in --data mine.yaml")
    given = sys.stdin.buffer if sys.stdin else io.BytesIO()
    # Without O_NONBLOCK, opening a FIFO that nobody writes to waits for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
    try:
        with (
            contextlib.nullcontext(given)
            if path == "-"
            else os.fdopen(os.open(path, flags), "rb") as file
        ):
            with contextlib.suppress(io.UnsupportedOperation):
                os.set_blocking(file.fileno(), True)
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DataError(
            f"cannot read {name(path)}: {getattr(error, 'strerror', None) or error}"
        ) from None
    if len(data) > _MOST_BYTES:
        raise DataError(f"{name(path)} is larger than {_MOST_BYTES // 1024**2} MiB")
    text = data.decode("utf-8-sig", "replace")
    if "\0" in text or "\ufffd" in text:
        raise DataError(f"{name(path)} is not a readable text file; save it as UTF-8")
    return text


def _read(path: str) -> tuple[Table | None, list[Problem]]:
    """The table in a file, where it fits the model, and the problems of the file, as many as anybody reads."""
    try:
        document = Document(text_of(path))
    except DataError as error:
        return None, [Problem(None, None, "", str(error))]
    except Unreadable as error:
        message, mark = error.args
        return None, [_problem(mark, "", message)]
    from mgform import check

    table = None
    try:
        table = msgspec.convert(document.value, Table, strict=False)
        findings = check.inconsistencies(table, document.value)
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

    Raises an Unreadable where it is no document, or holds what no table needs.
    """

    def __init__(self, text: str) -> None:
        import yaml

        if text.lstrip().startswith("{"):
            # JSON writes a character beyond U+FFFF as two escapes, which YAML does not know.
            text = _SURROGATES.sub(lambda pair: msgspec.json.decode(f'"{pair[0]}"'), text)
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        # What these do in PyYAML is to guess tags; here a node has the tag that is written, and is counted.
        loader.descend_resolver, loader.ascend_resolver, loader.resolve = (
            self._enter,
            self._leave,
            lambda *_: None,
        )
        self._left, self._characters, self._depth = _MOST_VALUES, _MOST_TEXT, 0
        try:
            self._root = loader.get_single_node()
        except yaml.YAMLError as error:
            parts = [getattr(error, part, None) for part in ("context", "problem")]
            sentence = ", ".join(filter(None, parts)) or str(error).partition("\n")[0]
            raise Unreadable(
                f"this is no YAML: {sentence}", getattr(error, "problem_mark", None)
            ) from None
        if self._root is None:
            raise Unreadable("the file is empty", None)
        self._left = _MOST_VALUES
        self.value = self._plain(self._root, 0)

    def placed(self, path: tuple[str | int, ...], message: str, at_key: bool) -> Problem:
        """What is wrong with the value at a path, or with its key, with its place."""
        key = node = self._root
        for step in path:
            if isinstance(step, int):
                key = node = node.value[step]
            else:
                key, node = next(pair for pair in node.value if pair[0].value == step)
        written = "".join(
            f"[{step}]" if isinstance(step, int) else f".{shown(step)}" for step in path
        )
        return _problem((key if at_key else node).start_mark, written.removeprefix("."), message)

    def _enter(self, around: Any, _: object) -> None:
        self._depth += 1
        self._left -= 1
        if self._left < 0 or self._depth > _MOST_DEPTH:
            raise Unreadable(_TOO_MUCH, around.start_mark)

    def _leave(self) -> None:
        self._depth -= 1

    def _plain(self, node: Any, depth: int) -> Any:
        """The value of a node that stands inside ``depth`` others; each alias counts as what it repeats."""
        kind, value = node.id, node.value
        self._left -= 1
        self._characters -= len(value) if kind == "scalar" else 0
        if self._left < 0 or self._characters < 0 or depth > _MOST_DEPTH:
            raise Unreadable(_TOO_MUCH, node.start_mark)
        if node.tag:
            raise Unreadable(
                f"the tag {quoted(node.tag)} is not understood; leave it out", node.start_mark
            )
        if kind == "scalar":
            return None if value in _NULLS and not node.style else value
        if kind == "sequence":
            return [self._plain(each, depth + 1) for each in value]
        values: dict[str, Any] = {}
        for key, inner in value:
            step = self._plain(key, depth + 1)
            if not isinstance(step, str):
                raise Unreadable("a key is to be a text", key.start_mark)
            if step in values:
                raise Unreadable(
                    f"the key {quoted(step)} stands here a second time", key.start_mark
                )
            values[step] = self._plain(inner, depth + 1)
        return values
