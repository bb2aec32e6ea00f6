"""The one way in which a call runs: its answer is printed, or its error is told in a line."""

import contextlib
import io
import os
import re
import shlex
from functools import cache
from typing import Any

import typer

from mgform import cli, completion
from mgform.call import Call
from mgform.errors import (
    CallError,
    DataError,
    MgformError,
    UnknownNameError,
)
from mgform.group import example, for_no_form
from mgform.options import of_others
from mgform.output import complain, print_answer, write
from mgform.page import Answer
from mgform.words import closest, quoted, shown

_EXTRA = r"unexpected extra argument\S* \((.+)\)"
_MISTAKE = 70
_INTERRUPTED = 130


def run(words: list[str]) -> int:
    """Run a call and return its exit status.

    0 is done, 1 the data is at fault, 2 the call is, 70 a mistake of mgform's own, 130 interrupted.
    An error is one line on standard error. A call that fails has printed nothing, unless it answers
    a stream row by row.
    """
    call = Call(words)
    try:
        return _run(call)
    except UnknownNameError as error:
        sentence, status = _with_search(call, error), error.status
    except MgformError as error:
        sentence, status = str(error), error.status
    except typer.TyperException as error:
        sentence, status = _sentence(call, error), CallError.status
    except KeyboardInterrupt:
        return _INTERRUPTED
    except MemoryError:
        sentence = "there is not enough memory for this table or this answer"
        status = DataError.status
    except Exception as error:
        if os.environ.get("MGFORM_TRACEBACK"):
            raise
        what = f"{type(error).__name__}: {error}"
        sentence = f"a mistake in mgform itself, {what}. Please report it with this call"
        status = _MISTAKE
    # What filled the memory has been let go by now.
    complain(sentence)
    return status


def _run(call: Call) -> int:
    """Run a call, and print what it answers."""
    if os.environ.get(completion.ASKS):
        write([completion.answer(call.words, commands(), call)])
        return 0
    # What Typer prints itself, such as help, is written like an answer.
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        answer = commands()(
            call.words, prog_name="mgform", standalone_mode=False, obj=call
        )
    if isinstance(answer, Answer):
        print_answer(answer, call)
    elif isinstance(answer, int):
        write([_of_table(call, printed.getvalue())])
        return answer
    else:
        write(answer)
    return call.status


def _of_table(call: Call, text: str) -> str:
    """What Typer has printed; a help about the table of the call, where it is another one."""
    completion.reached(call.words, commands(), call)
    if call.data is None or not text.startswith("Usage:"):
        return text
    from mgform.helping import about

    try:
        return about(call.table(), text)
    except MgformError:
        return text


@cache
def commands() -> Any:
    """The commands as Typer makes them, each when it is used."""
    group: Any = typer.main.get_command(cli.app)
    group.commands = cli.commands
    return group


def _is_told_of(call: Call, asked: str) -> bool:
    """Whether a search for what was typed finds something."""
    from mgform.search import search

    try:
        found = search(call.table(), [asked])
    except MgformError:
        return False
    return bool(found.items) and not found.missing


def _with_search(call: Call, error: UnknownNameError) -> str:
    """The sentence for an unknown name; where the table speaks of it, how to look for that."""
    if not _is_told_of(call, error.asked):
        return str(error)
    typed = shown(shlex.join(["mgform", "search", *error.asked.split()]))
    what = quoted(error.asked)
    return f"no form is called {what}; to look for it type: {typed}"


def _sentence(call: Call, error: typer.TyperException) -> str:
    """A wrong call in one line: what is missing, whose an option is, or else where help is."""
    ctx = getattr(error, "ctx", None)
    option = getattr(error, "option_name", None)
    if ctx and option:
        owners = of_others(ctx, option)
        if owners:
            return owners
        return _no_such_option(ctx, option)
    param = getattr(error, "param", None)
    if ctx and param and param.param_type_name == "argument":
        missing = _missing(call, ctx)
        if missing:
            return missing
    if option in ("--install-completion", "--show-completion"):
        return (
            f"{option} takes the name of a shell: bash, zsh, fish or powershell"
        )
    message = " ".join(error.format_message().split())
    extra = re.search(_EXTRA, message)
    if ctx and extra:
        _use_table(call, ctx)
        return for_no_form(call, str(ctx.command.name), extra[1].split())
    end = "" if message.endswith((".", "?")) else "."
    path = ctx.command_path if ctx else "mgform"
    return f"{message[:1].lower()}{message[1:]}{end} See '{path} --help'."


def _missing(call: Call, ctx: typer.Context) -> str | None:
    """The sentence for a command without what it is about, with an example from the table."""
    _use_table(call, ctx)
    try:
        return example(call, str(ctx.command.name))
    except MgformError:
        return None


def _use_table(call: Call, ctx: typer.Context) -> None:
    """Let a call that has not begun know its table: options are read before what is missing."""
    before = ctx.find_root().params.get("data")
    call.data = ctx.params.get("data") or before or call.data


def _no_such_option(ctx: typer.Context, option: str) -> str:
    """The sentence for an option that no command has, with what is probably meant."""
    known = []
    for param in ctx.command.params:
        known += param.opts
    slip = closest(option, known)
    path = ctx.command_path
    if slip is None:
        return f"{quoted(path)} has no {shown(option)}. See '{path} --help'."
    return f"{quoted(path)} has no {shown(option)}; did you mean {slip}?"
