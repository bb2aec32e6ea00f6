"""The foot of a page: what the posts are, where it speaks of them, and that it is no advice."""

import re
from collections.abc import Iterator

from mgform.page import Grid, Page, cell, longest, words_of
from mgform.table import Kind, Table


def with_foot(table: Table, page: Page) -> Page:
    """A page with the table's notices at its foot: the thread's only where it speaks of one."""
    if table.thread_notice and _speaks_of_a_thread(table, page):
        return page._replace(foot=cell(table.thread_notice, table.notice))
    return page._replace(foot=cell(table.notice))


def _speaks_of_a_thread(table: Table, page: Page) -> bool:
    """Whether the mark of a thread, or "the thread", stands somewhere on a page."""
    marks = ["the thread"]
    for source in table.sources:
        if source.kind is Kind.THREAD:
            marks.append(re.escape(table.mark(source.id)))
    if not marks:
        return False
    any_mark = "|".join(marks)
    thread_mark = re.compile(
        rf"(?<![\w-])(?:{any_mark})(?![\w-])",
        re.IGNORECASE,
    )
    return any(map(thread_mark.search, _words(page)))


def _words(page: Page) -> Iterator[str]:
    """The words of every paragraph of a page."""
    paragraphs = list(page.answer)
    for part in longest(page):
        if isinstance(part, Grid):
            for row in part.rows:
                for paragraphs_of_cell in row.cells:
                    paragraphs += paragraphs_of_cell
        else:
            paragraphs += part
    for paragraph in paragraphs:
        yield words_of(paragraph)
