"""Forms side by side: which is milder, according to whom, and in what they differ."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from mgform.forms import Level, backing, corrections_about, disputes_about, level_of, studies
from mgform.names import Match
from mgform.table import Basis, Correction, Dispute, Form, Scale, Table, Topic
from mgform.words import CallError, listed

_FEWEST = 2

Groups = Sequence[Sequence[tuple[Form, Level]]]


class Rank(Struct, frozen=True, kw_only=True):
    """The forms that share a level, and who says so."""

    level: str
    forms: tuple[str, ...]
    basis: Basis
    sources: tuple[str, ...]


class Verdict(Struct, frozen=True, kw_only=True):
    """Which of the compared forms is milder, in a sentence and by the scale that tells them apart.

    ``ranks`` go from the mildest on; ``unplaced`` are the forms to which the table gives no level.
    """

    sentence: str
    separates: bool
    scale: str | None
    ranks: tuple[Rank, ...]
    unplaced: tuple[str, ...]


class Row(Struct, frozen=True, kw_only=True):
    """What the compared forms have under one field, by form id.

    The values are words, numbers or None, ids, or notes; a level has its basis and sources beside it.
    """

    field: str
    values: dict[str, Any]
    differs: bool
    basis: dict[str, Basis | None] | UnsetType = UNSET
    sources: dict[str, tuple[str, ...]] | UnsetType = UNSET


class Asked(Struct, frozen=True, kw_only=True):
    """A compared form, and the name by which somebody asked for it."""

    id: str
    name: str
    asked_as: str
    matched: str


class Comparison(Struct, frozen=True, kw_only=True):
    """Forms side by side, as scripts get them."""

    forms: tuple[Asked, ...]
    rows: tuple[Row, ...]
    verdict: Verdict
    disputes: tuple[Dispute, ...]
    corrections: tuple[Correction, ...]


def compare(table: Table, matches: Sequence[Match]) -> Comparison:
    """Compare two forms or more.

    Raises:
        CallError: fewer than two forms.

    """
    if len(matches) < _FEWEST:
        raise CallError("a comparison needs two different forms or more, as in: mgform compare citrate malate")
    forms = [match.form for match in matches]
    return Comparison(
        forms=tuple(Asked(id=m.form.id, name=m.form.name, asked_as=m.asked, matched=m.role) for m in matches),
        rows=tuple(_rows(table, forms)),
        verdict=verdict(table, forms),
        disputes=tuple(disputes_about(table, forms)),
        corrections=tuple(corrections_about(table, forms)),
    )


def _rows(table: Table, forms: Sequence[Form]) -> Iterator[Row]:
    for name in table.scales.in_use():
        levels = {form.id: level_of(table, form, name) for form in forms}
        yield Row(
            field=name,
            values={form: level and level.word for form, level in levels.items()},
            differs=len({level and level.rank for level in levels.values()}) > 1,
            basis={form: level and level.basis for form, level in levels.items()},
            sources={form: level.sources if level else () for form, level in levels.items()},
        )
    percents = {f.id: f.compounds[0].elemental_percent if f.compounds else None for f in forms}
    yield _row("elemental_percent", percents)
    yield _row("studies", {form.id: studies(table, form.notes)[0] for form in forms})
    yield _row("studies_in_people", {form.id: studies(table, form.notes)[1] for form in forms})
    for topic in Topic:
        notes = {form.id: tuple(note for note in form.notes if note.about is topic) for form in forms}
        if any(notes.values()):
            yield _row(f"notes.{topic}", notes)
    yield _row("disputes", {form.id: tuple(each.id for each in disputes_about(table, [form])) for form in forms})
    yield _row("corrections", {form.id: tuple(each.id for each in corrections_about(table, [form])) for form in forms})


def _row(field: str, values: dict[str, Any]) -> Row:
    return Row(field=field, values=values, differs=len(set(values.values())) > 1)


def verdict(table: Table, forms: Sequence[Form]) -> Verdict:
    """Which of the forms is milder: by the first scale that separates them, else by the table's first."""
    found = [_verdict(table, forms, name) for name in table.scales.in_use()]
    if not found:
        ids = tuple(form.id for form in forms)
        sentence = f"The table has no scale by which {listed(ids)} could be compared."
        return Verdict(sentence=sentence, separates=False, scale=None, ranks=(), unplaced=ids)
    return next((each for each in found if each.separates), found[0])


def _verdict(table: Table, forms: Sequence[Form], name: str) -> Verdict:
    groups = _groups(table, forms, name)
    placed = {form.id for group in groups for form, _ in group}
    unplaced = tuple(form.id for form in forms if form.id not in placed)
    rest = f" The table gives no level for {listed(unplaced)}." if unplaced else ""
    return Verdict(
        sentence=f"{_sentence(table, name, groups)}{rest}".strip(),
        separates=len(groups) > 1,
        scale=name,
        ranks=tuple(_rank(group) for group in groups),
        unplaced=unplaced,
    )


def _groups(table: Table, forms: Iterable[Form], name: str) -> Groups:
    """The forms by level, from the mildest on."""
    levels = [(form, level) for form in forms if (level := level_of(table, form, name))]
    levels.sort(key=lambda each: each[1].rank)
    return [list(group) for _, group in groupby(levels, key=lambda each: each[1].rank)]


def _rank(group: Sequence[tuple[Form, Level]]) -> Rank:
    stated = any(level.basis is Basis.STATED for _, level in group)
    return Rank(
        level=group[0][1].word,
        forms=tuple(form.id for form, _ in group),
        basis=Basis.STATED if stated else Basis.INFERRED,
        sources=tuple(dict.fromkeys(source for _, level in group for source in level.sources)),
    )


def _sentence(table: Table, name: str, groups: Groups) -> str:
    placed = [each for group in groups for each in group]
    scale = table.scales.in_use()[name]
    if len(placed) <= 1:
        return level_clause(table, *placed[0], name) if placed else ""
    reading = ", by our reading" if any(level.basis is Basis.INFERRED for _, level in placed) else ""
    if len(groups) == 1:
        rank = _rank(groups[0])
        what = f"{scale.title.lower()} is {rank.level} for {listed(rank.forms)}{reading}"
        return f"No difference: {what}, on the word of {marks(table, rank.sources)}."
    if len(placed) == _FEWEST:
        (first, gentle), (second, strong) = placed
        said = who_says(table, [first, second], name) or f"{gentle.word} against {strong.word}"
        return f"{first.id.capitalize()} is {scale.comparative}{reading}: {said}."
    return _ranking(table, scale, groups)


def ranked(table: Table, forms: Iterable[Form]) -> str:
    """Forms from the mildest on by the table's first scale, each level with who says so."""
    name, scale = next(iter(table.scales.in_use().items()))
    groups = _groups(table, forms, name)
    return _ranking(table, scale, groups) if groups else "The table gives these forms no level."


def _ranking(table: Table, scale: Scale, groups: Groups) -> str:
    parts = []
    for group in groups:
        for basis, same in groupby(group, key=lambda each: each[1].basis):
            rank = _rank(list(same))
            parts.append(f"{listed(rank.forms)} {rank.level} {marked(table, rank.sources, basis)}")
    return f"{scale.title}: {'; '.join(parts)}."


def level_clause(table: Table, form: Form, level: Level, scale_name: str) -> str:
    """A form's level as a sentence: "Citrate has a strong laxative effect: post-4 calls citrate very laxative."."""
    title = getattr(table.scales, scale_name).title.lower()
    has = f"{form.id} has {'an' if level.word[:1] in 'aeiou' else 'a'} {level.word} {title}"
    has = f"By our reading, {has}" if level.basis is Basis.INFERRED else f"{has[:1].upper()}{has[1:]}"
    if not level.sources:
        return f"{has}; no source is given."
    return f"{has}: {who_says(table, [form], scale_name) or f'the word of {marks(table, level.sources)}'}."


def who_says(table: Table, forms: Iterable[Form], scale_name: str) -> str:
    """What each source says of the forms on a scale: ``post-4 calls malate less laxative and ...; post-5 ...``.

    Empty where a note that backs a level has no such clause.
    """
    said: dict[str, list[str]] = {}
    for form in forms:
        for note in backing(table, form, scale_name):
            if note.says is None:
                return ""
            said.setdefault(note.source, []).append(note.says.replace("{form}", form.id))
    return "; ".join(f"{marks(table, [source])} {_joined(clauses)}" for source, clauses in said.items())


def _joined(clauses: Sequence[str]) -> str:
    """Clauses of one subject; a verb that several begin with stands once."""
    verb = clauses[0].partition(" ")[0]
    alike = all(clause.startswith(f"{verb} ") for clause in clauses)
    rest = [clause.removeprefix(f"{verb} ") if alike else clause for clause in clauses[1:]]
    return " and ".join(dict.fromkeys([clauses[0], *rest]))


def marked(table: Table, sources: Iterable[str], basis: Basis = Basis.STATED, remark: str = "") -> str:
    """Sources in brackets, as they stand beside what they say: ``[our reading of post-4]``."""
    reading = "our reading of " if basis is Basis.INFERRED else ""
    return f"[{reading}{marks(table, sources)}{remark}]"


def marks(table: Table, sources: Iterable[str]) -> str:
    """Sources as they are named beside a text: ``post-4, Walker 2003``."""
    found = (table.sources_by_id[name] for name in sources)
    return ", ".join(source.mark or source.id for source in found)
