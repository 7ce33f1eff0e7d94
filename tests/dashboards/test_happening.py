"""Labels and doses: what the statement counts is what the pure functions say of plain rows."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from sessions_app.dashboards.adherence_sums import ArmAdherence, Dose, adherence_sums
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panels import happening
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.enrolments import actions as enrolments
from sessions_app.enrolments.models import Enrolment
from sessions_app.outcomes.adherence import GivenSession
from sessions_app.outcomes.labels import OUTSIDE, Label, labels
from sessions_app.protocols import registry
from sessions_app.sessions.models import Session, SiteTreated
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.techniques import Technique
from tests.dashboards.drawing import admit
from tests.dashboards.ward import scopes
from tests.universe import Universe, care, still_touch

HELD = ("given", "in_progress")
DONE = (
    care(),
    care(minutes=12),
    care(minutes=90),
    still_touch(minutes=27),
    care(techniques=frozenset({Technique.PETRISSAGE}), pressures={BodySite.SCALP: 1}),
    care(pressures={BodySite.HAND_LEFT: 4, BodySite.SPINE_LUMBAR: 0}),
    still_touch(pressures={BodySite.HAND_LEFT: 1}),
)


def a_ward(universe: Universe, seed: int) -> None:
    """Draw courses, with sessions before, in and after their windows; some are in progress."""
    lot = random.Random(seed)  # noqa: S311 - invented patients
    arms = (("rest", "massage"), ("rest", "touch"), ("jane-bone", "massage"), ("open", "massage"))
    for _ in range(16):
        course = admit(
            universe,
            *lot.choice(arms),
            days=lot.randint(4, 69),
            ward=lot.choice(("Birch", "Willow")),
        )
        for at in _times(universe, course, lot):
            done, by = lot.choice(DONE), lot.choice(("therapist", "volunteer", "supervisor"))
            done = DONE[3] if by == "volunteer" else done
            universe.log(course, care=done, performed_at=at, by=universe.members[by])
        if lot.random() < 0.2:
            universe.start(course)


def _times(universe: Universe, course: Enrolment, lot: random.Random):  # type: ignore[no-untyped-def]
    start = universe.now - timedelta(days=(universe.today - course.starts_on).days + 1)
    for _ in range(lot.choice((0, 1, 2, 4, 8))):
        at = start + timedelta(
            hours=lot.choice((1, 20, 24, 48, 90, 200, 400)), minutes=lot.randint(0, 59)
        )
        yield min(at, universe.now - timedelta(minutes=lot.randint(1, 600)))
        start = at


def told_by_labels(universe: Universe) -> dict[object, tuple[Label, ...]]:
    """Label every held session of the clinic by the pure function, course by course."""
    found: dict[object, tuple[Label, ...]] = {}
    sessions = Session.objects.filter(clinic_id=universe.birchwood.pk, status__in=HELD)
    for enrolment in Enrolment.objects.filter(clinic_id=universe.birchwood.pk):
        held = list(sessions.filter(enrolment=enrolment).order_by("performed_at", "pk"))
        course = registry.course(enrolment.arm_id)
        said = labels(
            course.protocol.schedule, course.arm.techniques, course.arm.sites, enrolment.starts_on,
            [_given(one) for one in held], universe.birchwood.zone, roles=course.arm.roles,
            max_pressure=course.arm.max_pressure,
        )  # fmt: skip
        found.update(zip([one.pk for one in held], said, strict=True))
    return found


def _given(session: Session) -> GivenSession:
    rows = SiteTreated.objects.filter(clinic_id=session.clinic_id, session=session)
    pressures = {BodySite(row.site): row.pressure for row in rows}
    return GivenSession(
        session.performed_at, session.minutes, frozenset(map(Technique, session.techniques)),
        frozenset(pressures), Role(session.given_as), max(pressures.values(), default=None),
    )  # fmt: skip


def in_scope(universe: Universe, scope: Scope) -> list[Session]:
    """Return the given sessions of a scope."""
    found = Session.objects.filter(clinic_id=universe.birchwood.pk, status="given")
    arms = {one.arm_id for one in scope.courses}
    return [
        one
        for one in found.select_related("patient")
        if scope.first <= one.performed_at.astimezone(universe.birchwood.zone).date() <= scope.last
        and (not arms or one.arm_id in arms)
        and scope.given_by in (None, one.given_by_id)
        and (scope.technique is None or scope.technique.value in one.techniques)
        and scope.ward in ("", one.patient.ward)
    ]


def every_arm() -> list:  # type: ignore[type-arg]
    return sorted(one.arm_id for one in registry.offered())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 20080916])
def test_the_labels_are_those_of_the_pure_function(universe: Universe, seed: int) -> None:
    a_ward(universe, seed)
    said, seen = told_by_labels(universe), set()
    for name, scope in scopes(universe).items():
        found = adherence_sums(scope, every_arm())
        here = in_scope(universe, scope)
        for arm_id in every_arm():
            of_it = [one for one in here if one.arm_id == arm_id]
            counted = Counter(label for one in of_it for label in said[one.pk])
            sums = found.get(arm_id, ArmAdherence())
            assert sums.given == len(of_it), name
            assert sums.labels == ({label: counted[label] for label in Label} if of_it else {}), (
                name
            )
            seen |= set(counted)
    assert seen >= set(Label) - {Label.BEYOND_NUMBER, Label.SITE_OUTSIDE}  # not by every lot


def test_what_was_outside_is_stored_when_a_session_is_given(universe: Universe) -> None:
    a_ward(universe, 5)
    said = told_by_labels(universe)
    for session in Session.objects.filter(clinic_id=universe.birchwood.pk):
        outside = [label.value for label in OUTSIDE if label in said.get(session.pk, ())]
        assert session.outside.split() == (outside if session.status == "given" else [])
    begun = universe.start(admit(universe, "rest", "touch"), plan=still_touch())
    assert begun.outside == ""
    done = universe.finish(begun, care=care(pressures={BodySite.SCALP: 1}))
    assert "technique_outside" in done.outside
    assert Session.objects.get(pk=done.pk, clinic_id=done.clinic_id).outside == done.outside


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata"])
@pytest.mark.parametrize("seconds", [-1, 0])
def test_the_window_begins_and_ends_at_the_clinics_midnight(
    universe: Universe, zone: str, seconds: int
) -> None:
    universe.birchwood.time_zone = zone
    universe.birchwood.save()
    course = admit(universe, "rest", "massage", days=40)
    schedule = registry.course(course.arm_id).protocol.schedule
    first = schedule.starts_at(course.starts_on, universe.birchwood.zone)
    end = schedule.ends_at(course.starts_on, universe.birchwood.zone)
    assert end is not None
    for edge in (first, end):
        universe.log(course, performed_at=edge + timedelta(seconds=seconds))
    scope = Scope((universe.birchwood,), universe.today - timedelta(days=60), universe.today)
    before = Session.objects.filter(clinic_id=universe.birchwood.pk, enrolment=course)
    assert before.count() == 2
    told = adherence_sums(replace(scope, courses=(registry.course(course.arm_id),)), every_arm())
    found = told[course.arm_id].labels
    said = Counter(label for one in before for label in told_by_labels(universe)[one.pk])
    assert (found[Label.EARLY], found[Label.LATE]) == (said[Label.EARLY], said[Label.LATE])
    assert (found[Label.EARLY], found[Label.LATE]) == ((1, 0) if seconds else (0, 1))


def usual(universe: Universe) -> Scope:
    return Scope((universe.birchwood,), first_at_first(universe.today), universe.today)


def test_courses_are_counted_by_their_sessions_with_those_that_had_none(
    universe: Universe,
) -> None:
    arm_id, none, two = (
        universe.arm("foot-10", "massage"), admit(universe, "foot-10", "massage"),
        admit(universe, "foot-10", "massage"),
    )  # fmt: skip
    for minutes, done in ((300, care(minutes=10)), (60, care(minutes=14))):
        universe.log(two, care=done, performed_at=universe.now - timedelta(minutes=minutes))
    universe.start(two)
    enrolments.end(none, ended_on=universe.today, reason="went home", by=universe.therapist)
    again = enrolments.enrol(
        patient=none.patient, arm_id=arm_id, starts_on=universe.today,
        checklist=universe.checklist(arm_id), by=universe.therapist,
    )  # fmt: skip
    assert again.arm_id == arm_id
    found = adherence_sums(usual(universe), every_arm())[arm_id]
    assert found.doses == {0: Dose(2, 0, 1), 2: Dose(1, 24, 1)}
    assert (found.enrolled, found.patients, found.courses) == (2, 1, 3)


def test_the_page_says_how_many_courses_had_no_session_beside_the_trial(
    universe: Universe,
) -> None:
    admit(universe, "foot-10", "massage")
    panel = happening.panel(usual(universe), Links(usual(universe), may_follow=True))
    table = next(one for one in panel.flat if one.title.startswith("Patients and courses"))
    # erin of the world has none either
    assert table.counted == "2 of 5 courses had no session (2 of them still running)."
    assert "82 of 380 patients had no session" in " ".join(panel.notes)
    arms = next(one for one in panel.flat if one.title.startswith("Patients and courses"))
    told = {row[0].words: [cell.words for cell in row[1:]] for row in arms.rows}  # type: ignore[union-attr]
    assert [told[one] for one in told if "oot" in one] == [["1", "0", "1", "1", "0.0", "0"]]


def test_an_empty_time_says_so(universe: Universe) -> None:
    before = universe.today - timedelta(days=400)
    scope = Scope((universe.birchwood,), before, before)
    panel = happening.panel(scope, Links(scope, may_follow=True))
    assert panel.answer == "No session was planned in this time."
    assert panel.parts == ()
