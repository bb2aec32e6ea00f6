"""The one way in which a call runs: its answer is printed, or its error is told in a line."""

import contextlib
import io
import os
from functools import cache
from typing import Any

import typer

from mgform import cli, completion
from mgform.call import Call
from mgform.errors import CallError, DataError, MgformError
from mgform.options import of_others
from mgform.output import complain, print_answer, write
from mgform.page import Answer

_MISTAKE = 70
_INTERRUPTED = 130


def run(words: list[str]) -> int:
    """Run a call and return its exit status.

    0 is done, 1 the data is at fault, 2 the call is, 70 a mistake of mgform's own, 130 interrupted.
    An error is one line on standard error. A call that fails has printed nothing, unless it answers
    a stream row by row.
    """
    try:
        return _run(Call(words))
    except MgformError as error:
        sentence, status = str(error), error.status
    except typer.TyperException as error:
        sentence, status = _sentence(error), CallError.status
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
        write([printed.getvalue()])
        return answer
    else:
        write(answer)
    return call.status


@cache
def commands() -> Any:
    """The commands as Typer makes them, each when it is used."""
    group: Any = typer.main.get_command(cli.app)
    group.commands = cli.commands
    return group


def _sentence(error: typer.TyperException) -> str:
    """A wrong call in one line: whose an option is, or else where help is."""
    ctx = getattr(error, "ctx", None)
    option = getattr(error, "option_name", None)
    if ctx and option:
        owners = of_others(ctx, option)
        if owners:
            return owners
    if option in ("--install-completion", "--show-completion"):
        return (
            f"{option} takes the name of a shell: bash, zsh, fish or powershell"
        )
    message = " ".join(error.format_message().split())
    end = "" if message.endswith((".", "?")) else "."
    path = ctx.command_path if ctx else "mgform"
    return f"{message[:1].lower()}{message[1:]}{end} See '{path} --help'."
