"""Consent, sensitive areas, who can speak for themself, allergies."""

from datetime import date, timedelta

from sessions_app.safety.checks import Limits, capital, present
from sessions_app.safety.facts import Fact
from sessions_app.safety.handling import Handling
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.wording import dated, day
from sessions_app.vocabulary.body_regions import SENSITIVE
from sessions_app.vocabulary.body_sites import listed
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.records import Product
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)
_SPAN = timedelta(days=FactKind.CONSENT.default_validity_days or 365)
_UNSCENTED = frozenset({Product.NONE, Product.UNSCENTED_LOTION, Product.UNSCENTED_OIL})


def _trouble(consent: Fact | None, today: date, what: str, short: str) -> str | None:
    """Return what is wrong with a consent in one sentence, or None."""
    if consent is None:
        return f"No {what} is recorded."
    if consent.value == 0:
        said = dated(consent, today, lifelong=True)
        return f"{capital(short)} was withdrawn or refused ({said})."
    if consent.is_ahead(today):
        return f"{capital(short)} is {dated(consent, today)}."
    ends = consent.valid_until or consent.observed_on + _SPAN
    if ends < today:
        said = f"{capital(short)} of {day(consent.observed_on)}"
        return f"{said} ran out on {day(ends)}."
    return None


def _consent(situation: Situation) -> list[Hit]:
    """Stop without consent; it limits no site, since none may be begun."""
    consent = situation.facts.deciding(FactKind.CONSENT, situation.today)
    trouble = _trouble(consent, situation.today, "consent to massage", "consent")
    return [Hit(trouble, (consent,) if consent else ())] if trouble else []


def _sensitive(situation: Situation) -> list[Hit]:
    """Stop where the session touches a sensitive area without its own consent."""
    touched = SENSITIVE & situation.session.pressures.keys() if situation.session else frozenset()
    if not touched:
        return []
    consent = situation.facts.deciding(FactKind.SENSITIVE_CONSENT, situation.today)
    what = "separate consent for breast, chest wall or buttock"
    trouble = _trouble(consent, situation.today, what, what)
    if not trouble:
        return []
    deed = "Planned" if situation.planning else "Touched"
    message = f"{trouble} {deed}: {listed(touched)}."
    return [Hit(message, (consent,) if consent else (), touched)]


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
    reviewed_on=_REVIEWED,
    check=_consent,
    reads=(FactKind.CONSENT,),
    asks=(FactKind.CONSENT,),
)
X2 = Rule(
    id="X2",
    version=1,
    title="Breast, chest wall, buttock",
    topic="consent",
    levels=(Level.STOP,),
    wording="The session touches these areas and they have no consent of their own.",
    reason="Touch of these areas needs a separate written consent, and a spoken one each time.",
    adaptation="Leave them out, or ask and record the separate consent first.",
    source="Washington WAC 246-830-565.",
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=_sensitive,
    reads=(FactKind.SENSITIVE_CONSENT,),
)
X3 = Rule(
    id="X3",
    version=1,
    title="Cannot say how it is",
    topic="consent",
    levels=(Level.CONFIRM,),
    wording="Scores and wishes have to be told by somebody else.",
    reason="Nobody else feels the pain; such scores are kept apart.",
    adaptation=(
        "Consent by the proxy, an observer's scale, and «proxy» as who said it. These scores are "
        "left out of the outcome statistics."
    ),
    source="Our design.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(FactKind.CANNOT_SELF_REPORT),
    reads=(FactKind.CANNOT_SELF_REPORT,),
    asks=(FactKind.CANNOT_SELF_REPORT,),
)
E1 = Rule(
    id="E1",
    version=1,
    title="Allergy or nausea with smells",
    topic="consent",
    levels=(Level.CONFIRM,),
    wording="Nut oils, lanolin, latex, fragrance, or smells that bring nausea.",
    reason="The product on the skin may harm or sicken.",
    adaptation="Choose the product with the patient and record it; unscented is the default.",
    source="From memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.ALLERGY, limits=Limits(handle=lambda _sites: Handling(products=_UNSCENTED))
    ),
    reads=(FactKind.ALLERGY,),
    asks=(FactKind.ALLERGY,),
    unverified=True,
)
