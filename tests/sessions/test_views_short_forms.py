"""Not given in two taps, and a score at a later time point."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from sessions_app.sessions import actions
from sessions_app.sessions.later_actions import call_off
from sessions_app.sessions.models import FollowUpScore, Session
from sessions_app.vocabulary.reasons import NotGivenReason
from tests.reading import Page
from tests.sessions.typed import address, typed
from tests.universe import ClientAs, Universe


def at(universe: Universe, when: datetime) -> dict[str, str]:
    """Return a moment as it is typed: day and time on the clinic's clock."""
    local = when.astimezone(universe.birchwood.zone)
    return {"measured_on": f"{local:%Y-%m-%d}", "measured_time": f"{local:%H:%M}"}


def later(universe: Universe, **changes: str) -> dict[str, Any]:
    """Return the form of a later score, and what differs."""
    form = {"what": "pain:next_day", "score": "0", "reported_by": "patient"}
    return {**form, **at(universe, universe.now - timedelta(hours=20)), **changes}


@pytest.mark.parametrize("reason", NotGivenReason)
def test_every_reason_is_one_button(
    universe: Universe, client_as: ClientAs, reason: NotGivenReason
) -> None:
    browser = client_as("volunteer")
    where = reverse("sessions:not_given", args=[universe.bruno_course.pk])
    page = Page(browser.get(where))
    buttons = [one["value"] for tag, one in page.tags if tag == "button" and "value" in one]
    assert reason in buttons
    note = "fire drill" if reason is NotGivenReason.OTHER else ""
    answer = browser.post(where, {**page.form(), "reason": reason.value, "note": note})
    assert answer.status_code == 302
    assert f"{reason.label}" in Page(browser.get(answer.headers["Location"])).words


@pytest.mark.parametrize("wrong", [{"reason": "bored"}, {"reason": ""}, {"reason": "asleep\x00"}])
def test_a_reason_that_is_none_is_refused_and_the_note_is_kept(
    universe: Universe, client_as: ClientAs, wrong: dict[str, str]
) -> None:
    where = reverse("sessions:not_given", args=[universe.bruno_course.pk])
    form = {"client_key": str(uuid.uuid4()), "reason": "asleep", "note": "will <ask> tonight"}
    answer = client_as("therapist").post(where, {**form, **wrong})
    page = Page(answer)
    assert answer.status_code == 422
    assert (page.form()["note"], page.form()["client_key"]) == (
        ["will <ask> tonight"], [form["client_key"]],
    )  # fmt: skip
    assert "#id_reason" in page.links()
    assert not Session.objects.filter(client_key=form["client_key"]).exists()


@pytest.mark.parametrize(
    ("note", "words"), [("n" * 501, "at most 500"), ("\x00", "cannot be stored")]
)
def test_a_note_that_cannot_be_kept_is_said(
    universe: Universe, client_as: ClientAs, note: str, words: str
) -> None:
    where = reverse("sessions:not_given", args=[universe.bruno_course.pk])
    form = {"client_key": str(uuid.uuid4()), "reason": "asleep", "note": note}
    answer = client_as("therapist").post(where, form)
    assert answer.status_code == 422
    assert words in Page(answer).said_at("id_note")


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"score": "11"}, "id_score", "whole number from 0 to 10"),
    ({"score": ""}, "id_score", "choose a number"),
    ({"score": "5\x00"}, "id_score", "whole number from 0 to 10"),
    ({"what": "pain:before"}, "id_what", "choose one of those offered"),
    ({"what": "heart_rate:next_day"}, "id_what", "choose one of those offered"),
    ({"what": ""}, "id_what", "choose one of those offered"),
    ({"reported_by": "dog"}, "id_reported_by", "choose one of those offered"),
    ({"measured_on": "2999-01-01"}, "id_measured_on", "still to come"),
    ({"measured_on": "0001-01-01", "measured_time": "00:00"}, "id_measured_on", "year ago"),
    ({"measured_time": "24:61"}, "id_measured_time", "Time: write it like 14:05."),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG)
def test_a_later_score_that_cannot_be_is_said_at_its_field(
    universe: Universe, client_as: ClientAs, wrong: dict[str, str], field: str, words: str
) -> None:
    where = reverse("sessions:follow_up", args=[universe.diego_session.pk])
    answer = client_as("therapist").post(where, later(universe, **wrong))
    page = Page(answer)
    assert answer.status_code == 422
    assert words in page.said_at(field)
    if "measured_on" not in wrong:
        kept = at(universe, universe.now - timedelta(hours=20))
        assert page.form()["measured_on"] == [kept["measured_on"]]
    assert not FollowUpScore.objects.exists()


@pytest.mark.parametrize(("score", "shown"), [("0", "next day: 0"), ("asleep", "next day: asleep")])
def test_a_later_score_is_shown_on_its_session(
    universe: Universe, client_as: ClientAs, score: str, shown: str
) -> None:
    browser = client_as("therapist")
    where = reverse("sessions:follow_up", args=[universe.diego_session.pk])
    answer = browser.post(where, later(universe, score=score, what="sleep:next_day"))
    page = Page(browser.get(answer.headers["Location"]))
    assert shown in " ".join(page.words.replace("–", "-").split()).lower().replace(" ,", ",")


def test_the_same_later_score_sent_twice_is_one(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    where = reverse("sessions:follow_up", args=[universe.diego_session.pk])
    form = later(universe, score="4", what="sleep:next_day")
    first, second = browser.post(where, form), browser.post(where, form)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert FollowUpScore.objects.get().value == 4
    other = browser.post(where, form | {"score": "5"})
    assert other.status_code == 422
    assert "already recorded" in Page(other).said_at("id_what")
    assert FollowUpScore.objects.get().value == 4


def test_a_score_measured_in_the_sessions_own_minute_is_taken(
    universe: Universe, client_as: ClientAs
) -> None:
    where = reverse("sessions:follow_up", args=[universe.diego_session.pk])
    now = at(universe, universe.diego_session.performed_at)
    form = later(universe, what="pain:during", **now)
    assert client_as("therapist").post(where, form).status_code == 302


def test_no_later_score_stands_there_before_one_is_chosen(
    universe: Universe, client_as: ClientAs
) -> None:
    # given a form in which only the kind of score was chosen
    browser = client_as("therapist")
    where = reverse("sessions:follow_up", args=[universe.diego_session.pk])
    form = Page(browser.get(where)).posting("measured_on") | {"what": "sleep:next_day"}
    # then no 0 is sent with it, and none is stored
    assert form["score"] == [""]
    answer = browser.post(where, form)
    assert answer.status_code == 422
    assert "choose a number" in Page(answer).said_at("id_score")
    assert not FollowUpScore.objects.exists()


def test_a_score_of_the_next_day_is_not_asked_on_the_day_of_the_session(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, session = client_as("therapist"), universe.diego_session
    where = reverse("sessions:follow_up", args=[session.pk])
    same_day = at(universe, session.performed_at + timedelta(minutes=5))
    answer = browser.post(where, later(universe, what="pain:next_day", **same_day))
    assert answer.status_code == 422
    assert "the session was on this day" in Page(answer).said_at("id_measured_on")
    day_after = at(universe, session.performed_at + timedelta(days=1))
    told = later(universe, what="pain:next_day", **day_after)
    assert browser.post(where, told).status_code == 302


def test_while_a_session_runs_only_what_is_asked_during_it_is_offered(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    begun = universe.start(universe.diego_course)
    where = reverse("sessions:follow_up", args=[begun.pk])
    assert where in Page(browser.get(reverse("sessions:session", args=[begun.pk]))).links()
    form = later(universe, **at(universe, begun.performed_at))
    assert browser.post(where, form | {"what": "pain:next_day"}).status_code == 422
    assert browser.post(where, form | {"what": "pain:during", "score": "3"}).status_code == 302
    stored = FollowUpScore.objects.get(session_id=begun.pk)
    assert (stored.scale, stored.time_point, stored.value) == ("pain", "during", 3)


def test_a_session_not_given_takes_no_later_score(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    missed = actions.not_given(
        enrolment=universe.diego_course,
        reason=NotGivenReason.ASLEEP,
        client_key=uuid.uuid4(),
        digest="d",
        by=universe.therapist,
    )
    where = reverse("sessions:follow_up", args=[missed.pk])
    assert where not in Page(browser.get(reverse("sessions:session", args=[missed.pk]))).links()
    back = browser.get(where, follow=True)
    assert back.request["PATH_INFO"] == reverse("sessions:session", args=[missed.pk])
    assert "The session was not given, so it has no later score." in Page(back).words
    assert browser.post(where, later(universe)).status_code == 422
    assert not FollowUpScore.objects.exists()


def test_a_protocol_without_later_scores_offers_none(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, row = client_as("therapist"), universe.bruno_session
    where = reverse("sessions:session", args=[row.pk])
    assert not [link for link in Page(browser.get(where)).links() if "follow-up" in link]
    back = browser.get(reverse("sessions:follow_up", args=[row.pk]), follow=True)
    assert back.request["PATH_INFO"] == where
    assert "The protocol of this session asks for no later score." in Page(back).words


def test_a_score_sent_after_the_session_was_ended_stays_on_the_page(
    universe: Universe, client_as: ClientAs
) -> None:
    begun = universe.start(universe.diego_course)
    where = reverse("sessions:follow_up", args=[begun.pk])
    call_off(begun, reason=NotGivenReason.UNWELL, by=universe.therapist)
    answer = client_as("therapist").post(where, later(universe, what="pain:during", score="7"))
    assert answer.status_code == 422
    assert "Not saved. The session was not given, so it has no later score." in Page(answer).words
    assert '<option value="7" selected>' in answer.content.decode()
    assert "Save score" not in Page(answer).words


def test_other_needs_a_note_and_no_other_reason_does(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("volunteer")
    where = reverse("sessions:not_given", args=[universe.bruno_course.pk])
    form = {**Page(browser.get(where)).form(), "reason": "other"}
    answer = browser.post(where, {**form, "note": "  "})
    assert answer.status_code == 422
    assert "say in a few words what the other reason is" in Page(answer).said_at("id_note")
    assert browser.post(where, {**form, "note": "a fire drill"}).status_code == 302


def another_day(page: Page) -> dict[str, str]:
    """Return the attributes of what folds day and time away."""
    return next(one for tag, one in page.tags if tag == "details" and one["class"] == "more")


def test_a_session_not_given_on_another_day_keeps_that_day(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("volunteer")
    where = reverse("sessions:not_given", args=[universe.bruno_course.pk])
    page = Page(browser.get(where))
    assert (page.form()["offered_on"], page.form()["offered_time"]) == ([""], [""])
    assert "open" not in another_day(page)
    yesterday = (universe.now - timedelta(days=1)).astimezone(universe.birchwood.zone)
    when = {"offered_on": f"{yesterday:%Y-%m-%d}", "offered_time": f"{yesterday:%H:%M}"}
    assert browser.post(where, {**page.form(), **when, "reason": "asleep"}).status_code == 302
    row = Session.objects.get(client_key=page.form()["client_key"][0])
    assert row.performed_at == yesterday.replace(second=0, microsecond=0)
    assert row.date_source == "typed"


OTHER_DAYS: list[tuple[dict[str, str], str, str]] = [
    ({"offered_on": "2999-01-01", "offered_time": "10:00"}, "id_offered_on", "still to come"),
    ({"offered_on": "2001-01-01", "offered_time": "10:00"}, "id_offered_on", "first day of this"),
    ({"offered_time": "10:00"}, "id_offered_on", "Day: give it too."),
    ({"offered_on": "2001-01-01"}, "id_offered_time", "Time: give it too."),
    ({"offered_on": "soon"}, "id_offered_on", "Day: choose it"),
]


@pytest.mark.parametrize(("when", "field", "words"), OTHER_DAYS)
def test_another_day_that_cannot_be_is_said_at_its_field_which_stands_open(
    universe: Universe, client_as: ClientAs, when: dict[str, str], field: str, words: str
) -> None:
    where = reverse("sessions:not_given", args=[universe.bruno_course.pk])
    form = {"client_key": str(uuid.uuid4()), "reason": "asleep", "note": "", **when}
    answer = client_as("therapist").post(where, form)
    page = Page(answer)
    assert answer.status_code == 422
    assert words in page.said_at(field)
    assert "open" in another_day(page)


def test_enter_in_a_field_presses_no_reason(universe: Universe, client_as: ClientAs) -> None:
    where = reverse("sessions:not_given", args=[universe.bruno_course.pk])
    html = Page(client_as("therapist").get(where)).html
    buttons = html[html.index('id="session-form"') :].split("<button")[1:]
    assert "disabled" in buttons[0].split(">")[0]


def test_a_start_leads_to_the_session_in_progress_and_keeps_what_was_typed(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "start", "bruno")
    form = typed(universe, "start")
    begun = universe.start(universe.bruno_course)
    finish = reverse("sessions:finish", args=[begun.pk])
    assert browser.get(where).headers["Location"] == finish
    answer = browser.post(where, form)
    page = Page(answer)
    assert answer.status_code == 422
    assert "A session of this course is in progress" in page.words
    assert page.form()["pain_before"] == [form["pain_before"]]
    assert [tag for name, tag in page.tags if name == "a" and tag.get("href") == finish]


def test_a_begun_session_is_called_off_with_a_reason(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    begun = universe.start(universe.bruno_course)
    where = reverse("sessions:call_off", args=[begun.pk])
    assert "The session did not take place" in Page(browser.get(where)).words
    assert browser.post(where, {"note": "x"}).status_code == 422
    place = reverse("sessions:session", args=[begun.pk])
    answer = browser.post(where, {"client_key": uuid.uuid4(), "reason": "asleep", "note": "tired"})
    assert answer.headers["Location"] == place
    begun.refresh_from_db()
    assert (begun.status, begun.not_given_reason, begun.subjective) == (
        "not_given",
        "asleep",
        "tired",
    )
    assert browser.get(where).headers["Location"] == place
