"""What the shell offers while a call is typed: names, levels, topics, fields and sources of the table in use."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from typer import Context

from mgform.words import MgformError

if TYPE_CHECKING:
    from mgform.table import Table

Completion = Callable[[Context, str], list[str]]


def _offering(read: "Callable[[Table], Iterable[str]]") -> Completion:
    """Offers words of the table in use; none where it cannot be read."""

    def complete(ctx: Context, incomplete: str) -> list[str]:
        try:
            return _beginning(incomplete, read(ctx.obj.table()))
        except MgformError:
            return []

    return complete


def _beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word.casefold().startswith(incomplete.casefold())]


def _names(table: "Table") -> Iterable[str]:
    """Every name that a shell takes without quotes, misspelt ones apart."""
    names = (name for form in table.forms for name in (form.id, form.name, *form.aliases, *form.members))
    return (name for name in names if " " not in name)


def _topics(table: "Table") -> Iterable[str]:
    return (note.about for notes in (table.notes, *(form.notes for form in table.forms)) for note in notes)


forms = _offering(_names)
sources = _offering(lambda table: table.sources_by_id)
kinds = _offering(lambda table: (source.kind for source in table.sources))
topics = _offering(_topics)
laxative_levels = _offering(lambda table: table.scales.laxative.levels if table.scales.laxative else ())
tolerance_levels = _offering(lambda table: table.scales.tolerance.levels if table.scales.tolerance else ())


def amounts(ctx: Context, incomplete: str) -> list[str]:
    """Forms with the sign that an amount follows; none behind that sign, which bash takes for a word."""
    if "=" in incomplete or (ctx.params.get("amounts") or [""])[-1] == "=":
        return []
    return [f"{name}=" for name in forms(ctx, incomplete)]


def sort_fields(incomplete: str) -> list[str]:
    """Fields by which a list can be sorted."""
    from mgform.forms import SORTS

    return _beginning(incomplete, SORTS)


def fields(incomplete: str) -> list[str]:
    """The field that is being typed in a comma-separated list, with those before it."""
    from mgform.forms import FIELDS

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + word for word in _beginning(last, FIELDS) if word not in before.split(",")]


def prepare() -> None:
    """Put right what Typer's completion does: no space behind ``glycinate=`` in bash, nothing outside a completion."""
    from typer import _completion_shared

    scripts = _completion_shared._completion_scripts  # noqa: SLF001
    scripts["bash"] = scripts["bash"].replace(
        "    return 0", "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n    return 0"
    )
    asked = os.environ.get("_MGFORM_COMPLETE", "")
    if asked.startswith("complete") and not {"COMP_WORDS", "_TYPER_COMPLETE_ARGS"} & {*os.environ}:
        del os.environ["_MGFORM_COMPLETE"]
