"""The user's pager, for what is taller than the terminal."""

import os
import shutil
import signal
import subprocess
from types import FrameType

_LESS = "-FRX"
_SHELL_INTERRUPTED = 130


def page(text: str) -> bool:
    """Show a text in the pager; False where there is none, or it failed, and nothing is shown.

    PAGER is a command of the shell, as it is for git. An interrupt is the pager's as long as it
    runs; a pager that ends by one has shown what somebody wanted to see.
    """
    command = _command()
    if command in ("", "cat") or os.environ.get("TERM") == "dumb":
        return False
    # Not SIG_IGN, which the pager would inherit.
    before = signal.signal(signal.SIGINT, _do_nothing)
    try:
        pager = subprocess.run(  # noqa: S602 - PAGER is a command of the user's own shell
            command,
            shell=True,
            input=text.encode(errors="replace"),
            env=_environment(),
            check=False,
        )
    except (OSError, ValueError):
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return pager.returncode in (0, -signal.SIGINT, _SHELL_INTERRUPTED)


def _command() -> str:
    """The pager: PAGER, else ``less`` where there is one; no words where there is none."""
    default = "less" if shutil.which("less") else ""
    return os.environ.get("PAGER", default).strip()


def _do_nothing(_signal: int, _frame: FrameType | None) -> None:
    """Let an interrupt pass."""


def _environment() -> dict[str, str]:
    """The environment with what makes ``less`` and ``lv`` show colors.

    What somebody has set in LESS comes behind, and counts more. Without ``-R``, which is easily
    missing there, ``less`` shows a color as ``ESC[1m``.
    """
    options = f"{_LESS} {os.environ.get('LESS', '')}".strip()
    return {"LV": "-c", **os.environ, "LESS": options}
