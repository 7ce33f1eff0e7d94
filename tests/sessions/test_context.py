"""What surrounds a session reaches the rules: the last session, the scores, an early end."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from sessions_app.sessions.context import around
from sessions_app.vocabulary.reasons import MissingReason, StopReason
from tests.reading import Page
from tests.sessions.typed import Typed, address, confirm, stored, typed
from tests.universe import ClientAs, Universe, care, ratings, still_touch


def rules_of(row: Any) -> dict[str, str]:
    """Return the rules that were shown with a session, without the general ceiling."""
    return dict(row.reminders.exclude(rule="PC").values_list("rule", "level"))


def test_the_last_session_is_the_courses_and_the_last_pain_the_patients(
    universe: Universe,
) -> None:
    found = around(universe.ada_course, universe.now)
    assert found.last_start == universe.ada_session.performed_at
    assert (found.last_pain, found.gap_hours) == (6, 24)
    assert found.told(care()).hours_since_last == 48
    assert found.told(care()).credential_until is None


def test_what_came_later_or_was_not_given_or_is_another_patients_does_not_count(
    universe: Universe,
) -> None:
    universe.start(universe.ada_course, before=ratings(pain=1))
    began = universe.ada_session.performed_at
    assert around(universe.ada_course, began).last_start is None
    assert around(universe.ada_course, began).last_pain is None
    assert around(universe.ada_course, universe.now).last_pain == 6
    assert around(universe.courses["erin"], universe.now).last_start is None


def test_a_score_that_is_missing_leaves_the_one_before_it_as_the_last(universe: Universe) -> None:
    universe.log(
        universe.bruno_course, care=still_touch(), before=ratings(pain=MissingReason.ASLEEP)
    )
    assert around(universe.bruno_course, universe.now).last_pain == 6


@pytest.mark.parametrize(
    ("pain", "level"), [("6", None), ("7", "confirm"), ("8", "stop"), ("10", "stop")]
)
def test_severe_pain_is_confirmed_and_grown_pain_stops_the_start(
    universe: Universe, client_as: ClientAs, pain: str, level: str | None
) -> None:
    form = typed(universe, "start", pain_before=pain)
    browser, where = client_as("therapist"), address(universe, "start")
    answer = browser.post(where, form)
    words = Page(answer).words
    assert answer.status_code == (302 if level is None else 422)
    assert ("not to be started" in words) == (level == "stop")
    if level == "stop":
        assert f"{pain} of 10; before the last one 6." in words
        assert "Untick what is to be left out" not in words
        assert "A clinician's order can lift this" in words
    else:
        assert confirm(browser, where, form).status_code == 302
        row = stored(form)
        assert rules_of(row).get("Q1") == level
        assert "Q2" not in rules_of(row)


def test_a_recorded_session_with_grown_pain_is_confirmed_and_not_flagged(
    universe: Universe, client_as: ClientAs
) -> None:
    form = typed(universe, "whole", pain_before="8")
    assert confirm(client_as("therapist"), address(universe, "whole"), form).status_code == 302
    row = stored(form)
    assert rules_of(row) == {"Q1": "confirm", "Q2": "confirm"}
    assert not row.limit_broken


def test_a_rise_within_a_session_is_asked_about_at_its_finish(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "finish")
    form = typed(universe, "finish", pain_after="6")
    page = Page(browser.post(where, form))
    assert "Pain rose from 5 to 6 of 10." in page.words
    assert confirm(browser, where, form).status_code == 302


def test_severe_pain_confirmed_at_the_start_is_not_asked_again_at_the_finish(
    universe: Universe, client_as: ClientAs
) -> None:
    row = universe.start(universe.bruno_course, before=ratings(pain=7, mood=4))
    where = reverse("sessions:finish", args=[row.pk])
    form = typed(universe, "finish", pain_after="7")
    assert client_as("therapist").post(where, form).status_code == 302


def test_the_scores_reach_the_rules_though_the_form_has_mistakes(
    universe: Universe, client_as: ClientAs
) -> None:
    form = typed(universe, "start", pain_before="8", mood_before="")
    words = Page(client_as("therapist").post(address(universe, "start"), form)).words
    assert "8 of 10; before the last one 6." in words
    assert "Mood before: choose a number" in words


def test_a_session_soon_after_the_last_is_confirmed_on_the_fresh_form(
    universe: Universe, client_as: ClientAs
) -> None:
    universe.log(universe.bruno_course, care=still_touch())
    browser, where = client_as("therapist"), address(universe, "start")
    page = Page(browser.get(where))
    assert "1 hours since the last session; the protocol asks for 24 at least." in page.words
    form = {**typed(universe, "start", pain_before="5"), "shown": page.form()["shown"]}
    assert browser.post(where, {**form, "confirmed": "1"}).status_code == 302
    assert rules_of(stored(form)) == {"Y1": "confirm"}


@pytest.mark.parametrize("phase", ["finish", "whole"])
def test_an_early_end_is_stored_with_its_reason_and_told(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    browser, where = client_as("therapist"), address(universe, phase)
    early: Typed = {"stopped_early_reason": "unwell", "stopped_early_text": "dizzy"}
    form = typed(universe, phase, **early)
    place = confirm(browser, where, form).headers["Location"]
    words = Page(browser.get(place)).words
    assert "Ended early" in words
    assert "Unwell: dizzy" in words
    assert "The session was broken off." in words


@pytest.mark.parametrize(
    ("early", "field", "sentence"),
    [
        ({"stopped_early_text": "dizzy"}, "id_stopped_early_reason", "choose why"),
        ({"stopped_early_reason": "other"}, "id_stopped_early_text", "say the other reason"),
        ({"stopped_early_reason": "boredom"}, "id_stopped_early_reason", "choose one"),
    ],
)
def test_half_a_reason_is_asked_back(
    universe: Universe, client_as: ClientAs, early: Typed, field: str, sentence: str
) -> None:
    form = typed(universe, "whole", **early)
    page = Page(client_as("therapist").post(address(universe, "whole"), form))
    assert sentence in page.said_at(field)


def test_an_early_end_reaches_the_rules(universe: Universe) -> None:
    row = universe.log(
        universe.bruno_course,
        care=still_touch(stopped_early_reason=StopReason.PATIENT_ASKED, minutes=8),
    )
    assert rules_of(row)["Y3"] == "inform"
    assert not row.limit_broken


def test_a_dose_that_is_only_planned_is_not_counted(universe: Universe) -> None:
    found = around(universe.ada_course, universe.now, universe.now + timedelta(hours=1))
    assert found.minutes_since_opioid is None
    assert [one.kind.value for one in found.lines] == ["physiotherapy"]
