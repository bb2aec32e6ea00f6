"""``mgform list``: forms, a line each, and their order on the first scale."""

from collections.abc import Sequence

from mgform.answers.everything import everything
from mgform.answers.facts import (
    disagreements,
    ids_of,
    levels_grid,
    on_levels,
)
from mgform.answers.foot import with_foot
from mgform.comparison import ranked
from mgform.forms import has_level, leveled, profile
from mgform.names import Match, sentence_start
from mgform.page import Answer, Cell, Lengths, Page, cell
from mgform.said import said, sentence
from mgform.table import Form, Table
from mgform.words import count


def listing(table: Table, forms: Sequence[Form]) -> Answer:
    """Forms, a line each, and their order on the first scale."""
    profiles = [profile(table, form) for form in forms]
    return Answer(
        page=lambda: _page(table, forms),
        data=profiles,
        rows=profiles,
        ids=ids_of(forms),
    )


def _page(table: Table, forms: Sequence[Form]) -> Page:
    if not forms:
        none = f"None of the {count(len(table.forms), 'form')} matches."
        return with_foot(table, Page(cell(none)))
    matches = [Match(form, form.id, "id") for form in forms]
    disputes = on_levels(table, forms)
    levels = levels_grid(table, matches, disputes)
    key = cell(
        _key(table),
        *disagreements(disputes),
        _left_out(table, forms),
    )
    general = Lengths((_general_note(table), ()))
    page = Page(
        answer=cell(sentence(_answer(table, forms))),
        parts=(levels, key, general),
        full=lambda: (
            levels,
            key,
            _general_note(table),
            *everything(table, forms),
        ),
    )
    return with_foot(table, page)


def _answer(table: Table, forms: Sequence[Form]) -> str:
    """How the forms that have a level stand to each other, else how many there are."""
    with_level = [form for form in forms if has_level(table, form)]
    if with_level:
        return ranked(table, with_level)
    return f"{count(len(forms), 'form')} of {table.nutrient}."


def _key(table: Table) -> str:
    """What the marks and words in the list mean."""
    scales = table.scales.in_use().values()
    if not scales:
        return "%: by weight."
    ranges = []
    for scale in scales:
        mildest = scale.levels[0]
        strongest = scale.levels[-1]
        ranges.append(f"{mildest} to {strongest}")
    words = sentence_start(", ".join(ranges))
    return f"{words}: our words. [ ]: who says so. %: by weight."


def _left_out(table: Table, forms: Sequence[Form]) -> str:
    """How to see the forms without a level, where those with one are listed, and no others."""
    if set(ids_of(forms)) != set(ids_of(leveled(table))):
        return ""
    more = len(table.forms) - len(forms)
    if not more:
        return ""
    verb = "has" if more == 1 else "have"
    forms_left = count(more, "more form")
    return f"{forms_left} {verb} no level: mgform list --all"


def _general_note(table: Table) -> Cell:
    """The first note for every form that is about the first scale."""
    first_scale = table.scales.first()
    for note in table.general_notes:
        if note.about == first_scale:
            return cell(said(table, note))
    return ()
