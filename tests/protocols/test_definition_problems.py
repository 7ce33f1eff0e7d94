"""Whatever is wrong in a protocol file is told at once, each with file, line and key."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.protocols.definition import DefinitionError, parse
from tests.protocols.hands import HANDS, changed, problems

LONG_TITLE = f'title = "{"x" * 201}"'

# What is replaced, by what, and what is told: line, key, message.
WRONG = [
    # unknown codes and keys, with the nearest known one
    (
        '    "still_holding",',
        '    "still_holdin",',
        40,
        "arms.touch.techniques[0]",
        "unknown technique «still_holdin»; did you mean «still_holding»?",
    ),
    (
        '"scalp"]',
        '"skalp"]',
        42,
        "arms.touch.sites[1]",
        "unknown body site «skalp»; did you mean «scalp»?",
    ),
    (
        '"both_hands"',
        '"both_hand"',
        42,
        "arms.touch.sites[0]",
        "unknown body site «both_hand»; did you mean «both_hands»?",
    ),
    (
        'scale = "pain"',
        'scale = "pian"',
        31,
        "measures[0].scale",
        "unknown scale «pian»; did you mean «pain»?",
    ),
    (
        '"after"]',
        '"afer"]',
        32,
        "measures[0].time_points[1]",
        "unknown time point «afer»; did you mean «after»?",
    ),
    ('"therapist"]', '"nurse"]', 37, "arms.touch.roles[1]", "unknown role «nurse»"),
    (
        "gap_hours",
        "gap_hour",
        17,
        "schedule.gap_hour",
        "unknown key «gap_hour»; did you mean «gap_hours»?",
    ),
    # missing, empty, of the wrong type
    ('title = "Hands"\n', "", 1, "title", "is missing"),
    ('instructions = "Hold."\n', "", 35, "arms.touch.instructions", "is missing"),
    ('text = "Fever?"', 'text = " "', 28, "exclusions[0].text", "is empty"),
    ("version = 2", 'version = "2"', 2, "version", "must be a whole number, not a text"),
    ("version = 2", "version = true", 2, "version", "must be a whole number, not true or false"),
    ("version = 2", "version = 2.5", 2, "version", "must be a whole number, not a decimal number"),
    ("version = 2", "version = 2026-11-21", 2, "version", "must be a whole number, not a date"),
    ('["hand_left"]', "[7]", 43, "arms.touch.usual_sites[0]", "must be a text, not a whole number"),
    (
        "required = true",
        'required = "yes"',
        33,
        "measures[0].required",
        "must be true or false, not a text",
    ),
    ('["both_hands", "scalp"]', '"all"', 42, "arms.touch.sites", "must be a list, not a text"),
    # out of range, or in another form
    ("version = 2", "version = 0", 2, "version", "0 is outside 1 to 9999"),
    ("max_pressure = 1", "max_pressure = 6", 45, "arms.touch.max_pressure", "6 is outside 0 to 5"),
    (
        "minutes_high = 25",
        "minutes_high = 241",
        20,
        "schedule.minutes_high",
        "241 is outside 1 to 240",
    ),
    (
        '"10.1000/xyz"',
        '"doi:10/x"',
        12,
        "source.doi",
        "«doi:10/x» is no DOI: it begins with 10. and holds a /",
    ),
    (
        'code = "hands"',
        'code = "Hands!"',
        1,
        "code",
        "«Hands!» is no code: at most 40 lower-case letters, digits and hyphens",
    ),
    (
        "[arms.touch]",
        "[arms.Touch]",
        35,
        "arms.Touch",
        "«Touch» is no code: at most 40 lower-case letters, digits and hyphens",
    ),
    ('title = "Touch"', LONG_TITLE, 36, "arms.touch.title", "has 201 characters, more than 200"),
    # empty, twice, or against each other
    ('["before", "after"]', "[]", 32, "measures[0].time_points", "needs at least one time point"),
    (
        '["both_hands", "scalp"]',
        "[]",
        35,
        "arms.touch",
        "an empty list needs hands_on = false; «any» allows all",
    ),
    (
        '["before", "after"]',
        '["after", "after"]',
        32,
        "measures[0].time_points[1]",
        "«after» stands twice",
    ),
    (
        "minutes_low = 15",
        "minutes_low = 21",
        18,
        "schedule.target_minutes",
        "must lie between minutes_low and minutes_high",
    ),
    (
        "window_days = 2",
        "window_days = 1",
        16,
        "schedule.window_days",
        "2 sessions 24 hours apart need more days",
    ),
    (
        "default_pressure = 0",
        "default_pressure = 2",
        44,
        "arms.touch.default_pressure",
        "is firmer than max_pressure",
    ),
    (
        '["hand_left"]',
        '["face"]',
        43,
        "arms.touch.usual_sites",
        "holds a site that is not in sites",
    ),
    ('["volunteer", "therapist"]', "[]", 37, "arms.touch.roles", "needs at least one role"),
    (
        '    "still_holding",',
        '    "still_holding", "effleurage",',
        39,
        "arms.touch.techniques",
        "volunteers give still_holding only",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "key", "message"), WRONG)
def test_a_problem_names_file_line_and_key(
    old: str, new: str, line: int, key: str, message: str
) -> None:
    assert f"hands.toml:{line}: {key}: {message}" in problems(changed(old, new))


def test_all_problems_are_told_at_once_in_the_order_of_lines() -> None:
    text = changed('"scalp"]', '"skalp"]').replace("version = 2", "version = 0")
    found = problems(text.replace('title = "Hands"\n', 'titel = "Hands"\n'))
    assert [line.split(": ")[:2] for line in found] == [
        ["hands.toml:1", "title"],
        ["hands.toml:2", "version"],
        ["hands.toml:3", "titel"],
        ["hands.toml:42", "arms.touch.sites[1]"],
    ]


def test_a_question_or_a_measure_asked_twice_is_told() -> None:
    again = '[[eligibility]]\ncode = "adult"\ntext = "Really?"\n\n[[exclusions]]'
    assert problems(changed("[[exclusions]]", again)) == [
        "hands.toml:27: eligibility[1].code: «adult» stands twice"
    ]
    twice = '[[measures]]\nscale = "pain"\ntime_points = ["during", "after"]\nrequired = false\n'
    assert problems(changed("[arms.touch]", twice + "[arms.touch]")) == [
        "hands.toml:37: measures[1].time_points[1]: «pain» is asked twice at «after»"
    ]


@pytest.mark.parametrize("key", ["techniques", "sites", "usual_sites"])
def test_an_arm_without_touch_lists_nothing_to_touch_with(key: str) -> None:
    found = problems(changed('title = "Touch"', 'title = "Touch"\nhands_on = false'))
    assert any(f"arms.touch.{key}: must be empty where hands_on is false" in f for f in found)
    assert any("arms.touch.max_pressure: has no meaning" in problem for problem in found)


def test_a_protocol_needs_an_arm() -> None:
    without = HANDS[: HANDS.index("[arms.touch]")]
    assert problems(without) == ["hands.toml:1: arms: is missing"]
    assert problems(without + "[arms]\n") == ["hands.toml:35: arms: needs at least one arm"]


def test_a_list_of_tables_may_not_be_a_list_of_words() -> None:
    start, end = HANDS.index("[[exclusions]]"), HANDS.index("[[measures]]")
    text = 'exclusions = ["fever"]\n' + HANDS[:start] + HANDS[end:]
    assert problems(text) == ["hands.toml:1: exclusions[0]: must be a table, not a text"]


KEYS = re.findall(r"(?m)^\w+ = .*$", HANDS)
JUNK = ["7", "-1", '"x"', '"any"', "true", "[]", "[[]]", "[7]", "{}", "[{}]", "1.5", "2026-11-21"]


@given(changes=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(JUNK), max_size=4))
def test_whatever_stands_there_the_answer_is_a_definition_or_its_problems(changes: dict) -> None:
    text = HANDS
    for row, junk in changes.items():
        text = text.replace(row, f"{row.split()[0]} = {junk}")
    lines = text.count("\n")
    try:
        found = parse(text, "hands.toml").version
    except DefinitionError as error:
        found = all(1 <= problem.line <= lines for problem in error.problems)
    assert found
