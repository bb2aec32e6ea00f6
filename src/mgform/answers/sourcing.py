"""``mgform sources``: the sources, and how many statements each makes."""

from collections import Counter

from msgspec import structs

from mgform.answers.everything import cited, sources_grid
from mgform.answers.foot import with_foot
from mgform.page import Answer, Page, cell
from mgform.table import Table
from mgform.words import count


def sourcing(table: Table) -> Answer:
    """Every source of a table."""
    made = Counter(cited([*table.notes, *table.disputes, *table.corrections]))
    made.update(
        statement.source
        for explained in table.explained
        for statement in explained.statements
    )
    ids = tuple(source.id for source in table.sources)
    records = [
        {**structs.asdict(source), "statements": made[source.id]}
        for source in table.sources
    ]
    answer = (
        f"{count(len(ids), 'source')} of {count(made.total(), 'statement')}."
    )
    page = Page(cell(answer), (sources_grid(table, ids),))
    return Answer(with_foot(table, page), data=records, rows=records, ids=ids)
