"""From the words of a ``dose`` call to what is to be computed."""

from collections.abc import Sequence
from decimal import Decimal

from mgform import dose
from mgform.errors import CallError
from mgform.hints import quoted
from mgform.reports.intake import Intake, Need
from mgform.reports.report import Report
from mgform.request import Request

_MOST_TIMES = 24


def intake(request: Request, words: Sequence[str], *, elemental: str | None, times: int, label: str | None) -> Report:
    """The report for a call of ``dose``.

    Raises:
        CallError: an amount is missing, superfluous or no amount; the options do not go together.

    """
    if not 1 <= times <= _MOST_TIMES:
        raise CallError(f"--times {times}: a day is divided into 1 to {_MOST_TIMES} portions")
    if elemental is not None:
        return _need(request, words, dose.milligrams(elemental), times, label)
    return _intake(request, words, times, label)


def _need(request: Request, words: Sequence[str], amount: Decimal, times: int, label: str | None) -> Need:
    if label is not None:
        raise CallError("--label goes with an amount of compound (citrate=1000), not with --elemental")
    for word in words:
        if "=" in word:
            raise CallError(f"--elemental says how much; write the form alone: {quoted(word.partition('=')[0])}")
    matches = request.distinct(words)
    for match in matches:
        dose.require_compounds(match.form)
    return Need(request.table, dose.Range(amount, amount, amount), times, matches)


def _intake(request: Request, words: Sequence[str], times: int, label: str | None) -> Intake:
    pairs = [_pair(word) for word in words]
    matches = request.matches(name for name, _ in pairs)
    parts = dose.parts(matches, [amount for _, amount in pairs])
    if label is None:
        return Intake(request.table, dose.total(parts), times, parts)
    if len(parts) > 1:
        raise CallError("--label is the figure of one product; give one form with its amount")
    claimed = dose.label(request.table, parts[0], dose.milligrams(label))
    return Intake(request.table, dose.total(parts), times, parts, claimed)


def _pair(word: str) -> tuple[str, Decimal]:
    name, sign, amount = word.rpartition("=")
    if not sign:
        raise CallError(f"how much of {quoted(word)}? Write FORM=MG, as in citrate=1000, or add --elemental MG")
    return name, dose.milligrams(amount)
