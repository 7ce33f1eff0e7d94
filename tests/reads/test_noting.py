"""A reading for each page of a chart that somebody was shown, and for nothing else."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sessions_app.people.models import User
from sessions_app.reads import actions, waiting
from sessions_app.reads.models import ChartRead
from sessions_app.reads.pages import OPENED
from tests.architecture.pages import PATTERNS, address, patient_of, places
from tests.architecture.test_access import GET, OWNED, POST, ROLES
from tests.universe import ClientAs, Universe

LISTS = {
    "rounds:list": "today's patients and those found",
    "dashboards:eyes": "sessions that need eyes, many patients",
    "dashboards:sessions": "the sessions behind a number",
    "sessions:incidents": "incidents of many patients",
    "emergency_access:list": "who opened which chart from elsewhere",
    "trail:events": "what was done, with many patients",
}
"""Pages that name patients and show nobody's chart."""


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    """Begin and end with no reading of another test."""
    waiting.here.reads.clear()
    yield
    waiting.here.reads.clear()


def reads() -> list[ChartRead]:
    return list(waiting.here.reads)


def who_may(name: str) -> str:
    row = GET[name] if 200 in GET[name] else POST[name]
    return next(role for role, answer in zip(ROLES, row, strict=True) if answer in (200, 422, 302))


@pytest.mark.parametrize("name", sorted(OPENED))
def test_a_page_of_a_chart_leaves_one_reading(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    role = "supervisor"
    browser, where = client_as(role), address(name, universe)
    before = timezone.now()
    answer = browser.get(where) if 200 in GET[name] else browser.post(where)
    if answer.status_code == 302:  # it leads to a page that leaves its own
        assert reads() == []
        return
    assert answer.status_code == 200
    [read] = reads()
    whose = patient_of(name, universe)
    assert (read.clinic_id, read.patient_id) == (universe.birchwood.pk, whose.pk)
    assert (read.reader_id, read.read_as) == (universe.supervisor.user_id, role)
    assert (read.page, read.address) == (name, "127.0.0.1")
    assert before <= read.at <= timezone.now()


def test_every_address_that_leads_to_a_patient_is_decided_about() -> None:
    of_people = {"access_id", "person_id", "role_id", "invitation_id"}
    about_one = {name for name in PATTERNS if places(name) & (OWNED - of_people)}
    assert about_one == set(OPENED), "decide in sessions_app/reads/pages.py"


@pytest.mark.parametrize("name", [name for name, row in GET.items() if 200 in row])
def test_no_page_names_a_patient_and_leaves_no_reading(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    """Whatever its address looks like: what shows a name is a reading, or a known list."""
    role = "supervisor" if GET[name][ROLES.index("supervisor")] == 200 else "admin"
    page = client_as(role).get(address(name, universe)).content.decode()
    names_ada = "Adason" in page or "C-ada" in page
    assert bool(reads()) == (name in OPENED)
    assert not names_ada or name in OPENED or name in LISTS


@pytest.mark.parametrize("role", ["foreign_therapist", "admin"])
def test_who_was_refused_has_read_nothing(
    universe: Universe, client_as: ClientAs, role: str
) -> None:
    browser = client_as(role)
    for name in OPENED:
        if 200 in GET[name]:
            assert browser.get(address(name, universe)).status_code in (403, 404)
    assert reads() == []


def test_a_form_sent_back_with_its_mistakes_is_a_page_that_was_shown(
    universe: Universe, client_as: ClientAs
) -> None:
    where = reverse("sessions:log", args=[universe.ada_course.pk])
    assert client_as("therapist").post(where).status_code == 422
    assert [read.page for read in reads()] == ["sessions:log"]


def test_a_page_costs_no_statement_for_its_reading(
    universe: Universe, client_as: ClientAs, django_assert_num_queries: Any
) -> None:
    browser, where = client_as("therapist"), reverse("patients:amend", args=[universe.ada.pk])
    browser.get(where)
    with django_assert_num_queries(4):
        browser.get(where)
    assert len(reads()) == 2


def read_of(world: Universe, **changes: Any) -> ChartRead:
    usual = {
        "clinic_id": world.birchwood.pk, "patient_id": world.ada.pk, "page": "rounds:chart",
        "reader_id": world.therapist.user_id, "read_as": "therapist", "at": world.now,
        "address": "10.0.0.7",
    }  # fmt: skip
    return ChartRead(**{**usual, **changes})


def test_what_waits_is_stored_in_its_order(universe: Universe) -> None:
    for n in range(waiting.MANY + 3):
        waiting.here.add(read_of(universe, at=universe.now + timedelta(seconds=n)))
    assert waiting.here.store() == waiting.MANY + 3
    assert reads() == []
    assert ChartRead.objects.filter(clinic_id=universe.birchwood.pk).count() == waiting.MANY + 3


def test_what_the_database_did_not_take_waits_on(
    universe: Universe, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(_: object) -> None:
        raise DatabaseError("Adason is in this row")

    waiting.here.add(read_of(universe))
    waiting.here.add(read_of(universe, page="rounds:course"))
    with monkeypatch.context() as gone:
        gone.setattr(actions, "store_alone", away)
        assert waiting.here.store() == 0
    assert [read.page for read in reads()] == ["rounds:chart", "rounds:course"]
    assert "readings of charts wait: DatabaseError" in caplog.text
    assert "Adason" not in caplog.text
    assert waiting.here.store() == 2


class Kept:
    """Takes what a thread stores; says when enough is there."""

    def __init__(self, wanted: int) -> None:
        self.pages: list[str] = []
        self.wanted, self.there = wanted, Event()

    def __call__(self, batch: list[ChartRead]) -> None:
        self.pages += [one.page for one in batch]
        if len(self.pages) >= self.wanted:
            self.there.set()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("fault", [RuntimeError, SystemExit])
@pytest.mark.parametrize("where", ["close_old_connections", "keep"])
def test_a_thread_that_stumbled_or_died_is_followed_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, settings: Any, fault: type[BaseException], where: str
) -> None:
    settings.STORE_READS_IN_BACKGROUND = True
    monkeypatch.setattr(waiting, "PAUSE", 0.001)
    monkeypatch.setattr(waiting, "connection", SimpleNamespace(close=list))
    struck, kept, queue = Event(), Kept(3), waiting.Waiting()

    def once(*given: Any) -> None:
        if not struck.is_set():
            struck.set()
            raise fault
        if where == "keep":
            kept(*given)

    monkeypatch.setattr(actions, "keep", once if where == "keep" else kept)
    monkeypatch.setattr(waiting, "close_old_connections", once if "close" in where else list)
    for page in ("rounds:chart", "rounds:course"):
        queue.add(ChartRead(page=page))
    assert struck.wait(10)
    first = queue._thread
    assert first is not None
    if fault is SystemExit:
        first.join(10)
        assert not first.is_alive()
    queue.add(ChartRead(page="patients:amend"))
    assert kept.there.wait(10)
    assert kept.pages == ["rounds:chart", "rounds:course", "patients:amend"]
    assert (queue._thread is first) == (fault is RuntimeError)


def test_the_end_of_the_process_waits_for_what_is_being_stored(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.STORE_READS_IN_BACKGROUND = True
    monkeypatch.setattr(waiting, "PAUSE", 0.001)
    monkeypatch.setattr(waiting, "connections", SimpleNamespace(close_all=list))
    taken, go_on, stored = Event(), Event(), []

    def slowly(batch: list[ChartRead]) -> None:
        taken.set()
        assert go_on.wait(10)
        stored.extend(batch)

    monkeypatch.setattr(actions, "keep", slowly)
    monkeypatch.setattr(waiting, "here", waiting.Waiting())
    waiting.here.add(ChartRead(page="rounds:chart"))
    assert taken.wait(10)
    ending = Thread(target=waiting.store_the_rest)
    ending.start()
    ending.join(0.05)
    assert ending.is_alive(), "it ended while a reading was still in hand"
    go_on.set()
    ending.join(10)
    assert len(stored) == 1


@pytest.mark.postgres
def test_one_reading_that_is_refused_takes_no_other_along(committed: Universe) -> None:
    waiting.here.add(read_of(committed))
    waiting.here.add(read_of(committed, patient_id=uuid.uuid4()))
    waiting.here.add(read_of(committed, page="rounds:course"))
    waiting.here.store()
    kept = ChartRead.objects.filter(clinic_id=committed.birchwood.pk)
    assert sorted(kept.values_list("page", flat=True)) == ["rounds:chart", "rounds:course"]


@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_reading_is_never_changed(universe: Universe, act: str) -> None:
    actions.keep([read_of(universe)])
    rows = ChartRead.objects.filter(clinic_id=universe.birchwood.pk)
    with pytest.raises(DatabaseError, match="read_is_append_only"), transaction.atomic():
        rows.update(page="rounds:list") if act == "update" else rows._raw_delete("default")
    assert connection.vendor


def test_a_reading_names_the_address_behind_a_proxy(
    universe: Universe, client_as: ClientAs, settings: Any
) -> None:
    settings.BEHIND_PROXY = True
    where = reverse("rounds:chart", args=[universe.ada.pk])
    client_as("therapist").get(where, headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.7"})
    assert [read.address for read in reads()] == ["10.0.0.7"]


def page_of(browser: Client, world: Universe, query: str = "") -> str:
    answer = browser.get(reverse("reads:of_patient", args=[world.ada.pk]) + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_supervisor_reads_in_plain_words_who_looked(
    universe: Universe, client_as: ClientAs
) -> None:
    mary = universe.therapist.user
    User.objects.filter(pk=mary.pk).update(display_name="Mary Smith")
    when = datetime(2025, 11, 3, 14, 2, tzinfo=universe.birchwood.zone)
    actions.keep([
        read_of(universe, at=when),
        read_of(universe, at=when - timedelta(days=1), page="sessions:session", address=""),
        read_of(universe, patient_id=universe.bruno.pk, page="patients:amend"),
    ])  # fmt: skip
    page = page_of(client_as("supervisor"), universe)
    assert "Mon 3 Nov 2025" in page
    assert "14:02: <b>Mary Smith</b>, therapist, opened the chart, from 10.0.0.7." in page
    assert "<b>Mary Smith</b>, therapist, looked at a session." in page
    assert page.index("Mon 3 Nov 2025") < page.index("Sun 2 Nov 2025")
    assert "particulars" not in page


def test_a_thousand_readings_are_walked_page_by_page_without_a_gap(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions_app.reads.views.PAGE", 10)
    same = universe.now
    actions.keep([read_of(universe, at=same, address=f"10.0.0.{n}") for n in range(35)])
    browser, found, query = client_as("supervisor"), [], ""
    for _ in range(4):
        page = page_of(browser, universe, query)
        found += [part.split(".</li>")[0] for part in page.split("from 10.0.0.")[1:]]
        query = page.split('rel="next" href="')[1].split('"')[0] if 'rel="next"' in page else ""
    assert sorted(map(int, found)) == list(range(35))
    assert query == ""


@pytest.mark.parametrize("place", ["x", "2025-01-01~x", "2025-01-01T00:00:00~", "~"])
def test_what_is_no_place_in_the_list_is_not_found(
    universe: Universe, client_as: ClientAs, place: str
) -> None:
    where = reverse("reads:of_patient", args=[universe.ada.pk])
    assert client_as("supervisor").get(where, {"after": place}).status_code == 404
