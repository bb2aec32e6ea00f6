"""What a table holds: forms, the notes on them, and the sources that the notes come from.

These types are the one description of a table: files are read into them, checked against them, and
what scripts get is these types, encoded. A ``description`` says what a value is to be, in errors,
too.
"""

from enum import StrEnum
from functools import cached_property
from typing import Annotated

from msgspec import Meta, Struct, structs

# Patterns are read by Python and, in the JSON Schema, by ECMAScript: with "$", Python would accept
# a final line break. What is unseen acts on a terminal or has no width: controls but the line feed,
# line separators, direction marks.
_END = r"(?![\s\S])"
_UNSEEN = (
    r"\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u206f\ufeff"
)
_SEEN = rf"[^\s{_UNSEEN}]"
_LINE = rf"^(?!\s)[^\n{_UNSEEN}]+(?<!\s){_END}"
_TEXT = rf"^(?=\s*\S)[^{_UNSEEN}]*{_END}"

_AN_ID = "an id: at most 100 lower-case letters, digits and single hyphens between them"
_A_LINE = "one line of at most 200 characters that neither begins nor ends with a space"
_A_DATE = "a year, a month or a day: 2000-10-12"


def _written(
    pattern: str,
    description: str,
    max_length: int | None = None,
) -> Meta:
    """How a text is written; ``shape`` looks at its pattern.

    msgspec would compile all patterns at every start, and look at the whole table that mgform
    brings, which takes longer than to read it.
    """
    return Meta(
        max_length=max_length,
        description=description,
        extra_json_schema={"pattern": pattern},
    )


Id = Annotated[
    str,
    _written(f"^[a-z0-9]+(-[a-z0-9]+)*{_END}", _AN_ID, max_length=100),
]
Line = Annotated[str, _written(_LINE, _A_LINE, max_length=200)]
Text = Annotated[
    str,
    _written(_TEXT, "text of at most 2,000 characters", max_length=2000),
]
Date = Annotated[
    str,
    _written(rf"^[0-9]{{4}}(-[0-9]{{2}}){{0,2}}{_END}", _A_DATE),
]
Pmid = Annotated[
    str,
    _written(rf"^[0-9]{{1,9}}{_END}", "a PubMed id: digits"),
]
Doi = Annotated[
    str,
    _written(
        rf"^10\.[0-9]{{4,9}}/{_SEEN}{{1,190}}{_END}",
        "a DOI: 10.1234/abc",
    ),
]
Url = Annotated[
    str,
    _written(
        rf"^https?://{_SEEN}{{1,490}}{_END}",
        "an address: https://example.org",
    ),
]
Percent = Annotated[
    float,
    Meta(
        ge=0.0001,
        le=100,
        description="a percentage by weight, from 0.0001 to 100",
    ),
]
Milligrams = Annotated[
    float,
    Meta(ge=0.0001, le=1_000_000, description="mg, from 0.0001 to 1,000,000"),
]
Milliliters = Annotated[
    float,
    Meta(ge=0.0001, le=1_000_000, description="ml, from 0.0001 to 1,000,000"),
]
Pieces = Annotated[
    float,
    Meta(ge=0.0001, le=1_000, description="a number from 0.0001 to 1,000"),
]
_ONE_OR_MORE = Meta(min_length=1, description="1 or more")
_TWO_OR_MORE = Meta(min_length=2, description="2 or more")
_ONE_TO_20 = Meta(min_length=1, max_length=20, description="1 to 20")
_AT_MOST_50 = Meta(max_length=50, description="50 at most")
_AT_MOST_100 = Meta(max_length=100, description="100 at most")

Kind = StrEnum("Kind", "THREAD REFERENCE")
"""What sort of thing a source is."""
Study = StrEnum("Study", "PEOPLE ANIMALS")
"""In whom or in what a published source has made a study of its own."""
Basis = StrEnum("Basis", "STATED INFERRED")
"""Whether a source says it outright, or we read it out of the context."""
Origin = StrEnum("Origin", "PRINTED COMPUTED")
"""Where a percentage comes from."""
LAXATIVE, TOLERANCE, ABSORPTION, AMOUNT, CAUTION = (
    "laxative",
    "tolerance",
    "absorption",
    "amount",
    "caution",
)
"""Topics that screens look for: those of the two scales, and three more."""
TOPICS = (
    LAXATIVE,
    TOLERANCE,
    ABSORPTION,
    "effect",
    AMOUNT,
    "dosing",
    "cost",
    "content",
    "naming",
    CAUTION,
)
"""What notes are about where a table names no topics of its own, in the order of screens."""


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of all that a table holds: immutable, and without unknown keys."""


class Source(Record, frozen=True, kw_only=True):
    """Where a statement comes from.

    ``mark`` is its name beside a text ("Walker 2003"), where the id will not do; ``date`` a year, a
    month or a day (ISO 8601); ``study`` says in whom it made a study of its own.
    """

    id: Id
    kind: Kind
    citation: Text
    mark: Line | None = None
    study: Study | None = None
    date: Date | None = None
    doi: Doi | None = None
    pmid: Pmid | None = None
    url: Url | None = None


class Statement(Record, frozen=True, kw_only=True):
    """Something that a source says, in our words.

    ``details`` are figures and circumstances; ``studied`` is in whom or in what it was found ("20
    men"); ``relays`` names whom the source itself reports.
    """

    text: Text
    details: Text | None = None
    source: Id
    basis: Basis
    studied: Line | None = None
    relays: Line | None = None


class Note(Statement, frozen=True, kw_only=True):
    """A statement about one topic, and the forms that it is about: without ``forms``, every form.

    ``keywords`` are words by which people look for it ("antibiotics"), or several that are looked
    for together ("too much").
    ``says`` is the same as it follows the name of the source ("calls {form} less laxative", where
    ``{form}`` becomes the id). ``published`` are statements without which the note would mislead;
    they stand beside it wherever it is shown with its details.
    """

    about: Id
    forms: tuple[Id, ...] = ()
    keywords: tuple[Line, ...] = ()
    says: Line | None = None
    published: tuple[Statement, ...] = ()


class Compound(Record, frozen=True, kw_only=True):
    """A salt that is sold under a form's name, or a mixture, which has no formula.

    ``names`` mean this compound and no other of the form ("citrate nonahydrate").
    ``elemental_percent`` is the nutrient's share of the weight, computed from the formula or, as
    ``basis`` says, as ``source`` prints it. A mixture has none, and nothing is computed for it.
    ``printed_percent`` is what the source prints beside that; where it prints a range, that goes up
    to ``printed_percent_most``.
    """

    name: Line
    names: tuple[Line, ...] = ()
    formula: Line | None = None
    elemental_percent: Percent | None = None
    basis: Origin = Origin.COMPUTED
    printed_percent: Percent | None = None
    printed_percent_most: Percent | None = None
    source: Id | None = None
    remark: Text | None = None


class UpperLevel(Record, frozen=True, kw_only=True):
    """An upper level (UL) in mg of the nutrient a day, where it holds, and what it counts."""

    region: Line
    mg: Milligrams
    counts: Text
    source: Id
    basis: Basis


class Form(Record, frozen=True, kw_only=True):
    """A form in which the nutrient is sold, and its level on each scale, where the table gives one.

    ``members`` are compounds that it includes, ``misspelt`` spellings that are understood and never
    offered, ``compounds`` the salts that are sold under its name, the usual one first.
    """

    id: Id
    name: Line
    aliases: tuple[Line, ...] = ()
    members: tuple[Line, ...] = ()
    misspelt: tuple[Line, ...] = ()
    laxative: Line | None = None
    tolerance: Line | None = None
    compounds: tuple[Compound, ...] = ()


class Explained(Record, frozen=True, kw_only=True):
    """A name that means no single form: a brand of several products, something else by that name.

    ``statements`` say what it is, and ``forms`` are those that its products hold.
    """

    id: Id
    name: Line
    aliases: tuple[Line, ...] = ()
    forms: tuple[Id, ...] = ()
    statements: Annotated[tuple[Statement, ...], _ONE_OR_MORE]


class Dispute(Record, frozen=True, kw_only=True):
    """A question that the sources answer differently, about a topic; without forms, about all."""

    id: Id
    question: Text
    about: Id | None = None
    forms: tuple[Id, ...] = ()
    positions: Annotated[tuple[Statement, ...], _TWO_OR_MORE]
    published: tuple[Statement, ...] = ()


class Correction(Record, frozen=True, kw_only=True):
    """A mistake of a source about some forms, and what is published against it."""

    id: Id
    forms: tuple[Id, ...]
    claim: Statement
    published: Annotated[tuple[Statement, ...], _ONE_OR_MORE]


class Scale(Record, frozen=True, kw_only=True):
    """Levels in order, the mildest first.

    ``comparative`` says what a form at an earlier level is: "milder".
    """

    title: Line
    levels: Annotated[tuple[Line, ...], _ONE_TO_20]
    comparative: Line = "gentler"


class Scales(Record, frozen=True, kw_only=True):
    """The scales that a table uses; the first of those in use tells which form is gentler."""

    laxative: Scale | None = None
    tolerance: Scale | None = None

    def first(self) -> str | None:
        """The name of the first scale in use, or None."""
        return next(iter(self.in_use()), None)

    def in_use(self) -> dict[str, Scale]:
        """The scales of this table by name."""
        scales = structs.asdict(self)
        return {
            name: scale for name, scale in scales.items() if scale is not None
        }


class Reference(Record, frozen=True, kw_only=True):
    """A daily value in mg, to which percentages on labels refer, and where it holds."""

    mg: Milligrams
    where: Line


class LabelLanguage(Record, frozen=True, kw_only=True):
    """The words of one language that decide what a line of a label means; case does not matter.

    ``given`` ("of which") stand before the nutrient's own weight, ``source`` ("as") before its
    compound. ``joins`` are words such as "of", ``parts`` such as "with", and ``others`` other
    nutrients. ``ranges`` ("to") stand between two numbers of which either may be meant.

    ``units`` are mg by unit, ``volumes`` ml by unit. ``pieces`` are what a serving counts
    ("tablets"), and ``portions`` do not say how many pieces they are ("serving", "day"). ``per``
    are words such as "each", and ``serving_size`` stands before the number of pieces; ``numbers``
    are those that labels spell ("two").

    ``names`` are further names of forms by id, ``blends`` words such as "complex".

    ``limits`` ("up to") make a figure no exact one. ``daily`` ("DV") stand beside a percentage of a
    daily value. ``measures`` ("IU") are units that are no weights. ``plain`` words ("supplement")
    say nothing of what a figure weighs, wherever they stand.
    """

    nutrient: tuple[Line, ...] = ()
    elemental: tuple[Line, ...] = ()
    given: tuple[Line, ...] = ()
    source: tuple[Line, ...] = ()
    joins: tuple[Line, ...] = ()
    parts: tuple[Line, ...] = ()
    others: tuple[Line, ...] = ()
    ranges: tuple[Line, ...] = ()
    units: dict[str, Milligrams] = {}
    volumes: dict[str, Milliliters] = {}
    pieces: tuple[Line, ...] = ()
    portions: tuple[Line, ...] = ()
    per: tuple[Line, ...] = ()
    serving_size: tuple[Line, ...] = ()
    numbers: dict[str, Pieces] = {}
    names: dict[str, tuple[Line, ...]] = {}
    blends: tuple[Line, ...] = ()
    limits: tuple[Line, ...] = ()
    daily: tuple[Line, ...] = ()
    measures: tuple[Line, ...] = ()
    plain: tuple[Line, ...] = ()


class LabelWords(Record, frozen=True, kw_only=True):
    """What decides what a line of a label means: words by language, and what no language changes.

    ``symbols`` ("Mg") count where no number stands before them. ``endings`` are how unknown
    compounds end. ``excipients`` are ids of compounds that are no source without an amount;
    ``richer`` says by id what else a form may be that holds more.
    """

    languages: dict[Line, LabelLanguage] = {}
    symbols: tuple[Line, ...] = ()
    references: tuple[Reference, ...] = ()
    endings: tuple[Line, ...] = ()
    excipients: tuple[Id, ...] = ()
    richer: dict[str, Line] = {}


class Table(Record, frozen=True, kw_only=True, dict=True):
    """A whole table of the forms of a ``nutrient`` ("magnesium").

    ``name_prefixes`` are words before a form's name that names are read without. ``topics`` are
    what notes are about, in the order in which they are shown. ``notice`` stands at the foot of
    what people read, ``thread_notice`` before it where a thread is cited. Of the notes for every
    form, the first about a scale stands under ``list``. ``upper_levels_caution`` says whom the
    upper levels do not protect. ``buffer`` is the id of the form that makers add to others.
    ``nearest`` says for words of which the table has nothing what stands nearest: medicines for
    warfarin (``{"medicines": ["warfarin"]}``).
    """

    title: Line
    nutrient: Line
    notice: Text
    thread_notice: Text | None = None
    forms: Annotated[tuple[Form, ...], _ONE_OR_MORE]
    sources: tuple[Source, ...]
    scales: Scales = Scales()
    name_prefixes: Annotated[tuple[Line, ...], _AT_MOST_50] = ()
    topics: Annotated[tuple[Id, ...], _ONE_OR_MORE] = TOPICS
    notes: tuple[Note, ...] = ()
    disputes: Annotated[tuple[Dispute, ...], _AT_MOST_100] = ()
    corrections: Annotated[tuple[Correction, ...], _AT_MOST_100] = ()
    explained: tuple[Explained, ...] = ()
    upper_levels: tuple[UpperLevel, ...] = ()
    upper_levels_caution: Statement | None = None
    buffer: Id | None = None
    nearest: dict[str, tuple[Line, ...]] = {}
    labels: LabelWords = LabelWords()

    @cached_property
    def sources_by_id(self) -> dict[str, Source]:
        """The sources, by their ids."""
        return {source.id: source for source in self.sources}

    @cached_property
    def forms_by_id(self) -> dict[str, Form]:
        """The forms, by their ids."""
        return {form.id: form for form in self.forms}

    @cached_property
    def notes_by_form(self) -> dict[str, tuple[Note, ...]]:
        """The notes that name a form, by the form's id."""
        notes: dict[str, list[Note]] = {form.id: [] for form in self.forms}
        for note in self.notes:
            for form_id in dict.fromkeys(note.forms):
                notes.setdefault(form_id, []).append(note)
        return {form_id: tuple(named) for form_id, named in notes.items()}

    @cached_property
    def general_notes(self) -> tuple[Note, ...]:
        """The notes that are about every form."""
        return tuple(note for note in self.notes if not note.forms)

    def mark(self, source_id: str) -> str:
        """The name of a source beside a text: its mark ("Walker 2003"), else its id."""
        return self.sources_by_id[source_id].mark or source_id
