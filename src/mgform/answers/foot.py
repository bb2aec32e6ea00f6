"""The foot of a page: what the posts are, where it speaks of them, and that it is no advice."""

import re

from mgform.comparison import discussion_of
from mgform.page import Cell, Page, cell
from mgform.table import Kind, Table


def with_foot(table: Table, page: Page) -> Page:
    """A page with the table's notices at its foot: the thread's only where it speaks of one."""
    thread_mark = _thread_mark(table)
    if thread_mark is None or table.thread_notice is None:
        return page._replace(foot=cell(table.notice))
    notice = cell(table.thread_notice)

    def explained(words: str) -> Cell:
        return notice if thread_mark.search(words) else ()

    return page._replace(foot=cell(table.notice), explained=explained)


def _thread_mark(table: Table) -> re.Pattern[str] | None:
    """What the messages of a thread and the thread itself are called, if there is one."""
    marks = []
    for source in table.sources:
        if source.kind is Kind.THREAD:
            marks.append(table.mark(source.id))
    if not marks:
        return None
    names = [re.escape(name) for name in (discussion_of(table), *marks)]
    any_name = "|".join(names)
    return re.compile(rf"(?<![\w-])(?:{any_name})(?![\w-])", re.IGNORECASE)
