"""Records as rows for spreadsheets."""

import csv
import io

from hypothesis import given, settings, strategies as st

from mgform.dose import Limit
from mgform.records import delimited, flattened
from mgform.table import Basis, Compound, Statement


def test_rows_are_flat() -> None:
    statement = Statement(text="Said.", source="talk", basis=Basis.STATED)
    compound = Compound(name="salt", formula="X", elemental_percent=50)
    pairs: list[tuple[object, str]] = [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (2.0, "2"),
        (("x", "y"), "x; y"),
        ((statement, statement), "Said. [talk]; Said. [talk]"),
        (compound, "salt 50.00 %"),
        (Compound(name="mixture"), "mixture"),
        (0, "0"),
        ((), ""),
        (Limit("Moon", 5.5, "at", "talk"), "Moon 5.5 at"),
    ]
    assert flattened(value for value, _ in pairs) == [flat for _, flat in pairs]


def test_records_are_dicts_or_structs_below_the_keys_of_the_first() -> None:
    limits = [
        Limit("Moon", 5.5, "at", "talk"),
        Limit("Mars", 1, "below", "chat"),
    ]
    assert "".join(delimited(limits, tabs=False)) == (
        "region,mg,standing,source\nMoon,5.5,at,talk\nMars,1,below,chat\n"
    )
    assert (
        "".join(delimited([{"a": 1, "b": "x y"}], tabs=True))
        == "a\tb\n1\tx y\n"
    )
    assert list(delimited([], tabs=False)) == []


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=9)
)
def test_csv_is_read_back_and_tabs_keep_rows_and_columns(
    records: list[tuple[str, str]],
) -> None:
    rows = [{"a": first, "b": second} for first, second in records]
    every = [[text.replace("\r", " ") for text in record] for record in records]
    written = "".join(delimited(rows, tabs=False))
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read == ([["a", "b"], *every] if every else [])
    lines = "".join(delimited(rows, tabs=True)).split("\n")[:-1]
    assert [line.count("\t") for line in lines] == [1] * (
        len(every) + bool(every)
    )
