"""The answer of ``compare``: forms side by side, and which of them is gentler."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from mgform import records
from mgform.hints import one_of
from mgform.model import Compound, Dispute, Form, Note, Table
from mgform.page import Cell, Line, Page, Said, Sheet, attributed, levelled, page, plain
from mgform.query import Comparison, Level, Placed, Row, Verdict, corrections_about, disputes_about
from mgform.records import Record
from mgform.reports.cells import (
    MORE_DETAILS,
    corrections_cell,
    disputes_cell,
    elemental_cell,
    field_title,
    notes_cell,
    split_by_kind,
    topic_title,
)
from mgform.reports.report import Report, remarks_on
from mgform.vocabulary import Kind, Topic


@dataclass(frozen=True)
class SideBySide(Report):
    """A comparison, attribute by attribute; ``shortened`` says that details were left away."""

    table: Table
    comparison: Comparison
    shortened: bool = False

    @property
    def remarks(self) -> tuple[str, ...]:
        return remarks_on(self.comparison.matches)

    def data(self) -> Any:
        forms = self.comparison.forms
        return {
            "forms": [
                {"id": match.form.id, "name": match.form.name, "asked_as": match.asked, "matched": match.role}
                for match in self.comparison.matches
            ],
            "about": list(self.comparison.about),
            "rows": [_row_data(row) for row in self.comparison.rows],
            "verdict": self._verdict(),
            "disputes": [records.disputed(each) for each in disputes_about(self.table, forms)],
            "corrections": [records.correction(each) for each in corrections_about(self.table, forms)],
        }

    def _verdict(self) -> Record:
        verdict = self.comparison.verdict
        return {
            "sentence": sentence(self.table, verdict),
            "separates": verdict.separates,
            "scale": verdict.scale,
            "ranks": [
                {"level": rank[0].level.word, "forms": [_placed(each) for each in rank]} for rank in verdict.ranks
            ],
            "unplaced": [form.id for form in verdict.unplaced],
        }

    def header(self) -> Sequence[str]:
        return ["field", "differs", *(f"{form.id}{key}" for form in self.comparison.forms for key in _KEYS)]

    def rows(self) -> Iterable[Record]:
        data = self.data()
        names = {form.id: form.name for form in self.comparison.forms}
        yield self._flat("name", True, names, {}, {})
        in_full = {each["id"]: each for each in (*data["disputes"], *data["corrections"])}
        for row in data["rows"]:
            values = row["values"]
            if row["field"] in ("disputes", "corrections"):
                values = {form: [in_full[each] for each in ids] for form, ids in values.items()}
            yield self._flat(row["field"], row["differs"], values, row.get("basis", {}), row.get("sources", {}))
        yield self._flat_verdict(data["verdict"])

    def _flat(self, field: str, differs: bool, values: Record, basis: Record, sources: Record) -> Record:
        record: Record = {"field": field, "differs": differs}
        for form in (form.id for form in self.comparison.forms):
            cells = (values.get(form), basis.get(form), sources.get(form))
            record |= dict(zip((f"{form}{key}" for key in _KEYS), cells, strict=True))
        return record

    def _flat_verdict(self, verdict: Record) -> Record:
        """The verdict as a row: 1 for the gentlest forms, 2 for the next."""
        ranked = {form["id"]: (rank, form) for rank, group in enumerate(verdict["ranks"], 1) for form in group["forms"]}
        return self._flat(
            "verdict",
            verdict["separates"],
            {form: rank for form, (rank, _) in ranked.items()},
            {form: placed["basis"] for form, (_, placed) in ranked.items()},
            {form: placed["sources"] for form, (_, placed) in ranked.items()},
        )

    def page(self) -> Page:
        closing = [sentence(self.table, self.comparison.verdict)]
        if not self.comparison.rows:
            closing.insert(0, "The table has nothing in which these forms differ.")
        title = f"{one_of(form.name for form in self.comparison.forms)}, compared"
        return page(
            self.table,
            title,
            self._sheets(),
            remarks=self.remarks,
            closing=closing,
            sources=self.comparison.verdict.sources,
            more=self._more(),
        )

    def _more(self) -> Iterator[str]:
        if self.shortened:
            yield MORE_DETAILS
        notes = {note for form in self.comparison.forms for note in form.notes}
        about = {note.about for note in notes} - {*self.comparison.about}
        if about:
            yield f"other topics ({', '.join(topic for topic in Topic if topic in about)}): --about all"

    def _sheets(self) -> Iterator[Sheet]:
        """The thread's story side by side, then what is published, and where the sources disagree."""
        rows = {row.field: row for row in self.comparison.rows}
        if lines := tuple(self._lines(rows)):
            yield Sheet(("", *(form.id for form in self.comparison.forms)), lines, compares=True)
        if published := tuple(self._published(rows)):
            yield Sheet(("", ""), published, "In published sources")
        if "disputes" in rows:
            disputes = disputes_about(self.table, self.comparison.forms)
            yield Sheet(("",), tuple(self._dispute(each) for each in disputes), "In dispute (mgform disputes)")

    def _lines(self, rows: dict[str, Row]) -> Iterator[Line]:
        """A line a topic, the levels first and the thread's notes below them; then the percentages."""
        for topic in Topic:
            level, notes = rows.get(topic), self._told(rows.get(f"notes.{topic}"), Kind.THREAD)
            cells = [(*self._level(level, form), *notes_cell(notes[form.id])) for form in self.comparison.forms]
            if any(cells):
                differs = level.differs if level else len({*map(tuple, notes.values())}) > 1
                yield self._line(topic_title(self.table, topic), cells, differs=differs)
        if row := rows.get("elemental_percent"):
            cells = [elemental_cell(self.table, form) for form in self.comparison.forms]
            yield self._line(field_title(self.table, "elemental"), cells, differs=row.differs)

    def _line(self, title: str, cells: Iterable[Cell], *, differs: bool) -> Line:
        return Line((plain(title), *(cell or plain("-") for cell in cells)), differs)

    def _level(self, row: Row | None, form: Form) -> Cell:
        return levelled(self.table, row.field, row.values[form.id]) if row else ()

    def _told(self, row: Row | None, kind: Kind) -> dict[str, list[Note]]:
        """The notes of a row that come from sources of a kind, by form."""
        notes = row.values if row else {}
        return {form.id: split_by_kind(self.table, notes.get(form.id, ()))[kind] for form in self.comparison.forms}

    def _published(self, rows: dict[str, Row]) -> Iterator[Line]:
        """What is published, a line a topic, and what it corrects."""
        for topic in Topic:
            told = self._told(rows.get(f"notes.{topic}"), Kind.REFERENCE)
            if cell := tuple(self._paragraphs(told)):
                yield Line((plain(topic_title(self.table, topic)), cell))
        if "corrections" in rows:
            cell = corrections_cell(corrections_about(self.table, self.comparison.forms))
            yield Line((plain(field_title(self.table, "corrections")), cell))

    def _paragraphs(self, told: dict[str, list[Note]]) -> Iterator[Said]:
        """Each statement once: a paragraph for each set of forms of which something is said."""
        groups: dict[tuple[str, ...], list[Note]] = {}
        for note in dict.fromkeys(note for notes in told.values() for note in notes):
            forms = tuple(form for form, notes in told.items() if note in notes)
            groups.setdefault(forms, []).append(note)
        for forms, notes in groups.items():
            first, *others = notes_cell(notes)
            yield first._replace(lead="all:" if len(forms) == len(told) else f"{', '.join(forms)}:")
            yield from (said._replace(follows=True) for said in others)

    def _dispute(self, dispute: Dispute) -> Line:
        """A dispute, and of which of the forms it is, unless it is of all."""
        touched = [form.id for form in self.comparison.forms if form.id in dispute.forms]
        question, *positions = disputes_cell([dispute])
        return Line(((question._replace(lead=f"{', '.join(touched)}:" if touched else ""), *positions),))


_KEYS = ("", "_basis", "_sources")


def _row_data(row: Row) -> Record:
    """A row of the comparison; one of levels says on what each rests."""
    values = row.values.values()
    if any(isinstance(value, Compound) for value in values):
        usual = {form: compound and records.compound(compound) for form, compound in row.values.items()}
        return {
            "field": row.field,
            "values": {form: compound and compound["elemental_percent"] for form, compound in usual.items()},
            "differs": row.differs,
            "basis": {form: compound and compound["basis"] for form, compound in usual.items()},
            "sources": {
                form: [compound["source"]] if compound and compound["source"] else []
                for form, compound in usual.items()
            },
        }
    if any(isinstance(value, Level) for value in values):
        return {
            "field": row.field,
            "values": {form: level and level.word for form, level in row.values.items()},
            "differs": row.differs,
            "basis": {form: level and level.basis for form, level in row.values.items()},
            "sources": {form: level.sources if level else () for form, level in row.values.items()},
        }
    return {
        "field": row.field,
        "values": {
            form: [records.note(each) if isinstance(each, Note) else each for each in value]
            for form, value in row.values.items()
        },
        "differs": row.differs,
    }


def _placed(placed: Placed) -> Record:
    return {"id": placed.form.id, "basis": placed.level.basis, "sources": placed.level.sources}


def sentence(table: Table, verdict: Verdict) -> str:
    """Which form is gentler and according to whom, or that the table does not tell."""
    if verdict.scale is None or not verdict.ranks:
        return "The table has no levels by which one of these would be gentler."
    levels = "; ".join(_levels(verdict.placed))
    if verdict.unplaced:
        levels += f"; no level for {_names(verdict.unplaced)}"
    return f"{_order(verdict)} {field_title(table, verdict.scale)}: {levels}."


def _order(verdict: Verdict) -> str:
    """The order of gentleness in words: "a and b are gentler than c, and c than d"."""
    if not verdict.separates:
        forms = [*(placed.form for placed in verdict.placed), *verdict.unplaced]
        return f"The table does not separate {_names(forms)}."
    names = [_names(placed.form for placed in rank) for rank in verdict.ranks]
    first, *others = (f"{gentler} than {other}" for gentler, other in pairwise(names))
    verb = "are" if len(verdict.ranks[0]) > 1 else "is"
    first = first.replace(" than ", f" {verb} gentler than ", 1)
    return f"According to {one_of(verdict.sources)}, {', and '.join([first, *others])}."


def _levels(placed: Iterable[Placed]) -> Iterator[str]:
    """Forms with the same level on the same grounds, and that level."""
    for level, group in groupby(placed, key=attrgetter("level")):
        yield f"{_names(each.form for each in group)} {attributed(level).whole}"


def _names(forms: Iterable[Form]) -> str:
    return one_of(form.id for form in forms)
