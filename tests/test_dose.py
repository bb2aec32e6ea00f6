"""Amounts: what is typed, what a compound holds, and how that stands to the upper levels."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st
from molmass import Formula

from mgform.dose import Dose, amount, for_elemental, in_compounds, limits
from mgform.errors import CallError
from mgform.reader import load
from mgform.table import Table
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def edges() -> Table:
    return load(str(ROOT / "tests" / "tables" / "edges.yaml"))


def standings(table: Table, *words: str) -> dict[str, str]:
    reading = in_compounds(table, words)[0].as_compound
    assert reading is not None
    return {limit.region: str(limit.standing) for limit in reading.limits}


def held(dose: Dose) -> tuple[float, float, float]:
    assert dose.as_compound is not None
    mg = dose.as_compound.elemental_mg
    return mg["least"], mg["usual"], mg["most"]


@pytest.mark.parametrize(
    ("typed", "mg"),
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
def test_an_amount_is_read(typed: str, mg: str) -> None:
    assert amount(typed) == Decimal(mg)


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
        ("0.5mcg", "is less than 0.001 mg or more than 100 g; is the unit right?"),
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
    assert (held(dose), match.form.id, dose.amount_mg) == ((20, 40, 80), "mixed", 200)
    assert [
        (each.name, each.elemental_mg, each.compound_mg) for each in dose.parts[0].compounds
    ] == [
        ("mixture one", 40, 200),
        ("mixture two", 80, 200),
        ("mixture three", 20, 200),
    ]
    assert dose.as_elemental.elemental_mg["usual"] == 200


def test_amounts_are_added_up(edges: Table) -> None:
    dose, matches = in_compounds(edges, ["uno", "mixed=100", "pair=0.1g", "mixed=50x2"])
    assert held(dose) == (10 + 20 + 10, 20 + 20 + 20, 40 + 60 + 40)
    assert dose.amount_mg == 300
    assert [match.asked for match in matches] == ["uno mixed", "pair", "mixed"]


def test_a_total_may_stand_on_both_sides_of_an_upper_level(edges: Table) -> None:
    assert standings(edges, "mixed=100") == {"Moon": "below", "Mars": "below"}
    assert standings(edges, "mixed=200") == {"Moon": "below", "Mars": "depends"}
    assert standings(edges, "mixed=502.5") == {"Moon": "depends", "Mars": "above"}
    assert standings(edges, "pair=1000") == {"Moon": "above", "Mars": "above"}


def test_a_limit_is_met_below_at_and_above_it(edges: Table) -> None:
    def told(least: str, most: str) -> list[str]:
        return [str(limit.standing) for limit in limits(edges, Decimal(least), Decimal(most))]

    assert told("100.5", "100.5") == ["at", "above"]
    assert told("100.4", "100.4") == ["below", "above"]
    assert told("100.6", "100.6") == ["above", "above"]
    assert told("50", "100.5") == ["depends", "depends"]
    assert told("10", "50") == ["below", "depends"]


def test_an_amount_that_meets_a_limit_is_at_it_whatever_its_unit(edges: Table) -> None:
    assert standings(edges, "pair=83.75x2") == {"Moon": "depends", "Mars": "depends"}
    assert limits(edges, Decimal("100.5"), Decimal(101))[0].standing == "depends"
    assert limits(edges, Decimal(100), Decimal("100.5"))[0].standing == "depends"
    reading = in_compounds(edges, ["pair=0.1005g"])[0].as_elemental
    assert [(limit.region, limit.mg, limit.standing, limit.source) for limit in reading.limits] == [
        ("Moon", 100.5, "at", "review"),
        ("Mars", 50, "above", "review"),
    ]


def test_elemental_with_an_amount_says_what_to_leave_out(edges: Table) -> None:
    sentence = "^--elemental says how much unobtainium; write the form without an amount: 'magnesium pair'$"
    with pytest.raises(CallError, match=sentence):
        for_elemental(edges, ["mixed", "magnesium pair=5"], "30")


def test_elemental_turns_it_round(edges: Table) -> None:
    dose, _ = for_elemental(edges, ["mixed", "pair"], "30")
    assert dose.as_compound is None
    assert [[each.compound_mg for each in part.compounds] for part in dose.parts] == [
        [150, 75, 300],
        [150, 50],
    ]
    assert {each.elemental_mg for part in dose.parts for each in part.compounds} == {30}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["mixed"], "how much of 'mixed'?"),
        (["mixed=5", "pair"], "how much of 'pair'?"),
        (["calm-one=5"], "the table names no compound of calm-one"),
        (["nobody=5"], "no form is called 'nobody'"),
        (["mixed", "500"], "how much of 'mixed 500'?"),
        ([], "how much of ''?"),
        (["=5"], "no form is called ''"),
        (["mixed=5=6"], "no form is called 'mixed=5'"),
    ],
)
def test_what_cannot_be_computed_is_told(edges: Table, words: list[str], sentence: str) -> None:
    with pytest.raises(CallError) as error:
        in_compounds(edges, words)
    assert sentence in str(error.value)


def computed(formula: str) -> float:
    hydrate = formula.replace(" . 9 H2O", "(H2O)9").replace(" . 2 H2O", "(H2O)2")
    return round(Formula(hydrate).composition()["Mg"].fraction * 100, 2)


def test_percentages_are_those_of_the_formulas(table: Table) -> None:
    compounds = [compound for form in table.forms for compound in form.compounds]
    assert [
        each.name for each in compounds if computed(each.formula) != each.elemental_percent
    ] == []


def test_glycinate_holds_what_the_readme_says(table: Table) -> None:
    assert held(in_compounds(table, ["magnesium", "glycinate=1000"])[0]) == (141, 141, 141)
    assert held(in_compounds(table, ["oxide=400"])[0])[2] == 241.2
