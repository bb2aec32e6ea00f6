"""From what somebody typed to a form."""

import pytest
from hypothesis import given, strategies as st
from msgspec import structs

from mgform.errors import CallError, MgformError
from mgform.names import Names
from mgform.reader import load
from mgform.table import Compound, Form, Table
from tests.conftest import ROOT

EDGES = Names(load(str(ROOT / "tests" / "tables" / "edges.yaml")))


@pytest.fixture(scope="module")
def names(table: Table) -> Names:
    return Names(table)


def told(names: Names, *words: str) -> str:
    """The sentence for names that lead to no form."""
    with pytest.raises(CallError) as error:
        names.find_all(words)
    return str(error.value)


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
        "citrate nonahydrate": "citrate",
        "milk of magnesia": "hydroxide",
        "Epsom salt": "sulfate",
        "Magtein": "threonate",
        "celeate": "chelate",
        "aspertate": "aspartate",
    }
    assert {name: names.find(name).form.id for name in typed} == typed


def test_every_name_of_the_table_leads_to_its_form_alone_and_behind_a_prefix(
    names: Names, table: Table
) -> None:
    lost = []
    for form in table.forms:
        for name in (form.id, form.name, *form.aliases, *form.members):
            for typed in (name, f"mag {name}"):
                match = names.find(typed)
                if match.form is not form or match.compound is not None:
                    lost.append(typed)
    assert lost == []


def test_every_name_of_a_compound_means_that_compound_alone(
    names: Names, table: Table
) -> None:
    lost = []
    for form in table.forms:
        for compound in form.compounds:
            for name in compound.names:
                for typed in (name, f"magnesium {name}"):
                    match = names.find(typed)
                    if match.form is not form or match.compound is not compound:
                        lost.append(typed)
    assert lost == []


def test_a_role_says_what_the_name_is_to_its_form(frozen: Table) -> None:
    typed = (
        "mixed",
        "unobtainium mixture",
        "half and half",
        "uno twin",
        "pair two",
    )
    assert [EDGES.find(name).role for name in typed] == [
        "id",
        "name",
        "alias",
        "member",
        "compound",
    ]
    assert (
        EDGES.find("twin").remark
        == "Twin is listed here under pair (unobtainium pair)."
    )
    assert EDGES.find("pair").remark is None
    match = Names(frozen).find("UNO salt-of iodine")
    assert match.compound == frozen.forms[0].compounds[1]
    assert match.remark == (
        "UNO salt-of iodine is listed here under salt (unobtainium salt)."
    )


def test_a_name_of_a_form_means_any_of_its_compounds() -> None:
    mixed = EDGES.table.forms[0]
    usual = Compound(name="Unobtainium mixture", names=("mixture one",))
    form = structs.replace(mixed, compounds=(usual,))
    names = Names(structs.replace(EDGES.table, forms=(form,)))
    assert names.find("mixture").compound is None
    assert names.find("mixture one").compound is usual


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
        "citrate nonahydrate oxide": ["citrate", "oxide"],
        "malic acid magnesium mag citrate of magnesia": ["malate", "citrate"],
        "epsom salt acetyl taurate": ["sulfate", "acetyl-taurate"],
    }
    assert {
        words: [match.form.id for match in names.find_all(words.split())]
        for words in typed
    } == typed


def test_words_that_are_one_form_each_and_together_one_compound_of_it_are_that() -> (
    None
):
    pair = EDGES.table.forms[1]
    compound = Compound(name="pair twin")
    form = structs.replace(pair, compounds=(compound,))
    names = Names(
        structs.replace(EDGES.table, forms=(form, *EDGES.table.forms[2:]))
    )
    (match,) = names.find_each(["pair", "twin"])
    assert (match.asked, match.compound) == ("pair twin", compound)
    pairs = names.find_each(["pair", "calm-one", "uno", "twin"])
    assert [match.asked for match in pairs] == ["pair", "calm-one", "uno twin"]


def test_who_may_mean_one_form_by_several_is_told_how_to_name_it(
    names: Names,
) -> None:
    citrate, malate = names.find_all(["citrate", "malate"])
    hint = "Citrate malate is also one form: write 'citrate-malate' for it."
    assert (citrate.remark, malate.remark) == (hint, None)
    (one,) = names.find_all(["citrate-malate"])
    assert (one.form.id, one.remark) == ("citrate-malate", None)
    assert names.find_all(["citrate malate"])[0].form is one.form
    assert names.find_all(["oxide", "malate"])[0].remark is None


def test_a_hint_stands_behind_what_is_said_of_the_name() -> None:
    mixed, pair, *_ = EDGES.table.forms
    one = structs.replace(mixed, aliases=("twin calm-one",))
    names = Names(
        structs.replace(EDGES.table, forms=(one, pair, *EDGES.table.forms[2:]))
    )
    twin, _ = names.find_all(["twin", "calm-one"])
    assert twin.remark == (
        "Twin is listed here under pair (unobtainium pair). "
        "Twin calm-one is also one form: write 'twin-calm-one' for it."
    )
    explained = structs.replace(
        EDGES.table.explained[0], aliases=("twin calm-one",)
    )
    told = Names(structs.replace(EDGES.table, explained=(explained,)))
    assert told.find_all(["mixed", "calm-one"])[0].remark is None
    assert told.find_all(["twin", "calm-one"])[0].remark == (
        "Twin is listed here under pair (unobtainium pair)."
    )


def test_what_is_only_explained_is_no_form_and_told(
    names: Names, frozen: Table
) -> None:
    unomix = Names(frozen)
    assert told(unomix, "salt", "uno", "stuff") == (
        "UNO-mix: A brand of two products that hold salt or ash [Doe 1999]; "
        "see 'mgform show unomix'"
    )
    assert unomix.explained(["uno", "stuff"]) == frozen.explained[0]
    assert unomix.explained(["salt"]) is None
    assert unomix.explained(["nothing"]) is None
    assert told(names, "zma").startswith("ZMA is ")
    assert names.explained(["Magne", "B6"]) is not None


def test_what_is_not_found_among_several_names_is_told_with_its_prefix(
    names: Names,
) -> None:
    assert told(names, "malate", "magnesium", "citrat", "oxyde") == (
        "no form is called 'magnesium citrat'; did you mean 'Magnesium citrate'?"
    )


def test_a_slip_that_is_as_near_to_two_names_is_of_neither() -> None:
    assert "did you mean 'twin'" in told(EDGES, "twiin")
    two = structs.replace(EDGES.table.forms[0], members=("twistig", "twistin"))
    names = Names(structs.replace(EDGES.table, forms=(two,)))
    assert (
        told(names, "twistit")
        == "no form is called 'twistit'. The forms are: mixed"
    )


def test_a_slip_of_a_misspelling_is_none(frozen: Table) -> None:
    assert Names(frozen).find("sallt").form.id == "salt"
    assert "did you mean" not in told(Names(frozen), "salllt")


def test_quoted_and_unquoted_names_mix(names: Names) -> None:
    matches = names.find_all(["magnesium citrate", "mag", "malate"])
    assert [match.form.id for match in matches] == ["citrate", "malate"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("citrat", "did you mean 'citrate'?"),
        ("magnesium citrat", "did you mean 'Magnesium citrate'?"),
        ("oxyde", "did you mean 'oxide'?"),
        ("magnesium", "is the nutrient, not a form of it"),
        (
            "xyz",
            "no form is called 'xyz'. The forms are: oxide, citrate, malate, taurate, ",
        ),
        ("xyz", " more (mgform list --all)"),
        ("celeat", "no form is called 'celeat'"),
        ("", "no form is called ''"),
        ("a" * 5000, "no form is called"),
    ],
)
def test_what_is_not_found_gets_a_sentence(
    names: Names, typed: str, sentence: str
) -> None:
    assert sentence in told(names, typed)
    assert len(told(names, typed)) < 400


def test_a_hint_is_for_the_first_unknown_of_several_names_and_for_one_name_alone(
    names: Names,
) -> None:
    assert told(names, "citrat", "malat") == (
        "no form is called 'citrat'; did you mean 'citrate'?"
    )
    assert told(names, "citrate", "magnesium", "malat") == (
        "no form is called 'magnesium malat'; did you mean 'Magnesium malate'?"
    )
    assert "did you mean 'pair'" in told(EDGES, "pairs")
    assert "The forms are: mixed, pair and calm-one" in told(
        EDGES, "pairsandpairs"
    )


def test_a_slip_of_one_among_names_that_are_alike_is_of_none() -> None:
    alike = [form_called(f"salt-{number}") for number in range(3)]
    names = Names(structs.replace(EDGES.table, forms=tuple(alike)))
    assert told(names, "salt-9").endswith(
        "The forms are: salt-0, salt-1 and salt-2"
    )


def test_of_many_forms_the_first_are_listed() -> None:
    def ending(number: int) -> str:
        forms = tuple(form_called(f"f{n}") for n in range(number))
        names = Names(structs.replace(EDGES.table, forms=forms))
        return told(names, "nothing").partition("The forms are: ")[2]

    assert ending(10) == "f0, f1, f2, f3, f4, f5, f6, f7, f8 and f9"
    assert ending(11) == "f0, f1, f2, f3, f4, f5 and 5 more (mgform list --all)"


def form_called(form_id: str) -> Form:
    return Form(id=form_id, name=form_id)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_any_words_get_forms_or_a_sentence(words: list[str]) -> None:
    try:
        assert EDGES.find_all(words)
    except MgformError as error:
        assert str(error).isprintable()  # noqa: PT017


KNOWN = st.sampled_from(["mixed", "pair", "calm-one", "half-and-half", "twin"])


@given(st.lists(KNOWN, min_size=1, max_size=4))
def test_known_names_are_never_merged_or_lost(words: list[str]) -> None:
    wanted = list(dict.fromkeys(EDGES.find(word).form.id for word in words))
    typed = " ".join(f"uno {word}" for word in words).split()
    assert [match.form.id for match in EDGES.find_all(typed)] == wanted
