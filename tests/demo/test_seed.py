"""The demo clinics as rows: made by the actions, audited, visible, and only once."""

from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.db.models import QuerySet
from django.test import Client

from sessions_app.audit import chain
from sessions_app.audit.events import Event
from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.clinics.profile_model import PractitionerProfile
from sessions_app.clinics.threshold_model import ClinicThreshold
from sessions_app.dashboards.alert_budget import USUAL_PERIOD, budget_of
from sessions_app.demo.mark import SLUG_PREFIX
from sessions_app.demo.places import ACCOUNTS, DOMAIN, HOSPICE, PLACES
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.asked_actions import SOURCE_OF_NONE
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.people.models import User
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.models import FollowUpScore, ReminderShown, Score, Session
from sessions_app.timing.models import TimedCare
from sessions_app.vocabulary.records import SessionStatus
from tests.demo import drawn
from tests.demo.conftest import PASSWORD, Seeded
from tests.demo.drawn import NOON

# The demo knows no other database: its command refuses one (tests/bootstrap/test_first_start.py).
pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
OURS = {"clinic__slug__startswith": SLUG_PREFIX}


def events() -> "QuerySet[AuditEvent]":
    clinics = Clinic.objects.filter(slug__startswith=SLUG_PREFIX).values("pk")
    return AuditEvent.objects.filter(clinic_id__in=clinics)


def test_the_clinics_are_made_once(seeded: Seeded) -> None:
    assert (seeded.wrote, seeded.wrote_again) == (True, False)
    clinics = Clinic.objects.filter(slug__startswith=SLUG_PREFIX)
    assert set(clinics.values_list("slug", flat=True)) == {place.slug for place in PLACES}


def test_every_story_became_rows(seeded: Seeded) -> None:
    told = drawn.stories()
    assert Patient.objects.filter(**OURS).count() == len(told)
    assert Enrolment.objects.filter(**OURS).count() == sum(1 for _ in drawn.courses(told))
    assert Session.objects.filter(**OURS).count() == sum(1 for _ in drawn.sessions(told))
    facts = sum(len(story.facts) + len(story.none_of) for story in told)
    assert ClinicalFact.objects.filter(**OURS).count() == facts


def test_the_scores_are_those_that_were_drawn(seeded: Seeded) -> None:
    drawn_scores = Counter(
        (scale.value, first.value, first.missing or "", second.value, second.missing or "")
        for _, scale, first, second in drawn.pairs(drawn.stories())
    )
    rows = Score.objects.filter(session__status=SessionStatus.GIVEN, **OURS)
    rated = rows.exclude(scale__in=["heart_rate", "respiratory_rate"])
    columns = ("scale", "before", "before_missing", "after", "after_missing")
    assert Counter(rated.values_list(*columns)) == drawn_scores


def test_every_write_stands_in_the_audit_trail_and_its_chains_hold(seeded: Seeded) -> None:
    counted = Counter(events().values_list("action", flat=True))
    sessions = Session.objects.filter(**OURS)
    given, under_way = sessions.given().count(), sessions.in_progress().count()
    assert under_way == 1
    assert counted[Event.SESSION_LOGGED] + counted[Event.SESSION_FINISHED] == given
    assert counted[Event.SESSION_STARTED] == counted[Event.SESSION_FINISHED] + under_way
    assert counted[Event.SESSION_NOT_GIVEN] == sessions.count() - given - under_way
    assert counted[Event.PATIENT_REGISTERED] == Patient.objects.filter(**OURS).count()
    told = ClinicalFact.objects.filter(**OURS).exclude(source=SOURCE_OF_NONE)
    assert counted[Event.FACT_RECORDED] == told.count()
    assert counted[Event.NONE_OF_THESE] == sum(1 for one in drawn.stories() if one.none_of)
    assert counted[Event.FOLLOW_UP_RECORDED] == FollowUpScore.objects.filter(**OURS).count()
    assert [fault for one in chain.clinics() if (fault := chain.first_fault(one))] == []


def test_the_audit_trail_reads_in_the_order_of_time(seeded: Seeded) -> None:
    for clinic in Clinic.objects.filter(slug__startswith=SLUG_PREFIX):
        times = list(
            events().filter(clinic_id=clinic.pk).order_by("seq").values_list("at", flat=True)
        )
        assert times == sorted(times)
        assert times[-1] <= drawn.NOON


def too_long() -> "QuerySet[ReminderShown]":
    """The sessions in which a frail patient got more than the rule about them asks for."""
    return ReminderShown.objects.filter(rule="G1", overridden=True).values("session_id")


def test_a_few_sessions_broke_a_limit_and_say_why(seeded: Seeded) -> None:
    broken = Session.objects.filter(limit_broken=True, **OURS)
    assert 5 <= broken.exclude(id__in=too_long()).count() <= 30
    assert not broken.filter(break_reason="").exists()


def test_one_rule_of_the_hospice_is_overridden_so_often_that_it_is_to_be_looked_at(
    seeded: Seeded,
) -> None:
    hospice = Clinic.objects.get(slug=HOSPICE.slug)
    told = budget_of(hospice.pk, USUAL_PERIOD, drawn.NOON)
    assert [one.rule for one in told.rules if one.for_review] == ["G1"]


def test_reactions_notes_and_next_day_scores_are_there(seeded: Seeded) -> None:
    sessions = Session.objects.filter(**OURS)
    assert sessions.filter(reaction="described").exclude(reaction_text="").count() >= 5
    assert sessions.exclude(subjective="").count() > 100
    asked = FollowUpScore.objects.filter(**OURS)
    assert set(asked.values_list("time_point", flat=True)) == {"next_day"}
    assert set(asked.values_list("scale", flat=True)) == {"pain", "mood", "relaxation", "sleep"}


def test_the_four_accounts_sign_in_and_nobody_else_can(seeded: Seeded) -> None:
    for one in ACCOUNTS:
        assert authenticate(username=one.email, password=PASSWORD) is not None
    others = User.objects.filter(email__endswith=f"@{DOMAIN}").exclude(
        email__in=[one.email for one in ACCOUNTS]
    )
    assert others.count() >= 8
    assert not any(one.has_usable_password() for one in others)


def test_all_accounts_belong_to_the_hospice_and_two_of_them_to_a_second_clinic(
    seeded: Seeded,
) -> None:
    for one in ACCOUNTS:
        held = Membership.objects.filter(user__email=one.email)
        assert held.filter(clinic__slug=HOSPICE.slug, role=one.role).exists()
        assert held.count() == (2 if one.box in ("therapist", "supervisor") else 1)


def test_one_licence_ends_in_twenty_days_and_one_has_ended(seeded: Seeded) -> None:
    here = PractitionerProfile.objects.filter(clinic__slug=HOSPICE.slug)
    days = {(one.licence_until - NOON.date()).days for one in here if one.licence_until}
    assert {20, -12} < days
    assert here.count() == 4
    assert not Session.objects.filter(reminders__rule="Y2", **OURS).exists()


@pytest.mark.parametrize("box", ["therapist", "volunteer"])
def test_today_s_list_has_a_session_under_way_and_courses_to_go_on_with(
    seeded: Seeded, box: str
) -> None:
    browser = Client()
    browser.force_login(User.objects.get(email=f"{box}@{DOMAIN}"))
    answer = browser.get("/patients/")
    assert answer.status_code == 200
    page = answer.content.decode()
    running = Enrolment.objects.filter(clinic__slug=HOSPICE.slug).running()
    names = running.values_list("patient__family_name", flat=True)
    assert len(names) >= 10
    assert all(name.replace("'", "&#x27;") in page for name in names)


def test_no_patient_s_name_reaches_the_log(seeded: Seeded) -> None:
    names = Patient.objects.filter(**OURS).values_list("family_name", flat=True)
    assert [name for name in names if name in seeded.log] == []


def test_what_goes_wrong_is_there_open_and_closed(seeded: Seeded) -> None:
    theirs = {"clinic__slug__startswith": SLUG_PREFIX}
    assert Incident.objects.filter(kind="worse_pain", closed_at__isnull=False, **theirs).exists()
    [reported] = Incident.objects.filter(kind="reaction", **theirs)
    assert reported.closed_at is None
    [seen] = EmergencySeen.objects.filter(**theirs)
    assert seen.done
    assert seen.closed_at is None
    assert seen.clinic_id == reported.clinic_id
    assert {one.key for one in ClinicThreshold.objects.filter(**theirs)} == {
        "platelets_stale_days", "drug_hours"
    }  # fmt: skip


def test_doses_have_their_time_and_some_sessions_their_minutes_since(seeded: Seeded) -> None:
    given = Session.objects.given()
    known = given.filter(minutes_since_opioid__isnull=False).count()
    assert 0.2 < known / given.count() < 0.6
    planned = [row for row in TimedCare.objects.all() if not row.took_place]
    assert len(planned) >= 5
    assert given.exclude(stopped_early_reason="").exists()


def test_scores_and_gaps_speak_and_turn_no_ordinary_session_into_a_flagged_one(
    seeded: Seeded,
) -> None:
    given = Session.objects.given()
    grown = ReminderShown.objects.filter(rule="Q2", level="confirm")
    assert grown.count() > 40
    assert given.filter(limit_broken=True).count() < 0.1 * given.count()
