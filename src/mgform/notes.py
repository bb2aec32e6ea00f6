"""What is said, of which forms, and who says so: notes, studies, disputes and corrections."""

from collections.abc import Collection, Iterable

from mgform.table import Basis, Correction, Dispute, Form, Kind, Note, Source, Study, Table
from mgform.words import one_of


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
    topics = {one_of("topic", word, table.topics) for word in about}
    source_ids = {source_named(table, name).id for name in source}
    kinds = {one_of("kind", word, Kind) for word in kind}
    passing = []
    for note in table.notes:
        if form_ids and note.forms and form_ids.isdisjoint(note.forms):
            continue
        if topics and note.about not in topics:
            continue
        if source_ids and source_ids.isdisjoint(cited(note)):
            continue
        if kinds and table.sources_by_id[note.source].kind not in kinds:
            continue
        passing.append(note)
    return passing


def cited(note: Note) -> set[str]:
    """The ids of the sources of a note, and of what is published beside it."""
    return {note.source} | {statement.source for statement in note.published}


def source_named(table: Table, name: str) -> Source:
    """The source that somebody named by its id or by its mark ("Walker 2003"), whatever the case.

    Raises a CallError where no source, or more than one, is called so.
    """
    folded = name.casefold()
    for source in table.sources:
        if folded in (source.id.casefold(), table.mark(source.id).casefold()):
            return source
    return table.sources_by_id[one_of("source", name, table.sources_by_id)]


def backing(table: Table, form: Form, scale_name: str) -> list[Note]:
    """The notes that a level rests on.

    Those are the notes of threads, beside which published ones do not count, else all.
    """
    on_scale = [note for note in table.notes_by_form[form.id] if note.about == scale_name]
    of_threads = [note for note in on_scale if is_thread(table, note.source)]
    return of_threads or on_scale


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


def studies(table: Table, notes: Iterable[Note]) -> tuple[int, int]:
    """How many published studies notes rest on, and how many of those were made in people."""
    source_ids = {note.source for note in notes}
    made_in = [table.sources_by_id[source_id].study for source_id in source_ids]
    return len(made_in) - made_in.count(None), made_in.count(Study.PEOPLE)


def marks(table: Table, source_ids: Iterable[str]) -> str:
    """Sources as they are named beside a text: ``post-4, Walker 2003``."""
    return ", ".join(table.mark(source_id) for source_id in source_ids) or "no source"


def marked(
    table: Table, source_ids: Iterable[str], basis: Basis = Basis.STATED, remark: str = ""
) -> str:
    """Sources in brackets, as they stand beside what they say: ``[our reading of post-4]``."""
    reading = "our reading of " if basis is Basis.INFERRED else ""
    return f"[{reading}{marks(table, source_ids)}{remark}]"


def who_says(table: Table, forms: Iterable[Form], scale_name: str) -> str:
    """The clauses of the notes behind levels: ``post-4 calls malate less laxative; post-5 ...``.

    Nothing where one of these notes has no clause.
    """
    # What each source says, by its verb: "calls" malate this and citrate that.
    said: dict[str, dict[str, list[str]]] = {}
    for form in forms:
        for note in backing(table, form, scale_name):
            if note.says is None:
                return ""
            verb, _, rest = note.says.replace("{form}", form.id).partition(" ")
            rests = said.setdefault(note.source, {}).setdefault(verb, [])
            if rest not in rests:
                rests.append(rest)
    clauses = []
    for source_id, by_verb in said.items():
        told = [f"{verb} {' and '.join(rests)}".rstrip() for verb, rests in by_verb.items()]
        clauses.append(f"{table.mark(source_id)} {' and '.join(told)}")
    return "; ".join(clauses)
