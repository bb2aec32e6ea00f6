"""Comparing plain values with the types of the model: every difference at once.

msgspec stops at the first difference; somebody who mends a table wants to see all of them.
The types are msgspec's own description of the model, so nothing of the model stands here.
"""

import re
from dataclasses import dataclass
from typing import Any

from msgspec.inspect import (
    EnumType,
    Field,
    FloatType,
    Metadata,
    NoneType,
    StrType,
    StructType,
    Type,
    UnionType,
    VarTupleType,
    type_info,
)

from mgform.consistency import Finding
from mgform.documents import Misread, Path
from mgform.hints import closest, did_you_mean, one_of, quoted
from mgform.model import Table


@dataclass
class Structure:
    """A table as far as it can be read.

    ``table`` has blanks where a value is missing or of a wrong type: ``blanks`` are their paths.
    """

    table: Table
    findings: list[Finding]
    blanks: set[Path]


def read(value: Any) -> Structure:
    """Read plain values as a table, and collect what does not fit the model."""
    reader = _Reader()
    table = reader.read(value, type_info(Table), ())
    return Structure(table, reader.findings, reader.blanks)


# A few kilobytes of aliases can hold a million mistakes.
MAX_PROBLEMS = 1000


class _Reader:
    """Reads values by the types that are expected, and notes where they differ."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.blanks: set[Path] = set()

    def read(self, value: Any, expected: Type, path: Path) -> Any:
        """``value`` as the model holds it, or a blank of the expected type."""
        if len(self.findings) > MAX_PROBLEMS:
            self.blanks.add(path)
            return _blank(expected)
        match expected:
            case Metadata():
                return self._described(value, expected, path)
            case UnionType():
                return None if value is None else self.read(value, _given(expected), path)
            case StructType():
                return self._struct(value, expected, path)
            case VarTupleType():
                return self._list(value, expected, path)
            case EnumType():
                return self._choice(value, expected, path)
            case _:
                raise NotImplementedError(f"the model has come to use {expected}")

    def _blank(self, path: Path, message: str, expected: Type) -> Any:
        self.findings.append(Finding(path, message))
        self.blanks.add(path)
        return _blank(expected)

    def _struct(self, value: Any, expected: StructType, path: Path) -> Any:
        if not isinstance(value, dict):
            return self._blank(path, f"a mapping with keys is expected, not {_what(value)}", expected)
        known = {field.encode_name: field for field in expected.fields}
        for key in value:
            if key not in known:
                if (meant := closest(key.casefold(), known)) and meant not in value:
                    self.blanks.add((*path, meant))
                message = f"the key {quoted(key)} is not known here{did_you_mean(key, known)}"
                self.findings.append(Finding((*path, key), f"{message} The keys are {one_of(known)}", at_key=True))
        return expected.cls(**{field.name: self._field(value, field, path) for field in expected.fields})

    def _field(self, value: dict[str, Any], field: Field, path: Path) -> Any:
        here = (*path, field.encode_name)
        if field.encode_name in value:
            return self.read(value[field.encode_name], field.type, here)
        if field.required:
            return self._blank(here, f"the key {quoted(field.encode_name)} is missing", field.type)
        return field.default

    def _list(self, value: Any, expected: VarTupleType, path: Path) -> Any:
        if not isinstance(value, list):
            return self._blank(path, f"a list is expected, not {_what(value)}", expected)
        least = expected.min_length or 0
        if len(value) < least:
            self.findings.append(Finding(path, f"the list has {len(value)} of the {least} or more that are needed"))
        return tuple(self.read(item, expected.item_type, (*path, index)) for index, item in enumerate(value))

    def _choice(self, value: Any, expected: EnumType, path: Path) -> Any:
        words = [member.value for member in expected.cls]
        if not isinstance(value, str):
            return self._blank(path, f"one of {one_of(words)} is expected, not {_what(value)}", expected)
        if value not in words:
            message = f"{quoted(value)} is not known here{did_you_mean(value, words)} There are {one_of(words)}"
            return self._blank(path, message, expected)
        return expected.cls(value)

    def _described(self, value: Any, expected: Metadata, path: Path) -> Any:
        wanted = (expected.extra_json_schema or {})["description"]
        if isinstance(expected.type, FloatType):
            return self._number(value, expected, expected.type, path, wanted)
        return self._text(value, expected, path, wanted)

    def _number(self, value: Any, expected: Metadata, kind: FloatType, path: Path, wanted: str) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self._blank(path, f"{wanted} is expected, not {_no_number(value)}", expected)
        above = kind.gt is None or value > kind.gt
        below = kind.le is None or value <= kind.le
        return value if above and below else self._blank(path, f"{value} is not {wanted}", expected)

    def _text(self, value: Any, expected: Metadata, path: Path, wanted: str) -> Any:
        if not isinstance(value, str):
            return self._blank(path, f"{wanted} is expected, not {_what(value)}", expected)
        pattern = expected.type.pattern if isinstance(expected.type, StrType) else None
        if pattern and not re.search(pattern, value):
            return self._blank(path, f"{quoted(value)} is not {wanted}", expected)
        return value


def _given(expected: UnionType) -> Type:
    """The type of an optional value where it is given."""
    return next(kind for kind in expected.types if not isinstance(kind, NoneType))


def _blank(expected: Type) -> Any:
    """A value that stands for one that is missing or unreadable."""
    match expected:
        case StructType():
            return expected.cls(**{f.name: _blank(f.type) if f.required else f.default for f in expected.fields})
        case VarTupleType():
            return ()
        case Metadata():
            return ""
        case _:
            return None


def _no_number(value: Any) -> str:
    """What a value is that should be a number: YAML 1.1 reads some numbers as text."""
    if isinstance(value, Misread):
        return f"{quoted(value.text)}; write the digits out"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"the text {quoted(value)}; write the digits out, without quotes"
    return _what(value)


_READ_AS = {
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
}


def _what(value: Any) -> str:
    """What a value is, in the words of somebody who writes YAML."""
    match value:
        case Misread():
            read_as = _READ_AS.get(value.kind, value.kind)
            return f"{quoted(value.text)}, which YAML reads as {read_as}; put it in quotes"
        case None:
            return "nothing"
        case bool():
            return f"{str(value).lower()}; put it in quotes if it is text"
        case int() | float():
            return f"the number {quoted(value)}; put it in quotes if it is text"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return quoted(value)
