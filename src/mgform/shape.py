"""Every value that is not what the model wants there; msgspec itself stops at the first."""

from collections.abc import Iterator
from enum import Enum
from functools import cache
from types import GenericAlias, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from msgspec import Meta, ValidationError, convert, defstruct, structs

from mgform.table import Record, Table
from mgform.words import listed, quoted, shown, unknown

_MAPPING = "a mapping (key: value)"
_LIST = "a list"

Path = tuple[str | int, ...]
"""Where a value stands: ``("notes", 2, "source")``."""


class Finding(NamedTuple):
    """What is wrong, and the path of the value that shows it, or of its key (``at_key``)."""

    path: Path
    message: str
    at_key: bool = False


def table_of(value: Any) -> Table:
    """The table in plain values; a ValidationError where they are none."""
    # The model itself leaves out the patterns of texts.
    convert(value, _exact(Table), strict=False)
    return convert(value, Table, strict=False)


def misfits(value: Any) -> Iterator[Finding]:
    """Every difference between plain values and the model."""
    return _misfits(value, _exact(Table), ())


def _exact(expected: Any) -> Any:
    """A type of the model with the patterns of its texts.

    The model keeps them in its schema alone: to compile them takes longer than a start may.
    """
    kind = get_origin(expected)
    arguments = get_args(expected)
    if kind is Annotated:
        bare, limits = arguments
        return Annotated[_exact(bare), _with_pattern(limits)]
    if kind in (Union, UnionType):
        return _exact(arguments[0]) | None
    if kind is not None:
        return GenericAlias(kind, tuple(map(_exact, arguments)))
    if isinstance(expected, type) and issubclass(expected, Record):
        return _exact_record(expected)
    return expected


def _with_pattern(limits: Meta) -> Meta:
    """The limits of a text, with the pattern that its schema has."""
    if limits.extra_json_schema is None:
        return limits
    return Meta(
        pattern=limits.extra_json_schema["pattern"],
        max_length=limits.max_length,
        description=limits.description,
    )


@cache
def _exact_record(kind: type[Record]) -> Any:
    """A record whose texts have their patterns. Nobody reads its values: any default will do."""
    fields: list[Any] = []
    for field in structs.fields(kind):
        if field.required:
            fields.append((field.name, _exact(field.type)))
        else:
            fields.append((field.name, _exact(field.type), None))
    return defstruct(kind.__name__, fields, bases=(Record,), kw_only=True)


def _misfits(
    value: Any,
    expected: Any,
    path: Path,
) -> Iterator[Finding]:
    """Every difference between plain values and a type of the model."""
    if _fits(value, expected):
        return
    kind, limits = _bare(expected)
    if get_origin(kind) is tuple:
        yield from _in_list(value, kind, limits, path)
    elif get_origin(kind) is dict:
        yield from _in_mapping(value, kind, path)
    elif issubclass(kind, Record):
        yield from _in_record(value, kind, path)
    elif issubclass(kind, Enum):
        yield Finding(path, _no_word_of(value, kind))
    else:
        sentence = f"{_told(value)} is not {limits.description}"
        yield Finding(path, sentence + _unseen(value))


def _fits(value: Any, expected: Any) -> bool:
    try:
        convert(value, expected, strict=False)
    except ValidationError:
        return False
    return True


def _bare(expected: Any) -> tuple[Any, Meta]:
    """A type of the model without None and without its annotation, and the annotation."""
    if get_origin(expected) in (Union, UnionType):
        expected = get_args(expected)[0]
    if get_origin(expected) is Annotated:
        kind, limits = get_args(expected)
        return kind, limits
    return expected, Meta()


def _in_list(
    value: Any,
    kind: Any,
    limits: Meta,
    path: Path,
) -> Iterator[Finding]:
    if not isinstance(value, list):
        sentence = f"{_told(value)} is not {_LIST}"
        item_kind, _ = _bare(get_args(kind)[0])
        if item_kind is str and isinstance(value, str):
            sentence = f"{sentence}; write [{shown(value)}]"
        yield Finding(path, sentence)
        return
    if not _has_room(value, limits):
        sentence = (
            f"{len(value)} are here, and there can be {limits.description}"
        )
        yield Finding(path, sentence)
    expected = get_args(kind)[0]
    for index, item in enumerate(value):
        yield from _misfits(item, expected, (*path, index))


def _has_room(items: list[Any], limits: Meta) -> bool:
    """Whether a list has as many items as it may have."""
    if limits.min_length is not None and len(items) < limits.min_length:
        return False
    return limits.max_length is None or len(items) <= limits.max_length


def _in_mapping(
    value: Any,
    kind: Any,
    path: Path,
) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding(path, f"{_told(value)} is not {_MAPPING}")
        return
    expected_key, expected = get_args(kind)
    for key, item in value.items():
        item_path = (*path, key)
        for finding in _misfits(key, expected_key, item_path):
            yield finding._replace(at_key=True)
        yield from _misfits(item, expected, item_path)


def _in_record(
    value: Any,
    kind: type[Record],
    path: Path,
) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding(path, f"{_told(value)} is not {_MAPPING}")
        return
    fields = {field.name: field for field in structs.fields(kind)}
    for key, item in value.items():
        item_path = (*path, key)
        if key in fields:
            yield from _misfits(item, fields[key].type, item_path)
        else:
            sentence = unknown("key", key, fields)
            yield Finding(item_path, sentence, at_key=True)
    for field in fields.values():
        if field.required and field.name not in value:
            yield Finding(path, f"the key {quoted(field.name)} is missing")


def _no_word_of(value: Any, kind: type[Enum]) -> str:
    """Why a value is none of a few words."""
    words = [member.value for member in kind]
    if isinstance(value, str):
        return unknown(kind.__name__.lower(), value, words)
    return f"{_told(value)} is not {listed(words, 'or')}"


def _told(value: Any) -> str:
    """A value as a sentence names it."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return _MAPPING
    if isinstance(value, list):
        return _LIST
    return quoted(value)


def _unseen(value: Any) -> str:
    """Which character of a text cannot be seen, if one cannot."""
    if not isinstance(value, str):
        return ""
    for character in value:
        if not character.isprintable() and character != "\n":
            number = f"U+{ord(character):04X}"
            return f"; it holds {number}, which cannot be seen"
    return ""
