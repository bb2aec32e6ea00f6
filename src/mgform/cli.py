"""The commands, and the one way in which a call is run: its answer is written, or its error is a line.

A command imports what it works with when it is called: whoever asks for help, for the version or for
what may follow the cursor waits for none of it.
"""

import contextlib
import io
import os
import shlex
from collections.abc import Iterable, Sequence
from copy import copy
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from mgform import __version__, completion
from mgform.output import Format, Style, complain, streamed, write, write_text
from mgform.page import Answer, Raw
from mgform.words import CallError, DataError, MgformError, listed, quoted, unknown

if TYPE_CHECKING:
    from mgform.names import Match
    from mgform.table import Table

# The error that Typer raises for a wrong call. Its module has moved between versions of Typer.
_WrongCall: type[Exception] = typer.BadParameter.__mro__[1]

_LONGEST_CALL = 70
# The options that every command has, before its name or behind it. To keep each help on a screen, the first are told
# with the commands, the last with the program, and --data with both.
_OF_ANSWERS = ("wanted", "as_json", "quiet")
_OF_SCREENS = ("no_color", "no_pager")


class Call(Style):
    """A call while it runs: its words, and what the options say that every command has."""

    def __init__(self, args: list[str]) -> None:
        self.args = args
        self.data = os.environ.get("MGFORM_DATA") or None

    @property
    def again(self) -> str:
        """The call as somebody would type it again."""
        typed = shlex.join(["mgform", *self.args])
        return typed if typed.isprintable() and len(typed) <= _LONGEST_CALL else "the same call with"

    def table(self) -> "Table":
        """The table that the call is about."""
        from mgform.reader import load

        return load(self.data)

    def find(self, words: Sequence[str] | None) -> "tuple[Table, list[Match]]":
        """The table that the call is about, and the forms in it that the words name."""
        from mgform.names import Names

        table = self.table()
        return table, Names(table).find_all(words) if words else []


class _Commands(TyperGroup):
    """The commands; who types something else is told what to type."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in self.commands and not ctx.resilient_parsing:
            raise CallError(_no_command(ctx.obj, args, self.commands))
        return super().resolve_command(ctx, args)


def _no_command(call: Call, args: list[str], commands: Iterable[str]) -> str:
    """What to type instead of a word that is no command: it may be a form, or a cry for help."""
    if args[0].casefold() in ("help", "?", "hilfe"):
        return "for help type: mgform --help, or mgform show --help for one command"
    names = [args[0], *takewhile(lambda word: not word.startswith("-"), args[1:])]
    for words in (names, names[:1]):
        with contextlib.suppress(MgformError):
            ids = [match.form.id for match in call.find(words)[1]]
            what, command = ("is a form", "show") if len(ids) == 1 else ("are forms", "compare")
            return f"{quoted(' '.join(words))} {what}, not a command; type: mgform {command} {' '.join(ids)}"
    return unknown("command", args[0], commands)


app = typer.Typer(
    name="mgform",
    cls=_Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _opt(metavar: str, text: str, complete: Any = None) -> Any:
    return typer.Option(metavar=metavar, help=text, autocompletion=complete)


def _arg(metavar: str, text: str, complete: Any = None) -> Any:
    return typer.Argument(metavar=metavar, help=text, autocompletion=complete)


Full = Annotated[bool, typer.Option("--full", help="Add every note, study and source.")]
Fields = Annotated[str | None, _opt("A,B", "Only these fields.", completion.fields)]
Forms = Annotated[list[str], _arg("FORM...", "Forms, by any name.", completion.forms)]
SomeForms = Annotated[list[str] | None, _arg("[FORM...]", "Only what concerns these forms.", completion.forms)]
Sources = Annotated[list[str] | None, _opt("ID", "Only what this source says.", completion.sources)]
Search = Annotated[list[str] | None, _opt("TEXT", "Only with this text in names or notes; all must match.")]


def _keep(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> None:
    """Note what a shared option says; behind the command it counts more than before it."""
    if value not in (None, False):
        setattr(ctx.obj, str(param.name), value)


def _shared(*names: str, metavar: str | None = None, text: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=text, callback=_keep, expose_value=False)


@app.callback(invoke_without_command=True)
def mgform(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    data: Annotated[str | None, _shared("--data", metavar="FILE", text="Use this table (or MGFORM_DATA).")] = None,
    wanted: Annotated[Format | None, _shared("--format", metavar="FORMAT", text=f"{', '.join(Format)}.")] = None,
    as_json: Annotated[bool, _shared("--json", text="Short for --format json.")] = False,
    quiet: Annotated[bool, _shared("--quiet", "-q", text="Print ids only, one a line.")] = False,
    no_color: Annotated[bool, _shared("--no-color", text="Print without color.")] = False,
    no_pager: Annotated[bool, _shared("--no-pager", text="Print long answers without a pager.")] = False,
) -> None:
    """Which magnesium is easier on you? What sources say, form by form."""
    if version or ctx.invoked_subcommand is None:
        typer.echo(f"mgform {__version__}" if version else ctx.get_help())
        raise typer.Exit


@app.command("list")
def list_(
    ctx: typer.Context,
    laxative: Annotated[list[str] | None, _opt("LEVEL", "Only this level.", completion.laxative_levels)] = None,
    max_laxative: Annotated[str | None, _opt("LEVEL", "At most this level.", completion.laxative_levels)] = None,
    tolerance: Annotated[list[str] | None, _opt("LEVEL", "Only this level.", completion.tolerance_levels)] = None,
    gentler_than: Annotated[str | None, _opt("FORM", "Only forms milder than this one.", completion.forms)] = None,
    search: Search = None,
    source: Sources = None,
    sort: Annotated[str | None, _opt("FIELD", "Sort by this field.", completion.sort_fields)] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Sort the other way round.")] = False,
    fields: Fields = None,
    full: Full = False,
) -> Answer:
    """List the forms, one a line. Repeat a filter to accept either value.

    \b
    mgform list --gentler-than citrate
    mgform list --max-laxative moderate --sort tolerance
    mgform list --json | jq -r '.[] | select(.laxative == "mild").id'
    """
    from mgform import answers, forms

    table, than = ctx.obj.find([] if gentler_than is None else [gentler_than])
    milder = than[0].form if than else None
    wanted = forms.Filter(laxative or (), max_laxative, tolerance or (), milder, search or (), source or ())
    chosen = forms.ordered(table, forms.select(table, wanted), sort, reverse=reverse)
    return answers.listing(table, chosen, ctx.obj.again, full=full, fields=fields)


@app.command("show")
def show(ctx: typer.Context, names: Forms, fields: Fields = None, full: Full = False) -> Answer:
    """Show what is said of a form.

    \b
    mgform show citrate
    mgform show magnesium glycinate --full
    mgform show oxide --json | jq -r '.notes[] | [.about, .source, .text] | @tsv'
    """
    from mgform import answers

    table, matches = ctx.obj.find(names)
    return answers.showing(table, matches, ctx.obj.again, full=full, fields=fields)


@app.command("compare")
def compare_(ctx: typer.Context, names: Forms, full: Full = False) -> Answer:
    """Compare forms: which is milder, and who says so.

    \b
    mgform compare citrate malate
    mgform compare oxide citrate chelate --full
    mgform compare citrate malate --format markdown
    """
    from mgform import answers, comparison

    table, matches = ctx.obj.find(names)
    return answers.comparing(table, comparison.compare(table, matches), matches, ctx.obj.again, full=full)


@app.command("notes")
def notes_(
    ctx: typer.Context,
    names: SomeForms = None,
    about: Annotated[list[str] | None, _opt("TOPIC", "Only notes about this topic.", completion.topics)] = None,
    search: Search = None,
    source: Sources = None,
    kind: Annotated[list[str] | None, _opt("WORD", "Only of this kind: thread or reference.", completion.kinds)] = None,
) -> Answer:
    """Print every note once, with the forms that it is about.

    With forms: the notes on them, and those that hold for every form.

    \b
    mgform notes citrate --about absorption
    mgform notes --search constipation
    mgform notes --format csv > notes.csv
    """
    from mgform import answers, forms

    table, matches = ctx.obj.find(names)
    of = [match.form for match in matches]
    found = forms.notes_that(table, of, about or (), search or (), source or (), kind or ())
    return answers.noting(table, found, matches)


@app.command("disputes")
def disputes_(ctx: typer.Context, names: SomeForms = None, full: Full = False) -> Answer:
    """Show where the sources contradict each other.

    \b
    mgform disputes citrate --full
    """
    from mgform import answers, forms

    table, matches = ctx.obj.find(names)
    found = forms.concerning(table, [match.form for match in matches])[0] if matches else table.disputes
    return answers.disputing(table, found, ctx.obj.again, matches, full=full)


@app.command("sources")
def sources_(ctx: typer.Context) -> Answer:
    """Print the sources, and where to find them.

    \b
    mgform sources --json | jq -r '.[] | select(.kind == "reference").citation'
    """
    from mgform import answers

    return answers.sourcing(ctx.obj.table())


@app.command("dose")
def dose_(
    ctx: typer.Context,
    amounts: Annotated[list[str], _arg("FORM=MG...", "Weights, as in citrate=1g, citrate=500x3.", completion.amounts)],
    elemental: Annotated[str | None, _opt("MG", "How much of each form contains this much magnesium.")] = None,
    full: Full = False,
) -> Answer:
    """Work out how much magnesium is in an amount of a form.

    It adds several amounts up and compares the sum with the upper levels. It recommends nothing.

    \b
    mgform dose glycinate=1000
    mgform dose oxide=250mg citrate=0.5g
    mgform dose citrate malate --elemental 300
    """
    from mgform import answers, dose

    table = ctx.obj.table()
    if elemental is None:
        found, matches = dose.in_compounds(table, amounts)
    else:
        found, matches = dose.for_elemental(table, amounts, elemental)
    return answers.dosing(table, found, matches, ctx.obj.again, full=full)


@app.command("label")
def label_(
    ctx: typer.Context,
    lines: Annotated[list[str], _arg("TEXT...", "Lines as printed, each in quotes; - is standard input.")],
    serving: Annotated[str | None, _opt("AMOUNT", 'What holds the amount, as in "2 capsules".')] = None,
) -> Answer | Raw:
    """Read a line of a label: which forms, and how much magnesium.

    \b
    mgform label "Magnesium (as magnesium citrate, magnesium oxide) 400 mg 95%"
    mgform label "Magnesium Glycinate 500 mg" --serving "2 capsules"
    mgform label - --format csv < lines.txt
    """
    from mgform import label

    reader = label.LabelReader(ctx.obj.table())
    # A line has spaces: words without any are one line that somebody did not quote.
    texts = lines if "-" in lines or any(" " in line for line in lines) else [" ".join(lines)]
    if len(texts) == 1 and texts != ["-"]:
        return label.answer(reader.table, label.in_serving(reader.read(texts[0]), serving))
    bad: list[str] = []

    def report(told: str) -> None:
        bad.append(told)
        complain(told)

    readings = label.readings(reader, texts, serving, report)
    return Raw(streamed(readings, ctx.obj.format, label.in_a_line), lambda: int(bool(bad)))


@app.command("products")
def products_(
    ctx: typer.Context,
    file: Annotated[str, _arg("FILE", "CSV or TSV; - is standard input.")],
    sort: Annotated[str, _opt("FIELD", "Sort by price, magnesium or name.")] = "price",
) -> Answer:
    """Compare products by the price of 100 mg of magnesium.

    The file has columns: name, label (the line with the amount), price, count (pieces in the package), serving (pieces
    that the label speaks of) and, if you like, per_day.

    \b
    mgform products shelf.csv
    mgform products shelf.csv --sort magnesium --json
    """
    from mgform import products

    table = ctx.obj.table()
    return products.answer(table, products.ordered(products.products(table, file), sort))


@app.command("validate")
def validate(
    ctx: typer.Context,
    files: Annotated[list[str], _arg("FILE...", "Tables; - is standard input.")],
) -> Raw:
    """Report every problem of a table, each with its place.

    Each problem is one line: FILE:LINE:COLUMN: path: what is wrong. The status is 1 if there is one.

    \b
    mgform validate mine.yaml
    mgform validate *.yaml --json | jq -r '.[] | [.file, .line, .message] | @tsv'
    """
    from mgform import answers, reader

    return answers.checked(((file, reader.problems(file)) for file in files), as_json=ctx.obj.format is Format.JSON)


@app.command("schema")
def schema_() -> Raw:
    """Print the JSON Schema of a table, for editors.

    \b
    mgform schema > forms.schema.json
    """
    from mgform.check import schema

    return Raw([schema()])


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
    printed, told, call = io.StringIO(), io.StringIO(), Call(args)
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(told):
        try:
            result = _commands()(args, prog_name="mgform", standalone_mode=False, obj=call)
        except SystemExit as end:
            result = end.code
        except OSError as error:
            raise CallError(f"completion cannot be installed: {error.strerror}: {error.filename}") from None
    for line in told.getvalue().splitlines():
        complain(line)
    if isinstance(result, Answer):
        write(result, call)
        return 0
    if isinstance(result, Raw):
        write_text(result.pieces)
        return result.status()
    write_text([printed.getvalue()])
    return int(result)


def _commands() -> Any:
    """The commands as Typer makes them, each with the shared options."""
    completion.prepare()
    group: Any = typer.main.get_command(app)
    shared = [copy(option) for option in group.params if option.name in ("data", *_OF_ANSWERS, *_OF_SCREENS)]
    for option in shared:
        option.hidden = option.name in _OF_SCREENS
    for command in group.commands.values():
        command.params.extend(shared)
    for option in group.params:
        option.hidden = option.name in (*_OF_ANSWERS, "show_completion")
    return group


def _sentence(error: Any) -> str:
    """A wrong call in one line, which says whose an option is or ends with where help is."""
    path = error.ctx.command_path if error.ctx else "mgform"
    option = getattr(error, "option_name", None)
    commands = error.ctx.find_root().command.commands if error.ctx else {}
    owners = [f"mgform {name}" for name, each in commands.items() for param in each.params if option in param.opts]
    if owners and path not in owners:
        return f"{option} belongs to {listed(map(quoted, owners))}, not to '{path}'"
    message = " ".join(error.format_message().split())
    end = "" if message.endswith((".", "?")) else "."
    return f"{message[:1].lower()}{message[1:]}{end} See '{path} --help'."
