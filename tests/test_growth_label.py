"""A line of a label is read in time that grows no faster than its length, whatever repeats in it.

What is read in patterns is work that no counter of calls sees, so that processor time is compared,
too: that of a line with that of one eight times as long. Both are measured in a process of their
own, which is killed should a line never be read to its end.
"""

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pytest

import mgform
from tests.conftest import ROOT, environment

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
"""Those that once took for ever stand last: the others have been measured before them."""
TINY, SHORT = 310, 620
MIDDLE, LONG = 1_240, 9_920
SOME_CALLS = 200
"""As many more calls say nothing."""
INGREDIENTS = (
    "Magnesium oxide, bulking agent (microcrystalline cellulose), (sodium) (starch (maize)), "
    "stabiliser (povidone (K30)), glazing agents (hypromellose (E464)) (glycerol) (talc), colours "
    "(iron oxide (E172)) (titanium dioxide), anti-caking agent (magnesium stearate), emulsifier "
    "(lecithin (soya)), sweetener (steviol glycosides (from stevia (E960))), flavour (orange (peel)"
    "), acid (citric acid), coating (shellac (E904)) (carnauba wax), capsule (gelatine (bovine)), "
    "antioxidant (tocopherol (mixed)) (ascorbic acid), carrier (gum (acacia)) (dextrin)"
)


class Growth(NamedTuple):
    """How much more a longer line takes."""

    calls: float
    """Calls in a line twice as long."""
    processor_time: float
    """Processor time of a line eight times as long."""


def line(piece: str, length: int, end: str) -> str:
    """Magnesium, and a piece that repeats up to a length."""
    pieces = piece * (length // len(piece) + 1)
    return "Magnesium " + pieces[:length] + end


def calls(reader: Callable[[], Any], text: str) -> int:
    """How many functions are called when a line is read, as soon as its words are known."""
    reader().read(text)
    again = reader()
    count = 0

    def counted(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal count
        if event in {"call", "c_call"}:
            count += 1

    sys.setprofile(counted)
    again.read(text)
    sys.setprofile(None)
    return count


def processor_time(reader: Any, text: str) -> float:
    """The processor time that it takes to read a line."""
    begin = time.process_time()
    reader.read(text)
    return time.process_time() - begin


def more_calls(reader: Callable[[], Any], piece: str) -> float:
    """By how many times more calls there are in a line that is twice as long."""
    few = calls(reader, line(piece, TINY, " 5 mg"))
    many = calls(reader, line(piece, SHORT, " 5 mg"))
    return (many - SOME_CALLS) / few


def more_time(reader: Callable[[], Any], piece: str) -> float:
    """By how many times more time it takes to read a line that is eight times as long.

    The least is compared, measured again as long as it seems too much: a machine has more to do.
    No line is timed twice, and each has a reader of its own: what was read once may be known.
    """
    short, long = [], []
    ratio = float("inf")
    for fewer in range(12):
        text = line(piece, MIDDLE - fewer, " a")
        short.append(processor_time(reader(), text))
        text = line(piece, LONG - 8 * fewer, " a")
        long.append(processor_time(reader(), text))
        ratio = min(long) / min(short)
        if ratio < 14:
            break
    return ratio


def growth(reader: Callable[[], Any], piece: str) -> Growth:
    """What a piece costs."""
    return Growth(more_calls(reader, piece), more_time(reader, piece))


def measure() -> None:
    """Write one row for each piece: this is what the other process does."""
    gc.disable()
    table = mgform.load()

    def reader() -> mgform.LabelReader:
        return mgform.LabelReader(table)

    reader().read("Magnesium 100 mg, zinc 5 mg")
    for piece in PIECES:
        sys.stdout.write(json.dumps([piece, growth(reader, piece)]) + "\n")
        sys.stdout.flush()
    sys.stdout.write(
        json.dumps([INGREDIENTS, growth(reader, f"({INGREDIENTS}), ")]) + "\n"
    )


@cache
def measured() -> dict[str, Growth]:
    """Each piece with its growth; a piece is missing that never came to an end."""
    words = [
        sys.executable,
        "-c",
        "from tests.test_growth_label import measure; measure()",
    ]
    process = subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(),
    )
    try:
        printed, _ = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        process.kill()
        printed, _ = process.communicate()
    rows = [json.loads(row) for row in printed.splitlines()]
    return {piece: Growth(*values) for piece, values in rows}


@pytest.mark.parametrize(
    "piece", [*PIECES, INGREDIENTS], ids=lambda piece: repr(piece[:30])
)
def test_a_line_of_repeated_pieces_costs_no_more_than_its_length(
    piece: str,
) -> None:
    assert piece in measured(), "the line was never read to its end"
    assert measured()[piece].calls < 2.3
    assert measured()[piece].processor_time < 20


class Pairs:
    """A reader that looks at each pair of letters, by calls."""

    def read(self, text: str) -> int:
        return sum(
            text.startswith("x", place)
            for place in range(len(text))
            for _ in text[:place:9]
        )


class Counts:
    """A reader that looks at each pair of letters, in as many calls as there are letters."""

    def read(self, text: str) -> int:
        return sum(text.count("Mx") for _ in text[::4])


def test_work_that_grows_with_the_square_is_noticed() -> None:
    assert more_calls(Pairs, "a") > 3
    assert more_calls(Counts, "a") < 2.3
    assert more_time(Counts, "a") > 20


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
    assert {"()", "(a ", INGREDIENTS} <= measured().keys()
    reading = mgform.read_label(text)
    if reading.basis == "ambiguous":
        assert reading.compound_mg == elemental
    else:
        assert reading.elemental_mg == elemental
