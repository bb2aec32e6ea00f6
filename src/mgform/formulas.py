"""How much of an element is in a formula, for the check of percentages that are computed."""

import re
from collections import Counter
from unicodedata import normalize

# By the names by which tables call their nutrients: symbols, and weights to five digits.
_ELEMENTS = {
    "hydrogen": ("H", 1.008),
    "lithium": ("Li", 6.94),
    "boron": ("B", 10.81),
    "carbon": ("C", 12.011),
    "nitrogen": ("N", 14.007),
    "oxygen": ("O", 15.999),
    "fluorine": ("F", 18.998),
    "sodium": ("Na", 22.990),
    "magnesium": ("Mg", 24.305),
    "aluminum": ("Al", 26.982),
    "silicon": ("Si", 28.085),
    "phosphorus": ("P", 30.974),
    "sulfur": ("S", 32.06),
    "chlorine": ("Cl", 35.45),
    "potassium": ("K", 39.098),
    "calcium": ("Ca", 40.078),
    "vanadium": ("V", 50.942),
    "chromium": ("Cr", 51.996),
    "manganese": ("Mn", 54.938),
    "iron": ("Fe", 55.845),
    "cobalt": ("Co", 58.933),
    "copper": ("Cu", 63.546),
    "zinc": ("Zn", 65.38),
    "selenium": ("Se", 78.971),
    "bromine": ("Br", 79.904),
    "strontium": ("Sr", 87.62),
    "molybdenum": ("Mo", 95.95),
    "iodine": ("I", 126.90),
}
_WEIGHTS = dict(_ELEMENTS.values())
# Parts such as crystal water stand behind a point or an asterisk.
_BETWEEN_PARTS = re.compile(r"[.·•*\u22c5]")
_PART = re.compile(r"(\d*)((?:[(\[]|(?:[A-Z][a-z]?|[)\]])\d*)+)")
_PIECE = re.compile(r"([A-Z][a-z]?|[()\[\]])(\d*)")


def percent_of(nutrient: str, formula: str) -> float | None:
    """The share of an element, by its name, in the weight of a formula; 0 where it has none of it.

    None where the nutrient is no element, or the formula cannot be read: "FeSO4 . x H2O".
    """
    element = _ELEMENTS.get(nutrient.casefold())
    if element is None:
        return None
    atoms = _atoms(formula)
    if atoms is None:
        return None
    symbol, weight = element
    total = 0.0
    for other, number in atoms.items():
        total += number * _WEIGHTS[other]
    return 100 * atoms[symbol] * weight / total


def _atoms(formula: str) -> Counter[str] | None:
    """How many atoms of each element a formula has; None where it cannot be read."""
    compact = "".join(normalize("NFKC", formula).split())
    total: Counter[str] = Counter()
    for part in _BETWEEN_PARTS.split(compact):
        matched = _PART.fullmatch(part)
        if matched is None:
            return None
        times, pieces = matched.groups()
        atoms = _atoms_of_part(pieces)
        if atoms is None:
            return None
        _add(total, atoms, int(times or 1))
    if not total.total():
        return None
    return total


def _atoms_of_part(pieces: str) -> Counter[str] | None:
    """The atoms of a part of a formula, such as "Mg(OH)2"."""
    # The atoms so far, outside and then in each pair of parentheses that is open.
    levels: list[Counter[str]] = [Counter()]
    for piece, digits in _PIECE.findall(pieces):
        number = int(digits or 1)
        if piece in "([":
            levels.append(Counter())
        elif piece in ")]":
            if len(levels) == 1:
                return None
            inside = levels.pop()
            _add(levels[-1], inside, number)
        elif piece in _WEIGHTS:
            levels[-1][piece] += number
        else:
            return None
    return levels[0] if len(levels) == 1 else None


def _add(atoms: Counter[str], more: Counter[str], times: int) -> None:
    for symbol, number in more.items():
        atoms[symbol] += times * number
