"""Somebody types something else, and is told a call that works with the words that were typed."""

import pytest

from tests.conftest import FROZEN, call

TOLD = {
    "list citrate": "'mgform list' takes no form; type: mgform show citrate",
    "list --sort id milk of magnesia": "'mgform list' takes no form; type: mgform show hydroxide",
    "list sleep aid": "'mgform list' takes no form. To look for something type: "
    "mgform search sleep aid",
    "show": "show which form? For example: mgform show oxide",
    "compare": "compare which forms? For example: mgform compare oxide citrate",
    "dose": "how much of which form? For example: mgform dose oxide=1000",
    "search": "search for what? For example: mgform search laxative",
    "label": "which line of a label? For example: mgform label 'Magnesium oxide 400 mg'",
    "show sleep": "no form is called 'sleep'; to look for it type: mgform search sleep",
    "disputes sleep": "no form is called 'sleep'; to look for it type: mgform search sleep",
    "notes cramps": "no form is called 'cramps'; to look for it type: mgform search cramps",
    "compare glycinate": "a comparison needs two different forms or more, "
    "as in: mgform compare glycinate oxide",
    "dose 400": "write the form, = and the amount: mgform dose oxide=400",
    "dose glycinate 400": "write the form, = and the amount: mgform dose glycinate=400",
    "dose oxide 400mg": "write the form, = and the amount: mgform dose oxide=400mg",
    "dose 400 mg of milk of magnesia": "write the form, = and the amount: "
    "mgform dose milk of magnesia=400mg",
    "dose citrate": "how much of 'citrate'? Write mg of compound, as in citrate=1000, "
    "or add --elemental MG",
    "list --mild": "'mgform list' has no --mild. See 'mgform list --help'.",
    "list --al": "'mgform list' has no --al; did you mean --all?",
}


@pytest.mark.parametrize("typed", TOLD)
def test_who_types_something_else_is_told_what_to_type(typed: str) -> None:
    done = call(*typed.split())
    assert (done.stdout, done.status) == ("", 2)
    assert done.stderr == f"mgform: {TOLD[typed]}\n"


@pytest.mark.parametrize(
    "typed", [told for told in TOLD.values() if ": mgform " in told]
)
def test_what_somebody_is_told_to_type_works(typed: str) -> None:
    _, _, words = typed.partition(": mgform ")
    assert call(*words.replace("'", "").split()).status == 0


def test_an_example_comes_from_the_table_at_hand() -> None:
    for typed in (
        ["show", "--data", str(FROZEN)],
        ["--data", str(FROZEN), "show"],
    ):
        assert call(*typed).stderr == (
            "mgform: show which form? For example: mgform show salt\n"
        )
    broken = call("show", "--data", "nowhere.yaml")
    assert "missing argument" in broken.stderr


def test_of_what_nothing_is_told_the_forms_are_named() -> None:
    assert "The forms are: " in call("show", "xyzzy").stderr


@pytest.mark.parametrize("join", ["vs", "VS.", "versus", "or", "and", "with"])
def test_a_word_between_two_names_is_none(join: str) -> None:
    plain = call("compare", "oxide", "citrate", "--json")
    assert call("compare", "oxide", join, "citrate", "--json") == plain
    assert call("show", join).status == 2


def test_a_word_that_is_part_of_a_name_stays_one() -> None:
    made = (
        "title: T\nnutrient: n\nnotice: x\nsources: []\n"
        "forms: [{id: a, name: A, aliases: [salt and lime]}, {id: b, name: B}]\n"
    )
    done = call("show", "salt", "and", "lime", "-q", "--data", "-", stdin=made)
    assert done.stdout == "a\n"
    both = call("show", "a", "and", "b", "-q", "--data", "-", stdin=made)
    assert both.stdout == "a\nb\n"
