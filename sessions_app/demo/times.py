"""What was given beside the touch in the demo, and a pain that grew: told after the sessions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from sessions_app.demo.courses import draw_key
from sessions_app.demo.stories import Story, ToldCourse, ToldSession, ToldTime
from sessions_app.safety.rules.pain import WORSE
from sessions_app.sessions.record import Rating
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timed import TimedKind

_DOSED = 0.3
_REGULAR, _BREAKTHROUGH = TimedKind.OPIOID_REGULAR, TimedKind.OPIOID_BREAKTHROUGH
_LATER = (
    (TimedKind.RADIOTHERAPY, 130, "lumbar spine"), (TimedKind.PHYSIOTHERAPY, 65, ""),
    (_REGULAR, 200, ""), (TimedKind.PROCEDURE, 170, "belly drained"),
    (TimedKind.PHYSIOTHERAPY, 95, ""), (TimedKind.ANALGESIC, 50, ""),
)  # fmt: skip
"""What is planned for those in care today: so many minutes from now."""


def with_times(rng: Random, story: Story, now: datetime) -> Story:
    """Add doses before a third of the sessions and what is planned today; keep stops unbroken."""
    courses = tuple(_kept_from_starting(story.courses))
    told = replace(story, courses=courses)
    in_care = story.left_at is None and any(one.ended_on is None for one in courses)
    times = [*_doses(rng, told), *(_of_today(rng, told, now) if in_care else ())]
    apart = {(one.kind, one.happens_at): one for one in times if one.recorded_at <= now}
    return replace(told, times=tuple(apart.values()))


def _doses(rng: Random, story: Story) -> Iterator[ToldTime]:
    for course in story.courses:
        for one in course.sessions:
            if one.not_given is None and rng.random() < _DOSED:
                kind = _BREAKTHROUGH if rng.random() < 0.4 else _REGULAR
                ago = rng.randrange(20, 80, 5) if kind is _BREAKTHROUGH else rng.randrange(40, 300)
                yield _given(rng, kind, one.performed_at - timedelta(minutes=ago), story)


def _of_today(rng: Random, story: Story, now: datetime) -> Iterator[ToldTime]:
    """Yield a dose of this morning, perhaps one for pain that broke through, and a plan."""
    yield _given(rng, _REGULAR, now - timedelta(minutes=rng.randrange(150, 400, 5)), story)
    if rng.random() < 0.4:
        yield _given(rng, _BREAKTHROUGH, now - timedelta(minutes=rng.randrange(35, 60, 5)), story)
    if rng.random() < 0.5:
        kind, ahead, note = rng.choice(_LATER)
        recorded = now - timedelta(hours=3)
        yield ToldTime(draw_key(rng), kind, now + timedelta(minutes=ahead), recorded, note)


def _given(rng: Random, kind: TimedKind, happens_at: datetime, story: Story) -> ToldTime:
    happens_at = max(happens_at, story.registered_at + timedelta(minutes=20))
    return ToldTime(draw_key(rng), kind, happens_at, happens_at + timedelta(minutes=5))


def _kept_from_starting(courses: tuple[ToldCourse, ...]) -> Iterator[ToldCourse]:
    """Yield the courses; where pain had grown, it was reported first and recorded afterwards."""
    last: int | None = None
    for course in courses:
        told = []
        for one in course.sessions:
            grew = _grew(one, last)
            told.append(_after_the_report(one, last) if grew and one.staged else one)
            pain = _pain(told[-1])
            last = last if pain is None else pain
        yield replace(course, sessions=tuple(told))


def _after_the_report(one: ToldSession, last: int | None) -> ToldSession:
    """A session of today stays under way, with the pain as it was; another was typed in later."""
    if one.under_way:
        return replace(one, before={**one.before, Scale.PAIN: Rating(value=last)})
    return replace(one, staged=False)


def _grew(one: ToldSession, last: int | None) -> bool:
    pain = _pain(one)
    return pain is not None and last is not None and pain - last >= WORSE.default


def _pain(one: ToldSession) -> int | None:
    rating = one.before.get(Scale.PAIN)
    return rating.value if rating and one.not_given is None else None
