"""The page of one reading: what its figure means, why, and what it leaves open."""

from collections.abc import Iterator, Sequence

from msgspec import structs

from mgform.answers.facts import level_with_sources
from mgform.answers.foot import with_foot
from mgform.comparison import ranked, without_level
from mgform.forms import has_level
from mgform.label.reading import Possible, Reading
from mgform.page import Answer, Lengths, Page, Row, cell, grid, row
from mgform.standing import against, milligrams
from mgform.table import Form, Table
from mgform.words import count, listed

_TRUTHS = {
    "yes": "yes, the compound can hold so much",
    "not_alone": "not if the compound is pure; something richer must be in it",
    "no": "no compound can hold so much",
}


def answer(table: Table, reading: Reading) -> Answer:
    """A reading: its page for people, and its data."""
    forms = [form for form in table.forms if form.id in reading.forms]
    page = Page(
        answer=cell(*_sentences(table, reading), reading.because),
        parts=(_levels(table, forms), _details(table, reading, forms)),
    )
    return Answer(
        with_foot(table, page), data=reading, rows=[structs.asdict(reading)]
    )


def _sentences(table: Table, reading: Reading) -> Iterator[str]:
    """What the figure of a line means; where it has two meanings, both."""
    if reading.elemental_mg is not None:
        yield _elemental(table, reading, reading.elemental_mg)
    elif reading.readings and reading.compound_mg:
        yield from _possible(table, reading, milligrams(reading.compound_mg))
    elif reading.basis == "none":
        yield f"The line gives no amount of {table.nutrient}."
    else:
        yield f"How much {table.nutrient} it is stays open."


def _elemental(table: Table, reading: Reading, elemental_mg: float) -> str:
    """The amount of the nutrient, and how it stands to the upper levels."""
    amount = (
        f"{milligrams(elemental_mg)} of {table.nutrient}{_in_serving(reading)}"
    )
    if reading.compound_mg:
        amount = f"{amount}, in {milligrams(reading.compound_mg)} of compound"
    return _ended(amount, against(reading.limits))


def _possible(table: Table, reading: Reading, figure: str) -> Iterator[str]:
    """What a figure can mean: a weight of compound, and perhaps of the nutrient itself."""
    nutrient = table.nutrient
    by_basis = {possible.basis: possible for possible in reading.readings}
    held, itself = by_basis.get("compound"), by_basis.get("elemental")
    in_serving = _in_serving(reading)
    if held and itself:
        most = _most(held, nutrient)
        yield f"{figure}{in_serving} can mean two things: {most}, or {figure} of it."
        yield _ended(
            f"As a weight of compound, it contains {most}", against(held.limits)
        )
        yield _ended(
            f"As {nutrient} itself, it is {figure}", against(itself.limits)
        )
    elif held:
        contains = f"{figure}{in_serving} is a weight of compound: it contains"
        yield _ended(
            f"{contains} {_most(held, nutrient)}", against(held.limits)
        )


def _most(held: Possible, nutrient: str) -> str:
    """How much of the nutrient a weight of compound holds at most."""
    if held.elemental_mg is None:
        return f"less {nutrient}"
    return f"at most {milligrams(held.elemental_mg)} of {nutrient}"


def _in_serving(reading: Reading) -> str:
    """What an amount is in, where its name is more than a number: " in 2 capsules"."""
    if reading.serving is None or not any(
        sign.isalpha() for sign in reading.serving
    ):
        return ""
    return f" in {reading.serving}"


def _ended(clause: str, standing: str) -> str:
    """A sentence, with how an amount stands to the upper levels, where there are some."""
    return f"{clause}, {standing}." if standing else f"{clause}."


def _levels(table: Table, forms: Sequence[Form]) -> Lengths:
    """The levels of the forms that have some: a row each, a sentence a scale, or one sentence."""
    scales = table.scales.in_use()
    rated = [form for form in forms if has_level(table, form)]
    if not rated:
        return Lengths(((),))
    rows = [_level_row(table, form) for form in rated]
    titles = ("Form", *(scale.title for scale in scales.values()))
    sentences = [ranked(table, rated, scale_name) for scale_name in scales]
    return Lengths(
        (grid(rows, titles=titles), cell(*sentences), cell(sentences[0]), ())
    )


def _level_row(table: Table, form: Form) -> Row:
    scales = table.scales.in_use()
    levels = [
        level_with_sources(table, form, scale_name) for scale_name in scales
    ]
    return row(form.id, *levels)


def _details(table: Table, reading: Reading, forms: Sequence[Form]) -> Lengths:
    """What else a reading says, a row each; at last only how much it leaves open."""
    unrated = [form for form in forms if not has_level(table, form)]
    rows = [
        row("No level", cell(without_level(table, unrated) if unrated else "")),
        row(
            "Compound",
            cell(listed(reading.compounds) if reading.compounds else ""),
        ),
        row("Also named", cell(_also_named(reading))),
    ]
    found = [
        row("Can it be true?", cell(_TRUTHS.get(reading.can_be_true, ""))),
        row("In each", cell(_in_each(table, reading))),
    ]
    whole = grid([*rows, *found, row("Left open", cell(*reading.unknown))])
    open_questions = (
        f"{count(len(reading.unknown), 'question')}; --json has all of it"
    )
    short = grid([*found, row("Left open", cell(open_questions))])
    return Lengths((whole, whole, whole, short))


def _also_named(reading: Reading) -> str:
    if not reading.other_forms:
        return ""
    return f"{listed(reading.other_forms)}, which this table does not have"


def _in_each(table: Table, reading: Reading) -> str:
    """What each piece holds, where somebody has told the serving."""
    if reading.each_mg is None:
        return ""
    return f"{milligrams(reading.each_mg)} of {table.nutrient}, at {reading.serving}"
