# ruff: noqa: E501  # a sentence is a line
"""Percentages from formulas, against a library of its own, and what validate says of wrong ones."""

from pathlib import Path

import pytest
from molmass import ELEMENTS, Formula

from mgform.formulas import percent_of
from mgform.reader import problems
from mgform.table import Table
from tests.conftest import ROOT

IRON = (ROOT / "tests" / "tables" / "iron.yaml").read_text("utf-8")
NUTRIENTS = {
    "lithium": "Li2CO3",
    "boron": "H3BO3",
    "fluorine": "NaF",
    "silicon": "SiO2",
    "phosphorus": "AlPO4",
    "potassium": "KCl",
    "calcium": "Ca3(C6H5O7)2",
    "vanadium": "VOSO4",
    "chromium": "Cr(C6H4NO2)3",
    "manganese": "MnSO4",
    "iron": "Fe4(P2O7)3",
    "cobalt": "CoBr2",
    "copper": "Cu(C6H11O7)2",
    "zinc": "Zn(C2H4NO2)2",
    "selenium": "C5H11NO2Se",
    "strontium": "Sr(C3H5O3)2",
    "molybdenum": "Na2MoO4",
    "iodine": "KI",
}
SPELLED = {"Al": "aluminum", "S": "sulfur"}


@pytest.mark.parametrize(("nutrient", "formula"), NUTRIENTS.items())
def test_weights_are_those_of_a_library(nutrient: str, formula: str) -> None:
    """Of the nutrient, and of every element beside it."""
    composition = Formula(formula).composition()
    names = []
    for symbol, share in composition.items():
        name = SPELLED.get(symbol, ELEMENTS[symbol].name.lower())
        computed = percent_of(name, formula)
        assert computed == pytest.approx(100 * share.fraction, rel=3e-4), name
        names.append(name)
    assert nutrient in names


def test_the_percentages_of_the_own_table_are_found_again(table: Table) -> None:
    for form in table.forms:
        for compound in form.compounds:
            if compound.formula is not None:
                share = percent_of("magnesium", compound.formula)
                assert share == pytest.approx(
                    compound.elemental_percent, abs=0.006
                ), compound.name


@pytest.mark.parametrize(
    "formula",
    [
        "FeSO4·7H2O",
        "FeSO4 . 7 H2O",
        "FeSO4*7H2O",
        "FeSO₄ • 7 H₂O",
        "Fe(SO4)(H2O)7",
        "[FeSO4](H2O)7",
        "2 FeSO4 . 14 H2O",
    ],
)
def test_crystal_water_is_written_in_many_ways(formula: str) -> None:
    assert percent_of("iron", formula) == pytest.approx(20.09, abs=0.005)


@pytest.mark.parametrize(
    "formula",
    [
        "FeSO4 . x H2O",
        "0.5 FeSO4",
        "Fe2+",
        "FeX",
        "fe",
        "(Fe",
        "Fe)",
        "Fe)(",
        "Fe(2)",
        "Fe0",
        "iron",
        "7",
        ".",
        "",
    ],
)
def test_what_is_no_formula_gives_nothing(formula: str) -> None:
    assert percent_of("iron", formula) is None


def test_only_elements_have_a_share() -> None:
    assert percent_of("unobtainium", "FeSO4") is None
    assert percent_of("Iron", "Fe") == 100
    assert percent_of("iron", "MgSO4") == 0


@pytest.mark.parametrize(
    ("changed", "to", "told"),
    [
        (
            "FeSO4·7H2O, elemental_percent: 20.09",
            "FeSO4·7H2O, elemental_percent: 36.76",
            "forms[0].compounds[1].elemental_percent: 'FeSO4·7H2O' gives 20.09 %, not 36.76 %",
        ),
        (
            "FeSO4·7H2O, elemental_percent: 20.09",
            "FeSO4·7H2O",
            "forms[0].compounds[1]: with a formula, elemental_percent can be computed; add it: 20.09",
        ),
        (
            "FeSO4·7H2O",
            "MgSO4·7H2O",
            "forms[0].compounds[1].formula: there is no iron in 'MgSO4·7H2O'",
        ),
        (
            "C4H2FeO4, elemental_percent: 32.87",
            "C4H2FeO4, elemental_percent: 32.7",
            "forms[1].compounds[0].elemental_percent: 'C4H2FeO4' gives 32.87 %, not 32.7 %",
        ),
    ],
)
def test_a_percentage_that_its_formula_does_not_give_is_told(
    changed: str, to: str, told: str, tmp_path: Path
) -> None:
    assert changed in IRON
    file = tmp_path / "t.yaml"
    file.write_text(IRON.replace(changed, to, 1), "utf-8")
    (problem,) = problems(str(file))
    assert f"{problem.path}: {problem.message}" == told


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        (
            "C4H2FeO4, elemental_percent: 32.87",
            "C4H2FeO4, elemental_percent: 33",
        ),
        ("C4H2FeO4", "C4H2FeO4 . x H2O"),
        (
            "C4H2FeO4, elemental_percent: 32.87",
            "C4H2FeO4, elemental_percent: 31, basis: printed, source: book",
        ),
    ],
)
def test_what_is_rounded_or_printed_or_cannot_be_read_is_accepted(
    changed: str, to: str, tmp_path: Path
) -> None:
    assert changed in IRON
    file = tmp_path / "t.yaml"
    file.write_text(IRON.replace(changed, to, 1), "utf-8")
    assert problems(str(file)) == []
