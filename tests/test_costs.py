"""What a small input costs: 64 KB take neither more than a second nor more than 100 MB.

Each call is a process that is stopped behind a second of processor time, and gets no more memory.
"""

import json
import random
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, environment

MOST_BYTES = 64 * 1024
LETTERS = "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"
SAID = {"text": "t", "source": "talk", "basis": "stated"}
NOTE = SAID | {"about": "laxative"}


def status(*words: str, stdin: str = "", megabytes: int = 100) -> int:
    """The status of a call, negative where it took too long, and 99 where it took too much memory."""
    limited = f"ulimit -t 1 -v {megabytes * 1024}; exec {shlex.join([sys.executable, '-m', 'mgform', *words])}"
    program = subprocess.run(
        ["bash", "-c", limited],
        input=stdin.encode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(LC_ALL="C.UTF-8"),
        cwd=ROOT,
        check=False,
    )
    return 99 if b"not enough memory" in program.stderr else program.returncode


def table(**parts: Any) -> str:
    """A small table with something in it that there is a lot of."""
    plain = {
        "title": "T",
        "nutrient": "n",
        "notice": "x",
        "scales": {"laxative": {"title": "L", "levels": ["mild", "strong"]}},
        "sources": [{"id": "talk", "kind": "thread", "citation": "c"}],
        "notes": [SAID | {"about": "cost"}],
        "forms": forms(1),
    }
    return json.dumps(plain | parts, separators=(",", ":"))


def forms(number: int, **more: Any) -> list[dict[str, Any]]:
    return [{"id": f"f{n}", "name": f"F{n}", **more} for n in range(number)]


def disputes(number: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {"id": f"d{n}", "question": "q", "positions": [SAID, SAID], **more} for n in range(number)
    ]


def shuffled(number: int) -> list[str]:
    """Words of the same letters: none is the slip of another, and none is quickly seen to be none."""
    chance = random.Random(1)  # noqa: S311
    return ["".join(chance.sample(LETTERS, len(LETTERS))) for _ in range(number)]


def many_slips() -> str:
    known, typed = shuffled(1000)[:250], shuffled(1000)[250:]
    return table(
        forms=[{"id": name, "name": name} for name in known], disputes=disputes(1, forms=typed)
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            table(forms=forms(250, laxative="m" * 200)), id="a misspelt level on many forms"
        ),
        pytest.param(many_slips(), id="many wrong references"),
        pytest.param(table(**dict.fromkeys(shuffled(1200), 1)), id="many wrong keys"),
        pytest.param(table(disputes=disputes(480)), id="many disputes"),
        pytest.param(table(forms=forms(500, notes=[NOTE])), id="many notes"),
        pytest.param(
            table(
                name_prefixes=[f"p{n}" for n in range(50)],
                forms=forms(1, aliases=[f"p{n % 50} x{n}" for n in range(5000)]),
            ),
            id="many prefixes and aliases",
        ),
    ],
)
def test_a_small_table_is_cheap_however_odd(text: str) -> None:
    """Its problems are counted, each with its hint, or a form is shown whole."""
    assert len(text) <= MOST_BYTES
    assert status("show", "f0", "--json", "--data", "-", stdin=text) in (0, 1)


def test_what_is_no_table_is_cheap(tmp_path: Path) -> None:
    texts = [
        (each * MOST_BYTES)[:MOST_BYTES] for each in ("[", "{a: ", "- ", "a: ", "? ", "*a ", "a\n")
    ]
    texts.append(table(title="T" * 60_000))
    texts.append(table(forms=forms(8, laxative="m" * 8000)))
    texts.append(table(forms=forms(1, notes=[NOTE | {"text": "w " * 30_000}])))
    files = [tmp_path / f"{number}.yaml" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, "utf-8")
    assert status("validate", *map(str, files)) == 1


def test_names_that_begin_alike_are_cheap(tmp_path: Path) -> None:
    file = tmp_path / "t.json"
    file.write_text(table(forms=forms(1, aliases=[f"a b{n}" for n in range(6000)])), "utf-8")
    assert status("label", "-", "--data", str(file), stdin=f"n {'a ' * 4900}5 mg\n" * 5) == 0


def test_many_words_are_cheap() -> None:
    for words in (["a"] * 16_000, ["citrate", "oxide"] * 2500, ["magnesium"] * 6000):
        assert status("show", *words) in (0, 2)


def test_long_lines_of_labels_are_cheap() -> None:
    again = (
        "1 mg, ",
        "magnesium citrate 1 mg 5% ",
        "(magnesium as ",
        "calcium/magnesium 1 mg 2 mg ",
        "1,",
        "magnesium",
    )
    lines = [f"magnesium {each * 10_000}"[:9_990] for each in again]
    assert status("label", "-", "--json", stdin="\n".join(lines)) == 0
