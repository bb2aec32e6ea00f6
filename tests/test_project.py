"""What stands around the program: the build, and the tests' own habits."""

import ast
import importlib.util
import json
import re
import subprocess
import sys
import types
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml

from tests import conftest
from tests.conftest import ROOT
from tests.test_examples import missing


class Hook:
    """What hatchling gives a hook: the checkout, and what is built."""

    def __class_getitem__(cls, _: Any) -> type:
        return cls

    def __init__(self, target_name: str) -> None:
        self.root, self.target_name = str(ROOT), target_name


def hook(target: str) -> Any:
    """The hook of the build, without hatchling, which the tests do not need otherwise."""
    name = "hatchling.builders.hooks.plugin.interface"
    stub = types.ModuleType(name)
    stub.__dict__["BuildHookInterface"] = Hook
    spec = importlib.util.spec_from_file_location(
        "hatch_build", ROOT / "hatch_build.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with mock.patch.dict(sys.modules, {name: stub}):
        spec.loader.exec_module(module)
    return module.TableAsJson(target)


def test_a_wheel_gets_the_table_as_json_and_the_build_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    text = (ROOT / "data" / "forms.yaml").read_text("utf-8")
    table = yaml.load(text, Loader=yaml.CSafeLoader)
    for target, version, number in (
        ("wheel", "standard", 2),
        ("wheel", "editable", 0),
        ("sdist", "standard", 0),
    ):
        build: dict[str, Any] = {"force_include": {}}
        made = hook(target)
        made.initialize(version, build)
        assert len(build["force_include"]) == number
        parts = {}
        for file, name in build["force_include"].items():
            parts[name] = json.loads(Path(file).read_text("utf-8"))
        if parts:
            forms = parts["mgform/data/forms.json"]
            labels = parts["mgform/data/labels.json"]
            assert forms | {"labels": labels} == table
            assert "labels" not in forms
        made.finalize(version, build, "")
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        ("--version", "rich yaml msgspec mgform.reader mgform.screen"),
        ("list --json", "rich mgform.label mgform.screen mgform.search"),
    ],
)
def test_a_call_imports_nothing_that_it_does_not_need(
    words: str, unneeded: str
) -> None:
    code = "import sys; from mgform.run import run; run(sys.argv[1:]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, *words.split()],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=conftest.environment(),
        check=True,
    )
    *_, imported = done.stdout.splitlines()
    assert set(unneeded.split()).isdisjoint(imported.split())


def test_old_pythons_read_the_hook_so_that_pip_can_say_what_it_needs() -> None:
    read = ast.parse(
        (ROOT / "hatch_build.py").read_text("utf-8"), feature_version=(3, 8)
    )
    assert "annotations" in {
        name.name
        for each in read.body
        if isinstance(each, ast.ImportFrom)
        for name in each.names
    }
    evaluated = [
        base
        for each in read.body
        if isinstance(each, ast.ClassDef)
        for base in each.bases
    ]
    assert [ast.unparse(base) for base in evaluated] == [
        "BuildHookInterface[Any]"
    ]


def test_what_is_not_run_is_said_in_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.test_examples.TOOLS", "/nowhere")
    lacking = missing("duckdb x && mgform list --json | jq . && sqlite3 jq")
    monkeypatch.setattr(conftest, "LEFT_OUT", {*lacking})
    reporter = mock.Mock()
    conftest.pytest_terminal_summary(reporter)
    assert [call.args for call in reporter.write_line.call_args_list] == [
        (
            "not run, for want of duckdb, jq, sqlite3: examples in the documentation",
        )
    ]


def test_no_test_looks_at_a_clock() -> None:
    """A slow or busy machine is no fault; what costs too much is counted in steps."""
    clocks = re.compile(
        r"process_tim[e]|perf_counte[r]|monotoni[c]|RLIMIT_CP[U]|ulimit -[t]"
    )
    timed = [
        path.name
        for path in Path(__file__).parent.glob("*.py")
        if path != Path(__file__) and clocks.search(path.read_text("utf-8"))
    ]
    assert timed == []
