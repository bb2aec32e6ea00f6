"""``mgform show`` of a name that means no single form, such as a brand of several salts."""

from collections.abc import Iterator, Sequence

from mgform.answers.everything import sources_grid
from mgform.answers.facts import with_more
from mgform.answers.foot import with_foot
from mgform.page import (
    Answer,
    Grid,
    Lengths,
    Page,
    Paragraph,
    Row,
    cell,
    grid,
    row,
)
from mgform.said import said, said_first, said_in_full
from mgform.table import Explained, Table
from mgform.words import listed


def explaining(table: Table, explained: Explained) -> Answer:
    """What a name is that means no single form, who says so, and which forms it may hold."""
    first, *_ = explained.statements
    page = Page(
        answer=cell(f"{explained.name} is no single form.", said(table, first)),
        parts=(Lengths(tuple(_lengths(table, explained))),),
        full=lambda: _in_full(table, explained),
    )
    return Answer(with_foot(table, page), data=explained, ids=(explained.id,))


def _lengths(table: Table, explained: Explained) -> Iterator[Grid]:
    """What is said of a name, in whole, by first sentences, and in part."""
    _, *others = explained.statements
    yield grid(
        _rows(explained, [said(table, statement) for statement in others])
    )
    lines = [said_first(table, statement) for statement in others]
    yield grid(_rows(explained, lines))
    for shown in range(len(lines) - 1, 0, -1):
        last = with_more(lines[shown - 1], len(lines) - shown)
        yield grid(_rows(explained, [*lines[: shown - 1], last]))


def _rows(explained: Explained, lines: Sequence[Paragraph]) -> Iterator[Row]:
    yield row("Also called", cell(", ".join(explained.aliases)))
    yield row("Sources say", cell(*lines))
    if explained.forms:
        yield row("Forms", cell(listed(explained.forms)))
        yield row("See also", cell(f"mgform show {' '.join(explained.forms)}"))


def _in_full(table: Table, explained: Explained) -> Iterator[Grid]:
    lines = [
        said_in_full(table, statement) for statement in explained.statements
    ]
    yield grid(_rows(explained, lines))
    yield sources_grid(
        table, [statement.source for statement in explained.statements]
    )
