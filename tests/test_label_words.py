"""The words of labels by language: none stands twice, and none means two things."""

from collections import defaultdict
from collections.abc import Iterator

from mgform.table import LabelLanguage, Table

KINDS = (
    "nutrient",
    "elemental",
    "given",
    "source",
    "joins",
    "parts",
    "others",
    "pieces",
    "portions",
    "per",
    "blends",
)


def words_of(language: LabelLanguage) -> Iterator[tuple[str, str]]:
    """Each word of a language with what it means."""
    for kind in KINDS:
        for word in getattr(language, kind):
            yield kind, word.casefold()
    for form, names in language.names.items():
        for name in names:
            yield form, name.casefold()


def test_no_word_stands_twice_in_a_language(table: Table) -> None:
    for code, language in table.labels.languages.items():
        words = [*words_of(language)]
        assert sorted(words) == sorted({*words}), code


def test_no_word_means_two_things(table: Table) -> None:
    """All languages are read together, so that a word with two meanings would get one by chance."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for language in table.labels.languages.values():
        for kind, word in words_of(language):
            meanings[word].add(kind)
    assert {
        word: kinds for word, kinds in meanings.items() if len(kinds) > 1
    } == {}


def test_units_mean_the_same_in_every_language(table: Table) -> None:
    milligrams: dict[str, set[float]] = defaultdict(set)
    for language in table.labels.languages.values():
        for unit, mg in language.units.items():
            milligrams[unit.casefold()].add(mg)
    assert {unit: mgs for unit, mgs in milligrams.items() if len(mgs) > 1} == {}
