#!/usr/bin/env python3
"""How long mgform takes and how much memory, beside a minimal Typer program and bare Python.

Run it with a Python that has mgform installed; it needs POSIX. It measures whole processes, and
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

_HERE = Path(__file__).resolve().parent
_DISTRIBUTIONS = ("mgform", "typer", "rich", "pyyaml", "msgspec")
_KEPT = ("PATH", "HOME", "LANG", "PYTHONPATH")
_SIZES = (10, 100, 1_000, 10_000)
_LARGEST = _SIZES[-1]

# The targets: memory in MiB; the time that a large table takes, as a ratio to its parser's.
_MOST_MEMORY = 25
_MOST_LOADING = {"YAML": 1.3, "JSON": 3}


class Call(NamedTuple):
    """A process to measure: what Python runs, and the variables that it gets.

    ``most`` is the target for its time, as a ratio to the two-command program's.
    """

    name: str
    args: tuple[str, ...]
    env: tuple[tuple[str, str], ...] = ()
    most: float | None = None


class Run(NamedTuple):
    """A process that has ended."""

    seconds: float
    mebibytes: float


class Figure(NamedTuple):
    """What several runs took: medians, and the least time."""

    seconds: float
    mebibytes: float
    fastest: float


class Reply(NamedTuple):
    """What one run gave: its exit status, and what it took."""

    status: int
    run: Run


Figures = dict[str, Figure]


def _program() -> tuple[str, ...]:
    """What Python runs when a user types ``mgform``."""
    script = Path(sysconfig.get_path("scripts")) / "mgform"
    return (str(script),) if script.exists() else ("-m", "mgform")


def _mgform(words: str, most: float | None = None) -> Call:
    return Call(f"mgform {words}", (*_program(), *words.split()), most=most)


def _completion(line: str) -> Call:
    """What bash runs when somebody presses the tabulator behind ``line``."""
    words = line.split()
    asked = (("COMP_WORDS", "\n".join(words)), ("COMP_CWORD", str(len(words) - 1)))
    return Call(f"{line}<Tab>", _program(), (("_MGFORM_COMPLETE", "complete_bash"), *asked), most=1.1)


PYTHON = Call("python -c pass", ("-c", "pass"))
TYPER = Call("two_commands.py hello", (str(_HERE / "two_commands.py"), "hello", "you"))
VERSION = _mgform("--version", most=1.1)
SMALL = (
    PYTHON,
    TYPER,
    VERSION,
    _completion("mgform comp"),
    _completion("mgform show cit"),
    _mgform("--help"),
    _mgform("list --json", most=1.25),
    _mgform("list", most=1.7),
    _mgform("compare citrate malate"),
    _mgform("show citrate"),
    _mgform("dose citrate=1000"),
)


class Tables:
    """Generated tables of every size, in a folder, and the calls that read them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for size in _SIZES:
            files = [str(self._file(size, kind)) for kind in _MOST_LOADING]
            subprocess.run([sys.executable, str(_HERE / "tables.py"), str(size), *files], check=True)  # noqa: S603

    def _file(self, size: int, kind: str) -> Path:
        return self._folder / f"{size}.{kind.lower()}"

    def listing(self, size: int, kind: str) -> Call:
        """``mgform list --json`` of a table."""
        return Call(f"{size} {kind}", (*_program(), "list", "--json", "--data", str(self._file(size, kind))))

    def parsing(self, kind: str) -> Call:
        """What the largest table takes to be parsed alone."""
        name = str(self._file(_LARGEST, kind))
        code = {
            "YAML": f"import yaml; yaml.load(open({name!r}, 'rb'), yaml.CSafeLoader)",
            "JSON": f"import json; json.load(open({name!r}, 'rb'))",
        }
        return Call(f"parsing {kind}", ("-c", code[kind]))

    def calls(self) -> Iterator[Call]:
        """Every call that is measured, and those that are subtracted."""
        yield from (PYTHON, VERSION)
        for kind in _MOST_LOADING:
            yield from (self.listing(size, kind) for size in _SIZES)
            yield self.parsing(kind)


def _run(call: Call) -> Reply:
    """Run a call once, in an environment that says nothing but what the call says."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    status, seconds, kibibytes = subprocess.check_output(  # noqa: S603
        [sys.executable, "-S", "-E", str(_HERE / "one_run.py"), sys.executable, *call.args],
        env={**kept, "COLUMNS": "80", **dict(call.env)},
        encoding="utf-8",
    ).split()
    return Reply(int(status), Run(float(seconds), int(kibibytes) / 1024))


def _measure(calls: Sequence[Call], rounds: int) -> Figures:
    """The medians of calls, by name. A call that fails, as one that mgform does not know, has none.

    A first run of each, not measured, finds that out and leaves compiled modules behind.
    """
    known = [call for call in calls if _run(call).status == 0]
    runs: dict[str, list[Run]] = {call.name: [] for call in known}
    order = random.Random(0)  # noqa: S311
    for number in range(rounds):
        sys.stderr.write(f"\rround {number + 1} of {rounds} ")
        sys.stderr.flush()
        for call in order.sample(known, len(known)):
            runs[call.name].append(_run(call).run)
    sys.stderr.write("\r\x1b[K")
    return {name: _figure(each) for name, each in runs.items()}


def _figure(runs: Sequence[Run]) -> Figure:
    seconds = [run.seconds for run in runs]
    return Figure(median(seconds), median(run.mebibytes for run in runs), min(seconds))


def _verdict(figure: float, most: float | None) -> str:
    if most is None:
        return ""
    return f"at most {most}: {'met' if figure <= most else 'missed'}"


def _small(figures: Figures) -> Iterator[tuple[str, ...]]:
    """A line for each call of a user. Where the least time is far from the median, the machine was busy."""
    yield ("call", "ms", "least", "x Python", "x two commands", "target", "MiB", "target")
    for call in SMALL:
        if call.name not in figures:
            yield (call.name, "fails here: left out", "", "", "", "", "", "")
            continue
        seconds, mebibytes, fastest = figures[call.name]
        ratio = seconds / figures[TYPER.name].seconds
        yield (
            call.name,
            f"{seconds * 1000:.1f}",
            f"{fastest * 1000:.1f}",
            f"{seconds / figures[PYTHON.name].seconds:.1f}",
            f"{ratio:.2f}",
            _verdict(ratio, call.most),
            f"{mebibytes:.1f}",
            _verdict(mebibytes, None if call in (PYTHON, TYPER) else _MOST_MEMORY),
        )


def _large(figures: Figures, tables: Tables) -> Iterator[tuple[str, ...]]:
    """A line for the largest table in each notation; ``start-up`` is what ``mgform --version`` takes."""
    yield (f"{_LARGEST} forms", "ms", "parser alone, ms", "x parser", "less start-up", "target", "MiB")
    python, start = figures[PYTHON.name].seconds, figures[VERSION.name].seconds
    for kind, most in _MOST_LOADING.items():
        seconds, mebibytes, _ = figures[tables.listing(_LARGEST, kind).name]
        parser = figures[tables.parsing(kind).name].seconds - python
        ratio = (seconds - start) / parser
        yield (
            kind,
            f"{seconds * 1000:.0f}",
            f"{parser * 1000:.0f}",
            f"{(seconds - python) / parser:.2f}",
            f"{ratio:.2f}",
            _verdict(ratio, most),
            f"{mebibytes:.0f}",
        )


def _growth(figures: Figures, tables: Tables) -> Iterator[tuple[str, ...]]:
    """A line for each size; what a form takes is reckoned from the smallest table on."""
    yield ("forms", *(f"{kind}, {unit}" for kind in _MOST_LOADING for unit in ("ms", "us a form", "MiB")))
    for size in _SIZES:
        cells: list[str] = []
        for kind in _MOST_LOADING:
            least, here = (figures[tables.listing(each, kind).name] for each in (_SIZES[0], size))
            form = (here.seconds - least.seconds) / (size - _SIZES[0]) * 1e6 if size > _SIZES[0] else None
            cells += (f"{here.seconds * 1000:.0f}", "" if form is None else f"{form:.0f}", f"{here.mebibytes:.1f}")
        yield (str(size), *cells)


def _written(rows: Iterator[tuple[str, ...]], *, markdown: bool) -> str:
    """Rows as a table, the first of them its head: aligned, or for a Markdown document."""
    head, *others = rows
    if markdown:
        lines = [head, ("---",) + ("--:",) * (len(head) - 1), *others]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)
    widths = [max(map(len, column)) for column in zip(head, *others, strict=True)]
    lines = [(first.ljust(widths[0]), *map(str.rjust, rest, widths[1:])) for first, *rest in (head, *others)]
    return "".join("  ".join(line).rstrip() + "\n" for line in lines)


def _versions() -> str:
    """What was measured, and on what."""
    installed = ", ".join(f"{name} {version(name)}" for name in _DISTRIBUTIONS)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {installed}; {platform.platform()}, {os.cpu_count()} processors.\n{_own_table()}\n"


def _own_table() -> str:
    """What the calls without ``--data`` read: a wheel holds its table as JSON, a checkout as YAML."""
    code = "from mgform.files import bundled; print(bundled().name)"
    name = subprocess.check_output([sys.executable, "-c", code], encoding="utf-8").strip()  # noqa: S603
    return f"The table of mgform is read from {name}."


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20, help="runs of each call; a quarter of it with large tables")
    parser.add_argument("--markdown", action="store_true", help="print the tables for a Markdown document")
    return parser.parse_args()


def main() -> None:
    """Measure everything, and print it."""
    options = _options()
    few = max(1, options.rounds // 4)
    with tempfile.TemporaryDirectory(prefix="mgform-") as folder:
        tables = Tables(Path(folder))
        small = _measure(SMALL, options.rounds)
        large = _measure([*tables.calls()], few)
    parts = (_small(small), _large(large, tables), _growth(large, tables))
    sys.stdout.write(_versions())
    sys.stdout.write(f"Medians of {options.rounds} runs; of {few} for generated tables.\n")
    for part in parts:
        sys.stdout.write("\n" + _written(part, markdown=options.markdown))


if __name__ == "__main__":
    main()
