"""A score's keys are its session's, whoever writes; the ward's dashboards read the score alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sessions_app.models import Score, Session
from sessions_app.sessions.session_model import CARRIED
from sessions_app.vocabulary.scales import Scale
from tests.universe import Universe, care, ratings, still_touch


def keys(row: Session | Score) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CARRIED}


def other(world: Universe, name: str) -> object:
    """Return a value of a key that is not that of Ada's session."""
    return {
        "performed_at": world.ada_session.performed_at + timedelta(minutes=1),
        "patient_id": world.bruno.pk,
        "arm_id": world.bruno_course.arm_id,
        "given_by_id": world.volunteer.user_id,
        "counted": False,
    }[name]


every_key = pytest.mark.parametrize("name", CARRIED)


@every_key
def test_a_stored_score_keeps_its_sessions_keys(universe: Universe, name: str) -> None:
    change = {name: other(universe, name)}
    stored = Score.objects.filter(session_id=universe.ada_session.pk)
    with pytest.raises(IntegrityError, match="same_clinic_score_session_id"), transaction.atomic():
        stored.update(**change)
    assert all(keys(row) == keys(universe.ada_session) for row in stored)


@every_key
def test_a_new_score_has_its_sessions_keys(universe: Universe, name: str) -> None:
    row = Score.of(universe.ada_session, Scale.RELAXATION, before=1)
    setattr(row, name, other(universe, name))
    with pytest.raises(IntegrityError, match="same_clinic_score_session_id"), transaction.atomic():
        row.save()
    setattr(row, name, getattr(universe.ada_session, name))
    row.save()


@pytest.mark.parametrize("name", ["performed_at", "given_by_id", "counted"])
def test_what_is_set_right_in_a_session_is_set_right_in_its_scores(
    universe: Universe, name: str
) -> None:
    value = other(universe, name)
    elsewhere = list(Score.objects.exclude(session_id=universe.ada_session.pk).values())
    Session.objects.filter(pk=universe.ada_session.pk).update(**{name: value})
    stored = Session.objects.get(pk=universe.ada_session.pk)
    assert getattr(stored, name) == value
    scores = list(stored.scores.all())
    assert scores
    assert [keys(row) for row in scores] == [keys(stored)] * len(scores)
    assert list(Score.objects.exclude(session_id=stored.pk).values()) == elsewhere


def test_a_session_and_its_course_are_of_one_arm(universe: Universe) -> None:
    with pytest.raises(IntegrityError, match="same_clinic_session_enrol"), transaction.atomic():
        Session.objects.filter(pk=universe.ada_session.pk).update(arm_id=other(universe, "arm_id"))
    assert universe.ada_session.arm_id == universe.ada_course.arm_id


def test_a_session_counts_when_given_to_the_end_in_a_role_that_its_arm_names(
    universe: Universe,
) -> None:
    by_volunteer = universe.log(universe.diego_course, care=still_touch(), by=universe.volunteer)
    begun = universe.start(universe.ada_course)
    found = universe.bruno_session.counted, by_volunteer.counted, begun.counted
    assert found == (True, False, False)
    ended = universe.finish(begun, after=ratings(pain=2, mood=7, relaxation=5))
    assert ended.counted
    stored = Score.objects.filter(session_id=ended.pk)
    assert {row.scale: keys(row) for row in stored} == dict.fromkeys(
        ("pain", "mood", "relaxation"), keys(Session.objects.get(pk=ended.pk))
    )


def test_every_stored_row_agrees(universe: Universe) -> None:
    universe.log(universe.ada_course, care=care())
    assert Score.objects.count()
    for row in Score.objects.select_related("session", "session__enrolment"):
        assert keys(row) == keys(row.session)
        assert row.arm_id == row.session.enrolment.arm_id


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only on SQLite is the plan certain")
def test_sqlite_reads_the_covering_index_alone(universe: Universe) -> None:
    since = timezone.now() - timedelta(weeks=26)
    asked = Score.objects.filter(
        clinic_id=universe.birchwood.pk, counted=True, performed_at__gte=since
    ).values_list("arm_id", "patient_id", "scale", "before", "after")
    assert "USING COVERING INDEX score_counted_by_time" in asked.explain()
