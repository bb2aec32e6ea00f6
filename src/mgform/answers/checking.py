"""``mgform validate``: every problem of some tables, a line each as compilers write theirs."""

import os
from collections.abc import Iterable, Iterator

from msgspec import json

from mgform.reader import Problem, name as named


def checked(
    problems: dict[str, list[Problem]], *, as_json: bool
) -> Iterable[str]:
    """Every problem of some files, a line each, or as JSON."""
    if as_json:
        return [checked_json(problems)]
    return checked_lines(problems)


def checked_lines(problems: dict[str, list[Problem]]) -> Iterator[str]:
    """A line for each problem of some files, or for each file where there is none."""
    if any(problems.values()):
        for file, of_file in problems.items():
            for problem in of_file:
                yield f"{problem.told(file)}\n"
    else:
        for file in problems:
            yield f"{named(file)}: no problems\n"


def checked_json(problems: dict[str, list[Problem]]) -> str:
    """The problems of some files as JSON."""
    records = []
    for file, of_file in problems.items():
        name = "standard input" if file == "-" else file
        shown = os.fsencode(name).decode("utf-8", "replace")
        records += [{"file": shown, **problem._asdict()} for problem in of_file]
    return f"{json.format(json.encode(records), indent=2).decode()}\n"
