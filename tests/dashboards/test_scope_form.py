"""What the filters are told in vain: a clear sentence each, and never an empty axis."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse

from sessions_app.dashboards.clinic_dashboard import QUESTIONS
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.dashboards.scope_form import ScopeForm, known_to
from sessions_app.outcomes.completeness import RatedBy
from sessions_app.vocabulary.techniques import Technique
from tests.reading import Page
from tests.universe import ClientAs, Universe

PAGES = ("dashboards:summary", "dashboards:csv", "dashboards:sessions")
SAID: list[tuple[str, dict[str, Any], str]] = [
    ("reversed", {"from": "2026-03-02", "to": "2026-03-01"}, "«From» or a later one"),
    ("a century", {"from": "1926-03-02", "to": "2026-03-01"}, "at most ten years before «To»"),
    ("no day", {"from": "yesterday"}, "From: a day like"),
    ("no such day", {"to": "2026-02-30"}, "To: a day like"),
    ("year 0", {"from": "0000-01-01"}, "From: a day like"),
    ("the first day there is", {"from": "0001-01-01"}, "From: choose a day from 1900-01-01 to"),
    ("the last day there is", {"to": "9999-12-31"}, "To: choose a day from 1900-01-01 to"),
    ("NUL", {"from": "2026-01-01\x00"}, "From: a day like"),
    ("foreign clinic", {"clinic": "harbour"}, "Clinics: choose from the list"),
    ("mine and foreign", {"clinic": ["birchwood", "harbour"]}, "Clinics: choose from the list"),
    ("protocol", {"protocol": "rest2"}, "Protocol: choose one from the list"),
    ("arm", {"arm": "rest.needles"}, "Arm: choose one from the list"),
    ("another's arm", {"protocol": "jane-bone", "arm": "rest.touch"}, "one of the protocol"),
    ("long", {"ward": "W" * 10_000}, "Ward: choose one from the list"),
    ("NUL ward", {"ward": "Willow\x00"}, "Ward: choose one from the list"),
    ("technique", {"technique": "cupping"}, "Technique: choose one from the list"),
    ("person", {"therapist": "me"}, "Given by: choose one from the list"),
    ("no filter", {"weeks": "abc"}, "by «weeks»: this page has no such filter"),
    ("no filters", {"a\x00b": "1", "c" * 99: "1"}, f"by «ab», «{'c' * 40}»: this page has"),
    ("reporter", {"by": "the cat"}, "Who reported the scores: choose one from the list"),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("asked", "words"), [one[1:] for one in SAID], ids=[s[0] for s in SAID])
def test_what_cannot_be_asked_is_answered_with_a_sentence(
    universe: Universe, client_as: ClientAs, page: str, asked: dict[str, Any], words: str
) -> None:
    where = reverse(page, args=["happening"] if page == "dashboards:csv" else [])
    answer = client_as("supervisor").get(where, asked)
    assert answer.status_code == 422
    said = Page(answer)
    assert words in said.words
    assert "No figures yet" in said.words
    assert '<svg class="chart' not in said.html


def test_a_person_of_another_clinic_cannot_be_asked_for(
    universe: Universe, client_as: ClientAs
) -> None:
    asked = {"therapist": str(universe.foreign_therapist.user_id)}
    answer = client_as("supervisor").get(reverse("dashboards:summary"), asked)
    assert answer.status_code == 422
    assert "Given by: choose one from the list" in Page(answer).words
    assert "Harbour" not in Page(answer).words


@pytest.mark.parametrize("code", ["x", "happening2", "9" * 100])
def test_a_question_that_nobody_asks_is_not_found(
    universe: Universe, client_as: ClientAs, code: str
) -> None:
    assert client_as("supervisor").get(reverse("dashboards:csv", args=[code])).status_code == 404


NOTHING: list[tuple[str, dict[str, str]]] = [
    ("before the clinic was", {"from": "2001-01-01", "to": "2001-03-01"}),
    ("one day", {"from": "2001-01-01", "to": "2001-01-01"}),
    ("the first days", {"from": "1900-01-01", "to": "1900-01-09"}),
    ("the last days", {"from": "2199-12-01", "to": "2199-12-31"}),
    ("to come", {"from": "2090-01-01", "to": "2099-12-31"}),
    ("ten years", {"from": "1990-01-01", "to": "1999-12-31"}),
]


@pytest.mark.parametrize("asked", [one[1] for one in NOTHING], ids=[one[0] for one in NOTHING])
def test_a_time_without_sessions_has_sentences_and_no_empty_picture(
    universe: Universe, client_as: ClientAs, asked: dict[str, str]
) -> None:
    browser = client_as("supervisor")
    page = Page(browser.get(reverse("dashboards:summary"), asked))
    answers = re.findall(r'class="sheet__answer">([^<]+)<', page.html)
    assert len(answers) == len(QUESTIONS)
    assert all(one.endswith(".") for one in answers)
    assert "No session was planned in this time." in answers
    assert '<svg class="chart' not in page.html
    for bad in ("NaN", "nan ", "None", "inf "):
        assert bad not in page.texts["main"]
    for code in QUESTIONS:
        assert browser.get(reverse("dashboards:csv", args=[code]), asked).status_code == 200


def form(universe: Universe, **asked: Any) -> ScopeForm:
    clinics = [universe.birchwood, universe.harbour]
    made = ScopeForm(asked, known=known_to(clinics, universe.today), here=universe.birchwood)
    assert made.is_valid(), made.errors
    return made


def test_nothing_asked_is_the_last_26_weeks_of_the_clinic(universe: Universe) -> None:
    scope = form(universe).scope()
    assert scope == Scope((universe.birchwood,), first_at_first(universe.today), universe.today)
    assert len(scope.mondays) == 26


def test_everything_asked_is_in_the_scope_and_comes_back_from_its_address(
    universe: Universe,
) -> None:
    asked: dict[str, Any] = {
        "clinic": ["birchwood"], "from": "2026-01-05", "to": "2026-02-01", "protocol": "rest",
        "arm": "rest.touch", "technique": "effleurage", "ward": "Willow", "by": "patient",
        "therapist": str(universe.therapist.user_id),
    }  # fmt: skip
    scope = form(universe, **asked).scope()
    assert scope.clinics == (universe.birchwood,)
    assert (scope.first, scope.last) == (date(2026, 1, 5), date(2026, 2, 1))
    assert [one.arm_id for one in scope.courses] == [universe.arm("rest", "touch")]
    assert (scope.technique, scope.rated_by) == (Technique.EFFLEURAGE, RatedBy.PATIENT)
    assert (scope.given_by, scope.ward) == (universe.therapist.user_id, "Willow")
    for name, value in asked.items():
        told = value[0] if isinstance(value, list) else value
        assert f"{name}={told}" in scope.query()


def test_both_clinics_may_be_asked_for_and_their_days_are_their_own(universe: Universe) -> None:
    scope = form(universe, clinic=["birchwood", "harbour"]).scope()
    assert scope.clinics == (universe.birchwood, universe.harbour)
    firsts = {span.clinic_id: span.since for span in scope.spans[:1] + scope.spans[26:27]}
    for clinic in scope.clinics:  # each day begins at its own clinic's midnight
        assert firsts[clinic.pk].astimezone(clinic.zone).time() == time(0)


def test_sessions_are_listed_of_the_clinic_in_which_one_acts(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("wanda_there"), reverse("dashboards:sessions")
    assert browser.get(where, {"clinic": "harbour"}).status_code == 200
    page = Page(browser.get(where))
    assert "Farahson" in page.words
    assert "Adason" not in page.words
