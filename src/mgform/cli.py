"""The commands, and the one way in which a call is run: its answer is written, or its error is a line.

A command imports what it works with when it is called: whoever asks for help, for the version or for
what may follow the cursor waits for none of it.
"""

import contextlib
import io
import os
import shlex
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mgform import __version__, completion
from mgform.output import Format, Style, complain, streamed, write, write_text
from mgform.page import Answer, Raw
from mgform.words import CallError, MgformError, listed, quoted, unknown

if TYPE_CHECKING:
    from mgform.table import Table

# The error that Typer raises for a wrong call. Its module has moved between versions of Typer.
_WrongCall: type[Exception] = typer.BadParameter.__mro__[1]

_DATA_AT_FAULT = 1
_CALL_AT_FAULT = 2
_MISTAKE = 70
_INTERRUPTED = 130
_LONGEST_CALL = 70
# What every command has is told in the help of each, and what Typer adds fits no line.
_HIDDEN = ("show_completion", "wanted", "as_json", "quiet", "no_color", "no_pager")


class Call:
    """A call while it runs: its words, and what its shared options say."""

    def __init__(self, args: list[str]) -> None:
        self.args = args
        self.said: dict[str, Any] = {}

    @property
    def again(self) -> str:
        """The call as somebody would type it again."""
        typed = shlex.join(["mgform", *self.args])
        return typed if typed.isprintable() and len(typed) <= _LONGEST_CALL else "the same call with"

    def table(self) -> "Table":
        """The table that the call is about."""
        from mgform.reader import load

        return load(self.said.get("data", os.environ.get("MGFORM_DATA") or None))

    def style(self) -> Style:
        """How the call wants its answer."""
        asked = {self.said.get("wanted"), Format.JSON if "as_json" in self.said else None} - {None}
        if len(asked) + ("quiet" in self.said) > 1:
            raise CallError("--format, --json and --quiet each choose what is printed; give one of them")
        chosen = asked.pop() if asked else None
        return Style(
            chosen or Format.TABLE, "quiet" in self.said, "no_color" not in self.said, "no_pager" not in self.said
        )


app = typer.Typer(
    name="mgform",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _opt(metavar: str, text: str, complete: Any = None, *names: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=text, autocompletion=complete)


def _arg(metavar: str, text: str, complete: Any = None) -> Any:
    return typer.Argument(metavar=metavar, help=text, autocompletion=complete)


Full = Annotated[bool, typer.Option("--full", help="Add every note, study and source.")]
Fields = Annotated[str | None, _opt("A,B", "Only these fields.", completion.fields)]
Forms = Annotated[list[str], _arg("FORM...", "Forms, by any name.", completion.forms)]
SomeForms = Annotated[list[str] | None, _arg("[FORM...]", "Only what concerns these forms.", completion.forms)]
Sources = Annotated[list[str] | None, _opt("ID", "Only what this source says.", completion.sources, "--source")]
Search = Annotated[list[str] | None, _opt("TEXT", "Only with this text in names or notes.")]


def _keep(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """Note what a shared option says; behind the command it counts more than before it."""
    if ctx.obj is not None and value not in (None, False):
        ctx.obj.said[param.name] = value
    return value


def _shared_opt(*names: str, metavar: str | None = None, text: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=text, callback=_keep, expose_value=False)


def _shared(
    data: Annotated[str | None, _shared_opt("--data", metavar="FILE", text="Use this table (or MGFORM_DATA).")] = None,
    wanted: Annotated[Format | None, _shared_opt("--format", text="How to print the answer.")] = None,
    as_json: Annotated[bool, _shared_opt("--json", text="Short for --format json.")] = False,
    quiet: Annotated[bool, _shared_opt("--quiet", "-q", text="Print ids only, one a line.")] = False,
    no_color: Annotated[bool, _shared_opt("--no-color", text="Print without color.")] = False,
    no_pager: Annotated[bool, _shared_opt("--no-pager", text="Print long answers without a pager.")] = False,
) -> None:
    """The options that every command has, before its name or behind it."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mgform {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def mgform(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_print_version, help="Print the version.")] = False,
) -> None:
    """Which magnesium is easier on you? What sources say, form by form."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


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
    """List the forms, one a line; filters shorten the list.

    Repeat a filter to accept either value; every --search must be found.

    \b
    mgform list --gentler-than citrate
    mgform list --max-laxative moderate --sort tolerance
    mgform list --json | jq -r '.[] | select(.laxative == "mild").id'
    """
    from mgform.answers import listing
    from mgform.forms import Filter, ordered, select
    from mgform.names import Names

    table = ctx.obj.table()
    than = Names(table).find(gentler_than).form if gentler_than is not None else None
    chosen = Filter(laxative or (), max_laxative, tolerance or (), than, search or (), source or ())
    forms = ordered(table, select(table, chosen), sort, reverse=reverse)
    return listing(table, forms, ctx.obj.again, full=full, fields=fields)


@app.command("show")
def show(ctx: typer.Context, forms: Forms, fields: Fields = None, full: Full = False) -> Answer:
    """Show what is said of a form.

    \b
    mgform show citrate
    mgform show magnesium glycinate --full
    mgform show oxide --json | jq -r '.notes[] | [.about, .source, .text] | @tsv'
    """
    from mgform.answers import showing
    from mgform.names import Names

    table = ctx.obj.table()
    return showing(table, Names(table).find_all(forms), ctx.obj.again, full=full, fields=fields)


@app.command("compare")
def compare_(ctx: typer.Context, forms: Forms, full: Full = False) -> Answer:
    """Compare forms: which is milder, and who says so.

    \b
    mgform compare citrate malate
    mgform compare oxide citrate chelate --full
    mgform compare citrate malate --format markdown
    """
    from mgform.answers import comparing
    from mgform.comparison import compare
    from mgform.names import Names

    table = ctx.obj.table()
    matches = Names(table).find_all(forms)
    return comparing(table, compare(table, matches), matches, ctx.obj.again, full=full)


@app.command("notes")
def notes_(
    ctx: typer.Context,
    forms: SomeForms = None,
    about: Annotated[list[str] | None, _opt("TOPIC", "Only notes about this topic.", completion.topics)] = None,
    search: Search = None,
    source: Sources = None,
    kind: Annotated[
        list[str] | None, _opt("KIND", "Only of this kind: thread or reference.", completion.kinds, "--kind")
    ] = None,
) -> Answer:
    """Print every note once, with the forms that it is about.

    With forms: the notes on them, and those that hold for every form.

    \b
    mgform notes citrate --about absorption
    mgform notes --search constipation
    mgform notes --format csv > notes.csv
    """
    from mgform.answers import noting
    from mgform.forms import gathered, mentions, source_of
    from mgform.names import Names
    from mgform.table import Kind, Topic

    table = ctx.obj.table()
    matches = Names(table).find_all(forms or ())
    ids = {match.form.id for match in matches}
    topics = {_chosen("topic", word, Topic) for word in about or ()}
    kinds = {_chosen("kind", word, Kind) for word in kind or ()}
    sources = {source_of(table, name).id for name in source or ()}
    found = {
        note: on
        for note, on in gathered(table).items()
        if (not ids or not on or ids & {*on})
        and (not topics or note.about in topics)
        and (not sources or sources & {note.source, *(each.source for each in note.published)})
        and (not kinds or table.sources_by_id[note.source].kind in kinds)
        and all(mentions(words, (), [note]) for words in search or ())
    }
    return noting(table, found, ctx.obj.again, matches)


def _chosen(what: str, word: str, known: Iterable[str]) -> str:
    if word.casefold() not in {*known}:
        raise CallError(unknown(what, word, known))
    return word.casefold()


@app.command("disputes")
def disputes_(ctx: typer.Context, forms: SomeForms = None, full: Full = False) -> Answer:
    """Show where the sources contradict each other.

    \b
    mgform disputes
    mgform disputes citrate --full
    """
    from mgform.answers import disputing
    from mgform.forms import disputes_about
    from mgform.names import Names

    table = ctx.obj.table()
    matches = Names(table).find_all(forms or ())
    found = disputes_about(table, [match.form for match in matches]) if matches else table.disputes
    return disputing(table, found, ctx.obj.again, matches, full=full)


@app.command("sources")
def sources_(ctx: typer.Context) -> Answer:
    """Print the sources, and where to find them.

    \b
    mgform sources
    mgform sources --json | jq -r '.[] | select(.kind == "reference").citation'
    """
    from mgform.answers import sourcing

    return sourcing(ctx.obj.table(), ctx.obj.again)


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
    from mgform.answers import dosing
    from mgform.dose import for_elemental, in_compounds

    table = ctx.obj.table()
    dose, matches = in_compounds(table, amounts) if elemental is None else for_elemental(table, amounts, elemental)
    return dosing(table, dose, matches, ctx.obj.again, full=full)


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
    if len(texts) > 1 or texts == ["-"]:
        bad: list[str] = []

        def report(told: str) -> None:
            bad.append(told)
            complain(told)

        readings = label.readings(reader, texts, serving, report)
        return Raw(streamed(readings, ctx.obj.style().format, label.in_a_line), lambda: int(bool(bad)))
    return label.answer(reader.table, label.in_serving(reader.read(texts[0]), serving))


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
    from mgform.answers import checked
    from mgform.reader import problems

    return checked(((file, problems(file)) for file in files), as_json=ctx.obj.style().format is Format.JSON)


@app.command("schema")
def schema_() -> Raw:
    """Print the JSON Schema of a table, for editors that complete and check one.

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
        complain(str(error))
        return error.status
    except _WrongCall as error:
        complain(_sentence(error, args))
        return _CALL_AT_FAULT
    except (KeyboardInterrupt, typer.Abort):
        return _INTERRUPTED
    except MemoryError:
        pass  # what filled the memory is let go behind this block
    except Exception as error:
        if os.environ.get("MGFORM_TRACEBACK"):
            raise
        complain(f"a mistake in mgform itself, {type(error).__name__}: {error}. Please report it with this call")
        return _MISTAKE
    complain("there is not enough memory for this table or this answer")
    return _DATA_AT_FAULT


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
        write(result, call.style())
        return 0
    if isinstance(result, Raw):
        write_text(result.pieces, encoding="utf-8")
        return result.status()
    write_text([printed.getvalue()], encoding=None)
    return result if isinstance(result, int) else 0


def _commands() -> Any:
    """The commands, with what Typer adds to them put right."""
    asked = os.environ.get("_MGFORM_COMPLETE", "")
    if asked.startswith("complete") and not {"COMP_WORDS", "_TYPER_COMPLETE_ARGS"} & {*os.environ}:
        # Set outside a completion it would be taken for one.
        del os.environ["_MGFORM_COMPLETE"]
    completion.leave_no_space_behind_a_sign()
    group: Any = typer.main.get_command(app)
    options = typer.Typer(add_completion=False)
    options.command()(_shared)
    shared: Any = typer.main.get_command(options)
    for command in group.commands.values():
        command.params.extend(shared.params)
    group.params.extend(map(copy, shared.params))
    for option in group.params:
        option.hidden = option.name in _HIDDEN
    return group


def _sentence(error: Any, args: list[str]) -> str:
    """A wrong call in one line, which says what to type instead or ends with where help is."""
    message = " ".join(error.format_message().split())
    first = next((word for word in args if not word.startswith("-")), "")
    commands = _commands().commands
    if message.startswith("No such command"):
        return _no_command(first, commands)
    if message.startswith("No such option"):
        option = message.removeprefix("No such option:").split()[0].rstrip(".")
        owners = [name for name, each in commands.items() if any(option in param.opts for param in each.params)]
        if owners:
            commands_with = listed(f"'mgform {name}'" for name in owners)
            return f"{option} belongs to {commands_with}, not to 'mgform {first}'"
    path = error.ctx.command_path if getattr(error, "ctx", None) else "mgform"
    end = "" if message.endswith((".", "?")) else "."
    return f"{message[:1].lower()}{message[1:]}{end} See '{path} --help'."


def _no_command(word: str, commands: dict[str, Any]) -> str:
    """What to type instead of a word that is no command: it may be a form, or a cry for help."""
    from mgform.names import Names
    from mgform.reader import load

    if word.casefold() in ("help", "?", "hilfe"):
        return "for help type: mgform --help, or mgform show --help for one command"
    with contextlib.suppress(MgformError):
        form = Names(load(os.environ.get("MGFORM_DATA"))).find(word).form
        return f"{quoted(word)} is a form, not a command; type: mgform show {form.id}"
    return unknown("command", word, commands)
