"""Was anything unwanted seen: counted by hand beside what the statement counts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panels import safety
from sessions_app.dashboards.panels.safety import Seen, safety_sums
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.sessions.incident_actions import report_incident
from sessions_app.sessions.models import ReminderShown, Session
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.incidents import IncidentKind
from sessions_app.vocabulary.records import Reaction
from tests.dashboards.ward import a_ward, in_scope, scopes
from tests.reading import Page
from tests.universe import ClientAs, Universe, care, ratings


def usual(universe: Universe) -> Scope:
    return Scope((universe.birchwood,), first_at_first(universe.today), universe.today)


def incidents(universe: Universe) -> tuple[int, int]:
    sums = safety_sums(usual(universe))
    return sums.seen["incident"].number, sums.given


def firm(universe: Universe, who: str = "bruno") -> Session:
    done = care(pressures={BodySite.FOOT_TOP_RIGHT: 1, BodySite.HAND_LEFT: 5})
    when, course = universe.now - timedelta(hours=3), universe.courses[who]
    answers = universe.answers(course, done, when=when, reason="asked for")
    return universe.log(course, care=done, answers=answers, performed_at=when)


def test_given_sessions_and_their_incidents_are_counted(universe: Universe) -> None:
    # ada, bruno and diego have a given session each, two days ago; hers has an incident.
    assert incidents(universe) == (1, 3)
    universe.log(universe.bruno_course, before=ratings(pain=2), after=ratings(pain=5))
    assert incidents(universe) == (2, 4)
    begun = universe.start(universe.diego_course)
    report_incident(begun, kind=IncidentKind.FALL, what_happened="Slipped.", by=universe.therapist)
    assert incidents(universe) == (2, 4)  # it is not given yet
    told = {"what_happened": "Slipped.", "by": universe.therapist}
    report_incident(universe.ada_session, kind=IncidentKind.FALL, **told)
    sums = safety_sums(usual(universe))
    assert sums.seen["incident"] == Seen(sessions=2, number=3)
    assert sums.kinds == {
        kind: Seen(1, 1)
        for kind in IncidentKind
        if kind in (IncidentKind.REACTION, IncidentKind.FALL, IncidentKind.WORSE_PAIN)
    }


def test_reminders_limits_and_reactions_are_counted(universe: Universe) -> None:
    before = safety_sums(usual(universe)).seen
    firm(universe)
    firm(universe, "ada")
    described = care(reaction=Reaction.DESCRIBED, reaction_text="a bruise")
    universe.log(universe.bruno_course, care=described)
    seen = safety_sums(usual(universe)).seen
    assert seen["beyond"] == Seen(2, 2)
    assert seen["reaction"] == Seen(1, 1)
    shown = ReminderShown.objects.filter(clinic_id=universe.birchwood.pk)
    assert seen["reminded"].number == shown.count()
    assert seen["reminded"].sessions == shown.values("session_id").distinct().count()
    passed = shown.filter(overridden=True)
    assert seen["overridden"].number == passed.count() > before["overridden"].number
    assert seen["overridden"].sessions == passed.values("session_id").distinct().count() == 2


def test_the_given_sessions_are_those_of_the_scope(universe: Universe) -> None:
    rows = a_ward(universe, 3, sessions=40)
    for name, scope in scopes(universe).items():
        assert safety_sums(scope).given == len(in_scope(scope, rows)), name


@pytest.mark.parametrize(("days_later", "number"), [(-2, 1), (0, 1), (1, 0)])
def test_an_incident_counts_on_the_day_of_its_session(
    universe: Universe, days_later: int, number: int
) -> None:
    day = universe.ada_session.performed_at.astimezone(universe.birchwood.zone).date()
    scope = Scope((universe.birchwood,), day + timedelta(days=days_later), universe.today)
    assert safety_sums(scope).seen["incident"].number == number


def test_no_session_is_no_rate_and_none_is_a_rate_of_nought() -> None:
    assert Seen(0, 0).per_hundred(0) is None
    assert Seen(0, 0).per_hundred(40) == 0
    assert Seen(2, 2).per_hundred(143) == pytest.approx(1.3986, abs=1e-4)


def test_an_empty_time_says_so(universe: Universe) -> None:
    before = universe.today - timedelta(days=400)
    scope = Scope((universe.birchwood,), before, before)
    panel = safety.panel(scope, Links(scope, may_follow=True))
    assert panel.answer == "No session was given in this time."
    assert panel.parts == ()


@pytest.mark.parametrize("role", ["supervisor", "admin"])
def test_the_summary_shows_the_rate_with_its_n(
    universe: Universe, client_as: ClientAs, role: str
) -> None:
    page = Page(client_as(role).get(reverse("dashboards:summary")))
    words = " ".join(page.words.split())
    assert "1 incident in 3 given sessions" in words
    assert "n = 3 given sessions" in words
    assert "A clinic that reports more is not a clinic where more goes wrong." in words
    assert (reverse("sessions:incidents") in page.links()) == (role == "supervisor")
    assert "Dizzy on rising" not in words
