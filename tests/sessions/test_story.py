"""A session told in words and pairs: 0 is a score, improvement is positive, gaps have a reason."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.patients import actions as patients
from sessions_app.protocols import registry
from sessions_app.sessions.fields import ScoreField
from sessions_app.sessions.models import Score, Session
from sessions_app.sessions.score_rows import scores
from sessions_app.sessions.story import Pair, pairs_of, story_of
from sessions_app.templatetags.clinical import score as in_words
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import RATED, Scale
from tests.universe import Universe, care

NUMBERS = st.integers(min_value=0, max_value=10)


def told(scale: Scale, before: str, after: str) -> Pair:
    """Take two scores from the form's fields to the page's pair, without a database."""
    field = ScoreField(scale, required=True)
    said = {when: {scale: field.clean(text)} for when, text in (("b", before), ("a", after))}
    session = Session(clinic_id=None)
    rows = scores(session, said["b"], said["a"])  # type: ignore[arg-type]
    return pairs_of(rows)[0]


@given(scale=st.sampled_from(RATED), before=NUMBERS, after=NUMBERS)
def test_every_pair_of_scores_comes_through_as_it_was_typed(
    scale: Scale, before: int, after: int
) -> None:
    pair = told(scale, str(before), str(after))
    assert (pair.before, pair.after) == (before, after)
    assert pair.change == (after - before if scale.higher_is_better else before - after)
    assert (in_words(pair.before), in_words(pair.after)) == (str(before), str(after))
    assert (pair.before_missing, pair.after_missing) == ("", "")


@given(number=NUMBERS, reason=st.sampled_from(["not_asked", "asleep", "declined", "unable"]))
def test_a_missing_score_leaves_the_change_out_and_says_why(number: int, reason: str) -> None:
    label = MissingReason(reason).label
    after, before = told(Scale.PAIN, str(number), reason), told(Scale.PAIN, reason, str(number))
    assert (after.before, after.after, after.change, after.after_missing) == (
        number, None, None, label,
    )  # fmt: skip
    assert (before.after, before.before, before.change, before.before_missing) == (
        number, None, None, label,
    )  # fmt: skip


def test_a_counted_scale_has_no_better_end_and_no_change() -> None:
    row = Score(scale="heart_rate", before=80, after=64)
    (pair,) = pairs_of([row])
    assert (pair.before, pair.after, pair.change, pair.is_rated) == (80, 64, None, False)


def test_pairs_stand_in_the_order_of_the_scales() -> None:
    rows = [Score(scale=scale, before=1, after=1) for scale in reversed(Scale)]
    assert [pair.scale for pair in pairs_of(rows)] == list(Scale)


def _rows(*items: Any) -> Any:
    return SimpleNamespace(all=lambda: list(items))


def test_sites_are_told_head_to_foot_with_the_pressure_in_words(universe: Universe) -> None:
    done = SimpleNamespace(
        sites=_rows(
            SimpleNamespace(site="foot_sole_left", pressure=0),
            SimpleNamespace(site="breast_left", pressure=5),
        ),
        scores=_rows(),
        reminders=_rows(),
        limit_broken=False,
        recorded_at=universe.now,
        date_source="typed",
        **dict.fromkeys(("subjective", "objective", "assessment", "plan_note"), ""),
        techniques=["still_holding"],
        interruptions=["phone"],
        minutes_since_opioid=309,
    )
    story = story_of(done, registry.course(universe.arm("rest", "touch")))  # type: ignore[arg-type]
    assert story.since_opioid == "5 h 9 min"
    assert [(line.label, line.pressure) for line in story.sites] == [
        ("left breast", "5 · strongest"), ("left foot, sole", "0 · resting hand"),
    ]  # fmt: skip
    assert [line.outside for line in story.sites] == [True, False]
    assert (story.techniques, story.interruptions) == (("Still holding",), ("Phone",))


def test_the_strongest_reminder_is_told_first(universe: Universe) -> None:
    row = universe.log(universe.erin_course, care=care())
    (shown,) = _story(universe, row).reminders
    assert shown.heading == "When it was recorded"
    assert shown.reminders[0].level == "stop"


def test_a_reminder_that_came_up_since_the_start_is_told_under_the_finish(
    universe: Universe,
) -> None:
    row = universe.start(universe.ada_course)
    patients.record_fact(
        patient=universe.ada, kind=FactKind.DEVICE, sites=[BodySite.CHEST_LEFT],
        observed_on=universe.today, source="nurse", by=universe.therapist,
    )  # fmt: skip
    universe.finish(row)
    first, later = _story(universe, row).reminders
    assert (first.heading, later.heading) == ("When it was started", "When it was finished")
    told_twice = {one.message for one in first.reminders} & {one.message for one in later.reminders}
    assert told_twice == set()


def test_notes_are_told_with_the_words_of_their_boxes(universe: Universe) -> None:
    row = universe.log(universe.bruno_course, care=care(subjective="better", plan_note="feet"))
    assert _story(universe, row).notes == (
        ("S: what the patient said", "better"),
        ("P: next time, messages to the team", "feet"),
    )


def _story(universe: Universe, row: Session) -> Any:
    fetched = Session.objects.with_record(row.clinic_id).get(pk=row.pk)
    return story_of(fetched, registry.course(fetched.enrolment.arm_id))


@pytest.mark.parametrize("scale", RATED)
def test_a_nought_before_and_after_is_no_change_and_not_nothing(scale: Scale) -> None:
    assert told(scale, "0", "0").change == 0
