"""A call: the table that it is about, and the names typed in it."""

from collections.abc import Iterable
from functools import cached_property

from mgform import query
from mgform.model import Source, Table
from mgform.names import Match, Names


class Request:
    """A call: the table that it is about, and the names in it."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def in_short(self) -> "Request":
        """The same call about the claims of the table alone."""
        return Request(query.without_details(self.table))

    @cached_property
    def names(self) -> Names:
        """The names of the table."""
        return Names(self.table)

    def matches(self, asked: Iterable[str] | None) -> list[Match]:
        """The forms that were asked for."""
        return [self.names.find(name) for name in asked or ()]

    def distinct(self, asked: Iterable[str]) -> list[Match]:
        """The forms that were asked for, each once."""
        first: dict[str, Match] = {}
        for match in self.matches(asked):
            first.setdefault(match.form.id, match)
        return list(first.values())

    def sources(self, asked: Iterable[str] | None) -> list[Source]:
        """The sources that were asked for."""
        return [query.source(self.table, name) for name in asked or ()]
