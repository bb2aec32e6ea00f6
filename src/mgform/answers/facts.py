"""What is said of forms, as cells and rows that several answers share."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from mgform.forms import SCALES, has_level, level_of
from mgform.names import Match
from mgform.notes import backing, concerning, is_thread
from mgform.page import (
    Cell,
    Grid,
    Paragraph,
    Row,
    Span,
    Style,
    cell,
    grid,
    paragraph,
    row,
)
from mgform.said import (
    all_said,
    finding,
    level_sources,
    level_word,
    meant,
    on_bottles,
    percentage,
    positions,
    said,
    said_first,
)
from mgform.table import (
    ABSORPTION,
    AMOUNT,
    CAUTION,
    Dispute,
    Form,
    Note,
    Table,
)
from mgform.visible import NO_BREAK
from mgform.words import count, listed

_DISPUTED = "*"


class Notes(Enum):
    """Which of the notes behind levels are shown; without a note, who says so."""

    ALL = auto()
    FIRST_SENTENCES = auto()  # of the first note of each level
    FIRST_SCALE = auto()  # the same, and none on the other scales
    NONE = auto()


class Published(Enum):
    """How much is shown of what is published."""

    WHOLE = auto()  # the first statements, and in whom it was studied
    FIRST_SENTENCES = auto()
    ONE = auto()  # the first sentence of one statement


class Fullness(NamedTuple):
    """How much a page shows of what supports its answer."""

    notes: Notes
    every_dispute: bool
    published: Published


FULLNESS = (
    Fullness(
        Notes.ALL,
        every_dispute=True,
        published=Published.WHOLE,
    ),
    Fullness(
        Notes.FIRST_SENTENCES,
        every_dispute=True,
        published=Published.WHOLE,
    ),
    Fullness(
        Notes.FIRST_SCALE,
        every_dispute=True,
        published=Published.WHOLE,
    ),
    Fullness(
        Notes.FIRST_SCALE,
        every_dispute=False,
        published=Published.WHOLE,
    ),
    Fullness(
        Notes.FIRST_SCALE,
        every_dispute=False,
        published=Published.FIRST_SENTENCES,
    ),
    Fullness(
        Notes.NONE,
        every_dispute=True,
        published=Published.WHOLE,
    ),
    Fullness(
        Notes.NONE,
        every_dispute=False,
        published=Published.WHOLE,
    ),
    Fullness(
        Notes.NONE,
        every_dispute=False,
        published=Published.FIRST_SENTENCES,
    ),
    Fullness(
        Notes.NONE,
        every_dispute=False,
        published=Published.ONE,
    ),
)
"""The lengths of a page: where a screen is too small, the notes give way first.

A caution never gives way.
"""


def forms_of(matches: Iterable[Match]) -> list[Form]:
    """The forms that were asked for."""
    return [match.form for match in matches]


def ids_of(forms: Iterable[Form]) -> tuple[str, ...]:
    """The ids of forms."""
    return tuple(form.id for form in forms)


def on_levels(table: Table, forms: Iterable[Form]) -> list[Dispute]:
    """The disputes on the table's first scale that name one of some forms."""
    form_ids = {form.id for form in forms}
    disputes = []
    for dispute in table.disputes:
        is_on_scale = dispute.about == table.scales.first()
        if is_on_scale and not form_ids.isdisjoint(dispute.forms):
            disputes.append(dispute)
    return disputes


def disagreements(disputes: Iterable[Dispute]) -> Iterator[str]:
    """What the mark on levels in a list of forms means, a line for each dispute."""
    for dispute in disputes:
        typed = f"mgform disputes {' '.join(dispute.forms)}"
        yield f"{_DISPUTED} Sources disagree on {listed(dispute.forms)}: {typed}"


def levels_grid(
    table: Table,
    matches: Sequence[Match],
    disputes: Sequence[Dispute],
) -> Grid:
    """Forms, a row each: their levels, who says so, and the nutrient in their usual compound.

    A scale on which none of them has a level is left out. A level on the first scale has a mark
    where one of the ``disputes`` is about it.
    """
    disputed = {form_id for dispute in disputes for form_id in dispute.forms}
    forms = forms_of(matches)
    told = []
    titles = ["Form"]
    for scale_name, scale in table.scales.in_use().items():
        if any(level_of(table, form, scale_name) for form in forms):
            told.append(scale_name)
            titles.append(scale.title)
    titles.append(table.nutrient.capitalize())
    rows = []
    for match in matches:
        cells = []
        for scale_name in told:
            is_first = scale_name == table.scales.first()
            is_marked = is_first and match.form.id in disputed
            level = level_with_sources(
                table,
                match.form,
                scale_name,
                mark=_DISPUTED if is_marked else "",
            )
            cells.append(level)
        cells.append(cell(percentage(table, meant(match))))
        rows.append(Row(_id_above_word(match.form), tuple(cells)))
    return grid(rows, titles=tuple(titles))


def _id_above_word(form: Form) -> Cell:
    """A form's id, and below it the word on bottles, so that the column stays narrow."""
    form_id, _, word = on_bottles(form).partition(" ")
    return cell(form_id, word)


def level_with_sources(
    table: Table,
    form: Form,
    scale_name: str,
    *,
    mark: str = "",
) -> Cell:
    """A level, and who says so; a mark stands at the word."""
    level = level_of(table, form, scale_name)
    if level is None:
        return cell("not rated")
    word = level_word(table.scales.in_use()[scale_name], level)
    return cell(paragraph(word, f"{mark} ", level_sources(table, level)))


def level_with_notes(
    table: Table,
    form: Form,
    scale_name: str,
    which: Notes,
) -> Cell:
    """A level, and the notes that it rests on as far as they are shown, else their sources."""
    notes = _notes_shown(table, form, scale_name, which)
    level = level_of(table, form, scale_name) if notes else None
    if level is None:
        return level_with_sources(table, form, scale_name)
    word = level_word(table.scales.in_use()[scale_name], level)
    if which is Notes.ALL:
        return cell(word, *notes)
    (first_note,) = notes
    return cell((word, Span(": "), *first_note))


def _notes_shown(
    table: Table,
    form: Form,
    scale_name: str,
    which: Notes,
) -> list[Paragraph]:
    """The notes behind a level, as far as they are shown."""
    is_first_scale = scale_name == table.scales.first()
    if which is Notes.FIRST_SCALE and not is_first_scale:
        return []
    if which is Notes.NONE:
        return []
    notes = backing(table, form, scale_name)
    if which is Notes.ALL:
        return [said(table, note) for note in notes]
    return [said_first(table, note) for note in notes[:1]]


def absorption(
    table: Table,
    form: Form,
    *,
    every_position: bool = True,
) -> Cell:
    """What threads say of how a form is absorbed; what is disputed of it comes first."""
    disputes, _ = concerning(table, [form])
    for dispute in disputes:
        if _is_on_absorption_of_some(dispute):
            if every_position:
                told = positions(table, dispute)
                return cell((Span("disputed: "), *told))
            return cell(f"disputed ({len(dispute.positions)} positions)")
    notes = []
    for note in table.notes_by_form[form.id]:
        if note.about == ABSORPTION and is_thread(table, note.source):
            notes.append(note)
    return all_said(table, notes)


def _is_on_absorption_of_some(dispute: Dispute) -> bool:
    """Whether a dispute is about how certain forms are absorbed."""
    return dispute.about == ABSORPTION and bool(dispute.forms)


def other_disputes(table: Table, form: Form) -> list[Dispute]:
    """The disputes that concern a form, but for those that stand beside its absorption.

    Those that name no form concern the forms that have a level, where they are about a scale or
    about forms in general; they come last.
    """
    disputes, _ = concerning(table, [form])
    naming = []
    general = []
    for dispute in disputes:
        if dispute.forms and not _is_on_absorption_of_some(dispute):
            naming.append(dispute)
        elif not dispute.forms and dispute.about in (None, *SCALES):
            general.append(dispute)
    return naming + general if has_level(table, form) else naming


def caution(table: Table, form: Form, *, only_own: bool) -> Cell:
    """The first caution on a form, its own before those for all, and what stands beside it."""
    notes = [*table.notes_by_form[form.id]]
    if not only_own:
        notes += table.general_notes
    for note in notes:
        if note.about == CAUTION:
            beside = [finding(table, said) for said in note.published]
            return cell(finding(table, note), *beside)
    return ()


def of_a_weight(table: Table, form: Form) -> Cell:
    """What stands beside a weight of a form: its own caution, else what is published of amounts."""
    own_caution = caution(table, form, only_own=True)
    if own_caution:
        return own_caution
    for note in table.notes_by_form[form.id]:
        if note.about == AMOUNT and not is_thread(table, note.source):
            return cell(finding(table, note))
    return ()


def cautions(table: Table, forms: Iterable[Form]) -> tuple[Row, Row]:
    """What stands beside weights of forms, in a row; and only how much that is, and where."""
    told: list[Paragraph] = []
    form_ids = []
    for form in forms:
        of_form = of_a_weight(table, form)
        if of_form:
            told += of_form
            form_ids.append(form.id)
    whole = row("Caution", cell(*dict.fromkeys(told)))
    counted = f"{count(len(form_ids), 'caution')}: mgform show"
    typed = f"{counted} {' '.join(form_ids)}" if form_ids else ""
    return whole, row("Caution", cell(typed))


def published(
    table: Table,
    note: Note,
    fullness: Fullness,
) -> Paragraph:
    """A published note, and in whom it was studied; at last its first sentence alone."""
    if fullness.published is Published.WHOLE:
        return finding(table, note)
    return said_first(table, note)


def with_more(whole: Paragraph, more: int, of: str = "") -> Paragraph:
    """A paragraph that ends with how many more there are: "... (12 more)"."""
    if not more:
        return whole
    return (*whole, Span(f" ({more}{NO_BREAK}more{of})", Style.FAINT))
