"""Records that come again and again, as in a label database, are written once."""

from collections.abc import Callable
from typing import Any

_MOST = 1024

Writer = Callable[[Any], str]
"""What writes a record as a text."""


def written_once(write: Writer) -> Writer:
    """A function that writes records as another does, and one that comes again as before.

    A record is kept with its text, so that no other record gets its id.
    """
    written: dict[int, tuple[Any, str]] = {}

    def write_once(record: Any) -> str:
        known = written.get(id(record))
        if known is not None:
            return known[1]
        text = write(record)
        if len(written) == _MOST:
            written.clear()
        written[id(record)] = (record, text)
        return text

    return write_once
