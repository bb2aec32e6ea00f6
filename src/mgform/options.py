"""What every command shares: the options for its output, and the way from its report to an answer."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from mgform.formats import Answer, Format, answer, chosen

if TYPE_CHECKING:
    from mgform.reports.report import Report

DATA_HELP = "Use the table in this file; - is standard input."
DataOption = Annotated[str | None, typer.Option("--data", metavar="FILE", help=DATA_HELP)]
NoColorOption = Annotated[bool, typer.Option("--no-color", help="Print without colour.")]
FormatOption = Annotated[Format | None, typer.Option("--format", help="How to print the answer; a table unless given.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for --format json.")]


class Defaults(NamedTuple):
    """What was said before the command."""

    data: str | None
    no_color: bool


def answers(command: Callable[..., "Report"]) -> Callable[..., Answer]:
    """Give a command the output options, and turn the report that it returns into an answer.

    The command takes a `Request` first; the options behind that are its own.
    """

    @wraps(command)
    def run(
        ctx: typer.Context,
        *,
        data: str | None,
        no_color: bool,
        wanted: Format | None,
        as_json: bool,
        **own: Any,
    ) -> Answer:
        # Help, the version and most completions need no table, and what reads one takes half of a call's time.
        from mgform.loader import load
        from mgform.request import Request

        defaults: Defaults = ctx.obj
        asked = chosen(wanted, as_json=as_json)
        report = command(Request(load(data or defaults.data)), **own)
        return answer(report, asked, color=not (no_color or defaults.no_color))

    _declare(run, command)
    return run


def _declare(run: Callable[..., Answer], command: Callable[..., "Report"]) -> None:
    """Let Typer see the command's own options and the shared ones behind them."""
    _, *own = inspect.signature(command).parameters.values()
    keyword = inspect.Parameter.KEYWORD_ONLY
    shared = [
        inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(parameter.replace(kind=keyword) for parameter in own),
        inspect.Parameter("wanted", keyword, default=None, annotation=FormatOption),
        inspect.Parameter("as_json", keyword, default=False, annotation=JsonOption),
        inspect.Parameter("data", keyword, default=None, annotation=DataOption),
        inspect.Parameter("no_color", keyword, default=False, annotation=NoColorOption),
    ]
    run.__signature__ = inspect.Signature(shared)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in shared}
