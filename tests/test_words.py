"""The pieces of sentences: what somebody typed as it is shown, lists, counts, and slips."""

import pytest

from mgform.errors import CallError
from mgform.words import closest, count, listed, one_of, quoted, shown, unknown


def test_a_long_text_is_shortened_and_none_acts_on_a_terminal() -> None:
    assert shown("a" * 80) == "a" * 80
    assert shown("a" * 70 + "b" * 11) == f"{'a' * 60}...{'b' * 10}"
    assert shown("a\x1b[2J") == r"'a\x1b[2J'"
    assert shown("") == "''"


def test_a_word_is_quoted_once() -> None:
    assert quoted("oxide") == "'oxide'"
    assert quoted(5) == "'5'"
    assert quoted("a\n") == r"'a\n'"
    assert quoted("'a'") == "'a'"
    assert quoted("'a") == "''a'"


def test_words_are_listed_and_many_are_counted() -> None:
    assert listed([]) == "none"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert listed(["a"] * 24).count("a,") == 22
    assert listed(["x"] * 26) == f"{', '.join('x' * 24)} and 2 more"


def test_a_number_has_its_noun() -> None:
    assert [count(number, "study") for number in (0, 1, 2)] == [
        "0 studies",
        "1 study",
        "2 studies",
    ]
    assert count(2, "form") == "2 forms"


def test_a_slip_is_one_letter_and_of_one_word_alone() -> None:
    known = ["carbonate", "citrate", "malate"]
    assert closest("citrat", known) == "citrate"
    assert closest("citraet", known) == "citrate"
    assert closest("bicarbonate", known) is None
    assert closest("salt-9", ["salt-1", "salt-2"]) is None


def test_a_slip_is_not_looked_for_where_that_takes_long() -> None:
    """Neither among many words, nor for long ones that there are many of."""
    many = [f"a-word-{number:05}" for number in range(5000)]
    assert closest("citrat", [*many[1:], "citrate"]) == "citrate"
    assert closest("citrat", [*many, "citrate"]) is None
    long = "abcdefghij" * 5
    assert closest(f"{long}x", [long] + ["a"] * 60) == long
    assert closest(f"{long}x", [long] + ["a" * 50] * 60) is None


def test_what_is_unknown_is_told_with_what_there_is() -> None:
    assert unknown("level", "STRNOG", ["mild", "strong"]) == (
        "no level is called 'STRNOG'; did you mean 'strong'? There are: mild and strong"
    )
    assert (
        unknown("level", "x", []) == "no level is called 'x'. There are: none"
    )
    assert one_of("level", "MILD", ["mild"]) == "mild"
    with pytest.raises(
        CallError, match=r"^no level is called 'x'\. There are: mild$"
    ):
        one_of("level", "x", ["mild"])
