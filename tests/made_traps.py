"""Made label lines that are easily read wrongly: percents, packages, shares, several amounts."""

from collections.abc import Callable

from tests.made_writer import (
    OPEN,
    REFERENCES,
    Answer,
    Language,
    Line,
    Speller,
    Writer,
    allowed,
    number,
    parsed_other,
)

MMOL_MG = 24.305
NOT_SUBSTANCES = ("Cholesterol", "Fish oil", "Omega-3", "Sodium", "EPA", "Calcium (", "Zinc (")


class Trapper:
    """Writes lines with traps, by the styles of a language or by reckoning."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.chance = writer.chance
        self.english = writer.english
        self.substances = [
            name
            for name, _, _, unit in map(parsed_other, self.english.others)
            if unit == "mg" and not name.startswith(NOT_SUBSTANCES)
        ]
        self.reckoned: tuple[Callable[[], Line], ...] = (
            self.share,
            self.share,
            self.amount_of_substance,
            self.amount_of_substance,
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
        line = self.styled(self.writer.some(self.english.traps))
        return self.writer.printed(line, self.english)

    def language(self) -> Language:
        """Any of the languages, the frequent ones more often."""
        return self.chance.choices(self.writer.languages, self.writer.weights)[0]

    def amount(self, above: float) -> float:
        """An amount of something else: a round one above another."""
        return float(round(above / 10) * 10 + self.chance.randrange(10, 900, 10))

    def styled(self, trap: str) -> Line:
        """A line in the style of a trap."""
        kinds, style = trap.split(" ", 1)
        kinds, _, form = kinds.partition("@")
        content = self.writer.content(self.english)
        while form and content.form != form:
            content = self.writer.content(self.english)
        if "{fit}" in style:
            # As good as any percent of a daily value, and plausible as a percent of anything.
            weight = self.chance.choice((150, 200, 300, 336, 375, 399, 400, 400, 420))
            held = round(weight * 0.15)
            content = content._replace(compound_mg=weight, elemental_mg=held)
            content = content._replace(percent=self.writer.percent(held, self.english))
        if "{c}" not in style:
            content = self.writer.with_a_usual_amount(content, self.english)
        speller = Speller(self.chance, self.english)
        elemental = speller.spelled(content.elemental_mg)
        compound = speller.spelled(content.compound_mg)
        percent = content.percent if elemental.mg is not None else ""
        most = self.amount(max(content.elemental_mg, content.compound_mg * ("{c}" in style)))
        least = round(most * self.chance.uniform(0.2, 0.4)) + 0.5
        first, second = self.chance.sample(self.substances, 2)
        line = Line("", style, allowed(kinds, elemental, compound))
        text = style.format(
            e=elemental.text,
            u=number(content.elemental_mg, self.english),
            c=compound.text,
            p=self.writer.perhaps(percent),
            P=percent,
            Mg=self.writer.marked(self.writer.some(self.english.magnesium)),
            name=self.writer.marked(self.writer.cased(content.name)),
            name2=self.writer.cased(content.name2),
            short=content.short,
            short2=content.short2,
            x=speller.plain(most).text,
            y=speller.plain(least).text,
            n=first,
            n2=second,
            o=self.other(elemental.text, compound.text),
            o2=self.other(elemental.text, compound.text),
            b=self.writer.some(self.english.bare),
            f=self.writer.some(self.english.fillers),
            f2=self.writer.some(self.english.fillers),
            exc=self.writer.some(self.english.excipients),
            q=f"{self.chance.choice((8, 10, 25, 48, 50, 60, 95, 98, 100, 278))}%",
            fit=self.fitting(content.compound_mg),
        )
        return line._replace(text=text)

    def other(self, *amounts: str) -> str:
        """Another substance, whose amount is none of these."""
        spare = Line(" ".join(amounts), "", ())
        return self.writer.other(self.english, amount_first=False, spare=spare)

    def fitting(self, mg: float) -> str:
        """A percent that would fit an amount, if it were of a daily value."""
        reference = self.chance.choice(REFERENCES["en"])
        return f"{min(100, round(100 * mg / reference))}%"

    # Lines whose answer has to be reckoned.

    def share(self) -> Line:
        """500 mg (60% elemental): 300 of 500, or two readings, or open."""
        content = self.writer.content(self.english)
        share = self.chance.choice((8, 10, 11.5, 14, 16, 18, 20, 60))
        style = self.writer.some(
            [
                "{name} {c} ({share}% elemental)",
                "{name} {c} ({share} percent elemental magnesium)",
                "{name} {c} (elemental magnesium: {share}%)",
                "{name} {c}, {share}% magnesium",
                "{name} ({share}% Mg) {c}",
                "{c} {name} ({share} % elemental)",
                "{name} {share}% {c}",
            ]
        )
        compound = content.compound_mg
        text = style.format(
            name=self.writer.cased(content.name),
            c=Speller(self.chance, self.english).plain(compound).text,
            share=number(share, self.english),
        )
        held = Answer("both", compound * share / 100, compound)
        answers = (held, *two_or_open(compound))
        return Line(text, f"a share: {style}", answers)

    def amount_of_substance(self) -> Line:
        """Millimoles and milliequivalents, alone or beside milligrams."""
        mmol = self.chance.choice((1, 2.5, 4, 5, 6, 8.2, 10, 12.3))
        mg = mmol * MMOL_MG
        style, answers = self.chance.choice(
            (
                ("Magnesium {mmol} mmol", (Answer("elemental", mg), OPEN)),
                ("Magnesium {meq} mEq", (Answer("elemental", mg), OPEN)),
                ("{mmol} mmol magnesium (as {name})", (Answer("elemental", mg), OPEN)),
                ("Magnesium {mmol} mmol, {o}", (Answer("elemental", mg), OPEN)),
                ("{o}, Magnesium {meq} mEq", (Answer("elemental", mg), OPEN)),
                ("Magnesium {mg} mg ({mmol} mmol)", (Answer("elemental", round(mg)),)),
                ("Magnesium {mmol} mmol ({mg} mg)", (Answer("elemental", round(mg)),)),
                ("Elemental magnesium {mg} mg ({meq} mEq)", (Answer("elemental", round(mg)),)),
                ("{mg} mg magnesium = {mmol} mmol = {meq} mEq", (Answer("elemental", round(mg)),)),
                ("Potassium {meq} mEq, Magnesium {mg} mg", (Answer("elemental", round(mg)),)),
            )
        )
        content = self.writer.content(self.english)
        text = style.format(
            mmol=f"{mmol:g}",
            meq=f"{2 * mmol:g}",
            mg=round(mg),
            name=content.name,
            o=self.other(f"{mg:.0f}"),
        )
        return Line(text, f"an amount of substance: {style}", answers)

    def concentration(self) -> Line:
        """Per litre, per kilogram: of no upper level of a day."""
        mg = float(self.chance.randrange(5, 125))
        style = self.writer.some(
            [
                "Magnesium {mg} mg/l",
                "Magnesium {mg} mg/L",
                "Magnesium: {mg} mg per litre",
                "Mg {mg} mg/l",
                "Magnesium {mg} mg/kg",
                "Magnesium {mg} mg per kg",
                "Mineral water: calcium 80 mg/l, magnesium {mg} mg/l, sodium 6.5 mg/l",
                "Ca 80 mg/l, Mg {mg} mg/l, Na 9 mg/l",
                "Magnesium {mg} mg per liter",
                "Mineralwasser: Calcium 540 mg/l, Magnesium {mg} mg/l",
            ]
        )
        answers = (Answer("elemental", mg), OPEN)
        return Line(style.format(mg=f"{mg:g}"), f"per litre: {style}", answers, per_piece=False)

    def two_compounds(self) -> Line:
        """Two compounds with their own weights: two readings of the sum, or open."""
        first, second = self.writer.content(self.english), self.writer.content(self.english)
        while second.name == first.name or second.form == first.form:
            second = self.writer.content(self.english)
        speller = Speller(self.chance, self.english)
        weights = (first.compound_mg, second.compound_mg)
        texts = [speller.plain(weight).text for weight in weights]
        joint = self.chance.choice((", ", " + ", " and ", "; ", " & "))
        parts = [f"{first.name} {texts[0]}", f"{second.name} {texts[1]}"]
        if self.chance.random() < 0.3:
            parts = [f"{texts[0]} {first.name}", f"{texts[1]} {second.name}"]
        answers = (*two_or_open(sum(weights)), Answer("compound", None, None))
        return Line(joint.join(parts), f"two compounds{joint}", answers)

    def two_rows(self) -> Line:
        """Two rows of magnesium, each from its own compound: the sum, or open."""
        first, second = self.writer.content(self.english), self.writer.content(self.english)
        while second.name == first.name or second.elemental_mg == first.elemental_mg:
            second = self.writer.content(self.english)
        parts = [
            f"Magnesium (as {content.name}) {content.elemental_mg:g} mg"
            for content in (first, second)
        ]
        joint = self.chance.choice((", ", "; ", " | "))
        answers = (Answer("elemental", first.elemental_mg + second.elemental_mg), OPEN)
        return Line(joint.join(parts), f"two rows{joint}", answers)

    def total(self) -> Line:
        """A total, and the weights of the compounds that it comes from."""
        first, second = self.writer.content(self.english), self.writer.content(self.english)
        while second.name == first.name or second.form == first.form:
            second = self.writer.content(self.english)
        elemental = first.elemental_mg + second.elemental_mg
        compound = first.compound_mg + second.compound_mg
        style = self.writer.some(
            [
                "Magnesium {e} mg (from {name} {c} mg and {name2} {c2} mg)",
                "Magnesium {e} mg (from {c} mg {name} and {c2} mg {name2})",
                "Total magnesium {e} mg from {name} {c} mg and {name2} {c2} mg",
                "{name} {c} mg + {name2} {c2} mg, providing {e} mg magnesium",
                "{name} {c} mg, {name2} {c2} mg (total elemental magnesium {e} mg)",
            ]
        )
        text = style.format(
            e=f"{elemental:g}",
            name=first.name,
            c=f"{first.compound_mg:g}",
            name2=second.name,
            c2=f"{second.compound_mg:g}",
        )
        answers = (Answer("both", elemental, compound), Answer("elemental", elemental))
        return Line(text, f"a total: {style}", answers)

    def split(self) -> Line:
        """An amount of magnesium, and how much of it each compound gives."""
        first, second = self.chance.sample((50, 75, 100, 120, 150, 200), 2)
        content = self.writer.content(self.english)
        style = self.writer.some(
            [
                "Magnesium {sum} mg ({first} mg as {short}, {second} mg as {short2})",
                "Magnesium {sum} mg (of which {first} mg as {name} and {second} mg as {name2})",
                "Magnesium {sum} mg: {first} mg from {name}, {second} mg from {name2}",
            ]
        )
        text = style.format(
            sum=first + second,
            first=first,
            second=second,
            short=content.short,
            short2=content.short2,
            name=content.name,
            name2=content.name2,
        )
        return Line(text, f"a split: {style}", (Answer("elemental", first + second), OPEN))

    def two_columns(self) -> Line:
        """A column for a capsule, and one for a day: either, or open."""
        mg = self.chance.choice((50, 60, 75, 100, 120, 150))
        times = self.chance.choice((2, 3, 4))
        style = self.writer.some(
            [
                "Magnesium {one} mg {many} mg",
                "Magnesium {one} mg | {many} mg",
                "Magnesium: {one} mg per capsule, {many} mg per day",
                "Magnesium {one} mg ({percent}%) per capsule, {many} mg per {times} capsules",
                "Magnesium {one} mg/capsule, {times} capsules a day = {many} mg",
            ]
        )
        text = style.format(one=mg, many=mg * times, times=times, percent=round(mg / 4.2))
        answers = (Answer("elemental", mg), Answer("elemental", mg * times), OPEN)
        return Line(text, f"two columns: {style}", answers)

    def ingredients(self) -> Line:
        """A list of ingredients with parentheses and no amount of magnesium."""
        language = self.language()
        parts = [self.writer.some(language.fillers) for _ in range(self.chance.randint(1, 3))]
        parts += self.chance.sample(language.bare, self.chance.randint(0, 1))
        if self.chance.random() < 0.6:
            parts.append(self.writer.some(self.chance.choice([*language.names.values()])))
        if self.chance.random() < 0.3:
            parts.append(self.writer.other(language, amount_first=False, spare=Line("", "", ())))
        self.chance.shuffle(parts)
        parts.append(self.writer.some(language.excipients))
        text = ", ".join(parts)
        return Line(text, f"{language.code} ingredients", (OPEN,))

    def without_an_amount(self) -> Line:
        """Others have amounts, magnesium has none."""
        language = self.language()
        spare = Line("", "", ())
        count = self.chance.randint(1, 3)
        parts = [self.writer.other(language, amount_first=False, spare=spare) for _ in range(count)]
        name = self.writer.some(self.chance.choice([*language.names.values()]))
        parts.insert(self.chance.randint(0, count), name)
        joint = self.chance.choice((", ", "; ", " | "))
        return Line(joint.join(parts), f"{language.code} without an amount", (OPEN,))


def two_or_open(mg: float) -> tuple[Answer, ...]:
    """Two readings of a weight, or the compound's weight alone, or nothing."""
    return (Answer("ambiguous", None, mg), Answer("compound", None, mg), OPEN)
