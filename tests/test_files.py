"""Getting the bytes of a table: what cannot be read is told in one sentence, and nothing waits for ever."""

import contextlib
import errno
import io
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mgform import files
from mgform.errors import DataError

TOO_LARGE = "it is larger than 32 MiB, the most that a table may be"
AT_MOST_SECONDS = 10.0


def read(path: str) -> bytes | str:
    """The bytes of a file, or the sentence that says why not; a test that would wait for ever fails."""
    outcomes: list[bytes | str | Exception] = []

    def ask() -> None:
        try:
            outcomes.append(files.read(path))
        except DataError as error:
            outcomes.append(str(error))
        except Exception as error:  # noqa: BLE001  # the test raises it
            outcomes.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(AT_MOST_SECONDS)
    assert outcomes, "reading does not end"
    if isinstance(outcomes[0], Exception):
        raise outcomes[0]
    return outcomes[0]


@pytest.fixture
def fifo(tmp_path: Path) -> str:
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs named pipes")
    path = str(tmp_path / "fifo")
    os.mkfifo(path)
    return path


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """What is written to this descriptor is what standard input reads."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield writing


def write_slowly(descriptor: int, *pieces: bytes) -> None:
    """Write to a pipe and close it, while the test goes on; a reader that goes away is no error."""

    def write() -> None:
        with contextlib.suppress(BrokenPipeError), os.fdopen(descriptor, "wb", buffering=0) as file:
            for piece in pieces:
                time.sleep(0.1)
                file.write(piece)

    threading.Thread(target=write, daemon=True).start()


def test_the_table_that_comes_with_mgform_is_a_file() -> None:
    assert files.bundled().name == "forms.yaml"
    assert files.read(str(files.bundled())).startswith(b"# yaml-language-server")


@pytest.mark.parametrize("data", [b"", b"title: Zinc\n", b"\0\xff\r\n"], ids=["nothing", "text", "any-bytes"])
def test_a_file_is_read_as_it_is(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "table.yaml"
    file.write_bytes(data)
    assert read(str(file)) == data


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "table.yaml").write_bytes(b"a: b\n")
    (tmp_path / "link").symlink_to("table.yaml")
    assert read(str(tmp_path / "link")) == b"a: b\n"


# What is no file


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    path = str(tmp_path / "none.yaml")
    assert read(path) == f"cannot read {path}: No such file or directory"


def test_an_empty_name_is_told_in_quotes() -> None:
    assert read("") == "cannot read '': No such file or directory"


def test_a_directory_is_told(tmp_path: Path) -> None:
    assert read(str(tmp_path)) == f"cannot read {tmp_path}: Is a directory"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    file = tmp_path / "table.yaml"
    file.write_bytes(b"a: b\n")
    file.chmod(0)
    assert read(str(file)) == f"cannot read {file}: Permission denied"


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.EMFILE], ids=errno.errorcode.get)
def test_what_the_system_says_is_told(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number), "table.yaml")

    monkeypatch.setattr(os, "open", refuse)
    assert read("table.yaml") == f"cannot read table.yaml: {os.strerror(number)}"


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    path = tmp_path / "circle"
    path.symlink_to("circle")
    assert read(str(path)) == f"cannot read {path}: {os.strerror(errno.ELOOP)}"


def test_a_name_that_is_too_long_is_told() -> None:
    assert read("x" * 5000) == f"cannot read {'x' * 5000}: {os.strerror(errno.ENAMETOOLONG)}"


def test_a_name_with_a_nul_is_told_in_quotes() -> None:
    assert read("a\0b.yaml") == "cannot read 'a\\x00b.yaml': embedded null byte"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs sockets that are files")
def test_a_socket_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket")
        assert read("socket") == f"cannot read socket: {os.strerror(errno.ENXIO)}"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/urandom"])
def test_a_device_is_told(device: str) -> None:
    if not Path(device).exists():
        pytest.skip(f"there is no {device}")
    assert read(device) == f"cannot read {device}: it is a device, not a file"


# Pipes


def test_a_pipe_that_nobody_writes_to_is_empty(fifo: str) -> None:
    assert read(fifo) == b""


def test_a_pipe_is_read_to_its_end_however_slowly_it_is_written(fifo: str) -> None:
    write_slowly(os.open(fifo, os.O_RDWR), b"title: ", b"Zinc\n")  # O_WRONLY would wait for a reader
    assert read(fifo) == b"title: Zinc\n"


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs /dev/fd")
def test_what_a_shell_substitutes_for_a_process_is_read() -> None:
    reading, writing = os.pipe()
    write_slowly(writing, b"title: ", b"Zinc\n")
    assert read(f"/dev/fd/{reading}") == b"title: Zinc\n"
    os.close(reading)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs /dev/fd")
def test_a_pipe_with_too_much_in_it_is_told() -> None:
    reading, writing = os.pipe()
    write_slowly(writing, bytes(64 * 1024 * 1024))
    assert read(f"/dev/fd/{reading}") == f"cannot read /dev/fd/{reading}: {TOO_LARGE}"
    os.close(reading)


# Size


def test_a_file_of_32_mib_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.touch()
    os.truncate(file, 32 * 1024 * 1024)
    assert len(read(str(file))) == 32 * 1024 * 1024


def test_a_file_of_a_byte_more_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.touch()
    os.truncate(file, 32 * 1024 * 1024 + 1)
    assert read(str(file)) == f"cannot read {file}: {TOO_LARGE}"


def test_of_a_file_that_is_far_too_large_no_more_is_read_than_tells_so(tmp_path: Path) -> None:
    file = tmp_path / "huge.yaml"
    file.touch()
    os.truncate(file, 2**40)
    assert read(str(file)) == f"cannot read {file}: {TOO_LARGE}"


# Standard input


def test_standard_input_is_read(pipe: int) -> None:
    write_slowly(pipe, b"title: ", b"Zinc\n")
    assert read("-") == b"title: Zinc\n"


def test_standard_input_that_does_not_wait_is_read_all_the_same(pipe: int) -> None:
    os.set_blocking(sys.stdin.fileno(), False)
    write_slowly(pipe, b"title: ", b"Zinc\n")
    assert read("-") == b"title: Zinc\n"


def test_standard_input_that_is_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(bytes(32 * 1024 * 1024 + 1))))
    assert read("-") == f"cannot read standard input: {TOO_LARGE}"


def test_no_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert read("-") == "cannot read standard input: there is no standard input"


def test_standard_input_that_breaks_off_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "closed").open("w", encoding="utf-8") as only_written:
        monkeypatch.setattr(sys, "stdin", only_written)
        assert isinstance(read("-"), str)


def test_a_file_that_is_called_as_standard_input_is_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_bytes(b"a: b\n")
    assert read("./-") == b"a: b\n"


# Names in sentences


@pytest.mark.parametrize(
    ("path", "label"),
    [
        pytest.param("-", "standard input", id="standard-input"),
        pytest.param("my table.yaml", "my table.yaml", id="space"),
        pytest.param("/ünï/酸化.yaml", "/ünï/酸化.yaml", id="letters"),
        pytest.param("a\nb.yaml", "'a\\nb.yaml'", id="line-break"),
        pytest.param("\x1b[31m.yaml", "'\\x1b[31m.yaml'", id="escape-sequence"),
        pytest.param("a\u202eb", "'a\\u202eb'", id="right-to-left-override"),
        pytest.param("a\udcffb", "'a\\udcffb'", id="bytes-that-are-no-utf-8"),
    ],
)
def test_a_name_is_shown_as_typed_unless_something_in_it_acts_on_a_terminal(path: str, label: str) -> None:
    assert files.label(path) == label
