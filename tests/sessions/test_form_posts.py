"""The main job over HTTP: what a sent form stores, and what it answers when something is wrong."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.sessions.models import Score, Session
from tests.reading import Page
from tests.universe import ClientAs, Universe

Form = dict[str, Any]

WRONG: list[tuple[Form, str]] = [
    ({"pain_before": "11"}, "whole number from 0 to 10"),
    ({"pain_before": "-1"}, "whole number from 0 to 10"),
    ({"pain_before": "5.5"}, "whole number from 0 to 10"),
    ({"pain_before": ""}, "choose a number, or say why there is none"),
    ({"mood_after": "cheerful"}, "whole number from 0 to 10"),
    ({"minutes": "0"}, "Minutes: a whole number from 1 to 240."),
    ({"minutes": "-5"}, "Minutes: a whole number from 1 to 240."),
    ({"minutes": "241"}, "Minutes: a whole number from 1 to 240."),
    ({"performed_on": "tomorrow"}, "still to come"),
    ({"sites": ["tail"]}, "no such site"),
    ({"sites": []}, "at least one site"),
    ({"pressure-hand_left": "6"}, "pressure is missing or unknown"),
    ({"pressure-hand_left": "²"}, "pressure is missing or unknown"),
    ({"pressure-hand_left": ""}, "pressure is missing or unknown"),
    ({"techniques": ["tickling"]}, "Techniques: choose from those offered."),
    ({"techniques": []}, "at least one technique"),
    ({"reaction": ""}, "describe what happened"),
    ({"reaction": "described"}, "Describe in a few words"),
    ({"heart_rate_before": "300"}, "Heart rate before: a whole number from 20 to 250."),
    ({"client_key": "not-a-key"}, ""),
]


def filled(universe: Universe, **changes: Any) -> Form:
    """Return a whole session's form as a browser sends it: an hour ago, in Birchwood's time."""
    began = (universe.now - timedelta(hours=1)).astimezone(universe.birchwood.zone)
    form: Form = {
        "client_key": str(uuid.uuid4()),
        "performed_on": f"{began:%Y-%m-%d}",
        "performed_time": f"{began:%H:%M}",
        "minutes": "30",
        "before_by": "patient",
        "after_by": "patient",
        "pain_before": "5",
        "mood_before": "4",
        "pain_after": "0",
        "mood_after": "asleep",
        "techniques": ["still_holding"],
        "sites": ["hand_left"],
        "pressure-hand_left": "0",
        "reaction": "none",
        "subjective": "felt <b>calm</b>",
    }
    if changes.get("performed_on") == "tomorrow":
        changes["performed_on"] = f"{began + timedelta(days=1, hours=2):%Y-%m-%d}"
    return {**form, **changes}


def post(universe: Universe, browser: Client, form: Form, name: str = "sessions:log") -> Any:
    return browser.post(reverse(name, args=[universe.bruno_course.pk]), form)


def stored(form: Form) -> Session:
    return Session.objects.get(client_key=form["client_key"])


def test_a_sent_form_is_stored_and_its_page_shown(universe: Universe, client_as: ClientAs) -> None:
    browser, form = client_as("therapist"), filled(universe)
    answer = post(universe, browser, form)
    row = stored(form)
    assert answer.headers["Location"] == reverse("sessions:session", args=[row.pk])
    began = datetime.fromisoformat(f"{form['performed_on']}T{form['performed_time']}")
    assert row.performed_at == began.replace(tzinfo=universe.birchwood.zone)
    pairs = {
        s.scale: (s.before, s.after, s.after_missing) for s in Score.objects.filter(session=row)
    }
    assert pairs == {"pain": (5, 0, ""), "mood": (4, None, "asleep")}
    event = AuditEvent.objects.get(subject_id=row.pk)
    assert (event.actor_id, event.request_id) == (
        universe.therapist.user_id,
        answer.headers["X-Request-ID"],
    )


def test_a_score_of_zero_is_shown_as_zero(universe: Universe, client_as: ClientAs) -> None:
    browser, form = client_as("therapist"), filled(universe, pain_before="0")
    post(universe, browser, form)
    page = browser.get(reverse("sessions:session", args=[stored(form).pk])).content.decode()
    assert "no change" in page
    score = Score.objects.get(session=stored(form), scale="pain")
    assert (score.before, score.after) == (0, 0)


def test_what_was_typed_is_shown_as_text(universe: Universe, client_as: ClientAs) -> None:
    browser, form = client_as("therapist"), filled(universe)
    post(universe, browser, form)
    page = browser.get(reverse("sessions:session", args=[stored(form).pk])).content.decode()
    assert "felt &lt;b&gt;calm&lt;/b&gt;" in page
    assert "<b>calm" not in page


def test_the_same_form_sent_twice_is_one_session(universe: Universe, client_as: ClientAs) -> None:
    browser, form = client_as("therapist"), filled(universe)
    first, again = (post(universe, browser, form) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert Session.objects.filter(client_key=form["client_key"]).count() == 1


def test_it_is_the_same_form_whatever_reminders_stood_on_it_when_it_was_fetched_anew(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, form = client_as("therapist"), filled(universe)
    first = post(universe, browser, form)
    again = post(universe, browser, {**form, "shown": "0123456789abcdef"})
    assert first.headers["Location"] == again.headers["Location"]
    assert Session.objects.filter(client_key=form["client_key"]).count() == 1


def test_the_same_key_with_other_content_is_a_conflict_that_shows_the_first(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, form = client_as("therapist"), filled(universe)
    post(universe, browser, form)
    answer = post(universe, browser, {**form, "pain_after": "9"})
    assert answer.status_code == 409
    assert str(stored(form).pk) in answer.content.decode()
    assert Score.objects.get(session=stored(form), scale="pain").after == 0


@pytest.mark.parametrize(("wrong", "words"), WRONG)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(
    universe: Universe, client_as: ClientAs, wrong: Form, words: str
) -> None:
    before, form = Session.objects.count(), filled(universe, **wrong)
    answer = post(universe, client_as("therapist"), form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "felt &lt;b&gt;calm&lt;/b&gt;" in page
    kept = {"mood_before": "4", "techniques": "still_holding", "sites": "hand_left"}
    for name, value in kept.items():
        if name not in wrong:
            assert _is_ticked(page, name, value), name
    assert Session.objects.count() == before


def _is_ticked(page: str, name: str, value: str) -> bool:
    inputs = re.findall(r"<input\b[^>]*>", page)
    mine = [tag for tag in inputs if f'name="{name}"' in tag and f'value="{value}"' in tag]
    return any(re.search(r"\bchecked\b", tag) for tag in mine)


def test_no_score_is_chosen_beforehand(universe: Universe, client_as: ClientAs) -> None:
    where = reverse("sessions:log", args=[universe.bruno_course.pk])
    page = client_as("therapist").get(where).content.decode()
    for name in ("pain_before", "mood_before", "pain_after", "mood_after"):
        radios = [tag for tag in re.findall(r"<input\b[^>]*>", page) if f'name="{name}"' in tag]
        assert sum(bool(re.search(r'value="\d+"', tag)) for tag in radios) == 11
        assert not any(re.search(r"\bchecked\b", tag) for tag in radios)


def test_a_limited_site_is_asked_about_and_saved_with_a_reason(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), reverse("sessions:log", args=[universe.ada_course.pk])
    form = filled(universe, sites=["spine_thoracic"], **{"pressure-spine_thoracic": "3"})
    asked: HttpResponse = browser.post(where, form)
    assert asked.status_code == 422
    shown = re.search(r'name="shown"[^>]*value="([0-9a-f]{16})"', asked.content.decode())
    assert shown is not None
    answer = {"shown": shown[1], "confirmed": "on"}
    assert browser.post(where, {**form, **answer}).status_code == 422
    assert browser.post(where, {**form, **answer, "reason": "asked for it"}).status_code == 302
    assert (stored(form).limit_broken, stored(form).break_reason) == (True, "asked for it")


@pytest.mark.parametrize(
    ("who", "course", "told"),
    [("volunteer", "ada", True), ("volunteer", "bruno", False), ("therapist", "ada", False)],
)
def test_a_volunteer_is_told_why_massage_is_not_offered(
    universe: Universe, client_as: ClientAs, who: str, course: str, told: bool
) -> None:
    where = reverse("sessions:log", args=[universe.courses[course].pk])
    words = Page(client_as(who).get(where)).words
    assert ("You record simple touch: hands kept still, no pressure." in words) is told


def test_a_volunteer_who_sends_massage_all_the_same_is_refused(
    universe: Universe, client_as: ClientAs
) -> None:
    form = filled(universe, techniques=["petrissage"])
    answer = post(universe, client_as("volunteer"), form)
    assert answer.status_code == 422
    assert not Session.objects.filter(client_key=form["client_key"]).exists()
    assert post(universe, client_as("volunteer"), filled(universe)).status_code == 302


def test_a_session_is_started_and_finished(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    form = filled(universe)
    post(universe, browser, form, "sessions:start")
    row = stored(form)
    assert row.status == "in_progress"
    finish = reverse("sessions:finish", args=[row.pk])
    assert browser.post(finish, {**form, "minutes": ""}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.minutes) == ("given", 1)
    assert Score.objects.get(session=row, scale="pain").after == 0
    assert browser.get(finish).status_code == 302
    assert browser.post(finish, {**form, "minutes": ""}).status_code == 302
    assert browser.post(finish, {**form, "minutes": "", "pain_after": "7"}).status_code == 409


def test_a_start_that_was_tapped_late_is_told_beside_the_minutes_and_refuses_nothing(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, form = client_as("therapist"), filled(universe)
    post(universe, browser, form, "sessions:start")
    finish = reverse("sessions:finish", args=[stored(form).pk])
    page = Page(browser.post(finish, {**form, "minutes": "45"}, follow=True))
    assert page.words.count("45 minutes as typed; 0 had passed since the start was saved.") == 2
    again = Page(browser.get(reverse("sessions:session", args=[stored(form).pk])))
    assert again.words.count("45 minutes as typed") == 1
    assert stored(form).minutes == 45


def test_a_session_not_given_takes_a_reason(universe: Universe, client_as: ClientAs) -> None:
    browser, key = client_as("volunteer"), str(uuid.uuid4())
    form = {"client_key": key, "reason": "asleep", "note": ""}
    assert (
        post(universe, browser, {**form, "reason": "bored"}, "sessions:not_given").status_code
        == 422
    )
    assert post(universe, browser, form, "sessions:not_given").status_code == 302
    assert post(universe, browser, {**form, "note": "x"}, "sessions:not_given").status_code == 409
    assert stored(form).not_given_reason == "asleep"


def test_a_follow_up_of_zero_is_recorded_once(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    where = reverse("sessions:follow_up", args=[universe.diego_session.pk])
    now = universe.now.astimezone(universe.birchwood.zone)
    form = {
        "what": "pain:next_day", "score": "0", "reported_by": "patient",
        "measured_on": f"{now:%Y-%m-%d}", "measured_time": f"{now:%H:%M}",
    }  # fmt: skip
    assert browser.post(where, form).status_code == 302
    assert browser.post(where, form).status_code == 302  # the same once more changes nothing
    again = browser.post(where, {**form, "score": "3"})
    assert again.status_code == 422
    assert "already recorded" in again.content.decode()
    page = browser.get(reverse("sessions:session", args=[universe.diego_session.pk]))
    assert page.status_code == 200


def test_when_it_began_is_a_whole_sentence_without_a_script(
    universe: Universe, client_as: ClientAs
) -> None:
    begun = universe.start(universe.bruno_course)
    page = client_as("therapist").get(reverse("sessions:finish", args=[begun.pk])).content.decode()
    lead = page.partition('<p class="page-head__lead">')[2].partition("<span")[0]
    assert "began" in lead
    assert lead.strip()[-1].isdigit()  # how long it has lasted is the script's to add
