"""The help of a call about another table speaks of that table."""

import re

import pytest

from mgform.helping import about
from mgform.reader import load
from mgform.run import commands
from mgform.table import Table
from tests.conftest import ROOT, call

IRON = str(ROOT / "tests" / "tables" / "iron.yaml")
SMALLEST = str(ROOT / "tests" / "tables" / "smallest.yaml")
OF_MAGNESIUM = re.compile(
    r"magnes|citrate|malate|oxide|chelate|glycinate|absorption|mild\b|laxative effect",
    re.IGNORECASE,
)
HELPS = [[], *([name] for name in commands().commands)]


@pytest.mark.parametrize("words", HELPS)
def test_no_help_speaks_of_magnesium_where_the_table_does_not(
    words: list[str],
) -> None:
    own = call(*words, "--help", COLUMNS="80")
    done = call(*words, "--help", COLUMNS="80", MGFORM_DATA=IRON)
    assert (done.stderr, done.status) == ("", 0)
    assert OF_MAGNESIUM.findall(done.stdout) == []
    assert done.stdout.count("\n") == own.stdout.count("\n")
    assert max(map(len, done.stdout.splitlines())) <= 82


def test_examples_are_of_the_table() -> None:
    asked = ["compare", "--help", "--data", IRON]
    assert call(*asked, COLUMNS="80").stdout == (
        """\
Usage: mgform compare [OPTIONS] {FORM...}

  Compare forms: which is milder, and who says so.

  mgform compare sulfate fumarate
  mgform compare carbonyl sulfate pyrophosphate --full

Arguments:
  FORM...  Forms, by any name.  [required]

Options:
  --full           Add every note, study and source.
  --data FILE      Use this table (or MGFORM_DATA).
  --format FORMAT  table, json, csv, tsv, markdown, html.
  --json           Short for --format json.
  -q, --quiet      Print ids only, one a line.
  -h, --help       Show this message and exit.
"""
    )


def test_the_table_is_named_before_the_command_or_behind_it() -> None:
    first = call("--data", IRON, "dose", "--help").stdout
    assert first == call("dose", f"--data={IRON}", "--help").stdout
    assert "Work out how much iron is in an amount of a form." in first


def test_a_table_that_cannot_be_read_leaves_the_help_as_it_is() -> None:
    done = call("list", "--help", "--data", "nowhere.yaml")
    assert done == call("list", "--help")


def test_a_table_of_one_form_without_scales_has_examples() -> None:
    table = load(SMALLEST)
    two_examples = "dose citrate=1000\ncompare citrate malate\n"
    assert about(table, two_examples) == "dose salt=1000\n"
    filtered = '.laxative == "mild"'
    assert about(table, filtered) == filtered


def test_the_own_table_leaves_the_help_as_it_is(table: Table) -> None:
    own = call("products", "--help", COLUMNS="80").stdout
    assert "100 mg of magnesium" in own
    assert "100 mg of magnesium" in about(table, own)
