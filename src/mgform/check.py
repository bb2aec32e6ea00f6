"""Everything that is wrong in a table: what does not fit the model, and what does not fit together."""

from collections.abc import Collection, Iterator
from enum import Enum
from operator import itemgetter
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from msgspec import Meta, ValidationError, convert, json, structs

from mgform.names import key, keys, names_of
from mgform.table import Kind, LabelWords, Origin, Record, Table
from mgform.words import listed, quoted, unknown

Path = tuple[str | int, ...]
"""Where a value stands: ``("forms", 0, "notes", 2, "source")``."""


class Finding(NamedTuple):
    """What is wrong, and the path of the value that shows it; ``at_key`` where the key itself is wrong."""

    path: Path
    message: str
    at_key: bool = False


def misfits(value: Any, expected: Any = Table, path: Path = ()) -> Iterator[Finding]:
    """Every difference between plain values and a type of the model; msgspec itself stops at the first."""
    try:
        convert(value, expected, strict=False)
    except ValidationError:
        kind, annotation = _bare(expected)
        if get_origin(kind) in (tuple, dict):
            yield from _in_container(value, kind, annotation, path)
        elif issubclass(kind, Record):
            yield from _in_record(value, kind, path)
        elif issubclass(kind, Enum) and isinstance(value, str):
            yield Finding(path, unknown(kind.__name__.lower(), value, kind))
        else:
            yield Finding(path, f"{_what(value)} is not {annotation.description or listed(kind, 'or')}{_unseen(value)}")


def _bare(expected: Any) -> tuple[Any, Meta]:
    """A type of the model without None and without its annotation, and the annotation."""
    if get_origin(expected) in (Union, UnionType):
        expected = get_args(expected)[0]
    return (expected.__origin__, expected.__metadata__[0]) if get_origin(expected) is Annotated else (expected, Meta())


def _in_record(value: Any, kind: type[Record], path: Path) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding(path, f"keys with values are expected, not {_what(value)}")
        return
    known = {field.name: field for field in structs.fields(kind)}
    for name, each in value.items():
        if name in known:
            yield from misfits(each, known[name].type, (*path, name))
        else:
            yield Finding((*path, name), unknown("key", name, known), at_key=True)
    for name, field in known.items():
        if field.required and name not in value:
            yield Finding(path, f"the key {quoted(name)} is missing")


def _in_container(value: Any, kind: Any, limits: Meta, path: Path) -> Iterator[Finding]:
    sort, words = (list, "a list is") if get_origin(kind) is tuple else (dict, "keys with values are")
    if not isinstance(value, sort):
        yield Finding(path, f"{words} expected, not {_what(value)}")
        return
    if not (limits.min_length or 0) <= len(value) <= (limits.max_length or len(value)):
        yield Finding(path, f"{len(value)} are here, and there can be {limits.description}")
    inner = get_args(kind)[0 if sort is list else 1]
    for step, each in enumerate(value) if isinstance(value, list) else value.items():
        yield from misfits(each, inner, (*path, step))


def _what(value: Any) -> str:
    """A value in the words of somebody who writes a table."""
    names = {dict: "a mapping", list: "a list", type(None): "nothing"}
    return names.get(type(value)) or quoted(value)


def _unseen(value: Any) -> str:
    """Which character of a text acts on a terminal or cannot be seen."""
    unseen = [each for each in value if not each.isprintable() and each != "\n"] if isinstance(value, str) else []
    return f"; it holds U+{ord(unseen[0]):04X}, which cannot be seen" if unseen else ""


def inconsistencies(table: Table) -> Iterator[Finding]:
    """Everything in a table that would make an answer from it wrong."""
    yield from _wrong_names(table)
    yield from _unbacked(table)
    yield from _clashes(table)


def _wrong_names(table: Table) -> Iterator[Finding]:
    """Ids and levels that stand twice or that nothing has, and sources of the wrong kind or that nothing uses."""
    kinds = {source.id: source.kind for source in table.sources}
    forms = {form.id: form for form in table.forms}
    known: dict[str, tuple[str, Collection[str]]] = {
        "source": ("source", kinds),
        "buffer": ("id", forms),
        "forms": ("id", forms),
        "not_covered": ("id", {entry.id: entry for entry in table.not_covered}),
    }
    for name in table.scales.__struct_fields__:
        scale = getattr(table.scales, name)
        known[name] = f"{name} level", scale.levels if scale else ()
    seen: set[tuple[str, ...]] = set()
    cited: set[str] = set()
    for path, field, name in _names(table, {"id", "levels", *known}):
        if field not in known:
            once = (*(step for step in path if isinstance(step, str)), name)
            if once in seen:
                yield Finding(path, f"the {field.removesuffix('s')} {quoted(name)} stands here a second time")
            seen.add(once)
        elif name not in known[field][1]:
            yield Finding(path, unknown(known[field][0], name, known[field][1]))
        elif field == "source":
            cited.add(name)
            if "published" in path and kinds[name] is Kind.THREAD:
                yield Finding(path, f"a published statement needs a source of kind 'reference'; {name} is a thread")
    for index, name in enumerate(source.id for source in table.sources):
        if name not in cited:
            yield Finding(("sources", index, "id"), f"nothing uses the source {quoted(name)}; use it or take it out")


def _names(record: Record, fields: Collection[str], path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Every text under some keys of a record and of what it holds: its path, its key, and itself."""
    for field in record.__struct_fields__:
        value = getattr(record, field)
        if isinstance(value, str):
            if field in fields:
                yield (*path, field), field, value
        elif isinstance(value, tuple):
            for index, each in enumerate(value):
                if isinstance(each, Record):
                    yield from _names(each, fields, (*path, field, index))
                elif field in fields:
                    yield (*path, field, index), field, each
        elif isinstance(value, Record) and not isinstance(value, LabelWords):
            yield from _names(value, fields, (*path, field))


def _unbacked(table: Table) -> Iterator[Finding]:
    """Levels that rest on no note, and percentages that are printed without a source."""
    for index, form in enumerate(table.forms):
        for name in table.scales.__struct_fields__:
            if getattr(form, name) is not None and all(note.about != name for note in form.notes):
                sentence = f"no note of {form.id} is about {name}; add one, or leave the level out"
                yield Finding(("forms", index, name), sentence)
        for number, compound in enumerate(form.compounds):
            printed = compound.basis is Origin.PRINTED or compound.printed_percent is not None
            if printed and compound.source is None:
                path = ("forms", index, "compounds", number)
                yield Finding(path, "a percentage that is printed needs the source that prints it")


def _clashes(table: Table) -> Iterator[Finding]:
    """Names that mean two forms. An id comes before a name, and a name before any other."""
    prefixes = frozenset(map(key, table.name_prefixes))
    named: list[tuple[int, Path, str, str]] = []
    for room, owner in (("forms", "the form {}"), ("not_covered", "{}, which the table does not cover")):
        for index, entry in enumerate(getattr(table, room)):
            for place, (_, name) in enumerate(names_of(entry)):
                named.append((min(place, 2), (room, index), name, owner.format(entry.id)))
    owners: dict[str, str] = {}
    for _, path, name, owner in sorted(named, key=itemgetter(0)):
        for known in keys(name, prefixes):
            if (who := owners.setdefault(known, owner)) != owner:
                yield Finding(path, f"the name {quoted(name)} already means {who}; a name means one form")
                break


def schema() -> str:
    """The JSON Schema of a table, made from the model, as indented JSON.

    What only the whole table can tell, such as a source that does not exist, is not in it.
    """
    (reference,), components = json.schema_components([Table])
    for component in components.values():
        if "description" in component:
            component["description"] = " ".join(component["description"].replace("``", "`").split())
    dialect = "https://json-schema.org/draft/2020-12/schema"
    whole = {"$schema": dialect, "title": "A table for mgform", **reference, "$defs": components}
    return json.format(json.encode(whole), indent=2).decode() + "\n"
