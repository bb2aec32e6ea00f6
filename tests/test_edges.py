"""The edges of a call, as processes: streams that are missing or full, interrupts, pagers, completion."""

import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from mgform import cli
from tests.conftest import FROZEN, ROOT, call, environment, process

MGFORM = f'"{sys.executable}" -m mgform'


def shell(script: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", script.replace("mgform", MGFORM, 1)],
        capture_output=True,
        encoding="utf-8",
        env=environment(**env),
        cwd=ROOT,
        check=False,
        timeout=60,
    )


def test_a_reader_that_goes_away_is_no_error() -> None:
    done = shell("mgform notes --json | head -n 1; echo ${PIPESTATUS[0]}")
    assert (done.stdout, done.stderr) == ("[\n0\n", "")
    done = shell("yes 'Magnesium 100 mg' | mgform label - | head -n 1; echo ${PIPESTATUS[1]}")
    assert (done.stdout.split()[-1], done.stderr) == ("0", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", ["list", "schema"])
def test_a_full_disk_is_a_sentence(words: str) -> None:
    done = shell(f"mgform {words} > /dev/full")
    assert (done.returncode, done.stderr) == (
        1,
        "mgform: cannot write the output: No space left on device\n",
    )


def test_a_pipe_that_is_written_to_later_is_read_whole() -> None:
    script = "(sleep 0.1; cat data/forms.yaml) | mgform list -q --data - | wc -l"
    assert shell(script).stdout.strip() == "6"


@pytest.mark.skipif(not hasattr(os, "set_blocking"), reason="needs pipes that do not wait")
def test_a_pipe_that_would_not_wait_is_read_whole() -> None:
    """As some programs leave their pipes: reading would end where nothing is there yet."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    command = [sys.executable, "-m", "mgform", "list", "-q", "--data", "-"]
    with subprocess.Popen(command, stdin=reading, stdout=-1, env=environment()) as program:
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
    assert shell("mgform show citrat 2>&1 >/dev/null | true; echo ${PIPESTATUS[0]}").stdout == "2\n"
    assert "standard input:1:1: the file is empty" in shell("mgform list --data - <&-").stderr
    assert shell("mgform label - <&-").stdout == ""


def test_an_interrupt_is_silent() -> None:
    """From the first import on; what Python does before that is Python's."""
    begin = "import mgform.__main__ as m, sys; sys.stdout.write('x\\n'); sys.stdout.flush()"
    code = f"{begin}; sys.argv[1:] = ['list']; m.main()"
    ends = []
    for wait in (0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.06, 0.08):
        with subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        ) as program:
            assert program.stdout is not None
            program.stdout.readline()
            time.sleep(wait)
            program.send_signal(signal.SIGINT)
            _, told = program.communicate()
        assert (told, program.returncode in (130, 0)) == (b"", True)
        ends.append(program.returncode)
    assert ends[0] == 130


def test_an_interrupted_stream_is_silent() -> None:
    label = [sys.executable, "-m", "mgform", "label", "-"]
    with subprocess.Popen(label, stdin=-1, stdout=-1, stderr=-1, env=environment()) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b"Magnesium 100 mg\n")
        program.stdin.flush()
        assert program.stdout.readline()
        program.send_signal(signal.SIGINT)
        _, told = program.communicate()
    assert (told, program.returncode) == (b"", 130)


def test_too_little_memory_is_a_sentence_and_no_mistake() -> None:
    """What is asked for is one large piece: where nothing at all is left, Python itself may not come to an end."""
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
            timeout=60,
        )
        told = "mgform: there is not enough memory for this table or this answer\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", told, 1)


def test_a_mistake_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(error: type[BaseException]) -> None:
        def raising(_: list[str]) -> int:
            raise error

        monkeypatch.setattr(cli, "_run", raising)

    fail(KeyboardInterrupt)
    assert call("list") == ("", "", 130)
    fail(ZeroDivisionError)
    done = call("list")
    assert (done.stdout, done.status) == ("", 70)
    assert "a mistake in mgform itself, ZeroDivisionError" in done.stderr
    with pytest.raises(ZeroDivisionError):
        call("list", MGFORM_TRACEBACK="1")


def on_a_terminal(command: str, **env: str) -> str:
    """What a terminal of 24 lines and 80 columns gets."""
    child, terminal = pty.fork()
    if child == 0:
        variables = environment(**{"TERM": "xterm", "COLUMNS": "80", "LINES": "24"} | env)
        os.execve(sys.executable, [sys.executable, "-m", "mgform", *command.split()], variables)  # noqa: S606
    shown = b""
    try:
        while chunk := os.read(terminal, 65536):
            shown += chunk
    except OSError:
        pass
    os.waitpid(child, 0)
    return shown.decode()


def test_what_is_taller_than_the_screen_goes_through_the_pager() -> None:
    assert on_a_terminal("notes", PAGER="wc -l").strip().isdigit()
    assert "\x1b[1mMalate is milder" in on_a_terminal("compare citrate malate", PAGER="wc -l")
    for way in (
        {"PAGER": ""},
        {"PAGER": "cat"},
        {"PAGER": "nowhere-to-be-found"},
        {"PAGER": "less '"},
    ):
        assert "statements match" in on_a_terminal("notes", **way)
    assert "statements match" in on_a_terminal("notes --no-pager", PAGER="wc -l")
    assert on_a_terminal("list --json", PAGER="wc -l").startswith("[")


def test_color_is_for_terminals_that_want_it() -> None:
    assert "\x1b[" in on_a_terminal("list", PAGER="")
    ways = [("list --no-color", {}), ("list", {"NO_COLOR": "1"}), ("list", {"TERM": "dumb"})]
    assert [way for way in ways if "\x1b" in on_a_terminal(way[0], **way[1])] == []
    assert "\x1b" not in process("list").stdout


def test_the_width_is_that_of_columns_else_of_a_terminal_else_80() -> None:
    def longest(shown: str) -> int:
        return max(map(len, shown.splitlines()))

    assert longest(process("notes", COLUMNS="200").stdout) > 150
    usual = process("notes", COLUMNS="80").stdout
    for junk in ("", "0", "-5", "junk", "9" * 5000):
        assert process("notes", COLUMNS=junk).stdout == usual
    assert longest(process("list", COLUMNS="3").stdout) <= 20
    # Standard output is a pipe here, and standard error a terminal of 50 columns.
    above, below = pty.openpty()
    termios.tcsetwinsize(below, (24, 50))
    narrow = subprocess.run(
        [sys.executable, "-m", "mgform", "notes"],
        stdout=-1,
        stderr=below,
        env=environment(),
        check=True,
    )
    os.close(above)
    assert longest(narrow.stdout.decode()) <= 50


def test_who_types_no_command_is_told_what_to_type() -> None:
    told = {
        "magnesium citrate": "'magnesium citrate' is a form, not a command; type: mgform show citrate",
        "citrate malate --full": "'citrate malate' are forms, not a command; type: mgform compare citrate malate",
        "citrate please": "'citrate' is a form, not a command; type: mgform show citrate",
        "--data tests/tables/frozen.yaml salt": "'salt' is a form, not a command; type: mgform show salt",
        "--data nowhere.yaml salt": "no command is called 'salt'. There are: list, show, compare, notes, disputes, "
        "sources, dose, label, products, validate and schema",
        "Help": "for help type: mgform --help, or mgform show --help for one command",
        "--serving 2": "--serving belongs to 'mgform label', not to 'mgform'",
        "list --json=3": "option '--json' does not take a value. See 'mgform --help'.",
    }
    assert {words: call(*words.split()) for words in told} == {
        words: ("", f"mgform: {sentence}\n", 2) for words, sentence in told.items()
    }


def test_shared_options_stand_before_the_command_or_behind_it_where_they_count_more() -> None:
    assert call("--json", "list").stdout == call("list", "--json").stdout
    assert call(
        "--data", "nowhere.yaml", "list", "-q", "--data", "tests/tables/frozen.yaml"
    ).stdout.startswith("salt")
    assert call("--format", "csv", "list", "--format", "json").stdout.startswith("[")


def completions(line: str, **env: str) -> list[str]:
    """What bash is offered behind a line."""
    words = [*line.split(" ")]
    asked = {
        "_MGFORM_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    return process(**asked, **env).stdout.split()


def test_the_shell_is_offered_what_people_type() -> None:
    assert completions("mgform comp") == ["compare"]
    assert completions("mgform dose gly") == ["glycinate="]
    assert completions("mgform dose glycinate = ") == []
    assert completions("mgform show asp") == ["aspartate"]
    assert completions("mgform show cele") == []
    assert completions("mgform list --laxative m") == ["mild", "moderate"]
    assert completions("mgform list --fields id,lax")[0] == "id,laxative"
    assert completions("mgform notes --about ab") == ["absorption"]
    assert completions("mgform list --laxative f", MGFORM_DATA="tests/tables/frozen.yaml") == [
        "fierce"
    ]
    assert completions("mgform list --data tests/tables/frozen.yaml --laxative f") == ["fierce"]
    assert completions("mgform --data tests/tables/frozen.yaml show sa") == ["salt"]
    assert completions("mgform notes --kind ") == ["thread", "reference"]
    assert completions("mgform show x", MGFORM_DATA="nowhere.yaml") == []
    assert "compopt -o nospace" in process("--show-completion", "bash").stdout


def test_completion_that_goes_wrong_is_a_sentence() -> None:
    assert process("list", "-q", _MGFORM_COMPLETE="complete_bash").stdout.startswith("oxide")
    for instruction in ("nonsense", "complete_perl", "other_bash"):
        done = process(
            "list", "-q", _MGFORM_COMPLETE=instruction, COMP_WORDS="mgform", COMP_CWORD="0"
        )
        assert (done.stderr[:8], done.stderr.count("\n"), done.returncode) == ("mgform: ", 1, 1), (
            instruction
        )
    done = process(
        "list", "-q", _MGFORM_COMPLETE="complete_bash", COMP_WORDS="mgform sh", COMP_CWORD="99"
    )
    assert done.returncode in (0, 1)
    done = process("--install-completion", "bash", HOME="/dev/null")
    assert done.stderr.startswith("mgform: ")
    assert (done.stderr.count("\n"), done.returncode in (1, 2)) == (1, True)


@pytest.mark.parametrize("variables", [{}, {"COMP_CWORD": "x"}, {"COMP_CWORD": ""}])
def test_half_of_what_a_shell_says_is_no_mistake_of_mgforms(variables: dict[str, str]) -> None:
    done = process(
        "list", "-q", _MGFORM_COMPLETE="complete_bash", COMP_WORDS="mgform sh", **variables
    )
    assert (done.returncode in (0, 1), done.stderr.count("\n") <= 1) == (True, True)
