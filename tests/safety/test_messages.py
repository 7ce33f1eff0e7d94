"""What a finding says in words, on which facts it rests, and at which sites."""

import pytest

from sessions_app.safety.catalogue import rule
from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.findings import Finding
from sessions_app.safety.situation import Situation
from sessions_app.safety.wording import named, told
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from tests.safety.making import TODAY, fact
from tests.safety.truth_facts import fact_of, session_of

SAID = "20 Nov 2026; chart"


def findings(id: str, facts: str, session: str = "", *, planning: bool = True) -> list[Finding]:
    """What a rule finds, in the words of the truth tables."""
    known = PatientFacts(tuple(fact_of(one.strip()) for one in facts.split(";") if one.strip()))
    return rule(id).speak(Situation(known, TODAY, session=session_of(session), planning=planning))


@pytest.mark.parametrize(
    ("id", "facts", "session", "messages"),
    [
        ("B5", "fragile_bones 1d", "", [f"Fragile bones ({SAID})."]),
        (
            "D1",
            "device @hand_left 1d; device @face 1d",
            "",
            [f"Port, line or drain: face ({SAID}), left hand ({SAID})."],
        ),
        (
            "C2",
            "active_treatment 1d; myelosuppressive_therapy 2d",
            "",
            [
                (
                    f"Cancer treatment under way ({SAID}), treatment that lowers blood counts "
                    "(19 Nov 2026; chart)."
                )
            ],
        ),
        (
            "W1",
            "wound @face 1d; surgery @hand_left 1d",
            "",
            [f"Open wound, Surgery: face ({SAID}), left hand ({SAID})."],
        ),
        (
            "A1",
            "abdomen_enlarged 40d until 10d",
            "",
            [
                (
                    "Enlarged belly, liver or spleen (last confirmed on 12 Oct 2026, ask whether "
                    "still so; chart)."
                )
            ],
        ),
        (
            "L1",
            "lymph_nodes @axilla_left 40d until 10d",
            "",
            ["Lymph nodes removed or irradiated: left armpit (axilla) (12 Oct 2026; chart)."],
        ),
        (
            "R3",
            "radiation_fibrosis @face 40d until 10d",
            "",
            ["Hardened skin after radiation: face (12 Oct 2026; chart)."],
        ),
        (
            "H5",
            "myelosuppressive_therapy 1d",
            "",
            [
                f"On treatment that lowers blood counts ({SAID}); no platelet count is recorded.",
            ],
        ),
        (
            "H5",
            "myelosuppressive_therapy 1d; platelets 34 per_nl 18d until 11d",
            "",
            [
                (
                    f"On treatment that lowers blood counts ({SAID}); last count 34,000/µL "
                    "(counted on 3 Nov 2026, 18 days ago; chart: ask for a new count)."
                )
            ],
        ),
        (
            "F1",
            "temperature 38.2 celsius 0d; feverish 0d; chemotherapy 1d",
            "",
            [
                (
                    "Temperature 38.2 °C (21 Nov 2026; chart), shivering or feverish (21 Nov 2026; "
                    f"chart); on chemotherapy dose ({SAID})."
                )
            ],
        ),
        (
            "F1",
            "temperature 100.4 fahrenheit 2d until 2d",
            "",
            [
                (
                    "Temperature 100.4 °F (of 19 Nov 2026, 2 days ago; chart: ask for a new one); "
                    "no treatment is recorded."
                )
            ],
        ),
        (
            "F2",
            "neutrophils 0.4 per_nl 1d until 1d",
            "",
            ["Neutrophils 0.4 ×10⁹/L (of 20 Nov 2026, yesterday; chart: ask for a new one)."],
        ),
        ("F2", "neutrophils 400 per_ul 1d", "", [f"Neutrophils 400/µL ({SAID})."]),
        (
            "U1",
            "haemoglobin 79 g_per_l 1d; blood_pressure 85 mmhg 1d until 1d; dizziness 1d",
            "",
            [
                (
                    "Systolic blood pressure 85 mmHg (of 20 Nov 2026, yesterday; chart: ask for a "
                    f"new one), haemoglobin 79 g/L ({SAID}), dizzy on rising ({SAID})."
                )
            ],
        ),
        ("U1", "haemoglobin 7.5 g_per_dl 1d", "", [f"Haemoglobin 7.5 g/dL ({SAID})."]),
        (
            "X2",
            "",
            "touch=breast_left:1+sternum:1+hand_left:1",
            [
                (
                    "No separate consent for breast, chest wall or buttock is recorded. Planned: "
                    "sternum · left breast."
                )
            ],
        ),
        (
            "X2",
            "sensitive_consent withdrawn 1d",
            "touch=breast_left:1",
            [
                (
                    "Separate consent for breast, chest wall or buttock was withdrawn or refused "
                    f"({SAID}). Planned: left breast."
                )
            ],
        ),
        ("Q1", "", "pain_before=8", ["Pain before the session: 8 of 10."]),
        (
            "Q2",
            "new_pain 1d",
            "pain_before=8 last_pain_before=5",
            [
                f"New or different pain ({SAID}).",
                "Pain before the session: 8 of 10; before the last one 5.",
            ],
        ),
        ("Q3", "", "pain_before=5 pain_after=7", ["Pain rose from 5 to 7 of 10."]),
        (
            "M2",
            "",
            "minutes_since_opioid=40",
            ["An opioid was taken 40 minutes before the session."],
        ),
        (
            "Y1",
            "",
            "hours_since_last=23.9 least_hours_between=24",
            ["23 hours since the last session; the protocol asks for 24 at least."],
        ),
        (
            "Y2",
            "",
            "credential_until=1d",
            ["The therapist's licence ran out on 20 Nov 2026."],
        ),
        (
            "Y2",
            "",
            "credential_until=-9d insurance_until=1d training_hours=120",
            [
                "The therapist's insurance ran out on 20 Nov 2026.",
                "The therapist has 120 hours of training; this clinic asks for 500 hours.",
            ],
        ),
        ("Y3", "", "stopped_early", ["The session was broken off."]),
    ],
)
def test_what_is_said(id: str, facts: str, session: str, messages: list[str]) -> None:
    assert [one.message for one in findings(id, facts, session)] == messages


def test_a_record_says_touched_and_names_only_the_sensitive_sites() -> None:
    (one,) = findings(
        "X2", "sensitive_consent given 400d", "touch=breast_left:1+hand_left:1", planning=False
    )
    assert one.message.endswith("Touched: left breast.")
    assert one.sites == {BodySite.BREAST_LEFT}
    assert [each.kind for each in one.facts] == [FactKind.SENSITIVE_CONSENT]


@pytest.mark.parametrize(
    ("id", "facts", "session", "count"),
    [
        ("F1", "temperature 38.2 celsius 0d; feverish 0d; chemotherapy 1d", "", 3),
        ("F1", "temperature 38.2 celsius 0d; temperature 36.8 celsius 0d", "", 1),
        ("F1", "temperature 38.2 celsius 0d; radiotherapy @face 9d; radionuclide 1d", "", 3),
        ("F1", "temperature 38.2 celsius 0d; radiotherapy @face 99d", "", 1),
        ("F2", "neutrophils 400 per_ul 1d; neutrophils 300 per_ul 9d", "", 1),
        ("U1", "haemoglobin 7 g_per_dl 1d; blood_pressure 120 mmhg 1d; dizziness 1d", "", 2),
        ("Q2", "new_pain 0d; new_pain 1d", "", 2),
        ("C1", "chemotherapy 1d; chemotherapy 9d", "", 1),
        ("R1", "radiotherapy @face 9d; radiotherapy @face 99d", "", 1),
        ("W1", "surgery @face 9d; surgery @face 99d; wound @face 99d", "", 2),
        ("B4", "fracture_risk 8 points @face 1d; fracture_risk 9 points @face 1d", "", 1),
        ("N3", "unstable_spine 6 points 1d; unstable_spine 1d", "", 1),
        ("X1", "", "", 0),
        ("X1", "consent withdrawn 1d; consent given 9d", "", 1),
        ("X2", "", "touch=sternum:1", 0),
        ("PC", "other_metastasis 1d; chemotherapy 1d; device @face 1d", "", 2),
    ],
)
def test_a_finding_rests_on_the_facts_that_made_it(id, facts, session, count) -> None:
    (one,) = findings(id, facts, session)
    assert len(one.facts) == count


def test_facts_are_told_with_commas_between() -> None:
    port, line = fact(FactKind.DEVICE, BodySite.FACE), fact(FactKind.DEVICE, source="")
    assert told([port, line], TODAY) == f"face ({SAID}), place not recorded (20 Nov 2026)"
    assert named([port, line], TODAY) == (
        f"port, line or drain ({SAID}), port, line or drain (20 Nov 2026)"
    )


def test_a_fact_past_its_date_is_asked_about_unless_it_is_said_to_be_lifelong() -> None:
    old = fact_of("device @face 90d until 9d")
    asked = "last confirmed on 23 Aug 2026, ask whether still so; chart"
    assert told([old], TODAY) == f"face ({asked})"
    assert named([old], TODAY) == f"port, line or drain ({asked})"
    assert told([old], TODAY, lifelong=True) == "face (23 Aug 2026; chart)"
    assert named([old], TODAY, lifelong=True) == "port, line or drain (23 Aug 2026; chart)"
