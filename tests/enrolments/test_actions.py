"""A patient goes on a protocol, and leaves it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from sessions_app.audit.models import AuditEvent
from sessions_app.enrolments import actions
from sessions_app.enrolments.models import Enrolment
from sessions_app.enrolments.policies import criteria
from sessions_app.protocols import registry
from tests.universe import Universe


def enrol(universe: Universe, **changes: Any) -> Enrolment:
    arm_id = universe.arm("rest", "massage")
    usual = {
        "patient": universe.chen, "arm_id": arm_id, "starts_on": universe.today,
        "checklist": universe.checklist(arm_id), "by": universe.therapist,
    }  # fmt: skip
    return actions.enrol(**{**usual, **changes})


def test_a_patient_who_meets_the_criteria_is_inside_the_protocol(universe: Universe) -> None:
    row = Enrolment.objects.get(pk=enrol(universe).pk)
    assert not row.outside_protocol
    assert row.checklist == universe.checklist(row.arm_id)
    assert (row.patient_id, row.enrolled_by_id) == (universe.chen.pk, universe.therapist.user_id)


def test_every_other_answer_labels_the_course_and_forbids_nothing(universe: Universe) -> None:
    arm_id = universe.arm("rest", "massage")
    right = universe.checklist(arm_id)
    for question in criteria(registry.course(arm_id).protocol):
        wrong = "no" if right[question.code] == "yes" else "yes"
        for answer in (wrong, "unknown"):
            with transaction.atomic():
                row = enrol(universe, checklist={**right, question.code: answer})
                assert row.outside_protocol, question.code
                transaction.set_rollback(True)


def test_an_unanswered_checklist_is_outside_the_protocol(universe: Universe) -> None:
    assert enrol(universe, checklist={}).outside_protocol


def test_a_patient_is_on_one_course_at_a_time(universe: Universe) -> None:
    first = enrol(universe)
    assert enrol(universe).pk == first.pk  # the same form, sent twice
    with pytest.raises(IntegrityError), transaction.atomic():
        enrol(universe, starts_on=universe.today - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        enrol(universe, by=universe.supervisor)
    actions.end(first, ended_on=universe.today, reason="moved", by=universe.therapist)
    assert enrol(universe).pk != first.pk


def test_an_ended_course_keeps_its_first_day_and_reason(universe: Universe) -> None:
    row = universe.ada_course
    actions.end(row, ended_on=universe.today, reason="went home", by=universe.therapist)
    later = universe.today + timedelta(days=1)
    again = actions.end(row, ended_on=later, reason="changed mind", by=universe.therapist)
    assert (again.ended_on, again.end_reason) == (universe.today, "went home")
    assert AuditEvent.objects.filter(subject_id=row.pk, action="enrolment.ended").count() == 1
    assert row.pk not in Enrolment.objects.running().values_list("pk", flat=True)


@pytest.mark.parametrize("who", ["volunteer", "admin"])
def test_who_may_not_enrol_is_told_so(universe: Universe, who: str) -> None:
    with pytest.raises(PermissionDenied, match="put a patient on a protocol"):
        enrol(universe, by=getattr(universe, who))
    with pytest.raises(PermissionDenied, match="put a patient on a protocol"):
        actions.end(
            universe.ada_course, ended_on=universe.today, reason="x", by=getattr(universe, who)
        )


def test_another_clinics_patient_cannot_be_enrolled_or_ended(universe: Universe) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        enrol(universe, patient=universe.farah)
    with pytest.raises(Enrolment.DoesNotExist):
        actions.end(
            universe.farah_course, ended_on=universe.today, reason="x", by=universe.therapist
        )
