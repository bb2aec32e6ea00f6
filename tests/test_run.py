"""The edges of a call: closed pipes, full disks, missing streams, locales, colours, what is imported."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run, environment

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


def test_a_reader_that_is_gone_before_the_first_line_is_no_error() -> None:
    done = shell("mgform notes | true; echo ${PIPESTATUS[0]}")
    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.parametrize("call", ["list", "list --json", "-h", "--version", "schema"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_error(call: str) -> None:
    done = shell(f"mgform {call} > /dev/full")
    assert (done.returncode, done.stderr) == (1, "mgform: cannot write the output: No space left on device\n")


def test_no_standard_output_is_an_error() -> None:
    done = shell("mgform list >&-")
    assert (done.returncode, done.stderr) == (1, "mgform: there is no standard output to print to\n")


def test_no_standard_error_changes_no_status() -> None:
    assert shell("mgform show citrat 2>&-").returncode == 2


def test_no_standard_input_is_an_error_where_it_is_asked_for() -> None:
    done = shell("mgform list --data - <&-")
    assert (done.returncode, done.stderr) == (1, "mgform: cannot read standard input: there is no standard input\n")


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}])
def test_a_plain_locale_changes_nothing(locale: dict[str, str], run: Run) -> None:
    assert run("list", **locale).stdout == run("list").stdout


def test_an_ascii_terminal_gets_ascii(run: Run) -> None:
    done = run("list", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "------" in done.stdout


def test_json_is_utf8_whatever_the_terminal_takes(tmp_path: Path, run: Run) -> None:
    text = (ROOT / "tests/tables/frozen.yaml").read_text("utf-8").replace("Runs through", "L\u00e4uft durch")
    table = tmp_path / "table.yaml"
    table.write_text(text, encoding="utf-8")
    assert "L\u00e4uft durch" in run("notes", "--json", "--data", str(table), PYTHONIOENCODING="ascii").stdout
    assert "L?uft durch" in run("notes", "--data", str(table), PYTHONIOENCODING="ascii").stdout


def on_terminal(*args: str, **env: str) -> str:
    """What a terminal of 80 columns is sent."""
    main, side = pty.openpty()
    env = environment(COLUMNS="80", TERM="xterm-256color") | env
    with subprocess.Popen([sys.executable, "-m", "mgform", *args], stdout=side, env=env, cwd=ROOT) as process:
        os.close(side)
        sent = b""
        while True:
            try:
                block = os.read(main, 65536)
            except OSError:
                break
            if not block:
                break
            sent += block
        assert process.wait() == 0
    os.close(main)
    return sent.decode()


def test_a_terminal_gets_colour() -> None:
    assert "\x1b[1;31mstrong\x1b[0m" in on_terminal("list")


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_none_gets_no_colour(env: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal("list", **env)


@pytest.mark.parametrize("args", [["--no-color", "list"], ["list", "--no-color"]])
def test_no_color_is_understood_before_the_command_and_behind_it(args: list[str]) -> None:
    assert "\x1b" not in on_terminal(*args)


def test_an_empty_no_color_is_none() -> None:
    assert "\x1b" in on_terminal("list", NO_COLOR="")


def test_a_pipe_gets_no_colour(run: Run) -> None:
    assert "\x1b" not in run("list", TERM="xterm-256color").stdout


def test_a_name_cannot_act_on_the_terminal(run: Run) -> None:
    done = run("show", "\x1b]0;owned\x07\u202e")
    assert done.returncode == 2
    assert done.stderr.startswith("mgform: no form is called '\\x1b]0;owned\\x07\\u202e'")
    assert done.stderr.rstrip("\n").isprintable()


def test_a_name_of_any_length_gives_one_short_line(run: Run) -> None:
    done = run("show", "x" * 100_000)
    assert done.returncode == 2
    assert len(done.stderr) < 300


@pytest.mark.parametrize("columns", ["0", "-5", "x", "99999999999999999999"])
def test_an_absurd_width_is_no_error(columns: str, run: Run) -> None:
    done = run("list", COLUMNS=columns)
    assert (done.returncode, done.stderr) == (0, "")


HEAVY = {"rich", "pygments", "markdown_it", "pydantic", "asyncio", "importlib.metadata", "jsonschema", "hypothesis"}


def imported(*args: str) -> set[str]:
    """The modules that a call has imported when it ends."""
    code = (
        "import sys, io, contextlib\n"
        "from mgform.run import run\n"
        "real, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO())\n"
        f"assert run({list(args)!r}) == 0\n"
        "print(*sys.modules, sep='\\n', file=real)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "call", ["list --json", "list --format csv", "list -q", "show citrate --json", "-h", "--version"]
)
def test_a_call_without_a_table_imports_nothing_heavy(call: str) -> None:
    modules = imported(*call.split())
    assert modules & HEAVY == set()
    assert not {"mgform.render.table", "mgform.structure", "mgform.validation", "mgform.schema"} & modules


def test_rich_is_imported_where_a_table_is_drawn() -> None:
    assert "rich" in imported("list")


def test_the_module_runs_as_the_program_does(run: Run) -> None:
    assert run("--version").stdout == "mgform 0.2.0\n"


def test_a_mistake_of_its_own_is_one_harmless_line() -> None:
    code = (
        "import sys, mgform.run\n"
        "def broken(args):\n    raise RuntimeError('a\\nb \\x1b[31m')\n"
        "mgform.run.run = broken\n"
        "sys.exit(mgform.run.status_of([]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), check=False, timeout=60)
    assert (done.returncode, done.stdout) == (70, b"")
    assert done.stderr == (
        b"mgform: a mistake in mgform itself, RuntimeError: a b  [31m. Please report it with this call\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=environment(MGFORM_TRACEBACK="1"),
        check=False,
        timeout=60,
    )
    assert b"Traceback" in shown.stderr
