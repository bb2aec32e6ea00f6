"""A call while it runs: what its options say, and the table that it is about."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from mgform.errors import CallError

if TYPE_CHECKING:
    from mgform.names import Match
    from mgform.table import Table

Format = Literal["table", "json", "csv", "tsv", "markdown", "html"]
"""What ``--format`` takes: ``table`` is for a screen, ``markdown`` and ``html`` for people, too."""


class Call:
    """What the options of a call say, and the exit status that it has come to so far.

    ``words`` are the call as it was typed, without the program's name. ``asked_format`` is what
    ``--format`` says; ``format`` is what that and ``--json`` come to. It is no dataclass, which
    would take longer to make than all that the options of a call say.
    """

    def __init__(self, words: list[str], data: str | None = None) -> None:
        self.words = words
        self.data = data or os.environ.get("MGFORM_DATA") or None
        self.asked_format: Format | None = None
        self.json = False
        self.quiet = False
        self.full = False
        self.fields: str | None = None
        self.no_color = False
        self.no_pager = False
        self.status = 0

    @property
    def format(self) -> Format:
        """The format of the answer; a CallError where the options contradict each other."""
        formats = {self.asked_format} if self.asked_format else set()
        if self.json:
            formats.add("json")
        if len(formats) + self.quiet > 1:
            raise CallError(
                "--format, --json and --quiet each choose what is printed; give one of them"
            )
        return formats.pop() if formats else "table"

    def table(self) -> "Table":
        """The table that the call is about, without the words of labels.

        Raises a DataError where it cannot be read.
        """
        from mgform import reader

        return reader.load_without_labels(self.data)

    def whole_table(self) -> "Table":
        """The table with the words of labels; a DataError where it cannot be read."""
        from mgform import reader

        return reader.load(self.data)

    def find(self, words: Sequence[str] | None) -> "tuple[Table, list[Match]]":
        """The table, and the forms in it that somebody's words name; none for no words.

        Raises a CallError for a word that names no form.
        """
        from mgform.names import Names

        table = self.table()
        matches = Names(table).find_all(words) if words else []
        return table, matches
