"""A line of a label is read in steps that grow no faster than its length, whatever repeats in it.

Patterns work between the steps, uncounted. A line has 10,000 characters at most, so that only one
that goes back over and over does harm: each piece is repeated to the longest line, which is read
in a process of its own, and that is killed should a line never be read to its end.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache

import pytest

import mgform
from mgform.label.reading import LONGEST
from tests.conftest import ROOT, SAFETY, environment
from tests.steps import MOST, growth

Read = Callable[[str], object]

PIECES = [
    "1 mg, ",
    "1,",
    "1",
    "½",
    "%",
    "x ",
    "mg ",
    "eq ",
    "of which ",
    "providing 1 mg ",
    "magnesium",
    "magnesium citrate ",
    "magnesium citrate 1 mg 5% ",
    "magnesium (as citrate) 1 mg, ",
    "calcium/magnesium 1 mg 2 mg ",
    "zinc 1 mg (as citrate) ",
    "lemon balm ",
    "a/",
    "per 100 g ",
    "serving size: ",
    "mg/1 ",
    "é (",
    "1-2 x 3 mg ± 4 ",
    "\u00ad",
    "a\u00ad",
    "\u200b ",
    "\n",
    "[",
    "(magnesium as ",
    "(1 mg) ",
    "(a ",
    "() ",
    "()",
]
"""Those that once took for ever stand last: the others have been read before them."""
SHORT = 240
INGREDIENTS = (
    "Magnesium oxide, bulking agent (microcrystalline cellulose), (sodium) (starch (maize)), "
    "stabiliser (povidone (K30)), glazing agents (hypromellose (E464)) (glycerol) (talc), colours "
    "(iron oxide (E172)) (titanium dioxide), anti-caking agent (magnesium stearate), emulsifier "
    "(lecithin (soya)), sweetener (steviol glycosides (from stevia (E960))), flavour (orange (peel)"
    "), acid (citric acid), coating (shellac (E904)) (carnauba wax), capsule (gelatine (bovine)), "
    "antioxidant (tocopherol (mixed)) (ascorbic acid), carrier (gum (acacia)) (dextrin)"
)


def line(piece: str, length: int, end: str) -> str:
    """Magnesium, and a piece that repeats up to a length."""
    pieces = piece * (length // len(piece) + 1)
    return "Magnesium " + pieces[:length] + end


def growth_of(read: Read, piece: str) -> float:
    """By how much more steps it takes to read a line of a piece that is four times as long."""

    def work(size: int) -> Callable[[], object]:
        text = line(piece, SHORT * size, " 5 mg")
        return lambda: read(text)

    return growth(work)


def measure() -> None:
    """Write one row for each piece: this is what the other process does."""
    reader = mgform.LabelReader(mgform.load())
    reader.read("Magnesium 100 mg, zinc 5 mg per 2 capsules")
    for piece in (*PIECES, f"({INGREDIENTS}), "):
        reader.read(line(piece, LONGEST - 20, " a"))
        row = [piece, growth_of(reader.read, piece)]
        sys.stdout.write(json.dumps(row) + "\n")
        sys.stdout.flush()


@cache
def measured() -> dict[str, float]:
    """The growth of each piece; that which never came to an end is missing, and all behind it."""
    code = "from tests.test_growth_label import measure; measure()"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(),
    )
    try:
        printed, _ = process.communicate(timeout=SAFETY)
    except subprocess.TimeoutExpired:
        process.kill()
        printed, _ = process.communicate()
    return dict(json.loads(row) for row in printed.splitlines())


@pytest.mark.parametrize(
    "piece",
    [*PIECES, f"({INGREDIENTS}), "],
    ids=lambda piece: repr(piece[:30]),
)
def test_a_line_of_repeated_pieces_costs_no_more_than_its_length(
    piece: str,
) -> None:
    assert piece in measured(), "this line, or one before it, never ended"
    assert measured()[piece] <= MOST


def test_work_that_grows_with_the_square_is_noticed() -> None:
    def pairs(text: str) -> int:
        number = 0
        for place in range(len(text)):
            for _ in text[:place:9]:
                number += 1
        return number

    assert growth_of(pairs, "a") > 2 * MOST
    assert growth_of(lambda text: [*map(len, text.split("a"))], "a") <= MOST


@pytest.mark.parametrize(
    ("text", "elemental"),
    [
        ("Magnesium " + "()" * 26, None),
        ("Magnesium " + "(a)" * 26, None),
        ("Magnesium 200 mg " + "()" * 26, 200),
        (INGREDIENTS, None),
        (f"Magnesium 200 mg. Ingredients: {INGREDIENTS}", 200),
    ],
)
def test_what_once_was_never_read_to_its_end_is_read_rightly(
    text: str, elemental: float | None
) -> None:
    assert {"()", "(a "} <= measured().keys()
    reading = mgform.read_label(text)
    if reading.basis == "ambiguous":
        assert reading.compound_mg == elemental
    else:
        assert reading.elemental_mg == elemental
