"""X1: consent on record, in date, not withdrawn."""

import pytest

from sessions_app.safety.assess import limits
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level
from tests.safety.making import TODAY, ago, fact, facts, found, only


def consent(value: int | None = 1, **dates):
    """Consent given (1), or withdrawn or refused (0)."""
    return fact(FactKind.CONSENT, value=value, **dates)


@pytest.mark.parametrize(
    "each",
    [
        (consent(),),
        (consent(None),),
        (consent(days=0, until=ago(0)),),
        (consent(days=365),),
        (consent(days=800, until=ago(-5)),),
        (consent(0, days=9), consent(1, days=2)),
        (consent(1, days=2), consent(1, days=-3)),
        (consent(1, days=500), consent(1, days=2)),
    ],
    ids=[
        *("given", "no value", "last day", "a year"),
        *("longer by date", "given again", "and ahead", "renewed"),
    ],
)
def test_consent_in_date_is_not_mentioned(each) -> None:
    assert found("X1", *each) == []


@pytest.mark.parametrize(
    ("each", "words"),
    [
        ((), "No consent to massage is recorded."),
        ((consent(0, days=3),), "Consent was withdrawn or refused (18 Nov 2026; chart)."),
        ((consent(0, days=3, until=ago(1)),), "Consent was withdrawn or refused (18 Nov"),
        ((consent(days=10, until=ago(1)),), "Consent of 11 Nov 2026 ran out on 20 Nov 2026."),
        ((consent(days=366),), "Consent of 20 Nov 2025 ran out on 20 Nov 2026."),
        ((consent(1, days=2), consent(0, days=2)), "Consent was withdrawn or refused"),
        ((consent(1, days=9), consent(0, days=2)), "Consent was withdrawn or refused"),
        ((consent(days=-3),), "Consent is dated 24 Nov 2026, which is still to come"),
        ((consent(days=400), consent(days=-3)), "ran out on"),
        ((consent(days=2), consent(0, days=-3)), "dated 24 Nov 2026, which is still to come"),
    ],
    ids=[
        *("none", "withdrawn", "withdrawn, past", "past", "over a year", "same day"),
        *("withdrawn later", "ahead", "past and ahead", "refused ahead"),
    ],
)
def test_without_valid_consent_it_stops(each, words: str) -> None:
    finding = only(found("X1", *each))
    assert finding.level is Level.STOP
    assert words in finding.message
    assert finding.facts if each else finding.facts == ()


def test_consent_limits_no_site() -> None:
    assert (
        limits(facts(), TODAY)
        == limits(facts(consent()), TODAY)
        == limits(facts(consent(0)), TODAY)
    )
