"""What a table says of its forms: levels and who backs them, filters, order, notes and studies."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import structs

from mgform.errors import CallError
from mgform.names import names_of
from mgform.table import (
    Basis,
    Correction,
    Dispute,
    Form,
    Kind,
    Note,
    Scale,
    Scales,
    Study,
    Table,
    Topic,
)
from mgform.words import one_of

SCALES = Scales.__struct_fields__
SORTS = ("id", "name", *SCALES, "elemental")
_LEVELS = [f"{name}{end}" for name in SCALES for end in ("", "_basis", "_sources")]
_REST = ("elemental_percent", "compounds", "notes", "disputes", "corrections")
FIELDS = ("id", "name", "aliases", "members", *_LEVELS, *_REST)
"""The keys of a form, as scripts get it."""
_TEXTS = attrgetter("text", "details", "studied", "relays")
Words = Iterable[str]
NotesOf = dict[Note, list[str]]
"""Notes, each with the ids of the forms that it is on; without ids it is for every form."""


class Level(NamedTuple):
    """A form's level on a scale, its place there (0 for the mildest), and the ids of the sources that back it."""

    word: str
    rank: int
    basis: Basis
    sources: tuple[str, ...]


def profile(table: Table, form: Form) -> dict[str, Any]:
    """A whole form, as scripts get it: what the table holds, who backs each level, and what concerns the form.

    ``elemental_percent`` is the nutrient's share in the usual compound, in percent by weight, or None.
    """
    values = structs.asdict(form) | {"elemental_percent": share(form)}
    for name in SCALES:
        level = level_of(table, form, name)
        values[f"{name}_basis"] = level and level.basis
        values[f"{name}_sources"] = level.sources if level else ()
    values["disputes"], values["corrections"] = concerning(table, [form])
    return {field: values[field] for field in FIELDS}


def share(form: Form) -> float | None:
    """The nutrient's share in a form's usual compound, in percent by weight; None where the table has no compound."""
    return form.compounds[0].elemental_percent if form.compounds else None


def backing(table: Table, form: Form, scale_name: str) -> list[Note]:
    """The notes that a level rests on: those of threads, beside which published ones do not count, else all."""
    about = [note for note in form.notes if note.about == scale_name]
    return [note for note in about if table.sources_by_id[note.source].kind is Kind.THREAD] or about


def level_of(table: Table, form: Form, scale_name: str) -> Level | None:
    """A form's level on a scale, or None where the table gives none; it is stated if a note states it."""
    scale: Scale | None = getattr(table.scales, scale_name)
    word: str | None = getattr(form, scale_name)
    if scale is None or word is None:
        return None
    notes = backing(table, form, scale_name)
    basis = Basis.STATED if any(note.basis is Basis.STATED for note in notes) else Basis.INFERRED
    return Level(
        word, scale.levels.index(word), basis, tuple(dict.fromkeys(note.source for note in notes))
    )


def concerning(
    table: Table, forms: Iterable[Form]
) -> tuple[tuple[Dispute, ...], tuple[Correction, ...]]:
    """The disputes and the corrections that touch one of the forms; a dispute that names no form touches all."""
    ids = {form.id for form in forms}
    disputes = (each for each in table.disputes if not each.forms or ids & {*each.forms})
    return tuple(disputes), tuple(each for each in table.corrections if ids & {*each.forms})


def studies(table: Table, notes: Iterable[Note]) -> tuple[int, int]:
    """How many published studies notes rest on, and how many of those were made in people."""
    made = [table.sources_by_id[name].study for name in {note.source for note in notes}]
    return sum(study is not None for study in made), made.count(Study.PEOPLE)


class Filter(NamedTuple):
    """Which forms a list shows: words of one kind are alternatives, and every search must be found."""

    laxative: Sequence[str] = ()
    max_laxative: str | None = None
    tolerance: Sequence[str] = ()
    gentler_than: Form | None = None
    search: Sequence[str] = ()
    source: Sequence[str] = ()


def select(table: Table, wanted: Filter) -> list[Form]:
    """The forms that pass every part of a filter, in the table's order.

    Raises a CallError where the filter names a scale, a level or a source that the table does not have.
    """
    accepted = [*_accepted(table, wanted)]
    sources = {one_of("source", name, table.sources_by_id) for name in wanted.source}
    return [
        form
        for form in table.forms
        if all(_value(table, form, scale_name) in ranks for scale_name, ranks in accepted)
        and all(
            mentions(words, (name for _, name in names_of(form)), form.notes)
            for words in wanted.search
        )
        and (not sources or any(note.source in sources for note in form.notes))
    ]


def _accepted(table: Table, wanted: Filter) -> Iterator[tuple[str, Collection[int]]]:
    """The scales that a filter speaks of, and the places on them that pass."""
    for name in SCALES:
        if words := getattr(wanted, name):
            yield name, {_rank(table, name, word) for word in words}
    if wanted.max_laxative is not None:
        yield "laxative", range(_rank(table, "laxative", wanted.max_laxative) + 1)
    if wanted.gentler_than is not None:
        first = next(iter(table.scales.in_use()), SCALES[0])
        level = level_of(table, wanted.gentler_than, first)
        if level is None:
            raise CallError(
                f"the table gives no level for {wanted.gentler_than.id}, so nothing can be gentler than it"
            )
        yield first, range(level.rank)


def _rank(table: Table, scale_name: str, word: str) -> int:
    """The place of a level that somebody typed; a CallError where the table has no such scale or level."""
    scales = table.scales.in_use()
    levels = scales[one_of("scale of this table", scale_name, scales)].levels
    return levels.index(one_of(f"{scale_name} level", word, levels))


def _value(table: Table, form: Form, field: str) -> Any:
    """What forms are compared by: a place on a scale, a percentage, or a text whatever its case; None for no value."""
    if field in SCALES:
        level = level_of(table, form, one_of("scale of this table", field, table.scales.in_use()))
        return level and level.rank
    return share(form) if field == "elemental" else getattr(form, field).casefold()


def mentions(words: str, names: Iterable[str], notes: Iterable[Note]) -> bool:
    """Whether names or notes contain the words, in American or British spelling."""
    said = (
        text for note in notes for each in (note, *note.published) for text in _TEXTS(each) if text
    )
    return any(_spelling(words) in _spelling(text) for text in (*names, *said))


def _spelling(text: str) -> str:
    """A text without what differs between diarrhea and diarrhoea, sulfate and sulphate."""
    return " ".join(
        text.casefold().replace("oe", "e").replace("ae", "e").replace("ph", "f").split()
    )


def ordered(
    table: Table, forms: Sequence[Form], by: str | None, *, reverse: bool = False
) -> list[Form]:
    """Forms in the order of a field: words by alphabet, levels from the mildest, percentages from the lowest.

    Forms without a value come last, and equal ones keep the table's order, whichever way it goes. Raises a CallError
    where forms cannot be ordered by that field, or the table has no such scale.
    """
    if by is None:
        return [*reversed(forms)] if reverse else [*forms]
    by = one_of("field to sort by", by, SORTS)
    values = {form.id: _value(table, form, by) for form in forms}
    placed = [form for form in forms if values[form.id] is not None]
    placed.sort(key=lambda form: values[form.id], reverse=reverse)
    return placed + [form for form in forms if values[form.id] is None]


def notes_that(
    table: Table,
    forms: Iterable[Form],
    about: Words = (),
    search: Words = (),
    source: Words = (),
    kind: Words = (),
) -> NotesOf:
    """The notes that pass every filter, each once; those for every form are notes on each of ``forms``, too.

    Words of one filter are alternatives; all searches must match. Raises a CallError where there is no such topic,
    source or kind of source.
    """
    found: NotesOf = {}
    for form in table.forms:
        for note in form.notes:
            found.setdefault(note, []).append(form.id)
    found |= {note: [] for note in table.notes if note not in found}
    ids = {form.id for form in forms} or {form.id for form in table.forms}
    topics = {one_of("topic", word, Topic) for word in about} or {*Topic}
    kinds = {one_of("kind", word, Kind) for word in kind} or {*Kind}
    sources = {one_of("source", name, table.sources_by_id) for name in source} or {
        *table.sources_by_id
    }
    return {
        note: on
        for note, on in found.items()
        if (not on or ids & {*on})
        and note.about in topics
        and table.sources_by_id[note.source].kind in kinds
        and sources & {note.source, *(each.source for each in note.published)}
        and all(mentions(words, (), [note]) for words in search)
    }
