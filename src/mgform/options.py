"""Options that several commands share, and the decorator that gives a command those it can use."""

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Literal, TypeVar, get_args

import typer

from mgform import completion
from mgform.call import Format
from mgform.errors import CallError
from mgform.words import listed, quoted

Result = TypeVar("Result")
Command = Callable[..., Result]

_MOST_OWNERS = 4


def _option(
    name: str,
    kind: Any,
    option: Any,
) -> inspect.Parameter:
    """An option as a parameter of a command; the Call has its value under ``name``."""
    return inspect.Parameter(
        name,
        kind=inspect.Parameter.KEYWORD_ONLY,
        default=option,
        annotation=kind,
    )


def _format(formats: Any) -> inspect.Parameter:
    names = ", ".join(get_args(formats))
    option = typer.Option(
        None,
        "--format",
        metavar="FORMAT",
        help=f"{names}.",
    )
    return _option("asked_format", formats | None, option)


FULL = _option(
    "full",
    bool,
    typer.Option(
        False,
        "--full",
        help="Add every note, study and source.",
    ),
)
FIELDS = _option(
    "fields",
    str | None,
    typer.Option(
        None,
        "--fields",
        metavar="A,B",
        help="Only these fields.",
        autocompletion=completion.fields,
    ),
)
DATA = _option(
    "data",
    str | None,
    typer.Option(
        None,
        "--data",
        metavar="FILE",
        help="Use this table (or MGFORM_DATA).",
    ),
)
FORMAT = _format(Format)
PAGE_FORMAT = _format(Literal["table", "json", "markdown", "html"])
LINE_FORMAT = _format(Literal["table", "json"])
JSON = _option(
    "json",
    bool,
    typer.Option(
        False,
        "--json",
        help="Short for --format json.",
    ),
)
QUIET = _option(
    "quiet",
    bool,
    typer.Option(
        False,
        "--quiet",
        "-q",
        help="Print ids only, one a line.",
    ),
)
NO_COLOR = _option(
    "no_color",
    bool,
    typer.Option(False, "--no-color", hidden=True),
)
NO_PAGER = _option(
    "no_pager",
    bool,
    typer.Option(False, "--no-pager", hidden=True),
)

ROWS = (DATA, FORMAT, JSON)
"""What an answer of rows takes: every format."""
PAGE = (DATA, PAGE_FORMAT, JSON)
"""What an answer takes that is no rows."""
EVERYWHERE = (NO_COLOR, NO_PAGER)

_CONTEXT = inspect.Parameter(
    "ctx",
    kind=inspect.Parameter.POSITIONAL_OR_KEYWORD,
    annotation=typer.Context,
)


def takes(
    *options: inspect.Parameter,
) -> Callable[[Command[Result]], Command[Result]]:
    """Give a command shared options. Their values are in the Call, its first parameter.

    Such an option may also stand before the command's name; behind it, it counts more.
    """
    shared = {option.name: option for option in (*options, *EVERYWHERE)}

    def decorate(command: Command[Result]) -> Command[Result]:
        @wraps(command)
        def run(ctx: typer.Context, **values: Any) -> Result:
            call = ctx.obj
            behind = {name: values.pop(name) for name in shared}
            given = _given_before(ctx, shared) | _given(behind)
            for name, value in given.items():
                setattr(call, name, value)
            return command(call, **values)

        _call, *own = inspect.signature(command).parameters.values()
        # Typer reads from here which parameters a command has.
        signature = inspect.Signature([_CONTEXT, *own, *shared.values()])
        run.__signature__ = signature  # type: ignore[attr-defined]
        return run

    return decorate


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The options that somebody has typed."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, False)
    }


def _given_before(
    ctx: typer.Context, shared: Mapping[str, Any]
) -> dict[str, Any]:
    """The options before the command's name; a CallError for one that the command cannot use."""
    if ctx.parent is None:
        return {}
    given = _given(ctx.parent.params)
    for param in ctx.parent.command.params:
        if param.name in given and param.name not in shared:
            raise CallError(of_others(ctx, param.opts[0]))
    return given


def of_others(ctx: typer.Context, option: str) -> str | None:
    """The sentence for an option that other commands have, and this one has not; else None."""
    if _has(ctx.command, option):
        return None
    group: Any = ctx.find_root().command
    owners = []
    for name, command in group.commands.items():
        if _has(command, option):
            owners.append(quoted(f"mgform {name}"))
    path = ctx.command_path
    if not owners:
        return None
    if len(owners) > _MOST_OWNERS:
        return f"{quoted(path)} has no {option}. See '{path} --help'."
    return f"{option} belongs to {listed(owners)}, not to {quoted(path)}"


def _has(command: Any, option: str) -> bool:
    return any(option in param.opts for param in command.params)
