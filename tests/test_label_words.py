"""The words of labels by language: none stands twice, and none means two things."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as some

from mgform.label.reading import LabelReader
from mgform.label.words import any_of
from mgform.table import LabelLanguage, Table


@pytest.fixture(scope="module")
def reader(table: Table) -> LabelReader:
    return LabelReader(table)


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


# What these mean depends on what stands beside them.
BESIDE_OTHERS = (
    "ranges",
    "limits",
    "daily",
    "measures",
    "plain",
    "serving_size",
)


def words_of(
    language: LabelLanguage, kinds: tuple[str, ...] = KINDS
) -> Iterator[tuple[str, str]]:
    """Each word of a language with what it means."""
    for kind in kinds:
        for word in getattr(language, kind):
            yield kind, word.casefold()
    for form, names in language.names.items():
        for name in names:
            yield form, name.casefold()


def test_no_word_stands_twice_in_a_language(table: Table) -> None:
    for code, language in table.labels.languages.items():
        words = [*words_of(language, (*KINDS, *BESIDE_OTHERS))]
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


@pytest.mark.parametrize(
    ("line", "form", "basis"),
    [
        ("Magnesium Oxides 500 mg", "oxide", "ambiguous"),
        ("Chelatiertes Magnesium 300 mg", "chelate", "ambiguous"),
        ("Magnésium (lactate de magnésium) 100 mg", "lactate", "elemental"),
        ("Gluconato de magnesio 500 mg", "gluconate", "ambiguous"),
        ("Magnesio (da ossido di magnesio) 300 mg", "oxide", "elemental"),
        ("Cloreto de magnésio 500 mg", "chloride", "ambiguous"),
        ("Magnesiumcitraat 200 mg", "citrate", "ambiguous"),
        ("Magnesiumlaktat 500 mg, heraf magnesium 60 mg", "lactate", "both"),
        (
            "Magnesiumkarbonat 500 mg, varav magnesium 140 mg",
            "carbonate",
            "both",
        ),
        ("Magnesiumsitrat 500 mg, hvorav magnesium 80 mg", "citrate", "both"),
        ("Magnesiumsitraatti 500 mg", "citrate", "ambiguous"),
        ("Chlorek magnezu 500 mg, w tym magnez 60 mg", "chloride", "both"),
        ("Hořčík (citrát hořečnatý) 300 mg", "citrate", "elemental"),
        ("Horčík (laktát horečnatý) 100 mg", "lactate", "elemental"),
        ("Magnézium (magnézium-biszglicinát) 100 mg", "chelate", "elemental"),
        ("Magneziu (din oxid de magneziu) 250 mg", "oxide", "elemental"),
        ("Magnezijev citrat 500 mg", "citrate", "ambiguous"),
        ("Magnezyum sitrat 200 mg", "citrate", "ambiguous"),
        ("Κιτρικό μαγνήσιο 500 mg", "citrate", "ambiguous"),
        ("Хелатный магний 200 мг", "chelate", "ambiguous"),
        ("Магній (цитрат магнію) 200 мг", "citrate", "elemental"),
        (
            "Магнезий (като магнезиев бисглицинат) 100 мг",
            "chelate",
            "elemental",
        ),
        ('מגנזיום מאלט 500 מ"ג', "malate", "ambiguous"),
        ("سترات المغنيسيوم 500 ملغ", "citrate", "ambiguous"),
        ("酸化マグネシウム錠500mg", "oxide", "ambiguous"),
        ("구연산마그네슘 500 mg", "citrate", "ambiguous"),
        ("柠檬酸镁 500 毫克", "citrate", "ambiguous"),
        ("Magnesia Phos, 65 mg", "phosphate", "ambiguous"),
    ],
)
def test_every_language_names_its_forms(
    reader: LabelReader, line: str, form: str, basis: str
) -> None:
    reading = reader.read(line)
    assert (reading.forms, reading.basis) == ((form,), basis)


LETTERS = some.text("ab.é ", max_size=5)


@given(
    words=some.lists(some.text("ab.é ", min_size=1, max_size=4)), text=LETTERS
)
def test_of_several_words_the_longest_that_fits_is_found(
    words: list[str], text: str
) -> None:
    fitting = [word for word in words if text.startswith(word)]
    found = re.match(any_of(words), text)
    assert (found[0] if found else "") == max(fitting, key=len, default="")
