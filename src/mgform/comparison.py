"""Forms side by side: which is milder, according to whom, and in what they differ."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from mgform.errors import CallError
from mgform.forms import (
    SCALES,
    Level,
    has_level,
    level_of,
    not_rated,
    profile,
    share,
)
from mgform.names import Match, lowered, sentence_start
from mgform.notes import concerning, is_thread, marked, studies, who_says
from mgform.table import (
    ABSORPTION,
    Basis,
    Correction,
    Dispute,
    Form,
    Kind,
    Note,
    Source,
    Statement,
    Study,
    Table,
)
from mgform.words import listed, shown

_PAIR = 2
_YEAR = 4
"""How many characters of a date are its year."""


class Rank(Struct, frozen=True):
    """The forms that share a level, all stated or all our reading, and who says so."""

    level: str
    forms: tuple[str, ...]
    basis: Basis
    sources: tuple[str, ...]


class Verdict(Struct, frozen=True):
    """Which of the compared forms is milder, in a sentence and by the scale that tells them apart.

    ``ranks`` go from the mildest on; ``unplaced`` are the forms to which the table gives no level.
    """

    sentence: str
    separates: bool
    scale: str | None
    ranks: tuple[Rank, ...]
    unplaced: tuple[str, ...]


class Comparison(Struct, frozen=True):
    """Forms side by side, as scripts get them.

    ``forms`` are whole forms, with the name by which somebody asked, what that is to the form, and
    the one compound that it means, if any. A row says in plain values what each form has under one
    ``field``, by its id, and whether that ``differs``; levels have ``basis`` and ``sources``, too.
    """

    forms: tuple[dict[str, Any], ...]
    rows: tuple[dict[str, Any], ...]
    verdict: Verdict
    disputes: tuple[Dispute, ...]
    corrections: tuple[Correction, ...]


class Measured(NamedTuple):
    """The published note on a scale that stands first for a form, and how many more there are."""

    note: Note
    more: int


def compare(table: Table, matches: Sequence[Match]) -> Comparison:
    """Compare two forms or more; fewer are a CallError."""
    forms = [match.form for match in matches]
    if len(forms) < _PAIR:
        raise CallError(
            "a comparison needs two different forms or more, "
            f"as in: mgform compare {_two_names(table, matches)}"
        )
    disputes, corrections = concerning(table, forms)
    return Comparison(
        forms=tuple(_compared(table, match) for match in matches),
        rows=tuple(_rows(table, forms)),
        verdict=_verdict(table, forms),
        disputes=disputes,
        corrections=corrections,
    )


def _two_names(table: Table, matches: Sequence[Match]) -> str:
    """Names for an example of a comparison: what was typed, and the first other forms."""
    names = [shown(match.asked) for match in matches]
    typed = [match.form.id for match in matches]
    for form in table.forms:
        if form.id not in typed:
            names.append(form.id)
    return " ".join(names[:_PAIR])


def _compared(table: Table, match: Match) -> dict[str, Any]:
    """A whole form, and what was asked."""
    whole = profile(table, match.form)
    whole["asked_as"] = match.asked
    whole["matched"] = match.role
    whole["compound"] = match.compound.name if match.compound else None
    return whole


def _rows(table: Table, forms: Sequence[Form]) -> Iterator[dict[str, Any]]:
    """A row for each field, and for each topic on which one of the forms has a note."""
    columns = {form.id: _column(table, form) for form in forms}
    fields = columns[forms[0].id]
    for field in fields:
        values = {}
        for form_id, column in columns.items():
            values[form_id] = column[field]
        if field.startswith("notes.") and not any(values.values()):
            continue
        different_values = set(values.values())
        row = {
            "field": field,
            "values": values,
            "differs": len(different_values) > 1,
        }
        if field in SCALES:
            row |= _who_rates(table, forms, field)
        yield row


def _column(table: Table, form: Form) -> dict[str, Any]:
    """What a form has under the field of each row."""
    notes = table.notes_by_form[form.id]
    disputes, corrections = concerning(table, [form])
    column: dict[str, Any] = {}
    for scale_name in table.scales.in_use():
        column[scale_name] = getattr(form, scale_name)
    column["elemental_percent"] = share(form)
    column["studies"], column["studies_in_people"] = studies(table, notes)
    for topic in table.topics:
        texts = []
        for note in notes:
            if note.about == topic:
                texts.append(f"{note.text} [{note.source}]")
        column[f"notes.{topic}"] = tuple(texts)
    column["disputes"] = tuple(dispute.id for dispute in disputes)
    column["corrections"] = tuple(correction.id for correction in corrections)
    return column


def _who_rates(
    table: Table,
    forms: Sequence[Form],
    scale_name: str,
) -> dict[str, Any]:
    """On what the levels of forms rest."""
    basis = {}
    sources = {}
    for form in forms:
        level = level_of(table, form, scale_name)
        basis[form.id] = level.basis if level else None
        sources[form.id] = level.sources if level else ()
    return {"basis": basis, "sources": sources}


def measured(table: Table, forms: Sequence[Form]) -> dict[str, Measured]:
    """What is published on the table's first scale, by form id: the first note, and how many more.

    A note about all of the forms comes before the others; apart from that, the table's order
    decides. Forms on which nothing is published there are left out.
    """
    first_scale = table.scales.first()
    form_ids = {form.id for form in forms}
    by_form = {}
    for form in forms:
        about_all = []
        about_some = []
        for note in table.notes_by_form[form.id]:
            if note.about != first_scale or is_thread(table, note.source):
                continue
            if form_ids.issubset(note.forms):
                about_all.append(note)
            else:
                about_some.append(note)
        notes = about_all + about_some
        if notes:
            by_form[form.id] = Measured(notes[0], more=len(notes) - 1)
    return by_form


def are_compared(table: Table, forms: Sequence[Form]) -> bool:
    """Whether a trial in people that the table has compares some forms."""
    return bool(comparing_notes(table, forms))


def comparing_notes(table: Table, forms: Sequence[Form]) -> list[Note]:
    """The notes by which a trial in people compares some forms."""
    form_ids = {form.id for form in forms}
    about_all = [note for note in table.notes if form_ids.issubset(note.forms)]
    return [note for note in about_all if rests_on_trial(table, note)]


def rests_on_trial(table: Table, note: Note) -> bool:
    """Whether a note rests on a trial in people, or on what a source reports of absorption."""
    source = table.sources_by_id[note.source]
    if source.kind is Kind.THREAD:
        return False
    if source.study is not None:
        return source.study is Study.PEOPLE
    return note.about == ABSORPTION and note.basis is Basis.STATED


def _verdict(table: Table, forms: Sequence[Form]) -> Verdict:
    """Which form is milder: by the first scale that separates them, else by the table's first."""
    scale_name, ranks = _telling_scale(table, forms)
    unplaced = {form.id: form for form in forms}
    placed = []
    for rank in ranks:
        for form_id in rank.forms:
            placed.append(unplaced.pop(form_id))
    sentences = []
    if scale_name and ranks:
        sentences.append(_sentence(table, placed, scale_name, ranks))
    sentences += _of_unplaced(table, unplaced.values(), scale_name)
    return Verdict(
        sentence=" ".join(sentences),
        separates=_separates(ranks),
        scale=scale_name,
        ranks=ranks,
        unplaced=tuple(unplaced),
    )


def _telling_scale(
    table: Table, forms: Sequence[Form]
) -> tuple[str | None, tuple[Rank, ...]]:
    """The first scale that separates forms, else the first that rates one, and the forms on it."""
    for scale_name in table.scales.in_use():
        ranks = _ranks(table, forms, scale_name)
        if _separates(ranks):
            return scale_name, ranks
    rating = _rating_scale(table, forms)
    if rating is None:
        return table.scales.first(), ()
    return rating, _ranks(table, forms, rating)


def _rating_scale(table: Table, forms: Sequence[Form]) -> str | None:
    """The first scale on which one of the forms has a level, or None."""
    for scale_name in table.scales.in_use():
        if any(level_of(table, form, scale_name) for form in forms):
            return scale_name
    return None


def _separates(ranks: Sequence[Rank]) -> bool:
    """Whether forms that are ranked are at different levels."""
    levels = {rank.level for rank in ranks}
    return len(levels) > 1


def _ranks(
    table: Table,
    forms: Iterable[Form],
    scale_name: str,
) -> tuple[Rank, ...]:
    """The forms by levels, from the mildest on, and what is stated before what is our reading."""
    levels = {form.id: level_of(table, form, scale_name) for form in forms}
    ranks = []
    for word in table.scales.in_use()[scale_name].levels:
        for basis in Basis:
            form_ids = []
            sources: list[str] = []
            for form_id, level in levels.items():
                if level and level.word == word and level.basis is basis:
                    form_ids.append(form_id)
                    sources += level.sources
            if not form_ids:
                continue
            rank = Rank(
                level=word,
                forms=tuple(form_ids),
                basis=basis,
                sources=tuple(dict.fromkeys(sources)),
            )
            ranks.append(rank)
    return tuple(ranks)


def _sentence(
    table: Table,
    placed: Sequence[Form],
    scale_name: str,
    ranks: Sequence[Rank],
) -> str:
    """The answer: who says what of two forms, or how several stand to each other."""
    ranking = ranked(table, placed, scale_name)
    if ranks[0].level == ranks[-1].level and len(placed) > 1:
        return f"No difference: {lowered(ranking)}"
    if len(placed) != _PAIR:
        return ranking
    scale = table.scales.in_use()[scale_name]
    milder = f"{sentence_start(placed[0].id)} is {scale.comparative}"
    if any(rank.basis is Basis.INFERRED for rank in ranks):
        milder = f"{milder}, by our reading"
    said = who_says(table, placed, scale_name)
    if said:
        return f"{milder}: {said}."
    return f"{milder}: {lowered(ranking)}"


def ranked(
    table: Table,
    forms: Sequence[Form],
    scale_name: str | None = None,
) -> str:
    """How forms stand to each other on a scale, from the mildest on, and who says so.

    Without a name, the scale is the first on which one of them has a level.
    """
    no_level = "The table gives these forms no level."
    scale_name = scale_name or _rating_scale(table, forms)
    if scale_name is None:
        return no_level
    parts = []
    for rank in _ranks(table, forms, scale_name):
        sources = marked(table, rank.sources, rank.basis)
        parts.append(f"{rank.level} for {listed(rank.forms)} {sources}")
    if not parts:
        return no_level
    scale = table.scales.in_use()[scale_name]
    return f"The {lowered(scale.title)} is rated {listed(parts)}."


def _of_unplaced(
    table: Table,
    unplaced: Iterable[Form],
    scale_name: str | None,
) -> Iterator[str]:
    """Sentences about forms without a level on a scale: those that another rates come first."""
    rated_elsewhere = []
    unrated = []
    for form in unplaced:
        if has_level(table, form):
            rated_elsewhere.append(form)
        else:
            unrated.append(form)
    if rated_elsewhere and scale_name:
        clause = not_rated(table, rated_elsewhere, scale_name)
        yield f"{sentence_start(clause)}."
    if unrated:
        yield without_level(table, unrated)


def without_level(table: Table, forms: Sequence[Form]) -> str:
    """A sentence about forms to which the table gives no level, and why, where that can be said."""
    form_ids = [form.id for form in forms]
    discussion = discussion_of(table)
    if not discussion or any(_in_thread(table, form) for form in forms):
        return f"The table gives {listed(form_ids)} no level."
    named = sentence_start(discussion)
    return f"{named} does not speak of {listed(form_ids, 'or')}."


def discussion_of(table: Table) -> str:
    """What sentences call a table's thread: "the discussion of 2000"; nothing without one."""
    threads = []
    for source in table.sources:
        if source.kind is Kind.THREAD:
            threads.append(source)
    if not threads:
        return ""
    return f"the discussion{in_year(threads)}"


def in_year(sources: Iterable[Source]) -> str:
    """The year of some sources, where all have the same: " of 2000"."""
    years = {(source.date or "")[:_YEAR] for source in sources}
    year = years.pop() if len(years) == 1 else ""
    return f" of {year}" if year else ""


def _in_thread(table: Table, form: Form) -> bool:
    """Whether a thread says something of a form, in a note, or in a dispute or a correction."""
    disputes, corrections = concerning(table, [form])
    said: list[Statement] = [*table.notes_by_form[form.id]]
    for dispute in disputes:
        if form.id in dispute.forms:
            said += dispute.positions
    for correction in corrections:
        said.append(correction.claim)
    return any(is_thread(table, statement.source) for statement in said)


def level_clause(
    table: Table,
    form: Form,
    level: Level,
    scale_name: str,
) -> str:
    """A form's level as a sentence, and why; where no note says that in a clause, its sources.

    "The laxative effect of citrate is rated strong: post-4 calls citrate very laxative."
    """
    scale = table.scales.in_use()[scale_name]
    title = lowered(scale.title)
    rating = f"the {title} of {form.id} is rated {level.word}"
    said = who_says(table, [form], scale_name)
    if not said:
        sources = marked(table, level.sources, level.basis)
        return f"{sentence_start(rating)} {sources}."
    if level.basis is Basis.INFERRED:
        rating = f"by our reading, {rating}"
    return f"{sentence_start(rating)}: {said}."
