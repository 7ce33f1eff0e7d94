"""Courses over HTTP: the checklist is stored, what is outside is labelled, one runs at a time."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.enrolments.forms import EnrolForm
from sessions_app.enrolments.models import Enrolment
from sessions_app.enrolments.policies import criteria
from sessions_app.protocols import registry
from tests.reading import Page
from tests.universe import ClientAs, Universe


def where(universe: Universe, who: str = "chen", arm: str = "massage") -> str:
    patient = getattr(universe, who)
    return reverse("enrolments:enrol", args=[patient.pk, universe.arm("rest", arm)])


def answered(universe: Universe, **changes: Any) -> dict[str, Any]:
    """Return the form with every criterion met, from today, and what differs."""
    checklist = universe.checklist(universe.arm("rest", "massage"))
    asked = {f"ask_{code}": answer for code, answer in checklist.items()}
    return {"starts_on": f"{universe.today}", **asked, **changes}


def first_question(universe: Universe) -> str:
    return f"ask_{next(iter(universe.checklist(universe.arm('rest', 'massage'))))}"


def first_criterion(universe: Universe) -> str:
    protocol = registry.course(universe.arm("rest", "massage")).protocol
    return criteria(protocol)[0].text


def test_every_arm_is_offered(universe: Universe, client_as: ClientAs) -> None:
    page = Page(
        client_as("therapist").get(reverse("enrolments:choose_arm", args=[universe.chen.pk]))
    )
    for course in registry.offered():
        link = reverse("enrolments:enrol", args=[universe.chen.pk, course.arm_id])
        assert link in page.links()


def test_the_checklist_is_asked_and_nothing_is_answered_beforehand(
    universe: Universe, client_as: ClientAs
) -> None:
    page = Page(client_as("therapist").get(where(universe)))
    for name in (name for name in answered(universe) if name.startswith("ask_")):
        assert [one["value"] for one in page.inputs(name)] == ["yes", "no", "unknown"]
        assert not any("checked" in one for one in page.inputs(name))
    assert page.posting("starts_on")["starts_on"] == [f"{universe.today}"]


def test_a_course_that_meets_the_criteria_is_stored_with_its_answers(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    answer = browser.post(where(universe), answered(universe))
    assert answer.headers["Location"] == reverse("rounds:chart", args=[universe.chen.pk])
    course = Enrolment.objects.get(patient_id=universe.chen.pk)
    assert course.checklist == universe.checklist(course.arm_id)
    assert course.outside_protocol is False
    assert "Outside protocol" not in Page(browser.get(answer.headers["Location"])).words


@pytest.mark.parametrize("said", ["no", "unknown"])
def test_an_answer_outside_the_criteria_labels_the_course_and_does_not_forbid_it(
    universe: Universe, client_as: ClientAs, said: str
) -> None:
    browser, name = client_as("therapist"), first_question(universe)
    answer = browser.post(where(universe), answered(universe, **{name: said}))
    course = Enrolment.objects.get(patient_id=universe.chen.pk)
    assert course.checklist[name.removeprefix("ask_")] == said
    assert course.outside_protocol is True
    assert "Outside protocol criteria" in Page(browser.get(answer.headers["Location"])).words


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"starts_on": ""}, "First day: a day like 2026-11-21."),
        ({"starts_on": "2026-02-30"}, "First day: a day like 2026-11-21."),
        ({"starts_on": "abc"}, "First day: a day like 2026-11-21."),
        ({"starts_on": "0001-01-01"}, "within a year of today"),
        ({"starts_on": "9999-12-31"}, "within a year of today"),
    ],
)
def test_a_first_day_that_cannot_be_is_said_and_the_answers_are_kept(
    universe: Universe, client_as: ClientAs, wrong: dict[str, str], words: str
) -> None:
    answer = client_as("therapist").post(where(universe), answered(universe, **wrong))
    page = Page(answer)
    assert answer.status_code == 422
    assert words in page.said_at("id_starts_on")
    kept = {name: [said] for name, said in answered(universe).items() if name != "starts_on"}
    assert kept.items() <= page.posting("starts_on").items()
    assert not Enrolment.objects.filter(patient_id=universe.chen.pk).exists()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("", "choose one"),
        *((odd, "choose one from the list") for odd in ("abc", "4.5", "-1", "YES", "yes\x00")),
    ],
)
def test_a_question_without_one_of_its_answers_is_said_at_its_place(
    universe: Universe, client_as: ClientAs, said: str, wanted: str
) -> None:
    name = first_question(universe)
    answer = client_as("therapist").post(where(universe), answered(universe, **{name: said}))
    assert answer.status_code == 422
    told = Page(answer).said_at(f"id_{name}").strip().lower()
    assert told.startswith(first_criterion(universe).lower())
    assert told.endswith(f" {wanted}.")
    assert not Enrolment.objects.filter(patient_id=universe.chen.pk).exists()


def test_the_same_form_sent_twice_is_one_course(universe: Universe, client_as: ClientAs) -> None:
    browser, place = client_as("therapist"), where(universe, "chen")
    first = browser.post(place, answered(universe))
    second = browser.post(place, answered(universe))
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    row = Enrolment.objects.get(patient_id=universe.chen.pk)
    assert AuditEvent.objects.filter(clinic_id=row.clinic_id, subject_id=row.pk).count() == 1
    answers = answered(universe) | {first_question(universe): "no"}
    other = browser.post(place, answers)
    assert other.status_code == 422
    assert "A course is already running" in Page(other).words
    assert Enrolment.objects.filter(patient_id=universe.chen.pk).count() == 1


def test_a_second_running_course_is_refused_in_plain_words(
    universe: Universe, client_as: ClientAs
) -> None:
    answer = client_as("therapist").post(where(universe, "ada"), answered(universe))
    page = Page(answer)
    assert answer.status_code == 422
    assert "A course is already running. End it before starting another." in page.words
    assert page.posting("starts_on")[first_question(universe)] == ["yes"]
    assert Enrolment.objects.filter(patient_id=universe.ada.pk).count() == 1


def test_a_course_is_ended_and_another_may_begin(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    end = reverse("enrolments:end", args=[universe.ada_course.pk])
    said = {"ended_on": f"{universe.today}", "reason": "went <home>"}
    answer = browser.post(end, said)
    words = Page(browser.get(answer.headers["Location"])).words
    assert "went <home>" in words
    assert "No course is running" in words
    assert browser.post(where(universe, "ada"), answered(universe)).status_code == 302


def test_a_course_that_has_ended_keeps_its_day_and_reason(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, end = client_as("therapist"), reverse("enrolments:end", args=[universe.ada_course.pk])
    for reason in ("first", "second"):
        browser.post(end, {"ended_on": f"{universe.today}", "reason": reason})
    universe.ada_course.refresh_from_db()
    assert universe.ada_course.end_reason == "first"


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [(1, "x", "ended_on"), (-11, "x", "ended_on"), (0, "", "reason"), (0, "r" * 201, "reason")],
)
def test_an_end_that_cannot_be_is_said_at_its_field(
    universe: Universe, client_as: ClientAs, days: int, reason: str, field: str
) -> None:
    end = reverse("enrolments:end", args=[universe.ada_course.pk])
    said = {"ended_on": f"{universe.today + timedelta(days=days)}", "reason": reason}
    answer = client_as("therapist").post(end, said)
    page = Page(answer)
    assert answer.status_code == 422
    assert page.said_at(f"id_{field}")
    assert {name: [value] for name, value in said.items()}.items() <= page.posting("reason").items()


def test_an_arm_that_is_not_offered_is_not_found(universe: Universe, client_as: ClientAs) -> None:
    there = reverse("enrolments:enrol", args=[universe.chen.pk, universe.chen.pk])
    assert client_as("therapist").get(there).status_code == 404


def test_a_refusal_of_another_rule_is_not_blamed_on_a_running_course(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EnrolForm, "clean_starts_on", lambda form: None)
    answer = client_as("therapist").post(where(universe), answered(universe))
    assert answer.status_code == 500
    assert "already running" not in Page(answer).words
