"""Everything that is wrong in a table: what does not fit the model, and what does not fit together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from msgspec import inspect, json

from mgform.names import key, keys, names_of
from mgform.table import Kind, Note, Origin, Statement, Table
from mgform.words import closest, listed, quoted

Path = tuple[str | int, ...]
"""Where a value stands: ``("forms", 0, "notes", 2, "source")``."""


class Finding(NamedTuple):
    """What is wrong, and the path of the value that shows it; ``at_key`` where the key itself is wrong."""

    path: Path
    message: str
    at_key: bool = False


def misfits(value: Any) -> Iterator[Finding]:
    """Every difference between plain values and the model; msgspec itself stops at the first."""
    return _misfits(inspect.type_info(Table), value, (), "")


def _misfits(expected: inspect.Type, value: Any, path: Path, wanted: str) -> Iterator[Finding]:  # noqa: C901, PLR0912  # a case a type
    match expected:
        case inspect.Metadata(kind, extra):
            yield from _misfits(kind, value, path, (extra or {}).get("description", wanted))
        case inspect.UnionType(kinds):
            if value is not None:
                given = next(kind for kind in kinds if not isinstance(kind, inspect.NoneType))
                yield from _misfits(given, value, path, wanted)
        case inspect.StructType():
            yield from _in_struct(expected, value, path)
        case inspect.VarTupleType() | inspect.DictType():
            yield from _in_container(expected, value, path)
        case inspect.EnumType(cls):
            words = [member.value for member in cls]
            if value not in words:
                yield Finding(path, f"{_what(value)} is not one of {listed(words)}{_hint(value, words)}")
        case inspect.StrType():
            if not isinstance(value, str):
                yield Finding(path, f"{_what(value)} is not {wanted}")
            elif expected.max_length is not None and len(value) > expected.max_length:
                yield Finding(path, f"{len(value):,} characters are too many; this is to be {wanted}")
            elif expected.pattern and not re.search(expected.pattern, value):
                yield Finding(path, f"{_what(value)} is not {wanted}{_unseen(value)}")
        case inspect.FloatType(ge=least, le=most):
            number = _number(value)
            if number is None or not (least or number) <= number <= (most or number):
                yield Finding(path, f"{_what(value)} is not {wanted}")
        case _:
            raise NotImplementedError(f"the model has come to use {expected}")


def _in_struct(expected: inspect.StructType, value: Any, path: Path) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding(path, f"keys with values are expected, not {_what(value)}")
        return
    known = {field.encode_name: field for field in expected.fields}
    for name, each in value.items():
        if name in known:
            yield from _misfits(known[name].type, each, (*path, name), "")
        else:
            there_are = f"There are: {listed(known)}"
            yield Finding((*path, name), f"no key is called {quoted(name)} here{_hint(name, known)} {there_are}", True)
    for name, field in known.items():
        if field.required and name not in value:
            yield Finding(path, f"the key {quoted(name)} is missing")


def _in_container(expected: inspect.VarTupleType | inspect.DictType, value: Any, path: Path) -> Iterator[Finding]:
    of_keys = isinstance(expected, inspect.DictType)
    if not isinstance(value, dict if of_keys else list):
        yield Finding(path, f"{'keys with values are' if of_keys else 'a list is'} expected, not {_what(value)}")
        return
    least, most = expected.min_length or 0, expected.max_length
    if len(value) < least or (most is not None and len(value) > most):
        limit = f"{least} or more" if len(value) < least else f"at most {most}"
        yield Finding(path, f"{len(value)} are here, and there can be {limit}")
    if isinstance(expected, inspect.VarTupleType) or not isinstance(value, dict):
        for index, each in enumerate(value):
            yield from _misfits(expected.item_type, each, (*path, index), "")  # type: ignore[union-attr]
        return
    for name, each in value.items():
        yield from (finding._replace(at_key=True) for finding in _misfits(expected.key_type, name, (*path, name), ""))
        yield from _misfits(expected.value_type, each, (*path, name), "")


def _number(value: Any) -> float | None:
    try:
        return float(value) if isinstance(value, str | int | float) and "_" not in str(value) else None
    except (ValueError, OverflowError):
        return None


def _what(value: Any) -> str:
    """A value in the words of somebody who writes a table."""
    names = {dict: "a mapping", list: "a list", type(None): "nothing"}
    return names.get(type(value)) or quoted(value)


def _hint(word: Any, known: Iterable[str]) -> str:
    best = closest(word.casefold(), known) if isinstance(word, str) else None
    return f"; did you mean {quoted(best)}?" if best else "."


def _unseen(value: str) -> str:
    """Which character of a text acts on a terminal or cannot be seen."""
    found = next((character for character in value if not character.isprintable() and character != "\n"), None)
    return f"; it holds U+{ord(found):04X}, which cannot be seen" if found else ""


def inconsistencies(table: Table) -> Iterator[Finding]:
    """Everything in a table that would make an answer from it wrong."""
    yield from _repeated_ids(table)
    yield from _wrong_levels(table)
    yield from _wrong_sources(table)
    yield from _wrong_references(table)
    yield from _name_clashes(table)


def statements(table: Table) -> Iterator[tuple[Path, Statement]]:
    """Every statement of a table, with its path."""
    for path, notes in chain(
        ((("forms", index, "notes"), form.notes) for index, form in enumerate(table.forms)), [(("notes",), table.notes)]
    ):
        yield from _numbered(path, notes)
        for index, note in enumerate(notes):
            yield from _numbered((*path, index, "published"), note.published)
    for index, dispute in enumerate(table.disputes):
        yield from _numbered(("disputes", index, "positions"), dispute.positions)
        yield from _numbered(("disputes", index, "published"), dispute.published)
    for index, correction in enumerate(table.corrections):
        yield ("corrections", index, "claim"), correction.claim
        yield from _numbered(("corrections", index, "published"), correction.published)
    if table.upper_levels_caution is not None:
        yield ("upper_levels_caution",), table.upper_levels_caution


def _numbered(path: Path, items: Sequence[Statement] | Sequence[Note]) -> Iterator[tuple[Path, Statement]]:
    return (((*path, index), item) for index, item in enumerate(items))


def _repeated_ids(table: Table) -> Iterator[Finding]:
    rooms: dict[str, Sequence[Any]] = {
        name: getattr(table, name) for name in ("sources", "forms", "disputes", "corrections", "not_covered")
    }
    for room, entries in rooms.items():
        seen: set[str] = set()
        for index, entry in enumerate(entries):
            if entry.id in seen:
                yield Finding((room, index, "id"), f"the id {quoted(entry.id)} stands here a second time")
            seen.add(entry.id)


def _wrong_levels(table: Table) -> Iterator[Finding]:
    """Levels that are not on their scale, stand on it twice, or rest on no note."""
    for name in table.scales.__struct_fields__:
        scale = getattr(table.scales, name)
        levels = scale.levels if scale else ()
        for index, level in enumerate(levels):
            if level in levels[:index]:
                yield Finding(("scales", name, "levels", index), f"the level {quoted(level)} stands here a second time")
        for index, form in enumerate(table.forms):
            level = getattr(form, name)
            if level is None:
                continue
            path = ("forms", index, name)
            if level not in levels:
                there_are = f"Its levels are: {listed(levels)}" if levels else "The table has no such scale"
                yield Finding(path, f"{quoted(level)} is not on the {name} scale{_hint(level, levels)} {there_are}")
            if all(note.about != name for note in form.notes):
                yield Finding(path, f"no note of {form.id} is about {name}; add one, or leave the level out")


def _wrong_sources(table: Table) -> Iterator[Finding]:
    """Sources that do not exist, are of the wrong kind, are missing or are not used."""
    kinds = {source.id: source.kind for source in table.sources}
    there_are = f"The sources are: {listed(kinds)}"
    cited: list[tuple[Path, str]] = [((*path, "source"), each.source) for path, each in statements(table)]
    cited += [(("upper_levels", index, "source"), each.source) for index, each in enumerate(table.upper_levels)]
    for index, form in enumerate(table.forms):
        for number, compound in enumerate(form.compounds):
            if compound.source is not None:
                cited.append((("forms", index, "compounds", number, "source"), compound.source))
            elif compound.basis is Origin.PRINTED or compound.printed_percent is not None:
                at = ("forms", index, "compounds", number)
                yield Finding(at, "a percentage that is printed needs the source that prints it")
    for path, name in cited:
        if name not in kinds:
            yield Finding(path, f"no source is called {quoted(name)}{_hint(name, kinds)} {there_are}")
        elif "published" in path and kinds[name] is Kind.THREAD:
            yield Finding(path, f"a published statement needs a source of kind 'reference'; {name} is a thread")
    used = {name for _, name in cited}
    for index, source in enumerate(table.sources):
        if source.id not in used:
            yield Finding(
                ("sources", index, "id"), f"nothing uses the source {quoted(source.id)}; use it or take it out"
            )


def _wrong_references(table: Table) -> Iterator[Finding]:
    """Ids that belong to no form, or to no entry that is not covered."""
    forms = {form.id: "form" for form in table.forms}
    others = {entry.id: "entry of not_covered" for entry in table.not_covered}
    named: list[tuple[Path, str, dict[str, str]]] = [(("buffer",), table.buffer, forms)] if table.buffer else []
    for index, dispute in enumerate(table.disputes):
        named += [(("disputes", index, "forms", number), name, forms) for number, name in enumerate(dispute.forms)]
    for index, correction in enumerate(table.corrections):
        for part, known in (("forms", forms), ("not_covered", others)):
            named += [
                (("corrections", index, part, n), name, known) for n, name in enumerate(getattr(correction, part))
            ]
    for path, name, known in named:
        if name not in known:
            yield Finding(path, f"no id is called {quoted(name)}{_hint(name, known)} There are: {listed(known)}")


def _name_clashes(table: Table) -> Iterator[Finding]:
    """Names that mean two forms. An id comes before a name, and a name before an alias."""
    prefixes = frozenset(map(key, table.name_prefixes))
    named: list[tuple[Path, str, str, str]] = []
    for index, form in enumerate(table.forms):
        named += [(("forms", index), role, name, f"the form {form.id}") for role, name in names_of(form)]
    for index, entry in enumerate(table.not_covered):
        owner = f"{entry.id}, which the table does not cover"
        named += [(("not_covered", index), role, name, owner) for role, name in names_of(entry)]
    order = {"id": 0, "name": 1}
    owners: dict[str, str] = {}
    for path, _, name, owner in sorted(named, key=lambda each: order.get(each[1], 2)):
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
