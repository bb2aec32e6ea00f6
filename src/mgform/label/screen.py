"""The page of one reading: what its figure means, why, and what it leaves open."""

from collections.abc import Sequence

from msgspec import structs

from mgform.answers.facts import level_with_sources
from mgform.answers.foot import with_foot
from mgform.comparison import ranked, without_level
from mgform.forms import has_level
from mgform.label.reading import Possible, Reading
from mgform.page import Answer, Lengths, Page, Row, cell, grid, row
from mgform.said import on_bottles
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
    rated, unrated = [], []
    for form in table.forms:
        if form.id in reading.forms and has_level(table, form):
            rated.append(form)
        elif form.id in reading.forms:
            unrated.append(form)
    meanings = _meanings(table, reading)
    page = Page(
        answer=cell(*meanings, reading.because),
        parts=(
            _levels(table, rated),
            _details(table, reading, unrated),
        ),
    )
    return Answer(
        with_foot(table, page),
        data=reading,
        rows=[structs.asdict(reading)],
    )


def _meanings(table: Table, reading: Reading) -> list[str]:
    """What the figure of a line means; where it has two meanings, both."""
    nutrient = table.nutrient
    possible = {possible.basis: possible for possible in reading.readings}
    held, itself = possible.get("compound"), possible.get("elemental")
    if reading.elemental_mg is not None:
        return [_elemental(nutrient, reading, reading.elemental_mg)]
    if held and itself:
        return _two_meanings(nutrient, reading, held, itself)
    if held:
        return [_compound(nutrient, reading, held)]
    if reading.rule == "unnamed":
        return []
    if reading.basis == "none":
        return [f"The line gives no amount of {nutrient}."]
    return [f"How much {nutrient} it is stays open."]


def _elemental(nutrient: str, reading: Reading, elemental_mg: float) -> str:
    """The amount of the nutrient, and how it stands to the upper levels."""
    amount = f"{milligrams(elemental_mg)} of {nutrient}{_in_serving(reading)}"
    if reading.compound_mg:
        amount = f"{amount}, in {milligrams(reading.compound_mg)} of compound"
    return _ended(amount, against(reading.limits))


def _two_meanings(
    nutrient: str, reading: Reading, held: Possible, itself: Possible
) -> list[str]:
    """What a figure is as a weight of compound, and as one of the nutrient."""
    figure = milligrams(reading.compound_mg or 0)
    both = f"{_most(held, nutrient)}, or {figure} of it"
    as_compound = (
        f"As a weight of compound, it contains {_most(held, nutrient)}"
    )
    as_nutrient = f"As {nutrient} itself, it is {figure}"
    return [
        f"{figure}{_in_serving(reading)} can mean two things: {both}.",
        _ended(as_compound, against(held.limits)),
        _ended(as_nutrient, against(itself.limits)),
    ]


def _compound(nutrient: str, reading: Reading, held: Possible) -> str:
    """What a weight of compound holds."""
    figure = f"{milligrams(reading.compound_mg or 0)}{_in_serving(reading)}"
    contains = (
        f"{figure} is a weight of compound: it contains {_most(held, nutrient)}"
    )
    return _ended(contains, against(held.limits))


def _most(held: Possible, nutrient: str) -> str:
    """How much of the nutrient a weight of compound holds at most."""
    if held.elemental_mg is None:
        return f"less {nutrient}"
    return f"at most {milligrams(held.elemental_mg)} of {nutrient}"


def _in_serving(reading: Reading) -> str:
    """What an amount is in, where its name is more than a number: " in 2 capsules"."""
    serving = reading.serving or ""
    for character in serving:
        if character.isalpha():
            return f" in {serving}"
    return ""


def _ended(clause: str, standing: str) -> str:
    """A sentence, with how an amount stands to the upper levels, where there are some."""
    return f"{clause}, {standing}." if standing else f"{clause}."


def _levels(table: Table, rated: Sequence[Form]) -> Lengths:
    """The levels of forms: a row each, a sentence for each scale, the first sentence, nothing."""
    if not rated:
        return Lengths(((),))
    titles = ["Form"]
    sentences = []
    for scale_name, scale in table.scales.in_use().items():
        titles.append(scale.title)
        sentences.append(ranked(table, rated, scale_name))
    rows = [_level_row(table, form) for form in rated]
    lengths = (
        grid(rows, titles=tuple(titles)),
        cell(*sentences),
        cell(sentences[0]),
        (),
    )
    return Lengths(lengths)


def _level_row(table: Table, form: Form) -> Row:
    levels = []
    for scale_name in table.scales.in_use():
        levels.append(level_with_sources(table, form, scale_name))
    return row(on_bottles(form), *levels)


def _details(
    table: Table, reading: Reading, unrated: Sequence[Form]
) -> Lengths:
    """What else a reading says, a row each; at last only how much it leaves open."""
    names = [
        row("No level", cell(_unrated(table, unrated))),
        row("Compound", cell(", ".join(reading.compounds))),
        row("Also named", cell(_also_named(reading))),
    ]
    truth = _TRUTHS.get(reading.can_be_true, "")
    figures = [
        row("Can it be true?", cell(truth)),
        row("In each", cell(_in_each(table, reading))),
    ]
    left_open = row(
        "Left open", cell(*reading.unknown, _how_labels_tell(table, reading))
    )
    whole = grid([*names, *figures, left_open])
    questions = count(len(reading.unknown), "question")
    counted = row("Left open", cell(f"{questions}; --json has all of it"))
    short = grid([*figures, counted])
    return Lengths((whole, whole, whole, short))


def _unrated(table: Table, unrated: Sequence[Form]) -> str:
    return without_level(table, unrated) if unrated else ""


def _how_labels_tell(table: Table, reading: Reading) -> str:
    """What tells the two meanings of a figure apart on a label."""
    if len(reading.readings) <= 1:
        return ""
    nutrient = table.nutrient
    line = f'"{nutrient.capitalize()} (as ...) N mg"'
    return f"In US Supplement Facts, {line} is {nutrient} itself."


def _also_named(reading: Reading) -> str:
    if not reading.other_forms:
        return ""
    return f"{listed(reading.other_forms)}, which this table does not have"


def _in_each(table: Table, reading: Reading) -> str:
    """What each piece holds, where somebody has told the serving."""
    if reading.each_mg is None:
        return ""
    return f"{milligrams(reading.each_mg)} of {table.nutrient}, at {reading.serving}"
