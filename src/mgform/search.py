"""What a table has on some words: forms, names, notes, disputes, corrections and sources.

A word is found in any spelling, American or British, singular or plural. A stemming library would
do that, too, at 23 ms of start-up and a quarter of a second for this table's words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import log
from typing import NamedTuple

from mgform.errors import CallError
from mgform.table import Correction, Dispute, Explained, Form, Note, Source, Statement, Table
from mgform.words import closest

# What a word is worth by where it stands.
_NAME, _SUBJECT, _TEXT, _DETAIL = 8, 4, 2, 1

_WORD = re.compile(r"[^\W_]+")
# The longer ending first; what is left of a word has four letters at least.
_ENDINGS = re.compile(
    r"(?<=\w{4})(ations?|ating|ated|ates?|ancy|ants?|ions?|ings?|ies|ed|es|er|e|y|s)$"
)
_BRITISH = (("oe", "e"), ("ae", "e"), ("ph", "f"), ("our", "or"), ("lys", "lyz"), ("is", "iz"))
# Words of a question that tell nothing of what it is about.
_QUESTION = """
    a am an and any are as at be best by can could do does for from get give good has have help helps
    how i if in into is it its may me mg my of on or shall should take taken taking than that the
    them there these they this to was what when which who why will with you your
"""

Item = Form | Explained | Note | Dispute | Correction | Source


class Hit(NamedTuple):
    """Something that a table has on the words, and how well it fits them: more is better."""

    item: Item
    score: float


class Found(NamedTuple):
    """What a search has found, the best first.

    ``missing`` are words of which the table has nothing; ``instead`` says for some of them what was
    looked for in their place, because it stands nearest. ``slips`` are words that may be meant.
    """

    hits: tuple[Hit, ...]
    missing: tuple[str, ...]
    instead: Mapping[str, str]
    slips: Mapping[str, str]


def search(table: Table, words: Sequence[str]) -> Found:
    """What a table has on some words, in any order; a CallError where there is no word to look for.

    Entries that have all the words come before those that have some. A word that few entries have
    counts more than one that many have.
    """
    typed = [word for text in words for word in _WORD.findall(text.casefold())]
    asked = [word for word in typed if word not in _QUESTION.split()] or typed
    if not asked:
        raise CallError("search for what? Write a word, as in: mgform search kidney")
    index = [(item, dict(_worth(table, item))) for item in _items(table)]
    known = {word for _, worth in index for word in worth}
    missing = tuple(dict.fromkeys(word for word in asked if stem(word) not in known))
    instead = {word: near for word in missing if (near := _nearest(table, word))}
    wanted = [word for word in asked if word not in missing]
    wanted += [word for near in instead.values() for word in _WORD.findall(near.casefold())]
    stems = list(dict.fromkeys(stem(word) for word in wanted))
    slips = {word: slip for word in missing if (slip := _slip(table, word))}
    return Found(tuple(_ranked(index, stems)), missing, instead, slips)


def _items(table: Table) -> Iterator[Item]:
    yield from table.forms
    yield from table.explained
    yield from table.notes
    yield from table.disputes
    yield from table.corrections
    yield from table.sources


def _ranked(index: Sequence[tuple[Item, dict[str, float]]], stems: Sequence[str]) -> list[Hit]:
    """The entries that have the most of the words, the best first; equal ones as in the table."""
    rarity = {}
    for word in stems:
        number = sum(word in worth for _, worth in index)
        rarity[word] = log((len(index) + 1) / (number + 1)) if number else 0.0
    found = []
    for item, worth in index:
        has = [word for word in stems if word in worth]
        if has:
            score = sum(worth[word] * rarity[word] for word in has)
            found.append((len(has), Hit(item, score)))
    most = max((number for number, _ in found), default=0)
    best = [hit for number, hit in found if number == most]
    return sorted(best, key=lambda hit: -hit.score)


def _worth(table: Table, item: Item) -> Iterator[tuple[str, float]]:
    """Each word of an entry, and what it is worth there; the last of a word counts most."""
    for worth, texts in sorted(_texts(table, item), key=lambda texts: texts[0]):
        for text in texts:
            for word in _WORD.findall(text.casefold()):
                yield stem(word), worth


def _texts(table: Table, item: Item) -> Iterator[tuple[int, Iterable[str]]]:
    """The texts of an entry by what a word in them is worth."""
    match item:
        case Form():
            yield _NAME, (item.id, item.name, *item.aliases, *item.members)
            yield _NAME, (name for salt in item.compounds for name in (salt.name, *salt.names))
            yield _DETAIL, (salt.remark or "" for salt in item.compounds)
        case Explained():
            yield _NAME, (item.id, item.name, *item.aliases)
            yield _SUBJECT, item.forms
            yield from _said(table, *item.statements)
        case Note():
            yield _NAME, item.keywords
            yield _SUBJECT, (item.about, *_names(table, item.forms))
            yield from _said(table, item, *item.published)
        case Dispute():
            yield _NAME, (item.question,)
            yield _SUBJECT, (item.about or "", *_names(table, item.forms))
            yield from _said(table, *item.positions, *item.published)
        case Correction():
            yield _SUBJECT, _names(table, item.forms)
            yield from _said(table, item.claim, *item.published)
        case Source():
            yield _NAME, (item.id, item.mark or "")
            yield _TEXT, (item.citation, item.doi or "", item.pmid or "")


def _said(table: Table, *statements: Statement) -> Iterator[tuple[int, Iterable[str]]]:
    for said in statements:
        yield _TEXT, (said.text,)
        yield _DETAIL, (said.details or "", said.studied or "", said.relays or "")
        yield _DETAIL, (table.sources_by_id[said.source].mark or said.source,)


def _names(table: Table, ids: Iterable[str]) -> Iterator[str]:
    """The names under which people look for what is said of some forms."""
    for form in table.forms:
        if form.id in ids:
            yield from (form.id, *form.members)


@cache
def stem(word: str) -> str:
    """A word without what does not tell words apart: its spelling, its number, and how it ends."""
    folded = word.casefold()
    for british, american in _BRITISH:
        folded = folded.replace(british, american)
    rest = _ENDINGS.sub("", folded)
    # "splitting" is "split": a letter that an ending doubles counts once.
    return rest[:-1] if rest != folded and rest[-2:-1] == rest[-1] else rest


def _nearest(table: Table, word: str) -> str | None:
    """What stands nearest to a word of which the table has nothing, as the table says."""
    for near, words in table.nearest.items():
        if any(stem(word) == stem(other) for other in words):
            return near
    return None


def _slip(table: Table, word: str) -> str | None:
    """The keyword or name that a word is probably a slip of."""
    known = {form.id for form in table.forms}
    for note in table.notes:
        known.update(keyword for keyword in note.keywords if " " not in keyword)
    return closest(word, sorted(known))
