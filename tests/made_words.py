"""The words and styles of made label lines, out of their file."""

from pathlib import Path

import msgspec

FILE = Path(__file__).with_name("made_words.yaml")


class Language(msgspec.Struct, forbid_unknown_fields=True):
    """The words and styles of a language: the head of the file says what their brackets mean."""

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
    panel_heads: list[str] = []
    panel_rows: list[str] = []


class Words(msgspec.Struct, forbid_unknown_fields=True):
    """All that lines are made of."""

    elemental: list[float]
    compound: list[float]
    richness: dict[str, float]
    references: dict[str, list[float]]
    eu_reference: float
    shares: list[str]
    molar: list[str]
    molar_beside_mg: list[str]
    concentrations: list[str]
    totals: list[str]
    splits: list[str]
    columns: list[str]
    languages: list[Language]

    def daily_values(self, language: Language) -> list[float]:
        """The daily values in mg that labels of a language refer to."""
        return self.references.get(language.code, [self.eu_reference])


def read_words() -> Words:
    """The words out of their file."""
    return msgspec.yaml.decode(FILE.read_bytes(), type=Words)
