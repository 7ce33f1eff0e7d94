"""A form sent twice over HTTP: the same words give the same place, other words a plain 409."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.sessions.models import FollowUpScore, Score, Session, SiteTreated
from tests.reading import Page
from tests.sessions.typed import Typed, address, confirm, typed
from tests.universe import ClientAs, Universe

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
    what = "session was finished" if name == "finish" else "form was sent"
    assert f"This {what} before, with other content" in page.words
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


def test_both_versions_stand_on_the_page_and_the_second_is_saved_as_another_session(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, (where, form) = client_as("therapist"), prepared(universe, "whole")
    confirm(browser, where, {**form, "pain_after": "3"})
    page = Page(browser.post(where, {**form, "pain_after": "9", "subjective": "second"}))
    assert "0 before, 3 after" in " ".join(page.words.split())
    again = page.form()
    assert (again["pain_after"], again["subjective"]) == (["9"], ["second"])
    assert again["client_key"] != [form["client_key"]]
    assert "Save as another session" in page.words
    assert confirm(browser, where, again).status_code == 302
    after = Score.objects.filter(session__client_key__in=[form["client_key"], *again["client_key"]])
    assert sorted(after.filter(scale="pain").values_list("after", flat=True)) == [3, 9]


def test_a_second_finish_becomes_a_session_of_its_own_once_it_is_complete(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, (where, form) = client_as("therapist"), prepared(universe, "finish")
    browser.post(where, form)
    page = Page(browser.post(where, {**form, "plan_note": "another"}))
    again = page.form()
    assert (again["plan_note"], again["reaction_text"]) == (["another"], [form["reaction_text"]])
    assert "Pain before: choose a number" not in page.words
    log = reverse("sessions:log", args=[universe.bruno_course.pk])
    assert log in page.links()
    incomplete = browser.post(log, again)
    assert incomplete.status_code == 422
    assert "Pain before: choose a number" in Page(incomplete).words
    missing = {
        name: said
        for name, said in typed(universe, "whole").items()
        if name.startswith("performed") or name.endswith("before")
    }
    assert browser.post(log, {**again, **missing}).status_code == 302


def test_a_note_sent_again_under_a_fresh_key_is_another_session_not_given(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, (where, form) = client_as("therapist"), prepared(universe, "not_given")
    browser.post(where, form)
    page = Page(browser.post(where, {**form, "note": "again asleep"}))
    again = page.form()
    buttons = [one for tag, one in page.tags if tag == "button" and one.get("value") == "asleep"]
    assert again["note"] == ["again asleep"]
    assert len(buttons) == 2  # as it was sent, and among the reasons
    assert browser.post(where, {**again, "reason": "asleep"}).status_code == 302
    assert Session.objects.filter(status="not_given").count() == 2


def test_the_first_version_of_another_patient_is_named_as_such(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, (where, form) = client_as("therapist"), prepared(universe, "not_given")
    browser.post(where, form)
    elsewhere = where.replace(str(universe.bruno_course.pk), str(universe.diego_course.pk))
    assert universe.bruno.full_name in Page(browser.post(elsewhere, form)).words
    assert universe.bruno.full_name in Page(browser.post(where, {**form, "note": "x"})).words
