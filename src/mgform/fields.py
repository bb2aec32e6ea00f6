"""An answer about forms, with only the fields that somebody chose."""

from typing import Any

from mgform.page import Answer, Grid, Page, Row, cell
from mgform.words import one_of


def with_fields(answer: Answer, fields: str | None) -> Answer:
    """An answer about forms with the fields that ``fields`` names, for people, too.

    They stand between commas; None leaves the answer as it is. Raises a CallError for an unknown
    field.
    """
    if fields is None:
        return answer
    names = _names(fields)
    is_many = isinstance(answer.data, list)
    profiles = answer.data if is_many else [answer.data]
    records = [{name: profile[name] for name in names} for profile in profiles]
    data = records if is_many else records[0]
    page = _page(names, records) if records else answer.page
    return answer._replace(page=page, data=data, rows=records)


def _names(fields: str) -> tuple[str, ...]:
    from mgform.forms import FIELDS

    names = [
        one_of("field", name.strip(), FIELDS) for name in fields.split(",")
    ]
    return tuple(dict.fromkeys(names))


def _page(names: tuple[str, ...], records: list[dict[str, Any]]) -> Page:
    """The fields side by side, a form a row."""
    from mgform.records import flattened

    rows = []
    for record in records:
        about, *others = flattened(record.values())
        rows.append(Row(cell(about), tuple(cell(text) for text in others)))
    return Page(answer=(), parts=(Grid(names, tuple(rows)),))
