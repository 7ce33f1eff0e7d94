"""Consent to massage: on record, in date, not withdrawn."""

from collections.abc import Iterable
from datetime import date, timedelta

from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.safety.findings import Finding
from sessions_app.safety.rule import Rule
from sessions_app.safety.wording import dated, day
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Evidence, Level

_SPAN = timedelta(days=FactKind.CONSENT.default_validity_days or 365)


def _trouble(consent: Fact | None, today: date) -> str | None:
    """Return what is wrong with the consent in one sentence, or None."""
    if consent is None:
        return "No consent to massage is recorded."
    if consent.value == 0:
        return f"Consent was withdrawn or refused ({dated(consent, today, lifelong=True)})."
    if consent.is_ahead(today):
        return f"Consent is {dated(consent, today)}."
    ends = consent.valid_until or consent.observed_on + _SPAN
    if ends < today:
        return f"Consent of {day(consent.observed_on)} ran out on {day(ends)}."
    return None


def _consent(facts: PatientFacts, today: date) -> Iterable[Finding]:
    """Stop without consent; it limits no site, since none may be begun."""
    consent = facts.deciding(FactKind.CONSENT, today)
    trouble = _trouble(consent, today)
    if trouble:
        yield X1.finding(trouble, (consent,) if consent else ())


X1 = Rule(
    id="X1",
    version=1,
    title="Consent",
    topic="consent",
    levels=(Level.STOP,),
    wording="No consent is recorded, or it ran out, was withdrawn or refused.",
    reason="Touch needs the patient's consent.",
    adaptation="Ask the patient, and record the answer, before the session starts.",
    source="Washington WAC 246-830-565: written consent, valid for one year.",
    evidence=Evidence.GUIDELINE,
    reviewed_on=date(2026, 11, 21),
    check=_consent,
)
