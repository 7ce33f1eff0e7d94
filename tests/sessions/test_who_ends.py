"""Who ends a session that is under way: who gives it, a therapist or a supervisor; page and act."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sessions_app.clinics import actions as clinics
from sessions_app.people import actions as people
from sessions_app.rounds.today import todays_page
from sessions_app.sessions import later_actions
from sessions_app.sessions.models import Session
from sessions_app.sessions.policies import may_end
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.roles import Role
from tests.reading import Page
from tests.universe import ClientAs, Universe, still_touch

WHO = [
    # begun by, looked at by, whether they end it
    ("therapist", "therapist", True),
    ("therapist", "supervisor", True),
    ("therapist", "volunteer", False),
    ("volunteer", "volunteer", True),
    ("volunteer", "therapist", True),
    ("volunteer", "supervisor", True),
    ("supervisor", "volunteer", False),
]
ENDS = ("sessions:finish", "sessions:call_off")


def begun_by(universe: Universe, giver: str) -> Session:
    by = universe.members[giver]
    return universe.start(universe.bruno_course, by=by, plan=still_touch())


@pytest.mark.parametrize(("giver", "who", "may"), WHO)
def test_pages_offer_the_end_to_those_who_may(
    universe: Universe, client_as: ClientAs, giver: str, who: str, may: bool
) -> None:
    session, browser = begun_by(universe, giver), client_as(who)
    place = reverse("sessions:session", args=[session.pk])
    ends = [reverse(name, args=[session.pk]) for name in ENDS]
    for page in (
        place,
        reverse("rounds:chart", args=[universe.bruno.pk]),
        reverse("rounds:list"),
    ):
        assert (ends[0] in Page(browser.get(page)).links()) is may, page
    for end in ends:
        assert browser.get(end).status_code == (200 if may else 403)
        if not may:
            assert browser.post(end, {"reason": "asleep"}).status_code == 403
            assert "Somebody else gives this session" in Page(browser.get(end)).words
    begin = reverse("sessions:start", args=[universe.bruno_course.pk])
    assert begin not in Page(browser.get(reverse("rounds:list"))).links()
    led = browser.get(begin)
    assert led.headers["Location"] == (ends[0] if may else place)
    session.refresh_from_db()
    assert session.status == "in_progress"


@pytest.mark.parametrize(("giver", "who", "may"), WHO)
@pytest.mark.parametrize("act", ["finish", "call_off"])
def test_the_action_refuses_the_same(
    universe: Universe, giver: str, who: str, may: bool, act: str
) -> None:
    session, by = begun_by(universe, giver), universe.members[who]
    rows = {row.patient.pk: row for row in todays_page(by, universe.now, None)}
    assert rows[universe.bruno.pk].may_finish is may

    def ended() -> Session:
        if act == "finish":
            return universe.finish(session, by=by, care=still_touch())
        return later_actions.call_off(session, reason=NotGivenReason.ASLEEP, by=by)

    if may:
        assert ended().status == ("given" if act == "finish" else "not_given")
        return
    with pytest.raises(PermissionDenied, match="Somebody else gives this session"):
        ended()
    session.refresh_from_db()
    assert session.status == "in_progress"


def test_another_volunteer_ends_it_as_little(universe: Universe) -> None:
    session = begun_by(universe, "volunteer")
    person = people.add_person(email=f"{uuid.uuid4()}@b.example", display_name="Other")
    other = clinics.add_member(clinic=universe.birchwood, user=person, role=Role.VOLUNTEER)
    assert not may_end(session.given_by_id, other)


def test_who_looks_on_still_calls_an_emergency(universe: Universe, client_as: ClientAs) -> None:
    session = begun_by(universe, "therapist")
    page = Page(client_as("volunteer").get(reverse("sessions:session", args=[session.pk])))
    assert reverse("sessions:open_emergency", args=[universe.bruno.pk]) in page.html
    assert "Finish the session" not in page.words
