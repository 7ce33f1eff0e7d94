"""What surrounds a session: the last one, and what was given beside the touch.

A therapist's credential is left unknown to the rules: no professional register exists yet.
"""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery

from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.models import Patient
from sessions_app.protocols import registry
from sessions_app.safety.situation import PlannedSession
from sessions_app.sessions.models import Score, Session
from sessions_app.sessions.record import Care, Ratings
from sessions_app.timing.opioid import minutes_since
from sessions_app.timing.timeline import SPAN, TimedLine, Timeline
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timed import TimedKind

_NEAR = ("id", "kind", "happens_at", "note", "recorded_at")


@dataclass(frozen=True)
class Around:
    """What lay around a session that began, or would begin, at `when`.

    The gap is counted from start to start within the course, as the protocol's clock counts it;
    the last pain before a session is the patient's, on whatever protocol it was told.
    """

    when: datetime
    gap_hours: int | None = None
    last_start: datetime | None = None
    last_pain: int | None = None
    lines: tuple[TimedLine, ...] = ()

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
        )

    def timeline(self, now: datetime, zone: tzinfo) -> Timeline:
        """Return what was given and is planned around now, for the page."""
        return Timeline.of(self.lines, now, zone)

    def _hours_since_last(self) -> Decimal | None:
        if self.last_start is None:
            return None
        return Decimal(int((self.when - self.last_start).total_seconds())) / 3600


def around(enrolment: Enrolment, when: datetime, until: datetime | None = None) -> Around:
    """Return what surrounds a session of a course, in one query.

    Doses and treatments reach from a day before it to a day after it, or after `until`.
    """
    clinic_id, patient_id = enrolment.clinic_id, enrolment.patient_id
    near = Q(
        timed_care__clinic_id=clinic_id,
        timed_care__withdrawn_at__isnull=True,
        timed_care__happens_at__range=(when - SPAN, (until or when) + SPAN),
    )
    rows = (
        Patient.objects.filter(clinic_id=clinic_id, pk=patient_id)
        .annotate(
            near=FilteredRelation("timed_care", condition=near),
            last_start=Subquery(_last_start(enrolment, when)),
            last_pain=Subquery(_last_pain(clinic_id, when)),
        )
        .values("last_start", "last_pain", *[f"near__{name}" for name in _NEAR])
    )
    found = list(rows)
    first = found[0] if found else {"last_start": None, "last_pain": None}
    return Around(
        when=when,
        gap_hours=registry.course(enrolment.arm_id).protocol.schedule.gap_hours,
        last_start=first["last_start"],
        last_pain=first["last_pain"],
        lines=tuple(_line(row) for row in found if row["near__id"] is not None),
    )


def _last_start(enrolment: Enrolment, when: datetime) -> QuerySet[Any, Any]:
    """Return when the course's last session before a moment began."""
    mine = Session.objects.filter(clinic_id=enrolment.clinic_id, enrolment_id=enrolment.pk)
    return mine.given().before(when).order_by("-performed_at").values("performed_at")[:1]


def _last_pain(clinic_id: Any, when: datetime) -> QuerySet[Any, Any]:
    """Return the pain that was told last before a session of the patient's."""
    told = Score.objects.filter(
        clinic_id=clinic_id,
        scale=Scale.PAIN.value,
        before__isnull=False,
        session__clinic_id=clinic_id,
        session__patient_id=OuterRef("pk"),
        session__status=SessionStatus.GIVEN.value,
        session__performed_at__lt=when,
    )
    return told.order_by("-session__performed_at").values("before")[:1]


def _line(row: dict[str, Any]) -> TimedLine:
    happens_at = row["near__happens_at"]
    return TimedLine(
        id=row["near__id"],
        kind=TimedKind(row["near__kind"]),
        happens_at=happens_at,
        note=row["near__note"],
        took_place=happens_at <= row["near__recorded_at"],
    )


def _is_dose(line: TimedLine) -> bool:
    return line.kind.is_opioid and line.took_place


def _pain(ratings: Ratings | None) -> int | None:
    rating = (ratings or {}).get(Scale.PAIN)
    return rating.value if rating else None
