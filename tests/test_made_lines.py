"""Made lines of known contents: no wrong figure, no single one for two readings, few left open."""

from types import SimpleNamespace

import pytest

import mgform
from tests.made_answers import OPEN, Answer, Line
from tests.made_lines import (
    LEFT_OPEN,
    OPEN_AS_IT_MUST,
    RIGHT,
    SINGLE,
    WRONG,
    expected,
    lines,
    shape,
    told,
    verdict,
)
from tests.made_writer import Writer

SEEDS = (1, 2)
COUNT = 1000
CITRATE = Line(
    "Magnesium citrate 1000 mg (160 mg)", "", (Answer("both", 160, 1000),)
)
TITLE = Line("Magnesium citrate 500 mg", "", (Answer("ambiguous", None, 500),))
BLEND = Line("Blend 500 mg (zinc, magnesium)", "", (OPEN,))
WATER = Line(
    "Magnesium 26 mg/l", "", (Answer("elemental", 26), OPEN), per_piece=False
)
MAYBE = Line("Magnesium ca. 200 mg", "", (Answer("elemental", 200), OPEN))


def read(
    elemental: float | None = None,
    compound: float | None = None,
    *,
    two: float | None = None,
    limits: tuple[str, ...] = (),
) -> SimpleNamespace:
    """A reading, as far as a verdict looks at it; ``two`` is the figure of two readings."""
    readings: list[SimpleNamespace] = []
    if two is not None:
        readings.append(
            SimpleNamespace(basis="elemental", elemental_mg=two, limits=())
        )
        readings.append(
            SimpleNamespace(basis="compound", elemental_mg=two / 7, limits=())
        )
        compound = two
    return SimpleNamespace(
        elemental_mg=elemental,
        compound_mg=compound,
        readings=readings,
        limits=limits,
    )


@pytest.mark.parametrize(
    ("line", "reading", "right"),
    [
        (CITRATE, read(160, 1000), RIGHT),
        (CITRATE, read(160), LEFT_OPEN),
        (CITRATE, read(None, 1000), LEFT_OPEN),
        (CITRATE, read(two=1000), LEFT_OPEN),
        (CITRATE, read(), LEFT_OPEN),
        (CITRATE, read(160, 1160), WRONG),
        (CITRATE, read(1000), WRONG),
        (CITRATE, read(two=5), WRONG),
        (TITLE, read(two=500), RIGHT),
        (TITLE, read(), LEFT_OPEN),
        (TITLE, read(500), SINGLE),
        (TITLE, read(None, 500), SINGLE),
        (TITLE, read(80.8, 500), WRONG),
        (TITLE, read(two=120), WRONG),
        (BLEND, read(), OPEN_AS_IT_MUST),
        (BLEND, read(500), WRONG),
        (BLEND, read(None, 500), WRONG),
        (BLEND, read(two=500), WRONG),
        (WATER, read(26), RIGHT),
        (WATER, read(), OPEN_AS_IT_MUST),
        (WATER, read(26, limits=("US",)), WRONG),
        (MAYBE, read(200), RIGHT),
        (MAYBE, read(), OPEN_AS_IT_MUST),
        (MAYBE, read(two=200), OPEN_AS_IT_MUST),
        (MAYBE, read(20), WRONG),
    ],
)
def test_a_verdict_tells_wrong_from_open(
    line: Line, reading: SimpleNamespace, right: str
) -> None:
    assert verdict(line, reading) == right


def test_made_lines_are_the_same_for_a_seed_and_of_many_shapes() -> None:
    made = [*lines(2000, 3)]
    assert made == [*lines(2000, 3)]
    assert made[:100] != [*lines(100, 4)]
    assert len({line.style for line in made}) > 400
    assert len({shape(line) for line in made}) > 1800
    assert {line.style[:2] for line in made} >= {
        each.code for each in Writer(1).languages
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_no_made_line_is_read_wrongly(seed: int) -> None:
    reader = mgform.LabelReader(mgform.load())
    misread = []
    left_open = []
    for line in lines(COUNT, seed):
        reading = reader.read(line.text)
        outcome = verdict(line, reading)
        if outcome in {WRONG, SINGLE}:
            misread.append(
                f"{line.text!r}: {told(reading)}, right: {expected(line)}"
            )
        elif outcome == LEFT_OPEN:
            left_open.append(line.text)
    assert misread == []
    assert len(left_open) <= 0.03 * COUNT, left_open
