"""Each rule says what the truth tables expect of it; a table that cannot be read fails loudly."""

from collections import Counter
from pathlib import Path

import pytest

from sessions_app.safety.catalogue import CATALOGUE, Rule
from tests.safety.truth_tables import COLUMNS, BadLine, Case, answer, cases, stored_cases

CASES = stored_cases()
HEADER = ",".join(COLUMNS)


def _named(case: Case) -> str:
    return f"{case.where} {case.words}"


@pytest.mark.parametrize("told", CATALOGUE, ids=lambda told: told.id)
def test_the_rule_answers_as_the_table_says(told: Rule) -> None:
    cases_of_it = [case for case in CASES if case.rule == told.id]
    assert cases_of_it
    given = {_named(case): answer(told.speak(case.situation)) for case in cases_of_it}
    assert given == {_named(case): case.expected for case in cases_of_it}


def test_every_rule_has_its_cases() -> None:
    told = Counter(case.rule for case in CASES)
    assert not [each.id for each in CATALOGUE if told[each.id] < 3]
    assert told.total() >= 320


def test_no_case_stands_in_the_tables_twice() -> None:
    told = Counter((case.rule, case.words) for case in CASES)
    assert not [case for case, times in told.items() if times > 1]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Z9,none,,,,,silent,,", "no rule «Z9»"),
        ("D1,,,,,,silent,,", "a case needs words"),
        ("D1,too few,,,,,silent,", "8 cells, not 9"),
        ("D1,level,,,,,loud,,", "loud"),
        ("D1,level missing,,,,,,,", "Level"),
        ("D1,planning,,,maybe,,silent,,", "maybe"),
        ("D1,kind,port @hand_left 1d,,,,silent,,", "port"),
        ("D1,no day,device @hand_left,,,,silent,,", "is not a fact"),
        ("D1,site,device @paw 1d,,,,silent,,", "paw"),
        ("D1,value,device 3 1d,,,,silent,,", "has no value"),
        ("D1,unit,platelets 3 pints 1d,,,,silent,,", "pints"),
        ("D1,answer,consent 1 1d,,,,silent,,", "no value of consent"),
        ("D1,answer,platelets given 1d,,,,silent,,", "no value of platelets"),
        ("D1,absent,not platelets 1d,,,,silent,,", "cannot be recorded"),
        ("D1,empty,device 1d;;device 2d,,,,silent,,", "an empty part"),
        ("D1,session,,pain=3,,,silent,,", "pain=3"),
        ("D1,session,,minutes=3 minutes=4,,,silent,,", "twice"),
        ("D1,threshold,,,,platelets=3,silent,,", "no threshold «platelets»"),
        ("D1,number,,,,fever=high,silent,,", "Decimal|ConversionSyntax"),
        ("D1,ceiling,,,,,confirm,hand_left=9,", "9"),
        ("D1,two,,,,,confirm,hand_left=1;hands=2,", "two limits"),
        ("D1,other,,,,,confirm,,no noise", "«no noise» is not understood"),
        ("D1,technique,,,,,confirm,,without hammering", "hammering"),
        ("D1,silent,,,,,silent,hand_left=1,", "silent limits nothing"),
        ('D1,"never closed,,,,,silent,,', "unexpected end of data"),
    ],
)
def test_a_bad_line_fails_with_its_file_and_number(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "devices.csv").write_text(
        f"{HEADER}\nD1,good,,,,,silent,,\n{line}\n", encoding="utf-8"
    )
    with pytest.raises(BadLine, match=rf"^devices\.csv:[34]: .*({words})"):
        cases(tmp_path)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "devices.csv").write_text("rule,case\n", encoding="utf-8")
    with pytest.raises(BadLine, match=r"^devices\.csv:1: the columns are"):
        cases(tmp_path)
