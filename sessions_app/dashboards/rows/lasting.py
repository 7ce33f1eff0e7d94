"""What is left later over the courses of a scope, as the statement beside it would answer."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from operator import add
from typing import Any, NamedTuple

from sessions_app.dashboards.follow_ups import LATER
from sessions_app.dashboards.rows.reading import ARM, ID, courses, gaps_of, sessions
from sessions_app.dashboards.rows.scoring import (
    AFTER,
    BEFORE,
    BOTH,
    GAPS,
    OF_GAPS,
    by_scale,
    told,
)
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Piece, Rows
from sessions_app.outcomes.durability import LONGEST_GAP

_AT_ONCE = timedelta()
_LATER = frozenset(one.value for one in LATER)
Key = tuple[Any, ...]
Sums = dict[Key, list[int]]


def lasting(scope: Scope, measured: Rows) -> Rows:
    """Return the rows of `lasting_sums`; `measured` are the later scores as they are asked there.

    They are: session, scale, time point, value, patient, and the week of a weekly one.
    """
    walked = _walked(scope)
    return [
        *_numbers(scope, walked),
        *_pairs(scope, walked),
        *_still(scope, walked),
        *_later(scope, measured),
        *_weekly(measured),
    ]


class Walked(NamedTuple):
    """What was told in the courses, added up while one goes along them.

    By number of the session and by arm. `visits` are, for each patient, the pairs of the sessions
    that have a next one within 72 hours, and then the pairs of those: where both scores are there
    of every scale. The others are few, and stand by themselves: patient, session, next session.
    """

    numbers: dict[Key, int]
    arms: dict[str, int]
    visits: dict[str, int]
    nexts: dict[str, int]
    others: list[tuple[str, str, str]]


def _walked(scope: Scope) -> Walked:
    found = Walked(defaultdict(int), defaultdict(int), defaultdict(int), defaultdict(int), [])
    whole = told(scope).whole
    of, gaps, packed = courses(scope), gaps_of(scope), told(scope).by_session
    number_of = Counter(course.patient for course in of.values())
    for key, course in of.items():
        own, patient = [packed.get(one[ID], 0) for one in course.sessions], course.patient
        found.arms[course.arm] += sum(own)
        apart = patient if number_of[patient] > 1 else None  # who has one course counts once
        for number, one in enumerate(own, 1):
            if one:
                found.numbers[number, apart] += one
        for n, gap in enumerate(gaps[key]):
            if own[n] and _AT_ONCE < gap <= LONGEST_GAP:
                if own[n] & own[n + 1] & whole == whole:
                    found.visits[patient] += own[n]
                    found.nexts[patient] += own[n + 1]
                else:
                    both = course.sessions[n][ID], course.sessions[n + 1][ID]
                    found.others.append((patient, *both))
    return found


def _numbers(scope: Scope, walked: Walked) -> Iterator[Key]:
    """Sum the scores before by the number of the session in its course."""
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    for scale, (number, patient), own in by_scale(scope, walked.numbers):
        told_before = own[BOTH] + own[GAPS]
        one = sums[scale, number]
        one[0] += told_before > 0 if patient else told_before
        one[1] += told_before
        one[2] += own[BEFORE] + own[OF_GAPS]
    for (scale, number), (patients, n, befores) in sums.items():
        if n:
            yield "number", scale, "", None, number, patients, n, befores, 0, 0, 0, 0


def _pairs(scope: Scope, walked: Walked) -> Iterator[Key]:
    """Count the sessions with both scores by arm."""
    for scale, arm, own in by_scale(scope, walked.arms):
        if own[BOTH]:
            yield "pairs", scale, "", arm, 0, 0, own[BOTH], 0, 0, 0, 0, 0


def _still(scope: Scope, walked: Walked) -> Iterator[Key]:
    """Set each session beside the next of its course; first a patient's own, then all of them."""
    people: Sums = defaultdict(lambda: [0, 0, 0])
    for scale, patient, own in by_scale(scope, walked.visits):
        people[scale, patient] = [own[BOTH], own[AFTER] - own[BEFORE], -own[BEFORE]]
    for scale, patient, own in by_scale(scope, walked.nexts):
        people[scale, patient][2] += own[BEFORE]
    for scale, patient, fell, kept in _others(scope, walked.others):
        sums = people[scale, patient]
        sums[0] += 1
        sums[1] += fell
        sums[2] += kept
    found: dict[str, list[int]] = defaultdict(lambda: [0] * 7)
    for (scale, _), (n, fell, kept) in people.items():
        one = (1, n, fell, kept, fell * fell, fell * kept, kept * kept)
        found[scale] = list(map(add, found[scale], one))
    for scale, sums in found.items():
        yield "still", scale, "", None, 0, *sums


def _others(
    scope: Scope, others: list[tuple[str, str, str]]
) -> Iterator[tuple[str, str, int, int]]:
    """Return what changed, and what was left of it, where there is a next score before."""
    every = told(scope).pairs
    untold = {one for *_, one in others if any(one not in pairs for pairs in every.values())}
    beyond = _befores(scope, untold)
    for patient, session, following in others:
        for scale, pairs in every.items():
            pair, other = pairs.get(session), pairs.get(following)
            again = other.before if other else beyond.get((following, scale))
            if pair is not None and pair.rise is not None and again is not None:
                yield scale, patient, pair.rise, again - (pair.before or 0)


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
    counted: Counter[Key] = Counter()
    people: Sums = defaultdict(lambda: [0, 0, 0])
    of = told(scope).pairs
    arms = {one[ID]: one[ARM] for one in sessions(scope)} if measured else {}
    for session, scale, when, value, patient, _ in measured:
        pair = of[scale].get(session) if when in _LATER and scale in of else None
        if pair is not None and pair.rise is not None:
            counted[scale, when, arms[session]] += 1
            sums = people[scale, when, patient]
            sums[0] += 1
            sums[1] += value - pair.before
            sums[2] += pair.rise
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
