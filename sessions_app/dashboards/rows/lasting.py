"""What is left later over the courses of a scope, as the statement beside it would answer."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sessions_app.dashboards.follow_ups import LATER
from sessions_app.dashboards.rows.reading import ARM, ID, Course, courses, gaps_of, sessions
from sessions_app.dashboards.rows.scoring import Pair, told
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
    held = {scale: _held(scope, pairs) for scale, pairs in told(scope).pairs.items()}
    beyond = _befores(scope, {one[0] for own in held.values() for one in own.beyond})
    return [
        *(row for scale, own in held.items() for row in own.rows(scale, beyond)),
        *_later(scope, measured),
        *_weekly(measured),
    ]


@dataclass
class Held:
    """One scale over the courses: by number of the session, by arm, and beside the next session.

    `visits` are each patient's pairs with the next score before, Σ of the change and Σ of what was
    left of it. Where the next session has no score of the scope, it is looked for `beyond`.
    """

    numbers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    patients: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    arms: Counter[str] = field(default_factory=Counter)
    visits: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    beyond: list[tuple[str, str, Pair]] = field(default_factory=list)

    def take(self, course: Course, gaps: list[timedelta], pairs: Mapping[str, Pair]) -> None:
        """Take the sessions of a course along."""
        own, patient = [pairs.get(one[ID]) for one in course.sessions], course.patient
        for number, pair in enumerate(own, 1):
            if pair is None or pair.before is None:
                continue
            sums = self.numbers[number]
            sums[0] += 1
            sums[1] += pair.before
            self.patients[number].add(patient)
            if pair.rise is None:
                continue
            self.arms[course.arm] += 1
            if number < len(own) and _AT_ONCE < gaps[number - 1] <= LONGEST_GAP:
                following = own[number]
                if following is None:
                    self.beyond.append((course.sessions[number][ID], patient, pair))
                elif following.before is not None:
                    self._visit(patient, pair, following.before)

    def _visit(self, patient: str, pair: Pair, again: int) -> None:
        sums = self.visits[patient]
        sums[0] += 1
        sums[1] += pair.rise or 0
        sums[2] += again - (pair.before or 0)

    def rows(self, scale: str, beyond: Mapping[tuple[str, str], int]) -> Iterator[Key]:
        """Return its rows, once it is known what was told beyond the scope."""
        for number, own in self.numbers.items():
            yield "number", scale, "", None, number, len(self.patients[number]), *own, 0, 0, 0, 0
        for arm, n in self.arms.items():
            yield "pairs", scale, "", arm, 0, 0, n, 0, 0, 0, 0, 0
        for session, patient, pair in self.beyond:
            if (session, scale) in beyond:
                self._visit(patient, pair, beyond[session, scale])
        each = [
            (1, n, fell, kept, fell**2, fell * kept, kept**2)
            for n, fell, kept in self.visits.values()
        ]
        if each:
            yield "still", scale, "", None, 0, *map(sum, zip(*each, strict=True))


def _held(scope: Scope, pairs: Mapping[str, Pair]) -> Held:
    found, gaps = Held(), gaps_of(scope)
    for key, course in courses(scope).items():
        found.take(course, gaps[key], pairs)
    return found


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
