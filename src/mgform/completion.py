"""What the shell offers while a call is typed: names, levels, fields and sources of the table in use.

Every offer imports what it needs when it is asked for: the shell asks for one, and a call for none.
"""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from typer import Context

from mgform.errors import MgformError
from mgform.vocabulary import Topic

if TYPE_CHECKING:
    from mgform.model import Table

Completion = Callable[[Context, str], list[str]]


def _from_table(read: Callable[["Table"], Iterable[str]]) -> Completion:
    """Completes with words of the table in use; with none where it cannot be read."""

    def complete(ctx: Context, incomplete: str) -> list[str]:
        from mgform.loader import load

        try:
            words = read(load(_data(ctx)))
        except MgformError:
            return []
        return _beginning(incomplete, words)

    return complete


def _data(ctx: Context) -> str | None:
    """The table that the half-typed call names, behind the command or before it."""
    before = ctx.parent.params if ctx.parent else {}
    data: str | None = ctx.params.get("data") or before.get("data") or os.environ.get("MGFORM_DATA")
    return data or None


def _beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.casefold().startswith(incomplete.casefold())]


def _form_names(table: "Table") -> list[str]:
    """Every name of the forms that a shell takes without quotes."""
    from mgform.names import names_of

    names = (name for form in table.forms for _, name in names_of(form))
    return list(dict.fromkeys(name for name in names if " " not in name))


def _levels(scale_name: str) -> Completion:
    def read(table: "Table") -> Iterable[str]:
        scale = table.scales.in_use().get(scale_name)
        return scale.levels if scale else ()

    return _from_table(read)


forms = _from_table(_form_names)
sources = _from_table(lambda table: table.sources_by_id)
laxative_levels = _levels("laxative")
tolerance_levels = _levels("tolerance")


def topics(incomplete: str) -> list[str]:
    """Topics of notes."""
    return _beginning(incomplete, list(Topic))


def compared_topics(incomplete: str) -> list[str]:
    """Topics of notes, and the word for all of them."""
    return _beginning(incomplete, [*Topic, "all"])


def sort_fields(incomplete: str) -> list[str]:
    """Fields by which a list can be sorted."""
    from mgform.query import SORT_FIELDS

    return _beginning(incomplete, SORT_FIELDS)


def fields(incomplete: str) -> list[str]:
    """The field that is being typed in a comma-separated list, with those before it."""
    from mgform.records import FIELDS

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + word for word in _beginning(last, (*FIELDS, "all")) if word not in before.split(",")]
