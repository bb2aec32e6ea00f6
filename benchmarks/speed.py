#!/usr/bin/env python3
"""How long mgform takes and how much memory, beside a minimal Typer program.

Run it with a Python that has mgform installed from a wheel; it needs POSIX. It measures whole processes and
interleaves them: every round runs each call once, in an order of its own. The figures are medians.
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
# A kernel counts into a child's peak what its parent held: so a small process starts and measures each call.
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


class Call(NamedTuple):
    """A process to measure, and the most that its time may be: a ratio to that of the call ``beside``."""

    name: str
    args: tuple[str, ...]
    most: float | None = None
    beside: str = "two commands"
    env: tuple[tuple[str, str], ...] = ()
    stdin: str = os.devnull


def calls(folder: Path) -> Iterator[Call]:
    """Every call that is measured."""
    yield Call("two commands", (sys.executable, str(HERE / "two_commands.py"), "hello", "you"))
    yield Call("--version", (PROGRAM, "--version"), 1.0)
    typed = (
        ("_MGFORM_COMPLETE", "complete_bash"),
        ("COMP_WORDS", "mgform\ncomp"),
        ("COMP_CWORD", "1"),
    )
    yield Call("comp<Tab>", (PROGRAM,), 1.0, env=typed)
    targets = {
        "list --json": 1.15,
        "list": 1.4,
        "show citrate": 1.4,
        "compare citrate malate": 1.4,
        "dose citrate=1000": 1.4,
    }
    for words, most in targets.items():
        yield Call(words, (PROGRAM, *words.split()), most)
    yield Call("label", (PROGRAM, "label", LABELS[0]))
    table = folder / "1000.yaml"
    table.write_text("\n".join(table_of(1000)), "utf-8")
    yield Call("list, 1,000 forms", (PROGRAM, "list", "--data", str(table)), 3.0)
    yield Call("show, 1,000 forms", (PROGRAM, "show", "form-7", "--data", str(table)))
    yield Call(
        "show a slip, 1,000 forms",
        (PROGRAM, "show", "fomr-7", "--data", str(table)),
        1.2,
        "show, 1,000 forms",
    )


def table_of(number: int) -> Iterator[str]:
    """A table of many forms, made up and always the same."""
    yield "title: Made up\nnutrient: magnesium\nnotice: Nothing in it is true.\nname_prefixes: [magnesium, mag]"
    yield "scales:\n  laxative: {title: Laxative effect, levels: [mild, moderate, strong]}"
    yield "sources:\n- {id: post-1, kind: thread, citation: A thread that was never written}\nforms:"
    for form in range(number):
        yield f"- id: form-{form}\n  name: Magnesium form number {form}\n  aliases: [alias {form} of a form]"
        yield f"  laxative: {('mild', 'moderate', 'strong')[form % 3]}\n  notes:"
        yield f"  - {{about: laxative, text: What a source might say {form}., source: post-1, basis: stated}}"
        yield f"  - {{about: absorption, text: What else it might say {form}., source: post-1, basis: inferred}}"


def run(call: Call) -> tuple[int, float, float]:
    """The exit status of one run, its seconds, and its peak in MiB."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    status, seconds, kibibytes = subprocess.check_output(  # noqa: S603
        [sys.executable, "-S", "-E", "-c", MEASURE, call.stdin, *call.args],
        env={**kept, "COLUMNS": "80", **dict(call.env)},
        encoding="utf-8",
    ).split()
    return int(status), float(seconds), int(kibibytes) / 1024


def startup(every: Sequence[Call], rounds: int) -> Iterator[tuple[str, ...]]:
    """A line for each call: medians, and how it stands to its target."""
    for call in every:
        run(call)
    runs: dict[str, list[tuple[int, float, float]]] = {call.name: [] for call in every}
    order = random.Random(0)  # noqa: S311
    for _ in range(rounds):
        for call in order.sample(every, len(every)):
            runs[call.name].append(run(call))
    yield "call", "ms", "ratio", "beside", "at most", "", "MiB"
    seconds = {name: median(each[1] for each in some) for name, some in runs.items()}
    for call in every:
        ratio = seconds[call.name] / seconds[call.beside]
        verdict = "" if call.most is None else "met" if ratio <= call.most else "MISSED"
        peak = median(each[2] for each in runs[call.name])
        most = "" if call.most is None else f"{call.most}"
        yield (
            call.name,
            f"{seconds[call.name] * 1000:.0f}",
            f"{ratio:.2f}",
            call.beside,
            most,
            verdict,
            f"{peak:.1f}",
        )


def labels(folder: Path) -> Iterator[tuple[str, ...]]:
    """A line for each number of labels that go through a pipe."""
    yield "label -", "lines", "seconds", "lines a second", "MiB"
    for number in (1_000, 200_000):
        file = folder / f"{number}.txt"
        for which, text in (("repeated", "{label}\n"), ("each another", "{number}. {label}\n")):
            lines = (
                text.format(number=line, label=LABELS[line % len(LABELS)]) for line in range(number)
            )
            file.write_text("".join(lines), "utf-8")
            for form in ("csv", "json"):
                _, seconds, peak = run(
                    Call("", (PROGRAM, "label", "-", "--format", form), stdin=str(file))
                )
                yield (
                    form,
                    f"{number}, {which}",
                    f"{seconds:.2f}",
                    f"{number / seconds:.0f}",
                    f"{peak:.1f}",
                )


def main() -> None:
    """Measure everything, and print it as Markdown."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=20, help="runs of each call")
    rounds = options.parse_args().rounds
    installed = ", ".join(
        f"{name} {version(name)}" for name in ("mgform", "typer", "rich", "pyyaml", "msgspec")
    )
    lines = [
        f"Python {platform.python_version()}, {installed}; {os.cpu_count()} processors; medians of {rounds} runs."
    ]
    with tempfile.TemporaryDirectory(prefix="mgform-") as folder:
        for rows in (startup([*calls(Path(folder))], rounds), labels(Path(folder))):
            head, *others = rows
            lines += [
                "",
                *(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *others)),
            ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
