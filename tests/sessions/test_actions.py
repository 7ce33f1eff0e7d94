"""Start, finish, log, not given, follow up: what is stored, and what is refused."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from sessions_app.audit.models import AuditEvent
from sessions_app.patients import actions as patients
from sessions_app.sessions import actions, later_actions
from sessions_app.sessions.models import FollowUpScore, ReminderShown, Score, Session, SiteTreated
from sessions_app.sessions.policies import (
    NeedsAnswer,
    NotGiven,
    NotInProgress,
    StartRefused,
    StillInProgress,
)
from sessions_app.sessions.record import Answers, Rating
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.records import Interruption
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.techniques import Technique
from sessions_app.vocabulary.timepoints import TimePoint
from tests.universe import Universe, care, ratings, still_touch

MASSAGE_BY_A_VOLUNTEER = [
    care(),
    still_touch(techniques=frozenset({Technique.STILL_HOLDING, Technique.CIRCLES})),
    still_touch(pressures={BodySite.HAND_LEFT: 1}),
]
T_SPINE = {BodySite.SPINE_THORACIC: 3}


def stored(session: Session) -> Session:
    return Session.objects.get(pk=session.pk)


def pairs(session: Session) -> dict[str, tuple[int | None, int | None]]:
    rows = Score.objects.filter(clinic_id=session.clinic_id, session_id=session.pk)
    return {row.scale: (row.before, row.after) for row in rows}


def test_a_logged_session_keeps_what_was_done(universe: Universe) -> None:
    said = care(interruptions=(Interruption.MUSIC,), subjective="felt calm", plan_note="again")
    row = stored(universe.log(universe.bruno_course, care=said))
    assert (row.status, row.minutes, row.techniques) == ("given", 30, ["effleurage"])
    assert (row.position, row.product, row.interruptions) == (
        "supine", "unscented_lotion", ["music"],
    )  # fmt: skip
    assert (row.subjective, row.plan_note, row.reaction) == ("felt calm", "again", "none")
    assert (row.given_by_id, row.given_as) == (universe.therapist.user_id, "therapist")
    assert row.patient_id == universe.bruno.pk
    assert row.completed_at is not None
    assert not row.limit_broken


def test_each_site_is_stored_with_its_own_pressure(universe: Universe) -> None:
    touched = {BodySite.HAND_LEFT: 0, BodySite.FOOT_TOP_RIGHT: 2}
    session = universe.log(universe.bruno_course, care=care(pressures=touched))
    rows = SiteTreated.objects.filter(clinic_id=session.clinic_id, session_id=session.pk)
    assert {row.site: row.pressure for row in rows} == {"hand_left": 0, "foot_top_right": 2}


def test_scores_are_stored_in_pairs_and_missing_ones_with_their_reason(universe: Universe) -> None:
    session = universe.log(
        universe.bruno_course,
        before=ratings(pain=7, mood=MissingReason.NOT_ASKED),
        after=ratings(pain=MissingReason.ASLEEP, heart_rate=64),
    )
    assert pairs(session) == {"pain": (7, None), "mood": (None, None), "heart_rate": (None, 64)}
    rows = {row.scale: row for row in Score.objects.filter(session_id=session.pk)}
    assert rows["pain"].after_missing == "asleep"
    assert rows["mood"].before_missing == "not_asked"
    assert (rows["heart_rate"].before_missing, rows["heart_rate"].before_at) == ("", None)


@pytest.mark.parametrize("scale", ["pain", "mood", "relaxation", "sleep"])
def test_a_score_of_zero_is_stored_as_zero_when_logged(universe: Universe, scale: str) -> None:
    zero = ratings(**{scale: 0})
    session = universe.log(universe.bruno_course, before=zero, after=zero)
    row = Score.objects.get(clinic_id=session.clinic_id, session_id=session.pk)
    assert (row.before, row.after) == (0, 0)
    assert (row.before_missing, row.after_missing) == ("", "")
    event = AuditEvent.objects.get(subject_id=session.pk)
    assert event.new["scores"] == {scale: [0, 0]}


def test_a_score_of_zero_is_stored_as_zero_when_started_and_finished(universe: Universe) -> None:
    session = universe.start(universe.bruno_course, before=ratings(pain=0, mood=5))
    universe.finish(session, after=ratings(pain=0, mood=0, relaxation=0))
    assert pairs(session) == {"pain": (0, 0), "mood": (5, 0), "relaxation": (None, 0)}
    event = AuditEvent.objects.get(subject_id=session.pk, action="session.finished")
    assert event.new["scores"] == {"pain": [0, 0], "mood": [5, 0], "relaxation": [None, 0]}


def test_a_follow_up_score_of_zero_is_stored_as_zero(universe: Universe) -> None:
    row = later_actions.add_follow_up(
        universe.ada_session,
        scale=Scale.PAIN,
        time_point=TimePoint.NEXT_DAY,
        rating=Rating(value=0),
        measured_at=universe.now,
        by=universe.therapist,
    )
    assert FollowUpScore.objects.get(pk=row.pk).value == 0


def test_a_started_session_waits_for_its_after_scores(universe: Universe) -> None:
    row = stored(universe.start(universe.bruno_course))
    assert (row.status, row.minutes, row.completed_at) == ("in_progress", None, None)
    assert row.plan == {
        "techniques": ["effleurage"],
        "sites": {"foot_top_right": 1, "hand_left": 1},
    }
    assert pairs(row) == {"pain": (5, None), "mood": (4, None)}


def test_finishing_stores_what_was_done_not_what_was_planned(universe: Universe) -> None:
    session = universe.start(universe.bruno_course)
    done = care(minutes=20, pressures={BodySite.HAND_RIGHT: 2})
    row = stored(universe.finish(session, care=done))
    assert (row.status, row.minutes) == ("given", 20)
    assert [one.site for one in SiteTreated.objects.filter(session_id=row.pk)] == ["hand_right"]
    assert pairs(row) == {"pain": (5, 3), "mood": (4, 6)}


def test_finishing_does_not_repeat_a_reminder_that_was_shown_at_the_start(
    universe: Universe,
) -> None:
    session = universe.start(universe.ada_course)
    universe.finish(session)
    rules = list(ReminderShown.objects.filter(session_id=session.pk).values_list("rule", flat=True))
    assert rules
    assert len(rules) == len(set(rules))


def test_a_session_not_given_keeps_its_reason_and_has_no_scores(universe: Universe) -> None:
    row = stored(
        actions.not_given(
            enrolment=universe.bruno_course,
            reason=NotGivenReason.ASLEEP,
            client_key=uuid.uuid4(),
            digest="x",
            by=universe.volunteer,
            note="come back after lunch",
        )
    )
    assert (row.status, row.not_given_reason) == ("not_given", "asleep")
    assert (row.minutes, row.subjective) == (None, "come back after lunch")
    assert pairs(row) == {}


@pytest.mark.parametrize("done", MASSAGE_BY_A_VOLUNTEER)
def test_a_volunteer_may_log_nothing_but_simple_touch(universe: Universe, done: object) -> None:
    with pytest.raises(PermissionDenied, match="simple touch"):
        universe.log(universe.bruno_course, care=done, by=universe.volunteer)
    with pytest.raises(PermissionDenied, match="simple touch"):
        universe.start(universe.bruno_course, plan=done, by=universe.volunteer)


def test_a_volunteer_may_log_simple_touch(universe: Universe) -> None:
    row = universe.log(universe.bruno_course, care=still_touch(), by=universe.volunteer)
    assert stored(row).given_as == "volunteer"


def test_an_admin_may_not_log_a_session(universe: Universe) -> None:
    with pytest.raises(PermissionDenied, match="may not log a session"):
        universe.log(universe.bruno_course, by=universe.admin)


@pytest.mark.parametrize("act", ["log", "start"])
def test_a_session_cannot_hang_on_another_clinics_course(universe: Universe, act: str) -> None:
    deed: Callable[..., Session] = getattr(universe, act)
    with pytest.raises(IntegrityError), transaction.atomic():
        deed(universe.farah_course)
    assert not Session.objects.filter(clinic_id=universe.birchwood.pk, patient=universe.farah)


def test_another_clinics_session_cannot_be_finished(universe: Universe) -> None:
    session = universe.start(universe.bruno_course)
    with pytest.raises(Session.DoesNotExist):
        universe.finish(session, by=universe.foreign_therapist)
    assert stored(session).status == "in_progress"


def test_a_stop_refuses_to_start(universe: Universe) -> None:
    with pytest.raises(StartRefused) as refused:
        universe.start(universe.erin_course)
    assert "X1" in [finding.rule for finding in refused.value.verdict.stops]


def test_a_supervisor_starts_despite_a_stop_only_with_a_reason(universe: Universe) -> None:
    given = {"by": universe.supervisor, "plan": care()}
    answers = universe.answers(universe.erin_course, given["plan"], planning=True)
    with pytest.raises(NeedsAnswer):
        universe.start(universe.erin_course, answers=answers, **given)
    reasoned = replace(answers, reason="consent given aloud, form follows")
    session = universe.start(universe.erin_course, answers=reasoned, **given)
    reminder = ReminderShown.objects.get(session_id=session.pk, rule="X1")
    assert (reminder.confirmed, reminder.answer) == (True, reasoned.reason)


def test_what_happened_despite_a_stop_is_recorded(universe: Universe) -> None:
    answers = universe.answers(universe.erin_course, care(), reason="given before we asked")
    session = universe.log(universe.erin_course, answers=answers)
    assert stored(session).status == "given"
    assert ReminderShown.objects.filter(session_id=session.pk, rule="X1").exists()


@pytest.mark.parametrize(
    "change", [{"shown": ""}, {"shown": "0123456789abcdef"}, {"confirmed": False}, {"reason": ""}]
)
def test_a_broken_limit_wants_the_shown_reminders_confirmed_with_a_reason(
    universe: Universe, change: dict[str, object]
) -> None:
    done = care(pressures=T_SPINE)
    answers = universe.answers(universe.ada_course, done, reason="asked for it")
    with pytest.raises(NeedsAnswer) as refused:
        universe.log(universe.ada_course, care=done, answers=replace(answers, **change))
    assert refused.value.verdict.breaks


def test_a_record_that_breaks_a_limit_is_stored_and_flagged(universe: Universe) -> None:
    done = care(pressures=T_SPINE)
    answers = universe.answers(universe.ada_course, done, reason="asked for it")
    row = stored(universe.log(universe.ada_course, care=done, answers=answers))
    assert (row.limit_broken, row.break_reason) == (True, "asked for it")
    assert ReminderShown.objects.filter(session_id=row.pk, level="confirm", confirmed=True)


def test_a_reason_without_a_broken_limit_is_no_break(universe: Universe) -> None:
    answers = universe.answers(universe.bruno_course, care(), reason="just so")
    row = stored(universe.log(universe.bruno_course, answers=answers))
    assert (row.limit_broken, row.break_reason) == (False, "")


def test_a_reminder_keeps_rule_version_and_the_facts_behind_it(universe: Universe) -> None:
    facts = {str(fact.pk) for fact in universe.ada.facts.all()}
    reminders = ReminderShown.objects.filter(session_id=universe.ada_session.pk)
    assert reminders
    assert all(one.rule_version >= 1 and one.message for one in reminders)
    assert {fact for one in reminders for fact in one.facts} <= facts
    assert any(one.facts for one in reminders)


def test_a_session_in_the_future_is_refused(universe: Universe) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        universe.log(
            universe.bruno_course, performed_at=universe.now + timedelta(hours=2), at=universe.now
        )


def test_a_refused_session_leaves_nothing_behind(universe: Universe) -> None:
    def counts() -> list[int]:
        return [m.objects.count() for m in (Session, Score, SiteTreated, ReminderShown, AuditEvent)]

    before = counts()
    with pytest.raises(IntegrityError), transaction.atomic():
        universe.log(universe.ada_course, after=ratings(pain=11))
    assert counts() == before


def test_a_follow_up_is_taken_once_for_each_time_point(universe: Universe) -> None:
    def add(time_point: TimePoint, rating: Rating) -> FollowUpScore:
        return later_actions.add_follow_up(
            universe.diego_session,
            scale=Scale.MOOD,
            time_point=time_point,
            rating=rating,
            measured_at=universe.now,
            by=universe.therapist,
        )

    declined = Rating(missing=MissingReason.DECLINED)
    first = add(TimePoint.NEXT_DAY, declined)
    assert first.missing == "declined"
    assert add(TimePoint.DURING, declined).pk != first.pk
    events = AuditEvent.objects.count()
    assert add(TimePoint.NEXT_DAY, declined).pk == first.pk  # the same form, sent twice
    assert AuditEvent.objects.count() == events
    with pytest.raises(IntegrityError), transaction.atomic():
        add(TimePoint.NEXT_DAY, Rating(5))


def test_the_day_of_the_rules_is_the_clinics_day(universe: Universe) -> None:
    """A fact that ends on the tenth still counts at 23:30 in London on the ninth."""
    platelets = patients.record_fact(
        patient=universe.bruno,
        kind=FactKind.PLATELETS,
        value=8,
        unit="per_nl",
        observed_on=universe.today - timedelta(days=3),
        source="lab",
        by=universe.therapist,
    )
    ended = patients.end_fact(platelets, ended_on=universe.today, by=universe.therapist)
    late = universe.now.astimezone(universe.birchwood.zone).replace(hour=23, minute=30)
    rules = [
        {one.rule for one in verdict.findings}
        for days in (1, 0)
        for verdict in [
            actions.verdict_of(
                universe.bruno_course,
                care(),
                late - timedelta(days=days),
                universe.therapist,
                at=late,
                planning=False,
            )
        ]
    ]
    assert ended.ended_on == universe.today
    assert any(rule.startswith("H") for rule in rules[0])
    assert not any(rule.startswith("H") for rule in rules[1])


def test_an_answer_says_nothing_when_no_reminder_asks(universe: Universe) -> None:
    session = universe.log(universe.bruno_course, answers=Answers())
    assert not ReminderShown.objects.filter(session_id=session.pk, confirmed=True)


def test_a_second_session_of_a_course_does_not_start_while_one_is_in_progress(
    universe: Universe,
) -> None:
    begun = universe.start(universe.bruno_course)
    with pytest.raises(StillInProgress) as refused:
        universe.start(universe.bruno_course)
    assert refused.value.session.pk == begun.pk
    assert universe.log(universe.bruno_course).status == "given"  # what happened is recordable
    universe.finish(begun)
    assert universe.start(universe.bruno_course).status == "in_progress"


def test_a_begun_session_that_did_not_take_place_is_called_off(universe: Universe) -> None:
    begun = universe.start(universe.bruno_course, before=ratings(pain=7, mood=2))
    row = later_actions.call_off(
        begun, reason=NotGivenReason.ASLEEP, note="fell asleep", by=universe.therapist
    )
    row.refresh_from_db()
    assert (row.status, row.not_given_reason, row.minutes) == ("not_given", "asleep", None)
    assert Score.objects.get(session=row, scale="pain").before == 7
    with pytest.raises(NotInProgress):
        later_actions.call_off(begun, reason=NotGivenReason.ASLEEP, by=universe.therapist)
    given = universe.log(universe.bruno_course)
    with pytest.raises(NotInProgress):
        later_actions.call_off(given, reason=NotGivenReason.ASLEEP, by=universe.therapist)


def test_a_session_that_did_not_happen_has_no_later_score(universe: Universe) -> None:
    row = actions.not_given(
        enrolment=universe.bruno_course,
        reason=NotGivenReason.ASLEEP,
        client_key=uuid.uuid4(),
        digest="d",
        by=universe.therapist,
    )
    with pytest.raises(NotGiven):
        later_actions.add_follow_up(
            row,
            scale=Scale.PAIN,
            time_point=TimePoint.NEXT_DAY,
            rating=Rating(value=3),
            measured_at=universe.now,
            by=universe.therapist,
        )
    assert not row.follow_ups.exists()


def test_scores_of_a_past_session_have_the_sessions_times(universe: Universe) -> None:
    when = universe.now - timedelta(hours=2)
    row = universe.log(universe.bruno_course, performed_at=when, care=care(minutes=30))
    pain = Score.objects.get(session=row, scale="pain")
    assert (pain.before_at, pain.after_at) == (when, when + timedelta(minutes=30))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (FactKind.CONSENT, {"value": 0}),
        (FactKind.PLATELETS, {"value": 8, "unit": "per_nl"}),
        (FactKind.PLATELETS, {"value": 15, "unit": "per_nl"}),
        (FactKind.BONE_METASTASIS, {}),
        (FactKind.LIMB_CLOT_SIGNS, {"sites": [BodySite.CALF_LEFT]}),
    ],
    ids=["X1", "H1", "H2", "B3", "V1"],
)
def test_a_session_held_against_a_stop_is_flagged_and_wants_a_reason(
    universe: Universe, kind: FactKind, more: dict[str, Any]
) -> None:
    yesterday = universe.today - timedelta(days=1)
    patients.record_fact(
        patient=universe.bruno, kind=kind, observed_on=yesterday, source="chart",
        by=universe.therapist, **more,
    )  # fmt: skip
    done = care(pressures={BodySite.HAND_LEFT: 0}, techniques=frozenset({Technique.STILL_HOLDING}))
    answers = universe.answers(universe.bruno_course, done)
    with pytest.raises(NeedsAnswer):
        universe.log(universe.bruno_course, care=done, answers=answers)
    answers = replace(answers, reason="it had happened")
    row = universe.log(universe.bruno_course, care=done, answers=answers)
    assert (row.limit_broken, row.break_reason) == (True, "it had happened")


def test_a_stop_that_a_supervisor_overrode_stays_marked_to_the_end(universe: Universe) -> None:
    by = universe.supervisor
    plan = care()
    answers = universe.answers(
        universe.erin_course, plan, planning=True, by=by, reason="consent heard"
    )
    begun = universe.start(universe.erin_course, plan=plan, answers=answers, by=by)
    row = universe.finish(begun, by=by)
    assert (row.limit_broken, row.break_reason) == (True, "consent heard")


def test_a_past_session_is_judged_by_what_had_been_seen_by_then(universe: Universe) -> None:
    patients.record_fact(
        patient=universe.bruno, kind=FactKind.PLATELETS, value=8, unit="per_nl",
        observed_on=universe.today, source="lab", by=universe.therapist,
    )  # fmt: skip
    then = universe.now - timedelta(days=3)
    row = universe.log(universe.bruno_course, performed_at=then)
    assert not row.limit_broken
    assert not ReminderShown.objects.filter(session=row, rule="H1").exists()
    verdict = actions.verdict_of(
        universe.bruno_course, care(), universe.now, universe.therapist,
        at=universe.now, planning=True,
    )  # fmt: skip
    assert "H1" in {one.rule for one in verdict.stops}
