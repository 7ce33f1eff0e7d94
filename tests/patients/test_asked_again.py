"""A fact past its date is asked about again: still so, not so any more, or a new value."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from sessions_app.patients import actions, asked_actions
from sessions_app.patients.models import ClinicalFact
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from tests.reading import Page
from tests.universe import ClientAs, Universe


def stale(universe: Universe, kind: FactKind = FactKind.WOUND, **more: object) -> ClinicalFact:
    """Record a fact whose span ended yesterday."""
    days = (kind.default_validity_days or 0) + 1
    usual = {"sites": [BodySite.HEEL_LEFT]} if kind.needs_sites else {}
    return actions.record_fact(
        patient=universe.chen, kind=kind, source="nurse", by=universe.therapist,
        observed_on=universe.today - timedelta(days=days), **{**usual, **more},
    )  # fmt: skip


def chart(universe: Universe, browser: Client) -> Page:
    return Page(browser.get(reverse("rounds:chart", args=[universe.chen.pk])))


def answer(universe: Universe, browser: Client, fact: ClinicalFact, said: str) -> int:
    where = reverse("patients:answer_fact", args=[universe.chen.pk, fact.pk])
    return browser.post(where, {"answer": said}).status_code


def test_what_is_out_of_date_is_asked_on_the_chart(universe: Universe, client_as: ClientAs) -> None:
    fact = stale(universe)
    page = chart(universe, client_as("therapist"))
    words = " ".join(page.words.split())
    seen = f"{fact.observed_on.day} {fact.observed_on:%b %Y}"
    assert "Ask today" in words
    assert f"Open wound : left heel on {seen}; still so?" in words


def test_an_answer_that_comes_second_says_that_it_was_answered(
    universe: Universe, client_as: ClientAs
) -> None:
    fact, browser = stale(universe), client_as("therapist")
    answer(universe, browser, fact, "no")
    assert "Saved: the answer" in chart(universe, browser).words
    answer(universe, browser, fact, "still")
    words = chart(universe, browser).words
    assert "Somebody has answered meanwhile" in words
    assert "Saved: the answer" not in words


def test_still_so_takes_the_place_of_the_old_fact(universe: Universe, client_as: ClientAs) -> None:
    old, browser = stale(universe, note="dressing daily"), client_as("therapist")
    assert answer(universe, browser, old, "still") == 302
    old.refresh_from_db()
    new = ClinicalFact.objects.get(patient=universe.chen, kind="wound", ended_on=None)
    assert old.ended_on == universe.today
    assert (new.sites, new.note, new.value) == (["heel_left"], "dressing daily", None)
    assert (new.observed_on, new.source) == (universe.today, "asked again")
    assert new.valid_until == universe.today + timedelta(days=14)
    assert "still so?" not in chart(universe, browser).words


def test_not_so_any_more_ends_it_and_is_not_asked_again(
    universe: Universe, client_as: ClientAs
) -> None:
    old, browser = stale(universe), client_as("therapist")
    assert answer(universe, browser, old, "no") == 302
    new = ClinicalFact.objects.get(patient=universe.chen, kind="wound", ended_on=None)
    assert (new.value, new.sites) == (Decimal(0), [])
    page = chart(universe, browser)
    assert "still so?" not in page.words
    assert "asked: not so" in page.words
    assert "Open wound or fresh scar" not in page.words  # the rule is silent


def test_a_second_answer_to_the_same_question_changes_nothing(
    universe: Universe, client_as: ClientAs
) -> None:
    old, browser = stale(universe), client_as("therapist")
    answer(universe, browser, old, "no")
    count = ClinicalFact.objects.count()
    assert answer(universe, browser, old, "still") == 302
    assert ClinicalFact.objects.count() == count


def test_a_measurement_is_answered_by_a_new_value_alone(
    universe: Universe, client_as: ClientAs
) -> None:
    count = stale(universe, FactKind.PLATELETS, value=Decimal(34), unit="per_nl")
    browser = client_as("therapist")
    page = chart(universe, browser)
    assert "Platelet count : 34 ×10⁹/L" in page.words
    assert reverse("patients:record_fact", args=[universe.chen.pk, "platelets"]) in page.links()
    for said in ("still", "no", ""):
        answer(universe, browser, count, said)
    count.refresh_from_db()
    assert count.ended_on is None
    with pytest.raises(ValueError, match="platelets"):
        asked_actions.deny_fact(count, on=universe.today, by=universe.therapist)


def test_not_known_stays_asked_and_says_so(universe: Universe, client_as: ClientAs) -> None:
    fact, browser = stale(universe), client_as("therapist")
    assert answer(universe, browser, fact, "unknown") == 302
    page = chart(universe, browser)
    words = " ".join(page.words.split())
    assert "asked today: not known" in words
    assert "Open wound or fresh scar" in words  # the rule goes on speaking
    fact.refresh_from_db()
    assert (fact.ended_on, fact.unknown_on) == (None, universe.today)


def test_the_chart_folds_what_is_not_so_and_shows_the_limits_on_the_body(
    universe: Universe, client_as: ClientAs
) -> None:
    asked_actions.say_none(
        universe.chen, kinds=[FactKind.STENT, FactKind.STOMA], on=universe.today,
        by=universe.therapist,
    )  # fmt: skip
    stale(universe, FactKind.DEVICE, sites=[BodySite.CHEST_RIGHT])
    page = chart(universe, client_as("therapist"))
    assert "<summary>Asked, and not so: 2</summary>" in page.html
    region = next(attrs for _, attrs in page.tags if attrs.get("data-site") == "chest_right")
    assert "hatch" in region["fill"]


def test_another_clinics_fact_and_a_volunteers_answer_are_refused(
    universe: Universe, client_as: ClientAs
) -> None:
    fact = stale(universe)
    assert answer(universe, client_as("foreign_therapist"), fact, "no") == 404
    assert answer(universe, client_as("volunteer"), fact, "no") == 403
    with pytest.raises(PermissionDenied):
        asked_actions.confirm_fact(fact, on=universe.today, by=universe.volunteer)
