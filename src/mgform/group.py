"""The commands as a group: their order in the help, and what to type instead of something else."""

import shlex
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from typing import Any

import typer
from typer.core import TyperGroup

from mgform.call import Call
from mgform.errors import CallError, MgformError
from mgform.words import closest, quoted, shown, unknown

GROUPS = {
    "Questions": (
        "list",
        "show",
        "compare",
        "search",
        "notes",
        "disputes",
        "sources",
    ),
    "Your bottle": ("label", "dose", "products"),
    "Tables": ("validate", "schema"),
}
_CRIES_FOR_HELP = ("help", "?", "hilfe")


class Commands(TyperGroup):
    """The commands in groups; who types something else is told what to type."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, by what they are for, and then the options."""
        formatter.write_paragraph()
        for heading, names in GROUPS.items():
            rows = []
            for name in names:
                help_text = self.commands[name].get_short_help_str(limit=70)
                rows.append((name, help_text))
            formatter.write_heading(heading)
            with formatter.indentation():
                formatter.write_dl(rows)
        options = []
        for param in self.params:
            name_and_help = param.get_help_record(ctx)
            if name_and_help is not None:
                options.append(name_and_help)
        formatter.write_heading("Options")
        with formatter.indentation():
            formatter.write_dl(options)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is typed; a CallError that says what to type where it is none."""
        if args[0] not in self.commands:
            sentence = _what_to_type(ctx, args, list(self.commands))
            raise CallError(sentence)
        return super().resolve_command(ctx, args)


class MadeWhenUsed(Mapping[str, Any]):
    """Commands by name, each made when it is first looked up.

    A call needs one of them; to make all of them would take a tenth of its time.
    """

    def __init__(self) -> None:
        self._makers: dict[str, Callable[[], Any]] = {}
        self._made: dict[str, Any] = {}

    def add(self, name: str, make: Callable[[], Any]) -> None:
        """Add a command, and how it is made."""
        self._makers[name] = make

    def __getitem__(self, name: str) -> Any:
        """The command; a KeyError where there is none such."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """The names, in the order in which they were added."""
        return iter(self._makers)

    def __len__(self) -> int:
        """How many commands there are."""
        return len(self._makers)


def _what_to_type(
    ctx: typer.Context,
    words: list[str],
    commands: list[str],
) -> str:
    """The sentence for words that begin with no command, but perhaps with forms."""
    if words[0].casefold() in _CRIES_FOR_HELP:
        return "for help type: mgform --help, or mgform show --help for one command"
    call = Call(words, data=ctx.params["data"] or ctx.obj.data)
    names = list(takewhile(_is_no_option, words))
    for named in (names, names[:1]):
        sentence = _about_forms(call, named)
        if sentence:
            return sentence
    sentence = unknown("command", words[0], commands)
    if closest(words[0].casefold(), commands):
        return sentence
    search = shlex.join(["mgform", "search", *names])
    return f"{sentence}. To look for something type: {shown(search)}"


def _is_no_option(word: str) -> bool:
    return not word.startswith("-")


def for_no_form(call: Call, command: str, words: list[str]) -> str:
    """The sentence for words behind a command that takes none."""
    sentence = f"'mgform {command}' takes no form"
    hint = _about_forms(call, words)
    if hint is None:
        search = shown(shlex.join(["mgform", "search", *words]))
        return f"{sentence}. To look for something type: {search}"
    _, _, typed = hint.partition("; ")
    return f"{sentence}; {typed}"


def example(call: Call, command: str) -> str | None:
    """What is missing behind a command, with a call that works; None for other commands."""
    from mgform.notes import titled

    table = call.table()
    first = table.forms[0]
    label = shlex.quote(f"{first.name} 400 mg")
    # A table may have one form alone.
    two_ids = " ".join(form.id for form in table.forms[:2])
    asked = {
        "show": ("show which form?", first.id),
        "compare": ("compare which forms?", two_ids),
        "dose": ("how much of which form?", f"{first.id}=1000"),
        "search": ("search for what?", titled(table, table.topics[0])),
        "label": ("which line of a label?", label),
    }
    if command not in asked:
        return None
    question, words = asked[command]
    return f"{question} For example: mgform {command} {words}"


def _about_forms(call: Call, words: list[str]) -> str | None:
    """The sentence for words that name forms, or what is only explained; None for others."""
    from mgform.names import Names

    typed = quoted(" ".join(words))
    try:
        names = Names(call.table())
        explained = names.explained(words)
        if explained is not None:
            return f"{typed} is no command; type: mgform show {explained.id}"
        ids = [match.form.id for match in names.find_all(words)]
    except MgformError:
        return None
    if len(ids) == 1:
        return f"{typed} is a form, not a command; type: mgform show {ids[0]}"
    compare = f"mgform compare {' '.join(ids)}"
    return f"{typed} are forms, not a command; type: {compare}"
