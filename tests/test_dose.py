"""Amounts: what is typed, what a compound holds, and how that stands to the upper levels."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st
from msgspec import structs

from mgform.dose import (
    Dose,
    Weighed,
    amount,
    for_elemental,
    in_compounds,
    limits,
)
from mgform.errors import CallError
from mgform.reader import load
from mgform.table import Compound, Table
from tests.conftest import ROOT, call


@pytest.fixture(scope="module")
def edges() -> Table:
    return load(str(ROOT / "tests" / "tables" / "edges.yaml"))


def standings(table: Table, *words: str) -> dict[str, str]:
    reading = in_compounds(table, words)[0].as_compound
    assert reading is not None
    return {limit.region: str(limit.standing) for limit in reading.limits}


def held(dose: Dose) -> dict[str, float | None]:
    """The mg of the nutrient, where what was typed is a weight of compound."""
    assert dose.as_compound is not None
    return dose.as_compound.elemental_mg


def mg(
    least: float, usual: float | None, most: float
) -> dict[str, float | None]:
    return {"least": least, "usual": usual, "most": most}


def refused(table: Table, *words: str) -> str:
    with pytest.raises(CallError) as error:
        in_compounds(table, words)
    return str(error.value)


@pytest.mark.parametrize(
    ("typed", "milligrams"),
    [
        ("1000", "1000"),
        ("1000mg", "1000"),
        (" 1.5 g ", "1500"),
        ("1,5g", "1500"),
        ("0.125", "0.125"),
        ("250mcg", "0.25"),
        ("250\u00b5g", "0.25"),
        ("250 \u03bcG", "0.25"),
        ("1mcg", "0.001"),
        ("1234.567", "1234.567"),
        ("0.5000", "0.5"),
        ("1.50", "1.5"),
        ("500x3", "1500"),
        ("500 mg \u00d7 3", "1500"),
        ("0.5g*2", "1000"),
        ("100g", "100000"),
        ("1000x100", "100000"),
    ],
)
def test_an_amount_is_read(typed: str, milligrams: str) -> None:
    assert amount(typed) == Decimal(milligrams)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.000", "can mean 1000 or 1; write 1000 or 1"),
        ("1,000", "can mean 1000 or 1;"),
        ("12,500mg", "can mean 12500 or 12.5;"),
        ("12.500,5", "is no amount"),
        ("0", "is less than 0.001 mg"),
        ("0x5", "is less than 0.001 mg"),
        ("5x0", "is less than 0.001 mg"),
        (
            "0.5mcg",
            "is less than 0.001 mg or more than 100 g; is the unit right?",
        ),
        ("100000.1", "more than 100 g"),
        ("101g", "more than 100 g"),
        ("1gx101", "more than 100 g"),
        ("\u0661\u0660", "is no amount"),
        ("-5", "is no amount"),
        ("5 kg", "is no amount"),
        ("", "is no amount"),
        ("1e3", "is no amount"),
        ("nan", "is no amount"),
    ],
)
def test_what_is_no_amount_is_told(typed: str, sentence: str) -> None:
    with pytest.raises(CallError) as error:
        amount(typed)
    assert sentence in str(error.value)


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_a_sentence(typed: str) -> None:
    try:
        assert 0 < amount(typed) <= 100_000
    except CallError as error:
        told = str(error)
    else:
        told = ""
    assert told.isprintable()


def test_a_compound_that_is_first_is_the_usual_one(edges: Table) -> None:
    dose, (match,) = in_compounds(edges, ["mixed=200"])
    assert held(dose) == mg(20, 40, 80)
    assert (match.form.id, dose.amount_mg) == ("mixed", 200)
    assert dose.parts[0].compounds == (
        Weighed("mixture one", "A", 20, 40, 200),
        Weighed("mixture two", "B", 40, 80, 200),
        Weighed("mixture three", "C", 10, 20, 200),
    )
    assert dose.as_elemental.elemental_mg == mg(200, 200, 200)


def test_amounts_are_added_up(edges: Table) -> None:
    words = ["uno", "mixed=100", "pair=0.1g", "mixed=50x2"]
    dose, matches = in_compounds(edges, words)
    assert held(dose) == mg(10 + 20 + 10, 20 + 20 + 20, 40 + 60 + 40)
    assert dose.amount_mg == 300
    assert [match.asked for match in matches] == ["uno mixed", "pair", "mixed"]


def test_a_name_of_one_compound_means_that_alone(edges: Table) -> None:
    dose, (match,) = in_compounds(edges, ["mixture", "two=200"])
    assert held(dose) == mg(80, 80, 80)
    (part,) = dose.parts
    assert (part.form, part.asked_as, part.matched) == (
        "mixed",
        "mixture two",
        "compound",
    )
    assert part.compounds == (Weighed("mixture two", "B", 40, 80, 200),)
    assert match.compound == edges.forms[0].compounds[1]


def with_compounds(table: Table, *compounds: Compound) -> Table:
    """The table with other compounds of its first form."""
    form = structs.replace(table.forms[0], compounds=compounds)
    return structs.replace(table, forms=(form, *table.forms[1:]))


def test_a_mixture_is_never_computed(edges: Table, frozen: Table) -> None:
    assert refused(frozen, "red", "gold=100") == (
        "alloyed gold has no formula, so nothing can be computed for it; "
        "Doe 1999 prints 18 to 20 % unobtainium"
    )
    assert refused(frozen, "gold=100") == refused(frozen, "red gold=100")
    printed = Compound(
        name="Unobtainium mud", printed_percent=7.5, source="paper"
    )
    assert refused(with_compounds(edges, printed), "mixed=5") == (
        "unobtainium mud has no formula, so nothing can be computed for it; "
        "paper prints 7.5 % unobtainium"
    )
    unknown = Compound(name="mud")
    assert refused(with_compounds(edges, unknown), "mud=5") == (
        "mud has no formula, so nothing can be computed for it"
    )


def test_beside_a_mixture_the_other_compounds_are_computed(
    edges: Table,
) -> None:
    """Where the usual one is a mixture, nobody knows what the usual one holds."""
    mud = Compound(name="mud")
    mixed = edges.forms[0].compounds[:2]
    muddy = with_compounds(edges, mixed[0], mud, mixed[1])
    assert held(in_compounds(muddy, ["mixed=100"])[0]) == mg(20, 20, 40)
    muddy = with_compounds(edges, mud, *mixed)
    assert held(in_compounds(muddy, ["mixed=100"])[0]) == mg(20, None, 40)
    assert held(in_compounds(muddy, ["mixed=100", "pair=100"])[0]) == mg(
        40, None, 100
    )
    assert held(in_compounds(muddy, ["mixture one=100"])[0]) == mg(20, 20, 20)


def test_a_total_may_stand_on_both_sides_of_an_upper_level(
    edges: Table,
) -> None:
    assert standings(edges, "mixed=100") == {"Moon": "below", "Mars": "below"}
    assert standings(edges, "mixed=200") == {"Moon": "below", "Mars": "depends"}
    assert standings(edges, "mixed=502.5") == {
        "Moon": "depends",
        "Mars": "above",
    }
    assert standings(edges, "pair=1000") == {"Moon": "above", "Mars": "above"}


def test_a_limit_is_met_below_at_and_above_it(edges: Table) -> None:
    def told(least: str, most: str) -> list[str]:
        return [
            str(limit.standing)
            for limit in limits(edges, Decimal(least), Decimal(most))
        ]

    assert told("100.5", "100.5") == ["at", "above"]
    assert told("100.4", "100.4") == ["below", "above"]
    assert told("100.6", "100.6") == ["above", "above"]
    assert told("50", "100.5") == ["depends", "depends"]
    assert told("10", "50") == ["below", "depends"]


def test_an_amount_that_meets_a_limit_is_at_it_whatever_its_unit(
    edges: Table,
) -> None:
    assert standings(edges, "pair=83.75x2") == {
        "Moon": "depends",
        "Mars": "depends",
    }
    assert (
        limits(edges, Decimal("100.5"), Decimal(101))[0].standing == "depends"
    )
    assert (
        limits(edges, Decimal(100), Decimal("100.5"))[0].standing == "depends"
    )
    reading = in_compounds(edges, ["pair=0.1005g"])[0].as_elemental
    assert [
        (limit.region, limit.mg, limit.standing, limit.source)
        for limit in reading.limits
    ] == [
        ("Moon", 100.5, "at", "review"),
        ("Mars", 50, "above", "review"),
    ]


def test_elemental_with_an_amount_says_what_to_leave_out(edges: Table) -> None:
    with pytest.raises(CallError) as error:
        for_elemental(edges, ["mixed", "magnesium pair=5"], "30")
    assert str(error.value) == (
        "--elemental says how much unobtainium; "
        "write the form without an amount: 'magnesium pair'"
    )


def test_elemental_turns_it_round(edges: Table) -> None:
    dose, matches = for_elemental(
        edges, ["mixed", "pair", "uno", "mixed"], "30"
    )
    assert [match.form.id for match in matches] == ["mixed", "pair"]
    assert dose.as_compound is None
    assert [
        [salt.compound_mg for salt in part.compounds] for part in dose.parts
    ] == [
        [150, 75, 300],
        [150, 50],
    ]
    assert {
        salt.elemental_mg for part in dose.parts for salt in part.compounds
    } == {30}


def test_elemental_keeps_the_compounds_of_one_form_apart(edges: Table) -> None:
    words = ["mixed", "mixture one", "mixture two", "uno mixture one"]
    dose, _ = for_elemental(edges, words, "30")
    assert [
        [salt.compound_mg for salt in part.compounds] for part in dose.parts
    ] == [
        [150, 75, 300],
        [150],
        [75],
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["mixed"],
            "how much of 'mixed'? Write mg of compound, as in mixed=1000, or add --elemental MG",
        ),
        (["mixed=5", "pair"], "how much of 'pair'?"),
        (["calm-one=5"], "the table names no compound of calm-one"),
        (["nobody=5"], "no form is called 'nobody'"),
        (["other-thing=5"], "Other thing: It may be any of the forms [review]"),
        (["mixed", "500"], "mgform dose mixed=500"),
        ([], "how much of ''?"),
        (["=5"], "no form is called ''"),
        (["mixed=5=6"], "no form is called 'mixed=5'"),
    ],
)
def test_what_cannot_be_computed_is_told(
    edges: Table, words: list[str], sentence: str
) -> None:
    assert sentence in refused(edges, *words)


def test_compounds_of_the_bundled_table_hold_what_their_formulas_say(
    table: Table,
) -> None:
    most = {
        "magnesium bisglycinate=1000": 141.0,
        "oxide=400": 241.2,
        "citrate nonahydrate=1000": 118.9,
        "lysinate glycinate=1000": 99.8,
    }
    doses = {words: in_compounds(table, words.split())[0] for words in most}
    assert {words: held(dose)["most"] for words, dose in doses.items()} == most


def test_a_source_that_prints_more_than_the_formula_gives_is_told() -> None:
    shown = call("dose", "Magtein=2000", COLUMNS="80").stdout.splitlines()
    assert (
        shown[2]
        == "A source prints up to 8.3 %, which is 166 mg [UK rules 2026]."
    )
    assert "A source prints" not in call("dose", "epsom salt=1g").stdout


def test_a_caution_on_the_form_stands_below_its_weights() -> None:
    shown = " ".join(
        call("dose", "threonate=2000", COLUMNS="80").stdout.split()
    )
    assert (
        "Caution EFSA considers up to 3000 mg of threonate salt a day" in shown
    )
    assert "Caution" not in call("dose", "citrate=1000").stdout
    both = call("dose", "oxide=100", "taurate=100", COLUMNS="80").stdout
    assert "[Wakai 2019]" in both
    assert "[AFSSA France 2008]" in " ".join(both.split())


def test_what_follows_from_a_formula_says_so_where_a_source_prints_more() -> (
    None
):
    shown = " ".join(call("dose", "Magtein=2000", COLUMNS="80").stdout.split())
    assert "at most 155.6 mg of magnesium by formula: below" in shown
    assert "A source prints up to 8.3 %" in shown
    assert "by formula" not in call("dose", "citrate=2000").stdout
