"""Credentials: written down by admins, seen by their person, warned of, and asked by rule Y2."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.credentials import Credential, Expiry
from sessions_app.clinics.profile_model import PractitionerProfile
from sessions_app.clinics.threshold_actions import set_threshold
from sessions_app.members.profile_actions import write_profile
from sessions_app.safety.receipt import parse
from sessions_app.sessions.actions import verdict_of
from sessions_app.sessions.context import around
from sessions_app.sessions.models import Session
from sessions_app.sessions.policies import StartRefused
from sessions_app.sessions.receipt_model import SessionReceipt
from tests.commands.test_replay_rules import told as replayed
from tests.members.test_people import listed
from tests.reading import Page
from tests.sessions.typed import address, typed
from tests.universe import ClientAs, Universe, care, still_touch

PEOPLE, MINE = reverse("members:people"), reverse("members:mine")
TYPED = {
    "licence_number": "LMT 20117", "licence_until": "2031-05-04", "insurance_until": "2030-01-01",
    "training_hours": "750", "course_provider": "Oncology Touch School", "course_hours": "24",
    "course_on": "2021-03-02", "months_with_advanced_cancer": "18",
}  # fmt: skip


def write(world: Universe, role: str = "therapist", **said: Any) -> None:
    write_profile(getattr(world, role), by=world.admin, **said)


def runs_out(world: Universe, days: int, role: str = "therapist") -> None:
    until = world.today + timedelta(days=days)
    write(world, role, licence_until=until, insurance_until=until + timedelta(days=400))


def asked_of(world: Universe, role: str, **more: Any) -> list[str]:
    done = still_touch() if role == "volunteer" else care()
    verdict = verdict_of(
        more.pop("course", world.ada_course), done, more.pop("when", world.now),
        getattr(world, role), at=world.now, planning=True, **more,
    )  # fmt: skip
    return [one.message for one in verdict.findings if one.rule == "Y2"]


@pytest.mark.parametrize(
    ("left", "expiry", "words"),
    [
        (-1, Expiry.OUT, "The licence ran out on"),
        (0, Expiry.LATE, "The licence runs out today."),
        (1, Expiry.LATE, "runs out in 1 day, on"),
        (30, Expiry.LATE, "runs out in 30 days, on"),
        (31, Expiry.EARLY, "runs out in 31 days, on"),
        (60, Expiry.EARLY, "runs out in 60 days, on"),
        (61, Expiry.HOLDS, "runs out in 61 days, on"),
        (None, Expiry.NOT_KNOWN, "No last day of the licence"),
    ],
)
def test_how_it_stands_with_a_credential(
    universe: Universe, left: int | None, expiry: Expiry, words: str
) -> None:
    until = None if left is None else universe.today + timedelta(days=left)
    one = Credential("licence", until, universe.today)
    assert one.expiry is expiry
    assert words in one.words
    assert one.short


def test_an_admin_writes_them_down_and_the_person_sees_their_own(
    universe: Universe, client_as: ClientAs
) -> None:
    where = reverse("members:write_profile", args=[universe.therapist.pk])
    admin, therapist = client_as("admin"), client_as("therapist")
    assert "not on record" in Page(therapist.get(MINE)).words
    assert admin.post(where, TYPED).status_code == 302
    told = Page(therapist.get(MINE)).words
    for words in ("LMT 20117", "4 May 2031", "750 hours", "24 hours, finished 2 Mar 2021",
                  "18 months"):  # fmt: skip
        assert words in told
    assert "LMT 20117" in Page(admin.get(reverse("members:person",
                               args=[universe.therapist.user_id]))).words  # fmt: skip
    assert "LMT 20117" not in Page(client_as("supervisor").get(MINE)).words
    again = Page(admin.get(where)).posting("licence_number")
    assert {name: again[name] for name in TYPED} == {name: [said] for name, said in TYPED.items()}


def test_each_change_is_on_record_with_old_and_new(universe: Universe) -> None:
    write(universe, training_hours=600)
    write(universe, training_hours=600)
    write(universe, training_hours=None)
    first, second = AuditEvent.objects.filter(action="clinic.profile_written").order_by("seq")
    assert (first.old["training_hours"], first.new["training_hours"]) == (None, 600)
    assert (second.old["training_hours"], second.new["training_hours"]) == (600, None)
    assert first.new["user"] == str(universe.therapist.user_id)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"licence_until": "1890-01-01"}, "licence_until"),
        ({"insurance_until": "2090-01-01"}, "insurance_until"),
        ({"training_hours": "20001"}, "training_hours"),
        ({"course_on": "2190-01-01"}, "course_on"),
        ({"course_provider": ""}, "course_provider"),
        ({"months_with_advanced_cancer": "-1"}, "months_with_advanced_cancer"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    universe: Universe, client_as: ClientAs, said: dict[str, str], field: str
) -> None:
    where = reverse("members:write_profile", args=[universe.therapist.pk])
    answer = client_as("admin").post(where, {**TYPED, **said})
    assert answer.status_code == 422
    assert Page(answer).said_at(f"id_{field}")
    assert not PractitionerProfile.objects.exists()


def test_a_profile_is_the_clinics_own(universe: Universe) -> None:
    """Wanda works in two clinics; what one has seen, the other has not."""
    runs_out(universe, -5, "wanda_here")
    assert asked_of(universe, "wanda_here")
    far = around(universe.farah_course, universe.now, by=universe.wanda_there)
    assert far.licence_until is None
    with pytest.raises(PermissionDenied):
        write(universe, "foreign_therapist", training_hours=1)
    with pytest.raises(TypeError), transaction.atomic():
        write(universe, user_id=universe.wanda.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(universe, course_hours=24)


@pytest.mark.parametrize(
    ("days", "said"), [(-1, ["The therapist's licence ran out on"]), (0, []), (5, [])]
)
def test_the_rule_reads_what_is_on_record(universe: Universe, days: int, said: list[str]) -> None:
    assert asked_of(universe, "therapist") == []
    runs_out(universe, days)
    got = asked_of(universe, "therapist")
    assert [one[: len(words)] for one, words in zip(got, said, strict=True)] == said


def test_a_session_of_before_it_ran_out_is_judged_by_its_own_day(universe: Universe) -> None:
    runs_out(universe, -1)
    assert asked_of(universe, "therapist", when=universe.now - timedelta(days=2)) == []


def test_insurance_and_hours_count_too_and_the_clinic_sets_the_hours(universe: Universe) -> None:
    write(universe, insurance_until=universe.today - timedelta(days=1), training_hours=499)
    told = asked_of(universe, "therapist")
    assert len(told) == 2
    assert "499 hours of training; this clinic asks for 500 hours" in told[1]
    set_threshold(
        key="training_hours", value=300, decided_by_name="Dr A", decided_by_role="physician",
        reason="Our school teaches 300.", by=universe.admin,
    )  # fmt: skip
    assert len(asked_of(universe, "therapist")) == 1


def test_volunteers_need_no_licence(universe: Universe, client_as: ClientAs) -> None:
    runs_out(universe, -5, "volunteer")
    write(universe, "volunteer", training_hours=3)
    assert asked_of(universe, "volunteer", course=universe.bruno_course) == []
    told = Page(client_as("volunteer").get(MINE)).words
    assert "you need no licence: you give simple touch only" in told
    assert "ran out on" not in told


def test_who_began_a_session_is_who_gives_it(universe: Universe) -> None:
    """A supervisor may finish it; whose credentials count does not change with that."""
    begun = universe.start(universe.ada_course)
    runs_out(universe, -1)
    assert asked_of(universe, "supervisor") == []
    assert asked_of(universe, "supervisor", session=begun)
    universe_answers = {"session": begun}
    assert asked_of(universe, "volunteer", **universe_answers)


def test_a_therapist_whose_licence_ran_out_does_not_start_and_a_record_is_flagged(
    universe: Universe, client_as: ClientAs
) -> None:
    runs_out(universe, -1)
    page = Page(client_as("therapist").get(address(universe, "start")))
    assert "licence ran out on" in page.words
    answer = client_as("therapist").post(address(universe, "start"), typed(universe, "start"))
    assert answer.status_code == 422
    with pytest.raises(StartRefused):
        universe.start(universe.ada_course)
    logged = universe.log(universe.ada_course)
    assert Session.objects.get(pk=logged.pk).limit_broken
    assert logged.reminders.filter(rule="Y2", rule_version=2).exists()


def test_the_receipt_keeps_what_was_on_record_and_a_replay_reads_it(universe: Universe) -> None:
    write(universe, training_hours=600, insurance_until=universe.today)
    old = SessionReceipt.objects.filter(session_id=universe.ada_session.pk)[0]
    assert parse(json.loads(old.written)).asked.session.training_hours is None  # type: ignore[union-attr]
    logged = universe.log(universe.ada_course)
    asked = parse(
        json.loads(SessionReceipt.objects.get(session_id=logged.pk).written)
    ).asked.session
    assert asked is not None
    assert (asked.training_hours, asked.insurance_until) == (600, universe.today)
    write(universe, training_hours=10)
    out, err = replayed(universe, "--rule", "Y2", "--set", "training_hours=700")
    assert "Y2 would have fired once in 5 sessions (then 0; 1 new, 0 gone)" in out
    assert err == ""


def test_the_list_warns_and_finds_who_is_to_be_reminded(
    universe: Universe, client_as: ClientAs
) -> None:
    runs_out(universe, 20)
    runs_out(universe, -3, "supervisor")
    runs_out(universe, -3, "volunteer")
    runs_out(universe, 300, "wanda_here")
    admin = client_as("admin")
    told = Page(admin.get(PEOPLE)).words
    assert "licence: 20 days left" in told
    assert "licence ran out" in told
    found = {expiry: listed(admin, expiry=expiry.value).words for expiry in Expiry}
    assert "Therapist of" in found[Expiry.LATE]
    assert "Supervisor of" in found[Expiry.OUT]
    assert "Wanda" in found[Expiry.HOLDS]
    assert "Nobody fits" in found[Expiry.EARLY]
    assert "Nobody fits" in found[Expiry.NOT_KNOWN]
    assert not any("Volunteer of" in words.split("people found")[-1] for words in found.values())


def test_who_has_no_date_on_record_is_found(universe: Universe, client_as: ClientAs) -> None:
    write(universe, licence_until=universe.today)
    words = listed(client_as("admin"), expiry="not-known").words
    assert "Therapist of" in words
    assert "Supervisor of" in words
    assert "admin@birchwood.example" not in words


@pytest.mark.parametrize("days", [-1, 0, 30, 60, 61])
def test_the_person_is_warned_after_sign_in_and_on_the_own_page(
    universe: Universe, client_as: ClientAs, days: int
) -> None:
    runs_out(universe, days)
    browser = client_as("therapist")
    words = Page(browser.get(MINE)).words
    first = Page(browser.get("/", follow=True)).words
    for told in (words, first):
        assert ("The licence r" in told) == (days <= 60)
    assert "The licence r" not in Page(browser.get("/", follow=True)).words


def test_nowhere_is_anybody_called_certified_by_a_society() -> None:
    from tests.architecture.sources import ROOT

    for path in (*(ROOT / "templates").rglob("*.html"), *(ROOT / "sessions_app").rglob("*.py")):
        assert "S4OM certified" not in path.read_text(encoding="utf-8")
