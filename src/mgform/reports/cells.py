"""What stands in the cells of a page, field by field."""

from collections.abc import Callable, Iterable, Iterator

from mgform.model import Compound, Correction, Dispute, Form, Note, Table
from mgform.page import Cell, Said, levelled, plain, stated
from mgform.query import corrections_about, disputes_about, level_of
from mgform.vocabulary import Kind, Origin, Topic

PUBLISHED = "Published:"
MORE_DETAILS = "figures and circumstances: --details"

_TOPICS = {
    Topic.LAXATIVE: "Laxative effect",
    Topic.TOLERANCE: "Tolerance",
    Topic.ABSORPTION: "Absorption",
    Topic.EFFECT: "Effect",
    Topic.AMOUNT: "Daily amount",
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
    "compounds": "Compounds",
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
    if field == "elemental":
        return f"{table.nutrient.capitalize()} %"
    return _FIELDS.get(field) or topic_title(table, Topic(field.removeprefix("notes.")))


def notes_cell(notes: Iterable[Note]) -> Cell:
    """Notes, each followed by the published statements that are to be read beside it."""
    return tuple(_notes(notes))


def _notes(notes: Iterable[Note]) -> Iterator[Said]:
    for note in notes:
        yield stated(note)
        yield from (stated(each, PUBLISHED) for each in note.published)


def elemental_cell(_: Table, form: Form) -> Cell:
    """The percentage of the usual compound."""
    return tuple(percentage(compound) for compound in form.compounds[:1]) or plain("-")


def compounds_cell(form: Form) -> Cell:
    """The percentage of each compound, and what is to be said of it."""
    return tuple(_compounds(form))


def _compounds(form: Form) -> Iterator[Said]:
    for compound in form.compounds:
        said = percentage(compound)
        yield said._replace(text=f"{said.text} % in {compound.name}, {compound.formula}")
        if compound.remark:
            yield Said(compound.remark)


def percentage(compound: Compound) -> Said:
    """A compound's percentage, and who prints it."""
    sources = (compound.source,) if compound.source else ()
    return Said(f"{compound.elemental_percent:g}", sources, computed=compound.basis is Origin.COMPUTED)


def split_by_kind(table: Table, notes: Iterable[Note]) -> dict[Kind, list[Note]]:
    """What threads say, and what published sources say; all as one where the table has no thread."""
    kinds = {source.kind for source in table.sources}
    split: dict[Kind, list[Note]] = {kind: [] for kind in Kind}
    for note in notes:
        kind = table.sources_by_id[note.source].kind if Kind.THREAD in kinds else Kind.THREAD
        split[kind].append(note)
    return split


def disputes_cell(disputes: Iterable[Dispute]) -> Cell:
    """Disputes in short: each question, and the positions behind it."""
    return tuple(said for each in disputes for said in _dispute(each))


def _dispute(dispute: Dispute) -> Iterator[Said]:
    yield Said(dispute.question)
    yield from (stated(each)._replace(follows=True) for each in dispute.positions)


def corrections_cell(corrections: Iterable[Correction]) -> Cell:
    """Corrections: each mistaken claim, then what is published against it."""
    return tuple(_corrections(corrections))


def _corrections(corrections: Iterable[Correction]) -> Iterator[Said]:
    for correction in corrections:
        yield stated(correction.claim, "Mistaken:")
        yield from (stated(each, PUBLISHED)._replace(follows=True) for each in correction.published)


def _scale(name: str) -> Callable[[Table, Form], Cell]:
    return lambda table, form: levelled(table, name, level_of(table, form, name))


FORM_CELLS: dict[str, Callable[[Table, Form], Cell]] = {
    "id": lambda _, form: plain(form.id),
    "name": lambda _, form: plain(form.name),
    "aliases": lambda _, form: plain(", ".join(form.aliases)),
    "members": lambda _, form: plain(", ".join(form.members)),
    "laxative": _scale("laxative"),
    "tolerance": _scale("tolerance"),
    "elemental": elemental_cell,
    "compounds": lambda _, form: compounds_cell(form),
    "notes": lambda _, form: notes_cell(form.notes),
    "disputes": lambda table, form: disputes_cell(disputes_about(table, [form])),
    "corrections": lambda table, form: corrections_cell(corrections_about(table, [form])),
}
