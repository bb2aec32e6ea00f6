"""Breaks the code in one place at a time and counts how many of the breaks the tests notice.

Run by hand: ``python -m tests.mutants [--rooms names,label.rules] [--sample 100] [--seed 1]``. A
mutant is one changed comparison, operator, constant or condition, or one dropped statement. What
gets through is printed with its line, and so is what makes the tests run on and on: that is not
noticed, it is stopped here. PYTEST_ADDOPTS can leave tests out: ``--ignore tests/test_label.py``.
"""

import argparse
import ast
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "mgform"
LONGEST = 600
"""Seconds in which the tests, several times over, come to an end."""
STOPPED = ("TimeoutExpired", "never ended")
"""What tests say where they have stopped a process."""
FLIPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
BLOCKS = ast.FunctionDef | ast.If | ast.For | ast.While | ast.With
DROPPED = (
    ast.Assign
    | ast.AugAssign
    | ast.Expr
    | ast.If
    | ast.For
    | ast.Raise
    | ast.Return
    | ast.Continue
    | ast.Break
)
TESTS = "-m pytest -x -q -p no:cacheprovider -p no:randomly".split()
PRELUDE = """
import sys, importlib.abc, importlib.util
class Broken(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            return importlib.util.spec_from_file_location(name, {path!r})
sys.meta_path.insert(0, Broken())
"""

Fate = StrEnum("Fate", "NOTICED MISSED STOPPED")
"""What became of a mutant: tests failed, none did, or they did not come to an end."""


class Mutant(NamedTuple):
    """A room that is broken in one place: where, what is done, and to which node of its tree."""

    room: str
    line: int
    what: str
    node: int
    change: Callable[[Any], None]

    def code(self) -> str:
        """The code of the broken room."""
        tree = parsed(rooms()[self.room])
        self.change([*ast.walk(tree)][self.node])
        return ast.unparse(ast.fix_missing_locations(tree))


SOUND = Mutant("names", 0, "nothing", 0, lambda _: None)


def rooms() -> dict[str, Path]:
    """The rooms of the house by their names, as in "names" or "label.rules"."""
    by_name = {}
    for path in sorted(HOUSE.rglob("*.py")):
        if not path.name.startswith("__"):
            place = path.relative_to(HOUSE).with_suffix("")
            by_name[".".join(place.parts)] = path
    return by_name


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def mutants(room: str) -> Iterator[Mutant]:
    """Every way to break a room in one place."""
    for number, node in enumerate(ast.walk(parsed(rooms()[room]))):
        line = getattr(node, "lineno", 0)
        for what, change in changes(node):
            yield Mutant(room, line, what, number, change)


def changes(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
    """What can be done to a node."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in FLIPS:
        yield "comparison flipped", flip_comparison
    if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in FLIPS:
        yield "operator changed", flip_operator
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield "number raised by one", raise_number
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition negated", negate
    if isinstance(node, BLOCKS):
        for place, statement in enumerate(node.body):
            if isinstance(statement, DROPPED) and not is_text(statement):
                yield "statement dropped", partial(drop, place)


def flip_comparison(node: ast.Compare) -> None:
    flipped: Any = FLIPS[type(node.ops[0])]()
    node.ops[0] = flipped


def flip_operator(node: Any) -> None:
    node.op = FLIPS[type(node.op)]()


def raise_number(node: Any) -> None:
    node.value += 1


def negate(node: Any) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def drop(place: int, node: Any) -> None:
    node.body[place] = ast.Pass()


def is_text(statement: ast.stmt) -> bool:
    """Whether a statement is a docstring."""
    return isinstance(statement, ast.Expr) and isinstance(
        statement.value, ast.Constant
    )


def fate(mutant: Mutant) -> Fate:
    """What the tests say of a broken room in the place of the sound one."""
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "broken.py"
        broken.write_text(mutant.code(), "utf-8")
        prelude = PRELUDE.format(name=f"mgform.{mutant.room}", path=str(broken))
        (Path(folder) / "sitecustomize.py").write_text(prelude, "utf-8")
        try:
            done = subprocess.run(
                [sys.executable, *TESTS],
                cwd=ROOT,
                env=os.environ
                | {"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Fate.STOPPED
    if not done.returncode:
        return Fate.MISSED
    # A test may have stopped a process of its own.
    was_stopped = any(sign in done.stdout for sign in STOPPED)
    return Fate.STOPPED if was_stopped else Fate.NOTICED


def chosen(
    names: list[str], number: int, seed: int
) -> tuple[list[Mutant], int]:
    """Some of the mutants of some rooms, in the order of the code, and how many there are."""
    possible: list[Mutant] = []
    for name in names:
        possible += mutants(name)
    sample = random.Random(seed).sample(possible, min(number, len(possible)))  # noqa: S311
    sample.sort(key=lambda mutant: mutant[:2])
    return sample, len(possible)


def main() -> None:
    """Break the rooms, and print what got through."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rooms", default=",".join(rooms()))
    options.add_argument("--sample", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    sample, possible = chosen(asked.rooms.split(","), asked.sample, asked.seed)
    if fate(SOUND) is not Fate.MISSED:
        sys.exit("the tests fail before anything is broken")
    fates = []
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for mutant, end in zip(sample, workers.map(fate, sample), strict=True):
            fates.append(end)
            if end is not Fate.NOTICED:
                place = rooms()[mutant.room].relative_to(ROOT)
                told = f"{place}:{mutant.line}: {mutant.what}: {end}\n"
                sys.stdout.write(told)
                sys.stdout.flush()
    number = Counter(fates)
    sys.stdout.write(
        f"{number[Fate.NOTICED]} of {len(sample)} noticed, {number[Fate.MISSED]} missed, "
        f"{number[Fate.STOPPED]} stopped ({possible} are possible)\n"
    )


if __name__ == "__main__":
    main()
