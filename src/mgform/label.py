"""A line of a label: which forms it names, what its figure means and by which rule, and what it leaves open.

A line is read in three steps. Its words become letters by what the table says of them (``labels``); patterns of
letters tell what each amount weighs; and rules in the order of docs/commands.md tell what the figure means.
"""

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from msgspec import Struct, structs

from mgform.answers import against, milligrams
from mgform.comparison import marked
from mgform.dose import Limit, limits
from mgform.forms import level_of
from mgform.names import names_of
from mgform.page import Answer, Grid, Page, text
from mgform.reader import load
from mgform.table import Basis, Form, NotCovered, Table
from mgform.words import CallError, listed, quoted

_LONGEST = 10_000
# More than this is a slip of the unit; powders, which are compounds, are sold by the 100 g.
_MOST_MG, _MOST_COMPOUND_MG = 10_000, 100_000
_MOST_PIECES = 12
_ROUNDING_MG = 1
_SHORTEST_COMPOUND = 6
_UNITS = {"mg": 1.0, "g": 1000.0, "mcg": 0.001}
_WORD = r"[^\W\d_]+(?:[\"'\u05f3\u05f4\u2019][^\W\d_]+)*\d*"
# A range, a limit, a multiple or "2 400 mg" is no exact amount: 100-200 mg, < 100 mg, 2 x 100 mg.
_INEXACT = r"(?P<inexact>\d[\d.,]*\s*[-\u2010\u2011\u2013]\s*|\d+\s(?=\d{3}(?!\d))|[<>\u2264\u2265x\u00d7]\s*)?"
# 1.000 is a thousand in some countries and one in others; 1,000 mg is a thousand, as labels print it.
_TWO_MEANINGS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

# The letters of a line: N the nutrient, E "elemental", F a form, f a form that the nutrient comes from ("as citrate"),
# O another nutrient, A an amount, a an amount alone in parentheses, % a percentage, G "of which", S "as", J "of", w a
# word and . a mark that mean nothing, c or C a word that sounds like a compound: it is one beside the nutrient.
_LETTERS = {"elemental": "e", "others": "O", "given": "G", "source": "S", "joins": "J"}
_MARKS = {"(": "(", "[": "(", ")": ")", "]": ")"}
# "Citrate of magnesium" is one name; what stands beside another nutrient belongs to that: "zinc citrate".
_ONE_NAME = re.compile(r"e?O[eF]*|NF(?:J?N(?!F))?|FJ?N(?!F)|FJO|N[cC]|(?:cJ|CJ?)N|Ne|eJ?N(?!F)")
_OTHERS_ELEMENTAL = re.compile(r"O[^NEFe]*e")
_MEANINGLESS = re.compile(r"[%.]+|(?<![Aw])[cCw]+|(?<=w)[cCw]+")
_SOURCES = re.compile(r"S[^AOG()]*")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_UNPAIRED = re.compile("[()]")
_DEEPEST = 4
# What an amount weighs is the letter of the first pattern that fits; the forms that stand in it belong to it.
_SALTS = r"(?:w?f++(?!G*A))?"
_BEHIND = rf"G*(?:a?A|a){_SALTS}"
_LONE = r"(?!G*A)"
_AMOUNT_FIRST = [
    ("O", r"G*[Aa]w?J*[NFf]*O[NFfO]*+"),  # 15 mg zinc
    ("E", r"G*[Aa]w?J*[NFf]*E[NFf]*+|G+[Aa]w?J*N[Nf]*+"),  # 200 mg elemental magnesium, of which 200 mg magnesium
    ("N", r"[Aa]w?J*N[Nf]*+(?!F)"),  # 200 mg magnesium
    ("F", r"G*[Aa]w?J*[NFf]++"),  # 1000 mg magnesium citrate
]
_NAME_FIRST = [
    ("N", r"[NEf]+AA(?!w?J*[NEFfO])"),  # magnesium 200 mg, 300 mg: either may be meant
    ("=", r"(?=[NEF]*O)(?:[NEFO]{2}AA|[NEFO]{3}AAA)(?!A)"),  # calcium/magnesium 500 mg/250 mg: to each its own
    ("E", rf"[NFf]*G*[Aa]w?J*EN*{_SALTS}{_LONE}"),  # magnesium citrate, 200 mg elemental
    ("E", rf"[NFf]*G+[Aa]w?J*N{_SALTS}{_LONE}"),  # magnesium citrate, of which 200 mg magnesium
    ("N", rf"[NFf]*[Aa]w?J+N{_SALTS}{_LONE}"),  # magnesium capsules, 200 mg of magnesium
    ("E", rf"[NFfO]*E[NFf]*{_BEHIND}|G+[Ff]*Nf*{_BEHIND}"),  # elemental magnesium 200 mg
    ("O", rf"[NFf]*O[NFfO]*{_BEHIND}(?!J+N|J*E)"),  # zinc 15 mg
    ("N", rf"[NFf]*Nf*{_BEHIND}"),  # magnesium (as citrate) 200 mg
    ("F", rf"[NFf]+{_BEHIND}"),  # magnesium citrate 1000 mg
    *((letter, rf"(?:{pattern}){_LONE}") for letter, pattern in _AMOUNT_FIRST),
    ("E", r"G+A"),  # providing 200 mg
]
_NAMES, _AMOUNTS = (
    [(letter, re.compile(pattern)) for letter, pattern in patterns]
    for patterns in (_NAME_FIRST, [*_AMOUNT_FIRST, *_NAME_FIRST])
)
# A part of a line that begins with an amount gives amounts first, if it ends with a name, even an unknown one.
_GIVES_AMOUNTS_FIRST = re.compile(r"[GJ]*(?:[Aa].*[NEFfO][wJa]*|AJ*[NEFfO].*w)")


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


class Word(Struct):
    """A word of a line: its letter, the id of a form, an amount in mg (None where it is not exact), a percentage."""

    letter: str
    form: str = ""
    mg: float | None = None
    percent: float | None = None


class Claim(NamedTuple):
    """An amount and what it weighs: the nutrient, said so ("E") or not ("N"), a compound ("F") or another ("O").

    ``forms`` are those that are weighed, or that the nutrient comes from.
    """

    letter: str
    amount: Word
    forms: list[str]


class Decision(NamedTuple):
    """What a figure is, the rule that decided, the amount of the nutrient, and mg of compound."""

    basis: str
    because: str
    amount: Word | None = None
    compound: float | None = None


class Vocabulary:
    """The words of a table, and the letters that they stand for."""

    def __init__(self, table: Table) -> None:
        words = table.labels
        self.nutrient = tuple(_folded(word) for word in (table.nutrient, *words.nutrient))
        self.endings = tuple(_folded(ending) for ending in words.endings)
        self.units = _UNITS | {_folded(unit): mg for unit, mg in words.units.items()}
        # By the first word of a phrase: its other words, its letter, and the id of a form.
        self.phrases: dict[str, list[tuple[list[str], str, str]]] = {}
        self._learn("N", self.nutrient)
        for kind, letter in _LETTERS.items():
            self._learn(letter, getattr(words, kind))
        entries: tuple[Form | NotCovered, ...] = (*table.forms, *table.not_covered)
        for entry in entries:
            self._learn("F", [*(name for _, name in names_of(entry)), *words.names.get(entry.id, ())], entry.id)
        for phrases in self.phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        prefixes = tuple(_folded(prefix) for prefix in table.name_prefixes)
        self.signs = {*self.nutrient, *(word for word in self.phrases if word.startswith(prefixes))}
        self._learn("N", words.symbols)
        # "Mg" is no unit where no number stands before it.
        self.symbol = re.compile(rf"(?<![\w.,])(?<!\d\s)(?:{any_of(map(_folded, words.symbols))})(?!\w)")
        grams = any_of(unit for unit, mg in self.units.items() if mg == _UNITS["g"])
        self.tokens = re.compile(
            rf"(?P<portion>(?<!\w)(?:{any_of(map(_folded, words.per))})\s+\d[\d.,]*\s*(?:{grams})(?!\w))"
            rf"|{_INEXACT}(?P<number>\d+(?:[.,]\d+)*)(?:[\s-]*(?P<unit>{any_of(self.units)})(?!\w)|\s*(?P<percent>%))"
            rf"|(?P<word>{_WORD})|(?<=\w)[-\u2010\u2011](?=\w)|(?P<mark>\d[\d.,]*|\S)"
        )

    def _learn(self, letter: str, phrases: Iterable[str], meaning: str = "") -> None:
        """Take phrases in, a form's name without the nutrient in front of it; what came first stays."""
        for phrase in phrases:
            first, *rest = re.findall(_WORD, _folded(phrase)) or [""]
            if letter == "F" and rest and first in self.nutrient:
                first, *rest = rest
            known = self.phrases.setdefault(first, [])
            if all(rest != other for other, _, _ in known):
                known.append((rest, letter, meaning))

    def names_nutrient(self, folded: str) -> bool:
        """Whether a line may be about the nutrient."""
        return any(sign in folded for sign in self.signs) or self.symbol.search(folded) is not None

    def words(self, folded: str) -> list[Word]:
        """A line as letters, with the names and amounts that they stand for."""
        tokens = [found for found in self.tokens.finditer(folded) if found.lastgroup]
        words = [found["word"] for found in tokens]
        items: list[Word] = []
        at = 0
        while at < len(tokens):
            found, length = tokens[at], 1
            if found["word"]:
                item, length = self._named(words, at)
            elif found["unit"]:
                item = Word("A", mg=None if found["inexact"] else _mg(found["number"], self.units[found["unit"]]))
            elif found["percent"]:
                item = Word("%", percent=_mg(found["number"], 1))
            else:
                item = Word(_MARKS.get(found[0], "."))
            items.append(item)
            at += length
        return items

    def _named(self, words: Sequence[str], at: int) -> tuple[Word, int]:
        """The phrase that begins with a word, or a name that looks like a form's; how many words it has."""
        word = words[at]
        for rest, letter, meaning in self.phrases.get(word, ()):
            if words[at + 1 : at + 1 + len(rest)] == rest:
                return Word(letter, meaning), 1 + len(rest)
        # "Magnesiumcitrat"
        end = next((word.removeprefix(each) for each in self.nutrient if word.startswith(each)), "")
        for rest, letter, meaning in self.phrases.get(end, ()):
            if letter == "F" and not rest:
                return Word("F", meaning), 1
        if len(word) >= _SHORTEST_COMPOUND and word.endswith(self.endings):
            return Word("c" if word.isascii() else "C", word), 1
        return Word("w"), 1


class Sense:
    """What the letters of a line mean: which amount weighs what, and which forms are named, all by their places.

    A claim is its letter, the place of its amount, and the places of its forms.
    """

    def __init__(self, letters: str) -> None:
        self.letters, self.places = letters, [*range(len(letters))]
        self.claims: list[tuple[str, int, list[int]]] = []
        self._edit(_ONE_NAME, _one_name)
        self._edit(_OTHERS_ELEMENTAL, lambda found: found[0].replace("e", " "))
        self.letters = self.letters.replace("e", "E")
        self._edit(_MEANINGLESS, lambda found: " " * len(found[0]))
        self.forms = {place for place, letter in zip(self.places, self.letters, strict=True) if letter == "F"}
        self._edit(_SOURCES, lambda found: found[0].replace("F", "f").replace("S", " "))
        for _ in range(_DEEPEST):
            self._edit(_PARENTHESES, self._taken_out)
        self._edit(_UNPAIRED, lambda _: " ")
        self._weigh(0, len(self.letters))

    def _edit(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> None:
        """Put as many other letters in each place that a pattern finds; a space takes a letter out."""
        letters = pattern.sub(change, self.letters)
        self.places = [place for place, letter in zip(self.places, letters, strict=True) if letter != " "]
        self.letters = letters.replace(" ", "")

    def _taken_out(self, found: re.Match[str]) -> str:
        """What stands in parentheses: amounts with names of their own, or what belongs to the names before."""
        inside = {*found[1]}
        owner = re.sub("[^NEFfO]", "", found.string[: found.start()])[-1:]
        if owner == "O" and not inside & {*"NE"}:
            self.forms.difference_update(self._places(*found.span(), "Ff"))
            return " " * len(found[0])
        if inside & {*"Aa"} and inside & {*"NEFfOG"}:
            before = len(self.claims)
            self._weigh(*found.span(1))
            if owner in ("F", "f") and "F" not in inside:
                # As in "oxide (magnesium 300 mg)", which names the nutrient for itself.
                self.claims[before:] = [("E", at, forms) for _, at, forms in self.claims[before:]]
            return " " * len(found[0])
        kept = "Efa" if owner else "NEfa"
        return re.sub(f"[^{kept}]", " ", found[0].replace("F", "f").replace("A", "a"))

    def _weigh(self, start: int, end: int) -> None:
        """Give the amounts in a part of the line the names that they belong to."""
        part = self.letters[start:end]
        amounts_first = _GIVES_AMOUNTS_FIRST.fullmatch(part)
        before = len(self.claims)
        self._match(_AMOUNTS if amounts_first else _NAMES, start, end)
        if part[:1] == "A" and not amounts_first:
            # "800 mg magnesium 400 mg": nothing tells to which amount the name belongs.
            names_first = self.claims[before:]
            self._match(_AMOUNTS, start, end)
            if self.claims[before + len(names_first) :] != names_first:
                doubtful = self.claims[before:]
                self.claims[before:] = [("O" if letter == "O" else "N", at, forms) for letter, at, forms in doubtful]

    def _match(self, patterns: Sequence[tuple[str, re.Pattern[str]]], start: int, end: int) -> None:
        """Claim what the patterns find in a part of the line."""
        while start < end:
            fits = ((letter, found) for letter, each in patterns if (found := each.match(self.letters, start, end)))
            letter, found = next(fits, ("", None))
            if found:
                self._claim(letter, *found.span())
            start = found.end() if found else start + 1

    def _claim(self, letter: str, start: int, end: int) -> None:
        """Claim what the part of the line that a pattern fits says."""
        amounts = self._places(start, end, "A") or self._places(start, end, "a")
        if letter == "=":
            names = zip(self.letters[start:end], self.places[start:end], amounts, strict=False)
            self.claims += [(name, amount, [place]) for name, place, amount in names]
            return
        if letter == "O":
            self.forms.difference_update(self._places(start, end, "f"))
        forms = self._places(start, end, "f" if letter == "N" else "Ff")
        self.claims += [(letter, amount, forms) for amount in amounts]

    def _places(self, start: int, end: int, letters: str) -> list[int]:
        return [self.places[at] for at in range(start, end) if self.letters[at] in letters]


def _one_name(found: re.Match[str]) -> str:
    """The letter that counts of those that make up a name."""
    part = re.sub("[cC]", "F", found[0].replace("e", "E") if "N" in found[0] else found[0])
    at = part.find("O") if "O" in part else len(part) - len(part.lstrip("NJ"))
    return (" " * at + part[at]).ljust(len(part))


@lru_cache(maxsize=128)
def _sense(letters: str) -> Sense:
    """What letters mean; a database has many lines and few such strings."""
    return Sense(letters)


def _folded(text: str) -> str:
    """A text without what does not tell words apart: case, accents, and how many spaces there are."""
    text = " ".join(text.casefold().split())
    return text if text.isascii() else "".join(each for each in normalize("NFKD", text) if not combining(each))


def _attach_percentages(words: Sequence[Word]) -> float | None:
    """Note each percentage with the amount before it; without one, it is a share. "100 % chelated" is neither."""
    amount, share = None, None
    for word, following in pairwise([*words, Word("w")]):
        if word.letter == "A":
            amount = word
        elif word.letter == "%" and following.letter != "F":
            if amount is None:
                share = word.percent
            else:
                amount.percent = amount.percent or word.percent
    return share


def _sum(claims: Sequence[Claim]) -> float | None:
    """What claims weigh together, in mg; None where one is not known."""
    known = [claim.amount.mg for claim in claims if claim.amount.mg is not None]
    return sum(known) if known and len(known) == len(claims) else None


def _mg(number: str, unit: float) -> float | None:
    """An amount in mg; None where it can be read in two ways. Nothing is taken by the 1,000 g: 1.745 g is plain."""
    in_thousands = unit <= 1 and _THOUSANDS.fullmatch(number)
    plain = number.replace(",", "") if in_thousands else number.replace(",", ".")
    if plain.count(".") > 1 or (in_thousands and unit < 1) or (unit <= 1 and _TWO_MEANINGS.fullmatch(number)):
        return None
    return round(float(plain) * unit, 6)


class LabelReader:
    """Reads lines of labels with the words of one table."""

    def __init__(self, table: Table) -> None:
        self.table, words = table, table.labels
        self.vocabulary = Vocabulary(table)
        self.shares = {form.id: [each.elemental_percent for each in form.compounds] for form in table.forms}
        self.levels = {form.id: tuple(_levels(table, form)) for form in table.forms}
        self.limits = lru_cache(lambda mg: limits(table, Decimal(str(mg)), Decimal(str(mg))))
        pieces, per = any_of(words.pieces), any_of(words.per)
        self.servings = re.compile(
            rf"(?<![\w.,])(?P<number>\d\d?(?:[.,]\d)?)[\s-]*(?:{pieces})(?!\w)"
            rf"|(?:/|(?<!\w)(?:{per}))\s*(?P<piece>{pieces}|ml)(?!\w)|(?<!\w)(?:{per})\s+(?P<amount>\d+(?:[.,]\d+)?\s*(?:ml|g))(?!\w)|/\s*(?P<each>1)(?![\d.,])",
            re.IGNORECASE,
        )

    def read(self, line: str) -> Reading:
        """What a line says; every text gets a reading."""
        if len(line) > _LONGEST:
            return Reading(line=line[:80], because=f"The line is longer than {_LONGEST:,} characters.")
        folded = _folded(line)
        if not self.vocabulary.names_nutrient(folded):
            return Reading(line=line, because=f"The line does not name {self.table.nutrient}.")
        words = self.vocabulary.words(folded)
        share = _attach_percentages(words)
        sense = _sense("".join([word.letter for word in words]))
        claims = [Claim(letter, words[at], [words[each].form for each in forms]) for letter, at, forms in sense.claims]
        # Nobody takes so much of a compound: it is what the package weighs.
        claims = [each for each in claims if each.letter != "F" or (each.amount.mg or 0) < _MOST_COMPOUND_MG]
        hidden = {*self.table.labels.excipients}
        if all(claim.letter in "FO" for claim in claims):
            hidden = hidden.difference(*(claim.forms for claim in claims if claim.letter == "F"))
        forms = dict.fromkeys(words[place].form for place in sorted(sense.forms))
        named = tuple(form for form in forms if form not in hidden)
        return self._reading(line, claims, share, named, self._decided(claims, named))

    def _decided(self, claims: Sequence[Claim], named: Sequence[str]) -> Decision:
        """The first rule that decides: words or two weights, a percentage, "as" or "from", a bare name, a salt."""
        nutrient = self.table.nutrient
        elemental, bare, weights = ([each for each in claims if each.letter == letter] for letter in "ENF")
        said = elemental or bare
        if not said:
            return self._of_compound(weights)
        amount = said[0].amount
        if any(each.amount.mg != amount.mg for each in said):
            return Decision("ambiguous", f"The line has more than one amount of {nutrient}.")
        compound = _sum(weights or (bare if elemental else ()))
        # What weighs no more than the nutrient is not what it comes from.
        if compound and compound > (amount.mg or 0):
            if not elemental and self._can_be_true(amount.mg or 0, compound, named) == "no":
                return Decision("ambiguous", "The two weights cannot both be right.", None, compound)
            return Decision("both", f"The line has both weights: the {nutrient} and its compound.", amount, compound)
        if elemental:
            return Decision("elemental", f"The words say that the figure is {nutrient} itself.", amount)
        if self._fits(amount):
            return Decision("elemental", self._fit(amount), amount)
        if said[0].forms:
            because = f"The line says what the {nutrient} comes from, so the figure is {nutrient} itself."
            return Decision("elemental", because, amount)
        if named:
            because = f"{nutrient.capitalize()} and a compound are named, and the figure may be either."
            return Decision("ambiguous", because, None, amount.mg)
        return Decision("elemental", f"The line names {nutrient} and no compound.", amount)

    def _of_compound(self, weights: Sequence[Claim]) -> Decision:
        """What a figure with a compound's name is: the nutrient, where a percentage proves it."""
        if not weights:
            return Decision("none", f"No amount of {self.table.nutrient} alone stands there.")
        if len(weights) == 1 and self._fits(weights[0].amount):
            return Decision("elemental", self._fit(weights[0].amount), weights[0].amount)
        because = f"After a compound's name, the figure may be the compound or the {self.table.nutrient} in it."
        return Decision("ambiguous", because, None, _sum(weights))

    def _fit(self, amount: Word) -> str:
        values = listed((f"{mg:g} mg" for mg in self._fits(amount)), "or")
        return f"{amount.percent:g} % of a daily value of {values} is {amount.mg:g} mg of {self.table.nutrient} itself."

    def _fits(self, amount: Word) -> tuple[float, ...]:
        """The daily values of which an amount is the percentage printed behind it."""
        if amount.mg is None or amount.percent is None:
            return ()
        exact = ((each.mg, 100 * amount.mg / each.mg) for each in self.table.labels.references)
        # With a decimal, some labels cut what others round.
        cut = 0.0 if amount.percent.is_integer() else 0.1
        return tuple(mg for mg, each in exact if round(each) == amount.percent or abs(each - amount.percent) < cut)

    def _richest(self, named: Sequence[str]) -> float | None:
        """The highest percentage of the nutrient in the compounds of some forms; None where one is not known."""
        shares = [self.shares.get(name, []) for name in named]
        return max(map(max, shares)) if shares and all(shares) else None

    def _can_be_true(self, elemental: float, compound: float, named: Sequence[str]) -> str:
        """Whether a weight of compound can hold so much: "yes", "not_alone", "no" or "untestable"."""
        share = 100 * (elemental - _ROUNDING_MG) / compound
        if share > (self._richest([name for name, shares in self.shares.items() if shares]) or 100):
            return "no"
        richest = self._richest(named)
        if richest is None:
            return "untestable"
        return "yes" if share <= richest else "not_alone"

    def _reading(
        self, line: str, claims: Sequence[Claim], share: float | None, named: Sequence[str], decision: Decision
    ) -> Reading:
        basis, because, amount, compound = decision
        elemental = amount.mg if amount else None
        claim = next((each for each in claims if each.letter != "O" and amount in (None, each.amount)), None)
        printed = claim.amount if claim else Word("A")
        impossible = claim is not None and claim.letter in "EN" and (printed.mg or 0) >= _MOST_MG
        can_be_true = "no" if impossible else "untestable"
        if impossible:
            elemental = compound = None
        elif elemental and compound:
            can_be_true = self._can_be_true(elemental, compound, named)
        elif share and basis == "none" and named:
            can_be_true = self._can_be_true(share + _ROUNDING_MG, 100, named)
        readings: tuple[Possible, ...] = ()
        if basis == "ambiguous" and compound:
            richest = self._richest(named)
            held = None if richest is None else round(compound * richest / 100, 2)
            readings = (Possible("elemental", compound), Possible("compound", held))
        fits = self._fits(printed)
        return Reading(
            line=line,
            forms=tuple(name for name in named if name in self.shares),
            other_forms=tuple(name.replace("-", " ") for name in named if name not in self.shares),
            basis=basis,
            because=because,
            elemental_mg=elemental,
            compound_mg=compound,
            readings=readings,
            percent=printed.percent,
            reference_mg=fits[0] if len(fits) == 1 else fits or None,
            serving=self._serving(line),
            can_be_true=can_be_true,
            limits=self.limits(elemental) if elemental else (),
            levels=tuple(level for name in named for level in self.levels.get(name, ())),
            unknown=tuple(self._unknown(named, basis, printed, can_be_true)) if claim else (),
        )

    def _unknown(self, named: Sequence[str], basis: str, amount: Word, can_be_true: str) -> Iterator[str]:
        """What a line with an amount leaves open."""
        words = self.table.labels
        if basis == "ambiguous":
            yield f"whether the figure is {self.table.nutrient} or compound"
        if amount.mg is None:
            yield "how much it is: the number can be read in more than one way"
        elif can_be_true == "no" and amount.mg >= _MOST_MG:
            yield f"the unit: {amount.mg / 1000:g} g cannot be right"
            if amount.percent:
                says = listed((f"{amount.percent * each.mg / 100:g} mg" for each in words.references), "or")
                yield f"the amount: {amount.percent:g} % are {says}"
        elif amount.percent is not None and not self._fits(amount):
            yield f"what {amount.percent:g} % refers to: it fits no daily value"
        if len(named) > 1:
            yield f"how much of it comes from {listed(named)} each"
        if can_be_true == "not_alone":
            richer = next((f"{other}, or " for name, other in words.richer.items() if name in named), "")
            yield f"what else it holds: {richer}{self.table.buffer or 'another compound'} may be in it"

    def _serving(self, line: str) -> str | None:
        """What the amount is in, as it is printed: "3 Kapseln", "1 capsule", "15 ml"."""
        for found in self.servings.finditer(line):
            if not found["number"] or float(found["number"].replace(",", ".")) <= _MOST_PIECES:
                piece = f"1 {found['piece']}" if found["piece"] else None
                return piece or found["amount"] or found["each"] or re.sub(r"[\s-]+", " ", found[0])
        return None


def _levels(table: Table, form: Form) -> Iterator[LabelLevel]:
    for scale in table.scales.in_use():
        if level := level_of(table, form, scale):
            yield LabelLevel(form.id, scale, level.word, level.basis, level.sources)


def any_of(words: Iterable[str]) -> str:
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
    levels = {form: [level for level in reading.levels if level.form == form] for form in reading.forms}
    truths = {
        "yes": "yes, the compound can hold so much",
        "not_alone": "not if the compound is pure; something richer must be in it",
        "no": "no compound can hold so much",
    }
    rows = [
        (form, "; ".join(_level(table, each) for each in some) or "no level is known") for form, some in levels.items()
    ]
    if reading.other_forms:
        rows.append(("Also named", f"{listed(reading.other_forms)}, which this table does not cover"))
    if reading.can_be_true in truths:
        rows.append(("Can it be true?", truths[reading.can_be_true]))
    if reading.each_mg is not None:
        rows.append(("In each", f"{milligrams(reading.each_mg)} of {table.nutrient}, at {reading.serving}"))
    cells = [(text(title, "strong"), text(said)) for title, said in rows]
    cells += [(text("Left open", "strong"), text(reading.unknown))] if reading.unknown else []
    parts = (Grid(("", ""), tuple(cells)),) if cells else ()
    return Answer(Page((_sentence(table.nutrient, reading), reading.because), parts, (table.notice,)), reading)


def _level(table: Table, level: LabelLevel) -> str:
    title = getattr(table.scales, level.scale).title.lower()
    return f"{title} {level.level} {marked(table, level.sources, level.basis)}"


def _sentence(nutrient: str, reading: Reading) -> str:
    """What the figure of a line means."""
    compound = milligrams(reading.compound_mg or 0)
    if reading.elemental_mg is not None:
        of = f", in {compound} of compound" if reading.compound_mg else ""
        return f"{milligrams(reading.elemental_mg)} of {nutrient}{of}{against(reading.limits)}."
    if reading.readings:
        most = reading.readings[1].elemental_mg
        holds = f"contains at most {milligrams(most)} of {nutrient}" if most else f"contains less {nutrient} than that"
        return f"Two readings: {compound} of compound {holds}, or it is {compound} of {nutrient} itself."
    return f"The amount of {nutrient} {'is not given' if reading.basis == 'none' else 'stays open'}."


def readings(
    reader: LabelReader, texts: Sequence[str], serving: str | None, report: Callable[[str], None]
) -> Iterator[list[tuple[int, Reading]]]:
    """Numbered readings of many lines as they come, "-" being those of standard input.

    A line that cannot be read is reported, and the rest goes on.
    """
    number = 0
    for lines in chain.from_iterable(_input() if given == "-" else [[os.fsencode(given)]] for given in texts):
        done = []
        for number, raw in enumerate(lines, number + 1):  # noqa: B020  # it counts on
            try:
                line = raw.decode("utf-8-sig").rstrip("\r")
            except UnicodeDecodeError:
                line = None
            if line is None or len(line) > _LONGEST:
                report(f"line {number} is not UTF-8, or longer than {_LONGEST:,} characters; the others are read")
            else:
                done.append((number, in_serving(reader.read(line), serving)))
        yield done


def _input() -> Iterator[list[bytes]]:
    """The lines of standard input as they arrive. Of one that is too long, no more is kept than shows it."""
    kept = b""
    stream: Any = sys.stdin.buffer if sys.stdin else io.BytesIO()
    while chunk := stream.read1(65536):
        *lines, kept = (kept + chunk).split(b"\n")
        kept = kept[: 4 * _LONGEST + 4]
        yield lines
    yield [kept] if kept else []


def in_a_line(number: int, reading: Reading) -> str:
    """A reading in a list: the line's number, what it holds, what its figure is, the forms and the line."""
    amounts = [each.elemental_mg for each in reversed(reading.readings)] or [reading.elemental_mg]
    mg = " or ".join(f"{each:g}" for each in amounts if each)
    forms = ", ".join((*reading.forms, *reading.other_forms)) or "-"
    line = "".join(each if each.isprintable() else " " for each in reading.line)
    return f"{number:>6}  {f'{mg} mg' if mg else '?':<16} {reading.basis:<10} {forms}: {line}"
