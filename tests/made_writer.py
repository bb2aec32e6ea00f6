"""Made label lines: what a line contains is decided first, then it is written in some style."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

WORDS = Path(__file__).with_name("made_words.yaml")
# Percent of magnesium by mass, rounded up: no line claims more of its compound.
RICHNESS = {
    "oxide": 60.3,
    "citrate": 16.1,
    "malate": 15.5,
    "taurate": 8.9,
    "aspartate": 8.4,
    "chelate": 14.1,
    "hydroxide": 41.6,
    "carbonate": 28.8,
    "chloride": 25.5,
    "sulfate": 20.1,
    "lactate": 12.0,
    "gluconate": 5.8,
    "orotate": 7.2,
    "pidolate": 8.6,
    "glycerophosphate": 12.4,
    "ascorbate": 6.4,
    "threonate": 8.2,
    "fumarate": 17.5,
    "succinate": 17.3,
}
ELEMENTAL = (
    *(8, 10, 15, 20, 25, 30, 45, 50, 56, 60, 64, 75, 80, 84, 90, 100, 100, 110, 120, 125, 133),
    *(140, 144, 150, 150, 180, 188, 200, 200, 200, 210, 225, 240, 250, 250, 300, 300, 320, 350),
    *(375, 400, 400, 420, 450, 500, 500, 1000, 56.3, 62.5, 112.5, 187.5),
)
COMPOUND = (
    *(100, 120, 150, 200, 250, 300, 375, 400, 400, 450, 500, 500, 500, 535, 600, 625, 665, 700),
    *(750, 800, 1000, 1000, 1000, 1100, 1200, 1250, 1422, 1480, 1500, 1500, 1745, 2000, 2000),
    *(2250, 2400, 2500, 3000),
)
REFERENCES = {"en": (420, 420, 420, 400, 400, 375, 375), "ru": (400,), "ko": (420,), "he": (420,)}
SOFT_HYPHEN, ZERO_WIDTH, NO_BREAK, NARROW = "\u00ad", "\u200b", "\u00a0", "\u202f"
DECIMALS_OF_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")  # noqa: RUF001


class Language(msgspec.Struct, forbid_unknown_fields=True):
    """The words and styles of a language, see the head of the file."""

    code: str
    weight: int
    decimal: str
    thousands: str
    units: list[str]
    magnesium: list[str]
    percents: list[str]
    names: dict[str, list[str]]
    shorts: dict[str, list[str]]
    name_first: list[str]
    amount_first: list[str]
    both: list[str]
    fronts: list[str]
    backs: list[str]
    brands: list[str]
    others: list[str]
    phrases: list[str]
    bare: list[str]
    joints: list[str]
    excipients: list[str]
    fillers: list[str]
    traps: list[str] = []


class Answer(NamedTuple):
    """What may be told of a line: a figure, two readings of one, or nothing (basis "none")."""

    basis: str
    elemental_mg: float | None = None
    compound_mg: float | None = None


OPEN = Answer("none")


class Line(NamedTuple):
    """A made line, and every answer that is right."""

    text: str
    style: str
    answers: tuple[Answer, ...]
    per_piece: bool = True
    """Whether its figure may be compared with an upper level of a day: not one per litre."""
    forms: frozenset[str] | None = None
    """The forms that it names, as far as they are told; None where names are not known."""

    @property
    def tellable(self) -> bool:
        """Whether leaving it open leaves something open that could be told."""
        return OPEN not in self.answers


class Amount(NamedTuple):
    """A weight as it is printed."""

    text: str
    mg: float | None
    """None where nobody can tell: a range, a limit, a number that is torn apart."""
    sure: bool = True
    """False where it may as well stay open."""

    @property
    def certain(self) -> bool:
        """Whether it can be told, and must be."""
        return self.sure and self.mg is not None


def languages() -> list[Language]:
    """The languages, out of their file."""
    return msgspec.yaml.decode(WORDS.read_bytes(), type=list[Language])


# Numbers.


def number(value: float, language: Language) -> str:
    """A number with the decimal mark of a language."""
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", language.decimal)


def grouped(value: float, mark: str) -> str:
    """A whole number with a mark between its thousands."""
    return f"{round(value):,}".replace(",", mark)


class Speller:
    """Writes amounts, most of them plainly and some in every other way that is met."""

    def __init__(self, chance: random.Random, language: Language) -> None:
        self.chance = chance
        self.language = language
        self.unit = chance.choice(language.units)
        self.glued = False
        self.gap = chance.choice((" ", " ", " ", "", "", NO_BREAK, NARROW, "  "))
        self.odd = (
            self.in_grams,
            self.in_grams,
            self.with_a_fraction,
            self.with_a_fraction,
            self.in_micrograms,
            self.with_zeros,
            self.with_zeros,
            self.about,
            self.as_a_range,
            self.as_a_limit,
            self.give_or_take,
            self.as_a_product,
            self.in_full_width,
            self.with_a_footnote,
            self.torn,
            self.with_an_invisible,
            self.behind_a_mark,
        )

    def spelled(self, mg: float) -> Amount:
        """An amount in one of the ways that fit it."""
        if self.chance.random() < 0.15:
            amount = self.chance.choice(self.odd)(mg)
            if amount is not None and not (self.glued and amount.text[0].isalpha()):
                return amount
        return self.plain(mg)

    def plain(self, mg: float) -> Amount:
        """200 mg, or 1,000 mg."""
        if mg >= 1000 and mg == round(mg) and self.chance.random() < 0.5:
            return self.with_thousands(mg)
        return Amount(number(mg, self.language) + self.gap + self.unit, mg)

    def with_thousands(self, mg: float) -> Amount:
        """1,000 mg: a dot may be a decimal point, and a blank may part two numbers."""
        mark = self.language.thousands
        if mark == " ":
            mark = self.chance.choice((" ", NO_BREAK, NARROW))
        if self.chance.random() < 0.05:
            mark = "'"
        sure = mark not in {".", " "}
        return Amount(grouped(mg, mark) + self.gap + self.unit, mg, sure)

    def in_grams(self, mg: float) -> Amount | None:
        """0.2 g, .5 g, 1·5 g."""
        if self.unit == "мг":
            return Amount(f"{number(mg / 1000, self.language)} г", mg)  # noqa: RUF001
        if mg < 100 or not self.unit.lower().startswith("m"):
            return None
        text = number(mg / 1000, self.language)
        if text.startswith("0.") and self.chance.random() < 0.3:
            text = text.removeprefix("0")
        if "." in text and self.chance.random() < 0.15:
            return Amount(f"{text.replace('.', '·')} g", mg, sure=False)
        return Amount(f"{text}{self.gap}{self.chance.choice(('g', 'g', 'g', 'grams'))}", mg)

    def with_a_fraction(self, mg: float) -> Amount | None:
        """½ g."""
        texts = {250: "¼ g", 500: "½ g", 750: "¾ g", 1500: "1½ g", 1250: "1¼ g", 2500: "2 ½ g"}
        if mg not in texts or not self.unit.startswith("m"):
            return None
        return Amount(texts[round(mg)], mg, sure=mg != 2500)

    def in_micrograms(self, mg: float) -> Amount | None:
        """56300 mcg."""
        if mg > 300 or not self.unit.startswith("m"):
            return None
        unit = self.chance.choice(("mcg", "µg"))
        return Amount(f"{number(mg * 1000, self.language)} {unit}", mg)

    def with_zeros(self, mg: float) -> Amount:
        """200.0 mg."""
        point = self.language.decimal
        text = number(mg, self.language)
        if point in text:
            text += "0"
        else:
            text += point + self.chance.choice(("0", "00"))
        return Amount(text + self.gap + self.unit, mg)

    def about(self, mg: float) -> Amount:
        """Ca. 200 mg: the figure, or open."""
        word = self.chance.choice(("ca. ", "approx. ", "about ", "~", "≈ ", "approximately "))
        return Amount(word + self.plain(mg).text, mg, sure=False)

    def as_a_range(self, mg: float) -> Amount:
        """100-200 mg: nobody can tell."""
        dashes = ["-", "\u2013", " - ", " \u2013 ", "\u2014"]
        if self.language.code == "en":
            dashes += [" to ", " or ", "..", "~", "/"]
        dash = self.chance.choice(dashes)
        most = number(mg * 2, self.language)
        return Amount(f"{number(mg, self.language)}{dash}{most}{self.gap}{self.unit}", None)

    def as_a_limit(self, mg: float) -> Amount:
        """Up to 200 mg."""
        limits = ["<", "< ", "> ", "≤", "≥ ", "max. ", "min. ", "up to ", "less than "]
        limits += ["at least ", "not more than ", "over ", "more than ", "a minimum of "]
        if self.language.code != "en":
            limits = ["<", "< ", "≤", "> ", "max. ", "min. "]
        return Amount(self.chance.choice(limits) + self.plain(mg).text, None)

    def give_or_take(self, mg: float) -> Amount:
        """350 ± 35 mg."""
        return Amount(f"{number(mg, self.language)} ± 5{self.gap}{self.unit}", None)

    def as_a_product(self, mg: float) -> Amount:
        """2 x 150 mg, 5x10^2 mg."""
        times = self.chance.choice(("2 x ", "2x", "2*", "3 × ", "5x10^", "2 X "))  # noqa: RUF001
        return Amount(times + self.plain(mg).text, None)

    def in_full_width(self, mg: float) -> Amount:
        """Digits as Japanese typing has them."""
        text = number(mg, self.language).translate(DECIMALS_OF_FULL_WIDTH)
        return Amount(text + self.gap + self.unit, mg, sure=False)

    def with_a_footnote(self, mg: float) -> Amount:
        """100² mg, 100 mg¹: what stands high belongs to a note below."""
        mark = self.chance.choice(("²", "¹", "³"))
        if self.chance.random() < 0.5:
            return Amount(number(mg, self.language) + mark + " " + self.unit, mg, sure=False)
        return Amount(self.plain(mg).text + mark, mg)

    def torn(self, mg: float) -> Amount | None:
        """1 00 mg."""
        text = number(mg, self.language)
        if not text.isdigit() or not 100 <= mg < 1000:
            return None
        return Amount(f"{text[:1]} {text[1:]}{self.gap}{self.unit}", None)

    def with_an_invisible(self, mg: float) -> Amount | None:
        """1<zero width>500 mg: whole or not at all."""
        text = number(mg, self.language)
        if not text.isdigit() or mg < 100:
            return None
        mark = self.chance.choice((ZERO_WIDTH, SOFT_HYPHEN, "\u2060"))
        return Amount(f"{text[:1]}{mark}{text[1:]}{self.gap}{self.unit}", mg, sure=False)

    def behind_a_mark(self, mg: float) -> Amount:
        """**386 mg."""
        mark = self.chance.choice(("**", "△ ", "*", "† ", "♦", "‡ "))
        return Amount(mark + self.plain(mg).text, mg)


# What a line contains.


class Content(NamedTuple):
    """What a line says of magnesium."""

    form: str
    form2: str
    name: str
    short: str
    name2: str
    short2: str
    elemental_mg: float
    compound_mg: float
    percent: str


class Writer:
    """Writes one line after another, all from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.languages = languages()
        self.weights = [language.weight for language in self.languages]
        self.english = self.languages[0]
        self.shapes = (
            self.alone,
            self.alone,
            self.listed,
            self.listed,
            self.run_together,
            self.title,
        )

    def line(self) -> Line:
        """The next line."""
        language = self.chance.choices(self.languages, self.weights)[0]
        line = self.chance.choice(self.shapes)(language)
        return self.printed(line, language)

    def some(self, values: list[str]) -> str:
        """One of these."""
        return self.chance.choice(values)

    def perhaps(self, part: str, odds: float = 0.5) -> str:
        """A part of a line, or nothing."""
        return part if self.chance.random() < odds else ""

    def content(self, language: Language) -> Content:
        """What the line is to contain: a form, its name, an amount of magnesium and of compound."""
        chance = self.chance
        form, form2 = chance.sample([*language.shorts], 2)
        if chance.random() < 0.5:
            form = chance.choice([*language.names])
        compound = chance.choice(COMPOUND)
        share = RICHNESS[form] / 100 * chance.choice((1, 1, 0.95, 0.8, 0.6))
        # A compound's magnesium is rounded as labels round it: 161.6 is printed as 161 or 160.
        step = chance.choice((1, 1, 5, 10))
        elemental = max(1, int(compound * share / step) * step)
        return Content(
            form=form,
            form2=form2,
            name=chance.choice(language.names[form]),
            short=chance.choice(language.shorts.get(form, language.names[form])),
            name2=chance.choice(language.names[form2]),
            short2=chance.choice(language.shorts[form2]),
            elemental_mg=elemental,
            compound_mg=compound,
            percent=self.percent(elemental, language),
        )

    def with_a_usual_amount(self, content: Content, language: Language) -> Content:
        """The content with an amount of magnesium that is met on labels."""
        mg = self.chance.choice(ELEMENTAL)
        return content._replace(elemental_mg=mg, percent=self.percent(mg, language))

    def percent(self, mg: float, language: Language) -> str:
        """A percent of a daily value, as labels print it."""
        reference = self.chance.choice(REFERENCES.get(language.code, (375,)))
        percent = 100 * mg / reference
        digits = number(int(percent + 0.5), language)
        if percent < 1 or self.chance.random() < 0.1:
            digits = number(round(percent, 1), language)
        return " " + self.some(language.percents).format(digits)

    # What is written of magnesium.

    def magnesium(self, language: Language, styles: list[str]) -> Line:
        """Magnesium in one of some styles."""
        kinds, style = self.some(styles).split(" ", 1)
        return self.styled(language, kinds, style)

    def styled(self, language: Language, kinds: str, style: str) -> Line:
        """Magnesium in a style, and what may be told of it."""
        content = self.content(language)
        if "{c}" not in style:
            content = self.with_a_usual_amount(content, language)
        speller = Speller(self.chance, language)
        speller.glued = "}{e}" in style or "}{c}" in style
        elemental = speller.spelled(content.elemental_mg)
        compound = speller.spelled(content.compound_mg)
        percent = content.percent if elemental.mg is not None else ""
        if "{p} of" in style and percent.startswith((" -", " |")):
            percent = ""
        text = style.format(
            e=elemental.text,
            c=compound.text,
            p=self.perhaps(percent),
            P=percent,
            Mg=self.marked(self.some(language.magnesium)),
            name=self.marked(self.cased(content.name)),
            name2=self.cased(content.name2),
            short=content.short,
            short2=content.short2,
        )
        answers = allowed(kinds, elemental, compound)
        return Line(text, f"{language.code} {style}", answers, forms=named(style, content))

    def cased(self, name: str) -> str:
        """A name as it is, or with capitals as in a title."""
        if self.chance.random() < 0.4:
            return (
                name.title().replace("Usp", "USP").replace(" De ", " de ").replace(" Di ", " di ")
            )
        return name

    def marked(self, word: str) -> str:
        """A word with a footnote, a trade mark or something invisible, now and then."""
        chance = self.chance.random()
        if chance < 0.03:
            return word + self.chance.choice(("*", "†", "¹", "**", "™", "®", " *", "²"))
        if chance < 0.05 and len(word) > 6:
            place = self.chance.randrange(2, len(word) - 1)
            return word[:place] + SOFT_HYPHEN + word[place:]
        if chance < 0.06:
            return word + ZERO_WIDTH
        return word

    # What is written beside it.

    def other(self, language: Language, *, amount_first: bool, spare: Line) -> str:
        """Another substance with its own amount: never the one that magnesium has."""
        while True:
            name, least, most, unit = parsed_other(self.some(language.others))
            value = self.chance.uniform(least, most)
            value = round(value, 1) if value < 10 else round(value / 5) * 5
            if str(value) not in spare.text:
                break
        text = number(value, language)
        if (
            value >= 1000
            and unit != "g"
            and language.thousands == ","
            and self.chance.random() < 0.5
        ):
            text = grouped(value, ",")
        gap = self.chance.choice((" ", " ", ""))
        if amount_first:
            return f"{text}{gap}{unit} {name}"
        percent = self.chance.choice((5, 20, 50, 100, 100, 136, 200))
        behind = self.perhaps(" " + self.some(language.percents).format(percent), 0.2)
        return f"{name} {text}{gap}{unit}{behind}"

    def around(self, line: Line, language: Language, odds: float = 0.5) -> Line:
        """A line with what stands in front of it and behind it."""
        front = self.perhaps(self.some(language.fronts), odds / 2)
        back = self.perhaps(self.some(language.backs), odds)
        forms = None if "chelated" in back else line.forms
        return line._replace(text=front + line.text + back, forms=forms)

    # Whole lines.

    def alone(self, language: Language) -> Line:
        """Nothing but magnesium."""
        styles = [*language.name_first, *language.amount_first, *language.both]
        return self.around(self.magnesium(language, styles), language)

    def title(self, language: Language) -> Line:
        """A product's title."""
        styles = [style for style in language.name_first if style.startswith(("T", "E {Mg} {e}"))]
        line = self.magnesium(language, styles)
        line = line._replace(text=f"{self.some(language.brands)} {line.text}")
        return self.around(line, language, 0.8)

    def listed(self, language: Language) -> Line:
        """Magnesium among others, parted by a mark."""
        amount_first = bool(language.amount_first) and self.chance.random() < 0.3
        styles = language.amount_first if amount_first else language.name_first + language.both
        line = self.magnesium(language, [style for style in styles if not LOOSE.search(style)])
        joint = self.some(language.joints)
        others = [
            self.other(language, amount_first=amount_first, spare=line)
            for _ in range(self.chance.randint(1, 4))
        ]
        if not amount_first and language.phrases and self.chance.random() < 0.4:
            others[0] = self.some(language.phrases)
        if len(others) > 1 and joint in PAIRING:
            joint = ", "
        place = self.chance.randint(0, len(others))
        parts = [*others[:place], line.text, *others[place:]]
        line = line._replace(text=joint.join(parts), style=f"{line.style} in a list")
        if joint == ", " and self.chance.random() < 0.2:
            line = self.with_bare(line, language)
        return self.around(line, language)

    def with_bare(self, line: Line, language: Language) -> Line:
        """A substance without an amount: in front, it may be thought to share the next one."""
        bare = self.some(language.bare)
        if self.chance.random() < 0.7:
            return line._replace(text=f"{line.text}, {bare}")
        return line._replace(text=f"{bare}, {line.text}", answers=(*line.answers, OPEN))

    def run_together(self, language: Language) -> Line:
        """Magnesium among others without a mark, all in one order, so that it can be told."""
        amount_first = bool(language.amount_first) and self.chance.random() < 0.3
        styles = language.amount_first if amount_first else language.name_first
        firm = [style for style in styles if not LOOSE.search(style) and not OPEN_END.search(style)]
        line = self.magnesium(language, firm)
        others = [
            self.other(language, amount_first=amount_first, spare=line)
            for _ in range(self.chance.randint(1, 4))
        ]
        place = self.chance.randint(0, len(others))
        parts = [*others[:place], line.text, *others[place:]]
        line = line._replace(text=" ".join(parts), style=f"{line.style} run together")
        return self.around(line, language)

    def printed(self, line: Line, language: Language) -> Line:
        """The line in capitals, with words glued together, or as it is."""
        text = line.text
        chance = self.chance.random()
        if chance < 0.05 and language.code in LATIN and "µ" not in text:
            text = text.upper()
        elif chance < 0.08 and language.code in LATIN and "Mg" not in text:
            text = text.lower()
        elif chance < 0.10:
            text = GLUE.sub("", text, count=1)
        elif chance < 0.12:
            text = PERCENT_GLUE.sub(r"\1\2", text, count=1)
        elif chance < 0.13:
            text = "\ufeff" + text
        return line._replace(text=text)


LATIN = frozenset(("en", "de", "es", "it", "nl", "da", "pl"))
PAIRING = frozenset((" and ", " & ", ", and ", " und ", " et ", " y ", " e ", " en ", " og "))
# Styles whose inner mark would be taken for the mark of a list.
LOOSE = re.compile(r"[,;|\u2013-]+ \{|\n|\t|\| Elem|: \{e\} elem")
# Styles behind which the amount of the next name would seem to be their own.
OPEN_END = re.compile(r"( from| as|in Form von|aus|di|de|of) \{(name|Mg|short)\}$")
GLUE = re.compile(r"(?<=[^\W\d_]) (?=\d+ ?m?g\b)")
PERCENT_GLUE = re.compile(r"(mg) (\d+ ?%)")


def parsed_other(text: str) -> tuple[str, float, float, str]:
    """A line of "others": the name, the least and the most of it, the unit."""
    match = OTHER.fullmatch(text)
    assert match is not None, text
    name, least, most, unit = match.groups()
    return name, float(least), float(most), unit


OTHER = re.compile(r"(.+) (\d+) (\d+) (\D.*)")


def named(style: str, content: Content) -> frozenset[str]:
    """The forms that a style names."""
    forms = set()
    if "{name}" in style or "{short}" in style:
        forms.add(content.form)
    if "{name2}" in style or "{short2}" in style:
        forms.add(content.form2)
    return frozenset(forms)


def allowed(kinds: str, elemental: Amount, compound: Amount) -> tuple[Answer, ...]:
    """What may be told, by the letters of a style."""
    answers: list[Answer] = []
    for kind in kinds:
        answers += ALLOWED[kind](elemental, compound)
    return tuple(dict.fromkeys(answers))


def allowed_elemental(elemental: Amount, _: Amount) -> list[Answer]:
    """E: the amount is magnesium."""
    if elemental.mg is None:
        return [OPEN]
    answer = Answer("elemental", elemental.mg)
    return [answer] if elemental.sure else [answer, OPEN]


def allowed_both(elemental: Amount, compound: Amount) -> list[Answer]:
    """B: both amounts, or the one whose number can be told."""
    answers = []
    if not (elemental.certain and compound.certain):
        answers.append(OPEN)
    if elemental.mg is not None:
        answers.append(Answer("both", elemental.mg, compound.mg))
        if not compound.sure or compound.mg is None:
            answers.append(Answer("elemental", elemental.mg))
    if elemental.mg is None or not elemental.sure:
        answers.append(Answer("compound", None, compound.mg))
    return answers


def allowed_two(_: Amount, compound: Amount) -> list[Answer]:
    """T: two readings."""
    if compound.mg is None:
        return [OPEN]
    answer = Answer("ambiguous", None, compound.mg)
    return [answer] if compound.sure else [answer, OPEN]


def allowed_compound(_: Amount, compound: Amount) -> list[Answer]:
    """C: the figure is the compound, and what it holds is not said."""
    return [Answer("compound", None, compound.mg), OPEN]


def allowed_two_of_elemental(elemental: Amount, _: Amount) -> list[Answer]:
    """T in a style without a second amount: two readings of what stands there."""
    return allowed_two(elemental, elemental)


ALLOWED: dict[str, Callable[[Amount, Amount], list[Answer]]] = {
    "E": allowed_elemental,
    "B": allowed_both,
    "T": allowed_two,
    "t": allowed_two_of_elemental,
    "C": allowed_compound,
    "O": lambda _, __: [OPEN],
}
