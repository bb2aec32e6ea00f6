"""The formats in which an answer can be had, and the one place that chooses between them."""

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, assert_never

from mgform.errors import CallError

if TYPE_CHECKING:
    from mgform.reports.report import Report


class Format(StrEnum):
    """What ``--format`` takes."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"
    SVG = "svg"

    @property
    def is_for_machines(self) -> bool:
        """Whether nothing but records may stand in the output."""
        return self in (Format.JSON, Format.CSV, Format.TSV)


class Answer(NamedTuple):
    """What a command prints: ``text`` on standard output, ``asides`` on standard error, a line each.

    Text for machines is UTF-8 whatever the terminal's encoding. ``status`` is the exit status.
    """

    text: str
    asides: tuple[str, ...] = ()
    is_for_machines: bool = False
    status: int = 0


def chosen(asked: Format | None, *, as_json: bool) -> Format | None:
    """The format that a call asks for, if any.

    Raises:
        CallError: two different formats are asked for.

    """
    if as_json and asked not in (None, Format.JSON):
        raise CallError(f"--json and --format {asked} ask for two formats; choose one")
    return Format.JSON if as_json else asked


def answer(report: "Report", asked: Format | None, *, color: bool) -> Answer:
    """A report in the format that was asked for, else as a table.

    What has no place in the format goes to standard error.

    Raises:
        CallError: a format is asked for, and bare lines too.

    """
    if report.bare is not None:
        if asked is not None:
            raise CallError(f"--quiet prints bare ids, and {asked} is asked for too; choose one")
        return Answer("".join(f"{line}\n" for line in report.bare), report.remarks, is_for_machines=True)
    wanted = asked or Format.TABLE
    if wanted.is_for_machines:
        return Answer(_render(report, wanted, color=color), report.remarks, is_for_machines=True)
    if report.nothing:
        return Answer("", (*report.remarks, report.nothing))
    return Answer(_render(report, wanted, color=color))


def _render(report: "Report", wanted: Format, *, color: bool) -> str:
    # Each renderer is imported where it is used: Rich alone takes as long as all else together.
    match wanted:
        case Format.TABLE:
            from mgform.render import screen, table

            return table.render(report, screen.current(color=color))
        case Format.JSON:
            from mgform.render import as_json

            return as_json.render(report)
        case Format.CSV:
            from mgform.render import delimited

            return delimited.csv_text(report)
        case Format.TSV:
            from mgform.render import delimited

            return delimited.tsv_text(report)
        case Format.MARKDOWN:
            from mgform.render import markdown

            return markdown.render(report)
        case Format.SVG:
            from mgform.render import picture, screen

            return picture.render(report, screen.current())
        case _:
            assert_never(wanted)
