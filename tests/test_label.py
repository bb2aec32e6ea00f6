"""What lines of labels are read as, one at a time, in a stream, and in a shelf of products."""

import json
import re

import pytest
from hypothesis import given, strategies as st
from msgspec import structs

from mgform import read_label
from mgform.label import LabelReader, Reading
from mgform.reader import load
from tests.conftest import ROOT, call

LINES = [
    line.split(" => ")
    for line in (ROOT / "tests" / "labels.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
READER = LabelReader(load())


def number(mg: float | tuple[float, ...] | None) -> str:
    if isinstance(mg, tuple):
        return "/".join(map(number, mg))
    return "-" if mg is None else f"{mg:g}"


def told(reading: Reading) -> str:
    others = (f"+{other.replace(' ', '-')}" for other in reading.other_forms)
    amounts = map(number, (reading.elemental_mg, reading.compound_mg, reading.reference_mg))
    forms = " ".join((*reading.forms, *others)) or "-"
    return ", ".join((forms, reading.basis, *amounts, reading.can_be_true, reading.serving or "-"))


def test_each_line_is_read_as_it_must_be() -> None:
    wrong = [
        f"{line}: {now} instead of {right}"
        for line, right in LINES
        if (now := told(READER.read(line))) != right
    ]
    assert wrong == []


def test_no_line_with_two_readings_gets_one_figure() -> None:
    readings = [READER.read(line) for line, _ in LINES]
    assert [
        each.line
        for each in readings
        if each.basis == "ambiguous" and each.elemental_mg is not None
    ] == []
    assert [each.line for each in readings if each.readings and len(each.readings) != 2] == []
    assert {each.basis for each in readings} == {"elemental", "both", "ambiguous", "none"}


def test_one_daily_value_is_a_figure_and_several_are_an_array() -> None:
    fits = {
        line: read_label(line).reference_mg
        for line in ("Magnesium 300 mg 80 % NRV", "Magnesium 50 mg 12 % DV")
    }
    assert fits == {"Magnesium 300 mg 80 % NRV": 375, "Magnesium 50 mg 12 % DV": (420, 400)}


def test_two_readings_say_at_most_for_the_richest_compound() -> None:
    reading = read_label("Magnesium Glycinate Citrate & Malate -- 300 mg")
    assert [(each.basis, each.elemental_mg) for each in reading.readings] == [
        ("elemental", 300),
        ("compound", 48.48),
    ]
    assert read_label("Magnesium Orotate 200 mg").readings[1].elemental_mg is None
    assert "whether the figure is magnesium or compound" in reading.unknown
    assert "how much of it comes from chelate, citrate and malate each" in reading.unknown


def test_limits_and_levels_come_with_their_sources() -> None:
    reading = read_label("Magnesium (as magnesium citrate) 300 mg")
    assert [(limit.region, limit.standing) for limit in reading.limits] == [
        ("US", "below"),
        ("EU", "above"),
    ]
    assert [(each.scale, each.level, each.sources) for each in reading.levels] == [
        ("laxative", "strong", ("post-4", "post-5")),
        ("tolerance", "poor", ("post-4",)),
    ]


def test_what_cannot_be_right_is_refused_and_the_percent_speaks() -> None:
    reading = read_label("Magnesium (as Magnesium Malate) 100 g 33%")
    assert (reading.elemental_mg, reading.can_be_true) == (None, "no")
    assert any("100 g cannot be right" in each for each in reading.unknown)
    assert any(
        "33 % of a daily value is 138.6 mg (US since 2016), 132 mg" in each
        for each in reading.unknown
    )
    assert read_label("Magnesium 402 mg 102%").unknown == (
        "what 102 % refers to: it fits no daily value",
    )


def test_more_than_pure_is_not_called_false() -> None:
    richer = {
        "malate": 'dimagnesium malate, or oxide ("buffered")',
        "chelate": 'oxide ("buffered")',
    }
    for form, name in (("malate", "malate"), ("chelate", "glycinate")):
        reading = read_label(f"Magnesium {name} 1000 mg, of which magnesium 200 mg")
        assert (reading.forms, reading.can_be_true) == ((form,), "not_alone")
        assert reading.unknown == (f"what else it holds: {richer[form]} may be in it",)


def test_what_makers_add_is_named_where_a_table_knows_it() -> None:
    edges = load(str(ROOT / "tests" / "tables" / "edges.yaml"))
    line = "Unobtainium mixture 100 mg, of which unobtainium 50 mg"
    for buffer, richer in (
        ("pair", 'pair ("buffered")'),
        ("calm-one", 'calm-one ("buffered")'),
        (None, "another compound"),
    ):
        reading = read_label(line, structs.replace(edges, buffer=buffer))
        assert (reading.can_be_true, reading.unknown) == (
            "not_alone",
            (f"what else it holds: {richer} may be in it",),
        )


@given(st.text(max_size=60), st.sampled_from([line for line, _ in LINES]), st.integers(0, 60))
def test_any_text_gets_a_reading(noise: str, line: str, at: int) -> None:
    for text in (noise, line[:at] + noise + line[at:]):
        reading = READER.read(text)
        assert reading.basis in {"elemental", "both", "ambiguous", "none"}
        assert reading.basis != "ambiguous" or reading.elemental_mg is None


@given(st.sampled_from([line for line, _ in LINES]), st.sampled_from(["  ", "   "]))
def test_spaces_and_case_change_nothing(line: str, space: str) -> None:
    right = told(READER.read(line)).casefold()
    assert told(READER.read(line.replace(" ", space))).casefold() == right
    assert told(READER.read(f"{space}{line.upper()}{space}")).casefold() == right


@given(
    st.permutations(["citrate", "oxide", "malate"]),
    st.sampled_from(["Magnesium (as {}) 200 mg", "Magnesium {} 200 mg"]),
)
def test_the_order_of_forms_changes_nothing_but_their_order(names: list[str], line: str) -> None:
    reading = READER.read(line.format(", ".join(names)))
    first = READER.read(line.format("citrate, oxide, malate"))
    assert sorted(reading.forms) == sorted(first.forms)
    assert (reading.basis, reading.elemental_mg, reading.compound_mg, reading.readings) == (
        first.basis,
        first.elemental_mg,
        first.compound_mg,
        first.readings,
    )


def test_another_mineral_brings_its_own_words() -> None:
    table = load(str(ROOT / "docs" / "calcium.yaml"))
    assert read_label("Calcium 500 mg", table).elemental_mg == 500
    assert read_label("Calcium carbonate 500 mg", table).basis == "ambiguous"
    assert read_label("Magnesium 500 mg", table).basis == "none"


def test_a_serving_tells_what_is_in_each() -> None:
    words = ("label", "Magnesium (as citrate) 300 mg", "--serving", "2 capsules")
    reading = json.loads(call(*words, "--json").stdout)
    assert (reading["serving"], reading["each_mg"]) == ("2 capsules", 150)
    assert "150 mg of magnesium, at 2 capsules" in call(*words).stdout
    for wrong in ("two", "0", "", "2.5 g"):
        assert call("label", "Magnesium 300 mg", "--serving", wrong).status == 2


def test_lines_without_quotes_are_one_line() -> None:
    assert call("label", *["Magnesium", "Glycinate", "500", "mg"]) == call(
        "label", "Magnesium Glycinate 500 mg"
    )


@pytest.mark.parametrize("wanted", ["json", "csv", "tsv", "table"])
def test_a_stream_goes_on_behind_a_bad_line(wanted: str) -> None:
    given = b"Magnesium 100 mg\n\xff\xfe\n" + b"x" * 1_000_000 + b"\n\nMagnesium Glycinate 500 mg"
    done = call("label", "-", "--format", wanted, stdin=given)
    assert (done.status, len(done.stderr.splitlines())) == (1, 2)
    assert re.findall(r"line (\d+)", done.stderr) == ["2", "3"]
    rows = (
        json.loads(done.stdout)
        if wanted == "json"
        else done.stdout.splitlines()[wanted != "table" :]
    )
    assert len(rows) == 3
    if wanted == "table":
        assert [row.split()[0] for row in rows] == ["1", "4", "5"]
        assert "70.5 or 500 mg" in rows[2]


def test_several_lines_are_a_line_each_on_the_screen() -> None:
    done = call(
        "label",
        "Magnesium (as citrate, orotate) 100 mg",
        "Magnesium Glycinate 500 mg",
        "Zinc 15 mg",
        COLUMNS="80",
    )
    assert done.stdout.splitlines() == [
        "     1  100 mg           elemental  citrate, orotate: Magnesium (as citrate, oro",
        "     2  70.5 or 500 mg   ambiguous  chelate: Magnesium Glycinate 500 mg",
        "     3  ?                none       -: Zinc 15 mg",
    ]


def test_several_lines_are_an_array() -> None:
    done = call("label", "Magnesium 100 mg", "Zinc 15 mg", "--json")
    assert [each["elemental_mg"] for each in json.loads(done.stdout)] == [100, None]
    assert call("label", "-", "--json", stdin="").stdout == "[]\n"


SHELF = (
    "name;label;price;count;serving;per_day\n"
    "B;Magnesium Glycinate 500 mg;9;60;1;\n"
    'A;"Magnesium (als Citrat) 150 mg";12,90;1.000;3;6\n'
)


def shelf(text: str, *options: str) -> list[dict[str, object]]:
    done = call("products", "-", "--json", *options, stdin=text)
    assert (done.status, done.stderr) == (0, "")
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_products_are_compared_by_the_price_of_what_counts() -> None:
    first, second = shelf("\ufeff" + SHELF)
    assert (
        first["name"],
        first["elemental_mg_per_day"],
        first["price_per_100mg"],
        first["line"],
    ) == (
        "A",
        300,
        0.0258,
        3,
    )
    assert (second["name"], second["price_per_100mg"], second["elemental_mg_per_day"]) == (
        "B",
        None,
        None,
    )
    assert (
        second["why"]
        == "After a compound's name, the figure may be the compound or the magnesium in it."
    )
    assert list(first) == [
        "name",
        "label",
        "elemental_mg_per_day",
        "price_per_100mg",
        "why",
        "line",
    ]


def test_products_are_sorted_and_those_without_a_figure_come_last() -> None:
    text = "name,label,price,count\nc,Magnesium 100 mg,5,100\na,Magnesium 300 mg,30,100\nB,Magnesium citrate 9 mg,1,1\n"
    assert [each["name"] for each in shelf(text)] == ["c", "a", "B"]
    assert [each["name"] for each in shelf(text, "--sort", "magnesium")] == ["a", "c", "B"]
    assert [each["name"] for each in shelf(text, "--sort", "name")] == ["a", "B", "c"]
    assert shelf(text.replace(",", "\t")) == shelf(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "standard input:1: the header lacks name, label, price and count"),
        ("name,label,price\n", "the header lacks count"),
        ("name,label,price,count\na,b,1\n", "standard input:2:4: 3 cells below 4 titles"),
        ('name,label,price,count\na,"b,1,2\n', "standard input:2: unexpected end of data"),
        ("\0", "standard input is not a readable text file"),
    ],
)
def test_a_broken_shelf_is_a_sentence_with_its_place(text: str, sentence: str) -> None:
    done = call("products", "-", stdin=text)
    assert (done.stdout, done.status) == ("", 1)
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (("price", "x"), "price 'x' is no number above 0"),
        (("count", "x"), "count 'x' is no number above 0"),
        (("price", "7.950"), "price '7.950' can be read in two ways; write it with two decimals"),
    ],
)
def test_a_row_that_cannot_be_computed_stays_with_its_reason(
    cell: tuple[str, str], why: str
) -> None:
    row = {"name": "a", "label": "Magnesium 100 mg", "price": "5", "count": "60"} | dict([cell])
    assert shelf(f"{','.join(row)}\n{','.join(row.values())}\n")[0]["why"] == why


def test_ten_products_fit_a_screen() -> None:
    rows = "".join(f"Product {n},Magnesium (as citrate) {n}00 mg,{n},60\n" for n in range(1, 11))
    done = call("products", "-", stdin=f"name,label,price,count\n{rows}", COLUMNS="80")
    assert len(done.stdout.splitlines()) <= 22
    assert done.stdout.startswith("Product 1 costs least per 100 mg of magnesium: 0.017.\n")
