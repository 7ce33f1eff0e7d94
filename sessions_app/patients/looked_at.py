"""What the safety rules look at besides the session: read in one query, for every place that asks.

Three reads that came one after the other cost a session's write half as much again as one does
(benchmarks/RESULTS.md).
"""

import uuid
from typing import NamedTuple

from sessions_app.clinics.threshold_model import ClinicThreshold
from sessions_app.clinics.thresholds import bounds_by
from sessions_app.fetching import rows_of_each
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
    mine = {"patient_id": patient_id}
    facts, orders, decisions = rows_of_each(
        clinic_id, {ClinicalFact: mine, Order: mine, ClinicThreshold: {}}
    )
    return LookedAt(facts, as_orders(orders), bounds_by(decisions))
