"""The foot of a page: what the posts are, where it cites one, and that it is no advice."""

import re
from collections.abc import Iterator

from mgform.page import Grid, Page, cell, longest, words_of
from mgform.table import Kind, Table


def with_foot(table: Table, page: Page) -> Page:
    """A page with the table's notices at its foot: the thread's only where it cites a post."""
    if table.thread_notice and _cites_a_thread(table, page):
        return page._replace(foot=cell(table.thread_notice, table.notice))
    return page._replace(foot=cell(table.notice))


def _cites_a_thread(table: Table, page: Page) -> bool:
    """Whether the mark of a thread stands somewhere on a page."""
    marks = [
        table.mark(source.id)
        for source in table.sources
        if source.kind is Kind.THREAD
    ]
    if not marks:
        return False
    alternatives = "|".join(map(re.escape, marks))
    thread_mark = re.compile(
        rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE
    )
    return any(thread_mark.search(words) for words in _words(page))


def _words(page: Page) -> Iterator[str]:
    """The words of every paragraph of a page."""
    cells = [page.answer]
    for part in longest(page):
        if isinstance(part, Grid):
            for row in part.rows:
                cells += row.cells
        else:
            cells.append(part)
    for some in cells:
        yield from map(words_of, some)
