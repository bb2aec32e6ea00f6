"""The words on labels: what a table says that each of them means."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import combining, normalize

from mgform.label.kinds import Kind
from mgform.names import keys, known_names
from mgform.table import Compound, Table

_DASH_SIGNS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d"
_DASHES = dict.fromkeys(_DASH_SIGNS, "-")
_FRACTIONS = {
    "½": " 1\u20442",
    "¼": " 1\u20444",
    "¾": " 3\u20444",
    "⅓": " 1\u20443",
    "⅔": " 2\u20443",
    "⅛": " 1\u20448",
}
# What has no width: soft hyphens, joiners, direction marks.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_RAISED = "\u00b2\u00b3\u00b9\u2070-\u207f\u2080-\u208e"
_MARKS = dict.fromkeys("™®©℠", " ")
_SIGNS = str.maketrans(_DASHES | _FRACTIONS | _MARKS)
_LINE_BREAK = re.compile(r"\s*[\n\r\v\f\u2028\u2029\x85]\s*")
# Narrow spaces that do not break are written where thousands end.
_THOUSANDS = re.compile(
    r"(?<![\w.,])(?<!\d\s)(\d{1,3})((?:[\u00a0\u2009\u202f]\d{3})+)(?![\d])"
)
_INSIDE_A_NUMBER = re.compile(rf"(?<=\d)[{_UNSEEN}]+(?=\d)")
_POWER_OF_TEN = re.compile(rf"(?<![\d.,])10(?=[{_RAISED}])")
_SILENT = re.compile(f"[{_UNSEEN}{_RAISED}]")

# Writing without spaces: kana, Chinese, Korean (whose syllables fall into letters when folded).
EASTERN = "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff"
_SHORTEST_GLUED = 4
_KINDS_OF_WORDS = {
    "elemental": Kind.SAID,
    "others": Kind.OTHER,
    "given": Kind.GIVEN,
    "source": Kind.SOURCE,
    "joins": Kind.OF,
    "parts": Kind.WITH,
    "blends": Kind.BLEND,
    "daily": Kind.DAILY,
    "limits": Kind.LIMIT,
    "serving_size": Kind.SIZE,
}


class Meaning(NamedTuple):
    """What a word means, or words side by side.

    ``name`` is the id of a form or of an explained name, or the word itself where it is unknown.
    ``compound`` is the one that the words name, where they name one. Plain words have no kind.
    """

    kind: Kind | None
    name: str = ""
    compound: Compound | None = None


def folded(text: str) -> str:
    """A text without what does not tell words apart: case, accents, footnotes, how many spaces.

    Dashes become hyphens, and line breaks broken bars. What cannot be seen goes, but parts a
    number that it stands in.
    """
    text = _LINE_BREAK.sub(" ¦ ", text.casefold().strip())
    if not text.isascii():
        text = _with_thousands(text)
        text = _INSIDE_A_NUMBER.sub("~", text)
        text = _POWER_OF_TEN.sub("10^10", text)
        text = _SILENT.sub("", text).translate(_SIGNS)
        parted = normalize("NFKD", text)
        text = "".join(sign for sign in parted if not combining(sign))
    return " ".join(text.split())


def _with_thousands(text: str) -> str:
    """A text with an apostrophe where a space that does not break parts thousands."""
    # Where there is no other space, words stand between such ones, too.
    if " " not in text:
        return text
    return _THOUSANDS.sub(lambda number: re.sub(r"\s", "'", number[0]), text)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits; for none where there are none.

    Words that begin alike share their beginning, so that a text is compared with it once.
    """
    return _any_ending(set(words)) or "(?!)"


def _any_ending(endings: Collection[str]) -> str:
    """A pattern for any of the endings, one of which may be empty."""
    by_letter: dict[str, list[str]] = {}
    for ending in sorted(endings):
        if ending:
            by_letter.setdefault(ending[0], []).append(ending[1:])
    branches = []
    for letter, rests in by_letter.items():
        branches.append(re.escape(letter) + _any_ending(rests))
    if len(branches) == 1 and "" not in endings:
        return branches[0]
    may_end = "?" if "" in endings else ""
    return f"(?:{'|'.join(branches)}){may_end}" if branches else ""


class Words:
    """The words of one table's labels, in all its languages together.

    ``signs`` tell anywhere that a line is about the nutrient, and ``names_like_it`` where a word
    begins.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.languages = tuple(table.labels.languages.values())
        nutrient = (table.nutrient, *self.every("nutrient"))
        self.nutrient = tuple(map(folded, nutrient))
        self._nutrient_inside = re.compile(any_of(self.nutrient))
        self.endings = tuple(map(folded, table.labels.endings))
        self._prefixes = tuple(map(folded, table.name_prefixes))
        self._meanings: dict[str, Meaning] = {}
        self.names_like_it: set[str] = set()
        self._learn_all()
        # How phrases begin: no longer one is looked for behind words that begin none.
        self._beginnings: set[str] = set()
        for phrase in self._meanings:
            for end in range(1, len(phrase)):
                self._beginnings.add(phrase[:end])

    def eastern(self) -> list[str]:
        """The phrases in a writing without spaces; they are found inside longer words."""
        begins_so = re.compile(f"[{EASTERN}]").match
        return [phrase for phrase in self._meanings if begins_so(phrase)]

    def every(self, kind: str) -> Iterator[str]:
        """The words of one kind, language by language."""
        for language in self.languages:
            yield from getattr(language, kind)

    def _learn_all(self) -> None:
        self._learn(Kind.NUTRIENT, self.nutrient)
        self._learn(Kind.TIMES, ["x"])
        for field, kind in _KINDS_OF_WORDS.items():
            self._learn(kind, self.every(field))
        self._learn_names()
        self._learn_own_names()
        # What tells that a line is about the nutrient: its name, or one that begins like it.
        self.signs = {*self.nutrient}
        for phrase in self._meanings:
            if phrase.startswith(self._prefixes):
                self.signs.add(phrase)
        self._learn(Kind.NUTRIENT, self.table.labels.symbols)
        self._learn(Kind.PER, self.every("per"))
        self._learn(Kind.PIECE, self.every("pieces"))
        self._learn(Kind.PIECE, self.every("portions"))
        self._learn(Kind.UNIT, [*self.every("volumes"), "kg", "g"])
        self._learn(Kind.RANGE, self.every("ranges"))
        self._learn(kind=None, phrases=self.every("plain"))

    def _learn_names(self) -> None:
        """Take in the names of forms, then those that mean no single form, then foreign ones.

        What a name means first, it keeps.
        """
        for form in self.table.forms:
            for known in known_names(form):
                meaning = Meaning(
                    kind=Kind.FORM,
                    name=form.id,
                    compound=known.compound,
                )
                self._learn_name(known.name, meaning)
        for entry in self.table.explained:
            # A brand's name is a whole one; "magnesium dimalate" is a form of magnesium.
            entry_name = folded(entry.name)
            is_brand = not entry_name.startswith(self.nutrient)
            kind = Kind.COMPOUND if is_brand else Kind.FORM
            meaning = Meaning(kind, entry.id)
            for known in known_names(entry):
                self._learn_name(known.name, meaning)
        for language in self.languages:
            for form_id, names in language.names.items():
                meaning = Meaning(Kind.FORM, form_id)
                for name in names:
                    self._learn_name(name, meaning)

    def _learn_own_names(self) -> None:
        """Take notice of names such as "Epsom salt", in which no word names a salt of anything."""
        for form in self.table.forms:
            for compound in form.compounds:
                for name in compound.names:
                    words = folded(name).split()
                    if not any(map(self._may_be_a_salt, words)):
                        self.names_like_it.add(" ".join(words))

    def _may_be_a_salt(self, word: str) -> bool:
        known = self._meanings.get(word)
        if known is not None and known.kind in (Kind.FORM, Kind.COMPOUND):
            return True
        return word.endswith(self.endings)

    def _learn_name(self, name: str, meaning: Meaning) -> None:
        """Take a name in. One that has the nutrient in it is a compound without more."""
        shortest = self._shortest(name)
        if shortest.startswith(self._prefixes):
            # As it is written, with its spaces: "ferrous fumarate".
            self.names_like_it.add(folded(name))
        if self._has_nutrient(shortest):
            meaning = meaning._replace(kind=Kind.COMPOUND)
        self._meanings.setdefault(shortest, meaning)

    def _has_nutrient(self, name: str) -> bool:
        """Whether the nutrient is in a name, or what its compounds begin with."""
        if name.startswith(self._prefixes):
            return True
        return self._nutrient_inside.search(name) is not None

    def _shortest(self, phrase: str) -> str:
        """The key of a phrase, without the nutrient in front of it."""
        possible_keys = keys(folded(phrase), self.nutrient)
        return min(possible_keys, key=len)

    def _learn(self, kind: Kind | None, phrases: Iterable[str]) -> None:
        """Take phrases in, without the nutrient in front of them; what came first stays."""
        meaning = Meaning(kind)
        for phrase in phrases:
            shortest = self._shortest(phrase)
            self._meanings.setdefault(shortest, meaning)

    def meaning(self, words: Sequence[str]) -> tuple[Meaning, int]:
        """What the longest phrase means that begins some words, and how many of them it has."""
        longest = None
        joined = ""
        for length, word in enumerate(words, 1):
            joined += word
            if meaning := self._meanings.get(joined):
                longest = meaning, length
            if joined not in self._beginnings:
                break
        if longest is not None:
            return longest
        return self._alone(words[0]), 1

    def _alone(self, word: str) -> Meaning:
        """What a word means that no phrase of the table begins with."""
        for nutrient in self.nutrient:
            if word.startswith(nutrient) and len(word) > len(nutrient):
                return self._glued(word.removeprefix(nutrient))
        # zinkcitrat
        if self._is_of_another(word):
            return Meaning(Kind.OTHER)
        if word.endswith(self.endings):
            kind = Kind.SALT if word.isascii() else Kind.GENITIVE
            return Meaning(kind, word)
        return Meaning(Kind.WORD, word)

    def _is_of_another(self, word: str) -> bool:
        """Whether a word is a form with another substance glued before it."""
        for end in range(_SHORTEST_GLUED, len(word)):
            before = self._meanings.get(word[:end])
            if before is None or before.kind is not Kind.OTHER:
                continue
            behind = self._meanings.get(word[end:])
            if behind is not None and behind.kind is Kind.FORM:
                return True
        return False

    def _glued(self, rest: str) -> Meaning:
        """What a word means that begins with the nutrient and has another behind it."""
        known = self._meanings.get(rest)
        # magnesiumcitrat
        if known and known.kind in (Kind.FORM, Kind.COMPOUND):
            return known._replace(kind=Kind.COMPOUND)
        # magnesiumkomplex
        if known and known.kind is Kind.BLEND:
            return Meaning(Kind.COMPOUND)
        # magnesiumtabletten
        if known and known.kind in (None, Kind.PIECE):
            return Meaning(Kind.NUTRIENT)
        # magnesiumpyruvat
        if rest.endswith(self.endings):
            return Meaning(Kind.COMPOUND, rest)
        return Meaning(Kind.WORD, rest)
