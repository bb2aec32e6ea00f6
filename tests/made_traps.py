"""Made label lines that are easily read wrongly: percents, packages, shares, several amounts."""

from collections.abc import Callable
from typing import NamedTuple

from tests.made_answers import OPEN, Answer, Line, allowed
from tests.made_numbers import Speller, number
from tests.made_words import Language
from tests.made_writer import Content, Writer

MMOL_MG = 24.305
NOT_SUBSTANCES = (
    "Cholesterol",
    "Fish oil",
    "Omega-3",
    "Sodium",
    "EPA",
    "Calcium (",
    "Zinc (",
)
# Weights of which a percent of a daily value may as well be a percent of anything.
FITTING = (150, 200, 300, 336, 375, 399, 400, 400, 420)


class Two(NamedTuple):
    """Two compounds in one line."""

    first: Content
    second: Content

    @property
    def elemental_mg(self) -> float:
        """The magnesium of both."""
        return self.first.elemental_mg + self.second.elemental_mg

    @property
    def compound_mg(self) -> float:
        """The weight of both."""
        return self.first.compound_mg + self.second.compound_mg


class Trapper:
    """Writes lines with traps, by the styles of a language or by reckoning."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.words = writer.words
        self.chance = writer.chance
        self.english = writer.languages[0]
        self.with_traps = [
            language for language in writer.languages if language.traps
        ]
        self.weights = [language.weight for language in self.with_traps]
        self.reckoned: tuple[Callable[[], Line], ...] = (
            self.share,
            self.share,
            self.molar,
            self.molar_beside_mg,
            self.concentration,
            self.concentration,
            self.two_compounds,
            self.two_rows,
            self.total,
            self.split,
            self.two_columns,
            self.ingredients,
            self.ingredients,
            self.without_an_amount,
        )

    def line(self) -> Line:
        """A line with a trap."""
        if self.chance.random() < 0.25:
            return self.chance.choice(self.reckoned)()
        language = self.chance.choices(self.with_traps, self.weights)[0]
        line = self.styled(language, self.writer.some(language.traps))
        return self.writer.printed(line, language)

    # Lines in the style of a trap.

    def styled(self, language: Language, trap: str) -> Line:
        """A line in the style of a trap."""
        kinds, style = trap.split(" ", 1)
        kinds, _, form = kinds.partition("@")
        content = self.trapped(style, form, language)
        filling = self.writer.filling(style, content, language)
        beside = filling.elemental.text + " " + filling.compound.text
        values = filling.values | self.beside(style, content, language)
        values["o"] = self.other(language, beside)
        values["o2"] = self.other(language, beside)
        answers = allowed(kinds, filling.elemental, filling.compound)
        return Line(style.format(**values), f"{language.code} {style}", answers)

    def trapped(self, style: str, form: str, language: Language) -> Content:
        """What the line contains: of a certain form, and with weights that suit the trap."""
        content = self.writer.content(language)
        while form and content.form != form:
            content = self.writer.content(language)
        if "{fit}" in style:
            weight = self.chance.choice(FITTING)
            held = round(weight * 0.15)
            percent = self.writer.percent(held, language)
            return content._replace(
                compound_mg=weight, elemental_mg=held, percent=percent
            )
        if "{c}" not in style:
            return self.writer.with_a_usual_amount(content, language)
        return content

    def beside(
        self, style: str, content: Content, language: Language
    ) -> dict[str, str]:
        """What only traps have in their brackets: other substances, other amounts, percents."""
        speller = Speller(self.chance, language)
        above = content.elemental_mg
        if "{c}" in style:
            above = content.compound_mg
        most = self.amount(above)
        least = round(most * self.chance.uniform(0.2, 0.4)) + 0.5
        first, second = self.chance.sample(self.substances(language), 2)
        reference = self.chance.choice(self.words.daily_values(language))
        return {
            "u": number(content.elemental_mg, language),
            "x": speller.plain(most).text,
            "y": speller.plain(least).text,
            "n": first,
            "n2": second,
            "b": self.writer.some(language.bare),
            "f": self.writer.some(language.fillers),
            "f2": self.writer.some(language.fillers),
            "exc": self.writer.some(language.excipients),
            "q": f"{self.chance.choice((8, 10, 25, 48, 50, 60, 95, 98, 100, 278))}%",
            "fit": f"{min(100, round(100 * content.compound_mg / reference))}%",
        }

    def substances(self, language: Language) -> list[str]:
        """Names of other substances that are weighed in milligrams."""
        return [
            other.name
            for other in self.writer.others[language.code]
            if other.unit == "mg" and not other.name.startswith(NOT_SUBSTANCES)
        ]

    def amount(self, above: float) -> float:
        """An amount of something else: a round one above another."""
        return float(
            round(above / 10) * 10 + self.chance.randrange(10, 900, 10)
        )

    def other(self, language: Language, beside: str = "") -> str:
        """Another substance with its amount."""
        return self.writer.other(language, amount_first=False, beside=beside)

    # Lines whose answer has to be reckoned.

    def share(self) -> Line:
        """500 mg (60% elemental): 300 of 500, or two readings, or open."""
        content = self.writer.content(self.english)
        share = self.chance.choice((8, 10, 11.5, 14, 16, 18, 20, 60))
        compound = content.compound_mg
        style = self.writer.some(self.words.shares)
        text = style.format(
            name=self.writer.cased(content.name),
            c=Speller(self.chance, self.english).plain(compound).text,
            share=number(share, self.english),
        )
        held = Answer("both", compound * share / 100, compound)
        return Line(text, f"a share: {style}", (held, *two_or_open(compound)))

    def molar(self) -> Line:
        """Millimoles or milliequivalents: reckoned, or open."""
        mmol = self.mmol()
        style = self.writer.some(self.words.molar)
        text = self.in_moles(style, mmol)
        answers = (Answer("elemental", mmol * MMOL_MG), OPEN)
        return Line(text, f"an amount of substance: {style}", answers)

    def molar_beside_mg(self) -> Line:
        """Millimoles or milliequivalents beside milligrams."""
        mmol = self.mmol()
        style = self.writer.some(self.words.molar_beside_mg)
        text = self.in_moles(style, mmol)
        answers = (Answer("elemental", round(mmol * MMOL_MG)),)
        return Line(text, f"an amount of substance: {style}", answers)

    def mmol(self) -> float:
        """An amount of substance that is met on labels."""
        return self.chance.choice((1, 2.5, 4, 5, 6, 8.2, 10, 12.3))

    def in_moles(self, style: str, mmol: float) -> str:
        """A style with an amount of substance."""
        mg = f"{mmol * MMOL_MG:.0f}"
        return style.format(
            mmol=f"{mmol:g}",
            meq=f"{2 * mmol:g}",
            mg=mg,
            name=self.writer.content(self.english).name,
            o=self.other(self.english, mg),
        )

    def concentration(self) -> Line:
        """Per litre, per kilogram: of no upper level of a day."""
        mg = float(self.chance.randrange(5, 125))
        style = self.writer.some(self.words.concentrations)
        answers = (Answer("elemental", mg), OPEN)
        return Line(
            style.format(mg=f"{mg:g}"),
            f"per litre: {style}",
            answers,
            per_piece=False,
        )

    def two(self) -> Two:
        """Two compounds of different forms and different amounts."""
        first = self.writer.content(self.english)
        while True:
            second = self.writer.content(self.english)
            if (
                second.form != first.form
                and second.elemental_mg != first.elemental_mg
            ):
                return Two(first, second)

    def two_compounds(self) -> Line:
        """Two compounds with their own weights: two readings of the sum, or open."""
        two = self.two()
        speller = Speller(self.chance, self.english)
        amount_first = self.chance.random() < 0.3
        parts = []
        for content in two:
            words = [content.name, speller.plain(content.compound_mg).text]
            if amount_first:
                words.reverse()
            parts.append(" ".join(words))
        joint = self.writer.some([", ", " + ", " and ", "; ", " & "])
        return Line(
            joint.join(parts),
            f"two compounds{joint}",
            two_or_open(two.compound_mg),
        )

    def two_rows(self) -> Line:
        """Two rows of magnesium, each from its own compound: the sum, or open."""
        two = self.two()
        parts = [
            f"Magnesium (as {content.name}) {content.elemental_mg:g} mg"
            for content in two
        ]
        joint = self.writer.some([", ", "; ", " | "])
        answers = (Answer("elemental", two.elemental_mg), OPEN)
        return Line(joint.join(parts), f"two rows{joint}", answers)

    def total(self) -> Line:
        """A total, and the weights of the compounds that it comes from."""
        two = self.two()
        style = self.writer.some(self.words.totals)
        text = style.format(
            e=f"{two.elemental_mg:g}",
            name=two.first.name,
            c=f"{two.first.compound_mg:g}",
            name2=two.second.name,
            c2=f"{two.second.compound_mg:g}",
        )
        answers = (
            Answer("both", two.elemental_mg, two.compound_mg),
            Answer("elemental", two.elemental_mg),
        )
        return Line(text, f"a total: {style}", answers)

    def split(self) -> Line:
        """An amount of magnesium, and how much of it each compound gives."""
        first, second = self.chance.sample((50, 75, 100, 120, 150, 200), 2)
        content = self.writer.content(self.english)
        style = self.writer.some(self.words.splits)
        text = style.format(
            sum=first + second,
            first=first,
            second=second,
            short=content.short,
            short2=content.short2,
            name=content.name,
            name2=content.name2,
        )
        return Line(
            text,
            f"a split: {style}",
            (Answer("elemental", first + second), OPEN),
        )

    def two_columns(self) -> Line:
        """A column for a capsule, and one for a day: either, or open."""
        mg = self.chance.choice((50, 60, 75, 100, 120, 150))
        times = self.chance.choice((2, 3, 4))
        style = self.writer.some(self.words.columns)
        text = style.format(
            one=mg, many=mg * times, times=times, percent=round(mg / 4.2)
        )
        answers = (
            Answer("elemental", mg),
            Answer("elemental", mg * times),
            OPEN,
        )
        return Line(text, f"two columns: {style}", answers)

    def ingredients(self) -> Line:
        """A list of ingredients with parentheses and no amount of magnesium."""
        language = self.writer.language()
        parts = [
            self.writer.some(language.fillers)
            for _ in range(self.chance.randint(1, 3))
        ]
        parts.append(self.writer.some(language.bare))
        if self.chance.random() < 0.6:
            parts.append(self.name(language))
        if self.chance.random() < 0.3:
            parts.append(self.other(language))
        self.chance.shuffle(parts)
        parts.append(self.writer.some(language.excipients))
        return Line(", ".join(parts), f"{language.code} ingredients", (OPEN,))

    def without_an_amount(self) -> Line:
        """Others have amounts, magnesium has none."""
        language = self.writer.language()
        parts = self.writer.several(language, amount_first=False, beside="")
        parts.insert(self.chance.randint(0, len(parts)), self.name(language))
        joint = self.writer.some([", ", "; ", " | "])
        return Line(
            joint.join(parts), f"{language.code} without an amount", (OPEN,)
        )

    def name(self, language: Language) -> str:
        """A compound's name."""
        return self.writer.some(self.chance.choice([*language.names.values()]))


def two_or_open(mg: float) -> tuple[Answer, ...]:
    """Two readings of a weight, or the compound's weight alone, or nothing."""
    return (Answer("ambiguous", None, mg), Answer("compound", None, mg), OPEN)
