"""Missing scores, late entries, who told, and what the missing could do."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.change import change
from sessions_app.outcomes.completeness import (
    Completeness,
    PowerSums,
    RatedBy,
    SensitivitySums,
    WithoutAfter,
    by_rater,
    is_late,
    rated_by,
    sensitivity,
)
from sessions_app.outcomes.summary import Moments, PatientSums, mean_change
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.records import Reporter
from sessions_app.vocabulary.scales import Scale

GIVEN = datetime(2026, 3, 1, 10, tzinfo=UTC)
scores = st.integers(0, 10)
sessions = st.lists(st.tuples(scores, st.none() | scores), max_size=5)
cohorts = st.lists(sessions, max_size=15)
Cohort = list[list[tuple[int, int | None]]]


def sums(scale: Scale, cohort: Cohort) -> SensitivitySums:
    return SensitivitySums.of(scale, (one_patient(scale, rows) for rows in cohort))


def one_patient(
    scale: Scale, rows: list[tuple[int, int | None]]
) -> tuple[PatientSums, WithoutAfter]:
    there = PatientSums.of(change(scale, b, a) for b, a in rows if a is not None)
    gaps = [b for b, a in rows if a is None]
    return there, WithoutAfter(len(gaps), sum(gaps))


@pytest.mark.parametrize(("hours", "late"), [(0, False), (24, False), (24.01, True), (100, True)])
def test_late_is_more_than_24_hours(hours: float, late: bool) -> None:
    assert is_late(GIVEN, GIVEN + timedelta(hours=hours)) is late


@pytest.mark.parametrize(
    ("before_by", "after_by", "who"),
    [
        (Reporter.PATIENT, Reporter.PATIENT, RatedBy.PATIENT),
        (Reporter.THERAPIST, Reporter.THERAPIST, RatedBy.THERAPIST),
        (Reporter.PROXY, Reporter.PROXY, RatedBy.PROXY),
        (Reporter.PATIENT, Reporter.THERAPIST, RatedBy.MIXED),
        (Reporter.PROXY, Reporter.PATIENT, RatedBy.MIXED),
    ],
)
def test_who_rated(before_by: Reporter, after_by: Reporter, who: RatedBy) -> None:
    assert rated_by(before_by, after_by) is who


def test_every_reporter_has_a_group_of_its_own() -> None:
    assert {rated_by(one, one).value for one in Reporter} == set(Reporter.codes())


def test_counts_merge_and_keep_their_reasons() -> None:
    asleep, died = MissingReason.ASLEEP, MissingReason.DIED
    both = Completeness(10, 8, 1, {asleep: 1}, {asleep: 2}) + Completeness(
        5, 5, 0, {}, {asleep: 1, died: 1}
    )
    assert both == Completeness(15, 13, 1, {asleep: 1}, {asleep: 3, died: 1})
    assert both.incomplete == 2


@pytest.mark.parametrize(
    ("given_ones", "complete", "share", "much"),
    [(0, 0, None, False), (10, 10, 0, False), (10, 8, 0.2, False), (100, 79, 0.21, True)],
)
def test_more_than_a_fifth_missing_is_said(
    given_ones: int, complete: int, share: float | None, much: bool
) -> None:
    found = Completeness(given_ones, complete)
    assert (found.share_missing, found.much_is_missing) == (share, much)


@pytest.mark.parametrize(
    ("scale", "gap", "worst"),
    [
        (Scale.PAIN, WithoutAfter(1, 7), -3),  # 7 → 10
        (Scale.PAIN, WithoutAfter(2, 0), -20),  # 0 → 10, twice: 0 is a score
        (Scale.MOOD, WithoutAfter(1, 7), -7),  # 7 → 0
        (Scale.MOOD, WithoutAfter(2, 0), 0),  # was at the worst already
        (Scale.PAIN, WithoutAfter(), 0),
    ],
)
def test_the_worst_that_could_have_been(scale: Scale, gap: WithoutAfter, worst: int) -> None:
    assert gap.worst(scale) == worst


@given(cohort=cohorts)
def test_filling_in_is_the_same_as_having_had_the_scores(cohort: Cohort) -> None:
    for scale, bad_end in ((Scale.PAIN, 10), (Scale.MOOD, 0)):
        found = sums(scale, cohort)
        same = [[(b, b if a is None else a) for b, a in rows] for rows in cohort]
        worst = [[(b, bad_end if a is None else a) for b, a in rows] for rows in cohort]
        assert found.no_change == sums(scale, same).observed
        assert found.worst_case == sums(scale, worst).observed


@given(cohort=cohorts)
def test_the_worst_case_is_never_above_the_others(cohort: Cohort) -> None:
    found = sums(Scale.PAIN, cohort)
    assert found.worst_case.total <= found.no_change.total == found.observed.total
    assert found.no_change.sessions == found.observed.sessions + found.filled


@given(here=cohorts, there=cohorts)
def test_merging_two_groups_of_patients_is_the_whole(here: Cohort, there: Cohort) -> None:
    assert sums(Scale.PAIN, here) + sums(Scale.PAIN, there) == sums(Scale.PAIN, here + there)


@given(cohort=cohorts)
def test_a_scale_turned_round_gives_the_same(cohort: Cohort) -> None:
    mood = [[(10 - b, None if a is None else 10 - a) for b, a in rows] for rows in cohort]
    assert sums(Scale.PAIN, cohort) == sums(Scale.MOOD, mood)


def test_sensitivity_shows_three_means() -> None:
    found = sensitivity(sums(Scale.PAIN, [[(6, 4), (6, None)]] * 10))
    assert (found.observed.mean, found.no_change.mean, found.worst_case.mean) == (2, 1, -1)
    assert found.filled == 10


def test_the_mean_apart_by_who_told() -> None:
    few, many = Moments.of([PatientSums(1, 3)] * 3), Moments.of([PatientSums(2, 3)] * 10)
    found = by_rater({RatedBy.MIXED: few, RatedBy.PATIENT: many})
    assert list(found.items()) == [
        (RatedBy.PATIENT, mean_change(many)),
        (RatedBy.MIXED, mean_change(few)),
    ]
    assert found[RatedBy.MIXED].hidden_because == "needs 10 patients with both scores; you have 3"


@pytest.mark.parametrize(("n", "befores"), [(-1, 0), (0, 3)])
def test_sums_that_cannot_be_are_refused(n: int, befores: int) -> None:
    with pytest.raises(ValueError, match="scores cannot sum to"):
        WithoutAfter(n, befores)


@given(st.sampled_from([Scale.PAIN, Scale.MOOD]), cohorts)
def test_patients_who_are_alike_may_be_summed_before(scale: Scale, cohort: Cohort) -> None:
    alike: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for rows in cohort:
        gaps = [b for b, a in rows if a is None]
        rise = sum(a - b for b, a in rows if a is not None)
        alike.setdefault((len(rows) - len(gaps), len(gaps)), []).append((rise, sum(gaps)))
    found = SensitivitySums()
    for (n, gaps_each), each in alike.items():
        powers = PowerSums(
            sum(s for s, _ in each), sum(s * s for s, _ in each), sum(b for _, b in each),
            sum(b * b for _, b in each), sum(s * b for s, b in each),
        )  # fmt: skip
        found += SensitivitySums.of_alike(scale, n, gaps_each, len(each), powers)
    assert found == sums(scale, cohort)
