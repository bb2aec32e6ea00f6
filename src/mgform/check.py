"""Everything in a table that fits the model and does not fit together.

Each check yields what would make an answer from the table wrong, lazily: only the first are read.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import json, structs

from mgform.names import Known, compound_names, key, keys, own_names
from mgform.notes import is_thread
from mgform.shape import Finding, Path
from mgform.table import (
    Compound,
    Correction,
    Dispute,
    Origin,
    Statement,
    Table,
    UpperLevel,
)
from mgform.words import quoted, unknown

_MOST_REPEATED = 8 * 1024**2
_RANK_OF_ALIASES = 2
_RANK_OF_COMPOUNDS = 3
_LISTS_WITH_IDS = ("sources", "forms", "explained", "disputes", "corrections")


def inconsistencies(table: Table) -> Iterator[Finding]:
    """Everything in a table that would make an answer from it wrong."""
    yield from _repetitions(table)
    yield from _unknown_topics(table)
    yield from _unknown_forms(table)
    yield from _wrong_sources(table)
    yield from _wrong_dates(table)
    yield from _wrong_levels(table)
    yield from _wrong_percentages(table)
    yield from _clashes(table)
    yield from _too_long_lists(table)


def _repetitions(table: Table) -> Iterator[Finding]:
    """Ids, marks, names of compounds, levels and topics that stand twice."""
    for list_name in _LISTS_WITH_IDS:
        places = []
        for index, entry in enumerate(getattr(table, list_name)):
            places.append(((list_name, index, "id"), entry.id))
        yield from _twice("id", places)
    marks = []
    for index, source in enumerate(table.sources):
        if source.mark is not None:
            marks.append((("sources", index, "mark"), source.mark))
    yield from _twice("mark", marks)
    for index, form in enumerate(table.forms):
        names = [compound.name for compound in form.compounds]
        yield from _twice(
            "compound", _items(("forms", index, "compounds"), names)
        )
    for scale_name, scale in table.scales.in_use().items():
        yield from _twice(
            "level", _items(("scales", scale_name, "levels"), scale.levels)
        )
    yield from _twice("topic", _items(("topics",), table.topics))


def _items(path: Path, words: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """The words of a list, with their paths."""
    for index, word in enumerate(words):
        yield (*path, index), word


def _twice(what: str, places: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    """What stands a second time among words that have paths."""
    seen = set()
    for path, word in places:
        if word in seen:
            yield Finding(
                path, f"the {what} {quoted(word)} stands here a second time"
            )
        seen.add(word)


def _unknown_topics(table: Table) -> Iterator[Finding]:
    """Topics of notes and disputes that the table does not have."""
    known = set(table.topics)
    for list_name in ("notes", "disputes"):
        for index, entry in enumerate(getattr(table, list_name)):
            topic = entry.about
            if topic is not None and topic not in known:
                path = (list_name, index, "about")
                yield Finding(path, unknown("topic", topic, table.topics))


def _unknown_forms(table: Table) -> Iterator[Finding]:
    """Ids of forms that no form has."""
    form_ids = {form.id: form for form in table.forms}
    for path, form_id in _named_forms(table):
        if form_id not in form_ids:
            yield Finding(path, unknown("form", form_id, form_ids))
    for path, form_id in _keyed_forms(table):
        if form_id not in form_ids:
            yield Finding(path, unknown("form", form_id, form_ids), at_key=True)


def _named_forms(table: Table) -> Iterator[tuple[Path, str]]:
    """The ids of forms that stand as values anywhere, and their paths."""
    for list_name in ("notes", "explained", "disputes", "corrections"):
        for index, entry in enumerate(getattr(table, list_name)):
            for number, form_id in enumerate(entry.forms):
                yield (list_name, index, "forms", number), form_id
    if table.buffer is not None:
        yield ("buffer",), table.buffer
    for index, form_id in enumerate(table.labels.excipients):
        yield ("labels", "excipients", index), form_id


def _keyed_forms(table: Table) -> Iterator[tuple[Path, str]]:
    """The ids of forms that stand as keys, and their paths."""
    for form_id in table.labels.richer:
        yield ("labels", "richer", form_id), form_id
    for language, words in table.labels.languages.items():
        for form_id in words.names:
            yield ("labels", "languages", language, "names", form_id), form_id


class _Citation(NamedTuple):
    """A source that something rests on, and the path of that."""

    path: Path
    source_id: str
    must_be_published: bool = False


def _citations(table: Table) -> Iterator[_Citation]:
    """Every place where a source is named."""
    for path, compound in _compounds(table):
        if compound.source is not None:
            yield _Citation(path, compound.source)
    for index, note in enumerate(table.notes):
        yield _Citation(("notes", index), note.source)
        yield from _published(("notes", index), note.published)
    for index, dispute in enumerate(table.disputes):
        yield from _cited(("disputes", index, "positions"), dispute.positions)
        yield from _published(("disputes", index), dispute.published)
    for index, correction in enumerate(table.corrections):
        yield _Citation(
            ("corrections", index, "claim"), correction.claim.source
        )
        yield from _published(("corrections", index), correction.published)
    for index, entry in enumerate(table.explained):
        yield from _cited(("explained", index, "statements"), entry.statements)
    yield from _cited(("upper_levels",), table.upper_levels)
    if table.upper_levels_caution is not None:
        yield _Citation(
            ("upper_levels_caution",), table.upper_levels_caution.source
        )


def _cited(
    path: Path, entries: Iterable[Statement | UpperLevel]
) -> Iterator[_Citation]:
    for index, entry in enumerate(entries):
        yield _Citation((*path, index), entry.source)


def _published(
    path: Path, statements: Iterable[Statement]
) -> Iterator[_Citation]:
    for citation in _cited((*path, "published"), statements):
        yield citation._replace(must_be_published=True)


def _compounds(table: Table) -> Iterator[tuple[Path, Compound]]:
    """Every compound of every form, and its path."""
    for index, form in enumerate(table.forms):
        for number, compound in enumerate(form.compounds):
            yield ("forms", index, "compounds", number), compound


def _wrong_sources(table: Table) -> Iterator[Finding]:
    """Sources that do not exist, that are of the wrong kind, or that nothing uses."""
    used = set()
    for citation in _citations(table):
        source_id = citation.source_id
        path = (*citation.path, "source")
        used.add(source_id)
        if source_id not in table.sources_by_id:
            yield Finding(
                path, unknown("source", source_id, table.sources_by_id)
            )
        elif citation.must_be_published and is_thread(table, source_id):
            sentence = (
                "a published statement needs a source of kind 'reference'"
            )
            yield Finding(path, f"{sentence}; {source_id} is a thread")
    for index, source in enumerate(table.sources):
        if source.id not in used:
            sentence = f"nothing uses the source {quoted(source.id)}"
            yield Finding(
                ("sources", index, "id"), f"{sentence}; use it or take it out"
            )


def _wrong_dates(table: Table) -> Iterator[Finding]:
    """Days and months that no calendar has."""
    for index, source in enumerate(table.sources):
        if source.date is not None and not _exists(source.date):
            sentence = f"there is no {source.date}; write a date that exists, as in 2000-10-12"
            yield Finding(("sources", index, "date"), sentence)


def _exists(written: str) -> bool:
    """Whether there is such a year, month or day."""
    year, *month_and_day = written.split("-")
    month, day = [*month_and_day, "01", "01"][:2]
    try:
        date.fromisoformat(f"{year}-{month}-{day}")
    except ValueError:
        return False
    return True


def _wrong_levels(table: Table) -> Iterator[Finding]:
    """Levels that a scale does not have, or that rest on no note of the form."""
    for index, form in enumerate(table.forms):
        topics = {note.about for note in table.notes_by_form[form.id]}
        for scale_name, scale in structs.asdict(table.scales).items():
            word = getattr(form, scale_name)
            if word is None:
                continue
            path = ("forms", index, scale_name)
            levels = scale.levels if scale else ()
            if word not in levels:
                yield Finding(
                    path, unknown(f"{scale_name} level", word, levels)
                )
            if scale_name not in topics:
                sentence = f"no note of {form.id} is about {scale_name}"
                yield Finding(
                    path, f"{sentence}; add one, or leave the level out"
                )


def _wrong_percentages(table: Table) -> Iterator[Finding]:
    """Percentages that come from nowhere, and formulas without one."""
    for path, compound in _compounds(table):
        percent = compound.elemental_percent
        is_printed = compound.basis is Origin.PRINTED
        if compound.source is None and (
            is_printed or compound.printed_percent is not None
        ):
            yield Finding(
                path,
                "a percentage that is printed needs the source that prints it",
            )
        if percent is None and is_printed:
            yield Finding(
                path, "the basis is printed, and elemental_percent is missing"
            )
        elif percent is None and compound.formula is not None:
            yield Finding(
                path,
                "with a formula, elemental_percent can be computed; add it",
            )
        elif (
            percent is not None and compound.formula is None and not is_printed
        ):
            yield Finding(
                path,
                "a percentage that is computed needs its formula; add it, or write basis: printed",
            )
        yield from _wrong_range(path, compound)


def _wrong_range(path: Path, compound: Compound) -> Iterator[Finding]:
    """A range of printed percentages that lacks its lower end, or does not go up."""
    most = compound.printed_percent_most
    if most is None:
        return
    if compound.printed_percent is None:
        yield Finding(
            path, "printed_percent_most needs printed_percent beside it"
        )
    elif most <= compound.printed_percent:
        sentence = "printed_percent_most is to be larger than printed_percent"
        yield Finding((*path, "printed_percent_most"), sentence)


class _Named(NamedTuple):
    """A name of the table, and where it stands; ``rank`` says which names come first."""

    rank: int
    path: Path
    known: Known


def _clashes(table: Table) -> Iterator[Finding]:
    """Names that mean two things.

    An id comes before a name, a name before any other, and names of compounds come last.
    """
    prefixes = frozenset(map(key, table.name_prefixes))
    owners: dict[str, Known] = {}
    for named in sorted(_all_names(table), key=lambda named: named.rank):
        known = named.known
        for name_key in keys(known.name, prefixes):
            owner = owners.setdefault(name_key, known)
            if not _may_share(owner, known):
                meant = (
                    owner.compound.name if owner.compound else owner.entry.id
                )
                sentence = (
                    f"the name {quoted(known.name)} already means {meant}"
                )
                yield Finding(named.path, f"{sentence}; a name means one thing")
                break


def _all_names(table: Table) -> Iterator[_Named]:
    for list_name in ("forms", "explained"):
        for index, entry in enumerate(getattr(table, list_name)):
            for number, known in enumerate(own_names(entry)):
                yield _Named(
                    min(number, _RANK_OF_ALIASES), (list_name, index), known
                )
    for index, form in enumerate(table.forms):
        for number, compound in enumerate(form.compounds):
            for known in compound_names(form, compound):
                path = ("forms", index, "compounds", number)
                yield _Named(_RANK_OF_COMPOUNDS, path, known)


def _may_share(owner: Known, known: Known) -> bool:
    """Whether two things may have the same name.

    "Magnesium citrate" may be the form and its usual compound: then the name means the form. What
    stands under ``names`` of a compound is to mean that compound and no other.
    """
    if owner.entry is not known.entry:
        return False
    if owner.compound is known.compound:
        return True
    if owner.compound is not None or known.compound is None:
        return False
    return known.name == known.compound.name


def _too_long_lists(table: Table) -> Iterator[Finding]:
    """What fills too much of a list, where it stands under each form that it is about."""
    size = 0
    for note in table.notes:
        size += len(json.encode(note)) * len(note.forms)
    entries: tuple[Dispute | Correction, ...] = (
        *table.disputes,
        *table.corrections,
    )
    for entry in entries:
        size += len(json.encode(entry)) * len(entry.forms or table.forms)
    if size > _MOST_REPEATED:
        sentence = "notes, disputes and corrections, repeated for each form that they are about"
        yield Finding((), f"{sentence}, fill more than 8 MiB")
