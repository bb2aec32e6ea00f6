"""From what somebody typed to a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgform.errors import CallError, DataError
from mgform.loader import load
from mgform.model import Form, NotCovered, Source, Table
from mgform.names import Names, Role, key
from mgform.vocabulary import Basis

NAMES = Names(load())


@pytest.mark.parametrize(
    ("asked", "form", "role"),
    [
        ("citrate", "citrate", Role.ID),
        ("CITRATE", "citrate", Role.ID),
        (" citrate ", "citrate", Role.ID),
        ("Magnesium citrate", "citrate", Role.NAME),
        ("magnesium-citrate", "citrate", Role.NAME),
        ("magnesiumcitrate", "citrate", Role.NAME),
        ("mag citrate", "citrate", Role.ID),
        ("MagCitrate", "citrate", Role.ID),
        ("mg_citrate", "citrate", Role.ID),
        ("MgO", "oxide", Role.ALIAS),
        ("mag oxide", "oxide", Role.ID),
        ("magnesia", "oxide", Role.ALIAS),
        ("light magnesia", "oxide", Role.ALIAS),
        ("aspertate", "aspartate", Role.ALIAS),
        ("L-aspartate", "aspartate", Role.ALIAS),
        ("amino acid chelate", "chelate", Role.NAME),
        ("Amino-Acid Celeate", "chelate", Role.ALIAS),
        ("bis-glycinate", "chelate", Role.MEMBER),
        ("magnesium glycinate", "chelate", Role.MEMBER),
        ("glycine\N{NON-BREAKING HYPHEN}chelate", "chelate", Role.MEMBER),
    ],
)
def test_a_name_finds_its_form(asked: str, form: str, role: Role) -> None:
    match = NAMES.find(asked)
    assert (match.form.id, match.role, match.asked) == (form, role, asked)


def test_only_a_member_needs_a_remark() -> None:
    assert NAMES.find("chelated magnesium").remark is None
    assert NAMES.find("glycinate").remark == (
        "glycinate is one of the compounds that the table counts as chelate (Magnesium amino-acid chelate)"
    )


@pytest.mark.parametrize(
    "asked",
    [
        "milk of magnesia",
        "Milk-of-Magnesia",
        "magnesium milk of magnesia",
        "hydroxide",
        "mag hydroxide",
        "stearate",
        "lactate",
        "Epsom salt",
        "dimagnesium malate",
        "citrate malate",
        "acetyl taurate",
        "l-threonate",
    ],
)
def test_a_known_form_that_is_not_covered_is_said_to_be_so(asked: str) -> None:
    with pytest.raises(CallError, match="is known and not covered by this table; the forms are oxide, citrate, malate"):
        NAMES.find(asked)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("citrat", "'citrate'"),
        ("citarte", "'citrate'"),
        ("oxyde", "'oxide'"),
        ("citrate!", "'citrate'"),
        ("tuarate", "'taurate'"),
        ("glycenate", "'glycinate'"),
        ("hydroxid", "'hydroxide' (which this table does not cover)"),
        ("lactat", "'lactate' (which this table does not cover)"),
        ("stearat", "'stearate' (which this table does not cover)"),
    ],
)
def test_a_slip_gets_a_hint_and_no_guess(asked: str, hint: str) -> None:
    with pytest.raises(CallError) as raised:
        NAMES.find(asked)
    assert f"did you mean {hint}?" in str(raised.value)


@pytest.mark.parametrize("asked", ["", "zzz", "bicarbonate", "picolinate", "nesia", "hydroxide oxide"])
def test_a_name_that_is_near_none_gets_no_hint(asked: str) -> None:
    with pytest.raises(CallError) as raised:
        NAMES.find(asked)
    assert "did you mean" not in str(raised.value)
    assert "The forms are oxide, citrate, malate, taurate, aspartate and chelate" in str(raised.value)


@pytest.mark.parametrize("asked", ["magnesium", "Mag", "mg"])
def test_the_nutrient_is_no_form(asked: str) -> None:
    with pytest.raises(CallError, match="is the nutrient, not a form of it"):
        NAMES.find(asked)


@given(st.text())
def test_whatever_is_typed_finds_a_form_by_its_own_name_or_none(asked: str) -> None:
    try:
        match = NAMES.find(asked)
    except CallError as error:
        assert str(error).isprintable()  # noqa: PT017
    else:
        names = (match.form.id, match.form.name, *match.form.aliases, *match.form.members)
        assert any(key(asked).endswith(key(name).removeprefix("magnesium")) for name in names)


def small(*forms: Form, not_covered: tuple[NotCovered, ...] = ()) -> Table:
    source = Source(id="s", kind="thread", citation="c")  # type: ignore[arg-type]
    assert Basis.STATED
    return Table(title="t", nutrient="zinc", notice="n", forms=forms, sources=(source,), not_covered=not_covered)


def test_a_name_that_two_forms_bear_is_refused() -> None:
    table = small(Form(id="a", name="A", aliases=("x",)), Form(id="b", name="B", aliases=("X",)))
    with pytest.raises(DataError, match="the table gives the name 'x' to several forms: a and b"):
        Names(table).find("x")


def test_an_id_comes_before_a_name_that_is_not_covered() -> None:
    table = small(Form(id="a", name="A"), not_covered=(NotCovered(id="a", name="Other"),))
    assert Names(table).find("a").form.id == "a"


def test_without_prefixes_nothing_is_taken_from_a_name() -> None:
    with pytest.raises(CallError):
        Names(small(Form(id="oxide", name="Zinc oxide"))).find("magnesium oxide")
