"""What the shell offers while a call is typed: names, levels, fields and sources of the table in use."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from typer import Context

from mgform.words import MgformError

if TYPE_CHECKING:
    from mgform.table import Table

Completion = Callable[[Context, str], list[str]]


def _from_table(read: "Callable[[Table], Iterable[str]]") -> Completion:
    """Completes with words of the table in use; with none where it cannot be read."""

    def complete(ctx: Context, incomplete: str) -> list[str]:
        from mgform.reader import load

        before = ctx.parent.params if ctx.parent else {}
        try:
            words = read(load(ctx.params.get("data") or before.get("data") or os.environ.get("MGFORM_DATA")))
        except MgformError:
            return []
        return _beginning(incomplete, words)

    return complete


def _beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.casefold().startswith(incomplete.casefold())]


def _names(table: "Table") -> list[str]:
    """Every name that a shell takes without quotes, misspelt ones apart."""
    names = (name for form in table.forms for name in (form.id, form.name, *form.aliases, *form.members))
    return list(dict.fromkeys(name for name in names if " " not in name))


def _levels(scale_name: str) -> Completion:
    def read(table: "Table") -> Iterable[str]:
        scale = table.scales.in_use().get(scale_name)
        return scale.levels if scale else ()

    return _from_table(read)


forms = _from_table(_names)
sources = _from_table(lambda table: table.sources_by_id)
laxative_levels = _levels("laxative")
tolerance_levels = _levels("tolerance")


def amounts(ctx: Context, incomplete: str) -> list[str]:
    """Forms with the sign that an amount follows; none behind that sign, which bash takes for a word."""
    if "=" in incomplete or (ctx.params.get("amounts") or [""])[-1] == "=":
        return []
    return [f"{name}=" for name in forms(ctx, incomplete)]


def topics(incomplete: str) -> list[str]:
    """Topics of notes."""
    from mgform.table import Topic

    return _beginning(incomplete, list(Topic))


def kinds(incomplete: str) -> list[str]:
    """Kinds of sources."""
    from mgform.table import Kind

    return _beginning(incomplete, list(Kind))


def sort_fields(incomplete: str) -> list[str]:
    """Fields by which a list can be sorted."""
    from mgform.forms import SORTS

    return _beginning(incomplete, SORTS)


def fields(incomplete: str) -> list[str]:
    """The field that is being typed in a comma-separated list, with those before it."""
    from mgform.forms import FIELDS

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + word for word in _beginning(last, FIELDS) if word not in before.split(",")]


def leave_no_space_behind_a_sign() -> None:
    """Let bash wait for the amount behind ``glycinate=``; Typer's script has no way to say it."""
    from typer import _completion_shared

    scripts = _completion_shared._completion_scripts  # noqa: SLF001
    scripts["bash"] = scripts["bash"].replace(
        "    return 0", "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n    return 0"
    )
