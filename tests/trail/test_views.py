"""The audit trail on its page: in words, filtered, walked, exported, checked; and for whom."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from sessions_app import guards
from sessions_app.audit import check_actions
from sessions_app.audit.events import Event
from sessions_app.audit.models import AuditEvent, ChainCheck
from sessions_app.identity import NETWORK
from sessions_app.members import actions as members
from sessions_app.patients import actions as patients
from sessions_app.people import actions as people
from sessions_app.trail.lines import NOT_ABOUT_PATIENTS
from tests.audit.test_anchors import pk_of, sql
from tests.guards.dropping import drop
from tests.reading import Page
from tests.universe import ClientAs, Universe

DAY = timedelta(days=1)


def page(browser: Client, **asked: object) -> str:
    answer = browser.get(reverse("trail:events"), asked)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def file(browser: Client, **asked: object) -> list[dict[str, str]]:
    where = reverse("trail:export", query={k: str(v) for k, v in asked.items()})
    answer = browser.post(where)
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_an_event_is_told_in_words_with_each_value_before_and_after(
    universe: Universe, client_as: ClientAs
) -> None:
    patients.amend(universe.ada, ward="Oak", by=universe.therapist)
    shown = page(client_as("supervisor"), kind=Event.PATIENT_AMENDED.value)
    assert "<b>Patient amended</b>, by Therapist of Birchwood Hospice" in shown
    assert '<th scope="row">ward</th><td>Willow</td><td>Oak</td>' in shown


def test_what_an_event_is_about_is_told_in_words(universe: Universe, client_as: ClientAs) -> None:
    shown = page(client_as("supervisor"), kind=Event.FACT_RECORDED.value)
    assert "About: clinical fact" in shown
    assert "clinicalfact" not in shown


def test_an_admin_who_sees_no_chart_sees_no_value_about_a_patient(
    universe: Universe, client_as: ClientAs
) -> None:
    patients.amend(universe.ada, family_name="Adasdottir", by=universe.therapist)
    shown = page(client_as("admin"))
    assert "Patient amended" in shown
    assert "about a patient and are not shown to your role" in shown
    for name in ("Adason", "Adasdottir", "C-ada"):
        assert name not in shown
        assert not any(name in str(row) for row in file(client_as("admin")))
    opened = page(client_as("admin"), kind=Event.CLINIC_OPENED.value)
    assert "Birchwood Hospice" in opened
    assert '<th scope="row">slug</th>' in opened


def test_every_group_of_events_is_about_patients_unless_it_is_named(universe: Universe) -> None:
    groups = {event.value.split(".")[0] for event in Event}
    about_patients = {
        "patient", "fact", "order", "timing", "enrolment", "session", "emergency", "incident",
    }  # fmt: skip
    assert about_patients <= groups
    assert not about_patients & NOT_ABOUT_PATIENTS


def test_another_clinics_events_are_never_shown(universe: Universe, client_as: ClientAs) -> None:
    shown = page(client_as("foreign_supervisor"))
    assert "Farah" in shown or "Harbour" in shown
    for own in ("Birchwood", "Adason", "C-ada"):
        assert own not in shown
    browser = client_as("foreign_supervisor")
    assert "Nothing of this kind" in page(browser, subject=universe.ada.pk)


def test_accounts_are_those_of_the_clinics_own_people(
    universe: Universe, client_as: ClientAs
) -> None:
    people.signed_in(universe.therapist.user)
    people.signed_in(universe.foreign_therapist.user)
    shown = page(client_as("admin"), trail="people", kind=Event.PERSON_SIGNED_IN.value)
    assert "by Therapist of Birchwood Hospice" in shown
    assert "Harbour" not in shown


def test_what_somebody_does_elsewhere_after_they_left_is_not_shown(
    universe: Universe, client_as: ClientAs
) -> None:
    gone, asked = universe.therapist, {"trail": "people", "kind": Event.PERSON_SIGNED_IN.value}
    people.signed_in(gone.user)
    members.end_membership(gone, by=universe.admin)
    people.signed_in(gone.user)
    shown = file(client_as("admin"), **asked)
    assert [row["its id"] for row in shown].count(str(gone.user_id)) == 1


@pytest.mark.parametrize("trail", ["clinic", "people"])
def test_all_about_one_thing_stays_in_the_trail_that_one_reads(
    universe: Universe, client_as: ClientAs, trail: str
) -> None:
    people.signed_in(universe.therapist.user)
    browser = client_as("admin")
    shown = Page(browser.get(reverse("trail:events"), {"trail": trail}))
    [about, *_] = [link for link in shown.links() if "subject=" in link]
    assert f"trail={trail}" in about
    assert "Nothing of this kind" not in Page(browser.get(reverse("trail:events") + about)).words


@pytest.mark.parametrize(
    ("asked", "among"),
    [
        ({"kind": "patient.registered"}, lambda e, w: e.action == "patient.registered"),
        ({"person": "therapist"}, lambda e, w: e.actor_id == w.therapist.user_id),
        ({"subject": "ada"}, lambda e, w: e.subject_id == w.ada.pk),
        (
            {"person": "volunteer", "kind": "session.logged"},
            lambda e, w: e.actor_id == w.volunteer.user_id and e.action == "session.logged",
        ),
        ({"first": 3}, lambda e, w: e.at.astimezone(w.birchwood.zone).date() >= w.today - 3 * DAY),
        ({"last": 3}, lambda e, w: e.at.astimezone(w.birchwood.zone).date() <= w.today - 3 * DAY),
    ],
    ids=[str(n) for n in range(6)],
)
def test_filters_find_what_they_ask_for_and_all_of_it(
    universe: Universe, client_as: ClientAs, asked: dict[str, Any], among: Any
) -> None:
    said = {name: meant(universe, name, value) for name, value in asked.items()}
    links = {int(row["link"]) for row in file(client_as("supervisor"), **said)}
    of_clinic = AuditEvent.objects.filter(clinic_id=universe.birchwood.pk)
    wanted = {e.seq for e in of_clinic if among(e, universe)}
    wanted -= {e.seq for e in of_clinic if e.action == Event.AUDIT_EXPORTED and "kind" in asked}
    assert wanted
    assert links == wanted


def meant(world: Universe, name: str, value: Any) -> object:
    if name in ("first", "last"):
        return world.today - value * DAY
    if name == "person":
        return getattr(world, value).user_id
    return world.ada.pk if value == "ada" else value


def test_pages_are_walked_by_key_without_a_gap(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions_app.trail.views.PAGE", 4)
    browser, seen, after = client_as("supervisor"), [], ""
    for _ in range(30):
        shown = page(browser, **({"after": after} if after else {}))
        seen += [int(part.split("<")[0]) for part in shown.split(", link ")[1:] if part[0] != "{"]
        more = shown.split("after=")[1].split('"')[0] if 'rel="next"' in shown else ""
        if not more:
            break
        after = more.replace("%3A", ":").replace("%2B", "+").replace("%7E", "~")
    found = sorted(set(seen), reverse=True)
    of_clinic = AuditEvent.objects.filter(clinic_id=universe.birchwood.pk)
    assert found == sorted(of_clinic.values_list("seq", flat=True), reverse=True)


@pytest.mark.parametrize(
    "asked",
    [
        {"first": "2025-13-01"}, {"kind": "gossip"}, {"person": "x"}, {"subject": "x"},
        {"trail": "all"}, {"first": "2025-11-03", "last": "2025-11-02"},
        {"person": "00000000-0000-7000-8000-000000000001"},
    ],
    ids=str,
)  # fmt: skip
def test_filters_that_cannot_be_read_say_so(client_as: ClientAs, asked: dict[str, str]) -> None:
    answer = client_as("supervisor").get(reverse("trail:events"), asked)
    assert answer.status_code == 422
    assert "cannot be read" in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"first": "0001-01-01"}, {"last": "9999-12-31"}, {"last": "0001-01-01"},
        {"first": "0001-01-01", "last": "9999-12-31"},
    ],
    ids=str,
)  # fmt: skip
def test_days_at_the_ends_of_time_are_no_trouble(
    client_as: ClientAs, asked: dict[str, str]
) -> None:
    page(client_as("supervisor"), **asked)


@pytest.mark.parametrize("after", ["x", "~", "2025-11-03~1", "0001-01-01T00:00:00+14:00~1"])
def test_what_is_no_place_is_not_found(client_as: ClientAs, after: str) -> None:
    answer = client_as("supervisor").get(reverse("trail:events"), {"after": after})
    assert answer.status_code == 404


def test_an_export_is_an_event_itself_with_what_was_asked(
    universe: Universe, client_as: ClientAs
) -> None:
    file(client_as("supervisor"), kind="fact.recorded")
    row = AuditEvent.objects.filter(clinic_id=universe.birchwood.pk).order_by("-seq")[0]
    assert (row.action, row.actor_id) == ("audit.exported", universe.supervisor.user_id)
    assert row.new["kind"] == "fact.recorded"


def test_no_cell_of_the_file_is_read_as_a_formula(universe: Universe, client_as: ClientAs) -> None:
    patients.amend(universe.ada, ward="=1+1", by=universe.therapist)
    rows = file(client_as("supervisor"), kind="patient.amended")
    assert {row["after"] for row in rows if row["value"] == "ward"} == {"'=1+1"}


def check(browser: Client) -> str:
    assert browser.post(reverse("trail:check")).status_code == 302
    return page(browser)


def test_the_chain_is_checked_on_the_page_from_where_the_last_check_ended(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, clinic = client_as("admin"), universe.birchwood.pk
    last = AuditEvent.objects.filter(clinic_id=clinic).count()
    assert f"It has {last} links" in page(browser)
    monkeypatch.setattr(check_actions.check_on, "__kwdefaults__", {"most": 10})
    assert f"Checked up to link 10 of {last}" in check(browser)
    assert f"Checked up to link 20 of {last}" in check(browser)
    monkeypatch.undo()
    assert f"Checked up to link {last} of {last}" in check(browser)
    patients.amend(universe.ada, ward="Oak", by=universe.therapist)
    assert f"Checked up to link {last + 1} of {last + 1}" in check(browser)


@pytest.mark.parametrize("when", ["before the last check", "after it", "the tail"])
def test_a_chain_that_does_not_hold_is_said_to_be_broken(
    universe: Universe, client_as: ClientAs, when: str
) -> None:
    browser, clinic = client_as("admin"), pk_of(universe.birchwood.pk)
    for guard in guards.guards_for(connection.vendor):
        if guard.name.startswith("audit_"):
            drop(guard)
    check(browser)
    last = ChainCheck.objects.get(clinic_id=universe.birchwood.pk).seq
    patients.amend(universe.ada, ward="Oak", by=universe.therapist)
    seq = last if when == "before the last check" else last + 1
    if when == "the tail":
        sql("DELETE FROM {events} WHERE clinic_id = %s AND seq = %s", clinic, seq)
    else:
        change = "UPDATE {events} SET actor_name = 'X', hash = %s WHERE clinic_id = %s AND seq = %s"
        sql(change, "0" * 64, clinic, seq)
    shown = check(browser)
    assert f"It does not hold at row {seq}:" in shown
    assert f"It does not hold at row {seq}:" in check(browser), "and goes on saying so"


def test_a_person_without_the_right_reads_nothing(universe: Universe, client_as: ClientAs) -> None:
    for role in ("therapist", "volunteer"):
        assert client_as(role).get(reverse("trail:events")).status_code == 403
        assert client_as(role).post(reverse("trail:export")).status_code == 403
    assert "Audit trail" not in client_as("therapist").get("/clinic/").content.decode()
    assert "Audit trail" in client_as("supervisor").get("/clinic/").content.decode()


def test_the_network_has_no_page_of_its_own(client_as: ClientAs) -> None:
    assert str(NETWORK) not in page(client_as("admin"), trail="people")
