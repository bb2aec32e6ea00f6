"""What a table says of its forms: levels and who backs them, filters, order, notes and studies."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, structs

from mgform.names import names_of
from mgform.table import Basis, Compound, Correction, Dispute, Form, Kind, Note, Scale, Scales, Study, Table, Topic
from mgform.words import CallError, one_of

SCALES = Scales.__struct_fields__
SORTS = ("id", "name", "laxative", "tolerance", "elemental")


class Level(NamedTuple):
    """A form's level on a scale, its place there (0 for the mildest), and the ids of the sources that back it."""

    word: str
    rank: int
    basis: Basis
    sources: tuple[str, ...]


class Profile(Struct, frozen=True, kw_only=True):
    """A whole form, as scripts get it: what the table holds, who backs each level, and what concerns the form.

    ``elemental_percent`` is the nutrient's share in the usual compound, in percent by weight.
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
    values = structs.asdict(form)
    for name in SCALES:
        level = level_of(table, form, name)
        values[f"{name}_basis"] = level and level.basis
        values[f"{name}_sources"] = level.sources if level else ()
    values["elemental_percent"] = form.compounds[0].elemental_percent if form.compounds else None
    values["disputes"] = tuple(disputes_about(table, [form]))
    values["corrections"] = tuple(corrections_about(table, [form]))
    return Profile(**{field: values[field] for field in FIELDS})


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
    allowed: list[tuple[str, Collection[str]]] = []
    for scale_name, words in (("laxative", wanted.laxative), ("tolerance", wanted.tolerance)):
        if words:
            levels = _levels(table, scale_name)
            allowed.append((scale_name, {one_of(f"{scale_name} level", word, levels) for word in words}))
    if wanted.max_laxative is not None:
        levels = _levels(table, "laxative")
        most = one_of("laxative level", wanted.max_laxative, levels)
        allowed.append(("laxative", levels[: levels.index(most) + 1]))
    if wanted.gentler_than is not None:
        allowed.append(_gentler_than(table, wanted.gentler_than))
    sources = {one_of("source", name, table.sources_by_id) for name in wanted.source}
    return [
        form
        for form in table.forms
        if all(getattr(form, scale_name) in levels for scale_name, levels in allowed)
        and all(mentions(words, (name for _, name in names_of(form)), form.notes) for words in wanted.search)
        and (not sources or any(note.source in sources for note in form.notes))
    ]


def _gentler_than(table: Table, than: Form) -> tuple[str, Collection[str]]:
    """The first of the table's scales, and its levels that come before a form's."""
    name, scale = next(iter(table.scales.in_use().items()), ("", None))
    level = getattr(than, name, None)
    if scale is None or level is None:
        raise CallError(f"the table gives no level for {than.id}, so nothing can be gentler than it")
    return name, scale.levels[: scale.levels.index(level)]


def _levels(table: Table, scale_name: str) -> tuple[str, ...]:
    scales = table.scales.in_use()
    return scales[one_of("scale of this table", scale_name, scales)].levels


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

    Forms without a value come last, and equal ones keep the table's order, whichever way it goes. Raises a CallError
    where forms cannot be ordered by that field, or the table has no such scale.
    """
    if by is None:
        return [*reversed(forms)] if reverse else [*forms]
    by = one_of("field to sort by", by, SORTS)
    places: dict[str, Any]
    if by in SCALES:
        levels = _levels(table, by)
        places = {form.id: levels.index(getattr(form, by)) for form in forms if getattr(form, by) is not None}
    elif by == "elemental":
        places = {form.id: form.compounds[0].elemental_percent for form in forms if form.compounds}
    else:
        places = {form.id: getattr(form, by).casefold() for form in forms}
    placed = sorted((form for form in forms if form.id in places), key=lambda form: places[form.id], reverse=reverse)
    return placed + [form for form in forms if form.id not in places]


def gathered(table: Table) -> dict[Note, list[str]]:
    """Every note of a table once, with the ids of the forms that it is on: none for every form, and these come last."""
    found: dict[Note, list[str]] = {}
    for form in table.forms:
        for note in form.notes:
            found.setdefault(note, []).append(form.id)
    return found | {note: [] for note in table.notes if note not in found}


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
    topics = {one_of("topic", word, Topic) for word in about}
    kinds = {one_of("kind", word, Kind) for word in kind}
    sources = {one_of("source", name, table.sources_by_id) for name in source}
    return {
        note: on
        for note, on in gathered(table).items()
        if (not ids or not on or ids & {*on})
        and (not topics or note.about in topics)
        and (not sources or sources & {note.source, *(each.source for each in note.published)})
        and (not kinds or table.sources_by_id[note.source].kind in kinds)
        and all(mentions(words, (), [note]) for words in search)
    }
