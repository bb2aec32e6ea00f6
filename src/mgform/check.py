"""Everything in a table that fits the model and does not fit together.

Each check yields what would make an answer from the table wrong, lazily: only the first are read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import json, structs

from mgform.formulas import percent_of
from mgform.names import Known, compound_names, key, keys, own_names
from mgform.notes import is_thread
from mgform.shape import Finding, Path
from mgform.table import (
    Compound,
    Correction,
    Dispute,
    Note,
    Origin,
    Statement,
    Table,
    UpperLevel,
)
from mgform.words import quoted, unknown

# What a percentage may differ from that of its formula by: half a percent of it.
_ROUNDED = 0.005
_MOST_REPEATED = 8 * 1024**2
_BRACES = re.compile("[{}]")
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
    yield from _wrong_clauses(table)
    yield from _wrong_percentages(table)
    yield from _clashes(table)
    yield from _too_long_lists(table)


def _repetitions(table: Table) -> Iterator[Finding]:
    """Ids, marks, names of compounds, levels and topics that stand twice."""
    for list_name in _LISTS_WITH_IDS:
        yield from _twice("id", _ids(table, list_name))
    yield from _twice("mark", _marks(table))
    path: Path
    for index, form in enumerate(table.forms):
        path = ("forms", index, "compounds")
        names = [compound.name for compound in form.compounds]
        yield from _twice("compound", _items(path, names))
    for scale_name, scale in table.scales.in_use().items():
        path = ("scales", scale_name, "levels")
        yield from _twice("level", _items(path, scale.levels))
    yield from _twice("topic", _items(("topics",), table.topics))


Word = tuple[Path, str]
"""A word of the table, with its path."""


def _ids(table: Table, list_name: str) -> Iterator[Word]:
    for index, entry in enumerate(getattr(table, list_name)):
        path = (list_name, index, "id")
        yield path, entry.id


def _marks(table: Table) -> Iterator[Word]:
    for index, source in enumerate(table.sources):
        if source.mark is not None:
            path = ("sources", index, "mark")
            yield path, source.mark


def _items(list_path: Path, words: Sequence[str]) -> Iterator[Word]:
    """The words of a list."""
    for index, word in enumerate(words):
        path = (*list_path, index)
        yield path, word


def _twice(what: str, words: Iterable[Word]) -> Iterator[Finding]:
    """What stands a second time among some words."""
    seen = set()
    for path, word in words:
        if word in seen:
            sentence = f"the {what} {quoted(word)} stands here a second time"
            yield Finding(path, sentence)
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
    form_ids = table.forms_by_id
    for path, form_id in _named_forms(table):
        if form_id not in form_ids:
            sentence = unknown("form", form_id, form_ids)
            yield Finding(path, sentence)
    for path, form_id in _keyed_forms(table):
        if form_id not in form_ids:
            sentence = unknown("form", form_id, form_ids)
            yield Finding(path, sentence, at_key=True)


def _named_forms(table: Table) -> Iterator[Word]:
    """The ids of forms that stand as values anywhere."""
    for list_name in ("notes", "explained", "disputes", "corrections"):
        for index, entry in enumerate(getattr(table, list_name)):
            path = (list_name, index, "forms")
            yield from _items(path, entry.forms)
    if table.buffer is not None:
        yield ("buffer",), table.buffer
    yield from _items(("labels", "excipients"), table.labels.excipients)


def _keyed_forms(table: Table) -> Iterator[Word]:
    """The ids of forms that stand as keys anywhere."""
    for form_id in table.labels.richer:
        yield ("labels", "richer", form_id), form_id
    for language, words in table.labels.languages.items():
        for form_id in words.names:
            path = ("labels", "languages", language, "names", form_id)
            yield path, form_id


class _Citation(NamedTuple):
    """A source that something rests on, and the path of that."""

    path: Path
    source_id: str
    must_be_published: bool = False


def _citations(table: Table) -> Iterator[_Citation]:
    """Every place where a source is named."""
    path: Path
    for path, compound in _compounds(table):
        if compound.source is not None:
            yield _Citation(path, compound.source)
    for index, note in enumerate(table.notes):
        path = ("notes", index)
        yield _Citation(path, note.source)
        yield from _published(path, note.published)
    for index, dispute in enumerate(table.disputes):
        path = ("disputes", index)
        yield from _cited((*path, "positions"), dispute.positions)
        yield from _published(path, dispute.published)
    for index, correction in enumerate(table.corrections):
        path = ("corrections", index)
        yield _Citation((*path, "claim"), correction.claim.source)
        yield from _published(path, correction.published)
    for index, entry in enumerate(table.explained):
        path = ("explained", index, "statements")
        yield from _cited(path, entry.statements)
    yield from _cited(("upper_levels",), table.upper_levels)
    caution = table.upper_levels_caution
    if caution is not None:
        yield _Citation(("upper_levels_caution",), caution.source)


def _cited(
    list_path: Path, entries: Iterable[Statement | UpperLevel]
) -> Iterator[_Citation]:
    for index, entry in enumerate(entries):
        path = (*list_path, index)
        yield _Citation(path, entry.source)


def _published(
    path: Path, statements: Iterable[Statement]
) -> Iterator[_Citation]:
    for citation in _cited((*path, "published"), statements):
        yield citation._replace(must_be_published=True)


def _compounds(table: Table) -> Iterator[tuple[Path, Compound]]:
    """Every compound of every form, and its path."""
    for index, form in enumerate(table.forms):
        for number, compound in enumerate(form.compounds):
            path = ("forms", index, "compounds", number)
            yield path, compound


def _wrong_sources(table: Table) -> Iterator[Finding]:
    """Sources that do not exist, that are of the wrong kind, or that nothing uses."""
    used = set()
    for citation in _citations(table):
        source_id = citation.source_id
        path = (*citation.path, "source")
        used.add(source_id)
        if source_id not in table.sources_by_id:
            sentence = unknown("source", source_id, table.sources_by_id)
            yield Finding(path, sentence)
        elif citation.must_be_published and is_thread(table, source_id):
            needed = "a published statement needs a source of kind 'reference'"
            yield Finding(path, f"{needed}; {source_id} is a thread")
    for index, source in enumerate(table.sources):
        if source.id not in used:
            path = ("sources", index, "id")
            unused = f"nothing uses the source {quoted(source.id)}"
            yield Finding(path, f"{unused}; use it or take it out")


def _wrong_dates(table: Table) -> Iterator[Finding]:
    """Days and months that no calendar has."""
    for index, source in enumerate(table.sources):
        if source.date is not None and not _exists(source.date):
            path = ("sources", index, "date")
            sentence = f"there is no {source.date}; write a date that exists, as in 2000-10-12"
            yield Finding(path, sentence)


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
                sentence = unknown(f"{scale_name} level", word, levels)
                yield Finding(path, sentence)
            if scale_name not in topics:
                missing = f"no note of {form.id} is about {scale_name}"
                yield Finding(
                    path, f"{missing}; add one, or leave the level out"
                )


def _wrong_clauses(table: Table) -> Iterator[Finding]:
    """Clauses with something in braces that is not "{form}"."""
    for index, note in enumerate(table.notes):
        clause = note.says or ""
        if _BRACES.search(clause.replace("{form}", "")):
            path = ("notes", index, "says")
            sentence = "only {form} can stand in braces; it becomes the id"
            yield Finding(path, f"{quoted(clause)}: {sentence}")


def _wrong_percentages(table: Table) -> Iterator[Finding]:
    """Percentages that come from nowhere, and formulas without one."""
    for path, compound in _compounds(table):
        is_printed = compound.basis is Origin.PRINTED
        has_printed = is_printed or compound.printed_percent is not None
        if has_printed and compound.source is None:
            sentence = (
                "a percentage that is printed needs the source that prints it"
            )
            yield Finding(path, sentence)
        if compound.elemental_percent is None:
            yield from _missing_percentage(table, path, compound)
        elif compound.formula is None and not is_printed:
            needed = "a percentage that is computed needs its formula"
            yield Finding(path, f"{needed}; add it, or write basis: printed")
        elif not is_printed:
            yield from _miscomputed(table, path, compound)
        yield from _wrong_range(path, compound)


def _miscomputed(
    table: Table,
    path: Path,
    compound: Compound,
) -> Iterator[Finding]:
    """A percentage that is said to be computed, and that its formula does not give."""
    computed = _computed(table, compound)
    written = compound.elemental_percent
    if computed is None or written is None:
        return
    formula = quoted(compound.formula)
    if not computed:
        sentence = f"there is no {table.nutrient} in {formula}"
        yield Finding((*path, "formula"), sentence)
    elif abs(written - computed) > computed * _ROUNDED:
        sentence = f"{formula} gives {computed:.4g} %, not {written:g} %"
        yield Finding((*path, "elemental_percent"), sentence)


def _computed(table: Table, compound: Compound) -> float | None:
    """What the formula of a compound gives; None where there is none, or it cannot be read."""
    if compound.formula is None:
        return None
    return percent_of(table.nutrient, compound.formula)


def _missing_percentage(
    table: Table,
    path: Path,
    compound: Compound,
) -> Iterator[Finding]:
    """Why a compound should have a percentage that it has not, if it should."""
    if compound.basis is Origin.PRINTED:
        sentence = "the basis is printed, and elemental_percent is missing"
        yield Finding(path, sentence)
    elif compound.formula is not None:
        sentence = "with a formula, elemental_percent can be computed; add it"
        computed = _computed(table, compound)
        if computed:
            sentence = f"{sentence}: {computed:.4g}"
        yield Finding(path, sentence)


def _wrong_range(path: Path, compound: Compound) -> Iterator[Finding]:
    """A range of printed percentages that lacks its lower end, or does not go up."""
    most = compound.printed_percent_most
    if most is None:
        return
    if compound.printed_percent is None:
        sentence = "printed_percent_most needs printed_percent beside it"
        yield Finding(path, sentence)
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
                clash = f"the name {quoted(known.name)} already means {_meant(owner)}"
                yield Finding(named.path, f"{clash}; a name means one thing")
                break


def _meant(known: Known) -> str:
    """What a name means: a compound by its name, anything else by its id."""
    if known.compound is not None:
        return known.compound.name
    return known.entry.id


def _all_names(table: Table) -> Iterator[_Named]:
    for list_name in ("forms", "explained"):
        for index, entry in enumerate(getattr(table, list_name)):
            path = (list_name, index)
            for number, known in enumerate(own_names(entry)):
                rank = min(number, _RANK_OF_ALIASES)
                yield _Named(rank, path, known)
    for index, form in enumerate(table.forms):
        for number, compound in enumerate(form.compounds):
            compound_path = ("forms", index, "compounds", number)
            for known in compound_names(form, compound):
                yield _Named(_RANK_OF_COMPOUNDS, compound_path, known)


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
        size += _size(note) * len(note.forms)
    for dispute in table.disputes:
        size += _size(dispute) * len(dispute.forms or table.forms)
    for correction in table.corrections:
        size += _size(correction) * len(correction.forms or table.forms)
    if size > _MOST_REPEATED:
        repeated = "notes, disputes and corrections, repeated for each form that they are about"
        yield Finding((), f"{repeated}, fill more than 8 MiB")


def _size(entry: Note | Dispute | Correction) -> int:
    """The bytes that an entry takes in JSON."""
    return len(json.encode(entry))
