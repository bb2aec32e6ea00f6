"""Choosing, ordering and comparing forms: pure functions of a table."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from mgform.errors import CallError
from mgform.hints import did_you_mean, one_of, quoted, unknown
from mgform.model import Correction, Dispute, Form, Note, Scale, Source, Statement, Table
from mgform.names import Match, names_of
from mgform.vocabulary import Basis, Kind, Topic

_FEWEST = 2
_Statement = TypeVar("_Statement", bound=Statement)
COMPARED = (Topic.LAXATIVE, Topic.TOLERANCE, Topic.ABSORPTION)
SORT_FIELDS = ("id", "name", "laxative", "tolerance", "elemental")


class Level(NamedTuple):
    """A form's level on a scale, with what backs it.

    ``rank`` is its place on the scale, 0 for the gentlest; ``sources`` are ids.
    """

    word: str
    rank: int
    basis: Basis
    sources: tuple[str, ...]


def level_of(table: Table, form: Form, scale_name: str) -> Level | None:
    """A form's level on a scale, or None where the table gives none.

    A level rests on the form's notes about it, on those of threads where there are any: published
    notes stand beside a thread's level and do not change it. It is stated if one of them states it.
    """
    scale: Scale | None = getattr(table.scales, scale_name)
    word: str | None = getattr(form, scale_name)
    if scale is None or word is None:
        return None
    about = [note for note in form.notes if note.about == scale_name]
    backing = [note for note in about if note.source in table.threads] or about
    stated = Basis.STATED in [note.basis for note in backing]
    sources = tuple(dict.fromkeys([note.source for note in backing]))
    return Level(word, scale.levels.index(word), Basis.STATED if stated else Basis.INFERRED, sources)


def gentleness(table: Table, form: Form) -> Level | None:
    """A form's level on the scale that tells which form is gentler: the table's first."""
    return next((level_of(table, form, name) for name in table.scales.in_use()), None)


def disputes_about(table: Table, forms: Iterable[Form]) -> list[Dispute]:
    """The disputes that touch one of the forms; one that names no form touches all."""
    ids = {form.id for form in forms}
    return [dispute for dispute in table.disputes if not dispute.forms or ids & {*dispute.forms}]


def corrections_about(table: Table, forms: Iterable[Form]) -> list[Correction]:
    """The corrections that concern one of the forms."""
    ids = {form.id for form in forms}
    return [correction for correction in table.corrections if ids & {*correction.forms}]


def without_details(table: Table) -> Table:
    """The claims of a table alone, without figures and circumstances; the same table where it has none."""
    bare = replace(
        table,
        forms=tuple(replace(form, notes=_claims(form.notes)) for form in table.forms),
        notes=_claims(table.notes),
        disputes=tuple(
            replace(each, positions=_claims(each.positions), published=_claims(each.published))
            for each in table.disputes
        ),
        corrections=tuple(
            replace(each, claim=_claim(each.claim), published=_claims(each.published)) for each in table.corrections
        ),
    )
    return table if bare == table else bare


def _claims(statements: Iterable[_Statement]) -> tuple[_Statement, ...]:
    return tuple(_claim(each) for each in statements)


def _claim(said: _Statement) -> _Statement:
    if isinstance(said, Note):
        return replace(said, details=None, published=_claims(said.published))
    return replace(said, details=None)


def sources_of(notes: Iterable[Note]) -> set[str]:
    """The ids of the sources that notes name, those of the published statements beside them too."""
    return {said.source for note in notes for said in (note, *note.published)}


@dataclass(frozen=True)
class Filter:
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
        yield _at_level(table, "laxative", wanted.laxative)
    if wanted.max_laxative is not None:
        highest = rank(table, "laxative", wanted.max_laxative)
        yield _ranked_below(lambda form: level_of(table, form, "laxative"), highest + 1)
    if wanted.tolerance:
        yield _at_level(table, "tolerance", wanted.tolerance)
    if wanted.gentler_than is not None:
        yield _ranked_below(lambda form: gentleness(table, form), _gentleness_rank(table, wanted.gentler_than))
    for text in wanted.search:
        yield _mentions(text)
    if wanted.source:
        ids = {source(table, name).id for name in wanted.source}
        yield lambda form: not ids.isdisjoint(sources_of(form.notes))


def rank(table: Table, scale_name: str, word: str) -> int:
    """The place of a level on a scale, 0 for the gentlest, whatever its case.

    Raises:
        CallError: the table has no such scale or level.

    """
    scale: Scale | None = getattr(table.scales, scale_name)
    if scale is None:
        raise CallError(f"this table has no {scale_name} scale; its scales are: {one_of(table.scales.in_use())}")
    levels = [level.casefold() for level in scale.levels]
    if word.casefold() in levels:
        return levels.index(word.casefold())
    hint = did_you_mean(word, scale.levels)
    raise CallError(f"no {scale_name} level is called {quoted(word)}{hint} The levels are {one_of(scale.levels)}")


def source(table: Table, name: str) -> Source:
    """The source with that id, whatever its case.

    Raises:
        CallError: the table has no such source.

    """
    found = table.sources_by_id.get(name.casefold())
    if found is None:
        raise CallError(unknown("source", name, table.sources_by_id))
    return found


def topic(name: str) -> Topic:
    """The topic of that name, whatever its case.

    Raises:
        CallError: there is no such topic.

    """
    try:
        return Topic(name.casefold())
    except ValueError:
        raise CallError(unknown("topic", name, Topic)) from None


def compared_topics(names: Sequence[str]) -> tuple[Topic, ...]:
    """The topics of those names; ``all`` names every one, and no name those that are `COMPARED`.

    Raises:
        CallError: a name is no topic.

    """
    for name in names:
        if name.casefold() not in (*Topic, "all"):
            raise CallError(unknown("topic", name, (*Topic, "all")))
    wanted = {name.casefold() for name in names} or {*COMPARED}
    return tuple(topic for topic in Topic if topic in wanted or "all" in wanted)


def _at_level(table: Table, scale_name: str, words: Iterable[str]) -> Callable[[Form], bool]:
    ranks = {rank(table, scale_name, word) for word in words}

    def test(form: Form) -> bool:
        level = level_of(table, form, scale_name)
        return level is not None and level.rank in ranks

    return test


def _ranked_below(read: Callable[[Form], Level | None], limit: int) -> Callable[[Form], bool]:
    def test(form: Form) -> bool:
        level = read(form)
        return level is not None and level.rank < limit

    return test


def _gentleness_rank(table: Table, form: Form) -> int:
    level = gentleness(table, form)
    if level is None:
        raise CallError(f"the table gives no level for {form.id}, so nothing can be gentler than it")
    return level.rank


def _mentions(text: str) -> Callable[[Form], bool]:
    wanted = text.casefold()

    def test(form: Form) -> bool:
        statements = (said for note in form.notes for said in (note, *note.published))
        said = (words for each in statements for words in (each.text, each.details, each.studied) if words)
        named = (name for _, name in names_of(form))
        return any(wanted in words.casefold() for words in (*named, *said))

    return test


def ordered(table: Table, forms: Sequence[Form], by: str | None, *, reverse: bool = False) -> list[Form]:
    """Forms in the order of a field: words by alphabet, levels from the gentlest, percentages from the lowest.

    Forms without a value come last, and equal ones keep the table's order, whichever way it goes.

    Raises:
        CallError: forms cannot be ordered by that field.

    """
    if by is None:
        return [*reversed(forms)] if reverse else [*forms]
    if by not in SORT_FIELDS:
        raise CallError(unknown("field to sort by", by, SORT_FIELDS))
    places = {form.id: _sort_key(table, form, by) for form in forms}
    known = [form for form in forms if places[form.id] is not None]
    unplaced = [form for form in forms if places[form.id] is None]
    return sorted(known, key=lambda form: places[form.id], reverse=reverse) + unplaced


def _sort_key(table: Table, form: Form, by: str) -> Any:
    if by in table.scales.__struct_fields__:
        level = level_of(table, form, by)
        return None if level is None else level.rank
    if by == "elemental":
        return form.compounds[0].elemental_percent if form.compounds else None
    return str(getattr(form, by)).casefold()


class FormNote(NamedTuple):
    """A note, and the form on which it stands; None where it holds for every form."""

    form: Form | None
    note: Note


def notes(
    table: Table,
    forms: Sequence[Form] = (),
    about: Sequence[Topic] = (),
    sources: Sequence[Source] = (),
    kinds: Sequence[Kind] = (),
) -> list[FormNote]:
    """The notes of a table in its order, those for every form last.

    With ``forms``, those that stand on one of them or hold for every form.
    """
    own = (FormNote(form, note) for form in (forms or table.forms) for note in form.notes)
    shared = (FormNote(None, note) for note in table.notes)
    ids = {source.id for source in sources}
    return [
        each
        for each in (*own, *shared)
        if (not about or each.note.about in about)
        and (not ids or ids & sources_of([each.note]))
        and (not kinds or table.sources_by_id[each.note.source].kind in kinds)
    ]


class Row(NamedTuple):
    """What the forms of a comparison have under one field, by form id.

    The values are a `Level`, a `Compound` or None, a tuple of notes, or a tuple of ids.
    """

    field: str
    values: dict[str, Any]
    differs: bool


class Placed(NamedTuple):
    """A form of a comparison, and its level on the scale that is compared."""

    form: Form
    level: Level


@dataclass(frozen=True)
class Verdict:
    """Which of the compared forms is gentler on a scale.

    ``ranks`` are the forms that share a level, the gentlest first; ``unplaced`` are those to which
    the table gives no level. Without any scale, ``scale`` is None.
    """

    scale: str | None
    ranks: tuple[tuple[Placed, ...], ...]
    unplaced: tuple[Form, ...]

    @property
    def separates(self) -> bool:
        """Whether some form is gentler than another."""
        return len(self.ranks) > 1

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The forms that have a level, the gentlest first."""
        return tuple(placed for rank in self.ranks for placed in rank)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that the levels rest on."""
        return tuple(dict.fromkeys(source for placed in self.placed for source in placed.level.sources))


@dataclass(frozen=True)
class Comparison:
    """Forms side by side; ``about`` are the topics of the notes that are compared."""

    matches: tuple[Match, ...]
    rows: tuple[Row, ...]
    verdict: Verdict
    about: tuple[Topic, ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The compared forms, in the order in which they were asked for."""
        return tuple(match.form for match in self.matches)


def compare(
    table: Table, matches: Sequence[Match], about: Iterable[Topic] = COMPARED, *, only_differences: bool = False
) -> Comparison:
    """Compare two forms or more: their levels, percentages, and notes about some topics.

    Raises:
        CallError: fewer than two forms, or two names of one form.

    """
    if len(matches) < _FEWEST:
        raise CallError("a comparison needs two forms or more")
    for index, match in enumerate(matches):
        for earlier in matches[:index]:
            if match.form is earlier.form:
                same = f"{quoted(earlier.asked)} and {quoted(match.asked)} are the same form"
                raise CallError(f"{same} in this table, {match.form.id}; name two that differ")
    forms = [match.form for match in matches]
    topics = tuple(topic for topic in Topic if topic in {*about})
    rows = [row for row in _rows(table, forms, topics) if row.differs or not only_differences]
    return Comparison(tuple(matches), tuple(rows), verdict(table, forms), topics)


def _rows(table: Table, forms: Sequence[Form], about: Iterable[Topic]) -> Iterator[Row]:
    for name in table.scales.in_use():
        levels = {form.id: level_of(table, form, name) for form in forms}
        words = {level.word if level else None for level in levels.values()}
        if words != {None}:
            yield Row(name, levels, len(words) > 1)
    usual = {form.id: form.compounds[0] if form.compounds else None for form in forms}
    if any(usual.values()):
        percentages = {compound and compound.elemental_percent for compound in usual.values()}
        yield Row("elemental_percent", usual, len(percentages) > 1)
    for topic in about:
        yield from _row(f"notes.{topic}", forms, partial(notes_about, topic))
    yield from _row("disputes", forms, lambda form: [d.id for d in disputes_about(table, [form])])
    yield from _row("corrections", forms, lambda form: [c.id for c in corrections_about(table, [form])])


def notes_about(topic: Topic, form: Form) -> list[Note]:
    """A form's own notes about a topic."""
    return [note for note in form.notes if note.about is topic]


def _row(field: str, forms: Sequence[Form], read: Callable[[Form], Iterable[Any]]) -> Iterator[Row]:
    """The row of a field, unless no form has anything under it."""
    values = {form.id: tuple(read(form)) for form in forms}
    if any(values.values()):
        yield Row(field, values, len(set(values.values())) > 1)


def verdict(table: Table, forms: Sequence[Form]) -> Verdict:
    """Which of the forms is gentler: by the first scale that separates them, else by the table's first."""
    by_scale = [_verdict(table, forms, name) for name in table.scales.in_use()]
    nothing = Verdict(None, (), tuple(forms))
    return next((each for each in by_scale if each.separates), by_scale[0] if by_scale else nothing)


def _verdict(table: Table, forms: Sequence[Form], scale_name: str) -> Verdict:
    levels = [(form, level_of(table, form, scale_name)) for form in forms]
    placed = sorted((Placed(form, level) for form, level in levels if level), key=_place)
    ranks = tuple(tuple(group) for _, group in groupby(placed, key=_place))
    return Verdict(scale_name, ranks, tuple(form for form, level in levels if level is None))


def _place(placed: Placed) -> int:
    return placed.level.rank
