"""``mgform dose``: what amounts hold, as weights of compound and as weights of the nutrient."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import structs

from mgform.answers.everything import compounds_grid, printers, sources_grid
from mgform.answers.facts import cautions, forms_of, with_more
from mgform.answers.foot import with_foot
from mgform.dose import Content, Dose, FormAmount, Weighed
from mgform.names import Match, lowered
from mgform.notes import marked
from mgform.page import (
    Answer,
    Cell,
    Grid,
    Lengths,
    Page,
    Row,
    Span,
    Style,
    cell,
    grid,
    paragraph,
    row,
    whichever_fits,
)
from mgform.said import prints_more, remarks, said_in_full
from mgform.standing import against, milligrams
from mgform.table import Form, Table
from mgform.words import listed, shown

_PAIR = 2


def dosing(
    table: Table,
    dose: Dose,
    matches: Sequence[Match],
) -> Answer:
    """What amounts hold as weights of compound, and what if they are the nutrient itself."""
    weights = _weights(table, dose)
    if dose.as_compound:
        first, *others = _as_compound(table, dose, dose.as_compound, matches)
    else:
        first, *others = _as_elemental(table, dose)
    page = Page(
        answer=cell(
            first,
            *_printed_more(table, dose, matches),
            *others,
            *remarks(matches),
        ),
        parts=(weights, _cautions(table, forms_of(matches))),
        full=lambda: (
            weights,
            _cautions(table, forms_of(matches)),
            *_of_amounts(table, forms_of(matches)),
        ),
        more="What the levels count, and sources",
    )
    return Answer(
        page=lambda: with_foot(table, page),
        data=dose,
        rows=list(_records(dose)),
        ids=tuple(part.form for part in dose.parts),
    )


def _records(dose: Dose) -> Iterator[dict[str, Any]]:
    for part in dose.parts:
        for weighed in part.compounds:
            yield {"form": part.form, **structs.asdict(weighed)}


def _as_compound(
    table: Table,
    dose: Dose,
    reading: Content,
    matches: Sequence[Match],
) -> Iterator[str]:
    """What weights of compound hold, and what it means if they are weights of the nutrient."""
    nutrient = table.nutrient
    total = milligrams(dose.amount_mg)
    holds = "Together, these amounts contain"
    assumed = f"If they are weights of {nutrient} itself, {total} is"
    if len(dose.parts) == 1:
        holds = f"{total} of {_salt(dose.parts[0])} contains"
        itself = f"{total} of {nutrient} itself (mgform label reads it)"
        assumed = f"If the bottle means {itself}, that is"
    least = reading.elemental_mg["least"]
    most = reading.elemental_mg["most"]
    sentence = f"{holds} at most {milligrams(most or 0)} of {nutrient}"
    compounds = [match.compound for match in matches if match.compound]
    if any(map(prints_more, compounds)):
        sentence = f"{sentence} by formula"
    standing = against(reading.limits, least=least, most=most)
    if standing:
        sentence = f"{sentence}: {standing}"
    yield f"{sentence}."
    as_nutrient = against(dose.as_elemental.limits)
    if as_nutrient:
        yield f"{assumed} {as_nutrient}."


def _printed_more(
    table: Table,
    dose: Dose,
    matches: Sequence[Match],
) -> Iterator[str]:
    """What a compound holds if a source is right that prints more than its formula gives."""
    if dose.as_compound is None:
        return
    for part, match in zip(dose.parts, matches, strict=True):
        compound = match.compound
        if compound is None or compound.source is None:
            continue
        most = compound.printed_percent_most
        if most and prints_more(compound):
            compound_mg = part.compounds[0].compound_mg
            mg = milligrams(compound_mg * most / 100)
            by = marked(table, [compound.source])
            yield f"A source prints up to {most:g} %, which is {mg} {by}."


def _as_elemental(table: Table, dose: Dose) -> Iterator[str]:
    """How much of which compound holds an amount of the nutrient."""
    total = milligrams(dose.amount_mg)
    those = "the weights below"
    if len(dose.parts) <= _PAIR:
        those = listed(map(_least_needed, dose.parts), "or")
    yield f"For {total} of {table.nutrient} it takes at least {those}."
    standing = against(dose.as_elemental.limits)
    if standing:
        yield f"{total} of {table.nutrient} is {standing}."


def _least_needed(part: FormAmount) -> str:
    """The least weight of a form that holds the amount."""
    least = min(weighed.compound_mg for weighed in part.compounds)
    return f"{milligrams(least)} of {_salt(part)}"


def _salt(part: FormAmount) -> str:
    """The salt that is meant where there is one, else what was asked for or the form."""
    if len(part.compounds) == 1:
        return part.compounds[0].name
    if part.matched == "member":
        return shown(part.asked_as)
    return lowered(part.name)


def _weights(table: Table, dose: Dose) -> Lengths:
    """A compound a line; of several forms, or where a screen is too small, only the richest."""
    every = []
    richest = []
    for part in dose.parts:
        best = max(part.compounds, key=_percent)
        more = len(part.compounds) - 1
        richest.append(_weight(dose, part, best, more=more))
        for weighed in part.compounds:
            every.append(_weight(dose, part, weighed))
    titles = (
        "Form",
        "Compound",
        "Compound weight",
        f"{table.nutrient.capitalize()} in it",
    )
    lengths = [grid(richest, titles=titles)]
    if len(dose.parts) == 1:
        lengths.insert(0, grid(every, titles=titles))
    return whichever_fits(lengths)


def _percent(weighed: Weighed) -> float:
    return weighed.elemental_percent


def _weight(
    dose: Dose,
    part: FormAmount,
    weighed: Weighed,
    *,
    more: int = 0,
) -> Row:
    """A compound, its weight and the nutrient in it, and how many more the form has."""
    compound = paragraph(f"{weighed.name}, {weighed.elemental_percent:.2f} %")
    compound_mg = milligrams(weighed.compound_mg)
    elemental_mg = milligrams(weighed.elemental_mg)
    if dose.as_compound:
        elemental_mg = f"at most {elemental_mg}"
    else:
        compound_mg = f"at least {compound_mg}"
    return row(
        part.form,
        cell(with_more(compound, more)),
        cell(compound_mg),
        cell(elemental_mg),
    )


def _cautions(table: Table, forms: Sequence[Form]) -> Lengths:
    """The caution on each form, or how many there are; nothing where there is no room."""
    every_caution, counted_cautions = cautions(table, forms)
    return whichever_fits((grid([every_caution]), grid([counted_cautions]), ()))


def _of_amounts(table: Table, forms: Sequence[Form]) -> Iterator[Grid | Cell]:
    """The upper levels and the compounds.

    Of notes, only cautions stand beside them: who works out an amount gets nobody's recommendation.
    """
    lines = []
    source_ids = printers(forms)
    for level in table.upper_levels:
        mg = milligrams(level.mg)
        words = f"{level.region} upper level, {mg} a day: {level.counts} "
        mark = marked(table, [level.source], level.basis)
        lines.append(paragraph(words, Span(mark, Style.FAINT)))
        source_ids.append(level.source)
    caution = table.upper_levels_caution
    if caution is not None:
        lines.append(said_in_full(table, caution))
        source_ids.append(caution.source)
    yield cell(*lines)
    yield compounds_grid(table, forms)
    yield sources_grid(table, source_ids)
