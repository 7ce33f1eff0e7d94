"""Who looked at the charts of the demo: the giver of each session of the last days, and others."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sessions_app.clinics.models import Membership
from sessions_app.reads.actions import keep
from sessions_app.reads.models import ChartRead
from sessions_app.sessions.models import Session

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
