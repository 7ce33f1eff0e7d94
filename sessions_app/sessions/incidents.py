"""When a session's scores ask what happened, and when they open an incident by themselves.

Rule Q3 of the reference: pain after above pain before by 1 is asked about, by 2 is an incident.
The session's own two scores are compared, whatever the rules were told.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sessions_app.clinics.models import Membership
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.models import Score, Session
from sessions_app.sessions.record import Answers, Rating
from sessions_app.vocabulary.incidents import Harm, IncidentKind, PainRise
from sessions_app.vocabulary.scales import Scale

ASKED_FROM, INCIDENT_FROM = 1, 2


def rise_told(before: Mapping[Scale, Rating], after: Mapping[Scale, Rating]) -> int:
    """Return by how much pain rose from before to after; 0 where it did not, or nobody knows."""
    first, then = (said.get(Scale.PAIN) for said in (before, after))
    if first is None or then is None or first.value is None or then.value is None:
        return 0
    return max(0, then.value - first.value)


def rise_since(stored: Iterable[Score], after: Mapping[Scale, Rating]) -> int:
    """Return the same of a session whose before-scores are stored."""
    before = {Scale(row.scale): Rating(row.before) for row in stored if row.before is not None}
    return rise_told(before, after)


def asks_what_happened(rise: int) -> bool:
    """Say whether a rise of pain is asked about."""
    return rise >= ASKED_FROM


def put_pain_rise(
    session: Session, rise: int, answers: Answers, by: Membership, at: datetime
) -> list[Incident]:
    """Keep with the session what was answered; return the incident that the rise opens, if any."""
    if asks_what_happened(rise):
        session.pain_rise_text = answers.what_happened
        said = PainRise.TOLD if answers.what_happened else PainRise.NOT_KNOWN
        session.pain_rise = said.value
    if rise < INCIDENT_FROM:
        return []
    told = answers.what_happened or "Nobody knows why."
    words = f"Pain rose by {rise} from before to after. {told}"
    return [opened(session, IncidentKind.WORSE_PAIN, words, by, at)]


def opened(
    session: Session,
    kind: IncidentKind,
    what_happened: str,
    by: Membership,
    at: datetime,
    *,
    harm: Harm | None = None,
) -> Incident:
    """An incident of a session, not stored yet; its task is due on the clinic's next day."""
    due = at.astimezone(by.clinic.zone).date() + timedelta(days=1)
    return Incident(
        clinic_id=session.clinic_id,
        session=session,
        patient_id=session.patient_id,
        kind=kind.value,
        harm=harm.value if harm else "",
        what_happened=what_happened,
        opened_at=at,
        opened_by_id=by.user_id,
        follow_up_due=due,
    )
