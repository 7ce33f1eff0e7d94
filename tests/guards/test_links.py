"""A link between rows never leaves the clinic, whoever writes: raw SQL stands at the door here."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction

from sessions_app import guards
from sessions_app.clinics.links import links
from sessions_app.clinics.models import Clinic
from sessions_app.models import (
    ChartRead,
    ClinicalFact,
    EmergencyAccess,
    EmergencySeen,
    Enrolment,
    FollowUpScore,
    Incident,
    Order,
    Patient,
    ReminderShown,
    Score,
    Session,
    SessionReceipt,
    SiteTreated,
    TimedCare,
)
from sessions_app.reads.actions import keep as keep_reads
from sessions_app.sessions import later_actions
from sessions_app.sessions.record import Rating
from sessions_app.timing import actions as timing
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timed import TimedKind
from sessions_app.vocabulary.timepoints import TimePoint
from tests.guards.dropping import drop
from tests.universe import Universe

LINKS: list[tuple[type[models.Model], str, Callable[[Universe], models.Model]]] = [
    (ClinicalFact, "patient_id", lambda world: world.farah),
    (Order, "patient_id", lambda world: world.farah),
    (TimedCare, "patient_id", lambda world: world.farah),
    (ChartRead, "patient_id", lambda world: world.farah),
    (ChartRead, "access_id", lambda world: EmergencyAccess.objects.get(patient=world.farah)),
    (EmergencyAccess, "patient_id", lambda world: world.farah),
    (TimedCare, "fact_id", lambda world: world.farah.facts.first()),
    (TimedCare, "replaces_id", lambda world: world.farah.timed_care.first()),
    (Enrolment, "patient_id", lambda world: world.farah),
    (Session, "patient_id", lambda world: world.farah),
    (Session, "enrolment_id", lambda world: world.farah_course),
    (SiteTreated, "session_id", lambda world: world.farah_session),
    (Score, "session_id", lambda world: world.farah_session),
    (FollowUpScore, "session_id", lambda world: world.farah_session),
    (ReminderShown, "session_id", lambda world: world.farah_session),
    (SessionReceipt, "session_id", lambda world: world.farah_session),
    (EmergencySeen, "patient_id", lambda world: world.farah),
    (EmergencySeen, "enrolment_id", lambda world: world.farah_course),
    (Incident, "patient_id", lambda world: world.farah),
    (Incident, "session_id", lambda world: world.farah_session),
]
IDS = [f"{model.__name__}.{column}" for model, column, _ in LINKS]
STAYS = "same_clinic|receipt_is_never_changed|read_is_append_only|access_from_elsewhere"
"""A receipt and a reading are not pointed elsewhere at all, whatever the clinic."""
every_link = pytest.mark.parametrize(("model", "column", "foreign"), LINKS, ids=IDS)

Foreign = Callable[[Universe], models.Model]


@pytest.fixture
def world(universe: Universe) -> Universe:
    """Give the world with one follow-up score, so that every linked model has a row.

    Ada's physiotherapy is taken back: a copy of it meets no rule but that of the links.
    """
    timing.withdraw(universe.ada.timed_care.first(), reason="slip", by=universe.therapist)
    first = timing.record(
        patient=universe.ada,
        kind=TimedKind.CHEMOTHERAPY,
        happens_at=universe.now,
        client_key=uuid.uuid4(),
        by=universe.therapist,
        at=universe.now,
    )
    ahead, key = universe.now + timedelta(hours=1), uuid.uuid4()
    timing.correct(first, happens_at=ahead, client_key=key, by=universe.therapist, at=universe.now)
    timing.record(
        patient=universe.farah,
        kind=TimedKind.ANALGESIC,
        happens_at=universe.now,
        client_key=uuid.uuid4(),
        by=universe.foreign_therapist,
    )
    later_actions.add_follow_up(
        universe.ada_session,
        scale=Scale.PAIN,
        time_point=TimePoint.NEXT_DAY,
        rating=Rating(value=3),
        measured_at=universe.now,
        by=universe.therapist,
    )
    _read_in_an_emergency(universe.ada, universe.harbour, universe)
    _read_in_an_emergency(universe.farah, universe.birchwood, universe)
    return universe


def _read_in_an_emergency(patient: Patient, home: Clinic, world: Universe) -> None:
    """Let Wanda read a chart by an emergency access from another clinic."""
    chart = {"clinic_id": patient.clinic_id, "patient_id": patient.pk}
    access = EmergencyAccess.objects.create(
        **chart,
        person=world.wanda,
        home=home,
        opened_as="therapist",
        reason="Found on the floor.",
        began_at=world.now,
        until=world.now + timedelta(hours=1),
    )
    who = {"reader_id": world.wanda.pk, "read_as": "therapist", "at": world.now}
    keep_reads([ChartRead(page="rounds:chart", access_id=access.pk, **chart, **who)])


def own_row(model: type[models.Model], world: Universe) -> models.Model:
    return model._default_manager.filter(clinic_id=world.birchwood.pk).first()


def as_key(row: models.Model) -> object:
    return row.pk.hex if connection.vendor == "sqlite" else row.pk


def execute(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        connection.check_constraints()


def leave_alone(name: str) -> None:
    """Take away the guards of all links but one."""
    for guard in guards.guards_for(connection.vendor):
        if guard.name.startswith("same_clinic") and not guard.name.startswith(name):
            drop(guard)


def test_the_table_holds_every_link() -> None:
    told = {(model._meta.db_table, column) for model, column, _ in LINKS}
    assert told == {(link.table, link.column) for link in links()}


@every_link
def test_a_new_row_cannot_point_into_another_clinic(
    world: Universe, model: type[models.Model], column: str, foreign: Foreign
) -> None:
    row = own_row(model, world)
    fresh = {"id": Patient(), "client_key": Patient(), column: foreign(world)}
    columns = [field.column for field in model._meta.concrete_fields]
    taken = ", ".join("%s" if name in fresh else f'"{name}"' for name in columns)
    table, named = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    values = [as_key(fresh[name]) for name in columns if name in fresh]
    name = f"same_clinic_{model._meta.model_name}_{column}"
    leave_alone(name)
    with pytest.raises(IntegrityError, match=name):
        execute(
            f"INSERT INTO {table} ({named}) SELECT {taken} FROM {table} WHERE id = %s",
            *values,
            as_key(row),
        )


@every_link
def test_a_stored_row_cannot_be_pointed_into_another_clinic(
    world: Universe, model: type[models.Model], column: str, foreign: Foreign
) -> None:
    row, table = own_row(model, world), model._meta.db_table
    with pytest.raises(IntegrityError, match=STAYS):
        execute(
            f"UPDATE {table} SET {column} = %s WHERE id = %s", as_key(foreign(world)), as_key(row)
        )


@every_link
def test_a_stored_row_cannot_be_moved_to_another_clinic(
    world: Universe, model: type[models.Model], column: str, foreign: Foreign
) -> None:
    row, table = own_row(model, world), model._meta.db_table
    with pytest.raises(IntegrityError, match=STAYS):
        execute(
            f"UPDATE {table} SET clinic_id = %s WHERE id = %s", as_key(world.harbour), as_key(row)
        )


PARENTS: dict[str, Callable[[Universe], models.Model]] = {
    "access_id": lambda world: EmergencyAccess.objects.get(patient=world.ada),
    "patient_id": lambda world: world.ada,
    "enrolment_id": lambda world: world.ada_course,
    "session_id": lambda world: world.ada_session,
    "fact_id": lambda world: world.ada.timed_care.get(fact__isnull=False).fact,
    "replaces_id": lambda world: world.ada.timed_care.get(replaces__isnull=False).replaces,
}


@every_link
def test_a_row_that_others_point_to_cannot_be_deleted(
    world: Universe, model: type[models.Model], column: str, foreign: Foreign
) -> None:
    parent = PARENTS[column](world)
    assert model._default_manager.filter(**{column: parent.pk}).exists()
    name = f"same_clinic_{model._meta.model_name}_{column}"
    leave_alone(name)
    with pytest.raises(IntegrityError, match=name):
        execute(f"DELETE FROM {parent._meta.db_table} WHERE id = %s", as_key(parent))


@every_link
def test_a_row_that_others_point_to_cannot_be_moved_to_another_clinic(
    world: Universe, model: type[models.Model], column: str, foreign: Foreign
) -> None:
    parent = PARENTS[column](world)
    table = parent._meta.db_table
    with pytest.raises(IntegrityError, match=STAYS):
        execute(
            f"UPDATE {table} SET clinic_id = %s WHERE id = %s",
            as_key(world.harbour),
            as_key(parent),
        )


@every_link
def test_a_row_that_others_point_to_keeps_its_identity(
    world: Universe, model: type[models.Model], column: str, foreign: Foreign
) -> None:
    parent = PARENTS[column](world)
    with pytest.raises(IntegrityError, match="same_clinic"):
        execute(
            f"UPDATE {parent._meta.db_table} SET id = %s WHERE id = %s",
            as_key(Patient()),
            as_key(parent),
        )


@pytest.mark.parametrize(
    ("table", "column"),
    [("session", "patient_id"), ("session", "enrolment_id"), ("enrolment", "patient_id")],
)
def test_a_session_and_its_course_are_of_one_patient(
    world: Universe, table: str, column: str
) -> None:
    row = {"session": world.ada_session, "enrolment": world.ada_course}[table]
    other = {"patient_id": world.chen, "enrolment_id": world.bruno_course}[column]
    with pytest.raises(
        IntegrityError, match=r"same_clinic_(session_enrol|emergencyseen_enrol|incident_session)"
    ):
        execute(
            f"UPDATE sessions_app_{table} SET {column} = %s WHERE id = %s",
            as_key(other),
            as_key(row),
        )


@pytest.mark.parametrize(
    ("model", "column"),
    [(TimedCare, "fact_id"), (TimedCare, "replaces_id"), (Incident, "session_id")],
)
def test_what_a_row_is_linked_to_is_of_the_same_patient(
    world: Universe, model: type[models.Model], column: str
) -> None:
    row = model._default_manager.filter(
        clinic_id=world.birchwood.pk, **{f"{column}__isnull": False}
    ).first()
    name = f"same_clinic_{model._meta.model_name}_{column}"
    leave_alone(name)
    with pytest.raises(IntegrityError, match=name):
        execute(
            f"UPDATE {model._meta.db_table} SET patient_id = %s WHERE id = %s",
            as_key(world.chen),
            as_key(row),
        )


def test_a_row_nobody_points_to_can_be_deleted(world: Universe) -> None:
    row = Score.objects.filter(session_id=world.ada_session.pk).first()
    execute("DELETE FROM sessions_app_score WHERE id = %s", as_key(row))
    assert not Score.objects.filter(pk=row.pk).exists()


def test_an_own_link_may_be_changed(world: Universe) -> None:
    execute(
        "UPDATE sessions_app_sitetreated SET session_id = %s WHERE session_id = %s",
        as_key(world.start(world.bruno_course, before={})),
        as_key(world.ada_session),
    )
    assert not SiteTreated.objects.filter(session_id=world.ada_session.pk).exists()
