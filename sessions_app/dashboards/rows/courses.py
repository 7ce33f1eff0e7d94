"""How the sessions of a scope stand to their protocol, each beside the one before it."""

import uuid
from datetime import UTC, date, timedelta
from functools import cache, lru_cache

from sessions_app.clinics.models import Clinic
from sessions_app.dashboards.rows.reading import MONDAY, Course, courses, gaps_of
from sessions_app.dashboards.scope import Scope, midnight
from sessions_app.dashboards.statement import Rows
from sessions_app.outcomes.labels import OUTSIDE, Label
from sessions_app.protocols import registry

_PLACE = {label: place for place, label in enumerate(Label)}


def labels(scope: Scope) -> Rows:
    """Return the rows of labels in `adherence_sums`."""
    zones = {one.pk.hex: one.time_zone for one in scope.clinics}
    found: dict[str, list[int]] = {}
    gaps = gaps_of(scope)
    for key, course in courses(scope).items():
        if course.sessions:  # there are none where all were called off
            _label(course, gaps[key], zones[course.clinic], found)
    return [("labels", arm, *numbers) for arm, numbers in found.items()]


def _label(course: Course, gaps: list[timedelta], zone: str, found: dict[str, list[int]]) -> None:
    most, window, least, low, high = _rules(course.arm)
    opens = _midnight(zone, course.starts_on, 0)
    closes = None if window is None else _midnight(zone, course.starts_on, window)
    sums = found.get(course.arm) or [0] * (len(Label) + 1)
    for number, (one, gap) in enumerate(zip(course.sessions, [None, *gaps], strict=True), 1):
        at, _, _, status, counted, minutes, outside, monday = one[: MONDAY + 1]
        if status != "given" or monday is None:
            continue
        sums[0] += 1
        early = at < opens or (least is not None and gap is not None and gap < least)
        late = closes is not None and at >= closes
        if early or late:
            sums[_EARLY] += early
            sums[_LATE] += late
        else:
            sums[_IN_WINDOW] += 1
        if minutes is not None:
            sums[_SHORT] += low is not None and minutes < low
            sums[_LONG] += high is not None and minutes > high
        sums[_BEYOND] += most is not None and number > most
        sums[_ROLE] += not counted
        if outside:
            for label in OUTSIDE:
                sums[1 + _PLACE[label]] += label.value in outside
    if sums[0]:
        found[course.arm] = sums


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
