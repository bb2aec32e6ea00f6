"""Made label lines and what a reader tells of them.

By hand, with the lines that are read wrongly, or left open though they could be told:

    python -m tests.made_lines --count 10000 --show wrong
"""

import argparse
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import mgform
from tests.made_answers import OPEN, Answer, Line
from tests.made_traps import Trapper
from tests.made_writer import Writer

RIGHT, OPEN_AS_IT_MUST, LEFT_OPEN = "right", "open, as it must be", "open"
WRONG, SINGLE = "wrong", "single"
VERDICTS = (RIGHT, OPEN_AS_IT_MUST, LEFT_OPEN, SINGLE, WRONG)
OTHER, MISSED = "other", "missed"
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
    if not line.per_piece and (
        reading.limits or any(each.limits for each in reading.readings)
    ):
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
    figure = reading.elemental_mg
    known = False
    single = False
    for answer in answers:
        if same(answer.elemental_mg, figure):
            known = True
            if same(answer.compound_mg, reading.compound_mg):
                return RIGHT
        elif answer.elemental_mg is None and same(answer.compound_mg, figure):
            single = True
    if known and reading.compound_mg is None:
        return LEFT_OPEN
    if single and not known:
        return SINGLE
    return WRONG


def verdict_on_a_weight(answers: tuple[Answer, ...], reading: Any) -> str:
    """The reading has a weight and no amount of magnesium."""
    basis = "compound"
    if reading.readings:
        basis = "ambiguous"
    figures = weights_told(reading)
    for answer in answers:
        if answer.basis == basis and all(
            same(answer.compound_mg, figure) for figure in figures
        ):
            return RIGHT
    if not all(is_known(figure, answers) for figure in figures):
        return WRONG
    if basis == "compound" and any(
        answer.basis == "ambiguous" for answer in answers
    ):
        return SINGLE
    if OPEN in answers:
        return OPEN_AS_IT_MUST
    return LEFT_OPEN


def weights_told(reading: Any) -> list[float]:
    """The compound's weight, and what would be magnesium by the other reading."""
    figures = [
        each.elemental_mg
        for each in reading.readings
        if each.basis == "elemental"
    ]
    figures.append(reading.compound_mg)
    return [figure for figure in figures if figure is not None]


def is_known(figure: float, answers: tuple[Answer, ...]) -> bool:
    """Whether a figure is magnesium's or its compound's."""
    for answer in answers:
        if same(answer.elemental_mg, figure) or same(
            answer.compound_mg, figure
        ):
            return True
    return False


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
    words = [
        f"{each.basis} {each.elemental_mg} of {each.compound_mg}"
        for each in line.answers
    ]
    return " | ".join(
        word.replace("none None of None", "open") for word in words
    )


def forms_told(line: Line, reading: Any) -> str:
    """Whether the reading names the forms that the line names: right, others, or not all."""
    if line.forms is None:
        return RIGHT
    forms = {
        *reading.forms,
        *(name.removeprefix("l ") for name in reading.other_forms),
    }
    if not forms <= line.forms:
        return OTHER
    if not line.forms <= forms:
        return MISSED
    return RIGHT


class Count(NamedTuple):
    """A line that was read."""

    line: Line
    reading: Any
    verdict: str
    forms: str

    def shown(self) -> str:
        """The line, and how it was read."""
        name = f"{self.verdict}, forms {self.forms}: {self.line.text!r}"
        forms = f"forms {[*self.reading.forms]}"
        if self.line.forms is not None:
            forms += f" for {[*self.line.forms]}"
        return f"{name}\n    {told(self.reading)}, right: {expected(self.line)}; {forms}"


def read_all(made: list[Line]) -> list[Count]:
    """Made lines, read by the reader with the table that comes with mgform."""
    reader = mgform.LabelReader(mgform.load())
    counts = []
    for line in made:
        reading = reader.read(line.text)
        counts.append(
            Count(
                line, reading, verdict(line, reading), forms_told(line, reading)
            )
        )
    return counts


def report(options: argparse.Namespace) -> Iterator[str]:
    """How many lines have which verdict, and some of those that were asked for."""
    made = [*lines(options.count, options.seed)]
    counts = read_all(made)
    yield f"{len({line.style for line in made})} styles, {len({*map(shape, made)})} shapes"
    for name, number in Counter(
        count.verdict for count in counts
    ).most_common():
        yield f"{number:6} {name}"
    yield f"{sum(line.tellable for line in made):6} could be told"
    for name, number in Counter(count.forms for count in counts).most_common():
        yield f"{number:6} forms {name}"
    shown = [
        count
        for count in counts
        if options.show in {count.verdict, count.forms, "all"}
    ]
    for count in shown[: options.most]:
        yield count.shown()


def main() -> None:
    """Count the verdicts on many lines, and show some of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", choices=(*VERDICTS, OTHER, MISSED, "all"))
    parser.add_argument(
        "--most", type=int, default=50, help="how many lines to show"
    )
    for row in report(parser.parse_args()):
        sys.stdout.write(f"{row}\n")


if __name__ == "__main__":
    main()
