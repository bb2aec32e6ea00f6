"""What a table says of its forms: levels and who backs them, filters, order, notes and studies."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from mgform.names import names_of
from mgform.table import Basis, Compound, Correction, Dispute, Form, Kind, Note, Scale, Source, Study, Table, Topic
from mgform.words import CallError, chosen, unknown

SORTS = ("id", "name", "laxative", "tolerance", "elemental")


class Level(NamedTuple):
    """A form's level on a scale, with what backs it.

    ``rank`` is its place on the scale, 0 for the mildest; ``sources`` are ids.
    """

    word: str
    rank: int
    basis: Basis
    sources: tuple[str, ...]


class Profile(Struct, frozen=True, kw_only=True):
    """A whole form, as scripts get it: what the table holds, and who backs each level.

    ``elemental_percent`` is the nutrient's share in the usual compound, in percent by weight. ``disputes`` and
    ``corrections`` are those that concern the form.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    laxative: str | None
    laxative_basis: Basis | None
    laxative_sources: tuple[str, ...]
    tolerance: str | None
    tolerance_basis: Basis | None
    tolerance_sources: tuple[str, ...]
    elemental_percent: float | None
    compounds: tuple[Compound, ...]
    notes: tuple[Note, ...]
    disputes: tuple[Dispute, ...]
    corrections: tuple[Correction, ...]


FIELDS = Profile.__struct_fields__


def profile(table: Table, form: Form) -> Profile:
    """All that a table holds of a form."""
    levels: dict[str, Any] = {}
    for name in ("laxative", "tolerance"):
        level = level_of(table, form, name)
        levels[name] = level and level.word
        levels[f"{name}_basis"] = level and level.basis
        levels[f"{name}_sources"] = level.sources if level else ()
    return Profile(
        id=form.id,
        name=form.name,
        aliases=form.aliases,
        members=form.members,
        elemental_percent=form.compounds[0].elemental_percent if form.compounds else None,
        compounds=form.compounds,
        notes=form.notes,
        disputes=tuple(disputes_about(table, [form])),
        corrections=tuple(corrections_about(table, [form])),
        **levels,
    )


def backing(table: Table, form: Form, scale_name: str) -> list[Note]:
    """The notes that a level rests on: those of threads where there are any.

    Published notes stand beside a thread's level and do not change it.
    """
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
    return Level(word, scale.levels.index(word), basis, tuple(dict.fromkeys(note.source for note in notes)))


def disputes_about(table: Table, forms: Iterable[Form]) -> list[Dispute]:
    """The disputes that touch one of the forms; one that names no form touches all."""
    ids = {form.id for form in forms}
    return [dispute for dispute in table.disputes if not dispute.forms or ids & {*dispute.forms}]


def corrections_about(table: Table, forms: Iterable[Form]) -> list[Correction]:
    """The corrections that concern one of the forms."""
    ids = {form.id for form in forms}
    return [correction for correction in table.corrections if ids & {*correction.forms}]


def studies(table: Table, notes: Iterable[Note]) -> tuple[int, int]:
    """How many published studies notes rest on, and how many of those were made in people."""
    made = [table.sources_by_id[name].study for name in {note.source for note in notes}]
    return sum(study is not None for study in made), made.count(Study.PEOPLE)


class Filter(NamedTuple):
    """Which forms a list shows. Words of one kind are alternatives; all searches must match.

    ``gentler_than`` is the form than which the others must be gentler.
    """

    laxative: Sequence[str] = ()
    max_laxative: str | None = None
    tolerance: Sequence[str] = ()
    gentler_than: Form | None = None
    search: Sequence[str] = ()
    source: Sequence[str] = ()


def select(table: Table, wanted: Filter) -> list[Form]:
    """The forms that pass every part of a filter, in the table's order.

    Raises:
        CallError: the filter names a level or a source that the table does not have.

    """
    tests = list(_tests(table, wanted))
    return [form for form in table.forms if all(test(form) for test in tests)]


def _tests(table: Table, wanted: Filter) -> Iterator[Callable[[Form], bool]]:
    if wanted.laxative:
        yield _on(table, "laxative", {rank_of(table, "laxative", word) for word in wanted.laxative})
    if wanted.max_laxative is not None:
        yield _on(table, "laxative", set(range(rank_of(table, "laxative", wanted.max_laxative) + 1)))
    if wanted.tolerance:
        yield _on(table, "tolerance", {rank_of(table, "tolerance", word) for word in wanted.tolerance})
    if wanted.gentler_than is not None:
        yield _gentler_than(table, wanted.gentler_than)
    for words in wanted.search:
        yield lambda form, words=words: mentions(words, [name for _, name in names_of(form)], form.notes)  # type: ignore[misc]
    if wanted.source:
        ids = {source_of(table, name).id for name in wanted.source}
        yield lambda form: any(note.source in ids for note in form.notes)


def _on(table: Table, scale_name: str, ranks: set[int]) -> Callable[[Form], bool]:
    def test(form: Form) -> bool:
        level = level_of(table, form, scale_name)
        return level is not None and level.rank in ranks

    return test


def _gentler_than(table: Table, than: Form) -> Callable[[Form], bool]:
    """Whether a form stands before another on the first of the table's scales."""
    scale_name = next(iter(table.scales.in_use()), None)
    level = level_of(table, than, scale_name) if scale_name else None
    if scale_name is None or level is None:
        raise CallError(f"the table gives no level for {than.id}, so nothing can be gentler than it")
    return _on(table, scale_name, set(range(level.rank)))


def rank_of(table: Table, scale_name: str, word: str) -> int:
    """The place of a level on a scale, 0 for the mildest, whatever its case.

    Raises:
        CallError: the table has no such scale or level.

    """
    levels = [level.casefold() for level in scale_of(table, scale_name).levels]
    if word.casefold() in levels:
        return levels.index(word.casefold())
    raise CallError(unknown(f"{scale_name} level", word, levels))


def scale_of(table: Table, name: str) -> Scale:
    """The scale of that name.

    Raises:
        CallError: the table has no such scale.

    """
    scales = table.scales.in_use()
    if name not in scales:
        raise CallError(f"this table has no {name} scale; its scales are: {', '.join(scales) or 'none'}")
    return scales[name]


def source_of(table: Table, name: str) -> Source:
    """The source with that id, whatever its case.

    Raises:
        CallError: the table has no such source.

    """
    found = table.sources_by_id.get(name.casefold())
    if found is None:
        raise CallError(unknown("source", name, table.sources_by_id))
    return found


def mentions(words: str, names: Iterable[str], notes: Iterable[Note]) -> bool:
    """Whether names or notes contain the words, in American or British spelling."""
    said = (
        text
        for note in notes
        for each in (note, *note.published)
        for text in (each.text, each.details, each.studied, each.relays)
        if text
    )
    return any(_spelling(words) in _spelling(text) for text in (*names, *said))


def _spelling(text: str) -> str:
    """A text without what differs between diarrhea and diarrhoea, sulfate and sulphate."""
    return " ".join(text.casefold().replace("oe", "e").replace("ae", "e").replace("ph", "f").split())


def ordered(table: Table, forms: Sequence[Form], by: str | None, *, reverse: bool = False) -> list[Form]:
    """Forms in the order of a field: words by alphabet, levels from the mildest, percentages from the lowest.

    Forms without a value come last, and equal ones keep the table's order, whichever way it goes.

    Raises:
        CallError: forms cannot be ordered by that field, or the table has no such scale.

    """
    if by is None:
        return [*reversed(forms)] if reverse else [*forms]
    if by not in SORTS:
        raise CallError(unknown("field to sort by", by, SORTS))
    if by in ("laxative", "tolerance"):
        scale_of(table, by)
    places = [(_place(table, form, by), form) for form in forms]
    placed = [each for each in places if each[0] is not None]
    placed.sort(key=lambda each: each[0], reverse=reverse)
    return [form for _, form in placed] + [form for place, form in places if place is None]


def _place(table: Table, form: Form, by: str) -> Any:
    if by in ("laxative", "tolerance"):
        level = level_of(table, form, by)
        return level and level.rank
    if by == "elemental":
        return form.compounds[0].elemental_percent if form.compounds else None
    return str(getattr(form, by)).casefold()


def gathered(table: Table) -> dict[Note, list[str]]:
    """Every note of a table once, with the ids of the forms that it is on.

    Notes for every form come last and have no ids.
    """
    found: dict[Note, list[str]] = {}
    for form in table.forms:
        for note in form.notes:
            found.setdefault(note, []).append(form.id)
    for note in table.notes:
        found.setdefault(note, [])
    return found


def notes_that(
    table: Table,
    forms: Iterable[Form],
    about: Iterable[str],
    search: Iterable[str],
    source: Iterable[str],
    kind: Iterable[str],
) -> dict[Note, list[str]]:
    """The notes that pass every filter, each once, with the ids of its forms; without ids it is for every form.

    Words of one filter are alternatives; all searches must match. Notes for every form are notes on ``forms``, too.

    Raises:
        CallError: there is no such topic, source or kind of source.

    """
    ids = {form.id for form in forms}
    topics = {chosen("topic", word, Topic) for word in about}
    kinds = {chosen("kind", word, Kind) for word in kind}
    sources = {source_of(table, name).id for name in source}
    return {
        note: on
        for note, on in gathered(table).items()
        if (not ids or not on or ids & {*on})
        and (not topics or note.about in topics)
        and (not sources or sources & {note.source, *(each.source for each in note.published)})
        and (not kinds or table.sources_by_id[note.source].kind in kinds)
        and all(mentions(words, (), [note]) for words in search)
    }
