"""Sums over the courses of a scope, each session beside the one before and the one after it."""

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sessions_app.clinics.models import Clinic
from sessions_app.dashboards.follow_ups import LATER
from sessions_app.dashboards.rows.reading import Course, InCourse, courses, scores, sessions
from sessions_app.dashboards.scope import Scope, midnight
from sessions_app.dashboards.statement import Piece, Rows
from sessions_app.outcomes.durability import LONGEST_GAP
from sessions_app.outcomes.labels import OUTSIDE, Label
from sessions_app.protocols import registry

_LATER = frozenset(one.value for one in LATER)
Key = tuple[Any, ...]
Sums = dict[Key, list[int]]
_PLACE = {label: place for place, label in enumerate(Label)}


def labels(scope: Scope) -> Rows:
    """Return the rows of labels in `adherence_sums`."""
    of = sessions(scope)
    told = zip(of.session, of.status, strict=True)
    asked = {session for session, status in told if status == "given"}
    zones = {one.pk.hex: one.time_zone for one in scope.clinics}
    found: dict[str, list[int]] = {}
    for course in courses(scope):
        _label(course, asked, zones[course.clinic], found)
    return [("labels", arm, *numbers) for arm, numbers in found.items()]


def _label(course: Course, asked: set[str], zone: str, found: dict[str, list[int]]) -> None:
    most, window, gap, low, high = _rules(course.arm)
    opens = _midnight(zone, course.starts_on, 0)
    closes = None if window is None else _midnight(zone, course.starts_on, window)
    prior: str | None = None
    for number, (at, session, _, counted, minutes, outside) in enumerate(course.sessions, 1):
        before, prior = prior, at
        if session not in asked:
            continue
        sums = found.get(course.arm)
        if sums is None:
            sums = found[course.arm] = [0] * (len(Label) + 1)
        early = at < opens or (gap is not None and before is not None and _within(before, at, gap))
        late = closes is not None and at >= closes
        sums[0] += 1
        sums[_IN_WINDOW] += not (early or late)
        sums[_EARLY] += early
        sums[_LATE] += late
        sums[_SHORT] += low is not None and minutes is not None and minutes < low
        sums[_LONG] += high is not None and minutes is not None and minutes > high
        sums[_BEYOND] += most is not None and number > most
        sums[_ROLE] += not counted
        if outside:
            for label in OUTSIDE:
                sums[1 + _PLACE[label]] += label.value in outside


_IN_WINDOW, _EARLY, _LATE, _SHORT, _LONG, _BEYOND, _ROLE = (
    1 + _PLACE[one]
    for one in (
        Label.IN_WINDOW, Label.EARLY, Label.LATE, Label.SHORT, Label.LONG, Label.BEYOND_NUMBER,
        Label.ROLE_OUTSIDE,
    )
)  # fmt: skip


@cache
def _rules(arm: str) -> tuple[int | None, int | None, timedelta | None, int | None, int | None]:
    plan = registry.course(uuid.UUID(arm)).protocol.schedule
    gap = None if plan.gap_hours is None else timedelta(hours=plan.gap_hours)
    return plan.max_sessions, plan.window_days, gap, plan.minutes_low, plan.minutes_high


@lru_cache(maxsize=4096)
def _midnight(zone: str, day: str, later: int) -> str:
    """Return when a day of a clinic begins, so many days later, as SQLite keeps an instant."""
    begins = midnight(date.fromisoformat(day) + timedelta(days=later), Clinic(time_zone=zone))
    return begins.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _within(one: str, other: str, gap: timedelta) -> bool:
    return datetime.fromisoformat(other) < datetime.fromisoformat(one) + gap


def lasting(scope: Scope, measured: Rows) -> Rows:
    """Return the rows of `lasting_sums`; `measured` are the later scores as they are asked there.

    They are: session, scale, time point, value, patient, and the week of a weekly one.
    """
    numbers: Sums = defaultdict(lambda: [0, 0])
    who: dict[Key, set[str]] = defaultdict(set)
    pairs, visits = Counter[Key](), list[Key]()
    of, held = scores(scope), _held(courses(scope))
    for scale, arm, patient, session, before, after in zip(
        of.scale, of.arm, of.patient, of.session, of.before, of.after, strict=True
    ):
        if before is None:
            continue
        number, following = held[session]
        sums = numbers[scale, number]
        sums[0] += 1
        sums[1] += before
        who[scale, number].add(patient)
        if after is not None:
            pairs[scale, arm] += 1
            if following:
                visits.append((following, scale, patient, before, after))
    return [
        *_numbers(numbers, who),
        *_still(scope, visits),
        *(("pairs", *key[:1], "", key[1], 0, 0, n, 0, 0, 0, 0, 0) for key, n in pairs.items()),
        *_later(scope, measured),
        *_weekly(measured),
    ]


def _numbers(numbers: Sums, who: Mapping[Key, set[str]]) -> Iterator[Key]:
    for (scale, number), sums in numbers.items():
        yield "number", scale, "", None, number, len(who[scale, number]), *sums, 0, 0, 0, 0


def _held(every: Iterable[Course]) -> dict[str, tuple[int, str | None]]:
    """Number the sessions of each course, each with the next one if it is within 72 hours."""
    found: dict[str, tuple[int, str | None]] = {}
    for course in every:
        following = [*map(_next, course.sessions, course.sessions[1:]), None]
        for number, (one, other) in enumerate(zip(course.sessions, following, strict=True), 1):
            found[one[1]] = number, other
    return found


def _next(one: InCourse, other: InCourse) -> str | None:
    if other[0] <= one[0]:
        return None
    gap = datetime.fromisoformat(other[0]) - datetime.fromisoformat(one[0])
    return other[1] if gap <= LONGEST_GAP else None


def _still(scope: Scope, visits: list[Key]) -> Iterator[Key]:
    """Set each session beside the next of its course; first a patient's own, then all of them."""
    of = scores(scope)
    befores = dict(zip(zip(of.session, of.scale, strict=True), of.before, strict=True))
    befores |= _befores(scope, {one[0] for one in visits if one[:2] not in befores})
    people: Sums = defaultdict(lambda: [0, 0, 0])
    for following, scale, patient, before, after in visits:
        again = befores.get((following, scale))
        if again is not None:
            sums = people[scale, patient]
            sums[0] += 1
            sums[1] += after - before
            sums[2] += again - before
    found: dict[str, list[int]] = defaultdict(lambda: [0] * 7)
    for (scale, _), (n, fell, kept) in people.items():
        one = (1, n, fell, kept, fell * fell, fell * kept, kept * kept)
        found[scale] = [a + b for a, b in zip(found[scale], one, strict=True)]
    for scale, (patients, n, fell, kept, *powers) in found.items():
        yield "still", scale, "", None, 0, patients, n, fell, kept, *powers


def _befores(scope: Scope, lacking: set[str]) -> Mapping[tuple[str, str], int]:
    """Return the scores before sessions that lie outside the scope, or outside its filters.

    It is asked even where none is lacking: a page costs the same statements each time.
    """
    here = [one.pk.hex for one in scope.clinics]
    few = _NEXT.format(sessions=max(len(lacking), 1), clinics=len(here))
    asked = Piece(few, (json.dumps(sorted(lacking)), json.dumps(here)))
    return {(session, scale): before for session, scale, before in asked.answer()}


# How few they are is said: else SQLite takes a list for longer than the table, and reads that.
_NEXT = """
SELECT x.session_id, x.scale, x.before
FROM (SELECT value FROM json_each(%s) LIMIT {sessions}) j
CROSS JOIN (SELECT value FROM json_each(%s) LIMIT {clinics}) k CROSS JOIN sessions_app_score x
WHERE x.clinic_id = k.value AND x.session_id = j.value AND x.before IS NOT NULL AND +x.counted
"""


def _later(scope: Scope, measured: Rows) -> Iterator[Key]:
    """Compare later scores with the change right after the same sessions."""
    values: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for session, scale, when, value, *_ in measured:
        if when in _LATER:
            values[session, scale].append((when, value))
    if not values:
        return
    counted: Counter[Key] = Counter()
    people: Sums = defaultdict(lambda: [0, 0, 0])
    of = scores(scope)
    for session, scale, arm, patient, before, after in zip(
        of.session, of.scale, of.arm, of.patient, of.before, of.after, strict=True
    ):
        if before is None or after is None:
            continue
        for when, value in values.get((session, scale), ()):
            counted[scale, when, arm] += 1
            sums = people[scale, when, patient]
            sums[0] += 1
            sums[1] += value - before
            sums[2] += after - before
    for key, number in counted.items():
        yield "measured", *key, 0, 0, number, 0, 0, 0, 0, 0
    yield from _at_once(people)


def _at_once(people: Sums) -> Iterator[Key]:
    found: Sums = defaultdict(lambda: [0] * 5)
    for (scale, when, _), (n, later, at_once) in people.items():
        one = (1, later, at_once, later**2, at_once**2)
        sums = found[scale, when, n]
        sums[:] = [a + b for a, b in zip(sums, one, strict=True)]
    for (scale, when, n), (patients, later, at_once, ones, others) in found.items():
        yield "later", scale, when, None, n, patients, 0, later, at_once, ones, 0, others


def _weekly(measured: Rows) -> Iterator[Key]:
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    who: dict[Key, set[str]] = defaultdict(set)
    for _, scale, when, value, patient, week in measured:
        if when == "weekly" and week is not None:
            sums[scale, week][0] += 1
            sums[scale, week][1] += value
            who[scale, week].add(patient)
    for (scale, week), own in sums.items():
        yield "weekly", scale, "", None, week, len(who[scale, week]), *own, 0, 0, 0, 0
