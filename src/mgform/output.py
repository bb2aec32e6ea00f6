"""How an answer leaves the program: its format, the pager, and the one place that writes."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from typing import Any

from mgform.page import Answer
from mgform.words import CallError, DataError


class Format(StrEnum):
    """What ``--format`` takes."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"


class Style:
    """How somebody wants an answer: what the options say that every command has."""

    wanted: Format | None = None
    as_json = quiet = no_color = no_pager = False

    @property
    def format(self) -> Format:
        """The format of the answer.

        Raises:
            CallError: the options contradict each other.

        """
        asked = self.wanted or (Format.JSON if self.as_json else None)
        if (self.quiet and asked) or (self.as_json and asked is not Format.JSON):
            raise CallError("--format, --json and --quiet each choose what is printed; give one of them")
        return asked or Format.TABLE


def _text(answer: Answer, style: Style) -> str:
    wanted = style.format
    if style.quiet:
        if answer.ids is None:
            raise CallError("there are no ids in this answer; leave --quiet out")
        return "".join(f"{each}\n" for each in answer.ids)
    if wanted is Format.TABLE:
        from mgform.draw import on_screen

        plain = style.no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return on_screen(answer.page, width(), color=_is_terminal() and not plain)
    if wanted is Format.MARKDOWN:
        from mgform.draw import as_markdown

        return as_markdown(answer.page)
    data = answer.data() if callable(answer.data) else answer.data
    if wanted is Format.JSON:
        from msgspec import json

        return f"{json.format(json.encode(data), indent=2).decode()}\n"
    from mgform.draw import delimited

    records = data if answer.rows is None else answer.rows
    batch = records if isinstance(records, list | tuple) else [records]
    return "".join(delimited([batch], tabs=wanted is Format.TSV))


def streamed(
    batches: Iterable[list[tuple[int, Any]]], wanted: Format, in_a_line: Callable[[int, Any], str]
) -> Iterator[str]:
    """Numbered records as they come: an array in JSON, rows, or a line each as far as the screen is wide."""
    from mgform.draw import delimited

    if wanted is Format.MARKDOWN:
        raise CallError("many lines are printed as a table, json, csv or tsv")
    if wanted is Format.TABLE:
        columns = width()
        for batch in batches:
            yield "".join(f"{in_a_line(*each)[:columns].rstrip()}\n" for each in batch)
    elif wanted is Format.JSON:
        from msgspec.json import Encoder

        encode, before = Encoder().encode, "["
        for batch in filter(None, batches):
            yield before + ",".join(f"\n{encode(record).decode()}" for _, record in batch)
            before = ","
        yield "[]\n" if before == "[" else "\n]\n"
    else:
        yield from delimited(([record for _, record in batch] for batch in batches), tabs=wanted is Format.TSV)


def width() -> int:
    """The columns of the screen: COLUMNS, else the terminal's, else 80; 20 at least, and 1000 at most."""
    columns = shutil.get_terminal_size((0, 0)).columns
    if not columns:
        with suppress(OSError, AttributeError, ValueError):
            columns = os.get_terminal_size(sys.stderr.fileno()).columns
    return min(max(columns or 80, 20), 1000)


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def write(answer: Answer, style: Style) -> None:
    """Print an answer; what is taller than the terminal goes through the user's pager.

    Raises:
        CallError: the answer has no ids, or the style contradicts itself.
        DataError: the answer cannot be written.

    """
    whole = _text(answer, style)
    tall = whole.count("\n") >= shutil.get_terminal_size().lines
    page = style.format in (Format.TABLE, Format.MARKDOWN) and not style.quiet
    if not (page and tall and not style.no_pager and _is_terminal() and _paged(whole)):
        write_text([whole])


def _paged(whole: str) -> bool:
    """Show a text in the user's pager; False where there is none."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
        if command in ([], ["cat"]):
            return False
        environment = {"LESS": "FRX", "LV": "-c"} | os.environ
        subprocess.run(command, input=whole.encode(errors="replace"), env=environment, check=False)  # noqa: S603
    except (OSError, ValueError):
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def write_text(pieces: Iterable[str]) -> None:
    """Write text to standard output piece by piece, as UTF-8; a reader who has gone away is no error.

    Raises:
        DataError: it cannot be written.

    """
    for piece in pieces:
        if sys.stdout is None:
            raise DataError("there is no standard output to print to")
        try:
            sys.stdout.buffer.write(piece.encode(errors="replace"))
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            return
        except OSError as error:
            raise DataError(f"cannot write the output: {error.strerror}") from None


def complain(sentence: str) -> None:
    """One line on standard error, whatever is in the sentence."""
    line = "".join(character if character.isprintable() else " " for character in sentence)
    with suppress(OSError, AttributeError, ValueError):
        sys.stderr.write(f"mgform: {line}\n")
        sys.stderr.flush()
