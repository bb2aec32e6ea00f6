"""Products of one's own: what each gives a day, what 100 mg cost, and why a figure is missing."""

import csv
import io
import json
from typing import Any

import pytest

from mgform.label.serving import Servings
from mgform.shelf.figures import FigureError, count_of, price_of
from mgform.table import Table
from tests.conftest import FROZEN, call

WRITE_IT = "write it in the column serving"
MAY_BE_ANOTHER = (
    f"may be a serving, the package, or what is to be taken; {WRITE_IT}"
)
NO_PIECES = 'is no number of pieces; write one number, as in "2 capsules" or "1/2 tablet"'


def shelf(text: str, *options: str) -> list[dict[str, Any]]:
    done = call("products", "-", "--json", *options, stdin=text)
    assert (done.status, done.stderr) == (0, "")
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def product(**cells: str) -> dict[str, Any]:
    """The product of a row; what a test does not say is plain."""
    row = {
        "name": "a",
        "label": "Magnesium 100 mg",
        "price": "6",
        "count": "60",
    } | cells
    text = io.StringIO()
    csv.writer(text).writerows([row.keys(), row.values()])
    (read,) = shelf(text.getvalue())
    return read


def figures(**cells: str) -> tuple[float | None, float | None, str | None]:
    read = product(**cells)
    return read["elemental_mg_per_day"], read["price_per_100mg"], read["why"]


def test_a_product_has_its_label_read_and_its_figures() -> None:
    text = (
        "\ufeffname;label;price;count;serving;per_day\n"
        "B;Magnesium Glycinate 500 mg;9;60;1;\n"
        'A;"Magnesium (als Citrat) 150 mg";12,90;1.000;3;6\n'
    )
    first, second = shelf(text)
    assert first["label"]["forms"] == ["citrate"]
    assert {key: value for key, value in first.items() if key != "label"} == {
        "name": "A",
        "elemental_mg_per_day": 300,
        "price_per_100mg": 0.0258,
        "readings": [],
        "currency": None,
        "why": None,
        "line": 3,
    }
    assert (second["elemental_mg_per_day"], second["price_per_100mg"]) == (
        None,
        None,
    )
    assert second["why"] == (
        "After a compound's name, the figure may be the compound or the magnesium in it."
    )


def test_rows_are_sorted_and_those_without_a_figure_come_last() -> None:
    text = (
        "name,label,price,count\nc,Magnesium 100 mg,5,100\na,Magnesium 300 mg,30,100\n"
        "B,Magnesium citrate 9 mg,1,1\n"
    )
    assert [row["name"] for row in shelf(text)] == ["c", "a", "B"]
    assert [row["name"] for row in shelf(text, "--sort", "magnesium")] == [
        "a",
        "c",
        "B",
    ]
    assert [row["name"] for row in shelf(text, "--sort", "name")] == [
        "a",
        "B",
        "c",
    ]
    assert shelf(text.replace(",", "\t")) == shelf(text)


def test_the_nutrient_of_the_table_is_what_one_sorts_by() -> None:
    text = "name,label,price,count\nc,Unobtainium 1 mg,5,9\na,Unobtainium 3 mg,30,9\n"
    options = ("--data", str(FROZEN), "--sort")
    assert [row["name"] for row in shelf(text, *options, "unobtainium")] == [
        "a",
        "c",
    ]
    done = call("products", "-", *options, "magnesium", stdin=text)
    assert (done.stdout, done.status) == ("", 2)
    assert done.stderr.endswith("There are: price, unobtainium and name\n")


@pytest.mark.parametrize(
    ("label", "serving", "told"),
    [
        # Where the column is empty, the label says what its amount is in.
        ("Magnesium 300 mg", "", (300, 0.0333, None)),
        ("Magnesium 300 mg per 2 capsules", "", (300, 0.0667, None)),
        ("Magnesium 300 mg per ½ tablet", "", (300, 0.0167, None)),
        ("Magnesium 300 mg", "1½", (300, 0.05, None)),
        ("Magnesium 300 mg", "1/2 tablet", (300, 0.0167, None)),
        ("Magnesium 300 mg per 2 capsules", "2", (300, 0.0667, None)),
        ("Magnesium 300 mg per serving", "2 capsules", (300, 0.0667, None)),
        ("Magnesium 300 mg. Take 2 capsules", "1", (300, 0.0333, None)),
        # Where both stand and differ, there is no figure.
        (
            "Magnesium 300 mg per 2 capsules",
            "3",
            (
                None,
                None,
                "two servings: the label says '2 capsules', the column '3'",
            ),
        ),
        (
            "Magnesium 300 mg per 100 g",
            "3",
            (
                None,
                None,
                "two servings: the label says '100 g', the column '3'",
            ),
        ),
        # What counts no pieces gives what a day holds, at a serving a day, and no price.
        (
            "Magnesium 300 mg per serving",
            "",
            (
                300,
                None,
                "how many pieces '1 serving' is stays open; write it in the column serving",
            ),
        ),
        (
            "Magnesium 300 mg per 2-3 capsules",
            "",
            (
                300,
                None,
                "how many pieces '2-3 capsules' is stays open; write it in the column serving",
            ),
        ),
        (
            "Magnesium 60 mg per 100 g",
            "",
            (None, None, "'100 g' on the label is no serving"),
        ),
        (
            "Magnesium 60 mg/l",
            "",
            (None, None, "'1 l' on the label is no serving"),
        ),
        (
            "Magnesium 300 mg",
            "15 ml",
            (
                None,
                None,
                ("serving '15 ml' " + NO_PIECES),
            ),
        ),
    ],
)
def test_a_serving_stands_in_its_column_or_on_the_label(
    label: str,
    serving: str,
    told: tuple[float | None, float | None, str | None],
) -> None:
    assert figures(label=label, serving=serving, count="60") == told


@pytest.mark.parametrize("pieces", ["10 sachets", "2 capsules", "2-3 capsules"])
def test_what_only_stands_on_the_label_may_be_no_serving(pieces: str) -> None:
    """It may be the package, or what is to be taken, of pieces that hold the amount each."""
    label = f"Magnesium 300 mg, {pieces}"
    assert figures(label=label) == (None, None, f"'{pieces}' {MAY_BE_ANOTHER}")
    assert figures(label=label, serving="2")[2] is None


def test_pieces_a_day_are_told_in_their_column() -> None:
    assert (
        figures(label="Magnesium 300 mg per 2 capsules", per_day="4")[0] == 600
    )
    assert (
        figures(label="Magnesium 300 mg per 2 capsules", per_day="½")[0] == 75
    )
    daily, price, why = figures(per_day="2-3")
    assert (daily, price) == (None, 0.1)
    assert why is not None
    assert why.startswith("per_day '2-3' is no number of pieces")


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("12.90", "12.90", None),
        ("12,90", "12.90", None),
        ("1'299.00", "1299.00", None),
        ("1,012.90", "1012.90", None),
        ("1.012,90 €", "1012.90", "EUR"),
        ("1 299,00 kr", "1299.00", "kr"),
        ("$9.00", "9.00", "$"),
        ("US$ 9", "9", "USD"),
        ("9 USD", "9", "USD"),
        ("12,- €", "12", "EUR"),
        ("12,\u2013 EUR", "12", "EUR"),
        ("129:-", "129", None),
        ("CHF 12.-", "12", "CHF"),
        ("Rs. 250.00", "250.00", "Rs"),
        ("₹250", "250", "INR"),
        ("12,90 Euro", "12.90", "EUR"),
        ("zł 12", "12", "PLN"),
        ("999 \u0440\u0443\u0431.", "999", "RUB"),
    ],
)
def test_prices_as_they_are_written(
    text: str, amount: str, currency: str | None
) -> None:
    price = price_of(text)
    assert (float(price.amount), price.currency) == (float(amount), currency)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("(12.90)", "is below 0"),
        ("($12.90)", "is below 0"),
        ("-12.90", "is below 0"),
        ("\u221212.90", "is below 0"),
        ("\u201312.90", "is below 0"),
        ("12.90-", "is below 0"),
        ("$-5", "is below 0"),
        ("- $5", "is below 0"),
        ("minus 5", "is below 0"),
        ("minus", "is no number above 0"),
        ("10-12", "is no number above 0"),
        ("x", "is no number above 0"),
        ("0", "is no price above 0"),
        ("0.00", "is no price above 0"),
        ("ab 9,99", "is no price above 0"),
        ("12.90 per pack", "is no price above 0"),
        ("1½", "is no price above 0"),
        ("1.234.56", "is no price above 0"),
        ("€ 5 USD", "is no price above 0"),
        ("9" * 300, "is no price above 0"),
        ("7.950", "can be read in two ways; write it with two decimals"),
        ("$1,299", "can be read in two ways; write it with two decimals"),
    ],
)
def test_what_is_no_price_above_0_says_why(text: str, why: str) -> None:
    with pytest.raises(FigureError) as error:
        price_of(text)
    assert str(error.value).startswith("price ")
    assert why in str(error.value)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("120", 120),
        ("120 capsules", 120),
        ("120 tabs.", 120),
        ("1.000", 1000),
        ("1,000", 1000),
        ("10 000", 10_000),
        ("62.5", 62.5),
        *dict.fromkeys(
            [
                "500 g",
                "2 x 60",
                "60+30",
                "-5",
                "(60)",
                "0",
                "1½",
                "x",
                "about 9",
            ]
        ).items(),
    ],
)
def test_counts_as_they_are_written(
    table: Table, text: str, number: float | None
) -> None:
    servings = Servings(table)
    if number is None:
        with pytest.raises(
            FigureError, match=r"^count .*write how many pieces, as in 120$"
        ):
            count_of(text, servings)
    else:
        assert count_of(text, servings) == number


def test_what_can_be_told_without_a_price_is_told() -> None:
    for price in ("minus", "(12.90)", ""):
        daily, cost, why = figures(price=price)
        assert (daily, cost) == (100, None)
        assert why
    assert figures(price="", count="") == (
        100,
        None,
        "there is no price; there is no count",
    )
    assert figures(price="1", count="x", label="Magnesium 100-200 mg")[:2] == (
        None,
        None,
    )


def test_a_small_price_is_not_0() -> None:
    assert (
        figures(price="0.01", count="9000", label="Magnesium 1000 mg")[1]
        == 1.1e-07
    )
    assert (
        figures(price="0.04", count="60", label="Magnesium 1000 mg")[1]
        == 6.7e-05
    )


CURRENCIES = (
    "name,label,price,count\n"
    "A,Magnesium 100 mg,$9.00,60\n"
    "B,Magnesium 100 mg,€8.50,60\n"
    "C,Magnesium 100 mg,$6.00,60\n"
    "D,Magnesium 100 mg,(6.00),60\n"
    "E,Magnesium glycinate 500 mg,€6.00,60\n"
)


def test_several_currencies_are_not_ranked_together() -> None:
    rows = shelf(CURRENCIES)
    assert [
        (row["name"], row["currency"], row["price_per_100mg"]) for row in rows
    ] == [
        ("C", "$", 0.1),
        ("A", "$", 0.15),
        ("B", "EUR", 0.1417),
        ("E", "EUR", None),
        ("D", None, None),
    ]


def test_the_screen_says_what_costs_least_and_shows_what_is_not_known() -> None:
    done = call("products", "-", stdin=CURRENCIES, COLUMNS="80")
    assert done.stdout == (
        """\
Of those in $ that can be compared, the cheapest per 100 mg of magnesium is C,
at $0.100.
Of those in EUR that can be compared, the cheapest per 100 mg of magnesium is B
or E:
B: 0.142 EUR.
E: 0.020 EUR if its 500 mg is magnesium, at least 0.142 EUR if compound.
Prices in $ and in EUR are not ranked together.
1 of 5 has no price for 100 mg, and may be cheaper.

Product  Price of 100 mg     Magnesium a day  Forms
─────────────────────────────────────────────────────────────────
C        $0.100              100 mg           not named
A        $0.150              100 mg           not named
B        0.142 EUR           100 mg           not named
E        0.020 or 0.142 EUR  500 or 70.5 mg   chelate (glycinate)
D        ?                   100 mg           not named

D: price '(6.00)' is below 0; write it as in 12.90 or 12.90 EUR.
Where no serving is told, the amount counts as that of one piece.
Two figures: if the label's amount is magnesium, or if it is pure compound.

Not medical advice: with kidney problems or medicines, ask a doctor first.
"""
    )


def test_a_small_price_has_no_exponent() -> None:
    text = "name,label,price,count\nA,Magnesium 5000 mg,$0.01,9000\n"
    shown = call("products", "-", stdin=text, COLUMNS="80").stdout
    assert "100 mg of magnesium in A is $0.000000022.\n" in shown


def test_ten_products_fit_a_screen() -> None:
    rows = "".join(
        f"Product {n},Magnesium (as citrate) 100 mg,{n},60\n"
        for n in range(1, 11)
    )
    done = call(
        "products", "-", stdin=f"name,label,price,count\n{rows}", COLUMNS="80"
    )
    assert len(done.stdout.splitlines()) <= 22
    assert done.stdout.startswith(
        "The cheapest per 100 mg of magnesium is Product 1, at 0.017.\n"
    )


def test_nothing_to_compare_is_said() -> None:
    done = call("products", "-", stdin="name,label,price,count\n")
    assert done.stdout.startswith("None of 0 products can be compared.\n")


def test_in_csv_the_label_is_the_label_and_what_was_read_has_its_own_columns() -> (
    None
):
    label = 'Magnesium, "pure" (as citrate) 300 mg per 2 capsules  60%'
    text = io.StringIO()
    csv.writer(text).writerows(
        [["name", "label", "price", "count"], ["a", label, "€6", "60"]]
    )
    done = call("products", "-", "--format", "csv", stdin=text.getvalue())
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert row["label"] == label
    read = (
        "currency",
        "forms",
        "basis",
        "elemental_mg",
        "serving",
        "serving_pieces",
    )
    assert [row[key] for key in read] == [
        "EUR",
        "citrate",
        "elemental",
        "300",
        "2 capsules",
        "2",
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"what; it; costs; now;",name,label,price,count\n"x;",a,Magnesium 100 mg,5,100\n',
        "sep=;\nname;label;price;count\na;Magnesium 100 mg;5;100\n",
        '"sep=|"\nname|label|price|count\na|Magnesium 100 mg|5|100\n',
        "Name\tLABEL\tprice\tcount\t\t\na\tMagnesium 100 mg\t5\t100\t\t\n",
        "name,label,price,count\r\n\r\na,Magnesium 100 mg,5,100\r\n,,,\r\n",
        "name,label,price,count\ra,Magnesium 100 mg,5,100\r",
        'name,label,price,count\n"a","Magnesium\n100 mg",5,100\n',
    ],
)
def test_a_spreadsheet_is_read_however_it_is_written(text: str) -> None:
    (row,) = shelf(text)
    assert (
        row["name"],
        row["elemental_mg_per_day"],
        row["price_per_100mg"],
    ) == ("a", 100, 0.05)


def test_a_row_stands_at_the_line_that_it_begins_in() -> None:
    text = 'sep=,\nname,label,price,count\n"a\nb",Magnesium 100 mg,5,100\nc,Magnesium 1 mg,5,100\n'
    assert {row["name"]: row["line"] for row in shelf(text)} == {
        "a\nb": 3,
        "c": 5,
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "",
            "standard input:1:1: the header lacks name, label, price and count; it needs ",
        ),
        (
            "name,label,price\n",
            "standard input:1:4: the header lacks count; it needs name, ",
        ),
        (
            "sep=;\nname;label;price\n",
            "standard input:2:4: the header lacks count; ",
        ),
        (
            "name,label,price,count,Price\n",
            "standard input:1:5: column 3 is called 'price', too; give each its own name",
        ),
        (
            "name,label,price,count\na,b,1\n",
            "standard input:2:4: 3 cells below 4 titles; quote a cell that has ','",
        ),
        (
            "name,label,price,count\na,b,1,2,3\n",
            "standard input:2:5: 5 cells below 4 titles; ",
        ),
        (
            'name,label,price,count\na,"b,1,2\n',
            "standard input:2:2: unexpected end of data; ",
        ),
        (
            'name,label,price,count\nx,y,1,2\na,b,"c"d,2\n',
            "standard input:3:3: ',' expected ",
        ),
        ("\0", "standard input is not a readable text file"),
    ],
)
def test_a_broken_shelf_is_a_sentence_with_its_place(
    text: str, sentence: str
) -> None:
    done = call("products", "-", stdin=text)
    assert (done.stdout, done.status) == ("", 1)
    assert done.stderr.startswith(f"mgform: {sentence}")
    assert done.stderr.count("\n") == 1
