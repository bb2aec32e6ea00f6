"""The page of one reading: what its figure means first, then what supports it, on one screen."""

import json
import re

import pytest

from tests.conftest import call

FOOT = """
post-1 to post-5: messages of an internet discussion in October 2000.
Not medical advice: with kidney problems or medicines, ask a doctor first.
"""


def screen(*words: str) -> str:
    done = call("label", *words, COLUMNS="80")
    assert (done.stderr, done.status) == ("", 0)
    return done.stdout


def test_a_figure_stands_first_with_its_rule_its_forms_and_what_is_open() -> (
    None
):
    assert screen(
        "Magnesium (as magnesium citrate, magnesium oxide) 400 mg 95%"
    ) == (
        """\
400 mg of magnesium, above the upper levels for a day (US 350 mg, EU 250 mg).
95 % of a daily value of 420 mg is about 400 mg: the figure is magnesium itself.

Form     Laxative effect                     Tolerance at high doses
────────────────────────────────────────────────────────────────────
oxide    ◐ moderate [our reading of post-4]  ◐ varies [post-4]
citrate  ● strong [post-4, post-5]           ● poor [post-4]

Caution    Of 320 hospital patients on prescribed oxide whose blood was
           measured, 75 (23 %) had too much magnesium in it. [Wakai 2019]
           NICE reports that as unlikely from supplements by mouth, except in
           kidney failure. [NICE 2013]
Left open  how much of it comes from citrate and oxide each
"""
        + FOOT
    )


def test_two_readings_stand_first_and_each_has_its_limits() -> None:
    assert screen("Magnesium Glycinate 2500 mg per 2 capsules") == (
        """\
2500 mg in 2 capsules can mean two things: at most 352.5 mg of magnesium, or
2500 mg of it.
As a weight of compound, it contains at most 352.5 mg of magnesium, above the
upper levels for a day (US 350 mg, EU 250 mg).
As magnesium itself, it is 2500 mg, above the upper levels for a day (US 350 mg,
EU 250 mg). That takes at least 17.7 g of this compound in 2 capsules, if pure.
After a compound's name, the figure may be the compound or the magnesium in it.

Form                 Laxative effect  Tolerance at high doses
─────────────────────────────────────────────────────────────
chelate (glycinate)  ○ mild [post-4]  ○ good [post-4]

Left open  whether the figure is magnesium or compound
           In US Supplement Facts, "Magnesium (as ...) N mg" is magnesium
           itself.
"""
        + FOOT
    )


def test_two_weights_that_contradict_each_other_are_both_told() -> None:
    lines = screen("Magnesium 400 mg (magnesium citrate 500 mg)").splitlines()
    assert lines[:6] == [
        "The line says 400 mg of magnesium, and 500 mg of compound.",
        "If the first is right, it is 400 mg, above the upper levels for a day (US",
        "350 mg, EU 250 mg).",
        "If only the second is, it contains at most 80.8 mg of magnesium, below the upper",
        "levels for a day (US 350 mg, EU 250 mg).",
        "The two weights cannot both be right.",
    ]


def test_two_weights_say_whether_they_can_be_true() -> None:
    lines = screen(
        "Magnesium malate 1000 mg, of which magnesium 200 mg"
    ).splitlines()
    assert lines[0] == (
        "200 mg of magnesium, in 1000 mg of compound, below the upper levels for a day"
    )
    truth = next(line for line in lines if line.startswith("Can it be true?"))
    assert (
        truth
        == "Can it be true?  not if the compound is pure; something richer must be in it"
    )


def test_what_a_source_says_of_amounts_of_the_salt_stands_there() -> None:
    printed = " ".join(screen("Magtein 2000 mg").split())
    said = (
        "EFSA considers up to 3000 mg of threonate salt a day (about 250 mg of"
    )
    assert said in printed
    assert "[EFSA 2024]" in printed
    amount = screen("Magnesium citrate malate 1000 mg")
    assert "Caution    The 300-540 mg a day proposed" in amount
    assert "Caution" not in screen("Magnesium citrate 400 mg")
    excipient = screen("Magnesium citrate 400 mg, magnesium stearate")
    assert "Caution" not in excipient


def test_each_of_two_readings_can_be_held_against_the_bottle() -> None:
    printed = " ".join(screen("Magtein 2000 mg").split())
    # A source prints more than the formula gives: what follows from the formula says so.
    assert "at most 155.6 mg of magnesium by its formula, below" in printed
    assert "at least 25.7 g of this compound by its formula." in printed
    assert "a source prints up to 8.3 % [UK rules 2026]" in printed
    glycinate = screen("Magnesium glycinate 100 mg")
    assert "That takes at least 709 mg of this compound, if pure." in glycinate
    several = screen("Magnesium oxide and citrate 500 mg")
    assert "at least 829 mg of these compounds, if pure." in several
    malate = screen("Magnesium malate 500 mg")
    # 500 x 500 / 77.7, rounded down: "at least" must not say more than is needed.
    assert "at least 3.21 g of this compound" in malate
    unknown = screen("buffered magnesium glycinate 1000 mg")
    assert "That takes" not in unknown


def test_cautions_without_room_are_counted() -> None:
    printed = screen(f"Magnesium {MANY_FORMS}, xylate 1000 mg")
    assert re.search(
        r"Caution +\d cautions: mgform show oxide taurate aspartate ", printed
    )


def test_forms_without_a_level_have_none() -> None:
    printed = screen("Magnesium (as magnesium lactate) 100 mg")
    assert (
        "No level  The discussion of 2000 does not speak of lactate.\n"
        in printed
    )
    assert "\npost-1 to post-5: messages" in printed


def test_what_is_no_dose_meets_no_upper_level() -> None:
    printed = screen("Magnesium 300 mg/l")
    assert printed.startswith("300 mg of magnesium in 1 l.\n")
    assert "upper level" not in printed


@pytest.mark.parametrize(
    "line",
    ["Magnesium stearate, silica", "Magnesium citrate"],
)
def test_a_line_without_an_amount_says_so(line: str) -> None:
    assert screen(line).startswith("The line gives no amount of magnesium.\n")


@pytest.mark.parametrize("line", ["Zinc 15 mg", ""])
def test_a_line_without_the_nutrient_says_so_once(line: str) -> None:
    shown = screen(line)
    assert shown.startswith("The line does not name magnesium.\n\nNot medical")


def test_a_number_that_can_be_read_in_two_ways_stays_open() -> None:
    assert screen("Magnesium 100-200 mg").startswith(
        "How much magnesium it is stays open.\n"
    )


MANY_FORMS = (
    "oxide, citrate, malate, taurate, aspartate, glycinate, lactate, gluconate, threonate, orotate,"
    " chloride, sulfate"
)


@pytest.mark.parametrize(
    "line",
    [
        f"Magnesium {MANY_FORMS}, xylate 1000 mg 25% per 2 capsules",
        f"Magnesium {MANY_FORMS} 1000 mg, of which magnesium 900 mg",
        f"Magnesium (as {MANY_FORMS}) 100 g 25%",
    ],
)
def test_a_line_of_many_forms_fits_a_screen(line: str) -> None:
    assert len(screen(line).rstrip("\n").splitlines()) <= 22


def test_a_told_serving_tells_what_each_piece_holds() -> None:
    words = ("label", "Magnesium (as citrate) 300 mg", "--serving")
    for told, pieces, each_mg in (
        ("2 capsules", 2, 150),
        ("1½", 1.5, 200),
        ("1/2", 0.5, 600),
    ):
        reading = json.loads(call(*words, told, "--json").stdout)
        assert (reading["serving"], reading["serving_pieces"]) == (told, pieces)
        assert reading["each_mg"] == each_mg
    assert "In each  150 mg of magnesium, at 2 capsules\n" in screen(
        *words[1:], "2 capsules"
    )


def test_a_told_serving_that_the_label_contradicts_tells_nothing() -> None:
    for line, printed in (
        ("Magnesium 300 mg per 2 capsules", "2 capsules"),
        ("Magnesium 300 mg per 100 g", "100 g"),
    ):
        reading = json.loads(
            call("label", line, "--serving", "3 capsules", "--json").stdout
        )
        assert (reading["serving"], reading["each_mg"]) == (printed, None)
        assert reading["unknown"][-1] == (
            "what each piece holds: "
            f"the label says '{printed}', and --serving says '3 capsules'"
        )


@pytest.mark.parametrize(
    "told", ["two", "0", "", "2.5 g", "2-3 capsules", "2 \x1b[2J caps"]
)
def test_what_is_no_serving_is_a_sentence(told: str) -> None:
    done = call("label", "Magnesium 300 mg", "--serving", told)
    assert (done.stdout, done.status) == ("", 2)
    assert done.stderr.endswith(
        'write one number, as in "2 capsules" or "1/2 tablet"\n'
    )
    assert done.stderr.rstrip("\n").isprintable()


def test_a_line_that_is_no_text_is_a_sentence() -> None:
    done = call("label", "Magnesium \udcff 300 mg", "--json")
    assert (done.stdout, done.status) == ("", 2)
    assert (
        done.stderr
        == "mgform: the line is not UTF-8 text; type it or copy it again\n"
    )


def test_lines_without_quotes_are_one_line() -> None:
    assert call("label", *["Magnesium", "Glycinate", "500", "mg"]) == call(
        "label", "Magnesium Glycinate 500 mg"
    )


def test_a_mixture_has_what_a_source_prints_and_no_level_of_its_own() -> None:
    in_a_line = " ".join(screen("Buffered magnesium glycinate 1000 mg").split())
    assert "The levels are of chelate in general, not of this mixture." in (
        in_a_line
    )
    printed = "how much magnesium the compound holds: a source prints 20 %"
    assert printed in in_a_line


def test_without_percentages_and_upper_levels_less_is_all_that_is_known() -> (
    None
):
    done = call(
        "label",
        "Calcium citrate 500 mg",
        "--data",
        "docs/calcium.yaml",
        COLUMNS="80",
    )
    assert done.stdout.startswith(
        "500 mg can mean two things: less calcium than that, or "
    )
    assert done.status == 0


def test_a_source_that_prints_more_than_the_formula_leaves_it_open() -> None:
    told = "whether it holds more: a source prints up to 8.3 % [UK rules 2026]"
    assert told in " ".join(screen("Magtein 2000 mg").split())
    assert "holds more" not in screen("Magnesium citrate 500 mg")
