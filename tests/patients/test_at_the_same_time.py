"""Two who write about one patient at the same moment (PostgreSQL, real commits)."""

import uuid
from datetime import timedelta

import pytest

from sessions_app.audit.chain import first_fault
from sessions_app.patients import actions, asked_actions, order_actions
from sessions_app.timing import actions as timing
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.timed import TimedKind
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
