"""The edges of a call, as processes: streams that are missing or full, interrupts, terminals."""

import os
import pty
import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from mgform import group, output, run
from mgform.words import listed
from tests.conftest import FROZEN, ROOT, SAFETY, call, environment, process

MGFORM = f'"{sys.executable}" -m mgform'


def shell(script: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", script.replace("mgform", MGFORM, 1)],
        capture_output=True,
        encoding="utf-8",
        env=environment(**{"MGFORM_DATA": str(FROZEN)} | env),
        cwd=ROOT,
        check=False,
        timeout=SAFETY,
    )


def test_a_reader_that_goes_away_is_no_error() -> None:
    done = shell("mgform notes --json | head -n 1; echo ${PIPESTATUS[0]}")
    assert (done.stdout, done.stderr) == ("[\n0\n", "")
    done = shell(
        "yes 'Magnesium 100 mg' | mgform label - | head -n 1; echo ${PIPESTATUS[1]}"
    )
    assert (done.stdout.split()[-1], done.stderr) == ("0", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", ["list", "schema"])
def test_a_full_disk_is_a_sentence(words: str) -> None:
    done = shell(f"mgform {words} > /dev/full")
    assert (done.returncode, done.stderr) == (
        1,
        "mgform: cannot write the output: No space left on device\n",
    )


def test_a_table_may_come_late_through_a_pipe() -> None:
    done = shell(
        "(sleep 0.1; cat tests/tables/frozen.yaml) | mgform list -q --data - | wc -l"
    )
    assert done.stdout.strip() == "3"


@pytest.mark.skipif(
    not hasattr(os, "set_blocking"), reason="needs pipes that do not wait"
)
def test_a_pipe_that_would_not_wait_is_read_whole() -> None:
    """As some programs leave their pipes: reading would end where nothing is there yet."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    command = [sys.executable, "-m", "mgform", "list", "-q", "--data", "-"]
    with subprocess.Popen(
        command, stdin=reading, stdout=-1, env=environment()
    ) as program:
        os.close(reading)
        time.sleep(0.1)
        os.write(writing, FROZEN.read_bytes())
        os.close(writing)
        shown, _ = program.communicate()
    assert shown.split() == [b"salt", b"chelate", b"ash"]


def test_missing_streams_are_told_or_make_no_difference() -> None:
    done = shell("mgform list >&-")
    assert (done.returncode, done.stderr) == (
        1,
        "mgform: there is no standard output to print to\n",
    )
    assert shell("mgform show citrat 2>&-").returncode == 2
    assert (
        shell(
            "mgform show citrat 2>&1 >/dev/null | true; echo ${PIPESTATUS[0]}"
        ).stdout
        == "2\n"
    )
    assert (
        "standard input:1:1: the file is empty"
        in shell("mgform list --data - <&-").stderr
    )
    told = (
        "mgform: there is no standard input to read; give it a file or a pipe\n"
    )
    assert shell("mgform label - <&-").stderr == told


BEGIN = """
import sys, mgform.__main__
sys.stdout.write("x\\n")
sys.stdout.flush()
sys.argv[1:] = [{}]
mgform.__main__.main()
"""


def interrupted(*words: str, wait: float) -> int:
    """The status of a call that is interrupted so many seconds after its first import.

    What Python does before that is Python's. Standard input stays open, with nothing in it.
    """
    code = BEGIN.format(", ".join(map(repr, words)))
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        time.sleep(wait)
        program.send_signal(signal.SIGINT)
        _, told = program.communicate()
    assert told == b""
    return program.returncode


def test_an_interrupt_is_silent() -> None:
    for wait in (0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.06, 0.08):
        # Whether the call has ended before it is up to the machine.
        assert interrupted("list", wait=wait) in {130, 0}
    assert interrupted("list", "--data", "-", wait=0) == 130


def test_an_interrupted_stream_is_silent() -> None:
    label = [sys.executable, "-m", "mgform", "label", "-"]
    with subprocess.Popen(
        label, stdin=-1, stdout=-1, stderr=-1, env=environment()
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b"Magnesium 100 mg\n")
        program.stdin.flush()
        assert program.stdout.readline()
        program.send_signal(signal.SIGINT)
        _, told = program.communicate()
    assert (told, program.returncode) == (b"", 130)


def test_too_little_memory_is_a_sentence_and_no_mistake() -> None:
    """One large piece is asked for: where nothing at all is left, Python itself may not end."""
    text = f"title: {'T' * 8_000_000}\U0001f600"
    for words in ("list --data -", "validate -"):
        done = subprocess.run(
            ["bash", "-c", f"ulimit -v 64000; exec {MGFORM} {words}"],
            input=text,
            capture_output=True,
            encoding="utf-8",
            env=environment(LC_ALL="C.UTF-8"),
            cwd=ROOT,
            check=False,
            timeout=SAFETY,
        )
        told = (
            "mgform: there is not enough memory for this table or this answer\n"
        )
        assert (done.stdout, done.stderr, done.returncode) == ("", told, 1)


def test_a_mistake_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(error: type[BaseException]) -> None:
        def raising(_: list[str]) -> int:
            raise error

        monkeypatch.setattr(run, "_run", raising)

    fail(KeyboardInterrupt)
    assert call("list") == ("", "", 130)
    fail(ZeroDivisionError)
    done = call("list")
    assert (done.stdout, done.status) == ("", 70)
    assert "a mistake in mgform itself, ZeroDivisionError" in done.stderr
    with pytest.raises(ZeroDivisionError):
        call("list", MGFORM_TRACEBACK="1")


def on_a_terminal(command: str, **env: str) -> str:
    """What a terminal of 12 lines and 80 columns gets."""
    child, terminal = pty.fork()
    if child == 0:
        usual = {
            "TERM": "xterm",
            "COLUMNS": "80",
            "LINES": "12",
            "MGFORM_DATA": str(FROZEN),
        }
        words = [sys.executable, "-m", "mgform", *command.split()]
        os.execve(sys.executable, words, environment(**usual | env))  # noqa: S606
    shown = b""
    try:
        while chunk := os.read(terminal, 65536):
            shown += chunk
    except OSError:
        pass
    os.waitpid(child, 0)
    return shown.decode()


@pytest.mark.parametrize(
    ("command", "env", "shown"),
    [
        ("notes", {"PAGER": "tr a-z A-Z"}, "9 STATEMENTS MATCH."),
        ("notes", {"PAGER": "exit 3"}, "9 statements match."),
        (
            "notes",
            {"PAGER": "tr a-z A-Z", "LINES": "99"},
            "9 statements match.",
        ),
        ("notes --no-pager", {"PAGER": "tr a-z A-Z"}, "9 statements match."),
        ("notes --json", {"PAGER": "tr a-z A-Z"}, '"about": "laxative"'),
    ],
)
def test_what_is_taller_than_the_screen_goes_through_the_pager(
    command: str, env: dict[str, str], shown: str
) -> None:
    assert shown in on_a_terminal(command, **env)


@pytest.mark.parametrize(
    ("command", "env", "is_bold", "is_colored"),
    [
        ("list", {}, True, True),
        ("list", {"NO_COLOR": "1"}, True, False),
        ("list", {"TERM": "dumb"}, False, False),
        ("list --no-color", {}, False, False),
    ],
)
def test_color_is_for_terminals_that_want_it(
    command: str, env: dict[str, str], *, is_bold: bool, is_colored: bool
) -> None:
    shown = on_a_terminal(command, PAGER="", **env)
    assert ("\x1b[1m" in shown, "\x1b[36m" in shown) == (is_bold, is_colored)


def test_a_pipe_gets_colors_only_if_somebody_forces_them() -> None:
    assert "\x1b" not in call("list").stdout
    assert "\x1b[36m" in call("list", FORCE_COLOR="1").stdout
    assert "\x1b" not in call("list", "--no-color", FORCE_COLOR="1").stdout


def longest(shown: str) -> int:
    return max(map(len, shown.splitlines()))


def test_columns_say_how_wide_a_screen_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.__stdout__", None)

    def notes(columns: str) -> str:
        return call("notes", MGFORM_DATA=str(FROZEN), COLUMNS=columns).stdout

    assert 90 < longest(notes("100")) <= 100
    for junk in ("", "0", "-5", "junk", "9" * 5000):
        assert notes(junk) == notes("80")
    assert notes("3") == notes("20")
    assert longest(notes("20")) <= 20


def test_a_terminal_behind_standard_error_says_how_wide_it_is() -> None:
    above, below = pty.openpty()
    termios.tcsetwinsize(below, (24, 50))
    narrow = subprocess.run(
        [sys.executable, "-m", "mgform", "notes"],
        stdout=subprocess.PIPE,
        stderr=below,
        env=environment(MGFORM_DATA=str(FROZEN)),
        check=True,
    )
    os.close(above)
    assert 40 < longest(narrow.stdout.decode()) <= 50


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("salt", "'salt' is a form, not a command; type: mgform show salt"),
        (
            "magnesium citrate",
            "'magnesium citrate' is a form, not a command; type: mgform show citrate",
        ),
        (
            "salt ash --full",
            "'salt ash' are forms, not a command; type: mgform compare salt ash",
        ),
        (
            "salt please",
            "'salt' is a form, not a command; type: mgform show salt",
        ),
        (
            "Help",
            "for help type: mgform --help, or mgform show --help for one command",
        ),
        (
            "lists",
            (
                "no command is called 'lists'; did you mean 'list'? There are: "
                f"{listed(run.commands().commands)}"
            ),
        ),
        (
            "zinc",
            (
                f"no command is called 'zinc'. There are: {listed(run.commands().commands)}. "
                "To look for something type: mgform search zinc"
            ),
        ),
        ("UNO mix", "'UNO mix' is no command; type: mgform show unomix"),
        ("--serving 2", "--serving belongs to 'mgform label', not to 'mgform'"),
        (
            "compare salt --fields id",
            "--fields belongs to 'mgform list' and 'mgform show', not to 'mgform compare'",
        ),
        (
            "--quiet notes",
            "'mgform notes' has no --quiet. See 'mgform notes --help'.",
        ),
        ("notes -q", "'mgform notes' has no -q. See 'mgform notes --help'."),
        (
            "schema --json",
            "'mgform schema' has no --json. See 'mgform schema --help'.",
        ),
        (
            "validate --format csv x",
            (
                "invalid value for '--format': 'csv' is not one of 'table', 'json'. "
                "See 'mgform validate --help'."
            ),
        ),
        (
            "list --json=3",
            "option '--json' does not take a value. See 'mgform --help'.",
        ),
        (
            "list --json --format csv",
            "--format, --json and --quiet each choose what is printed; give one of them",
        ),
        (
            "list --nonsense",
            "'mgform list' has no --nonsense. See 'mgform list --help'.",
        ),
    ],
)
def test_who_types_something_else_is_told_what_to_type(
    words: str, sentence: str
) -> None:
    data = "" if "citrate" in words else str(FROZEN)
    assert call(*words.split(), MGFORM_DATA=data) == (
        "",
        f"mgform: {sentence}\n",
        2,
    )


def test_shared_options_stand_before_the_command_or_behind_it_where_they_count_more() -> (
    None
):
    frozen = str(FROZEN)
    assert call("--json", "list", "--data", frozen) == call(
        "list", "--json", "--data", frozen
    )
    assert call(
        "--data", "nowhere", "list", "-q", "--data", frozen
    ).stdout.startswith("salt")
    assert call(
        "--format", "csv", "list", "--format", "json"
    ).stdout.startswith("[")
    assert call("--data", frozen, "salt").stderr.endswith(
        "type: mgform show salt\n"
    )


def test_bytes_that_are_no_text_are_shown_as_what_they_are() -> None:
    """Python hands them over as surrogates, which cannot be written as they are."""
    done = call("show", "\udcff")
    assert (done.stdout, done.status) == ("", 2)
    assert "'\\udcff'" in done.stderr
    assert "�" not in done.stderr


def test_what_is_no_text_is_written_all_the_same(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    output.write(["\udcff", "\n"])
    assert capfdbinary.readouterr().out == b"?\n"


def test_a_line_that_is_no_text_costs_that_line_alone() -> None:
    done = call("label", "-", "--json", stdin=b"\xff\nMagnesium 100 mg\n")
    assert (done.status, done.stdout.count('"line"')) == (1, 1)
    assert done.stderr == "mgform: line 1 is not UTF-8 text and is left out\n"


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C"}, {"LC_ALL": "nowhere"}, {"PYTHONOPTIMIZE": "2"}]
)
def test_an_answer_is_utf_8_whatever_python_is_told(
    env: dict[str, str],
) -> None:
    usual = call("list", COLUMNS="80", MGFORM_DATA=str(FROZEN)).stdout
    assert "●" in usual
    assert (
        process("list", COLUMNS="80", MGFORM_DATA=str(FROZEN), **env).stdout
        == usual
    )


def test_the_commands_stand_in_groups() -> None:
    shown = call("--help").stdout
    heads = re.findall(r"^([A-Z][a-z ]+):(?: |$)", shown, re.MULTILINE)
    assert heads == ["Usage", "Questions", "Your bottle", "Tables", "Options"]
    assert {name for names in group.GROUPS.values() for name in names} == {
        *run.commands().commands
    }
    assert call() == call("--help")
