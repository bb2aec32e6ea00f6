"""What must hold between the parts of a table: each kind of breach, with its place, path and sentence."""

import re
from pathlib import Path

import pytest

from mgform.errors import DataError
from mgform.loader import load
from mgform.validation import problems
from tests.conftest import ROOT

ZINC = (ROOT / "tests" / "tables" / "zinc.yaml").read_text("utf-8")

NAME_MEANS_ONE = "a name means one form"
UNBACKED = (
    "25:15: forms[0].laxative: no note of oxide is about laxative; add one that backs the level, or leave the level out"
)


def found(text: str) -> list[str]:
    """The problems of a table, each as ``line:column: path: message``."""
    return [f"{line}:{column}: {path}: {message}" for (line, column), path, message in problems(text.encode())]


def file_of(text: str, directory: Path) -> str:
    file = directory / "table.yaml"
    file.write_text(text, "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            "    citation: A book\n",
            "    citation: A book\n  - id: letter\n    kind: thread\n    citation: Another\n",
            "20:9: sources[2].id: the id 'letter' stands here a second time; give each its own",
            id="source-id-twice",
        ),
        pytest.param(
            "\nnotes:\n",
            "\n  - id: oxide\n    name: Zinc peroxide\nnotes:\n",
            "46:9: forms[2].id: the id 'oxide' stands here a second time; give each its own",
            id="form-id-twice",
        ),
        pytest.param(
            "disputes:\n",
            "disputes:\n  - id: cause\n    question: Who?\n    positions:\n"
            "      - {text: We., source: book, basis: stated}\n      - {text: They., source: book, basis: stated}\n",
            "59:9: disputes[1].id: the id 'cause' stands here a second time; give each its own",
            id="dispute-id-twice",
        ),
        pytest.param(
            "\nnot_covered:\n",
            "  - id: calamine\n    forms: []\n    claim: {text: Yes., source: letter, basis: stated}\n"
            "    published: [{text: No., source: book, basis: stated}]\n\nnot_covered:\n",
            "77:9: corrections[1].id: the id 'calamine' stands here a second time; give each its own",
            id="correction-id-twice",
        ),
        pytest.param(
            "    aliases: [smithsonite]\n",
            "  - id: carbonate\n    name: Zinc chloride\n",
            "81:9: not_covered[1].id: the id 'carbonate' stands here a second time; give each its own",
            id="id-of-a-form-that-is-not-covered-twice",
        ),
        pytest.param(
            "laxative: strong",
            "laxative: strnog",
            "25:15: forms[0].laxative: 'strnog' is not on the laxative scale; did you mean 'strong'? "
            "Its levels are mild, moderate and strong",
            id="level-nearly-on-the-scale",
        ),
        pytest.param(
            "laxative: strong",
            "laxative: fierce",
            "25:15: forms[0].laxative: 'fierce' is not on the laxative scale. Its levels are mild, moderate and strong",
            id="level-off-the-scale",
        ),
        pytest.param(
            "    laxative: strong\n    notes:\n",
            "    laxative: strong\n    tolerance: good\n    notes:\n"
            "      - {about: tolerance, text: Fine., source: letter, basis: stated}\n",
            "26:16: forms[0].tolerance: the table has no tolerance scale; "
            "add scales.tolerance with its levels, or leave the level out",
            id="level-without-a-scale",
        ),
        pytest.param(
            "        source: letter",
            "        source: leter",
            "29:17: forms[0].notes[0].source: no source is called 'leter'; did you mean 'letter'? "
            "The sources are letter and book",
            id="unknown-source-of-a-note-nearly-known",
        ),
        pytest.param(
            "            source: book",
            "            source: diary",
            "43:21: forms[1].notes[0].published[0].source: no source is called 'diary'. "
            "The sources are letter and book",
            id="unknown-source-of-a-published-statement",
        ),
        pytest.param(
            "cost\n    text: The price hardly differs.\n    source: letter",
            "cost\n    text: The price hardly differs.\n    source: diary",
            "49:13: notes[0].source: no source is called 'diary'. The sources are letter and book",
            id="unknown-source-of-a-note-on-every-form",
        ),
        pytest.param(
            "      - text: Because of the citrate.\n        source: book",
            "      - text: Because of the citrate.\n        source: diary",
            "62:17: disputes[0].positions[1].source: no source is called 'diary'. The sources are letter and book",
            id="unknown-source-of-a-position",
        ),
        pytest.param(
            "      text: Calls the oxide calamine.\n      source: letter",
            "      text: Calls the oxide calamine.\n      source: diary",
            "71:15: corrections[0].claim.source: no source is called 'diary'. The sources are letter and book",
            id="unknown-source-of-a-claim",
        ),
        pytest.param(
            "            source: book",
            "            source: letter",
            "43:21: forms[1].notes[0].published[0].source: what stands under 'published' needs a source of kind "
            "'reference'; letter is a thread",
            id="thread-under-published",
        ),
        pytest.param(
            "    forms: [citrate]",
            "    forms: [oxide, citrat]",
            "56:20: disputes[0].forms[1]: 'citrat' is no id in this table; did you mean 'citrate'? "
            "There are citrate and oxide",
            id="unknown-form-of-a-dispute",
        ),
        pytest.param(
            "    forms: [oxide]",
            "    forms: [sulfate]",
            "67:13: corrections[0].forms[0]: 'sulfate' is no id in this table. There are citrate and oxide",
            id="unknown-form-of-a-correction",
        ),
        pytest.param(
            "    not_covered: [carbonate]",
            "    not_covered: [smithsonite]",
            "68:19: corrections[0].not_covered[0]: 'smithsonite' is no id in this table. There are carbonate",
            id="alias-where-an-id-is-wanted",
        ),
        pytest.param(
            "buffer: oxide",
            "buffer: oxid",
            "93:9: buffer: 'oxid' is no id in this table; did you mean 'oxide'? There are citrate and oxide",
            id="unknown-buffer",
        ),
        pytest.param(
            "basis: computed}",
            "basis: computed, source: diary}",
            "45:111: forms[1].compounds[0].source: no source is called 'diary'. The sources are letter and book",
            id="unknown-source-of-a-compound",
        ),
        pytest.param(
            "basis: computed}",
            "basis: printed}",
            "45:17: forms[1].compounds[0]: a percentage that is printed needs the source that prints it; "
            "else its basis is computed",
            id="printed-percentage-without-a-source",
        ),
        pytest.param(
            "counts: All zinc.\n    source: book",
            "counts: All zinc.\n    source: diary",
            "87:13: upper_levels[0].source: no source is called 'diary'. The sources are letter and book",
            id="unknown-source-of-an-upper-level",
        ),
        pytest.param(
            "everybody.\n  source: book",
            "everybody.\n  source: diary",
            "91:11: upper_levels_caution.source: no source is called 'diary'. The sources are letter and book",
            id="unknown-source-of-a-caution",
        ),
    ],
)
def test_a_fault_is_one_problem_and_the_table_is_not_loaded(
    before: str, after: str, expected: str, tmp_path: Path
) -> None:
    text = ZINC.replace(before, after, 1)
    file = file_of(text, tmp_path)
    assert found(text) == [expected]
    with pytest.raises(DataError) as refused:
        load(file)
    assert str(refused.value) == f"{file}:{expected}"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            "[dizinc citrate]",
            "[dizinc citrate, ZNO]",
            f"33:31: forms[1].aliases[1]: the name 'ZNO' already means the form oxide; {NAME_MEANS_ONE}",
            id="alias-of-another-form",
        ),
        pytest.param(
            "[dizinc citrate]",
            "[Oxide]",
            f"33:15: forms[1].aliases[0]: the name 'Oxide' already means the form oxide; {NAME_MEANS_ONE}",
            id="alias-equal-to-an-id-before-it",
        ),
        pytest.param(
            "[ZnO, zinc white]",
            "[ZnO, citrate]",
            f"24:20: forms[0].aliases[1]: the name 'citrate' already means the form citrate; {NAME_MEANS_ONE}",
            id="alias-equal-to-an-id-behind-it",
        ),
        pytest.param(
            "[dizinc citrate]",
            "[zn-oxide]",
            f"33:15: forms[1].aliases[0]: the name 'zn-oxide' already means the form oxide; {NAME_MEANS_ONE}",
            id="alias-equal-to-a-name-less-its-prefix",
        ),
        pytest.param(
            "[citrate dihydrate]",
            "[Zinc-White]",
            f"34:15: forms[1].members[0]: the name 'Zinc-White' already means the form oxide; {NAME_MEANS_ONE}",
            id="member-equal-to-an-alias",
        ),
        pytest.param(
            "[smithsonite]",
            "[zinc white]",
            f"81:15: not_covered[0].aliases[0]: the name 'zinc white' already means the form oxide; {NAME_MEANS_ONE}",
            id="alias-of-a-form-that-is-not-covered",
        ),
        pytest.param(
            "[ZnO, zinc white]",
            "[ZnO, carbonate]",
            "24:20: forms[0].aliases[1]: the name 'carbonate' already means carbonate, "
            f"which the table does not cover; {NAME_MEANS_ONE}",
            id="alias-equal-to-the-id-of-a-form-that-is-not-covered",
        ),
        pytest.param(
            "    aliases: [smithsonite]\n",
            "    aliases: [smithsonite]\n  - id: chloride\n    name: Zinc chloride\n    aliases: [smithsonite]\n",
            "84:15: not_covered[1].aliases[0]: the name 'smithsonite' already means carbonate, "
            f"which the table does not cover; {NAME_MEANS_ONE}",
            id="alias-of-two-forms-that-are-not-covered",
        ),
        pytest.param(
            "[mild, moderate, strong]",
            "[mild, moderate, strong, mild]",
            "10:38: scales.laxative.levels[3]: the level 'mild' stands here a second time",
            id="level-twice",
        ),
        pytest.param(
            "      - about: laxative\n        text: It is strong.",
            "      - about: tolerance\n        text: It is strong.",
            UNBACKED,
            id="level-that-no-note-backs",
        ),
        pytest.param(
            "    citation: A book\n",
            "    citation: A book\n  - id: map\n    kind: thread\n    citation: A map\n",
            "20:9: sources[2].id: nothing uses the source 'map'; use it or take it out",
            id="unused-source",
        ),
    ],
)
def test_a_gap_is_one_problem_and_the_table_is_loaded(before: str, after: str, expected: str, tmp_path: Path) -> None:
    text = ZINC.replace(before, after, 1)
    assert found(text) == [expected]
    assert load(file_of(text, tmp_path)).title == "Zinc forms"


def test_a_note_that_holds_for_every_form_backs_the_level_of_none() -> None:
    text = ZINC.replace("about: laxative", "about: tolerance", 1).replace("about: cost", "about: laxative")
    assert found(text) == [UNBACKED]


def test_a_name_may_stand_twice_on_one_form() -> None:
    assert found(ZINC.replace("[ZnO, zinc white]", "[ZnO, zno, Zinc Oxide, oxide, zinc white]")) == []


def test_names_that_differ_by_more_than_case_and_spaces_are_two_names() -> None:
    assert found(ZINC.replace("[dizinc citrate]", "[dioxide, Zn(O), zinc whites]")) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("strong.\n        source: letter", "strong.\n        source: map", id="note"),
        pytest.param("            source: book", "            source: map", id="published-beside-a-note"),
        pytest.param("differs.\n    source: letter", "differs.\n    source: map", id="note-on-every-form"),
        pytest.param("citrate.\n        source: book", "citrate.\n        source: map", id="position"),
        pytest.param(
            "    positions:\n",
            "    published: [{text: No., source: map, basis: stated}]\n    positions:\n",
            id="published-beside-a-dispute",
        ),
        pytest.param("calamine.\n      source: letter", "calamine.\n      source: map", id="claim"),
        pytest.param("carbonate.\n        source: book", "carbonate.\n        source: map", id="correction"),
        pytest.param("basis: computed}", "basis: printed, source: map}", id="compound"),
        pytest.param("All zinc.\n    source: book", "All zinc.\n    source: map", id="upper-level"),
        pytest.param("everybody.\n  source: book", "everybody.\n  source: map", id="caution-on-upper-levels"),
    ],
)
def test_a_source_is_used_wherever_one_may_stand(before: str, after: str) -> None:
    assert ZINC.count(before) == 1
    another = "    citation: A book\n  - id: map\n    kind: reference\n    citation: A map\n"
    assert found(ZINC.replace("    citation: A book\n", another).replace(before, after)) == []


def test_a_level_that_is_off_the_scale_and_unbacked_is_two_problems() -> None:
    text = ZINC.replace("laxative: strong", "laxative: fierce").replace("about: laxative", "about: cost", 1)
    assert found(text) == [
        "25:15: forms[0].laxative: 'fierce' is not on the laxative scale. Its levels are mild, moderate and strong",
        UNBACKED,
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(re.sub(r"(?s)\nnot_covered:.*?\n\n", "\n", ZINC), id="no-form-that-is-not-covered"),
        pytest.param(
            "{title: a, nutrient: b, notice: c, sources: [], forms: [{id: x, name: X}],"
            " notes: [{about: cost, text: Dear., source: diary, basis: stated}]}",
            id="no-source",
        ),
    ],
)
def test_the_sentence_is_whole_where_there_is_nothing_to_choose_from(text: str) -> None:
    (only,) = found(text)
    assert not only.endswith((" ", " are"))
