"""What Python programs can rely on."""

import doctest
import subprocess
import sys

import pytest

import mgform
from tests.conftest import ROOT, environment


def test_the_examples_in_the_documentation_do_what_they_show() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert tried > 10
    assert failed == 0


@pytest.mark.parametrize("name", mgform.__all__)
def test_a_name_of_the_interface_is_there_and_says_what_it_is(name: str) -> None:
    found = getattr(mgform, name)
    assert name == "__version__" or found.__doc__
    assert name in dir(mgform)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'mgform' has no attribute 'guess'"):
        _ = mgform.guess


def test_the_interface_is_documented() -> None:
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    missing = [name for name in mgform.__all__ if name not in page]
    assert missing == ["__version__"]


def test_importing_it_reads_no_table_and_no_library() -> None:
    code = "import sys, mgform; print(*sorted({'yaml', 'msgspec', 'typer', 'rich', 'mgform.model'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=environment(), check=True, timeout=60
    )
    assert done.stdout == "\n"


def test_it_is_typed() -> None:
    assert (ROOT / "src" / "mgform" / "py.typed").exists()
