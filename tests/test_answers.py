"""What answers say beyond what the approved screens show: search, explained names, full pages."""

import json
import re
from itertools import combinations
from pathlib import Path

from msgspec import structs

from mgform.answers.checking import checked_json, checked_lines
from mgform.answers.comparing import comparing
from mgform.answers.explaining import explaining
from mgform.answers.listing import listing
from mgform.answers.searching import searching
from mgform.answers.showing import showing
from mgform.answers.subjects import shared_subjects
from mgform.comparison import are_compared
from mgform.forms import has_level, leveled
from mgform.names import Names
from mgform.notes import concerning
from mgform.page import Answer, Page, in_full
from mgform.reader import Problem
from mgform.screen import on_screen
from mgform.table import Kind, Study, Table
from tests.conftest import call


def told(answer: Answer, width: int = 80) -> str:
    return on_screen(answer.page(), width)


def full(answer: Answer) -> str:
    page = in_full(answer.page())
    return on_screen(page._replace(answer=(), foot=(), explained=None), 80)


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


def test_what_a_dispute_holds_is_not_printed_again(table: Table) -> None:
    found = searching(table, ["cramps"])
    shown = " ".join(told(found).split())
    assert shown.count("[Roguin Maor 2017]") == 1
    assert shown.count("night leg cramps") == 2
    texts = [note["text"] for note in found.data["notes"]]
    assert (
        "Oxide did no better than placebo against leg cramps at night." in texts
    )


def test_what_only_mentions_the_words_is_counted(table: Table) -> None:
    found = searching(table, ["food"])
    shown = told(found)
    assert shown.count("[") == 4
    assert f"{len(found.data['notes']) - 4} more\n" in shown


def test_what_a_note_needs_stands_below_it_once(table: Table) -> None:
    relayed = told(searching(table, ["2000", "mg"]))
    relayed = " ".join(relayed.split())
    for distance in ("is about 3 to 6 times the US", "is 4 to 8 times the"):
        read = f"- Read as magnesium itself, 1000-2000 mg {distance}"
        assert read in relayed
    shown = " ".join(told(searching(table, ["400", "mg", "a", "day"])).split())
    assert (
        "[UK NHS (second source)] - The US upper level for adults is 350 mg"
        in shown
    )
    assert shown.count("The US upper level for adults") == 1
    both = " ".join(told(searching(table, ["too", "much"])).split())
    assert both.count("The US upper level for adults") == 1
    assert "[UK NHS (second source)]" in both


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
        "The laxative effect is rated strong for citrate [post-4, post-5]. The "
        "discussion of 2000 does not speak of threonate."
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
    assert more in told(listing(frozen, frozen.forms[:1]))


def test_a_list_says_first_on_how_little_its_levels_rest(
    table: Table, frozen: Table
) -> None:
    milder = told(listing(table, leveled(table)[2:]))
    one = "All levels come from one message of 2000."
    assert one in milder.partition("Form ")[0]
    both = "All levels come from 2 messages of 2000."
    assert both in told(listing(table, leveled(table)))
    # "talk" and "chat" are messages, too; with another source behind a level nothing is said.
    assert "come from 2 messages" in told(listing(frozen, leveled(frozen)))
    sources = []
    for source in frozen.sources:
        kind = Kind.REFERENCE if source.id == "talk" else source.kind
        sources.append(structs.replace(source, kind=kind))
    published = structs.replace(frozen, sources=tuple(sources))
    assert "come from" not in told(listing(published, leveled(published)))


def test_an_empty_list_says_so_and_is_an_array(frozen: Table) -> None:
    answer = listing(frozen, [])
    assert told(answer).startswith("None of the 5 forms matches.\n")
    assert (answer.data, answer.rows, answer.ids) == ([], [], ())


def test_a_level_that_is_disputed_has_a_mark(table: Table) -> None:
    milder = call("list", "--gentler-than", "citrate", COLUMNS="80").stdout
    forms = re.findall(r"^(\w+) +[○◐]", milder, re.MULTILINE)
    assert forms == ["malate", "taurate", "aspartate", "chelate", "oxide"]
    assert "◐ moderate* [our reading" in milder
    disagree = "* Sources disagree on oxide and citrate: mgform disputes"
    assert disagree in milder.partition("Form ")[0]
    both = told(compare(table, "oxide", "citrate", "malate"))
    assert "● strong* [" in both
    assert disagree in both
    assert "*" not in told(compare(table, "oxide", "taurate", "malate"))


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


def test_of_a_mixture_the_remark_stands_before_the_level(table: Table) -> None:
    shown = " ".join(told(show(table, "buffered glycinate")).split())
    first = "Buffered glycinate is not plain glycinate. A mixture with oxide; "
    assert shown.startswith(first)
    assert "product. Buffered glycinate is listed here under chelate (" in shown
    assert "chelate). The laxative effect of chelate is rated mild" in shown
    assert '"Buffered" products contain oxide' in shown
    assert "in general" not in told(show(table, "glycinate"))
    assert "in general" not in told(show(table, "Epsom salt"))


def test_free_lines_are_used_for_more_that_is_published(table: Table) -> None:
    lactate = told(show(table, "lactate"))
    for source in ("Baker 2009", "drug references", "Mag-Tab SR", "Firoz 2001"):
        assert source in " ".join(lactate.split())
    assert " of 4" not in lactate.replace("\N{NO-BREAK SPACE}", " ")
    # Where there is none, two are shown, and the notes behind levels give way as before.
    assert "2 of 18" in call("show", "citrate", COLUMNS="80").stdout


def test_who_asks_for_epsom_salt_is_told_of_baths(table: Table) -> None:
    for name in ("epsom salt", "Epsom salts"):
        shown = told(show(table, name))
        for source in ("US Epsom salt label", "Grober 2017", "Waring"):
            assert f"[{source}" in " ".join(shown.split())
    assert "Grober 2017" not in told(show(table, "sulfate"))
    assert "Grober 2017" in told(searching(table, ["epsom", "salt"]))


def test_where_a_form_has_no_level_its_name_is_explained_first(
    table: Table,
) -> None:
    shown = told(show(table, "Epsom salt")).splitlines()
    assert shown[0].startswith("Epsom salt is listed here under sulfate")
    assert shown[2] == "The table gives sulfate no level."
    first = told(show(table, "sulfate")).splitlines()[0]
    assert first == "The table gives sulfate no level."


def test_a_dispute_stands_where_it_concerns_the_form(table: Table) -> None:
    for form in table.forms:
        shown = told(show(table, form.id))
        assert "Do people with fibromyalgia" not in shown
        if not has_level(table, form) and not any(
            form.id in dispute.forms for dispute in table.disputes
        ):
            assert "Disputed" not in shown
    malate = told(show(table, "malate"))
    assert "Why is magnesium laxative?" in malate
    assert "Does it matter which form one takes?" in malate


def test_in_whom_it_was_found_is_not_told_twice(table: Table) -> None:
    shown = " ".join(told(show(table, "oxide")).split())
    assert "too much magnesium in it. [Wakai 2019]" in shown
    assert "(people)" not in told(show(table, "sucrosomial"))


def test_what_is_published_of_both_forms_has_a_row(table: Table) -> None:
    shown = " ".join(told(compare(table, "glycinate", "threonate")).split())
    assert "Published: sleep Insomnia scores fell" in shown
    assert "[Hausenblas" in shown
    assert "Published: sleep" not in told(compare(table, "chelate", "stearate"))


def test_a_mixture_is_told_apart_from_what_it_is_listed_under(
    table: Table,
) -> None:
    shown = " ".join(told(show(table, "buffered glycinate")).split())
    assert "That is chelate in general: no source here rates this mix" in shown
    general = "not rated for this mixture; chelate in general: ○ mild [post-4]"
    assert f"Laxative effect {general}" in shown
    percentages = "[NGE (seller)]; plain magnesium bisglycinate: 14.10 %"
    assert percentages in shown
    citrate = " ".join(told(show(table, "buffered citrate")).split())
    assert citrate.startswith("Buffered citrate is not plain citrate.")
    beside = told(compare(table, "buffered glycinate", "oxide"))
    unrated = "The levels are of chelate in general: no source here rates the"
    assert unrated in beside
    for name in ("glycinate", "citrate nonahydrate"):
        assert "mixture" not in told(show(table, name))
        assert "mixture" not in told(compare(table, name, "oxide"))


def test_a_subject_is_told_with_how_much_more_there_is(table: Table) -> None:
    shown = " ".join(told(compare(table, "glycinate", "threonate")).split())
    assert "[Hausenblas 2024] (1 more)" in shown
    beside = told(compare(table, "citrate", "oxide"))
    assert "Published:        Citrate is also sold as a" in beside
    assert "absorb" not in told(compare(table, "lactate", "chloride"))


def test_two_forms_that_no_trial_compares_are_told_so(table: Table) -> None:
    chelate = "chelate with threonate, for sleep or otherwise.\n"
    malate = "citrate with malate, for sleep or otherwise.\n"
    pidolate = "lactate with pidolate.\n"
    for line in (chelate, malate, pidolate):
        first, _, second, *_ = re.findall(r"\w+", line)
        shown = told(compare(table, first, second))
        assert f"No trial in people here compares {line}" in shown
    for first, second in (
        ("oxide", "citrate"),
        ("oxide", "chelate"),
        ("aspartate", "lactate"),
        ("sulfate", "aspartate"),  # NIH: small studies
        ("chloride", "acetate"),
        ("citrate", "sucrosomial"),
    ):
        assert "No trial" not in told(compare(table, first, second))
    assert "No trial" not in told(compare(table, "malate", "taurate", "oxide"))


def test_a_subject_on_which_no_trial_compares_two_forms_says_so(
    table: Table,
) -> None:
    """A trial compares citrate and oxide, but not on constipation."""
    beside = told(compare(table, "citrate", "oxide"))
    titles = [line[:18].strip() for line in beside.splitlines()]
    place = titles.index("constipation")
    assert titles[place : place + 3] == [
        "constipation",
        "no trial here",
        "compares the two",
    ]
    # One compares the two on levothyroxine; none compares any on what bottles hold.
    by_keyword = {}
    for first, second in (("citrate", "aspartate"), ("citrate", "chelate")):
        matches = Names(table).find_all([first, second])
        forms = [match.form for match in matches]
        for subject in shared_subjects(table, forms, ()):
            by_keyword[first, second, subject.keyword] = subject.lacks_trial
    assert by_keyword["citrate", "aspartate", "thyroid"] is False
    assert by_keyword["citrate", "chelate", "sleep"] is True
    assert by_keyword["citrate", "chelate", "buffered"] is False
    # Where no trial compares two forms at all, that stands above, once.
    assert told(compare(table, "glycinate", "threonate")).count("compares") == 1


def test_no_trial_that_the_table_has_compares_forms_that_none_compares(
    table: Table,
) -> None:
    """A trial that has notes on both forms, be it in two notes, may have compared them."""
    tried: dict[str, set[str]] = {}
    for note in table.notes:
        if table.sources_by_id[note.source].study is Study.PEOPLE:
            tried.setdefault(note.source, set()).update(note.forms)
    for first, second in combinations(table.forms, 2):
        if not are_compared(table, [first, second]):
            pair = {first.id, second.id}
            assert not [
                source for source, forms in tried.items() if pair <= forms
            ]


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
