"""What the shell offers while a call is typed: names, levels, topics, fields and sources of the table in use."""

import os
from collections.abc import Callable, Iterable, Mapping

from typer import Context

import mgform


def offering(kind: str) -> Callable[[Context, str], list[str]]:
    """Offers words of a kind, see ``_offered``; none where the table in use cannot be read."""

    def complete(ctx: Context, incomplete: str) -> list[str]:
        # Bash takes the sign before an amount for a word of its own.
        if kind == "amounts" and "=" in (incomplete[-1:], *(ctx.params.get(kind) or ())[-1:]):
            return []
        before, comma, last = incomplete.rpartition(",") if kind == "fields" else ("", "", incomplete)
        try:
            words = dict.fromkeys(_offered(mgform.load(ctx.obj.data)).get(kind, ()))
        except mgform.MgformError:
            return []
        begun = (word for word in words if word.casefold().startswith(last.casefold()))
        return [f"{before}{comma}{word}" for word in begun if word not in before.split(",")]

    return complete


def _offered(table: "mgform.Table") -> Mapping[str, Iterable[str]]:
    """The words of each kind; of the names those that a shell takes without quotes, misspelt ones apart."""
    every = (each for form in table.forms for each in mgform.names.names_of(form))
    names = [name for role, name in every if role != "misspelt" and " " not in name]
    return {
        "forms": names,
        "amounts": (f"{name}=" for name in names),
        "sources": table.sources_by_id,
        "kinds": (source.kind for source in table.sources),
        "topics": (note.about for note in mgform.forms.notes_that(table, ())),
        "sorts": mgform.forms.SORTS,
        "fields": mgform.forms.FIELDS,
        **{name: scale.levels for name, scale in table.scales.in_use().items()},
    }


def prepare() -> None:
    """Put right what Typer's completion does: no space behind ``glycinate=`` in bash, nothing outside a completion."""
    from typer import _completion_shared

    scripts = _completion_shared._completion_scripts  # noqa: SLF001
    scripts["bash"] = scripts["bash"].replace(
        "    return 0", "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n    return 0"
    )
    given = os.environ
    in_bash = "COMP_WORDS" in given and given.get("COMP_CWORD", "").isdigit()
    if given.get("_MGFORM_COMPLETE", "").startswith("complete") and not in_bash and "_TYPER_COMPLETE_ARGS" not in given:
        del given["_MGFORM_COMPLETE"]
