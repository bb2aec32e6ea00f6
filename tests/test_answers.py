"""What answers say beyond what the approved screens show: search, explained names, full pages."""

import json
import re
from pathlib import Path

from mgform.answers.checking import checked_json, checked_lines
from mgform.answers.comparing import comparing
from mgform.answers.explaining import explaining
from mgform.answers.listing import listing
from mgform.answers.searching import searching
from mgform.answers.showing import showing
from mgform.forms import leveled
from mgform.names import Names
from mgform.notes import concerning
from mgform.page import Answer, Page, in_full
from mgform.reader import Problem
from mgform.screen import on_screen
from mgform.table import Table


def told(answer: Answer, width: int = 80) -> str:
    return on_screen(answer.page(), width)


def full(answer: Answer) -> str:
    page = in_full(answer.page())
    return on_screen(page._replace(answer=(), foot=()), 80)


def show(table: Table, *names: str) -> Answer:
    return showing(table, Names(table).find_all(names))


def compare(table: Table, *names: str) -> Answer:
    return comparing(table, Names(table).find_all(names))


def test_a_search_tells_what_there_is_by_what_it_is(frozen: Table) -> None:
    found = searching(frozen, ["gold"])
    assert told(found) == (
        "On 'gold', the table has 1 form and 1 correction:\n\n"
        "Forms      gold: Gold, fool's gold and 2 more names\n"
        "Corrected  Gold is another element. [Doe 1999]\n\n"
        "Invented for tests, every word of it.\n"
    )
    assert [form["id"] for form in found.data["forms"]] == ["gold"]
    assert [entry.id for entry in found.data["corrections"]] == ["gold"]
    assert found.data["notes"] == []


def test_a_search_in_vain_says_so(frozen: Table) -> None:
    found = searching(frozen, ["zebra"])
    assert told(found) == (
        "Nothing here speaks of 'zebra'.\n\nInvented for tests, every word of it.\n"
    )
    assert found.data["missing"] == ("zebra",)
    assert found.page().full is None


def test_a_search_says_what_stands_nearest_and_how_much_more_there_is(
    table: Table,
) -> None:
    lines = told(searching(table, ["warfarin"])).splitlines()
    assert lines[0] == "Nothing here speaks of 'warfarin'."
    assert lines[1].startswith("Of medicines in general, the table has ")
    assert any(line.endswith(" more") for line in lines)


def test_a_slip_is_asked_about(table: Table) -> None:
    assert told(searching(table, ["thyriod"])).startswith(
        "Nothing here speaks of 'thyriod'.\nDid you mean 'thyroid'?\n"
    )


def test_a_search_in_full_has_notes_with_details_and_sources(
    frozen: Table,
) -> None:
    assert full(searching(frozen, ["rats"])) == (
        "Notes\n"
        "laxative: salt  Ran through 3 of 4. Of 1 gram a day. Studied: rats. [Doe 1999]\n\n"
        "Sources\n"
        "Doe 1999  Doe, A Journal 1:1 doi:10.1234/abc PMID 123\n"
    )


def test_a_search_in_full_has_every_source(frozen: Table) -> None:
    shown = full(searching(frozen, ["uno", "stuff"]))
    assert shown == (
        "Other names\n"
        "UNO-mix  A brand of two products that hold salt or ash. The ash is grey. [Doe\n"
        "         1999]\n\n"
        "Sources\n"
        "Doe 1999  Doe, A Journal 1:1 doi:10.1234/abc PMID 123\n"
    )
    exists = full(searching(frozen, ["exist"]))
    assert exists.startswith("Does it exist?\nPositions  Yes. [talk]\n")
    assert "chat      A chat https://example.org/chat\n" in exists


def test_what_is_no_single_form_is_explained(frozen: Table) -> None:
    explained = Names(frozen).explained(["uno-mix"])
    assert explained is not None
    answer = explaining(frozen, explained)
    assert told(answer) == (
        "UNO-mix is no single form.\n"
        "A brand of two products that hold salt or ash. [Doe 1999]\n\n"
        "Also called  uno stuff\n"
        "Forms        salt and ash\n"
        "See also     mgform show salt ash\n\n"
        "Invented for tests, every word of it.\n"
    )
    assert "The ash is grey." in full(answer)
    assert answer.data is explained
    assert answer.ids == ("unomix",)


def test_one_compound_has_its_own_percentage(frozen: Table) -> None:
    shown = told(show(frozen, "salt of iodine"))
    assert (
        "Salt of iodine is listed here under salt (unobtainium salt)." in shown
    )
    assert "12.50 % by weight of unobtainium iodide" in shown
    assert "12.50 % by weight  " in told(
        compare(frozen, "salt of iodine", "chelate")
    )


def test_a_mixture_has_what_a_source_prints(frozen: Table) -> None:
    assert "18 to 20 % by weight of alloyed gold [Doe 1999]" in told(
        show(frozen, "gold")
    )


def test_a_form_beside_one_without_a_level(table: Table) -> None:
    lines = told(compare(table, "citrate", "threonate")).splitlines()
    assert " ".join(lines[:2]) == (
        "The laxative effect is rated strong for citrate [post-4, post-5]. The thread "
        "does not speak of threonate."
    )
    assert any("not rated" in line for line in lines)
    assert any(line.startswith("Published: sleep") for line in lines)
    assert any(line.startswith("Caution, threonate: EFSA") for line in lines)


def test_where_no_form_has_a_level_scales_are_left_out(frozen: Table) -> None:
    shown = told(compare(frozen, "dust", "gold"))
    assert "Laxative" not in shown
    assert "Laxative" not in told(listing(frozen, frozen.forms[3:]))


def test_three_forms_stand_below_each_other(frozen: Table) -> None:
    shown = told(compare(frozen, "salt", "chelate", "ash"))
    assert re.search(r"^chelate +○ weak .*○ good \[talk\]", shown, re.MULTILINE)
    assert re.search(r"^\(glyunobtate\) ", shown, re.MULTILINE)


def test_the_list_says_how_many_forms_have_no_level(frozen: Table) -> None:
    more = "2 more forms have no level: mgform list --all"
    assert more in told(listing(frozen, leveled(frozen)))
    assert more not in told(listing(frozen, frozen.forms))
    assert more not in told(listing(frozen, frozen.forms[:1]))


def test_an_empty_list_says_so_and_is_an_array(frozen: Table) -> None:
    answer = listing(frozen, [])
    assert told(answer).startswith("None of the 5 forms matches.\n")
    assert (answer.data, answer.rows, answer.ids) == ([], [], ())


def test_a_page_without_more_is_its_own_full_page() -> None:
    page = Page(())
    assert in_full(page) is page


def test_full_pages_can_be_made_twice(frozen: Table) -> None:
    answer = show(frozen, "salt")
    assert full(answer) == full(answer) != ""


def test_problems_are_lines_or_json() -> None:
    problem = Problem(3, 5, "forms[0].id", "is no id")
    found = {
        "a.yaml": [problem],
        "-": [Problem(None, None, "", "cannot be read")],
    }
    assert list(checked_lines(found)) == [
        "a.yaml:3:5: forms[0].id: is no id\n",
        "standard input: cannot be read\n",
    ]
    assert json.loads(checked_json(found)) == [
        {
            "file": "a.yaml",
            "line": 3,
            "column": 5,
            "path": "forms[0].id",
            "message": "is no id",
        },
        {
            "file": "standard input",
            "line": None,
            "column": None,
            "path": "",
            "message": "cannot be read",
        },
    ]
    assert list(checked_lines({str(Path("b.yaml")): []})) == [
        "b.yaml: no problems\n"
    ]


def test_a_full_page_leaves_nothing_out(table: Table) -> None:
    shown = full(show(table, "oxide"))
    assert "it does not say how laxative oxide is. That oxide" in " ".join(
        shown.split()
    )
    assert "notes, with --full" not in shown
    assert "questions: mgform disputes" not in shown


def test_a_caution_is_told_whatever_gives_way(table: Table) -> None:
    names = Names(table)
    counted = []
    for form in table.forms:
        for beside in ("oxide", "citrate", "chelate"):
            if form.id == beside:
                continue
            shown = told(comparing(table, names.find_all([beside, form.id])))
            if "with --full" in shown:
                counted.append(form.id)
        own = [n for n in table.notes_by_form[form.id] if n.about == "caution"]
        if own:
            lone = " ".join(told(show(table, form.id)).split())
            assert own[0].text[:40] in lone, form.id
    assert counted == []


def test_disputes_are_counted_alike(table: Table) -> None:
    shown = told(show(table, "citrate"))
    number = len(concerning(table, [table.forms[1]])[0])
    assert f"{number} questions: mgform disputes citrate" in shown


def test_a_dispute_about_both_forms_stands_behind_the_answer(
    table: Table,
) -> None:
    shown = " ".join(told(compare(table, "oxide", "citrate")).split())
    told_where = "Sources disagree: mgform disputes oxide citrate"
    assert f"effect from citrate. {told_where}" in shown
    assert "Sources disagree" not in told(compare(table, "citrate", "malate"))


def test_of_a_mixture_the_remark_stands_behind_the_answer(table: Table) -> None:
    shown = " ".join(told(show(table, "buffered glycinate")).split())
    assert "chelate). A mixture with oxide; how much of each" in shown
    assert "The level is that of chelate in general." in shown
    assert "in general" not in told(show(table, "glycinate"))
    assert "in general" not in told(show(table, "Epsom salt"))


def test_what_is_published_of_both_forms_has_a_row(table: Table) -> None:
    shown = " ".join(told(compare(table, "glycinate", "threonate")).split())
    assert "Published: sleep Insomnia scores fell" in shown
    assert "[Hausenblas" in shown
    assert "Published: sleep" not in told(compare(table, "chelate", "stearate"))


def test_the_list_says_where_sources_disagree_on_its_forms(
    table: Table,
) -> None:
    told_where = (
        "Sources disagree on oxide and citrate: mgform disputes oxide citrate"
    )
    assert told_where in told(listing(table, leveled(table)))
    without = [
        form for form in leveled(table) if form.id in ("malate", "taurate")
    ]
    assert "Sources disagree" not in told(listing(table, without))
