"""The page of one reading: what its figure means, why, and what it leaves open."""

from collections.abc import Iterator, Sequence
from math import floor

from msgspec import structs

from mgform.answers.facts import cautions, level_with_sources
from mgform.answers.foot import with_foot
from mgform.comparison import ranked, without_level
from mgform.forms import has_level
from mgform.label.reading import Possible, Reading, title_of
from mgform.page import Answer, Lengths, Page, Row, cell, grid, row
from mgform.said import on_bottles, prints_more
from mgform.standing import against, milligrams
from mgform.table import Form, Table
from mgform.words import count, listed

_TRUTHS = {
    "yes": "yes, the compound can hold so much",
    "not_alone": "not if the compound is pure; something richer must be in it",
    "no": "no compound of the table can hold so much",
}
_GRAM = 1000
_TENTHS_ARE_ENOUGH = 10


def answer(table: Table, reading: Reading) -> Answer:
    """A reading: its page for people, and its data."""
    forms = [form for form in table.forms if form.id in reading.forms]
    rated = [form for form in forms if has_level(table, form)]
    meanings = _meanings(table, reading)
    page = Page(
        answer=cell(*meanings, reading.because),
        parts=(
            _levels(table, rated),
            _details(table, reading, forms),
        ),
    )
    return Answer(
        page=lambda: with_foot(table, page),
        data=reading,
        rows=[structs.asdict(reading)],
    )


def _meanings(table: Table, reading: Reading) -> list[str]:
    """What the figure of a line means; where it has two meanings, both."""
    nutrient = table.nutrient
    by_formula = _by_formula(table, reading)
    possible = {possible.basis: possible for possible in reading.readings}
    held = possible.get("compound")
    itself = possible.get("elemental")
    if reading.elemental_mg is not None:
        elemental_mg = reading.elemental_mg
        return [_elemental(nutrient, reading, elemental_mg)]
    if held and itself:
        return _two_meanings(
            nutrient,
            reading,
            held=held,
            itself=itself,
            by_formula=by_formula,
        )
    if held:
        return [_compound(nutrient, reading, held, by_formula)]
    if reading.rule == "unnamed":
        return []
    if reading.basis == "none":
        return [f"The line gives no amount of {nutrient}."]
    return [f"How much {nutrient} it is stays open."]


def _elemental(
    nutrient: str,
    reading: Reading,
    elemental_mg: float,
) -> str:
    """The amount of the nutrient, and how it stands to the upper levels."""
    figure = milligrams(elemental_mg)
    amount = f"{figure} of {nutrient}{_in_serving(reading)}"
    if reading.compound_mg:
        weight = milligrams(reading.compound_mg)
        amount = f"{amount}, in {weight} of compound"
    return _ended(amount, against(reading.limits))


def _two_meanings(
    nutrient: str,
    reading: Reading,
    *,
    held: Possible,
    itself: Possible,
    by_formula: str,
) -> list[str]:
    """What a figure is as a weight of compound, and as one of the nutrient."""
    if itself.elemental_mg != reading.compound_mg:
        return _two_weights(
            nutrient,
            reading,
            held=held,
            itself=itself,
            by_formula=by_formula,
        )
    figure = milligrams(reading.compound_mg or 0)
    most = _most(held, nutrient)
    in_serving = _in_serving(reading)
    as_compound = f"As a weight of compound, it contains {most}{by_formula}"
    as_nutrient = f"As {nutrient} itself, it is {figure}"
    as_nutrient = _ended(as_nutrient, against(itself.limits))
    needed = _needed(reading, held, by_formula)
    return [
        f"{figure}{in_serving} can mean two things: {most}, or {figure} of it.",
        _ended(as_compound, against(held.limits)),
        f"{as_nutrient} {needed}".rstrip(),
    ]


def _needed(reading: Reading, held: Possible, by_formula: str) -> str:
    """How much compound it takes, at least, if a figure is one of the nutrient.

    Of a compound with water in it, more is needed; of one with something richer in it, less, so
    the sentence says for which it holds. Nothing where no percentage is known.
    """
    weight = reading.compound_mg
    if not weight or not held.elemental_mg:
        return ""
    least = _rounded_down(weight * weight / held.elemental_mg)
    compound = "this compound"
    if len(reading.forms) > 1:
        compound = "these compounds"
    in_serving = _in_serving(reading)
    condition = by_formula or ", if pure"
    return f"That takes at least {least} of {compound}{in_serving}{condition}."


def _rounded_down(mg: float) -> str:
    """A weight that is not told to be more than it is: "25.7 g", "3.54 g", "709 mg"."""
    if mg < _GRAM:
        return milligrams(floor(mg))
    grams = mg / _GRAM
    parts = 10 if grams >= _TENTHS_ARE_ENOUGH else 100
    return f"{floor(grams * parts) / parts:g} g"


def _by_formula(table: Table, reading: Reading) -> str:
    """That "at most" follows from the formula, where a source prints more than that."""
    for form in table.forms:
        for compound in form.compounds:
            if compound.name in reading.compounds and prints_more(compound):
                return " by its formula"
    return ""


def _two_weights(
    nutrient: str,
    reading: Reading,
    *,
    held: Possible,
    itself: Possible,
    by_formula: str,
) -> list[str]:
    """What each of two weights means that cannot both be right."""
    elemental = milligrams(itself.elemental_mg or 0)
    compound = milligrams(reading.compound_mg or 0)
    as_nutrient = f"If the first is right, it is {elemental}"
    most = _most(held, nutrient)
    as_compound = f"If only the second is, it contains {most}{by_formula}"
    return [
        f"The line says {elemental} of {nutrient}, and {compound} of compound.",
        _ended(as_nutrient, against(itself.limits)),
        _ended(as_compound, against(held.limits)),
    ]


def _compound(
    nutrient: str,
    reading: Reading,
    held: Possible,
    by_formula: str,
) -> str:
    """What a weight of compound holds."""
    weight = milligrams(reading.compound_mg or 0)
    figure = f"{weight}{_in_serving(reading)}"
    most = _most(held, nutrient)
    contains = (
        f"{figure} is a weight of compound: it contains {most}{by_formula}"
    )
    return _ended(contains, against(held.limits))


def _most(held: Possible, nutrient: str) -> str:
    """How much of the nutrient a weight of compound holds at most."""
    if held.elemental_mg is None:
        return f"less {nutrient} than that"
    figure = milligrams(held.elemental_mg)
    return f"at most {figure} of {nutrient}"


def _in_serving(reading: Reading) -> str:
    """What an amount is in, where its name is more than a number: " in 2 capsules"."""
    serving = reading.serving or ""
    for character in serving:
        if character.isalpha():
            return f" in {serving}"
    return ""


def _ended(clause: str, standing: str) -> str:
    """A sentence, with how an amount stands to the upper levels, where there are some."""
    if not standing:
        return f"{clause}."
    return f"{clause}, {standing}."


def _levels(table: Table, rated: Sequence[Form]) -> Lengths:
    """The levels of forms: a row each, a sentence for each scale, the first sentence, nothing.

    A row each stands beside all cautions, and beside their number.
    """
    if not rated:
        return Lengths(((),))
    titles = ["Form"]
    sentences = []
    for scale_name, scale in table.scales.in_use().items():
        titles.append(scale.title)
        sentences.append(ranked(table, rated, scale_name))
    rows = [_level_row(table, form) for form in rated]
    whole = grid(rows, titles=tuple(titles))
    return Lengths(
        (
            whole,
            whole,
            cell(*sentences),
            cell(sentences[0]),
            (),
        )
    )


def _level_row(table: Table, form: Form) -> Row:
    levels = []
    for scale_name in table.scales.in_use():
        level = level_with_sources(table, form, scale_name)
        levels.append(level)
    return row(on_bottles(form), *levels)


def _details(
    table: Table,
    reading: Reading,
    forms: Sequence[Form],
) -> Lengths:
    """What else a reading says, a row each; at last only how much it leaves open.

    Before that, cautions give way to their number.
    """
    every_caution, counted_cautions = cautions(table, forms)
    compounds = ", ".join(reading.compounds)
    also_named = _also_named(table, reading)
    names = [
        row("No level", cell(_unrated(table, forms))),
        row("Compound", cell(compounds, *_of_mixtures(table, reading))),
        row("Also named", cell(also_named)),
    ]
    truth = _TRUTHS.get(reading.can_be_true, "")
    in_each = _in_each(table, reading)
    figures = [
        row("Can it be true?", cell(truth)),
        row("In each", cell(in_each)),
    ]
    hint = _how_labels_tell(table, reading)
    left_open = row("Left open", cell(*reading.unknown, hint))
    whole = grid([every_caution, *names, *figures, left_open])
    counted = grid([counted_cautions, *names, *figures, left_open])
    questions = count(len(reading.unknown), "question")
    how_many = row("Left open", cell(f"{questions}; --json has all of it"))
    short = grid([counted_cautions, *figures, how_many])
    return Lengths((whole, counted, counted, counted, short))


def _of_mixtures(table: Table, reading: Reading) -> Iterator[str]:
    """Whose levels stand there where the line names a mixture."""
    for form in table.forms:
        mixtures = []
        for compound in form.compounds:
            if compound.formula is None:
                mixtures.append(compound.name)
        is_named = not set(mixtures).isdisjoint(reading.compounds)
        if is_named and has_level(table, form):
            yield f"The levels are of {form.id} in general, not of this mixture."


def _unrated(table: Table, forms: Sequence[Form]) -> str:
    unrated = [form for form in forms if not has_level(table, form)]
    if not unrated:
        return ""
    return without_level(table, unrated)


def _how_labels_tell(table: Table, reading: Reading) -> str:
    """What tells the two meanings of a figure apart on a label."""
    has_two_meanings = len(reading.readings) > 1
    if not has_two_meanings or reading.rule == "impossible":
        return ""
    nutrient = table.nutrient
    line = f'"{nutrient.capitalize()} (as ...) N mg"'
    return f"In US Supplement Facts, {line} is {nutrient} itself."


def _also_named(table: Table, reading: Reading) -> str:
    """Names that are no form's: those that are only explained, and those of unknown compounds."""
    explained = {title_of(table, entry): entry for entry in table.explained}
    told = []
    unknown = []
    for name in reading.other_forms:
        if name in explained:
            typed = f"mgform show {explained[name].id}"
            told.append(f"{name}, which is no single form ({typed})")
        else:
            unknown.append(name)
    if unknown:
        told.append(f"{listed(unknown)}, which this table does not have")
    return "; ".join(told)


def _in_each(table: Table, reading: Reading) -> str:
    """What each piece holds, where somebody has told the serving."""
    if reading.each_mg is None:
        return ""
    figure = milligrams(reading.each_mg)
    return f"{figure} of {table.nutrient}, at {reading.serving}"
