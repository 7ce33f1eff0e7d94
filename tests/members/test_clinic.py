"""A clinic's settings, what another time zone does to days and sums, and opening a clinic."""

from datetime import timedelta
from threading import Event as Signal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse

from sessions_app.audit.chain import first_fault
from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.members import clinic_actions, opening
from sessions_app.members.clinic_actions import change_clinic
from sessions_app.rollups import folding
from sessions_app.rollups.checking import first_difference
from sessions_app.rollups.models import FoldedWindow, Tally, WeekOfSessions
from sessions_app.sessions.unfolded_model import Unfolded, monday_of
from tests.reading import Page
from tests.sessions.test_at_the_same_time import together
from tests.universe import ClientAs, Universe

SETTINGS, OPEN = reverse("keeping:settings"), reverse("keeping:open_clinic")
TYPED = {
    "name": "Birchwood House", "time_zone": "Europe/Rome", "emergency_text": "Ring the bell.",
    "emergency_number": "112", "retention_years": "15", "sign_off": "volunteers",
    "idle_minutes": "20", "second_factor_roles": ["admin"],
}  # fmt: skip


def here(world: Universe) -> Clinic:
    return Clinic.objects.get(pk=world.birchwood.pk)


def far_away(world: Universe) -> str:
    """A zone in which it is another day, or another half of it."""
    ahead = world.now.astimezone(world.birchwood.zone).utcoffset() or timedelta(0)
    return "America/Los_Angeles" if ahead > timedelta(hours=2) else "Pacific/Auckland"


def at_the_edge_of_a_week(world: Universe) -> None:
    """Log sessions around midnight from Sunday to Monday, as the clinic has it."""
    zone = world.birchwood.zone
    monday = monday_of(world.now - timedelta(days=7), zone)
    for hours in (-9, -1, 1, 9):
        start = world.now.astimezone(zone).replace(
            year=monday.year, month=monday.month, day=monday.day, hour=0, minute=0, second=0
        )
        world.log(world.ada_course, performed_at=start + timedelta(hours=hours))


def test_an_admin_changes_the_settings_and_each_change_is_on_record(
    universe: Universe, client_as: ClientAs
) -> None:
    answer = client_as("admin").post(SETTINGS, TYPED, follow=True)
    assert "Days and weeks are counted in the new time zone" in Page(answer).words
    clinic = here(universe)
    held = {name: getattr(clinic, name) for name in TYPED}
    assert held == {**TYPED, "idle_minutes": 20, "retention_years": 15}
    told = AuditEvent.objects.get(action="clinic.changed")
    assert told.old["time_zone"] == universe.birchwood.time_zone
    assert told.new["retention_years"] == 15
    assert set(told.old) == set(told.new) == set(TYPED)


def test_what_stays_the_same_is_not_on_record(universe: Universe) -> None:
    assert change_clinic(by=universe.admin, name="Birchwood Hospice") == []
    assert not AuditEvent.objects.filter(action="clinic.changed").exists()
    change_clinic(by=universe.admin, name="Birchwood Hospice", emergency_number="3333")
    assert AuditEvent.objects.get(action="clinic.changed").new == {"emergency_number": "3333"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "), ("time_zone", "Mars/Olympus"), ("time_zone", ""), ("emergency_text", ""),
        ("emergency_number", "9" * 41), ("emergency_number", "the nurse"),
        ("retention_years", "2"), ("retention_years", "31"),
        ("sign_off", "owner"), ("idle_minutes", "4"), ("idle_minutes", "241"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(
    universe: Universe, client_as: ClientAs, field: str, value: str
) -> None:
    answer = client_as("admin").post(SETTINGS, {**TYPED, field: value})
    assert answer.status_code == 422
    assert Page(answer).said_at(f"id_{field}")
    assert here(universe).name == "Birchwood Hospice"


@pytest.mark.parametrize("who", ["therapist", "supervisor", "volunteer"])
def test_nobody_else_changes_them(universe: Universe, who: str) -> None:
    with pytest.raises(PermissionDenied):
        change_clinic(by=getattr(universe, who), name="Mine")
    with pytest.raises(PermissionDenied):
        opening.open_further_clinic(by=getattr(universe, who), name="Mine", time_zone="UTC",
                                    emergency_text="x", emergency_number="2222")  # fmt: skip


def test_what_is_no_setting_is_refused(universe: Universe) -> None:
    with pytest.raises(TypeError, match="slug"):
        change_clinic(by=universe.admin, slug="mine")
    with pytest.raises(ValueError, match="no time zone"):
        change_clinic(by=universe.admin, time_zone="Mars/Olympus")
    with pytest.raises(ValueError, match="cannot be dialled"):
        change_clinic(by=universe.admin, emergency_number="the nurse")


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "its own"])
def test_with_another_time_zone_every_figure_is_still_that_of_the_rows(
    universe: Universe, zone: str
) -> None:
    own = universe.birchwood.time_zone
    at_the_edge_of_a_week(universe)
    folding.fold(universe.now)
    at_the_edge_of_a_week(universe)
    kept = Tally.objects.filter(clinic_id=universe.harbour.pk).count()
    changed = zone != "its own"
    change_clinic(by=universe.admin, time_zone=zone if changed else own)
    assert FoldedWindow.objects.filter(clinic_id=universe.birchwood.pk).exists() is not changed
    assert Tally.objects.filter(clinic_id=universe.harbour.pk).count() == kept
    assert first_difference(universe.now) == ""
    assert Unfolded.objects.exists()
    folding.fold(universe.now)
    assert first_difference(universe.now) == ""
    change_clinic(by=universe.admin, time_zone=own)
    folding.fold(universe.now)
    assert first_difference(universe.now) == ""


def test_sums_that_are_kept_over_a_change_of_zone_would_be_found(universe: Universe) -> None:
    """The control: without dropping them, the check names a difference."""
    at_the_edge_of_a_week(universe)
    folding.fold(universe.now)
    Clinic.objects.filter(pk=universe.birchwood.pk).update(time_zone=far_away(universe))
    assert "birchwood" in first_difference(universe.now)


def test_the_day_of_a_session_follows_the_new_zone(universe: Universe, client_as: ClientAs) -> None:
    session = universe.ada_session
    where = reverse("sessions:session", args=[session.pk])
    before, zone = Page(client_as("therapist").get(where)).words, far_away(universe)
    change_clinic(by=universe.admin, time_zone=zone)
    told = session.performed_at.astimezone(ZoneInfo(zone))
    after = Page(client_as("therapist").get(where)).words
    assert f"{told:%H:%M}" in after
    assert after != before


@pytest.mark.postgres
def test_a_change_of_zone_waits_for_the_folder_that_has_read_the_old_one(
    committed: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_edge_of_a_week(committed)
    reading, go_on = Signal(), Signal()
    really = folding.forget

    def forget() -> None:
        reading.set()
        go_on.wait(20)
        really()

    monkeypatch.setattr(folding, "forget", forget)
    seen = start_anew_after(go_on, monkeypatch)

    def change() -> None:
        reading.wait(20)
        change_clinic(by=committed.admin, time_zone="Pacific/Auckland")

    got = together([lambda: folding.fold(committed.now), change])
    assert got == [True, None]
    assert seen == ["waited"]
    assert not WeekOfSessions.objects.filter(clinic_id=committed.birchwood.pk).exists()
    monkeypatch.undo()
    folding.fold(committed.now)
    with transaction.atomic():
        assert first_difference(committed.now) == ""


def start_anew_after(go_on: Signal, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the folder go on once the change of zone stands at its lock; return what was seen."""
    seen: list[str] = []
    really = folding.start_anew

    def start_anew(clinic_id: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [folding._LOCK])
            [(free,)] = cursor.fetchall()
        seen.append("free" if free else "waited")
        go_on.set()
        really(clinic_id)

    monkeypatch.setattr(clinic_actions, "start_anew", start_anew)
    return seen


def test_an_admin_opens_a_further_clinic_and_acts_in_it(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("admin")
    typed = {name: TYPED[name] for name in ("time_zone", "emergency_text", "emergency_number")}
    answer = browser.post(OPEN, {**typed, "name": "Demo Äpfel Ward"}, follow=True)
    assert "Demo Äpfel Ward is open, and you are its administrator" in Page(answer).words
    clinic = Clinic.objects.get(name="Demo Äpfel Ward")
    assert clinic.slug == "c-demo-apfel-ward"
    held = Membership.objects.get(clinic=clinic)
    assert (held.user_id, held.role) == (universe.admin.user_id, "admin")
    events = AuditEvent.objects.filter(clinic_id=clinic.pk).order_by("seq")
    assert [one.action for one in events] == ["clinic.opened", "clinic.member_added"]
    assert {one.actor_id for one in events} == {universe.admin.user_id}
    assert first_fault(clinic.pk) is None
    # A new clinic asks its admin for a second factor before anything else.
    assert browser.get(OPEN).headers["Location"] == reverse("people:own")
    Clinic.objects.filter(pk=clinic.pk).update(second_factor_roles=[])
    browser.post(OPEN, {**typed, "name": "Demo Äpfel Ward"})
    assert Clinic.objects.filter(name="Demo Äpfel Ward").count() == 2
