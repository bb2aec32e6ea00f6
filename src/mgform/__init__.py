"""mgform compares the forms of a supplement by what attributed sources say of them, and reads labels.

The names below are the interface for Python programs; docs/python.md shows them at work::

    table = mgform.load()
    citrate, malate = mgform.Names(table).find_all(["citrate", "mag", "malate"])
    milder = mgform.select(table, mgform.Filter(gentler_than=citrate.form))
    verdict = mgform.compare(table, [citrate, malate]).verdict
    reading = mgform.read_label("Magnesium (as magnesium citrate) 200 mg")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mgform.comparison import Comparison, Verdict, compare
    from mgform.forms import Filter, Level, level_of, select
    from mgform.label import LabelReader, Reading, read_label
    from mgform.names import Match, Names
    from mgform.reader import load
    from mgform.table import Form, Note, Source, Statement, Table
    from mgform.words import CallError, DataError, MgformError

__version__ = "0.3.0"

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
    "__version__",
    "compare",
    "level_of",
    "load",
    "read_label",
    "select",
]

_ROOMS = ("words", "table", "names", "forms", "comparison", "reader", "label")


def __getattr__(name: str) -> Any:
    """Fetch a name of the interface when it is first used: ``mgform --version`` needs none of them."""
    for room in _ROOMS if name in __all__ else ():
        found = getattr(import_module(f"mgform.{room}"), name, None)
        if found is not None:
            return found
    raise AttributeError(f"module 'mgform' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
