"""Clinicians' orders as the safety rules read them, and what each of them lifts, in words."""

from collections.abc import Iterable
from datetime import date

from sessions_app.clinics.thresholds import bounds_of
from sessions_app.patients.facts import facts_of
from sessions_app.patients.models import Patient
from sessions_app.patients.order_model import Order
from sessions_app.safety import orders as safety
from sessions_app.safety.assess import assess
from sessions_app.safety.catalogue import CATALOGUE
from sessions_app.safety.findings import ceiling_words
from sessions_app.safety.rule import Rule
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite, listed
from sessions_app.vocabulary.pressure import NO_CONTACT

LIFTABLE: dict[str, Rule] = {each.id: each for each in CATALOGUE if each.lift is not None}
"""The rules that an order can lift, in the order of the catalogue."""

BEGIN_ONLY = "a session may begin, its limits stay"


def as_orders(rows: Iterable[Order]) -> tuple[safety.Order, ...]:
    """Turn rows at hand into orders; one that was ended holds to the day before its end."""
    return tuple(
        safety.Order(
            id=str(row.pk),
            rules=frozenset(row.rules),
            sites=frozenset(BodySite(code) for code in row.sites) or ALL_SITES,
            up_to=row.up_to,
            name=row.clinician_name,
            role=row.clinician_role,
            ordered_on=row.ordered_on,
            expires_on=row.last_day,
        )
        for row in rows
    )


def speaking_today(patient: Patient, today: date) -> frozenset[str]:
    """Return the ids of the rules that speak for a patient before anything is planned."""
    facts = facts_of(patient.clinic_id, patient.pk, today, today)
    verdict = assess(facts, None, today, bounds=bounds_of(patient.clinic_id))
    return frozenset(finding.rule for finding in verdict.findings)


def lifts(order: Order) -> list[str]:
    """Return what an order lifts, a line for each rule: what it allows is the lower of the two."""
    known = (LIFTABLE[one] for one in LIFTABLE if one in order.rules)
    return [f"{each.title} ({each.id}): {lift_words(each, order.up_to)}" for each in known]


def lift_words(lifted: Rule, up_to: int) -> str:
    """Return how far an order up to a pressure lifts a rule, and where, if not everywhere."""
    lift = lifted.lift
    allowed = NO_CONTACT if lift is None else min(up_to, lift.up_to)
    if lift is None or allowed == NO_CONTACT:
        return BEGIN_ONLY
    return ceiling_words(allowed) + (f", only at {listed(lift.sites)}" if lift.sites else "")
