"""Amounts of made lines, in every way in which labels print them."""

import random

from tests.made_answers import Amount
from tests.made_words import Language

SOFT_HYPHEN, ZERO_WIDTH, WORD_JOINER = "\u00ad", "\u200b", "\u2060"
NO_BREAK, NARROW = "\u00a0", "\u202f"
DIGITS_OF_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")  # noqa: RUF001


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
        self.gap = chance.choice(
            (" ", " ", " ", "", "", NO_BREAK, NARROW, "  ")
        )
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
            self.as_two_amounts,
            self.as_a_limit_behind,
            self.broken,
            self.as_a_power,
        )

    def spelled(self, mg: float) -> Amount:
        """An amount in one of the ways that fit it."""
        if self.chance.random() < 0.15:
            amount = self.chance.choice(self.odd)(mg)
            if amount is not None and not (
                self.glued and amount.text[0].isalpha()
            ):
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
        return Amount(
            f"{text}{self.gap}{self.chance.choice(('g', 'g', 'g', 'grams'))}",
            mg,
        )

    def with_a_fraction(self, mg: float) -> Amount | None:
        """½ g."""
        texts = {
            250: "¼ g",
            500: "½ g",
            750: "¾ g",
            1500: "1½ g",
            1250: "1¼ g",
            2500: "2 ½ g",
        }
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
        word = self.chance.choice(
            ("ca. ", "approx. ", "about ", "~", "≈ ", "approximately ")
        )
        return Amount(word + self.plain(mg).text, mg, sure=False)

    def as_a_range(self, mg: float) -> Amount:
        """100-200 mg: nobody can tell."""
        dashes = ["-", "\u2013", " - ", " \u2013 ", "\u2014"]
        if self.language.code == "en":
            dashes += [" to ", " or ", "..", "~", "/"]
        dash = self.chance.choice(dashes)
        most = number(mg * 2, self.language)
        return Amount(
            f"{number(mg, self.language)}{dash}{most}{self.gap}{self.unit}",
            None,
        )

    def as_a_limit(self, mg: float) -> Amount:
        """Up to 200 mg."""
        limits = [
            "<",
            "< ",
            "> ",
            "≤",
            "≥ ",
            "max. ",
            "min. ",
            "up to ",
            "less than ",
        ]
        limits += [
            "at least ",
            "not more than ",
            "over ",
            "more than ",
            "a minimum of ",
        ]
        if self.language.code != "en":
            limits = ["<", "< ", "≤", "> ", "max. ", "min. "]
        return Amount(self.chance.choice(limits) + self.plain(mg).text, None)

    def give_or_take(self, mg: float) -> Amount:
        """350 ± 35 mg."""
        return Amount(
            f"{number(mg, self.language)} ± 5{self.gap}{self.unit}", None
        )

    def as_a_product(self, mg: float) -> Amount:
        """2 x 150 mg, 5x10^2 mg."""
        signs = ("2 x ", "2x", "2*", "3 \u00d7 ", "5x10^", "2 X ")
        times = self.chance.choice(signs)
        return Amount(times + self.plain(mg).text, None)

    def in_full_width(self, mg: float) -> Amount:
        """Digits as Japanese typing has them."""
        text = number(mg, self.language).translate(DIGITS_OF_FULL_WIDTH)
        return Amount(text + self.gap + self.unit, mg, sure=False)

    def with_a_footnote(self, mg: float) -> Amount:
        """100² mg, 100 mg¹: what stands high belongs to a note below."""
        mark = self.chance.choice(("²", "¹", "³"))
        if self.chance.random() < 0.5:
            text = number(mg, self.language) + mark
            return Amount(f"{text} {self.unit}", mg, sure=False)
        amount = self.plain(mg)
        return amount._replace(text=amount.text + mark)

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
        mark = self.chance.choice((ZERO_WIDTH, SOFT_HYPHEN, WORD_JOINER))
        return Amount(
            f"{text[:1]}{mark}{text[1:]}{self.gap}{self.unit}", mg, sure=False
        )

    def behind_a_mark(self, mg: float) -> Amount:
        """**386 mg."""
        mark = self.chance.choice(("**", "△ ", "*", "† ", "♦", "‡ "))
        amount = self.plain(mg)
        return amount._replace(text=mark + amount.text)

    def as_two_amounts(self, mg: float) -> Amount:
        """100 mg - 200 mg."""
        words = [" - ", " \u2013 ", "-", " / "]
        if self.language.code == "en":
            words += [" to ", " or ", " up to "]
        word = self.chance.choice(words)
        return Amount(
            self.plain(mg).text + word + self.plain(2 * mg).text, None
        )

    def as_a_limit_behind(self, mg: float) -> Amount:
        """200 mg max, 200+ mg."""
        if self.chance.random() < 0.3:
            return Amount(f"{number(mg, self.language)}+ {self.unit}", None)
        words = [" max.", " (max.)", " min."]
        if self.language.code == "en":
            words += [" or more", " or less", " maximum", " at most", "+"]
        return Amount(self.plain(mg).text + self.chance.choice(words), None)

    def broken(self, mg: float) -> Amount:
        """1.2.00 mg: a slip, of which nobody can tell."""
        text = number(mg, self.language) + self.chance.choice(
            ("..5", ",,0", ".0.0", ",5,5")
        )
        return Amount(text + self.gap + self.unit, None)

    def as_a_power(self, mg: float) -> Amount:
        """2e1 mg, 2x10^1 mg."""
        text = self.chance.choice(
            ("{}e1", "{}E1", "{}\u00d710²", "{}x10^1", "{} x 10^2")
        )
        return Amount(
            text.format(number(mg, self.language)) + self.gap + self.unit, None
        )
