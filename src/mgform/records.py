"""Records as rows for spreadsheets: CSV, or values between tabs."""

import csv
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any

from msgspec import Struct, structs

from mgform.repeats import written_once
from mgform.table import Compound, Statement


def delimited(records: Iterable[Any], *, tabs: bool) -> Iterator[str]:
    """Records as CSV, or between tabs, below the keys of the first; a record is a dict or a Struct.

    Between tabs there are no quotes: tabs and line breaks in a cell become spaces.
    """
    line = _tabbed if tabs else _csv_line()
    row = written_once(lambda record: line(flattened(_values(record))))
    is_first = True
    for record in records:
        if is_first:
            yield line(_keys(record))
            is_first = False
        yield row(record)


def _keys(record: Any) -> list[str]:
    if isinstance(record, dict):
        return list(record)
    return list(record.__struct_fields__)


def _values(record: Any) -> Iterable[Any]:
    if isinstance(record, dict):
        return record.values()
    return structs.astuple(record)


def _tabbed(cells: list[str]) -> str:
    in_one_line = [" ".join(cell.split()) for cell in cells]
    return "\t".join(in_one_line) + "\n"


def _csv_line() -> Callable[[list[str]], str]:
    """What makes a line of CSV out of cells."""
    # What writes nowhere but returns what it is given: so each line is known as text.
    returns_text: Any = SimpleNamespace(write=str)
    writer = csv.writer(returns_text, lineterminator="\n")

    def line(cells: list[str]) -> str:
        written: str = writer.writerow(cells)
        # A carriage return is left without quotes, and readers take it for the end of a line.
        return written.replace("\r", " ")

    return line


def flattened(values: Iterable[Any]) -> list[str]:
    """Values as plain words, a cell each; none for what is empty."""
    cells = []
    for value in values:
        # Most values are words or nothing, and a label database has millions of them.
        if type(value) is str:
            cells.append(value)
        elif value is None:
            cells.append("")
        else:
            cells.append(_flat(value))
    return cells


def _flat(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list | tuple):
        return "; ".join(flattened(value))
    if isinstance(value, Statement):
        return f"{value.text} [{value.source}]"
    if isinstance(value, Compound):
        return _compound(value)
    if isinstance(value, Struct):
        return _named(value)
    return str(value)


def _compound(compound: Compound) -> str:
    if compound.elemental_percent is None:
        return compound.name
    return f"{compound.name} {compound.elemental_percent:.2f} %"


def _named(struct: Struct) -> str:
    """The id of what has one; of anything else its first three values."""
    own_id: str | None = getattr(struct, "id", None)
    if own_id is not None:
        return own_id
    first_values = structs.astuple(struct)[:3]
    return " ".join(flattened(first_values))
