"""How an answer leaves the program: its format, the pager, and the one place that writes."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple, assert_never

from mgform.page import Answer
from mgform.words import CallError, DataError

_NARROWEST = 20
_WIDEST = 1000
_USUAL = 80


class Format(StrEnum):
    """What ``--format`` takes."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"


class Style(NamedTuple):
    """How somebody wants an answer."""

    format: Format = Format.TABLE
    quiet: bool = False
    color: bool = True
    pager: bool = True


def written(answer: Answer, wanted: Style) -> str:
    """An answer as text in some style."""
    if wanted.quiet and answer.ids is None:
        raise CallError("there are no ids in this answer; leave --quiet out")
    if wanted.quiet:
        return "".join(f"{each}\n" for each in answer.ids or ())
    match wanted.format:
        case Format.TABLE:
            from mgform.draw import on_screen

            return on_screen(answer.page, width(), color=wanted.color and _has_color())
        case Format.MARKDOWN:
            from mgform.draw import as_markdown

            return as_markdown(answer.page)
        case Format.JSON:
            return _json(_data(answer)) + "\n"
        case Format.CSV | Format.TSV:
            from mgform.draw import delimited

            records = _data(answer) if answer.rows is None else answer.rows
            batch = records if isinstance(records, list | tuple) else [records]
            return "".join(delimited([batch], tabs=wanted.format is Format.TSV))
        case _:
            assert_never(wanted.format)


def _data(answer: Answer) -> object:
    return answer.data() if callable(answer.data) else answer.data


def _json(data: object) -> str:
    from msgspec import json

    return json.format(json.encode(data), indent=2).decode()


def streamed(
    batches: Iterable[list[tuple[int, Any]]], wanted: Format, in_a_line: Callable[[int, Any], str]
) -> Iterator[str]:
    """Numbered records as they come: an array in JSON, rows, or a line each as far as the screen is wide."""
    from mgform.draw import delimited

    if wanted is Format.MARKDOWN:
        raise CallError("many lines are printed as a table, json, csv or tsv")
    if wanted is Format.JSON:
        from msgspec.json import Encoder

        encode, before = Encoder().encode, "["
        for batch in filter(None, batches):
            yield before + ",".join(f"\n{encode(record).decode()}" for _, record in batch)
            before = ","
        yield "[]\n" if before == "[" else "\n]\n"
    elif wanted in (Format.CSV, Format.TSV):
        yield from delimited(([record for _, record in batch] for batch in batches), tabs=wanted is Format.TSV)
    else:
        columns = width()
        for batch in batches:
            yield "".join(f"{in_a_line(*each)[:columns].rstrip()}\n" for each in batch)


def width() -> int:
    """The columns of the screen: COLUMNS, else the terminal's, else 80."""
    typed = os.environ.get("COLUMNS", "")
    if typed.isascii() and typed.isdigit() and int(typed[:6]) > 0:
        return min(max(int(typed[:6]), _NARROWEST), _WIDEST)
    for stream in (sys.stdout, sys.stderr):
        try:
            columns = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError, AttributeError):
            continue
        if columns > 0:
            return min(max(columns, _NARROWEST), _WIDEST)
    return _USUAL


def _is_terminal() -> bool:
    return sys.stdout is not None and not sys.stdout.closed and sys.stdout.isatty()


def _has_color() -> bool:
    return _is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(answer: Answer, wanted: Style) -> None:
    """Print an answer; what is taller than the terminal goes through the user's pager.

    Raises:
        DataError: it cannot be written.

    """
    whole = written(answer, wanted)
    for_people = wanted.format in (Format.TABLE, Format.MARKDOWN) and not wanted.quiet
    tall = whole.count("\n") >= shutil.get_terminal_size().lines
    if for_people and wanted.pager and tall and _is_terminal() and _paged(whole):
        return
    write_text([whole], encoding=None if for_people else "utf-8")


def _paged(whole: str) -> bool:
    """Show a text in the user's pager; False where there is none."""
    command = shlex.split(os.environ.get("PAGER", "less"))
    if not command or command == ["cat"] or shutil.which(command[0]) is None:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        environment = {"LESS": "FRX", "LV": "-c"} | os.environ
        subprocess.run(command, input=whole.encode(errors="replace"), env=environment, check=False)  # noqa: S603
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def write_text(pieces: Iterable[str], *, encoding: str | None) -> None:
    """Write text to standard output piece by piece; a reader who has gone away is no error.

    Raises:
        DataError: it cannot be written.

    """
    for piece in pieces:
        if not piece:
            continue
        if sys.stdout is None:
            raise DataError("there is no standard output to print to")
        try:
            sys.stdout.buffer.write(piece.encode(encoding or sys.stdout.encoding, "replace"))
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            _discard_output()
            return
        except OSError as error:
            _discard_output()
            raise DataError(f"cannot write the output: {error.strerror}") from None


def _discard_output() -> None:
    """Keep Python from flushing what could not be written again, at exit, with a traceback."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(sentence: str) -> None:
    """One line on standard error, whatever is in the sentence."""
    line = "".join(character if character.isprintable() else " " for character in sentence)
    try:
        sys.stderr.write(f"mgform: {line}\n")
        sys.stderr.flush()
    except (OSError, AttributeError, ValueError):
        return
