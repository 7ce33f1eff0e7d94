"""Writing the stories: every row by the action that a person's click would have called.

All of it in one transaction, in the order of time, so that the audit trail reads like half a year
of work. Where the demo clinics are there already, nothing is written.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.demo.credentials import write_credentials
from sessions_app.demo.mark import SLUG_PREFIX
from sessions_app.demo.places import ACCOUNTS, PLACES, Colleague, Place
from sessions_app.demo.population import HALF_A_YEAR, SEED, draw_stories
from sessions_app.demo.readings import note_readings, open_in_emergency
from sessions_app.demo.steps import Made, Step, as_utc, session_steps
from sessions_app.demo.stories import Story, ToldCourse, ToldFact, ToldTime
from sessions_app.demo.troubles import (
    DECIDED,
    aftermath_steps,
    decision_steps,
    emergency_steps,
    incident_steps,
    troubled,
)
from sessions_app.enrolments import actions as enrolments
from sessions_app.patients import actions as patients
from sessions_app.patients import asked_actions
from sessions_app.people import actions as people
from sessions_app.people.models import User
from sessions_app.protocols import registry
from sessions_app.timing import actions as timing
from sessions_app.vocabulary.roles import Role


class Clerk:
    """Writes what colleagues of the demo clinics did, as them."""

    def __init__(self, members: dict[tuple[str, str], Membership], now: datetime) -> None:
        self.members, self.now = members, now
        self.troubled: list[Story] = []
        courses = registry.offered()
        self.arms = {(one.protocol.code, one.arm.code): one.arm_id for one in courses}

    def member(self, place: Place, colleague: Colleague) -> Membership:
        """Return the colleague's membership in that clinic."""
        return self.members[place.slug, colleague.box]

    def first(self, place: Place, role: Role) -> Membership:
        """Return the first in a role there; in the clinics of the accounts, who can sign in."""
        return self.member(place, next(one for one in place.staff if one.role is role))


def seed(*, now: datetime, password: str | None = None, number: int = SEED) -> bool:
    """Make the demo clinics up to `now`; return False where they are there already.

    The protocols must have been loaded. `password` is for the four accounts; None: nobody can
    sign in. The same `number`, moment and protocols give the same content.
    """
    now = now.replace(second=0, microsecond=0)
    with transaction.atomic():
        if Clinic.objects.filter(slug__startswith=SLUG_PREFIX).exists():
            return False
        opened = now - timedelta(days=HALF_A_YEAR + 30)
        clerk = Clerk(_open(opened, password), now)
        protocols = {one.protocol.code: one.protocol for one in registry.offered()}
        stories = draw_stories(now, protocols, number)
        clerk.troubled = troubled(stories)
        steps = [step for story in stories for step in _steps(clerk, story)]
        steps += _other_steps(clerk)
        for step in sorted(steps, key=lambda step: step.at):
            step.do()
        members = clerk.members.values()
        supervisors = {one.clinic_id: one for one in members if one.role == Role.SUPERVISOR}
        write_credentials(clerk.members, now)
        note_readings(list(members), list(supervisors.values()), now)
    return True


def _open(at: datetime, password: str | None) -> dict[tuple[str, str], Membership]:
    """Open the clinics with all who work there."""
    users: dict[str, User] = {}
    members = {}
    for place in PLACES:
        # Who tries the product has four passwords, and no passkey with them.
        clinic = clinics.open_clinic(at=at, second_factor_roles=(), **_particulars(place))
        for one in place.staff:
            if one.box not in users:
                key = password if one in ACCOUNTS else None
                users[one.box] = people.add_person(
                    email=one.email, display_name=one.name, password=key, at=at
                )
            member = clinics.add_member(clinic=clinic, user=users[one.box], role=one.role, at=at)
            members[place.slug, one.box] = member
    return members


def _particulars(place: Place) -> dict[str, Any]:
    return {name: getattr(place, name) for name in clinics.PARTICULARS}


def _steps(clerk: Clerk, story: Story) -> Iterator[Step]:
    """Yield all that was done for one patient; later steps use the rows that earlier ones made."""
    made = Made()
    by = clerk.member(story.place, story.registrar)
    yield Step(as_utc(story.registered_at), lambda: _register(made, story, by))
    for place, fact in enumerate(story.facts):
        yield from _fact_steps(made, place, fact, by)
    if story.none_of:
        yield _none_step(made, story, by)
    for time in story.times:
        yield _time_step(made, time, by)
    for course in story.courses:
        yield from _course_steps(clerk, made, story, course, by)
    if story in clerk.troubled:
        tell = emergency_steps if story is clerk.troubled[0] else incident_steps
        yield from tell(made, story, clerk.first(story.place, Role.THERAPIST), clerk.now)
    if story.left_at:
        at, status = as_utc(story.left_at), story.left_as.value
        yield Step(at, lambda: patients.amend(made.patient, by=by, at=at, status=status))


def _register(made: Made, story: Story, by: Membership) -> None:
    made.patient = patients.register(
        chart_number=story.chart_number,
        given_names=story.name.given,
        family_name=story.name.family,
        birth_date=story.birth_date,
        language=story.language,
        ward=story.ward,
        room=story.room,
        cancer_type=story.illness.words,
        icd10=story.illness.icd10,
        by=by,
        at=as_utc(story.registered_at),
    )


def _none_step(made: Made, story: Story, by: Membership) -> Step:
    """Return «none of these», said at the end of the registration."""
    at = as_utc(story.registered_at + timedelta(minutes=40))
    kinds, on = story.none_of, story.registered_at.date()
    return Step(
        at,
        lambda: asked_actions.say_none(made.patient, kinds=kinds, on=on, by=by, at=at),
    )


def _fact_steps(made: Made, place: int, fact: ToldFact, by: Membership) -> Iterator[Step]:
    recorded_at, ended_on = as_utc(fact.recorded_at), fact.ended_on

    def record() -> None:
        made.facts[place] = patients.record_fact(
            patient=made.patient,
            kind=fact.kind,
            observed_on=fact.observed_on,
            source=fact.source,
            sites=fact.sites,
            value=fact.value,
            unit=fact.unit,
            valid_until=fact.valid_until,
            note=fact.note,
            by=by,
            at=recorded_at,
        )

    yield Step(recorded_at, record)
    if ended_on and fact.ended_at:
        at = as_utc(fact.ended_at)
        yield Step(
            at, lambda: patients.end_fact(made.facts[place], ended_on=ended_on, by=by, at=at)
        )


def _time_step(made: Made, time: ToldTime, by: Membership) -> Step:
    at = as_utc(time.recorded_at)

    def record() -> None:
        timing.record(
            patient=made.patient,
            kind=time.kind,
            happens_at=as_utc(time.happens_at),
            client_key=time.key,
            note=time.note,
            by=by,
            at=at,
        )

    return Step(at, record)


def _course_steps(
    clerk: Clerk, made: Made, story: Story, course: ToldCourse, by: Membership
) -> Iterator[Step]:
    last = as_utc(course.enrolled_at)
    yield Step(last, lambda: _enrol(made, course, clerk, by))
    for told in course.sessions:
        for step in session_steps(made, told, clerk.member(story.place, told.giver)):
            last = max(last, step.at)
            yield step
        supervisor = clerk.first(story.place, Role.SUPERVISOR)
        yield from aftermath_steps(made, told, supervisor, clerk.now)
    if course.ended_on:
        ended_on = course.ended_on
        yield Step(
            last + timedelta(minutes=20),
            lambda: enrolments.end(
                made.enrolment, ended_on=ended_on, reason=course.end_reason, by=by,
                at=last + timedelta(minutes=20),
            ),
        )  # fmt: skip


def _other_steps(clerk: Clerk) -> list[Step]:
    """What was decided for whole clinics, and a chart that was opened from elsewhere."""
    yesterday, hospice = as_utc(clerk.now - timedelta(hours=22)), PLACES[0]
    boss, members = clerk.first(hospice, Role.SUPERVISOR), list(clerk.members.values())
    return [
        Step(yesterday, lambda: open_in_emergency(members, boss, yesterday)),
        *(
            step
            for decided in DECIDED
            for step in decision_steps(decided, clerk.first(decided.place, Role.ADMIN), clerk.now)
        ),
    ]


def _enrol(made: Made, course: ToldCourse, clerk: Clerk, by: Membership) -> None:
    made.enrolment = enrolments.enrol(
        patient=made.patient,
        arm_id=clerk.arms[course.arm],
        starts_on=course.starts_on,
        checklist=course.checklist,
        by=by,
        at=as_utc(course.enrolled_at),
    )
