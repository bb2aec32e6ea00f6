"""From what somebody typed to a form: exact names only, never a guess."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from mgform.errors import CallError
from mgform.table import Form, NotCovered, Table
from mgform.words import closest, listed, quoted, shown

# Spaces, underscores, and what looks like a hyphen or is one that cannot be seen.
_SEPARATORS = re.compile(r"[\s_\u002d\u00ad\u2010-\u2015\u2212]+")
_LONGEST_NAME = 6

Role = Literal["id", "name", "alias", "member", "misspelt"]
"""What a name is to its form; a member is a compound that the form includes."""

Known = tuple[Form | NotCovered, Role, str]
"""What a table calls by a name, what the name is to it, and the name as the table writes it."""


class Match(NamedTuple):
    """A form, the name by which somebody asked for it, and what that name is to the form."""

    form: Form
    asked: str
    role: Role

    @property
    def remark(self) -> str | None:
        """What a reader must be told: that a compound was asked for and a wider form is shown."""
        if self.role != "member":
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
    """The keys under which a table's name is found: whole, and without a leading word such as "magnesium"."""
    words = _SEPARATORS.sub(" ", name.casefold()).split()
    prefixed = words[1:] and words[0] in prefixes
    return {"".join(words), "".join(words[1:] if prefixed else words)}


def names_of(entry: Form | NotCovered) -> Iterator[tuple[Role, str]]:
    """Every name of a form, covered or not, with its role."""
    yield "id", entry.id
    yield "name", entry.name
    yield from (("alias", name) for name in entry.aliases)
    if isinstance(entry, Form):
        yield from (("member", name) for name in entry.members)
        yield from (("misspelt", name) for name in entry.misspelt)


class Names:
    """The names of a table, ready to be looked up."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.ids = listed(form.id for form in table.forms)
        self.prefixes = sorted(map(key, table.name_prefixes), key=len, reverse=True)
        self.known: dict[str, Known] = {}
        entries: tuple[Form | NotCovered, ...] = (*table.forms, *table.not_covered)
        for entry in entries:
            for role, name in names_of(entry):
                for each in keys(name, self.prefixes):
                    self.known.setdefault(each, (entry, role, name))

    def find(self, asked: str) -> Match:
        """The form that is called ``asked``; a CallError says that it is not covered, may be a slip, or is unknown."""
        found = self._known(asked)
        if found is None:
            raise CallError(self._unknown(asked))
        entry, role, _ = found
        if isinstance(entry, NotCovered):
            raise CallError(self._not_covered(asked, entry, role))
        return Match(entry, asked, role)

    def find_all(self, words: Sequence[str]) -> list[Match]:
        """The forms that are named by words as a shell passes them, each once.

        Names need no quotes: ``magnesium citrate magnesium malate`` names two forms. Words are read so that as few as
        possible are unknown, and as many forms as possible named. Raises a CallError for the first unknown name.
        """
        first: dict[str, Match] = {}
        for match in map(self.find, self._split(words)):
            first.setdefault(match.form.id, match)
        return list(first.values())

    def _split(self, words: Sequence[str]) -> list[str]:
        """The words as names, one or several words each."""
        # The best way to read the words up to each place: unknown names, known ones (fewer is more), the last's start.
        best = [(0, 0, 0)]
        for end in range(1, len(words) + 1):
            ways = []
            for start in range(max(0, end - _LONGEST_NAME), end):
                unknown = self._known(" ".join(words[start:end])) is None
                if not unknown or all(
                    key(word) in self.prefixes for word in words[start : end - 1]
                ):
                    ways.append((best[start][0] + unknown, best[start][1] - 1, start))
            best.append(min(ways))
        names, end = [], len(words)
        while end:
            start = best[end][2]
            names.append(" ".join(words[start:end]))
            end = start
        return names[::-1]

    def _known(self, asked: str) -> Known | None:
        return next(
            (self.known[each] for each in self._readings(asked) if each in self.known), None
        )

    def _readings(self, asked: str) -> Iterator[str]:
        """Ways to read a typed name: whole, then without a prefix, even one that is glued to it."""
        whole = key(asked)
        yield whole
        yield from (
            whole.removeprefix(prefix) for prefix in self.prefixes if whole.startswith(prefix)
        )

    def _not_covered(self, asked: str, entry: NotCovered, role: Role) -> str:
        who = f"{quoted(asked)} means {entry.name}, which" if role == "alias" else entry.name
        sentence = f"{who} is known and not covered by this table"
        for correction in self.table.corrections:
            if entry.id in correction.not_covered and correction.forms:
                form = correction.forms[0]
                sentence += f"; a source confuses it with {form}: see 'mgform show {form}'"
        return f"{sentence}. The forms are: {self.ids}"

    def _unknown(self, asked: str) -> str:
        if key(asked) in self.prefixes:
            return f"{quoted(asked)} is the nutrient, not a form of it; the forms are: {self.ids}"
        offered = [each for each, (_, role, _) in self.known.items() if role != "misspelt"]
        slip = next(filter(None, (closest(each, offered) for each in self._readings(asked))), None)
        if slip is None:
            return f"no form is called {quoted(asked)}. The forms are: {self.ids}"
        entry, _, name = self.known[slip]
        beside = " (which this table does not cover)" if isinstance(entry, NotCovered) else ""
        return f"no form is called {quoted(asked)}; did you mean {quoted(name)}{beside}?"
