"""What sets a number of the safety rules for a clinic."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.clinics.threshold_model import ClinicThreshold
from sessions_app.clinics.thresholds import bounds_of
from sessions_app.safety.catalogue import THRESHOLDS


class NotToBeSet(ValueError):
    """The value is looser than the catalogue's floor, or too far from its default to be meant."""


def set_threshold(
    *,
    key: str,
    value: Decimal,
    decided_by_name: str,
    decided_by_role: str,
    reason: str,
    by: Membership,
    at: datetime | None = None,
) -> ClinicThreshold:
    """Write down what a clinician decided; it holds from now on.

    Raises NotToBeSet, KeyError for a threshold that the catalogue does not have, and
    IntegrityError where clinician or reason is missing.
    """
    check_may(by, Permission.SET_THRESHOLDS)
    at, threshold = at or timezone.now(), THRESHOLDS[key]
    if problem := threshold.problem_with(value):
        raise NotToBeSet(problem)
    said = {
        "key": key, "value": value, "decided_by_name": decided_by_name,
        "decided_by_role": decided_by_role, "reason": reason,
    }  # fmt: skip
    row = ClinicThreshold(clinic_id=by.clinic_id, **said)
    row.recorded_at, row.recorded_by_id = at, by.user_id
    with transaction.atomic():
        old = {"value": bounds_of(by.clinic_id).of(threshold)}
        row.save(force_insert=True)
        audit.record_by(by, Event.THRESHOLD_SET, row, old=old, new=said, at=at)
    return row
