"""From a file to a `Table`, or to a sentence that says why not."""

from msgspec import DecodeError, convert, json

from mgform import files
from mgform.consistency import faults
from mgform.documents import BYTE_ORDER_MARK, DocumentError, decode, parse_json, parse_yaml
from mgform.errors import DataError
from mgform.model import Table


def load(path: str | None = None) -> Table:
    """The table in a file: YAML, or JSON where the name ends in ``.json``.

    Without a path it is the table that comes with mgform; ``-`` is standard input.

    Raises:
        DataError: the file cannot be read, or is no valid table. The sentence gives the first
            problem with its place.

    """
    source = str(files.bundled()) if path is None else path
    data = files.read(source)
    try:
        table = _json_table(data) if is_json(source) else convert(parse_yaml(decode(data)), Table)
    except (DocumentError, DecodeError, RecursionError):
        raise _invalid(source, data) from None
    if next(faults(table), None):
        raise _invalid(source, data)
    return table


def is_json(path: str) -> bool:
    """Whether a file is read as JSON: by its suffix, whatever its case."""
    return path.casefold().endswith(".json")


def _json_table(data: bytes) -> Table:
    """A table in JSON, straight into the model unless an escape might hide an unsafe character."""
    text = decode(data)
    if any(escape in data for escape in (b"\\u", b"\\b", b"\\f")):
        return convert(parse_json(text), Table)
    return json.decode(data.removeprefix(BYTE_ORDER_MARK), type=Table)


def _invalid(source: str, data: bytes) -> DataError:
    """The error for a table that has problems; they are looked for only here, since it takes longer."""
    from mgform.structure import MAX_PROBLEMS
    from mgform.validation import problems

    found = problems(data, is_json=is_json(source))
    first = found[0]
    name = files.label(source)
    path = f"{first.path}: " if first.path else ""
    many = f"more than {MAX_PROBLEMS}" if len(found) > MAX_PROBLEMS else str(len(found))
    rest = f" ({many} problems in all: mgform validate {name})" if len(found) > 1 else ""
    return DataError(f"{name}:{first.place.line}:{first.place.column}: {path}{first.message}{rest}")
