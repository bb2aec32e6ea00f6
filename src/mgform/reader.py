"""A file, to a table, or to every problem of it with its place."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from mgform.errors import DataError
from mgform.table import LabelWords, Table
from mgform.words import shown

if TYPE_CHECKING:
    from mgform.document import Document
    from mgform.shape import Finding

_DATA = Path(__file__).parent / "data"
_MOST_BYTES = 8 * 1024**2
_MOST_PROBLEMS = 100
_MORE = "more problems follow; mend these first"


class Problem(NamedTuple):
    """What is wrong in a file: the place, the path of the value, and a sentence.

    Line and column count from 1, and are None where the file cannot be read at all.
    """

    line: int | None
    column: int | None
    path: str
    message: str

    def told(self, file: str) -> str:
        """The problem as compilers tell it: ``FILE:LINE:COLUMN: path: what is wrong``."""
        place = name(file)
        if self.line is not None:
            place = f"{place}:{self.line}:{self.column}"
        if not self.path:
            return f"{place}: {self.message}"
        return f"{place}: {self.path}: {self.message}"


def load(path: str | None = None) -> Table:
    """The table in a YAML or JSON file, in standard input ("-"), or the one that mgform brings.

    Raises:
        DataError: the file cannot be read, or has problems; the sentence names the first.

    """
    if path is None:
        return _own_table()
    table, found = _read(path)
    if table is not None and not found:
        return table
    first, *others = found
    sentence = first.message
    if first.line is not None:
        sentence = first.told(path)
    if others:
        how = f"mgform validate {name(path)}"
        sentence = f"{sentence} ({len(others)} more: {how})"
    raise DataError(sentence)


def load_without_labels(path: str | None = None) -> Table:
    """The same table without the words of labels, of which most calls need none.

    They are a quarter of the table that mgform brings, and half of what it takes to read it.
    """
    if path is None and (_DATA / "forms.json").exists():
        return _own_forms()
    return msgspec.structs.replace(load(path), labels=LabelWords())


def _own_table() -> Table:
    """The table that comes with mgform.

    A wheel has it as JSON, too, checked when it was built and read ten times as fast as YAML.
    """
    if not (_DATA / "forms.json").exists():
        checkout = Path(__file__).parents[2]
        return load(str(checkout / "data" / "forms.yaml"))
    as_json = (_DATA / "labels.json").read_bytes()
    labels = msgspec.json.decode(as_json, type=LabelWords)
    return msgspec.structs.replace(_own_forms(), labels=labels)


def _own_forms() -> Table:
    """The table in a wheel, without the words of labels."""
    as_json = (_DATA / "forms.json").read_bytes()
    return msgspec.json.decode(as_json, type=Table)


def problems(path: str) -> list[Problem]:
    """Every problem of a file, in the order in which they stand there."""
    return _read(path)[1]


def name(path: str) -> str:
    """A file's name as it is shown."""
    if path == "-":
        return "standard input"
    return shown(path)


def file_text(path: str) -> str:
    """The text of a file, or of standard input ("-").

    Raises a DataError, where that cannot be read, is no UTF-8, or more than 8 MiB.
    """
    if not path:
        raise DataError(
            "no file is named where one is expected, as in --data mine.yaml"
        )
    try:
        with _opened(path) as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"cannot read {name(path)}: {reason}") from None
    if len(data) > _MOST_BYTES:
        most = _MOST_BYTES // 1024**2
        raise DataError(f"{name(path)} is larger than {most} MiB")
    text = data.decode("utf-8-sig", "replace")
    if "\0" in text or "\ufffd" in text:
        raise DataError(
            f"{name(path)} is not a readable text file; save it as UTF-8"
        )
    return text


def _opened(path: str) -> contextlib.AbstractContextManager[BinaryIO]:
    if path != "-":
        return Path(path).open("rb")
    if sys.stdin is None:
        return io.BytesIO()
    _wait_for_input(sys.stdin.buffer)
    # Standard input is not ours to close.
    return contextlib.nullcontext(sys.stdin.buffer)


def _wait_for_input(stream: BinaryIO) -> None:
    """Make reading wait, where a program has left us a pipe that would give a part and no more."""
    if hasattr(os, "set_blocking"):
        with contextlib.suppress(OSError, io.UnsupportedOperation):
            os.set_blocking(stream.fileno(), True)


def _read(path: str) -> tuple[Table | None, list[Problem]]:
    """The table in a file, where it fits the model, and the problems of the file."""
    from mgform import check, shape
    from mgform.document import Document, UnreadableError

    try:
        document = Document(file_text(path))
    except DataError as error:
        return None, [_without_place(str(error))]
    except UnreadableError as error:
        line, column = error.place
        return None, [Problem(line, column, path="", message=str(error))]
    try:
        table = shape.table_of(document.value)
    except msgspec.ValidationError as error:
        misfits = _placed(document, shape.misfits(document.value))
        if not misfits:
            line, column = document.place(())
            misfits = [Problem(line, column, path="", message=str(error))]
        return None, misfits
    return table, _placed(document, check.inconsistencies(table))


def _without_place(message: str) -> Problem:
    """A problem of a whole file."""
    return Problem(line=None, column=None, path="", message=message)


def _placed(
    document: "Document", findings: Iterator["Finding"]
) -> list[Problem]:
    """Findings with their places, in the order of the file, and not more than anybody reads."""
    placed = []
    for finding in islice(findings, _MOST_PROBLEMS):
        line, column = document.place(finding.path, at_key=finding.at_key)
        problem = Problem(
            line,
            column,
            path=_written(finding.path),
            message=finding.message,
        )
        placed.append(problem)
    placed.sort()
    if next(findings, None) is not None:
        placed.append(_without_place(_MORE))
    return placed


def _written(path: tuple[str | int, ...]) -> str:
    """A path as it is shown: ``forms[0].compounds[1].name``."""
    written = ""
    for step in path:
        if isinstance(step, int):
            written = f"{written}[{step}]"
        elif written:
            written = f"{written}.{shown(step)}"
        else:
            written = shown(step)
    return written
