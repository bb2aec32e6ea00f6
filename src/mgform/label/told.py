"""Readings in the serving that somebody tells, as with ``--serving "2 capsules"``."""

from msgspec import structs

from mgform.label.reading import Reading
from mgform.label.serving import Per, Serving, Servings
from mgform.table import Table
from mgform.words import quoted


class Told:
    """The serving that somebody tells of some lines; a CallError where the text is none."""

    def __init__(self, table: Table, text: str) -> None:
        self._servings = Servings(table)
        self._told = self._servings.told(text)

    def of(self, reading: Reading) -> Reading:
        """A reading with what each piece holds; that stays open if its line has another serving."""
        told = self._told
        printed = self._servings.find(reading.line)
        if printed is not None and _is_another(printed, told):
            both = f"the label says {quoted(printed.text)}, and --serving says {quoted(told.text)}"
            unknown = (*reading.unknown, f"what each piece holds: {both}")
            return structs.replace(reading, unknown=unknown)
        each_mg = None
        if reading.elemental_mg is not None and told.pieces:
            each_mg = round(reading.elemental_mg / told.pieces, 3)
        return structs.replace(
            reading,
            serving=told.text,
            serving_pieces=told.pieces,
            each_mg=each_mg,
        )


def _is_another(printed: Serving, told: Serving) -> bool:
    """Whether a printed serving cannot be the one that is told."""
    if printed.per is Per.CONTENT:
        return True
    return printed.pieces is not None and printed.pieces != told.pieces
