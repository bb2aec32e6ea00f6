"""The words of which a table, and a call, can choose only one."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing a source is."""

    THREAD = "thread"
    REFERENCE = "reference"


class Basis(StrEnum):
    """Whether a source says it outright, or we read it out of the context."""

    STATED = "stated"
    INFERRED = "inferred"


class Topic(StrEnum):
    """What a note is about; the order is the one in which notes are shown."""

    LAXATIVE = "laxative"
    TOLERANCE = "tolerance"
    ABSORPTION = "absorption"
    EFFECT = "effect"
    AMOUNT = "amount"
    DOSING = "dosing"
    COST = "cost"
    CONTENT = "content"
    NAMING = "naming"
    CAUTION = "caution"


class Origin(StrEnum):
    """Where a percentage comes from."""

    PRINTED = "printed"
    COMPUTED = "computed"
