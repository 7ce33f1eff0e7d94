"""A clinic's own thresholds: who may set them, how far, what is kept, and that the rules obey."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.threshold_actions import NotToBeSet, set_threshold
from sessions_app.clinics.threshold_model import ClinicThreshold
from sessions_app.clinics.thresholds import bounds_of, held_in
from sessions_app.patients import actions as patients
from sessions_app.patients.orders import speaking_today
from sessions_app.safety.catalogue import THRESHOLDS
from sessions_app.sessions.actions import verdict_of
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.units import Unit
from tests.reading import Page
from tests.universe import ClientAs, Universe, care

PAGE = reverse("clinics:thresholds")
LOWERED = "platelets_lowered"
ASKED = reverse("clinics:set_threshold", args=[LOWERED])
TYPED = {
    "value": "60000", "decided_by_name": "Dr Imre Vass", "decided_by_role": "haematologist",
    "reason": "Two bruises in May.",
}  # fmt: skip


def decide(world: Universe, value: int | str, key: str = LOWERED, **more: Any) -> ClinicThreshold:
    said = {**TYPED, "value": Decimal(value), "by": world.admin, **more}
    return set_threshold(key=key, **said)


def count_platelets(world: Universe, per_nl: int) -> None:
    patients.record_fact(
        patient=world.ada, kind=FactKind.PLATELETS, observed_on=world.today, source="lab",
        value=Decimal(per_nl), unit=Unit.PER_NL.value, by=world.therapist,
    )  # fmt: skip


def rules_of(world: Universe) -> set[str]:
    verdict = verdict_of(
        world.ada_course, care(), world.now, world.therapist, at=world.now, planning=True
    )
    return {one.rule for one in verdict.findings}


def test_what_a_clinic_sets_holds_wherever_the_rules_are_asked(
    universe: Universe, client_as: ClientAs
) -> None:
    count_platelets(universe, 55)
    chart = reverse("rounds:chart", args=[universe.ada.pk])
    start = reverse("sessions:start", args=[universe.ada_course.pk])
    assert "H3" not in rules_of(universe) | speaking_today(universe.ada, universe.today)
    decide(universe, 60_000)
    assert "H3" in rules_of(universe) & speaking_today(universe.ada, universe.today)
    for where in (chart, start):
        told = Page(client_as("therapist").get(where)).words
        assert "60,000 /µL in this clinic, 50,000 /µL by default." in told


def test_the_newest_decision_holds_and_none_is_lost(universe: Universe) -> None:
    for value in (60_000, 80_000, 50_000):
        decide(universe, value)
    threshold = THRESHOLDS[LOWERED]
    assert bounds_of(universe.birchwood.pk).of(threshold) == 50_000
    rows = ClinicThreshold.objects.filter(clinic_id=universe.birchwood.pk).newest_first()
    held = next(one for one in held_in(rows) if one.threshold is threshold)
    assert held.is_default
    assert [one.value for one in held.earlier] == [80_000, 60_000]


def test_another_clinic_keeps_its_own(universe: Universe) -> None:
    decide(universe, 60_000)
    assert bounds_of(universe.harbour.pk).settings == {}


def test_the_audit_trail_holds_old_and_new(universe: Universe) -> None:
    decide(universe, 60_000)
    decide(universe, 70_000)
    row = AuditEvent.objects.filter(action="clinic.threshold_set").order_by("seq").last()
    assert row is not None
    assert Decimal(row.old["value"]) == 60_000
    assert row.new["decided_by_name"] == "Dr Imre Vass"
    assert Decimal(row.new["value"]) == 70_000


@pytest.mark.parametrize("key", THRESHOLDS)
def test_each_threshold_may_be_its_floor_and_its_default_and_nothing_looser(
    universe: Universe, key: str
) -> None:
    threshold = THRESHOLDS[key]
    looser = Decimal("0.1") * (-1 if threshold.stricter == "higher" else 1)
    for good in {threshold.floor, threshold.default}:
        decide(universe, str(good), key)
    with pytest.raises(NotToBeSet, match="looser than the floor"):
        decide(universe, str(threshold.floor + looser), key)


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        (LOWERED, "49999.99", "set at least 50,000 /µL"),
        (LOWERED, "50", "set at least 50,000 /µL"),
        (LOWERED, "5000000", "very far from the default"),
        ("fever", "38.1", "set at most 38 °C"),
        ("fever", "3.8", "very far from the default"),
        ("fever", "0", "very far from the default"),
        ("platelets_stale_days", "-3", "very far from the default"),
    ],
)
def test_a_slip_or_a_looser_value_is_refused_in_words(
    universe: Universe, client_as: ClientAs, key: str, value: str, what: str
) -> None:
    where = reverse("clinics:set_threshold", args=[key])
    answer = client_as("admin").post(where, {**TYPED, "value": value})
    assert answer.status_code == 422
    assert what in Page(answer).words
    assert not ClinicThreshold.objects.exists()


def test_an_admin_writes_it_down_and_a_supervisor_reads_it(
    universe: Universe, client_as: ClientAs
) -> None:
    assert client_as("admin").post(ASKED, TYPED).headers["Location"] == PAGE
    told = Page(client_as("supervisor").get(PAGE)).words
    for words in ("60,000 /µL", "Dr Imre Vass, haematologist", "Two bruises in May.", "at least"):
        assert words in told
    assert "Write the" not in told
    again = client_as("admin").post(ASKED, TYPED)
    assert "60,000 /µL holds already" in Page(again).words


@pytest.mark.parametrize("missing", ["decided_by_name", "decided_by_role", "reason", "value"])
def test_a_decision_has_its_clinician_and_its_reason(
    universe: Universe, client_as: ClientAs, missing: str
) -> None:
    answer = client_as("admin").post(ASKED, {**TYPED, missing: " "})
    assert answer.status_code == 422
    assert not ClinicThreshold.objects.exists()


@pytest.mark.parametrize("role", ["therapist", "volunteer", "supervisor"])
def test_only_an_admin_enters_it(universe: Universe, role: str) -> None:
    with pytest.raises(PermissionDenied):
        decide(universe, 60_000, by=getattr(universe, role))


def test_an_unknown_threshold_is_not_found(universe: Universe, client_as: ClientAs) -> None:
    where = reverse("clinics:set_threshold", args=["luck"])
    assert client_as("admin").get(where).status_code == 404


def test_a_decision_is_never_changed_or_deleted(universe: Universe) -> None:
    row = decide(universe, 60_000)
    for deed in (row.save, row.delete, ClinicThreshold.objects.all().delete):
        with pytest.raises(IntegrityError, match="threshold_is_append_only"), transaction.atomic():
            deed()
    if connection.vendor == "sqlite":
        same = "INSERT OR REPLACE INTO sessions_app_clinicthreshold SELECT * FROM"
        with (
            pytest.raises(IntegrityError, match="threshold_is_append_only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"{same} sessions_app_clinicthreshold")


def test_a_value_that_the_catalogue_has_since_forbidden_is_held_at_the_floor(
    universe: Universe,
) -> None:
    ClinicThreshold.objects.create(
        clinic=universe.birchwood, key=LOWERED, value=Decimal(30_000), decided_by_name="Dr A",
        decided_by_role="physician", reason="Once allowed.", recorded_at=universe.now,
        recorded_by=universe.admin.user,
    )  # fmt: skip
    assert bounds_of(universe.birchwood.pk).of(THRESHOLDS[LOWERED]) == 50_000
