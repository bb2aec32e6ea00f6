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
from itertools import chain, pairwise, takewhile
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from msgspec import Struct, structs

from mgform.answers import against, milligrams
from mgform.comparison import marked
from mgform.dose import Limit, limits
from mgform.forms import level_of
from mgform.names import key, keys, names_of
from mgform.page import Answer, Page, Row, facts
from mgform.reader import load
from mgform.table import Basis, Form, NotCovered, Table
from mgform.words import CallError, listed, quoted

_LONGEST = 10_000
_MOST_BYTES = 4 * _LONGEST + 4
# More than this is a slip of the unit; powders, which are compounds, are sold by the 100 g.
_MOST_MG, _MOST_COMPOUND_MG = 10_000, 100_000
_ROUNDING_MG = 1
_SHORTEST_COMPOUND = 6
_LONGEST_PHRASE = 5
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
# "Citrate of magnesium" is one name; what stands beside another nutrient belongs to that: "zinc citrate". "14 %
# elemental" is a share.
_ONE_NAME = re.compile(r"%eJ?N?|N?eJ?N?%|e?O[eF]*|NF(?:J?N(?!F))?|FJ?N(?!F)|FJO|N[cC]|(?:cJ|CJ?)N|Ne|eJ?N(?!F)")
_OTHERS_ELEMENTAL = re.compile(r"O[^NEFe]*e")
_MARKS_APART = re.compile(r"[.%]+")
# A word that means nothing counts behind an amount, which it may name.
_MEANINGLESS = re.compile(r"(?<!A)w+")
_SOURCES = re.compile(r"S[^AOG()]*")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_UNPAIRED = re.compile("[()]")
# A percentage belongs to the amount before it, beyond parentheses; "100 % chelated" is none.
_PERCENTAGES = re.compile(r"A(?=((?:[^A%(]|\([^()]*\)|\()*)%)")
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


# The rules in the order in which they decide: what the figure is, and why.
_RULES = {
    "none": ("none", "No amount of {nutrient} alone stands there."),
    "several": ("ambiguous", "The line has more than one amount of {nutrient}."),
    "both": ("both", "The line has both weights: the {nutrient} and its compound."),
    "impossible": ("ambiguous", "The two weights cannot both be right."),
    "words": ("elemental", "The words say that the figure is {nutrient} itself."),
    "percent": (
        "elemental",
        "{percent:g} % of a daily value of {values} is about {mg:g} mg: the figure is {nutrient} itself.",
    ),
    "compound": ("ambiguous", "After a compound's name, the figure may be the compound or the {nutrient} in it."),
    "source": ("elemental", "The line says what the {nutrient} comes from, so the figure is {nutrient} itself."),
    "named": ("ambiguous", "The line names {nutrient} and a compound, and the figure may be either."),
    "bare": ("elemental", "The line names {nutrient} and no compound."),
    "unit": ("elemental", "So much is no dose of {nutrient}: the unit must be another one."),
}


_TRUTHS = {
    "yes": "yes, the compound can hold so much",
    "not_alone": "not if the compound is pure; something richer must be in it",
    "no": "no compound can hold so much",
}


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
    limits: tuple[Limit, ...]


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
    """What an amount weighs: the nutrient, said so ("E") or not ("N"), a compound ("F") or another nutrient ("O").

    ``forms`` are the forms that are weighed, or that the nutrient comes from.
    """

    letter: str
    amount: Word
    forms: list[str]


class Vocabulary:
    """The words of a table, and the letters that they stand for."""

    def __init__(self, table: Table) -> None:
        words = table.labels
        self.nutrient = tuple(_folded(word) for word in (table.nutrient, *words.nutrient))
        self.endings = tuple(_folded(ending) for ending in words.endings)
        self.units = _UNITS | {_folded(unit): mg for unit, mg in words.units.items()}
        # Each phrase, without what does not tell names apart, with its letter and the id of its form.
        self.phrases: dict[str, tuple[str, str]] = {}
        self._learn("N", self.nutrient)
        for kind, letter in _LETTERS.items():
            self._learn(letter, getattr(words, kind))
        entries: tuple[Form | NotCovered, ...] = (*table.forms, *table.not_covered)
        for entry in entries:
            self._learn("F", [*(name for _, name in names_of(entry)), *words.names.get(entry.id, ())], entry.id)
        prefixes = tuple(_folded(prefix) for prefix in table.name_prefixes)
        self.signs = {*self.nutrient, *(phrase for phrase in self.phrases if phrase.startswith(prefixes))}
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
        """Take phrases in, those of several words without the nutrient in front of them; what came first stays."""
        for phrase in phrases:
            self.phrases.setdefault(min(keys(_folded(phrase), self.nutrient), key=len), (letter, meaning))

    def words(self, folded: str) -> list[Word]:
        """The words of a line, each percentage with the amount that it belongs to."""
        tokens = [found for found in self.tokens.finditer(folded) if found.lastgroup]
        texts = [found["word"] for found in tokens]
        words: list[Word] = []
        at = 0
        while at < len(tokens):
            found, length = tokens[at], 1
            if found["word"]:
                word, length = self._named(texts, at)
            elif found["unit"]:
                word = Word("A", mg=None if found["inexact"] else _mg(found["number"], self.units[found["unit"]]))
            elif found["percent"]:
                word = Word("%", percent=_mg(found["number"], 1))
            else:
                word = Word(_MARKS.get(found[0], "."))
            words.append(word)
            at += length
        for word, following in pairwise(words):
            if (word.letter, following.letter) == ("%", "F"):
                word.letter, word.percent = ".", None
        for found in _PERCENTAGES.finditer(_letters(words)):
            words[found.start()].percent = words[found.end(1)].percent
        return words

    def _named(self, words: Sequence[str], at: int) -> tuple[Word, int]:
        """The phrase that begins with a word, or a name that looks like a form's; how many words it has."""
        word = words[at]
        ahead = [*takewhile(bool, words[at : at + _LONGEST_PHRASE])]
        for length in range(len(ahead), 0, -1):
            if found := self.phrases.get(key("".join(ahead[:length]))):
                return Word(*found), length
        # "Magnesiumcitrat"
        end = next((word.removeprefix(each) for each in self.nutrient if word.startswith(each)), "")
        letter, meaning = self.phrases.get(end, ("", ""))
        if letter == "F":
            return Word("F", meaning), 1
        if len(word) >= _SHORTEST_COMPOUND and word.endswith(self.endings):
            return Word("c" if word.isascii() else "C", word), 1
        return Word("w"), 1


Found = list[tuple[str, int, list[int]]]
"""Claims by the places of their words: letter, amount, forms."""


class Letters:
    """The letters of a line, and their places there."""

    def __init__(self, letters: str) -> None:
        self.letters, self.places = letters, [*range(len(letters))]
        self.claims: Found = []
        self._edit(_ONE_NAME, _one_name)
        self._edit(_OTHERS_ELEMENTAL, lambda found: found[0].replace("e", " "))
        self.letters = self.letters.translate({ord("e"): "E", ord("c"): "w", ord("C"): "w"})
        self._edit(_MARKS_APART, lambda found: " " * len(found[0]))
        self._edit(_MEANINGLESS, lambda found: " " * len(found[0]))
        self.forms = self._at("F", 0, len(self.letters))
        self._edit(_SOURCES, lambda found: found[0].replace("F", "f").replace("S", " "))
        for _ in range(_DEEPEST):
            self._edit(_PARENTHESES, self._taken_out)
        self._edit(_UNPAIRED, lambda _: " ")
        self.claims += self._weighed(0, len(self.letters))

    def _edit(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> None:
        """Put as many other letters in each place that a pattern finds; a space takes a letter out."""
        letters = pattern.sub(change, self.letters)
        self.places = [place for place, letter in zip(self.places, letters, strict=True) if letter != " "]
        self.letters = letters.replace(" ", "")

    def _at(self, letters: str, start: int, end: int) -> list[int]:
        return [self.places[at] for at in range(start, end) if self.letters[at] in letters]

    def _taken_out(self, found: re.Match[str]) -> str:
        """What stands in parentheses: amounts with names of their own, or what belongs to the names before."""
        inside = {*found[1]}
        owner = re.sub("[^NEFfO]", "", found.string[: found.start()])[-1:]
        if owner == "O" and not inside & {*"NE"}:
            self.claims.append(("O", 0, self._at("Ff", *found.span())))
        elif inside & {*"Aa"} and inside & {*"NEFfOG"}:
            claims = self._weighed(*found.span(1))
            # "Oxide (magnesium 300 mg)" names the nutrient for itself.
            itself = owner in ("F", "f") and "F" not in inside
            self.claims += [("E", at, forms) for _, at, forms in claims] if itself else claims
        else:
            kept = "Efa" if owner else "NEfa"
            return re.sub(f"[^{kept}]", " ", found[0].replace("F", "f").replace("A", "a"))
        return " " * len(found[0])

    def _weighed(self, start: int, end: int) -> Found:
        """What the amounts in a part of the line weigh."""
        part = self.letters[start:end]
        if _GIVES_AMOUNTS_FIRST.fullmatch(part):
            return self._claimed(_AMOUNTS, start, end)
        claims = self._claimed(_NAMES, start, end)
        if part[:1] == "A" and (others := self._claimed(_AMOUNTS, start, end)) != claims:
            # "800 mg magnesium 400 mg": nothing tells to which amount the name belongs.
            return [("O" if letter == "O" else "N", at, forms) for letter, at, forms in claims + others]
        return claims

    def _claimed(self, patterns: Sequence[tuple[str, re.Pattern[str]]], start: int, end: int) -> Found:
        """What the patterns find in a part of the line."""
        claims: Found = []
        while start < end:
            fits = ((letter, found) for letter, each in patterns if (found := each.match(self.letters, start, end)))
            letter, found = next(fits, ("", None))
            span = (start, found.end() if found else start + 1)
            amounts = self._at("A", *span) or self._at("a", *span)
            if letter == "=":
                names = zip(self.letters[start:end], self.places[start:end], amounts, strict=False)
                claims += [(name, amount, [place] if name == "F" else []) for name, place, amount in names]
            elif letter:
                forms = self._at("f" if letter in "NO" else "Ff", *span)
                claims += [(letter, amount, forms) for amount in amounts]
            start = span[1]
        return claims


def _one_name(found: re.Match[str]) -> str:
    """The letter that counts of those that make up a name; none for a share."""
    if "%" in found[0]:
        return " " * len(found[0])
    part = re.sub("[cC]", "F", found[0].replace("e", "E") if "N" in found[0] else found[0])
    at = part.find("O") if "O" in part else len(part) - len(part.lstrip("NJ"))
    return (" " * at + part[at]).ljust(len(part))


@lru_cache(maxsize=128)
def _meaning(letters: str) -> tuple[Found, list[int]]:
    """Claims and forms, by the places of their words; a database has many lines and few such strings of letters."""
    found = Letters(letters)
    gone = {place for letter, _, forms in found.claims if letter == "O" for place in forms}
    return found.claims, [place for place in found.forms if place not in gone]


def _letters(words: Iterable[Word]) -> str:
    return "".join([word.letter for word in words])


def _folded(text: str) -> str:
    """A text without what does not tell words apart: case, accents, and how many spaces there are."""
    text = " ".join(text.casefold().split())
    return text if text.isascii() else "".join(each for each in normalize("NFKD", text) if not combining(each))


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
            rf"(?<![\w.,])(?P<several>(?:1[0-2]|[1-9])(?:[.,]\d)?[\s-]*(?:{pieces}))(?!\w)"
            rf"|(?:/|(?<!\w)(?:{per}))\s*(?P<one>{pieces}|ml)(?!\w)"
            rf"|(?<!\w)(?:{per})\s+(?P<amount>\d+(?:[.,]\d+)?\s*(?:ml|g))(?!\w)|/\s*(?P<each>1)(?![\d.,])",
            re.IGNORECASE,
        )

    def read(self, line: str) -> Reading:
        """What a line says; every text gets a reading."""
        if len(line) > _LONGEST:
            return Reading(line=line[:80], because=f"The line is longer than {_LONGEST:,} characters.")
        folded = _folded(line)
        named = any(sign in folded for sign in self.vocabulary.signs) or self.vocabulary.symbol.search(folded)
        if not named:
            return Reading(line=line, because=f"The line does not name {self.table.nutrient}.")
        words = self.vocabulary.words(folded)
        found, places = _meaning(_letters(words))
        claims = [Claim(letter, words[at], [words[each].form for each in forms]) for letter, at, forms in found]
        # Nobody takes so much of a compound: it is what the package weighs.
        claims = [each for each in claims if each.letter != "F" or (each.amount.mg or 0) < _MOST_COMPOUND_MG]
        hidden = {*self.table.labels.excipients}
        if all(claim.letter in "FO" for claim in claims):
            hidden = hidden.difference(*(claim.forms for claim in claims if claim.letter == "F"))
        forms = [form for form in dict.fromkeys(words[place].form for place in places) if form not in hidden]
        rule, amount, compound = self._ruled(claims, forms)
        share = next((word for word in words if word.percent), Word("%"))
        return self._reading(line, forms, rule, amount or share, compound)

    def _ruled(self, claims: Sequence[Claim], named: Sequence[str]) -> tuple[str, Word | None, float | None]:
        """The first rule that decides, the amount that it is about, and mg of compound."""
        elemental, bare, weights = ([each for each in claims if each.letter == letter] for letter in "ENF")
        said = elemental or bare
        if not said and not weights:
            return "none", None, None
        amount = (said or weights)[0].amount
        weighed = [each.amount.mg for each in weights or (bare if elemental else ())]
        compound = sum(filter(None, weighed)) if all(weighed) else None
        if any(each.amount.mg != amount.mg for each in said):
            return "several", amount, None
        # What weighs no more than the nutrient is not what it comes from.
        if said and compound and compound > (amount.mg or 0):
            possible = elemental or self._can_be_true(amount.mg or 0, compound, named) != "no"
            return "both" if possible else "impossible", amount, compound
        if elemental:
            return "words", amount, None
        if self._fits(amount) and (said or len(weights) == 1):
            return "percent", amount, None
        if not said:
            return "compound", amount, compound
        if said[0].forms:
            return "source", amount, None
        return ("named", amount, amount.mg) if named else ("bare", amount, None)

    def _fits(self, amount: Word) -> tuple[float, ...]:
        """The daily values of which an amount is the percentage printed behind it."""
        if amount.mg is None or amount.percent is None:
            return ()
        exact = ((each.mg, 100 * amount.mg / each.mg) for each in self.table.labels.references)
        # With a decimal, some labels cut what others round.
        cut = 0.0 if amount.percent.is_integer() else 0.1
        return tuple(mg for mg, each in exact if round(each) == amount.percent or abs(each - amount.percent) < cut)

    def _richest(self, named: Iterable[str]) -> float | None:
        """The highest percentage of the nutrient in the compounds of some forms; None where one is not known."""
        shares = [self.shares.get(name, []) for name in named]
        return max(map(max, shares)) if shares and all(shares) else None

    def _can_be_true(self, elemental: float, compound: float, named: Sequence[str]) -> str:
        """Whether a weight of compound can hold so much: "yes", "not_alone", "no" or "untestable"."""
        share = 100 * (elemental - _ROUNDING_MG) / compound
        richest = self._richest(named)
        if share > (self._richest(name for name, shares in self.shares.items() if shares) or 100):
            return "no"
        if richest is None:
            return "untestable"
        return "yes" if share <= richest else "not_alone"

    def _reading(self, line: str, named: Sequence[str], rule: str, amount: Word, compound: float | None) -> Reading:
        impossible = rule != "compound" and (amount.mg or 0) >= _MOST_MG
        basis, because = _RULES["unit" if impossible else rule]
        fits, nutrient = self._fits(amount), self.table.nutrient
        values = listed((f"{mg:g} mg" for mg in fits), "or")
        elemental = amount.mg if basis in ("elemental", "both") else None
        can_be_true, readings = "untestable", tuple[Possible, ...]()
        if impossible:
            elemental, compound, can_be_true = None, None, "no"
        elif elemental and compound:
            can_be_true = self._can_be_true(elemental, compound, named)
        elif basis == "none" and amount.percent and named:
            # A share of a raw material, not of a daily value.
            can_be_true = self._can_be_true(amount.percent + _ROUNDING_MG, 100, named)
        if basis == "ambiguous" and compound:
            richest = self._richest(named)
            held = None if richest is None else round(compound * richest / 100, 2)
            both = (("elemental", compound), ("compound", held))
            readings = tuple(Possible(kind, mg, self.limits(mg) if mg else ()) for kind, mg in both)
        return Reading(
            line=line,
            forms=tuple(name for name in named if name in self.shares),
            other_forms=tuple(name.replace("-", " ") for name in named if name not in self.shares),
            basis=basis,
            because=because.format(nutrient=nutrient, percent=amount.percent, values=values, mg=amount.mg),
            elemental_mg=elemental,
            compound_mg=compound,
            readings=readings,
            percent=amount.percent if basis != "none" else None,
            reference_mg=fits[0] if len(fits) == 1 else fits or None,
            serving=self._serving(line),
            can_be_true=can_be_true,
            limits=self.limits(elemental) if elemental else (),
            levels=tuple(level for name in named for level in self.levels.get(name, ())),
            unknown=tuple(self._unknown(named, basis, amount, can_be_true)) if basis != "none" else (),
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
                says = (f"{amount.percent * each.mg / 100:g} mg ({each.where})" for each in words.references)
                yield f"the amount: {amount.percent:g} % of a daily value is {listed(says, 'or')}"
        elif amount.percent is not None and not self._fits(amount):
            yield f"what {amount.percent:g} % refers to: it fits no daily value"
        if len(named) > 1:
            yield f"how much of it comes from {listed(named)} each"
        if can_be_true == "not_alone":
            richer = next((f"{other}, or " for name, other in words.richer.items() if name in named), "")
            buffer = f'{self.table.buffer} ("buffered")' if self.table.buffer else "another compound"
            yield f"what else it holds: {richer}{buffer} may be in it"

    def _serving(self, line: str) -> str | None:
        """What the amount is in, as it is printed: "3 Kapseln", "1 capsule", "15 ml"."""
        found = self.servings.search(" ".join(line.split()))
        if found is None:
            return None
        told = found["several"] or found["amount"] or found["each"] or f"1 {found['one']}"
        return " ".join(re.split(r"[\s-]+", told))


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
    """A reading whose serving somebody has told: "2 capsules"; a CallError where no number above 0 stands there."""
    if serving is None:
        return reading
    number = re.match(r"\s*(\d{1,3})(?![\d.,])", serving)
    if number is None or int(number[1]) == 0:
        raise CallError(f'{quoted(serving)} is no serving; write how many, as in "2 capsules"')
    each = None if reading.elemental_mg is None else round(reading.elemental_mg / int(number[1]), 3)
    return structs.replace(reading, serving=serving.strip(), each_mg=each)


def answer(table: Table, reading: Reading) -> Answer:
    """One line of a label: its screen, and its data."""
    rows: list[Row] = []
    for form in reading.forms:
        levels = [
            f"{getattr(table.scales, each.scale).title.lower()} {each.level} {marked(table, each.sources, each.basis)}"
            for each in reading.levels
            if each.form == form
        ]
        rows.append((form, "; ".join(levels) or "no level is known"))
    others = f"{listed(reading.other_forms)}, which this table does not cover" if reading.other_forms else ""
    each = f"{milligrams(reading.each_mg)} of {table.nutrient}, at {reading.serving}" if reading.each_mg else ""
    rows += [("Also named", others), ("Can it be true?", _TRUTHS.get(reading.can_be_true, ""))]
    rows += [("In each", each), ("Left open", list(reading.unknown))]
    page = Page((*_sentences(table, reading), reading.because), (facts(rows),), (table.notice,))
    return Answer(page, reading)


def _sentences(table: Table, reading: Reading) -> Iterator[str]:
    """What the figure of a line means; where it has two meanings, both, with how each stands to the upper levels."""
    nutrient, compound = table.nutrient, milligrams(reading.compound_mg or 0)
    if reading.elemental_mg is not None:
        of = f", in {compound} of compound" if reading.compound_mg else ""
        yield f"{milligrams(reading.elemental_mg)} of {nutrient}{of}{against(reading.limits)}."
    elif reading.readings:
        itself, held = reading.readings
        most = f"at most {milligrams(held.elemental_mg)} of" if held.elemental_mg else "less"
        yield f"Two readings. As a weight of compound, {compound} contains {most} {nutrient}{against(held.limits)}."
        yield f"As {nutrient} itself, it is {compound}{against(itself.limits)}."
    else:
        yield f"The amount of {nutrient} {'is not given' if reading.basis == 'none' else 'stays open'}."


def readings(reader: LabelReader, texts: Sequence[str], serving: str | None) -> Iterator[tuple[int, Reading | str]]:
    """Numbered readings of many lines as they come, "-" being those of standard input.

    A line that cannot be read is a sentence instead, and the rest goes on.
    """
    every = chain.from_iterable(_input() if given == "-" else [os.fsencode(given)] for given in texts)
    for number, raw in enumerate(every, 1):
        try:
            line = raw.decode("utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError:
            line = " " * (_LONGEST + 1)
        if len(line) > _LONGEST:
            yield number, f"line {number} is not UTF-8, or longer than {_LONGEST:,} characters; the others are read"
        else:
            yield number, in_serving(reader.read(line), serving)


def _input() -> Iterator[bytes]:
    """The lines of standard input. Of one that is too long, no more is kept than shows it."""
    stream: Any = sys.stdin.buffer if sys.stdin else io.BytesIO()
    while line := stream.readline(_MOST_BYTES):
        rest = line
        while len(rest) == _MOST_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(_MOST_BYTES)
        yield line


def in_a_line(number: int, reading: Reading) -> str:
    """A reading in a list: the line's number, what it holds, what its figure is, the forms and the line."""
    amounts = [each.elemental_mg for each in reversed(reading.readings)] or [reading.elemental_mg]
    mg = " or ".join(f"{each:g}" for each in amounts if each)
    forms = ", ".join((*reading.forms, *reading.other_forms)) or "-"
    line = "".join(each if each.isprintable() else " " for each in reading.line)
    return f"{number:>6}  {f'{mg} mg' if mg else '?':<16} {reading.basis:<10} {forms}: {line}"
