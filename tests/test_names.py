"""From what somebody typed to a form."""

import msgspec
import pytest
from hypothesis import given, strategies as st
from msgspec import structs

from mgform.errors import CallError, MgformError
from mgform.names import Names
from mgform.reader import load
from mgform.table import Table
from tests.conftest import ROOT

EDGES = str(ROOT / "tests" / "tables" / "edges.yaml")


@pytest.fixture(scope="module")
def names(table: Table) -> Names:
    return Names(table)


@pytest.fixture(scope="module")
def edges() -> Names:
    return Names(load(EDGES))


def test_what_people_type_is_found(names: Names) -> None:
    typed = {
        "citrate": "citrate",
        "Magnesium Citrate": "citrate",
        "mag citrate": "citrate",
        "magcitrate": "citrate",
        "MAGNESIUM_citrate": "citrate",
        "citrate\u00ad": "citrate",
        "amino\u2013acid chelate": "chelate",
        "amino\u2212acid\u2010chelate": "chelate",
        "glycinate": "chelate",
        "magnesium glycinate chelate": "chelate",
        "buffered magnesium glycinate": "chelate",
        "lysinate glycinate": "chelate",
        "bisglycinate TRAACS": "chelate",
        "magnesium-l-aspartate": "aspartate",
        "citrate tetrahydrate": "citrate",
        "celeate": "chelate",
        "aspertate": "aspartate",
    }
    assert {each: names.find(each).form.id for each in typed} == typed


def test_every_name_of_the_table_leads_to_its_form_alone_and_behind_a_prefix(
    names: Names, table: Table
) -> None:
    of_form = [
        (form, name)
        for form in table.forms
        for name in (form.id, form.name, *form.aliases, *form.members)
    ]
    lost = [
        name
        for form, name in of_form
        if names.find(f"mag {name}").form is not form or names.find(name).form is not form
    ]
    assert lost == []


def test_a_role_says_what_the_name_is_to_its_form(edges: Names) -> None:
    typed = ("mixed", "unobtainium mixture", "half and half", "uno twin")
    assert [edges.find(each).role for each in typed] == ["id", "name", "alias", "member"]
    assert edges.find("twin").remark == "Twin is listed here under pair (unobtainium pair)."
    assert edges.find("pair").remark is None


def test_names_need_no_quotes(names: Names) -> None:
    typed = {
        "magnesium citrate": ["citrate"],
        "magnesium citrate magnesium malate": ["citrate", "malate"],
        "citrate malate": ["citrate", "malate"],
        "mag oxide amino acid chelate citrate": ["oxide", "chelate", "citrate"],
        "citrate magnesium citrate": ["citrate"],
        "magnesium glycinate chelate oxide": ["chelate", "oxide"],
        "buffered magnesium glycinate": ["chelate"],
        "lysinate glycinate malate": ["chelate", "malate"],
        "bisglycinate TRAACS": ["chelate"],
        "citrate tetrahydrate": ["citrate"],
        "malic acid magnesium mag citrate of magnesia": ["malate", "citrate"],
    }
    assert {
        each: [found.form.id for found in names.find_all(each.split())] for each in typed
    } == typed


def test_what_is_not_found_among_several_names_is_told_with_its_prefix(names: Names) -> None:
    with pytest.raises(
        CallError, match=r"no form is called 'magnesium citrat'; did you mean 'Magnesium citrate'\?"
    ):
        names.find_all(["malate", "magnesium", "citrat", "oxyde"])
    with pytest.raises(CallError, match=r"^Magnesium acetyl taurate is known and not covered"):
        names.find_all(["oxide", "acetyl", "taurate"])


def test_a_slip_that_is_as_near_to_two_names_is_of_neither(edges: Names) -> None:
    with pytest.raises(CallError, match="did you mean 'twin'"):
        edges.find("twiin")
    two = msgspec.structs.replace(edges.table.forms[0], members=("twistig", "twistin"))
    with pytest.raises(CallError, match=r"^no form is called 'twistit'. The forms are: mixed$"):
        Names(msgspec.structs.replace(edges.table, forms=(two,))).find("twistit")


def test_quoted_and_unquoted_names_mix(names: Names) -> None:
    assert [found.form.id for found in names.find_all(["magnesium citrate", "mag", "malate"])] == [
        "citrate",
        "malate",
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("hydroxide", "known and not covered"),
        ("milk of magnesia", "see 'mgform show oxide'"),
        ("lactate", "known and not covered"),
        ("citrat", "did you mean 'citrate'?"),
        ("magnesium citrat", "did you mean 'Magnesium citrate'?"),
        ("oxyde", "did you mean 'oxide'?"),
        ("magnesium", "is the nutrient, not a form of it"),
        (
            "xyz",
            "no form is called 'xyz'. The forms are: oxide, citrate, malate, taurate, aspartate and chelate",
        ),
        ("lactat", "(which this table does not cover)"),
        ("celeat", "no form is called 'celeat'"),
        ("", "no form is called ''"),
        ("a" * 5000, "no form is called"),
    ],
)
def test_what_is_not_found_gets_a_sentence(names: Names, typed: str, sentence: str) -> None:
    with pytest.raises(CallError) as error:
        names.find(typed)
    assert sentence in str(error.value)
    assert len(str(error.value)) < 400


def test_a_hint_is_for_the_first_unknown_of_several_names_and_for_one_name_alone(
    names: Names, edges: Names
) -> None:
    for typed, sentence in {
        "citrat malat": r"^no form is called 'citrat'; did you mean 'citrate'\?$",
        "citrate magnesium malat": r"^no form is called 'magnesium malat'; did you mean 'Magnesium malate'\?$",
        "citrat\u00a0malat": r"'citrat\\xa0malat'\. The forms are",
    }.items():
        with pytest.raises(CallError, match=sentence):
            names.find_all(typed.split(" "))
    alike = tuple(
        structs.replace(form, id=f"salt-{n}", aliases=())
        for n, form in enumerate(edges.table.forms)
    )
    for table, typed, sentence in (
        (edges.table, "pairs", "did you mean 'pair'"),
        (edges.table, "pairsandpairs", "The forms are"),
        (structs.replace(edges.table, forms=alike), "salt-9", "The forms are: salt-0, salt-1"),
    ):
        with pytest.raises(CallError, match=sentence):
            Names(table).find(typed)


def test_a_name_that_is_covered_comes_before_one_that_is_not(edges: Names) -> None:
    with pytest.raises(CallError, match="'stuff' means Other thing, which is known"):
        edges.find("stuff")
    with pytest.raises(CallError, match=r"^Other thing is known and not covered by this table"):
        edges.find("uno other-thing")


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_any_words_get_forms_or_a_sentence(words: list[str]) -> None:
    assert found_or_told(Names(load(EDGES)), words)


def found_or_told(names: Names, words: list[str]) -> bool:
    try:
        return bool(names.find_all(words))
    except MgformError as error:
        return str(error).isprintable()


@given(
    st.lists(
        st.sampled_from(["mixed", "pair", "calm-one", "half-and-half", "twin"]),
        min_size=1,
        max_size=4,
    )
)
def test_known_names_are_never_merged_or_lost(words: list[str]) -> None:
    names = Names(load(EDGES))
    wanted = list(dict.fromkeys(names.find(word).form.id for word in words))
    assert [
        found.form.id for found in names.find_all(" ".join(f"uno {word}" for word in words).split())
    ] == wanted
