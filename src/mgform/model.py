"""What a table holds: forms, the notes on them, and the sources that the notes come from.

The types below are the one description of a table. The loader checks files against them.
Texts are paraphrases; every one of them names its source and its basis.
"""

from functools import cached_property
from typing import Annotated

from msgspec import Meta, Struct

from mgform.vocabulary import Basis, Kind, Origin, Topic

# Patterns are read by Python and, in the JSON Schema, by ECMAScript: "$" alone would let Python
# accept a final line break.
_END = r"(?![\s\S])"

Id = Annotated[
    str,
    Meta(
        pattern=f"^[a-z0-9]+(-[a-z0-9]+)*{_END}",
        description="an id: lower-case letters, digits and single hyphens between them",
    ),
]
Line = Annotated[
    str,
    Meta(
        pattern=rf"^\S([^\r\n\t]*\S)?{_END}",
        description="one line of text that neither begins nor ends with a space",
    ),
]
Text = Annotated[str, Meta(pattern=r"\S", description="text")]
Date = Annotated[
    str,
    Meta(
        pattern=rf"^\d{{4}}(-\d{{2}}(-\d{{2}})?)?{_END}",
        description='a year, a month or a day in quotes: "2000", "2000-10" or "2000-10-12"',
    ),
]
Pmid = Annotated[str, Meta(pattern=rf"^\d+{_END}", description="a PubMed id: digits, in quotes")]
Doi = Annotated[str, Meta(pattern=rf"^10\.\d{{4,9}}/\S+{_END}", description='a DOI that begins with "10."')]
Url = Annotated[str, Meta(pattern=rf"^https?://\S+{_END}", description='an address that begins with "https://"')]


Percent = Annotated[float, Meta(gt=0, le=100, description="a percentage by mass, more than 0 and at most 100")]
Milligrams = Annotated[float, Meta(gt=0, description="an amount in mg, more than 0")]


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of all that a table holds: immutable, and without unknown keys."""


class Source(Record, frozen=True, kw_only=True):
    """Where a statement comes from.

    ``date`` is a year, a month or a day (ISO 8601), and missing where the source carries none.
    ``citation`` is what a reader needs to find the source again.
    """

    id: Id
    kind: Kind
    citation: Text
    date: Date | None = None
    doi: Doi | None = None
    pmid: Pmid | None = None
    url: Url | None = None


class Statement(Record, frozen=True, kw_only=True):
    """Something that a source says, in our words.

    ``text`` is the claim in a few words, and ``details`` the figures and circumstances that belong to it.
    ``studied`` is in whom or in what it was found ("20 men", "rats"), where the source has studied it.
    ``relays`` names whom the source itself reports, where it speaks for another.
    """

    text: Text
    source: Id
    basis: Basis
    details: Text | None = None
    studied: Line | None = None
    relays: Line | None = None


class Note(Statement, frozen=True, kw_only=True):
    """A statement about one topic, with what published sources add where it needs that beside it."""

    about: Topic
    published: tuple[Statement, ...] = ()


class Compound(Record, frozen=True, kw_only=True):
    """A salt that is sold under a form's name.

    ``elemental_percent`` is the nutrient's share, in percent by mass: as the source prints it, or
    computed from the formula.
    """

    name: Line
    formula: Line
    elemental_percent: Percent
    basis: Origin
    source: Id | None = None
    remark: Text | None = None


class UpperLevel(Record, frozen=True, kw_only=True):
    """An upper level (UL) in milligrams of the element a day, where it holds, and what it counts."""

    region: Line
    mg: Milligrams
    counts: Text
    source: Id
    basis: Basis


class Form(Record, frozen=True, kw_only=True):
    """A form in which the nutrient is sold.

    ``aliases`` are other names of the form; ``members`` are compounds that the form includes.
    ``laxative`` and ``tolerance`` are levels of the table's scales of these names. ``compounds`` are
    the salts that are sold under its name, the usual one first.
    """

    id: Id
    name: Line
    aliases: tuple[Line, ...] = ()
    members: tuple[Line, ...] = ()
    laxative: Line | None = None
    tolerance: Line | None = None
    notes: tuple[Note, ...] = ()
    compounds: tuple[Compound, ...] = ()


class Dispute(Record, frozen=True, kw_only=True):
    """A question that the sources answer differently; without ``forms`` it touches every form."""

    id: Id
    question: Text
    positions: Annotated[tuple[Statement, ...], Meta(min_length=2)]
    forms: tuple[Id, ...] = ()
    published: tuple[Statement, ...] = ()


class Correction(Record, frozen=True, kw_only=True):
    """A mistake of a source, and the published statements that correct it.

    ``forms`` and ``not_covered`` are the ids of those that the mistake confuses.
    """

    id: Id
    claim: Statement
    published: Annotated[tuple[Statement, ...], Meta(min_length=1)]
    forms: tuple[Id, ...]
    not_covered: tuple[Id, ...] = ()


class NotCovered(Record, frozen=True, kw_only=True):
    """A form that is known by name and not in the table."""

    id: Id
    name: Line
    aliases: tuple[Line, ...] = ()


class Scale(Record, frozen=True, kw_only=True):
    """Levels in order, the gentlest (or best tolerated) first."""

    title: Line
    levels: Annotated[tuple[Line, ...], Meta(min_length=1)]


class Scales(Record, frozen=True, kw_only=True):
    """The scales that a table uses; one that is missing is not used.

    The first of those that are used tells which form is gentler.
    """

    laxative: Scale | None = None
    tolerance: Scale | None = None

    def in_use(self) -> dict[str, Scale]:
        """The scales of this table by name."""
        named = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return {name: scale for name, scale in named if scale is not None}


class Table(Record, frozen=True, kw_only=True, dict=True):
    """A whole table.

    ``nutrient`` is what the forms supply ("magnesium"). ``name_prefixes`` are words that people
    put before a form's name and that names are read without. ``notice`` stands at the foot of what
    people read. ``notes`` hold for every form. ``upper_levels_caution`` says whom the upper levels do
    not protect. ``buffer`` is the id of the form that makers add to others to raise their percentage.
    """

    title: Line
    nutrient: Line
    notice: Text
    forms: Annotated[tuple[Form, ...], Meta(min_length=1)]
    sources: tuple[Source, ...]
    scales: Scales = Scales()
    name_prefixes: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    corrections: tuple[Correction, ...] = ()
    not_covered: tuple[NotCovered, ...] = ()
    upper_levels: tuple[UpperLevel, ...] = ()
    upper_levels_caution: Statement | None = None
    buffer: Id | None = None

    @cached_property
    def sources_by_id(self) -> dict[str, Source]:
        """The sources, by their ids."""
        return {source.id: source for source in self.sources}

    @cached_property
    def threads(self) -> frozenset[str]:
        """The ids of the sources that are threads."""
        return frozenset(source.id for source in self.sources if source.kind is Kind.THREAD)
