"""Each phrase, attachment, oddity and rule of the label reader decides the line beside it."""

import pytest

import mgform
from mgform.label.lines import parsed
from mgform.label.rules import RULES, Rule
from mgform.label.tokens import Tokenizer
from mgform.label.words import Words, folded
from tests.conftest import ROOT
from tests.left_out import Row, labels, rows
from tests.test_label import READER

TOKENIZER = Tokenizer(Words(mgform.load()))
ROWS = [row for row in rows() if not row.name.startswith("rule ")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_line_is_read_otherwise_without_what_it_is_an_example_of(
    row: Row,
) -> None:
    tokens = TOKENIZER.tokens(folded(row.example))
    kinds = "".join(token.kind for token in tokens)
    right = parsed(kinds)
    with row.left_out:
        assert parsed(kinds) != right


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_decides_its_example(rule: Rule) -> None:
    assert READER.read(rule.example).rule == rule.name


def test_the_examples_stand_among_the_lines_that_are_judged() -> None:
    examples = {row.example for row in rows()}
    assert examples - {*labels()} == set()


def test_the_names_of_all_rules_are_documented() -> None:
    text = (ROOT / "docs" / "json.md").read_text("utf-8")
    names = [*(rule.name for rule in RULES), "unnamed", "long"]
    assert [name for name in names if f"`{name}`" not in text] == []
