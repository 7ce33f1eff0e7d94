"""Recording a dose or treatment, correcting it, taking it back; and the fact that comes with it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from sessions_app.audit.models import AuditEvent
from sessions_app.patients import actions as patients
from sessions_app.patients.facts import facts_of
from sessions_app.safety.assess import assess
from sessions_app.timing import actions
from sessions_app.timing.models import TimedCare
from sessions_app.timing.policies import AlreadyWithdrawn, kinds_for
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.timed import TimedKind, TimedSource
from tests.universe import Universe

DOSE, RAYS = TimedKind.OPIOID_BREAKTHROUGH, TimedKind.RADIOTHERAPY


def record(universe: Universe, kind: TimedKind = DOSE, minutes: int = 0, **more: Any) -> TimedCare:
    """Record something for Bruno, so many minutes ago; ahead where negative."""
    more.setdefault("client_key", uuid.uuid4())
    more.setdefault("by", universe.therapist)
    happens_at = universe.now - timedelta(minutes=minutes)
    return actions.record(patient=universe.bruno, kind=kind, happens_at=happens_at, **more)


def facts(universe: Universe, kind: FactKind) -> list[Any]:
    return list(universe.bruno.facts.filter(kind=kind.value).order_by("recorded_at"))


def says(universe: Universe) -> set[str]:
    """Return the rules that speak for Bruno today."""
    known = facts_of(universe.birchwood.pk, universe.bruno.pk, universe.today, universe.today)
    return {one.rule for one in assess(known, None, universe.today).findings}


def test_the_same_key_is_the_same_row_and_another_key_the_same_minute_is_refused(
    universe: Universe,
) -> None:
    key = uuid.uuid4()
    first = record(universe, client_key=key, note="10 mg")
    assert record(universe, client_key=key, note="10 mg").pk == first.pk
    with pytest.raises(IntegrityError):
        record(universe)
    assert universe.bruno.timed_care.count() == 1


def test_a_tap_sent_again_a_minute_later_is_the_same_row(universe: Universe) -> None:
    key, minute = uuid.uuid4(), timedelta(minutes=1)
    first = record(universe, minutes=30, client_key=key, at=universe.now)
    later = universe.now + minute
    assert record(universe, minutes=29, client_key=key, at=later).pk == first.pk


@pytest.mark.parametrize(
    "other",
    [
        {"minutes": 30},
        {"note": "5 mg"},
        {"kind": TimedKind.OPIOID_REGULAR},
    ],
)
def test_the_same_key_with_something_else_is_refused(
    universe: Universe, other: dict[str, Any]
) -> None:
    key = uuid.uuid4()
    record(universe, client_key=key, at=universe.now)
    with pytest.raises(IntegrityError):
        record(universe, client_key=key, at=universe.now, **other)
    assert universe.bruno.timed_care.count() == 1


def test_a_correction_that_arrives_twice_is_one(universe: Universe) -> None:
    first = record(universe, minutes=10)
    said = {
        "happens_at": universe.now - timedelta(minutes=25), "client_key": uuid.uuid4(),
        "by": universe.therapist,
    }  # fmt: skip
    once = actions.correct(first, **said)
    assert actions.correct(first, **said).pk == once.pk
    with pytest.raises(AlreadyWithdrawn):
        actions.correct(first, **{**said, "happens_at": universe.now})


def test_the_same_person_takes_back_twice_for_the_same_reason(universe: Universe) -> None:
    row = record(universe)
    once = actions.withdraw(row, reason="not given", by=universe.therapist)
    again = actions.withdraw(row, reason="not given", by=universe.therapist)
    assert again.withdrawn_at == once.withdrawn_at
    with pytest.raises(AlreadyWithdrawn):
        actions.withdraw(row, reason="not given", by=universe.supervisor)
    assert AuditEvent.objects.filter(action="timing.withdrawn").count() == 1


def test_the_source_is_kept(universe: Universe) -> None:
    assert record(universe, source=TimedSource.IMPORT).source == "import"


def test_a_correction_stands_in_the_place_of_the_first_and_both_are_kept(
    universe: Universe,
) -> None:
    first = record(universe, minutes=10)
    later = universe.now - timedelta(minutes=25)
    new = actions.correct(first, happens_at=later, client_key=uuid.uuid4(), by=universe.supervisor)
    first.refresh_from_db()
    assert (new.replaces_id, new.kind, new.happens_at) == (first.pk, first.kind, later)
    assert first.withdrawn_by_id == universe.supervisor.user_id
    assert list(universe.bruno.timed_care.all().standing()) == [new]
    event = AuditEvent.objects.filter(action="timing.corrected").latest("at")
    assert event.new["replaces"] == str(first.pk)


def test_what_was_taken_back_cannot_be_corrected_or_taken_back_again(universe: Universe) -> None:
    row = record(universe)
    actions.withdraw(row, reason="another patient's", by=universe.therapist)
    row.refresh_from_db()
    assert row.withdrawn_reason == "another patient's"
    with pytest.raises(AlreadyWithdrawn):
        actions.withdraw(row, reason="again", by=universe.therapist)
    with pytest.raises(AlreadyWithdrawn):
        actions.correct(
            row, happens_at=universe.now, client_key=uuid.uuid4(), by=universe.therapist
        )
    assert record(universe).pk != row.pk


@pytest.mark.parametrize(
    ("kind", "fact", "rule"),
    [
        (TimedKind.RADIOTHERAPY, FactKind.RADIOTHERAPY, "R1"),
        (TimedKind.CHEMOTHERAPY, FactKind.CHEMOTHERAPY, "C1"),
        (TimedKind.PROCEDURE, FactKind.PROCEDURE, "W2"),
    ],
)
def test_a_treatment_that_took_place_is_a_fact_and_the_rules_speak(
    universe: Universe, kind: TimedKind, fact: FactKind, rule: str
) -> None:
    row = record(universe, kind, minutes=30)
    [made] = facts(universe, fact)
    assert row.fact_id == made.pk
    assert (made.observed_on, made.source) == (universe.today, "recorded with its time")
    assert rule in says(universe)
    actions.withdraw(row, reason="not given", by=universe.therapist)
    assert rule not in says(universe)


@pytest.mark.parametrize("kind", [kind for kind in TimedKind if kind.fact is None])
def test_a_dose_is_no_fact(universe: Universe, kind: TimedKind) -> None:
    before = universe.bruno.facts.count()
    assert record(universe, kind).fact is None
    assert universe.bruno.facts.count() == before


def test_a_plan_is_no_fact_until_somebody_says_that_it_took_place(universe: Universe) -> None:
    planned = record(universe, RAYS, minutes=-60)
    assert not planned.took_place
    assert facts(universe, FactKind.RADIOTHERAPY) == []
    assert "R1" not in says(universe)
    later = planned.happens_at + timedelta(minutes=30)
    given = actions.correct(
        planned, happens_at=planned.happens_at, client_key=uuid.uuid4(), by=universe.therapist,
        at=later,
    )  # fmt: skip
    assert given.took_place
    assert [one.pk for one in facts(universe, FactKind.RADIOTHERAPY)] == [given.fact_id]


def test_each_treatment_of_a_series_goes_to_the_field_that_is_known(universe: Universe) -> None:
    patients.record_fact(
        patient=universe.bruno, kind=FactKind.RADIOTHERAPY, sites=[BodySite.SPINE_LUMBAR],
        observed_on=universe.today - timedelta(days=3), source="letter", by=universe.therapist,
    )  # fmt: skip
    row = record(universe, RAYS, minutes=10)
    assert [one.sites for one in facts(universe, FactKind.RADIOTHERAPY)] == [["spine_lumbar"]] * 2
    actions.withdraw(row, reason="not given", by=universe.therapist)
    assert "R1" in says(universe)


def test_what_the_chart_says_of_the_day_is_not_said_twice(universe: Universe) -> None:
    first, second = record(universe, RAYS, minutes=20), record(universe, RAYS, minutes=10)
    assert first.fact_id is not None
    assert second.fact_id is None


def days(universe: Universe) -> set[timedelta]:
    """Return how many days ago the radiotherapies were that stand as facts."""
    known = facts(universe, FactKind.RADIOTHERAPY)
    return {universe.today - one.observed_on for one in known if one.stands_on(universe.today)}


@pytest.mark.parametrize(("first", "then"), [(0, 1), (1, 0), (3, 2), (2, 3)])
def test_a_treatment_moved_to_another_day_is_a_fact_of_that_day(
    universe: Universe, first: int, then: int
) -> None:
    row = record(universe, RAYS, minutes=first * 24 * 60)
    moved = universe.now - timedelta(days=then)
    new = actions.correct(row, happens_at=moved, client_key=uuid.uuid4(), by=universe.therapist)
    assert days(universe) == {timedelta(days=then)}
    assert new.fact is not None
    assert "R1" in says(universe)


@pytest.mark.parametrize("other", [0, 1])
def test_taking_back_one_of_two_treatments_leaves_the_other_a_fact(
    universe: Universe, other: int
) -> None:
    first = record(universe, RAYS)
    second = record(universe, RAYS, minutes=other * 24 * 60 + 1)
    third = record(universe, RAYS, minutes=(other + 1) * 24 * 60)
    assert (second.fact, third.fact) == (None, None)
    actions.withdraw(first, reason="not given", by=universe.therapist)
    assert days(universe) == {timedelta(days=other)}
    assert "R1" in says(universe)
    for row in (second, third):
        actions.withdraw(row, reason="not given", by=universe.therapist)
    assert days(universe) == set()
    assert "R1" not in says(universe)


def test_a_volunteer_records_doses_and_no_fact(universe: Universe) -> None:
    assert record(universe, by=universe.volunteer).pk
    assert RAYS not in kinds_for(universe.volunteer)
    assert set(kinds_for(universe.therapist)) == set(TimedKind)
    with pytest.raises(PermissionDenied):
        record(universe, RAYS, minutes=3, by=universe.volunteer)
    assert not universe.bruno.timed_care.filter(kind=RAYS.value).exists()


def test_an_admin_records_nothing(universe: Universe) -> None:
    with pytest.raises(PermissionDenied):
        record(universe, by=universe.admin)
