"""Running a call: the one place that writes, and that turns an error into a sentence and a status."""

import contextlib
import io
import os
import sys

import typer

from mgform.cli import app
from mgform.errors import DataError, MgformError
from mgform.formats import Answer

# The error that Typer raises for a wrong call. Its module has moved between versions of Typer.
_WrongCall: type[Exception] = typer.BadParameter.__mro__[1]

_CALL_AT_FAULT = 2
_MISTAKE = 70
_INTERRUPTED = 130


def status_of(args: list[str]) -> int:
    """Run a call as `run` does, and let nothing through.

    A mistake of mgform's own is one line, too; with ``MGFORM_TRACEBACK`` set, Python says where it is.
    """
    try:
        return run(args)
    except Exception as error:
        if os.environ.get("MGFORM_TRACEBACK"):
            raise
        _complain(f"a mistake in mgform itself, {type(error).__name__}: {error}. Please report it with this call")
        return _MISTAKE


def run(args: list[str]) -> int:
    """Run a call and return its exit status: 0 done, 1 the data is at fault, 2 the call is.

    Everything is written at the end, so that a call that fails has printed nothing.
    """
    try:
        answer = _answer(args)
        _write(answer)
    except MgformError as error:
        _complain(str(error))
        return error.status
    except _WrongCall as error:
        _complain(_sentence(error))
        return _CALL_AT_FAULT
    except (KeyboardInterrupt, typer.Abort):
        return _INTERRUPTED
    for aside in answer.asides:
        _complain(aside)
    return answer.status


def _answer(args: list[str]) -> Answer:
    """What the call prints. Typer writes help, version and completions itself: they are caught."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            result = app(args, prog_name="mgform", standalone_mode=False)
        except SystemExit as end:
            result = end.code
    if isinstance(result, Answer):
        return result
    return Answer(printed.getvalue(), status=result if isinstance(result, int) else 0)


def _sentence(error: Exception) -> str:
    """A wrong call, in one line that ends with where help is."""
    message = " ".join(error.format_message().split())  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "mgform"
    end = "" if message.endswith((".", "?")) else "."
    return f"{message[:1].lower()}{message[1:]}{end} See '{path} -h'."


def _write(answer: Answer) -> None:
    """Write an answer to standard output; a reader who has gone away is no error.

    Raises:
        DataError: it cannot be written.

    """
    if not answer.text:
        return
    if sys.stdout is None:
        raise DataError("there is no standard output to print to")
    encoding = "utf-8" if answer.is_for_machines else sys.stdout.encoding
    try:
        sys.stdout.buffer.write(answer.text.encode(encoding, "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        _discard_output()
        raise DataError(f"cannot write the output: {error.strerror}") from None


def _discard_output() -> None:
    """Keep Python from flushing what could not be written again, at exit, with a traceback."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(sentence: str) -> None:
    """One line on standard error, whatever is in the sentence."""
    line = "".join(character if character.isprintable() else " " for character in sentence)
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.write(f"mgform: {line}\n")
