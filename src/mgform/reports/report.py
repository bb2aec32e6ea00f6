"""What every answer offers to the formats."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from mgform.names import Match
from mgform.page import Page
from mgform.records import Record


class Report(ABC):
    """An answer."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What must be said beside the answer in every format."""
        return ()

    @property
    def nothing(self) -> str | None:
        """The sentence that stands for an answer without content, else None."""
        return None

    @property
    def bare(self) -> Sequence[str] | None:
        """The lines that are all that was asked for, else None."""
        return None

    @abstractmethod
    def data(self) -> Any:
        """The answer as JSON has it."""

    @abstractmethod
    def header(self) -> Sequence[str]:
        """The keys of each of the `rows`."""

    @abstractmethod
    def rows(self) -> Iterable[Record]:
        """The answer as flat files have it."""

    @abstractmethod
    def page(self) -> Page:
        """The answer as people read it."""


def remarks_on(matches: Iterable[Match | None]) -> tuple[str, ...]:
    """What must be said about names that were asked for."""
    remarks = (match.remark for match in matches if match is not None)
    return tuple(dict.fromkeys(remark for remark in remarks if remark))
