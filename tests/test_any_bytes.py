"""The whole program on the nastiest inputs: one sentence and status 1, or a harmless display; nothing else, and soon.

Each call runs in a process of its own that may not take more than 1 GiB, and is over within 20 seconds.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest

from tests.conftest import ROOT, environment

Done = subprocess.CompletedProcess[bytes]

ZINC = (ROOT / "tests" / "tables" / "zinc.yaml").read_text("utf-8")
WITHIN_1_GIB = ("/bin/sh", "-c", 'ulimit -v 1048576; exec "$@"', "sh") if Path("/bin/sh").exists() else ()
SECONDS = 20.0
# What acts on a terminal instead of showing; a line break is for the tests to allow.
ACTS = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff"

BILLION_LAUGHS = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{last}'] * 10)}]\n" for last, name in zip("abcdefghi", "bcdefghij", strict=True)
)

NASTY: dict[str, bytes] = {
    "nul.yaml": bytes(1000),
    "latin-1.yaml": ZINC.replace("A letter", "Une pensée").encode("latin-1"),
    "brackets.yaml": b"[" * 100_000,
    "brackets.json": b"[" * 100_000,
    "billion-laughs.yaml": BILLION_LAUGHS.encode(),
    "object.yaml": b"!!python/object/apply:os.system [touch owned]\n",
    "escape-sequence.yaml": b"title: \x1b]0;owned\x07\n",
    "escape-in-a-tag.yaml": ZINC.replace("title: ", "title: !<%1b]0;owned%07> ", 1).encode(),
    "tag-that-is-no-utf-8.yaml": ZINC.replace("title: ", "title: !%ed%a0%80 ", 1).encode(),
    "right-to-left.yaml": ZINC.replace("A letter", "A \u202erettel").encode(),
    "lines-in-a-key.yaml": ZINC.encode() + b'"a\\nmgform: all is well\\r": 1\n',
    "byte-order-mark.json": b'\xef\xbb\xbf{"title": "Zinc", "colour": "\\u001b"}\n',
}


def mgform(*args: str | bytes, directory: Path, stdin: bytes | IO[bytes] = b"", seconds: float = SECONDS) -> Done:
    return subprocess.run(
        [*WITHIN_1_GIB, sys.executable, "-m", "mgform", *args],
        capture_output=True,
        env=environment(),
        cwd=directory,
        check=False,
        timeout=seconds,
        input=stdin if isinstance(stdin, bytes) else None,
        stdin=None if isinstance(stdin, bytes) else stdin,
    )


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], Future[Done]]]:
    """What three calls say to each input. They run side by side, since each takes a fifth of a second."""
    directory = tmp_path_factory.mktemp("nasty")
    with ThreadPoolExecutor() as pool:
        started: dict[tuple[str, str], Future[Done]] = {}
        for name, data in NASTY.items():
            (directory / name).write_bytes(data)
            started["list", name] = pool.submit(mgform, "list", "--data", name, directory=directory)
            started["validate", name] = pool.submit(mgform, "validate", name, directory=directory)
            started["stdin", name] = pool.submit(mgform, "list", "--data", "-", directory=directory, stdin=data)
        yield started


def assert_refused(done: Done) -> None:
    assert (done.returncode, done.stdout) == (1, b"")
    assert re.fullmatch(f"mgform: [^\n{ACTS}]+\n", done.stderr.decode())


@pytest.mark.parametrize("name", NASTY)
def test_a_file_is_refused_in_one_line(name: str, answers: dict[tuple[str, str], Future[Done]]) -> None:
    assert_refused(answers["list", name].result())


@pytest.mark.parametrize("name", NASTY)
def test_standard_input_is_refused_in_one_line(name: str, answers: dict[tuple[str, str], Future[Done]]) -> None:
    assert_refused(answers["stdin", name].result())


@pytest.mark.parametrize("name", NASTY)
def test_validate_tells_each_problem_in_one_line(name: str, answers: dict[tuple[str, str], Future[Done]]) -> None:
    done = answers["validate", name].result()
    assert (done.returncode, done.stderr) == (1, b"")
    assert re.fullmatch(f"({re.escape(name)}:\\d+:\\d+: [^\n{ACTS}]+\n)+", done.stdout.decode())


def test_no_object_of_python_is_made(tmp_path: Path) -> None:
    (tmp_path / "object.yaml").write_bytes(NASTY["object.yaml"])
    mgform("list", "--data", "object.yaml", directory=tmp_path)
    assert not (tmp_path / "owned").exists()


# What is no file


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        pytest.param("none.yaml", "No such file or directory", id="missing"),
        pytest.param(".", "Is a directory", id="directory"),
        pytest.param("/dev/zero", "it is a device, not a file", id="device"),
        pytest.param("large.yaml", "it is larger than 32 MiB, the most that a table may be", id="too-large"),
    ],
)
def test_what_is_no_file_is_refused_with_the_reason(tmp_path: Path, path: str, reason: str) -> None:
    (tmp_path / "large.yaml").touch()
    os.truncate(tmp_path / "large.yaml", 2**35)
    done = mgform("list", "--data", path, directory=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"mgform: cannot read {path}: {reason}\n"


def test_validate_tells_which_of_several_files_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "zinc.yaml").write_text(ZINC, "utf-8")
    done = mgform("validate", "zinc.yaml", "none.yaml", directory=tmp_path)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout == b"none.yaml: cannot read none.yaml: No such file or directory\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_nobody_writes_to_is_an_empty_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    done = mgform("list", "--data", "fifo", directory=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"mgform: fifo:1:1: the file is empty; a table is expected\n"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_endless_standard_input_is_too_large(tmp_path: Path) -> None:
    with Path("/dev/zero").open("rb") as endless:
        done = mgform("list", "--data", "-", directory=tmp_path, stdin=endless)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == (
        b"mgform: cannot read standard input: it is larger than 32 MiB, the most that a table may be\n"
    )


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="needs names that are any bytes")
@pytest.mark.parametrize("option", ["--json", None])
def test_a_file_may_have_a_name_that_is_no_utf_8(tmp_path: Path, option: str | None) -> None:
    (tmp_path / os.fsdecode(b"\xff.yaml")).touch()
    done = mgform("validate", b"\xff.yaml", *filter(None, [option]), directory=tmp_path)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "the file is empty; a table is expected" in done.stdout.decode()


def test_a_name_that_acts_on_the_terminal_is_shown_in_quotes(tmp_path: Path) -> None:
    (tmp_path / "\x1b[31m.yaml").touch()
    done = mgform("validate", "\x1b[31m.yaml", directory=tmp_path)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout == b"'\\x1b[31m.yaml':1:1: the file is empty; a table is expected\n"


# Much of something


def many_unknown_sources() -> str:
    """As many sources as statements, and each statement names another that does not exist."""
    sources = "".join(f"  - {{id: s{number:05}, kind: thread, citation: S}}\n" for number in range(2500))
    notes = "".join(f"  - {{about: cost, text: T, source: t{n:05}, basis: stated}}\n" for n in range(2500))
    return ZINC.replace("sources:\n", f"sources:\n{sources}").replace("\nnotes:\n", f"\nnotes:\n{notes}")


def many_levels() -> str:
    return ZINC.replace("[mild, ", f"[mild, {', '.join(f'level {number}' for number in range(40_000))}, ")


def many_mistakes_by_aliases() -> str:
    """A file of some kilobytes: 300 disputes have 2,000 statements each, and each is the same empty mapping."""
    statements = f"&n [&x {{}}{', *x' * 999}]"
    dispute = f"  - &d {{id: d, question: Q, positions: {statements}, published: *n}}\n"
    return ZINC.replace("disputes:\n", "disputes:\n" + dispute + "  - *d\n" * 299)


def much_text_by_aliases() -> str:
    """A file of 1 MB: 2,000 notes are one that is nearly as long."""
    note = f"  - &n {{about: cost, text: {'long ' * 200_000}, source: letter, basis: stated}}\n"
    return ZINC.replace("\nnotes:\n", "\nnotes:\n" + note + "  - *n\n" * 2000)


def many_values_in_json() -> str:
    """12 MB of which each third byte begins another mapping."""
    return '{"notes": [' + "{}," * 4_000_000 + "{}]}"


@pytest.mark.parametrize(
    ("make", "name", "status"),
    [
        (many_unknown_sources, "many.yaml", 1),
        (many_levels, "many.yaml", 0),
        (many_mistakes_by_aliases, "many.yaml", 1),
        (many_values_in_json, "many.json", 1),
    ],
)
def test_a_table_is_validated_within_seconds(tmp_path: Path, make: Callable[[], str], name: str, status: int) -> None:
    (tmp_path / name).write_text(make(), "utf-8")
    done = mgform("validate", name, directory=tmp_path, seconds=4.0)
    assert (done.returncode, done.stderr) == (status, b"")
    assert done.stdout.startswith(f"{name}:".encode())


def test_much_text_is_shown_or_refused_and_does_not_fill_the_memory(tmp_path: Path) -> None:
    (tmp_path / "much.yaml").write_text(much_text_by_aliases(), "utf-8")
    done = mgform("notes", "--json", "--data", "much.yaml", directory=tmp_path)
    if done.returncode:
        assert_refused(done)


# What is harmless is shown


HARMLESS = ZINC.replace("[ZnO, zinc white]", "['[bold]ZnO[/bold]', '[/]', 'שלום', '酸化亜鉛 😀', '\\x1b[31m']").replace(
    "It is strong.", '"It\\ris\\tst\\u00adrong, [red]very[/red]:\\r\\n\\nsee `|` and <b>"'
)  # fmt: skip


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("list --fields all", "[red]very[/red]"),
        ("show oxide", "[red]very[/red]"),
        ("compare oxide citrate", "[red]very[/red]"),
        ("notes --format markdown", "very"),
        ("show oxide --json", "[red]very[/red]"),
    ],
)
def test_what_looks_like_markup_or_breaks_lines_is_shown_harmlessly(tmp_path: Path, call: str, shown: str) -> None:
    (tmp_path / "harmless.yaml").write_text(HARMLESS, "utf-8")
    done = mgform(*call.split(), "--data", "harmless.yaml", directory=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert shown in done.stdout.decode()
    assert not re.search(f"[{ACTS}]", done.stdout.decode())
