"""mgform compares the forms of a supplement by what attributed sources say of them, and reads labels.

The names below are the interface for Python programs; docs/python.md shows them at work::

    table = mgform.load()
    citrate, malate = mgform.Names(table).find_all(["citrate", "mag", "malate"])
    milder = mgform.select(table, mgform.Filter(gentler_than=citrate.form))
    verdict = mgform.compare(table, [citrate, malate]).verdict
    reading = mgform.read_label("Magnesium (as magnesium citrate) 200 mg")
"""

TYPE_CHECKING = False  # as in typing, whose import takes a while
if TYPE_CHECKING:
    from mgform.comparison import Comparison as Comparison, Verdict as Verdict, compare as compare
    from mgform.forms import Filter as Filter, Level as Level, level_of as level_of, select as select
    from mgform.label import LabelReader as LabelReader, Reading as Reading, read_label as read_label
    from mgform.names import Match as Match, Names as Names
    from mgform.reader import load as load
    from mgform.table import Form as Form, Note as Note, Source as Source, Statement as Statement, Table as Table
    from mgform.words import CallError as CallError, DataError as DataError, MgformError as MgformError

__version__ = "0.3.0"

_NAMES = {
    "comparison": ("Comparison", "Verdict", "compare"),
    "forms": ("Filter", "Level", "level_of", "select"),
    "label": ("LabelReader", "Reading", "read_label"),
    "names": ("Match", "Names"),
    "reader": ("load",),
    "table": ("Form", "Note", "Source", "Statement", "Table"),
    "words": ("CallError", "DataError", "MgformError"),
}


def __getattr__(name: str) -> object:
    """Fetch a name of the interface when it is first used: ``mgform --version`` needs none of them."""
    from importlib import import_module

    for room, names in _NAMES.items():
        if name in names:
            return getattr(import_module(f"mgform.{room}"), name)
    raise AttributeError(f"module 'mgform' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(name for names in _NAMES.values() for name in names)
