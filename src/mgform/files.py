"""Getting the bytes of a table: bounded, and never waiting for what does not come."""

import contextlib
import io
import os
import stat
import sys
from pathlib import Path

from mgform.errors import DataError
from mgform.hints import quoted

MAX_BYTES = 32 * 1024 * 1024
STDIN = "-"


def bundled() -> Path:
    """The table that comes with mgform: inside the package, or at the root of a checkout.

    The wheel holds it as YAML, for people, and once more as the JSON that was made from that when the
    wheel was built, because JSON is read ten times as fast.
    """
    # importlib.resources would find it too, at a twentieth of a call's time.
    package = Path(__file__).parent
    places = (package / "data" / "forms.json", package / "data" / "forms.yaml")
    return next((place for place in places if place.exists()), package.parents[1] / "data" / "forms.yaml")


def read(path: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``; at most `MAX_BYTES`.

    Raises:
        DataError: the file is missing, not readable, no file, or too large.

    """
    try:
        data = _standard_input() if path == STDIN else _file(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"cannot read {label(path)}: {reason}") from None
    if len(data) > MAX_BYTES:
        raise DataError(
            f"cannot read {label(path)}: it is larger than {MAX_BYTES // 1024**2} MiB, the most that a table may be"
        )
    return data


def label(path: str) -> str:
    """A file's name as it is shown: as typed, unless something in it acts on a terminal."""
    if path == STDIN:
        return "standard input"
    return path if path and path.isprintable() else quoted(path)


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise OSError("there is no standard input")
    with contextlib.suppress(io.UnsupportedOperation):
        _wait_for_data(sys.stdin.fileno())
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _wait_for_data(descriptor: int) -> None:
    if hasattr(os, "set_blocking"):
        os.set_blocking(descriptor, True)


def _file(path: str) -> bytes:
    # Without O_NONBLOCK, opening a FIFO that nobody writes to waits for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
            raise OSError("it is a device, not a file")
        _wait_for_data(descriptor)
        return file.read(MAX_BYTES + 1)
