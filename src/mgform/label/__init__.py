"""A line of a label: what is read in it, and what is told of it."""

from mgform.label.reading import (
    LabelLevel,
    LabelReader,
    Possible,
    Reading,
    read_label,
)

__all__ = ["LabelLevel", "LabelReader", "Possible", "Reading", "read_label"]
