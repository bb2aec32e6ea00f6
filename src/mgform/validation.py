"""Every problem of a table, each with its place in the file."""

from itertools import chain
from typing import Any, NamedTuple

from mgform.consistency import Finding, faults, gaps
from mgform.documents import DocumentError, Path, Place, Places, decode, parse_json, parse_yaml
from mgform.structure import read


class Problem(NamedTuple):
    """One problem: where it stands, what it is, and what would be right."""

    place: Place
    path: str
    message: str


def problems(data: bytes, *, is_json: bool = False) -> list[Problem]:
    """Every problem of the table in ``data``, in the order of their places."""
    try:
        value, places = _located_json(data) if is_json else _located_yaml(data)
    except DocumentError as error:
        return [Problem(error.place, "", str(error))]
    structure = read(value)
    found = chain(
        structure.findings,
        (
            finding
            for finding in chain(faults(structure.table), gaps(structure.table))
            if _is_certain(finding, structure.blanks)
        ),
    )
    repeated = (
        Problem(place, written(path), "this key stands here a second time") for path, place in places.duplicates
    )
    return sorted({*repeated, *(_problem(finding, places) for finding in found)})


def _located_yaml(data: bytes) -> tuple[Any, Places]:
    places = Places()
    return parse_yaml(decode(data), places), places


def _located_json(data: bytes) -> tuple[Any, Places]:
    """The value of a JSON text, with the places that it has as the YAML that most JSON also is."""
    value = parse_json(decode(data))
    try:
        return value, _located_yaml(data)[1]
    except DocumentError:
        return value, Places()


def _is_certain(finding: Finding, blanks: set[Path]) -> bool:
    """Whether the finding would also stand if all the unreadable values were mended."""
    path, base = finding.path, finding.rests_on
    if any(path[:length] in blanks for length in range(len(path) + 1)):
        return False
    return base is None or not any(blank[: len(base)] == base for blank in blanks)


def _problem(finding: Finding, places: Places) -> Problem:
    place = places.keys.get(finding.path) if finding.at_key else None
    return Problem(place or _nearest(finding.path, places), written(finding.path), finding.message)


def _nearest(path: Path, places: Places) -> Place:
    """The place of a value, or of the smallest value around it that has one."""
    candidates = (places.values.get(path[:length]) for length in range(len(path), -1, -1))
    return next(filter(None, candidates), Place(1, 1))


def written(path: Path) -> str:
    """A path as people write it: ``forms[2].notes[0].text``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
