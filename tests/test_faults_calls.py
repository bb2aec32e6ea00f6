"""What earlier versions of the commands did wrongly with labels and shelves of products."""

import json
from typing import Any

import pytest

from tests.conftest import Done, call

HEADER = "name,label,price,count"


def is_a_sentence(done: Done, status: int) -> bool:
    """Whether a call ended with one line on standard error and nothing else."""
    return (
        done.status == status
        and done.stdout == ""
        and done.stderr.startswith("mgform: ")
        and done.stderr.count("\n") == 1
    )


def test_a_line_that_is_no_text_is_a_sentence() -> None:
    assert is_a_sentence(call("label", "Magnesium \udcff 300 mg", "--json"), 2)
    assert is_a_sentence(call("label", "\udcff"), 2)


def test_no_escape_of_a_serving_reaches_the_screen() -> None:
    for serving in ("2 \x1b[2J caps", "\x1b]0;x\x07", "\x9b31m2 caps"):
        done = call("label", "Magnesium 200 mg", "--serving", serving)
        assert not {"\x1b", "\x07", "\x9b"} & {*done.stdout, *done.stderr}
        assert done.status in {0, 2}


@pytest.mark.parametrize(
    "bad",
    [
        f"Magnesium {'9' * 309} mg 100%",
        f"Magnesium citrate {'1' * 5000} mg",
        f"Magnesium 100 mg {'8' * 309}%",
        f"Magnesium {'9' * 309}.{'9' * 309} g",
        f"per {'2' * 309} capsules: Magnesium 100 mg",
    ],
)
def test_in_a_stream_a_bad_line_costs_that_line_alone(bad: str) -> None:
    lines = f"Magnesium 200 mg\n{bad}\nMagnesium 100 mg\n"
    done = call("label", "-", "--json", stdin=lines)
    readings = json.loads(done.stdout)
    assert (done.status, len(readings)) == (0, 3)
    assert [readings[0]["elemental_mg"], readings[2]["elemental_mg"]] == [
        200,
        100,
    ]
    assert readings[1]["elemental_mg"] in {None, 100}


def test_bytes_that_are_no_text_cost_their_line_alone() -> None:
    done = call(
        "label",
        "-",
        "--json",
        stdin=b"Magnesium 200 mg\n\xff\xfe mg\nMagnesium 100 mg\n",
    )
    assert done.status != 70
    if done.status == 0:
        readings = json.loads(done.stdout)
        assert [readings[0]["elemental_mg"], readings[-1]["elemental_mg"]] == [
            200,
            100,
        ]


@pytest.mark.parametrize(
    ("asked", "most"),
    [
        ("citrate nonahydrate=1000", 118.9),
        ("magnesium citrate=1000", 161.6),
        ("lysinate glycinate=2000", 199.6),
        ("aspartate dihydrate=1000", 74.9),
        ("Epsom salt=1000", 98.6),
    ],
)
def test_a_dose_is_of_the_compound_that_is_named(
    asked: str, most: float
) -> None:
    dose = json.loads(call("dose", asked, "--json").stdout)
    assert dose["as_compound"]["elemental_mg"]["most"] == pytest.approx(
        most, rel=0.002
    )


@pytest.mark.parametrize(
    ("serving", "each"),
    [("1/2 tablet", 400), ("½ tablet", 400), ("1½ tablets", 133.33)],
)
def test_a_serving_may_be_a_part_of_a_piece(serving: str, each: float) -> None:
    done = call("label", "Magnesium 200 mg", "--serving", serving, "--json")
    assert json.loads(done.stdout)["each_mg"] == pytest.approx(each, rel=0.001)


def test_a_serving_of_some_pieces_or_more_is_no_number() -> None:
    assert is_a_sentence(
        call("label", "Magnesium 200 mg", "--serving", "2-3 capsules"), 2
    )
    assert is_a_sentence(
        call("label", "Magnesium 200 mg", "--serving", "some"), 2
    )


# Products.


def shelf(*rows: str, header: str = HEADER) -> list[dict[str, Any]]:
    """Products as they were read."""
    done = call(
        "products", "-", "--json", stdin="\n".join([header, *rows]) + "\n"
    )
    assert done.status == 0, done.stderr
    products: list[dict[str, Any]] = json.loads(done.stdout)
    return products


@pytest.mark.parametrize(
    ("row", "price"),
    [
        ("A,Magnesium 300 mg per 2 capsules,12,120", 0.067),
        ("A,Per 2 capsules: Magnesium 300 mg,12,120", 0.067),
        ("A,Magnesium (as citrate) 300 mg in 3 tablets,12,120", 0.1),
        ("A,Magnesium 100 mg,12,120", 0.1),
        ("A,Magnesium 100 mg per capsule,12,120", 0.1),
    ],
)
def test_the_serving_of_the_label_counts(row: str, price: float) -> None:
    [product] = shelf(row)
    assert product["price_per_100mg"] == pytest.approx(price, abs=0.0006)


def test_two_servings_that_differ_give_no_figure() -> None:
    header = f"{HEADER},serving"
    [product] = shelf(
        "A,Magnesium 300 mg per 2 capsules,12,120,3", header=header
    )
    assert product["price_per_100mg"] is None
    assert product["why"]
    [product] = shelf(
        "A,Magnesium 300 mg per 2 capsules,12,120,2", header=header
    )
    assert product["price_per_100mg"] == pytest.approx(0.067, abs=0.0006)


@pytest.mark.parametrize(
    "price",
    [
        "(12.90)",
        "-12.90",
        "\u221212.90",
        "\u201312.90",
        "12.90-",
        "minus 12.90",
        "minus",
    ],
)
def test_a_price_below_zero_has_no_figure_and_says_why(price: str) -> None:
    cheap, negative = shelf(
        f"N,Magnesium 100 mg,{price},60", "A,Magnesium 100 mg,12,60"
    )
    assert [cheap["name"], negative["name"]] == ["A", "N"]
    assert negative["price_per_100mg"] is None
    assert negative["why"]
    assert negative["elemental_mg_per_day"] == 100


def test_two_currencies_are_not_ranked_together() -> None:
    """The dearer one stands first, because its currency came first."""
    rows = ["B,Magnesium 100 mg,$9.00,60", "A,Magnesium 100 mg,€8.50,60"]
    products = shelf(*rows)
    assert [product["name"] for product in products] == ["B", "A"]
    assert products[0]["currency"] != products[1]["currency"]
    screen = call("products", "-", stdin="\n".join([HEADER, *rows]))
    assert "not ranked together" in screen.stdout


@pytest.mark.parametrize(
    ("serving", "price"),
    [("1½", 0.15), ("1/2", 0.05), ("½ tablet", 0.05), ("2 capsules", 0.2)],
)
def test_a_serving_in_a_column_may_be_a_part(
    serving: str, price: float
) -> None:
    [product] = shelf(
        f"A,Magnesium 100 mg,12,120,{serving}", header=f"{HEADER},serving"
    )
    assert product["price_per_100mg"] == pytest.approx(price, abs=0.0006)


@pytest.mark.parametrize(
    "serving", ["2-3 capsules", "a few", "0", "-1", "1/0", "2 or 3"]
)
def test_a_serving_that_is_no_number_has_no_figure(serving: str) -> None:
    [product] = shelf(
        f"A,Magnesium 100 mg,12,120,{serving}", header=f"{HEADER},serving"
    )
    assert product["price_per_100mg"] is None
    assert product["why"]


def test_a_column_that_stands_twice_is_a_sentence_with_its_place() -> None:
    text = "name,label,price,count,price\nA,Magnesium 100 mg,12,60,13\n"
    done = call("products", "-", stdin=text)
    assert is_a_sentence(done, 1)
    assert "price" in done.stderr


def test_the_separator_is_found_outside_of_quotes() -> None:
    header = '"name",label,price,count,"a; b; c; d; e; f"'
    [product] = shelf("A,Magnesium 100 mg,12,120,x", header=header)
    assert product["price_per_100mg"] == pytest.approx(0.1)


def test_the_label_of_a_row_is_the_label() -> None:
    label = "Magnesium oxide 500 mg (60% oxide)"
    done = call(
        "products", "-", "--format", "csv", stdin=f"{HEADER}\nA,{label},12,60\n"
    )
    assert label in done.stdout.splitlines()[1].split(",")


def test_without_a_price_the_magnesium_a_day_is_told() -> None:
    text = f"{HEADER}\nA,Magnesium 100 mg,minus,60\n"
    [product] = json.loads(call("products", "-", "--json", stdin=text).stdout)
    assert product["elemental_mg_per_day"] == 100
    assert "100 mg" in call("products", "-", stdin=text).stdout
