"""What must hold between the parts of a table, beyond the type of each."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mgform.documents import Path
from mgform.hints import did_you_mean, one_of, quoted
from mgform.model import Correction, Dispute, Form, NotCovered, Note, Scales, Source, Statement, Table
from mgform.names import keys, names_of, names_of_not_covered
from mgform.vocabulary import Kind, Origin


class Finding(NamedTuple):
    """What is wrong in a table, and the path of the value that shows it.

    ``at_key`` says that the key itself is wrong, not its value. ``rests_on`` is the path of what must
    be readable for the finding to be certain; ``rests_on_ids`` is the list whose ids must be.
    """

    path: Path
    message: str
    at_key: bool = False
    rests_on: Path | None = None
    rests_on_ids: str | None = None


def faults(table: Table) -> Iterator[Finding]:
    """Everything that would make an answer from this table wrong."""
    yield from _repeated_ids(table)
    yield from _wrong_levels(table)
    yield from _wrong_sources(table)
    yield from _unsourced_percentages(table)
    yield from _wrong_references(table)


def gaps(table: Table) -> Iterator[Finding]:
    """What a finished table does not have: names that mean two forms, levels that rest on nothing,
    sources that nothing uses.
    """
    yield from _name_clashes(table)
    yield from _repeated_levels(table)
    yield from _unbacked_levels(table)
    yield from _unused_sources(table)


def statements(table: Table) -> Iterator[tuple[Path, Statement]]:
    """Every statement of a table, with its path."""
    for index, form in enumerate(table.forms):
        yield from _notes(("forms", index), form.notes)
    yield from _notes((), table.notes)
    for index, dispute in enumerate(table.disputes):
        path: Path = ("disputes", index)
        yield from _numbered((*path, "positions"), dispute.positions)
        yield from _numbered((*path, "published"), dispute.published)
    for index, correction in enumerate(table.corrections):
        yield ("corrections", index, "claim"), correction.claim
        yield from _numbered(("corrections", index, "published"), correction.published)
    if table.upper_levels_caution is not None:
        yield ("upper_levels_caution",), table.upper_levels_caution


def cited(table: Table) -> Iterator[tuple[Path, str]]:
    """Every mention of a source in a table: the path of what names it, and the source's id."""
    yield from ((path, statement.source) for path, statement in statements(table))
    yield from ((("upper_levels", index), level.source) for index, level in enumerate(table.upper_levels))
    for index, form in enumerate(table.forms):
        for number, compound in enumerate(form.compounds):
            if compound.source is not None:
                yield ("forms", index, "compounds", number), compound.source


def _notes(path: Path, notes: Iterable[Note]) -> Iterator[tuple[Path, Statement]]:
    for index, note in enumerate(notes):
        yield (*path, "notes", index), note
        yield from _numbered((*path, "notes", index, "published"), note.published)


def _numbered(path: Path, items: Iterable[Statement]) -> Iterator[tuple[Path, Statement]]:
    return (((*path, index), item) for index, item in enumerate(items))


def _repeated_ids(table: Table) -> Iterator[Finding]:
    rooms: dict[str, tuple[Source | Form | Dispute | Correction | NotCovered, ...]] = {
        "sources": table.sources,
        "forms": table.forms,
        "disputes": table.disputes,
        "corrections": table.corrections,
        "not_covered": table.not_covered,
    }
    for room, entries in rooms.items():
        seen: set[str] = set()
        for index, entry in enumerate(entries):
            if entry.id in seen:
                yield Finding(
                    (room, index, "id"), f"the id {quoted(entry.id)} stands here a second time; give each its own"
                )
            seen.add(entry.id)


def _wrong_levels(table: Table) -> Iterator[Finding]:
    for scale_name in Scales.__struct_fields__:
        scale = getattr(table.scales, scale_name)
        levels = scale.levels if scale else ()
        for index, form in enumerate(table.forms):
            level = getattr(form, scale_name)
            if level is not None and level not in levels:
                message = _off_scale(scale_name, level, levels)
                yield Finding(("forms", index, scale_name), message, rests_on=("scales",))


def _off_scale(scale: str, level: str, levels: tuple[str, ...]) -> str:
    if not levels:
        return f"the table has no {scale} scale; add scales.{scale} with its levels, or leave the level out"
    return f"{quoted(level)} is not on the {scale} scale{did_you_mean(level, levels)} Its levels are {one_of(levels)}"


def _wrong_sources(table: Table) -> Iterator[Finding]:
    kinds = {source.id: source.kind for source in table.sources}
    for path, name in cited(table):
        kind = kinds.get(name)
        if name not in kinds:
            message = f"no source is called {quoted(name)}{did_you_mean(name, kinds)} "
            yield Finding((*path, "source"), f"{message}The sources are {one_of(kinds)}", rests_on_ids="sources")
        elif "published" in path and kind is Kind.THREAD:
            yield Finding(
                (*path, "source"),
                f"what stands under 'published' needs a source of kind 'reference'; {name} is a {kind}",
            )


def _unsourced_percentages(table: Table) -> Iterator[Finding]:
    for index, form in enumerate(table.forms):
        for number, compound in enumerate(form.compounds):
            if compound.basis is Origin.PRINTED and compound.source is None:
                message = "a percentage that is printed needs the source that prints it; else its basis is computed"
                yield Finding(("forms", index, "compounds", number), message)


def _wrong_references(table: Table) -> Iterator[Finding]:
    forms = {form.id for form in table.forms}
    others = {entry.id for entry in table.not_covered}
    for index, dispute in enumerate(table.disputes):
        yield from _unknown_ids(("disputes", index, "forms"), dispute.forms, forms, "forms")
    if table.buffer is not None and table.buffer not in forms:
        yield Finding(("buffer",), _no_id(table.buffer, forms), rests_on_ids="forms")
    for index, correction in enumerate(table.corrections):
        yield from _unknown_ids(("corrections", index, "forms"), correction.forms, forms, "forms")
        yield from _unknown_ids(("corrections", index, "not_covered"), correction.not_covered, others, "not_covered")


def _unknown_ids(path: Path, ids: tuple[str, ...], known: set[str], room: str) -> Iterator[Finding]:
    for index, wanted in enumerate(ids):
        if wanted not in known:
            yield Finding((*path, index), _no_id(wanted, known), rests_on_ids=room)


def _no_id(wanted: str, known: set[str]) -> str:
    hint = did_you_mean(wanted, sorted(known))
    return f"{quoted(wanted)} is no id in this table{hint} There are {one_of(sorted(known))}"


def _name_clashes(table: Table) -> Iterator[Finding]:
    """Names that mean two forms. An id comes before a name, and a name before an alias."""
    owners: dict[str, tuple[Path, str]] = {}
    for path, name, owner in sorted(_named(table), key=_precedence):
        for known in keys(name, table.name_prefixes):
            other, who = owners.setdefault(known, (path, owner))
            if other[:2] != path[:2] and not _is_same_id(path, other):
                yield Finding(path, f"the name {quoted(name)} already means {who}; a name means one form")
                break


def _named(table: Table) -> Iterator[tuple[Path, str, str]]:
    """Every name in a table: where it stands, the name, and what it names."""
    for index, form in enumerate(table.forms):
        places: list[Path] = [("id",), ("name",)]
        places += [("aliases", i) for i in range(len(form.aliases))]
        places += [("members", i) for i in range(len(form.members))]
        for place, (_, name) in zip(places, names_of(form), strict=True):
            yield ("forms", index, *place), name, f"the form {form.id}"
    for index, entry in enumerate(table.not_covered):
        places = [("id",), ("name",), *(("aliases", i) for i in range(len(entry.aliases)))]
        for place, name in zip(places, names_of_not_covered(entry), strict=True):
            yield ("not_covered", index, *place), name, f"{entry.id}, which the table does not cover"


def _precedence(named: tuple[Path, str, str]) -> int:
    return ("id", "name").index(named[0][2]) if named[0][2] in ("id", "name") else 2


def _is_same_id(path: Path, other: Path) -> bool:
    """Whether both are ids of one list, which is reported as such."""
    return path[0] == other[0] and path[-1] == other[-1] == "id"


def _repeated_levels(table: Table) -> Iterator[Finding]:
    for scale_name, scale in table.scales.in_use().items():
        seen: set[str] = set()
        for index, level in enumerate(scale.levels):
            if level in seen:
                path = ("scales", scale_name, "levels", index)
                yield Finding(path, f"the level {quoted(level)} stands here a second time")
            seen.add(level)


def _unbacked_levels(table: Table) -> Iterator[Finding]:
    for index, form in enumerate(table.forms):
        topics = {note.about for note in form.notes}
        for scale_name in Scales.__struct_fields__:
            if getattr(form, scale_name) is not None and scale_name not in topics:
                message = (
                    f"no note of {form.id} is about {scale_name}; add one that backs the level, or leave the level out"
                )
                yield Finding(("forms", index, scale_name), message, rests_on=("forms", index, "notes"))


def _unused_sources(table: Table) -> Iterator[Finding]:
    used = {name for _, name in cited(table)}
    for index, source in enumerate(table.sources):
        if source.id not in used:
            message = f"nothing uses the source {quoted(source.id)}; use it or take it out"
            yield Finding(("sources", index, "id"), message, rests_on=())
