"""Which numbers of the network's page may be shown: small ones stay in their clinic.

All numbers of a page are judged together, since they rest on the same sessions: by clinic and by
arm, pain and mood, weeks and reasons. What is small, and by what it is judged:

- patients of an arm: by themselves, fewer than 5;
- patients of a clinic: fewer than 10 have no place in the funnel; and those left out are together
  10 or more, lest their mean be had from that of all less that of the others;
- sessions with both scores: by the patients who have them;
- all sessions that count: by the patients with both scores, where there are any, else by
  themselves (whose patients the others are is not kept in the sums);
- who had clearly less pain, by arm: see responder_parts.py;
- sessions without both scores, those written down late, planned ones, given ones, and those not
  given by reason: by themselves, as if each were of another patient.
"""

import uuid
from collections.abc import Hashable, Iterator
from functools import lru_cache

from sessions_app.dashboards.network import responder_parts
from sessions_app.dashboards.network.figures import SCALES, NetworkFigures, Planned
from sessions_app.outcomes.completeness import Completeness
from sessions_app.outcomes.enough import MINIMUM_PATIENTS
from sessions_app.outcomes.funnel import UnitSums
from sessions_app.outcomes.summary import Moments
from sessions_app.outcomes.tied_figures import OUTSIDE, Ends, Figure, Key, judged, to_hide
from sessions_app.vocabulary.scales import Scale

HIDDEN = "not shown"
CLINICS, ARMS = "clinics", "arms"
Told = list[tuple[Completeness, int]]
"""Of pain and of mood: how complete the scores are, and how many patients have both."""


class Withheld:
    """The page's numbers by key; one that may not be shown is told as None."""

    def __init__(self, found: NetworkFigures) -> None:
        """Judge them all."""
        self.figures = tuple(figures_of(found))
        self.hidden = _hidden(self.figures)
        self._known = {one.key: one.value for one in self.figures}

    def told(self, *key: Hashable) -> int | None:
        """Return a number, or None where it may not be shown; 0 where there is none."""
        key = key if key in self._known or len(key) < 4 else _every(key[0], key[1])
        return None if key in self.hidden else self._known.get(key, 0)

    def words(self, *key: Hashable) -> str:
        """Return the number as it stands on the page."""
        number = self.told(*key)
        return HIDDEN if number is None else str(number)

    def how_many(self, *kinds: str) -> tuple[int, int]:
        """How many numbers of some kinds are hidden, and how many there are; noughts are none."""
        there = [one.key for one in self.figures if one.value and one.key[0] in kinds]
        return sum(key in self.hidden for key in there), len(there)


def figures_of(found: NetworkFigures) -> Iterator[Figure]:
    """Every number of the page with the sums that it stands in."""
    yield from _patients(found)
    yield from _scores(found)
    yield from _late(found)
    yield from planned_figures(found.planned)


@lru_cache(maxsize=8)
def _hidden(figures: tuple[Figure, ...]) -> frozenset[Key]:
    hidden = set(to_hide(figures))
    for scale in SCALES:
        clinics = [one for one in figures if one.key[:1] == ("in funnel",) and one.key[2] is scale]
        hidden |= _left_out([one for one in clinics if one.value], hidden)
    return frozenset(hidden)


def _left_out(clinics: list[Figure], hidden: set[Key]) -> set[Key]:
    """Leave out more clinics, the smallest first, until those left out are of ten patients."""
    out = {one.key for one in clinics if one.key in hidden}
    patients = sum(one.value for one in clinics if one.key in out)
    for one in sorted(clinics, key=lambda one: (one.value, str(one.key))):
        if not 0 < patients < MINIMUM_PATIENTS:
            break
        if one.key not in out:
            out.add(one.key)
            patients += one.value
    return out


def _patients(found: NetworkFigures) -> Iterator[Figure]:
    """The patients of the clinics of a scale are those of the arms."""
    for scale in SCALES:
        ends: Ends = (OUTSIDE, ("patients", scale))
        for clinic in found.scope.clinics:
            number = found.units.get((clinic.pk, scale), UnitSums()).patients
            small = 0 < number < MINIMUM_PATIENTS
            yield Figure(("in funnel", clinic.pk, scale), number, ends[0], ends[1], small)
        for arm in found.arm_ids:
            number = found.moments.get((arm, scale), Moments()).patients
            key = ("patients", arm, scale)
            parts = ends[0]
            if scale is Scale.PAIN:
                parts = key
                yield from responder_parts.patients_of(found, arm, number, (parts, ends[0]))
            yield Figure(key, number, ends[1], parts, judged(number), dear=True)


def _every(side: Hashable, pk: Hashable) -> Key:
    """The key of all sessions that count, where pain and mood have the same."""
    return (side, pk, "all")


def _scores(found: NetworkFigures) -> Iterator[Figure]:
    """Sessions with both scores and without, of clinics and of arms, on both scales.

    Where all sessions of a row are as many on both scales, they are the same ones: then what is
    known of pain tells of mood, and the row's two halves hang together.
    """
    for side, pk, told in _rows(found):
        for scale, (one, patients) in zip(SCALES, told, strict=True):
            row, forth = (side, pk, scale), (scale is Scale.PAIN) is (side == CLINICS)
            for what, number, small in _halves(one, patients):
                source, target = _way((row, (what, scale, side)), forth=forth)
                key = (*row, what)
                if side == ARMS and scale is Scale.PAIN and what == "both":
                    yield from responder_parts.sessions_of(found, pk, number, (key, target))
                    target = key
                yield Figure(key, number, source, target, small)
        yield from _all_of_row(side, pk, told)
    yield from _whole(found)


def _halves(one: Completeness, patients: int) -> Iterator[tuple[str, int, bool]]:
    yield "both", one.complete, judged(one.complete, patients)
    yield "lacking", one.incomplete, judged(one.incomplete)


def _all_of_row(side: str, pk: Hashable, told: Told) -> Iterator[Figure]:
    """All sessions of a clinic or an arm: once, or on each scale apart where they differ."""
    pain, mood = ((side, pk, scale) for scale in SCALES)
    few = [judged(each.sessions, patients) for each, patients in told]
    first, second = (each.sessions for each, _ in told)
    if first == second:
        source, target = _way((mood, pain), forth=side == CLINICS)
        yield Figure(_every(side, pk), first, source, target, any(few), dear=True)
        return
    source, target = _way((OUTSIDE, pain), forth=side == CLINICS)
    yield Figure((*pain, "all"), first, source, target, few[0], dear=True)
    source, target = _way((OUTSIDE, mood), forth=side != CLINICS)
    yield Figure((*mood, "all"), second, source, target, few[1], dear=True)


def _rows(found: NetworkFigures) -> Iterator[tuple[str, uuid.UUID, Told]]:
    for clinic in found.scope.clinics:
        of = [(clinic.pk, scale) for scale in SCALES]
        patients = (found.units.get(key, UnitSums()).patients for key in of)
        counts = (found.of_clinics.get(key, Completeness()) for key in of)
        yield CLINICS, clinic.pk, list(zip(counts, patients, strict=True))
    for arm in found.arm_ids:
        of = [(arm, scale) for scale in SCALES]
        patients = (found.moments.get(key, Moments()).patients for key in of)
        counts = (found.of_arms.get(key, Completeness()) for key in of)
        yield ARMS, arm, list(zip(counts, patients, strict=True))


def _whole(found: NetworkFigures) -> Iterator[Figure]:
    """All clinics together, which is all arms together."""
    for scale in SCALES:
        units = (found.units.get((one.pk, scale), UnitSums()) for one in found.scope.clinics)
        patients = sum(one.patients for one in units)
        for what, number, small in _halves(whole(found, scale), patients):
            ends = (what, scale, CLINICS), (what, scale, ARMS)
            source, target = _way(ends, forth=scale is Scale.PAIN)
            yield Figure(("whole", scale, what), number, source, target, small, dear=True)


def whole(found: NetworkFigures, scale: Scale) -> Completeness:
    """How complete the scores of all clinics are."""
    of = (found.of_clinics.get((one.pk, scale), Completeness()) for one in found.scope.clinics)
    return sum(of, Completeness())


def _late(found: NetworkFigures) -> Iterator[Figure]:
    """Sessions that were written down late, by pain, which every protocol asks for."""
    total = 0
    for clinic in found.scope.clinics:
        number = found.of_clinics.get((clinic.pk, Scale.PAIN), Completeness()).late
        total += number
        yield Figure(("late", clinic.pk), number, OUTSIDE, "late", judged(number))
    yield Figure(("late", None), total, "late", OUTSIDE, judged(total), dear=True)


def planned_figures(there: Planned) -> Iterator[Figure]:
    """Weeks: what was planned was given or not; and what was not given has its reasons."""
    for week in there.given:
        given, lacking = there.given[week], there.not_given[week]
        row = ("week", week)
        every = given + lacking
        yield Figure((*row, "planned"), every, "planned", row, judged(every), dear=True)
        yield Figure((*row, "given"), given, row, "given", judged(given))
        yield Figure((*row, "not given"), lacking, row, "not given", judged(lacking))
    given, lacking = sum(there.given.values()), sum(there.not_given.values())
    every = given + lacking
    yield Figure(("weeks", "planned"), every, OUTSIDE, "planned", judged(every), dear=True)
    yield Figure(("weeks", "given"), given, "given", OUTSIDE, judged(given), dear=True)
    yield Figure(("weeks", "not given"), lacking, "not given", "why", judged(lacking), dear=True)
    for reason, number in there.reasons.items():
        yield Figure(("why", reason), number, "why", OUTSIDE, judged(number))


def _way(ends: Ends, *, forth: bool) -> Ends:
    return ends if forth else (ends[1], ends[0])
