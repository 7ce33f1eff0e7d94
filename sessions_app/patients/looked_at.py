"""What the safety rules look at besides the session, asked in one query.

A query costs a session's write more by its way to the database and back than by what it finds
(benchmarks/RESULTS.md); so whoever has more to ask sends that along.
"""

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from sessions_app.clinics.threshold_model import ClinicThreshold
from sessions_app.clinics.thresholds import bounds_by
from sessions_app.fetching import Asked, as_rows, fetch, of_model
from sessions_app.patients.models import ClinicalFact
from sessions_app.patients.order_model import Order
from sessions_app.patients.orders import as_orders
from sessions_app.safety import orders as safety
from sessions_app.safety.thresholds import Bounds


class LookedAt(NamedTuple):
    """All rows of facts on a chart, what was ordered, and the numbers as the clinic set them."""

    facts: list[ClinicalFact]
    orders: tuple[safety.Order, ...]
    bounds: Bounds


def looked_at(clinic_id: uuid.UUID, patient_id: uuid.UUID) -> LookedAt:
    """Return what the rules look at of a patient; facts and orders know on which days they hold."""
    return as_looked_at(fetch(*asked_by_rules(clinic_id, patient_id)))


def asked_by_rules(clinic_id: uuid.UUID, patient_id: uuid.UUID) -> list[Asked]:
    """Return the queries whose answers `as_looked_at` takes."""
    return [
        of_model(ClinicalFact, clinic_id=clinic_id, patient_id=patient_id),
        of_model(Order, clinic_id=clinic_id, patient_id=patient_id),
        of_model(ClinicThreshold, clinic_id=clinic_id),
    ]


def as_looked_at(found: Sequence[list[list[Any]]]) -> LookedAt:
    """Return what was found as the rules look at it."""
    facts, orders, decisions = found
    return LookedAt(
        as_rows(ClinicalFact, facts),
        as_orders(as_rows(Order, orders)),
        bounds_by(as_rows(ClinicThreshold, decisions)),
    )
