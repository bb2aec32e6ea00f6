"""What is said, of which forms, and who says so: notes, studies, disputes and corrections."""

from collections.abc import Collection, Iterable

from mgform.errors import CallError
from mgform.names import key, lowered
from mgform.table import (
    Basis,
    Correction,
    Dispute,
    Explained,
    Form,
    Kind,
    Note,
    Statement,
    Study,
    Table,
)
from mgform.words import one_of, unknown

Entry = Note | Dispute | Correction | Explained
"""What is made of statements."""


def notes_that(
    table: Table,
    forms: Iterable[Form] = (),
    about: Collection[str] = (),
    source: Collection[str] = (),
    kind: Collection[str] = (),
) -> list[Note]:
    """The notes that pass every filter, in the table's order; words of one filter are alternatives.

    Notes that are for every form are notes on each of ``forms``, too. Raises a CallError where
    there is no such topic, source or kind of source.
    """
    form_ids = {form.id for form in forms}
    topics = {_topic_named(table, word) for word in about}
    source_ids = set()
    for name in source:
        source_ids |= sources_named(table, name)
    kinds = {one_of("kind", word, Kind) for word in kind}
    passing = []
    for note in table.notes:
        if form_ids and note.forms and form_ids.isdisjoint(note.forms):
            continue
        if topics and note.about not in topics:
            continue
        if source_ids and source_ids.isdisjoint(cited([note])):
            continue
        if kinds and table.sources_by_id[note.source].kind not in kinds:
            continue
        passing.append(note)
    return passing


def titled(table: Table, topic: str) -> str:
    """A topic as people read it: a scale by its title, where the title has another word for it.

    "Laxative effect" is the topic "laxative"; of a table whose scale is "Constipation", that is.
    """
    scale = table.scales.in_use().get(topic)
    if scale is None or topic in scale.title.casefold():
        return topic
    return lowered(scale.title)


def _topic_named(table: Table, word: str) -> str:
    """The topic that somebody typed as the table has it or as screens show it."""
    titles = [titled(table, topic) for topic in table.topics]
    for names in (table.topics, titles):
        for name, topic in zip(names, table.topics, strict=True):
            if key(word) == key(name):
                return topic
    raise CallError(unknown("topic", word, titles))


def cited(entries: Iterable[Entry]) -> list[str]:
    """The id of the source of every statement."""
    statements: list[Statement] = []
    for entry in entries:
        match entry:
            case Note():
                statements += (entry, *entry.published)
            case Dispute():
                statements += (*entry.positions, *entry.published)
            case Correction():
                statements += (entry.claim, *entry.published)
            case Explained():
                statements += entry.statements
    return [statement.source for statement in statements]


def sources_named(table: Table, name: str) -> set[str]:
    """The ids of the sources that somebody named by an id or by a mark, whatever the case.

    Raises a CallError where no source is called so.
    """
    folded = name.casefold()
    source_ids = set()
    for source in table.sources:
        mark = table.mark(source.id)
        if folded in (source.id.casefold(), mark.casefold()):
            source_ids.add(source.id)
    if not source_ids:
        raise CallError(unknown("source", name, table.sources_by_id))
    return source_ids


def backing(
    table: Table,
    form: Form,
    scale_name: str,
) -> list[Note]:
    """The notes that a level rests on.

    Those are the notes of threads, beside which published ones do not count, else all.
    """
    of_threads = []
    published = []
    for note in table.notes_by_form[form.id]:
        if note.about != scale_name:
            continue
        if is_thread(table, note.source):
            of_threads.append(note)
        else:
            published.append(note)
    return of_threads or published


def is_thread(table: Table, source_id: str) -> bool:
    """Whether a source is a thread, and nothing published."""
    return table.sources_by_id[source_id].kind is Kind.THREAD


def concerning(
    table: Table, forms: Iterable[Form]
) -> tuple[tuple[Dispute, ...], tuple[Correction, ...]]:
    """The disputes and the corrections that touch one of the forms.

    A dispute that names no form touches all.
    """
    form_ids = {form.id for form in forms}
    disputes = []
    for dispute in table.disputes:
        if not dispute.forms or not form_ids.isdisjoint(dispute.forms):
            disputes.append(dispute)
    corrections = []
    for correction in table.corrections:
        if not form_ids.isdisjoint(correction.forms):
            corrections.append(correction)
    return tuple(disputes), tuple(corrections)


def holds(dispute: Dispute, note: Note) -> bool:
    """Whether a note is what a dispute has as a position: of one source, on one topic and form."""
    if dispute.about != note.about or set(dispute.forms).isdisjoint(note.forms):
        return False
    return any(position.source == note.source for position in dispute.positions)


def studies(table: Table, notes: Iterable[Note]) -> tuple[int, int]:
    """How many published studies notes rest on, and how many of those were made in people."""
    made = 0
    in_people = 0
    for source_id in {note.source for note in notes}:
        study = table.sources_by_id[source_id].study
        made += study is not None
        in_people += study is Study.PEOPLE
    return made, in_people


def marks(table: Table, source_ids: Iterable[str]) -> str:
    """Sources as they are named beside a text: ``post-4, Walker 2003``."""
    named = [table.mark(source_id) for source_id in source_ids]
    return ", ".join(named) if named else "no source"


def marked(
    table: Table,
    source_ids: Iterable[str],
    basis: Basis = Basis.STATED,
    remark: str = "",
) -> str:
    """Sources in brackets, as they stand beside what they say: ``[our reading of post-4]``."""
    reading = "our reading of " if basis is Basis.INFERRED else ""
    return f"[{reading}{marks(table, source_ids)}{remark}]"


def who_says(
    table: Table,
    forms: Iterable[Form],
    scale_name: str,
) -> str:
    """The clauses of the notes behind levels: ``post-4 calls malate less laxative; post-5 ...``.

    Nothing where one of these notes has no clause.
    """
    # What each source says, by its verb: "calls" malate this and citrate that.
    said: dict[str, dict[str, list[str]]] = {}
    for form in forms:
        for note in backing(table, form, scale_name):
            if note.says is None:
                return ""
            clause = note.says.replace("{form}", form.id)
            verb, _, rest = clause.partition(" ")
            by_verb = said.setdefault(note.source, {})
            rests = by_verb.setdefault(verb, [])
            if rest not in rests:
                rests.append(rest)
    clauses = []
    for source_id, by_verb in said.items():
        mark = table.mark(source_id)
        clauses.append(f"{mark} {_with_verbs(by_verb)}")
    return "; ".join(clauses)


def _with_verbs(rests_by_verb: dict[str, list[str]]) -> str:
    """What one source says: ``calls malate less laxative and citrate more``."""
    told = []
    for verb, rests in rests_by_verb.items():
        together = " and ".join(rests)
        told.append(f"{verb} {together}".rstrip())
    return " and ".join(told)
