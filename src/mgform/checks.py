"""The answer of ``validate``: every problem of every file."""

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import json

from mgform import files
from mgform.errors import DataError
from mgform.formats import Answer
from mgform.loader import is_json
from mgform.validation import problems


class Line(NamedTuple):
    """A problem of a file; without a place where the file cannot be read at all."""

    file: str
    line: int | None
    column: int | None
    path: str
    message: str

    def __str__(self) -> str:
        """The problem as compilers write theirs, which editors know how to follow."""
        parts = (files.label(self.file), self.line, self.column, f" {self.path}", f" {self.message}")
        return ":".join(str(part) for part in parts if part is not None and part != " ")


def answer(names: Iterable[str], *, as_json: bool) -> Answer:
    """The problems of some files, and status 1 if there is one."""
    checked = list(names)
    found = [line for name in checked for line in _lines(name)]
    status = DataError.status if found else 0
    if as_json:
        rows = [line._asdict() | {"file": _utf8(line.file)} for line in found]
        return Answer(json.format(json.encode(rows), indent=2).decode() + "\n", is_for_machines=True, status=status)
    text = [str(line) for line in found] or [f"{files.label(name)}: no problems" for name in checked]
    return Answer("".join(f"{line}\n" for line in text), status=status)


def _utf8(name: str) -> str:
    """A file's name as JSON can hold it: bytes that are no UTF-8 are replaced."""
    return os.fsencode(name).decode("utf-8", "replace")


def _lines(name: str) -> Iterator[Line]:
    try:
        data = files.read(name)
    except DataError as error:
        yield Line(name, None, None, "", str(error))
        return
    for problem in problems(data, is_json=is_json(name)):
        yield Line(name, *problem.place, problem.path, problem.message)
