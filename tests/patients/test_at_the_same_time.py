"""Two who write about one patient at the same moment (PostgreSQL, real commits)."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.audit.chain import first_fault
from sessions_app.audit.models import AuditEvent
from sessions_app.enrolments import actions as enrolments
from sessions_app.patients import actions, asked_actions, order_actions
from sessions_app.patients.models import Patient
from sessions_app.sessions import later_actions as later
from sessions_app.sessions.record import Rating
from sessions_app.timing import actions as timing
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timed import TimedKind
from sessions_app.vocabulary.timepoints import TimePoint
from tests.reading import Page
from tests.sessions.test_at_the_same_time import THREADS, together
from tests.universe import Universe

pytestmark = pytest.mark.postgres


def test_one_form_sent_eight_times_at_once_is_one_fact_and_one_order(committed: Universe) -> None:
    fact = {
        "patient": committed.bruno, "kind": FactKind.DIZZINESS, "observed_on": committed.today,
        "source": "ward round", "by": committed.therapist,
    }  # fmt: skip
    got = together(lambda: actions.record_fact(**fact) for _ in range(THREADS))
    assert len({row.pk for row in got}) == 1
    order = {
        "patient": committed.bruno, "rules": ["H2"], "up_to": 1, "clinician_name": "Dr Oduya",
        "clinician_role": "oncologist", "ordered_on": committed.today,
        "expires_on": committed.today + timedelta(days=7), "by": committed.therapist,
    }  # fmt: skip
    got = together(lambda: order_actions.record_order(**order) for _ in range(THREADS))
    assert len({row.pk for row in got}) == 1


def test_a_form_sent_eight_times_at_once_is_one_chart_one_course_and_one_score(
    committed: Universe,
) -> None:
    told = {
        "chart_number": "C-twice", "given_names": "Ella", "family_name": "Ellason",
        "birth_date": date(1950, 3, 1), "by": committed.therapist,
    }  # fmt: skip
    charts = together(lambda: actions.register(**told) for _ in range(THREADS))
    assert len({row.pk for row in charts}) == 1
    course = {
        "patient": charts[0], "arm_id": committed.arm("rest", "massage"),
        "starts_on": committed.today, "checklist": {"adult": "yes"}, "by": committed.therapist,
    }  # fmt: skip
    courses = together(lambda: enrolments.enrol(**course) for _ in range(THREADS))
    assert len({row.pk for row in courses}) == 1
    score = {
        "scale": Scale.MOOD, "time_point": TimePoint.NEXT_DAY, "rating": Rating(5),
        "measured_at": committed.now, "by": committed.therapist,
    }  # fmt: skip
    session = committed.diego_session
    got = together(lambda: later.add_follow_up(session, **score) for _ in range(THREADS))
    assert len({row.pk for row in got}) == 1
    for row in (charts[0], courses[0], got[0]):
        assert AuditEvent.objects.filter(clinic_id=row.clinic_id, subject_id=row.pk).count() == 1
    assert first_fault(committed.birchwood.pk) is None


def test_a_treatment_taken_back_and_a_chart_amended_at_once_do_not_wait_for_each_other_for_ever(
    committed: Universe,
) -> None:
    when = [committed.now - timedelta(minutes=5 * n) for n in range(THREADS)]
    given = [
        timing.record(
            patient=committed.bruno, kind=TimedKind.RADIOTHERAPY, happens_at=moment,
            client_key=uuid.uuid4(), by=committed.therapist,
        )
        for moment in when
    ]  # fmt: skip
    by = committed.therapist
    got = together(
        [
            *(lambda row=row: timing.withdraw(row, reason="not given", by=by) for row in given),
            *(lambda n=n: actions.amend(committed.bruno, by=by, room=str(n)) for n in range(4)),
            *(
                lambda: asked_actions.say_none(
                    committed.bruno, kinds=[FactKind.FEVERISH], on=committed.today, by=by
                )
                for _ in range(4)
            ),
        ]
    )
    assert [one for one in got if isinstance(one, Exception)] == []
    assert first_fault(committed.birchwood.pk) is None


def test_four_who_amend_one_chart_at_the_same_moment_lose_nothing(committed: Universe) -> None:
    where = reverse("patients:amend", args=[committed.bruno.pk])
    changes = {"ward": "Oak", "room": "77", "cancer_type": "lung", "language": "Cymraeg"}

    def amended(name: str) -> int:
        """Change one field of the form as it was opened; save again whenever asked to look."""
        browser, sent, answers = browsers[name], {**form, name: changes[name]}, 0
        while (answer := browser.post(where, sent)).status_code == 422 and answers < len(changes):
            sent, answers = Page(answer).posting("chart_number"), answers + 1
        return answer.status_code

    browsers = {name: Client() for name in changes}
    for browser in browsers.values():
        browser.force_login(committed.therapist.user)
    form = Page(browsers["ward"].get(where)).posting("chart_number")
    got = together(lambda name=name: amended(name) for name in changes)
    assert got == [302] * len(changes)
    row = Patient.objects.get(pk=committed.bruno.pk)
    assert {name: getattr(row, name) for name in changes} == changes
