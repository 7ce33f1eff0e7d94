"""The label of each session: a remark, never a refusal."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.adherence import GivenSession, Schedule
from sessions_app.outcomes.labels import OUTSIDE, Label, labels, outside
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique

LONDON = ZoneInfo("Europe/London")
REST = Schedule(6, 14, 24, 30, 25, 35)
FIRST_DAY = date(2026, 11, 13)
HANDS = frozenset({BodySite.HAND_LEFT, BodySite.HAND_RIGHT})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def one(start: str, minutes: int | None = 30, **did: frozenset) -> GivenSession:
    return GivenSession(at(start), minutes, **did)


def labelled(*sessions: GivenSession, schedule: Schedule = REST) -> list[set[Label]]:
    found = labels(schedule, SIMPLE_TOUCH, HANDS, FIRST_DAY, sessions, LONDON)
    return [set(each) for each in found]


@pytest.mark.parametrize(
    ("start", "label"),
    [
        ("2026-11-12 23:59:59", Label.EARLY),
        ("2026-11-13 00:00:00", Label.IN_WINDOW),
        ("2026-11-26 23:59:59", Label.IN_WINDOW),
        ("2026-11-27 00:00:00", Label.LATE),
    ],
)
def test_the_window_holds_its_first_and_its_last_day(start: str, label: Label) -> None:
    assert labelled(one(start)) == [{label}]


@pytest.mark.parametrize(
    ("second", "label"),
    [
        ("2026-11-14 09:59:59", Label.EARLY),
        ("2026-11-14 10:00:00", Label.IN_WINDOW),
        ("2026-11-14 10:00:01", Label.IN_WINDOW),
    ],
)
def test_exactly_the_gap_is_enough_and_a_second_less_is_early(second: str, label: Label) -> None:
    assert labelled(one("2026-11-13 10:00"), one(second)) == [{Label.IN_WINDOW}, {label}]


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ("2026-10-24 10:00", "2026-10-25 09:00", Label.IN_WINDOW),  # 24 h: the clocks went back
        ("2026-10-24 10:00", "2026-10-25 08:59", Label.EARLY),
        ("2026-03-28 10:00", "2026-03-29 10:59", Label.EARLY),  # the clocks went forward
        ("2026-03-28 10:00", "2026-03-29 11:00", Label.IN_WINDOW),
    ],
)
def test_the_gap_is_elapsed_hours(first: str, second: str, label: Label) -> None:
    both = (one(first), one(second))
    found = labels(REST, None, None, both[0].performed_at.date(), both, LONDON)
    assert found == ((Label.IN_WINDOW,), (label,))


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (1, {Label.SHORT}),
        (24, {Label.SHORT}),
        (25, set()),
        (35, set()),
        (36, {Label.LONG}),
        (240, {Label.LONG}),
        (None, set()),  # still in progress
    ],
)
def test_minutes_outside_the_band_are_short_or_long(minutes: int | None, expected: set) -> None:
    assert labelled(one("2026-11-13 10:00", minutes)) == [{Label.IN_WINDOW} | expected]


def test_the_seventh_of_six_is_beyond_the_number() -> None:
    found = labelled(*(one(f"2026-11-{day} 10:00") for day in range(13, 20)))
    assert found[:6] == [{Label.IN_WINDOW}] * 6
    assert found[6] == {Label.IN_WINDOW, Label.BEYOND_NUMBER}


def test_a_late_entry_renumbers_the_sessions_after_it() -> None:
    days = [one(f"2026-11-{day} 10:00") for day in (14, 15, 16, 17, 18, 19)]
    assert Label.BEYOND_NUMBER not in set().union(*labelled(*days))
    found = labelled(*days, one("2026-11-13 10:00"))
    assert found[6] == {Label.IN_WINDOW}
    assert found[5] == {Label.IN_WINDOW, Label.BEYOND_NUMBER}


def test_a_late_entry_makes_the_session_after_it_early() -> None:
    before, after, between = "2026-11-13 10:00", "2026-11-15 10:00", "2026-11-14 20:00"
    found = labelled(one(before), one(after), one(between))
    assert found == [{Label.IN_WINDOW}, {Label.EARLY}, {Label.IN_WINDOW}]


@pytest.mark.parametrize(
    ("did", "expected"),
    [
        ({"techniques": SIMPLE_TOUCH, "sites": HANDS}, set()),
        ({"techniques": SIMPLE_TOUCH | {Technique.CIRCLES}}, {Label.TECHNIQUE_OUTSIDE}),
        ({"sites": HANDS | {BodySite.SCALP}}, {Label.SITE_OUTSIDE}),
    ],
)
def test_what_the_arm_does_not_list_is_outside(did: dict, expected: set) -> None:
    assert labelled(one("2026-11-13 10:00", **did)) == [{Label.IN_WINDOW} | expected]


THERAPISTS = frozenset({Role.THERAPIST, Role.SUPERVISOR})


@pytest.mark.parametrize(
    ("did", "roles", "most", "expected"),
    [
        ({"role": Role.THERAPIST}, THERAPISTS, 2, set()),
        ({"role": Role.SUPERVISOR}, THERAPISTS, 2, set()),
        ({"role": Role.VOLUNTEER}, THERAPISTS, 2, {Label.ROLE_OUTSIDE}),
        ({"role": Role.VOLUNTEER}, None, 2, set()),
        ({"role": None}, THERAPISTS, 2, set()),
        ({"firmest": 2}, THERAPISTS, 2, set()),
        ({"firmest": 3}, THERAPISTS, 2, {Label.PRESSURE_BEYOND}),
        ({"firmest": 1}, THERAPISTS, 0, {Label.PRESSURE_BEYOND}),
        ({"firmest": 0}, THERAPISTS, 0, set()),
        ({"firmest": 5}, THERAPISTS, None, set()),
        ({"firmest": None}, THERAPISTS, 0, set()),
        (
            {"role": Role.VOLUNTEER, "firmest": 3}, THERAPISTS, 2,
            {Label.ROLE_OUTSIDE, Label.PRESSURE_BEYOND},
        ),
    ],
)  # fmt: skip
def test_the_arm_says_whose_hands_and_how_firm(
    did: dict, roles: frozenset | None, most: int | None, expected: set
) -> None:
    held = [one("2026-11-13 10:00", **did)]
    found = labels(REST, None, None, FIRST_DAY, held, LONDON, roles=roles, max_pressure=most)
    assert set(found[0]) == {Label.IN_WINDOW} | expected


def test_any_touch_is_outside_an_arm_without_touch() -> None:
    held = [one("2026-11-13 10:00", techniques=SIMPLE_TOUCH, sites=HANDS)]
    found = labels(REST, frozenset(), frozenset(), FIRST_DAY, held, LONDON)
    assert found == ((Label.IN_WINDOW, Label.TECHNIQUE_OUTSIDE, Label.SITE_OUTSIDE),)


def test_no_sessions_have_no_labels() -> None:
    assert labelled() == []


starts = st.integers(0, 20 * 24 * 60).map(lambda m: at("2026-11-10 00:00") + timedelta(minutes=m))
given_sessions = st.lists(st.builds(GivenSession, starts, st.integers(1, 240)), max_size=9)


@given(sessions=given_sessions)
def test_each_session_is_in_the_window_or_early_or_late(sessions: list[GivenSession]) -> None:
    for found in labelled(*sessions):
        assert (Label.IN_WINDOW in found) != bool(found & {Label.EARLY, Label.LATE})


@given(sessions=given_sessions)
def test_without_limits_only_the_first_day_is_labelled(sessions: list[GivenSession]) -> None:
    found = labels(Schedule(), None, None, FIRST_DAY, sessions, LONDON)
    first = at("2026-11-13 00:00")
    expected = [Label.EARLY if s.performed_at < first else Label.IN_WINDOW for s in sessions]
    assert found == tuple((label,) for label in expected)


@pytest.mark.parametrize("techniques", [None, SIMPLE_TOUCH])
@pytest.mark.parametrize("firmest", [None, 0, 1, 3])
def test_what_is_outside_does_not_hang_on_time(
    techniques: frozenset[Technique] | None, firmest: int | None
) -> None:
    done = GivenSession(
        at("2026-11-13 10:00"), 5, frozenset({Technique.PETRISSAGE}),
        frozenset({BodySite.HAND_LEFT, BodySite.SCALP}), Role.VOLUNTEER, firmest,
    )  # fmt: skip
    (every,) = labels(
        REST, techniques, HANDS, FIRST_DAY, [done], LONDON,
        roles=frozenset({Role.THERAPIST}), max_pressure=1,
    )  # fmt: skip
    assert outside(done, techniques, HANDS, 1) == tuple(one for one in OUTSIDE if one in every)
