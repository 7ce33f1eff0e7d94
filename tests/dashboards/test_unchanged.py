"""An unchanged dashboard is not counted again: what its tag depends on, and what it costs."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.clinics.membership import attach_membership
from sessions_app.dashboards import unchanged
from sessions_app.dashboards.unchanged import heads_of, tag_of
from sessions_app.patients import actions as patients
from sessions_app.sessions import actions as sessions
from sessions_app.sessions import incident_actions as incidents
from sessions_app.sessions import later_actions as later
from sessions_app.sessions.record import Rating
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.incidents import IncidentKind
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint
from tests.universe import ClientAs, Universe


def ask(browser: Client, tag: str = "", **asked: str) -> HttpResponse:
    headers = {"If-None-Match": tag} if tag else {}
    return browser.get(reverse("dashboards:summary"), asked, headers=headers)


def signed_in(client_as: ClientAs, who: str = "supervisor") -> Client:
    """Return a browser that has the seal of its forms, as every one has after signing in."""
    browser = client_as(who)
    ask(browser)
    return browser


def test_what_was_not_written_to_is_not_counted_again(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = signed_in(client_as)
    tag = ask(browser).headers["ETag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}'):
        again = ask(browser, asked)
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == "private, no-cache"
        assert again.headers["Vary"] == "Cookie"
    assert ask(browser, '"other"').status_code == 200


def test_an_unchanged_dashboard_costs_a_hello_and_one_statement(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = signed_in(client_as)
    browser.get(reverse("rounds:first"))  # the first page of a sign-in costs more than a hello
    tag = ask(browser).headers["ETag"]
    with CaptureQueriesContext(connection) as hello:
        browser.get(reverse("rounds:first"))
    with CaptureQueriesContext(connection) as same:
        assert ask(browser, tag).status_code == 304
    assert len(same) == len(hello) + 1


def _log(world: Universe) -> None:
    world.log(world.bruno_course)


def _start(world: Universe) -> None:
    world.start(world.bruno_course)


def _not_given(world: Universe) -> None:
    sessions.not_given(
        enrolment=world.bruno_course, reason=NotGivenReason.ASLEEP, client_key=uuid.uuid4(),
        digest="d", by=world.therapist,
    )  # fmt: skip


def _later(world: Universe) -> None:
    later.add_follow_up(
        world.bruno_session, scale=Scale.PAIN, time_point=TimePoint.NEXT_DAY,
        rating=Rating(value=3), measured_at=world.now - timedelta(hours=20), by=world.therapist,
    )  # fmt: skip


def _incident(world: Universe) -> None:
    incidents.report_incident(
        world.bruno_session, kind=IncidentKind.FALL, what_happened="Slipped.", by=world.therapist
    )


def _fact(world: Universe) -> None:
    patients.record_fact(
        patient=world.bruno, kind=FactKind.BONE_METASTASIS, observed_on=world.today, source="seen",
        by=world.therapist,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("write", [_log, _start, _not_given, _later, _incident, _fact])
def test_after_any_write_of_the_clinic_it_is_counted_anew(
    universe: Universe, client_as: ClientAs, write: Callable[[Universe], None]
) -> None:
    browser, other = signed_in(client_as), signed_in(client_as, "foreign_supervisor")
    tag, theirs = ask(browser).headers["ETag"], ask(other).headers["ETag"]
    write(universe)
    answer = ask(browser, tag)
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag
    assert ask(browser, answer.headers["ETag"]).status_code == 304
    assert ask(other, theirs).status_code == 304  # another clinic's page stays as it was


def test_the_page_after_a_write_shows_it(universe: Universe, client_as: ClientAs) -> None:
    browser = signed_in(client_as)
    first = ask(browser)
    assert "Given: 3 of 3 planned sessions" in first.content.decode()
    _not_given(universe)
    answer = ask(browser, first.headers["ETag"])
    assert "Given: 3 of 4 planned sessions" in answer.content.decode()


def test_another_question_is_another_page(universe: Universe, client_as: ClientAs) -> None:
    browser = signed_in(client_as)
    tag = ask(browser).headers["ETag"]
    assert ask(browser, tag, protocol="rest").status_code == 200
    assert ask(browser, ask(browser, protocol="rest").headers["ETag"]).status_code == 200


def tag(
    world: Universe, member: str = "supervisor", day: date | None = None, seal: str = ""
) -> str:
    request = RequestFactory().get(reverse("dashboards:summary"))
    request.user = getattr(world, member).user
    request.session = {"membership": str(getattr(world, member).pk)}  # type: ignore[assignment]
    attach_membership(request)
    request.META["CSRF_COOKIE"] = seal
    return tag_of(request, day or world.today, heads_of(request))


def test_who_asks_where_when_and_with_which_seal_is_in_the_tag(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tag(universe)
    assert first == tag(universe)
    found = [
        first,
        tag(universe, "admin"),
        tag(universe, "wanda_there"),
        tag(universe, "wanda_here"),
        tag(universe, day=universe.today + timedelta(days=1)),
        tag(universe, seal="x" * 32),
    ]
    monkeypatch.setattr(unchanged, "release", lambda: "the next one")
    found.append(tag(universe))
    assert len(set(found)) == len(found)


def test_a_page_that_has_something_to_tell_is_shown(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(client_as)
    tag = ask(browser).headers["ETag"]
    monkeypatch.setattr(unchanged, "get_messages", lambda request: ["Saved."])
    assert ask(browser, tag).status_code == 200


def test_the_release_is_that_of_the_files() -> None:
    assert len(unchanged.release()) == 16
