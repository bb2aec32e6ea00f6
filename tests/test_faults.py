"""What earlier versions read wrongly, by kind, with neighbours of each line."""

from typing import NamedTuple

import pytest

import mgform
from mgform import Reading
from tests.made_answers import OPEN, Answer, Line
from tests.made_lines import OPEN_AS_IT_MUST, RIGHT, told, verdict


class Fault(NamedTuple):
    """A line, and what may be told of it: see ``answer``."""

    line: str
    right: str


SOMETHING_ELSE = [
    Fault("Fat 5 g, of which saturates 2 g, Magnesium 56 mg", "56"),
    Fault("Carbohydrate 12 g (of which sugars 11 g), Magnesium 56 mg", "56"),
    Fault("Fett 5 g, davon gesättigte Fettsäuren 2 g, Magnesium 56 mg", "56"),
    Fault("Grassi 5 g di cui saturi 2 g; Magnesio 56 mg (15% VNR)", "56"),
    Fault("Guarana 364 mg providing 80 mg caffeine, Magnesium 56 mg", "56"),
    Fault("Magnesium 56 mg, Guarana 364 mg providing 80 mg caffeine", "56"),
    Fault(
        "Calcium citrate 1000 mg providing 210 mg calcium, Magnesium 100 mg",
        "100",
    ),
    Fault(
        "Magnesium 100 mg, Calcium citrate 1000 mg providing 210 mg calcium",
        "100",
    ),
    Fault("Zinc gluconate 70 mg (10 mg elemental), Magnesium 100 mg", "100"),
    Fault(
        "Calcium (from 1,250 mg calcium carbonate) 500 mg, Magnesium 100 mg",
        "100",
    ),
    Fault(
        "Calcium citrate 1000 mg providing 210 mg calcium, Magnesium citrate 500 mg",
        "two 500",
    ),
    Fault(
        "Magnesium glycinate 1000 mg yields 860 mg of glycine and 140 mg of magnesium",
        "140 of 1000",
    ),
    Fault(
        "Magnesium taurate 1000 mg (taurine 900 mg, magnesium 89 mg)",
        "89 of 1000",
    ),
    Fault(
        "Magnesium malate 1000 mg providing malic acid 845 mg and magnesium 155 mg",
        "155 of 1000",
    ),
    Fault("Magnesium 6 mmol, Rosemary 25 mg", "145.83 | open"),
    Fault("Magnesium 12 mEq, Rosemary 25 mg", "145.83 | open"),
    Fault("Rosemary 25 mg, Magnesium 6 mmol", "145.83 | open"),
    Fault("Magnesium; Rosemary 25 mg", "open"),
    Fault("Magnesium citrate, Rosemary 25 mg", "open"),
    Fault("Proprietary blend (magnesium, zinc) 500 mg", "open"),
    Fault(
        "Proprietary Blend 760 mg (Lemon Balm, Magnesium Glycinate, Hops)",
        "open",
    ),
    Fault("Sleep blend: valerian, magnesium citrate, hops 500 mg", "open"),
    Fault("Magnesium with lemon balm 500 mg", "open"),
    Fault("Magnesium and Rosemary 500 mg", "open"),
    Fault("Magnesium (from 300 mg WholeFood)", "weight 300 | two 300 | open"),
    Fault("Magnesium (40 mg S. cerevisiae)", "weight 40 | two 40 | open"),
    Fault("Magnesium (from 500 mg nettle)", "weight 500 | two 500 | open"),
    Fault("Magnesium (640 mg; S. cerevisiae) 32 mg 8%", "32 | 32 of 640"),
    Fault("MAGNESIUM lactate / PYRIDOXINE HCl eq. 48 mg Mg / 5 mg, tab.", "48"),
    Fault(
        "MAGNESIUM citrate / CHOLECALCIFEROL eq. 100 mg Mg / 25 mcg, tab.",
        "100",
    ),
    Fault("MAGNESIUM oxide / ZINC gluconate eq. 150 mg Mg / 10 mg Zn", "150"),
    Fault(
        "MAGNESIUM pidolate / PYRIDOXINE eq. 100 mg magnesium / 10 mg", "100"
    ),
    Fault(
        "Elemental Magnesium (From 2,746 mgs of Ozonated Magnesium Oxides)",
        "weight 2746 | two 2746 | open",
    ),
    Fault(
        "Elemental Magnesium (from 500 mg magnesium citrate)",
        "weight 500 | two 500 | open",
    ),
    Fault(
        "Elemental magnesium from 1848 mg of magnesium oxide",
        "weight 1848 | two 1848 | open",
    ),
    Fault("Glycine (from magnesium bisglycinate) 800 mg", "open"),
    Fault("Vitamin C (as magnesium ascorbate) 250 mg 278%", "open"),
    Fault("Zinc 15 mg, Vitamin C 100 mg, magnesium stearate", "open"),
    Fault("Cellulose, rice flour, lubricant (magnesium stearate)", "open"),
    Fault("Lemon balm 50 mg. Free from gluten and magnesium stearate.", "open"),
]
PERCENTS = [
    Fault("Magnesium Citrate 400 mg, 100% vegan", "two 400"),
    Fault("Magnesium Citrate 420 mg \u2013 100% natural", "two 420"),
    Fault("Magnesium Citrate 375 mg | 100% chelated", "two 375"),
    Fault("100% vegan Magnesium Citrate 400 mg", "two 400"),
    Fault("Magnesium Citrate 400 mg (100% pure)", "two 400"),
    Fault("Magnesium Citrate 84 mg, 20% off", "two 84"),
    Fault("Magnesium citrate 400 mg, vitamin B6 100%", "two 400"),
    Fault("Vitamin B6 100%, magnesium citrate 400 mg", "two 400"),
    Fault("Magnesium citrate 400 mg + zinc (100% NRV)", "two 400"),
    Fault("Magnesium citrate 400 mg with vitamin D3 25 mcg 100% DV", "two 400"),
    Fault("Magnesium (as citrate) 95% DV", "open"),
    Fault("Magnesium 50% NRV", "open"),
    Fault("Magnesium oxide 98% assay", "open"),
    Fault("Magnesium oxide 99.5% pure", "open"),
    Fault(
        "Magnesium (from 80.0% Magnesium Oxide, 20.0% Magnesium Citrate)",
        "open",
    ),
    Fault("Magnesium (60% oxide, 40% citrate)", "open"),
    Fault(
        "Magnesium oxide 500 mg (60 percent elemental)",
        "300 of 500 | two 500 | open",
    ),
    Fault(
        "Magnesium oxide 500 mg (60% magnesium)", "300 of 500 | two 500 | open"
    ),
    Fault(
        "Magnesium bisglycinate (14% Mg) 1000 mg",
        "140 of 1000 | two 1000 | open",
    ),
    Fault("Magnesium Oxide 250 mg 63%", "250 | two 250"),
    Fault("Magnesium 50 mg 13%", "50"),
]
NUMBERS = [
    Fault("Magnesium ½ g", "500"),
    Fault("Magnesium ¼ g", "250"),
    Fault("Magnesium citrate 1½ g", "two 1500"),
    Fault("Magnesium 1/2 g", "500 | open"),
    Fault("Magnesium .5 g", "500"),
    Fault("Magnesium (as citrate) .25 g", "250"),
    Fault("Magnesium citrate .75g", "two 750"),
    Fault("Magnesium citrate 1·5 g", "two 1500"),
    Fault("Magnesium 0·2 g", "200"),
    Fault("Magnesium 56·3 mg", "56.3"),
    Fault("Magnesium 0,375 mg", "0.375"),
    Fault("Magnesium 0,375 g", "375"),
    Fault("Magnesium 56,25 mg", "56.25"),
    Fault("Magnesium 0,056 g", "56"),
    Fault("Magnesium 100² mg", "100"),
    Fault("Magnesium 100¹ mg 25%", "100"),
    Fault("Magnesium¹ 100 mg", "100"),
    Fault("Magnesium 100 mg³", "100"),
    Fault("Magnesium citrate¹ 400 mg", "two 400"),
    Fault("Magnesium citrate² 400 mg", "two 400"),
    Fault("Magnesium Glycinate† 500 mg", "two 500"),
    Fault("Magnesium L-Threonate™ 2000 mg", "two 2000"),
    Fault("Magnesium Citrate® 400 mg", "two 400"),
    Fault("Magnesium 1 00 mg", "open"),
    Fault("Magnesium 2 50 mg", "open"),
    Fault("Magnesium (as citrate) 1 20 mg", "open"),
    Fault("Magnesium 1\u200b500 mg", "open"),
    Fault("Magnesium 2\u00ad50 mg", "open | 250"),
    Fault("Magnesium 1\u2060500 mg", "open | 1500"),
    Fault("Magnesium ci\u00adtrate 500 mg", "two 500"),
    Fault("Magne\u00adsium 200 mg", "200"),
    Fault("Magnesium\u200b citrate 500 mg", "two 500"),
    Fault("\ufeffMagnesium 200\u00a0mg", "200"),
    Fault("Magnesium 350 ± 35 mg", "open"),
    Fault("Magnesium 350 +/- 35 mg", "open"),
    Fault("Magnesium citrate 500 ± 5 mg", "open"),
    Fault("Magnesium 2*150 mg", "open"),
    Fault("Magnesium 3x100 mg", "open"),
    Fault("Magnesium 2 × 150 mg", "open"),  # noqa: RUF001
    Fault("Magnesium 5x10^2 mg", "open"),
    Fault("Magnesium 5e2 mg", "open"),
    Fault("Magnesium up to 350 mg", "open"),
    Fault("Magnesium less than 5 mg", "open"),
    Fault("up to 350 mg magnesium", "open"),
    Fault("Magnesium <5 mg", "open"),
    Fault("Magnesium max. 350 mg", "open"),
    Fault("Magnesium at least 100 mg", "open"),
    Fault("Magnesium bis zu 350 mg", "open"),
    Fault("Magnesium 100—200 mg", "open"),
    Fault("Magnesium 100\u2012200 mg", "open"),
    Fault("Magnesium 100~200 mg", "open"),
    Fault("Magnesium 100..200 mg", "open"),
    Fault("Magnesium 100 mg - 200 mg", "open"),
    Fault("Magnesium 400 or 500 mg", "open"),
    Fault("Magnesium between 400 and 500 mg", "open"),
    Fault("Magnesium 100 bis 200 mg", "open"),
    Fault("Magnesium citrate1.5 g", "two 1500"),
    Fault("Magnesium citrate500 mg", "two 500"),
    Fault("Magnesium1,000 mg", "1000"),
    Fault("Magnesium Malate trihydrate3,75 g", "two 3750"),
    Fault("Magnesium, Malate trihydrate3,75 g", "two 3750 | open"),
    Fault("Magnesium 800 mg190%", "800"),
    Fault("Magnesium 50 mg12%", "50"),
    Fault("Magnesium**386 mg100%", "386"),
    Fault("Magnesium** 386 mg 100%", "386"),
    Fault("Magnesium△ 22 mg5.5%", "22"),
    Fault("Magnesium ♦50 mg12%", "50"),
    Fault(f"Magnesium {'9' * 309} mg 100%", "open"),
    Fault(f"Magnesium citrate {'1' * 400} mg", "open"),
    Fault(f"Magnesium 0.{'0' * 400}1 mg", "open"),
    Fault(f"Magnesium 100 mg {'7' * 309}%", "100 | open"),
    Fault("Magnesium 1'000 mg", "1000"),
    Fault("Magnesium 1\u202f000 mg", "1000"),
]
TWICE = [
    Fault(
        "Magnesium citrate 160 mg (from 1000 mg magnesium citrate)",
        "160 of 1000",
    ),
    Fault("Magnesium oxide 240 mg (from 400 mg magnesium oxide)", "240 of 400"),
    Fault(
        "Magnesium glycinate 100 mg (from 1000 mg of magnesium glycinate)",
        "100 of 1000",
    ),
    Fault("Magnesium oxide 400 mg (magnesium oxide 400 mg)", "two 400"),
    Fault(
        "Magnesium citrate 500 mg, magnesium citrate 500 mg per capsule",
        "two 500 | open",
    ),
    Fault(
        "Magnesium Citrate 150 mg. Per capsule: Magnesium (as citrate) 150 mg",
        "150",
    ),
    Fault("Magnesium 200 mg | Magnesium (as oxide) 200 mg 48%", "200"),
    Fault("Magnesium 108 mg/l", "108 | open"),
    Fault("Magnesium 108 mg per litre", "108 | open"),
    Fault("Calcium 80 mg/L, Magnesium 26 mg/L, Sodium 6.5 mg/L", "26 | open"),
    Fault("Magnesium 30 mg/kg", "30 | open"),
    Fault("Magnesium 30 mg per kg", "30 | open"),
    Fault("1/2 tablet contains magnesium 200 mg", "200"),
    Fault("½ tablet contains magnesium 200 mg", "200"),
    Fault("1½ tablets contain magnesium 200 mg", "200"),
    Fault(
        "Magnesium citrate nonahydrate 1000 mg, of which magnesium 150 mg",
        "150 of 1000",
    ),
    Fault(
        "Magnesium citrate nonahydrate 1000 mg, of which magnesium 118 mg",
        "118 of 1000",
    ),
    Fault("Magnesium lysinate glycinate 2000 mg", "two 2000"),
    Fault("Magnesium aspartate dihydrate 1000 mg", "two 1000"),
]
UNKNOWN = "two {} | weight {} | open"
WORDS = [
    Fault("Magnesium Magtein 2000 mg", UNKNOWN.format(2000, 2000)),
    Fault("Magtein 2000 mg", UNKNOWN.format(2000, 2000)),
    Fault("Magnesium EDTA 500 mg", UNKNOWN.format(500, 500)),
    Fault("Magnesium BHB 800 mg", UNKNOWN.format(800, 800)),
    Fault("Magnesium R-lipoate 300 mg", UNKNOWN.format(300, 300)),
    Fault("Magnesium salts 500 mg", UNKNOWN.format(500, 500)),
    Fault("Magnesium salt of fatty acids 500 mg", UNKNOWN.format(500, 500)),
    Fault("Magnesium tartrate 500 mg", UNKNOWN.format(500, 500)),
    Fault("Magnesium citrate 1.41 oz (40 g)", "open"),
    Fault("natures plus animal parade mag kidz 171 g. cherry flavor", "open"),
    Fault("Magnesium citrate powder 250 g", "open"),
    Fault("Magnesium citrate, 8 oz (227 g)", "open"),
    Fault("Liquid magnesium citrate 480 ml", "open"),
    Fault("Magnesium oxides 500 mg", "two 500"),
    Fault("Magnesium sitrat 500 mg", "two 500"),
    Fault("Magnezyum sitrat 500 mg", "two 500"),
    Fault("Magnezyum bisglisinat 500 mg", "two 500"),
    Fault("酸化マグネシウム 500 mg", "two 500"),
    Fault("酸化マグネシウム錠500mg", "two 500"),
    Fault("구연산마그네슘 500 mg", "two 500"),
    Fault("산화마그네슘 500 mg", "two 500"),
    Fault('מגנזיום (מאלט) 100 מ"ג', "100"),
]
FORMS = {
    "Elemental Magnesium (From 2,746 mgs of Ozonated Magnesium Oxides)": [
        "oxide"
    ],
    "Magnesium (as oxides and citrates) 200 mg": ["oxide", "citrate"],
    "Magnesium glycinates 500 mg": ["chelate"],
    "Chelatiertes Magnesium 200 mg": ["chelate"],
    "хелатный магний 200 мг": ["chelate"],
    'מגנזיום מאלט 100 מ"ג': ["malate"],
    "Magnezyum sitrat 500 mg": ["citrate"],
    "Magnezyum bisglisinat 500 mg": ["chelate"],
    "酸化マグネシウム 500 mg": ["oxide"],
    "구연산마그네슘 500 mg": ["citrate"],
    "산화마그네슘 500 mg": ["oxide"],
    "Magnesium oxide, zinc citrate 20 mg": ["oxide"],
    "Zinc citrate 20 mg, Magnesium 100 mg": [],
}
KINDS = {
    "an amount of something else": SOMETHING_ELSE,
    "a percent of something else": PERCENTS,
    "numbers": NUMBERS,
    "twice, and per what": TWICE,
    "words": WORDS,
}


def answer(right: str) -> Answer:
    """What is right, out of its words: "56", "140 of 1000", "two 400", "weight 300" or "open"."""
    match right.split():
        case ["open"]:
            return OPEN
        case ["two", weight]:
            return Answer("ambiguous", None, float(weight))
        case ["weight", weight]:
            return Answer("compound", None, float(weight))
        case [elemental, "of", weight]:
            return Answer("both", float(elemental), float(weight))
        case _:
            return Answer("elemental", float(right))


@pytest.fixture(scope="module")
def reader() -> mgform.LabelReader:
    return mgform.LabelReader(mgform.load())


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_read_wrongly_is_read_rightly(
    kind: str, reader: mgform.LabelReader
) -> None:
    wrong = []
    for fault in KINDS[kind]:
        answers = tuple(answer(part.strip()) for part in fault.right.split("|"))
        reading = reader.read(fault.line)
        outcome = verdict(Line(fault.line, kind, answers), reading)
        if outcome not in {RIGHT, OPEN_AS_IT_MUST}:
            wrong.append(
                f"{fault.line[:80]}: {told(reading)}, {outcome}; right: {fault.right}"
            )
    assert wrong == []


@pytest.mark.parametrize(("line", "forms"), FORMS.items())
def test_words_of_forms_are_known(
    line: str, forms: list[str], reader: mgform.LabelReader
) -> None:
    assert [*reader.read(line).forms] == forms


def test_magnesia_phos_is_no_oxide(reader: mgform.LabelReader) -> None:
    for line in (
        "Magnesia Phos 65 mg",
        "Magnesia Phosphorica 6X",
        "Mag Phos 65 mg",
    ):
        assert "oxide" not in reader.read(line).forms


@pytest.mark.parametrize(
    "line",
    [
        "Magnesium 108 mg/l",
        "Magnesium 108 mg per litre",
        "Mg 30 mg/kg",
        "Magnesium 300 mg per 100 g",
        "pro 100 g: Magnesium 300 mg",
        "Magnesium 30 mg pro Liter",
    ],
)
def test_no_upper_level_is_for_a_litre_or_a_kilogram(
    line: str, reader: mgform.LabelReader
) -> None:
    reading = reader.read(line)
    assert reading.limits == ()
    assert [each for each in reading.readings if each.limits] == []


@pytest.mark.parametrize(
    ("line", "right"),
    [
        (
            "Magnesium citrate nonahydrate 1000 mg, of which magnesium 150 mg",
            "not_alone",
        ),
        (
            "Magnesium citrate nonahydrate 1000 mg, of which magnesium 118 mg",
            "yes",
        ),
        ("Magnesium citrate 1000 mg, of which magnesium 150 mg", "yes"),
        (
            "Magnesium aspartate dihydrate 1000 mg, of which magnesium 84 mg",
            "not_alone",
        ),
        ("Magnesium (as citrate) 95% DV", "untestable"),
        ("Magnesium 50% NRV", "untestable"),
        ("Magnesium oxide 98% assay", "untestable"),
        (
            "Magnesium (from 80.0% Magnesium Oxide, 20.0% Magnesium Citrate)",
            "untestable",
        ),
    ],
)
def test_whether_it_can_be_true(
    line: str, right: str, reader: mgform.LabelReader
) -> None:
    assert reader.read(line).can_be_true == right


@pytest.mark.parametrize(
    ("line", "most"),
    [
        ("Magnesium citrate 1000 mg", 161.6),
        ("Magnesium citrate nonahydrate 1000 mg", 118.9),
        ("Magnesium lysinate glycinate 2000 mg", 199.6),
        ("Magnesium aspartate dihydrate 1000 mg", 74.9),
    ],
)
def test_the_second_reading_is_that_of_the_compound(
    line: str, most: float, reader: mgform.LabelReader
) -> None:
    assert reader.read(line).readings[1].elemental_mg == pytest.approx(
        most, rel=0.002
    )


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("Magnesium Oxide 250 mg 63%", 400),
        ("Magnesium Oxide 250 mg 62%", 400),
        ("Magnesium 50 mg 13%", (400, 375)),
        ("Magnesium 50 mg 12%", (420, 400)),
        ("Magnesium 150 mg 37.5%", 400),
    ],
)
def test_an_exact_half_rounds_either_way(
    line: str, reference: float | tuple[float, ...], reader: mgform.LabelReader
) -> None:
    assert reader.read(line).reference_mg == reference


@pytest.mark.parametrize(
    ("line", "serving", "pieces"),
    [
        ("1/2 tablet contains magnesium 200 mg", "1/2 tablet", 0.5),
        ("½ tablet contains magnesium 200 mg", "½ tablet", 0.5),
        ("1½ tablets contain magnesium 200 mg", "1½ tablets", 1.5),
        ("Per 2 capsules: Magnesium 200 mg", "2 capsules", 2),
        ("Magnesium 200 mg per 3 capsules", "3 capsules", 3),
    ],
)
def test_a_serving_is_read_whole(
    line: str, serving: str, pieces: float, reader: mgform.LabelReader
) -> None:
    reading: Reading = reader.read(line)
    assert (reading.serving, reading.serving_pieces) == (serving, pieces)
