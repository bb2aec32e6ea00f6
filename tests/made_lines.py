"""Made label lines and what a reader tells of them.

By hand, with the lines that are read wrongly, or left open though they could be told:

    python -m tests.made_lines --count 10000 --show wrong
"""

import argparse
import math
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import mgform
from tests.made_traps import Trapper
from tests.made_writer import OPEN, Answer, Line, Writer

RIGHT, OPEN_AS_IT_MUST, LEFT_OPEN = "right", "open, as it must be", "open"
WRONG, SINGLE = "wrong", "single"
VERDICTS = (RIGHT, OPEN_AS_IT_MUST, LEFT_OPEN, SINGLE, WRONG)
TRAPS = 0.35
DIGITS = re.compile(r"\d+")


def lines(count: int, seed: int) -> Iterator[Line]:
    """Made lines: the same for the same seed."""
    writer = Writer(seed)
    trapper = Trapper(writer)
    for _ in range(count):
        if writer.chance.random() < TRAPS:
            yield trapper.line()
        else:
            yield writer.line()


def verdict(line: Line, reading: Any) -> str:
    """How right a reading is: one of the ``VERDICTS``."""
    if not line.per_piece and (reading.limits or any(each.limits for each in reading.readings)):
        return WRONG
    if reading.elemental_mg is not None:
        return verdict_on_a_figure(line.answers, reading)
    if reading.readings or reading.compound_mg is not None:
        return verdict_on_a_weight(line.answers, reading)
    if OPEN in line.answers:
        return OPEN_AS_IT_MUST
    return LEFT_OPEN


def verdict_on_a_figure(answers: tuple[Answer, ...], reading: Any) -> str:
    """The reading has an amount of magnesium."""
    told = [each for each in answers if same(each.elemental_mg, reading.elemental_mg)]
    for answer in told:
        if same(answer.compound_mg, reading.compound_mg):
            return RIGHT
    if told and reading.compound_mg is None:
        return LEFT_OPEN
    weights = [each.compound_mg for each in answers if each.elemental_mg is None]
    if any(same(weight, reading.elemental_mg) for weight in weights if weight is not None):
        return SINGLE
    return WRONG


def verdict_on_a_weight(answers: tuple[Answer, ...], reading: Any) -> str:
    """The reading has a weight and no amount of magnesium."""
    basis = "ambiguous" if reading.readings else "compound"
    weights = [reading.compound_mg]
    weights += [each.elemental_mg for each in reading.readings if each.basis == "elemental"]
    figures = {figure for weight in weights for figure in [weight] if figure is not None}
    for answer in answers:
        if answer.basis == basis and all(same(answer.compound_mg, figure) for figure in figures):
            return RIGHT
    known = [figure for each in answers for figure in each[1:] if figure is not None]
    if not all(any(same(one, figure) for one in known) for figure in figures):
        return WRONG
    if basis == "compound" and any(answer.basis == "ambiguous" for answer in answers):
        return SINGLE
    return OPEN_AS_IT_MUST if OPEN in answers else LEFT_OPEN


def same(one: float | None, other: float | None) -> bool:
    """Whether two amounts are the same, or are both not told."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=0.002)


def shape(line: Line) -> str:
    """A line without its numbers."""
    return DIGITS.sub("9", line.text)


def told(reading: Any) -> str:
    """A reading in a few words."""
    return f"{reading.basis} {reading.elemental_mg} of {reading.compound_mg}"


def expected(line: Line) -> str:
    """The right answers in a few words."""
    words = [f"{each.basis} {each.elemental_mg} of {each.compound_mg}" for each in line.answers]
    return " | ".join(word.replace("none None of None", "open") for word in words)


def forms_told(line: Line, reading: Any) -> str:
    """Whether the reading names the forms that the line names: "right", "other" or "missed"."""
    if line.forms is None:
        return RIGHT
    forms = {*reading.forms, *(name.removeprefix("l ") for name in reading.other_forms)}
    if not forms <= line.forms:
        return "other"
    return RIGHT if line.forms <= forms else "missed"


def report(options: argparse.Namespace) -> Iterator[str]:
    """Read lines, count the verdicts, and show some of them."""
    begin = time.perf_counter()
    made = [*lines(options.count, options.seed)]
    written = time.perf_counter()
    reader = mgform.LabelReader(mgform.load())
    readings = [reader.read(line.text) for line in made]
    pairs = [*zip(made, readings, strict=True)]
    verdicts = [verdict(*pair) for pair in pairs]
    yield f"written in {written - begin:.1f} s, read in {time.perf_counter() - written:.1f} s"
    yield f"{len({line.style for line in made})} styles, {len({*map(shape, made)})} shapes"
    counts = Counter(verdicts)
    for name in VERDICTS:
        yield f"{counts[name]:6} {name}"
    yield f"{sum(line.tellable for line in made):6} could be told"
    named = [forms_told(*pair) for pair in pairs]
    yield f"{named.count('other'):6} name a form that is not there"
    yield f"{named.count('missed'):6} miss a form"
    grouped = named if options.show in {"other", "missed"} else verdicts
    shown = [pair for pair, name in zip(pairs, grouped, strict=True) if name == options.show]
    if options.show == "all":
        shown = pairs
    for line, reading in shown[: options.most]:
        yield f"{verdict(line, reading)}: {line.text!r}"
        yield f"    {told(reading)}, right: {expected(line)}; {line.style!r}"
        if grouped is named:
            forms = [*line.forms] if line.forms else None
            yield f"    forms {reading.forms} {reading.other_forms}, right: {forms}"


def main() -> None:
    """Count the verdicts on many lines, and show some of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", choices=(*VERDICTS, "other", "missed", "all"))
    parser.add_argument("--most", type=int, default=50, help="how many lines to show")
    for row in report(parser.parse_args()):
        sys.stdout.write(f"{row}\n")


if __name__ == "__main__":
    main()
