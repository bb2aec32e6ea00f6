"""How much of the nutrient the compounds can hold that a line names."""

from collections.abc import Iterable, Iterator

from mgform.label.tokens import Token
from mgform.table import Form, Table

_ROUNDING_MG = 1


class Shares:
    """The nutrient's percentages in the compounds of one table."""

    def __init__(self, table: Table) -> None:
        self._richest = {form.id: _richest(form) for form in table.forms}
        self._most = max(_all_known(table), default=100.0)

    def of(self, token: Token) -> float | None:
        """The percentage in the compound that a name means, or in the richest that it can mean."""
        if token.compound is not None:
            return token.compound.elemental_percent
        return self._richest.get(token.name)

    def most(self, tokens: Iterable[Token]) -> float | None:
        """The percentage in the richest compound that names mean; None where one is not known.

        A form that the line names by one of its compounds, too, means that compound.
        """
        named = list(tokens)
        told = {token.name for token in named if token.compound is not None}
        most = None
        for token in named:
            if token.compound is None and token.name in told:
                continue
            percent = self.of(token)
            if percent is None:
                return None
            most = max(most or percent, percent)
        return most

    def can_be_true(
        self,
        elemental_mg: float | None,
        compound_mg: float | None,
        percent: float | None,
    ) -> str:
        """Whether a weight of compound can hold so much of the nutrient, give or take 1 mg.

        "yes", "not_alone" where the compound that holds ``percent`` cannot, "no" where no compound
        of the table can, or "untestable".
        """
        if not elemental_mg or not compound_mg:
            return "untestable"
        share = 100 * (elemental_mg - _ROUNDING_MG) / compound_mg
        if share > self._most:
            return "no"
        if percent is None:
            return "untestable"
        return "yes" if share <= percent else "not_alone"

    def share_can_be_true(self, percent: float, most: float | None) -> str:
        """The same for a share that a line tells without an amount; it may be rounded.

        A share is what is in 100 mg.
        """
        return self.can_be_true(
            elemental_mg=percent + _ROUNDING_MG,
            compound_mg=100,
            percent=most,
        )


def _richest(form: Form) -> float | None:
    """The percentage in the richest compound of a form; None where none is known."""
    percents = [compound.elemental_percent for compound in form.compounds]
    return max(_known(percents), default=None)


def _all_known(table: Table) -> Iterator[float]:
    """Every percentage that the table has, those that sources print included."""
    for form in table.forms:
        for compound in form.compounds:
            percents = (
                compound.elemental_percent,
                compound.printed_percent,
                compound.printed_percent_most,
            )
            yield from _known(percents)


def _known(percents: Iterable[float | None]) -> list[float]:
    return [percent for percent in percents if percent is not None]
