"""How an answer leaves the program: as what, and the one place that writes."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TextIO, assert_never

from mgform.call import Call
from mgform.errors import CallError, DataError
from mgform.page import Answer, Page, in_full, paragraph

_USUAL_WIDTH = 80
_LEAST_WIDTH = 20
_MOST_WIDTH = 1000


def print_answer(answer: Answer, call: Call) -> None:
    """Print an answer, in the user's pager where it is taller than the terminal.

    Raises a CallError where it has no ids or no rows and those are asked for, and a DataError where
    it cannot be written.
    """
    text = text_of(answer, call)
    if _is_tall(text, call):
        from mgform import pager

        if pager.page(text):
            return
    write([text])


def write(texts: Iterable[str]) -> None:
    """Write texts to standard output as UTF-8, each as it comes.

    A reader who has gone away is no error. Raises a DataError where they cannot be written.
    """
    output = _standard_output().buffer
    for text in texts:
        try:
            output.write(text.encode(errors="replace"))
            output.flush()
        except BrokenPipeError:
            break
        except OSError as error:
            raise DataError(
                f"cannot write the output: {error.strerror}"
            ) from None


def _standard_output() -> TextIO:
    if sys.stdout is None:
        raise DataError("there is no standard output to print to")
    return sys.stdout


def complain(sentence: str) -> None:
    """Write one line to standard error, whatever is in the sentence."""
    line = sentence
    for character in sentence:
        if not character.isprintable():
            line = line.replace(character, " ")
    with suppress(OSError, AttributeError, ValueError):
        sys.stderr.write(f"mgform: {line}\n")
        sys.stderr.flush()


def text_of(answer: Answer, call: Call) -> str:
    """An answer in the format that the call asks for; a CallError where the answer has no such."""
    wanted = call.format
    if call.quiet:
        return _as_ids(answer)
    match wanted:
        case "json":
            return as_json(answer.data)
        case "csv" | "tsv":
            return _as_rows(answer, tabs=wanted == "tsv")
        case "table":
            return _on_screen(_page(answer, call), call)
        case "markdown":
            from mgform.markdown import as_markdown

            return as_markdown(_page(answer, call))
        case "html":
            from mgform.html import as_html

            return as_html(_page(answer, call))
        case _:
            assert_never(wanted)


def as_json(data: Any) -> str:
    """What scripts get, as JSON with two spaces a level."""
    from msgspec import json

    encoded = json.format(json.encode(data), indent=2)
    return f"{encoded.decode()}\n"


def width() -> int:
    """The columns of a screen, from 20 to 1000.

    COLUMNS says how many, else the terminal that standard output is, else the one that standard
    error is; else it is 80.
    """
    columns = shutil.get_terminal_size((0, 0)).columns
    if not columns:
        with suppress(OSError, AttributeError, ValueError):
            columns = os.get_terminal_size(sys.stderr.fileno()).columns
    if not columns:
        columns = _USUAL_WIDTH
    return min(max(columns, _LEAST_WIDTH), _MOST_WIDTH)


def _as_ids(answer: Answer) -> str:
    if answer.ids is None:
        raise CallError("there are no ids in this answer; leave --quiet out")
    return "".join(f"{name}\n" for name in answer.ids)


def _as_rows(answer: Answer, *, tabs: bool) -> str:
    from mgform.records import delimited

    if answer.rows is None:
        raise CallError(
            "there are no rows in this answer; --format json has all of it"
        )
    return "".join(delimited(answer.rows, tabs=tabs))


def _on_screen(page: Page, call: Call) -> str:
    from mgform.screen import on_screen

    return on_screen(
        page,
        width(),
        terminal=_standard_output().isatty(),
        plain=call.no_color,
    )


def _is_tall(text: str, call: Call) -> bool:
    """Whether a text for people is taller than the terminal that it is for."""
    if call.quiet or call.no_pager or call.format != "table":
        return False
    if not _standard_output().isatty():
        return False
    lines = text.count("\n")
    return lines >= shutil.get_terminal_size().lines


def _page(answer: Answer, call: Call) -> Page:
    """The page, in full or with the call that shows it in full."""
    page = answer.page()
    if page.full is None:
        return page
    if call.full:
        return in_full(page)
    typed = shlex.join(["mgform", *call.words])
    how = f"{page.more}: {typed} --full"
    if not how.isprintable() or len(how) > width():
        how = f"{page.more}: the same call with --full"
    foot = (*page.foot, paragraph(how))
    return page._replace(foot=foot)
