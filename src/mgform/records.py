"""What machines read: forms, notes and the rest as plain records with stable keys.

The keys are a contract; docs/json.md describes each. Whatever shows a level shows its basis and its
sources too, so these three always go together.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from mgform.errors import CallError
from mgform.hints import unknown
from mgform.model import Compound, Correction, Dispute, Form, Note, Source, Statement, Table
from mgform.query import corrections_about, disputes_about, level_of

Record = dict[str, Any]


def statement(said: Statement) -> Record:
    """A statement: what is said, by whom and on what basis, in whom it was found, and whom the source relays."""
    return {
        "text": said.text,
        "details": said.details,
        "source": said.source,
        "basis": said.basis,
        "studied": said.studied,
        "relays": said.relays,
    }


def statements(said: Iterable[Statement]) -> list[Record]:
    """Statements, one record each."""
    return [statement(each) for each in said]


def note(each: Note) -> Record:
    """A note: a statement, its topic, and the published statements to be read beside it."""
    return {"about": each.about, **statement(each), "published": statements(each.published)}


def disputed(each: Dispute) -> Record:
    """A dispute and its positions; ``forms`` is empty where it touches every form."""
    return {
        "id": each.id,
        "question": each.question,
        "forms": each.forms,
        "positions": statements(each.positions),
    }


def dispute(each: Dispute) -> Record:
    """A dispute with what is published on it."""
    return disputed(each) | {"published": statements(each.published)}


def correction(each: Correction) -> Record:
    """A correction: the mistaken claim and the published statements against it."""
    return {
        "id": each.id,
        "forms": each.forms,
        "not_covered": each.not_covered,
        "claim": statement(each.claim),
        "published": statements(each.published),
    }


def source(each: Source) -> Record:
    """A source; what it does not have is null."""
    return {
        "id": each.id,
        "kind": each.kind,
        "date": each.date,
        "citation": each.citation,
        "doi": each.doi,
        "pmid": each.pmid,
        "url": each.url,
    }


def compound(each: Compound) -> Record:
    """A compound; its percentage is by mass, and printed by the source or computed."""
    return {
        "name": each.name,
        "formula": each.formula,
        "elemental_percent": each.elemental_percent,
        "basis": each.basis,
        "source": each.source,
        "remark": each.remark,
    }


def elemental(form: Form) -> Record:
    """The percentage of the nutrient in the usual compound; null where the table names no compound."""
    usual = form.compounds[0] if form.compounds else None
    return {
        "elemental_percent": usual.elemental_percent if usual else None,
        "elemental_compound": usual.name if usual else None,
        "elemental_basis": usual.basis if usual else None,
        "elemental_sources": (usual.source,) if usual and usual.source else (),
    }


def level(table: Table, form: Form, scale_name: str) -> Record:
    """A level, its basis and its sources; null and an empty list where the table gives no level."""
    found = level_of(table, form, scale_name)
    return {
        scale_name: found.word if found else None,
        f"{scale_name}_basis": found.basis if found else None,
        f"{scale_name}_sources": found.sources if found else (),
    }


class Field(NamedTuple):
    """A field of a form: the keys that it gives a record, and how it is read."""

    keys: tuple[str, ...]
    read: Callable[[Table, Form], Record]


def _own(name: str) -> Field:
    return Field((name,), lambda _, form: {name: getattr(form, name)})


def _scale(name: str) -> Field:
    return Field((name, f"{name}_basis", f"{name}_sources"), lambda table, form: level(table, form, name))


FIELDS = {
    "id": _own("id"),
    "name": _own("name"),
    "aliases": _own("aliases"),
    "members": _own("members"),
    "laxative": _scale("laxative"),
    "tolerance": _scale("tolerance"),
    "elemental": Field(
        ("elemental_percent", "elemental_compound", "elemental_basis", "elemental_sources"),
        lambda _, form: elemental(form),
    ),
    "compounds": Field(("compounds",), lambda _, form: {"compounds": [compound(each) for each in form.compounds]}),
    "notes": Field(("notes",), lambda _, form: {"notes": [note(each) for each in form.notes]}),
    "disputes": Field(
        ("disputes",),
        lambda table, form: {"disputes": [disputed(each) for each in disputes_about(table, [form])]},
    ),
    "corrections": Field(
        ("corrections",),
        lambda table, form: {"corrections": [correction(each) for each in corrections_about(table, [form])]},
    ),
}
DEFAULT_FIELDS = ("id", "name", "laxative", "tolerance", "elemental")


def chosen_fields(words: str | None) -> tuple[str, ...]:
    """The fields that a comma-separated list names, each once; ``all`` names every one.

    Raises:
        CallError: a word is no field.

    """
    if words is None:
        return DEFAULT_FIELDS
    named = [word.strip().casefold() for word in words.split(",")]
    for word in named:
        if word not in FIELDS and word != "all":
            raise CallError(unknown("field", word, (*FIELDS, "all")))
    return tuple(FIELDS) if "all" in named else tuple(dict.fromkeys(named))


def form_record(table: Table, form: Form, fields: Iterable[str]) -> Record:
    """A form as a record of the chosen fields."""
    merged: Record = {}
    for field in fields:
        merged |= FIELDS[field].read(table, form)
    return merged
