"""``mgform validate``: every problem of some tables, a line each as compilers write theirs."""

import os
from collections.abc import Iterator

from msgspec import json

from mgform.reader import Problem, name as named

Problems = dict[str, list[Problem]]
"""The problems of files, by the names of these."""


def checked_lines(problems: Problems) -> Iterator[str]:
    """A line for each problem of some files, or for each file where there is none."""
    if not any(problems.values()):
        for file in problems:
            yield f"{named(file)}: no problems\n"
    for file, of_file in problems.items():
        for problem in of_file:
            yield f"{problem.told(file)}\n"


def checked_json(problems: Problems) -> str:
    """The problems of some files as JSON."""
    records = []
    for file, of_file in problems.items():
        name = "standard input" if file == "-" else file
        shown = os.fsencode(name).decode("utf-8", "replace")
        for problem in of_file:
            records.append({"file": shown, **problem._asdict()})
    encoded = json.format(json.encode(records), indent=2)
    return f"{encoded.decode()}\n"
