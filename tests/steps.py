"""What work costs, in steps that are the same on any machine: the lines of Python that it runs."""

import sys
from collections.abc import Callable
from types import FrameType

SIZES = (1, 4)
"""By how much the larger of two inputs is larger."""
MOST = 6
"""By how much it may cost more: four times as much, and room; a square would be sixteen times."""


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python some work runs, and how many functions it enters and leaves."""
    number = 0

    def trace(_frame: FrameType, _event: str, _argument: object) -> object:
        nonlocal number
        number += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        work()
    finally:
        sys.settrace(before)
    return number


def growth(work: Callable[[int], Callable[[], object]]) -> float:
    """By how much more it costs to do four times the work; ``work`` makes work of a size."""
    small, large = (steps(work(size)) for size in SIZES)
    return large / small
