"""Whole files: text that is no TOML, a wrong name, several files at once."""

from pathlib import Path

import pytest

from sessions_app.protocols.definition import DefinitionError, load, load_all, parse
from tests.protocols.hands import HANDS, problems


@pytest.mark.parametrize(
    ("text", "line"),
    [('code = "a"\nversion = \n', 2), ('code = "a"\ncode = "b"\n', 2), ("a = [", 1)],
)
def test_text_that_is_no_toml_is_told_with_its_line(text: str, line: int) -> None:
    assert problems(text)[0].startswith(f"hands.toml:{line}: (file): ")


def test_the_file_bears_the_protocols_code(tmp_path: Path) -> None:
    right, wrong = tmp_path / "hands.toml", tmp_path / "feet.toml"
    right.write_text(HANDS, encoding="utf-8")
    wrong.write_text(HANDS, encoding="utf-8")
    assert load(right).code == "hands"
    with pytest.raises(DefinitionError, match=r"feet.toml:1: code: «hands» must be .* «feet»"):
        load(wrong)


def test_the_problems_of_all_files_are_told_together(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(HANDS, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_all(tmp_path)
    assert [problem.file for problem in caught.value.problems] == ["one.toml", "two.toml"]


def test_a_source_is_whole_or_absent() -> None:
    start, end = HANDS.index("[source]"), HANDS.index("[schedule]")
    without = parse(HANDS[:start] + HANDS[end:], "hands.toml")
    assert (without.citation, without.doi) == ("", "")
    assert problems(HANDS[:start] + "[source]\n" + HANDS[end:]) == [
        "hands.toml:10: source.citation: is missing",
        "hands.toml:10: source.doi: is missing",
    ]
