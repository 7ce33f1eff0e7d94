"""The protocol clock at its boundaries: hours, midnights, numbers, summer time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.adherence import Clock, GivenSession, Phase, Schedule, clock

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
REST = Schedule(6, 14, 24, 30, 25, 35)
OPEN = Schedule()
FIRST_DAY = date(2026, 11, 13)  # so the last day of REST is Thu 26 Nov


def at(text: str, tz: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=tz)


def sessions(*starts: str, minutes: int | None = 30) -> list[GivenSession]:
    return [GivenSession(at(start), minutes) for start in starts]


def rest(now: str, *starts: str, starts_on: date = FIRST_DAY, tz: ZoneInfo = LONDON) -> Clock:
    given_so_far = [GivenSession(at(start, tz), 30) for start in starts]
    return clock(REST, starts_on, given_so_far, at(now, tz), tz)


DAILY = [f"2026-11-{day} 10:00" for day in range(13, 19)]


@pytest.mark.parametrize(
    ("now", "starts", "phase"),
    [
        ("2026-11-12 23:59:59", [], Phase.NOT_STARTED),
        ("2026-11-13 00:00:00", [], Phase.OPEN),
        ("2026-11-14 09:59:59", DAILY[:1], Phase.WAITING),
        ("2026-11-14 10:00:00", DAILY[:1], Phase.OPEN),
        ("2026-11-26 23:59:59", [], Phase.OPEN),
        ("2026-11-27 00:00:00", [], Phase.WINDOW_OVER),
        ("2026-11-27 00:00:00", DAILY[:3], Phase.WINDOW_OVER),
        ("2026-11-18 10:31:00", DAILY, Phase.COMPLETE),
        ("2026-12-24 10:00:00", DAILY, Phase.COMPLETE),
        ("2026-11-19 10:00:00", [*DAILY, "2026-11-19 09:00"], Phase.COMPLETE),
        # One on the eve of the first day: the gap, not the day, is what is waited for.
        ("2026-11-12 20:00:00", ["2026-11-12 19:00"], Phase.WAITING),
        # The gap after this one ends when the window is over: no further session fits.
        ("2026-11-26 12:00:00", ["2026-11-26 11:00"], Phase.WINDOW_OVER),
        ("2026-11-25 23:59:59", ["2026-11-25 23:59"], Phase.WAITING),
    ],
)
def test_the_phase_at_each_boundary(now: str, starts: list[str], phase: Phase) -> None:
    assert rest(now, *starts).phase is phase


def test_before_the_first_session_the_clock_starts_with_the_first_day() -> None:
    shown = rest("2026-11-13 09:00")
    assert (shown.number_next, shown.of, shown.sessions_given) == (1, 6, 0)
    assert (shown.minutes_given, shown.minutes_left) == (0, 180)
    assert shown.earliest == at("2026-11-13 00:00")
    assert shown.window_end == at("2026-11-27 00:00")


def test_the_gap_runs_from_start_to_start_of_the_latest_session() -> None:
    out_of_order = ("2026-11-17 15:30", "2026-11-14 10:00", "2026-11-16 08:00")
    shown = rest("2026-11-17 16:00", *out_of_order)
    assert shown.earliest == at("2026-11-18 15:30")
    assert (shown.number_next, shown.minutes_left) == (4, 90)


def test_more_sessions_than_planned_leave_nothing_below_nought() -> None:
    shown = rest("2026-11-20 10:00", *DAILY, "2026-11-19 10:00")
    assert (shown.number_next, shown.minutes_left) == (8, 0)
    assert (shown.sessions_given, shown.minutes_given) == (7, 210)
    assert shown.earliest is None


def test_a_session_in_progress_counts_but_its_minutes_do_not_yet() -> None:
    running = sessions("2026-11-13 10:00", minutes=None)
    shown = clock(REST, FIRST_DAY, running, at("2026-11-13 10:10"), LONDON)
    assert (shown.number_next, shown.minutes_given, shown.minutes_left) == (2, 0, 180)


def test_without_limits_a_session_may_always_be_given() -> None:
    many = sessions(*DAILY, *DAILY)
    shown = clock(OPEN, FIRST_DAY, many, at("2029-01-01 00:00"), LONDON)
    assert (shown.phase, shown.number_next, shown.of) == (Phase.OPEN, 13, None)
    assert (shown.window_end, shown.minutes_left) == (None, None)


@pytest.mark.parametrize(
    ("tz", "given_at", "earliest"),
    [
        # Spring: the night has 23 hours, so 24 elapsed hours end an hour later by the wall clock.
        (LONDON, "2026-03-28 10:00", "2026-03-29 11:00"),
        (NEW_YORK, "2026-03-07 10:00", "2026-03-08 11:00"),
        # Autumn: the night has 25 hours.
        (LONDON, "2026-10-24 10:00", "2026-10-25 09:00"),
        (NEW_YORK, "2026-10-31 10:00", "2026-11-01 09:00"),
    ],
)
def test_the_gap_is_elapsed_hours_across_a_change_of_clocks(
    tz: ZoneInfo, given_at: str, earliest: str
) -> None:
    start = at(given_at, tz)
    boundary = at(earliest, tz)
    one = [GivenSession(start, 30)]
    before = clock(REST, start.date(), one, boundary.astimezone(UTC) - timedelta(seconds=1), tz)
    assert (before.earliest, before.phase) == (boundary.astimezone(UTC), Phase.WAITING)
    assert clock(REST, start.date(), one, boundary, tz).phase is Phase.OPEN


@pytest.mark.parametrize(
    ("tz", "starts_on", "hours"),
    [
        (LONDON, date(2026, 3, 16), 14 * 24 - 1),
        (LONDON, date(2026, 10, 12), 14 * 24 + 1),
        (NEW_YORK, date(2026, 2, 23), 14 * 24 - 1),
        (NEW_YORK, date(2026, 10, 19), 14 * 24 + 1),
        (LONDON, date(2026, 6, 1), 14 * 24),
    ],
)
def test_the_window_ends_at_a_local_midnight_across_a_change_of_clocks(
    tz: ZoneInfo, starts_on: date, hours: int
) -> None:
    shown = clock(REST, starts_on, [], at("2026-01-01 12:00", tz), tz)
    assert shown.window_end is not None
    local = shown.window_end.astimezone(tz)
    assert (local.date(), local.hour) == (starts_on + timedelta(days=14), 0)
    assert shown.window_end - shown.starts_at == timedelta(hours=hours)


def test_a_midnight_that_the_clocks_skip_is_the_first_moment_of_that_day() -> None:
    shown = clock(REST, date(2018, 11, 4), [], at("2018-11-05 12:00", SAO_PAULO), SAO_PAULO)
    assert shown.starts_at == datetime(2018, 11, 4, 3, 0, tzinfo=UTC)
    assert shown.starts_at.astimezone(SAO_PAULO).hour == 1


def test_the_clinics_zone_decides_the_day() -> None:
    moment = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
    assert clock(REST, FIRST_DAY, [], moment, LONDON).phase is Phase.WINDOW_OVER
    assert clock(REST, FIRST_DAY, [], moment, NEW_YORK).phase is Phase.OPEN


@pytest.mark.parametrize("naive", ["now", "session"])
def test_a_time_without_a_zone_is_refused(naive: str) -> None:
    bare, aware = datetime(2026, 11, 13, 9), at("2026-11-13 09:00")  # noqa: DTZ001
    now, start = (bare, aware) if naive == "now" else (aware, bare)
    with pytest.raises(ValueError, match="has no time zone"):
        clock(REST, FIRST_DAY, [GivenSession(start, 30)], now, LONDON)


moments = st.integers(0, 90 * 24 * 3600).map(
    lambda seconds: datetime(2026, 10, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
some = st.lists(st.builds(GivenSession, moments, st.integers(1, 240)), max_size=9)


@given(given_so_far=some, now=moments, seed=st.randoms())
def test_the_order_of_entry_does_not_matter(
    given_so_far: list, now: datetime, seed: object
) -> None:
    shuffled = list(given_so_far)
    seed.shuffle(shuffled)
    one = clock(REST, FIRST_DAY, given_so_far, now, LONDON)
    assert clock(REST, FIRST_DAY, shuffled, now, LONDON) == one


@given(given_so_far=some, now=moments)
def test_a_further_session_is_offered_only_inside_the_window(
    given_so_far: list, now: datetime
) -> None:
    shown = clock(REST, FIRST_DAY, given_so_far, now, LONDON)
    offered = shown.phase in (Phase.NOT_STARTED, Phase.WAITING, Phase.OPEN)
    assert (shown.earliest is not None) == offered
    if shown.earliest is not None and shown.window_end is not None:
        assert shown.starts_at <= shown.earliest < shown.window_end
        assert (shown.as_of >= shown.earliest) == (shown.phase is Phase.OPEN)
