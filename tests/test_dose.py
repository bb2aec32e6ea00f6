"""The arithmetic of elemental amounts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgform import dose
from mgform.dose import Standing
from mgform.errors import CallError
from mgform.loader import load
from mgform.model import Compound, Table, UpperLevel
from mgform.names import Names
from mgform.reports.intake import mg, span
from mgform.vocabulary import Basis

TABLE = load()
NAMES = Names(TABLE)


def part(name: str, amount: str) -> dose.Part:
    return dose.Part(NAMES.find(name), Decimal(amount))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1000", "1000"),
        ("500mg", "500"),
        (" 500 mg ", "500"),
        ("1.5g", "1500"),
        (".5 g", "500"),
        ("250mcg", "0.25"),
        ("250 \u00b5g", "0.25"),
        ("250 \u03bcg", "0.25"),
        ("250ug", "0.25"),
        ("1 G", "1000"),
        ("100g", "100000"),
        ("0.001mg", "0.001"),
    ],
)
def test_an_amount_is_read_as_milligrams(text: str, expected: str) -> None:
    assert dose.milligrams(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0", "'0' is nothing; an amount is more than 0"),
        ("0.000g", "'0.000g' is nothing; an amount is more than 0"),
        ("-5", "'-5' is negative; an amount is more than 0"),
        ("\u22125", "'\u22125' is negative; an amount is more than 0"),
        ("", "'' is no amount; write it as 1000, 500mg, 1.5g or 250mcg"),
        ("x", "'x' is no amount; write it as 1000, 500mg, 1.5g or 250mcg"),
        ("1,5g", "'1,5g' is no amount; write it as 1000, 500mg, 1.5g or 250mcg"),
        ("1e9", "'1e9' is no amount; write it as 1000, 500mg, 1.5g or 250mcg"),
        ("nan", "'nan' is no amount; write it as 1000, 500mg, 1.5g or 250mcg"),
        ("\u0661\u0662", "'\u0661\u0662' is no amount; write it as 1000, 500mg, 1.5g or 250mcg"),
        ("5kg", "'kg' is no unit that is known here; use mg, g or mcg"),
        ("5 IU", "'IU' is no unit that is known here; use mg, g or mcg"),
        ("100.001g", "'100.001g' is more than 100 g, which no supplement holds; is the unit right?"),
    ],
)
def test_what_is_no_amount_is_said_to_be_none(text: str, sentence: str) -> None:
    with pytest.raises(CallError) as raised:
        dose.milligrams(text)
    assert str(raised.value) == sentence


@given(st.text())
def test_any_text_is_an_amount_within_bounds_or_refused(text: str) -> None:
    try:
        amount = dose.milligrams(text)
    except CallError:
        return
    assert 0 < amount <= 100_000


def test_a_million_digits_are_refused_in_one_short_sentence() -> None:
    with pytest.raises(CallError) as raised:
        dose.milligrams("1" * 1_000_000)
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize(
    ("name", "amount", "usual", "least", "most"),
    [
        ("oxide", "1000", "603", "603", "603"),
        ("citrate", "1000", "161.6", "113", "161.6"),
        ("malate", "1000", "155", "155", "155"),
        ("taurate", "1000", "89", "89", "89"),
        ("aspartate", "1000", "85", "74.9", "85"),
        ("glycinate", "1000", "141", "141", "141"),
        ("oxide", "0.5", "0.3015", "0.3015", "0.3015"),
    ],
)
def test_the_element_in_an_amount(name: str, amount: str, usual: str, least: str, most: str) -> None:
    assert part(name, amount).elemental == dose.Range(Decimal(usual), Decimal(least), Decimal(most))


def test_amounts_that_are_taken_together_are_added_up() -> None:
    assert dose.total([part("oxide", "250"), part("citrate", "500")]) == dose.Range(
        Decimal("231.55"), Decimal("207.25"), Decimal("231.55")
    )


amounts = st.decimals("0.001", "100000", places=3)
compounds = st.sampled_from([compound for form in TABLE.forms for compound in form.compounds])


@given(compounds, amounts)
def test_what_is_needed_holds_what_was_wanted(compound: Compound, amount: Decimal) -> None:
    back = dose.elemental(compound, dose.needed(compound, amount))
    assert abs(back - amount) < Decimal("1e-15") * amount


LEVEL = UpperLevel(region="X", mg=350, counts="all", source="iom-2006", basis=Basis.STATED)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (("349.9", "349.9", "349.9"), Standing.BELOW),
        (("350", "350", "350"), Standing.AT),
        (("350.1", "350.1", "350.1"), Standing.ABOVE),
        (("360", "300", "360"), Standing.DEPENDS),
        (("350", "300", "350"), Standing.DEPENDS),
    ],
)
def test_how_an_amount_stands_to_an_upper_level(amount: tuple[str, str, str], expected: Standing) -> None:
    usual, least, most = map(Decimal, amount)
    assert dose.standing(dose.Range(usual, least, most), LEVEL) is expected


@pytest.mark.parametrize("claimed", ["1", "141", "141.9"])
def test_a_label_can_be_true_up_to_what_the_compound_holds(claimed: str) -> None:
    found = dose.label(TABLE, part("glycinate", "1000"), Decimal(claimed))
    assert found.can_be_true
    assert found.buffer is None


@given(st.decimals("142", "603", places=1))
def test_the_oxide_that_would_explain_a_label_does(claimed: Decimal) -> None:
    found = dose.label(TABLE, part("glycinate", "1000"), claimed)
    assert not found.can_be_true
    assert found.buffer
    assert found.buffer.id == "oxide"
    assert found.buffer_mg is not None
    mixed = found.buffer_mg * Decimal("0.603") + (1000 - found.buffer_mg) * Decimal("0.141")
    assert abs(mixed - claimed) < Decimal("1e-9")


def test_the_published_recipe_of_a_buffered_product_is_found_again() -> None:
    """82 % glycinate and 18 % oxide come to 22.4 %, as evidence.md computes."""
    found = dose.label(TABLE, part("glycinate", "1000"), Decimal(224))
    assert found.buffer_mg is not None
    assert abs(found.buffer_mg - 180) < 1


@pytest.mark.parametrize(("name", "claimed"), [("oxide", "604"), ("glycinate", "603.1"), ("citrate", "999")])
def test_nothing_explains_a_label_that_is_beyond_oxide(name: str, claimed: str) -> None:
    found = dose.label(TABLE, part(name, "1000"), Decimal(claimed))
    assert not found.can_be_true
    assert found.buffer_mg is None


def test_a_form_without_compounds_cannot_be_computed(frozen: Table) -> None:
    with pytest.raises(CallError, match="the table names no compound of ash"):
        dose.parts([Names(frozen).find("ash")], [Decimal(1)])


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("300", "300 mg"),
        ("161.6", "161.6 mg"),
        ("150.75", "150.8 mg"),
        ("207.25", "207.3 mg"),
        ("1000000", "1000000 mg"),
        ("0.25", "0.25 mg"),
        ("0.00012345", "0.000123 mg"),
        ("0.04", "0.04 mg"),
    ],
)
def test_amounts_are_written_to_a_tenth_of_a_milligram(amount: str, written: str) -> None:
    assert mg(Decimal(amount)) == written


def test_a_range_names_the_usual_amount_first() -> None:
    assert (
        span(dose.Range(Decimal("161.6"), Decimal(113), Decimal("161.6"))) == "161.6 mg (113 to 161.6 mg, by compound)"
    )
    assert span(dose.Range(Decimal(141), Decimal(141), Decimal(141))) == "141 mg"
