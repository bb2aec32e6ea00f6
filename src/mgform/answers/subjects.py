"""What is published of two forms alike: on sleep, on constipation."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mgform.comparison import comparing_notes, rests_on_trial
from mgform.notes import is_thread
from mgform.search import mentions, stems
from mgform.table import ABSORPTION, CAUTION, Form, Note, Table


class Subject(NamedTuple):
    """A keyword, the first published note on it of each form, and how many more there are.

    ``lacks_trial`` says that people were tried there, and that no trial compares the forms.
    """

    keyword: str
    notes: tuple[Note, ...]
    more: tuple[int, ...]
    lacks_trial: bool


def shared_subjects(
    table: Table, forms: Sequence[Form], shown: Iterable[Note]
) -> list[Subject]:
    """The keywords on which something is published of each of some forms, in the table's order.

    Notes that are ``shown`` already, cautions and what is said of absorption do not count. A note
    stands under one keyword.
    """
    notes_by_form = []
    for form in forms:
        notes_by_form.append(_published(table, form, shown))
    of_both = comparing_notes(table, forms)
    told: set[Note] = set()
    subjects = []
    for keyword in _keywords(table, forms):
        speaking = [_on(keyword, notes) for notes in notes_by_form]
        if not all(speaking):
            continue
        firsts = tuple(notes[0] for notes in speaking)
        more = tuple(len(notes) - 1 for notes in speaking)
        if told.isdisjoint(firsts):
            told.update(firsts)
            is_compared = bool(_on(keyword, of_both))
            lacks_trial = not is_compared and _is_tried(table, speaking)
            subjects.append(Subject(keyword, firsts, more, lacks_trial))
    return subjects


def _is_tried(table: Table, speaking: Iterable[list[Note]]) -> bool:
    """Whether a trial in people stands behind one of the notes on some forms."""
    notes = [note for of_form in speaking for note in of_form]
    return any(rests_on_trial(table, note) for note in notes)


def _published(table: Table, form: Form, shown: Iterable[Note]) -> list[Note]:
    """What is published of a form on subjects, and is not shown already."""
    notes = []
    for note in table.notes_by_form[form.id]:
        is_told = note in shown or note.about in (CAUTION, ABSORPTION)
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


def _on(keyword: str, notes: Iterable[Note]) -> list[Note]:
    """The notes that speak of a keyword."""
    roots = stems(keyword)
    return [note for note in notes if _speaks_of(note, keyword, roots)]


def _speaks_of(note: Note, keyword: str, roots: set[str]) -> bool:
    """Whether a note has a keyword, or all of its words in the text."""
    if keyword in note.keywords:
        return True
    return all(mentions(note.text, root) for root in roots)
