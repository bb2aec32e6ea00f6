"""From what somebody typed to a form: exact names only, never a guess."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from mgform.errors import CallError, DataError
from mgform.hints import closest, one_of, quoted
from mgform.model import Form, NotCovered, Table

_SEPARATORS = re.compile(r"[\s_\u002d\u00ad\u2010-\u2015\u2212]+")


class Role(StrEnum):
    """What a name is to its form; a member is a compound that the form includes."""

    ID = "id"
    NAME = "name"
    ALIAS = "alias"
    MEMBER = "member"


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
        return f"{self.asked} is one of the compounds that the table counts as {self.form.id} ({self.form.name})"


def key(name: str) -> str:
    """A name without what does not tell names apart: case, spaces, hyphens and underscores."""
    return _SEPARATORS.sub("", name.casefold())


def without_prefix(name: str, prefixes: Iterable[str]) -> str:
    """The key of a name less a leading word such as "magnesium", where more follows it."""
    first, _, rest = _SEPARATORS.sub(" ", name.casefold()).strip().partition(" ")
    return key(rest) if rest and first in {prefix.casefold() for prefix in prefixes} else key(name)


def unprefixed(name: str, prefixes: Iterable[str]) -> str:
    """A name less a leading word such as "magnesium", where more follows it."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.casefold() in {prefix.casefold() for prefix in prefixes} else name


def keys(name: str, prefixes: Iterable[str]) -> set[str]:
    """The keys under which a table's name is found: with its prefix and without."""
    return {key(name), without_prefix(name, prefixes)}


def names_of(form: Form) -> Iterator[tuple[Role, str]]:
    """Every name of a form, with its role."""
    yield Role.ID, form.id
    yield Role.NAME, form.name
    yield from ((Role.ALIAS, alias) for alias in form.aliases)
    yield from ((Role.MEMBER, member) for member in form.members)


def names_of_not_covered(entry: NotCovered) -> tuple[str, ...]:
    """Every name of a form that the table knows and does not cover."""
    return (entry.id, entry.name, *entry.aliases)


def find(table: Table, name: str) -> Match:
    """The form of a table that is called ``name``; `Names` is quicker for many.

    Raises:
        DataError: the table gives that name to several forms.
        CallError: no form is called so.

    """
    return Names(table).find(name)


class Names:
    """The names of a table, ready to be looked up."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._covered: dict[str, list[tuple[Form, Role]]] = {}
        self._not_covered: dict[str, NotCovered] = {}
        for form in table.forms:
            for role, name in names_of(form):
                for known in keys(name, table.name_prefixes):
                    owners = self._covered.setdefault(known, [])
                    if not owners or owners[-1][0] is not form:
                        owners.append((form, role))
        for entry in table.not_covered:
            for name in names_of_not_covered(entry):
                for known in keys(name, table.name_prefixes):
                    self._not_covered.setdefault(known, entry)

    def _candidates(self, asked: str) -> Iterator[str]:
        """Ways to read a typed name: whole, then without a prefix, even one that is glued to it."""
        whole = key(asked)
        yield whole
        for prefix in sorted(map(key, self.table.name_prefixes), key=len, reverse=True):
            if whole.startswith(prefix):
                yield whole.removeprefix(prefix)

    def find(self, asked: str) -> Match:
        """The form that is called ``asked``.

        Raises:
            DataError: the table gives that name to several forms.
            CallError: no form is called so; the sentence says whether the name is known and not covered,
                or what it may be a slip of.

        """
        for candidate in self._candidates(asked):
            if owners := self._covered.get(candidate):
                return self._only(asked, owners)
            if entry := self._not_covered.get(candidate):
                raise CallError(self._known_but_not_covered(asked, entry))
        raise CallError(self._unknown(asked))

    def _only(self, asked: str, owners: list[tuple[Form, Role]]) -> Match:
        if len(owners) > 1:
            ids = one_of(form.id for form, _ in owners)
            raise DataError(f"the table gives the name {quoted(asked)} to several forms: {ids}")
        form, role = owners[0]
        return Match(form, asked, role)

    def _known_but_not_covered(self, asked: str, entry: NotCovered) -> str:
        same = key(asked) in (key(entry.name), entry.id)
        who = entry.name if same else f"{quoted(asked)} means {entry.name}, which"
        sentence = f"{who} is known and not covered by this table; the forms are {self._ids()}"
        mistaken = [c.forms[0] for c in self.table.corrections if entry.id in c.not_covered and c.forms]
        if mistaken:
            sentence += f". A source takes it for {mistaken[0]}: the correction is in 'mgform show {mistaken[0]}'"
        return sentence

    def _unknown(self, asked: str) -> str:
        if key(asked) in map(key, self.table.name_prefixes):
            return f"{quoted(asked)} is the nutrient, not a form of it; the forms are {self._ids()}"
        known = [*self._covered, *self._not_covered]
        slips = (closest(candidate, known) for candidate in self._candidates(asked))
        best = next(filter(None, slips), None)
        hint = f"; did you mean {quoted(self._written(best))}" if best else ""
        if best in self._not_covered:
            hint += " (which this table does not cover)"
        end = "?" if hint else "."
        return f"no form is called {quoted(asked)}{hint}{end} The forms are {self._ids()}"

    def _written(self, known: str) -> str:
        """A known key as its table writes it."""
        entry = self._not_covered.get(known)
        names = names_of_not_covered(entry) if entry else [name for _, name in names_of(self._covered[known][0][0])]
        return next(name for name in names if known in keys(name, self.table.name_prefixes))

    def _ids(self) -> str:
        return one_of(form.id for form in self.table.forms)
