"""``mgform search``: what a table has on some words, the best first, by what it is."""

from collections.abc import Collection, Iterable, Iterator, Sequence
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
from mgform.notes import cited, holds
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
    words_of,
)
from mgform.said import all_said_in_full, few, reference, said
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
_SHOWN = (12, 9, 8, 7, 6, 5, 4, 3, 2, 1)
"""How many entries a page shows, by how long they are."""
_BELOW = "- "
_FEW = 2
"""So many disputes of which none is shown are told by their questions."""
_ENOUGH = 3
"""Where so many entries are about the words, those that only mention them are not shown."""


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

    Sources are only counted, unless there is nothing else. Where several entries are about the
    words, those in whose texts one only comes up are counted, too.
    """
    items: Sequence[Item] = [
        item for item in found.items if not isinstance(item, Source)
    ]
    if not items:
        items = found.items
    telling = items
    if found.named >= _ENOUGH:
        telling = items[: found.named]
    entries = _shown(telling, shown)
    shown_ids = set(map(id, entries))
    more = [item for item in items if id(item) not in shown_ids]
    return _by_kind(table, found, entries, more)


def _shown(items: Sequence[Item], number: int) -> list[Item]:
    """The first entries, without the notes that say the same as a dispute among them."""
    entries: list[Item] = []
    for item in items:
        if len(entries) == number:
            break
        if not _is_told(item, entries):
            entries.append(item)
            entries = [
                other for other in entries if not _is_told(other, [item])
            ]
    return entries


def _is_told(item: Item, entries: Iterable[Item]) -> bool:
    """Whether a note says what a position of one of the disputes among some entries says."""
    if not isinstance(item, Note):
        return False
    disputes = [other for other in entries if isinstance(other, Dispute)]
    return any(holds(dispute, item) for dispute in disputes)


def _by_kind(
    table: Table,
    found: Found,
    entries: Sequence[Item],
    more: Sequence[Item],
) -> Grid:
    """Entries by what they are, and how many more there are; the kind of the first comes first."""
    items = [*entries, *more]
    kinds = sorted(_KINDS, key=lambda kind: _first_place(kind, items))
    told: set[str] = set()
    rows = []
    for kind in kinds:
        lines: list[Paragraph] = []
        for entry in _of(kind, entries):
            for line in _lines(table, entry, found.roots):
                words = words_of(line).removeprefix(_BELOW)
                if words not in told:
                    lines.append(line)
                    told.add(words)
        left = _of(kind, more)
        if left and lines:
            lines.append(paragraph(Span(f"{len(left)} more", Style.FAINT)))
        elif left:
            lines += _named(kind, left)
        rows.append(row(kind.title, cell(*lines)))
    return grid(rows)


def _named(kind: _Kind, items: Sequence[Item]) -> list[Paragraph]:
    """Entries of a kind of which none is shown: names, a few questions, else how many."""
    names = []
    questions = []
    for item in items:
        if isinstance(item, Form):
            names.append(item.id)
        elif isinstance(item, Explained):
            names.append(item.name)
        elif isinstance(item, Dispute):
            questions.append(paragraph(item.question))
    if names:
        return [paragraph(listed(names))]
    if 0 < len(questions) <= _FEW:
        return questions
    return [paragraph(count(len(items), kind.noun))]


def _first_place(kind: _Kind, items: Sequence[Item]) -> int:
    """Where the first of a kind stands; behind all where there is none."""
    for place, item in enumerate(items):
        if type(item) is kind.type:
            return place
    return len(items)


def _lines(
    table: Table,
    item: Item,
    roots: Collection[str],
) -> Iterator[Paragraph]:
    """An entry in a line or two; the positions of a dispute, and what a note needs, below it."""
    if isinstance(item, Form):
        yield paragraph(f"{item.id}: {few(_names(item, roots))}")
    elif isinstance(item, Explained):
        yield (Span(f"{item.name}: "), *said(table, item.statements[0]))
    elif isinstance(item, Dispute):
        yield paragraph(item.question)
        for position in item.positions:
            yield (Span(_BELOW), *said(table, position))
    elif isinstance(item, Correction):
        yield said(table, item.published[0])
    elif isinstance(item, Source):
        yield (Span(f"{table.mark(item.id)}: "), *reference(item))
    else:
        yield said(table, item)
        for statement in item.published:
            yield (Span(_BELOW), *said(table, statement))


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
    listed_only: list[Item] = []
    for item in found.items:
        if isinstance(item, Form | Correction):
            listed_only.append(item)
    yield _by_kind(table, found, listed_only, more=())
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
