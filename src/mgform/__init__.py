"""mgform compares the forms of a supplement by what attributed sources say of them, and reads labels.

The names below are the interface for Python programs; docs/python.md shows them at work. Each is imported when it is
first used, as are the modules: ``mgform --version`` needs none of them.
"""

TYPE_CHECKING = False  # as in typing, whose import takes a while
if TYPE_CHECKING:
    from mgform import (
        answers as answers,
        check as check,
        dose as dose,
        draw as draw,
        products as products,
    )
    from mgform.comparison import Comparison as Comparison, Verdict as Verdict, compare as compare
    from mgform.errors import (
        CallError as CallError,
        DataError as DataError,
        MgformError as MgformError,
    )
    from mgform.forms import (
        Filter as Filter,
        Level as Level,
        level_of as level_of,
        select as select,
    )
    from mgform.label import (
        LabelReader as LabelReader,
        Reading as Reading,
        read_label as read_label,
    )
    from mgform.names import Match as Match, Names as Names
    from mgform.reader import load as load
    from mgform.table import (
        Form as Form,
        Note as Note,
        Source as Source,
        Statement as Statement,
        Table as Table,
    )

__version__ = "0.3.0"

_NAMES = {
    "comparison": ("Comparison", "Verdict", "compare"),
    "forms": ("Filter", "Level", "level_of", "select"),
    "label": ("LabelReader", "Reading", "read_label"),
    "names": ("Match", "Names"),
    "reader": ("load",),
    "table": ("Form", "Note", "Source", "Statement", "Table"),
    "errors": ("CallError", "DataError", "MgformError"),
}
_ROOMS = ("answers", "check", "dose", "draw", "products", *_NAMES)


def __getattr__(name: str) -> object:
    from importlib import import_module

    for room in _ROOMS:
        if name in (room, *_NAMES.get(room, ())):
            module = import_module(f"mgform.{room}")
            return module if name == room else getattr(module, name)
    raise AttributeError(f"module 'mgform' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(name for names in _NAMES.values() for name in names)
