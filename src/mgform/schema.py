"""The JSON Schema of a table, made from the model."""

from typing import Any

from msgspec import json

from mgform.model import Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema as a mapping; what only the whole table can tell, such as unknown sources, is not in it."""
    (reference,), components = json.schema_components([Table])
    for component in components.values():
        if "description" in component:
            component["description"] = _one_line(component["description"])
    return {"$schema": DIALECT, "title": "A table for mgform", **reference, "$defs": components}


def _one_line(docstring: str) -> str:
    """A docstring as an editor shows it; Pythons differ in how they indent one."""
    return " ".join(docstring.replace("``", "`").split())


def text() -> str:
    """The schema as indented JSON."""
    return json.format(json.encode(schema()), indent=2).decode() + "\n"
