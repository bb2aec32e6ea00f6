"""What may be told of a made line."""

from collections.abc import Callable
from typing import NamedTuple


class Answer(NamedTuple):
    """What may be told of a line: a figure, two readings of one, or nothing (basis "none")."""

    basis: str
    elemental_mg: float | None = None
    compound_mg: float | None = None


OPEN = Answer("none")


class Line(NamedTuple):
    """A made line, and every answer that is right."""

    text: str
    style: str
    answers: tuple[Answer, ...]
    per_piece: bool = True
    """Whether its figure may be compared with an upper level of a day: not one per litre."""
    forms: frozenset[str] | None = None
    """The forms that it names; None where they are not checked."""

    @property
    def tellable(self) -> bool:
        """Whether leaving it open leaves something open that could be told."""
        return OPEN not in self.answers


class Amount(NamedTuple):
    """A weight as it is printed."""

    text: str
    mg: float | None
    """None where nobody can tell: a range, a limit, a number that is torn apart."""
    sure: bool = True
    """False where it may as well stay open."""

    @property
    def certain(self) -> bool:
        """Whether it can be told, and must be."""
        return self.sure and self.mg is not None


def allowed(
    kinds: str, elemental: Amount, compound: Amount
) -> tuple[Answer, ...]:
    """What may be told, by the letters of a style."""
    answers: list[Answer] = []
    for kind in kinds:
        answers += ALLOWED[kind](elemental, compound)
    return tuple(dict.fromkeys(answers))


def allowed_elemental(elemental: Amount, _: Amount) -> list[Answer]:
    """E: the amount is magnesium."""
    if elemental.mg is None:
        return [OPEN]
    answer = Answer("elemental", elemental.mg)
    if elemental.sure:
        return [answer]
    return [answer, OPEN]


def allowed_both(elemental: Amount, compound: Amount) -> list[Answer]:
    """B: both amounts, or the one whose number can be told."""
    answers = []
    if not (elemental.certain and compound.certain):
        answers.append(OPEN)
    if elemental.mg is not None:
        answers.append(Answer("both", elemental.mg, compound.mg))
        if not compound.certain:
            answers.append(Answer("elemental", elemental.mg))
    if not elemental.certain:
        answers.append(Answer("compound", None, compound.mg))
    return answers


def allowed_two(_: Amount, compound: Amount) -> list[Answer]:
    """T: two readings."""
    if compound.mg is None:
        return [OPEN]
    answer = Answer("ambiguous", None, compound.mg)
    if compound.sure:
        return [answer]
    return [answer, OPEN]


def allowed_two_of_elemental(elemental: Amount, _: Amount) -> list[Answer]:
    """A small t: two readings of the amount that would be magnesium elsewhere."""
    return allowed_two(elemental, elemental)


def allowed_compound(_: Amount, compound: Amount) -> list[Answer]:
    """C: the figure is the compound, and what it holds is not said."""
    return [Answer("compound", None, compound.mg), OPEN]


def allowed_open(_: Amount, __: Amount) -> list[Answer]:
    """O: nothing may be told."""
    return [OPEN]


ALLOWED: dict[str, Callable[[Amount, Amount], list[Answer]]] = {
    "E": allowed_elemental,
    "B": allowed_both,
    "T": allowed_two,
    "t": allowed_two_of_elemental,
    "C": allowed_compound,
    "O": allowed_open,
}
