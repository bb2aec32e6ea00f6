"""From what somebody typed to a form: exact names only, never a guess."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from mgform.table import Form, NotCovered, Table
from mgform.words import CallError, closest, listed, quoted, shown

# Spaces, underscores, and what looks like a hyphen or is one that cannot be seen.
_SEPARATORS = re.compile(r"[\s_\u002d\u00ad\u2010-\u2015\u2212]+")
_LONGEST_NAME = 6


class Role(StrEnum):
    """What a name is to its form; a member is a compound that the form includes."""

    ID = "id"
    NAME = "name"
    ALIAS = "alias"
    MEMBER = "member"
    MISSPELT = "misspelt"


class Match(NamedTuple):
    """A form, the name by which somebody asked for it, and what that name is to the form."""

    form: Form
    asked: str
    role: Role

    @property
    def remark(self) -> str | None:
        """What a reader must be told: that a compound was asked for and a wider form is shown."""
        if self.role is not Role.MEMBER:
            return None
        asked = shown(self.asked)
        return f"{asked[:1].upper()}{asked[1:]} is listed here under {self.form.id} ({lowered(self.form.name)})."


def lowered(name: str) -> str:
    """A form's name inside a sentence: "magnesium citrate"."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def key(name: str) -> str:
    """A name without what does not tell names apart: case, spaces, hyphens and underscores."""
    return _SEPARATORS.sub("", name.casefold())


def keys(name: str, prefixes: Collection[str]) -> set[str]:
    """The keys under which a table's name is found: whole, and without a leading word such as "magnesium".

    ``prefixes`` are keys, as a set where there are many.
    """
    first, _, rest = _SEPARATORS.sub(" ", name.casefold()).strip().partition(" ")
    return {key(name), key(rest)} if rest and first in prefixes else {key(name)}


def names_of(entry: Form | NotCovered) -> Iterator[tuple[Role, str]]:
    """Every name of a form, covered or not, with its role."""
    yield Role.ID, entry.id
    yield Role.NAME, entry.name
    others = {Role.ALIAS: entry.aliases}
    if isinstance(entry, Form):
        others |= {Role.MEMBER: entry.members, Role.MISSPELT: entry.misspelt}
    for role, names in others.items():
        yield from ((role, name) for name in names)


def names_of_not_covered(entry: NotCovered) -> tuple[str, ...]:
    """Every name of a form that the table knows and does not cover."""
    return (entry.id, entry.name, *entry.aliases)


class Names:
    """The names of a table, ready to be looked up."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.prefixes = frozenset(map(key, table.name_prefixes))
        self.covered: dict[str, tuple[Form, Role]] = {}
        self.not_covered: dict[str, NotCovered] = {}
        for form in table.forms:
            for role, name in names_of(form):
                for known in keys(name, self.prefixes):
                    self.covered.setdefault(known, (form, role))
        for entry in table.not_covered:
            for name in names_of_not_covered(entry):
                for known in keys(name, self.prefixes):
                    self.not_covered.setdefault(known, entry)

    def find(self, asked: str) -> Match:
        """The form that is called ``asked``.

        Raises:
            CallError: no form is called so; the sentence says whether the name is known and not covered,
                or what it may be a slip of.

        """
        for candidate in self._readings(asked):
            if candidate in self.covered:
                return Match(self.covered[candidate][0], asked, self.covered[candidate][1])
            if candidate in self.not_covered:
                raise CallError(self._known_but_not_covered(asked, self.not_covered[candidate]))
        raise CallError(self._unknown(asked))

    def find_all(self, words: Sequence[str]) -> list[Match]:
        """The forms that are named by words as a shell passes them, each once.

        Names need no quotes: ``magnesium citrate magnesium malate`` names two forms. Words are read so
        that as few as possible are unknown, and so that they name as many forms as possible.

        Raises:
            CallError: a word is part of no form's name.

        """
        first: dict[str, Match] = {}
        for match in map(self.find, self.split(words)):
            first.setdefault(match.form.id, match)
        return list(first.values())

    def split(self, words: Sequence[str]) -> list[str]:
        """The words as names, one or several words each."""
        best: list[tuple[int, int, list[str]]] = [(0, 0, [])]
        for end in range(1, len(words) + 1):
            options = []
            for start in range(max(0, end - _LONGEST_NAME), end):
                name = " ".join(words[start:end])
                known = any(each in self.covered or each in self.not_covered for each in self._readings(name))
                bare = all(key(word) in self.prefixes for word in words[start : end - 1])
                if known or bare:
                    unknown, names, before = best[start]
                    options.append((unknown + (not known), names - 1, [*before, name]))
            best.append(min(options, key=lambda option: option[:2]))
        return best[-1][2]

    def _readings(self, asked: str) -> Iterator[str]:
        """Ways to read a typed name: whole, then without a prefix, even one that is glued to it."""
        whole = key(asked)
        yield whole
        for prefix in sorted(self.prefixes, key=len, reverse=True):
            if whole.startswith(prefix):
                yield whole.removeprefix(prefix)

    def _known_but_not_covered(self, asked: str, entry: NotCovered) -> str:
        same = not {*self._readings(asked)}.isdisjoint((key(entry.name), key(entry.id)))
        who = entry.name if same else f"{quoted(asked)} means {entry.name}, which"
        sentence = f"{who} is known and not covered by this table"
        for correction in self.table.corrections:
            if entry.id in correction.not_covered and correction.forms:
                form = correction.forms[0]
                sentence += f"; a source takes it for {form} by mistake, and 'mgform show {form}' has the correction"
        return f"{sentence}. The forms are: {self._ids()}"

    def _unknown(self, asked: str) -> str:
        if key(asked) in self.prefixes:
            return f"{quoted(asked)} is the nutrient, not a form of it; the forms are: {self._ids()}"
        slips = [hint for each in self._readings(asked) if (hint := closest(each, self._offered()))]
        if not slips:
            return f"no form is called {quoted(asked)}. The forms are: {self._ids()}"
        entry = self.not_covered.get(slips[0])
        beside = " (which this table does not cover)" if entry else ""
        return f"no form is called {quoted(asked)}; did you mean {quoted(self._written(slips[0]))}{beside}?"

    def _offered(self) -> Iterable[str]:
        """The keys of which a typed name may be a slip: not what is itself a misspelling."""
        yield from (known for known, (_, role) in self.covered.items() if role is not Role.MISSPELT)
        yield from self.not_covered

    def _written(self, known: str) -> str:
        """A known key as its table writes it."""
        entry = self.not_covered.get(known)
        names = names_of_not_covered(entry) if entry else [name for _, name in names_of(self.covered[known][0])]
        return next(name for name in names if known in keys(name, self.prefixes))

    def _ids(self) -> str:
        return listed(form.id for form in self.table.forms)
