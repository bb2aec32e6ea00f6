"""From what somebody typed to a form or one compound of it: exact names only, never a guess."""

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from mgform.errors import CallError, UnknownNameError
from mgform.table import Compound, Explained, Form, Table
from mgform.words import closest, listed, quoted, shown

# What looks like the hyphen of a keyboard, or is one that cannot be seen.
_HYPHENS = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_LONGEST_NAME = 6
# What people type between two names.
_JOINS = frozenset(("vs", "vs.", "versus", "or", "and", "with", "&", "+"))
_FIRST_FORMS = 6
_FEW_MORE = 4

Role = Literal["id", "name", "alias", "member", "misspelt", "compound"]
"""What a name is to its form.

A ``member`` is a kind of compound that the form includes, a ``compound`` one single compound.
"""


class Match(NamedTuple):
    """A form, the name by which somebody asked for it, and what that name is to the form.

    ``compound`` is the one compound that the name means, where it means one; ``hint`` says what
    else may have been meant.
    """

    form: Form
    asked: str
    role: Role
    compound: Compound | None = None
    hint: str | None = None

    @property
    def remark(self) -> str | None:
        """What must be told: that the form is wider than the name, or what else is meant."""
        if self.role not in ("member", "compound"):
            return self.hint
        asked = sentence_start(shown(self.asked))
        form = f"{self.form.id} ({lowered(self.form.name)})"
        listed_under = f"{asked} is listed here under {form}."
        if self.hint is None:
            return listed_under
        return f"{listed_under} {self.hint}"


class Known(NamedTuple):
    """A name as the table writes it, what it means, and what it is to that."""

    name: str
    role: Role
    entry: Form | Explained
    compound: Compound | None = None


def lowered(name: str) -> str:
    """A form's name inside a sentence: "magnesium citrate"."""
    first, second = name[:1], name[1:2]
    if not second.islower():
        return name
    return first.lower() + name[1:]


def sentence_start(text: str) -> str:
    """A text at the beginning of a sentence; only its first letter changes."""
    return text[:1].upper() + text[1:]


def _words(name: str) -> list[str]:
    """The words of a name, between spaces, hyphens and underscores."""
    spaced = name.casefold().replace("-", " ").replace("_", " ")
    if not spaced.isascii():
        for hyphen in _HYPHENS:
            spaced = spaced.replace(hyphen, " ")
    return spaced.split()


def key(name: str) -> str:
    """A name without what does not tell names apart: case, spaces, hyphens and underscores."""
    return "".join(_words(name))


def keys(name: str, prefixes: Collection[str]) -> set[str]:
    """The keys under which a table's name is found: whole, and without a word like "magnesium"."""
    words = _words(name)
    found_under = {"".join(words)}
    if len(words) > 1 and words[0] in prefixes:
        found_under.add("".join(words[1:]))
    return found_under


def own_names(entry: Form | Explained) -> Iterator[Known]:
    """Every name of a form, or of what is only explained; its id comes first, and then its name."""
    yield Known(entry.id, "id", entry)
    yield Known(entry.name, "name", entry)
    for alias in entry.aliases:
        yield Known(alias, "alias", entry)
    if isinstance(entry, Explained):
        return
    for member in entry.members:
        yield Known(member, "member", entry)
    for misspelt in entry.misspelt:
        yield Known(misspelt, "misspelt", entry)


def compound_names(form: Form, compound: Compound) -> Iterator[Known]:
    """Every name that means one compound of a form."""
    for name in (compound.name, *compound.names):
        yield Known(name, "compound", form, compound)


def known_names(entry: Form | Explained) -> Iterator[Known]:
    """Every name of a form and of its compounds, or of what is only explained.

    A name of the form itself comes before the same name of one of its compounds, and means any.
    """
    yield from own_names(entry)
    if isinstance(entry, Form):
        for compound in entry.compounds:
            yield from compound_names(entry, compound)


def names_of(entry: Form | Explained) -> Iterator[tuple[Role, str]]:
    """Every name of a form, or of what is only explained, with its role."""
    for known in known_names(entry):
        yield known.role, known.name


class _Way(NamedTuple):
    """How words are read as names, up to some place; of two ways, the smaller is the better one.

    ``unknown`` counts the names that nothing is called. ``named`` counts all names, below zero: the
    more, the better. ``start`` is where the last name begins.
    """

    unknown: int
    named: int
    start: int


class Names:
    """The names of a table, ready to be looked up."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.ids = _first_ids(table)
        prefixes = [key(prefix) for prefix in table.name_prefixes]
        self.prefixes = sorted(prefixes, key=len, reverse=True)
        self.known: dict[str, Known] = {}
        for form in table.forms:
            self._learn(form)
        for explained in table.explained:
            self._learn(explained)

    def _learn(self, entry: Form | Explained) -> None:
        """Take in every name of an entry; a name that is known already stays what it is."""
        for known in known_names(entry):
            for name_key in keys(known.name, self.prefixes):
                self.known.setdefault(name_key, known)

    def find(self, asked: str) -> Match:
        """The form, and perhaps the one compound, that is called ``asked``.

        Raises a CallError where nothing is called so, and where the name means no single form.
        """
        known = self._known(asked)
        if known is None:
            raise self._unknown(asked)
        if isinstance(known.entry, Explained):
            raise CallError(self._no_single_form(known.entry))
        return Match(known.entry, asked, known.role, known.compound)

    def explained(self, words: Sequence[str]) -> Explained | None:
        """What the words together name, where that is no single form: a brand of several salts."""
        known = self._known(" ".join(words))
        if known is None or isinstance(known.entry, Form):
            return None
        return known.entry

    def find_each(self, words: Sequence[str]) -> list[Match]:
        """What is named by words as a shell passes them, one match a name.

        Names need no quotes: ``magnesium citrate magnesium malate`` names two forms. Words are
        read so that as few as possible are unknown, and as many forms as possible named. Raises a
        CallError for the first name that ``find`` refuses. Words such as "vs" between names are
        left out.
        """
        names = self._without_joins(words)
        return [self.find(name) for name in self._split(names)]

    def _without_joins(self, words: Sequence[str]) -> list[str]:
        """The words without those between names that join them and are no part of a name."""
        last = len(words) - 1
        kept = []
        for place, word in enumerate(words):
            is_between = 0 < place < last and word.casefold() in _JOINS
            if not is_between or self._is_part_of_name(words, place):
                kept.append(word)
        return kept

    def _is_part_of_name(self, words: Sequence[str], place: int) -> bool:
        """Whether a word and some of those before and behind it are a name."""
        for start in range(max(0, place - _LONGEST_NAME), place):
            for end in range(place + 2, start + _LONGEST_NAME + 1):
                if self._known(" ".join(words[start:end])):
                    return True
        return False

    def find_all(self, words: Sequence[str]) -> list[Match]:
        """The forms that words name, each form once; see ``find_each``.

        "Citrate malate" is read as two forms; how to name the one is the hint of the first.
        """
        first: dict[str, Match] = {}
        for match in self.find_each(words):
            first.setdefault(match.form.id, match)
        matches = list(first.values())
        if len(matches) > 1:
            matches[0] = matches[0]._replace(hint=self._hint(words))
        return matches

    def _hint(self, words: Sequence[str]) -> str | None:
        """How to name the one form that several words name together, if they do."""
        words = self._without_joins(words)
        spaced = " ".join(words)
        whole = self._known(spaced)
        if whole is None or isinstance(whole.entry, Explained):
            return None
        hyphenated = "-".join(words)
        name = sentence_start(shown(spaced))
        return f"{name} is also one form: write {quoted(hyphenated)} for it."

    def _split(self, words: Sequence[str]) -> list[str]:
        """The words as names, one or several words each."""
        meant = [self._known(word) for word in words]
        # The best way to read the words up to each place.
        best = [_Way(unknown=0, named=0, start=0)]
        for end in range(1, len(words) + 1):
            ways = []
            for start in range(max(0, end - _LONGEST_NAME), end):
                name = words[start:end]
                way = self._and_name(best[start], start, name, meant[start:end])
                if way is not None:
                    ways.append(way)
            best.append(min(ways))
        names: list[str] = []
        end = len(words)
        while end:
            start = best[end].start
            names.append(" ".join(words[start:end]))
            end = start
        names.reverse()
        return names

    def _and_name(
        self,
        before: _Way,
        start: int,
        name: Sequence[str],
        meant: Sequence[Known | None],
    ) -> _Way | None:
        """A way to read words, and then the next ones as one name; None where they can be none.

        ``meant`` is what each word of the name means by itself.
        """
        known = self._known(" ".join(name))
        if known is not None:
            more_named = _forms_named(known, meant)
            return _Way(before.unknown, before.named - more_named, start)
        # One unknown word is a name, perhaps behind "magnesium".
        if all(key(word) in self.prefixes for word in name[:-1]):
            return _Way(before.unknown + 1, before.named - 1, start)
        return None

    def _known(self, asked: str) -> Known | None:
        for reading in self._readings(asked):
            if reading in self.known:
                return self.known[reading]
        return None

    def _readings(self, asked: str) -> Iterator[str]:
        """Ways to read a typed name: whole, then without a prefix, even one that is glued to it."""
        whole = key(asked)
        yield whole
        for prefix in self.prefixes:
            if whole.startswith(prefix):
                yield whole.removeprefix(prefix)

    def _no_single_form(self, entry: Explained) -> str:
        statement = entry.statements[0]
        told = statement.text.removesuffix(".")
        if not told.startswith(entry.name):
            told = f"{entry.name}: {told}"
        mark = self.table.mark(statement.source)
        how = f"see 'mgform show {entry.id}'"
        return f"{told} [{mark}]; {how}"

    def _unknown(self, asked: str) -> CallError:
        """The error for a name by which nothing is called."""
        typed = quoted(asked)
        if key(asked) in self.prefixes:
            return CallError(
                f"{typed} is the nutrient, not a form of it; the forms are: {self.ids}"
            )
        meant = self._slip(asked)
        if meant is None:
            return UnknownNameError(
                f"no form is called {typed}. The forms are: {self.ids}", asked
            )
        return CallError(
            f"no form is called {typed}; did you mean {quoted(meant)}?"
        )

    def _slip(self, asked: str) -> str | None:
        """The name that somebody probably meant, or None; misspelt ones are not offered."""
        offered = []
        for name_key, known in self.known.items():
            if known.role != "misspelt":
                offered.append(name_key)
        for reading in self._readings(asked):
            meant_key = closest(reading, offered)
            if meant_key is not None:
                return self.known[meant_key].name
        return None


def _first_ids(table: Table) -> str:
    """The ids of the forms, for a sentence; of many, the first."""
    form_ids = [form.id for form in table.forms]
    more = len(form_ids) - _FIRST_FORMS
    if more <= _FEW_MORE:
        return listed(form_ids)
    first = ", ".join(form_ids[:_FIRST_FORMS])
    return f"{first} and {more} more (mgform list --all)"


def _forms_named(known: Known, meant: Sequence[Known | None]) -> int:
    """For how many names a name of several words counts, beside the words one by one.

    "Citrate malate" counts for one: as two words it names more. "Lysinate glycinate" counts for
    two, where both words are names of the form whose compound it is.
    """
    for word in meant:
        if word is None or word.entry is not known.entry:
            return 1
    return len(meant)
