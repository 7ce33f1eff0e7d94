"""What records a clinician's order, and ends it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.patients.models import Patient
from sessions_app.patients.order_model import Order
from sessions_app.patients.standing_actions import end_once, record_once
from sessions_app.safety.catalogue import rule
from sessions_app.vocabulary.body_sites import BodySite


def record_order(
    *,
    patient: Patient,
    rules: Iterable[str],
    up_to: int,
    clinician_name: str,
    clinician_role: str,
    ordered_on: date,
    expires_on: date,
    by: Membership,
    sites: Iterable[BodySite] = (),
    note: str = "",
    at: datetime | None = None,
) -> Order:
    """Add an order to the chart; without sites it holds for the whole body.

    The very same that stands already is returned: a form sent twice is one order. Raises
    ValueError for a rule that no order lifts, and for an order that names no rule.
    """
    check_may(by, Permission.RECORD_ORDERS)
    at = at or timezone.now()
    said = {
        "rules": _liftable(rules), "sites": sorted(site.value for site in sites), "up_to": up_to,
        "clinician_name": clinician_name, "clinician_role": clinician_role,
        "ordered_on": ordered_on, "expires_on": expires_on, "note": note,
    }  # fmt: skip
    order = Order(clinic_id=by.clinic_id, patient=patient, **said)
    return record_once(order, event=Event.ORDER_RECORDED, said=said, by=by, at=at)


def end_order(order: Order, *, ended_on: date, by: Membership, at: datetime | None = None) -> Order:
    """Say that an order holds no longer from a day on; one that already ended stays as it is."""
    check_may(by, Permission.RECORD_ORDERS)
    at = at or timezone.now()
    return end_once(order, event=Event.ORDER_ENDED, ended_on=ended_on, by=by, at=at)


def _liftable(rules: Iterable[str]) -> list[str]:
    """Return the ids sorted, each once; every one is of a rule that an order can lift."""
    named = sorted(set(rules))
    fixed = [one for one in named if rule(one).lift is None]
    if fixed or not named:
        raise ValueError(f"No order lifts {', '.join(fixed)}." if fixed else "No rule is named.")
    return named
