"""A line of a label: which forms it names, what its figure means and by which rule, and what it leaves open.

A line is read in three steps. Its words become letters by what the table says of them (``labels``); patterns of
letters tell what each amount weighs; and rules in the order of docs/commands.md tell what the figure means.
"""

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain, product, takewhile
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from msgspec import Struct, structs

from mgform.answers import against, milligrams
from mgform.comparison import marked
from mgform.dose import Limit, limits
from mgform.errors import CallError
from mgform.forms import level_of
from mgform.names import key, keys, names_of
from mgform.page import Answer, Page, Row, facts
from mgform.reader import load
from mgform.table import Basis, Form, NotCovered, Table
from mgform.words import listed, quoted

_LONGEST = 10_000
# More than this is a slip of the unit; powders, which are compounds, are sold by the 100 g.
_MOST_MG, _MOST_COMPOUND_MG = 10_000, 100_000
_ROUNDING_MG = 1
_LONGEST_PHRASE = 5
_NO_TEXT = re.compile("[\ud800-\udfff]")  # bytes that are no UTF-8, as Python keeps them
_UNITS = {"%": 1.0, "mg": 1.0, "g": 1000.0, "mcg": 0.001}
_WORD = r"[^\W\d_]+(?:[\"'\u05f3\u05f4\u2019][^\W\d_]+)*\d*"
# A range, a limit, a multiple or "2 400 mg" is no exact amount: 100-200 mg, 100/200 mg, < 100 mg, 2 x 100 mg.
_INEXACT = r"(?P<inexact>\d[\d.,]*\s*(?:[-/\u2010\u2011\u2013]|to|bis)\s*|\d+\s(?=\d{3}(?!\d))|[<>\u2264\u2265x\u00d7]\s*)?"

# The letters of a line: N the nutrient, E "elemental", F a form, f a form that the nutrient comes from ("as citrate"),
# O another nutrient, A an amount, a an amount alone in parentheses, % a percentage, G "of which", S "as", J "of",
# W an amount that it comes from ("as 500 mg citrate"), + "with", a comma what parts, w a word, . a mark and # a number
# that mean nothing, c or C a word that sounds like a compound, or b "complex": it is one beside the nutrient.
# "Elemental" is e until it is known that it is not said of another nutrient.
_LETTERS = {
    "elemental": "e",
    "others": "O",
    "given": "G",
    "source": "S",
    "joins": "J",
    "parts": "+",
    "blends": "b",
}
_MARKS = (
    {"(": "(", "[": "(", ")": ")", "]": ")"}
    | dict.fromkeys("+&", "+")
    | dict.fromkeys(",;|-\u2013\u2014", ",")
)
# A percentage belongs to the amount before it, beyond parentheses, or to the line; "100 % chelated" is none.
_PERCENTAGES = re.compile(r"(?:A|^)(?=((?:%F|[^A%(]|\([^()]*\)|\()*)%(?!F))")


def _one_name(found: re.Match[str]) -> str:
    """The letter that counts of those that make up a name, or a share."""
    name = found[0].translate(str.maketrans("cCbe", "FFFE"))
    kept = next(letter for letter in "%OFE" if letter in name)
    return re.sub(f"[^{kept}]", " ", name)


# What is put in the place of letters, as many others; a space takes a letter out.
_EDITS: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
    # "Citrate of magnesium" is one name, "zinc citrate" is zinc's, and "14 % elemental" is a share.
    (
        r"%eJ?N?|N?eJ?N?[.w]?%|e?O[eF]*|NF(?:J?N)?|FJ?N|FJO|N(?:[cC]|b(?!\(S))|(?:cJ|[Cb]J?)N|Ne|eJ?N",
        _one_name,
    ),
    (r"(O[^NEFe]*)e", r"\1 "),  # zinc 60 mg (12 mg elemental)
    ("e", "E"),
    # A number without a unit beside "elemental" is its amount, whatever it weighs: 1000 mg (elemental 160).
    (
        r"(A[^#A]*E[.w]*)#(?![.wP]*A|[.]*w)|(A[^#AEO]*)#(?=J*E)",
        lambda found: f"{found[1] or found[2]}A",
    ),
    ("[.#%cCb]", " "),
    ("[SP]AJ*F", lambda found: f" W{'f':>{len(found[0]) - 2}}"),  # from 1000 mg of citrate
    ("P", "w"),
    (r"\+w+(?=,?A)", lambda found: "O".ljust(len(found[0]))),  # with berberine 500 mg
    (r"\+", ","),
    # Behind an amount, what parts counts before a name, and a word that may name the amount before another one.
    (r"(?<=A)[,w]*w[,w]*(?=A)", lambda found: "w".ljust(len(found[0]))),
    (r"(?<=A)w*,[,w]*", lambda found: ",".ljust(len(found[0]))),
    ("(?<!A)[,w]", " "),
    (
        r"(O[^NEFf()]*)\([^()NE]*\)",
        lambda found: found[1].ljust(len(found[0])),
    ),  # zinc (as citrate)
    (r"S[^AOG()]*", lambda found: found[0].replace("F", "f").replace("S", " ")),
]
# What an amount weighs is the letter of the first pattern that fits: the nutrient, said so ("E") or not ("N"), a
# compound ("F") or another nutrient ("O"), to which the forms in it belong; "X" gives each name an amount.
_LONE = r"(?!G*A)"
_SALTS = rf"(?:[,w]?f++{_LONE})?"
_BEHIND = rf"G*(?:a?A|a){_SALTS}"
_AMOUNT_FIRST = [
    ("O", r"G*[Aa]w?J*[NFf]*O[NFfO]*+"),  # 15 mg zinc
    (
        "E",
        r"G*[Aa]w?J*[NFf]*E[NFf]*+|G+[Aa]w?J*N[Nf]*+",
    ),  # 200 mg elemental magnesium, of which 200 mg magnesium
    ("N", r"[Aa]w?J*N[Nf]*+(?!F)"),  # 200 mg magnesium
    ("F", r"G*[Aa]w?J*[NFf]++"),  # 1000 mg magnesium citrate
]
_NAME_FIRST = [
    ("N", r"[NEf]+A,?A(?!w?J*[NEFfO])"),  # magnesium 200 mg, 300 mg: either may be meant
    (
        "X",
        r"(?=[NEF]*O)(?:[NEFO]{2}AA|[NEFO]{3}AAA)(?!,?A)",
    ),  # calcium/magnesium 500 mg/250 mg: to each its own
    (
        "E",
        rf"[NFf]*(?:G*[Aa][,w]?J*EN*|G+[Aa]w?J*N){_SALTS}{_LONE}",
    ),  # magnesium citrate, 200 mg elemental
    ("E", rf"[NFfO]*E[NFf]*{_BEHIND}|G+[Ff]*Nf*{_BEHIND}"),  # elemental magnesium 200 mg
    ("O", rf"[NFf]*O[NFfO]*{_BEHIND}(?!J+N|J*E)"),  # zinc 15 mg
    ("N", rf"[NFf]*Nf*{_BEHIND}"),  # magnesium (as citrate) 200 mg
    ("F", rf"[NFf]+{_BEHIND}"),  # magnesium citrate 1000 mg
    *((letter, rf"(?:{pattern}){_LONE}") for letter, pattern in _AMOUNT_FIRST),
    ("E", r"G+A"),  # providing 200 mg
]
_NAMES, _AMOUNTS = (
    re.compile(
        "|".join(f"(?P<{letter}{number}>{each})" for number, (letter, each) in enumerate(patterns))
    )
    for patterns in (_NAME_FIRST, [*_AMOUNT_FIRST, *_NAME_FIRST])
)
# A part of a line that begins with an amount gives amounts first, if it ends with a name, even an unknown one.
_GIVES_AMOUNTS_FIRST = re.compile(r"[GJ]*(?:[Aa].*[NEFfO][,wJa]*|AJ*[NEFfO].*w)")


# The rules in the order in which they decide: what the figure is, and why.
_RULES = {
    "none": ("none", "No amount of {nutrient} alone stands there."),
    "several": ("ambiguous", "The line has more than one amount of {nutrient}."),
    "both": ("both", "The line has both weights: the {nutrient} and its compound."),
    "impossible": ("ambiguous", "The two weights cannot both be right."),
    "words": ("elemental", "The words say that the figure is {nutrient} itself."),
    "share": (
        "ambiguous",
        "The line has a share of {nutrient}, and the figure may be the compound.",
    ),
    "percent": (
        "elemental",
        "{percent:g} % of a daily value of {values} is about {mg:g} mg: the figure is {nutrient} itself.",
    ),
    "compound": (
        "ambiguous",
        "After a compound's name, the figure may be the compound or the {nutrient} in it.",
    ),
    "source": (
        "elemental",
        "The line says what the {nutrient} comes from, so the figure is {nutrient} itself.",
    ),
    "named": (
        "ambiguous",
        "The line names {nutrient} and a compound, and the figure may be either.",
    ),
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

    ``basis`` is what its figure is: "elemental", "both" (two weights stand there), "ambiguous" (one weight with two
    ``readings``) or "none"; ``because`` says which rule decided. Amounts are mg. ``reference_mg`` is the daily value
    that amount and percent fit, or several. ``can_be_true`` holds two weights against the formulas. ``each_mg`` is what
    each piece of a serving holds, where somebody has told the serving.
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


class Claim(NamedTuple):
    """What an amount weighs, in mg (None where it is not exact), and the percentage behind it."""

    letter: str
    mg: float | None
    percent: float | None


def _folded(text: str) -> str:
    """A text without what does not tell words apart: case, accents, and how many spaces there are."""
    text = " ".join(text.casefold().split())
    return (
        text
        if text.isascii()
        else "".join(each for each in normalize("NFKD", text) if not combining(each))
    )


def _number(text: str, unit: float) -> float | None:
    """A number times its unit; None where 1.000 may be a thousand or one. 1,000 mg are a thousand, 1,000 g one."""
    if unit <= 1 and re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", text):
        return None
    thousands = unit <= 1 and re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text)
    plain = text.replace(",", "" if thousands else ".")
    return None if plain.count(".") > 1 else round(float(plain) * unit, 6)


@lru_cache(maxsize=1024)
class Letters:
    """What the letters of a line mean, by the places of their words; many lines have the same letters.

    ``claims`` are letters with the places of an amount and of its percentage, or -1; beside the letters of the patterns
    there is S, the nutrient with what it comes from. ``forms`` are the places of the nutrient's forms.
    """

    def __init__(self, letters: str) -> None:
        self.letters, self.places = letters, [*range(len(letters))]
        self.claims: list[tuple[str, int, int]] = []
        self.has_share = re.search("%e|eJ?N?%", letters) is not None
        self.percentages = {found.start(): found.end(1) for found in _PERCENTAGES.finditer(letters)}
        for pattern, change in _EDITS:
            self._edit(pattern, change)
        found = [*zip(self.letters, self.places, strict=True)]
        self.forms = [place for letter, place in found if letter in "Ff"]
        self.claims += [("F", place, -1) for letter, place in found if letter == "W"]
        self._edit("W", " ")
        for _ in range(4):  # the innermost first
            self._edit(r"\(([^()]*)\)", self._taken_out)
        self._edit("[()]", " ")
        self._weigh(self.letters, self.places)

    def _edit(self, pattern: str, change: str | Callable[[re.Match[str]], str]) -> None:
        letters = re.sub(pattern, change, self.letters)
        self.places = [
            place for place, letter in zip(self.places, letters, strict=True) if letter != " "
        ]
        self.letters = letters.replace(" ", "")

    def _taken_out(self, found: re.Match[str]) -> str:
        """What stands in parentheses: amounts with names of their own, or what belongs to the names before."""
        part, before = found[1], found.string[: found.start()]
        if not re.search("[Aa]", part) or not re.search("[NEFfOG]", part):
            kept = "Efa" if re.search("[NEFfO]", before) else "NEfa"
            return re.sub(f"[^{kept}]", " ", found[0].replace("F", "f").replace("A", "a"))
        # "Oxide (magnesium 300 mg)" names the nutrient for itself.
        if "F" not in part and re.search("[Ff][^NEO]*$", before):
            part = part.replace("N", "E")
        self._weigh(part, self.places[found.start(1) : found.end(1)])
        return " " * len(found[0])

    def _weigh(self, part: str, places: Sequence[int]) -> None:
        """Find what the amounts in a part of the line weigh."""
        amounts_first = _GIVES_AMOUNTS_FIRST.fullmatch(part)
        claims = self._claimed(_AMOUNTS if amounts_first else _NAMES, part, places)
        if (
            part[:1] == "A"
            and not amounts_first
            and (others := self._claimed(_AMOUNTS, part, places)) != claims
        ):
            # "800 mg magnesium 400 mg": nothing tells to which amount the name belongs.
            claims = [
                ("O" if letter == "O" else "N", at, percent)
                for letter, at, percent in claims + others
            ]
        self.claims += [claim for claim in claims if claim[0] != "O"]

    def _claimed(
        self, patterns: re.Pattern[str], part: str, places: Sequence[int]
    ) -> list[tuple[str, int, int]]:
        """What the patterns find in a part of the line."""
        claims: list[tuple[str, int, int]] = []
        for found in patterns.finditer(part):
            letter, span = (
                str(found.lastgroup)[0],
                [*zip(found[0], places[found.start() :], strict=False)],
            )
            amounts = [place for each, place in span if each == ("A" if "A" in found[0] else "a")]
            sources = {place for each, place in span if each == "f"}
            if letter == "O":
                self.forms = [place for place in self.forms if place not in sources]
            names = (
                found[0]
                if letter == "X"
                else ("S" if letter == "N" and sources else letter) * len(amounts)
            )
            claims += [
                (name, at, self.percentages.get(at, -1))
                for name, at in zip(names, amounts, strict=False)
            ]
        return claims


class LabelReader:
    """Reads lines of labels with the words of one table."""

    def __init__(self, table: Table) -> None:
        self.table, words = table, table.labels
        # The nutrient's percentage in the richest compound of each form; 0 where none is known.
        self.shares = {
            form.id: max([0.0, *(each.elemental_percent for each in form.compounds)])
            for form in table.forms
        }
        self.levels = [
            LabelLevel(form.id, scale, level.word, level.basis, level.sources)
            for form, scale in product(table.forms, table.scales.in_use())
            if (level := level_of(table, form, scale))
        ]
        self.limits = lru_cache(
            lambda mg: limits(table, Decimal(str(mg)), Decimal(str(mg))) if mg else ()
        )
        self.nutrient = tuple(_folded(word) for word in (table.nutrient, *words.nutrient))
        self.endings = tuple(_folded(ending) for ending in words.endings)
        self.units = _UNITS | {_folded(unit): mg for unit, mg in words.units.items()}
        # Each phrase, without what does not tell names apart, with its letter and the id of its form.
        self.phrases: dict[str, tuple[str, str]] = {}
        self._learn("N", self.nutrient)
        for kind, letter in _LETTERS.items():
            self._learn(letter, getattr(words, kind))
        for entry in chain[Form | NotCovered](table.forms, table.not_covered):
            self._learn(
                "F",
                [*(name for _, name in names_of(entry)), *words.names.get(entry.id, ())],
                entry.id,
            )
        prefixes = tuple(map(_folded, table.name_prefixes))
        signs = any_of(
            {*self.nutrient, *(phrase for phrase in self.phrases if phrase.startswith(prefixes))}
        )
        self._learn("N", words.symbols)
        self._learn("P", map(_folded, words.per))
        # What tells that a line names the nutrient; "Mg" is its symbol where no number stands before it.
        self.signs = re.compile(
            rf"{signs}|(?<![\w.,])(?<!\d\s)(?:{any_of(map(_folded, words.symbols))})(?!\w)"
        )
        pieces, per = any_of(words.pieces), any_of({*words.per, *map(_folded, words.per)})
        grams = any_of(unit for unit, mg in self.units.items() if mg == _UNITS["g"])
        self.tokens = re.compile(
            rf"(?<!\w)(?:{per})\s+\d[\d.,]*\s*(?:(?:{grams})(?!\w)|(?:{any_of(self.units)})[\s-]+(?=(?:{pieces})(?!\w)))"
            rf"|{_INEXACT}(?P<number>\d+(?:[.,]\d+)*)[\s-]*(?P<unit>%|(?:{any_of(self.units)})(?!\w))"
            rf"|(?P<word>{_WORD})|(?<=\w)[-\u2010\u2011](?=\w)|(?P<mark>\d[\d.,]*|\S)"
        )
        self.servings = re.compile(
            rf"(?i)(?<![\w.,])(?P<several>(?:1[0-2]|[1-9])(?:[.,]\d)?[\s-]*(?:{pieces}))(?!\w)"
            rf"|(?:/|(?<!\w)(?:{per})\s)\s*(?P<each>(?:\d+(?:[.,]\d+)?\s*)?(?:{pieces}|ml|g))(?!\w)"
            r"|/\s*(?P<one>1)(?![\d.,])"
        )

    def _learn(self, letter: str, phrases: Iterable[str], form: str = "") -> None:
        """Take phrases in, those of several words without the nutrient in front of them; what came first stays."""
        for phrase in phrases:
            self.phrases.setdefault(
                min(keys(_folded(phrase), self.nutrient), key=len), (letter, form)
            )

    def _words(self, folded: str) -> list[tuple[str, str, float | None]]:
        """The words of a line: letters, ids of forms, amounts in mg or percentages (None where they are not exact)."""
        tokens = [found for found in self.tokens.finditer(folded) if found.lastgroup]
        words: list[tuple[str, str, float | None]] = []
        at = 0
        while at < len(tokens):
            found, length = tokens[at], 1
            if found["word"]:
                letter, form, length = self._named(
                    [each["word"] for each in tokens[at : at + _LONGEST_PHRASE]]
                )
                words.append((letter, form, None))
            elif unit := found["unit"]:
                number = None if found["inexact"] else _number(found["number"], self.units[unit])
                words.append(("%" if unit == "%" else "A", "", number))
            else:
                words.append(
                    (_MARKS.get(found[0], "#" if found[0][0].isdigit() else "."), "", None)
                )
            at += length
        return words

    def _named(self, texts: Sequence[str]) -> tuple[str, str, int]:
        """The phrase that begins with a word, or a name that looks like a form's, and how many words it has."""
        ahead = [*takewhile(bool, texts)]
        word = ahead[0]
        known = ((key("".join(ahead[:length])), length) for length in range(len(ahead), 0, -1))
        glued = (
            (word.removeprefix(each), 1) for each in self.nutrient if word.startswith(each)
        )  # magnesiumcitrat
        for phrase, length in chain(known, glued):
            if found := self.phrases.get(phrase):
                return *found, length
        if word.endswith(self.endings):
            return "c" if word.isascii() else "C", word, 1
        return "w", "", 1

    def read(self, line: str) -> Reading:
        """What a line says; every text gets a reading."""
        if len(line) > _LONGEST:
            return Reading(
                line=line[:80], because=f"The line is longer than {_LONGEST:,} characters."
            )
        folded = _folded(line)
        if not self.signs.search(folded):
            return Reading(line=line, because=f"The line does not name {self.table.nutrient}.")
        # The end is a word without a number, at place -1.
        letters, ids, numbers = zip(*self._words(folded), (".", "", None), strict=True)
        found = Letters("".join(letters))
        claims = [
            Claim(letter, numbers[at], numbers[percent]) for letter, at, percent in found.claims
        ]
        # Nobody takes so much of a compound: it is what the package weighs.
        claims = [
            each for each in claims if each.letter != "F" or (each.mg or 0) < _MOST_COMPOUND_MG
        ]
        named = [*dict.fromkeys(ids[place] for place in found.forms if ids[place])]
        forms = [form for form in named if form not in self.table.labels.excipients]
        if not claims:
            claims = [Claim("%", None, numbers[found.percentages.get(0, -1)])]
        elif all(claim.letter == "F" for claim in claims):
            forms = forms or named
        return self._reading(line, forms, *self._decided(claims, forms, has_share=found.has_share))

    def _decided(
        self, claims: Sequence[Claim], named: Sequence[str], *, has_share: bool
    ) -> tuple[str, Claim, float | None]:
        """The first rule that holds, the amount that it is about, and mg of compound."""
        elemental, bare, weights = (
            [each for each in claims if each.letter in letters] for letters in ("E", "NS", "F")
        )
        said = elemental or bare
        first = (said or weights or claims)[0]
        weighed = [each.mg for each in weights or (bare if elemental else ())]
        compound = sum(filter(None, weighed)) if all(weighed) else None
        # What weighs no more than the nutrient is not what it comes from.
        outweighs = compound and compound > (first.mg or 0)
        fits = self._fits(first) and (said or len(weights) == 1)
        rules = {
            "none": not said and not weights,
            "unit": (said or fits) and (first.mg or 0) >= _MOST_MG,
            "several": any(each.mg != first.mg for each in said)
            or (elemental and compound and len(weights) == 1 and not outweighs),
            "impossible": bare
            and outweighs
            and not elemental
            and self._can_be_true(first.mg, compound, named) == "no",
            "both": said and outweighs,
            "words": elemental,
            "share": has_share and said and not fits,
            "percent": fits,
            "compound": not said,
            "source": first.letter == "S",
            "named": named,
            "bare": True,
        }
        rule = next(rule for rule, holds in rules.items() if holds)
        weight = (
            first.mg
            if rule in ("share", "named")
            else compound
            if rule in ("impossible", "both", "compound")
            else None
        )
        return rule, first, weight

    def _fits(self, claim: Claim) -> tuple[float, ...]:
        """The daily values of which an amount is the percentage behind it; with a decimal, some labels cut it."""
        if claim.mg is None or claim.percent is None:
            return ()
        exact = ((each.mg, 100 * claim.mg / each.mg) for each in self.table.labels.references)
        return tuple(
            mg
            for mg, each in exact
            if claim.percent in (round(each), round(each, 1), int(10 * each) / 10)
        )

    def _richest(self, named: Iterable[str]) -> float:
        """The highest percentage of the nutrient in the compounds of some forms; 0 where one is not known."""
        shares = [self.shares.get(name, 0.0) for name in named]
        return max(shares, default=0.0) if all(shares) else 0.0

    def _can_be_true(
        self, elemental: float | None, compound: float | None, named: Sequence[str]
    ) -> str:
        """Whether a weight of compound can hold so much: "yes", "not_alone", "no" or "untestable"."""
        if not elemental or not compound:
            return "untestable"
        share, richest = 100 * (elemental - _ROUNDING_MG) / compound, self._richest(named)
        if share > (max(self.shares.values()) or 100):
            return "no"
        return "untestable" if not richest else "yes" if share <= richest else "not_alone"

    def _reading(
        self, line: str, named: Sequence[str], rule: str, claim: Claim, compound: float | None
    ) -> Reading:
        basis, because = _RULES[rule]
        fits, percent = self._fits(claim), claim.percent
        values = listed((f"{mg:g} mg" for mg in fits), "or")
        elemental = claim.mg if basis in ("elemental", "both") and rule != "unit" else None
        # Without an amount, a percentage is a share of a raw material, not of a daily value.
        held, weight = (
            (percent + _ROUNDING_MG, 100)
            if rule == "none" and percent and named
            else (elemental, compound)
        )
        can_be_true = "no" if rule == "unit" else self._can_be_true(held, weight, named)
        readings: tuple[Possible, ...] = ()
        if basis == "ambiguous" and compound:
            most = round(compound * self._richest(named) / 100, 2) or None
            both = (("elemental", compound), ("compound", most))
            readings = tuple(Possible(kind, mg, self.limits(mg)) for kind, mg in both)
        return Reading(
            line=line,
            forms=tuple(name for name in named if name in self.shares),
            other_forms=tuple(name.replace("-", " ") for name in named if name not in self.shares),
            basis=basis,
            because=because.format(
                nutrient=self.table.nutrient, percent=percent, values=values, mg=claim.mg
            ),
            elemental_mg=elemental,
            compound_mg=compound,
            readings=readings,
            percent=percent if basis != "none" else None,
            reference_mg=fits[0] if len(fits) == 1 else fits or None,
            serving=self._serving(line),
            can_be_true=can_be_true,
            limits=self.limits(elemental),
            levels=tuple(level for name in named for level in self.levels if level.form == name),
            unknown=tuple(self._unknown(named, rule, claim, can_be_true))
            if basis != "none"
            else (),
        )

    def _unknown(
        self, named: Sequence[str], rule: str, claim: Claim, can_be_true: str
    ) -> Iterator[str]:
        """What a line with an amount leaves open."""
        words, percent = self.table.labels, claim.percent
        if _RULES[rule][0] == "ambiguous":
            yield f"whether the figure is {self.table.nutrient} or compound"
        if claim.mg is None:
            yield "how much it is: the number can be read in more than one way"
        elif rule == "unit":
            yield f"the unit: {claim.mg / 1000:g} g cannot be right"
            if percent:
                says = (
                    f"{percent * each.mg / 100:g} mg ({each.where})" for each in words.references
                )
                yield f"the amount: {percent:g} % of a daily value is {listed(says, 'or')}"
        elif percent is not None and not self._fits(claim):
            yield f"what {percent:g} % refers to: it fits no daily value"
        if len(named) > 1:
            yield f"how much of it comes from {listed(named)} each"
        if can_be_true == "not_alone":
            richer = next(
                (f"{other}, or " for name, other in words.richer.items() if name in named), ""
            )
            buffer = (
                f'{self.table.buffer} ("buffered")' if self.table.buffer else "another compound"
            )
            yield f"what else it holds: {richer}{buffer} may be in it"

    def _serving(self, line: str) -> str | None:
        """What the amount is in, as it is printed: "3 Kapseln", "1 capsule", "15 ml"."""
        found = self.servings.search(" ".join(line.split()))
        told = found and (found["several"] or found["each"] or found["one"])
        return f"1 {told}" if told and told[0].isalpha() else told


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words; for none where there are none."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


_bundled = cache(lambda: LabelReader(load()))


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
    levels: dict[str, list[str]] = {form: [] for form in reading.forms}
    for each in reading.levels:
        title = getattr(table.scales, each.scale).title.lower()
        levels[each.form].append(f"{title} {each.level} {marked(table, each.sources, each.basis)}")
    others = (
        f"{listed(reading.other_forms)}, which this table does not cover"
        if reading.other_forms
        else ""
    )
    each_mg = (
        f"{milligrams(reading.each_mg)} of {table.nutrient}, at {reading.serving}"
        if reading.each_mg
        else ""
    )
    rows: list[Row] = [
        (form, "; ".join(told) or "no level is known") for form, told in levels.items()
    ]
    rows += [("Also named", others), ("Can it be true?", _TRUTHS.get(reading.can_be_true, ""))]
    rows += [("In each", each_mg), ("Left open", list(reading.unknown))]
    return Answer(
        Page((*_sentences(table, reading), reading.because), (facts(rows),), (table.notice,)),
        reading,
    )


def _sentences(table: Table, reading: Reading) -> Iterator[str]:
    """What the figure of a line means; where it has two meanings, both, with how each stands to the upper levels."""
    nutrient, compound = table.nutrient, milligrams(reading.compound_mg or 0)
    if reading.elemental_mg is not None:
        of = f", in {compound} of compound" if reading.compound_mg else ""
        yield f"{milligrams(reading.elemental_mg)} of {nutrient}{of}{against(reading.limits)}."
    elif reading.readings:
        itself, held = reading.readings
        most = f"at most {milligrams(held.elemental_mg)} of" if held.elemental_mg else "less"
        contains = f"{compound} contains {most} {nutrient}{against(held.limits)}"
        yield f"This can mean two things. As a weight of compound, {contains}."
        yield f"As {nutrient} itself, it is {compound}{against(itself.limits)}."
    else:
        yield f"The amount of {nutrient} {'is not given' if reading.basis == 'none' else 'stays open'}."


def readings(
    reader: LabelReader, texts: Sequence[str], serving: str | None
) -> Iterator[tuple[int, Reading | str]]:
    """Numbered readings of lines as they come, "-" being standard input; a sentence for one that cannot be read."""
    every = chain.from_iterable(_input() if given == "-" else [given] for given in texts)
    read = lru_cache(maxsize=1024)(
        lambda line: in_serving(reader.read(line), serving)
    )  # databases repeat their lines
    for number, line in enumerate(every, 1):
        if len(line) > _LONGEST or _NO_TEXT.search(line):
            yield (
                number,
                f"line {number} is not UTF-8, or longer than {_LONGEST:,} characters; the others are read",
            )
        else:
            yield number, read(line)


def _input() -> Iterator[str]:
    """The lines of standard input. Of one that is too long, no more is kept than shows it."""
    stream: Any = sys.stdin.buffer if sys.stdin else io.BytesIO()
    while line := stream.readline(4 * _LONGEST + 4):
        yield line.decode("utf-8-sig", "surrogateescape").rstrip("\r\n")
        while line and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST)


def in_a_line(number: int, reading: Reading) -> str:
    """A reading in a list: the line's number, what it holds, what its figure is, the forms and the line."""
    amounts = [each.elemental_mg for each in reversed(reading.readings)] or [reading.elemental_mg]
    mg = " or ".join(f"{each:g}" for each in amounts if each)
    forms = ", ".join((*reading.forms, *reading.other_forms)) or "-"
    line = "".join(each if each.isprintable() else " " for each in reading.line)
    return f"{number:>6}  {f'{mg} mg' if mg else '?':<16} {reading.basis:<10} {forms}: {line}"
