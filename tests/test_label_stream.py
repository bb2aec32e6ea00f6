"""Many lines: as they come, in constant memory, and a bad one costs itself alone."""

import io
import json
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain, repeat
from pathlib import Path
from unittest import mock

import pytest

from mgform.errors import DataError
from mgform.label.reading import LabelReader
from mgform.label.stream import readings
from mgform.table import Table
from tests.conftest import ROOT, call, environment

LABEL = [sys.executable, "-m", "mgform", "label", "-"]


@pytest.mark.parametrize("wanted", ["json", "csv", "tsv", "table"])
def test_a_stream_goes_on_behind_a_bad_line(wanted: str) -> None:
    given = (
        b"Magnesium 100 mg\n\xff\xfe\n"
        + b"x" * 1_000_000
        + b"\n\nMagnesium Glycinate 500 mg"
    )
    done = call("label", "-", "--format", wanted, stdin=given)
    assert done.status == 1
    assert done.stderr.splitlines() == [
        "mgform: line 2 is not UTF-8 text and is left out",
        "mgform: line 3 is longer than 10,000 characters and is left out",
    ]
    rows = done.stdout.splitlines()[wanted != "table" :]
    if wanted == "json":
        rows = json.loads(done.stdout)
    assert len(rows) == 3
    if wanted == "table":
        assert [row.split()[0] for row in rows] == ["1", "4", "5"]
        assert "70.5 or 500 mg" in rows[2]


def test_several_lines_are_a_line_each_on_the_screen() -> None:
    done = call(
        "label",
        "Magnesium (as citrate, orotate) 100 mg",
        "Magnesium Glycinate 500 mg",
        "Zinc 15 mg",
        COLUMNS="80",
    )
    assert done.stdout.splitlines() == [
        "     1  100 mg           elemental  citrate, orotate: Magnesium (as citrate, oro",
        "     2  70.5 or 500 mg   ambiguous  chelate: Magnesium Glycinate 500 mg",
        "     3  ?                none       -: Zinc 15 mg",
    ]


def test_several_lines_are_an_array() -> None:
    done = call("label", "Magnesium 100 mg", "Zinc 15 mg", "--json")
    assert [reading["elemental_mg"] for reading in json.loads(done.stdout)] == [
        100,
        None,
    ]
    assert call("label", "-", "--json", stdin="").stdout == "[]\n"


def test_a_told_serving_holds_for_every_line() -> None:
    done = call(
        "label",
        "-",
        "--serving",
        "2",
        "--json",
        stdin="Magnesium 100 mg\nMagnesium 50 mg\n",
    )
    assert [reading["each_mg"] for reading in json.loads(done.stdout)] == [
        50,
        25,
    ]
    assert (
        call(
            "label", "-", "--serving", "two", "--json", stdin="Magnesium 1 mg"
        ).stdout
        == ""
    )


def test_lines_that_repeat_are_read_once(table: Table) -> None:
    reader = LabelReader(table)
    lines = ["Magnesium 100 mg", "Magnesium 200 mg"] * 50
    with mock.patch.object(
        LabelReader, "read", autospec=True, side_effect=LabelReader.read
    ) as read:
        assert len([*readings(reader, lines, None)]) == 100
    assert read.call_count == 2


class Chunks(io.RawIOBase):
    """A file that gives a piece at a time."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = iter(chunks)
        self.left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self.left = self.left or next(self.chunks, b"")
        taken, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def test_of_a_line_that_is_too_long_no_more_is_kept_than_shows_it(
    table: Table,
) -> None:
    """16 MiB in one line must not be in memory at once."""
    chunk = b"x" * 65_536
    chunks = chain(
        [b"Magnesium 100 mg\n"], repeat(chunk, 256), [b"\nMagnesium 200 mg\n"]
    )
    stdin = io.TextIOWrapper(
        io.BufferedReader(Chunks(chunks), 65_536), encoding="utf-8"
    )
    tracemalloc.start()
    try:
        with mock.patch("sys.stdin", stdin):
            found = [*readings(LabelReader(table), ["-"], None)]
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found[1] == (
        2,
        "line 2 is longer than 10,000 characters and is left out",
    )
    assert [number for number, _ in found] == [1, 2, 3]
    assert most < 8 * 1024**2


def test_standard_input_that_is_not_ready_is_waited_for() -> None:
    reading_end, writing_end = os.pipe()
    os.set_blocking(reading_end, False)
    with subprocess.Popen(
        LABEL, stdin=reading_end, stdout=-1, env=environment(), cwd=ROOT
    ) as label:
        os.close(reading_end)
        assert label.poll() is None
        for piece in (b"Magnesium 100", b" mg\nMagnesium 200 mg\n"):
            time.sleep(0.2)
            os.write(writing_end, piece)
        os.close(writing_end)
        printed = label.communicate()[0].decode()
    assert label.returncode == 0
    assert [line.split()[1] for line in printed.splitlines()] == ["100", "200"]


class Broken(io.RawIOBase):
    """A file that cannot be read."""

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: object) -> int:
        raise OSError(5, "Input/output error")


def test_standard_input_that_cannot_be_read_is_a_sentence(table: Table) -> None:
    reader = LabelReader(table)
    broken = io.TextIOWrapper(io.BufferedReader(Broken()), encoding="utf-8")
    with (
        mock.patch("sys.stdin", broken),
        pytest.raises(
            DataError, match=r"^cannot read standard input: Input/output error$"
        ),
    ):
        next(readings(reader, ["-"], None))
    with (
        mock.patch("sys.stdin", None),
        pytest.raises(DataError, match="no standard input"),
    ):
        next(readings(reader, ["-"], None))


def shown_on_a_terminal(lines: str, folder: Path) -> str:
    """What standard error shows of a call that reads a file and writes another."""
    pty = pytest.importorskip("pty")
    (folder / "lines.txt").write_text(lines, "utf-8")
    terminal, standard_error = pty.openpty()
    with (
        (folder / "lines.txt").open("rb") as given,
        (folder / "out.txt").open("wb") as out,
    ):
        streams = {"stdin": given, "stdout": out, "stderr": standard_error}
        subprocess.run(
            LABEL, **streams, env=environment(), cwd=ROOT, check=True
        )
    os.close(standard_error)
    shown = b""
    # A terminal that nobody writes to any more ends with an error.
    with suppress(OSError):
        while piece := os.read(terminal, 65_536):
            shown += piece
    os.close(terminal)
    return shown.decode()


def test_a_bar_shows_how_far_a_file_is_read_and_goes_away(
    tmp_path: Path,
) -> None:
    shown = shown_on_a_terminal("Magnesium 100 mg\n" * 20, tmp_path)
    assert "Reading labels" in shown
    assert shown.endswith("\x1b[2K")  # the line is cleared
    assert (tmp_path / "out.txt").read_text("utf-8").count("\n") == 20


def test_nobody_sees_a_bar_where_standard_error_is_no_terminal() -> None:
    assert call("label", "-", stdin="Magnesium 100 mg\n").stderr == ""
