"""What a reader learns at one look: whole answers that a screen can hold.

A screen is 50 lines: 160 columns wide, or where three forms stand side by side 200, which is a terminal
over the whole of an ordinary display.
"""

import pytest

from tests.conftest import Run

_LINES = 50
ANSWERS = [
    pytest.param("160", ["show", "citrate"], id="show"),
    pytest.param("160", ["disputes"], id="disputes"),
    pytest.param("80", ["dose", "glycinate=1000"], id="dose"),
    pytest.param("200", ["compare", "oxide", "citrate", "chelate"], id="compare"),
]


@pytest.mark.parametrize(("columns", "call"), ANSWERS)
def test_an_answer_stands_on_one_screen(columns: str, call: list[str], run: Run) -> None:
    assert len(run(*call, COLUMNS=columns).stdout.splitlines()) <= _LINES


@pytest.mark.parametrize(("columns", "call"), ANSWERS)
def test_it_says_who_claims_it_and_where_it_is_disputed(columns: str, call: list[str], run: Run) -> None:
    """The thread and published sources, what was read out of the context, and the citations."""
    shown = " ".join(run(*call, COLUMNS=columns).stdout.split())
    for words in ("[post-4", "[inferred: ", 'Usenet, "Muscle spasms', "#4, 2000-10-12", "ask a doctor first"):
        assert words in shown
    if call[0] != "dose":
        assert "Why does magnesium act as a laxative?" in shown
        assert "[walker-2003, in 46 healthy people]" in shown
        assert "[walker-2003] Walker et al. 2003, Magnes Res 16:183-191" in shown
