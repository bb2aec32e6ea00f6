"""``mgform search``: what a table has on some words, the best first, by what it is."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from mgform.answers.everything import (
    dispute_grid,
    notes_grid,
    sources_grid,
)
from mgform.answers.foot import with_foot
from mgform.answers.noting import record
from mgform.forms import profile
from mgform.names import names_of
from mgform.notes import cited
from mgform.page import (
    Answer,
    Grid,
    Page,
    Paragraph,
    Span,
    Style,
    cell,
    grid,
    paragraph,
    row,
    whichever_fits,
)
from mgform.said import all_said_in_full, few, positions, reference, said
from mgform.search import Found, Item, search, stems
from mgform.table import (
    Correction,
    Dispute,
    Explained,
    Form,
    Note,
    Source,
    Table,
)
from mgform.words import count, listed, quoted


class _Kind(NamedTuple):
    """A kind of what a table holds: the type, the key in JSON, a noun, and a title."""

    type: type[Item]
    key: str
    noun: str
    title: str


_KINDS = (
    _Kind(Form, "forms", "form", "Forms"),
    _Kind(Explained, "explained", "other name", "Other names"),
    _Kind(Note, "notes", "note", "Notes"),
    _Kind(Dispute, "disputes", "dispute", "Disputed"),
    _Kind(Correction, "corrections", "correction", "Corrected"),
    _Kind(Source, "sources", "source", "Sources"),
)
_SHOWN = (12, 9, 7, 6, 5, 4, 3, 2, 1)
"""How many entries a page shows, by how long they are."""


def searching(table: Table, words: Sequence[str]) -> Answer:
    """What the table has on some words; see ``search``."""
    found = search(table, words)
    page = Page(cell(*_answer(found, words)))
    if found.items:
        lengths = (_best(table, found, shown) for shown in _SHOWN)
        page = page._replace(
            parts=(whichever_fits(lengths),),
            full=lambda: _in_full(table, found),
            more="Every entry, with its sources",
        )
    return Answer(
        page=lambda: with_foot(table, page),
        data=_data(table, found),
    )


def _answer(found: Found, words: Sequence[str]) -> Iterator[str]:
    """What there is, or that there is nothing and what stands nearest."""
    if found.missing:
        missing = listed(map(quoted, found.missing), "or")
        yield f"Nothing here speaks of {missing}."
    if found.slips:
        yield f"Did you mean {listed(map(quoted, found.slips), 'or')}?"
    if not found.items:
        return
    counts = listed(_counts(found.items))
    if found.nearest:
        yield f"Of {listed(found.nearest)} in general, the table has {counts}:"
    elif found.missing:
        yield f"On the other words, the table has {counts}:"
    else:
        yield f"On {quoted(' '.join(words))}, the table has {counts}:"


def _counts(items: Sequence[Item]) -> Iterator[str]:
    for kind in _KINDS:
        of_kind = _of(kind, items)
        if of_kind:
            yield count(len(of_kind), kind.noun)


def _of(kind: _Kind, items: Sequence[Item]) -> list[Any]:
    return [item for item in items if type(item) is kind.type]


def _best(table: Table, found: Found, shown: int) -> Grid:
    """The best entries by what they are, and how many more there are of each kind.

    The kind of the very best comes first. Sources are only counted, unless there is nothing else.
    """
    items: Sequence[Item] = [
        item for item in found.items if not isinstance(item, Source)
    ]
    if not items:
        items = found.items
    best = items[:shown]
    kinds = sorted(_KINDS, key=lambda kind: _first_place(kind, items))
    rows = []
    for kind in kinds:
        entries = _of(kind, best)
        more = len(_of(kind, items)) - len(entries)
        lines = [_line(table, entry, found.roots) for entry in entries]
        if more:
            lines.append(paragraph(Span(f"{more} more", Style.FAINT)))
        rows.append(row(kind.title, cell(*lines)))
    return grid(rows)


def _first_place(kind: _Kind, items: Sequence[Item]) -> int:
    """Where the first of a kind stands; behind all where there is none."""
    for place, item in enumerate(items):
        if type(item) is kind.type:
            return place
    return len(items)


def _line(table: Table, item: Item, roots: Collection[str]) -> Paragraph:
    """An entry in a line or two."""
    if isinstance(item, Form):
        return paragraph(f"{item.id}: {few(_names(item, roots))}")
    if isinstance(item, Explained):
        return (Span(f"{item.name}: "), *said(table, item.statements[0]))
    if isinstance(item, Dispute):
        return (Span(f"{item.question} "), *positions(table, item))
    if isinstance(item, Correction):
        return said(table, item.published[0])
    if isinstance(item, Source):
        return (Span(f"{table.mark(item.id)}: "), *reference(item))
    return said(table, item)


def _names(form: Form, roots: Collection[str]) -> list[str]:
    """The name of a form, then its other names: those that were looked for, where there are some.

    Those with the most of the words come first.
    """
    own_words = stems(f"{form.id} {form.name}")
    wanted = set(roots) - own_words
    others = []
    names_by_words: dict[int, list[str]] = {}
    for role, name in names_of(form):
        if role == "misspelt" or name in (form.id, form.name):
            continue
        others.append(name)
        words = len(stems(name) & wanted)
        if words:
            names_by_words.setdefault(words, []).append(name)
    looked_for: list[str] = []
    for words in sorted(names_by_words, reverse=True):
        looked_for += names_by_words[words]
    return list(dict.fromkeys([form.name, *(looked_for or others)]))


def _in_full(table: Table, found: Found) -> Iterator[Grid]:
    """Every entry: what states something in full, forms and sources as they are listed."""
    listed_only = []
    for item in found.items:
        if isinstance(item, Form | Correction):
            listed_only.append(item)
    yield _best(
        table, found._replace(items=tuple(listed_only)), len(listed_only)
    )
    notes: list[Note] = []
    cited_in: list[str] = []
    for item in found.items:
        if isinstance(item, Note):
            notes.append(item)
            cited_in += cited([item])
        elif isinstance(item, Dispute):
            yield dispute_grid(table, item)
            cited_in += cited([item])
        elif isinstance(item, Correction):
            cited_in += cited([item])
        elif isinstance(item, Source):
            cited_in.append(item.id)
        elif isinstance(item, Explained):
            told = all_said_in_full(table, item.statements)
            yield grid([row(item.name, told)], heading="Other names")
            cited_in += [statement.source for statement in item.statements]
    yield notes_grid(table, notes, heading="Notes")
    yield sources_grid(table, cited_in)


def _data(table: Table, found: Found) -> dict[str, Any]:
    """What was found as scripts get it: whole entries by what they are, the best first."""
    data: dict[str, Any] = {
        "missing": found.missing,
        "nearest": found.nearest,
        "slips": found.slips,
    }
    for kind in _KINDS:
        data[kind.key] = [
            _entry(table, item) for item in _of(kind, found.items)
        ]
    return data


def _entry(table: Table, item: Item) -> Any:
    if isinstance(item, Form):
        return profile(table, item)
    if isinstance(item, Note):
        return record(table, item)
    return item
