"""Forms side by side: which is milder, according to whom, and in what they differ."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from msgspec import Struct

from mgform.errors import CallError
from mgform.forms import SCALES, Level, backing, concerning, level_of, profile, studies
from mgform.names import Match, lowered
from mgform.table import Basis, Correction, Dispute, Form, Table, Topic
from mgform.words import listed, quoted

_PAIR = 2
# Levels of this scale stand before its title: "strong laxative effect". What others say may not: "varies".
_EFFECT = "laxative"


class Rank(Struct, frozen=True):
    """The forms that share a level, all of them stated or all of them our reading, and who says so."""

    level: str
    forms: tuple[str, ...]
    basis: Basis
    sources: tuple[str, ...]


class Verdict(Struct, frozen=True):
    """Which of the compared forms is milder, in a sentence and by the scale that tells them apart.

    ``ranks`` go from the mildest on; ``unplaced`` are the forms to which the table gives no level.
    """

    sentence: str
    separates: bool
    scale: str | None
    ranks: tuple[Rank, ...]
    unplaced: tuple[str, ...]


class Comparison(Struct, frozen=True):
    """Forms side by side, as scripts get them.

    ``forms`` say by which name somebody asked for each. A row says what each form has under one ``field``, by its id
    (``values``), and whether that ``differs``; levels have ``basis`` and ``sources``, too.
    """

    forms: tuple[dict[str, str], ...]
    rows: tuple[dict[str, Any], ...]
    verdict: Verdict
    disputes: tuple[Dispute, ...]
    corrections: tuple[Correction, ...]


def compare(table: Table, matches: Sequence[Match]) -> Comparison:
    """Compare two forms or more; fewer are a CallError."""
    if len(matches) < _PAIR:
        raise CallError(
            "a comparison needs two different forms or more, as in: mgform compare citrate malate"
        )
    forms = [match.form for match in matches]
    asked = (
        {"id": form.id, "name": form.name, "asked_as": name, "matched": role}
        for form, name, role in matches
    )
    return Comparison(
        tuple(asked), tuple(_rows(table, forms)), _verdict(table, forms), *concerning(table, forms)
    )


def _rows(table: Table, forms: Sequence[Form]) -> Iterator[dict[str, Any]]:
    """A row for each field, and for each topic on which one of the forms has a note."""
    columns: dict[str, dict[str, Any]] = {}
    for form in forms:
        column = columns[form.id] = profile(table, form)
        column["studies"], column["studies_in_people"] = studies(table, form.notes)
        column |= {
            f"notes.{topic}": tuple(note for note in form.notes if note.about is topic)
            for topic in Topic
        }
        column |= {
            field: tuple(each.id for each in column[field]) for field in ("disputes", "corrections")
        }
    fields = (
        "elemental_percent",
        "studies",
        "studies_in_people",
        *(f"notes.{topic}" for topic in Topic),
    )
    for field in (*table.scales.in_use(), *fields, "disputes", "corrections"):
        values = {form: column[field] for form, column in columns.items()}
        row = {"field": field, "values": values, "differs": len({*values.values()}) > 1}
        for end in ("basis", "sources") if field in SCALES else ():
            row[end] = {form: column[f"{field}_{end}"] for form, column in columns.items()}
        if any(values.values()) or not field.startswith("notes."):
            yield row


def _verdict(table: Table, forms: Sequence[Form]) -> Verdict:
    """Which of the forms is milder: by the first scale that separates them, else by the table's first."""
    on_scales = {name: _ranks(table, forms, name) for name in table.scales.in_use()}
    separating = [
        name for name, ranks in on_scales.items() if len({rank.level for rank in ranks}) > 1
    ]
    scale_name = next(iter((*separating, *on_scales)), None)
    ranks = on_scales[scale_name] if scale_name else ()
    placed = [form for rank in ranks for form in forms if form.id in rank.forms]
    unplaced = tuple(form.id for form in forms if form not in placed)
    sentences = [_sentence(table, placed, scale_name, ranks)] if scale_name and ranks else []
    sentences += [f"The table gives no level for {listed(unplaced)}."] if unplaced else []
    return Verdict(" ".join(sentences), bool(separating), scale_name, ranks, unplaced)


def _ranks(table: Table, forms: Iterable[Form], scale_name: str) -> tuple[Rank, ...]:
    """The forms by their levels, from the mildest on, and what is stated before what is our reading."""
    levels = {form.id: level for form in forms if (level := level_of(table, form, scale_name))}
    ranks = []
    for word, basis in product(table.scales.in_use()[scale_name].levels, Basis):
        these = {
            form: level
            for form, level in levels.items()
            if (level.word, level.basis) == (word, basis)
        }
        if these:
            sources = dict.fromkeys(source for level in these.values() for source in level.sources)
            ranks.append(Rank(word, tuple(these), basis, tuple(sources)))
    return tuple(ranks)


def _sentence(table: Table, placed: Sequence[Form], scale_name: str, ranks: Sequence[Rank]) -> str:
    """The answer: who says what of two forms, or how several stand to each other, the mildest first."""
    ranking = ranked(table, placed, scale_name)
    if ranks[0].level == ranks[-1].level and len(placed) > 1:
        return f"No difference: {lowered(ranking)}"
    if len(placed) != _PAIR:
        return ranking
    milder = f"{placed[0].id.capitalize()} is {table.scales.in_use()[scale_name].comparative}"
    reading = ", by our reading" if any(rank.basis is Basis.INFERRED for rank in ranks) else ""
    said = who_says(table, placed, scale_name)
    return f"{milder}{reading}: {f'{said}.' if said else lowered(ranking)}"


def ranked(table: Table, forms: Iterable[Form], scale_name: str | None = None) -> str:
    """How forms stand to each other on a scale, else the table's first, from the mildest on, and who says so."""
    scales = table.scales.in_use()
    scale_name = scale_name or next(iter(scales))
    parts = []
    for each in _ranks(table, forms, scale_name):
        level = each.level if scale_name == _EFFECT else f"rated {quoted(each.level)}"
        parts.append(f"{level} with {listed(each.forms)} {marked(table, each.sources, each.basis)}")
    title = lowered(scales[scale_name].title)
    return f"The {title} is {listed(parts)}." if parts else "The table gives these forms no level."


def level_clause(table: Table, form: Form, level: Level, scale_name: str) -> str:
    """A form's level as a sentence: "Citrate has a strong laxative effect: post-4 calls citrate very laxative."."""
    title = lowered(table.scales.in_use()[scale_name].title)
    article = "an" if level.word[:1] in "aeiou" else "a"
    has = f"{form.id} has {article} {level.word} {title}"
    if scale_name != _EFFECT:
        has = f"the {title} of {form.id} is rated {quoted(level.word)}"
    said = who_says(table, [form], scale_name) or f"the word of {marks(table, level.sources)}"
    sentence = f"{'by our reading, ' if level.basis is Basis.INFERRED else ''}{has}: {said}."
    return f"{sentence[:1].upper()}{sentence[1:]}"


def who_says(table: Table, forms: Iterable[Form], scale_name: str) -> str:
    """``post-4 calls malate less laxative and ...; post-5 ...``, or nothing where a note has no such clause."""
    said: dict[str, dict[str, list[str]]] = {}
    for form in forms:
        for note in backing(table, form, scale_name):
            if note.says is None:
                return ""
            verb, _, rest = note.says.replace("{form}", form.id).partition(" ")
            said.setdefault(note.source, {}).setdefault(verb, []).append(rest)
    clauses = {
        source: " and ".join(
            f"{verb} {' and '.join(dict.fromkeys(rests))}".rstrip() for verb, rests in verbs.items()
        )
        for source, verbs in said.items()
    }
    return "; ".join(f"{marks(table, [source])} {clause}" for source, clause in clauses.items())


def marked(
    table: Table, sources: Iterable[str], basis: Basis = Basis.STATED, remark: str = ""
) -> str:
    """Sources in brackets, as they stand beside what they say: ``[our reading of post-4]``."""
    reading = "our reading of " if basis is Basis.INFERRED else ""
    return f"[{reading}{marks(table, sources)}{remark}]"


def marks(table: Table, sources: Iterable[str]) -> str:
    """Sources as they are named beside a text: ``post-4, Walker 2003``."""
    return ", ".join(table.sources_by_id[name].mark or name for name in sources) or "no source"
