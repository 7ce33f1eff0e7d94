"""Rows of a patient's chart as the frozen facts that the safety rules read."""

import uuid
from collections.abc import Iterable
from datetime import date

from sessions_app.fetching import rows_of
from sessions_app.patients.models import ClinicalFact
from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind


def facts_of(clinic_id: uuid.UUID, patient_id: uuid.UUID, on: date, today: date) -> PatientFacts:
    """Return what holds of a patient on a day, in one query.

    A past day is told by what was seen up to it: what was found later is no reproach to it. For
    today also what is dated ahead is returned, which is likely a slip that the rules ask about.
    """
    rows = rows_of(ClinicalFact, clinic_id=clinic_id, patient_id=patient_id)
    return told_on(rows, on, today)


def told_on(rows: Iterable[ClinicalFact], on: date, today: date) -> PatientFacts:
    """Return what rows that are already at hand tell of a day; see `facts_of`."""
    return as_patient_facts(
        row for row in rows if row.stands_on(on) and (row.observed_on <= on or on >= today)
    )


def as_patient_facts(rows: Iterable[ClinicalFact]) -> PatientFacts:
    """Turn rows that are already at hand into facts."""
    return PatientFacts(facts=tuple(_as_fact(row) for row in rows))


def _as_fact(row: ClinicalFact) -> Fact:
    return Fact(
        kind=FactKind(row.kind),
        sites=frozenset(BodySite(code) for code in row.sites),
        value=row.value,
        unit=row.unit,
        observed_on=row.observed_on,
        valid_until=row.valid_until,
        source=row.source,
        id=str(row.pk),
    )
