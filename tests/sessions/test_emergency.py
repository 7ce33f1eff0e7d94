"""The emergency screen: when it comes, what it says, what is kept, who closes it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.threshold_actions import set_threshold
from sessions_app.patients import actions as patients
from sessions_app.sessions import emergency_actions as actions
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.models import Session
from sessions_app.templatetags.clinical import dialled
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.incidents import EmergencyCause
from sessions_app.vocabulary.units import Unit
from tests.reading import Page
from tests.universe import ClientAs, Universe


def collapse(world: Universe) -> None:
    """Bruno is suddenly breathless: rule V2."""
    patients.record_fact(
        patient=world.bruno, kind=FactKind.EMBOLISM_SIGNS, observed_on=world.today, source="seen",
        by=world.therapist,
    )  # fmt: skip


def seen_of(world: Universe) -> EmergencySeen:
    return EmergencySeen.objects.get(patient=world.bruno)


def open_address(world: Universe) -> str:
    return reverse("sessions:open_emergency", args=[world.bruno.pk])


@pytest.fixture
def start(universe: Universe) -> str:
    collapse(universe)
    return reverse("sessions:start", args=[universe.bruno_course.pk])


@pytest.mark.parametrize("role", ["volunteer", "therapist", "supervisor"])
def test_nobody_starts_in_an_emergency_and_the_screen_says_why(
    universe: Universe, client_as: ClientAs, start: str, role: str
) -> None:
    browser, before = client_as(role), Session.objects.count()
    form = Page(browser.get(start)).form()
    told = {"pain_before": "5", "mood_before": "4", "confirmed": "1", "reason": "I want to"}
    answer = browser.post(start, {**form, **told, "shown": form["shown"]})
    seen = seen_of(universe)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("sessions:emergency", args=[seen.pk])
    assert Session.objects.count() == before
    assert (seen.cause, seen.rules, seen.seen_as) == ("start", ["V2"], role)
    assert seen.facts == [str(universe.bruno.facts.get(kind=FactKind.EMBOLISM_SIGNS).pk)]
    assert seen.enrolment_id == universe.bruno_course.pk
    page = Page(browser.get(answer.headers["Location"]))
    assert seen.found[0] in page.words
    assert "Call the crash team" in page.words


def test_a_form_with_mistakes_leads_there_too(
    universe: Universe, client_as: ClientAs, start: str
) -> None:
    answer = client_as("therapist").post(start, {"pain_before": "eleven"})
    assert answer.headers["Location"] == reverse("sessions:emergency", args=[seen_of(universe).pk])


def test_a_form_that_is_only_looked_at_keeps_nothing(
    universe: Universe, client_as: ClientAs, start: str
) -> None:
    page = Page(client_as("therapist").get(start))
    assert "tel:2222" in page.html
    assert not EmergencySeen.objects.filter(patient=universe.bruno).exists()


def test_a_stop_that_is_no_emergency_stays_in_the_form(
    universe: Universe, client_as: ClientAs
) -> None:
    where = reverse("sessions:start", args=[universe.erin_course.pk])
    assert client_as("therapist").post(where, {}).status_code == 422
    assert not EmergencySeen.objects.filter(patient=universe.erin).exists()


def test_the_screen_shows_nothing_beside_the_emergency(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("volunteer")
    where = browser.post(open_address(universe)).headers["Location"]
    page = Page(browser.get(where))
    assert 'href="tel:2222"' in page.html
    assert "<script" not in page.html
    assert "<nav" not in page.html
    assert "Bruno" not in page.title
    assert "override" not in page.html
    assert len(page.form_tags) == 1  # what was done, and nothing else to send


def test_anybody_who_gives_care_opens_it_from_chart_and_form(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("volunteer")
    chart = Page(browser.get(reverse("rounds:chart", args=[universe.bruno.pk])))
    assert open_address(universe) in [tag.get("action") for tag in chart.form_tags]
    form = Page(browser.get(reverse("sessions:start", args=[universe.bruno_course.pk])))
    assert ("session-form", "emergency_now") in [
        (tag.get("form"), tag.get("name")) for _, tag in form.tags
    ]
    browser.post(open_address(universe))
    seen = seen_of(universe)
    assert (seen.cause, seen.rules, seen.found) == ("opened", [], [])
    assert seen.enrolment_id == universe.bruno_course.pk
    event = AuditEvent.objects.get(action="emergency.seen", subject_id=seen.pk)
    assert event.new["patient"] == str(universe.bruno.pk)


def test_opened_by_hand_it_still_tells_what_the_chart_knows(
    universe: Universe, client_as: ClientAs
) -> None:
    collapse(universe)
    client_as("therapist").post(open_address(universe))
    assert seen_of(universe).rules == ["V2"]


def test_a_clinics_own_threshold_makes_the_emergency(
    universe: Universe, client_as: ClientAs
) -> None:
    for kind, value, unit in (
        (FactKind.ACTIVE_TREATMENT, None, ""),
        (FactKind.TEMPERATURE, Decimal("37.3"), Unit.CELSIUS.value),
    ):
        patients.record_fact(
            patient=universe.bruno, kind=kind, observed_on=universe.today, source="ward",
            value=value, unit=unit, by=universe.therapist,
        )  # fmt: skip
    where = reverse("sessions:start", args=[universe.bruno_course.pk])
    assert client_as("therapist").post(where, {}).status_code == 422
    set_threshold(
        key="fever", value=Decimal("37.2"), decided_by_name="Dr A", decided_by_role="oncologist",
        reason="Two late sepses.", by=universe.admin,
    )  # fmt: skip
    assert client_as("therapist").post(where, {}).status_code == 302
    assert seen_of(universe).rules == ["F1"]


def test_a_second_tap_is_the_same_emergency_and_a_later_one_another(universe: Universe) -> None:
    told = {"patient": universe.bruno, "cause": EmergencyCause.OPENED, "by": universe.therapist}
    first = actions.see_emergency(**told, at=universe.now)
    soon = universe.now + timedelta(minutes=5)
    assert actions.see_emergency(**told, at=soon).pk == first.pk
    assert actions.see_emergency(**{**told, "by": universe.volunteer}, at=soon).pk != first.pk
    later = universe.now + timedelta(minutes=31)
    assert actions.see_emergency(**told, at=later).pk != first.pk
    actions.close_emergency(first, note="Seen.", by=universe.supervisor)
    assert actions.see_emergency(**told, at=soon).pk != first.pk


def test_what_was_done_is_kept_and_what_it_said_before_is_audited(
    universe: Universe, client_as: ClientAs
) -> None:
    seen = universe.ada.emergencies.get()
    where = reverse("sessions:emergency", args=[seen.pk])
    browser = client_as("therapist")
    for words in ("Called 2222.", "Called 2222 at 14:02; team came."):
        assert browser.post(where, {"done": words}).status_code == 302
    page = Page(browser.get(where))
    assert "Called 2222 at 14:02; team came." in page.words
    rows = AuditEvent.objects.filter(action="emergency.told").order_by("seq")
    assert [row.old["done"] for row in rows] == ["", "Called 2222."]


@pytest.mark.parametrize("done", ["", "   ", "x" * 501])
def test_what_was_done_wants_words_and_loses_none(
    universe: Universe, client_as: ClientAs, done: str
) -> None:
    where = reverse("sessions:emergency", args=[universe.ada.emergencies.get().pk])
    answer = client_as("therapist").post(where, {"done": done})
    assert answer.status_code == 422
    assert done.strip() in answer.content.decode()
    assert "tel:2222" in answer.content.decode()


def test_supervisors_see_it_until_one_has_closed_it_with_a_note(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, seen = client_as("supervisor"), universe.ada.emergencies.get()
    close = reverse("sessions:close_emergency", args=[seen.pk])
    eyes = reverse("dashboards:eyes")
    assert close in Page(browser.get(eyes)).links()
    assert browser.post(close, {"note": " "}).status_code == 422
    assert browser.post(close, {"note": "A false alarm; all well."}).status_code == 302
    assert close not in Page(browser.get(eyes)).links()
    listed = Page(browser.get(reverse("sessions:incidents") + "?closed=1"))
    assert "A false alarm; all well." in listed.words
    again = actions.close_emergency(seen, note="Something else", by=universe.supervisor)
    assert again.closing_note == "A false alarm; all well."


def test_a_therapist_cannot_close_it(universe: Universe) -> None:
    with pytest.raises(PermissionDenied):
        actions.close_emergency(
            universe.ada.emergencies.get(), note="All well.", by=universe.therapist
        )


def test_what_happened_all_the_same_is_recorded_and_flagged(universe: Universe) -> None:
    collapse(universe)
    # Now, not an hour ago: past midnight that would be a day on which nothing had been seen yet.
    session = universe.log(universe.bruno_course, performed_at=universe.now)
    assert session.limit_broken
    assert session.reminders.filter(rule="V2", level="emergency").exists()


@pytest.mark.parametrize(
    ("number", "called"),
    [("2222", "2222"), ("+44 (0)20 7946-0000", "+4402079460000"), ("*5 #1", "*5#1"), ("ask", "")],
)
def test_a_number_is_dialled_without_its_spaces(number: str, called: str) -> None:
    assert dialled(number) == called


def typed_then(universe: Universe, browser: Client, start: str, **told: str) -> EmergencySeen:
    """Send a start that an emergency forbids, with scores typed, and return its record."""
    form = Page(browser.get(start)).form()
    browser.post(start, {**form, **told})
    return seen_of(universe)


def test_scores_typed_before_the_emergency_are_kept_and_come_back_on_the_form(
    universe: Universe, client_as: ClientAs, start: str
) -> None:
    browser = client_as("therapist")
    told = {"pain_before": "8", "mood_before": "asleep", "before_by": "proxy"}
    seen = typed_then(universe, browser, start, **told)
    assert seen.told_before == {
        "pain": {"value": 8, "missing": "", "by": "proxy"},
        "mood": {"value": None, "missing": "asleep", "by": "proxy"},
    }
    event = AuditEvent.objects.filter(action="emergency.seen").latest("seq")
    assert event.new["told_before"] == seen.told_before
    screen = Page(browser.get(reverse("sessions:emergency", args=[seen.pk])))
    assert "are kept here: pain 8, mood: asleep" in screen.words
    log = reverse("sessions:log", args=[universe.bruno_course.pk])
    for place in (log, start):
        link = f"{place}?emergency={seen.pk}"
        assert link in screen.links()
        page = Page(browser.get(link))
        assert {name: page.form()[name] for name in told} == {
            name: [value] for name, value in told.items()
        }
        assert "The scores before are those told at" in page.words


def test_scores_told_anew_take_the_place_of_the_first_ones(
    universe: Universe, client_as: ClientAs, start: str
) -> None:
    browser = client_as("therapist")
    typed_then(universe, browser, start, pain_before="8")
    typed_then(universe, browser, start, pain_before="0")
    typed_then(universe, browser, start)
    seen = seen_of(universe)
    assert seen.told_before["pain"]["value"] == 0
    event = AuditEvent.objects.filter(action="emergency.seen", subject_id=seen.pk).latest("seq")
    assert event.old["told_before"]["pain"]["value"] == 8


@pytest.mark.parametrize("named", ["", "none", "of another course"])
def test_kept_scores_come_back_for_their_own_course_alone(
    universe: Universe, client_as: ClientAs, start: str, named: str
) -> None:
    browser = client_as("therapist")
    seen = typed_then(universe, browser, start, pain_before="8")
    course = universe.bruno_course if named != "of another course" else universe.erin_course
    asked = {"": "", "none": "?emergency=none"}.get(named, f"?emergency={seen.pk}")
    page = Page(browser.get(reverse("sessions:log", args=[course.pk]) + asked))
    assert "pain_before" not in page.form()


TYPED = {"pain_before": "8", "before_by": "proxy", "techniques": ["effleurage"]}


def call_from(browser: Client, place: str, **typed: object) -> Page:
    """Tap «This is an emergency» in the form, with what was typed; return its screen."""
    form = Page(browser.get(place)).form()
    answer = browser.post(place, {**form, **typed, "emergency_now": "1"})
    assert answer.status_code == 200
    return Page(answer)


def carried_by(screen: Page) -> str:
    """The session form that a screen carries along."""
    return screen.posting("carried")["carried"][0]


@pytest.mark.parametrize("phase", ["start", "log"])
def test_the_button_in_the_form_saves_nothing_and_loses_nothing(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    browser, before = client_as("therapist"), Session.objects.count()
    place = reverse(f"sessions:{phase}", args=[universe.bruno_course.pk])
    screen = call_from(browser, place, **TYPED)
    assert Session.objects.count() == before
    seen = seen_of(universe)
    assert (seen.cause, seen.told_before["pain"]["value"]) == ("opened", 8)
    assert "The scores told before the session are kept here: pain 8" in screen.words
    assert 'href="tel:2222"' in screen.html
    told = browser.post(
        reverse("sessions:emergency", args=[seen.pk]),
        {"done": "Called 2222.", "carried": carried_by(screen), "back": place},
    )
    again = Page(told)
    assert "Called 2222." in again.words
    assert {tag.get("action") for tag in again.form_tags} >= {place}
    back = Page(browser.post(place, {"asked": "back", "carried": carried_by(again)}))
    form = back.form()
    assert (form["pain_before"], form["before_by"]) == (["8"], ["proxy"])
    assert form["techniques"] == ["effleurage"]
    assert Session.objects.count() == before


def test_the_end_of_a_session_comes_back_as_it_was_typed(
    universe: Universe, client_as: ClientAs
) -> None:
    session = universe.start(universe.bruno_course)
    place, browser = reverse("sessions:finish", args=[session.pk]), client_as("therapist")
    screen = call_from(browser, place, pain_after="3", minutes="20")
    assert seen_of(universe).told_before == {}
    back = Page(browser.post(place, {"asked": "back", "carried": carried_by(screen)}))
    assert (back.form()["pain_after"], back.form()["minutes"]) == (["3"], ["20"])
    assert Session.objects.get(pk=session.pk).status == "in_progress"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "/", "nowhere", ""])
def test_the_screen_leads_back_to_a_session_form_and_nowhere_else(
    universe: Universe, client_as: ClientAs, back: str
) -> None:
    browser = client_as("therapist")
    where = browser.post(open_address(universe)).headers["Location"]
    answer = browser.post(where, {"done": "Called.", "carried": "pain_before=8", "back": back})
    assert "pain_before" not in answer.content.decode()
    assert answer.status_code == 200


@pytest.mark.parametrize("page", ["chart", "start", "log", "list"])
def test_who_comes_next_reads_of_an_open_emergency_before_they_start(
    universe: Universe, client_as: ClientAs, page: str
) -> None:
    where = {
        "chart": reverse("rounds:chart", args=[universe.bruno.pk]),
        "start": reverse("sessions:start", args=[universe.bruno_course.pk]),
        "log": reverse("sessions:log", args=[universe.bruno_course.pk]),
        "list": reverse("rounds:list"),
    }[page]
    actions.close_emergency(universe.ada.emergencies.get(), note="Seen.", by=universe.supervisor)
    said = "Emergency still open" if page == "list" else "No massage until the team says"
    browser = client_as("volunteer")
    assert said not in Page(browser.get(where)).words
    browser.post(open_address(universe))
    told = Page(browser.get(where))
    assert said in told.words
    screen = reverse("sessions:emergency", args=[seen_of(universe).pk])
    assert (screen in told.links()) == (page != "list")
    actions.close_emergency(seen_of(universe), note="All well.", by=universe.supervisor)
    assert said not in Page(browser.get(where)).words


def test_the_screen_claims_no_lock_where_only_a_person_spoke(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    by_hand = Page(browser.post(open_address(universe), follow=True))
    assert "nobody can lift this" not in by_hand.words
    assert "until the team says that it may go on" in by_hand.words
