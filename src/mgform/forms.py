"""The forms of a table: their levels and who backs them, filters, order, and forms as data."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import structs

from mgform.errors import CallError
from mgform.names import lowered
from mgform.notes import backing, concerning, sources_named, titled
from mgform.table import LAXATIVE, Basis, Form, Scale, Scales, Table
from mgform.words import listed, one_of

SCALES = Scales.__struct_fields__
SORTS = ("id", "name", *SCALES, "elemental_percent")
FIELDS = (
    "id",
    "name",
    "aliases",
    "members",
    *(
        f"{scale_name}{end}"
        for scale_name in SCALES
        for end in ("", "_basis", "_sources")
    ),
    "elemental_percent",
    "compounds",
    "notes",
    "disputes",
    "corrections",
)
"""The keys of a form, as scripts get it."""


class Level(NamedTuple):
    """A form's level on a scale, and what it rests on.

    ``rank`` is its place there, 0 for the mildest; ``sources`` are the ids of those that back it.
    """

    word: str
    rank: int
    basis: Basis
    sources: tuple[str, ...]


def profile(table: Table, form: Form) -> dict[str, Any]:
    """A whole form, as scripts get it: what the table holds of it, and who backs each level."""
    values = structs.asdict(form)
    values["elemental_percent"] = share(form)
    for scale_name in SCALES:
        level = level_of(table, form, scale_name)
        values[f"{scale_name}_basis"] = level.basis if level else None
        values[f"{scale_name}_sources"] = level.sources if level else ()
    values["notes"] = table.notes_by_form[form.id]
    values["disputes"], values["corrections"] = concerning(table, [form])
    return {field: values[field] for field in FIELDS}


def share(form: Form) -> float | None:
    """The nutrient's share in a form's usual compound, in percent by weight.

    None where the table has no compound, or where the usual one is a mixture.
    """
    if not form.compounds:
        return None
    return form.compounds[0].elemental_percent


def level_of(
    table: Table,
    form: Form,
    scale_name: str,
) -> Level | None:
    """A form's level on a scale, or None where the table gives none; stated if a note states it."""
    scale: Scale | None = getattr(table.scales, scale_name)
    word: str | None = getattr(form, scale_name)
    if scale is None or word is None:
        return None
    notes = backing(table, form, scale_name)
    basis = Basis.INFERRED
    if any(note.basis is Basis.STATED for note in notes):
        basis = Basis.STATED
    source_ids = dict.fromkeys(note.source for note in notes)
    return Level(
        word=word,
        rank=scale.levels.index(word),
        basis=basis,
        sources=tuple(source_ids),
    )


def leveled(table: Table) -> list[Form]:
    """The forms with a level on one of the scales; where the table gives no level at all, all."""
    with_level = [form for form in table.forms if has_level(table, form)]
    return with_level or [*table.forms]


def has_level(table: Table, form: Form) -> bool:
    """Whether the table gives the form a level on one of its scales."""
    levels = [getattr(form, scale_name) for scale_name in table.scales.in_use()]
    return any(level is not None for level in levels)


def not_rated(table: Table, forms: Sequence[Form], scale_name: str) -> str:
    """A clause about forms to which a scale gives no level, though another one may."""
    title = lowered(table.scales.in_use()[scale_name].title)
    form_ids = [form.id for form in forms]
    return f"the table does not rate the {title} of {listed(form_ids)}"


class Filter(NamedTuple):
    """Which forms a list shows: words of one kind are alternatives, and every kind must hold.

    ``source`` are sources by id or mark: of them, one must say something of the form.
    """

    laxative: Sequence[str] = ()
    max_laxative: str | None = None
    tolerance: Sequence[str] = ()
    gentler_than: Form | None = None
    source: Sequence[str] = ()


def select(table: Table, wanted: Filter) -> list[Form]:
    """The forms that pass every part of a filter, of all forms, in the table's order.

    Raises a CallError where the filter names a scale, a level or a source that the table does not
    have.
    """
    accepted = list(_accepted(table, wanted))
    source_ids = set()
    for name in wanted.source:
        source_ids |= sources_named(table, name)
    passing = []
    for form in table.forms:
        if not _has_accepted_levels(table, form, accepted):
            continue
        if wanted.source and not _is_cited(table, form, source_ids):
            continue
        passing.append(form)
    return passing


Accepted = tuple[str, Collection[int]]
"""The name of a scale, and the places on it that pass."""


def _accepted(table: Table, wanted: Filter) -> Iterator[Accepted]:
    """The scales that a filter speaks of, and the places on them that pass."""
    for scale_name in SCALES:
        words: Sequence[str] = getattr(wanted, scale_name)
        if words:
            ranks = {_rank(table, scale_name, word) for word in words}
            yield scale_name, ranks
    if wanted.max_laxative is not None:
        highest = _rank(table, LAXATIVE, wanted.max_laxative)
        yield LAXATIVE, range(highest + 1)
    if wanted.gentler_than is not None:
        yield _gentler(table, wanted.gentler_than)


def _gentler(table: Table, form: Form) -> Accepted:
    """The table's first scale, and the places on it that are gentler than a form's."""
    scale_name = table.scales.first()
    if scale_name is not None:
        level = level_of(table, form, scale_name)
        if level is not None:
            return scale_name, range(level.rank)
    no_level = f"the table gives no level for {form.id}"
    if scale_name is not None and has_level(table, form):
        no_level = not_rated(table, [form], scale_name)
    raise CallError(f"{no_level}, so nothing can be gentler than it")


def _rank(
    table: Table,
    scale_name: str,
    word: str,
) -> int:
    """The place of a level that somebody typed; a CallError where the table has none such."""
    scales = table.scales.in_use()
    one_of("scale of this table", scale_name, scales)
    levels = scales[scale_name].levels
    level = one_of(f"{titled(table, scale_name)} level", word, levels)
    return levels.index(level)


def _has_accepted_levels(
    table: Table,
    form: Form,
    accepted: Sequence[Accepted],
) -> bool:
    for scale_name, ranks in accepted:
        level = level_of(table, form, scale_name)
        if level is None or level.rank not in ranks:
            return False
    return True


def _is_cited(
    table: Table,
    form: Form,
    source_ids: Collection[str],
) -> bool:
    """Whether one of the sources says something of a form."""
    notes = table.notes_by_form[form.id]
    return any(note.source in source_ids for note in notes)


def ordered(
    table: Table,
    forms: Sequence[Form],
    by: str | None,
    *,
    reverse: bool = False,
) -> list[Form]:
    """Forms in the order of a field, as ``SORTS`` names them; without one, in the table's order.

    Words go by alphabet, levels from the mildest, percentages from the lowest. Forms without a
    value come last, and equal ones keep the table's order, whichever way it goes. Raises a
    CallError where forms cannot be ordered by that field, or the table has no such scale.
    """
    if by is None:
        in_order = list(forms)
        if reverse:
            in_order.reverse()
        return in_order
    field = _sort_named(table, by)
    if field in SCALES:
        one_of("scale of this table", field, table.scales.in_use())
    values = {}
    placed = []
    unplaced = []
    for form in forms:
        value = _value(table, form, field)
        if value is None:
            unplaced.append(form)
        else:
            values[form.id] = value
            placed.append(form)
    placed.sort(key=lambda form: values[form.id], reverse=reverse)
    return placed + unplaced


def _sort_named(table: Table, typed: str) -> str:
    """The field that somebody typed, as scripts have it or as screens show it."""
    fields = {titled(table, field): field for field in SORTS}
    if typed.casefold() in SORTS:
        return typed.casefold()
    return fields[one_of("field to sort by", typed, fields)]


def _value(
    table: Table,
    form: Form,
    field: str,
) -> Any:
    """What forms are ordered by; None for no value."""
    if field in SCALES:
        level = level_of(table, form, field)
        return level.rank if level else None
    if field == "elemental_percent":
        return share(form)
    text: str = getattr(form, field)
    return text.casefold()
