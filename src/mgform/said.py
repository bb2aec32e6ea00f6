"""Statements, levels, percentages and sources as people read them, each with who says so."""

import re
from collections.abc import Iterable, Sequence

from mgform.forms import Level
from mgform.names import Match
from mgform.notes import marked
from mgform.page import Cell, Paragraph, Span, Style, cell, paragraph
from mgform.table import (
    Compound,
    Dispute,
    Form,
    Origin,
    Scale,
    Source,
    Statement,
    Table,
)
from mgform.visible import NO_BREAK
from mgform.words import count

_SHOWN_NAMES = 2
_ANYBODY = "people"
# Patterns are compiled when they are first used.
_BRACKETS = r"(\[[^\[\]]*\])"
_SENTENCE = r"(?s).+?[.!?](?=\s+[A-Z])"


def said(table: Table, statement: Statement) -> Paragraph:
    """A statement, and who says so."""
    return paragraph(f"{statement.text} ", mark(table, statement))


def all_said(table: Table, statements: Iterable[Statement]) -> Cell:
    """Statements below each other, each with who says so."""
    lines = [said(table, statement) for statement in statements]
    return cell(*lines)


def all_said_in_full(table: Table, statements: Iterable[Statement]) -> Cell:
    """The same in full."""
    lines = [said_in_full(table, statement) for statement in statements]
    return cell(*lines)


def said_first(table: Table, statement: Statement) -> Paragraph:
    """The first sentence of a statement, and who says so."""
    text = statement.text
    matched = re.match(_SENTENCE, text)
    if matched:
        text = matched[0]
    return paragraph(f"{text} ", mark(table, statement))


def positions(table: Table, dispute: Dispute) -> Paragraph:
    """The positions of a dispute in one line: ``worst [post-1], best [post-4]``."""
    spans: list[Span] = []
    for number, position in enumerate(dispute.positions):
        if number:
            spans += paragraph(", ")
        spans += said(table, position)
    return tuple(spans)


def finding(table: Table, statement: Statement) -> Paragraph:
    """What a study found, in whom, unless that is told or says nothing, and which one.

    "Oxide caused fewer complaints than citrate (164 people). [Schutten thesis]"
    """
    if statement.studied is None:
        return said(table, statement)
    in_whom, _, _ = statement.studied.partition(",")
    if in_whom == _ANYBODY or in_whom in statement.text:
        return said(table, statement)
    found = statement.text.removesuffix(".")
    return paragraph(f"{found} ({in_whom}). ", mark(table, statement))


def said_in_full(table: Table, statement: Statement) -> Paragraph:
    """A statement with its details, in whom it was studied, and whom its source relays."""
    parts = [statement.text]
    if statement.details:
        parts.append(statement.details)
    if statement.studied:
        parts.append(f"Studied: {statement.studied}")
    if statement.relays:
        parts.append(f"As said by: {statement.relays}")
    sentences = " ".join(_ended(part.strip()) for part in parts)
    return paragraph(f"{sentences} ", mark(table, statement))


def _ended(text: str) -> str:
    """A text with a full stop, unless it ends a sentence already."""
    if text.endswith((".", "?", "!")):
        return text
    return f"{text}."


def mark(table: Table, statement: Statement) -> Span:
    """Who says so: ``[post-4, hearsay]``."""
    hearsay = ", hearsay" if statement.relays else ""
    source = marked(
        table,
        [statement.source],
        statement.basis,
        remark=hearsay,
    )
    return Span(source, Style.FAINT)


def sentence(text: str) -> Paragraph:
    """A sentence in which the sources in brackets are faint."""
    spans = []
    for part in re.split(_BRACKETS, text):
        if part.startswith("["):
            spans.append(Span(part, Style.FAINT))
        else:
            spans.append(Span(part))
    return paragraph(*spans)


def level_word(scale: Scale, level: Level) -> Span:
    """A level and its mark, which shows its place on the scale: ``○ mild``, ``● strong``."""
    shape = "\u25d0"
    style = Style.MIDDLE
    if level.rank == 0:
        shape = "\u25cb"
        style = Style.LOWEST
    elif level.rank == len(scale.levels) - 1:
        shape = "\u25cf"
        style = Style.HIGHEST
    return Span(f"{shape}{NO_BREAK}{level.word}", style)


def level_sources(table: Table, level: Level) -> Span:
    """Who a level rests on: ``[our reading of post-4]``."""
    return Span(marked(table, level.sources, level.basis), Style.FAINT)


def percentage(
    table: Table,
    compound: Compound | None,
    of: str = "",
) -> Paragraph:
    """The nutrient's share in a compound: computed, else as a source prints it, else not known.

    ``of`` stands behind the figure: "by weight".
    """
    if compound is None:
        return paragraph("not known")
    is_computed = compound.basis is Origin.COMPUTED
    if compound.elemental_percent is not None and is_computed:
        return paragraph(f"{compound.elemental_percent:.2f} %{of}")
    if not printed(compound) or compound.source is None:
        return paragraph("not known")
    return paragraph(f"{printed(compound)}{of} ", _printer(table, compound))


def printed(compound: Compound) -> str:
    """What a source prints of a compound: ``12 %`` or ``18 to 20 %``; nothing if it prints none."""
    least = compound.printed_percent
    most = compound.printed_percent_most
    if least is None and compound.basis is Origin.PRINTED:
        least = compound.elemental_percent
    if least is None:
        return ""
    if most is None:
        return f"{least:g} %"
    return f"{least:g} to {most:g} %"


def prints_more(compound: Compound) -> bool:
    """Whether a source prints more of a compound than its formula gives."""
    computed = compound.elemental_percent
    most = compound.printed_percent_most
    if computed is None or most is None or compound.source is None:
        return False
    return most > computed


def printed_by(table: Table, compound: Compound) -> Paragraph:
    """What a source prints of a compound, and which one."""
    if compound.source is None:
        return paragraph(printed(compound))
    return paragraph(f"{printed(compound)} ", _printer(table, compound))


def _printer(table: Table, compound: Compound) -> Span:
    sources = []
    if compound.source:
        sources.append(compound.source)
    return Span(marked(table, sources), Style.FAINT)


def usual(form: Form) -> Compound | None:
    """The usual compound of a form, which stands first, if the table names one."""
    if form.compounds:
        return form.compounds[0]
    return None


def meant(match: Match) -> Compound | None:
    """The compound whose percentage is shown: the one that was asked for, else the usual one."""
    return match.compound or usual(match.form)


def reference(source: Source) -> Paragraph:
    """A source as it is cited, with links to where it is found."""
    parts: list[str | Span] = [source.citation]
    if source.doi is not None:
        address = f"https://doi.org/{source.doi}"
        parts += [" ", Span(f"doi:{source.doi}", link=address)]
    if source.pmid is not None:
        address = f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"
        parts += [" ", Span(f"PMID {source.pmid}", link=address)]
    if source.url is not None:
        parts += [" ", Span(source.url, link=source.url)]
    return paragraph(*parts)


def on_bottles(form: Form) -> str:
    """A form's id, with the word on bottles where that is another: "chelate (glycinate)"."""
    word = bottle_word(form)
    if word == form.id:
        return form.id
    return f"{form.id} ({word})"


def bottle_word(form: Form) -> str:
    """The word by which bottles name a form: "glycinate" for chelate; its id, if they have that."""
    if not form.members:
        return form.id
    word = form.members[0]
    return form.id if form.id in word.casefold() else word


def is_mixture(match: Match) -> bool:
    """Whether a name means a mixture, which has no formula: "buffered glycinate"."""
    return match.compound is not None and match.compound.formula is None


def few(names: Sequence[str]) -> str:
    """The first names, and how many more there are: "magnesium citrate, mag citrate and 4 more"."""
    shown = ", ".join(names[:_SHOWN_NAMES])
    more = len(names) - _SHOWN_NAMES
    if more <= 0:
        return shown
    return f"{shown} and {count(more, 'more name')}"


def remarks(matches: Sequence[Match]) -> list[Paragraph]:
    """What a reader must be told of the names that were asked for, each once."""
    told = []
    for match in matches:
        if match.remark is not None:
            told.append(paragraph(match.remark))
    return list(dict.fromkeys(told))
