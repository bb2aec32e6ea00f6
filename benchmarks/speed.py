#!/usr/bin/env python3
"""How long mgform takes and how much memory, beside a minimal Typer program.

Run it with a Python that has mgform installed from a wheel; it needs POSIX. It measures whole
processes and interleaves them: every round runs each call once, in an order of its own. The
figures are medians. ``--labels FILE`` and ``--against PYTHON`` measure how many lines of labels a
second are read, beside an older mgform that another Python has.
"""

import argparse
import os
import platform
import random
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PROGRAM = str(Path(sysconfig.get_path("scripts")) / "mgform")
# A kernel counts into a child's peak what its parent held: so a small process starts and measures
# each call.
MEASURE = """
import os, sys, time
files = [(os.POSIX_SPAWN_OPEN, 0, sys.argv[1], os.O_RDONLY, 0)]
files += [(os.POSIX_SPAWN_OPEN, out, os.devnull, os.O_WRONLY, 0) for out in (1, 2)]
begin = time.perf_counter()
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=files)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - begin
kibibytes = usage.ru_maxrss // 1024 if sys.platform == "darwin" else usage.ru_maxrss
print(os.waitstatus_to_exitcode(status), seconds, kibibytes)
"""
LABELS = (
    "Magnesium (as magnesium citrate, magnesium oxide) 400 mg 95%",
    "Magnesium Glycinate 500 mg",
    "Calcium (as calcium carbonate) 500 mg 38%",
    "Magnesium 100 mg",
    "Vitamin D3 25 mcg 125%",
)
BARE, DRAWN = "two commands", "two commands, table"
SCREENS = (
    "list",
    "show citrate",
    "compare citrate malate",
    "dose citrate=1000",
    "search kidney",
)
# A database repeats its lines; where each is another, fewer tell enough.
REPEATED, DISTINCT = 200_000, 20_000


class Call(NamedTuple):
    """A process to measure, and the most that its time may be: a ratio to that of ``beside``."""

    name: str
    args: tuple[str, ...]
    most: float | None = None
    beside: str = BARE
    env: tuple[tuple[str, str], ...] = ()
    stdin: str = os.devnull


class Run(NamedTuple):
    """What a process took: its seconds, and its peak in MiB."""

    seconds: float
    mebibytes: float


def calls(folder: Path) -> Iterator[Call]:
    """Every call that is measured."""
    two_commands = (sys.executable, str(HERE / "two_commands.py"))
    yield Call(BARE, (*two_commands, "hello", "you"))
    yield Call(DRAWN, (*two_commands, "table"))
    yield Call("--version", (PROGRAM, "--version"), 1.0)
    asks = (("_MGFORM_COMPLETE", "bash"),)
    yield Call("comp<Tab>", (PROGRAM, "mgform comp", "comp"), 1.0, env=asks)
    yield Call("list --json", (PROGRAM, "list", "--json"), 1.1)
    for words in SCREENS:
        yield Call(words, (PROGRAM, *words.split()), 1.1, DRAWN)
    yield Call("label", (PROGRAM, "label", LABELS[0]))
    table = folder / "1000.yaml"
    table.write_text("\n".join(table_of(1000)), "utf-8")
    yield Call(
        "show, 1,000 forms", (PROGRAM, "show", "form-7", "--data", str(table))
    )
    yield Call(
        "show a slip, 1,000 forms",
        (PROGRAM, "show", "fomr-7", "--data", str(table)),
        1.2,
        "show, 1,000 forms",
    )


def table_of(number: int) -> Iterator[str]:
    """A table of many forms, made up and always the same."""
    yield "title: Made up\nnutrient: magnesium\nnotice: Nothing in it is true."
    yield "name_prefixes: [magnesium, mag]"
    yield "scales:\n  laxative: {title: Laxative effect, levels: [mild, moderate, strong]}"
    yield "sources:\n- {id: post-1, kind: thread, citation: A thread that was never written}"
    yield "forms:"
    for form in range(number):
        level = ("mild", "moderate", "strong")[form % 3]
        yield f"- id: form-{form}\n  name: Magnesium form number {form}"
        yield f"  aliases: [alias {form} of a form]\n  laxative: {level}"
    yield "notes:"
    for form in range(number):
        yield f"- {{about: laxative, forms: [form-{form}], text: What a source might say {form}.,"
        yield "   source: post-1, basis: stated}"


def run(call: Call) -> Run:
    """Run a call once."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG")
        if name in os.environ
    }
    printed = subprocess.check_output(  # noqa: S603
        [sys.executable, "-S", "-E", "-c", MEASURE, call.stdin, *call.args],
        env={**kept, "COLUMNS": "80", **dict(call.env)},
        encoding="utf-8",
    )
    _, seconds, kibibytes = printed.split()
    return Run(float(seconds), int(kibibytes) / 1024)


def interleaved(every: Sequence[Call], rounds: int) -> dict[str, list[Run]]:
    """The runs of each call, by its name; the first of each is not counted."""
    for call in every:
        run(call)
    runs: dict[str, list[Run]] = {call.name: [] for call in every}
    order = random.Random(0)  # noqa: S311
    for _ in range(rounds):
        for call in order.sample(every, len(every)):
            runs[call.name].append(run(call))
    return runs


def startup(every: Sequence[Call], rounds: int) -> Iterator[tuple[str, ...]]:
    """A line for each call: medians, and how it stands to its target."""
    yield "call", "ms", "ratio", "beside", "at most", "", "MiB"
    runs = interleaved(every, rounds)
    seconds = {
        name: median(one.seconds for one in some) for name, some in runs.items()
    }
    for call in every:
        ratio = seconds[call.name] / seconds[call.beside]
        peak = median(one.mebibytes for one in runs[call.name])
        most, verdict = "", ""
        if call.most is not None:
            most = f"{call.most}"
            verdict = "met" if ratio <= call.most else "MISSED"
        milliseconds = f"{seconds[call.name] * 1000:.0f}"
        yield (
            call.name,
            milliseconds,
            f"{ratio:.2f}",
            call.beside,
            most,
            verdict,
            f"{peak:.1f}",
        )


class LabelFile(NamedTuple):
    """A file of so many label lines."""

    name: str
    path: Path
    lines: int


def label_files(folder: Path, given: Path | None) -> Iterator[LabelFile]:
    """Files of label lines: the same few again and again, and each another."""
    labels = given.read_text("utf-8").splitlines() if given else list(LABELS)
    for name, text, many in (
        ("repeated", "{label}\n", REPEATED),
        ("each another", "{number}. {label}\n", DISTINCT),
    ):
        file = folder / f"{name}.txt"
        lines = []
        for number in range(many):
            label = labels[number % len(labels)]
            lines.append(text.format(number=number, label=label))
        file.write_text("".join(lines), "utf-8")
        yield LabelFile(name, file, many)


def labels(
    folder: Path, given: Path | None, against: str | None
) -> Iterator[tuple[str, ...]]:
    """A line for each kind of label file, in JSON and CSV, beside an older mgform."""
    yield "label -", "lines a second", "of the older one's", "MiB"
    for file in label_files(folder, given):
        for form in ("csv", "json"):
            args = ("-m", "mgform", "label", "-", "--format", form)
            every = [Call("new", (sys.executable, *args), stdin=str(file.path))]
            if against:
                every.append(
                    Call("old", (against, *args), stdin=str(file.path))
                )
            runs = interleaved(every, 3)
            seconds = {
                which: min(one.seconds for one in some)
                for which, some in runs.items()
            }
            ratio = f"{seconds['old'] / seconds['new']:.2f}" if against else ""
            peak = max(one.mebibytes for one in runs["new"])
            yield (
                f"{form}, {file.lines:,} {file.name}",
                f"{file.lines / seconds['new']:.0f}",
                ratio,
                f"{peak:.1f}",
            )


def main() -> None:
    """Measure everything, and print it as Markdown."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--rounds", type=int, default=20, help="runs of each call"
    )
    options.add_argument("--labels", type=Path, help="a file of label lines")
    options.add_argument("--against", help="a Python that has an older mgform")
    chosen = options.parse_args()
    packages = ("mgform", "typer", "rich", "pyyaml", "msgspec")
    installed = ", ".join(f"{name} {version(name)}" for name in packages)
    sys.stdout.write(
        f"Python {platform.python_version()}, {installed}; {os.cpu_count()} processors; "
        f"medians of {chosen.rounds} runs.\n"
    )
    with tempfile.TemporaryDirectory(prefix="mgform-") as name:
        folder = Path(name)
        write_table(startup([*calls(folder)], chosen.rounds))
        write_table(labels(folder, chosen.labels, chosen.against))


def write_table(rows: Iterator[tuple[str, ...]]) -> None:
    """Print rows as a table in Markdown, the first as its titles."""
    titles = next(rows)
    lines = [
        "",
        f"| {' | '.join(titles)} |",
        f"| {' | '.join(['---'] * len(titles))} |",
    ]
    for row in rows:
        lines.append(f"| {' | '.join(row)} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
