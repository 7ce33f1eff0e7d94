"""The stored sums with what they do not hold yet are the rows', whatever was done, in any order."""

import random
import uuid
from contextlib import suppress
from datetime import date, timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from sessions_app.rollups import folding, network
from sessions_app.rollups.models import (
    PatientTotal,
    Tally,
    WeekOfPlans,
    WeekOfPlansInArm,
    WeekOfSessions,
)
from sessions_app.rollups.spelling import PLAN_COLUMNS, TALLY_COLUMNS
from sessions_app.sessions import actions, later_actions
from sessions_app.sessions.models import FollowUpScore, Score, Session
from sessions_app.sessions.policies import StartRefused
from sessions_app.sessions.unfolded_model import Unfolded
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from tests.dashboards.drawing import admit
from tests.rollups.counting import assert_exact, mark, moved
from tests.universe import Universe, care, ratings, still_touch

ARMS = (("rest", "massage"), ("rest", "touch"), ("open", "massage"))


def a_deed(world: Universe, courses: list, lot: random.Random) -> None:
    """Do one thing that a clinic, an import or a repair may do."""
    what = lot.choice(["log", "log", "log", "late", "start", "not_given", "move", "delete", "fold"])
    course = lot.choice(courses)
    said = [lot.randint(0, 10), lot.randint(0, 10), MissingReason.ASLEEP]
    if what in ("log", "late"):
        before = ratings(pain=lot.choice(said), mood=lot.randint(0, 10))
        after = ratings(pain=lot.choice(said), mood=lot.choice(said))
        days = lot.randint(1, 300) if what == "late" else 0
        when = world.now - timedelta(days=days, hours=lot.randint(1, 30))
        by = lot.choice([world.therapist, world.volunteer])
        done = care(minutes=lot.randint(5, 50)) if by is world.therapist else still_touch()
        world.log(course, performed_at=when, before=before, after=after, by=by, care=done)
    elif what == "start":
        there = actions.waiting(course)
        if there is None:
            with suppress(StartRefused):
                world.start(course)
        elif lot.random() < 0.5:
            world.finish(there, care=care())
        else:
            later_actions.call_off(there, reason=NotGivenReason.ASLEEP, by=world.therapist)
    elif what == "not_given":
        actions.not_given(
            enrolment=course, reason=NotGivenReason.ASLEEP, client_key=Session().pk,
            digest="x", by=world.therapist,
        )  # fmt: skip
    elif what == "fold":
        folding.fold(world.now)
    else:
        _repair(what, course, lot)


def _repair(what: str, course: object, lot: random.Random) -> None:
    there = Session.objects.filter(enrolment_id=course.pk, status="given").order_by("pk")  # type: ignore[attr-defined]
    if not there:
        return
    session = lot.choice(list(there))
    if what == "move":
        moved(session, lot)
    else:
        Score.objects.filter(session_id=session.pk, scale="pain").delete()
        mark(session)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_after_any_deeds_every_figure_is_that_of_the_rows(universe: Universe, seed: int) -> None:
    lot = random.Random(seed)  # noqa: S311 - no secret
    clinics = [universe.birchwood, universe.harbour]
    courses = [admit(universe, *lot.choice(ARMS)) for _ in range(4)]
    for number in range(24):
        a_deed(universe, courses, lot)
        if number % 6 == 5:
            assert_exact(clinics, universe.now)
    folding.fold(universe.now)
    assert not Unfolded.objects.exists()
    assert_exact(clinics, universe.now)
    call_command("fold_rollups", check=True, stdout=StringIO())


def test_a_folded_clinic_is_read_from_its_sums_alone(universe: Universe) -> None:
    """Where nothing is marked, rows are not read: a sum that was spoilt shows, and is named."""
    folding.fold(universe.now)
    assert PatientTotal.objects.exists()
    before = network.network_sums([universe.birchwood.pk])
    Tally.objects.filter(clinic_id=universe.birchwood.pk).update(rise=999)
    assert network.network_sums([universe.birchwood.pk]) != before
    with pytest.raises(CommandError, match=r"birchwood: patients of all time .* stored"):
        call_command("fold_rollups", check=True, stdout=StringIO())


@pytest.mark.parametrize("column", ["high", "by_percent", "by_points"])
def test_a_patient_s_responses_that_were_spoilt_are_named(universe: Universe, column: str) -> None:
    """The tally is made of them with the next write in the clinic, and `--check` sees it."""
    folding.fold(universe.now)
    of_bruno = PatientTotal.objects.filter(patient_id=universe.bruno.pk, scale="pain")
    of_bruno.update(**{column: 77})
    universe.log(universe.ada_course)
    folding.fold(universe.now)
    with pytest.raises(CommandError, match=r"birchwood: patients of all time .* stored"):
        call_command("fold_rollups", check=True, stdout=StringIO())


def test_a_week_of_plans_that_was_spoilt_is_named(universe: Universe) -> None:
    actions.not_given(
        enrolment=universe.ada_course, reason=NotGivenReason.STAFF, client_key=uuid.uuid4(),
        digest="x", by=universe.therapist,
    )  # fmt: skip
    folding.fold(universe.now)
    assert WeekOfPlans.objects.filter(clinic_id=universe.birchwood.pk, staff=1).count() == 1
    of_arm = WeekOfPlansInArm.objects.filter(clinic_id=universe.birchwood.pk, staff=1)
    assert of_arm.get().arm_id == universe.ada_course.arm_id
    of_arm.update(staff=0, other=1)
    with pytest.raises(CommandError, match=r"birchwood: weeks of plans in arms .* stored"):
        call_command("fold_rollups", check=True, stdout=StringIO())
    WeekOfPlans.objects.filter(staff=1).update(staff=0, other=1)
    with pytest.raises(CommandError, match=r"birchwood: weeks of plans \(.* stored"):
        call_command("fold_rollups", check=True, stdout=StringIO())


def test_a_week_of_plans_has_a_column_for_each_reason() -> None:
    for model in (WeekOfPlans, WeekOfPlansInArm):
        columns = {field.column for field in model._meta.concrete_fields}
        assert columns - {"clinic_id", "week", "arm_id"} == set(PLAN_COLUMNS)
    assert ("given", "not_given", *NotGivenReason.codes()) == PLAN_COLUMNS
    tally = [field.column for field in Tally._meta.concrete_fields]
    assert tuple(tally[5:]) == network._Sums._fields
    assert ", ".join(tally[5:]) == TALLY_COLUMNS


def test_patients_with_any_number_of_sessions_are_exact(universe: Universe) -> None:
    """Up to fifteen, and sixteen and seventeen, which do not divide the whole."""
    for number, name in ((15, "ada"), (16, "bruno"), (17, "diego")):
        there = Session.objects.filter(patient__given_names__iexact=name, status="given")
        for n in range(number - there.count()):
            pair = {"before": ratings(pain=n % 11), "after": ratings(pain=n * 7 % 11)}
            when = universe.now - timedelta(days=n + 1)
            universe.log(universe.courses[name], performed_at=when, **pair)
    folding.fold(universe.now)
    found = Tally.objects.filter(scale="pain", since=date(1900, 1, 1))
    assert {16, 17} < set(found.values_list("n", flat=True))
    assert_exact([universe.birchwood, universe.harbour], universe.now)
    universe.log(universe.ada_course)
    assert_exact([universe.birchwood, universe.harbour], universe.now)
    call_command("fold_rollups", check=True, stdout=StringIO())


def test_a_mark_mends_what_was_spoilt(universe: Universe) -> None:
    folding.fold(universe.now)
    WeekOfSessions.objects.filter(clinic_id=universe.birchwood.pk).update(sessions=77)
    for plans in (WeekOfPlans, WeekOfPlansInArm):
        plans._default_manager.filter(clinic_id=universe.birchwood.pk).update(given=77, asleep=7)
    Tally.objects.filter(clinic_id=universe.birchwood.pk).update(patients=77)
    for row in (universe.ada_session, universe.bruno_session, universe.diego_session):
        mark(row)
    folding.fold(universe.now)
    assert_exact([universe.birchwood], universe.now)


def test_a_mark_of_nothing_makes_no_figure_false(universe: Universe) -> None:
    """No link of a mark is checked: nobody's, of no clinic, of another clinic."""
    folding.fold(universe.now)
    here, nobody = universe.birchwood.pk, uuid.uuid4()
    day = universe.today - timedelta(days=universe.today.weekday())
    for clinic, patient in ((here, nobody), (nobody, nobody), (here, universe.farah.pk)):
        Unfolded(clinic_id=clinic, patient_id=patient, week=day).save(force_insert=True)
    connection.check_constraints()
    assert_exact([universe.birchwood, universe.harbour], universe.now)
    folding.fold(universe.now)
    assert not Unfolded.objects.exists()
    assert_exact([universe.birchwood, universe.harbour], universe.now)


@pytest.mark.postgres
def test_a_link_that_was_once_checked_is_let_go(db: None) -> None:
    """A database of an earlier version has the guards' link still; the migration takes it away."""
    name = "same_clinic_unfolded_patient_id"
    step = import_module("sessions_app.migrations.0037_a_mark_is_held_to_little")
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER TABLE sessions_app_unfolded ADD CONSTRAINT {name} FOREIGN KEY"
            " (clinic_id, patient_id) REFERENCES sessions_app_patient (clinic_id, id)"
        )
        for _ in range(2):
            step.drop_the_link(None, connection.schema_editor())
            cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s", [name])
            assert cursor.fetchone() == (0,)


@pytest.mark.slow
@pytest.mark.parametrize("days", [7, 14, 200])
def test_a_window_that_nobody_has_made_is_read_from_rows(universe: Universe, days: int) -> None:
    """The Monday has passed, the folder has not been there yet."""
    folding.fold(universe.now)
    later = universe.now + timedelta(days=days)
    assert_exact([universe.birchwood, universe.harbour], later)
    folding.fold(later)
    assert_exact([universe.birchwood, universe.harbour], later)
    windows = Tally.objects.values_list("since", flat=True).distinct()
    assert len(windows) <= 3  # of all time, and one for each zone's Monday


def test_nothing_is_a_figure_too(universe: Universe) -> None:
    nothing = network.NetworkSums({}, {}, {}, {}, {})
    assert network.network_sums([]) == nothing
    assert not any(network.network_planned([], universe.today, universe.today))
    Score.objects.all().delete()
    FollowUpScore.objects.all().delete()
    assert network.network_sums([universe.birchwood.pk]) == nothing
    monday = universe.today - timedelta(days=universe.today.weekday())
    here = [universe.birchwood.pk]
    assert not any(network.network_planned(here, monday, monday - timedelta(days=7)))


def test_the_command_says_what_it_did(universe: Universe) -> None:
    told = StringIO()
    call_command("fold_rollups", stdout=told)
    call_command("fold_rollups", check=True, stdout=told)
    assert told.getvalue() == "folded\nthe stored sums are those of the rows\n"


@pytest.mark.parametrize("asked", ["sums", "planned"])
def test_a_figure_of_any_number_of_clinics_is_two_statements(
    universe: Universe, asked: str, django_assert_num_queries: object
) -> None:
    ids, span = [universe.birchwood.pk, universe.harbour.pk], (universe.today, universe.today)
    ask = getattr(network, f"network_{asked}")
    with django_assert_num_queries(2):  # type: ignore[operator]
        ask(ids) if asked == "sums" else ask(ids, *span)
