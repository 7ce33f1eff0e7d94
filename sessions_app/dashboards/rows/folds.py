"""Sums of the score pairs of a scope, as the statements beside them would answer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from operator import add
from typing import Any

from sessions_app.dashboards.rows.reading import Scores, scores, sessions
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Rows
from sessions_app.outcomes.responders import LEAST_BEFORE
from sessions_app.vocabulary.scales import Scale

PAIN = Scale.PAIN.value
DRAWN = frozenset({Scale.PAIN.value, Scale.MOOD.value})
Key = tuple[Any, ...]
People = dict[Key, list[int]]


def became(scope: Scope) -> Rows:
    """Count sessions by week, arm, status and reason."""
    of = sessions(scope)
    told = Counter(zip(of.monday, of.arm, of.status, of.reason, strict=True))
    return [(*key, number) for key, number in told.items()]


def changes(scope: Scope) -> Rows:
    """Return the rows of `change_sums`."""
    people: People = defaultdict(lambda: [0, 0, 0, 0, 0])
    lacking: Counter[Key] = Counter()
    pairs: Counter[Key] = Counter()
    of = scores(scope)
    for arm, scale, patient, before, after, *missing in _columns(
        of, "arm", "scale", "patient", "before", "after", "before_missing", "after_missing"
    ):
        if before is None or after is None:
            lacking[(arm, scale, *missing)] += 1
            continue
        sums = people[arm, scale, patient]
        sums[0] += 1
        sums[4] += after - before
        if scale == PAIN:
            pairs[before, after] += 1
            if before >= LEAST_BEFORE:
                sums[1] += 1
                sums[2] += 10 * (before - after) >= 3 * before
                sums[3] += before - after >= 2
    return [*_of_changes(people, lacking, pairs), *_left_out(scope)]


def _of_changes(people: People, lacking: Counter[Key], pairs: Counter[Key]) -> Iterator[Key]:
    everybody: People = defaultdict(lambda: [0, 0, 0, 0, 0])
    for (_, scale, patient), own in people.items():
        everybody[scale, patient] = list(map(add, everybody[scale, patient], own))
    by_arm = (((arm, scale, *own[:4]), own[4:]) for (arm, scale, _), own in people.items())
    of_all = (((None, scale, *own[:4]), own[4:]) for (scale, _), own in everybody.items())
    for kind, each in (("arm", by_arm), ("all", of_all)):
        for key, sums in _alike(each):
            yield kind, *key, "", "", *sums[:3]
    for (arm, scale, before, after), number in lacking.items():
        yield "lacking", arm, scale, 0, 0, 0, 0, before, after, number, 0, 0
    for (before, after), number in pairs.items():
        yield "pair", None, PAIN, before, after, 0, 0, "", "", number, 0, 0


def _left_out(scope: Scope) -> Iterator[Key]:
    of = sessions(scope)
    told = zip(of.arm, of.status, of.counted, strict=True)
    given = Counter(arm for arm, status, counted in told if status == "given" and not counted)
    for arm, number in given.items():
        yield "left_out", arm, "", 0, 0, 0, 0, "", "", number, 0, 0


def complete(scope: Scope) -> Rows:
    """Return the rows of `complete_sums`."""
    of, its = scores(scope), sessions(scope)
    reasons = Counter(zip(of.scale, of.before_missing, of.after_missing, strict=True))
    late = {session for session, late in zip(its.session, its.late, strict=True) if late}
    told = zip(of.scale, of.session, strict=True)
    of_late = Counter(scale for scale, session in told if session in late) if late else Counter()
    people: People = defaultdict(lambda: [0, 0, 0, 0])
    raters: People = defaultdict(lambda: [0, 0])
    for scale, patient, before, after, who in _columns(
        of, "scale", "patient", "before", "after", "who"
    ):
        sums = people[scale, patient]
        if before is None:
            continue
        if after is None:
            sums[1] += 1
            sums[3] += before
            continue
        sums[0] += 1
        sums[2] += after - before
        own = raters[scale, who, patient]
        own[0] += 1
        own[1] += after - before
    return [
        *(("reason", *key, 0, 0, number, 0, 0, 0, 0, 0) for key, number in reasons.items()),
        *(("late", key, "", "", 0, 0, number, 0, 0, 0, 0, 0) for key, number in of_late.items()),
        *_of_people(people),
        *_of_raters(raters),
    ]


def _of_people(people: People) -> Iterator[Key]:
    each = (((scale, *own[:2]), own[2:]) for (scale, _), own in people.items())
    for (scale, n, gaps), sums in _alike(each):
        yield "what_if", scale, "", "", n, gaps, *sums


def _of_raters(raters: People) -> Iterator[Key]:
    each = (((scale, who, own[0]), own[1:]) for (scale, who, _), own in raters.items())
    for (scale, who, n), sums in _alike(each):
        yield "rater", scale, who, "", n, 0, *sums[:3], 0, 0, 0


def by_week(scope: Scope) -> Rows:
    """Return the rows of `over_time`: of each week, and of all of them."""
    weeks: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    who: dict[Key, set[str]] = defaultdict(set)
    for monday, scale, patient, before, after in _columns(
        scores(scope), "monday", "scale", "patient", "before", "after"
    ):
        if scale not in DRAWN:
            continue
        sums = weeks[monday, scale]
        sums[2] += 1
        if before is not None and after is not None:
            sums[0] += 1
            sums[1] += after - before
            who[monday, scale].add(patient)
    for (monday, scale), sums in list(weeks.items()):
        whole = weeks[None, scale]
        whole[:] = map(add, whole, sums)
        who[None, scale] |= who[monday, scale]
    return [(*key, len(who[key]), *sums) for key, sums in weeks.items()]


def therapists(scope: Scope) -> Rows:
    """Return the rows of `therapists`, each person's name left empty."""
    people: People = defaultdict(lambda: [0, 0, 0])
    missing: Counter[str] = Counter()
    seen: set[str] = set()
    for scale, person, patient, before, after in _columns(
        scores(scope), "scale", "person", "patient", "before", "after"
    ):
        if scale not in DRAWN:
            continue
        seen.add(scale)
        if before is None or after is None:
            missing[scale] += 1
            continue
        sums = people[scale, person, patient]
        sums[0] += 1
        sums[1] += after - before
        sums[2] += before
    each = (((scale, who, own[0]), own[1:]) for (scale, who, _), own in people.items())
    found: Rows = [(scale, who, "", n, *sums[:4]) for (scale, who, n), sums in _alike(each)]
    for scale in seen:
        patients = len({patient for one, _, patient in people if one == scale})
        number = sum(own[0] for (one, *_), own in people.items() if one == scale)
        found.append((scale, None, "", patients, number, missing[scale], 0, 0))
    return found


def _alike(each: Iterable[tuple[Key, list[int]]]) -> Iterator[tuple[Key, list[int]]]:
    """Fold those of the same key: how many, Σ and Σ² of one, the same of another, Σ of both."""
    found: dict[Key, list[int]] = {}
    for key, own in each:
        one, other = own[0], own[1] if len(own) > 1 else 0
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
    for key, sums in found.items():
        yield key, sums


def _columns(of: Scores, *names: str) -> Iterator[Any]:
    return zip(*(getattr(of, name) for name in names), strict=True)
