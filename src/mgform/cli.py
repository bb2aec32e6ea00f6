"""The commands: what each takes, and which report answers it.

A command imports what it works with when it is called: whoever asks for help, for the version or
for what may follow the cursor waits for none of it.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from mgform import __version__, completion
from mgform.commands import LazyGroup, declared
from mgform.formats import Answer
from mgform.options import DATA_HELP, Defaults, NoColorOption, answers
from mgform.vocabulary import Kind

if TYPE_CHECKING:
    from mgform.reports.report import Report
    from mgform.request import Request

app = typer.Typer(
    name="mgform",
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FormsArgument = Annotated[
    list[str],
    typer.Argument(metavar="FORM...", help="Ids, names or aliases.", autocompletion=completion.forms),
]
FormOption = Annotated[
    list[str] | None,
    typer.Option("--form", metavar="FORM", help="Only what concerns this form.", autocompletion=completion.forms),
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="ID", help="Only what this source says.", autocompletion=completion.sources),
]
DetailsOption = Annotated[bool, typer.Option("--details", help="With the figures and circumstances of each claim.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mgform {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def mgform(
    ctx: typer.Context,
    data: Annotated[str | None, typer.Option(metavar="FILE", envvar="MGFORM_DATA", help=DATA_HELP)] = None,
    no_color: NoColorOption = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Compare supplement forms by what attributed sources say of them.

    \b
    mgform list                          all forms, a line each
    mgform compare citrate malate        side by side, and which is gentler
    mgform show citrate                  everything that is said of one form
    mgform list --gentler-than citrate   the forms with a lower laxative level
    mgform disputes                      where the sources contradict each other
    """
    ctx.obj = Defaults(data, no_color)
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@declared.command("list")
@answers
def list_(
    request: "Request",
    laxative: Annotated[
        list[str] | None,
        typer.Option(metavar="LEVEL", help="Only this laxative level.", autocompletion=completion.laxative_levels),
    ] = None,
    max_laxative: Annotated[
        str | None,
        typer.Option(metavar="LEVEL", help="At most this laxative level.", autocompletion=completion.laxative_levels),
    ] = None,
    tolerance: Annotated[
        list[str] | None,
        typer.Option(metavar="LEVEL", help="Only this tolerance.", autocompletion=completion.tolerance_levels),
    ] = None,
    gentler_than: Annotated[
        str | None,
        typer.Option(metavar="FORM", help="Only forms gentler than this one.", autocompletion=completion.forms),
    ] = None,
    search: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Only with this text in names or notes.")
    ] = None,
    source: SourceOption = None,
    sort: Annotated[
        str | None,
        typer.Option(metavar="FIELD", help="Order by id, name or level.", autocompletion=completion.sort_fields),
    ] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Turn the order round.")] = False,
    fields: Annotated[
        str | None,
        typer.Option(metavar="A,B", help="What to show, or 'all'.", autocompletion=completion.fields),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print ids only, one a line.")] = False,
) -> "Report":
    """List forms, a line each.

    Different filters must all hold. A filter that is given twice holds for either word, but every
    --search must be found.

    \b
    mgform list --max-laxative moderate --sort tolerance
    mgform list --gentler-than citrate -q
    mgform list --fields id,aliases,notes --format csv
    mgform list --json | jq -r '.[] | select(.laxative == "mild").id'
    """
    from mgform.query import Filter, ordered, select
    from mgform.records import chosen_fields
    from mgform.reports.listing import Listing

    than = request.names.find(gentler_than) if gentler_than is not None else None
    wanted = Filter(
        laxative=laxative or (),
        max_laxative=max_laxative,
        tolerance=tolerance or (),
        gentler_than=than.form if than else None,
        search=search or (),
        source=source or (),
    )
    shown = chosen_fields(fields)
    forms = ordered(request.table, select(request.table, wanted), sort, reverse=reverse)
    return Listing(request.table, forms, shown, than, only_ids=quiet)


@declared.command("show")
@answers
def show(request: "Request", forms: FormsArgument, details: DetailsOption = False) -> "Report":
    """Show what is said of a form: by the thread, and in published sources.

    \b
    mgform show citrate
    mgform show glycinate --details
    mgform show oxide --json | jq -r '.notes[] | [.about, .source, .text] | @tsv'
    """
    from mgform.reports.profile import Profile

    told = request if details else request.in_short()
    return Profile(told.table, told.distinct(forms), shortened=told.table is not request.table)


@declared.command("compare")
@answers
def compare_(
    request: "Request",
    forms: FormsArgument,
    about: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TOPIC",
            help="Compare the notes about this topic, or 'all'.",
            autocompletion=completion.compared_topics,
        ),
    ] = None,
    details: DetailsOption = False,
    only_differences: Annotated[
        bool, typer.Option("--only-differences", help="Leave out what the forms have in common.")
    ] = False,
) -> "Report":
    """Compare two forms or more side by side.

    Lines in which the forms differ are marked. The last sentence says which form is gentler, and
    according to whom.

    \b
    mgform compare citrate malate
    mgform compare oxide citrate chelate --only-differences
    mgform compare citrate malate --format markdown
    """
    from mgform.query import compare, compared_topics
    from mgform.reports.side_by_side import SideBySide

    told = request if details else request.in_short()
    topics = compared_topics(about or ())
    comparison = compare(told.table, told.matches(forms), topics, only_differences=only_differences)
    return SideBySide(told.table, comparison, shortened=told.table is not request.table)


@declared.command("notes")
@answers
def notes_(
    request: "Request",
    form: FormOption = None,
    about: Annotated[
        list[str] | None,
        typer.Option(metavar="TOPIC", help="Only notes about this topic.", autocompletion=completion.topics),
    ] = None,
    source: SourceOption = None,
    kind: Annotated[
        list[Kind] | None, typer.Option("--kind", help="Only notes from threads, or from published references.")
    ] = None,
) -> "Report":
    """Show every note as a row of its own.

    With --form, the notes on that form and those that hold for every form.

    \b
    mgform notes --about absorption
    mgform notes --form citrate --source post-4
    mgform notes --format csv > notes.csv
    """
    from mgform.query import notes, topic
    from mgform.reports.note_list import NoteList

    asked = request.matches(form)
    found = notes(
        request.table,
        [match.form for match in asked],
        [topic(word) for word in about or ()],
        request.sources(source),
        kind or (),
    )
    return NoteList(request.table, found, asked)


@declared.command("disputes")
@answers
def disputes(request: "Request", form: FormOption = None) -> "Report":
    """Show where the sources contradict each other, with every position.

    \b
    mgform disputes
    mgform disputes --form citrate
    """
    from mgform.query import disputes_about
    from mgform.reports.dispute_list import DisputeList

    asked = request.matches(form)
    forms = [match.form for match in asked] or request.table.forms
    return DisputeList(request.table, disputes_about(request.table, forms), asked)


@declared.command("sources")
@answers
def sources(request: "Request") -> "Report":
    """Show the sources, and how many statements each makes.

    \b
    mgform sources
    mgform sources --json | jq -r '.[] | select(.kind == "reference").citation'
    """
    from mgform.reports.source_list import SourceList

    return SourceList(request.table)


@declared.command("dose")
@answers
def dose_(
    request: "Request",
    amounts: Annotated[
        list[str],
        typer.Argument(
            metavar="FORM=MG...",
            help="Amounts of compound, in mg, g or mcg; with --elemental forms alone.",
            autocompletion=completion.forms,
        ),
    ],
    elemental: Annotated[
        str | None, typer.Option(metavar="MG", help="Say how much of each form holds this much of the element.")
    ] = None,
    times: Annotated[int, typer.Option(metavar="N", help="Divide the amount over the day.")] = 1,
    label: Annotated[
        str | None, typer.Option(metavar="MG", help="Say whether a label's elemental figure can be true.")
    ] = None,
) -> "Report":
    """Compute how much of the element is in an amount of a form.

    The total is held against the upper levels of the table; several amounts are added up. It reports
    figures and what they count, and advises nothing.

    \b
    mgform dose citrate=1000
    mgform dose oxide=250mg citrate=0.5g --times 2
    mgform dose citrate malate --elemental 300
    mgform dose glycinate=1000 --label 200
    """
    from mgform.intakes import intake

    return intake(request, amounts, elemental=elemental, times=times, label=label)


@declared.command("validate")
def validate(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Tables: YAML, JSON (.json), or - for standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the problems as JSON.")] = False,
) -> Answer:
    """Report every problem of a table, each with its place.

    A problem is a line: FILE:LINE:COLUMN: path: what is wrong. The exit status is 1 if there is one.

    \b
    mgform validate mine.yaml
    mgform validate *.yaml --json | jq -r '.[] | [.file, .line, .message] | @tsv'
    """
    from mgform import checks

    return checks.answer(files, as_json=as_json)


@declared.command("schema")
def schema() -> Answer:
    """Print the JSON Schema of a table, with which editors complete and check one.

    \b
    mgform schema > forms.schema.json
    """
    from mgform.schema import text

    return Answer(text(), is_for_machines=True)
