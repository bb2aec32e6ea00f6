"""``mgform sources``: the sources, and how many statements each makes."""

from collections import Counter

from msgspec import structs

from mgform.answers.everything import sources_grid
from mgform.answers.foot import with_foot
from mgform.notes import cited
from mgform.page import Answer, Page, cell
from mgform.table import Table
from mgform.words import count


def sourcing(table: Table) -> Answer:
    """Every source of a table."""
    made = Counter(_statement_sources(table))
    records = []
    for source in table.sources:
        record = structs.asdict(source)
        record["statements"] = made[source.id]
        records.append(record)
    ids = tuple(source.id for source in table.sources)
    sources = count(len(ids), "source")
    statements = count(made.total(), "statement")
    page = Page(
        answer=cell(f"{sources} of {statements}."),
        parts=(sources_grid(table, ids),),
    )
    return Answer(
        page=lambda: with_foot(table, page),
        data=records,
        rows=records,
        ids=ids,
    )


def _statement_sources(table: Table) -> list[str]:
    """The id of the source of every statement in a table."""
    source_ids = cited(table.notes)
    source_ids += cited(table.disputes)
    source_ids += cited(table.corrections)
    source_ids += cited(table.explained)
    return source_ids
