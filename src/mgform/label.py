"""A line of a label: which forms it names, what its figure means and by which rule, and what it leaves open.

A line is cut into words, whose meanings are data (``labels`` in the table), and then into groups: what stands
in parentheses is a group of its own. In a group each amount belongs to the name that stands beside it.
"""

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from msgspec import Struct, structs

from mgform.answers import against, milligrams
from mgform.comparison import marked
from mgform.dose import Limit, limits
from mgform.forms import level_of
from mgform.names import names_of, names_of_not_covered
from mgform.page import Answer, Cell, Grid, Page, paragraphs, text
from mgform.reader import load
from mgform.table import Basis, Table
from mgform.words import CallError, listed, quoted

_LONGEST = 10_000
_IMPOSSIBLE_MG = {"form": 100_000}
_MOST_MG = 10_000
_MOST_PIECES = 12
_ROUNDING_MG = 1
_MOST_KNOWN = 1000
_SHORTEST_COMPOUND = 6
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_]+(?:[\"'\u05f3\u05f4\u2019][^\W\d_]+)*\d*)"
    r"|(?P<percent>%)|(?P<open>[(\[])|(?P<close>[)\]])|(?P<hyphen>(?<=\w)[-\u2010\u2011](?=\w))|(?P<mark>\S)"
)
# 1.000 is a thousand in some countries and one in others; 1,000 mg is a thousand, as labels print it.
_TWO_MEANINGS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INEXACT = "<>\u2264\u2265~x\u00d7"
_UNITS = {"mg": 1.0, "g": 1000.0, "mcg": 0.001}
_DASHES = "-\u2010\u2011\u2013"
_NAMES = ("nutrient", "elemental", "form", "other")


class LabelLevel(Struct, frozen=True):
    """The level of a form that a label names, and who says so."""

    form: str
    scale: str
    level: str
    basis: Basis
    sources: tuple[str, ...]


class Possible(Struct, frozen=True):
    """One reading of a figure with two: mg of the nutrient, which are the most where it is a weight of compound."""

    basis: str
    elemental_mg: float | None


class Reading(Struct, frozen=True, kw_only=True):
    """What a line of a label says.

    ``basis`` is what its figure is: "elemental", "both" (two weights stand there), "ambiguous" (one
    weight with two ``readings``) or "none"; ``because`` says which rule decided. Amounts are mg. ``reference_mg`` is
    the daily value that amount and percent fit, or several. ``can_be_true`` holds two weights against the formulas.
    ``each_mg`` is what each piece of a serving holds, where somebody has told the serving.
    """

    line: str
    forms: tuple[str, ...] = ()
    other_forms: tuple[str, ...] = ()
    basis: str = "none"
    because: str
    elemental_mg: float | None = None
    compound_mg: float | None = None
    readings: tuple[Possible, ...] = ()
    percent: float | None = None
    reference_mg: float | tuple[float, ...] | None = None
    serving: str | None = None
    can_be_true: str = "untestable"
    limits: tuple[Limit, ...] = ()
    levels: tuple[LabelLevel, ...] = ()
    unknown: tuple[str, ...] = ()
    each_mg: float | None = None


class Item:
    """A name, an amount or a deciding word in a line.

    ``kind`` is one of "nutrient", "elemental", "form" and "other" (another nutrient), "amount", "given" ("of which"),
    "source" ("as") or "joins" ("of"). An amount is ``given`` behind such a word, and ``alone`` when nothing else
    stands in its parentheses. ``salts`` are ids of what stands in parentheses behind it.
    """

    __slots__ = ("alone", "fits", "given", "kind", "mg", "name", "percent", "salts")

    def __init__(self, kind: str, name: str = "", mg: float | None = None) -> None:
        self.kind, self.name, self.mg = kind, name, mg
        self.alone = self.given = False
        self.percent: float | None = None
        self.fits: tuple[float, ...] | None = None
        self.salts: tuple[str, ...] = ()


class Claim(NamedTuple):
    """An amount and what it weighs; ``forms`` are those that are weighed, ``salts`` what the nutrient comes from."""

    kind: str
    amount: Item
    forms: tuple[str, ...] = ()
    salts: tuple[str, ...] = ()


class Decision(NamedTuple):
    """What a figure is, the rule that decided, the claim that gives the nutrient, and mg of compound."""

    basis: str
    because: str
    claim: Claim | None = None
    compound: float | None = None


class LabelReader:
    """Reads lines of labels with the words of one table."""

    def __init__(self, table: Table) -> None:
        self.table, self.words = table, table.labels
        self.nutrient = tuple(word.casefold() for word in (table.nutrient, *self.words.nutrient))
        self.names_nutrient = re.compile(_any_of(self.nutrient)).search
        self.endings = tuple(ending.casefold() for ending in self.words.endings)
        self.units = _UNITS | {unit.casefold(): mg for unit, mg in self.words.units.items()}
        self.shares = {form.id: [each.elemental_percent for each in form.compounds] for form in table.forms}
        self.levels = {form.id: tuple(_levels(table, form.id)) for form in table.forms}
        self.limits: dict[float, tuple[Limit, ...]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        deciding = {"nutrient": self.nutrient, "other": self.words.others}
        deciding |= {kind: getattr(self.words, kind) for kind in ("elemental", "given", "source", "joins")}
        for kind, words in deciding.items():
            for word in words:
                self._learn(word, kind)
        named = {form.id: [name for _, name in names_of(form)] for form in table.forms}
        named |= {entry.id: [*names_of_not_covered(entry)] for entry in table.not_covered}
        for known, names in named.items():
            for name in (*names, *self.words.names.get(known, ())):
                self._learn(name, "form", known)
        for phrases in self.phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        pieces, per = (_any_of(words) for words in (self.words.pieces, self.words.per))
        self.servings = re.compile(
            rf"(?<![\w.,])(?P<number>\d\d?(?:[.,]\d)?)\s*(?:{pieces})(?!\w)|(?<!\w)(?:{per})\s*(?P<piece>{pieces})(?!\w)"
            rf"|(?<!\w)(?:{per})\s+(?P<amount>\d+(?:[.,]\d+)?\s*(?:ml|g))(?!\w)|/\s*(?P<each>1)(?![\d.,])",
            re.IGNORECASE,
        )

    def is_compound(self, word: str) -> bool:
        """Whether a word that the table does not know looks like a compound's name: "trisilicate"."""
        return len(word) >= _SHORTEST_COMPOUND and word.endswith(self.endings)

    def _learn(self, phrase: str, kind: str, meaning: str = "") -> None:
        """Take a phrase into the vocabulary, a form's name without the nutrient in front of it."""
        words = [found["word"] for found in _TOKEN.finditer(phrase.casefold()) if found["word"]]
        if kind == "form" and len(words) > 1 and words[0] in self.nutrient:
            words = words[1:]
        known = self.phrases.setdefault(words[0], []) if words else []
        if all(tuple(words) != other for other, _, _ in known):
            known.append((tuple(words), kind, meaning))

    def read(self, line: str) -> Reading:
        """What a line says; every text gets a reading."""
        if len(line) > _LONGEST:
            return Reading(line=line[:80], because=f"The line is longer than {_LONGEST:,} characters.")
        folded = line.casefold()
        if not self.names_nutrient(folded):
            return Reading(line=line, because=f"The line does not name {self.table.nutrient}.")
        parser = Parser(self, folded)
        weighed = {name for claim in parser.claims for name in claim.forms}
        hidden = {*self.words.excipients} - weighed
        named = tuple(name for name in dict.fromkeys(parser.named) if name not in hidden)
        return self._reading(line, parser, named, self._decision(parser.claims, named))

    def _decision(self, claims: Sequence[Claim], named: Sequence[str]) -> Decision:
        """The first rule that decides: words or two weights, a percentage, "as" or "from", a bare name, a salt."""
        nutrient = self.table.nutrient
        elemental, bare, weights = (
            [each for each in claims if each.kind == kind] for kind in ("elemental", "nutrient", "form")
        )
        said = elemental or bare
        if not said:
            return self._of_compound(weights)
        claim = said[0]
        if len({each.amount.mg for each in said}) > 1:
            return Decision("ambiguous", f"The line has more than one amount of {nutrient}.")
        if elemental and not weights:
            weights = [each for each in bare if (each.amount.mg or 0) > (claim.amount.mg or 0)]
        compound = _sum(weights)
        if compound and bare and not elemental and self._can_be_true(claim.amount.mg or 0, compound, named) == "no":
            return Decision("ambiguous", "The two weights cannot both be right.", compound=compound)
        if compound:
            return Decision("both", f"The line has both weights: the {nutrient} and its compound.", claim, compound)
        if elemental:
            return Decision("elemental", f"The words say that the figure is {nutrient} itself.", claim)
        if self._fits(claim.amount):
            return Decision("elemental", self._fit(claim.amount), claim)
        if claim.salts:
            return Decision(
                "elemental", f"The line says what the {nutrient} comes from, so the figure is {nutrient} itself.", claim
            )
        if named:
            because = f"{nutrient.capitalize()} and a compound are named, and the figure may be either."
            return Decision("ambiguous", because, compound=claim.amount.mg)
        return Decision("elemental", f"The line names {nutrient} and no compound.", claim)

    def _of_compound(self, weights: Sequence[Claim]) -> Decision:
        """What a figure with a compound's name is: the nutrient, where a percentage proves it."""
        if not weights:
            return Decision("none", f"No amount of {self.table.nutrient} stands there.")
        if len(weights) == 1 and self._fits(weights[0].amount):
            return Decision("elemental", self._fit(weights[0].amount), weights[0])
        because = f"After a compound's name, the figure may be the compound or the {self.table.nutrient} in it."
        return Decision("ambiguous", because, compound=_sum(weights))

    def _fits(self, amount: Item | None) -> tuple[float, ...]:
        """The daily values of which an amount is the percentage printed behind it."""
        if amount is None or amount.mg is None or amount.percent is None:
            return ()
        if amount.fits is None:
            digits = 0 if amount.percent.is_integer() else 1
            exact = ((each.mg, 100 * amount.mg / each.mg) for each in self.words.references)
            amount.fits = tuple(mg for mg, percent in exact if round(percent, digits) == amount.percent)
        return amount.fits

    def _fit(self, amount: Item) -> str:
        values = listed((f"{mg:g} mg" for mg in self._fits(amount)), "or")
        return f"{amount.percent:g} % of a daily value of {values} is {amount.mg:g} mg of {self.table.nutrient} itself."

    def _can_be_true(self, elemental: float, compound: float, named: Sequence[str]) -> str:
        """Whether a weight of compound can hold so much: "yes", "not_alone", "no" or "untestable"."""
        share = 100 * (elemental - _ROUNDING_MG) / compound
        every = [percent for shares in self.shares.values() for percent in shares]
        shares = [self.shares.get(name, []) for name in named]
        if every and share > max(every):
            return "no"
        if not shares or not all(shares):
            return "untestable"
        return "yes" if share <= max(map(max, shares)) else "not_alone"

    def _reading(self, line: str, parser: "Parser", named: tuple[str, ...], decision: Decision) -> Reading:
        basis, because, claim, compound = decision
        shown = next((each for each in (claim, *parser.claims) if each and each.kind != "other"), None)
        amount = shown.amount if shown else None
        impossible = shown is not None and (shown.amount.mg or 0) >= _IMPOSSIBLE_MG.get(shown.kind, _MOST_MG)
        elemental = claim.amount.mg if claim else None
        can_be_true = "untestable"
        if impossible:
            elemental, compound, can_be_true = None, None, "no"
        elif elemental and compound:
            can_be_true = self._can_be_true(elemental, compound, named)
        elif parser.share and basis == "none" and named:
            can_be_true = self._can_be_true(parser.share + _ROUNDING_MG, 100, named)
        readings: tuple[Possible, ...] = ()
        if basis == "ambiguous" and compound:
            shares = [self.shares.get(name, []) for name in named]
            most = round(compound * max(map(max, shares)) / 100, 2) if shares and all(shares) else None
            readings = (Possible("elemental", compound), Possible("compound", most))
        fits = self._fits(amount)
        return Reading(
            line=line,
            forms=tuple(name for name in named if name in self.shares),
            other_forms=tuple(name.replace("-", " ") for name in named if name not in self.shares),
            basis=basis,
            because=because,
            elemental_mg=elemental,
            compound_mg=compound,
            readings=readings,
            percent=amount.percent if amount else None,
            reference_mg=fits[0] if len(fits) == 1 else fits or None,
            serving=self._serving(line),
            can_be_true=can_be_true,
            limits=self._limits(elemental) if elemental else (),
            levels=tuple(level for name in named for level in self.levels.get(name, ())),
            unknown=tuple(self._unknown(named, basis, amount, can_be_true)),
        )

    def _unknown(self, named: Sequence[str], basis: str, amount: Item | None, can_be_true: str) -> Iterator[str]:
        """What a line leaves open."""
        if basis == "ambiguous":
            yield f"whether the figure is {self.table.nutrient} or compound"
        if amount is not None and amount.mg is None:
            yield "how much it is: the number can be read in more than one way"
        elif amount is not None and can_be_true == "no" and (amount.mg or 0) >= _MOST_MG:
            yield f"the unit: {(amount.mg or 0) / 1000:g} g cannot be right"
            says = [f"{amount.percent * each.mg / 100:g} mg" for each in self.words.references if amount.percent]
            yield from [f"the amount: {amount.percent:g} % are {listed(says, 'or')}"] if says else []
        elif amount is not None and amount.percent is not None and not self._fits(amount):
            yield f"what {amount.percent:g} % refers to: it fits no daily value"
        if len(named) > 1 and amount is not None:
            yield f"how much of it comes from {listed(named)} each"
        if can_be_true == "not_alone":
            richer = next((f"{self.words.richer[name]}, or " for name in named if name in self.words.richer), "")
            yield f"what else it holds: {richer}{self.table.buffer or 'another compound'} may be in it"

    def _limits(self, elemental: float) -> tuple[Limit, ...]:
        """How an amount stands to the upper levels; a database has few amounts, and each many times."""
        if len(self.limits) > _MOST_KNOWN:
            self.limits.clear()
        if elemental not in self.limits:
            self.limits[elemental] = limits(self.table, Decimal(str(elemental)), Decimal(str(elemental)))
        return self.limits[elemental]

    def _serving(self, line: str) -> str | None:
        """What the amount is in, as it is printed: "3 Kapseln", "1 capsule", "15 ml"."""
        for found in self.servings.finditer(line):
            if not found["number"] or float(found["number"].replace(",", ".")) <= _MOST_PIECES:
                piece = f"1 {found['piece']}" if found["piece"] else None
                return piece or found["amount"] or found["each"] or " ".join(found[0].split())
        return None


class Parser:
    """The names and amounts of one line: its ``claims``, the ids of ``named`` forms, a ``share`` without an amount."""

    def __init__(self, reader: LabelReader, folded: str) -> None:
        self.reader = reader
        self.tokens = [(found.lastgroup, found[0]) for found in _TOKEN.finditer(folded)] + [(None, "")]
        self.claims: list[Claim] = []
        self.named: list[str] = []
        self.share: float | None = None
        self.adjacent = False
        groups: list[list[Item]] = [[]]
        at = 0
        while at < len(self.tokens):
            at += self._take(groups, at)
        while len(groups) > 1:
            self._close(groups)
        self._claim(groups[0])

    def _take(self, groups: list[list[Item]], at: int) -> int:
        """Take what begins at a token; how many tokens it has."""
        kind = self.tokens[at][0]
        if kind == "word":
            return self._word(groups[-1], at)
        if kind == "hyphen":
            return 1
        self.adjacent = False
        if kind == "number":
            return self._number(groups, at)
        if kind == "open":
            groups.append([])
        elif kind == "close" and len(groups) > 1:
            self._close(groups)
        return 1

    def _word(self, group: list[Item], at: int) -> int:
        """Take a phrase that the table knows, or a form's name that is glued to the nutrient's."""
        word = self.tokens[at][1]
        for words, kind, meaning in self.reader.phrases.get(word, ()):
            if length := self._length(words, at):
                self._add(group, kind, meaning)
                return length
        glued = next((word.removeprefix(each) for each in self.reader.nutrient if word.startswith(each)), "")
        meaning = next((known for words, kind, known in self.reader.phrases.get(glued, ()) if words == (glued,)), "")
        if meaning:
            self.adjacent = False
        elif self.adjacent and group and group[-1].kind == "nutrient" and self.reader.is_compound(word):
            meaning = word
        if meaning:
            self._add(group, "form", meaning)
        else:
            self.adjacent = False
        return 1

    def _length(self, words: Sequence[str], at: int) -> int:
        """How many tokens a phrase takes from a token on, or 0 where it does not stand there; hyphens do not count."""
        here = at
        for word in words:
            here += here > at and self.tokens[here][0] == "hyphen"
            if self.tokens[here][1] != word:
                return 0
            here += 1
        return here - at

    def _add(self, group: list[Item], kind: str, meaning: str) -> None:
        """Add a word to a group; "magnesium citrate" and "citrate of magnesium" are one name."""
        last = group[-1] if group and self.adjacent else None
        if kind == "joins" and last is not None:
            return
        self.adjacent = kind in _NAMES
        if last is not None and (last.kind, kind) in (
            ("other", "form"),
            ("form", "nutrient"),
            ("elemental", "nutrient"),
        ):
            return
        if last is not None and last.kind == "nutrient" and kind in ("form", "elemental"):
            group.pop()
        group.append(Item(kind, meaning))
        if kind == "form":
            self.named.append(meaning)

    def _number(self, groups: list[list[Item]], at: int) -> int:
        """Take a number with its unit, or a percentage; a number with neither means nothing here."""
        number, (kind, after) = self.tokens[at][1], self.tokens[at + 1]
        if kind == "percent":
            self._percent(groups, _decimal(number), at + 2)
            return 2
        if after not in self.reader.units:
            return 1
        groups[-1].append(Item("amount", mg=self._mg(number, self.reader.units[after], at)))
        return 2

    def _mg(self, number: str, unit: float, at: int) -> float | None:
        """An amount in mg; None where it is a range, a limit, a multiple, or can be read in two ways."""
        before = [token for _, token in self.tokens[max(0, at - 2) : at]]
        is_range = len(before) > 1 and before[1] in _DASHES and before[0][:1].isdigit()
        if is_range or (before and before[-1] in _INEXACT):
            return None
        if _TWO_MEANINGS.fullmatch(number) or (unit != 1 and _THOUSANDS.fullmatch(number)):
            return None
        plain = _decimal(number.replace(",", "") if _THOUSANDS.fullmatch(number) else number)
        return None if plain is None else round(plain * unit, 6)

    def _percent(self, groups: Sequence[list[Item]], percent: float | None, at: int) -> None:
        """Note a percentage with the amount before it; one before a form's name ("100 % chelated") is none."""
        if any(kind == "form" for _, kind, _ in self.reader.phrases.get(self.tokens[at][1], ())):
            return
        amounts = [item for group in groups for item in group if item.kind == "amount"]
        if amounts:
            amounts[-1].percent = amounts[-1].percent or percent
        elif any(groups):
            self.share = percent

    def _close(self, groups: list[list[Item]]) -> None:
        """End the innermost parentheses: what stands in them is a group, or belongs to what stands before them."""
        inner, outer = groups.pop(), groups[-1]
        names = [item for item in inner if item.kind in _NAMES]
        amounts = [item for item in inner if item.kind == "amount"]
        owner = next((item for item in reversed(outer) if item.kind in _NAMES), None)
        if owner is not None and owner.kind == "other":
            self.named = [name for name in self.named if name not in {item.name for item in names}]
        elif names and amounts:
            self._claim(inner)
        elif amounts:
            for item in amounts:
                item.alone = len(inner) == len(amounts)
            outer += inner
        elif names and names[-1].kind == "elemental":
            outer.append(Item("elemental"))
        elif names:
            target = next((item for item in reversed(outer) if item.kind in ("amount", "nutrient", "elemental")), None)
            if target is not None:
                target.salts += tuple(item.name for item in names if item.kind == "form")

    def _claim(self, group: Iterable[Item]) -> None:
        """Give each amount of a group the names that it belongs to."""
        self._claim_parts(list(_parts(group)))

    def _claim_parts(self, parts: Sequence["_Run | Item"]) -> None:
        amount_first = bool(parts) and isinstance(parts[0], Item) and isinstance(parts[-1], _Run)
        taken: dict[int, Item] = {}
        for place, part in enumerate(parts):
            if not isinstance(part, Item):
                continue
            left = parts[place - 1] if place else None
            right = parts[place + 1] if place + 1 < len(parts) else None
            free = place + 2 >= len(parts) or isinstance(parts[place + 2], _Run)
            ahead = isinstance(right, _Run) and (not isinstance(left, _Run) or amount_first or (free and right.leads()))
            run, at = (right, place + 1) if ahead else (left, place - 1)
            if not isinstance(run, _Run):
                self.claims += [Claim("elemental", part)] if part.given else []
                continue
            if at in taken and part.alone:
                continue
            if at in taken and taken[at].alone:
                self.claims = [claim for claim in self.claims if claim.amount is not taken[at]]
            taken[at] = part
            if not ahead and (isinstance(right, Item) or isinstance(left, Item)) and run.is_mixed():
                self._claim_in_turn(run, parts[at + 1 :])
                return
            claim = run.claim(part, before=ahead)
            beside = right.sourced() if isinstance(right, _Run) and not ahead and claim.kind != "form" else ()
            within = (salt for name, _ in run.names for salt in name.salts)
            self.claims.append(claim._replace(salts=(*claim.salts, *part.salts, *within, *beside)))

    def _claim_in_turn(self, run: "_Run", rest: Sequence["_Run | Item"]) -> None:
        """Give several names, such as "calcium/magnesium", their amounts in turn; none where the numbers differ."""
        amounts = list(takewhile(lambda part: isinstance(part, Item), rest))
        if len(amounts) == len(run.names):
            for name, amount in zip(run.names, amounts, strict=True):
                if isinstance(amount, Item):
                    self.claims.append(_Run([name], run.given, run.joined).claim(amount, before=False))
        self._claim_parts(rest[len(amounts) :])


class _Run(NamedTuple):
    """Names that stand together, each with whether "as" stands before it.

    ``given`` behind "of which"; ``joined`` to the amount before it, as in "mg of".
    """

    names: list[tuple[Item, bool]]
    given: bool
    joined: bool

    def sourced(self) -> tuple[str, ...]:
        """The forms behind "as" or "from"."""
        return tuple(name.name for name, is_source in self.names if is_source)

    def is_mixed(self) -> bool:
        """Whether another nutrient stands among the names."""
        return len(self.names) > 1 and any(name.kind == "other" for name, _ in self.names)

    def leads(self) -> bool:
        """Whether an amount before these names is theirs, though another name stands before it."""
        kinds = [name.kind for name, _ in self.names]
        return "elemental" in kinds or (kinds[0] == "nutrient" and self.joined)

    def claim(self, amount: Item, *, before: bool) -> Claim:
        """What an amount ``before`` or behind these names weighs."""
        kinds = [name.kind for name, _ in self.names]
        forms = tuple(name.name for name, _ in self.names if name.kind == "form")
        edge = kinds[0] if before else kinds[-1]
        if self.is_mixed() and "elemental" not in kinds:
            return Claim("other", amount)
        if "elemental" in kinds or (self.given and edge == "nutrient"):
            return Claim("elemental", amount, (), forms)
        if "nutrient" in kinds and "other" not in kinds and self.sourced() == forms:
            return Claim("nutrient", amount, (), forms)
        if edge == "nutrient" and not before:
            return Claim("nutrient", amount)
        return Claim("other", amount) if edge == "other" else Claim("form", amount, forms)


def _parts(group: Iterable[Item]) -> Iterator[_Run | Item]:
    """Runs of names, and the amounts between them."""
    run: _Run | None = None
    given = source = joined = taken = False
    for item in group:
        if item.kind == "amount":
            yield from [run] if run else []
            item.given = given
            yield item
            run, given, source, joined, taken = None, False, False, False, True
        elif item.kind in _NAMES:
            run = run or _Run([], given, joined)
            run.names.append((item, source and item.kind == "form"))
            given = joined = False
        else:
            given, source, joined = given or item.kind == "given", source or item.kind == "source", item.kind == "joins"
            if run and (item.kind == "given" or (item.kind == "source" and taken and run.leads())):
                yield run
                run = None
    yield from [run] if run else []


def _levels(table: Table, form_id: str) -> Iterator[LabelLevel]:
    form = next(form for form in table.forms if form.id == form_id)
    for scale in table.scales.in_use():
        if level := level_of(table, form, scale):
            yield LabelLevel(form_id, scale, level.word, level.basis, level.sources)


def _decimal(number: str) -> float | None:
    """A number with a point or a comma; None where several stand in it."""
    return float(number.replace(",", ".")) if number.count(".") + number.count(",") <= 1 else None


def _sum(claims: Sequence[Claim]) -> float | None:
    """The sum of what claims weigh, in mg; None where one is not known."""
    known = [claim.amount.mg for claim in claims if claim.amount.mg is not None]
    return sum(known) if known and len(known) == len(claims) else None


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words; for none where there are none."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


@cache
def _bundled() -> LabelReader:
    return LabelReader(load())


def read_label(line: str, table: Table | None = None) -> Reading:
    """What a line of a label says, by the words of a table; without one, of the table that comes with mgform."""
    return (_bundled() if table is None else LabelReader(table)).read(line)


def in_serving(reading: Reading, serving: str | None) -> Reading:
    """A reading whose serving somebody has told, as in "2 capsules".

    Raises:
        CallError: no number above 0 stands there.

    """
    if serving is None:
        return reading
    number = re.match(r"\s*(\d{1,3})(?![\d.,])", serving)
    if number is None or int(number[1]) == 0:
        raise CallError(f'{quoted(serving)} is no serving; write how many, as in "2 capsules"')
    each = None if reading.elemental_mg is None else round(reading.elemental_mg / int(number[1]), 3)
    return structs.replace(reading, serving=serving.strip(), each_mg=each)


def answer(table: Table, reading: Reading) -> Answer:
    """One line of a label: its screen, and its data."""
    rows: list[tuple[Cell, ...]] = []
    for form in reading.forms:
        levels = (_level(table, level) for level in reading.levels if level.form == form)
        rows.append((text(form, "strong"), text("; ".join(levels) or "no level is known")))
    if reading.other_forms:
        rows.append((text("Also named"), text(f"{listed(reading.other_forms)}, which this table does not cover")))
    truths = {
        "yes": "yes, the compound can hold so much",
        "not_alone": "not if the compound is pure; something richer must be in it",
        "no": "no compound can hold so much",
    }
    if reading.can_be_true in truths:
        rows.append((text("Can it be true?"), text(truths[reading.can_be_true])))
    if reading.each_mg is not None:
        rows.append((text("In each"), text(f"{milligrams(reading.each_mg)} of {table.nutrient}, at {reading.serving}")))
    rows += [(text("Left open"), paragraphs(reading.unknown))] if reading.unknown else []
    return Answer(
        Page(
            (*_sentences(table, reading), reading.because),
            (Grid(("", ""), tuple(rows)),) if rows else (),
            (table.notice,),
        ),
        reading,
    )


def _level(table: Table, level: LabelLevel) -> str:
    title = getattr(table.scales, level.scale).title.lower()
    return f"{title} {level.level} {marked(table, level.sources, level.basis)}"


def _sentences(table: Table, reading: Reading) -> Iterator[str]:
    """What the figure of a line means."""
    nutrient, compound = table.nutrient, milligrams(reading.compound_mg or 0)
    if reading.elemental_mg is not None:
        of = f", in {compound} of compound" if reading.compound_mg else ""
        yield f"{milligrams(reading.elemental_mg)} of {nutrient}{of}{against(reading.limits)}."
    elif reading.readings:
        most = reading.readings[1].elemental_mg
        holds = f"contains at most {milligrams(most)} of {nutrient}" if most else f"contains less {nutrient} than that"
        yield f"Two readings: {compound} of compound {holds}, or it is {compound} of {nutrient} itself."
    else:
        yield f"The amount of {nutrient} {'is not given' if reading.basis == 'none' else 'stays open'}."


def readings(
    reader: LabelReader, texts: Sequence[str], serving: str | None, report: Callable[[str], None]
) -> Iterator[list[tuple[int, Reading]]]:
    """Numbered readings of many lines as they come; a line that cannot be read is reported, and the rest goes on."""
    for batch in _batches(texts):
        for number, line in batch:
            if isinstance(line, bytes):
                report(f"line {number} is not UTF-8, or longer than {_LONGEST:,} characters; the others are read")
        yield [(number, in_serving(reader.read(line), serving)) for number, line in batch if isinstance(line, str)]


def in_a_line(number: int, reading: Reading) -> str:
    """A reading in a list: the line's number, what it holds, what its figure is, the forms and the line."""
    amounts = [each.elemental_mg for each in reversed(reading.readings)] or [reading.elemental_mg]
    mg = " or ".join(f"{each:g}" for each in amounts if each)
    forms = ", ".join((*reading.forms, *reading.other_forms)) or "-"
    line = "".join(each if each.isprintable() else " " for each in reading.line)
    return f"{number:>6}  {f'{mg} mg' if mg else '?':<16} {reading.basis:<10} {forms}: {line}"


def _batches(texts: Sequence[str]) -> Iterator[list[tuple[int, str | bytes]]]:
    """Numbered lines of the arguments, "-" being those of standard input; bytes where they are no text or too long."""
    number = 0
    for given in texts:
        for raw in _input() if given == "-" else [[given.encode("utf-8", "surrogateescape")]]:
            batch: list[tuple[int, str | bytes]] = []
            for number, line in enumerate(raw, number + 1):  # noqa: B020  # it counts on
                batch.append((number, _decoded(line)))
            yield batch


def _decoded(line: bytes) -> str | bytes:
    try:
        decoded = line.decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError:
        return line
    return decoded if len(decoded) <= _LONGEST else line


def _input() -> Iterator[list[bytes]]:
    """The lines of standard input as they arrive. Of one that is too long, no more is kept than shows it."""
    kept = b""
    stream: Any = sys.stdin.buffer if sys.stdin else io.BytesIO()
    while chunk := stream.read1(65536):
        *lines, kept = (kept + chunk).split(b"\n")
        kept = kept[: 4 * _LONGEST + 4]
        yield lines
    yield [kept] if kept else []
