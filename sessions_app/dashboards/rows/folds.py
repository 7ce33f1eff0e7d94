"""Sums of the score pairs of a scope, as the statements beside them would answer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from sessions_app.dashboards.rows.packing import Numbers
from sessions_app.dashboards.rows.reading import (
    ARM,
    AT,
    COUNTED,
    COURSE,
    ID,
    MONDAY,
    PERSON,
    REASON,
    RECORDED,
    STATUS,
    courses,
    once,
    sessions,
)
from sessions_app.dashboards.rows.scoring import (
    AFTER,
    BEFORE,
    BOTH,
    GAPS,
    HIGH,
    OF_GAPS,
    PAIN,
    PAIRS,
    told,
)
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Rows
from sessions_app.outcomes.completeness import LATE_AFTER
from sessions_app.vocabulary.scales import Scale

DRAWN = (Scale.PAIN.value, Scale.MOOD.value)
Key = tuple[Any, ...]


def became(scope: Scope) -> Rows:
    """Count sessions by week, arm, status and reason."""
    told_of = itemgetter(MONDAY, ARM, STATUS, REASON)
    return [(*key, number) for key, number in Counter(map(told_of, sessions(scope))).items()]


class Sums(NamedTuple):
    """The pairs added up: for each course, each patient in a week, each patient of a person."""

    courses: dict[str, int]
    weeks: dict[Key, int]
    people: dict[Key, int]


def _summed(scope: Scope) -> Sums:
    found = Sums(defaultdict(int), defaultdict(int), defaultdict(int))
    by_course, by_week, by_person = found
    of, packed = courses(scope), told(scope).by_session
    for one in sessions(scope):
        own, course = packed.get(one[ID]), one[COURSE]
        if own is not None and course in of:
            patient = of[course].patient
            by_course[course] += own
            by_week[one[MONDAY], patient] += own
            by_person[one[PERSON], patient] += own
    return found


def _by_scale(scope: Scope, sums: Mapping[Key, int]) -> Iterator[tuple[str, Key, Numbers]]:
    """Return the numbers of each sum, scale by scale, where there is a pair."""
    packing = told(scope).packing
    scales = [(scale, packing.places[scale]) for scale in told(scope).pairs]
    for key, numbers in zip(sums, packing.unpacked(sums.values()), strict=True):
        for scale, place in scales:
            own = numbers[place]
            if own[PAIRS]:
                yield scale, key, own


def _patients(scope: Scope) -> dict[Key, int]:
    """Return the sums of each patient in each arm, and under None in all arms."""
    found: dict[Key, int] = defaultdict(int)
    of = courses(scope)
    for course, own in once(_summed, scope).courses.items():
        found[of[course].arm, of[course].patient] += own
        found[None, of[course].patient] += own
    return found


def changes(scope: Scope) -> Rows:
    """Return the rows of `change_sums`."""
    return [*_of_patients(scope), *_lacking(scope), *_pain_pairs(scope), *_left_out(scope)]


def _of_patients(scope: Scope) -> Iterator[Key]:
    each = (
        ((arm, scale, own[BOTH], *own[HIGH:]), own[AFTER] - own[BEFORE], 0)
        for scale, (arm, _), own in _by_scale(scope, once(_patients, scope))
        if own[BOTH]
    )
    for (arm, *key), sums in _alike(each):
        yield "arm" if arm else "all", arm, *key, "", "", *sums[:3]


def _lacking(scope: Scope) -> Iterator[Key]:
    found: Counter[Key] = Counter()
    for scale, of_scale in told(scope).pairs.items():
        lacking = {one: pair for one, pair in of_scale.items() if pair.rise is None}
        for one in sessions(scope):
            if pair := lacking.get(one[ID]):
                found[one[ARM], scale, pair.before_missing, pair.after_missing] += 1
    for (arm, scale, before, after), number in found.items():
        yield "lacking", arm, scale, 0, 0, 0, 0, before, after, number, 0, 0


def _pain_pairs(scope: Scope) -> Iterator[Key]:
    found: Counter[Key] = Counter()
    for pair, number in Counter(told(scope).pairs.get(PAIN, {}).values()).items():
        if pair.rise is not None:
            found[pair.before, pair.after] += number
    for (before, after), number in found.items():
        yield "pair", None, PAIN, before, after, 0, 0, "", "", number, 0, 0


def _left_out(scope: Scope) -> Iterator[Key]:
    given = (one for one in sessions(scope) if one[STATUS] == "given" and not one[COUNTED])
    for arm, number in Counter(one[ARM] for one in given).items():
        yield "left_out", arm, "", 0, 0, 0, 0, "", "", number, 0, 0


def complete(scope: Scope) -> Rows:
    """Return the rows of `complete_sums`."""
    return [*_reasons(scope), *_late(scope), *_what_if(scope), *_raters(scope)]


def _reasons(scope: Scope) -> Iterator[Key]:
    found: Counter[Key] = Counter()
    for of_scale in told(scope).pairs.values():
        for pair, number in Counter(of_scale.values()).items():
            found[pair.scale, pair.before_missing, pair.after_missing] += number
    for key, number in found.items():
        yield "reason", *key, 0, 0, number, 0, 0, 0, 0, 0


def _late(scope: Scope) -> Iterator[Key]:
    # The days are compared first: an instant is dear to read.
    next_day = (one for one in sessions(scope) if one[RECORDED][:10] > one[AT][:10])
    late = {one[ID] for one in next_day if _between(one[AT], one[RECORDED]) > LATE_AFTER}
    for scale, of_scale in told(scope).pairs.items():
        if number := len(late & of_scale.keys()):
            yield "late", scale, "", "", 0, 0, number, 0, 0, 0, 0, 0


def _between(one: str, other: str) -> timedelta:
    return datetime.fromisoformat(other) - datetime.fromisoformat(one)


def _what_if(scope: Scope) -> Iterator[Key]:
    each = (
        ((scale, own[BOTH], own[GAPS]), own[AFTER] - own[BEFORE], own[OF_GAPS])
        for scale, (arm, _), own in _by_scale(scope, once(_patients, scope))
        if arm is None
    )
    for (scale, n, gaps), sums in _alike(each):
        yield "what_if", scale, "", "", n, gaps, *sums


def _raters(scope: Scope) -> Iterator[Key]:
    packing, patients = told(scope).packing, once(_patients, scope)
    raters = [(*key, place) for key, place in packing.places.items() if isinstance(key, tuple)]
    each = (
        ((scale, who, numbers[place][0]), numbers[place][2] - numbers[place][1], 0)
        for (arm, _), numbers in zip(patients, packing.unpacked(patients.values()), strict=True)
        if arm is None
        for scale, who, place in raters
        if numbers[place][0]
    )
    for (scale, who, n), sums in _alike(each):
        yield "rater", scale, who, "", n, 0, *sums[:3], 0, 0, 0


def by_week(scope: Scope) -> Rows:
    """Return the rows of `over_time`: of each week, and of all of them."""
    return once(_by_week, scope)


def _by_week(scope: Scope) -> Rows:
    found: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    weeks = (
        (scale, key[0], own) for scale, key, own in _by_scale(scope, once(_summed, scope).weeks)
    )
    whole = (
        (scale, None, own)
        for scale, (arm, _), own in _by_scale(scope, once(_patients, scope))
        if arm is None
    )
    for scale, monday, own in chain(weeks, whole):
        if scale in DRAWN:
            sums = found[monday, scale]
            sums[0] += own[BOTH] > 0
            sums[1] += own[BOTH]
            sums[2] += own[AFTER] - own[BEFORE]
            sums[3] += own[PAIRS]
    return [(*key, *sums) for key, sums in found.items()]


def therapists(scope: Scope) -> Rows:
    """Return the rows of `therapists`, each person's name left empty."""
    each = (
        ((scale, person, own[BOTH]), own[AFTER] - own[BEFORE], own[BEFORE])
        for scale, (person, _), own in _by_scale(scope, once(_summed, scope).people)
        if own[BOTH] and scale in DRAWN
    )
    found = [(scale, person, "", n, *sums[:4]) for (scale, person, n), sums in _alike(each)]
    for monday, scale, patients, both, _, pairs in by_week(scope):
        if monday is None:
            found.append((scale, None, "", patients, both, pairs - both, 0, 0))
    return found


def _alike(each: Iterable[tuple[Key, int, int]]) -> Iterator[tuple[Key, list[int]]]:
    """Fold those of the same key: how many, Σ and Σ² of one, the same of another, Σ of both."""
    found: dict[Key, list[int]] = {}
    for key, one, other in each:
        sums = found.get(key)
        if sums is None:
            found[key] = [1, one, one * one, other, other * other, one * other]
            continue
        sums[0] += 1
        sums[1] += one
        sums[2] += one * one
        sums[3] += other
        sums[4] += other * other
        sums[5] += one * other
    yield from found.items()
