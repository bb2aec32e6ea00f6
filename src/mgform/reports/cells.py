"""What stands in the cells of a page, field by field."""

from collections.abc import Callable, Iterable, Iterator

from mgform.model import Correction, Dispute, Form, Note, Table, Topic
from mgform.page import Cell, Said, levelled, plain, stated
from mgform.query import corrections_about, disputes_about, level_of

PUBLISHED = "Published:"

_TOPICS = {
    Topic.LAXATIVE: "Laxative effect",
    Topic.TOLERANCE: "Tolerance",
    Topic.ABSORPTION: "Absorption",
    Topic.EFFECT: "Effect",
    Topic.DOSING: "Dosing",
    Topic.COST: "Cost, supply",
    Topic.CONTENT: "Content",
    Topic.NAMING: "Naming",
    Topic.CAUTION: "Caution",
}

_FIELDS = {
    "id": "Form",
    "name": "Name",
    "aliases": "Also called",
    "members": "Includes",
    "notes": "Notes",
    "disputes": "In dispute",
    "corrections": "Correction",
}


def topic_title(table: Table, topic: Topic) -> str:
    """A topic's title: that of the scale of its name, where the table has one."""
    scale = table.scales.in_use().get(topic)
    return scale.title if scale else _TOPICS[topic]


def field_title(table: Table, field: str) -> str:
    """A field's title; notes on a topic, ``notes.cost``, have the topic's."""
    if field in table.scales.in_use():
        return table.scales.in_use()[field].title
    return _FIELDS.get(field) or topic_title(table, Topic(field.removeprefix("notes.")))


def notes_cell(notes: Iterable[Note]) -> Cell:
    """Notes, each followed by the published statements that are to be read beside it."""
    return tuple(_notes(notes))


def _notes(notes: Iterable[Note]) -> Iterator[Said]:
    for note in notes:
        yield stated(note)
        yield from (stated(each, PUBLISHED) for each in note.published)


def disputes_cell(disputes: Iterable[Dispute]) -> Cell:
    """Disputes in short: each question, and who takes part."""
    return tuple(Said(each.question, tuple(dict.fromkeys(p.source for p in each.positions))) for each in disputes)


def corrections_cell(corrections: Iterable[Correction]) -> Cell:
    """Corrections: each mistaken claim, then what is published against it."""
    return tuple(_corrections(corrections))


def _corrections(corrections: Iterable[Correction]) -> Iterator[Said]:
    for correction in corrections:
        yield stated(correction.claim, "Mistaken:")
        yield from (stated(each, PUBLISHED) for each in correction.published)


def _scale(name: str) -> Callable[[Table, Form], Cell]:
    return lambda table, form: levelled(table, name, level_of(table, form, name))


FORM_CELLS: dict[str, Callable[[Table, Form], Cell]] = {
    "id": lambda _, form: plain(form.id),
    "name": lambda _, form: plain(form.name),
    "aliases": lambda _, form: plain(", ".join(form.aliases)),
    "members": lambda _, form: plain(", ".join(form.members)),
    "laxative": _scale("laxative"),
    "tolerance": _scale("tolerance"),
    "notes": lambda _, form: notes_cell(form.notes),
    "disputes": lambda table, form: disputes_cell(disputes_about(table, [form])),
    "corrections": lambda table, form: corrections_cell(corrections_about(table, [form])),
}
