"""What the documents name is there: links, files, commands, settings, packages, numbers."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from sessions_app.safety.catalogue import CATALOGUE
from tests.architecture.sources import APP, ROOT

FOLDERS = ("docs", "benchmarks", "tests")
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(one for name in FOLDERS for one in (ROOT / name).rglob("*.md"))]
)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
CODE = re.compile(r"`([^`\n]+)`")
NAMED = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
"""A path without wildcards; what stands for something else (`…`, `<topic>`) is none."""
ENDINGS = (".py", ".md", ".toml", ".html", ".js", ".css", ".json", ".csv", ".sql", ".lua", ".lock")
BEGIN_AT = ("", "sessions_app", "sessions_app/dashboards", "tests", "docs")
"""From where a path may be told, beside the page's own folder."""
MADE_LATER = {".venv/install.log", ".venv/bin/activate"}
BEFORE_DJANGO = {"verify"}
OF_THE_DEMO = {"STILLHAND_DEMO"}
SETTING = re.compile(r"\bSTILLHAND_[A-Z_]*[A-Z]")


def texts() -> dict[str, str]:
    return {one.relative_to(ROOT).as_posix(): one.read_text(encoding="utf-8") for one in DOCUMENTS}


def paths_named(text: str) -> set[str]:
    """Return what a page names in code letters that can only be a file or a folder."""
    said = (word for code in CODE.findall(text) for word in re.split(r"[\s,;()]+", code))
    named = {word.split("::")[0].rstrip("/") for word in said}
    return {one for one in named if NAMED.fullmatch(one) and ("/" in one or one.endswith(ENDINGS))}


def is_there(page: Path, named: str) -> bool:
    """Tell whether a path leads somewhere; «docs/adr/0001» names the decision by its number."""
    for folder in (page.parent, *(ROOT / one for one in BEGIN_AT)):
        if (folder / named).exists() or [*folder.glob(f"{named}-*.md")]:
            return True
    # A module may be told by its name alone, where its folder stands in the sentence.
    return "/" not in named and bool([*APP.rglob(named), *(ROOT / "clinic").rglob(named)])


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_and_every_named_file_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [one for one in LINK.findall(text) if ":" not in one]
    assert [one for one in links if not (page.parent / one).exists()] == []
    assert {one for one in paths_named(text) if not is_there(page, one)} <= MADE_LATER


def test_every_command_of_manage_py_is_one() -> None:
    known = set(get_commands()) | BEFORE_DJANGO
    named = {one for text in texts().values() for one in re.findall(r"manage\.py ([a-z_]+)", text)}
    assert {"demo", "verify", "check_audit"} <= named
    assert named <= known


def test_the_readme_tells_every_setting_that_is_read() -> None:
    read = {
        name
        for one in (ROOT / "clinic").rglob("*.py")
        for name in SETTING.findall(one.read_text(encoding="utf-8"))
    } - {"STILLHAND_OIDC"}
    told = set(SETTING.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    assert read - told == OF_THE_DEMO
    assert {one for one in told - read if not one.endswith("_FILE")} == {
        f"STILLHAND_OIDC_{part}" for part in ("NAME", "CLIENT_ID", "CLIENT_SECRET")
    }


def test_the_map_names_every_package() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    packages = {one.parent.name for one in APP.glob("*/__init__.py")} - {"migrations"}
    assert {one for one in packages if not re.search(rf"\b{one}\b", readme)} == set()


def test_the_number_of_rules_is_told_as_it_is() -> None:
    told = {one for text in texts().values() for one in re.findall(r"\b(\d+) rules\b", text)}
    assert told == {str(len(CATALOGUE))}
