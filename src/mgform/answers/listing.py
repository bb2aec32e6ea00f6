"""``mgform list``: forms, a line each, and their order on the first scale."""

from collections.abc import Iterable, Sequence

from mgform.answers.everything import everything
from mgform.answers.facts import (
    disagreements,
    ids_of,
    levels_grid,
    on_levels,
)
from mgform.answers.foot import with_foot
from mgform.comparison import in_year, ranked
from mgform.forms import has_level, level_of, profile
from mgform.names import Match, sentence_start
from mgform.page import Answer, Cell, Lengths, Page, cell
from mgform.said import said, sentence
from mgform.table import Form, Kind, Table
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
    key = cell(_key(table), _left_out(table, forms))
    general = Lengths((_general_note(table), ()))
    page = Page(
        answer=cell(sentence(_answer(table, forms)), *disagreements(disputes)),
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
    """How the forms that have a level stand to each other, and on how many sources that rests.

    Where none has a level, how many forms there are.
    """
    with_level = [form for form in forms if has_level(table, form)]
    if with_level:
        ranking = ranked(table, with_level)
        return f"{ranking} {_rests_on(table, with_level)}".rstrip()
    return f"{count(len(forms), 'form')} of {table.nutrient}."


def _rests_on(table: Table, forms: Iterable[Form]) -> str:
    """On how many messages of which year all levels rest; nothing where others back some."""
    source_ids: set[str] = set()
    for form in forms:
        for scale_name in table.scales.in_use():
            level = level_of(table, form, scale_name)
            if level:
                source_ids.update(level.sources)
    sources = [table.sources_by_id[source_id] for source_id in source_ids]
    if not sources or any(source.kind is not Kind.THREAD for source in sources):
        return ""
    messages = "one message"
    if len(sources) > 1:
        messages = count(len(sources), "message")
    return f"All levels come from {messages}{in_year(sources)}."


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
    """How to see the forms without a level, where only some with one are listed."""
    if not all(has_level(table, form) for form in forms):
        return ""
    unrated = [form for form in table.forms if not has_level(table, form)]
    more = len(unrated)
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
