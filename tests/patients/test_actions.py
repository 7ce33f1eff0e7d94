"""Charts and facts: what is stored, what is refused, what the audit trail says of a change."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from sessions_app.audit.models import AuditEvent
from sessions_app.patients import actions
from sessions_app.patients.facts import facts_of
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.safety.facts import PatientFacts
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from tests.universe import Universe


def register(universe: Universe, **changes: Any) -> Patient:
    usual = {
        "chart_number": "C-gil", "given_names": "Gil", "family_name": "Núñez",
        "birth_date": date(1961, 4, 5), "by": universe.therapist,
    }  # fmt: skip
    return actions.register(**{**usual, **changes})


def fact(universe: Universe, **changes: Any) -> ClinicalFact:
    usual = {
        "patient": universe.chen, "kind": FactKind.PLATELETS, "value": Decimal("45"),
        "unit": "per_nl", "observed_on": universe.today, "source": "lab", "by": universe.therapist,
    }  # fmt: skip
    return actions.record_fact(**{**usual, **changes})


def test_a_registered_patient_is_in_care_and_found_without_accents(universe: Universe) -> None:
    patient = register(universe)
    row = Patient.objects.matching("nunez GIL").get()
    assert (row.pk, row.status, row.clinic_id) == (patient.pk, "active", universe.birchwood.pk)
    assert row.registered_by_id == universe.therapist.user_id


def test_a_chart_number_is_taken_once_in_a_clinic(universe: Universe) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        register(universe, chart_number="C-ada")
    assert register(universe, chart_number="C-ada", by=universe.foreign_therapist).pk


def test_the_longest_name_is_still_registered(universe: Universe) -> None:
    """One sign may become eighteen when it is spelt out for the search."""
    patient = register(
        universe, family_name="\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 120
    )
    assert Patient.objects.get(pk=patient.pk).family_name == patient.family_name


def test_the_very_same_fact_sent_again_is_one_until_it_has_ended(universe: Universe) -> None:
    first = fact(universe)
    written = AuditEvent.objects.count()
    assert fact(universe).pk == first.pk
    assert AuditEvent.objects.count() == written
    others = [{"value": Decimal("44")}, {"note": "again"}, {"source": "letter"}]
    assert len({fact(universe, **other).pk for other in others} - {first.pk}) == len(others)
    actions.end_fact(first, ended_on=universe.today, by=universe.therapist)
    assert fact(universe).pk != first.pk


@pytest.mark.parametrize("who", ["volunteer", "admin"])
def test_who_may_not_edit_charts_is_told_so(universe: Universe, who: str) -> None:
    member = getattr(universe, who)
    with pytest.raises(PermissionDenied, match="register and amend patients"):
        register(universe, by=member)
    with pytest.raises(PermissionDenied, match="register and amend patients"):
        actions.amend(universe.ada, by=member, ward="Oak")
    with pytest.raises(PermissionDenied, match="record and end clinical facts"):
        fact(universe, by=member)
    with pytest.raises(PermissionDenied, match="record and end clinical facts"):
        actions.end_fact(universe.ada.facts.first(), ended_on=universe.today, by=member)


def test_an_amendment_changes_only_what_is_new_and_says_so(universe: Universe) -> None:
    row = actions.amend(universe.ada, by=universe.therapist, ward="Oak", room="1", status="active")
    assert (row.ward, row.room) == ("Oak", "1")
    event = AuditEvent.objects.get(subject_id=row.pk, action="patient.amended")
    assert (event.old, event.new) == ({"ward": "Willow"}, {"ward": "Oak"})


def test_an_amended_name_is_found_and_the_old_one_is_not(universe: Universe) -> None:
    actions.amend(universe.ada, by=universe.therapist, family_name="Lovelace")
    assert Patient.objects.matching("lovelace").count() == 1
    assert not Patient.objects.matching("adason").exists()


def test_an_amendment_that_changes_nothing_leaves_no_trace(universe: Universe) -> None:
    stored = AuditEvent.objects.count()
    actions.amend(universe.ada, by=universe.therapist, ward="Willow")
    assert AuditEvent.objects.count() == stored


def test_what_was_made_from_an_older_chart_changes_nothing(universe: Universe) -> None:
    seen = {name: getattr(universe.ada, name) for name in actions.PARTICULARS}
    actions.amend(universe.ada, by=universe.therapist, seen=seen, ward="Oak")
    with pytest.raises(actions.AmendedMeanwhile):
        actions.amend(universe.ada, by=universe.therapist, seen=seen, room="7")
    universe.ada.refresh_from_db()
    assert (universe.ada.ward, universe.ada.room) == ("Oak", "1")


def test_another_clinics_chart_cannot_be_changed(universe: Universe) -> None:
    with pytest.raises(Patient.DoesNotExist):
        actions.amend(universe.farah, by=universe.therapist, ward="Oak")
    with pytest.raises(Patient.DoesNotExist):
        fact(universe, patient=universe.farah)
    with pytest.raises(ClinicalFact.DoesNotExist):
        actions.end_fact(
            universe.farah.facts.first(), ended_on=universe.today, by=universe.therapist
        )


@pytest.mark.parametrize("kind", FactKind)
def test_a_fact_without_an_end_of_validity_takes_its_kinds_span(
    universe: Universe, kind: FactKind
) -> None:
    counted = {"value": None, "unit": ""} if kind is not FactKind.PLATELETS else {}
    row = fact(universe, kind=kind, **counted)
    days = kind.default_validity_days
    assert row.valid_until == (None if days is None else universe.today + timedelta(days=days))


def test_a_typed_end_of_validity_is_kept(universe: Universe) -> None:
    assert fact(universe, valid_until=universe.today).valid_until == universe.today


def test_a_fact_reaches_the_rules_as_it_was_recorded(universe: Universe) -> None:
    sites = {BodySite.HIP_LEFT, BodySite.SACRUM}
    row = fact(universe, kind=FactKind.BONE_METASTASIS, sites=sites, value=None, unit="")
    found = [one for one in known(universe, universe.today).facts if one.id == str(row.pk)]
    assert [(one.kind, one.sites, one.value) for one in found] == [
        (FactKind.BONE_METASTASIS, frozenset(sites), None)
    ]


def known(universe: Universe, day: date) -> PatientFacts:
    return facts_of(universe.chen.clinic_id, universe.chen.pk, day, universe.today)


def test_a_count_of_zero_platelets_is_a_count(universe: Universe) -> None:
    row = fact(universe, value=Decimal(0))
    found = known(universe, universe.today).deciding(FactKind.PLATELETS, universe.today)
    assert found is not None
    assert (found.id, found.value) == (str(row.pk), Decimal(0))


def test_a_fact_ends_once_and_keeps_its_first_end(universe: Universe) -> None:
    row = fact(universe, observed_on=universe.today - timedelta(days=5))
    yesterday = universe.today - timedelta(days=1)
    actions.end_fact(row, ended_on=yesterday, by=universe.therapist)
    again = actions.end_fact(row, ended_on=universe.today, by=universe.supervisor)
    assert (again.ended_on, again.ended_by_id) == (yesterday, universe.therapist.user_id)
    assert AuditEvent.objects.filter(subject_id=row.pk, action="fact.ended").count() == 1


def test_an_ended_fact_counts_until_its_last_day(universe: Universe) -> None:
    row = fact(universe, observed_on=universe.today - timedelta(days=5))
    actions.end_fact(row, ended_on=universe.today, by=universe.therapist)

    def counts_on(day: date) -> bool:
        return str(row.pk) in {one.id for one in known(universe, day).facts}

    assert counts_on(universe.today - timedelta(days=1))
    assert not counts_on(universe.today)


def test_a_likely_duplicate_is_found_and_registered_all_the_same(universe: Universe) -> None:
    twin = {"given_names": "ADA", "family_name": "adason", "birth_date": date(1950, 1, 1)}
    found = Patient.objects.filter(clinic_id=universe.birchwood.pk).like(**twin)
    assert [row.pk for row in found] == [universe.ada.pk]
    assert register(universe, chart_number="C-2", **twin).pk != universe.ada.pk
    other_day = {**twin, "birth_date": date(1950, 1, 2)}
    assert not Patient.objects.like(**other_day).exists()


def test_no_clinic_sees_anothers_patients(universe: Universe) -> None:
    user = universe.therapist.user
    user.membership = universe.therapist
    seen = Patient.objects.visible_to(user)
    assert {row.chart_number for row in seen} == {"C-ada", "C-bruno", "C-chen", "C-diego", "C-erin"}
    user.membership = None
    assert not Patient.objects.visible_to(user).exists()
