"""``mgform disputes``: questions that the sources answer differently, and who says what."""

from collections.abc import Iterator, Sequence

from msgspec import structs

from mgform.answers.everything import cited, dispute_grid, sources_grid
from mgform.answers.facts import forms_of
from mgform.answers.foot import with_foot
from mgform.names import Match
from mgform.notes import concerning
from mgform.page import (
    Answer,
    Cell,
    Grid,
    Lengths,
    Page,
    Paragraph,
    Span,
    Style,
    cell,
    paragraph,
)
from mgform.said import remarks, said
from mgform.table import Dispute, Table
from mgform.words import count


def disputing(table: Table, matches: Sequence[Match]) -> Answer:
    """The questions that touch the forms, or all questions."""
    disputes, _ = concerning(table, forms_of(matches) or table.forms)
    where = f"on {count(len(disputes), 'question')}" if disputes else "nowhere"
    answer = f"The sources contradict each other {where}."
    lines = Lengths((_with_positions(table, disputes), _questions(disputes)))
    page = Page(
        answer=cell(answer, *remarks(matches)),
        parts=(lines,),
        full=lambda: _in_full(table, disputes),
    )
    return Answer(
        with_foot(table, page),
        data=disputes,
        rows=[structs.asdict(dispute) for dispute in disputes],
        ids=tuple(dispute.id for dispute in disputes),
    )


def _with_positions(table: Table, disputes: Sequence[Dispute]) -> Cell:
    """Each question above its positions, a line each."""
    lines: list[Paragraph] = []
    for dispute in disputes:
        number = len(dispute.published)
        more = (
            f" ({count(number, 'published statement')} on it)" if number else ""
        )
        lines.append(paragraph(Span(f"{dispute.question}{more}", Style.STRONG)))
        lines += [
            (Span("- "), *said(table, position))
            for position in dispute.positions
        ]
    return tuple(lines)


def _in_full(table: Table, disputes: Sequence[Dispute]) -> Iterator[Grid]:
    for dispute in disputes:
        yield dispute_grid(table, dispute)
    yield sources_grid(table, cited(disputes))


def _questions(disputes: Sequence[Dispute]) -> Cell:
    """The questions alone, and how many positions there are."""
    return cell(
        *(
            f"{dispute.question} ({len(dispute.positions)} positions)"
            for dispute in disputes
        )
    )
