"""``mgform disputes``: questions that the sources answer differently, and who says what."""

from collections.abc import Iterator, Sequence

from msgspec import structs

from mgform.answers.everything import dispute_grid, sources_grid
from mgform.answers.facts import forms_of
from mgform.answers.foot import with_foot
from mgform.names import Match
from mgform.notes import cited, concerning
from mgform.page import (
    Answer,
    Cell,
    Grid,
    Page,
    Paragraph,
    Span,
    Style,
    cell,
    paragraph,
    whichever_fits,
)
from mgform.said import remarks, said
from mgform.table import Dispute, Table
from mgform.words import count


def disputing(table: Table, matches: Sequence[Match]) -> Answer:
    """The questions that touch the forms, or all questions."""
    forms = forms_of(matches) or table.forms
    disputes, _ = concerning(table, forms)
    page = Page(
        answer=cell(_answer(disputes), *remarks(matches)),
        parts=(whichever_fits(_lengths(table, disputes)),),
        full=lambda: _in_full(table, disputes),
    )
    return Answer(
        page=lambda: with_foot(table, page),
        data=disputes,
        rows=list(map(structs.asdict, disputes)),
        ids=tuple(dispute.id for dispute in disputes),
    )


def _answer(disputes: Sequence[Dispute]) -> str:
    where = "nowhere"
    if disputes:
        where = f"on {count(len(disputes), 'question')}"
    return f"The sources contradict each other {where}."


def _lengths(table: Table, disputes: Sequence[Dispute]) -> Iterator[Cell]:
    """Each question above its positions, a line each; then the last ones without positions."""
    for shown in range(len(disputes), -1, -1):
        lines: list[Paragraph] = []
        for dispute in disputes[:shown]:
            lines.append(paragraph(Span(_question(dispute), Style.STRONG)))
            for position in dispute.positions:
                lines.append((Span("- "), *said(table, position)))
        for dispute in disputes[shown:]:
            number = len(dispute.positions)
            question = f"{dispute.question} ({number} positions)"
            lines.append(paragraph(Span(question, Style.STRONG)))
        yield tuple(lines)


def _question(dispute: Dispute) -> str:
    """A question, and how much is published on it."""
    number = len(dispute.published)
    if number == 0:
        return dispute.question
    return f"{dispute.question} ({number} published)"


def _in_full(table: Table, disputes: Sequence[Dispute]) -> Iterator[Grid]:
    for dispute in disputes:
        yield dispute_grid(table, dispute)
    yield sources_grid(table, cited(disputes))
