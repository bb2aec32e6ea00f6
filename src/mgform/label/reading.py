"""What a line of a label says, as scripts get it."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache, partial

from msgspec import Struct

from mgform.dose import Limit, limits
from mgform.forms import level_of
from mgform.label.judging import Judge, Judged
from mgform.label.rules import RULES, impossible
from mgform.label.serving import Per, Servings
from mgform.label.shares import Shares
from mgform.label.tokens import Token, Tokenizer
from mgform.label.unknown import left_open
from mgform.label.words import Words, folded
from mgform.reader import load
from mgform.table import Basis, Explained, Form, Table
from mgform.words import listed

LimitsOf = Callable[[float | None], tuple[Limit, ...]]

LONGEST = 10_000
"""Characters of the longest line that is read."""
_REMEMBERED = 1024


class LabelLevel(Struct, frozen=True):
    """The level of a form that a label names, and who says so."""

    form: str
    scale: str
    level: str
    basis: Basis
    sources: tuple[str, ...]


class Possible(Struct, frozen=True):
    """One reading of a figure.

    ``elemental_mg`` are mg of the nutrient; where the figure weighs a compound, they are the most
    that it can hold, or None where no percentage is known.
    """

    basis: str
    elemental_mg: float | None
    limits: tuple[Limit, ...]


class Reading(Struct, frozen=True, kw_only=True):
    """What a line of a label says. Amounts are mg.

    ``basis`` is what its figure weighs, also where the number stays open: "elemental", "compound",
    "both" (two weights stand there), "ambiguous" (one weight with two ``readings``) or "none".
    ``rule`` is the name of the rule that decided, and ``because`` its sentence. ``forms`` are ids
    of the table, ``other_forms`` names that no form of it has, and ``compounds`` those that the
    line means by name. ``reference_mg`` is the daily value that amount and percent fit, or several.
    ``serving`` is what the amount is in, as it is printed, with its number of pieces;
    ``each_mg`` what each piece holds, where somebody has told the serving. ``can_be_true`` holds
    two weights against the formulas. ``unknown`` is what the line leaves open.
    """

    line: str
    forms: tuple[str, ...] = ()
    other_forms: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    basis: str = "none"
    rule: str
    because: str
    elemental_mg: float | None = None
    compound_mg: float | None = None
    readings: tuple[Possible, ...] = ()
    percent: float | None = None
    reference_mg: float | tuple[float, ...] | None = None
    serving: str | None = None
    serving_pieces: float | None = None
    each_mg: float | None = None
    can_be_true: str = "untestable"
    limits: tuple[Limit, ...] = ()
    levels: tuple[LabelLevel, ...] = ()
    unknown: tuple[str, ...] = ()


class LabelReader:
    """Reads lines of labels with the words of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._tokenizer = Tokenizer(Words(table))
        self._servings = Servings(table)
        self._shares = Shares(table)
        self._judge = Judge(table, self._shares)
        self._titles: dict[str, str] = {}
        for entry in table.explained:
            self._titles[entry.id] = title_of(table, entry)
        self._levels: dict[str, tuple[LabelLevel, ...]] = {}
        for form in table.forms:
            self._levels[form.id] = tuple(_levels(table, form))
        # "{nutrient}" is the same in every sentence; what else is told differs from line to line.
        self._sentences: dict[str, str] = {}
        for rule in RULES:
            sentence = rule.because.replace("{nutrient}", table.nutrient)
            self._sentences[rule.name] = sentence
        self._limits = lru_cache(_REMEMBERED)(partial(_limits, table))

    def read(self, line: str) -> Reading:
        """What a line says; every text gets a reading."""
        if len(line) > LONGEST:
            return Reading(
                line=line[:80],
                rule="long",
                because=f"The line is longer than {LONGEST:,} characters.",
            )
        text = folded(line)
        if not self._tokenizer.names_the_nutrient(text):
            return Reading(
                line=line,
                rule="unnamed",
                because=f"The line does not name {self.table.nutrient}.",
            )
        tokens = self._tokenizer.tokens(text)
        judged = self._judge.judge(tokens)
        return self._reading(line, judged)

    def _reading(self, line: str, judged: Judged) -> Reading:
        facts = judged.facts
        rule = judged.rule
        serving = self._servings.find(line)
        is_dose = serving is None or serving.per is not Per.CONTENT
        limits_of = self._limits if is_dose else _no_limits
        forms = [form_id for form_id in facts.forms if form_id in self._levels]
        levels: list[LabelLevel] = []
        for form_id in forms:
            levels += self._levels[form_id]
        return Reading(
            line=line,
            forms=tuple(forms),
            other_forms=tuple(self._other_forms(judged)),
            compounds=tuple(_compounds(judged.named)),
            basis=rule.basis,
            rule=rule.name,
            because=self._because(judged),
            elemental_mg=judged.elemental_mg,
            compound_mg=judged.compound_mg,
            readings=tuple(_readings(judged, limits_of)),
            percent=judged.percent if rule.basis != "none" else None,
            reference_mg=_single(facts.fits),
            serving=serving.text if serving else None,
            serving_pieces=serving.pieces if serving else None,
            can_be_true=judged.can_be_true,
            limits=limits_of(judged.elemental_mg),
            levels=tuple(levels),
            unknown=tuple(left_open(self.table, judged, serving)),
        )

    def _other_forms(self, judged: Judged) -> Iterator[str]:
        """Names that are no form's; unknown words are named if it is they that have the amount."""
        names = [*judged.facts.forms]
        if judged.rule.basis in ("ambiguous", "compound", "both"):
            for item in judged.facts.compounds:
                names += item.forms
        for name in dict.fromkeys(names):
            if name and name not in self._levels:
                yield self._titles.get(name, name)

    def _because(self, judged: Judged) -> str:
        because = self._sentences[judged.rule.name]
        if "{" not in because:
            return because
        daily_values = [f"{mg:g} mg" for mg in judged.facts.fits]
        return because.format(
            percent=judged.percent,
            values=listed(daily_values, "or"),
            mg=judged.facts.mg,
        )


def _readings(judged: Judged, limits_of: LimitsOf) -> Iterator[Possible]:
    """What a figure can mean that may be compound."""
    compound_mg = judged.compound_mg
    if not compound_mg:
        return
    if judged.rule.basis == "ambiguous":
        elemental_mg = compound_mg
        if judged.rule.holds is impossible:
            elemental_mg = judged.facts.mg
        yield Possible(
            basis="elemental",
            elemental_mg=elemental_mg,
            limits=limits_of(elemental_mg),
        )
    if judged.rule.basis in ("ambiguous", "compound"):
        yield Possible(
            basis="compound",
            elemental_mg=judged.most_mg or None,
            limits=limits_of(judged.most_mg),
        )


def _single(
    daily_values: tuple[float, ...],
) -> float | tuple[float, ...] | None:
    """The only one of some daily values, or all of them where several fit; None without any."""
    if not daily_values:
        return None
    return daily_values[0] if len(daily_values) == 1 else daily_values


def _compounds(named: Iterable[Token]) -> Iterator[str]:
    """The names of the compounds that a line means by name."""
    for token in named:
        if token.compound is not None:
            yield token.compound.name


def title_of(table: Table, entry: Explained) -> str:
    """The name of what is only explained, as forms are called: without the nutrient before it."""
    first, _, rest = entry.name.partition(" ")
    if rest and first.casefold() == table.nutrient:
        return rest
    return entry.name


def _levels(table: Table, form: Form) -> Iterator[LabelLevel]:
    for scale in table.scales.in_use():
        if level := level_of(table, form, scale):
            yield LabelLevel(
                form=form.id,
                scale=scale,
                level=level.word,
                basis=level.basis,
                sources=level.sources,
            )


def _limits(table: Table, mg: float | None) -> tuple[Limit, ...]:
    if not mg:
        return ()
    amount = Decimal(str(mg))
    return limits(table, amount, amount)


def _no_limits(_: float | None) -> tuple[Limit, ...]:
    return ()


_bundled = cache(lambda: LabelReader(load()))


def read_label(line: str, table: Table | None = None) -> Reading:
    """What a line of a label says, by the words of a table; without one, of mgform's own."""
    reader = _bundled() if table is None else LabelReader(table)
    return reader.read(line)
