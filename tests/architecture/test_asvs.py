"""docs/security/asvs.md: every requirement stands there once, and what it names exists."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/security/asvs.md"
LEVELS = ROOT / "docs/security/asvs_levels.csv"
MET, NOT_MET, NOT_APPLICABLE = "met", "not met", "not applicable"
NAMED = re.compile(r"`([^`]+)`")
FILE = re.compile(r"/|::|\.(?:md|toml)$")


@dataclass(frozen=True)
class Row:
    """A line of the tables: which requirements, what they ask, the judgement, and why."""

    ids: tuple[str, ...]
    asks: str
    judged: str
    seen: str

    @property
    def named(self) -> list[str]:
        """The tests and files that it names."""
        return [one for one in NAMED.findall(self.seen) if FILE.search(one)]

    @property
    def reason(self) -> str:
        """What it says besides naming tests and files."""
        kept = NAMED.sub(lambda one: "" if FILE.search(one[1]) else one[1], self.seen)
        return kept.strip(" ,;")


def rows() -> list[Row]:
    """Read the tables."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    cells = [line.strip("| ").split(" | ", 3) for line in lines if re.match(r"\| \d", line)]
    found = [[*cell, ""][:4] for cell in cells]
    return [
        Row(tuple(ids.split(", ")), asks, judged.strip("* |"), seen)
        for ids, asks, judged, seen in found
    ]


def judged(as_what: str) -> int:
    """Count the requirements that were judged so."""
    return sum(len(row.ids) for row in rows() if row.judged == as_what)


@cache
def defined_in(path: str) -> frozenset[str]:
    """Return the names of the tests of a file, without importing it."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def exists(named: str) -> bool:
    """Say whether a test or a file is there."""
    path, _, name = named.partition("::")
    return (ROOT / path).is_file() and (not name or name in defined_in(path))


def test_every_requirement_of_both_levels_stands_there_once() -> None:
    lines = LEVELS.read_text(encoding="utf-8").splitlines()[1:]
    wanted = dict(line.removeprefix("V").split(",") for line in lines)
    assert (len(wanted), set(wanted.values())) == (253, {"1", "2"})
    told = [one for row in rows() for one in row.ids]
    assert sorted(told) == sorted(wanted)


def test_every_judgement_is_one_of_three_and_every_requirement_is_told_in_few_words() -> None:
    assert {row.judged for row in rows()} == {MET, NOT_MET, NOT_APPLICABLE}
    assert [row.ids for row in rows() if not 2 <= len(row.asks) <= 80] == []


def test_what_is_named_exists() -> None:
    assert [(row.ids, one) for row in rows() for one in row.named if not exists(one)] == []


def test_what_is_met_is_seen_somewhere_and_what_is_not_has_a_reason() -> None:
    assert [row.ids for row in rows() if row.judged == MET and not row.named] == []
    assert [row.ids for row in rows() if row.judged != MET and len(row.reason) < 5] == []


def test_the_head_of_the_document_says_the_share_that_is_met() -> None:
    met, not_met = judged(MET), judged(NOT_MET)
    share = f"{100 * met / (met + not_met):.1f}"
    print(f"ASVS 5.0, level 2: {met} of {met + not_met} that apply are met ({share} %)")
    head = DOCUMENT.read_text(encoding="utf-8").split("## ")[0]
    said = f"{met + not_met} apply; **{met} of these {met + not_met} are met ({share} %)**"
    assert said in head
    assert f"{not_met} are not" in head


def test_a_name_that_is_none_is_noticed() -> None:
    assert exists("tests/architecture/test_asvs.py::test_what_is_named_exists")
    assert not exists("tests/architecture/test_asvs.py::test_what_nobody_wrote")
    assert not exists("tests/architecture/no_such_file.py")


def test_every_link_of_these_pages_leads_somewhere() -> None:
    for page in sorted(DOCUMENT.parent.glob("*.md")):
        links = re.findall(r"\]\((?!https:)([^)#]+)", page.read_text(encoding="utf-8"))
        assert [one for one in links if not (page.parent / one).is_file()] == [], page.name
