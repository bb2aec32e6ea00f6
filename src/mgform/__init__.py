"""mgform compares the forms of a supplement by what attributed sources say, and reads labels.

The names below are the interface for Python programs; docs/python.md shows them at work. Each is
imported when it is first used: ``mgform --version`` needs none of them.
"""

TYPE_CHECKING = False  # as in typing, which is not imported before an interrupt can be heeded
if TYPE_CHECKING:
    from mgform.comparison import Comparison, Verdict, compare
    from mgform.errors import CallError, DataError, MgformError
    from mgform.forms import Filter, Level, level_of, select
    from mgform.label import LabelReader, Reading, read_label
    from mgform.names import Match, Names
    from mgform.reader import load
    from mgform.table import Form, Note, Source, Statement, Table

__version__ = "0.5.0"

__all__ = [
    "CallError",
    "Comparison",
    "DataError",
    "Filter",
    "Form",
    "LabelReader",
    "Level",
    "Match",
    "MgformError",
    "Names",
    "Note",
    "Reading",
    "Source",
    "Statement",
    "Table",
    "Verdict",
    "compare",
    "level_of",
    "load",
    "read_label",
    "select",
]

_ROOMS = {
    "comparison": ("Comparison", "Verdict", "compare"),
    "errors": ("CallError", "DataError", "MgformError"),
    "forms": ("Filter", "Level", "level_of", "select"),
    "label": ("LabelReader", "Reading", "read_label"),
    "names": ("Match", "Names"),
    "reader": ("load",),
    "table": ("Form", "Note", "Source", "Statement", "Table"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"mgform.{room}"), name)
    raise AttributeError(f"module 'mgform' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
