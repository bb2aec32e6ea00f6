"""What a table has on some words: forms, names, notes, disputes, corrections and sources.

A word is found in any spelling, American or British, singular or plural. A stemming library would
do that, too, at 23 ms of start-up and a quarter of a second for this table's words.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from math import log
from operator import itemgetter
from typing import NamedTuple

from mgform.errors import CallError
from mgform.table import (
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

# What a word is worth by where it stands.
_NAME = 8
_SUBJECT = 4
_TEXT = 2
_DETAIL = 1

_WORD = re.compile(r"[^\W_]+")
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
    a am an and any are as at be best by can could do does for from get give good has have help
    helps how i if in into is it its may me mg my of on or shall should take taken taking than that
    the them there these they this to was what when which who why will with you your
""".split()

Item = Form | Explained | Note | Dispute | Correction | Source
"""What a table may have on some words."""


class Found(NamedTuple):
    """What a search has found, the best first.

    The table has nothing of the ``missing`` words. For some of them it says what stands nearest:
    ``nearest`` are those words, and they were looked for, too. ``slips`` are words that may be
    meant instead.
    """

    items: tuple[Item, ...]
    missing: tuple[str, ...]
    nearest: tuple[str, ...]
    slips: tuple[str, ...]


def search(table: Table, words: Iterable[str]) -> Found:
    """What a table has on some words, in any order; a CallError where there is no word to look for.

    What has the most of the words is found, and what has the rarest of them at the best places
    comes first.
    """
    asked = _asked(words)
    if not asked:
        raise CallError(
            f"search for what? Write a word, as in: mgform search {table.topics[0]}"
        )
    entries = _entries(table)
    roots = []
    missing = []
    for word in asked:
        root = stem(word)
        if any(root in entry.worth for entry in entries):
            roots.append(root)
        else:
            missing.append(word)
    nearest = _nearest(table, missing)
    for word in _asked(nearest):
        roots.append(stem(word))
    return Found(
        items=tuple(_best(entries, roots)),
        missing=tuple(missing),
        nearest=tuple(nearest),
        slips=tuple(_slips(table, missing)),
    )


def _asked(texts: Iterable[str]) -> list[str]:
    """The words that tell what somebody asks about, each once."""
    typed: list[str] = []
    for text in texts:
        typed += _WORD.findall(text.casefold())
    telling = [word for word in typed if word not in _QUESTION_WORDS]
    return list(dict.fromkeys(telling or typed))


class _Entry:
    """Something that a table holds, and what each word in it is worth, by its stem."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.worth: dict[str, int] = {}

    def add(self, worth: int, *texts: str | None) -> None:
        """Add the words of some texts; a word is worth what it is at its best place."""
        for text in texts:
            if text is None:
                continue
            for word in _WORD.findall(text.casefold()):
                root = stem(word)
                worth_before = self.worth.get(root, 0)
                self.worth[root] = max(worth, worth_before)

    def add_statement(self, table: Table, said: Statement) -> None:
        """Add the words of a statement and the name of who makes it."""
        self.add(_TEXT, said.text)
        source = table.sources_by_id[said.source]
        self.add(
            _DETAIL,
            said.details,
            said.studied,
            said.relays,
            source.mark or source.id,
        )


def _entries(table: Table) -> list[_Entry]:
    """Everything that a search looks through."""
    entries = []
    for form in table.forms:
        entries.append(_of_form(form))
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


def _of_form(form: Form) -> _Entry:
    entry = _Entry(form)
    entry.add(_NAME, form.id, form.name)
    entry.add(_NAME, *form.aliases)
    entry.add(_NAME, *form.members)
    for compound in form.compounds:
        entry.add(_NAME, compound.name)
        entry.add(_NAME, *compound.names)
        entry.add(_DETAIL, compound.remark)
    return entry


def _of_explained(table: Table, explained: Explained) -> _Entry:
    entry = _Entry(explained)
    entry.add(_NAME, explained.id, explained.name)
    entry.add(_NAME, *explained.aliases)
    entry.add(_SUBJECT, *explained.forms)
    for said in explained.statements:
        entry.add_statement(table, said)
    return entry


def _of_note(table: Table, note: Note) -> _Entry:
    entry = _Entry(note)
    entry.add(_NAME, *note.keywords)
    entry.add(_SUBJECT, note.about)
    entry.add(_SUBJECT, *_names(table, note.forms))
    for said in (note, *note.published):
        entry.add_statement(table, said)
    return entry


def _of_dispute(table: Table, dispute: Dispute) -> _Entry:
    entry = _Entry(dispute)
    entry.add(_NAME, dispute.question)
    entry.add(_SUBJECT, dispute.about)
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
    for form in table.forms:
        if form.id in form_ids:
            names += [form.id, *form.members]
    return names


def _best(entries: Sequence[_Entry], roots: Iterable[str]) -> list[Item]:
    """What has the most of the words, the best first; equal ones as in the table."""
    rarity = {root: _rarity(entries, root) for root in roots}
    most = 1
    scored: list[tuple[float, Item]] = []
    for entry in entries:
        present = rarity.keys() & entry.worth.keys()
        if len(present) > most:
            most = len(present)
            scored = []
        if len(present) == most:
            score = sum(entry.worth[root] * rarity[root] for root in present)
            scored.append((score, entry.item))
    scored.sort(key=itemgetter(0), reverse=True)
    return [item for _, item in scored]


def _rarity(entries: Sequence[_Entry], root: str) -> float:
    """What a word tells: the fewer entries have it, the more."""
    number = sum(root in entry.worth for entry in entries)
    return log((len(entries) + 1) / (number + 1))


@cache
def stem(word: str) -> str:
    """A word without what does not tell words apart: its spelling, its number, and how it ends."""
    root = word.casefold()
    for british, american in _SPELLINGS.items():
        root = root.replace(british, american)
    root = _PLURAL.sub("", root)
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


def _slips(table: Table, missing: Iterable[str]) -> list[str]:
    """The names and keywords of which some words are probably slips."""
    known = {form.id for form in table.forms}
    for note in table.notes:
        known.update(note.keywords)
    slips = []
    for word in missing:
        slip = closest(word, sorted(known))
        if slip:
            slips.append(slip)
    return slips
