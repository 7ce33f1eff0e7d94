"""What surrounds a session: the chart, the last one, what was given beside touch, who gives it."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, can
from sessions_app.clinics.profile_model import PractitionerProfile
from sessions_app.enrolments.models import Enrolment
from sessions_app.fetching import Asked, Select, column, fetch
from sessions_app.patients.looked_at import LookedAt, as_looked_at, asked_by_rules
from sessions_app.protocols import registry
from sessions_app.safety.situation import PlannedSession
from sessions_app.sessions.clock import LONGEST
from sessions_app.sessions.models import Score, Session
from sessions_app.sessions.record import Care, Ratings
from sessions_app.timing.models import TimedCare
from sessions_app.timing.opioid import minutes_since
from sessions_app.timing.timeline import SPAN, TimedLine, Timeline
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timed import TimedKind

_CLINIC, _PATIENT = column(Session, "clinic"), column(Session, "patient")
_COURSE, _BEGAN = column(Session, "enrolment"), column(Session, "performed_at")
_AT, _WHO = column(TimedCare, "happens_at"), column(PractitionerProfile, "user")
_TOLD = (
    _BEGAN, column(Score, "before"), _BEGAN, column(Session, "minutes"),
    column(TimedCare, "id"), column(TimedCare, "kind"), _AT, column(TimedCare, "note"),
    column(TimedCare, "recorded_at"), column(PractitionerProfile, "licence_until"),
    column(PractitionerProfile, "insurance_until"), column(PractitionerProfile, "training_hours"),
)  # fmt: skip
_AROUND = Select(
    """
    SELECT
        (SELECT s.performed_at FROM sessions_app_session s
         WHERE s.clinic_id = %s AND s.enrolment_id = %s AND s.status = 'given'
             AND s.performed_at < %s
         ORDER BY s.performed_at DESC LIMIT 1),
        (SELECT c."before" FROM sessions_app_session s JOIN sessions_app_score c
             ON c.clinic_id = s.clinic_id AND c.session_id = s.id
         WHERE s.clinic_id = %s AND s.patient_id = %s AND s.status = 'given'
             AND s.performed_at < %s AND c.scale = 'pain' AND c."before" IS NOT NULL
         ORDER BY s.performed_at DESC LIMIT 1),
        (SELECT s.performed_at FROM sessions_app_session s
         WHERE s.clinic_id = %s AND s.patient_id = %s AND s.status <> 'not_given'
             AND s.performed_at > %s AND s.performed_at < %s
         ORDER BY s.performed_at DESC, s.id DESC LIMIT 1),
        (SELECT s.minutes FROM sessions_app_session s
         WHERE s.clinic_id = %s AND s.patient_id = %s AND s.status <> 'not_given'
             AND s.performed_at > %s AND s.performed_at < %s
         ORDER BY s.performed_at DESC, s.id DESC LIMIT 1),
        t.id, t.kind, t.happens_at, t.note, t.recorded_at,
        f.licence_until, f.insurance_until, f.training_hours
    FROM sessions_app_patient p LEFT JOIN sessions_app_practitionerprofile f
        ON f.clinic_id = p.clinic_id AND f.user_id = %s
    LEFT JOIN sessions_app_timedcare t
        ON t.clinic_id = p.clinic_id AND t.patient_id = p.id AND t.withdrawn_at IS NULL
        AND t.happens_at BETWEEN %s AND %s
    WHERE p.clinic_id = %s AND p.id = %s
    """,
    _TOLD,
)
"""The last start of the course, the last pain of the patient and the session nearest to its end,
beside each dose or treatment."""


@dataclass(frozen=True)
class Around:
    """What lay around a session that began, or would begin, at `when`.

    The gap is counted from start to start within the course, as the protocol's clock counts it;
    the last pain before a session is the patient's, on whatever protocol it was told.
    """

    when: datetime
    looked_at: LookedAt
    gap_hours: int | None = None
    last_start: datetime | None = None
    last_pain: int | None = None
    nearest: tuple[datetime, int | None] | None = None
    lines: tuple[TimedLine, ...] = ()
    licence_until: date | None = None
    insurance_until: date | None = None
    training_hours: int | None = None

    @property
    def overlapped(self) -> datetime | None:
        """The start of another session of the patient that had not ended when this one began."""
        if self.nearest is None:
            return None
        began, minutes = self.nearest
        lasting = minutes is None or began + timedelta(minutes=minutes) > self.when
        return began if lasting else None

    @property
    def minutes_since_opioid(self) -> int | None:
        """The minutes from the last dose that was taken to the session; None is unknown."""
        return minutes_since((one for one in self.lines if _is_dose(one)), self.when)

    def told(
        self, care: Care, before: Ratings | None = None, after: Ratings | None = None
    ) -> PlannedSession:
        """Return all that the safety rules look at, as far as it is known."""
        return replace(
            care.planned(),
            pain_before=_pain(before),
            pain_after=_pain(after),
            last_pain_before=self.last_pain,
            hours_since_last=self._hours_since_last(),
            least_hours_between=self.gap_hours,
            minutes_since_opioid=self.minutes_since_opioid,
            credential_until=self.licence_until,
            insurance_until=self.insurance_until,
            training_hours=self.training_hours,
        )

    def timeline(self, now: datetime, zone: tzinfo) -> Timeline:
        """Return what was given and is planned around now, for the page."""
        return Timeline.of(self.lines, now, zone)

    def _hours_since_last(self) -> Decimal | None:
        if self.last_start is None:
            return None
        return Decimal(int((self.when - self.last_start).total_seconds())) / 3600


def around(
    enrolment: Enrolment,
    when: datetime,
    until: datetime | None = None,
    *,
    ended: datetime | None = None,
    by: Membership | None = None,
    session: Session | None = None,
) -> Around:
    """Return what surrounds a session of a course, in one query.

    `by` is who acts, and `session` the one in progress: they say whose credentials count.
    Doses and treatments reach from a day before it to a day after it, or after `until`. With
    `ended`, when the session was over, another one in the same time is found.
    """
    clinic, patient = (_CLINIC, enrolment.clinic_id), (_PATIENT, enrolment.patient_id)
    course, moment = (_COURSE, enrolment.pk), (_BEGAN, when)
    span = (_AT, when - SPAN), (_AT, (until or when) + SPAN)
    near = (clinic, patient, (_BEGAN, when - timedelta(minutes=LONGEST)), (_BEGAN, ended or when))
    before = [clinic, course, moment, clinic, patient, moment]
    asked = [*before, *near, *near, (_WHO, _giver(by, session)), *span, clinic, patient]
    chart = asked_by_rules(enrolment.clinic_id, enrolment.patient_id)
    rows, *found = fetch(Asked(_AROUND, asked), *chart)
    return _told_by(rows, as_looked_at(found), enrolment, when)


def _told_by(
    rows: list[list[Any]], looked_at: LookedAt, enrolment: Enrolment, when: datetime
) -> Around:
    """Return what the rows say: one for each dose or treatment, or one without."""
    nothing: list[Any] = [None] * len(_TOLD)
    last_start, last_pain, began, minutes, *_, licence, insurance, hours = (rows or [nothing])[0]
    return Around(
        when=when,
        looked_at=looked_at,
        gap_hours=registry.course(enrolment.arm_id).protocol.schedule.gap_hours,
        last_start=last_start,
        last_pain=last_pain,
        nearest=None if began is None else (began, minutes),
        lines=tuple(_line(*row[4:9]) for row in rows if row[4] is not None),
        licence_until=licence,
        insurance_until=insurance,
        training_hours=hours,
    )


def _giver(by: Membership | None, session: Session | None) -> uuid.UUID | None:
    """Return whose credentials count: who began the session, else who acts.

    A volunteer gives simple touch only, which needs no licence: nobody's.
    """
    if by is None or (session is not None and session.given_by_id != by.user_id):
        return session.given_by_id if session else None
    return by.user_id if can(by, Permission.GIVE_MASSAGE) else None


def _line(
    id: uuid.UUID, kind: str, happens_at: datetime, note: str, recorded_at: datetime
) -> TimedLine:
    return TimedLine(id, TimedKind(kind), happens_at, note, took_place=happens_at <= recorded_at)


def _is_dose(line: TimedLine) -> bool:
    return line.kind.is_opioid and line.took_place


def _pain(ratings: Ratings | None) -> int | None:
    rating = (ratings or {}).get(Scale.PAIN)
    return rating.value if rating else None
