"""Breaks the code in one place at a time and counts how many of the breaks the tests notice.

Run by hand: ``python -m tests.mutants [--rooms names,forms] [--sample 100] [--seed 1]``. A mutant is one changed
comparison, operator, constant or condition, or one dropped statement. What gets through is printed with its line.
"""

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ROOMS = ("names", "forms", "comparison", "dose", "label", "products", "draw", "check")
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
PRELUDE = """
import sys, importlib.abc, importlib.util
class Broken(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            return importlib.util.spec_from_file_location(name, {path!r})
sys.meta_path.insert(0, Broken())
"""


def mutants(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Every way to break a module in one place: its line, what was done, and the broken module."""
    for number, node in enumerate(ast.walk(tree)):
        for what, change in changes(node):
            broken = copy.deepcopy(tree)
            change(next(each for at, each in enumerate(ast.walk(broken)) if at == number))
            yield getattr(node, "lineno", 0), what, ast.fix_missing_locations(broken)


def changes(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in FLIPS:
        yield "comparison flipped", lambda n: n.ops.__setitem__(0, FLIPS[type(n.ops[0])]())
    if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in FLIPS:
        yield "operator changed", lambda n: setattr(n, "op", FLIPS[type(n.op)]())
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield "number raised by one", lambda n: setattr(n, "value", n.value + 1)
    if isinstance(node, ast.If | ast.IfExp):
        yield "condition negated", lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))
    body = getattr(node, "body", None)
    if isinstance(node, ast.FunctionDef | ast.If | ast.For) and isinstance(body, list):
        for at, statement in enumerate(body):
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                continue
            if isinstance(
                statement,
                ast.Assign | ast.AugAssign | ast.Expr | ast.If | ast.For | ast.Raise | ast.Return,
            ):
                yield "statement dropped", partial(drop, at)


def drop(at: int, node: Any) -> None:
    node.body[at] = ast.Pass()


def noticed(room: str, broken: ast.Module) -> bool:
    """Whether the tests fail, or hang, with a broken module in the place of a sound one."""
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / f"{room}.py").write_text(ast.unparse(broken), "utf-8")
        prelude = PRELUDE.format(name=f"mgform.{room}", path=str(folder / f"{room}.py"))
        (folder / "sitecustomize.py").write_text(prelude, "utf-8")
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-x",
                "-q",
                "-p",
                "no:cacheprovider",
                "-p",
                "no:randomly",
            ],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        shutil.rmtree(folder)
    return done.returncode != 0


def main() -> None:
    """Break the rooms, and print what got through."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rooms", default=",".join(ROOMS))
    options.add_argument("--sample", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    every = [
        (room, *mutant)
        for room in chosen.rooms.split(",")
        for mutant in mutants(
            ast.parse((ROOT / "src" / "mgform" / f"{room}.py").read_text("utf-8"))
        )
    ]
    some = random.Random(chosen.seed).sample(every, min(chosen.sample, len(every)))  # noqa: S311
    if noticed("names", ast.parse((ROOT / "src" / "mgform" / "names.py").read_text("utf-8"))):
        sys.exit("the tests fail before anything is broken")
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        fates = list(workers.map(lambda each: noticed(each[0], each[3]), some))
    for (room, line, what, _), dead in sorted(
        zip(some, fates, strict=True), key=lambda each: each[0][:2]
    ):
        if not dead:
            sys.stdout.write(f"src/mgform/{room}.py:{line}: {what}\n")
    sys.stdout.write(f"{sum(fates)} of {len(some)} noticed ({len(every)} are possible)\n")


if __name__ == "__main__":
    main()
