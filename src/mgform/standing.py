"""Amounts as people read them, and how they stand to the upper levels."""

from collections.abc import Sequence

from mgform.dose import Limit

_TENTHS_ARE_ENOUGH = 10


def milligrams(mg: float) -> str:
    """An amount as people read it: ``141 mg``, ``161.6 mg``, ``0.25 mg``."""
    digits = 4
    if mg >= _TENTHS_ARE_ENOUGH:
        digits = 1
    elif mg >= 1:
        digits = 2
    return f"{round(mg, digits):.10g} mg"


def against(
    limits: Sequence[Limit],
    *,
    least: float | None = None,
    most: float | None = None,
) -> str:
    """How an amount, perhaps one from ``least`` to ``most`` mg, stands to the upper levels.

    "above the upper level for a day (EU 250 mg); below the upper level for a day (US 350 mg)", or
    nothing where there are no upper levels.
    """
    levels_by_standing: dict[str, list[str]] = {}
    for limit in limits:
        standing = _standing(limit, least, most)
        level = f"{limit.region} {milligrams(limit.mg)}"
        levels_by_standing.setdefault(standing, []).append(level)
    clauses = []
    for standing, levels in levels_by_standing.items():
        plural = "s" if len(levels) > 1 else ""
        together = ", ".join(levels)
        clause = f"the upper level{plural} for a day ({together})"
        if standing in ("below", "at", "above"):
            clauses.append(f"{standing} {clause}")
        else:
            clauses.append(f"{standing} {clause}, depending on the salt")
    return "; ".join(clauses)


def _standing(
    limit: Limit,
    least: float | None,
    most: float | None,
) -> str:
    """How an amount stands to a limit, in words."""
    if limit.standing != "depends":
        return limit.standing
    if limit.mg == most:
        return "at or below"
    if limit.mg == least:
        return "at or above"
    return "above or below"
