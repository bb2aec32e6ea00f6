"""A call's options, and how its answer leaves the program: its format, the pager, and the one place that writes."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Literal

import mgform
from mgform.errors import CallError, DataError
from mgform.page import Answer, Grid, Page, text
from mgform.words import one_of

Format = Literal["table", "json", "csv", "tsv", "markdown"]
"""What ``--format`` takes."""

_LONGEST_CALL = 70


class Call:
    """A call while it runs: its words, what the options of several commands say, and its exit status so far."""

    wanted: Format | None = None
    fields: str | None = None
    as_json = quiet = full = no_color = no_pager = False
    status = 0

    def __init__(self, args: list[str]) -> None:
        self.args = args
        self.data = os.environ.get("MGFORM_DATA") or None

    @property
    def format(self) -> Format:
        """The format of the answer; a CallError where the options contradict each other."""
        asked = self.wanted or ("json" if self.as_json else None)
        if (self.quiet and asked) or (self.as_json and asked != "json"):
            raise CallError(
                "--format, --json and --quiet each choose what is printed; give one of them"
            )
        return asked or "table"

    def find(self, words: Sequence[str] | None) -> "tuple[mgform.Table, list[mgform.Match]]":
        """The table that the call is about, and the forms in it that the words name."""
        table = mgform.load(self.data)
        return table, mgform.Names(table).find_all(words) if words else []


def write(answer: Answer | Iterable[str], call: Call) -> None:
    """Print what a command answers, as UTF-8: text as it comes; a reader who has gone away is no error.

    An answer is printed when all of it is there. Raises a CallError where it has no ids, a field is unknown or the
    options contradict each other, and a DataError where it cannot be written.
    """
    if sys.stdout is None:
        raise DataError("there is no standard output to print to")
    for piece in _pieces(answer, call) if isinstance(answer, Answer) else answer:
        try:
            sys.stdout.buffer.write(piece.encode(errors="replace"))
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            break
        except OSError as error:
            raise DataError(f"cannot write the output: {error.strerror}") from None


def _pieces(answer: Answer, call: Call) -> list[str]:
    """The text of an answer; none where it is taller than the terminal, and the user's pager has shown it."""
    from msgspec import json

    wanted = call.format
    if call.fields is not None:
        answer = _only(answer, call.fields)
    if call.quiet:
        if answer.ids is None:
            raise CallError("there are no ids in this answer; leave --quiet out")
        return [f"{each}\n" for each in answer.ids]
    if wanted in ("table", "markdown"):
        whole = _drawn(answer.page, call)
        tall = whole.count("\n") >= shutil.get_terminal_size().lines
        return (
            [] if tall and sys.stdout.isatty() and not call.no_pager and _paged(whole) else [whole]
        )
    if wanted == "json":
        return [json.format(json.encode(answer.data), indent=2).decode(), "\n"]
    records = answer.data if answer.rows is None else answer.rows
    return [
        *mgform.draw.delimited(
            records if isinstance(records, list | tuple) else [records], tabs=wanted == "tsv"
        )
    ]


def _only(answer: Answer, fields: str) -> Answer:
    """An answer about forms with only the fields that somebody chose, for people too."""
    names = dict.fromkeys(
        one_of("field", name.strip(), mgform.forms.FIELDS) for name in fields.split(",")
    )
    found = answer.data if isinstance(answer.data, list) else [answer.data]
    records = [{name: each[name] for name in names} for each in found]
    rows = tuple(tuple(map(text, mgform.draw.flattened(record.values()))) for record in records)
    page = Page((), (Grid((*names,), rows),)) if rows else answer.page
    return answer._replace(page=page, data=records if found is answer.data else records[0])


def _drawn(page: Page, call: Call) -> str:
    """A page as text, in full or with the call that shows it in full."""
    if page.full and call.full:
        page = page._replace(parts=(*page.full,))
    elif page.full:
        typed = shlex.join(["mgform", *call.args])
        again = (
            typed if typed.isprintable() and len(typed) <= _LONGEST_CALL else "the same call with"
        )
        page = page._replace(foot=(*page.foot, f"{page.more}: {again} --full"))
    if call.format == "markdown":
        return mgform.draw.as_markdown(page)
    plain = call.no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return mgform.draw.on_screen(page, width(), color=sys.stdout.isatty() and not plain)


def streamed(
    found: Iterable[tuple[int, Any]], call: Call, in_a_line: Callable[[int, Any], str]
) -> Iterator[str]:
    """Numbered records as they come: an array in JSON, rows, or a line each as far as the screen is wide.

    What is a sentence instead of a record goes to standard error, and the status is 1 at the end.
    """
    if call.format == "markdown":
        raise CallError("many lines are printed as a table, json, csv or tsv")
    from msgspec import json

    def records() -> Iterator[tuple[int, Any]]:
        for number, each in found:
            if isinstance(each, str):
                complain(each)
                call.status = 1
            else:
                yield number, each

    if call.format == "table":
        columns = width()
        yield from (f"{in_a_line(*each)[:columns].rstrip()}\n" for each in records())
    elif call.format == "json":
        before = "["
        for _, each in records():
            yield f"{before}\n{json.encode(each).decode()}"
            before = ","
        yield "[]\n" if before == "[" else "\n]\n"
    else:
        yield from mgform.draw.delimited((each for _, each in records()), tabs=call.format == "tsv")


def width() -> int:
    """The columns of the screen: COLUMNS, else the terminal's, else 80; 20 at least, and 1000 at most."""
    columns = shutil.get_terminal_size((0, 0)).columns
    if not columns:
        with suppress(OSError, AttributeError, ValueError):
            columns = os.get_terminal_size(sys.stderr.fileno()).columns
    return min(max(columns or 80, 20), 1000)


def _paged(whole: str) -> bool:
    """Show a text in the user's pager; False where there is none."""
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
        if command in ([], ["cat"]):
            return False
        # An interrupt is the pager's from here on; when it is left, the call ends.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        environment = {"LESS": "FRX", "LV": "-c"} | os.environ
        subprocess.run(command, input=whole.encode(errors="replace"), env=environment, check=False)  # noqa: S603
    except (OSError, ValueError):
        return False
    return True


def complain(sentence: str) -> None:
    """One line on standard error, whatever is in the sentence."""
    line = "".join(character if character.isprintable() else " " for character in sentence)
    with suppress(OSError, AttributeError, ValueError):
        sys.stderr.write(f"mgform: {line}\n")
        sys.stderr.flush()
