"""Many lines of labels, a reading at a time, in memory that does not grow with them."""

import os
import re
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import UnsupportedOperation
from types import FrameType
from typing import BinaryIO

from mgform.errors import CallError, DataError
from mgform.label.reading import LONGEST, LabelReader, Reading
from mgform.label.told import Told

# Label databases repeat their lines.
_REMEMBERED = 1024
# As many as the longest line can have in UTF-8, and more.
_MOST_BYTES = 4 * LONGEST + 4
# Bytes that are no UTF-8, as Python keeps them.
_NO_TEXT = re.compile("[\ud800-\udfff]")
# Times a second.
_REFRESHED = 2
# To look at the clock costs more than to count.
_LINES_BETWEEN_LOOKS = 256


def read_line(
    reader: LabelReader,
    line: str,
    told: Told | None,
) -> Reading:
    """The reading of one line; a CallError where it is no text."""
    if not _is_text(line):
        raise CallError("the line is not UTF-8 text; type it or copy it again")
    reading = reader.read(line)
    return told.of(reading) if told else reading


def readings(
    reader: LabelReader,
    texts: Sequence[str],
    told: Told | None,
) -> Iterator[tuple[int, Reading | str]]:
    """Numbered readings of lines as they come, "-" being the lines of standard input.

    A line that cannot be read has a sentence instead. Raises a DataError where standard input
    cannot be read.
    """

    @lru_cache(_REMEMBERED)
    def read(line: str) -> Reading:
        return read_line(reader, line, told)

    for number, line in enumerate(_lines(texts), 1):
        if not _is_text(line):
            yield number, f"line {number} is not UTF-8 text and is left out"
        elif len(line) > LONGEST:
            longer = f"is longer than {LONGEST:,} characters and is left out"
            yield number, f"line {number} {longer}"
        else:
            yield number, read(line)


def in_a_line(number: int, reading: Reading) -> str:
    """A reading on a line: its number, what it holds, what its figure is, the forms, the line.

    For example "     1  400 mg           elemental  citrate: Magnesium (as citrate) 400 mg".
    """
    held = _held(reading)
    forms = ", ".join((*reading.forms, *reading.other_forms)) or "-"
    line = _printable(reading.line)
    return f"{number:>6}  {held:<16} {reading.basis:<10} {forms}: {line}"


def _held(reading: Reading) -> str:
    """How much of the nutrient a line means; where it can mean two amounts, both."""
    amounts = [possible.elemental_mg for possible in reversed(reading.readings)]
    if not amounts:
        amounts = [reading.elemental_mg]
    figures = [f"{mg:g}" for mg in amounts if mg]
    if not figures:
        return "?"
    return f"{' or '.join(figures)} mg"


def _printable(line: str) -> str:
    """A line with a space for each character that would move what is on the screen."""
    if line.isprintable():
        return line
    return "".join(sign if sign.isprintable() else " " for sign in line)


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """The lines that are given, and those of standard input in the place of "-"."""
    for text in texts:
        if text == "-":
            yield from _standard_input()
        else:
            yield text


def _is_text(line: str) -> bool:
    return line.isascii() or not _NO_TEXT.search(line)


def _standard_input() -> Iterator[str]:
    """The lines of standard input, without their ends."""
    if sys.stdin is None:
        raise DataError(
            "there is no standard input to read; give it a file or a pipe"
        )
    stream = sys.stdin.buffer
    _wait_for(stream)
    try:
        with _progress(stream) as show:
            for number, line in enumerate(_lines_of(stream)):
                if number % _LINES_BETWEEN_LOOKS == 0:
                    show()
                text = line.decode("utf-8-sig", "surrogateescape")
                yield text.rstrip("\r\n")
    except OSError as error:
        reason = error.strerror or error
        raise DataError(f"cannot read standard input: {reason}") from None


def _wait_for(stream: BinaryIO) -> None:
    """Make reading wait, where a program has left us a pipe that would say that it is not ready."""
    if hasattr(os, "set_blocking"):
        with suppress(OSError, UnsupportedOperation):
            os.set_blocking(stream.fileno(), True)


def _lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long, no more than shows that it is."""
    while line := stream.readline(_MOST_BYTES):
        yield line
        while len(line) == _MOST_BYTES and not line.endswith(b"\n"):
            line = stream.readline(_MOST_BYTES)


@contextmanager
def _progress(stream: BinaryIO) -> Iterator[Callable[[], None]]:
    """What shows how far a file has been read, on standard error, where somebody would see it."""
    size = _size(stream)
    if not size or not _is_seen():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(
        console=Console(stderr=True),
        refresh_per_second=_REFRESHED,
        transient=True,
        redirect_stdout=False,
    )
    shown_at = time.monotonic()

    def show() -> None:
        nonlocal shown_at
        now = time.monotonic()
        if now - shown_at >= 1 / _REFRESHED:
            bar.update(task, completed=stream.tell())
            shown_at = now

    with bar, _until_interrupted(bar.stop):
        task = bar.add_task("Reading labels", total=size)
        yield show


@contextmanager
def _until_interrupted(leave: Callable[[], None]) -> Iterator[None]:
    """Where an interrupt comes, leave the screen tidy before it does what it does otherwise."""
    before = signal.getsignal(signal.SIGINT)

    def tidy(number: int, frame: FrameType | None) -> None:
        leave()
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGINT, tidy)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _is_seen() -> bool:
    """Whether a progress bar would be seen, and nothing else is on the same screen."""
    if sys.stderr is None or sys.stdout is None:
        return False
    return sys.stderr.isatty() and not sys.stdout.isatty()


def _size(stream: BinaryIO) -> int:
    """How many bytes a file has; 0 for what is no file."""
    with suppress(OSError, UnsupportedOperation):
        status = os.fstat(stream.fileno())
        if stat.S_ISREG(status.st_mode):
            return status.st_size
    return 0
