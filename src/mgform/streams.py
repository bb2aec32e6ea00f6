"""Many records, one after the other, each printed as soon as it is there."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mgform.call import Call
from mgform.errors import CallError
from mgform.output import complain, width
from mgform.repeats import written_once

Numbered = tuple[int, Any]
"""The number of a line, and its record; or, as a text, the sentence that says why it has none."""
OnALine = Callable[[int, Any], str]
"""What says a record in a line of a screen."""


def streamed(
    lines: Iterable[Numbered],
    call: Call,
    on_a_line: OnALine,
) -> Iterator[str]:
    """The texts of numbered records: an array in JSON, rows below their keys, or a line each.

    ``on_a_line`` says what a line of a screen has of a record. A sentence instead of a record goes
    to standard error, and the call's status is 1 then.
    """
    numbered = _told_apart(lines, call)
    if call.format == "table":
        return _as_lines(numbered, on_a_line)
    records = (record for _, record in numbered)
    if call.format == "json":
        return _as_array(records)
    if call.format in ("csv", "tsv"):
        from mgform.records import delimited

        return delimited(records, tabs=call.format == "tsv")
    raise CallError("many lines are printed as table, json, csv or tsv")


def _told_apart(lines: Iterable[Numbered], call: Call) -> Iterator[Numbered]:
    """The records; the sentences among them are told apart from the results."""
    for number, record in lines:
        if isinstance(record, str):
            complain(record)
            call.status = 1
        else:
            yield number, record


def _as_array(records: Iterable[Any]) -> Iterator[str]:
    """A JSON array with a line for every record."""
    from msgspec import json

    encoded = written_once(lambda record: json.encode(record).decode())
    before = "["
    for record in records:
        yield f"{before}\n{encoded(record)}"
        before = ","
    if before == "[":
        yield "[]\n"
    else:
        yield "\n]\n"


def _as_lines(records: Iterable[Numbered], on_a_line: OnALine) -> Iterator[str]:
    """A line for every record, as far as the screen is wide."""
    columns = width()
    for number, record in records:
        line = on_a_line(number, record)
        yield f"{line[:columns].rstrip()}\n"
