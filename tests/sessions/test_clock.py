"""Day, start, stop and minutes of a session, as they are typed on the clinic's clock."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.sessions.clock import (
    length_in_progress,
    length_of_past,
    more_than_passed,
    problem_of_day,
)

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 3, 2, 14, 0, tzinfo=LONDON)
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=LONDON)

PAST = [
    (30, None, 30, ""),
    (60, None, 60, ""),
    (61, None, 61, ""),  # within the minute that is still running
    (62, None, 62, "It would end at 15:02, which is still to come."),
    (None, time(14, 30), 30, ""),
    (30, time(14, 30), 30, ""),
    (29, time(14, 30), 29, ""),
    (31, time(14, 30), 31, ""),
    (32, time(14, 30), None, "from 14:00 to 14:30 are 30 minutes, not 32."),
    (None, time(15, 0), 60, ""),
    (None, time(15, 1), None, "It would end at 15:01, which is still to come."),
    (None, time(14, 0), None, "from 14:00 to 14:00 are 0 minutes"),
    (None, time(13, 50), None, "from 14:00 to 13:50 are 1430 minutes"),
    (None, None, None, "Minutes: type how many, or give the stop time."),
]


@pytest.mark.parametrize(("typed", "stop", "minutes", "problem"), PAST)
def test_either_minutes_or_stop_tell_the_length_and_both_must_agree(
    typed: int | None, stop: time | None, minutes: int | None, problem: str
) -> None:
    length = length_of_past(START, typed, stop, NOW, LONDON)
    assert length.minutes == minutes
    assert problem in length.problem
    assert bool(length.problem) is bool(problem)


@pytest.mark.parametrize(("stop", "field"), [(time(14, 40), "stop_time"), (None, "minutes")])
def test_what_does_not_agree_is_said_at_the_stop_time(stop: time | None, field: str) -> None:
    assert length_of_past(START, 70, stop, NOW, LONDON).field == field


def test_without_a_start_the_minutes_are_taken_as_they_are() -> None:
    assert length_of_past(None, 30, None, NOW, LONDON).minutes == 30
    assert length_of_past(None, None, time(14, 30), NOW, LONDON).problem == ""


def test_a_session_over_midnight_stops_on_the_next_day() -> None:
    start = datetime(2026, 3, 1, 23, 50, tzinfo=LONDON)
    assert length_of_past(start, None, time(0, 20), NOW, LONDON).minutes == 30


@pytest.mark.parametrize(
    ("day", "minutes"),
    [(date(2026, 3, 29), 30), (date(2026, 10, 25), 150)],
    ids=["clocks forward", "clocks back"],
)
def test_minutes_are_those_that_passed_while_the_clocks_were_changed(
    day: date, minutes: int
) -> None:
    start = datetime.combine(day, time(0, 45), tzinfo=LONDON)
    now = start + timedelta(days=1)
    assert length_of_past(start, None, time(2, 15), now, LONDON).minutes == minutes


RUNNING = [
    (None, None, 60, ""),
    (25, None, 25, ""),
    (None, time(14, 40), 40, ""),
    (40, time(14, 40), 40, ""),
    (20, time(14, 40), None, "are 40 minutes, not 20."),
    (None, time(15, 20), None, "It would end at 15:20, which is still to come."),
]


@pytest.mark.parametrize(("typed", "stop", "minutes", "problem"), RUNNING)
def test_a_session_in_progress_lasts_until_now_unless_something_is_typed(
    typed: int | None, stop: time | None, minutes: int | None, problem: str
) -> None:
    length = length_in_progress(START, typed, stop, NOW, LONDON)
    assert length.minutes == minutes
    assert problem in length.problem


def test_one_that_was_left_open_asks_how_many_minutes_it_took() -> None:
    length = length_in_progress(START, None, None, NOW + timedelta(hours=26), LONDON)
    assert length.problem == "Minutes: it began 27 hours ago. Type how many it took."


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (60, ""),
        (61, ""),
        (62, "62 minutes as typed; 60 had passed since the start was saved."),
        (1, ""),
    ],
)
def test_more_minutes_than_passed_are_told_and_never_refused(minutes: int, said: str) -> None:
    assert more_than_passed(START, NOW, minutes) == said


TODAY = date(2026, 3, 2)
DAYS = [
    (TODAY, None, ""),
    (TODAY + timedelta(days=1), None, "still to come"),
    (TODAY - timedelta(days=366), None, ""),
    (TODAY - timedelta(days=367), None, "More than a year ago".lower()),
    (date(2026, 2, 3), date(2026, 2, 3), ""),
    (date(2026, 2, 2), date(2026, 2, 3), "the first day of this course is 3 February 2026"),
]


@pytest.mark.parametrize(("day", "first_day", "problem"), DAYS)
def test_a_day_lies_between_the_courses_first_and_today(
    day: date, first_day: date | None, problem: str
) -> None:
    found = problem_of_day(day, TODAY, first_day)
    assert problem in found
    assert bool(found) is bool(problem)


@given(minutes=st.integers(min_value=1, max_value=240))
def test_a_stop_time_says_the_same_as_the_minutes_up_to_it(minutes: int) -> None:
    stop = (START + timedelta(minutes=minutes)).time()
    now = START + timedelta(hours=5)
    assert length_of_past(START, None, stop, now, LONDON).minutes == minutes
    assert length_of_past(START, minutes, stop, now, LONDON).minutes == minutes
