"""The pager: a command of the shell, through which nothing is lost."""

import signal
from pathlib import Path

import pytest

from mgform import pager

TEXT = "\x1b[1mAn answer\x1b[0m\n" * 3


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAGER", "LESS", "LV", "TERM"):
        monkeypatch.delenv(name, raising=False)


def test_a_pager_gets_the_answer_through_the_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", f"cat | cat > '{tmp_path}/shown'")
    assert pager.page(TEXT)
    assert (tmp_path / "shown").read_text("utf-8") == TEXT


def test_a_pager_that_reads_nothing_is_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAGER", "true")
    assert pager.page("a line\n" * 100_000)


@pytest.mark.parametrize(
    "command",
    [
        "false",
        "cat > /dev/null; exit 3",
        "nowhere-to-be-found",
        "less '",
        "kill -9 $$",
        "\0",
    ],
)
def test_a_pager_that_fails_has_shown_nothing(
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The shell may have complained; the answer is printed then."""
    if "\0" in command:
        monkeypatch.setattr(pager, "_command", lambda: command)
    else:
        monkeypatch.setenv("PAGER", command)
    assert not pager.page(TEXT)
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("command", ["", " ", "cat"])
def test_somebody_may_want_none(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", command)
    assert not pager.page(TEXT)


def test_a_terminal_that_cannot_move_its_cursor_gets_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAGER", "true")
    monkeypatch.setenv("TERM", "dumb")
    assert not pager.page(TEXT)


def test_without_less_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert not pager.page(TEXT)


@pytest.mark.parametrize(
    ("less", "told"),
    [(None, "-FRX"), ("", "-FRX"), ("-i", "-FRX -i"), ("j4 P?", "-FRX j4 P?")],
)
def test_less_shows_colors_whatever_else_it_is_told(
    less: str | None, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if less is not None:
        monkeypatch.setenv("LESS", less)
    monkeypatch.setenv("PAGER", f"echo \"$LESS $LV\" > '{tmp_path}/told'")
    assert pager.page(TEXT)
    assert (tmp_path / "told").read_text("utf-8") == f"{told} -c\n"


@pytest.mark.parametrize(
    "command", ["kill -INT $PPID $$; exec sleep 10", "exit 130"]
)
def test_an_interrupt_is_the_pagers(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends the pager, whose reader has seen enough; afterwards it is mgform's again."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    monkeypatch.setenv("PAGER", command)
    assert pager.page(TEXT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
