"""mgform compares the forms of a supplement by what attributed sources say of them.

The names below are the interface for Python programs; docs/python.md shows them at work::

    table = mgform.load()
    citrate, malate = mgform.find(table, "citrate"), mgform.find(table, "mag malate")
    gentler = mgform.select(table, mgform.Filter(gentler_than=citrate.form))
    verdict = mgform.compare(table, [citrate, malate]).verdict
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mgform.errors import CallError, DataError, MgformError
    from mgform.loader import load
    from mgform.model import Form, Note, Source, Statement, Table
    from mgform.names import Match, find
    from mgform.query import Comparison, Filter, Level, Verdict, compare, level_of, notes, select

__version__ = "0.2.0"

__all__ = [
    "CallError",
    "Comparison",
    "DataError",
    "Filter",
    "Form",
    "Level",
    "Match",
    "MgformError",
    "Note",
    "Source",
    "Statement",
    "Table",
    "Verdict",
    "__version__",
    "compare",
    "find",
    "level_of",
    "load",
    "notes",
    "select",
]

_ROOMS = {
    "errors": ("CallError", "DataError", "MgformError"),
    "loader": ("load",),
    "model": ("Form", "Note", "Source", "Statement", "Table"),
    "names": ("Match", "find"),
    "query": ("Comparison", "Filter", "Level", "Verdict", "compare", "level_of", "notes", "select"),
}


def __getattr__(name: str) -> Any:
    """Fetch a name of the interface when it is first used: ``mgform --version`` needs none of them."""
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"mgform.{room}"), name)
    raise AttributeError(f"module 'mgform' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
