"""The commands, thin: what each takes, and who answers it.

A command imports what answers it where it needs it: help and completion wait for none of that.
"""

import inspect
from collections.abc import Callable, Iterable
from functools import partial
from typing import Annotated, Any, TypeVar

import typer

import mgform
from mgform import completion, shells
from mgform.call import Call, Format
from mgform.fields import with_fields
from mgform.group import Commands, MadeWhenUsed
from mgform.options import (
    FIELDS,
    FULL,
    JSON,
    LINE_FORMAT,
    PAGE,
    QUIET,
    ROWS,
    takes,
)
from mgform.page import Answer
from mgform.shells import Shell

Run = TypeVar("Run", bound=Callable[..., Any])

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    subcommand_metavar="COMMAND ...",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


commands = MadeWhenUsed()


def _command(name: str, *options: inspect.Parameter) -> Callable[[Run], Run]:
    """Make a function a command that takes shared options; its docstring is the help."""

    def register(function: Run) -> Run:
        commands.add(name, partial(_made, name, function, options))
        return function

    return register


def _made(
    name: str,
    function: Callable[..., Any],
    options: tuple[inspect.Parameter, ...],
) -> Any:
    """A command as Typer makes it."""
    # A \b keeps the lines of the examples as they are.
    text = (inspect.getdoc(function) or "").replace(
        "\n\nmgform ", "\n\n\b\nmgform "
    )
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, help=text)(takes(*options)(function))
    return typer.main.get_command(alone)


Forms = Annotated[
    list[str],
    typer.Argument(
        metavar="FORM...",
        help="Forms, by any name.",
        autocompletion=completion.forms,
    ),
]
SomeForms = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FORM...]",
        help="Only what concerns these forms.",
        autocompletion=completion.forms,
    ),
]
Sources = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="ID",
        help="Only what this source says.",
        autocompletion=completion.sources,
    ),
]


@app.callback(
    invoke_without_command=True,
    options_metavar="[--version] [--no-color] [--no-pager] [OPTIONS]",
)
def program(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", hidden=True)] = False,
    data: Annotated[
        str | None,
        typer.Option(
            "--data", metavar="FILE", help="Use this table (or MGFORM_DATA)."
        ),
    ] = None,
    asked_format: Annotated[
        Format | None, typer.Option("--format", hidden=True)
    ] = None,
    json: Annotated[bool, typer.Option("--json", hidden=True)] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", hidden=True)] = False,
    no_color: Annotated[bool, typer.Option("--no-color", hidden=True)] = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", hidden=True)] = False,
    install_completion: Annotated[
        Shell | None,
        typer.Option(
            "--install-completion",
            metavar="SHELL",
            help="Complete words at Tab in bash, zsh or fish.",
        ),
    ] = None,
    show_completion: Annotated[
        Shell | None,
        typer.Option("--show-completion", metavar="SHELL", hidden=True),
    ] = None,
) -> None:
    """Which magnesium is easier on you? What sources say, form by form."""
    if version:
        typer.echo(f"mgform {mgform.__version__}")
    elif install_completion:
        typer.echo(shells.install(install_completion), nl=False)
    elif show_completion:
        typer.echo(shells.script(show_completion), nl=False)
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
    else:
        # What the other options say is read where the command runs.
        return
    raise typer.Exit


@_command("list", FIELDS, FULL, *ROWS, QUIET)
def list_(
    call: Call,
    every: Annotated[
        bool, typer.Option("--all", help="Also the forms that have no level.")
    ] = False,
    laxative: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LEVEL",
            help="Only this level of laxative effect.",
            autocompletion=completion.laxative,
        ),
    ] = None,
    max_laxative: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help="At most this level of laxative effect.",
            autocompletion=completion.laxative,
        ),
    ] = None,
    tolerance: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LEVEL",
            help="Only this level of tolerance.",
            autocompletion=completion.tolerance,
        ),
    ] = None,
    gentler_than: Annotated[
        str | None,
        typer.Option(
            metavar="FORM",
            help="Only forms milder than this one, the mildest first.",
            autocompletion=completion.forms,
        ),
    ] = None,
    source: Sources = None,
    sort: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD",
            help="Sort by this field.",
            autocompletion=completion.sorts,
        ),
    ] = None,
    reverse: Annotated[
        bool, typer.Option("--reverse", help="Sort the other way round.")
    ] = False,
) -> Answer:
    """List the forms, one a line. Repeat a filter to accept either value.

    mgform list --gentler-than citrate
    mgform list --json | jq -r '.[] | select(.laxative == "mild").id'
    """
    from mgform.answers.listing import listing
    from mgform.forms import Filter, leveled, ordered, select

    milder = [] if gentler_than is None else [gentler_than]
    table, matches = call.find(milder)
    wanted = Filter(
        laxative=laxative or (),
        max_laxative=max_laxative,
        tolerance=tolerance or (),
        gentler_than=matches[0].form if matches else None,
        source=source or (),
    )
    if sort is None and wanted.gentler_than is not None:
        sort = table.scales.first()
    is_filtered = wanted != Filter()
    forms = select(table, wanted) if every or is_filtered else leveled(table)
    answer = listing(table, ordered(table, forms, sort, reverse=reverse))
    return with_fields(answer, call.fields)


@_command("show", FIELDS, FULL, *ROWS, QUIET)
def show(call: Call, names: Forms) -> Answer:
    """Show what is said of a form.

    mgform show magnesium glycinate --full
    mgform show oxide --json | jq -r '.notes[] | [.about, .source, .text] | @tsv'
    """
    from mgform.answers.explaining import explaining
    from mgform.answers.showing import showing
    from mgform.names import Names

    table = call.table()
    known = Names(table)
    explained = known.explained(names)
    if explained is not None:
        return explaining(table, explained)
    return with_fields(showing(table, known.find_all(names)), call.fields)


@_command("compare", FULL, *ROWS, QUIET)
def compare(call: Call, names: Forms) -> Answer:
    """Compare forms: which is milder, and who says so.

    mgform compare citrate malate
    mgform compare oxide citrate chelate --full
    """
    from mgform.answers.comparing import comparing

    return comparing(*call.find(names))


@_command("search", FULL, *PAGE)
def search(
    call: Call,
    words: Annotated[
        list[str], typer.Argument(metavar="WORD...", help="What to look for.")
    ],
) -> Answer:
    """Search names, notes, disputes, corrections and sources.

    mgform search antibiotics
    mgform search too much --json
    """
    from mgform.answers.searching import searching

    return searching(call.table(), words)


@_command("notes", *ROWS)
def notes(
    call: Call,
    names: SomeForms = None,
    about: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TOPIC",
            help="Only notes about this topic.",
            autocompletion=completion.topics,
        ),
    ] = None,
    source: Sources = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD",
            help="Only of this kind: thread or reference.",
            autocompletion=completion.kinds,
        ),
    ] = None,
) -> Answer:
    """Print every note once, with the forms that it is about.

    With forms: the notes on them, and those that hold for every form.

    mgform notes citrate --about absorption
    mgform notes --format csv > notes.csv
    """
    from mgform.answers.noting import noting

    table, matches = call.find(names)
    return noting(
        table, matches, about=about or (), source=source or (), kind=kind or ()
    )


@_command("disputes", FULL, *ROWS, QUIET)
def disputes(call: Call, names: SomeForms = None) -> Answer:
    """Show where the sources contradict each other.

    mgform disputes citrate --full
    """
    from mgform.answers.disputing import disputing

    return disputing(*call.find(names))


@_command("sources", *ROWS, QUIET)
def sources(call: Call) -> Answer:
    """Print the sources, and where to find them.

    mgform sources --json | jq -r '.[] | select(.kind == "reference").citation'
    """
    from mgform.answers.sourcing import sourcing

    return sourcing(call.table())


@_command("label", *ROWS)
def label(
    call: Call,
    lines: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT...",
            help="Lines as printed, each in quotes; - is standard input.",
        ),
    ],
    serving: Annotated[
        str | None,
        typer.Option(
            metavar="AMOUNT", help='What holds the amount, as in "2 capsules".'
        ),
    ] = None,
) -> Answer | Iterable[str]:
    """Read a line of a label: which forms, and how much magnesium.

    mgform label "Magnesium (as magnesium citrate, magnesium oxide) 400 mg 95%"
    mgform label - --format csv < lines.txt
    """
    from mgform.label.reading import LabelReader
    from mgform.label.screen import answer
    from mgform.label.stream import in_a_line, read_line, readings
    from mgform.label.told import Told
    from mgform.streams import streamed

    table = call.whole_table()
    reader = LabelReader(table)
    told = None if serving is None else Told(table, serving)
    # A line has spaces: words without any are one line that somebody did not quote.
    is_quoted = "-" in lines or any(" " in line for line in lines)
    texts = lines if is_quoted else [" ".join(lines)]
    if len(texts) == 1 and texts != ["-"]:
        return answer(table, read_line(reader, texts[0], told))
    return streamed(readings(reader, texts, told), call, in_a_line)


@_command("dose", FULL, *ROWS, QUIET)
def dose(
    call: Call,
    amounts: Annotated[
        list[str],
        typer.Argument(
            metavar="FORM=MG...",
            help="Weights, as in citrate=1g, citrate=500x3.",
            autocompletion=completion.amounts,
        ),
    ],
    elemental: Annotated[
        str | None,
        typer.Option(
            metavar="MG",
            help="How much of each form contains this much magnesium.",
        ),
    ] = None,
) -> Answer:
    """Work out how much magnesium is in an amount of a form.

    It adds several amounts up and compares the sum with the upper levels. It recommends nothing.

    mgform dose oxide=250mg citrate=0.5g
    mgform dose citrate malate --elemental 300
    """
    from mgform.answers.dosing import dosing
    from mgform.dose import for_elemental, in_compounds

    table = call.table()
    if elemental is None:
        worked_out, matches = in_compounds(table, amounts)
    else:
        worked_out, matches = for_elemental(table, amounts, elemental)
    return dosing(table, worked_out, matches)


@_command("products", *ROWS)
def products(
    call: Call,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="CSV or TSV; - is standard input."),
    ],
    sort: Annotated[
        str,
        typer.Option(
            metavar="FIELD",
            help="Sort by price, name or the nutrient: magnesium.",
            autocompletion=completion.product_sorts,
        ),
    ] = "price",
) -> Answer:
    """Compare products by the price of 100 mg of magnesium.

    The file has columns: name, label (the line with the amount), price, count (pieces in the
    package) and, if you like, serving (pieces that the amount is in, where the label does not say
    it) and per_day (pieces that are taken).

    mgform products shelf.csv --sort magnesium --json
    """
    from mgform.shelf.products import bottles
    from mgform.shelf.ranking import ordered
    from mgform.shelf.screen import answer

    table = call.whole_table()
    return answer(table, ordered(table, bottles(table, file), sort))


@_command("validate", LINE_FORMAT, JSON)
def validate(
    call: Call,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Tables; - is standard input."),
    ],
) -> Iterable[str]:
    """Report every problem of a table, each with its place.

    Each problem is one line: FILE:LINE:COLUMN: path: what is wrong. The status is 1 if there is
    one.

    mgform validate mine.yaml
    mgform validate *.yaml --json | jq -r '.[] | [.file, .line, .message] | @tsv'
    """
    from mgform.answers.checking import checked_json, checked_lines
    from mgform.reader import problems

    problems_by_file = {file: problems(file) for file in files}
    call.status = int(any(problems_by_file.values()))
    if call.format == "json":
        return [checked_json(problems_by_file)]
    return checked_lines(problems_by_file)


@_command("schema")
def schema(_call: Call) -> Iterable[str]:
    """Print the JSON Schema of a table, for editors.

    mgform schema > forms.schema.json
    """
    from mgform.schema import json_schema

    return [json_schema()]
