"""What a line with an amount leaves open."""

from collections.abc import Iterator

from mgform.label.judging import Judged
from mgform.label.rules import impossible, unclear, wrong_unit
from mgform.label.serving import Per, Serving
from mgform.said import printed, prints_more
from mgform.table import Table
from mgform.words import listed


def left_open(
    table: Table,
    judged: Judged,
    serving: Serving | None,
) -> Iterator[str]:
    """What a line with an amount does not tell, a clause each."""
    if judged.rule.basis == "none":
        return
    yield from _of_the_figure(table, judged)
    if judged.rule.holds is wrong_unit:
        yield from _of_the_unit(table, judged)
    elif judged.percent is not None and not judged.facts.fits:
        yield f"what {judged.percent:g} % refers to: it fits no daily value"
    if serving and serving.per is Per.CONTENT:
        yield f"how much a serving holds: the amount is that of {serving.text}"
    if len(judged.named) > 1:
        names = listed(token.name for token in judged.named)
        yield f"how much of it comes from {names} each"
    if judged.rule.basis in ("ambiguous", "compound"):
        yield from _printed_more(table, judged)
    if judged.can_be_true == "not_alone":
        yield _what_else(table, judged)


def _printed_more(table: Table, judged: Judged) -> Iterator[str]:
    """That a source prints more of a compound than its formula gives, or that it has none."""
    for token in judged.named:
        compound = token.compound
        if compound is None or compound.source is None:
            continue
        by = table.mark(compound.source)
        if prints_more(compound):
            most = f"{compound.printed_percent_most:g} %"
            yield f"whether it holds more: a source prints up to {most} [{by}]"
        elif compound.elemental_percent is None and printed(compound):
            source = f"a source prints {printed(compound)} [{by}]"
            yield f"how much {table.nutrient} the compound holds: {source}"


def _of_the_figure(table: Table, judged: Judged) -> Iterator[str]:
    first = judged.facts.first
    if judged.rule.holds is unclear:
        yield "what the amounts belong to: the line can be read in more than one way"
    elif judged.rule.holds is impossible:
        yield "which of the two weights is right"
    elif judged.rule.basis == "ambiguous":
        yield f"whether the figure is {table.nutrient} or compound"
    elif judged.rule.basis == "compound":
        yield f"how much {table.nutrient} it is: the figure is that of the compound"
    if first and first.mg is None and judged.rule.holds is not unclear:
        yield "how much it is: the number can be read in more than one way"


def _of_the_unit(table: Table, judged: Judged) -> Iterator[str]:
    grams = judged.facts.mg / 1000
    yield f"the unit: {grams:g} g cannot be right"
    percent = judged.percent
    if percent:
        amounts = []
        for reference in table.labels.references:
            mg = percent * reference.mg / 100
            amounts.append(f"{mg:g} mg ({reference.where})")
        either = listed(amounts, "or")
        yield f"the amount: {percent:g} % of a daily value is {either}"


def _what_else(table: Table, judged: Judged) -> str:
    """What is in it if the compound that the line names cannot hold so much."""
    possible = "another compound"
    if table.buffer:
        possible = f'{table.buffer} ("buffered")'
    for form, other in table.labels.richer.items():
        if form in judged.facts.forms:
            possible = f"{other}, or {possible}"
            break
    return f"what else it holds: {possible} may be in it"
