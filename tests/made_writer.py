"""Made label lines: what a line contains is decided first, then it is written in some style."""

import random
import re
from typing import NamedTuple

from tests.made_answers import OPEN, Amount, Answer, Line, allowed
from tests.made_numbers import SOFT_HYPHEN, ZERO_WIDTH, Speller, grouped, number
from tests.made_words import Language, read_words

LATIN = frozenset(("en", "de", "es", "it", "nl", "da", "pl"))
PAIRING = frozenset(
    (" and ", " & ", ", and ", " und ", " et ", " y ", " e ", " en ", " og ")
)
MARKS = ("*", "†", "¹", "**", "™", "®", " *", "²")
PANEL_COLUMNS = ("\t", " | ", " ", "  ", " ..... ", "    ")
TITLES = ("T", "E {Mg} {e}")
# Styles whose inner mark would be taken for the mark of a list.
LOOSE = re.compile(r"[,;|\u2013-]+ \{|\n|\t|\| Elem|: \{e\} elem")
# Styles behind which the amount of the next name would seem to be their own.
OPEN_END = re.compile(
    r"( from| as|in Form von|aus|di|de|of) \{(name|Mg|short)\}$"
)
GLUE = re.compile(r"(?<=[^\W\d_]) (?=\d+ ?m?g\b)")
PERCENT_GLUE = re.compile(r"(mg) (\d+ ?%)")
OTHER = re.compile(r"(.+) (\d+) (\d+) (\D.*)")


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


class Filling(NamedTuple):
    """What stands in the brackets of a style."""

    content: Content
    elemental: Amount
    compound: Amount
    values: dict[str, str]


class Other(NamedTuple):
    """Another substance, and between what its amounts lie."""

    name: str
    least: float
    most: float
    unit: str


class Writer:
    """Writes one line after another, all from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.words = read_words()
        self.languages = self.words.languages
        self.weights = [language.weight for language in self.languages]
        self.others = {
            language.code: [parsed_other(text) for text in language.others]
            for language in self.languages
        }
        self.shapes = (
            self.alone,
            self.alone,
            self.listed,
            self.listed,
            self.run_together,
            self.title,
            self.panel,
        )

    def line(self) -> Line:
        """The next line."""
        language = self.language()
        line = self.chance.choice(self.shapes)(language)
        return self.printed(line, language)

    def language(self) -> Language:
        """Any of the languages, the frequent ones more often."""
        return self.chance.choices(self.languages, self.weights)[0]

    def some(self, values: list[str]) -> str:
        """One of these."""
        return self.chance.choice(values)

    def perhaps(self, part: str, odds: float = 0.5) -> str:
        """A part of a line, or nothing."""
        if self.chance.random() < odds:
            return part
        return ""

    # What a line contains.

    def content(self, language: Language) -> Content:
        """A form and another one, their names, an amount of magnesium and of compound."""
        form, form2 = self.chance.sample([*language.shorts], 2)
        if self.chance.random() < 0.5:
            form = self.chance.choice([*language.names])
        compound = self.chance.choice(self.words.compound)
        elemental = self.held(compound, form)
        return Content(
            form=form,
            form2=form2,
            name=self.some(language.names[form]),
            short=self.some(language.shorts.get(form, language.names[form])),
            name2=self.some(language.names[form2]),
            short2=self.some(language.shorts[form2]),
            elemental_mg=elemental,
            compound_mg=compound,
            percent=self.percent(elemental, language),
        )

    def held(self, compound_mg: float, form: str) -> float:
        """How much magnesium a compound holds, rounded as on labels: 161.6 is 161 or 160."""
        share = (
            self.words.richness[form]
            / 100
            * self.chance.choice((1, 1, 0.95, 0.8, 0.6))
        )
        step = self.chance.choice((1, 1, 5, 10))
        return max(1, int(compound_mg * share / step) * step)

    def with_a_usual_amount(
        self, content: Content, language: Language
    ) -> Content:
        """The content with an amount of magnesium that is met on labels."""
        mg = self.chance.choice(self.words.elemental)
        return content._replace(
            elemental_mg=mg, percent=self.percent(mg, language)
        )

    def percent(self, mg: float, language: Language) -> str:
        """A percent of a daily value, as labels print it."""
        percent = (
            100 * mg / self.chance.choice(self.words.daily_values(language))
        )
        digits = number(int(percent + 0.5), language)
        if percent < 1 or self.chance.random() < 0.1:
            digits = number(round(percent, 1), language)
        return " " + self.some(language.percents).format(digits)

    # What is written of magnesium.

    def magnesium(self, language: Language, styles: list[str]) -> Line:
        """Magnesium in one of some styles, and what may be told of it."""
        kinds, style = self.some(styles).split(" ", 1)
        content = self.content(language)
        if "{c}" not in style:
            content = self.with_a_usual_amount(content, language)
        filling = self.filling(style, content, language)
        return Line(
            text=style.format(**filling.values),
            style=f"{language.code} {style}",
            answers=allowed(kinds, filling.elemental, filling.compound),
            forms=named(style, content),
        )

    def filling(
        self, style: str, content: Content, language: Language
    ) -> Filling:
        """The content, spelled out for the brackets of a style."""
        speller = Speller(self.chance, language)
        speller.glued = "}{e}" in style or "}{c}" in style
        elemental = speller.spelled(content.elemental_mg)
        compound = speller.spelled(content.compound_mg)
        percent = content.percent
        if elemental.mg is None or (
            "{p} of" in style and percent.startswith((" -", " |"))
        ):
            percent = ""
        values = {
            "e": elemental.text,
            "c": compound.text,
            "p": self.perhaps(percent),
            "P": percent,
            "Mg": self.marked(self.some(language.magnesium)),
            "name": self.marked(self.cased(content.name)),
            "name2": self.cased(content.name2),
            "short": content.short,
            "short2": content.short2,
        }
        return Filling(content, elemental, compound, values)

    def cased(self, name: str) -> str:
        """A name as it is, or with capitals as in a title."""
        if self.chance.random() < 0.6:
            return name
        title = name.title().replace("Usp", "USP")
        return title.replace(" De ", " de ").replace(" Di ", " di ")

    def marked(self, word: str) -> str:
        """A word with a footnote, a trade mark or something invisible, now and then."""
        chance = self.chance.random()
        if chance < 0.03:
            return word + self.chance.choice(MARKS)
        if chance < 0.05 and len(word) > 6:
            place = self.chance.randrange(2, len(word) - 1)
            return word[:place] + SOFT_HYPHEN + word[place:]
        if chance < 0.06:
            return word + ZERO_WIDTH
        return word

    # What is written beside it.

    def other(
        self, language: Language, *, amount_first: bool, beside: str
    ) -> str:
        """Another substance with its own amount, which does not stand beside it already."""
        other = self.chance.choice(self.others[language.code])
        amount = self.amount_of(other, language, beside)
        if amount_first:
            return f"{amount} {other.name}"
        percent = self.chance.choice((5, 20, 50, 100, 100, 136, 200))
        behind = " " + self.some(language.percents).format(percent)
        return f"{other.name} {amount}{self.perhaps(behind, 0.2)}"

    def amount_of(self, other: Other, language: Language, beside: str) -> str:
        """How much of another substance, which does not stand beside it already."""
        value = self.between(other.least, other.most)
        while str(value) in beside:
            value = self.between(other.least, other.most)
        text = number(value, language)
        if (
            value >= 1000
            and language.thousands == ","
            and self.chance.random() < 0.5
        ):
            text = grouped(value, ",")
        return text + self.perhaps(" ", 0.7) + other.unit

    def between(self, least: float, most: float) -> float:
        """An amount between two, rounded as on labels."""
        value = self.chance.uniform(least, most)
        if value < 10:
            return round(value, 1)
        return round(value / 5) * 5

    def several(
        self, language: Language, *, amount_first: bool, beside: str
    ) -> list[str]:
        """One to four others, alike in what stands first."""
        return [
            self.other(language, amount_first=amount_first, beside=beside)
            for _ in range(self.chance.randint(1, 4))
        ]

    def around(self, line: Line, language: Language, odds: float = 0.5) -> Line:
        """A line with what stands in front of it and behind it."""
        front = self.perhaps(self.some(language.fronts), odds / 2)
        back = self.perhaps(self.some(language.backs), odds)
        return line._replace(text=front + line.text + back)

    # Whole lines.

    def alone(self, language: Language) -> Line:
        """Nothing but magnesium."""
        styles = [*language.name_first, *language.amount_first, *language.both]
        return self.around(self.magnesium(language, styles), language)

    def title(self, language: Language) -> Line:
        """A product's title: a brand beside "magnesium" may be taken for a compound."""
        styles = [
            style for style in language.name_first if style.startswith(TITLES)
        ]
        line = self.magnesium(language, styles)
        answers = [*line.answers]
        for answer in line.answers:
            if answer.elemental_mg is not None:
                answers.append(Answer("ambiguous", None, answer.elemental_mg))
        text = f"{self.some(language.brands)} {line.text}"
        line = line._replace(text=text, answers=tuple(answers))
        return self.around(line, language, 0.8)

    def listed(self, language: Language) -> Line:
        """Magnesium among others, parted by a mark."""
        amount_first = (
            bool(language.amount_first) and self.chance.random() < 0.3
        )
        styles = language.name_first + language.both
        if amount_first:
            styles = language.amount_first
        line = self.magnesium(
            language, [style for style in styles if not LOOSE.search(style)]
        )
        others = self.several(
            language, amount_first=amount_first, beside=line.text
        )
        if language.phrases and not amount_first and self.chance.random() < 0.4:
            others[0] = self.some(language.phrases)
        joint = self.some(language.joints)
        if len(others) > 1 and joint in PAIRING:
            joint = ", "
        line = self.among(line, others, joint)
        if joint == ", " and self.chance.random() < 0.2:
            line = self.with_bare(line, language)
        return self.around(
            line._replace(style=f"{line.style} in a list"), language
        )

    def with_bare(self, line: Line, language: Language) -> Line:
        """A substance without an amount: in front, it may be thought to share the next one."""
        bare = self.some(language.bare)
        if self.chance.random() < 0.7:
            return line._replace(text=f"{line.text}, {bare}")
        return line._replace(
            text=f"{bare}, {line.text}", answers=(*line.answers, OPEN)
        )

    def run_together(self, language: Language) -> Line:
        """Magnesium among others without a mark, all in one order, so that it can be told."""
        amount_first = (
            bool(language.amount_first) and self.chance.random() < 0.3
        )
        styles = language.name_first
        if amount_first:
            styles = language.amount_first
        firm = [
            style
            for style in styles
            if not LOOSE.search(style) and not OPEN_END.search(style)
        ]
        line = self.magnesium(language, firm)
        others = self.several(
            language, amount_first=amount_first, beside=line.text
        )
        line = self.among(line, others, " ")
        return self.around(
            line._replace(style=f"{line.style} run together"), language
        )

    def panel(self, language: Language) -> Line:
        """A panel in columns, a row a line: magnesium among others."""
        if not language.panel_rows:
            return self.listed(language)
        kinds, style = self.some(language.panel_rows).split(" ", 1)
        content = self.content(language)
        if "{c}" not in style:
            content = self.with_a_usual_amount(content, language)
        filling = self.filling(style, content, language)
        values = filling.values
        values["P"] = values["P"].strip(" -|")
        rows = [style.format(**values)]
        for _ in range(self.chance.randint(0, 4)):
            place = self.chance.randint(0, len(rows))
            rows.insert(place, self.panel_row(language, rows[0]))
        head = self.perhaps(self.some(language.panel_heads) + "\n")
        column = self.chance.choice(PANEL_COLUMNS)
        return Line(
            text=(head + "\n".join(rows)).replace("@", column),
            style=f"{language.code} {style} in a panel",
            answers=allowed(kinds, filling.elemental, filling.compound),
            forms=named(style, content),
        )

    def panel_row(self, language: Language, beside: str) -> str:
        """A row of something else."""
        other = self.chance.choice(self.others[language.code])
        amount = self.amount_of(other, language, beside)
        percent = self.chance.choice(("5%", "20%", "50%", "100%", "136%", "†"))
        return f"{other.name}@{amount}@{percent}"

    def among(self, line: Line, others: list[str], joint: str) -> Line:
        """Magnesium at some place among others."""
        parts = [*others]
        parts.insert(self.chance.randint(0, len(others)), line.text)
        return line._replace(text=joint.join(parts))

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


def parsed_other(text: str) -> Other:
    """A line of "others" in its parts."""
    match = OTHER.fullmatch(text)
    assert match is not None, text
    name, least, most, unit = match.groups()
    return Other(name, float(least), float(most), unit)


def named(style: str, content: Content) -> frozenset[str]:
    """The forms that a style names."""
    forms = set()
    if "{name}" in style or "{short}" in style:
        forms.add(content.form)
    if "{name2}" in style or "{short2}" in style:
        forms.add(content.form2)
    return frozenset(forms)
