"""A form that is sent twice is one session: the first answer again, or a plain «other content»."""

import uuid
from typing import Any

import pytest

from sessions_app.audit.models import AuditEvent
from sessions_app.patients import actions as patients
from sessions_app.sessions import actions
from sessions_app.sessions.models import Score, Session
from sessions_app.sessions.policies import KeyReused
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.scales import Scale
from tests.universe import Universe, ratings


def send(universe: Universe, act: str, **changes: Any) -> Session:
    """Do one of the three acts that a form's key belongs to."""
    if act == "not_given":
        usual = {"reason": NotGivenReason.ASLEEP, "by": universe.therapist, "digest": "as-typed"}
        return actions.not_given(enrolment=universe.bruno_course, **{**usual, **changes})
    session: Session = getattr(universe, act)(universe.bruno_course, **changes)
    return session


def counts() -> list[int]:
    return [model.objects.count() for model in (Session, Score, AuditEvent)]


ACTS = pytest.mark.parametrize("act", ["log", "start", "not_given"])


@ACTS
def test_the_same_key_and_content_give_the_first_session(universe: Universe, act: str) -> None:
    key = uuid.uuid4()
    first = send(universe, act, client_key=key)
    stored = counts()
    again = send(universe, act, client_key=key)
    assert again.pk == first.pk
    assert counts() == stored


@ACTS
def test_the_same_key_with_other_content_is_refused_and_nothing_is_lost(
    universe: Universe, act: str
) -> None:
    key = uuid.uuid4()
    first = send(universe, act, client_key=key)
    stored = counts()
    with pytest.raises(KeyReused) as reused:
        send(universe, act, client_key=key, digest="typed anew")
    assert reused.value.session.pk == first.pk
    assert counts() == stored
    assert Session.objects.get(pk=first.pk).digest == "as-typed"


def test_two_clinics_may_use_the_same_key(universe: Universe) -> None:
    key = uuid.uuid4()
    here = universe.log(universe.bruno_course, client_key=key)
    there = universe.log(universe.farah_course, client_key=key, by=universe.foreign_therapist)
    assert here.pk != there.pk


def test_a_repeat_is_answered_although_the_chart_has_changed_since(universe: Universe) -> None:
    """The answer was lost on the way; meanwhile a colleague recorded a new fact."""
    key = uuid.uuid4()
    sent = {"client_key": key, "answers": universe.answers(universe.ada_course, universe.care())}
    first = universe.log(universe.ada_course, **sent)
    patients.record_fact(
        patient=universe.ada,
        kind=FactKind.BONE_METASTASIS,
        sites=[BodySite.HAND_LEFT],
        observed_on=universe.today,
        source="scan",
        by=universe.therapist,
    )
    assert universe.log(universe.ada_course, **sent).pk == first.pk
    with pytest.raises(KeyReused):
        universe.log(universe.ada_course, digest="typed anew", **sent)


def test_a_started_session_is_answered_again_although_a_stop_came_since(
    universe: Universe,
) -> None:
    key, plan = uuid.uuid4(), universe.care()
    answers = universe.answers(universe.bruno_course, plan, planning=True)
    sent = {"client_key": key, "plan": plan, "answers": answers}
    first = universe.start(universe.bruno_course, **sent)
    patients.record_fact(
        patient=universe.bruno,
        kind=FactKind.CONSENT,
        value=0,
        observed_on=universe.today,
        source="the patient",
        by=universe.therapist,
    )
    assert universe.start(universe.bruno_course, **sent).pk == first.pk


def test_finishing_twice_with_the_same_content_changes_nothing(universe: Universe) -> None:
    session = universe.start(universe.bruno_course)
    universe.finish(session)
    stored = counts()
    assert universe.finish(session).pk == session.pk
    assert counts() == stored


def test_finishing_again_with_other_content_is_refused_and_the_first_stands(
    universe: Universe,
) -> None:
    session = universe.start(universe.bruno_course)
    universe.finish(session, after=ratings(pain=2))
    with pytest.raises(KeyReused):
        universe.finish(session, after=ratings(pain=9), digest="typed anew")
    row = Score.objects.get(session_id=session.pk, scale=Scale.PAIN)
    assert (row.before, row.after) == (5, 2)


def test_a_finish_is_answered_again_although_the_chart_has_changed_since(
    universe: Universe,
) -> None:
    session = universe.start(universe.bruno_course)
    done = universe.care()
    answers = universe.answers(universe.bruno_course, done)
    universe.finish(session, care=done, answers=answers)
    patients.record_fact(
        patient=universe.bruno,
        kind=FactKind.BONE_METASTASIS,
        sites=[BodySite.HAND_LEFT],
        observed_on=universe.today,
        source="scan",
        by=universe.therapist,
    )
    assert universe.finish(session, care=done, answers=answers).status == "given"


def test_a_logged_session_is_not_finished_a_second_time(universe: Universe) -> None:
    with pytest.raises(KeyReused):
        universe.finish(universe.bruno_session)
