"""A line of a label: which forms it names, what its figure means and by which rule, and what it leaves open.

A line is cut into words, whose meanings are data (``labels`` in the table), and then into groups: what stands
in parentheses is a group of its own. In a group each amount belongs to the name that stands beside it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from mgform.dose import Limit, limits
from mgform.forms import level_of
from mgform.names import names_of, names_of_not_covered
from mgform.table import Basis, Table
from mgform.words import listed

_LONGEST = 10_000
_IMPOSSIBLE_MG = 10_000
_MOST_PIECES = 12
_ROUNDING_MG = 1
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_]+(?:[\"'\u05f3\u05f4\u2019][^\W\d_]+)*\d*)"
    r"|(?P<percent>%)|(?P<open>[(\[])|(?P<close>[)\]])|(?P<hyphen>(?<=\w)[-\u2010\u2011](?=\w))|(?P<mark>\S)"
)
# 1.000 is a thousand in some countries and one in others; 1,000 mg is a thousand, as labels print it.
_TWO_MEANINGS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


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

    ``basis`` is what its figure is: "elemental", "compound", "both" (two weights stand there), "ambiguous" (one
    weight with two ``readings``) or "none"; ``because`` says which rule decided. Amounts are mg. ``reference_mg`` is
    the daily value that amount and percent fit, or several. ``can_be_true`` holds two weights against the formulas.
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


class Item:
    """A name or an amount in a line.

    ``kind`` is "nutrient", "elemental", "form", "other" (another nutrient), "amount", "given" (words such as
    "of which") or "source" ("as", "from"). An amount is ``alone`` when nothing else stands in its parentheses.
    """

    __slots__ = ("alone", "kind", "mg", "name", "percent", "salts")

    def __init__(self, kind: str, name: str = "", mg: float | None = None) -> None:
        self.kind, self.name, self.mg = kind, name, mg
        self.percent: float | None = None
        self.alone = False
        self.salts: list[str] = []


class Claim(NamedTuple):
    """An amount and what it weighs: "elemental" or "nutrient", "form" or "other"; ``salts`` are what it is from."""

    kind: str
    amount: Item
    forms: tuple[str, ...]
    salts: tuple[str, ...]


class LabelReader:
    """Reads lines of labels with the words of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        words = table.labels
        self.nutrient = tuple(word.casefold() for word in words.nutrient)
        self.phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        self.units = {unit.casefold(): mg for unit, mg in words.units.items()}
        for kind in ("nutrient", "elemental", "given", "source", "others", "joins"):
            for word in getattr(words, kind):
                self._learn(word, "other" if kind == "others" else kind, "")
        for form in table.forms:
            for _, name in names_of(form):
                self._learn(name, "form", form.id)
        for entry in table.not_covered:
            for name in names_of_not_covered(entry):
                self._learn(name, "form", entry.id)
        for known, names in words.names.items():
            for name in names:
                self._learn(name, "form", known)
        for phrases in self.phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        self.covered = {form.id: form for form in table.forms}
        pieces, per = ("|".join(map(re.escape, sorted(some, key=len, reverse=True))) for some in (words.pieces, words.per))
        self.serving = re.compile(
            rf"(?<![\w.,])(?P<number>\d\d?(?:[.,]\d)?)\s*(?:{pieces})(?!\w)|(?<!\w)(?:{per})\s+(?P<piece>{pieces})(?!\w)"
            rf"|(?<!\w)(?:{per})\s+(?:\w+\s+){{0,2}}?(?P<amount>\d+(?:[.,]\d+)?\s*(?:ml|g))(?!\w)|/\s*(?P<each>1)(?![\d.,])",
            re.IGNORECASE,
        )
        self.known_limits: dict[float, tuple[Limit, ...]] = {}
        self.known_levels = {form.id: tuple(self._levels(form.id)) for form in table.forms}

    def _learn(self, phrase: str, kind: str, meaning: str) -> None:
        """Take a phrase into the vocabulary, without the nutrient in front of it."""
        words = [found["word"] for found in _TOKEN.finditer(phrase.casefold()) if found["word"]]
        if kind == "form" and len(words) > 1 and words[0] in self.nutrient:
            words = words[1:]
        if words:
            known = self.phrases.setdefault(words[0], [])
            if all(tuple(words) != other for other, _, _ in known):
                known.append((tuple(words), kind, meaning))

    def _levels(self, form_id: str) -> Iterator[LabelLevel]:
        for scale in self.table.scales.in_use():
            if level := level_of(self.table, self.covered[form_id], scale):
                yield LabelLevel(form_id, scale, level.word, level.basis, level.sources)

    def read(self, line: str) -> Reading:
        """What a line says; every text gets a reading."""
        if len(line) > _LONGEST:
            return Reading(line=line[:80], because=f"The line is longer than {_LONGEST:,} characters.")
        folded = line.casefold()
        if not any(word in folded for word in self.nutrient):
            return Reading(line=line, because=f"The line does not name {self.table.nutrient}.")
        parser = _Parser(self, folded)
        parser.parse()
        return self._decided(line, parser)

    def _decided(self, line: str, parser: "_Parser") -> Reading:
        """The reading of a line whose names and amounts are known, by the first rule that decides."""
        found: dict[str, list[Claim]] = {"elemental": [], "nutrient": [], "form": [], "other": []}
        for claim in parser.claims:
            found[claim.kind].append(claim)
        weighed = {name for claim in parser.claims for name in claim.forms}
        named = [name for name in dict.fromkeys(parser.named) if name in weighed or name not in self.table.labels.excipients]
        if found["elemental"] or found["nutrient"]:
            basis, because, claim, compound = self._of_nutrient(found, named)
        elif found["form"]:
            basis, because, claim, compound = self._of_form(found["form"])
        else:
            basis, because, claim, compound = "none", f"No amount of {self.table.nutrient} stands there.", None, None
        return self._reading(line, parser, named, _Decision(basis, because, claim, compound))

    def _of_nutrient(self, found: dict[str, list[Claim]], named: Sequence[str]) -> "_Decision":
        """Rules 1 to 4: the line says that an amount is the nutrient itself."""
        nutrient = self.table.nutrient
        said = found["elemental"] or found["nutrient"]
        if len({claim.amount.mg for claim in said}) > 1:
            return _Decision("ambiguous", f"The line has more than one amount of {nutrient}.", None, None)
        claim, weights = said[0], [each.amount.mg for each in found["form"]]
        if found["elemental"] and not weights:
            weights = [each.amount.mg for each in found["nutrient"] if (each.amount.mg or 0) > (claim.amount.mg or 0)]
        compound = sum(weights) if weights and None not in weights else None
        if compound and not found["elemental"] and self._can_be_true(claim.amount.mg or 0, compound, named) == "no":
            return _Decision("ambiguous", "The two weights cannot both be right.", None, compound)
        if compound:
            return _Decision("both", f"Both weights stand there, the compound's and that of {nutrient} in it.", claim, compound)
        if found["elemental"]:
            return _Decision("elemental", f"The words say that it is {nutrient} itself.", claim, None)
        if fits := self._fits(claim.amount):
            return _Decision("elemental", self._fit(claim.amount, fits), claim, None)
        if claim.salts:
            because = f"The line names what the {nutrient} comes from, so the figure is {nutrient} itself."
            return _Decision("elemental", because, claim, None)
        if named:
            because = f"It names {nutrient} and a compound; the figure may be the weight of either."
            return _Decision("ambiguous", because, None, claim.amount.mg)
        return _Decision("elemental", f"The line names {nutrient} and no compound.", claim, None)

    def _of_form(self, claims: Sequence[Claim]) -> "_Decision":
        """Rules 2 and 5: the figure stands with a compound's name."""
        amount = claims[0].amount
        if len(claims) == 1 and (fits := self._fits(amount)):
            return _Decision("elemental", self._fit(amount, fits), claims[0], None)
        weights = [claim.amount.mg for claim in claims]
        compound = sum(weight for weight in weights if weight) if None not in weights else None
        because = f"The figure stands with a compound's name; labels print {self.table.nutrient} or compound there."
        return _Decision("ambiguous", because, None, compound)

    def _fits(self, amount: Item) -> tuple[float, ...]:
        """The daily values of which an amount is the percentage printed behind it, rounded as labels round."""
        if amount.mg is None or amount.percent is None:
            return ()
        exact = {each.mg: 100 * amount.mg / each.mg for each in self.table.labels.references}
        return tuple(mg for mg, percent in exact.items() if abs(percent - amount.percent) <= 0.5)  # noqa: PLR2004

    def _fit(self, amount: Item, fits: Sequence[float]) -> str:
        values = listed((f"{mg:g} mg" for mg in fits), "or")
        return f"{amount.percent:g} % of a daily value of {values} is {amount.mg:g} mg of {self.table.nutrient} itself."

    def _can_be_true(self, elemental: float, compound: float, named: Sequence[str]) -> str:
        """Whether a compound's weight can hold so much: "yes", "not_alone", "no" or "untestable"."""
        shares = [each.elemental_percent for name in named if name in self.covered for each in self.covered[name].compounds]
        every = [each.elemental_percent for form in self.table.forms for each in form.compounds]
        share = 100 * (elemental - _ROUNDING_MG) / compound
        if not every or share > max(every):
            return "no" if every else "untestable"
        if not shares or any(name not in self.covered for name in named):
            return "untestable"
        return "yes" if share <= max(shares) else "not_alone"

    def _reading(self, line: str, parser: "_Parser", named: Sequence[str], decision: "_Decision") -> Reading:
        basis, because, claim, compound = decision
        forms = tuple(name for name in named if name in self.covered)
        others = tuple(name.replace("-", " ") for name in named if name not in self.covered)
        amount = claim.amount if claim else next((each.amount for each in parser.claims if each.kind != "other"), None)
        elemental = claim.amount.mg if claim else None
        unknown = list(self._unknown(named, decision, amount))
        can_be_true, readings = "untestable", ()
        if amount is not None and (amount.mg or 0) >= _IMPOSSIBLE_MG:
            elemental = compound = None
            can_be_true = "no"
        elif elemental and compound:
            can_be_true = self._can_be_true(elemental, compound, named)
        elif parser.share and basis == "none" and named:
            can_be_true = self._can_be_true(parser.share + _ROUNDING_MG, 100, named)
        if basis == "ambiguous" and compound:
            readings = (Possible("elemental", compound), Possible("compound", self._most(compound, named)))
        if can_be_true == "not_alone":
            unknown += [f"{name} cannot hold so much alone: {self._why_more(name)}" for name in forms]
        fits = self._fits(amount) if amount else ()
        return Reading(
            line=line,
            forms=forms,
            other_forms=others,
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
            levels=tuple(level for form in forms for level in self.known_levels[form]),
            unknown=tuple(unknown),
        )

    def _most(self, compound: float, named: Sequence[str]) -> float | None:
        """The nutrient in a weight of compound at most, where the table knows every compound that is named."""
        if any(name not in self.covered or not self.covered[name].compounds for name in named):
            return None
        share = max(each.elemental_percent for name in named for each in self.covered[name].compounds)
        return round(compound * share / 100, 2)

    def _why_more(self, name: str) -> str:
        other = self.table.labels.richer.get(name)
        buffer = f"{self.table.buffer} or another compound" if self.table.buffer else "another compound"
        return f"it may be {other}, or hold {buffer}" if other else f"it holds {buffer} as well"

    def _unknown(self, named: Sequence[str], decision: "_Decision", amount: Item | None) -> Iterator[str]:
        """What a line leaves open, a sentence each."""
        nutrient = self.table.nutrient
        if decision.basis == "ambiguous":
            yield f"whether the figure is {nutrient} or compound"
        if amount is not None and amount.mg is None:
            yield "how much it is: the number can be read in more than one way"
        elif amount is not None and (amount.mg or 0) >= _IMPOSSIBLE_MG:
            says = [f"{amount.percent * each.mg / 100:g} mg" for each in self.table.labels.references] if amount.percent else []
            yield f"the unit, for {(amount.mg or 0) / 1000:g} g cannot be right" + (f"; {amount.percent:g} % would be {listed(says, 'or')}" if says else "")
        elif amount is not None and amount.percent is not None and not self._fits(amount):
            yield f"what {amount.percent:g} % refers to: it fits no daily value"
        if len(named) > 1 and amount is not None:
            yield f"how much of it comes from {listed(named)} each"
        others = [name for name in named if name not in self.covered]
        if others:
            yield f"what the sources say of {listed(others)}, which this table does not cover"

    def _limits(self, elemental: float) -> tuple[Limit, ...]:
        if elemental not in self.known_limits:
            mg = Decimal(str(elemental))
            self.known_limits[elemental] = limits(self.table, mg, mg)
        return self.known_limits[elemental]

    def _serving(self, line: str) -> str | None:
        """What the amount is in, as it is printed: "3 Kapseln", "1 capsule", "15 ml"."""
        for found in self.serving.finditer(line):
            if found["number"] and float(found["number"].replace(",", ".")) <= _MOST_PIECES:
                return " ".join(found[0].split())
            if found["piece"]:
                return f"1 {found['piece']}"
            if found["amount"] or found["each"]:
                return found["amount"] or found["each"]
        return None


class _Decision(NamedTuple):
    """The basis of a figure, the rule that decided, the claim that gives the nutrient, and mg of compound."""

    basis: str
    because: str
    claim: Claim | None
    compound: float | None


class _Run(NamedTuple):
    """Names that stand together; ``given`` behind "of which", ``joined`` to the amount before it ("mg of")."""

    names: list[tuple[Item, bool]]
    given: bool
    joined: bool

    def claim(self, amount: Item, *, before: bool) -> Claim:
        """What an amount ``before`` or behind these names weighs."""
        kinds = [name.kind for name, _ in self.names]
        sourced = tuple(name.name for name, is_source in self.names if is_source)
        forms = tuple(name.name for name, _ in self.names if name.kind == "form")
        edge = kinds[0] if before else kinds[-1]
        if "elemental" in kinds or (self.given and edge == "nutrient"):
            return Claim("elemental", amount, (), forms)
        if "nutrient" in kinds and "other" not in kinds and len(sourced) == len(forms):
            return Claim("nutrient", amount, (), sourced)
        if edge == "nutrient" and not before:
            return Claim("nutrient", amount, (), ())
        return Claim("form" if edge in ("form", "nutrient") else "other", amount, forms, ())


class _Parser:
    """The names and amounts of one line, group by group."""

    def __init__(self, reader: LabelReader, folded: str) -> None:
        self.reader = reader
        self.tokens = [(found.lastgroup, found[0]) for found in _TOKEN.finditer(folded)]
        self.claims: list[Claim] = []
        self.named: list[str] = []
        self.share: float | None = None
        self.adjacent = False

    def parse(self) -> None:
        """Fill ``claims``, the ids of the forms that are ``named``, and a ``share`` that stands without an amount."""
        groups: list[list[Item]] = [[]]
        at = 0
        while at < len(self.tokens):
            kind, text = self.tokens[at]
            step = 1
            if kind == "word":
                step = self._word(groups[-1], at)
            elif kind == "number":
                step = self._number(groups, at)
            elif kind == "open":
                groups.append([])
                self.adjacent = False
            elif kind == "close" and len(groups) > 1:
                self._close(groups)
            elif kind != "hyphen":
                self.adjacent = False
            at += step
        while len(groups) > 1:
            self._close(groups)
        self._claim(groups[0])

    def _word(self, group: list[Item], at: int) -> int:
        """Take the phrase that begins at a token; how many tokens it has."""
        text = self.tokens[at][1]
        for words, kind, meaning in self.reader.phrases.get(text, ()):
            length = self._length(words, at)
            if length:
                self._add(group, kind, meaning)
                return length
        glued = next((text.removeprefix(word) for word in self.reader.nutrient if text.startswith(word)), "")
        for words, kind, meaning in self.reader.phrases.get(glued, ()):
            if kind == "form" and len(words) == 1:
                self._add(group, kind, meaning)
                return 1
        self.adjacent = False
        return 1

    def _length(self, words: Sequence[str], at: int) -> int:
        """How many tokens a phrase takes from a token on, or 0 where it does not stand there; hyphens do not count."""
        here = at
        for number, word in enumerate(words):
            while number and here < len(self.tokens) and self.tokens[here][0] == "hyphen":
                here += 1
            if here >= len(self.tokens) or self.tokens[here][1] != word:
                return 0
            here += 1
        return here - at

    def _add(self, group: list[Item], kind: str, meaning: str) -> None:
        """Add a name to a group; "magnesium citrate" and "citrate of magnesium" are one name."""
        last = group[-1] if group and self.adjacent else None
        if kind == "joins":
            if not (group and self.adjacent):
                group.append(Item("joins"))
            return
        self.adjacent = kind in ("nutrient", "elemental", "form", "other")
        if last is not None and kind == "form" and last.kind in ("nutrient", "other"):
            if last.kind == "other":
                return
            group.pop()
        elif last is not None and kind == "nutrient" and last.kind in ("form", "elemental"):
            return
        elif last is not None and kind == "elemental" and last.kind == "nutrient":
            group.pop()
        group.append(Item(kind, meaning))
        if kind == "form":
            self.named.append(meaning)

    def _number(self, groups: list[list[Item]], at: int) -> int:
        """Take a number with its unit, or a percentage."""
        self.adjacent = False
        text = self.tokens[at][1]
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else ("", "")
        if after[0] == "percent":
            self._percent(groups, float(text.replace(",", ".")) if text.count(".") + text.count(",") < 2 else None, at + 2)  # noqa: PLR2004
            return 2
        if after[0] != "word" or after[1] not in self.reader.units:
            return 1
        amount = Item("amount", mg=self._mg(text, self.reader.units[after[1]], at))
        groups[-1].append(amount)
        return 2

    def _mg(self, text: str, unit: float, at: int) -> float | None:
        """An amount in mg; None where it is a range, a limit, a multiple, or can be read in two ways."""
        before = [token for _, token in self.tokens[max(0, at - 2) : at]]
        if before and (before[-1] in "<>\u2264\u2265~x\u00d7" or (before[-1] in "-\u2010\u2011\u2013" and before[0][:1].isdigit())):
            return None
        if _TWO_MEANINGS.fullmatch(text) or (unit != 1 and _THOUSANDS.fullmatch(text)):
            return None
        plain = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text.replace(",", ".")
        return round(float(plain) * unit, 6) if plain.count(".") < 2 else None  # noqa: PLR2004

    def _percent(self, groups: list[list[Item]], percent: float | None, at: int) -> None:
        """Note a percentage with the amount before it; one before a form's name is no daily value."""
        follows = self.tokens[at] if at < len(self.tokens) else ("", "")
        if any(kind in ("form", "elemental") for _, kind, _ in self.reader.phrases.get(follows[1], ())):
            return
        for group in reversed(groups):
            amounts = [item for item in group if item.kind == "amount"]
            if amounts:
                amounts[-1].percent = amounts[-1].percent or percent
                return
        if any(item.kind in ("form", "nutrient", "elemental") for group in groups for item in group):
            self.share = percent

    def _close(self, groups: list[list[Item]]) -> None:
        """End the innermost parentheses: what stands in them is a group, or belongs to what stands before them."""
        self.adjacent = False
        inner, outer = groups.pop(), groups[-1]
        names = [item for item in inner if item.kind in ("nutrient", "elemental", "form", "other")]
        amounts = [item for item in inner if item.kind == "amount"]
        owner = next((item for item in reversed(outer) if item.kind != "amount"), None)
        if owner is not None and owner.kind == "other":
            self.named = [name for name in self.named if name not in {item.name for item in names}]
        elif names and amounts:
            self._claim(inner)
        elif amounts:
            for item in amounts:
                item.alone = not any(each.kind == "given" for each in inner)
            outer.extend(inner)
        elif names and names[-1].kind == "elemental":
            outer.append(Item("elemental"))
        elif names:
            target = next((item for item in reversed(outer) if item.kind in ("amount", "nutrient", "elemental")), None)
            if target is not None:
                target.salts += [item.name for item in names if item.kind == "form"]

    def _claim(self, group: list[Item]) -> None:
        """Give each amount of a group the name that it belongs to."""
        parts = list(_parts(group))
        amount_first = bool(parts) and isinstance(parts[0], Item) and isinstance(parts[-1], _Run)
        taken: dict[int, Item] = {}
        for place, part in enumerate(parts):
            if not isinstance(part, Item):
                continue
            left = parts[place - 1] if place else None
            right = parts[place + 1] if place + 1 < len(parts) else None
            free = place + 2 >= len(parts) or isinstance(parts[place + 2], _Run)
            ahead = isinstance(right, _Run) and (not isinstance(left, _Run) or amount_first or (free and _leads(right)))
            run, at = (right, place + 1) if ahead else (left, place - 1)
            if not isinstance(run, _Run):
                if part.name == "given":
                    self.claims.append(Claim("elemental", part, (), ()))
                continue
            if at in taken and (part.alone or taken[at].alone):
                self.claims = [claim for claim in self.claims if claim.amount is not taken[at]] if taken[at].alone else self.claims
                if part.alone:
                    continue
            taken[at] = part
            claim = run.claim(part, before=ahead)
            salts = (*claim.salts, *part.salts, *(salt for name, _ in run.names for salt in name.salts))
            if claim.kind != "form" and isinstance(right, _Run) and not ahead:
                salts += tuple(name.name for name, is_source in right.names if is_source)
            self.claims.append(claim._replace(salts=salts))


def _leads(run: _Run) -> bool:
    """Whether an amount before these names is theirs, though another name stands before it."""
    kinds = [name.kind for name, _ in run.names]
    return "elemental" in kinds or (kinds[0] == "nutrient" and run.joined)


def _parts(group: Iterable[Item]) -> Iterator[_Run | Item]:
    """Runs of names, and the amounts between them."""
    run: _Run | None = None
    given = source = joined = False
    for item in group:
        if item.kind in ("given", "source", "joins"):
            given, source, joined = given or item.kind == "given", source or item.kind == "source", item.kind == "joins"
            if item.kind == "given" and run is not None:
                yield run
                run = None
        elif item.kind == "amount":
            if run is not None:
                yield run
            item.name = "given" if given else ""
            yield item
            run, given, source, joined = None, False, False, False
        else:
            run = run or _Run([], given, joined)
            run.names.append((item, source and item.kind == "form"))
            given = joined = False
    if run is not None:
        yield run
