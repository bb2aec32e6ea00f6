"""What a shell offers at Tab.

A script of ``shells`` runs ``mgform`` with the name of its shell in ``_MGFORM_COMPLETE`` and with
what is typed as arguments. The answer's first line is ``words``, or ``files`` where the shell is to
offer files; each other line is a word.
"""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperGroup

from mgform.call import Call
from mgform.errors import CallError, MgformError
from mgform.shells import SHELLS, Shell

if TYPE_CHECKING:
    from mgform.typed import Typed

ASKS = "_MGFORM_COMPLETE"
"""The variable in which a script says which shell asks."""


class Offer(NamedTuple):
    """Words that may stand where the cursor is, with what they mean; or any file's name."""

    words: tuple[tuple[str, str], ...] = ()
    files: bool = False


def answer(
    arguments: list[str],
    group: TyperGroup,
    call: Call,
) -> str:
    """What a script gets to read; a CallError for a script of another version."""
    from mgform.typed import offered_line, typed_in

    shell = _asking()
    typed = typed_in(shell, arguments)
    try:
        offer = offered(typed, group, call)
    except MgformError:
        # The table cannot be read. Who presses Tab sees that when the call is made.
        offer = Offer()
    lines = ["files" if offer.files else "words"]
    for word, meaning in offer.words:
        lines.append(offered_line(shell, typed, word, meaning))
    return "\n".join(lines) + "\n"


def _asking() -> Shell:
    """The shell that asks; a CallError where it is none of those that mgform knows."""
    for shell in SHELLS:
        if os.environ[ASKS] == shell:
            return shell
    raise CallError(
        "the completion in your shell is of another version of mgform; "
        "type: mgform --install-completion bash (or zsh, fish)"
    )


def offered(
    typed: "Typed",
    group: TyperGroup,
    call: Call,
) -> Offer:
    """What may stand where the cursor is: a command, an option, or a value of either."""
    command, waiting = reached(typed.before, group, call)
    if command is None:
        return Offer()
    if waiting is not None:
        return _values(command, waiting, typed.last, call)
    if typed.last.startswith("-"):
        return _options(command, typed.last, call)
    if command is group:
        return _commands(group, typed.last)
    argument = _last_argument(command)
    if argument is None:
        return Offer()
    return _values(command, argument, typed.last, call)


def _last_argument(command: Any) -> Any:
    """The argument that takes the words behind the command, or None."""
    for param in reversed(command.params):
        if param.param_type_name == "argument":
            return param
    return None


def reached(
    words: list[str],
    group: TyperGroup,
    call: Call,
) -> tuple[Any, Any]:
    """The command that words lead to, and the option whose value is to come, each or None."""
    command: Any = group
    waiting = None
    for word in words:
        if waiting is not None:
            _note_table(waiting, word, call)
            waiting = None
        elif word.startswith("-"):
            waiting = _waiting(command, word, call)
        elif command is group:
            command = group.commands.get(word)
        if command is None:
            break
    return command, waiting


def _waiting(
    command: Any,
    word: str,
    call: Call,
) -> Any:
    """The option that a word is, if its value comes in the next word."""
    name, equals, value = word.partition("=")
    option = _option(command, name)
    if option is None or option.is_flag:
        return None
    if equals:
        _note_table(option, value, call)
        return None
    return option


def _note_table(
    option: Any,
    value: str,
    call: Call,
) -> None:
    """Take the words from the table that is typed."""
    if option.name == "data":
        call.data = value


def _option(command: Any, name: str) -> Any:
    """The option of a command that has this name, or None."""
    for param in command.params:
        if name in param.opts:
            return param
    return None


def _commands(group: TyperGroup, begun: str) -> Offer:
    words = []
    for name in group.commands:
        if name.startswith(begun):
            command = group.commands[name]
            meaning = command.get_short_help_str(limit=100)
            words.append((name, meaning))
    return Offer(tuple(words))


def _options(
    command: Any,
    begun: str,
    call: Call,
) -> Offer:
    """The long options that begin so, or the values of one behind its ``=``."""
    if "=" in begun:
        return _behind_equals(command, begun, call)
    words = []
    if "--help".startswith(begun):
        words.append(("--help", ""))
    for param in command.params:
        for name in param.opts:
            if name.startswith("--") and name.startswith(begun):
                words.append((name, param.help or ""))
    return Offer(tuple(words))


def _behind_equals(command: Any, begun: str, call: Call) -> Offer:
    """The values of an option behind its ``=``, each with the option before it."""
    name, _, value = begun.partition("=")
    option = _option(command, name)
    if option is None or option.is_flag:
        return Offer()
    offer = _values(command, option, value, call)
    words = []
    for word, meaning in offer.words:
        words.append((f"{name}={word}", meaning))
    return offer._replace(words=tuple(words))


def _values(
    command: Any,
    param: Any,
    begun: str,
    call: Call,
) -> Offer:
    """What Typer says that an option or an argument may be."""
    if (param.metavar or "").startswith("FILE"):
        return Offer(files=True)
    context = command.make_context(
        command.name,
        args=[],
        resilient_parsing=True,
        obj=call,
    )
    words = []
    for item in param.shell_complete(context, begun):
        words.append((item.value, item.help or ""))
    return Offer(tuple(words))


# What parameters of commands may be: each is an ``autocompletion`` of Typer's.


def forms(ctx: typer.Context, incomplete: str) -> list[str]:
    """The names of forms that begin so; their ids alone, where nothing is typed yet.

    Names of several words are offered where none of one word begins so.
    """
    from mgform.names import names_of

    table = ctx.obj.table()
    if not incomplete:
        return [form.id for form in table.forms]
    words = []
    names = []
    for form in table.forms:
        for role, name in names_of(form):
            if role == "misspelt" or not name.startswith(incomplete):
                continue
            names.append(name)
            if " " not in name:
                words.append(name)
    return list(dict.fromkeys(words or names))


def amounts(ctx: typer.Context, incomplete: str) -> list[str]:
    """The names of forms before an amount. Behind the ``=`` there is nothing to offer."""
    return [f"{name}=" for name in forms(ctx, incomplete)]


def laxative(ctx: typer.Context) -> Iterable[str]:
    """The levels of the laxative scale."""
    return _levels(ctx, "laxative")


def tolerance(ctx: typer.Context) -> Iterable[str]:
    """The levels of the tolerance scale."""
    return _levels(ctx, "tolerance")


def _levels(ctx: typer.Context, scale_name: str) -> Iterable[str]:
    scale = getattr(ctx.obj.table().scales, scale_name)
    return scale.levels if scale else []


def sources(ctx: typer.Context) -> Iterable[str]:
    """The ids of sources."""
    return list(ctx.obj.table().sources_by_id)


def kinds(ctx: typer.Context) -> Iterable[str]:
    """The kinds of sources."""
    return dict.fromkeys(source.kind for source in ctx.obj.table().sources)


def topics(ctx: typer.Context) -> Iterable[str]:
    """The topics that there are notes on."""
    return dict.fromkeys(note.about for note in ctx.obj.table().notes)


def sorts() -> Iterable[str]:
    """The fields that a list can be sorted by."""
    from mgform.forms import SORTS

    return SORTS


def product_sorts(ctx: typer.Context) -> Iterable[str]:
    """The fields that products can be sorted by."""
    from mgform.shelf.ranking import sorts as sorts_of_products

    return sorts_of_products(ctx.obj.table())


def fields(incomplete: str) -> list[str]:
    """Fields behind those that are typed, with commas between."""
    from mgform.forms import FIELDS

    before, comma, _ = incomplete.rpartition(",")
    chosen = before.split(",")
    offered = []
    for field in FIELDS:
        if field not in chosen:
            offered.append(f"{before}{comma}{field}")
    return offered
