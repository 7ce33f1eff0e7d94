"""Taking events out of the system is an event itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may


def note_export(*, by: Membership, asked: Mapping[str, Any], at: datetime | None = None) -> None:
    """Note that events were exported, and which were asked for."""
    check_may(by, Permission.SEE_AUDIT)
    with transaction.atomic():
        audit.record_by(by, Event.AUDIT_EXPORTED, by.clinic, new=asked, at=at or timezone.now())
