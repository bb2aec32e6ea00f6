"""What a line says that its amount is in, and what somebody tells with ``--serving``."""

from collections.abc import Callable

import pytest
from msgspec import structs

from mgform.errors import CallError
from mgform.label.serving import Per, Serving, Servings, number_of
from mgform.table import LabelWords, Table
from tests.steps import MOST, growth


@pytest.fixture(scope="module")
def servings(table: Table) -> Servings:
    return Servings(table)


@pytest.mark.parametrize(
    ("line", "text", "pieces"),
    [
        ("Magnesium 300 mg per 2 capsules", "2 capsules", 2),
        ("3 Kapseln (400 mg elementares Magnesium)", "3 Kapseln", 3),
        ("Magnésium 300 mg / 2 gélules", "2 gélules", 2),
        ("MAGNESIUM 300 MG / 2 GELULES", "2 GELULES", 2),
        ("1/2 tablet contains magnesium 200 mg", "1/2 tablet", 0.5),
        ("½ Tablette enthält 200 mg Magnesium", "½ Tablette", 0.5),
        ("Magnesium 300 mg per 1½ tablets", "1½ tablets", 1.5),
        ("Magnesium 300 mg ½ tablet", "½ tablet", 0.5),
        ("Magnesium 300 mg, 12 capsules", "12 capsules", 12),
        ("Magnesium 300 mg per 2 capsules¹", "2 capsules", 2),
        ("Magnesium 300 mg per 1 1/2 tablets", "1 1/2 tablets", 1.5),
        ("Magnesium 300 mg per 2,5 ml, 1 scoop", "2,5 ml", None),
        ("Serving size: 2 tablets. Magnesium 300 mg", "2 tablets", 2),
        ("Magnesium Taurate 1500mg, 240 Capsules, Serving size 3", "3", 3),
        ("Tamaño por porción: 2 cápsulas. Magnesio 300 mg", "2 cápsulas", 2),
        ("Magnesium 300 mg per serving (2 capsules)", "2 capsules", 2),
        ("Magnesium 300 mg per 2 large capsules", "2 large capsules", 2),
        (
            "Per 2 very large capsules: magnesium 300 mg",
            "2 very large capsules",
            2,
        ),
        ("Magnesium 300 mg per stick", "1 stick", 1),
        ("Magnesium 300 mg per 20 drops", "20 drops", 20),
        ("Magnesium 300 mg / 2 large capsules", "2 large capsules", 2),
        ("Magnesium 300 mg, 2-2 capsules", "2 capsules", 2),
        ("2 Tablet(s) Magnesium 400 mg", "2 Tablet(s)", 2),
        ("Magnesium 100 mg pr. kapsel", "1 kapsel", 1),
        ("Each Caplet contains 84 mg", "1 Caplet", 1),
        ("Magnesium per 500 mg capsule 100 mg", "1 capsule", 1),
        ("MAGNESIUM OXIDE 500 mg/1", "1", 1),
        ("Магний 100 мг на 1 капсулу", "1 капсулу", 1),
        ("2粒あたり マグネシウム 300mg", "2粒", 2),
        ("Two capsules contain magnesium 300 mg", "Two capsules", 2),
        (
            "Each two (2) capsules contain magnesium 300 mg",
            "two (2) capsules",
            2,
        ),
        ("Zwei Kapseln enthalten 300 mg Magnesium", "Zwei Kapseln", 2),
        ("Half a tablet contains magnesium 100 mg", "Half a tablet", 0.5),
        ("Две капсулы содержат магний 300 мг", "Две капсулы", 2),
        # What is said comes before what else stands there.
        ("Take 2 capsules daily. Each capsule contains 100 mg", "1 capsule", 1),
        (
            "Magnesium 300 mg per serving. Take 2 capsules per day",
            "2 capsules",
            2,
        ),
    ],
)
def test_a_serving_counts_its_pieces(
    servings: Servings, line: str, text: str, pieces: float | None
) -> None:
    serving = servings.find(line)
    assert serving is not None
    assert serving[:2] == (text, pieces)


@pytest.mark.parametrize(
    ("line", "serving"),
    [
        (
            "Magnesium 300 mg, 2-3 capsules",
            Serving("2-3 capsules", None, Per.PIECES),
        ),
        (
            "Magnesium 300 mg in 2 to 4 Capsules",
            Serving("2 to 4 Capsules", None, Per.PIECES),
        ),
        (
            "Magnesium 300 mg, 2 x 1 Kapsel",
            Serving("2 x 1 Kapsel", None, Per.PIECES),
        ),
        ("Magnesium 400 - 1 capsule", Serving("1 capsule", 1, Per.PIECES)),
        ("Magnesium 60 mg per 100 g", Serving("100 g", None, Per.CONTENT)),
        ("Magnesium 108 mg/l", Serving("1 l", None, Per.CONTENT)),
        ("Magnesium 30 mg/kg", Serving("1 kg", None, Per.CONTENT)),
        ("Magnesium 100 mg per litre", Serving("1 litre", None, Per.CONTENT)),
        ("Magnesium 100 mg/g", Serving("1 g", None, Per.CONTENT)),
        ("Magnesium 5 mg/ml", Serving("1 ml", None, Per.CONTENT)),
        ("Magnesium 100 mg/100 ml", Serving("100 ml", None, Per.CONTENT)),
        (
            "400 mg di magnesio per dose da 15 ml",
            Serving("15 ml", None, Per.MEASURE),
        ),
        ("Magnesium hydroxide 400 mg/5 mL", Serving("5 mL", None, Per.MEASURE)),
        (
            "Each Serving (2.4 g) contains magnesium 200 mg",
            Serving("2.4 g", None, Per.MEASURE),
        ),
        (
            "Magnesium 300 mg per serving",
            Serving("1 serving", None, Per.PORTION),
        ),
        (
            "Magnesio 200 mg / porzione",
            Serving("1 porzione", None, Per.PORTION),
        ),
        (
            "Apport de 240 mg de magnésium/jour",
            Serving("1 jour", None, Per.PORTION),
        ),
        (
            "Magnesium 300 mg every 4 hours",
            Serving("4 hours", None, Per.PORTION),
        ),
        (
            "Magnesium 100 mg per tablet (300 mg per 3 tablets)",
            Serving("3 tablets or 1 tablet", None, Per.SEVERAL),
        ),
    ],
)
def test_what_is_no_one_number_of_pieces_has_none(
    servings: Servings, line: str, serving: Serving
) -> None:
    found = servings.find(line)
    assert found is not None
    assert found[:3] == serving[:3]


@pytest.mark.parametrize(
    ("line", "is_said"),
    [
        ("Magnesium 300 mg per 2 capsules", True),
        ("Magnesium 300 mg / 2 capsules", True),
        ("Serving size: 2 capsules", True),
        ("Daily dose 2 capsules, magnesium 300 mg", True),
        ("2 capsules contain magnesium 300 mg", True),
        ("2 Kapseln entsprechen 300 mg Magnesium", True),
        ("3 Kapseln (400 mg Magnesium)", True),
        ("2 Tablet(s): magnesium 300 mg", True),
        ("Two capsules provide magnesium 300 mg", True),
        ("Magnesium 300 mg (2 capsules)", True),
        ("Magnesium (2 capsules) 300 mg", False),
        ("Each two capsules, magnesium 300 mg", True),
        ("Magnesium 300 mg. Take 2 capsules daily", False),
        ("Magnesium 300 mg, 10 sachets", False),
        ("Magnesium 300 mg, two capsules", False),
    ],
)
def test_a_line_may_say_that_its_amount_is_in_a_serving(
    servings: Servings, line: str, *, is_said: bool
) -> None:
    serving = servings.find(line)
    assert serving is not None
    assert serving.is_said is is_said


@pytest.mark.parametrize(
    "line",
    [
        "Magnesium 300 mg, 13 capsules",
        "Magnesium 300 mg, 1",
        "Magnesium 300 mg (0.3 g)",
        "Magnesium 500 mg/5",
        "Calcium/magnesium 10/1",
        "Magnesium 300 mg per 60 minutes",
        "Magnesium 300 mg, 120 capsules",
        "Magnesium 300 mg na 2 tygodnie",
        "Magnesium 300 mg, 60 vegetable capsules",
        "Vitamin B6 tablets",
        "Omega-3 capsules",
        "Magnesium/Glycine 400 mg/1 g",
        "Calcium/Magnesium 1 g/500 mg",
        "Magnesium citrate 1,000 capsules",
        "Magnesium liquid 480 ml",
        "1.41 oz (40 g)",
        "Magnesium 5 mg in a large capsule",
        "",
    ],
)
def test_a_package_and_another_amount_are_no_serving(
    servings: Servings, line: str
) -> None:
    assert servings.find(line) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("1/2", 0.5),
        ("¾", 0.75),
        ("1½", 1.5),
        ("1 ½", 1.5),
        ("2 1/4", 2.25),
        ("0", None),
        ("2/1", None),
        ("1/0", None),
        ("1.000", None),
        ("10000", None),
        ("two", None),
        ("", None),
    ],
)
def test_numbers_of_pieces(text: str, number: float | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("2 capsules", 2),
        ("1½", 1.5),
        ("1/2 tablet", 0.5),
        (" 2  Kapseln täglich ", 2),
        (f"2 {'k' * 58}", 2),
        ("2 tablet(s)", 2),
        ("2 gélules (végétales)", 2),
    ],
)
def test_a_told_serving_is_understood(
    servings: Servings, text: str, pieces: float
) -> None:
    assert servings.told(text) == Serving(
        " ".join(text.split()), pieces, Per.PIECES
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two",
        "0",
        "2.5 g",
        "15 ml",
        "200 mg",
        "2-3 capsules",
        "2 to 3 capsules",
        "2 x 1",
        "2 \x1b[2J caps",
        "2 \udcff",
        "2 caps\u202e",
        "9" * 300,
        f"2 {'k' * 59}",
        "2 " + "capsules " * 1_000,
    ],
)
def test_a_told_serving_is_refused_with_what_would_be_right(
    servings: Servings, text: str
) -> None:
    with pytest.raises(CallError) as error:
        servings.told(text)
    sentence = str(error.value)
    assert sentence.endswith(
        'write one number, as in "2 capsules" or "1/2 tablet"'
    )
    assert sentence.isprintable()
    assert len(sentence) < 160


@pytest.mark.parametrize(
    "piece",
    ["per 2 large ", "2-", "1 ", "1½ ", "each two ", "per serving ("],
)
def test_a_serving_is_found_in_steps_that_grow_as_the_line_does(
    servings: Servings, piece: str
) -> None:
    def work(size: int) -> Callable[[], object]:
        text = piece * (size * 300 // len(piece))
        return lambda: servings.find(text)

    assert growth(work) <= MOST


def test_a_table_without_words_knows_weights_and_numbers(table: Table) -> None:
    servings = Servings(structs.replace(table, labels=LabelWords()))
    assert servings.find("Magnesium 2 mg/kg") == Serving(
        "1 kg", None, Per.CONTENT
    )
    assert servings.find("Magnesium 2 mg per 2 capsules") is None


def test_a_told_serving_may_be_the_printed_one_or_not(
    servings: Servings,
) -> None:
    told = servings.told("2 capsules")
    may_be = {
        "per 2 capsules": True,
        "per 3 capsules": False,
        "per 2-3 capsules": True,
        "per serving": True,
        "per 100 g": False,
        "take 3 capsules": True,
    }
    for line, answer in may_be.items():
        printed = servings.find(line)
        assert printed is not None
        assert printed.may_be(told) is answer, line
