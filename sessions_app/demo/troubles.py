"""What goes wrong in the demo: pain that rose, an emergency; and a threshold that was decided."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sessions_app.clinics.models import Membership
from sessions_app.clinics.threshold_actions import set_threshold
from sessions_app.demo.places import HOSPICE, HOSPITAL, Place
from sessions_app.demo.steps import Made, Step, as_utc
from sessions_app.demo.stories import Story, ToldSession
from sessions_app.sessions import emergency_actions, incident_actions
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.incidents import INCIDENT_FROM, rise_told
from sessions_app.vocabulary.incidents import EmergencyCause, Harm, IncidentKind

_FOLLOWED = (
    "Seen this morning: as before the session. The evening dose had been late.",
    "The ward says it settled within the hour with the breakthrough dose.",
    "Sore where the bed rail had pressed; nothing to do with the hands.",
)
_CONCLUDED = (
    "Turning hurt, not the touch. Next time on the back, without turning.",
    "Begin half an hour after the breakthrough dose.",
    "No cause found. Shorter session next time, and ask midway.",
)
_FOLLOWED_AFTER, _CLOSED_AFTER = timedelta(hours=20), timedelta(hours=52)


@dataclass(frozen=True)
class Decided:
    """A threshold that a clinician of a demo clinic decided."""

    place: Place
    key: str
    value: Decimal
    clinician: tuple[str, str]
    reason: str
    days_ago: int


DECIDED = (
    Decided(
        HOSPICE, "platelets_stale_days", Decimal(5), ("Dr Halvard Imrie", "medical director"),
        "Two patients bled at counts that were six days old.", 9,
    ),
    Decided(
        HOSPITAL, "drug_hours", Decimal(72), ("Dr Noor Castellane", "oncologist"),
        "The unit's own rule for gloves is three days.", 40,
    ),
)  # fmt: skip


def decision_steps(decided: Decided, admin: Membership, now: datetime) -> Iterator[Step]:
    """Yield the writing down of a clinician's decision."""
    at = as_utc(now - timedelta(days=decided.days_ago))
    name, role = decided.clinician
    yield Step(
        at,
        lambda: set_threshold(
            key=decided.key, value=decided.value, decided_by_name=name, decided_by_role=role,
            reason=decided.reason, by=admin, at=at,
        ),
    )  # fmt: skip


def aftermath_steps(
    made: Made, told: ToldSession, supervisor: Membership, now: datetime
) -> Iterator[Step]:
    """Yield what a supervisor did about a pain that rose, as far as there was time by now."""
    if told.under_way or rise_told(told.before, told.after) < INCIDENT_FROM:
        return
    one = told.key.int % len(_FOLLOWED)
    followed, closed = (
        as_utc(told.recorded_at) + later for later in (_FOLLOWED_AFTER, _CLOSED_AFTER)
    )
    session = told.key
    if followed < now:
        yield Step(
            followed,
            lambda: incident_actions.follow_up(
                _incident(made, session), note=_FOLLOWED[one], by=supervisor, at=followed
            ),
        )
    if closed < now:
        yield Step(
            closed,
            lambda: incident_actions.close_incident(
                _incident(made, session), conclusion=_CONCLUDED[one], harm=Harm.MILD,
                by=supervisor, at=closed,
            ),
        )  # fmt: skip


def emergency_steps(
    made: Made, story: Story, therapist: Membership, now: datetime
) -> Iterator[Step]:
    """Yield an emergency of yesterday that no supervisor has closed yet."""
    at = max(as_utc(now) - timedelta(hours=21), as_utc(story.registered_at) + timedelta(hours=1))

    def see() -> None:
        seen = emergency_actions.see_emergency(
            patient=made.patient, cause=EmergencyCause.OPENED, by=therapist, at=at
        )
        emergency_actions.say_done(
            seen,
            done="Grey and short of breath while I washed my hands. Called at once; the nurse came "
            "within minutes and gave oxygen.",
            by=therapist,
            at=at + timedelta(minutes=18),
        )

    yield Step(at, see)


def incident_steps(
    made: Made, story: Story, therapist: Membership, now: datetime
) -> Iterator[Step]:
    """Yield an incident that a therapist reported after the patient's last session."""
    at = as_utc(_given(story)[-1].recorded_at) + timedelta(minutes=6)
    yield Step(
        min(at, as_utc(now)),
        lambda: incident_actions.report_incident(
            made.session,
            kind=IncidentKind.REACTION,
            what_happened="Dizzy on sitting up; sat with the nurse until it passed.",
            harm=Harm.MILD,
            by=therapist,
            at=min(at, as_utc(now)),
        ),
    )


def troubled(stories: list[Story]) -> list[Story]:
    """Return whose emergency and whose incident is still open: both in the hospice, both there."""
    there = [one for one in stories if one.place is HOSPICE and one.left_at is None]
    had = [one for one in there if len(_given(one)) > 1]
    return [one for one in there if one not in had[-1:]][:1] + had[-1:]


def _given(story: Story) -> list[ToldSession]:
    """Return the sessions of a running course that were given, where the last offer was one."""
    told = story.courses[-1].sessions if story.courses else ()
    if not told or told[-1].not_given or told[-1].under_way:
        return []
    return [one for one in told if one.not_given is None]


def _incident(made: Made, key: uuid.UUID) -> Incident:
    mine = {"clinic_id": made.patient.clinic_id, "patient_id": made.patient.pk}
    return Incident.objects.filter(**mine, session__client_key=key)[0]
