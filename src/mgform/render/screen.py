"""What a terminal can show."""

import os
import shutil
import sys
from dataclasses import dataclass

_NARROWEST = 20
_WIDEST = 1000


@dataclass(frozen=True)
class Screen:
    """Where a page is drawn: ``width`` in columns, None where lines may be of any length."""

    width: int | None
    color: bool
    unicode: bool


def current(*, color: bool = True) -> Screen:
    """The screen behind standard output, as its environment describes it."""
    out = sys.__stdout__
    on_terminal = out is not None and not out.closed and out.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    width = shutil.get_terminal_size((0, 0)).columns
    encoding = (getattr(out, "encoding", None) or "utf-8").lower().replace("-", "")
    return Screen(
        width=min(max(width, _NARROWEST), _WIDEST) if width > 0 else None,
        color=color and on_terminal and not plain,
        unicode=encoding.startswith("utf"),
    )
