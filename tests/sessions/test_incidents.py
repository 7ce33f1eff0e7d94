"""Pain that rose asks what happened, by 2 it is an incident; others are reported."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.sessions import actions as sessions
from sessions_app.sessions import incident_actions as actions
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.models import Session
from sessions_app.sessions.policies import NeedsAnswer, NotGiven
from sessions_app.vocabulary.incidents import Harm, IncidentKind
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from tests.reading import Page
from tests.universe import ClientAs, Score, Universe, care, ratings

PAINS: list[tuple[Score | None, Score | None, bool, bool]] = [
    # before, after, asks what happened, opens an incident
    (5, 4, False, False),
    (5, 5, False, False),
    (0, 0, False, False),
    (5, 6, True, False),
    (0, 1, True, False),
    (5, 7, True, True),
    (0, 2, True, True),
    (0, 10, True, True),
    (MissingReason.ASLEEP, 9, False, False),
    (3, MissingReason.ASLEEP, False, False),
    (None, 9, False, False),
    (3, None, False, False),
]


def said(pain: Score | None) -> dict[str, Score]:
    return {"mood": 4} if pain is None else {"mood": 4, "pain": pain}


def opened_for(session: Session) -> list[Incident]:
    return list(Incident.objects.filter(session=session))


@pytest.mark.parametrize("way", ["log", "finish"])
@pytest.mark.parametrize(("before", "after", "asks", "opens"), PAINS)
def test_a_rise_of_pain_asks_by_one_and_is_an_incident_by_two(
    universe: Universe, way: str, before: Score, after: Score, *, asks: bool, opens: bool
) -> None:
    course = universe.bruno_course
    first, then = ratings(**said(before)), ratings(**said(after))
    begun = universe.start(course, before=first) if way == "finish" else None

    def send(**told: str | bool) -> Session:
        when = begun.performed_at if begun else universe.now - timedelta(hours=1)
        scores = {"before": first, "after": then}
        usual = universe.answers(course, care(), reason="it had happened", when=when, **scores)
        answers = replace(usual, **{"not_known": False, **told})
        if begun:
            return universe.finish(begun, after=then, answers=answers)
        return universe.log(course, before=first, after=then, answers=answers)

    if asks:
        with pytest.raises(NeedsAnswer):
            send()
    session = send(what_happened="A turn in bed.") if asks else send()
    assert session.pain_rise_text == ("A turn in bed." if asks else "")
    assert session.pain_rise == ("told" if asks else "")
    rows = opened_for(session)
    assert len(rows) == opens
    if rows:
        [row] = rows
        assert (row.kind, row.harm, row.closed_at) == ("worse_pain", "", None)
        assert "A turn in bed." in row.what_happened
        assert row.follow_up_due == universe.today + timedelta(days=1)
        assert AuditEvent.objects.filter(action="incident.opened", subject_id=row.pk).count() == 1


def test_not_known_is_an_answer(universe: Universe) -> None:
    session = universe.log(universe.bruno_course, before=ratings(pain=2), after=ratings(pain=5))
    assert (session.pain_rise, session.pain_rise_text) == ("not_known", "")
    [row] = opened_for(session)
    assert row.what_happened == "Pain rose by 3 from before to after. Nobody knows why."


def test_sent_twice_it_is_one_incident(universe: Universe) -> None:
    told = {"before": ratings(pain=2), "after": ratings(pain=5), "client_key": uuid.uuid4()}
    first = universe.log(universe.bruno_course, **told)
    again = universe.log(universe.bruno_course, **told)
    assert first.pk == again.pk
    assert len(opened_for(first)) == 1
    begun = universe.start(universe.diego_course, before=ratings(pain=2))
    for _ in range(2):
        universe.finish(begun, after=ratings(pain=5))
    assert len(opened_for(begun)) == 1


def past_form(world: Universe, browser: Client, **told: str) -> dict[str, object]:
    """What a browser would send of a past session in which pain rose from 3 to 6."""
    page = Page(browser.get(reverse("sessions:log", args=[world.diego_course.pk])))
    usual: dict[str, object] = {
        **page.form(),
        "performed_on": (world.today - timedelta(days=1)).isoformat(),
        "performed_time": "10:00", "minutes": "20", "pain_before": "3", "pain_after": "6",
        "mood_before": "4", "mood_after": "4", "relaxation_before": "4", "relaxation_after": "4",
        "techniques": ["effleurage"], "sites": ["hand_left"], "pressure-hand_left": "1",
        "reaction": "none", "subjective": "Slept badly.",
    }  # fmt: skip
    return usual | told


def test_the_form_asks_keeps_what_was_typed_and_takes_the_answer(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    where = reverse("sessions:log", args=[universe.diego_course.pk])
    sent = past_form(universe, browser)
    answer = browser.post(where, sent)
    page = Page(answer)
    assert answer.status_code == 422, page.words
    assert "by 3. If the score is right, say what happened." in page.words
    assert "Slept badly." in page.html
    kept = page.form()
    more = {"what_happened": "Turned him.", "confirmed": "1"}
    answer = browser.post(where, {**kept, **more})
    assert answer.status_code == 302, Page(answer).words
    page = Page(browser.get(answer.headers["Location"]))
    assert "Turned him." in page.words
    assert "Worse pain after" in page.words


def test_a_form_with_other_mistakes_keeps_the_answer(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    where = reverse("sessions:log", args=[universe.diego_course.pk])
    sent = past_form(universe, browser, minutes="many", what_happened="Turned him.", not_known="1")
    page = Page(browser.post(where, sent))
    assert page.form()["what_happened"] == ["Turned him."]
    assert page.form()["not_known"] == ["1"]


def test_a_finish_asks_too_without_losing_a_word(universe: Universe, client_as: ClientAs) -> None:
    begun = universe.start(universe.diego_course, before=ratings(pain=2, mood=4))
    browser, where = client_as("therapist"), reverse("sessions:finish", args=[begun.pk])
    form = Page(browser.get(where)).form()
    told: dict[str, object] = {
        "pain_after": "4", "mood_after": "4", "relaxation_after": "4", "minutes": "1",
        "techniques": ["effleurage"], "sites": ["hand_left"], "pressure-hand_left": "1",
        "reaction": "none", "objective": "Jaw set.", "confirmed": "1",
    }  # fmt: skip
    page = Page(browser.post(where, {**form, **told}))
    assert "by 2. If the score is right" in page.words
    assert "Jaw set." in page.html
    answer = browser.post(where, {**page.form(), "not_known": "1", "confirmed": "1"})
    assert answer.status_code == 302, Page(answer).words
    assert len(opened_for(begun)) == 1


def test_anybody_who_gives_care_reports_from_the_sessions_page(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, session = client_as("volunteer"), universe.bruno_session
    where = reverse("sessions:report_incident", args=[session.pk])
    page = reverse("sessions:session", args=[session.pk])
    assert where in Page(browser.get(page)).links()
    told = {"kind": "device", "what_happened": "The line came loose.", "harm": "mild"}
    assert browser.post(where, told).headers["Location"] == page
    [row] = opened_for(session)
    assert (row.kind, row.harm, row.opened_by_id) == ("device", "mild", universe.volunteer.user_id)
    assert "The line came loose." in Page(browser.get(page)).words


def test_a_report_sent_twice_is_one_incident(universe: Universe, client_as: ClientAs) -> None:
    where = reverse("sessions:report_incident", args=[universe.bruno_session.pk])
    told = {"kind": "fall", "what_happened": "Slipped on oil."}
    for _ in range(2):
        assert client_as("therapist").post(where, told).status_code == 302
    assert len(opened_for(universe.bruno_session)) == 1
    client_as("therapist").post(where, {**told, "what_happened": "Slipped again."})
    assert len(opened_for(universe.bruno_session)) == 2


@pytest.mark.parametrize("missing", ["kind", "what_happened"])
def test_a_report_says_what_happened(universe: Universe, client_as: ClientAs, missing: str) -> None:
    where = reverse("sessions:report_incident", args=[universe.bruno_session.pk])
    told = {"kind": "fall", "what_happened": "Slipped on oil.", missing: ""}
    answer = client_as("therapist").post(where, told)
    assert answer.status_code == 422
    assert opened_for(universe.bruno_session) == []


def test_worse_pain_is_told_once_a_session(universe: Universe, client_as: ClientAs) -> None:
    session = universe.log(universe.bruno_course, before=ratings(pain=2), after=ratings(pain=5))
    where = reverse("sessions:report_incident", args=[session.pk])
    told = {"kind": "worse_pain", "what_happened": "It hurt."}
    answer = client_as("therapist").post(where, told)
    assert answer.status_code == 422
    assert "on record already" in Page(answer).words


def test_a_session_that_did_not_happen_has_no_incident(
    universe: Universe, client_as: ClientAs
) -> None:
    none = sessions.not_given(
        enrolment=universe.bruno_course, reason=NotGivenReason.ASLEEP, client_key=uuid.uuid4(),
        digest="x", by=universe.therapist,
    )  # fmt: skip
    where = reverse("sessions:report_incident", args=[none.pk])
    page = reverse("sessions:session", args=[none.pk])
    assert client_as("therapist").get(where).headers["Location"] == page
    assert where not in Page(client_as("therapist").get(page)).links()
    with pytest.raises(NotGiven):
        actions.report_incident(
            none, kind=IncidentKind.FALL, what_happened="x", by=universe.therapist
        )


def test_an_incident_is_followed_up_and_closed_with_a_conclusion(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, row = client_as("supervisor"), universe.ada.incidents.get()
    page = reverse("sessions:incident", args=[row.pk])
    eyes, listed = reverse("dashboards:eyes"), reverse("sessions:incidents")
    for where in (eyes, listed):
        seen = Page(browser.get(where))
        assert page in seen.links()
        assert "Follow-up overdue" in seen.words or "Follow-up due" in seen.words
    done = reverse("sessions:incident_followed_up", args=[row.pk])
    assert browser.post(done, {"note": "No dizziness since."}).headers["Location"] == page
    close = reverse("sessions:close_incident", args=[row.pk])
    assert browser.post(close, {"conclusion": "Sit first."}).status_code == 422
    told = {"conclusion": "Sit two minutes first.", "harm": "mild"}
    assert browser.post(close, told).headers["Location"] == page
    seen = Page(client_as("therapist").get(page))
    for words in ("No dizziness since.", "Sit two minutes first.", "Mild", "Closed"):
        assert words in seen.words
    assert page not in Page(browser.get(eyes)).links()
    assert page in Page(browser.get(listed + "?closed=1")).links()
    again = actions.close_incident(
        row, conclusion="Another", harm=Harm.SEVERE, by=universe.supervisor
    )
    assert again.conclusion == "Sit two minutes first."
    assert actions.follow_up(row, note="Another", by=universe.supervisor).follow_up_note == (
        "No dizziness since."
    )
    event = AuditEvent.objects.get(action="incident.closed", subject_id=row.pk)
    assert (event.old["harm"], event.new["harm"]) == ("", "mild")


@pytest.mark.parametrize("role", ["therapist", "volunteer", "admin"])
def test_only_supervisors_follow_up_and_close(universe: Universe, role: str) -> None:
    row, by = universe.ada.incidents.get(), getattr(universe, role)
    with pytest.raises(PermissionDenied):
        actions.follow_up(row, note="Well.", by=by)
    with pytest.raises(PermissionDenied):
        actions.close_incident(row, conclusion="Well.", harm=Harm.NONE, by=by)
