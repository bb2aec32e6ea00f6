#!/usr/bin/env python3
"""Tables of any number of forms, made up and always the same: ``tables.py NUMBER FILE...`` writes one.

Every form has the parts that a real one has: two other names, a level on each scale, three notes.
"""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

_LAXATIVE = ("mild", "moderate", "strong")
_TOLERANCE = ("good", "varies", "poor")
_BASES = ("stated", "inferred")
_SOURCES = 5


def table(number: int) -> dict[str, Any]:
    """A table of that many forms, as plain values."""
    return {
        "title": f"{number} forms that nobody sells",
        "nutrient": "magnesium",
        "name_prefixes": ["magnesium", "mag"],
        "notice": "Made up to measure with; nothing in it is true.",
        "scales": {
            "laxative": {"title": "Laxative effect", "levels": [*_LAXATIVE]},
            "tolerance": {"title": "At high doses", "levels": [*_TOLERANCE]},
        },
        "sources": [_source(index) for index in range(_SOURCES)],
        "forms": [_form(index) for index in range(number)],
        "notes": [_note("caution", index) for index in range(_SOURCES)],
    }


def _source(index: int) -> dict[str, str]:
    return {
        "id": f"post-{index}",
        "kind": "thread",
        "date": f"2000-10-1{index}",
        "citation": f"A thread that was never written, number {index}",
    }


def _form(index: int) -> dict[str, Any]:
    return {
        "id": f"form-{index}",
        "name": f"Magnesium form number {index}",
        "aliases": [f"alias {index} of a form", f"other name {index}"],
        "laxative": _LAXATIVE[index % 3],
        "tolerance": _TOLERANCE[index // 3 % 3],
        "notes": [_note(topic, index) for topic in ("laxative", "tolerance", "absorption")],
    }


def _note(topic: str, index: int) -> dict[str, str]:
    return {
        "about": topic,
        "text": f"What a source might say about {topic}, in a sentence as long as such sentences are, time {index}.",
        "source": f"post-{index % _SOURCES}",
        "basis": _BASES[index % 2],
    }


def text(number: int, suffix: str) -> str:
    """A table of that many forms as a file with this suffix holds it: ``.json``, else YAML."""
    if suffix == ".json":
        return json.dumps(table(number), indent=2)
    return str(yaml.dump(table(number), Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False))


if __name__ == "__main__":
    for name in sys.argv[2:]:
        Path(name).write_text(text(int(sys.argv[1]), Path(name).suffix), encoding="utf-8")
