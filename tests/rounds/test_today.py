"""Today's list: who stands on it, in which order, and that its condition is the clock's."""

from datetime import datetime, timedelta

import pytest

from sessions_app.enrolments.policies import clock_of
from sessions_app.outcomes.adherence import GivenSession, Phase
from sessions_app.patients import actions as patients
from sessions_app.patients.models import Patient
from sessions_app.protocols import registry
from sessions_app.rounds.today import todays_page
from sessions_app.sessions.models import Session
from tests.universe import Universe

HOURS = (-400, -25, -1, 0, 1, 5, 12, 23, 24, 25, 47, 72, 96, 300, 340, 5000)


def on_the_list(universe: Universe, now: datetime) -> set[object]:
    return {row.patient.pk for row in todays_page(universe.therapist, now, None)}


def open_by_the_clock(universe: Universe, name: str, now: datetime) -> bool:
    """Ask the clock itself whether a session may start before this day of the clinic ends."""
    course, zone = universe.courses[name], universe.birchwood.zone
    held = Session.objects.filter(enrolment_id=course.pk).held()
    given = [GivenSession(one.performed_at, one.minutes) for one in held]
    clock = clock_of(course, given, now, zone)
    if clock.earliest is None or clock.phase in (Phase.COMPLETE, Phase.WINDOW_OVER):
        return False
    return clock.earliest.astimezone(zone).date() <= now.astimezone(zone).date()


@pytest.mark.parametrize("hours", HOURS)
def test_the_list_holds_just_those_whose_clock_is_open_today(
    universe: Universe, hours: int
) -> None:
    now = universe.now + timedelta(hours=hours)
    names = [
        name for name, one in universe.patients.items() if one.clinic_id == universe.birchwood.pk
    ]
    wanted = {
        universe.patients[name].pk
        for name in names
        if name in universe.courses and open_by_the_clock(universe, name, now)
    }
    assert on_the_list(universe, now) == wanted


@pytest.mark.slow
@pytest.mark.parametrize("clock", ["00:00", "00:01", "12:00", "23:59"])
def test_the_end_of_the_clinics_day_decides(universe: Universe, clock: str) -> None:
    hour, minute = map(int, clock.split(":"))
    zone = universe.birchwood.zone
    local = universe.now.astimezone(zone).replace(hour=hour, minute=minute)
    for days in range(-11, 8):
        now = local + timedelta(days=days)
        on_it = on_the_list(universe, now)
        for name in ("ada", "bruno", "diego", "erin"):
            listed = universe.patients[name].pk in on_it
            assert listed == open_by_the_clock(universe, name, now), (name, now)


def test_the_sixth_session_completes_a_course_of_six(universe: Universe) -> None:
    dose = registry.course(universe.ada_course.arm_id).protocol.schedule.max_sessions or 0
    tomorrow = universe.now + timedelta(days=1)
    for number in range(2, dose + 1):
        assert universe.ada.pk in on_the_list(universe, tomorrow)
        universe.log(
            universe.ada_course, performed_at=universe.now - timedelta(days=2, minutes=number)
        )
    assert universe.ada.pk not in on_the_list(universe, tomorrow)


def test_a_session_in_progress_comes_first_and_offers_its_finish(universe: Universe) -> None:
    begun = universe.start(universe.diego_course)
    first, *others = todays_page(universe.therapist, universe.now, None)
    assert (first.patient.pk, first.in_progress_id) == (universe.diego.pk, begun.pk)
    assert others
    assert all(row.in_progress_id is None for row in others)


def test_a_volunteer_finds_those_who_have_simple_touch_first(universe: Universe) -> None:
    universe.start(universe.diego_course)
    tomorrow = universe.now + timedelta(days=1)
    rows = list(todays_page(universe.volunteer, tomorrow, None))
    given_by_others = [bool(row.given_by) for row in rows]
    assert rows[0].patient.pk == universe.bruno.pk
    assert given_by_others == sorted(given_by_others)
    assert any(given_by_others)


PLACES = [
    ("Elm 2", "9"), ("Elm 10", ""), ("Elm 10", "2"), ("Elm 10", "02b"), ("Elm 10", "3a"),
    ("elm 10", "3b"), ("Élm 10", "14"), ("Elm 10", "Bay 2"), ("Elm 10", "Bay 11"), ("Oak", "1"),
]  # fmt: skip


def test_rooms_and_wards_are_walked_in_the_order_of_their_numbers(universe: Universe) -> None:
    Patient.objects.active().update(status="discharged")
    for number, (ward, room) in enumerate(reversed(PLACES)):
        patients.register(
            chart_number=f"R-{number}", given_names="R", family_name="Room", ward=ward, room=room,
            birth_date=universe.today, by=universe.therapist,
        )  # fmt: skip
    walked = Patient.objects.active().in_round_order()
    assert [(one.ward, one.room) for one in walked] == PLACES


def test_a_patient_who_is_moved_is_found_in_the_new_place(universe: Universe) -> None:
    for room, place in (("3", 0), ("100", -1)):
        patients.amend(universe.bruno, by=universe.therapist, ward="Willow", room=room)
        patients.amend(universe.ada, by=universe.therapist, ward="Willow", room="20")
        pair = Patient.objects.filter(pk__in=[universe.ada.pk, universe.bruno.pk])
        assert list(pair.in_round_order())[place].pk == universe.bruno.pk


def test_another_clinics_patients_are_not_on_the_list(universe: Universe) -> None:
    assert universe.farah.pk not in on_the_list(universe, universe.now)
    there = todays_page(universe.foreign_therapist, universe.now, None)
    assert {row.patient.pk for row in there} == {universe.farah.pk}
