"""Who looked at the charts of the demo: the giver of each session of the last days, and others."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sessions_app.clinics.models import Membership
from sessions_app.emergency_access.actions import open_access
from sessions_app.patients.models import Patient
from sessions_app.reads.actions import keep
from sessions_app.reads.models import ChartRead
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.roles import Role

DAYS = 14
AT_ONCE = 200
_BY_THE_GIVER = (
    (timedelta(minutes=-6), "rounds:chart"),
    (timedelta(minutes=-2), "sessions:start"),
    (timedelta(minutes=41), "sessions:session"),
)
_BY_A_SUPERVISOR = ((timedelta(hours=3), "sessions:session"), (timedelta(hours=4), "rounds:course"))


def note_readings(members: list[Membership], supervisors: list[Membership], now: datetime) -> None:
    """Store the readings of the last days."""
    since = now - timedelta(days=DAYS)
    by_person = {(one.clinic_id, one.user_id): one for one in members}
    reads: list[ChartRead] = []
    for boss in supervisors:
        recent = Session.objects.filter(clinic_id=boss.clinic_id, performed_at__gte=since)
        for place, session in enumerate(recent.order_by("performed_at", "id")):
            giver = by_person.get((session.clinic_id, session.given_by_id))
            reads += _reads(session, giver, _BY_THE_GIVER) if giver else ()
            reads += _reads(session, boss, _BY_A_SUPERVISOR) if place % 3 == 0 else ()
    reads = [read for read in reads if read.at <= now]
    for start in range(0, len(reads), AT_ONCE):
        keep(reads[start : start + AT_ONCE])


def open_in_emergency(members: list[Membership], boss: Membership, at: datetime) -> None:
    """Let a colleague of another clinic read one chart of the supervisor's."""
    here = {one.user_id for one in members if one.clinic_id == boss.clinic_id}
    elsewhere = [one for one in members if one.user_id not in here and one.role == Role.THERAPIST]
    patient = Patient.objects.filter(clinic_id=boss.clinic_id).active().order_by("pk").first()
    if patient is None or not elsewhere:
        return
    access = open_access(
        clinic_id=boss.clinic_id,
        chart_number=patient.chart_number,
        birth_date=patient.birth_date,
        reason="Brought to our ward from the street, confused; which sites must not be touched?",
        by=elsewhere[0],
        at=at,
    )
    keep(
        ChartRead(
            clinic_id=boss.clinic_id,
            patient_id=patient.pk,
            reader_id=elsewhere[0].user_id,
            read_as=elsewhere[0].role,
            page=page,
            address="10.30.0.18",
            at=at + timedelta(minutes=later),
            access=access,
        )
        for later, page in ((1, "rounds:chart"), (3, "rounds:course"))
    )


def _reads(
    session: Session, member: Membership, pages: tuple[tuple[timedelta, str], ...]
) -> Iterator[ChartRead]:
    for later, page in pages:
        yield ChartRead(
            clinic_id=session.clinic_id,
            patient_id=session.patient_id,
            reader_id=member.user_id,
            read_as=member.role,
            page=page,
            address=f"10.20.0.{member.user_id.int % 40 + 10}",
            at=session.performed_at + later,
        )
