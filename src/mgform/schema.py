"""The JSON Schema of a table, for editors."""

from msgspec import json

from mgform.table import Table

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> str:
    """The JSON Schema of a table, made from the model, as indented JSON.

    What only the whole table can tell, such as a source that does not exist, is not in it.
    """
    (reference,), components = json.schema_components([Table])
    for component in components.values():
        if "description" in component:
            # The docstrings of the model: one line, marked as editors show it.
            one_line = " ".join(component["description"].split())
            component["description"] = one_line.replace("``", "`")
    schema = {
        "$schema": _DIALECT,
        "title": "A table for mgform",
        **reference,
        "$defs": components,
    }
    return json.format(json.encode(schema), indent=2).decode() + "\n"
