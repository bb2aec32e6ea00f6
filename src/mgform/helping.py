"""The help of a call about another table: that table's words stand in the place of magnesium's."""

import re

from mgform.names import lowered
from mgform.table import ABSORPTION, LAXATIVE, TOLERANCE, Table

_FORMS = ("citrate", "malate", "oxide", "chelate")
_LABEL = '"Magnesium (as magnesium citrate, magnesium oxide) 400 mg 95%"'
_SCALES = {
    LAXATIVE: "level of laxative effect",
    TOLERANCE: "level of tolerance",
}


def about(table: Table, text: str) -> str:
    """A help with the words of a table in place of those of the table that comes with mgform.

    Examples with more forms than the table has are left out.
    """
    words = _in_place(table)
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    lines = []
    for line in text.splitlines(keepends=True):
        of_table = pattern.sub(lambda match: words[match[0]], line)
        if not _lacks_form(line, len(table.forms)):
            lines.append(of_table)
    return "".join(lines)


def _lacks_form(line: str, number: int) -> bool:
    """Whether an example has a form for which a table of so many forms has none."""
    return any(form in line for form in _FORMS[number:])


def _in_place(table: Table) -> dict[str, str]:
    """What stands in place of each word."""
    ids = [form.id for form in table.forms]
    words = dict(zip(_FORMS, ids, strict=False))
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
