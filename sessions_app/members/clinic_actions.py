"""What changes the settings of a clinic."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.actions import check_time_zone
from sessions_app.clinics.emergency_number import check_emergency_number
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.members.deciding import deciding
from sessions_app.members.settings import SETTINGS
from sessions_app.rollups.folding import start_anew


def change_clinic(*, by: Membership, at: datetime | None = None, **settings: Any) -> list[str]:
    """Change the settings of `by`'s clinic; return the names of those that are other than before.

    With another time zone days and weeks begin at other instants, so the stored sums are dropped;
    moments stay what they are. Raises ValueError for an unknown time zone or a number that
    nobody can dial, TypeError for what is no setting.
    """
    check_may(by, Permission.CHANGE_CLINIC)
    if unknown := set(settings) - set(SETTINGS):
        raise TypeError(f"no setting of a clinic: {', '.join(sorted(unknown))}")
    if "emergency_number" in settings:
        check_emergency_number(settings["emergency_number"])
    check_time_zone(settings.get("time_zone", by.clinic.time_zone))
    with deciding(by, ()):
        clinic = Clinic.objects.get(pk=by.clinic_id)
        held = {name: getattr(clinic, name) for name in settings}
        new = {name: value for name, value in settings.items() if value != held[name]}
        if not new:
            return []
        if "time_zone" in new:
            start_anew(clinic.pk)
        for name, value in new.items():
            setattr(clinic, name, value)
        clinic.save(update_fields=list(new))
        audit.record(
            Event.CLINIC_CHANGED,
            clinic,
            clinic_id=clinic.pk,
            actor=by.user,
            old={name: held[name] for name in new},
            new=new,
            at=at or timezone.now(),
        )
    return list(new)
