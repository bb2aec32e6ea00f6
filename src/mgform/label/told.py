"""Readings in the serving that somebody tells, as with ``--serving "2 capsules"``."""

from msgspec import structs

from mgform.label.reading import Reading
from mgform.label.serving import Servings
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
        if printed is not None and not printed.may_be(told):
            on_label = f"the label says {quoted(printed.text)}"
            as_told = f"--serving says {quoted(told.text)}"
            open_now = f"what each piece holds: {on_label}, and {as_told}"
            unknown = (*reading.unknown, open_now)
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
