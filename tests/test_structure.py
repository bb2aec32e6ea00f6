"""What does not fit the model: each kind of difference, with its place, its path and its sentence."""

import pytest

from mgform.validation import problems
from tests.conftest import ROOT

ZINC = (ROOT / "tests" / "tables" / "zinc.yaml").read_text("utf-8")

ID = "an id: lower-case letters, digits and single hyphens between them"
LINE = "one line of text that neither begins nor ends with a space"
DATE = 'a year, a month or a day in quotes: "2000", "2000-10" or "2000-10-12"'
TOPICS = "laxative, tolerance, absorption, effect, amount, dosing, cost, content, naming and caution"
TABLE_KEYS = (
    "title, nutrient, notice, forms, sources, scales, name_prefixes, notes, disputes, corrections, not_covered, "
    "upper_levels, upper_levels_caution and buffer"
)
PERCENT = "a percentage by mass, more than 0 and at most 100"
MILLIGRAMS = "an amount in mg, more than 0"
WITHOUT_QUOTES = "write the digits out, without quotes"


def found(text: str) -> list[str]:
    """The problems of a table, each as ``line:column: path: message``."""
    return [f"{line}:{column}: {path}: {message}" for (line, column), path, message in problems(text.encode())]


def test_the_table_that_these_tests_change_has_no_problem() -> None:
    assert found(ZINC) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            "nutrient: zinc\n",
            "nutrient: zinc\ncolour: white\n",
            f"4:1: colour: the key 'colour' is not known here. The keys are {TABLE_KEYS}",
            id="of-a-table",
        ),
        pytest.param(
            "aliases: [ZnO",
            "aliasses: [ZnO",
            "24:5: forms[0].aliasses: the key 'aliasses' is not known here; did you mean 'aliases'? "
            "The keys are id, name, aliases, members, laxative, tolerance, notes and compounds",
            id="of-a-form-nearly-known",
        ),
        pytest.param(
            "relays: a n",
            "relais: a n",
            "51:5: notes[0].relais: the key 'relais' is not known here; did you mean 'relays'? "
            "The keys are text, source, basis, details, studied, relays, about and published",
            id="of-a-note-nearly-known",
        ),
        pytest.param(
            "        basis: inferred\n",
            "        basis: inferred\n        page: 3\n",
            "41:9: forms[1].notes[0].page: the key 'page' is not known here. "
            "The keys are text, source, basis, details, studied, relays, about and published",
            id="of-a-note",
        ),
        pytest.param(
            "          - text: Nobody",
            "          - about: cost\n            text: Nobody",
            "42:13: forms[1].notes[0].published[0].about: the key 'about' is not known here. "
            "The keys are text, source, basis, details, studied and relays",
            id="of-a-published-statement",
        ),
        pytest.param(
            'date: "2001"',
            'Date: "2001"',
            "18:5: sources[1].Date: the key 'Date' is not known here; did you mean 'date'? "
            "The keys are id, kind, citation, date, doi, pmid and url",
            id="of-a-source-in-capitals",
        ),
        pytest.param(
            "    levels:",
            "    unit: mg\n    levels:",
            "10:5: scales.laxative.unit: the key 'unit' is not known here. The keys are title and levels",
            id="of-a-scale",
        ),
        pytest.param(
            "scales:\n",
            "scales:\n  taste: {title: Taste, levels: [good]}\n",
            "8:3: scales.taste: the key 'taste' is not known here. The keys are laxative and tolerance",
            id="of-the-scales",
        ),
        pytest.param(
            "    question:",
            "    answer: Who knows\n    question:",
            "55:5: disputes[0].answer: the key 'answer' is not known here. "
            "The keys are id, question, positions, forms and published",
            id="of-a-dispute",
        ),
        pytest.param(
            "    claim:",
            "    by: us\n    claim:",
            "69:5: corrections[0].by: the key 'by' is not known here. "
            "The keys are id, claim, published, forms and not_covered",
            id="of-a-correction",
        ),
        pytest.param(
            "    name: Zinc carbonate",
            "    name: Zinc carbonate\n    laxative: mild",
            "81:5: not_covered[0].laxative: the key 'laxative' is not known here. The keys are id, name and aliases",
            id="of-a-form-that-is-not-covered",
        ),
        pytest.param(
            "basis: computed}",
            "basis: computed, colour: white}",
            "45:103: forms[1].compounds[0].colour: the key 'colour' is not known here. "
            "The keys are name, formula, elemental_percent, basis, source and remark",
            id="of-a-compound",
        ),
        pytest.param(
            "    mg: 40",
            "    mg: 40\n    unit: mg",
            "86:5: upper_levels[0].unit: the key 'unit' is not known here. "
            "The keys are region, mg, counts, source and basis",
            id="of-an-upper-level",
        ),
    ],
)
def test_an_unknown_key_is_one_problem_at_the_key(before: str, after: str, expected: str) -> None:
    assert found(ZINC.replace(before, after, 1)) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("title: Zinc forms", "3:1: title: the key 'title' is missing", id="title"),
        pytest.param("notice: Made up. Not medical advice.", "2:1: notice: the key 'notice' is missing", id="notice"),
        pytest.param(
            "    title: Laxative effect",
            "10:5: scales.laxative.title: the key 'title' is missing",
            id="title-of-a-scale",
        ),
        pytest.param("    citation: A book", "16:5: sources[1].citation: the key 'citation' is missing", id="citation"),
        pytest.param("    name: Zinc oxide", "22:5: forms[0].name: the key 'name' is missing", id="name"),
        pytest.param(
            "        text: It is strong.",
            "27:9: forms[0].notes[0].text: the key 'text' is missing",
            id="text-of-a-note",
        ),
        pytest.param(
            "    question: Why is it laxative?",
            "54:5: disputes[0].question: the key 'question' is missing",
            id="question",
        ),
        pytest.param(
            "      text: Calls the oxide calamine.",
            "71:7: corrections[0].claim.text: the key 'text' is missing",
            id="text-of-a-claim",
        ),
        pytest.param(
            "    forms: [oxide]", "66:5: corrections[0].forms: the key 'forms' is missing", id="forms-of-a-correction"
        ),
    ],
)
def test_a_missing_key_is_one_problem_at_the_mapping_that_lacks_it(line: str, expected: str) -> None:
    assert found(ZINC.replace(f"{line}\n", "\n", 1)) == [expected]


def test_a_key_that_a_mapping_on_one_line_lacks_is_told_at_its_brace() -> None:
    assert found(ZINC.replace("formula: Zn3(C6H5O7)2, ", "")) == [
        "45:17: forms[1].compounds[0].formula: the key 'formula' is missing"
    ]


def test_each_missing_key_is_a_problem_of_its_own() -> None:
    assert found("{}") == [
        "1:1: forms: the key 'forms' is missing",
        "1:1: notice: the key 'notice' is missing",
        "1:1: nutrient: the key 'nutrient' is missing",
        "1:1: sources: the key 'sources' is missing",
        "1:1: title: the key 'title' is missing",
    ]
    assert found(ZINC.replace("notes:\n  - about: cost", "notes:\n  - {}\n  - about: cost")) == [
        "47:5: notes[0].about: the key 'about' is missing",
        "47:5: notes[0].basis: the key 'basis' is missing",
        "47:5: notes[0].source: the key 'source' is missing",
        "47:5: notes[0].text: the key 'text' is missing",
    ]


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ("[title, nutrient]", "a list"),
        ("Zinc forms", "'Zinc forms'"),
        ("5", "the number 5; put it in quotes if it is text"),
        ("---\n", "nothing"),
        ("no", "'no', which YAML reads as true or false; put it in quotes"),
    ],
)
def test_a_table_is_a_mapping(document: str, what: str) -> None:
    (only,) = found(document)
    assert only.endswith(f":1: : a mapping with keys is expected, not {what}")


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        pytest.param("title: Zinc forms", "title: [Zinc]", "2:8: title", f"{LINE} is expected, not a list", id="list"),
        pytest.param(
            "title: Zinc forms", "title: {a: b}", "2:8: title", f"{LINE} is expected, not a mapping", id="mapping"
        ),
        pytest.param("title: Zinc forms", "title:", "2:7: title", f"{LINE} is expected, not nothing", id="nothing"),
        pytest.param(
            "[ZnO, zinc white]", "ZnO", "24:14: forms[0].aliases", "a list is expected, not 'ZnO'", id="text-for-a-list"
        ),
        pytest.param(
            "[ZnO, zinc white]",
            "{ZnO: zinc white}",
            "24:14: forms[0].aliases",
            "a list is expected, not a mapping",
            id="mapping-for-a-list",
        ),
        pytest.param(
            " [ZnO, zinc white]",
            "",
            "24:13: forms[0].aliases",
            "a list is expected, not nothing",
            id="nothing-for-a-list",
        ),
        pytest.param(
            "zinc white]",
            "[zinc white]]",
            "24:20: forms[0].aliases[1]",
            f"{LINE} is expected, not a list",
            id="list-in-a-list",
        ),
        pytest.param(
            "zinc white]",
            "~]",
            "24:20: forms[0].aliases[1]",
            f"{LINE} is expected, not nothing",
            id="nothing-in-a-list",
        ),
        pytest.param(
            "    aliases: [smithsonite]",
            "  - chloride",
            "81:5: not_covered[1]",
            "a mapping with keys is expected, not 'chloride'",
            id="text-for-a-mapping",
        ),
        pytest.param(
            "basis: inferred",
            "basis: [inferred]",
            "40:16: forms[1].notes[0].basis",
            "one of stated and inferred is expected, not a list",
            id="list-for-a-choice",
        ),
        pytest.param(
            'date: "2001"',
            "date: {year: 2001}",
            "18:11: sources[1].date",
            f"{DATE} is expected, not a mapping",
            id="mapping-for-a-date",
        ),
    ],
)
def test_a_value_of_a_wrong_type_is_one_problem_at_the_value(before: str, after: str, place: str, message: str) -> None:
    assert found(ZINC.replace(before, after, 1)) == [f"{place}: {message}"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            "about: cost",
            "about: costs",
            f"47:12: notes[0].about: 'costs' is not known here; did you mean 'cost'? There are {TOPICS}",
            id="topic-nearly-known",
        ),
        pytest.param(
            "about: cost",
            "about: taste",
            f"47:12: notes[0].about: 'taste' is not known here. There are {TOPICS}",
            id="topic",
        ),
        pytest.param(
            "basis: inferred",
            "basis: Inferred",
            "40:16: forms[1].notes[0].basis: 'Inferred' is not known here; did you mean 'inferred'? "
            "There are stated and inferred",
            id="basis-in-capitals",
        ),
        pytest.param(
            "basis: inferred",
            "basis: ''",
            "40:16: forms[1].notes[0].basis: '' is not known here. There are stated and inferred",
            id="empty",
        ),
    ],
)
def test_a_word_that_is_none_of_the_known_ones_is_one_problem(before: str, after: str, expected: str) -> None:
    assert found(ZINC.replace(before, after, 1)) == [expected]


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        pytest.param("id: cause", "id: Cause", "54:9: disputes[0].id", f"'Cause' is not {ID}", id="capital-in-an-id"),
        pytest.param("id: cause", "id: a--b", "54:9: disputes[0].id", f"'a--b' is not {ID}", id="two-hyphens-in-an-id"),
        pytest.param("id: cause", 'id: "a\\n"', "54:9: disputes[0].id", f"'a\\n' is not {ID}", id="line-break"),
        pytest.param("id: cause", 'id: ""', "54:9: disputes[0].id", f"'' is not {ID}", id="empty-id"),
        pytest.param("title: Zinc forms", "title: ' Zinc'", "2:8: title", f"' Zinc' is not {LINE}", id="space-before"),
        pytest.param("title: Zinc forms", "title: 'Zinc '", "2:8: title", f"'Zinc ' is not {LINE}", id="space-behind"),
        pytest.param("title: Zinc forms", 'title: "a\\nb"', "2:8: title", f"'a\\nb' is not {LINE}", id="two-lines"),
        pytest.param("title: Zinc forms", 'title: "a\\tb"', "2:8: title", f"'a\\tb' is not {LINE}", id="tab"),
        pytest.param("title: Zinc forms", "title: ''", "2:8: title", f"'' is not {LINE}", id="empty-line"),
        pytest.param("Made up. Not medical advice.", '"\\n "', "5:9: notice", "'\\n ' is not text", id="blank-text"),
        pytest.param('date: "2001"', 'date: "2001-1"', "18:11: sources[1].date", f"'2001-1' is not {DATE}", id="date"),
        pytest.param(
            'date: "2001"', "date: May 2001", "18:11: sources[1].date", f"'May 2001' is not {DATE}", id="date-in-words"
        ),
        pytest.param(
            'date: "2001"',
            "pmid: PMC123",
            "18:11: sources[1].pmid",
            "'PMC123' is not a PubMed id: digits, in quotes",
            id="pmid",
        ),
        pytest.param(
            'date: "2001"',
            "doi: https://doi.org/10.1000/182",
            "18:10: sources[1].doi",
            "'https://doi.org/10.1000/182' is not a DOI that begins with \"10.\"",
            id="doi",
        ),
        pytest.param(
            'date: "2001"',
            "url: example.org",
            "18:10: sources[1].url",
            "'example.org' is not an address that begins with \"https://\"",
            id="url",
        ),
    ],
)
def test_text_of_a_wrong_shape_is_one_problem(before: str, after: str, place: str, message: str) -> None:
    assert found(ZINC.replace(before, after, 1)) == [f"{place}: {message}"]


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        pytest.param(
            "[zinc, zn]",
            "[zinc, no]",
            "4:23: name_prefixes[1]",
            f"{LINE} is expected, not 'no', which YAML reads as true or false; put it in quotes",
            id="no",
        ),
        pytest.param(
            "title: Zinc forms",
            "title: Yes",
            "2:8: title",
            f"{LINE} is expected, not 'Yes', which YAML reads as true or false; put it in quotes",
            id="yes",
        ),
        pytest.param(
            "title: Zinc forms",
            "title: true",
            "2:8: title",
            f"{LINE} is expected, not true; put it in quotes if it is text",
            id="true",
        ),
        pytest.param(
            "basis: inferred",
            "basis: off",
            "40:16: forms[1].notes[0].basis",
            "one of stated and inferred is expected, not 'off', which YAML reads as true or false; put it in quotes",
            id="off-for-a-choice",
        ),
        pytest.param(
            "aliases: [ZnO, zinc white]",
            "aliases: no",
            "24:14: forms[0].aliases",
            "a list is expected, not 'no', which YAML reads as true or false; put it in quotes",
            id="no-for-a-list",
        ),
        pytest.param("title: Zinc forms", "title: ~", "2:8: title", f"{LINE} is expected, not nothing", id="tilde"),
        pytest.param(
            'date: "2001"',
            "date: 2001",
            "18:11: sources[1].date",
            f"{DATE} is expected, not the number 2001; put it in quotes if it is text",
            id="year",
        ),
        pytest.param(
            'date: "2001"',
            "date: 2001-10-12",
            "18:11: sources[1].date",
            f"{DATE} is expected, not '2001-10-12', which YAML reads as a date; put it in quotes",
            id="day",
        ),
        pytest.param('date: "2001"', "date: 1e3", "18:11: sources[1].date", f"'1e3' is not {DATE}", id="1e3"),
        pytest.param(
            'date: "2001"',
            "pmid: 010",
            "18:11: sources[1].pmid",
            "a PubMed id: digits, in quotes is expected, not '010', which YAML reads as a number; put it in quotes",
            id="leading-zero",
        ),
        pytest.param(
            "relays: a neighbour",
            "relays: 1:30",
            "51:13: notes[0].relays",
            f"{LINE} is expected, not '1:30', which YAML reads as a number; put it in quotes",
            id="base-sixty",
        ),
        pytest.param(
            "relays: a neighbour",
            "relays: 1.5",
            "51:13: notes[0].relays",
            f"{LINE} is expected, not the number 1.5; put it in quotes if it is text",
            id="fraction",
        ),
        pytest.param(
            "relays: a neighbour",
            "relays: 1.0e+3",
            "51:13: notes[0].relays",
            f"{LINE} is expected, not '1.0e+3', which YAML reads as a number; put it in quotes",
            id="exponent",
        ),
        pytest.param(
            "relays: a neighbour",
            f"relays: {'1' * 10_000}",
            "51:13: notes[0].relays",
            f"{LINE} is expected, not '{'1' * 37}...{'1' * 38}', which YAML reads as a number; put it in quotes",
            id="10,000-digits",
        ),
    ],
)
def test_what_yaml_reads_otherwise_than_it_looks_is_explained(
    before: str, after: str, place: str, message: str
) -> None:
    assert found(ZINC.replace(before, after, 1)) == [f"{place}: {message}"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        pytest.param("0", f"0 is not {MILLIGRAMS}", id="zero"),
        pytest.param("-0.5", f"-0.5 is not {MILLIGRAMS}", id="negative"),
        pytest.param("'40'", f"{MILLIGRAMS} is expected, not the text '40'; {WITHOUT_QUOTES}", id="quoted"),
        pytest.param("forty", f"{MILLIGRAMS} is expected, not the text 'forty'; {WITHOUT_QUOTES}", id="word"),
        pytest.param("1e3", f"{MILLIGRAMS} is expected, not the text '1e3'; {WITHOUT_QUOTES}", id="1e3"),
        pytest.param("1,000", f"{MILLIGRAMS} is expected, not the text '1,000'; {WITHOUT_QUOTES}", id="comma"),
        pytest.param("040", f"{MILLIGRAMS} is expected, not '040'; write the digits out", id="leading-zero"),
        pytest.param("0x28", f"{MILLIGRAMS} is expected, not '0x28'; write the digits out", id="base-sixteen"),
        pytest.param("1:30", f"{MILLIGRAMS} is expected, not '1:30'; write the digits out", id="base-sixty"),
        pytest.param("1_000", f"{MILLIGRAMS} is expected, not '1_000'; write the digits out", id="underscore"),
        pytest.param("1.0e+3", f"{MILLIGRAMS} is expected, not '1.0e+3'; write the digits out", id="exponent"),
        pytest.param(".inf", f"{MILLIGRAMS} is expected, not '.inf'; write the digits out", id="infinity"),
        pytest.param(".nan", f"{MILLIGRAMS} is expected, not '.nan'; write the digits out", id="no-number"),
        pytest.param(
            "9" * 10_000,
            f"{MILLIGRAMS} is expected, not '{'9' * 37}...{'9' * 38}'; write the digits out",
            id="10,000-digits",
        ),
        pytest.param("no", f"{MILLIGRAMS} is expected, not 'no'; write the digits out", id="no"),
        pytest.param("[40]", f"{MILLIGRAMS} is expected, not a list", id="list"),
        pytest.param("~", f"{MILLIGRAMS} is expected, not nothing", id="nothing"),
    ],
)
def test_a_number_that_is_none_or_out_of_range_is_one_problem(written: str, message: str) -> None:
    assert found(ZINC.replace("mg: 40", f"mg: {written}")) == [f"85:9: upper_levels[0].mg: {message}"]


def test_true_is_no_number() -> None:
    (only,) = found(ZINC.replace("mg: 40", "mg: true"))
    assert only.startswith(f"85:9: upper_levels[0].mg: {MILLIGRAMS} is expected, not true")


@pytest.mark.parametrize("percent", ["100.1", "101", "0.0"])
def test_a_percentage_is_more_than_0_and_at_most_100(percent: str) -> None:
    assert found(ZINC.replace("34.1", percent)) == [
        f"45:80: forms[1].compounds[0].elemental_percent: {percent} is not {PERCENT}"
    ]


@pytest.mark.parametrize("percent", ["100", "100.0", "0.001", "34", "60.3"])
def test_a_percentage_may_have_decimals_or_none(percent: str) -> None:
    assert found(ZINC.replace("34.1", percent)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("title: Zinc forms", "title: 1e3", id="1e3-as-text"),
        pytest.param("title: Zinc forms", "title: 'no'", id="no-in-quotes"),
        pytest.param("title: Zinc forms", "title: !!str 010", id="text-by-its-tag"),
        pytest.param('date: "2001"', "date: 2001-10", id="month-without-quotes"),
        pytest.param('date: "2001"', "date: ~", id="nothing-for-what-may-be-missing"),
        pytest.param('date: "2001"', "doi: 10.1000/182", id="doi-without-quotes"),
        pytest.param('date: "2001"', "url: http://example.org/a?b#c", id="address"),
        pytest.param("text: It is mild.", "text: |\n          It is\n\n          mild.", id="text-over-lines"),
        pytest.param("title: Zinc forms", "title: '[Zinc] {forms}: *'", id="text-with-signs-of-yaml"),
    ],
)
def test_what_is_text_after_all_is_no_problem(before: str, after: str) -> None:
    assert before in ZINC
    assert found(ZINC.replace(before, after, 1)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            "scales:\n",
            "scales:\n  tolerance: {title: Tolerance, levels: []}\n",
            "8:41: scales.tolerance.levels: the list has 0 of the 1 or more that are needed",
            id="no-levels",
        ),
        pytest.param(
            "disputes:\n",
            "disputes:\n  - id: other\n    question: What else?\n    positions: []\n",
            "56:16: disputes[0].positions: the list has 0 of the 2 or more that are needed",
            id="no-positions",
        ),
        pytest.param(
            "      - text: Because of the citrate.\n        source: book\n        basis: stated\n",
            "",
            "58:7: disputes[0].positions: the list has 1 of the 2 or more that are needed",
            id="one-position",
        ),
        pytest.param(
            "    published:\n      - text: Calamine is the carbonate.\n        source: book\n        basis: stated\n",
            "    published: []\n",
            "73:16: corrections[0].published: the list has 0 of the 1 or more that are needed",
            id="no-correction",
        ),
    ],
)
def test_a_list_with_too_little_is_one_problem(before: str, after: str, expected: str) -> None:
    assert found(ZINC.replace(before, after)) == [expected]


def test_a_table_has_a_form() -> None:
    table = "{title: a, nutrient: b, notice: c, sources: [], forms: []}"
    assert found(table) == ["1:56: forms: the list has 0 of the 1 or more that are needed"]
