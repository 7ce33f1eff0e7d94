"""Stories drawn without a database, and short ways through them."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from sessions_app.demo.population import SEED, draw_stories
from sessions_app.demo.stories import Arm, Story, ToldCourse, ToldSession
from sessions_app.outcomes.change import change
from sessions_app.protocols.definition import load_all
from sessions_app.sessions.record import Rating
from sessions_app.vocabulary.scales import RATED, Scale

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MOMENTS = {
    "noon": NOON,
    "midnight": datetime(2026, 6, 2, 0, 1, tzinfo=UTC),
    "the night of summer time": datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    "the hour that comes twice": datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
    "New Year": datetime(2027, 1, 1, 4, 59, tzinfo=UTC),
    "a leap day": datetime(2028, 2, 29, 17, 20, tzinfo=UTC),
}
PROTOCOLS = {one.code: one for one in load_all()}


@cache
def stories(now: datetime = NOON, seed: int = SEED) -> tuple[Story, ...]:
    """Return the stories of all patients, drawn once."""
    return tuple(draw_stories(now, PROTOCOLS, seed))


def courses(told: tuple[Story, ...]) -> Iterator[tuple[Story, ToldCourse]]:
    """Yield every course with the story it stands in."""
    return ((story, course) for story in told for course in story.courses)


def sessions(told: tuple[Story, ...]) -> Iterator[tuple[Story, ToldCourse, ToldSession]]:
    """Yield every offered session with its story and course."""
    return ((story, course, one) for story, course in courses(told) for one in course.sessions)


def pairs(told: tuple[Story, ...]) -> Iterator[tuple[Arm, Scale, Rating, Rating]]:
    """Yield the rated scores before and after each given session, missing ones too."""
    for _, course, one in sessions(told):
        if one.not_given is None and not one.under_way:
            for scale in RATED:
                if scale in one.before:
                    yield course.arm, scale, one.before[scale], one.after[scale]


def mean_change(told: tuple[Story, ...], arm: Arm, scale: Scale) -> float:
    """Return the mean change of an arm, improvement positive."""
    changes = [
        change(scale, first.value, second.value)
        for drawn, asked, first, second in pairs(told)
        if (drawn, asked) == (arm, scale) and None not in (first.value, second.value)
    ]
    return sum(changes) / len(changes)


def fingerprint(told: tuple[Story, ...]) -> str:
    """Return a digest of all that the stories say, whatever the order of their sets."""
    return hashlib.sha256("\n".join(map(_plain, told)).encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, (set, frozenset)):
        return repr(sorted(map(_plain, value)))
    if isinstance(value, (list, tuple)):
        return repr([_plain(item) for item in value])
    if isinstance(value, dict):
        return repr(sorted((_plain(key), _plain(item)) for key, item in value.items()))
    if hasattr(value, "__dataclass_fields__"):
        return repr([_plain(getattr(value, name)) for name in value.__dataclass_fields__])
    return repr(value)
