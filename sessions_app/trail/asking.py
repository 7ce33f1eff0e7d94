"""Which events are asked for: from the filters to rows, and from page to page."""

import uuid
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from sessions_app.audit.check_actions import AT_ONCE
from sessions_app.audit.models import AuditEvent, ChainCheck, ChainHead
from sessions_app.clinics.models import Membership
from sessions_app.identity import NETWORK
from sessions_app.trail.forms import EARLIEST, PEOPLE

Events = QuerySet[AuditEvent]


def events_asked(by: Membership, asked: Mapping[str, Any]) -> Events:
    """Return the events that the filters ask for, the newest first.

    Accounts and sign-ins belong to no clinic: of these, those of the clinic's own
    members until they left.
    """
    found = _of_people(by) if asked["trail"] == PEOPLE else _of_clinic(by)
    zone = by.clinic.zone
    found = found.filter(at__gte=datetime.combine(asked["first"], time.min, tzinfo=zone))
    after = asked["last"] + timedelta(days=1)
    found = found.filter(at__lt=datetime.combine(after, time.min, tzinfo=zone))
    if asked["person"]:
        found = found.filter(actor_id=uuid.UUID(asked["person"]))
    if asked["kind"]:
        found = found.filter(action=asked["kind"])
    if asked["subject"]:
        found = found.filter(subject_id=asked["subject"])
    return found.order_by("-at", "-seq")


def older_than(events: Events, at: datetime, seq: int) -> Events:
    """Go on after an event where the newest is first; each page costs what the first one does."""
    # The first condition follows from the second; it is what an index can begin at.
    return events.filter(Q(at__lt=at) | Q(seq__lt=seq), at__lte=at)


def place_of(event: AuditEvent) -> str:
    """Return where a page ended, as an address says it."""
    return f"{event.at.isoformat()}~{event.seq}"


def place_said(said: str) -> tuple[datetime, int]:
    """Read where a page ended. Raises ValueError for what is no such place."""
    at, _, seq = said.partition("~")
    moment = datetime.fromisoformat(at)
    if timezone.is_naive(moment) or len(seq) > 18 or not EARLIEST.year < moment.year < 9999:
        raise ValueError
    return moment, int(seq)


def state_of(by: Membership) -> dict[str, Any]:
    """Return how far the clinic's chain was checked, and how long it is."""
    of_clinic = {"clinic_id": by.clinic_id}
    return {
        "at_once": AT_ONCE,
        "checked": ChainCheck.objects.filter(**of_clinic).first(),
        "head": ChainHead.objects.filter(**of_clinic).first(),
    }


def _of_clinic(by: Membership) -> Events:
    return AuditEvent.objects.filter(clinic_id=by.clinic_id)


def _of_people(by: Membership) -> Events:
    """What somebody did after they had left the clinic is none of its business."""
    here = Membership.objects.filter(clinic_id=by.clinic_id, user_id=OuterRef("subject_id"))
    then = here.filter(Q(ended_at=None) | Q(ended_at__gte=OuterRef("at")))
    return AuditEvent.objects.filter(Exists(then), clinic_id=NETWORK)
