"""An answer about forms, with only the fields that somebody chose."""

from collections.abc import Sequence
from typing import Any

from mgform.page import Answer, Grid, Page, Row, cell
from mgform.words import one_of

Profile = dict[str, Any]
"""A form as scripts get it, or some of its fields."""


def with_fields(answer: Answer, fields: str | None) -> Answer:
    """An answer about forms with the fields that ``fields`` names, for people, too.

    They stand between commas; None leaves the answer as it is. Raises a CallError for an unknown
    field.
    """
    if fields is None:
        return answer
    names = _names(fields)
    if isinstance(answer.data, list):
        records = [_chosen(profile, names) for profile in answer.data]
        chosen = answer._replace(data=records, rows=records)
    else:
        record = _chosen(answer.data, names)
        records = [record]
        chosen = answer._replace(data=record, rows=records)
    if not records:
        return chosen
    return chosen._replace(page=lambda: _page(names, records))


def _names(fields: str) -> tuple[str, ...]:
    """The fields that are typed, each once."""
    from mgform.forms import FIELDS

    names = []
    for typed in fields.split(","):
        names.append(one_of("field", typed.strip(), FIELDS))
    return tuple(dict.fromkeys(names))


def _chosen(profile: Profile, names: Sequence[str]) -> Profile:
    """The chosen fields of a form."""
    return {name: profile[name] for name in names}


def _page(names: tuple[str, ...], records: Sequence[Profile]) -> Page:
    """The fields side by side, a form a row."""
    from mgform.records import flattened

    rows = []
    for record in records:
        about, *others = map(cell, flattened(record.values()))
        rows.append(Row(about, tuple(others)))
    grid = Grid(names, tuple(rows))
    return Page(answer=(), parts=(grid,))
