"""Who is, or was, in the care of the demonstration clinics: about 120 patients in six months."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sessions_app.demo.chart_facts import Stay, Twist, draw_facts, none_of_these
from sessions_app.demo.courses import RHYTHMS, Protocols, Setting, draw_course
from sessions_app.demo.names import Name, draw_illness, name_stream
from sessions_app.demo.places import DAY_CLINIC, HOSPICE, HOSPITAL, PLACES, Place
from sessions_app.demo.present import bring_to_today
from sessions_app.demo.stories import (
    BONE,
    COMPANY,
    FOOT,
    MASSAGE,
    OPEN,
    TOUCH,
    Arm,
    Story,
    ToldCourse,
)
from sessions_app.demo.times import with_times
from sessions_app.vocabulary.records import PatientStatus
from sessions_app.vocabulary.roles import Role

HALF_A_YEAR = 181
_LATELY = timedelta(days=85)
"""Frail patients came of late: the reminder about them is new, and few keep to it."""
SEED = 2008
"""The year of the REST trial."""

Past = tuple[Arm, ...]

_PAST: dict[str, list[tuple[int, Past]]] = {
    HOSPICE.slug: [
        (8, (MASSAGE,)), (7, (TOUCH,)), (8, (MASSAGE, MASSAGE)), (6, (TOUCH, TOUCH)),
        (4, (TOUCH, OPEN)), (3, (MASSAGE, OPEN)), (2, (FOOT, TOUCH)),
    ],
    HOSPITAL.slug: [
        (9, (BONE,)), (7, (COMPANY,)), (3, (BONE, MASSAGE)), (3, (COMPANY, TOUCH)), (3, (FOOT,)),
        (3, (FOOT, MASSAGE)), (3, (MASSAGE, TOUCH)), (2, (TOUCH,)),
    ],
    DAY_CLINIC.slug: [
        (5, (OPEN,)), (3, (FOOT, OPEN)), (4, (MASSAGE, OPEN)), (3, (TOUCH, MASSAGE)), (2, (FOOT,)),
    ],
}  # fmt: skip
"""How many past patients had which courses, one after another."""

_PRESENT: dict[str, list[tuple[Arm | None, int, Twist]]] = {
    HOSPICE.slug: [
        (MASSAGE, 7, Twist.IN_PROGRESS), (MASSAGE, 6, Twist.GAP_NOT_OVER), (TOUCH, 4, Twist.NONE),
        (MASSAGE, 9, Twist.CONSENT_RAN_OUT), (TOUCH, 9, Twist.NONE), (OPEN, 20, Twist.CLOT_SIGNS),
        (MASSAGE, 3, Twist.FEW_PLATELETS), (TOUCH, 7, Twist.GAP_NOT_OVER), (FOOT, 1, Twist.NONE),
        (MASSAGE, 11, Twist.OLD_PLATELETS), (TOUCH, 2, Twist.NONE), (MASSAGE, 1, Twist.NONE),
        (OPEN, 12, Twist.NONE), (TOUCH, 11, Twist.NONE), (None, 2, Twist.NO_CONSENT),
    ],
    HOSPITAL.slug: [
        (BONE, 1, Twist.NONE), (BONE, 2, Twist.NONE), (COMPANY, 1, Twist.NONE),
        (MASSAGE, 8, Twist.BONES_NOT_NAMED), (MASSAGE, 5, Twist.NONE), (TOUCH, 6, Twist.NONE),
        (FOOT, 1, Twist.GAP_NOT_OVER), (MASSAGE, 4, Twist.OLD_PLATELETS), (OPEN, 15, Twist.NONE),
        (TOUCH, 3, Twist.NONE), (None, 1, Twist.NONE),
    ],
    DAY_CLINIC.slug: [
        (OPEN, 25, Twist.NONE), (OPEN, 18, Twist.FEW_PLATELETS), (MASSAGE, 6, Twist.NONE),
        (FOOT, 1, Twist.NONE), (TOUCH, 5, Twist.NONE), (None, 1, Twist.NO_CONSENT),
    ],
}  # fmt: skip
"""Who is in care today: on which arm (None: on none), since how many days, and the twist."""


@dataclass(frozen=True)
class Cast:
    """What all patients of a clinic are drawn from."""

    place: Place
    now: datetime
    protocols: Protocols
    names: Iterator[Name]


def draw_stories(now: datetime, protocols: Protocols, seed: int = SEED) -> list[Story]:
    """Return every patient's story up to `now`. The same seed, moment and protocols: the same."""
    names = name_stream(_random(f"{seed} names"))
    stories = []
    for place in PLACES:
        cast = Cast(place, now.astimezone(ZoneInfo(place.time_zone)), protocols, names)
        past = [arms for count, arms in _PAST[place.slug] for _ in range(count)]
        _random(f"{seed} {place.slug}").shuffle(past)
        for number, arms in enumerate(past):
            stories.append(_past(_random(f"{seed} {place.slug} {number}"), cast, number, arms))
        for number, (arm, days, twist) in enumerate(_PRESENT[place.slug], len(past)):
            rng = _random(f"{seed} {place.slug} {number}")
            stories.append(_present(rng, cast, number, arm, days, twist))
    return [with_times(_random(f"{seed} {one.chart_number}"), one, now) for one in stories]


def _random(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - drawn to be repeatable, not to be secret


def _past(rng: Random, cast: Cast, number: int, arms: Past) -> Story:
    """Return somebody whose courses are over; most have left, some died in the clinic's care."""
    longest = sum(RHYTHMS[arm].days + 4 for arm in arms) + 8
    today = cast.now.date()
    arrived = _morning(rng, cast, today - timedelta(days=rng.randint(longest, HALF_A_YEAR)))
    in_bone, until = BONE[0] in _codes(arms), arrived + timedelta(days=longest)
    lately = today - arrived.date() <= _LATELY
    stay = Stay(arrived, until, in_bone, frail=cast.place.frail if lately else 0.0)
    story = _registered(rng, cast, number, stay)
    setting = Setting(cast.place, ZoneInfo(cast.place.time_zone), story.facts, cast.protocols)
    courses: list[ToldCourse] = []
    starts_on = stay.day + timedelta(days=rng.randint(0, 1) + 1)
    for arm in arms:
        course = draw_course(rng, setting, arm, starts_on, cast.now)
        courses.append(_ended(rng, course))
        starts_on = _last_day(courses[-1]) + timedelta(days=rng.randint(1, 4))
    return _left(rng, cast, replace(story, courses=tuple(courses)))


def _present(
    rng: Random, cast: Cast, number: int, arm: Arm | None, days: int, twist: Twist
) -> Story:
    """Return somebody in care today; `days` ago the course began."""
    begun = cast.now.date() - timedelta(days=days)
    arrived = _morning(rng, cast, begun - timedelta(days=1))
    in_bone = arm is not None and arm[0] == BONE[0]
    stay = Stay(arrived, cast.now, in_bone, twist, cast.place.frail)
    story = _registered(rng, cast, number, stay)
    story = replace(story, none_of=none_of_these(story.facts, number))
    if arm is None:
        return story
    setting = Setting(cast.place, ZoneInfo(cast.place.time_zone), story.facts, cast.protocols)
    course = bring_to_today(rng, setting, arm, begun, cast.now, twist)
    return replace(story, courses=(course,))


def _registered(rng: Random, cast: Cast, number: int, stay: Stay) -> Story:
    name = next(cast.names)
    illness = draw_illness(rng, woman=name.woman, in_bone=stay.in_bone)
    # Counted round, so that those who are in care at one time lie in different rooms.
    turn, ward_number = divmod(number, len(cast.place.wards))
    ward = cast.place.wards[ward_number]
    return Story(
        place=cast.place,
        chart_number=f"{cast.place.chart}{2107 + 13 * number}",
        name=name,
        birth_date=_birth_date(rng, stay.day),
        language=rng.choice(cast.place.languages),
        ward=ward.name,
        room=ward.rooms[turn % len(ward.rooms)],
        illness=illness,
        registered_at=stay.arrived,
        registrar=next(one for one in cast.place.staff if one.role is Role.THERAPIST),
        facts=draw_facts(rng, illness, stay),
        courses=(),
    )


def _birth_date(rng: Random, today: date) -> date:
    """Return a birth date of somebody of 29 to 94, mostly past sixty."""
    age = min(94.0, max(29.0, rng.gauss(67, 13)))
    return today - timedelta(days=int(age * 365.25) + rng.randint(0, 364))


def _morning(rng: Random, cast: Cast, day: date) -> datetime:
    clock = time(rng.randint(9, 12), rng.randrange(0, 60, 5))
    return datetime.combine(day, clock, ZoneInfo(cast.place.time_zone))


def _codes(arms: Past) -> set[str]:
    return {protocol for protocol, _ in arms}


def _ended(rng: Random, course: ToldCourse) -> ToldCourse:
    """End a course; one in five was cut short."""
    sessions = course.sessions
    if len(sessions) > 2 and rng.random() < 0.2:
        sessions = sessions[: rng.randint(2, len(sessions) - 1)]
        reason = rng.choice(("Withdrew", "Too unwell to go on", "Transferred"))
    else:
        reason = "Course over"
    cut = replace(course, sessions=sessions)
    return replace(cut, ended_on=_last_day(cut), end_reason=reason)


def _last_day(course: ToldCourse) -> date:
    """Return the day of the last offer and of its follow-up, or the first day without any."""
    if not course.sessions:
        return course.starts_on
    last = course.sessions[-1]
    return last.performed_at.date() + timedelta(days=1 if last.follow_ups else 0)


def _left(rng: Random, cast: Cast, story: Story) -> Story:
    """Let the patient leave some days after the last course, at the latest yesterday."""
    over = max(_last_day(course) for course in story.courses)
    day = min(over + timedelta(days=rng.randint(1, 6)), cast.now.date() - timedelta(days=1))
    left_at = datetime.combine(day, time(rng.randint(13, 18), 10), ZoneInfo(cast.place.time_zone))
    died = rng.random() < cast.place.died
    status = PatientStatus.DIED if died else PatientStatus.DISCHARGED
    if rng.random() < 0.12 and not died:
        return story  # still in care, between two courses
    return replace(story, left_at=left_at, left_as=status)
