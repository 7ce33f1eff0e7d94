"""The words of the timeline, and the minutes since the last opioid."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sessions_app.timing.opioid import minutes_since
from sessions_app.timing.timeline import TimedLine, Timeline, span_words
from sessions_app.vocabulary.timed import TimedKind

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
DOSE = TimedKind.OPIOID_BREAKTHROUGH


def line(minutes: int, kind: TimedKind = DOSE, *, took_place: bool = True) -> TimedLine:
    """Return a line so many minutes before NOW; after it where negative."""
    return TimedLine(uuid.uuid4(), kind, NOW - timedelta(minutes=minutes), "", took_place)


def around(*lines: TimedLine) -> Timeline:
    return Timeline.of(lines, NOW, LONDON)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "Breakthrough dose just now"),
        (29, "Breakthrough dose 29 min ago"),
        (30, "Breakthrough dose 30 min ago: good time to begin"),
        (40, "Breakthrough dose 40 min ago: good time to begin"),
        (60, "Breakthrough dose 1 h ago: good time to begin"),
        (61, "Breakthrough dose 1 h 1 min ago"),
        (24 * 60, "Breakthrough dose 24 h ago"),
    ],
)
def test_the_last_breakthrough_dose_is_a_hint(minutes: int, said: str) -> None:
    assert around(line(minutes), line(minutes + 5)).hints == [said]


def test_what_is_only_planned_or_of_another_kind_is_no_hint_of_a_dose() -> None:
    assert around(line(40, took_place=False)).hints == []
    assert around(line(40, TimedKind.OPIOID_REGULAR)).hints == []


def test_the_next_plan_is_a_hint_with_its_hour_and_day() -> None:
    planned = around(line(-120, TimedKind.RADIOTHERAPY), line(-240, TimedKind.PROCEDURE))
    assert planned.hints == ["Radiotherapy 14:00 today"]
    late = around(line(-13 * 60, TimedKind.PHYSIOTHERAPY))
    assert late.hints == ["Physiotherapy 01:00 tomorrow"]


def test_a_day_back_and_a_day_ahead_are_told_and_no_more() -> None:
    day = 24 * 60
    found = around(line(day), line(day + 1), line(-day), line(-day - 1), line(30))
    assert [one.hour for one in found.past] == ["11:30 today", "12:00 yesterday"]
    assert [one.words for one in found.ahead] == ["planned, in 24 h"]


def test_around_the_day_that_is_an_hour_short_the_day_is_named() -> None:
    saturday = datetime(2026, 3, 28, 23, 45, tzinfo=UTC)
    monday = datetime(2026, 3, 29, 23, 30, tzinfo=UTC)  # 00:30 by the clock of London
    given = TimedLine(uuid.uuid4(), DOSE, saturday)
    assert [one.hour for one in Timeline.of([given], monday, LONDON).past] == ["23:45 on Saturday"]
    planned = TimedLine(uuid.uuid4(), DOSE, monday)
    ahead = Timeline.of([planned], saturday, LONDON).ahead
    assert [one.hour for one in ahead] == ["00:30 on Monday"]


def test_a_plan_whose_hour_has_passed_is_asked_about() -> None:
    [told] = around(line(90, TimedKind.RADIOTHERAPY, took_place=False)).past
    assert told.asks
    assert told.words == "planned 1 h 30 min ago; not yet recorded as given"
    [given] = around(line(90, TimedKind.RADIOTHERAPY)).past
    assert not given.asks


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (59, "59 min"), (60, "1 h"), (190, "3 h 10 min")]
)
def test_a_span_is_told_as_one_says_it(minutes: int, words: str) -> None:
    assert span_words(minutes) == words


@pytest.mark.parametrize(
    ("ago", "minutes"),
    [
        ((), None),
        ((0,), 0),
        ((40,), 40),
        ((40, 300), 40),
        ((-1,), None),
        ((-1, 300), 300),
        ((24 * 60,), 24 * 60),
        ((24 * 60 + 1,), None),
    ],
)
def test_minutes_are_counted_from_the_last_dose_before_it_within_a_day(
    ago: tuple[int, ...], minutes: int | None
) -> None:
    assert minutes_since([line(one) for one in ago], NOW) == minutes
