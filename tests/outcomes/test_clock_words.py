"""The clock in one line, as a therapist reads it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sessions_app.outcomes.adherence import GivenSession, Schedule, clock
from sessions_app.outcomes.clock_words import clock_words, dose_words

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
REST = Schedule(6, 14, 24, 30, 25, 35)
FIRST_DAY = date(2026, 11, 13)
NO_ROOM = (
    "1 of 6 sessions given · no further session fits before the window ends today · "
    "150 of 180 min left"
)
DAILY = [f"2026-11-{day} 10:00" for day in range(13, 20)]


def at(text: str, tz: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=tz)


def words(schedule: Schedule, now: str, *starts: str, minutes: int = 30) -> str:
    so_far = [GivenSession(at(start), minutes) for start in starts]
    return clock_words(clock(schedule, FIRST_DAY, so_far, at(now), LONDON), LONDON)


@pytest.mark.parametrize(
    ("now", "starts", "line"),
    [
        (
            "2026-11-10 09:00",
            [],
            "Session 1 of 6 · any time from Fri 13 Nov until Thu 26 Nov · 180 of 180 min left",
        ),
        (
            "2026-11-12 09:00",
            [],
            "Session 1 of 6 · any time from tomorrow until Thu 26 Nov · 180 of 180 min left",
        ),
        (
            "2026-11-13 09:00",
            [],
            "Session 1 of 6 · any time until Thu 26 Nov · 180 of 180 min left",
        ),
        (
            "2026-11-19 09:00",
            ["2026-11-18 14:10"],
            "Session 2 of 6 · any time from 14:10 today until Thu 26 Nov · 150 of 180 min left",
        ),
        (
            "2026-11-18 15:00",
            ["2026-11-18 14:09:01"],
            "Session 2 of 6 · any time from 14:10 tomorrow until Thu 26 Nov · 150 of 180 min left",
        ),
        (
            "2026-11-25 09:00",
            DAILY[:1],
            "Session 2 of 6 · any time until tomorrow · 150 of 180 min left",
        ),
        (
            "2026-11-26 09:00",
            DAILY[:1],
            "Session 2 of 6 · any time until the end of today · 150 of 180 min left",
        ),
        (
            "2026-11-26 12:00",
            ["2026-11-26 11:00"],
            NO_ROOM,
        ),
        (
            "2026-11-29 09:00",
            DAILY[:3],
            "3 of 6 sessions given · window ended Thu 26 Nov · 90 of 180 min left",
        ),
        ("2026-11-19 09:00", DAILY[:6], "All 6 sessions given · 0 of 180 min left"),
        ("2026-11-20 09:00", DAILY, "7 sessions given, 6 planned · 0 of 180 min left"),
    ],
)
def test_the_line_on_the_rest_protocol(now: str, starts: list[str], line: str) -> None:
    assert words(REST, now, *starts) == line


def test_the_example_of_the_manual() -> None:
    given_so_far = ["2026-11-14 10:00", "2026-11-16 10:00", "2026-11-18 14:10"]
    sessions = [GivenSession(at(t), m) for t, m in zip(given_so_far, (40, 40, 38), strict=True)]
    shown = clock(REST, FIRST_DAY, sessions, at("2026-11-19 08:00"), LONDON)
    assert clock_words(shown, LONDON) == (
        "Session 4 of 6 · any time from 14:10 today until Thu 26 Nov · 62 of 180 min left"
    )


def test_a_longer_gap_names_the_day() -> None:
    weekly = Schedule(max_sessions=4, gap_hours=168)
    assert words(weekly, "2026-11-14 09:00", DAILY[0]) == (
        "Session 2 of 4 · any time from 10:00 on Fri 20 Nov"
    )


def test_another_year_is_said() -> None:
    long = Schedule(window_days=60)
    assert words(long, "2026-11-14 09:00") == "Session 1 · any time until Mon 11 Jan 2027"


def test_without_limits_it_is_any_time() -> None:
    assert words(Schedule(), "2026-11-14 09:00", *DAILY) == "Session 8 · any time"


def test_a_window_without_a_number_counts_what_was_given() -> None:
    two_weeks = Schedule(window_days=14)
    assert words(two_weeks, "2026-12-14 09:00", *DAILY) == (
        "7 sessions given · window ended Thu 26 Nov"
    )


def test_times_are_those_of_the_clinic() -> None:
    one = [GivenSession(at("2026-11-18 14:10", NEW_YORK), 30)]
    shown = clock(REST, FIRST_DAY, one, at("2026-11-19 08:00", NEW_YORK), NEW_YORK)
    assert "from 14:10 today until Thu 26 Nov" in clock_words(shown, NEW_YORK)


def test_nothing_is_ever_due() -> None:
    nows = [f"2026-11-{day} 09:00" for day in range(10, 30)]
    assert not any("due" in words(REST, now, *DAILY[:n]) for now in nows for n in range(8))


@pytest.mark.parametrize(
    ("schedule", "sessions", "minutes", "line"),
    [
        (REST, 4, 118, "4 of 6 sessions, 118 of 180 min"),
        (REST, 0, 0, "0 of 6 sessions, 0 of 180 min"),
        (REST, 7, 201, "7 of 6 sessions, 201 of 180 min"),
        (Schedule(), 1, 30, "1 session, 30 min"),
        (Schedule(), 4, 118, "4 sessions, 118 min"),
        (Schedule(max_sessions=1), 1, 10, "1 of 1 session, 10 min"),
    ],
)
def test_the_dose_in_words(schedule: Schedule, sessions: int, minutes: int, line: str) -> None:
    assert dose_words(schedule, sessions, minutes) == line
