"""Ports, lines and drains."""

from collections.abc import Iterable
from datetime import date

from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.findings import Finding
from sessions_app.safety.rule import Rule
from sessions_app.safety.wording import told
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.severity import Evidence, Level


def _device(facts: PatientFacts, today: date) -> Iterable[Finding]:
    """Keep off the device; where its place is not recorded, stay light until it is found."""
    devices = facts.of(FactKind.DEVICE)
    if devices:
        known = all(fact.sites for fact in devices)
        yield D1.finding(
            f"Port, line or drain: {told(devices, today)}.",
            devices,
            sites=frozenset[BodySite]().union(*(fact.sites for fact in devices)),
            ceiling=NO_CONTACT,
            elsewhere=None if known else Pressure.SPREADING,
        )


D1 = Rule(
    id="D1",
    version=1,
    title="Port, line or drain",
    topic="devices",
    levels=(Level.CONFIRM,),
    wording="A port, line, drain, pump or infusion is recorded.",
    reason="Pressure or pulling may hurt, move or block it.",
    adaptation=(
        "No pressure or traction there; keep 10 cm away and position around it. If its place is "
        "not recorded, find it first and stay at pressure 1 until then."
    ),
    source="Macmillan massage page; the 10 cm margin and no contact are our design.",
    evidence=Evidence.TEACHING,
    reviewed_on=date(2026, 11, 21),
    check=_device,
)
