"""Emergency access: one chart, to read, for an hour; told, listed, ended; and no way to find out
whether somebody is a patient."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.models import Membership
from sessions_app.clinics.owned import ClinicOwned
from sessions_app.clinics.permissions import Permission, can
from sessions_app.emergency_access import actions
from sessions_app.emergency_access.models import EmergencyAccess
from sessions_app.emergency_access.policies import (
    LASTS,
    PAUSE,
    TRIES,
    TooManyTries,
    left_to_wait,
)
from sessions_app.emergency_access.reading import READABLE, reader
from sessions_app.identity import NETWORK
from sessions_app.mail.models import Letter
from sessions_app.people.models import User
from sessions_app.reads import waiting
from sessions_app.reads.models import ChartRead
from tests.architecture.pages import address, places
from tests.architecture.test_access import GET, OWNED, POST, SIGN_IN
from tests.universe import ClientAs, Universe

OPEN = reverse("emergency_access:open")
LIST = reverse("emergency_access:list")


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    """Begin and end with no reading of another test."""
    waiting.here.reads.clear()
    yield
    waiting.here.reads.clear()


def typed(world: Universe, **changes: str) -> dict[str, str]:
    usual = {
        "clinic": str(world.birchwood.pk), "chart_number": "C-ada", "birth_date": "1950-01-01",
        "reason": "She fell in our lobby and cannot speak.",
    }  # fmt: skip
    return {**usual, **changes}


@pytest.fixture
def farah_s_therapist(universe: Universe, client_as: ClientAs) -> Client:
    """Give the browser of Harbour's therapist, who has opened Ada's chart in Birchwood."""
    browser = client_as("foreign_therapist")
    answer = browser.post(OPEN, typed(universe))
    assert answer.status_code == 302
    assert answer.headers["Location"] == address("rounds:chart", universe)
    return browser


def the_access(world: Universe) -> EmergencyAccess:
    return EmergencyAccess.objects.get(clinic_id=world.birchwood.pk)


def test_the_chart_opens_to_read_with_its_end_in_sight(
    universe: Universe, farah_s_therapist: Client
) -> None:
    page = farah_s_therapist.get(address("rounds:chart", universe)).content.decode()
    assert "Adason" in page
    assert "Emergency access until" in page
    assert "to read only" in page
    for offered in ("Start a session", "Record a fact", "Record an order", "timed_tap", "Amend"):
        assert offered not in page
    access = the_access(universe)
    assert access.until - access.began_at == LASTS
    assert (access.person_id, access.home_id) == (
        universe.foreign_therapist.user_id, universe.harbour.pk,
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted(GET))
def test_whoever_reads_by_it_gets_the_one_chart_and_nothing_else(
    universe: Universe, farah_s_therapist: Client, name: str
) -> None:
    """The whole matrix again: every address answers as without it, but the pages of the chart."""
    where, answer = address(name, universe), GET[name][5]
    without = 302 if answer == SIGN_IN else answer
    assert farah_s_therapist.get(where).status_code == (200 if name in READABLE else without)
    if name in POST and not name.startswith("people:"):
        assert farah_s_therapist.post(where).status_code == POST[name][5]
    elif name in READABLE:
        assert farah_s_therapist.post(where).status_code == 405


@pytest.mark.parametrize("name", sorted(READABLE))
def test_another_chart_of_that_clinic_stays_absent(
    universe: Universe, farah_s_therapist: Client, name: str
) -> None:
    of_ada = address(name, universe)
    other = {"patient_id": universe.bruno.pk, "session_id": universe.bruno_session.pk}
    for place in places(name) & OWNED:
        where = reverse(name, kwargs={place: other.get(place, universe.farah.pk)})
        assert farah_s_therapist.get(where).status_code == 404
    assert farah_s_therapist.get(of_ada).status_code == 200


def test_the_person_s_own_clinic_is_theirs_as_before(
    universe: Universe, farah_s_therapist: Client
) -> None:
    own = reverse("rounds:chart", args=[universe.farah.pk])
    page = farah_s_therapist.get(own).content.decode()
    assert "Farahson" in page
    assert "Emergency access until" not in page
    assert "Adason" not in farah_s_therapist.get(reverse("rounds:list")).content.decode()


OWNED_MODELS = [
    m for m in apps.get_app_config("sessions_app").get_models() if issubclass(m, ClinicOwned)
]


@pytest.mark.parametrize("model", OWNED_MODELS, ids=lambda model: model.__name__)
def test_what_is_visible_is_the_patient_s_and_no_other_row(universe: Universe, model: Any) -> None:
    access = open_one(universe)
    user = universe.foreign_therapist.user
    user.membership = reader(access, user)
    rows = (
        list(model._default_manager.visible_to(user))
        if hasattr(model._default_manager, "visible_to")
        else []
    )
    patients = {getattr(row, "patient_id", row.pk) for row in rows}
    assert patients <= {universe.ada.pk}
    if model.__name__ in ("Patient", "Session", "Enrolment", "ClinicalFact"):
        assert rows


def test_a_reader_may_see_and_nothing_else(universe: Universe) -> None:
    here = reader(open_one(universe), universe.foreign_supervisor.user)
    assert {one for one in Permission if can(here, one)} == {Permission.VIEW_PATIENTS}


def open_one(world: Universe, **changes: Any) -> EmergencyAccess:
    usual = {
        "clinic_id": world.birchwood.pk, "chart_number": "C-ada", "reason": "She fell here.",
        "birth_date": date(1950, 1, 1), "by": world.foreign_therapist, "at": world.now,
    }  # fmt: skip
    access = actions.open_access(**{**usual, **changes})
    assert access is not None
    return access


WRONG = {
    "number": {"chart_number": "C-nobody"},
    "birth date": {"birth_date": "1950-01-02"},
    "number of another patient": {"chart_number": "c-ada"},
    "all": {"chart_number": "C-other-9", "birth_date": "1900-01-01"},
}


def bare(answer: HttpResponse, said: dict[str, str]) -> str:
    """Return a page without what differs by itself: its id, its seals, and what was typed."""
    text = answer.content.decode().replace(answer.headers["X-Request-ID"], "")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    for value in sorted(said.values(), key=len, reverse=True):
        text = text.replace(value, "…")
    return text


def test_what_was_wrong_is_not_told_in_words_nor_in_work(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, told, work = client_as("foreign_therapist"), set(), set()
    browser.get(OPEN)  # what the first request of a sign-in does once
    for changes in WRONG.values():
        said = typed(universe, **changes)
        with CaptureQueriesContext(connection) as asked:
            answer = browser.post(OPEN, said)
        assert answer.status_code == 422
        told.add(bare(answer, said))
        work.add(len(asked))
    assert len(told) == len(work) == 1
    assert "No chart was opened" in told.pop()


@pytest.mark.parametrize("wrong", WRONG)
def test_each_try_is_on_record_without_whom_it_was_about(
    universe: Universe, client_as: ClientAs, wrong: str
) -> None:
    client_as("foreign_therapist").post(OPEN, typed(universe, **WRONG[wrong]))
    [row] = AuditEvent.objects.filter(action="access.tried")
    assert (row.clinic_id, row.subject_id) == (NETWORK, universe.foreign_therapist.user_id)
    assert set(row.new) == {"clinic", "reason", "too_many"}
    assert not EmergencyAccess.objects.filter(clinic_id=universe.birchwood.pk).exists()
    assert not Letter.objects.exists()


def test_after_some_tries_one_waits_some_minutes_and_all_is_on_record(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("foreign_therapist")
    for _ in range(TRIES):
        browser.post(OPEN, typed(universe, chart_number="C-nobody"))
    for right in (True, False):
        number = "C-ada" if right else "C-nobody"
        answer = browser.post(OPEN, typed(universe, chart_number=number))
        assert "Try again in 5 minutes" in answer.content.decode()
    assert AuditEvent.objects.filter(action="access.tried").count() == TRIES + 2
    last = AuditEvent.objects.filter(action="access.tried", new__too_many=False).latest("at").at
    with pytest.raises(TooManyTries) as held:
        open_one(universe, at=last + PAUSE - timedelta(seconds=1))
    assert held.value.left == timedelta(seconds=1)
    assert open_one(universe, by=universe.foreign_supervisor)
    assert open_one(universe, at=last + PAUSE)


@pytest.mark.parametrize(
    ("minutes", "left"),
    [
        ([], 0),
        ([1, 1, 1, 1], 0),
        ([0, 0, 0, 0, 0], 5),
        ([59, 59, 59, 59, 3], 2),
        ([60, 59, 59, 59, 3], 0),
        ([9, 8, 7, 6, 5], 0),
        ([30, 20, 15, 10, 5, 0], 5),
    ],
)
def test_a_slip_waits_minutes_and_a_guesser_has_twelve_tries_an_hour(
    minutes: list[int], left: int
) -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    tries = [at - timedelta(minutes=ago) for ago in minutes]
    assert left_to_wait(tries, at) == timedelta(minutes=left)


def test_who_tries_again_and_again_too_early_waits_no_longer(universe: Universe) -> None:
    at = universe.now
    wrong = {
        "clinic_id": universe.birchwood.pk, "chart_number": "C-nobody", "at": at,
        "birth_date": date(1950, 1, 1), "reason": "She fell.", "by": universe.foreign_therapist,
    }  # fmt: skip
    for _ in range(TRIES):
        assert actions.open_access(**wrong) is None
    for second in range(60, 300, 20):
        with pytest.raises(TooManyTries):
            open_one(universe, at=at + timedelta(seconds=second))
    assert open_one(universe, at=at + PAUSE)


def test_who_has_a_role_in_a_clinic_goes_there_by_it(
    universe: Universe, client_as: ClientAs
) -> None:
    """Also where that role sees no chart: emergency access goes round no role."""
    page = client_as("wanda_there").get(OPEN).content.decode()
    assert "Birchwood" not in page.split("<main")[1]
    told = {"clinic_id": universe.birchwood.pk, "chart_number": "C-ada", "reason": "She fell."}
    by = universe.wanda_there
    assert actions.open_access(**told, birth_date=date(1950, 1, 1), by=by) is None


def test_supervisors_of_the_patient_s_clinic_get_a_letter_that_names_no_patient(
    universe: Universe, farah_s_therapist: Client
) -> None:
    [letter] = Letter.objects.all()
    assert letter.to == universe.supervisor.user.email
    assert "Therapist of Harbour Cancer Center" in letter.body
    for told in ("Ada", "C-ada", "lobby", str(universe.ada.pk)):
        assert told not in letter.body + letter.subject


def test_supervisors_read_on_their_pages_who_why_and_what_was_looked_at(
    universe: Universe, client_as: ClientAs, farah_s_therapist: Client
) -> None:
    for name in sorted(READABLE):
        farah_s_therapist.get(address(name, universe))
    assert {read.access_id for read in waiting.here.reads} == {the_access(universe).pk}
    waiting.here.store()
    supervisor = client_as("supervisor")
    notice = "opened by emergency access"
    assert notice in supervisor.get(reverse("rounds:list")).content.decode()
    assert notice not in client_as("therapist").get(reverse("rounds:list")).content.decode()
    assert notice not in client_as("foreign_supervisor").get("/clinic/").content.decode()
    page = " ".join(supervisor.get(LIST).content.decode().split())
    assert "<b>Therapist of Harbour Cancer Center</b>, therapist of Harbour Cancer Center" in page
    assert "«She fell in our lobby and cannot speak.»" in page
    assert f"Looked at: {len(READABLE)}" in page
    looked = supervisor.get(reverse("reads:of_patient", args=[universe.ada.pk]))
    assert "opened the chart, by emergency access, from 127.0.0.1" in looked.content.decode()
    seen = supervisor.post(reverse("emergency_access:seen", args=[the_access(universe).pk]))
    assert seen.status_code == 302
    assert notice not in supervisor.get(reverse("rounds:list")).content.decode()
    assert "Seen by Supervisor of Birchwood" in supervisor.get(LIST).content.decode()


def by_the_person(world: Universe, browser: Client, _: ClientAs) -> None:
    assert browser.post(reverse("emergency_access:end_own")).status_code == 302


def by_a_supervisor(world: Universe, _: Client, client_as: ClientAs) -> None:
    where = reverse("emergency_access:end", args=[the_access(world).pk])
    assert client_as("supervisor").post(where).status_code == 302


def by_time(world: Universe, *_: Any) -> None:
    earlier = {"began_at": world.now - LASTS * 2, "until": world.now - LASTS}
    EmergencyAccess.objects.filter(clinic_id=world.birchwood.pk).update(**earlier)


def by_losing_the_role(world: Universe, *_: Any) -> None:
    Membership.objects.filter(pk=world.foreign_therapist.pk).update(role="volunteer")


def by_signing_out(world: Universe, browser: Client, _: ClientAs) -> None:
    browser.post(reverse("people:sign_out"))
    browser.force_login(User.objects.get(pk=world.foreign_therapist.user_id))


@pytest.mark.parametrize(
    "ended", [by_the_person, by_a_supervisor, by_time, by_losing_the_role, by_signing_out]
)
def test_it_ends(
    universe: Universe, client_as: ClientAs, farah_s_therapist: Client, ended: Any
) -> None:
    where = address("rounds:chart", universe)
    assert farah_s_therapist.get(where).status_code == 200
    ended(universe, farah_s_therapist, client_as)
    assert farah_s_therapist.get(where).status_code == 404
    if ended in (by_the_person, by_a_supervisor):
        access = the_access(universe)
        assert access.ended_by_id is not None
        assert AuditEvent.objects.filter(action="access.ended", subject_id=access.pk).count() == 1


def test_it_is_of_one_person_in_one_browser(universe: Universe, client_as: ClientAs) -> None:
    """Who learns its number cannot read by it."""
    access = open_one(universe, at=None)
    where = address("rounds:chart", universe)
    for name in ("foreign_supervisor", "foreign_volunteer", "foreign_therapist"):
        browser = client_as(name)
        if name != "foreign_therapist":
            session = browser.session
            session["emergency_access"] = str(access.pk)
            session.save()
        assert browser.get(where).status_code == 404


def test_the_readings_are_the_patient_s_clinic_s(
    universe: Universe, farah_s_therapist: Client
) -> None:
    farah_s_therapist.get(address("rounds:chart", universe))
    waiting.here.store()
    [read] = ChartRead.objects.filter(clinic_id=universe.birchwood.pk)
    assert (read.reader_id, read.read_as) == (universe.foreign_therapist.user_id, "therapist")
