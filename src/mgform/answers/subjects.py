"""What is published of two forms alike: on sleep, on constipation."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mgform.notes import is_thread
from mgform.search import mentions, stems
from mgform.table import CAUTION, Form, Note, Table


class Subject(NamedTuple):
    """A keyword, and the first published note on it of each form."""

    keyword: str
    notes: tuple[Note, ...]


def shared_subjects(
    table: Table, forms: Sequence[Form], shown: Iterable[Note]
) -> list[Subject]:
    """The keywords on which something is published of each of some forms, in the table's order.

    Notes that are ``shown`` already, and cautions, do not count. A note stands under one keyword.
    """
    notes_by_form = []
    for form in forms:
        notes_by_form.append(_published(table, form, shown))
    told: set[Note] = set()
    subjects = []
    for keyword in _keywords(table, forms):
        notes = _first_of_each(notes_by_form, keyword)
        if notes and told.isdisjoint(notes):
            told.update(notes)
            subjects.append(Subject(keyword, notes))
    return subjects


def _published(table: Table, form: Form, shown: Iterable[Note]) -> list[Note]:
    """What is published of a form, without cautions and what is shown already."""
    notes = []
    for note in table.notes_by_form[form.id]:
        is_told = note in shown or note.about == CAUTION
        if not is_told and not is_thread(table, note.source):
            notes.append(note)
    return notes


def _keywords(table: Table, forms: Iterable[Form]) -> list[str]:
    """The keywords of the notes on some forms, each once, in the order of the table's notes."""
    form_ids = {form.id for form in forms}
    keywords: list[str] = []
    for note in table.notes:
        if not form_ids.isdisjoint(note.forms):
            keywords += note.keywords
    return list(dict.fromkeys(keywords))


def _first_of_each(
    notes_by_form: Iterable[Sequence[Note]], keyword: str
) -> tuple[Note, ...]:
    """The first note of each form that speaks of a keyword; nothing where a form has none."""
    roots = stems(keyword)
    firsts = []
    for notes in notes_by_form:
        speaking = [note for note in notes if _speaks_of(note, keyword, roots)]
        if not speaking:
            return ()
        firsts.append(speaking[0])
    return tuple(firsts)


def _speaks_of(note: Note, keyword: str, roots: set[str]) -> bool:
    """Whether a note has a keyword, or all of its words in the text."""
    if keyword in note.keywords:
        return True
    return all(mentions(note.text, root) for root in roots)
