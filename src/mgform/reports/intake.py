"""The answers of ``dose``: the element in amounts of forms, and the amounts that hold so much of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mgform import records
from mgform.dose import Label, Part, Range, Standing, elemental, needed, standing
from mgform.hints import one_of
from mgform.model import Compound, Note, Table
from mgform.names import Match
from mgform.page import Cell, Line, Page, Said, Sheet, page, plain, stated
from mgform.records import Record
from mgform.reports.cells import field_title, notes_cell, percentage
from mgform.reports.report import Report, remarks_on
from mgform.vocabulary import Basis, Topic

_KEYS = (
    *("row", "form", "asked_as", "matched", "compound", "formula", "elemental_percent", "basis", "source", "remark"),
    *("compound_mg", "elemental_mg", "least_mg", "most_mg", "standing", "text", "details", "studied", "relays"),
)
_STANDS = {
    Standing.BELOW: "below it",
    Standing.AT: "exactly it",
    Standing.ABOVE: "above it",
    Standing.DEPENDS: "below or above it, by compound",
}


def rounded(amount: Decimal) -> Decimal:
    """An amount in mg to a tenth, or to three digits where it is less than one."""
    step = Decimal("0.1") if amount >= 1 else Decimal(1).scaleb(amount.adjusted() - 2)
    return amount.quantize(step, ROUND_HALF_UP)


def mg(amount: Decimal) -> str:
    """An amount as people write it: ``161.6 mg``, ``300 mg``."""
    return f"{rounded(amount).normalize():f} mg"


def span(amount: Range) -> str:
    """A range as people write it, the usual amount first."""
    if mg(amount.least) == mg(amount.most):
        return mg(amount.usual)
    return f"{mg(amount.usual)} ({mg(amount.least).removesuffix(' mg')} to {mg(amount.most)}, by compound)"


def number(amount: Decimal) -> float:
    """An amount as JSON has it."""
    return float(rounded(amount))


def range_record(amount: Range) -> Record:
    """A range as JSON has it."""
    return {"usual": number(amount.usual), "least": number(amount.least), "most": number(amount.most)}


def divided(amount: Range, times: int) -> Range:
    """A day's amount in so many equal portions."""
    return Range(amount.usual / times, amount.least / times, amount.most / times)


@dataclass(frozen=True)
class Dose(Report):
    """What both answers have: an amount of the element, portions, and the upper levels beside it."""

    table: Table
    total: Range
    times: int

    def _shared_data(self) -> Record:
        caution = self.table.upper_levels_caution
        return {
            "elemental_mg": range_record(self.total),
            "times": self.times,
            "each_time_mg": range_record(divided(self.total, self.times)),
            "upper_levels": [
                {
                    "region": level.region,
                    "mg": level.mg,
                    "standing": standing(self.total, level),
                    "counts": level.counts,
                    "source": level.source,
                    "basis": level.basis,
                }
                for level in self.table.upper_levels
            ],
            "upper_levels_caution": records.statement(caution) if caution else None,
            "amounts": [records.note(note) for note in self._amounts()],
        }

    def _amounts(self) -> list[Note]:
        """The daily amounts that sources relay or recommend."""
        return [note for note in self.table.notes if note.about is Topic.AMOUNT]

    def header(self) -> Sequence[str]:
        return _KEYS

    def _row(self, kind: str, **values: Any) -> Record:
        return dict.fromkeys(_KEYS) | {"row": kind} | values

    def _shared_rows(self) -> Iterator[Record]:
        for kind, amount in (("total", self.total), ("each time", divided(self.total, self.times))):
            found = range_record(amount)
            yield self._row(kind, elemental_mg=found["usual"], least_mg=found["least"], most_mg=found["most"])
        for level in self._shared_data()["upper_levels"]:
            yield self._row(
                "upper level",
                form=level["region"],
                elemental_mg=level["mg"],
                standing=level["standing"],
                text=level["counts"],
                source=level["source"],
                basis=level["basis"],
            )
        if caution := self.table.upper_levels_caution:
            yield self._row("caution", **records.statement(caution))
        for note in self._amounts():
            for said in (note, *note.published):
                yield self._row("daily amount", **records.statement(said))

    def _portions(self) -> tuple[str, ...]:
        if self.times == 1:
            return ()
        return (f"In {self.times} portions over the day: {span(divided(self.total, self.times))} each.",)

    def _shared_sheets(self) -> Iterator[Sheet]:
        """How the total stands to the upper levels, and the daily amounts that sources name."""
        if lines := tuple(self._upper_levels()):
            yield Sheet(("", ""), lines, "Upper levels a day")
        if amounts := self._amounts():
            told = tuple(Line((notes_cell([note]),)) for note in amounts)
            yield Sheet(("",), told, "Daily amounts that sources name")

    def _upper_levels(self) -> Iterator[Line]:
        for level in self.table.upper_levels:
            found = f"{span(self.total)} is {_STANDS[standing(self.total, level)]}."
            counts = Said(level.counts, (level.source,), level.basis is Basis.INFERRED, lead="It counts")
            yield Line((plain(f"{level.region} {level.mg:g} mg"), (Said(found, computed=True), counts)))
        if self.table.upper_levels_caution:
            yield Line((plain("Caution"), (stated(self.table.upper_levels_caution),)))

    def _compound(self, compound: Compound) -> Cell:
        return (Said(compound.name), *((Said(compound.remark),) if compound.remark else ()))

    def _element(self) -> str:
        return f"elemental {self.table.nutrient}"


@dataclass(frozen=True)
class Intake(Dose):
    """The element in amounts of forms, each and together."""

    parts: Sequence[Part]
    label: Label | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        return remarks_on(part.match for part in self.parts)

    def data(self) -> Any:
        parts = [_asked(part.match) | self._part(part) for part in self.parts]
        return {"parts": parts, **self._shared_data(), "label": self._label_data()}

    def _part(self, part: Part) -> Record:
        return {
            "amount_mg": number(part.amount),
            "elemental_mg": range_record(part.elemental),
            "compounds": [
                {**records.compound(each), "elemental_mg": number(elemental(each, part.amount))}
                for each in part.match.form.compounds
            ],
        }

    def _label_data(self) -> Record | None:
        if self.label is None:
            return None
        return {
            "elemental_mg": number(self.label.claimed),
            "most_mg": number(self.label.most),
            "can_be_true": self.label.can_be_true,
            "buffer": self.label.buffer.id if self.label.buffer else None,
            "buffer_mg": number(self.label.buffer_mg) if self.label.buffer_mg is not None else None,
            "sentence": self._verdict(self.label),
        }

    def rows(self) -> Iterable[Record]:
        for part in self.parts:
            for each in part.match.form.compounds:
                yield self._row(
                    "compound",
                    **_flat(part.match, each),
                    compound_mg=number(part.amount),
                    elemental_mg=number(elemental(each, part.amount)),
                )
        yield from self._shared_rows()
        if self.label:
            yield self._row("label", elemental_mg=number(self.label.claimed), text=self._verdict(self.label))

    def page(self) -> Page:
        asked = one_of(f"{mg(part.amount)} of {part.match.form.name}" for part in self.parts)
        verdict = (self._verdict(self.label),) if self.label else ()
        lines = tuple(self._line(part, each) for part in self.parts for each in part.match.form.compounds)
        percent = field_title(self.table, "elemental")
        sheets = [Sheet(("Form", "Compound", percent, "Elemental"), lines), *self._shared_sheets()]
        title = f"{asked}: {span(self.total)} of {self._element()}"
        return page(self.table, title, sheets, remarks=(*self.remarks, *self._portions(), *verdict))

    def _line(self, part: Part, compound: Compound) -> Line:
        amount = mg(elemental(compound, part.amount))
        cells = (plain(part.match.form.id), self._compound(compound), (percentage(compound),), plain(amount))
        return Line(cells)

    def _verdict(self, label: Label) -> str:
        """What a label's figure can be, in words."""
        form = self.parts[0].match.form.id
        claim = f"A label that says {mg(label.claimed)}"
        most = f"{mg(self.parts[0].amount)} of {form} hold at most {mg(label.most)}"
        if label.can_be_true:
            return f"{claim} can be true: {most} [computed]."
        if label.buffer is None or label.buffer_mg is None:
            return f"{claim} cannot be true: {most}, and nothing in this table would explain the rest [computed]."
        share = f"{mg(label.buffer_mg)} of {label.buffer.id} among the {mg(self.parts[0].amount)}"
        return f"{claim} cannot be true of {form} alone: {most}. {share} would explain it [computed]."


@dataclass(frozen=True)
class Need(Dose):
    """The amounts of forms that hold a given amount of the element."""

    matches: Sequence[Match]

    @property
    def remarks(self) -> tuple[str, ...]:
        return remarks_on(self.matches)

    def data(self) -> Any:
        parts = [_asked(match) | {"compounds": self._compounds(match)} for match in self.matches]
        return {"parts": parts, **self._shared_data()}

    def _compounds(self, match: Match) -> list[Record]:
        return [
            {**records.compound(each), "compound_mg": number(needed(each, self.total.usual))}
            for each in match.form.compounds
        ]

    def rows(self) -> Iterable[Record]:
        for match in self.matches:
            for each in match.form.compounds:
                amounts = {
                    "compound_mg": number(needed(each, self.total.usual)),
                    "elemental_mg": number(self.total.usual),
                }
                yield self._row("compound", **_flat(match, each), **amounts)
        yield from self._shared_rows()

    def page(self) -> Page:
        lines = tuple(self._line(match, each) for match in self.matches for each in match.form.compounds)
        columns = ("Form", "Compound", field_title(self.table, "elemental"), "Needed")
        usual = (f"{mg(needed(m.form.compounds[0], self.total.usual))} of {m.form.name}" for m in self.matches)
        title = f"{mg(self.total.usual)} of {self._element()}: {' or '.join(usual)}"
        sheets = [Sheet(columns, lines), *self._shared_sheets()]
        return page(self.table, title, sheets, remarks=(*self.remarks, *self._portions()))

    def _line(self, match: Match, compound: Compound) -> Line:
        amount = mg(needed(compound, self.total.usual))
        return Line((plain(match.form.id), self._compound(compound), (percentage(compound),), plain(amount)))


def _asked(match: Match) -> Record:
    return {"form": match.form.id, "name": match.form.name, "asked_as": match.asked, "matched": match.role}


def _flat(match: Match, compound: Compound) -> Record:
    """What a flat row has of a form and its compound."""
    own = records.compound(compound)
    own["compound"] = own.pop("name")
    return {"form": match.form.id, "asked_as": match.asked, "matched": match.role} | own
