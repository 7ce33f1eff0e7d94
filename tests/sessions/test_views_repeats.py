"""A form sent twice over HTTP: the same words give the same place, other words a plain 409."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.sessions.models import FollowUpScore, Score, Session, SiteTreated
from tests.reading import Page
from tests.sessions.typed import Typed, address, typed
from tests.universe import Universe

ClientAs = Callable[[str], Client]

FORMS = ["start", "finish", "whole", "not_given"]
OTHER: dict[str, Typed] = {
    "start": {"mood_before": "9"},
    "finish": {"mood_after": "9"},
    "whole": {"subjective": "other words"},
    "not_given": {"reason": "staff"},
}


def prepared(universe: Universe, name: str) -> tuple[str, Typed]:
    """Return where one of the four forms is sent, and the form filled in."""
    if name == "not_given":
        where = reverse("sessions:not_given", args=[universe.bruno_course.pk])
        return where, {"client_key": str(uuid.uuid4()), "reason": "asleep", "note": "snoring"}
    return address(universe, name), typed(universe, name)


def counts() -> list[int]:
    models: list[Any] = [Session, Score, SiteTreated, FollowUpScore, AuditEvent]
    return [model.objects.count() for model in models]


@pytest.mark.parametrize("name", FORMS)
def test_the_same_form_sent_again_leads_to_the_same_place(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    browser, (where, form) = client_as("therapist"), prepared(universe, name)
    first = browser.post(where, form)
    assert first.status_code == 302
    after = counts()
    again = browser.post(where, dict(reversed(form.items())))
    assert (again.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert counts() == after


@pytest.mark.parametrize("name", FORMS)
def test_the_same_form_with_other_words_is_explained_and_changes_nothing(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    browser, (where, form) = client_as("therapist"), prepared(universe, name)
    saved = browser.post(where, form).headers["Location"]
    after = counts()
    answer = browser.post(where, {**form, **OTHER[name]})
    page = Page(answer)
    assert answer.status_code == 409
    assert "sent before, with other content" in page.words
    assert "What you sent now is not saved" in page.words
    assert saved in page.links()
    assert counts() == after


@pytest.mark.parametrize("name", ["start", "whole", "not_given"])
def test_the_same_form_at_another_patients_address_is_not_taken_for_the_first(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    browser, (where, form) = client_as("therapist"), prepared(universe, name)
    form = {**form, "confirmed": "1"}
    browser.post(where, form)
    elsewhere = where.replace(str(universe.bruno_course.pk), str(universe.diego_course.pk))
    missing = {"relaxation_before": "5", "relaxation_after": "5"}
    assert browser.post(elsewhere, {**form, **missing}).status_code == 409
    assert browser.post(elsewhere, form).status_code != 302


def test_a_start_sent_again_after_the_finish_leads_to_the_finished_session(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, (where, form) = client_as("therapist"), prepared(universe, "start")
    place = browser.post(where, form).headers["Location"]
    browser.post(f"{place}finish/", typed(universe, "finish"))
    assert browser.post(where, form).headers["Location"] == place
    assert Session.objects.get(client_key=form["client_key"]).status == "given"


def test_a_session_not_given_is_not_finished(universe: Universe, client_as: ClientAs) -> None:
    browser, (where, form) = client_as("therapist"), prepared(universe, "not_given")
    place = browser.post(where, form).headers["Location"]
    assert browser.get(f"{place}finish/").headers["Location"] == place
    assert browser.post(f"{place}finish/", typed(universe, "finish")).status_code == 409
    row = Session.objects.get(client_key=form["client_key"])
    assert (row.status, row.scores.count()) == ("not_given", 0)


def test_a_fresh_page_has_a_fresh_key_each_time(universe: Universe, client_as: ClientAs) -> None:
    browser, where = client_as("therapist"), address(universe, "start")
    keys = {Page(browser.get(where)).form()["client_key"][0] for _ in range(3)}
    assert len(keys) == 3
