"""What writes down a colleague's training and credentials."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.profile_model import PractitionerProfile
from sessions_app.members.deciding import check_here, deciding

WRITTEN = (
    "licence_number", "licence_until", "insurance_until", "training_hours", "course_provider",
    "course_hours", "course_on", "months_with_advanced_cancer",
)  # fmt: skip


def write_profile(
    role: Membership, *, by: Membership, at: datetime | None = None, **said: Any
) -> list[str]:
    """Write down what the clinic has seen of a member's credentials; return what is other now.

    Raises IntegrityError for what cannot be, such as hours of a course without its provider.
    """
    check_here(role, by)
    if unknown := set(said) - set(WRITTEN):
        raise TypeError(f"not in a profile: {', '.join(sorted(unknown))}")
    at = at or timezone.now()
    with deciding(by, ()):
        there = PractitionerProfile.objects.filter(clinic_id=by.clinic_id, user_id=role.user_id)
        row = there.first() or PractitionerProfile(clinic_id=by.clinic_id, user_id=role.user_id)
        held = {name: getattr(row, name) for name in said}
        new = {name: value for name, value in said.items() if value != held[name]}
        if not new:
            return []
        for name, value in new.items():
            setattr(row, name, value)
        row.written_at, row.written_by = at, by.user
        row.save()
        old, whose = {name: held[name] for name in new}, {"user": role.user_id}
        audit.record_by(by, Event.PROFILE_WRITTEN, row, old=whose | old, new=whose | new, at=at)
    return list(new)
