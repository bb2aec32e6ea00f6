"""Everything that is wrong in a table: what does not fit the model, and what does not fit together."""

from collections.abc import Collection, Iterator
from enum import Enum
from itertools import chain
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from msgspec import Meta, ValidationError, convert, json, structs

from mgform.names import Known, key, keys, known_names
from mgform.table import Correction, Dispute, Kind, Origin, Record, Table
from mgform.words import listed, quoted, unknown

_MOST_REPEATED = 8 * 1024**2
_SORTS = {dict: "a mapping (key: value)", list: "a list", type(None): "nothing"}

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
        kind, limits = _bare(expected)
        whole = get_origin(kind) or kind
        sort = (
            list
            if whole is tuple
            else dict
            if whole is dict or issubclass(whole, Record)
            else whole
        )
        if sort not in _SORTS or not isinstance(value, sort):
            yield Finding(path, _mistake(value, sort, limits))
        elif whole is kind:
            yield from _in_record(value, kind, path)
        else:
            if not (limits.min_length or 0) <= len(value) <= (limits.max_length or len(value)):
                yield Finding(path, f"{len(value)} are here, and there can be {limits.description}")
            for step, each in value.items() if isinstance(value, dict) else enumerate(value):
                yield from misfits(each, get_args(kind)[sort is dict], (*path, step))


def _bare(expected: Any) -> tuple[Any, Meta]:
    """A type of the model without None and without its annotation, and the annotation."""
    if get_origin(expected) in (Union, UnionType):
        expected = get_args(expected)[0]
    return (
        (expected.__origin__, expected.__metadata__[0])
        if get_origin(expected) is Annotated
        else (expected, Meta())
    )


def _mistake(value: Any, kind: Any, limits: Meta) -> str:
    """Why a value is not what the model wants, and which character of it cannot be seen."""
    if issubclass(kind, Enum) and isinstance(value, str):
        return unknown(kind.__name__.lower(), value, kind)
    unseen = (
        [each for each in value if not each.isprintable() and each != "\n"]
        if isinstance(value, str)
        else []
    )
    which = f"; it holds U+{ord(unseen[0]):04X}, which cannot be seen" if unseen else ""
    wanted = _SORTS.get(kind) or limits.description or listed(kind, "or")
    return f"{_SORTS.get(type(value)) or quoted(value)} is not {wanted}{which}"


def _in_record(value: Any, kind: type[Record], path: Path) -> Iterator[Finding]:
    known = {field.name: field for field in structs.fields(kind)}
    for name, each in value.items():
        if name in known:
            yield from misfits(each, known[name].type, (*path, name))
        else:
            yield Finding((*path, name), unknown("key", name, known), at_key=True)
    for name, field in known.items():
        if field.required and name not in value:
            yield Finding(path, f"the key {quoted(name)} is missing")


def inconsistencies(table: Table, value: dict[str, Any]) -> Iterator[Finding]:
    """Everything in a table that would make an answer from it wrong; ``value`` is what it was made of."""
    return chain(_wrong_names(table, value), _unbacked(table), _clashes(table), _repeated(table))


def _wrong_names(table: Table, value: dict[str, Any]) -> Iterator[Finding]:
    """Ids and levels that stand twice or that nothing has, and sources of the wrong kind or that nothing uses."""
    known: dict[str, tuple[str, Collection[str]]] = {"source": ("source", table.sources_by_id)}
    for field in ("buffer", "forms"):
        known[field] = "id", {entry.id: entry for entry in table.forms}
    known["about"] = "topic", table.topics
    scales = structs.asdict(table.scales).items()
    known |= {name: (f"{name} level", scale.levels if scale else ()) for name, scale in scales}
    seen: set[tuple[str, ...]] = set()
    cited: set[str] = set()
    # The words of labels name nothing, whatever their keys are called.
    for path, field, name in _texts({**value, "labels": {}}, {"id", "levels", "topics", *known}):
        if field not in known:
            once = (*(step for step in path if isinstance(step, str)), name)
            if once in seen:
                yield Finding(
                    path, f"the {field.removesuffix('s')} {quoted(name)} stands here a second time"
                )
            seen.add(once)
        elif name not in known[field][1]:
            yield Finding(path, unknown(known[field][0], name, known[field][1]))
        elif field == "source":
            cited.add(name)
            if "published" in path and table.sources_by_id[name].kind is Kind.THREAD:
                yield Finding(
                    path,
                    f"a published statement needs a source of kind 'reference'; {name} is a thread",
                )
    for index, name in enumerate(source.id for source in table.sources):
        if name not in cited:
            yield Finding(
                ("sources", index, "id"),
                f"nothing uses the source {quoted(name)}; use it or take it out",
            )


def _texts(
    value: Any, keys: Collection[str], path: Path = (), key: str = ""
) -> Iterator[tuple[Path, str, str]]:
    """Every text that stands under some keys in plain values, or in lists there: its path, its key, and itself."""
    for step, each in value.items() if isinstance(value, dict) else enumerate(value):
        inner = step if isinstance(step, str) else key
        if isinstance(each, (dict, list)):
            yield from _texts(each, keys, (*path, step), inner)
        elif inner in keys and isinstance(each, str):
            yield (*path, step), inner, each


def _unbacked(table: Table) -> Iterator[Finding]:
    """Levels that rest on no note, and percentages that are printed without a source."""
    for index, form in enumerate(table.forms):
        for name in table.scales.__struct_fields__:
            if getattr(form, name) is not None and all(
                note.about != name for note in table.notes_by_form[form.id]
            ):
                sentence = f"no note of {form.id} is about {name}; add one, or leave the level out"
                yield Finding(("forms", index, name), sentence)
        for number, compound in enumerate(form.compounds):
            printed = compound.basis is Origin.PRINTED or compound.printed_percent is not None
            if printed and compound.source is None:
                path = ("forms", index, "compounds", number)
                yield Finding(path, "a percentage that is printed needs the source that prints it")


def _clashes(table: Table) -> Iterator[Finding]:
    """Names that mean two things. An id comes before a name, and a name before any other."""
    prefixes = frozenset(map(key, table.name_prefixes))
    owners: dict[str, Known] = {}
    named: list[tuple[int, Path, Known]] = []
    for room in ("forms", "explained"):
        for index, entry in enumerate(getattr(table, room)):
            for at, known in enumerate(known_names(entry)):
                named.append((min(at, 2), (room, index), known))
    for _, path, known in sorted(named, key=lambda each: each[0]):
        for each in keys(known.name, prefixes):
            owner = owners.setdefault(each, known)
            if owner.entry is not known.entry:
                yield Finding(
                    path,
                    f"the name {quoted(known.name)} already means {owner.entry.id}; a name means one form",
                )
                break


def _repeated(table: Table) -> Iterator[Finding]:
    """Disputes and corrections that would fill too much of a list, where they stand under each form they touch."""
    several: tuple[Dispute | Correction, ...] = (*table.disputes, *table.corrections)
    if (
        sum(len(json.encode(each)) * len(each.forms or table.forms) for each in several)
        > _MOST_REPEATED
    ):
        yield Finding(
            (),
            "disputes and corrections, repeated for each form that they touch, fill more than 8 MiB",
        )


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
