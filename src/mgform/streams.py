"""Many records, one after the other, each printed as soon as it is there."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mgform.call import Call
from mgform.errors import CallError
from mgform.output import complain, width
from mgform.repeats import written_once

Numbered = tuple[int, Any]
"""The number of a line, and its record; or, as a text, the sentence that says why it has none."""


def streamed(
    lines: Iterable[Numbered],
    call: Call,
    on_a_line: Callable[[int, Any], str],
) -> Iterator[str]:
    """The texts of numbered records: an array in JSON, rows below their keys, or a line each.

    ``on_a_line`` says what a line of a screen has of a record. A sentence instead of a record goes
    to standard error, and the call's status is 1 then.
    """
    records = _records(lines, call)
    if call.format == "json":
        return _as_array(record for _, record in records)
    if call.format in ("csv", "tsv"):
        from mgform.records import delimited

        return delimited(
            (record for _, record in records), tabs=call.format == "tsv"
        )
    if call.format == "table":
        return _as_lines(records, on_a_line)
    raise CallError("many lines are printed as table, json, csv or tsv")


def _records(lines: Iterable[Numbered], call: Call) -> Iterator[Numbered]:
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
    separator = "["
    for record in records:
        yield f"{separator}\n{encoded(record)}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def _as_lines(
    records: Iterable[Numbered], on_a_line: Callable[[int, Any], str]
) -> Iterator[str]:
    """A line for every record, as far as the screen is wide."""
    columns = width()
    for number, record in records:
        yield on_a_line(number, record)[:columns].rstrip() + "\n"
