"""Labels that leave more than one figure: what a product gives and costs by each reading."""

import csv
import io
import json
from typing import Any

import pytest

from tests.conftest import call

HEADER = "name,label,price,count"
GLYCINATE = "Magnesium Glycinate 500 mg per 2 capsules"
WEIGHED = "Magnesium (from 1000 mg magnesium malate)"


def shelf(*rows: str, header: str = HEADER, by: str = "price") -> Any:
    text = "\n".join([header, *rows])
    done = call("products", "-", "--json", "--sort", by, stdin=text)
    assert (done.status, done.stderr) == (0, "")
    return json.loads(done.stdout)


def readings(label: str, price: str = "24") -> list[tuple[Any, ...]]:
    """The readings of a product, where 120 pieces cost so much."""
    (product,) = shelf(f'A,"{label}",{price},120')
    assert product["elemental_mg_per_day"] is None
    assert product["price_per_100mg"] is None
    assert product["why"]
    return [tuple(reading.values()) for reading in product["readings"]]


def screen(*rows: str, width: int = 80, header: str = HEADER) -> str:
    text = "\n".join([header, *rows])
    return call("products", "-", stdin=text, COLUMNS=str(width)).stdout


@pytest.mark.parametrize(
    ("label", "told"),
    [
        (GLYCINATE, [("elemental", 500, 0.08), ("compound", 70.5, 0.5674)]),
        # The line has a share, but not of which compound.
        (
            "Magnesium capsules 500 mg (60% elemental)",
            [("elemental", 500, 0.04), ("compound", None, None)],
        ),
        (
            "Buffered magnesium glycinate 500 mg",
            [("elemental", 500, 0.04), ("compound", None, None)],
        ),
        (WEIGHED, [("compound", 155.4, 0.1287)]),
        # Its formula gives 7.78 %, and a source prints up to 8.3 %.
        ("Magnesium (from 2000 mg Magtein)", [("compound", 166, 0.1205)]),
        # What may be anything has no readings.
        ("Magnesium 200 mg, 300 mg", []),
        ("Magnesium citrate 100-200 mg", []),
        ("Magnesium citrate", []),
        ("Magnesium 400 mg (magnesium citrate 500 mg)", []),
        ("Elemental magnesium 900 mg (from 1000 mg magnesium oxide)", []),
    ],
)
def test_a_product_has_figures_by_each_reading(
    label: str, told: list[tuple[str, float | None, float | None]]
) -> None:
    assert readings(label) == told


def test_what_a_label_says_has_no_readings() -> None:
    (product,) = shelf("A,Magnesium 100 mg (from 1000 mg glycinate),6,60")
    assert product["elemental_mg_per_day"] == 100
    assert product["readings"] == []


def test_two_weights_that_cannot_be_right_have_no_figure() -> None:
    label = "Elemental magnesium 900 mg (from 1000 mg magnesium oxide)"
    (product,) = shelf(f"A,{label},6,60")
    assert product["why"] == "no compound can hold 900 mg in 1000 mg"
    done = screen(f"A,{label},6,60", "B,Magnesium 100 mg,9,60")
    assert "A: no compound can hold 900 mg in 1000 mg.\n" in done
    assert "in B is 0.150.\n1 of 2 has no price for 100 mg, and may" in done


def test_a_label_of_0_mg_has_no_figure() -> None:
    (product,) = shelf("A,Magnesium (as citrate) 0 mg,6,60")
    assert product["why"] == "the label says 0 mg"


def test_pieces_a_day_count_in_each_reading() -> None:
    (product,) = shelf(f"A,{GLYCINATE},24,120,4", header=f"{HEADER},per_day")
    days = [each["elemental_mg_per_day"] for each in product["readings"]]
    assert days == [1000, 141]


def test_a_price_that_is_not_known_leaves_what_a_day_gives() -> None:
    assert readings(GLYCINATE, price="(9)") == [
        ("elemental", 500, None),
        ("compound", 70.5, None),
    ]
    done = screen(f"A,{GLYCINATE},(9),120")
    assert "A        ?                500 or 70.5 mg   chelate" in done
    assert "A: price '(9)' is below 0; " in done
    assert "The price of 100 mg of magnesium in A is not known.\n" in done


def test_sure_figures_stand_before_open_ones_and_those_before_none() -> None:
    rows = (
        "open,Magnesium Glycinate 500 mg,6,60",
        "none,Magnesium citrate,6,60",
        f"weighed,{WEIGHED},6,60",
        "dear,Magnesium 300 mg,60,60",
        "cheap,Magnesium 100 mg,6,60",
    )
    assert names(shelf(*rows)) == ["cheap", "dear", "open", "weighed", "none"]
    assert names(shelf(*rows, by="magnesium")) == [
        "dear",
        "cheap",
        "open",
        "weighed",
        "none",
    ]


def test_what_stands_alike_stays_in_the_order_of_the_file() -> None:
    rows = [f"{name},Magnesium Glycinate 500 mg,6,60" for name in "bca"]
    assert names(shelf(*rows)) == ["b", "c", "a"]
    assert names(shelf(*rows, by="magnesium")) == ["b", "c", "a"]


def names(products: list[dict[str, Any]]) -> list[str]:
    return [product["name"] for product in products]


def test_in_csv_each_reading_has_columns() -> None:
    text = f"{HEADER}\nA,{GLYCINATE},24,120\nB,{WEIGHED},24,120\nC,Magnesium 5 mg,6,60\n"
    done = call("products", "-", "--format", "csv", stdin=text)
    columns = (
        "price_per_100mg",
        "elemental_mg_per_day_if_elemental",
        "price_per_100mg_if_elemental",
        "elemental_mg_per_day_if_compound",
        "price_per_100mg_if_compound",
    )
    rows = {}
    for row in csv.DictReader(io.StringIO(done.stdout)):
        assert "readings" not in row
        rows[row["name"]] = [row[column] for column in columns]
    assert rows == {
        "A": ["", "500", "0.08", "70.5", "0.5674"],
        "B": ["", "", "", "155.4", "0.1287"],
        "C": ["2", "", "", "", ""],
    }


@pytest.mark.parametrize(
    ("label", "price", "cells"),
    [
        (GLYCINATE, "€24", "0.080 or 0.567 EUR  500 or 70.5 mg"),
        (GLYCINATE, "$24", "$0.080 or $0.567  500 or 70.5 mg"),
        (GLYCINATE, "24", "0.080 or 0.567   500 or 70.5 mg"),
        (WEIGHED, "24", "at least 0.129   at most 155.4 mg"),
        (
            "Buffered magnesium glycinate 500 mg",
            "€24",
            "0.040 EUR or more  500 mg or less",
        ),
    ],
)
def test_a_row_shows_each_figure(label: str, price: str, cells: str) -> None:
    assert cells in screen(f"A,{label},{price},120")


def test_a_line_explains_the_figures_that_stand_there() -> None:
    two = "Two figures: if the label's amount is magnesium, or if it is pure compound."
    one = "At least, at most: the label gives only the weight of the compound."
    sure = "B,Magnesium 100 mg,6,60"
    for rows, told in {
        (sure,): (False, False),
        (sure, "A,Magnesium citrate,6,60"): (False, False),
        (sure, f"A,{GLYCINATE},6,60"): (True, False),
        (sure, f"A,{WEIGHED},6,60"): (False, True),
        (f"A,{GLYCINATE},6,60", f"C,{WEIGHED},6,60"): (True, True),
    }.items():
        done = screen(*rows)
        assert (two in done, one in done) == told


def test_a_reason_stands_once() -> None:
    done = screen(
        "A,Magnesium 100 mg,,60", "B,Magnesium 100 mg,,60", "C,Magnesium,5,60"
    )
    assert done.startswith("None of 3 products can be compared.\n")
    assert "A and B: there is no price.\n" in done
    assert "C: No amount of magnesium alone stands there.\n" in done


SEVEN = (
    'Citrate powder,"Magnesium citrate 1000 mg, of which magnesium 150 mg",$14.50,90',
    "Oxide tablets,Magnesium (from magnesium oxide) 250 mg 60%,$7.95,200",
    f"Glycinate capsules,{GLYCINATE},$24.00,120",
    "Malate tablets,Magnesium Malate 1250 mg,$12.50,180",
    "Taurate capsules,Magnesium (from 1000 mg magnesium taurate),$10.00,60",
    "Buffered glycinate,Buffered magnesium glycinate 500 mg,$9.00,60",
    "Broken,Magnesium citrate 500 mg,(9.00),60",
)


def test_seven_products_of_every_kind_fit_a_screen() -> None:
    lines = screen(*SEVEN).splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("width", [20, 40, 80])
def test_a_shelf_can_be_read_on_a_narrow_screen(width: int) -> None:
    done = screen(*SEVEN, width=width)
    assert max(map(len, done.splitlines())) <= width
    in_a_line = " ".join(done.split())
    assert (
        "Malate tablets: $0.006 if its 1250 mg is magnesium, at least $0.036 if compound."
        in in_a_line
    )
