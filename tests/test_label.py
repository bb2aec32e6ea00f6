"""What lines of labels are read as, one at a time."""

import pytest
from hypothesis import given, strategies as st
from msgspec import structs

from mgform import read_label
from mgform.label import LabelReader, Reading
from mgform.reader import load
from tests.conftest import ROOT

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
    others = [f"+{other.replace(' ', '-')}" for other in reading.other_forms]
    amounts = (reading.elemental_mg, reading.compound_mg, reading.reference_mg)
    cells = [
        " ".join((*reading.forms, *others)) or "-",
        reading.basis,
        *map(number, amounts),
        reading.can_be_true,
        reading.serving or "-",
        reading.rule,
    ]
    return ", ".join(cells)


def test_each_line_is_read_as_it_must_be() -> None:
    wrong = []
    for line, right in LINES:
        now = told(READER.read(line))
        if now != right:
            wrong.append(f"{line}: {now} instead of {right}")
    assert wrong == []


def test_no_line_with_two_readings_gets_one_figure() -> None:
    allowed = {"ambiguous": {0, 2}, "compound": {1}}
    for line, _ in LINES:
        reading = READER.read(line)
        assert len(reading.readings) in allowed.get(reading.basis, {0}), line
        if reading.readings:
            assert reading.elemental_mg is None, line


def test_one_daily_value_is_a_figure_and_several_are_an_array() -> None:
    fits = {
        line: read_label(line).reference_mg
        for line in ("Magnesium 300 mg 80 % NRV", "Magnesium 50 mg 12 % DV")
    }
    assert fits == {
        "Magnesium 300 mg 80 % NRV": 375,
        "Magnesium 50 mg 12 % DV": (420, 400),
    }


def test_two_readings_say_at_most_for_the_richest_compound() -> None:
    reading = read_label("Magnesium Glycinate Citrate & Malate -- 300 mg")
    assert [(each.basis, each.elemental_mg) for each in reading.readings] == [
        ("elemental", 300),
        ("compound", 48.48),
    ]
    assert read_label("Magnesium XYZ 200 mg").readings[1].elemental_mg is None
    assert "whether the figure is magnesium or compound" in reading.unknown
    assert (
        "how much of it comes from chelate, citrate and malate each"
        in reading.unknown
    )


def test_limits_and_levels_come_with_their_sources() -> None:
    reading = read_label("Magnesium (as magnesium citrate) 300 mg")
    assert [(limit.region, limit.standing) for limit in reading.limits] == [
        ("US", "below"),
        ("EU", "above"),
    ]
    assert [
        (each.scale, each.level, each.sources) for each in reading.levels
    ] == [
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
        reading = read_label(
            f"Magnesium {name} 1000 mg, of which magnesium 200 mg"
        )
        assert (reading.forms, reading.can_be_true) == ((form,), "not_alone")
        assert reading.unknown == (
            f"what else it holds: {richer[form]} may be in it",
        )


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


@given(
    st.text(max_size=60),
    st.sampled_from([line for line, _ in LINES]),
    st.integers(0, 60),
)
def test_any_text_gets_a_reading(noise: str, line: str, at: int) -> None:
    for text in (noise, line[:at] + noise + line[at:]):
        reading = READER.read(text)
        assert reading.basis in {
            "elemental",
            "compound",
            "both",
            "ambiguous",
            "none",
        }
        assert reading.basis != "ambiguous" or reading.elemental_mg is None


@given(
    st.sampled_from([line for line, _ in LINES]), st.sampled_from(["  ", "   "])
)
def test_spaces_and_case_change_nothing(line: str, space: str) -> None:
    right = told(READER.read(line)).casefold()
    assert told(READER.read(line.replace(" ", space))).casefold() == right
    assert (
        told(READER.read(f"{space}{line.upper()}{space}")).casefold() == right
    )


@given(
    st.permutations(["citrate", "oxide", "malate"]),
    st.sampled_from(["Magnesium (as {}) 200 mg", "Magnesium {} 200 mg"]),
)
def test_the_order_of_forms_changes_nothing_but_their_order(
    names: list[str], line: str
) -> None:
    reading = READER.read(line.format(", ".join(names)))
    first = READER.read(line.format("citrate, oxide, malate"))
    assert sorted(reading.forms) == sorted(first.forms)
    assert (
        reading.basis,
        reading.elemental_mg,
        reading.compound_mg,
        reading.readings,
    ) == (
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


def test_figures_that_are_no_dose_stand_against_no_limit() -> None:
    for line in (
        "Magnesium 108 mg/l",
        "Magnesium citrate 30 mg/kg",
        "Per 100 g: magnesium 56 mg",
    ):
        reading = read_label(line)
        assert not reading.limits
        assert not any(possible.limits for possible in reading.readings)
        assert any(
            "how much a serving holds" in sentence
            for sentence in reading.unknown
        )


def test_each_compound_holds_its_own_share() -> None:
    at_most = {
        "Magnesium citrate nonahydrate 1000 mg": 118.9,
        "Magnesium citrate 1000 mg": 161.6,
        "Magnesium oxide 100 mg, magnesium citrate 100 mg": 76.46,
        "Magnesium oxide 100 mg (magnesium oxide 100 mg)": 60.3,
        "Magnesium (from 1000 mg magnesium malate)": 155.4,
        "Magnesium complex (citrate, malate, oxide) 300 mg": 180.9,
    }
    for line, mg in at_most.items():
        assert read_label(line).readings[-1].elemental_mg == mg, line


def test_a_named_compound_is_told() -> None:
    reading = read_label("Magnesium citrate nonahydrate 1000 mg")
    assert reading.compounds == ("trimagnesium dicitrate, nonahydrate",)
    assert read_label("Magnesium citrate 1000 mg").compounds == ()


def test_the_rule_and_its_sentence_are_told() -> None:
    reading = read_label("Magnesium (as citrate) 200 mg 48%")
    assert reading.rule == "percent"
    assert reading.because == (
        "48 % of a daily value of 420 mg is about 200 mg: the figure is magnesium itself."
    )
    assert (
        read_label("Zinc 15 mg").because == "The line does not name magnesium."
    )
    long = "x" * 10_001
    assert (
        read_label(long).because == "The line is longer than 10,000 characters."
    )


@pytest.mark.parametrize("digits", [13, 309, 5000])
def test_a_number_of_many_digits_stays_open(digits: int) -> None:
    reading = read_label(f"Magnesium {'9' * digits} mg 50%")
    assert (reading.basis, reading.elemental_mg) == ("elemental", None)
    reading = read_label(f"Magnesium 300 mg {'9' * digits}%")
    assert (reading.elemental_mg, reading.percent) == (300, None)


def test_a_salt_and_its_hydrate_of_one_weight_stay_open() -> None:
    line = "Magnesium citrate 500 mg, magnesium citrate nonahydrate 500 mg"
    reading = read_label(line)
    assert (reading.elemental_mg, reading.compound_mg) == (None, None)
    assert reading.readings == ()


def test_a_name_of_several_words_that_begins_like_the_nutrient_is_about_it() -> (
    None
):
    """No word of these lines is "iron"; "ferrous" stands among the table's prefixes."""
    reader = LabelReader(load(str(ROOT / "tests" / "tables" / "iron.yaml")))
    read = {
        line: told(reader.read(line))
        for line in (
            "Ferrous fumarate 322 mg",
            "FERROUS  SULFATE HEPTAHYDRATE 300 mg",
            "Ferrous fumarate 210 mg, providing 68 mg elemental",
            "Magnesium fumarate 300 mg",
        )
    }
    assert read == {
        "Ferrous fumarate 322 mg": (
            "fumarate, ambiguous, -, 322, -, untestable, -, compound"
        ),
        "FERROUS  SULFATE HEPTAHYDRATE 300 mg": (
            "sulfate, ambiguous, -, 300, -, untestable, -, compound"
        ),
        "Ferrous fumarate 210 mg, providing 68 mg elemental": (
            "fumarate, both, 68, 210, -, yes, -, both"
        ),
        "Magnesium fumarate 300 mg": (
            "-, none, -, -, -, untestable, -, unnamed"
        ),
    }
