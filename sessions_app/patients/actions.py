"""What changes a chart."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.patients.locking import hold
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.patients.querysets import place_key, search_form
from sessions_app.patients.standing_actions import end_once, record_once
from sessions_app.refusals import sent_already
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind

PARTICULARS = (
    "chart_number", "given_names", "family_name", "birth_date", "language", "ward", "room",
    "cancer_type", "icd10", "status",
)  # fmt: skip


def register(*, by: Membership, at: datetime | None = None, **particulars: Any) -> Patient:
    """Open a chart; the very same form sent twice is one chart.

    Raises IntegrityError where the chart number is taken in this clinic.
    """
    check_may(by, Permission.EDIT_PATIENTS)
    at = at or timezone.now()
    patient = Patient(
        clinic_id=by.clinic_id, registered_at=at, registered_by_id=by.user_id, **particulars
    )
    patient.search_key = _search_key(patient)
    patient.place_key = place_key(patient.ward, patient.room)
    try:
        with transaction.atomic():
            patient.save(force_insert=True)
            audit.record_by(by, Event.PATIENT_REGISTERED, patient, new=_particulars(patient), at=at)
    except IntegrityError:
        said = (*PARTICULARS, "clinic_id", "registered_by_id")
        if (first := sent_already(patient, said)) is None:
            raise
        return first
    return patient


class AmendedMeanwhile(Exception):
    """Somebody else has amended the chart since the one who amends it now has read it."""


def amend(
    patient: Patient,
    *,
    by: Membership,
    seen: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    **new: Any,
) -> Patient:
    """Change a chart's particulars; what stays the same leaves no trace.

    `seen` is what the change was made from: where the chart is no longer that, AmendedMeanwhile is
    raised and nothing changed. It is looked at while nobody else can change the chart.
    """
    check_may(by, Permission.EDIT_PATIENTS)
    at = at or timezone.now()
    with transaction.atomic():
        row = hold(patient.pk, by)
        old = _particulars(row)
        if seen is not None and old != seen:
            raise AmendedMeanwhile
        changed = {name: value for name, value in new.items() if old[name] != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            row.search_key = _search_key(row)
            row.place_key = place_key(row.ward, row.room)
            row.save(update_fields=[*changed, "search_key", "place_key"])
            audit.record_by(
                by,
                Event.PATIENT_AMENDED,
                row,
                old={name: old[name] for name in changed},
                new=changed,
                at=at,
            )
    return row


def record_fact(
    *,
    patient: Patient,
    kind: FactKind,
    observed_on: date,
    source: str,
    by: Membership,
    sites: Iterable[BodySite] = (),
    value: Decimal | None = None,
    unit: str = "",
    valid_until: date | None = None,
    note: str = "",
    at: datetime | None = None,
) -> ClinicalFact:
    """Add a fact to the chart; without a `valid_until` the kind's own span is taken.

    The very same that stands already is returned: a form sent twice is one fact.
    """
    check_may(by, Permission.RECORD_FACTS)
    at = at or timezone.now()
    if valid_until is None and kind.default_validity_days is not None:
        valid_until = observed_on + timedelta(days=kind.default_validity_days)
    said = {
        "kind": kind.value, "sites": sorted(site.value for site in sites), "value": value,
        "unit": unit, "observed_on": observed_on, "valid_until": valid_until, "source": source,
        "note": note,
    }  # fmt: skip
    fact = ClinicalFact(clinic_id=by.clinic_id, patient=patient, **said)
    return record_once(fact, event=Event.FACT_RECORDED, said=said, by=by, at=at)


def end_fact(
    fact: ClinicalFact, *, ended_on: date, by: Membership, at: datetime | None = None
) -> ClinicalFact:
    """Say that a fact holds no longer from a day on; a fact that already ended stays as it is."""
    check_may(by, Permission.RECORD_FACTS)
    at = at or timezone.now()
    return end_once(fact, event=Event.FACT_ENDED, ended_on=ended_on, by=by, at=at)


def _particulars(patient: Patient) -> dict[str, Any]:
    return {name: getattr(patient, name) for name in PARTICULARS}


def _search_key(patient: Patient) -> str:
    words = (patient.family_name, patient.given_names, patient.chart_number)
    # One sign may be spelt out as many; what no longer fits is left out of the search.
    longest = Patient._meta.get_field("search_key").max_length
    return " ".join(search_form(word) for word in words)[:longest]
