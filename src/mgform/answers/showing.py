"""``mgform show``: what is said of a form."""

from collections.abc import Iterator, Sequence

from mgform.answers.everything import everything
from mgform.answers.facts import (
    FULLNESS,
    Fullness,
    Published,
    absorption,
    caution,
    forms_of,
    ids_of,
    level_with_notes,
    level_with_sources,
    other_disputes,
    published,
)
from mgform.answers.foot import with_foot
from mgform.comparison import level_clause, without_level
from mgform.forms import has_level, level_of, profile
from mgform.names import Match, sentence_start
from mgform.notes import concerning, is_thread
from mgform.page import (
    Answer,
    Cell,
    Grid,
    Lengths,
    Page,
    Paragraph,
    Part,
    Row,
    Span,
    Style,
    cell,
    grid,
    row,
    whichever_fits,
)
from mgform.said import (
    all_said,
    bottle_word,
    few,
    is_mixture,
    meant,
    percentage,
    sentence,
    usual,
)
from mgform.search import mentions, stems
from mgform.table import CAUTION, Form, Note, Table
from mgform.visible import NO_BREAK
from mgform.words import count, shown

_SHOWN_STATEMENTS = 2
_MORE_STATEMENTS = (6, 5, 4, 3)
"""How many are shown where lines are free."""
_SHOWN_OF_NAME = 3


def showing(table: Table, matches: Sequence[Match]) -> Answer:
    """One form or several, one after the other."""
    forms = forms_of(matches)
    first, *others = matches
    digest: list[Part] = [_digest(table, first)]
    if others:
        digest = _one_after_the_other(table, matches)
    page = Page(
        answer=_heading(table, first),
        parts=tuple(digest),
        full=lambda: (*digest, *everything(table, forms)),
    )
    profiles = [profile(table, form) for form in forms]
    return Answer(
        page=lambda: with_foot(table, page),
        data=profiles if others else profiles[0],
        rows=profiles,
        ids=ids_of(forms),
    )


def _one_after_the_other(table: Table, matches: Sequence[Match]) -> list[Part]:
    """What is said of several forms, which takes more than one screen."""
    parts: list[Part] = []
    for match in matches:
        if parts:
            parts.append(_heading(table, match))
        of_name = _of_name(table, match)
        parts.append(grid(_rows(table, match, of_name, FULLNESS[0])))
    return parts


def _heading(table: Table, match: Match) -> Cell:
    """A form's level in a sentence, and what must be told of the name that was asked for.

    That comes first where the form has no level, and where the name means a mixture: its level is
    that of something else.
    """
    level = _level_sentence(table, match.form)
    remark = _remark(match)
    if remark and not has_level(table, match.form):
        return cell(_strong(remark), level)
    if match.compound is None:
        return cell(_strong(level), remark)
    if is_mixture(match):
        return _of_a_mixture(match, level)
    in_general = f"The level is that of {match.form.id} in general."
    return cell(_strong(level), f"{remark} {in_general}".strip())


def _of_a_mixture(match: Match, level: str) -> Cell:
    """That a name means no plain compound, and that the level is that of the form in general."""
    form = match.form
    name = sentence_start(shown(match.asked))
    what = [f"{name} is not plain {bottle_word(form)}."]
    if match.compound and match.compound.remark:
        what.append(match.compound.remark)
    told = [
        level,
        f"That is {form.id} in general: no source here rates this mixture.",
    ]
    if match.remark:
        told.insert(0, match.remark)
    return cell(_strong(" ".join(what)), sentence(" ".join(told)))


def _remark(match: Match) -> str:
    """What must be told of a name, and of the one compound that it means."""
    remarks = [match.remark]
    if match.compound is not None:
        remarks.append(match.compound.remark)
    return " ".join(remark for remark in remarks if remark)


def _strong(text: str) -> Paragraph:
    """A sentence that stands out, in which the sources in brackets are faint."""
    spans = []
    for span in sentence(text):
        if span.style is Style.PLAIN:
            spans.append(span._replace(style=Style.STRONG))
        else:
            spans.append(span)
    return tuple(spans)


def _level_sentence(table: Table, form: Form) -> str:
    for scale_name in table.scales.in_use():
        level = level_of(table, form, scale_name)
        if level:
            return level_clause(table, form, level, scale_name)
    return without_level(table, [form])


def _digest(table: Table, match: Match) -> Lengths:
    """A line for each thing that a person asks first."""
    return whichever_fits(_in_lengths(table, match))


def _in_lengths(table: Table, match: Match) -> Iterator[Grid]:
    """The same with more statements than usual, then with less and less of everything."""
    of_name = _of_name(table, match)
    for statements in _MORE_STATEMENTS:
        yield grid(_rows(table, match, of_name, FULLNESS[0], statements))
    for fullness in FULLNESS:
        yield grid(_rows(table, match, of_name, fullness))


def _rows(
    table: Table,
    match: Match,
    of_name: Sequence[Note],
    fullness: Fullness,
    statements: int = _SHOWN_STATEMENTS,
) -> Iterator[Row]:
    form = match.form
    yield row("Also called", cell(_names(form)))
    first_scale = next(iter(table.scales.in_use()), None)
    for scale_name, scale in table.scales.in_use().items():
        if scale_name != first_scale and fullness.published is Published.ONE:
            continue
        if not level_of(table, form, scale_name):
            continue
        if is_mixture(match):
            yield row(scale.title, _level_in_general(table, form, scale_name))
        else:
            level = level_with_notes(table, form, scale_name, fullness.notes)
            yield row(scale.title, level)
    yield row("Absorption", absorption(table, form))
    yield row(table.nutrient.capitalize(), cell(_share(table, match)))
    yield _first_published(table, match, of_name, fullness, statements)
    told = caution(table, form, only_own=False)
    yield row("Caution", told if fullness is FULLNESS[0] else told[:1])
    yield row("Disputed", _disputes(table, form, fullness))
    _, corrections = concerning(table, [form])
    right = [correction.published[0] for correction in corrections]
    yield row("Corrected", all_said(table, right))


def _level_in_general(table: Table, form: Form, scale_name: str) -> Cell:
    """What a mixture with a form has in place of a level: that of the form in general."""
    (level,) = level_with_sources(table, form, scale_name)
    lead = Span(f"not rated for this mixture; {form.id} in general: ")
    return cell((lead, *level))


def _names(form: Form) -> str:
    """The names of a form but its id."""
    names = (form.name, *form.aliases, *form.members)
    others = [name for name in names if name != form.id]
    return few(others)


def _share(table: Table, match: Match) -> Paragraph:
    """The nutrient's share, and in which compound; beside that of a mixture, the plain one's."""
    compound = meant(match)
    of = f" by weight of {compound.name}" if compound else ""
    share = percentage(table, compound, of=of)
    plain = usual(match.form)
    if plain is None or plain == compound or not is_mixture(match):
        return share
    beside = Span(f"; plain {plain.name}: ")
    return (*share, beside, *percentage(table, plain))


def _first_published(
    table: Table,
    match: Match,
    of_name: Sequence[Note],
    fullness: Fullness,
    statements: int,
) -> Row:
    """The first published statements on a form, those on the first scale before the others."""
    notes = _with_those_of_name(_published(table, match.form), of_name, match)
    shown = statements
    if len(of_name) > 1:
        shown = max(statements, _SHOWN_OF_NAME)
    if fullness.published is Published.ONE:
        shown = 1
    title = "Published"
    if len(notes) > shown:
        title = f"Published: {shown}{NO_BREAK}of{NO_BREAK}{len(notes)}"
    told = [published(table, note, fullness) for note in notes[:shown]]
    return row(title, cell(*told))


def _with_those_of_name(
    notes: Sequence[Note],
    of_name: Sequence[Note],
    match: Match,
) -> list[Note]:
    """The notes on a form and those on the very name, which stand behind the first one.

    Of a mixture they stand before all: the others are about what it is mixed from.
    """
    before = [] if is_mixture(match) or not of_name else notes[:1]
    return list(dict.fromkeys([*before, *of_name, *notes]))


def _of_name(table: Table, match: Match) -> list[Note]:
    """The published notes for people who ask by the very name: baths, for Epsom salt.

    Notes on the first scale, which stand first anyway, are left out.
    """
    asked = stems(match.asked)
    first_scale = table.scales.first()
    notes = []
    for note in table.notes:
        if note.about in (CAUTION, first_scale):
            continue
        if is_thread(table, note.source):
            continue
        if _has_keyword(note, asked):
            notes.append(note)
    return notes


def _has_keyword(note: Note, roots: set[str]) -> bool:
    """Whether a note has a keyword of just these words, by their stems."""
    together = "\n".join(note.keywords)
    if not all(mentions(together, root) for root in roots):
        return False
    return any(stems(keyword) == roots for keyword in note.keywords)


def _published(table: Table, form: Form) -> list[Note]:
    """What is published on a form's first scale, then what studies found of anything else.

    Where that is too little for a screen, what else is published of this form by name.
    """
    first_scale = table.scales.first()
    on_scale = []
    found = []
    others = []
    for note in table.notes_by_form[form.id]:
        if is_thread(table, note.source) or note.about == CAUTION:
            continue
        if note.about == first_scale:
            on_scale.append(note)
        elif table.sources_by_id[note.source].study:
            found.append(note)
        else:
            others.append(note)
    first = on_scale + found
    return first if len(first) >= _SHOWN_STATEMENTS else first + others


def _disputes(
    table: Table,
    form: Form,
    fullness: Fullness,
) -> Cell:
    """The questions that are disputed, a line each, or how many there are."""
    others = other_disputes(table, form)
    if fullness.every_dispute or len(others) <= 1:
        return cell(*(dispute.question for dispute in others))
    disputes, _ = concerning(table, [form])
    questions = count(len(disputes), "question")
    return cell(f"{questions}: mgform disputes {form.id}")
