"""Leaves out one phrase, attachment, oddity or decision rule at a time, and counts what notices.

Run by hand: ``python -m tests.left_out [--lines FILE]``. Without a file, the lines are those of
``labels.txt``. What no line notices is printed, and so is a row whose own example does not.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import mgform
from mgform.label import judging, places
from mgform.label.phrases import STAGES, Phrase, Stage
from mgform.label.places import ATTACHMENTS, ODDITIES
from mgform.label.reading import Reading
from mgform.label.rules import RULES
from tests.conftest import ROOT


class Row(NamedTuple):
    """A row of one of the reader's tables: its name, its example, and how to leave it out."""

    name: str
    example: str
    left_out: AbstractContextManager[Any]


@contextmanager
def without_phrase(stage: Stage, phrase: Phrase) -> Iterator[None]:
    """Read lines without a phrase."""
    others = Stage([other for other in stage.phrases if other is not phrase])
    with (
        mock.patch.object(stage, "phrases", others.phrases),
        mock.patch.object(stage, "pattern", others.pattern),
    ):
        yield


def without(
    room: Any, name: str, rows: Sequence[Any], row: Any
) -> AbstractContextManager[Any]:
    """Read lines without a row of a table."""
    others = tuple(other for other in rows if other is not row)
    return mock.patch.object(room, name, others)


def rows() -> Iterator[Row]:
    """All rows that can be left out."""
    for stage in STAGES:
        for phrase in stage.phrases:
            name = f"phrase {phrase.becomes.name} {phrase.pattern}"
            yield Row(name, phrase.example, without_phrase(stage, phrase))
    for attachment in ATTACHMENTS:
        name = f"attachment {attachment.weighs.__name__}"
        left_out = without(places, "ATTACHMENTS", ATTACHMENTS, attachment)
        yield Row(name, attachment.example, left_out)
    for oddity in ODDITIES:
        name = f"oddity {oddity.holds.__name__}"
        yield Row(
            name, oddity.example, without(places, "ODDITIES", ODDITIES, oddity)
        )
    # Without the last rule, nothing at all would be said of some lines.
    for rule in RULES[:-1]:
        left_out = without(judging, "RULES", RULES, rule)
        yield Row(f"rule {rule.name}", rule.example, left_out)


def readings(lines: Sequence[str]) -> list[Reading | None]:
    """What lines say, by a reader that has read none before; None where no rule holds."""
    reader = mgform.LabelReader(mgform.load())
    return [reading(reader, line) for line in lines]


def reading(reader: mgform.LabelReader, line: str) -> Reading | None:
    """What a line says; None where no rule holds."""
    try:
        return reader.read(line)
    except StopIteration:
        return None


def differing(
    row: Row, lines: Sequence[str], right: Sequence[Reading | None]
) -> list[str]:
    """The lines that are read otherwise without a row."""
    with row.left_out:
        now = readings(lines)
    return [
        line
        for line, was, is_now in zip(lines, right, now, strict=True)
        if was != is_now
    ]


def labels() -> list[str]:
    """The lines of ``labels.txt``."""
    text = (ROOT / "tests" / "labels.txt").read_text("utf-8")
    return [
        line.split(" => ")[0]
        for line in text.splitlines()
        if not line.startswith("#")
    ]


def main() -> None:
    """Leave the rows out, one at a time."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=Path, help="a file with a line a row")
    chosen = options.parse_args()
    lines = (
        chosen.lines.read_text("utf-8").splitlines()
        if chosen.lines
        else labels()
    )
    every = list(rows())
    right = readings(lines)
    missed = 0
    for row in every:
        noticed = differing(row, lines, right)
        if row.example not in noticed:
            shortest = min(noticed, key=len, default="no line")
            missed += 1
            sys.stdout.write(
                f"{row.name}: {len(noticed)} notice, as {shortest!r}\n"
            )
    sys.stdout.write(
        f"{len(every) - missed} of {len(every)} rows are noticed by their example\n"
    )


if __name__ == "__main__":
    main()
