"""How an answer leaves the program: its format, the pager, and the one place that writes."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple, assert_never

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


def style(
    wanted: Format | None, *, as_json: bool, quiet: bool = False, color: bool = True, pager: bool = True
) -> Style:
    """The style that options ask for.

    Raises:
        CallError: they ask for two formats.

    """
    if as_json and wanted not in (None, Format.JSON):
        raise CallError(f"--json and --format {wanted} ask for two formats; choose one")
    chosen = Format.JSON if as_json else wanted
    if quiet and chosen is not None:
        raise CallError(f"--quiet prints bare ids, and {chosen} is asked for too; choose one")
    return Style(chosen or Format.TABLE, quiet, color, pager)


def written(answer: Answer, wanted: Style) -> str:
    """An answer as text in some style.

    Raises:
        CallError: the answer is not made of rows, and CSV or TSV is asked for.

    """
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
            return _json(answer.data) + "\n"
        case Format.CSV | Format.TSV:
            if answer.rows is None:
                raise CallError(f"this answer has no rows for {wanted.format}; use --json or --format markdown")
            return "".join(delimited(iter([answer.rows]), wanted.format))
        case _:
            assert_never(wanted.format)


def _json(data: object) -> str:
    from msgspec import json

    return json.format(json.encode(data), indent=2).decode()


def json_array(batches: Iterable[list[object]]) -> Iterator[str]:
    """One JSON array of everything that comes, an element a line, written as it comes."""
    from msgspec.json import Encoder

    encode = Encoder().encode
    before = "[\n"
    for batch in batches:
        if batch:
            yield before + ",\n".join(encode(each).decode() for each in batch)
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def delimited(batches: Iterator[list[dict[str, object]]], wanted: Format) -> Iterator[str]:
    """Rows as CSV or TSV below a header of the keys of the first, written as they come.

    In TSV, tabs and line breaks become spaces. Several words in a cell are joined with "; ".
    """
    import csv
    import io

    header: list[str] | None = None
    for batch in batches:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        lines: list[list[str]] = [] if header is not None or not batch else [list(batch[0])]
        header = header or (list(batch[0]) if batch else None)
        lines += [[_flat(value) for value in row.values()] for row in batch]
        if wanted is Format.CSV:
            writer.writerows(lines)
            yield out.getvalue()
        else:
            yield "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in lines)


def _flat(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


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
