"""``mgform show`` of a name that means no single form, such as a brand of several salts."""

from collections.abc import Iterator

from mgform.answers.everything import sources_grid
from mgform.answers.facts import with_more
from mgform.answers.foot import with_foot
from mgform.notes import cited
from mgform.page import (
    Answer,
    Cell,
    Grid,
    Page,
    cell,
    grid,
    row,
    whichever_fits,
)
from mgform.said import all_said, all_said_in_full, said, said_first
from mgform.table import Explained, Table
from mgform.words import listed


def explaining(table: Table, explained: Explained) -> Answer:
    """What a name is that means no single form, who says so, and which forms it may hold."""
    first = explained.statements[0]
    page = Page(
        answer=cell(
            f"{explained.name} is no single form.",
            said(table, first),
        ),
        parts=(whichever_fits(_lengths(table, explained)),),
        full=lambda: _in_full(table, explained),
    )
    return Answer(
        page=lambda: with_foot(table, page),
        data=explained,
        ids=(explained.id,),
    )


def _lengths(table: Table, explained: Explained) -> Iterator[Grid]:
    """What is said of a name, in whole, by first sentences, and in part."""
    others = explained.statements[1:]
    yield _facts(explained, all_said(table, others))
    lines = []
    for statement in others:
        lines.append(said_first(table, statement))
    yield _facts(explained, tuple(lines))
    while len(lines) > 1:
        lines.pop()
        more = len(others) - len(lines)
        last = with_more(lines[-1], more)
        yield _facts(explained, (*lines[:-1], last))


def _facts(explained: Explained, told: Cell) -> Grid:
    """What a name is also called, what is told of it, and the forms that it may hold."""
    rows = [
        row("Also called", cell(", ".join(explained.aliases))),
        row("Sources say", told),
    ]
    if explained.forms:
        ids = " ".join(explained.forms)
        rows.append(row("Forms", cell(listed(explained.forms))))
        rows.append(row("See also", cell(f"mgform show {ids}")))
    return grid(rows)


def _in_full(table: Table, explained: Explained) -> Iterator[Grid]:
    statements = explained.statements
    yield _facts(explained, all_said_in_full(table, statements))
    yield sources_grid(table, cited([explained]))
