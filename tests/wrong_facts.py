"""How many wrong facts test_facts.py notices; by hand: python -m tests.wrong_facts

Each is one change of a copy of the table, everywhere where the changed thing stands. Those that
nothing notices are printed, and the status is 1.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec

from mgform.table import Table
from tests.test_facts import RULES, TABLE, Rule

Tree = Any
WHOLE: Tree = msgspec.json.decode(msgspec.json.encode(TABLE))
TEXTS = ("text", "details", "studied", "says")

# Of a statement's words, the first on the left becomes what stands on the right.
WORDS = {
    "a no is dropped": [
        (r"\bno (?=\w)", ""),
        (r"\bnot ", ""),
        (r"\bwithout\b", "with"),
        (r"\bno better\b", "better"),
    ],
    "a not is added": [(r"\b(was|were|is|are|may|can) ", r"\1 not ")],
    "a comparison is turned": [
        (r"\bbetter\b", "worse"),
        (r"\bmore\b", "less"),
        (r"\bmost\b", "least"),
        (r"\bleast\b", "most"),
        (r"\bless\b", "more"),
        (r"\bworst\b", "best"),
        (r"\bbest\b", "worst"),
        (r"\braised\b", "lowered"),
        (r"\breduced\b", "raised"),
        (r"\beasier\b", "harder"),
    ],
    "two sides are exchanged": [
        (r"(?i)\b(citrate)\b(.*?)\b(oxide)\b", r"\3\2\1"),
        (r"(?i)\b(oxide)\b(.*?)\b(citrate)\b", r"\3\2\1"),
        (r"(?i)\b(aspartate)\b(.*?)\b(oxide)\b", r"\3\2\1"),
        (r"(?i)\b(bisglycinate)\b(.*?)\b(oxide)\b", r"\3\2\1"),
        (r"(?i)\b(\w*glycinate)\b(.*?)\b(placebo)\b", r"\3\2\1"),
        (r"(?i)\b(malate)\b(.*?)\b(oxide)\b", r"\3\2\1"),
        (r"(?i)\b(hydroxide)\b(.*?)\b(oxide)\b", r"\3\2\1"),
        (r"(?i)\b(oxide)\b(.*?)\b(placebo)\b", r"\3\2\1"),
        (
            r"(?i)\b(threonate|orotate|sulfate|lactate|chloride)\b(.*?)\b(placebo)\b",
            r"\3\2\1",
        ),
        (r"(?i)\b(sucrosomial magnesium)\b(.*?)\b(oxide)\b", r"\3\2\1"),
        (r"(?i)\b(zma)\b(.*?)\b(placebo)\b", r"\3\2\1"),
        (r"\b(US)\b", "EU"),
        (r"\b(Supports)\b", "Against"),
    ],
    "a figure's side is exchanged": [
        (r"(\d[\d.]*)(?![\d.])(.*?)(?<![\d.])(\d[\d.]*)(?= [%m])", r"\3\2\1")
    ],
    "a unit is another": [
        (r"(?<=\d )mg\b", "g"),
        (r"(?<=\d )g\b", "mg"),
        (r"(?<=\d )mmol\b", "mg"),
        (r"(?<=\d )%", "mg"),
        (r"(?<=\d )(hours?|weeks|months)\b", "days"),
        (r"(?<=\d )days\b", "weeks"),
    ],
    "others were studied": [
        (r"\b(?<!wo)men\b", "women"),
        (r"\bwomen\b", "men"),
        (r"\bmen\b(.*?)\bwomen\b", r"women\1men"),
        (r"\brats\b", "people"),
        (r"\bpeople\b", "rats"),
        (r"\bhealthy\b", "ill"),
        (r"\badults\b", "children"),
        (r"\bpregnan\w+\b", "old"),
    ],
    "a hedge is dropped": [
        (r"\bmay (not )?", r"\1"),
        (r"\bSmall studies\b", "Studies"),
        (r"\bsmall share\b", "share"),
        (r"\b[Oo]ften\b", "always"),
        (r"\babout \b", ""),
        (r"\b(can|might) ", ""),
        (r"\b[Ss]ome\b", "all"),
        (r"\bseem\b", "are"),
        (r"\bat most\b", "at least"),
    ],
    "another number in words": [(r"\b(two|three|four|seven|ten)\b", "five")],
    "another effect": [
        (r"\babsorbed\b", "tolerated"),
        (r"\btolerate(d?)\b", r"absorb\1"),
        (r"\burine\b", "blood"),
        (r"\bblood\b", "urine"),
        (r"\bstool\b", "urine"),
        (r"\blaxative\b", "harmful"),
        (r"\bcells\b", "blood"),
        (r"\bfood\b", "medicines"),
        (r"\bsleep\b", "exercise"),
        (r"\b[Ii]ndustry\b", "Nobody"),
    ],
    "another substance": [
        (r"\bplacebo\b", "senna"),
        (r"\bsenna\b", "placebo"),
        (r"\bhydroxide\b", "oxide"),
        (r"\bacetate\b", "citrate"),
        (r"\b[Ss]ulfate\b", "chloride"),
        (r"\b[Cc]hloride\b", "sulfate"),
        (r"\bdicitrate\b", "citrate"),
        (r"\b[Dd]imagnesium\b", "magnesium"),
        (r"\bcalcium\b", "iron"),
        (r"(?i)\bthreonate\b", "taurate"),
        (
            r"(?i)\b(orotate|pidolate|gluconate|glycerophosphate|ascorbate)\b",
            "aspartate",
        ),
        (
            r"(?i)\b(succinate|pyruvate|stearate|salicylate|lysinate)\b",
            "malate",
        ),
        (r"(?i)\bsucrosomial\b", "common"),
        (r"\bacetyl taurate\b", "taurate"),
        (r"\bcitrate malate\b", "citrate"),
        (r"\bdry\b", "hydrated"),
    ],
    "another ailment": [
        (r"\bdiarrhea\b", "constipation"),
        (r"\bconstipation\b", "diarrhea"),
        (r"\bcramps\b", "headaches"),
        (r"\bkidney\b", "liver"),
        (r"\bheart\b", "stomach"),
        (r"\bfibromyalgia\b", "arthritis"),
    ],
    "another post": [(r"\bpost-1\b", "post-4"), (r"\bpost-4\b", "post-1")],
}


Path = tuple[str | int, ...]


def places(branch: Tree, path: Path = ()) -> Iterator[tuple[str, Path]]:
    """Every mapping of a tree, as JSON, with its path."""
    if isinstance(branch, dict):
        yield json_of(branch), path
    steps = branch.items() if isinstance(branch, dict) else enumerate(branch)
    for step, part in steps:
        if isinstance(part, dict | list):
            yield from places(part, (*path, step))


def json_of(mapping: dict[str, Any]) -> str:
    return msgspec.json.encode(mapping).decode()


PATHS: dict[str, list[Path]] = defaultdict(list)
"""Where in the whole table a mapping stands: the same note may stand in several places."""
for as_json, path in places(WHOLE):
    PATHS[as_json].append(path)


def replaced(tree: Tree, old: dict[str, Any], new: Tree) -> Tree:
    """The whole table, or what came of it, with a mapping everywhere made ``new``.

    For None it is dropped. What stays the same is shared with the tree.
    """
    for path in reversed(PATHS[json_of(old)]):
        tree = with_value(tree, path, new)
    return tree


def with_value(branch: Tree, path: Path, value: Tree) -> Tree:
    """A branch with another value at a path; in a list, None leaves it out."""
    if not path:
        return value
    step, *rest = path
    copied: Tree = branch.copy()
    copied[step] = with_value(branch[step], tuple(rest), value)
    if isinstance(branch, list) and copied[step] is None:
        del copied[step]
    return copied


def things(key: str, tree: Tree = WHOLE) -> Iterator[dict[str, Any]]:
    """Every mapping in the table that has a key, once."""
    found: list[dict[str, Any]] = []

    def walk(branch: Tree) -> None:
        if isinstance(branch, dict) and key in branch and branch not in found:
            found.append(branch)
        for value in (
            branch.values()
            if isinstance(branch, dict)
            else branch
            if isinstance(branch, list)
            else ()
        ):
            walk(value)

    walk(tree)
    return iter(found)


Wrong = tuple[str, str, Tree]


def changed(kind: str, thing: dict[str, Any], **values: object) -> Wrong:
    """One wrong fact: some values of a thing are others."""
    return (
        kind,
        f"{thing.get('id') or thing.get('source')}: {values}",
        replaced(WHOLE, thing, thing | values),
    )


def words() -> Iterator[Wrong]:
    """Statements of which one word is another."""
    for said in things("text"):
        for field in filter(said.get, TEXTS):
            for kind, changes in WORDS.items():
                for old, new in changes:
                    text, times = re.subn(old, new, said[field], count=1)
                    if times and text != said[field]:
                        yield changed(kind, said, **{field: text})


def digit(text: str, at: int) -> str:
    """A text of which one digit is another."""
    return f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"


def figures() -> Iterator[Wrong]:
    """Statements of which one digit is another, or into which a figure came."""
    for said in things("text"):
        for field in filter(said.get, TEXTS):
            for match in re.finditer(r"(?<!\{)\d", said[field]):
                yield changed(
                    "a figure is another",
                    said,
                    **{field: digit(said[field], match.start())},
                )
        yield changed(
            "a figure is added",
            said,
            details=f"{said.get('details') or ''} It was 17 %.".strip(),
        )


def origins() -> Iterator[Wrong]:
    """Statements by another, without whom they relay or how we know, gone, or in another place."""
    posts = {"post-1": "post-4", "post-4": "post-1", "post-5": "post-2"}
    for said in things("text"):
        paper = (
            "firoz-2001" if said["source"] == "walker-2003" else "walker-2003"
        )
        yield changed(
            "another source", said, source=posts.get(said["source"], paper)
        )
        basis = "inferred" if said["basis"] == "stated" else "stated"
        yield changed("another basis", said, basis=basis)
        yield changed(
            "a relay is lost or found",
            said,
            relays=None if said.get("relays") else "a doctor",
        )
        yield "a statement is dropped", str(said), replaced(WHOLE, said, None)
        if "about" in said:
            yield changed(
                "another topic",
                said,
                about="cost" if said["about"] != "cost" else "effect",
            )
    for dispute in things("positions"):
        for at, position in enumerate(dispute["positions"]):
            rest = [
                other for other in dispute["positions"] if other != position
            ]
            kept = rest if len(rest) > 1 else [*rest, *rest]
            yield changed("a position is dropped", dispute, positions=kept)
            turned = position | {"source": rest[0]["source"]}
            positions = [
                *dispute["positions"][:at],
                turned,
                *dispute["positions"][at + 1 :],
            ]
            if turned != position:
                yield changed(
                    "a position is another's", dispute, positions=positions
                )


def sources() -> Iterator[Wrong]:
    """Sources with another digit, year, page, mark or study."""
    for source in things("citation"):
        for field in ("doi", "pmid", "date", "citation", "mark"):
            for match in re.finditer(r"\d", source.get(field) or ""):
                yield changed(
                    f"another {field}",
                    source,
                    **{field: digit(source[field], match.start())},
                )
            if field in ("doi", "pmid") and source.get(field):
                swapped = re.sub(
                    r"(\d)(?!\1)(\d)(?=\D*$)", r"\2\1", source[field]
                )
                yield changed(
                    "two digits are swapped", source, **{field: swapped}
                )
                yield changed(f"no {field}", source, **{field: None})
        yield changed(
            "another study",
            source,
            study="animals" if source.get("study") == "people" else "people",
        )


def amounts() -> Iterator[Wrong]:
    """Compounds and upper levels that are others."""
    compounds = list(things("elemental_percent"))
    for compound, other in zip(
        compounds, compounds[1:] + compounds[:1], strict=True
    ):
        _, what, tree = changed("", compound, name=other["name"])
        yield (
            "two salts' names are exchanged",
            what,
            replaced(tree, other, other | {"name": compound["name"]}),
        )
        yield changed(
            "another salt's formula", compound, formula=other["formula"]
        )
        yield changed(
            "another salt's percent",
            compound,
            elemental_percent=other["elemental_percent"],
        )
        if compound["elemental_percent"] is not None:
            percent = round(compound["elemental_percent"] + 0.01, 2)
            yield changed(
                "another percent", compound, elemental_percent=percent
            )
        for field in ("printed_percent", "printed_percent_most"):
            printed = (compound[field] or 7) + 0.1
            yield changed(
                "another printed percent", compound, **{field: printed}
            )
        yield changed("printed by another", compound, source="firoz-2001")
        yield changed(
            "names of another salt",
            compound,
            names=[*compound["names"], "ozonate"],
        )
        if compound["names"]:
            yield changed(
                "a salt's name is lost", compound, names=compound["names"][1:]
            )
    levels = list(things("counts"))
    for level, other in zip(levels, levels[1:] + levels[:1], strict=True):
        yield changed(
            "another authority's upper level",
            level,
            mg=other["mg"],
            source=other["source"],
        )
    for level in levels:
        yield changed("another upper level", level, mg=level["mg"] + 50)
        yield changed(
            "another region",
            level,
            region="EU" if level["region"] == "US" else "US",
        )
        counts = re.sub(r" not |compounds like oxide", " ", level["counts"])
        yield changed("it counts otherwise", level, counts=counts)


def forms() -> Iterator[Wrong]:
    """Forms of another level, with a name or a note less, or with what belongs to another form."""
    every = WHOLE["forms"]
    for form in every:
        for scale in ("laxative", "tolerance"):
            for word in WHOLE["scales"][scale]["levels"]:
                if word != form[scale]:
                    yield changed("another level", form, **{scale: word})
        for name in form.get("aliases", []):
            yield changed(
                "a name is lost",
                form,
                aliases=[other for other in form["aliases"] if other != name],
            )
    for note in WHOLE["notes"]:
        for form_id in note["forms"]:
            rest = [other for other in note["forms"] if other != form_id]
            yield changed("a note is taken from a form", note, forms=rest)
        given = "threonate" if note["forms"] == ["pidolate"] else "pidolate"
        yield changed(
            "a note is given to another form",
            note,
            forms=[*note["forms"], given],
        )
    for one, other in pairwise(every):
        _, what, tree = changed("", one, aliases=other["aliases"])
        yield (
            "two forms' names are exchanged",
            what,
            replaced(tree, other, other | {"aliases": one["aliases"]}),
        )


def frames() -> Iterator[Wrong]:
    """Disputes, corrections and scales that touch others, and another buffer."""
    for dispute in things("positions"):
        yield changed("a dispute of other forms", dispute, forms=["malate"])
        yield changed("a dispute of another topic", dispute, about="cost")
    for correction in things("claim"):
        yield changed(
            "a correction of other forms", correction, forms=["citrate"]
        )
    for entry in WHOLE["explained"]:
        yield changed(
            "an explained name of other forms", entry, forms=["threonate"]
        )
        yield changed(
            "another explained name",
            entry,
            aliases=[*entry["aliases"], "threonine"],
        )
    for scale in things("levels"):
        yield changed(
            "a scale turned round", scale, levels=scale["levels"][::-1]
        )
    yield "another buffer", "citrate", WHOLE | {"buffer": "citrate"}
    yield (
        "another notice",
        "post-4",
        WHOLE
        | {"thread_notice": WHOLE["thread_notice"].replace("post-5", "post-4")},
    )
    yield (
        "another order of the forms",
        "oxide last",
        WHOLE | {"forms": WHOLE["forms"][1:] + WHOLE["forms"][:1]},
    )


def wrong_facts() -> Iterator[Wrong]:
    """Every wrong fact, once."""
    for some in (
        words(),
        figures(),
        origins(),
        sources(),
        amounts(),
        forms(),
        frames(),
    ):
        yield from some


FIELDS = {field.name: field for field in msgspec.structs.fields(Table)}


def table_of(tree: Tree) -> Table | None:
    """The table, of which only what is changed is read; None if the model itself refuses it."""
    changes = {}
    for name, value in tree.items():
        if value is not WHOLE[name]:
            try:
                changes[name] = msgspec.convert(value, FIELDS[name].type)
            except msgspec.ValidationError:
                return None
    if all(getattr(TABLE, name) == value for name, value in changes.items()):
        return TABLE
    return msgspec.structs.replace(TABLE, **changes)


def noticed(table: Table, rules: list[Rule]) -> bool:
    """Whether a rule is broken; that one is tried first next time, for the next is often alike."""
    for rule in rules:
        if next(rule(table), None) is not None:
            rules.remove(rule)
            rules.insert(0, rule)
            return True
    return False


def main() -> int:
    """Count the wrong facts of each kind, and those that were noticed."""
    if any(next(rule(TABLE), None) for rule in RULES):
        sys.stderr.write(
            "the table that comes with mgform breaks a rule of test_facts.py: that comes first\n"
        )
        return 1
    rules = [*RULES]
    tried: Counter[str] = Counter()
    missed = []
    for kind, what, tree in wrong_facts():
        table = table_of(tree)
        if table is None or table is TABLE:
            continue
        tried[kind] += 1
        if not noticed(table, rules):
            missed.append(f"not noticed: {kind}: {what}")
    sys.stdout.write(
        "".join(
            f"{number:5} {kind}\n" for kind, number in sorted(tried.items())
        )
    )
    sys.stdout.write(
        "\n".join(
            [
                *missed,
                f"{tried.total()} wrong facts, {tried.total() - len(missed)} noticed",
                "",
            ]
        )
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
