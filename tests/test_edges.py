"""The edges of a call, as processes: streams that are missing or full, interrupts, pagers, completion."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mgform import cli
from tests.conftest import ROOT, call, environment, process

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
    assert (done.returncode, done.stderr) == (1, "mgform: cannot write the output: No space left on device\n")


def test_missing_streams_are_told_or_make_no_difference() -> None:
    done = shell("mgform list >&-")
    assert (done.returncode, done.stderr) == (1, "mgform: there is no standard output to print to\n")
    assert shell("mgform show citrat 2>&-").returncode == 2
    assert "there is no standard input" in shell("mgform list --data - <&-").stderr
    assert shell("mgform label - <&-").stdout == ""


def test_an_interrupt_is_silent() -> None:
    """From the first import on; what Python does before that is Python's."""
    begin = "import mgform.__main__ as m, sys; sys.stdout.write('x\\n'); sys.stdout.flush()"
    code = f"{begin}; sys.argv[1:] = ['list']; m.main()"
    for wait in (0, 0.01, 0.02, 0.03, 0.04):
        with subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
        ) as program:
            assert program.stdout is not None
            program.stdout.readline()
            time.sleep(wait)
            program.send_signal(signal.SIGINT)
            _, told = program.communicate()
        assert (told, program.returncode in (130, 0)) == (b"", True)


def test_too_little_memory_and_a_mistake_are_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(error: type[BaseException]) -> None:
        def raising(_: list[str]) -> int:
            raise error

        monkeypatch.setattr(cli, "_run", raising)

    fail(MemoryError)
    assert call("list") == ("", "mgform: there is not enough memory for this table or this answer\n", 1)
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
        variables = environment(TERM="xterm", COLUMNS="80", LINES="24", **env)
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
    for way in ({"PAGER": ""}, {"PAGER": "cat"}, {"PAGER": "nowhere-to-be-found"}):
        assert "statements match" in on_a_terminal("notes", **way)
    assert "statements match" in on_a_terminal("notes --no-pager", PAGER="wc -l")
    assert on_a_terminal("list --json", PAGER="wc -l").startswith("[")


def test_color_is_for_terminals_that_want_it() -> None:
    assert "\x1b[" in on_a_terminal("list", PAGER="")
    assert "\x1b" not in on_a_terminal("list --no-color") + on_a_terminal("list", NO_COLOR="1")
    assert "\x1b" not in process("list").stdout


def completions(line: str, **env: str) -> list[str]:
    """What bash is offered behind a line."""
    words = [*line.split(" ")]
    asked = {"_MGFORM_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
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
    assert completions("mgform list --laxative f", MGFORM_DATA="tests/tables/frozen.yaml") == ["fierce"]
    assert completions("mgform show x", MGFORM_DATA="nowhere.yaml") == []
    assert "compopt -o nospace" in process("--show-completion", "bash").stdout


def test_completion_that_goes_wrong_is_a_sentence() -> None:
    assert process("list", "-q", _MGFORM_COMPLETE="complete_bash").stdout.startswith("oxide")
    for instruction in ("nonsense", "complete_perl", "other_bash"):
        done = process("list", "-q", _MGFORM_COMPLETE=instruction, COMP_WORDS="mgform", COMP_CWORD="0")
        assert (done.stderr[:8], done.stderr.count("\n"), done.returncode) == ("mgform: ", 1, 1), instruction
    done = process("--install-completion", "bash", HOME="/dev/null")
    assert done.stderr.startswith("mgform: ")
    assert (done.stderr.count("\n"), done.returncode in (1, 2)) == (1, True)
