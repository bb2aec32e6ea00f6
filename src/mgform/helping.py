"""The help of a call about another table: that table's words stand in the place of magnesium's."""

import re
from itertools import cycle

from mgform.names import lowered
from mgform.table import ABSORPTION, LAXATIVE, TOLERANCE, Table

_FORMS = ("citrate", "malate", "oxide", "chelate")
_LABEL = '"Magnesium (as magnesium citrate, magnesium oxide) 400 mg 95%"'
_SCALES = {
    LAXATIVE: "level of laxative effect",
    TOLERANCE: "level of tolerance",
}


def about(table: Table, text: str) -> str:
    """A help with the words of a table in place of those of the table that comes with mgform."""
    words = _in_place(table)
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    return re.sub(pattern, lambda found: words[found[0]], text)


def _in_place(table: Table) -> dict[str, str]:
    """What stands in place of each word."""
    ids = [form.id for form in table.forms]
    words = dict(zip(_FORMS, cycle(ids), strict=False))
    words["magnesium glycinate"] = ids[0]
    words["magnesium"] = table.nutrient
    words[_LABEL] = f'"{table.nutrient.capitalize()} (as {ids[0]}) 20 mg"'
    if ABSORPTION not in table.topics:
        words[f"--about {ABSORPTION}"] = f"--about {table.topics[0]}"
    scales = table.scales.in_use()
    for scale_name, scale in scales.items():
        words[_SCALES[scale_name]] = f"level of {lowered(scale.title)}"
    first_scale = table.scales.first()
    if first_scale is not None:
        mildest = scales[first_scale].levels[0]
        words['.laxative == "mild"'] = f'.{first_scale} == "{mildest}"'
    return words
