"""Every problem of a table, each with its place in the file."""

import re
from itertools import chain, islice
from typing import Any, NamedTuple

from mgform.consistency import Finding, faults, gaps
from mgform.documents import DocumentError, Path, Place, Places, decode, parse_json, parse_yaml
from mgform.hints import shown
from mgform.structure import MAX_PROBLEMS, read

_SURROGATES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


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
    unread = {*structure.blanks, *(path for path, _ in places.duplicates)}
    found = chain(
        structure.findings,
        (
            finding
            for finding in chain(faults(structure.table), gaps(structure.table))
            if _is_certain(finding, structure.blanks, unread)
        ),
    )
    repeated = (
        Problem(place, written(path), "this key stands here a second time") for path, place in places.duplicates
    )
    told = sorted({*repeated, *(_problem(finding, places) for finding in islice(found, MAX_PROBLEMS + 1))})
    if len(told) > MAX_PROBLEMS:
        told[MAX_PROBLEMS:] = [Problem(told[MAX_PROBLEMS].place, "", "more problems follow; mend these first")]
    return told


def _located_yaml(data: bytes) -> tuple[Any, Places]:
    places = Places()
    return parse_yaml(decode(data), places), places


def _located_json(data: bytes) -> tuple[Any, Places]:
    """The value of a JSON text, with the places that it has as the YAML that most JSON also is."""
    text = decode(data)
    value = parse_json(text)
    places = Places()
    try:
        # YAML has no surrogates: what is as wide stands in for them, since only places are wanted.
        parse_yaml(_SURROGATES.sub("x" * 12, text), places)
    except DocumentError:
        return value, Places()
    return value, places


def _is_certain(finding: Finding, blanks: set[Path], unread: set[Path]) -> bool:
    """Whether the finding would also stand if all that could not be read were mended."""
    path, base, room = finding.path, finding.rests_on, finding.rests_on_ids
    if any(path[:length] in blanks for length in range(len(path) + 1)):
        return False
    if room is not None and any(_hides_ids(each, room) for each in unread):
        return False
    return base is None or not any(each[: len(base)] == base for each in unread)


def _hides_ids(unread: Path, room: str) -> bool:
    """Whether an id of a list stands, or may stand, in what could not be read."""
    return unread[:1] == (room,) and (len(unread) < len((room, 0, "id")) or unread[2] == "id")


def _problem(finding: Finding, places: Places) -> Problem:
    place = places.keys.get(finding.path) if finding.at_key else None
    return Problem(place or _nearest(finding.path, places), written(finding.path), finding.message)


def _nearest(path: Path, places: Places) -> Place:
    """The place of a value, or of the smallest value around it that has one."""
    candidates = (places.values.get(path[:length]) for length in range(len(path), -1, -1))
    return next(filter(None, candidates), Place(1, 1))


def written(path: Path) -> str:
    """A path as people write it: ``forms[2].notes[0].text``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{shown(step)}" for step in path)
    return "".join(steps).removeprefix(".")
