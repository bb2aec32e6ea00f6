"""What a table has on some words: forms, names, notes, disputes, corrections and sources.

A word is found in any spelling, American or British, singular or plural. A stemming library would
do that, too, at 23 ms of start-up and a quarter of a second for this table's words.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from math import log
from typing import NamedTuple

from mgform.errors import CallError
from mgform.names import names_of
from mgform.notes import is_thread, titled
from mgform.table import (
    CAUTION,
    Correction,
    Dispute,
    Explained,
    Form,
    Note,
    Source,
    Statement,
    Table,
)
from mgform.words import closest

# What a word is worth by where it stands. A phrase is a name or a keyword of several words, all of
# which were asked for: "too much".
_PHRASE = 11
_NAME = 10
_QUESTION = 9
_SHOWN_KEYWORD = 8
_KEYWORD = 7
_PART_OF_NAME = 6
_SUBJECT = 4
_TEXT = 3
_DETAIL = 1
# What has less than this share of what the best entry tells is left out.
_LEAST_SHARE = 0.6

_WORD = re.compile(r"[^\W_]+")
# What explains who a source is: "EFSA, the EU's food authority, ..." does not speak of food.
_WHO_IT_IS = r", (?<=[A-Z], )(?:the|an?) [^,.;]+"
_PLURAL = re.compile(r"(?<=\w{2}[^isu])s$")
# The longer ending first; what is left of a word has four letters at least.
_ENDINGS = re.compile(
    r"(?<=\w{4})(ation|ating|ated|ate|ancy|ant|ion|ing|ie|ed|er|e|y)$"
)
_SPELLINGS = {
    "oe": "e",
    "ae": "e",
    "ph": "f",
    "our": "or",
    "yse": "yze",
    "ise": "ize",
}
_QUESTION_WORDS = """
    a about after again all also am an and another any are as at be because been before being best
    better between bottle both but buy by can cause causes could did do does doing done else ever
    every feel few for from get gets getting give gives go goes going good got had has have having
    he help helps her him his how i if in instead into is it its just kind know label less let like
    look made make makes many matter may me mean meaning means might more most must my need needs
    no not now of off ok okay old on one only or other our out over per person please reduce say
    says see shall she should since so some something still such sure take taken takes taking tell
    than that the their them then there these they thing this those through to type under until up
    us use used uses using very want wants was way we well were what when where whether which while
    who why will with without work works would yes you your
""".split()

Item = Form | Explained | Note | Dispute | Correction | Source
"""What a table may have on some words."""


class Found(NamedTuple):
    """What a search has found, the best first.

    The table has nothing of the ``missing`` words. For some of them it says what stands nearest:
    ``nearest`` are those words, and they were looked for, too. ``slips`` are words that may be
    meant instead. ``roots`` are the stems of the words that were found. The first items, as many as
    ``named`` says, have one of them in a name, a question, a keyword or a topic, and not only
    somewhere in a text.
    """

    items: tuple[Item, ...]
    missing: tuple[str, ...]
    nearest: tuple[str, ...]
    slips: tuple[str, ...]
    roots: frozenset[str]
    named: int


def search(table: Table, words: Iterable[str]) -> Found:
    """What a table has on some words, in any order; a CallError where there is no word to look for.

    What has the rarest of them at the best places comes first. What has only common ones, beside
    something that has more, is left out.
    """
    typed = list(words)
    asked = _asked(table, typed)
    if not asked:
        topic = titled(table, table.topics[0])
        raise CallError(
            f"search for what? Write a word, as in: mgform search {topic}"
        )
    index = _Index(_entries(table))
    missing = [word for word in asked if not index.worths(stem(word))]
    nearest = _nearest(table, missing)
    looked_for = [*asked, *_asked(table, nearest)]
    roots = [stem(word) for word in looked_for]
    roots = [root for root in roots if index.worths(root)]
    hits = _best(index, roots, stems(" ".join([*typed, *nearest])))
    named = [hit for hit in hits if hit.is_named()]
    return Found(
        items=tuple(hit.entry.item for hit in hits),
        missing=tuple(missing),
        nearest=tuple(nearest),
        slips=tuple(_slips(table, missing)),
        roots=frozenset(roots),
        named=len(named),
    )


def stems(text: str) -> set[str]:
    """The stems of the words in a text."""
    return {stem(word) for word in _WORD.findall(text.casefold())}


def mentions(text: str, root: str) -> int:
    """How many of the words in a text have a stem.

    A word begins with its stem. So a text without those letters needs no look at its words.
    """
    if root not in spelled(text):
        return 0
    roots = [stem(word) for word in _WORD.findall(text.casefold())]
    return roots.count(root)


def _asked(table: Table, texts: Iterable[str]) -> list[str]:
    """The words that tell what somebody asks about, each once.

    Where a question has no others, even words of questions and the nutrient's names are looked for.
    """
    typed: list[str] = []
    for text in texts:
        typed += _WORD.findall(text.casefold())
    silent = {*_QUESTION_WORDS, table.nutrient.casefold()}
    for prefix in table.name_prefixes:
        silent.add(prefix.casefold())
    telling = [word for word in typed if word not in silent]
    return list(dict.fromkeys(telling or typed))


class _Entry:
    """Something that a table holds, and its texts, each with what a word is worth there.

    ``phrases`` are its keywords, and its names of several words. ``is_talk`` says that a thread
    says it, and nothing published.
    """

    def __init__(self, item: Item, *, is_talk: bool = False) -> None:
        self.item = item
        self.is_talk = is_talk
        self.place = 0
        self.texts: list[tuple[int, str]] = []
        self.keywords = ""
        self.phrases: list[str] = []

    def add(self, worth: int, *texts: str | None) -> None:
        """Add some texts; a word is worth what it is at its best place."""
        self.texts.append((worth, _together(texts)))

    def add_names(self, table: Table, *names: str) -> None:
        """Add names; one of several words is worth more where all of them were asked for."""
        silent = {table.nutrient.casefold()}
        silent.update(map(str.casefold, table.name_prefixes))
        for name in names:
            words = _WORD.findall(name.casefold())
            telling = [word for word in words if word not in silent]
            if len(telling) > 1:
                self.add(_PART_OF_NAME, name)
                self.phrases.append(" ".join(telling))
            else:
                self.add(_NAME, name)

    def add_keywords(self, keywords: Iterable[str]) -> None:
        """Add words by which people look for this; those that its text shows are worth more."""
        self.keywords = _together(keywords)
        self.phrases += keywords

    def add_statement(self, table: Table, said: Statement) -> None:
        """Add the words of a statement and the name of who makes it."""
        self.add(_TEXT, re.sub(_WHO_IT_IS, "", said.text))
        source = table.sources_by_id[said.source]
        self.add(
            _DETAIL,
            said.details,
            said.studied,
            said.relays,
            source.mark or source.id,
        )

    def worth(self, root: str) -> int:
        """What a word is worth here, by its stem; 0 where no text has it."""
        if root not in self._letters:
            return 0
        worths = [worth for worth, text in self.texts if mentions(text, root)]
        in_keywords = mentions(self.keywords, root)
        if not in_keywords:
            return max(worths, default=0)
        # A word of several keywords counts like one that the text shows.
        if in_keywords > 1 or _TEXT in worths:
            return _SHOWN_KEYWORD
        return _KEYWORD

    def has_phrase(self, root: str, asked: set[str]) -> bool:
        """Whether a word belongs to a phrase all of whose words were asked for, by their stems."""
        for phrase in self.phrases:
            if mentions(phrase, root):
                roots = stems(phrase)
                if len(roots) > 1 and roots <= asked:
                    return True
        return False

    @cached_property
    def _letters(self) -> str:
        """All of its texts; where a stem is not in them, it is in none of their words."""
        texts = [text for _, text in self.texts]
        return spelled("\n".join([*texts, self.keywords]))


def _together(texts: Iterable[str | None]) -> str:
    """Some texts as one, whose words are the same."""
    return "\n".join(text for text in texts if text is not None)


def _entries(table: Table) -> list[_Entry]:
    """Everything that a search looks through."""
    entries = []
    for form in table.forms:
        entries.append(_of_form(table, form))
    for explained in table.explained:
        entries.append(_of_explained(table, explained))
    for note in table.notes:
        entries.append(_of_note(table, note))
    for dispute in table.disputes:
        entries.append(_of_dispute(table, dispute))
    for correction in table.corrections:
        entries.append(_of_correction(table, correction))
    for source in table.sources:
        entries.append(_of_source(source))
    return entries


def _of_form(table: Table, form: Form) -> _Entry:
    entry = _Entry(form)
    entry.add_names(table, form.id, form.name)
    entry.add_names(table, *form.aliases)
    entry.add_names(table, *form.members)
    for compound in form.compounds:
        entry.add_names(table, compound.name)
        entry.add_names(table, *compound.names)
        entry.add(_DETAIL, compound.remark)
    return entry


def _of_explained(table: Table, explained: Explained) -> _Entry:
    entry = _Entry(explained)
    entry.add_names(table, explained.id, explained.name)
    entry.add_names(table, *explained.aliases)
    entry.add(_SUBJECT, *explained.forms)
    for said in explained.statements:
        entry.add_statement(table, said)
    return entry


def _of_note(table: Table, note: Note) -> _Entry:
    entry = _Entry(note, is_talk=is_thread(table, note.source))
    for said in (note, *note.published):
        entry.add_statement(table, said)
    entry.add_keywords(note.keywords)
    entry.add(_SUBJECT, note.about, titled(table, note.about))
    entry.add(_SUBJECT, *_names(table, note.forms))
    return entry


def _of_dispute(table: Table, dispute: Dispute) -> _Entry:
    entry = _Entry(dispute)
    entry.add(_QUESTION, dispute.question)
    if dispute.about is not None:
        entry.add(_SUBJECT, dispute.about, titled(table, dispute.about))
    entry.add(_SUBJECT, *_names(table, dispute.forms))
    for said in (*dispute.positions, *dispute.published):
        entry.add_statement(table, said)
    return entry


def _of_correction(table: Table, correction: Correction) -> _Entry:
    entry = _Entry(correction)
    entry.add(_SUBJECT, *_names(table, correction.forms))
    for said in (correction.claim, *correction.published):
        entry.add_statement(table, said)
    return entry


def _of_source(source: Source) -> _Entry:
    entry = _Entry(source)
    entry.add(_NAME, source.id, source.mark)
    entry.add(_TEXT, source.citation, source.doi, source.pmid)
    return entry


def _names(table: Table, form_ids: Iterable[str]) -> list[str]:
    """The names under which people look for what is said of some forms."""
    names: list[str] = []
    for form_id in form_ids:
        names += [form_id, *table.forms_by_id[form_id].members]
    return names


class _Index:
    """The entries that have a word, by its stem, and what it is worth in each."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self.entries = entries
        for place, entry in enumerate(entries):
            entry.place = place
        self._worths: dict[str, list[tuple[_Entry, int]]] = {}

    def worths(self, root: str) -> list[tuple[_Entry, int]]:
        """The entries that have a word, in the table's order, and what it is worth there."""
        if root not in self._worths:
            having = []
            for entry in self.entries:
                worth = entry.worth(root)
                if worth:
                    having.append((entry, worth))
            self._worths[root] = having
        return self._worths[root]

    def rarity(self, root: str) -> float:
        """What a word tells: the fewer entries have it, the more.

        A word that is no name, keyword or topic of anything ("together") tells half of that.
        """
        having = self.worths(root)
        rarity = log((len(self.entries) + 1) / (len(having) + 1))
        if all(worth < _SUBJECT for _, worth in having):
            return rarity / 2
        return rarity


class _Hit:
    """An entry that has some of the words: how much these tell, and what they are worth there.

    ``best`` is what the best of them is worth.
    """

    def __init__(self, entry: _Entry) -> None:
        self.entry = entry
        self.told = 0.0
        self.score = 0.0
        self.best = 0

    def add(self, rarity: float, worth: int) -> None:
        """Add a word that the entry has."""
        self.told += rarity
        self.score += rarity * worth
        self.best = max(self.best, worth)

    def is_named(self) -> bool:
        """Whether it is more than a text in which one of the words comes up."""
        is_source = isinstance(self.entry.item, Source)
        return not is_source and self.best >= _SUBJECT

    def order(self) -> tuple[bool, bool, float, bool, bool, bool, bool, int]:
        """Sources stand last, and before them texts in which a word only comes up.

        Of what is worth as much, talk comes last, unless it is a caution; what holds for every form
        comes before what is said of some, a caution before other notes, and what is published
        before talk. Apart from that, the table's order decides.
        """
        item = self.entry.item
        is_caution = isinstance(item, Note) and item.about == CAUTION
        is_of_some_forms = isinstance(item, Note) and bool(item.forms)
        worth = round(self.score, 6)
        return (
            isinstance(item, Source),
            not self.is_named(),
            -worth,
            self.entry.is_talk and not is_caution,
            is_of_some_forms,
            not is_caution,
            self.entry.is_talk,
            self.entry.place,
        )


def _best(
    index: _Index,
    roots: Iterable[str],
    asked: set[str],
) -> list[_Hit]:
    """What has the words that tell most, the best first; equal ones as in the table.

    ``asked`` are the stems of all words of the question, of which ``roots`` are looked for.
    """
    hits: dict[int, _Hit] = {}
    for root in dict.fromkeys(roots):
        rarity = index.rarity(root)
        for entry, worth in index.worths(root):
            hit = hits.setdefault(entry.place, _Hit(entry))
            in_phrase = entry.has_phrase(root, asked)
            hit.add(rarity, _PHRASE if in_phrase else worth)
    most = max((hit.told for hit in hits.values()), default=0)
    telling = []
    for hit in hits.values():
        if hit.told >= most * _LEAST_SHARE:
            telling.append(hit)
    return sorted(telling, key=_Hit.order)


@cache
def spelled(text: str) -> str:
    """A text in small letters and in American spelling."""
    american_text = text.casefold()
    for british, american in _SPELLINGS.items():
        american_text = american_text.replace(british, american)
    return american_text


@cache
def stem(word: str) -> str:
    """A word without what does not tell words apart: its spelling, its number, and how it ends."""
    root = _PLURAL.sub("", spelled(word))
    shorter = _ENDINGS.sub("", root)
    # "splitting" is "split": a letter that an ending doubles counts once.
    if shorter != root and shorter[-1] == shorter[-2]:
        return shorter[:-1]
    return shorter


def _nearest(table: Table, missing: Iterable[str]) -> list[str]:
    """What stands nearest to words of which the table has nothing, as the table says."""
    roots = {stem(word) for word in missing}
    near = []
    for subject, words in table.nearest.items():
        roots_of_subject = {stem(word) for word in words}
        if not roots.isdisjoint(roots_of_subject):
            near.append(subject)
    return near


def _slips(table: Table, missing: Sequence[str]) -> list[str]:
    """The names and keywords of which some words are probably slips."""
    if not missing:
        return []
    known = _known_words(table)
    slips = []
    for word in missing:
        slip = closest(word, known)
        if slip:
            slips.append(slip)
    return slips


def _known_words(table: Table) -> list[str]:
    """The words of every name, and of the keywords by which people look for notes."""
    texts: list[str] = []
    entries: list[Form | Explained] = [*table.forms, *table.explained]
    for entry in entries:
        for role, name in names_of(entry):
            if role != "misspelt":
                texts.append(name)
    for note in table.notes:
        texts += note.keywords
    words = set()
    for text in texts:
        words.update(_WORD.findall(text.casefold()))
    return sorted(words)
