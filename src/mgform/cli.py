"""The commands, and the one way in which a call is run: its answer is written, or its error is a line.

A command names what it works with as ``mgform.answers``, which is imported then: help and completion wait for nothing.
"""

import contextlib
import io
import os
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cache, partial
from itertools import takewhile
from typing import Annotated, Any, get_args

import typer
from typer.core import TyperGroup

import mgform
from mgform.errors import CallError, DataError, MgformError
from mgform.output import Call, Format, complain, streamed, write
from mgform.page import Answer
from mgform.words import listed, quoted, unknown

# The error that Typer raises for a wrong call. Its module has moved between versions of Typer.
_WrongCall: type[Exception] = typer.BadParameter.__mro__[1]
_FORMATS = f"{', '.join(get_args(Format))}."


class _Commands(TyperGroup):
    """The commands; who types something else, perhaps a form or a cry for help, is told what to type."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] in self.commands or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if args[0].casefold() in ("help", "?", "hilfe"):
            raise CallError("for help type: mgform --help, or mgform show --help for one command")
        names = [args[0], *takewhile(lambda word: not word.startswith("-"), args[1:])]
        for words in (names, names[:1]):
            try:
                ids = [match.form.id for match in ctx.obj.find(words)[1]]
            except MgformError:
                continue
            what, command = ("is a form", "show") if len(ids) == 1 else ("are forms", "compare")
            raise CallError(
                f"{quoted(' '.join(words))} {what}, not a command; type: mgform {command} {' '.join(ids)}"
            )
        raise CallError(unknown("command", args[0], self.commands))


app = typer.Typer(
    cls=_Commands,
    rich_markup_mode=None,
    subcommand_metavar="COMMAND ...",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _opt(metavar: str, text: str, kind: str = "", of: Any = typer.Option) -> Any:
    """What takes a value; ``kind`` says which words the shell offers."""
    return of(
        metavar=metavar,
        help=text,
        autocompletion=lambda ctx, incomplete: _offered(ctx, kind, incomplete),
    )


def _keep(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> None:
    """Note what an option says that is read where the answer is written; behind the command it counts more."""
    if value not in (None, False):
        setattr(ctx.obj, str(param.name), value)


_arg = partial(_opt, of=typer.Argument)
_shared = partial(typer.Option, callback=_keep, expose_value=False)

Forms = Annotated[list[str], _arg("FORM...", "Forms, by any name.", "forms")]
SomeForms = Annotated[
    list[str] | None, _arg("[FORM...]", "Only what concerns these forms.", "forms")
]
Tables = Annotated[list[str], _arg("FILE...", "Tables; - is standard input.")]
Full = Annotated[bool, _shared("--full", help="Add every note, study and source.")]
Fields = Annotated[str | None, _opt("A,B", "Only these fields.", "fields", _shared)]
Search = Annotated[
    list[str] | None, _opt("TEXT", "Only with this text in names or notes; all must match.")
]
Sources = Annotated[list[str] | None, _opt("ID", "Only what this source says.", "sources")]


@app.callback(
    invoke_without_command=True, options_metavar="[--version] [--no-color] [--no-pager] [OPTIONS]"
)
def program(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version")] = False,
    data: Annotated[
        str | None, _shared("--data", metavar="FILE", help="Use this table (or MGFORM_DATA).")
    ] = None,
    wanted: Annotated[Format | None, _shared("--format", metavar="FORMAT", help=_FORMATS)] = None,
    as_json: Annotated[bool, _shared("--json", help="Short for --format json.")] = False,
    quiet: Annotated[bool, _shared("--quiet", "-q", help="Print ids only, one a line.")] = False,
    no_color: Annotated[bool, _shared("--no-color", hidden=True)] = False,
    no_pager: Annotated[bool, _shared("--no-pager", hidden=True)] = False,
) -> None:
    """Which magnesium is easier on you? What sources say, form by form."""
    if version or ctx.invoked_subcommand is None:
        typer.echo(f"mgform {mgform.__version__}" if version else ctx.get_help())
        raise typer.Exit


def list_(
    ctx: typer.Context,
    laxative: Annotated[list[str] | None, _opt("LEVEL", "Only this level.", "laxative")] = None,
    max_laxative: Annotated[str | None, _opt("LEVEL", "At most this level.", "laxative")] = None,
    tolerance: Annotated[list[str] | None, _opt("LEVEL", "Only this level.", "tolerance")] = None,
    gentler_than: Annotated[
        str | None, _opt("FORM", "Only forms milder than this one.", "forms")
    ] = None,
    search: Search = None,
    source: Sources = None,
    sort: Annotated[str | None, _opt("FIELD", "Sort by this field.", "sorts")] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Sort the other way round.")] = False,
    fields: Fields = None,
    full: Full = False,
) -> Answer:
    """List the forms, one a line. Repeat a filter to accept either value.

    mgform list --gentler-than citrate
    mgform list --json | jq -r '.[] | select(.laxative == "mild").id'
    """
    table, than = ctx.obj.find([] if gentler_than is None else [gentler_than])
    milder = than[0].form if than else None
    wanted = mgform.Filter(
        laxative or (), max_laxative, tolerance or (), milder, search or (), source or ()
    )
    return mgform.answers.listing(
        table, mgform.forms.ordered(table, mgform.select(table, wanted), sort, reverse=reverse)
    )


def show(ctx: typer.Context, names: Forms, fields: Fields = None, full: Full = False) -> Answer:
    """Show what is said of a form.

    mgform show magnesium glycinate --full
    mgform show oxide --json | jq -r '.notes[] | [.about, .source, .text] | @tsv'
    """
    return mgform.answers.showing(*ctx.obj.find(names))


def compare(ctx: typer.Context, names: Forms, full: Full = False) -> Answer:
    """Compare forms: which is milder, and who says so.

    mgform compare citrate malate
    mgform compare oxide citrate chelate --full
    """
    return mgform.answers.comparing(*ctx.obj.find(names))


def notes(
    ctx: typer.Context,
    names: SomeForms = None,
    about: Annotated[
        list[str] | None, _opt("TOPIC", "Only notes about this topic.", "topics")
    ] = None,
    search: Search = None,
    source: Sources = None,
    kind: Annotated[
        list[str] | None, _opt("WORD", "Only of this kind: thread or reference.", "kinds")
    ] = None,
) -> Answer:
    """Print every note once, with the forms that it is about.

    With forms: the notes on them, and those that hold for every form.

    mgform notes citrate --about absorption
    mgform notes --format csv > notes.csv
    """
    return mgform.answers.noting(
        *ctx.obj.find(names), about or (), search or (), source or (), kind or ()
    )


def disputes(ctx: typer.Context, names: SomeForms = None, full: Full = False) -> Answer:
    """Show where the sources contradict each other.

    mgform disputes citrate --full
    """
    return mgform.answers.disputing(*ctx.obj.find(names))


def sources(ctx: typer.Context) -> Answer:
    """Print the sources, and where to find them.

    mgform sources --json | jq -r '.[] | select(.kind == "reference").citation'
    """
    return mgform.answers.sourcing(mgform.load(ctx.obj.data))


def dose(
    ctx: typer.Context,
    amounts: Annotated[
        list[str], _arg("FORM=MG...", "Weights, as in citrate=1g, citrate=500x3.", "amounts")
    ],
    elemental: Annotated[
        str | None, _opt("MG", "How much of each form contains this much magnesium.")
    ] = None,
    full: Full = False,
) -> Answer:
    """Work out how much magnesium is in an amount of a form.

    It adds several amounts up and compares the sum with the upper levels. It recommends nothing.

    mgform dose oxide=250mg citrate=0.5g
    mgform dose citrate malate --elemental 300
    """
    table = mgform.load(ctx.obj.data)
    weighed = (
        mgform.dose.in_compounds
        if elemental is None
        else partial(mgform.dose.for_elemental, text=elemental)
    )
    return mgform.answers.dosing(table, *weighed(table, amounts))


def label(
    ctx: typer.Context,
    lines: Annotated[
        list[str], _arg("TEXT...", "Lines as printed, each in quotes; - is standard input.")
    ],
    serving: Annotated[
        str | None, _opt("AMOUNT", 'What holds the amount, as in "2 capsules".')
    ] = None,
) -> Answer | Iterable[str]:
    """Read a line of a label: which forms, and how much magnesium.

    mgform label "Magnesium (as magnesium citrate, magnesium oxide) 400 mg 95%"
    mgform label - --format csv < lines.txt
    """
    reader = mgform.LabelReader(mgform.load(ctx.obj.data))
    # A line has spaces: words without any are one line that somebody did not quote.
    texts = lines if "-" in lines or any(" " in line for line in lines) else [" ".join(lines)]
    if len(texts) == 1 and texts != ["-"]:
        return mgform.label.answer(
            reader.table, mgform.label.in_serving(reader.read(texts[0]), serving)
        )
    return streamed(mgform.label.readings(reader, texts, serving), ctx.obj, mgform.label.in_a_line)


def products(
    ctx: typer.Context,
    file: Annotated[str, _arg("FILE", "CSV or TSV; - is standard input.")],
    sort: Annotated[str, _opt("FIELD", "Sort by price, magnesium or name.")] = "price",
) -> Answer:
    """Compare products by the price of 100 mg of magnesium.

    The file has columns: name, label (the line with the amount), price, count (pieces in the package), serving (pieces
    that the label speaks of) and, if you like, per_day.

    mgform products shelf.csv --sort magnesium --json
    """
    table = mgform.load(ctx.obj.data)
    return mgform.products.answer(
        table, mgform.products.ordered(mgform.products.products(table, file), sort)
    )


def validate(ctx: typer.Context, files: Tables) -> list[str]:
    """Report every problem of a table, each with its place.

    Each problem is one line: FILE:LINE:COLUMN: path: what is wrong. The status is 1 if there is one.

    mgform validate mine.yaml
    mgform validate *.yaml --json | jq -r '.[] | [.file, .line, .message] | @tsv'
    """
    found = {file: mgform.reader.problems(file) for file in files}
    ctx.obj.status = int(any(found.values()))
    return mgform.answers.checked(found, as_json=ctx.obj.format == "json")


def schema() -> list[str]:
    """Print the JSON Schema of a table, for editors.

    mgform schema > forms.schema.json
    """
    return [mgform.check.schema()]


for _command in (
    list_,
    show,
    compare,
    notes,
    disputes,
    sources,
    dose,
    label,
    products,
    validate,
    schema,
):
    app.command(_command.__name__.strip("_"))(_command)


def run(args: list[str]) -> int:
    """Run a call and return its exit status.

    0 is done, 1 the data is at fault, 2 the call is, 70 a mistake of mgform's own, 130 interrupted. An error is
    one line on standard error. A call that fails has printed nothing, unless it answers a stream row by row.
    """
    try:
        return _run(args)
    except MgformError as error:
        told, status = str(error), error.status
    except _WrongCall as error:
        told, status = _sentence(error), CallError.status
    except KeyboardInterrupt:
        return 130
    except MemoryError:
        told, status = "there is not enough memory for this table or this answer", DataError.status
    except Exception as error:
        if os.environ.get("MGFORM_TRACEBACK"):
            raise
        told = f"a mistake in mgform itself, {type(error).__name__}: {error}. Please report it with this call"
        status = 70
    # What filled the memory has been let go by now.
    complain(told)
    return status


def _run(args: list[str]) -> int:
    """Run a call; what Typer prints itself (help, version, completions) is caught and written like an answer."""
    printed, told, call, given = io.StringIO(), io.StringIO(), Call(args), os.environ
    in_bash = "COMP_WORDS" in given and given.get("COMP_CWORD", "").isdigit()
    if (
        given.get("_MGFORM_COMPLETE", "").startswith("complete")
        and not in_bash
        and "_TYPER_COMPLETE_ARGS" not in given
    ):
        # No shell asks: Typer would fail for want of the words that are typed.
        del given["_MGFORM_COMPLETE"]
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(told):
        try:
            result = _commands()(args, prog_name="mgform", standalone_mode=False, obj=call)
        except SystemExit as end:
            result = end.code
        except OSError as error:
            raise CallError(
                f"completion cannot be installed: {error.strerror}: {error.filename}"
            ) from None
    for line in told.getvalue().splitlines():
        complain(line)
    if isinstance(result, int):
        call.status, result = result, [printed.getvalue()]
    write(result, call)
    return call.status


@cache
def _commands() -> Any:
    """The commands as Typer makes them, each with the shared options, of which mgform's own help lists one."""
    # Typer's completion adds a space behind ``glycinate=`` in bash.
    scripts = typer._completion_shared._completion_scripts  # noqa: SLF001
    no_space = "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n    return 0"
    scripts["bash"] = scripts["bash"].replace("    return 0", no_space)
    group: Any = typer.main.get_command(app)
    _version, *shared, _install_completion, _show_completion = group.params
    for command in group.commands.values():
        # A \b keeps the lines of the examples as they are.
        command.help = command.help.replace("\n\nmgform ", "\n\n\b\nmgform ")
        command.params.extend(map(copy, shared))
    for option in group.params:
        option.hidden = option.name not in ("data", "install_completion")
    return group


def _offered(ctx: Any, kind: str, incomplete: str) -> list[str]:
    """The words of a kind that the shell may offer; none where the table in use cannot be read."""
    # Bash takes the sign before an amount for a word of its own.
    if kind == "amounts" and "=" in (incomplete[-1:], *(ctx.params.get(kind) or ())[-1:]):
        return []
    before, comma, _ = incomplete.rpartition(",") if kind == "fields" else ("", "", "")
    try:
        words = dict.fromkeys(_words(mgform.load(ctx.obj.data)).get(kind, ()))
    except MgformError:
        return []
    return [f"{before}{comma}{word}" for word in words if word not in before.split(",")]


def _words(table: "mgform.Table") -> Mapping[str, Iterable[str]]:
    """The words of each kind; of the names those that a shell takes without quotes, misspelt ones apart."""
    every = (each for form in table.forms for each in mgform.names.names_of(form))
    names = [name for role, name in every if role != "misspelt" and " " not in name]
    return {
        "forms": names,
        "amounts": (f"{name}=" for name in names),
        "sources": table.sources_by_id,
        "kinds": (source.kind for source in table.sources),
        "topics": (note.about for note in mgform.forms.notes_that(table, ())),
        "sorts": mgform.forms.SORTS,
        "fields": mgform.forms.FIELDS,
        **{name: scale.levels for name, scale in table.scales.in_use().items()},
    }


def _sentence(error: Any) -> str:
    """A wrong call in one line, which says whose an option is or ends with where help is."""
    path = error.ctx.command_path if error.ctx else "mgform"
    option = getattr(error, "option_name", None)
    commands = error.ctx.find_root().command.commands if error.ctx else {}
    owners = [
        f"mgform {name}"
        for name, each in commands.items()
        for param in each.params
        if option in param.opts
    ]
    if owners and path not in owners:
        return f"{option} belongs to {listed(map(quoted, owners))}, not to '{path}'"
    message = " ".join(error.format_message().split())
    end = "" if message.endswith((".", "?")) else "."
    return f"{message[:1].lower()}{message[1:]}{end} See '{path} --help'."
