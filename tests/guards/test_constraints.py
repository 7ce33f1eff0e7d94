"""Every named constraint refuses a bad row that reaches the database past actions and forms.

Each bad row is a good copy of a stored one with one thing wrong, so it can fail for one reason.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from sessions_app.clinics.owned import ClinicOwned, HeldByLink, SameClinicKey
from sessions_app.clinics.threshold_actions import set_threshold
from sessions_app.mail.actions import write as write_letter
from sessions_app.members import invitation_actions as invitations
from sessions_app.members import profile_actions as profiles
from sessions_app.models import (
    Arm,
    AuditEvent,
    ChartRead,
    Clinic,
    ClinicalFact,
    ClinicThreshold,
    EmergencyAccess,
    EmergencySeen,
    Enrolment,
    FollowUpScore,
    Incident,
    Invitation,
    Letter,
    Membership,
    Order,
    PasswordLink,
    Patient,
    PractitionerProfile,
    Protocol,
    ReminderShown,
    Score,
    Session,
    SessionReceipt,
    SignIn,
    SiteTreated,
    TimedCare,
    Unfolded,
    User,
)
from sessions_app.people.password_link_actions import make_link
from sessions_app.reads.actions import keep as keep_reads
from sessions_app.sessions import incident_actions as incidents
from sessions_app.sessions import later_actions
from sessions_app.sessions.record import Rating
from sessions_app.vocabulary.incidents import IncidentKind
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint
from tests.architecture.pages import emergency_access
from tests.conftest import Shared
from tests.universe import Universe

Changes = dict[str, Any]

GOOD: dict[type[models.Model], Callable[[Universe], Changes]] = {
    Clinic: lambda world: {"slug": "meadow"},
    SignIn: lambda world: {"session_key": uuid.uuid4().hex, "mark": uuid.uuid4()},
    User: lambda world: {"email": "new@birchwood.example"},
    Membership: lambda world: {"user_id": world.foreign_admin.user_id},
    Protocol: lambda world: {"version": 99},
    Arm: lambda world: {"code": "new"},
    AuditEvent: lambda world: {"seq": 999},
    Patient: lambda world: {"chart_number": "C-new"},
    ClinicalFact: lambda world: {},
    Order: lambda world: {},
    Enrolment: lambda world: {"patient_id": world.chen.pk, "ended_on": None},
    Session: lambda world: {"client_key": uuid.uuid4()},
    SiteTreated: lambda world: {"site": "calf_left"},
    ReminderShown: lambda world: {},
    Score: lambda world: {"scale": "relaxation"},
    FollowUpScore: lambda world: {"time_point": "weekly"},
    SessionReceipt: lambda world: {"phase": "start"},
    ClinicThreshold: lambda world: {},
    EmergencySeen: lambda world: {},
    Incident: lambda world: {},
    PractitionerProfile: lambda world: {"user_id": world.volunteer.user_id},
    Invitation: lambda world: {"email": "other@new.example"},
    PasswordLink: lambda world: {"user_id": world.wanda.pk, "link_id": uuid.uuid4()},
    Unfolded: lambda world: {},
    Letter: lambda world: {},
    ChartRead: lambda world: {},
    EmergencyAccess: lambda world: {},
    TimedCare: lambda world: {"client_key": uuid.uuid4(), "kind": "analgesic"},
}
"""What makes a copy of the model's first stored row a new, good row."""

_APPEND_ONLY = {
    "audit_one_row_a_link": "audit_is_append_only",
    "receipt_once_a_phase": "receipt_is_never_changed",
}
"""What SQLite says first, where a trigger stands before the unique index."""

_EMPTY = {"value": None, "missing": ""}
_HEART = {"scale": "heart_rate"}
_COUNT = {"kind": "platelets", "value": 45, "unit": "per_nl"}
_SEEN_TO = {
    "closed_at": timedelta(0), "closed_by_id": "supervisor", "closing_note": "Seen."
}  # fmt: skip
_FOLLOWED_UP = {
    "followed_up_at": timedelta(0), "followed_up_by_id": "supervisor", "follow_up_note": "Better."
}  # fmt: skip
_CONCLUDED = {
    "closed_at": timedelta(0), "closed_by_id": "supervisor", "conclusion": "Slept.",
    "harm": "none",
}  # fmt: skip
_ACCEPTED = {"accepted_at": timedelta(0), "accepted_by_id": "therapist"}
BAD: dict[str, list[Changes]] = {
    "user_email_lower_case": [{"email": "New@birchwood.example"}],
    "clinic_idle_5_to_240": [{"idle_minutes": 4}, {"idle_minutes": 241}, {"idle_minutes": 0}],
    "sign_in_of_a_person_has_its_mark": [{"mark": None}, {"began_at": None}],
    "membership_one_role": [{"user_id": "therapist"}],
    "clinic_keeps_records_for_years": [{"retention_years": 2}, {"retention_years": 31}],
    "clinic_known_sign_off": [{"sign_off": "all"}, {"sign_off": ""}],
    "profile_one_a_person": [{"user_id": "therapist"}],
    "profile_can_be_believed": [
        {"training_hours": 20_001},
        {"course_hours": 0},
        {"course_hours": 2001},
        {"months_with_advanced_cancer": 721},
    ],
    "profile_course_has_its_provider": [{"course_provider": ""}],
    "membership_ends_after_start": [{"ended_at": timedelta(seconds=-1)}],
    "invitation_one_waiting": [{"email": "new@new.example"}],
    "invitation_known_role": [{"role": "owner"}, {"role": ""}],
    "invitation_email_lower_case": [{"email": "Other@new.example"}],
    "invitation_expires_after_sent": [{"expires_at": timedelta(0)}],
    "password_link_expires_after_made": [{"expires_at": timedelta(0)}],
    "invitation_ends_once": [{**_ACCEPTED, "withdrawn_at": timedelta(0)}],
    "invitation_accepted_by_somebody": [
        {"accepted_at": timedelta(0)},
        {"accepted_by_id": "therapist"},
    ],
    "membership_known_role": [{"role": "owner"}, {"role": ""}],
    "protocol_version_once": [{"version": 1}],
    "arm_once": [{"code": "massage"}],
    "audit_one_row_a_link": [{"seq": 1}],
    "patient_chart_number_once": [{"chart_number": "C-ada"}],
    "patient_known_status": [{"status": "gone"}, {"status": ""}],
    "fact_known_kind": [{"kind": "mood"}, {"kind": ""}],
    "fact_valid_after_observed": [{"valid_until": -1}],
    "fact_ends_after_observed": [{"ended_on": -1, "ended_by_id": "therapist"}],
    "fact_end_has_its_author": [{"ended_on": 1}, {"ended_by_id": "therapist"}],
    "fact_value_not_negative": [{"value": -1}],
    "fact_unit_fits_kind": [
        {"unit": "per_nl"},
        {**_COUNT, "unit": ""},
        {**_COUNT, "unit": "per_litre"},
        {**_COUNT, "value": None},
    ],
    "fact_value_can_be_believed": [
        {**_COUNT, "value": 3001},
        {**_COUNT, "value": 45_000},
        {**_COUNT, "value": 3_000_001, "unit": "per_ul"},
    ],
    "order_expires_after_ordered": [{"expires_on": -1}],
    "order_holds_three_months": [{"expires_on": 93}],
    "order_up_to_a_pressure": [{"up_to": -2}, {"up_to": 6}],
    "order_has_its_clinician": [{"clinician_name": ""}, {"clinician_role": ""}],
    "order_ends_after_ordered": [{"ended_on": -1, "ended_by_id": "therapist"}],
    "order_end_has_its_author": [{"ended_on": 1}, {"ended_by_id": "therapist"}],
    "enrolment_one_running": [{"patient_id": "ada"}],
    "enrolment_ends_after_start": [{"ended_on": -1}],
    "session_key_once": [{"client_key": "stored"}],
    "session_minutes_1_to_240": [{"minutes": 0}, {"minutes": 241}],
    "session_not_in_the_future": [{"performed_at": timedelta(seconds=1)}],
    "session_not_given_has_reason": [
        {"status": "not_given", "counted": False, "minutes": None},
        {"status": "not_given", "counted": False, "minutes": None, "not_given_reason": "boredom"},
        {"status": "not_given", "counted": False, "not_given_reason": "asleep"},
        {"not_given_reason": "asleep"},
        {"status": "signed", "counted": False},
    ],
    "session_given_is_complete": [{"minutes": None}, {"completed_at": None}],
    "session_counted_is_given": [{"status": "in_progress", "minutes": None, "completed_at": None}],
    "session_outside_known": [
        {"outside": "late"},
        {"outside": "site_outside technique_outside"},
        {"outside": "site_outside "},
    ],
    "session_break_has_reason": [{"limit_broken": True, "break_reason": ""}],
    "session_one_in_progress": [
        {
            "status": "in_progress",
            "counted": False,
            "minutes": None,
            "completed_at": None,
            "patient_id": "bruno",
            "enrolment_id": "bruno_course",
            "arm_id": "bruno_course",
        }
    ],
    "session_known_role_and_source": [{"given_as": "owner"}, {"date_source": "hearsay"}],
    "session_known_circumstances": [
        {"position": "upside_down"},
        {"product": "motor_oil"},
        {"reaction": "banana"},
    ],
    "session_stopped_early_says_why": [
        {"stopped_early_text": "words alone"},
        {"stopped_early_reason": "boredom"},
        {
            "status": "not_given",
            "counted": False,
            "minutes": None,
            "not_given_reason": "asleep",
            "stopped_early_reason": "pain",
        },
    ],
    "session_opioid_within_a_day": [{"minutes_since_opioid": 1441}],
    "timed_key_once": [{"client_key": "stored"}],
    "timed_once_at_a_time": [{"kind": "physiotherapy"}],
    "timed_known_kind_and_source": [{"kind": "tea"}, {"source": "hearsay"}],
    "timed_withdrawn_by_whom_and_why": [
        {"withdrawn_reason": "slip"},
        {"withdrawn_by_id": "therapist"},
        {"withdrawn_at": timedelta(0), "withdrawn_by_id": "therapist"},
        {"withdrawn_at": timedelta(0), "withdrawn_reason": "slip"},
    ],
    "timed_plan_is_no_fact": [{"happens_at": timedelta(hours=24), "fact_id": "fact"}],
    "site_once_a_session": [{"site": "hand_left"}],
    "site_known": [{"site": "tail"}, {"site": ""}],
    "site_pressure_0_to_5": [{"pressure": 6}],
    "score_once_a_session": [{"scale": "pain"}],
    "score_known_scale": [{"scale": "joy", "before": None, "after": None}],
    "score_before_range": [
        {"before": 11},
        {**_HEART, "before": 19, "after": None},
        {**_HEART, "before": 251, "after": None},
        {"scale": "respiratory_rate", "before": 81, "after": None},
    ],
    "score_after_range": [{"after": 11}, {**_HEART, "before": None, "after": 0}],
    "score_before_or_reason": [{"before": 0, "before_missing": "asleep"}],
    "score_after_or_reason": [{"after": 0, "after_missing": "asleep"}],
    "score_known_reasons": [
        {"before": None, "before_missing": "banana"},
        {"after": None, "after_missing": "banana"},
    ],
    "score_known_reporters": [{"before_by": "ghost"}, {"after_by": "ghost"}],
    "follow_up_once": [{"time_point": "next_day"}],
    "follow_up_range": [{"value": 11}],
    "follow_up_or_reason": [_EMPTY, {"value": 0, "missing": "asleep"}],
    "follow_up_other_time": [
        {"time_point": "before"},
        {"time_point": "after"},
        {"time_point": "someday"},
    ],
    "follow_up_known_codes": [
        {"value": None, "missing": "banana"},
        {"reported_by": "ghost"},
        {"scale": "heart_rate", "value": 72},
    ],
    "follow_up_not_in_the_future": [{"measured_at": timedelta(days=1)}],
    "reminder_known_level": [{"level": "loud"}],
    "reminder_answered_within_12_hours": [{"answer_seconds": 43_201}],
    "receipt_known_phase": [{"phase": "later"}, {"phase": ""}],
    "receipt_once_a_phase": [{"phase": "whole"}],
    "session_pain_rise_is_told": [
        {"pain_rise": "told"},
        {"pain_rise_text": "A turn in bed."},
        {"pain_rise": "not_known", "pain_rise_text": "A turn in bed."},
        {"pain_rise": "perhaps"},
    ],
    "threshold_is_a_number": [{"value": 0}, {"value": -1}, {"key": ""}],
    "threshold_has_its_clinician": [{"decided_by_name": ""}, {"decided_by_role": ""}],
    "threshold_has_its_reason": [{"reason": ""}],
    "emergency_known_codes": [{"cause": "boredom"}, {"cause": ""}, {"seen_as": "owner"}],
    "emergency_done_has_its_author": [
        {"done": "Called."},
        {"done": "Called.", "done_at": timedelta(0)},
        {"done_at": timedelta(0), "done_by_id": "therapist"},
    ],
    "emergency_closed_with_a_note": [
        {"closed_at": timedelta(0), "closed_by_id": "supervisor"},
        {"closed_at": timedelta(0), "closing_note": "Seen."},
        {"closing_note": "Seen."},
        {**_SEEN_TO, "closed_at": timedelta(seconds=-1)},
    ],
    "incident_worse_pain_once": [{"kind": "worse_pain"}],
    "incident_known_codes": [{"kind": "gossip"}, {"kind": ""}, {"harm": "some"}],
    "incident_says_what": [{"what_happened": ""}],
    "incident_followed_up_with_a_note": [
        {"follow_up_note": "Better."},
        {"followed_up_at": timedelta(0), "followed_up_by_id": "supervisor"},
        {**_FOLLOWED_UP, "followed_up_at": timedelta(seconds=-1)},
    ],
    "incident_closed_with_a_conclusion": [
        {**_CONCLUDED, "harm": ""},
        {**_CONCLUDED, "conclusion": ""},
        {**_CONCLUDED, "closed_by_id": None},
        {**_CONCLUDED, "closed_at": timedelta(seconds=-1)},
        {"conclusion": "Slept."},
    ],
    "letter_waits_or_has_ended": [
        {"next_try": None},
        {"sent_at": timedelta(0)},
        {"given_up_at": timedelta(0), "failure": "refused"},
    ],
    "access_by_a_role_for_a_reason": [{"opened_as": "owner"}, {"reason": ""}],
    "access_from_elsewhere_for_a_time": [
        {"until": timedelta(0)},
        {"home_id": "birchwood"},
    ],
    "access_ended_by_somebody": [
        {"ended_at": timedelta(0)},
        {"ended_by_id": "therapist"},
        {"ended_at": timedelta(seconds=-1), "ended_by_id": "therapist"},
    ],
    "access_seen_by_somebody": [
        {"seen_at": timedelta(0)},
        {"seen_by_id": "supervisor"},
        {"seen_at": timedelta(seconds=-1), "seen_by_id": "supervisor"},
    ],
    "read_known_role": [{"read_as": "owner"}],
    "read_of_a_page": [{"page": ""}],
    "letter_known_failure": [{"failure": "gossip"}],
    "letter_given_up_for_a_reason": [{"next_try": None, "given_up_at": timedelta(0)}],
}

MODELS = set(apps.get_app_config("sessions_app").get_models())
OWNED = {model for model in MODELS if issubclass(model, ClinicOwned)}
MODEL_OF = {constraint.name: model for model in MODELS for constraint in model._meta.constraints}
IN_CLINIC = {name for name in MODEL_OF if name.endswith("_in_clinic")}
ROWS = [(name, changes) for name, several in BAD.items() for changes in several]


@pytest.fixture(scope="module")
def filled(for_the_module: Shared) -> Callable[[], Universe]:
    """Store a row of every model, once: a hundred statements."""
    return for_the_module(fill)


@pytest.fixture
def world(filled: Callable[[], Universe], db: None) -> Universe:
    """Give the world with one follow-up score, so that every model has a row to copy.

    Bruno's session is in progress.
    """
    return filled()


def fill(universe: Universe) -> None:
    """Add to the world what it lacks."""
    universe.start(universe.bruno_course)
    later_actions.add_follow_up(
        universe.ada_session,
        scale=Scale.PAIN,
        time_point=TimePoint.NEXT_DAY,
        rating=Rating(value=3),
        measured_at=universe.now,
        by=universe.therapist,
    )
    incidents.report_incident(
        universe.ada_session, kind=IncidentKind.WORSE_PAIN, what_happened="A turn in bed.",
        by=universe.therapist,
    )  # fmt: skip
    set_threshold(
        key="fever", value=Decimal(37), decided_by_name="Dr A", decided_by_role="physician",
        reason="Sepsis in May.", by=universe.admin,
    )  # fmt: skip
    write_letter(to="ben@birchwood.example", subject="Invited", body="Come in.")
    emergency_access(universe)
    keep_reads([
        ChartRead(
            clinic_id=universe.birchwood.pk, patient_id=universe.ada.pk, page="rounds:chart",
            reader_id=universe.therapist.user_id, read_as="therapist", at=universe.now,
        )
    ])  # fmt: skip
    invitations.invite(
        email="new@new.example", role=Role.VOLUNTEER, by=universe.admin,
        link_to=lambda invitation, secret: secret,
    )  # fmt: skip
    make_link(universe.therapist.user, link_to=lambda link_id, secret: secret, by=None)
    profiles.write_profile(
        universe.therapist, course_provider="Oncology Touch School", course_hours=24,
        course_on=universe.today, by=universe.admin,
    )  # fmt: skip


def stored_row(model: type[models.Model], world: Universe) -> models.Model:
    """Return the row that is copied: Ada's where the model has one."""
    rows: Any = model._default_manager.order_by("pk")
    if model is Session:
        return world.ada_session
    if model in (SiteTreated, Score, FollowUpScore, SessionReceipt):
        rows = rows.filter(session_id=world.ada_session.pk)
    elif model is Membership:
        return world.therapist
    elif model is AuditEvent or issubclass(model, ClinicOwned):
        rows = rows.filter(clinic_id=world.birchwood.pk)
    return rows.first()


def copied(model: type[models.Model], world: Universe, changes: Changes) -> models.Model:
    """Return an unsaved good copy of a stored row, with `changes` in it."""
    there = stored_row(model, world)
    values = {f.attname: getattr(there, f.attname) for f in model._meta.concrete_fields}
    new: Changes = {**GOOD[model](world), **changes}
    meant = {name: _meant(name, value, there, world) for name, value in new.items()}
    fresh = {"id": uuid.uuid4()} if "id" in values else {}
    return model(**{**values, **fresh, **meant})


def _meant(name: str, value: Any, there: Any, world: Universe) -> Any:
    """Turn the table's short words into values: days from the row's own start, people by name."""
    if isinstance(value, timedelta):
        begun = (
            "began_at", "recorded_at", "seen_at", "opened_at", "since", "written_at", "sent_at",
            "made_at",
        )  # fmt: skip
        return next(getattr(there, one) for one in begun if hasattr(there, one)) + value
    if name == "fact_id":
        return world.ada.facts.first().pk
    if name in ("valid_until", "expires_on", "ended_on") and isinstance(value, int):
        start = next(
            getattr(there, first)
            for first in ("observed_on", "ordered_on", "starts_on")
            if hasattr(there, first)
        )
        return start + timedelta(days=value)
    if name == "arm_id":
        return getattr(world, value).arm_id
    if name.endswith("_id") and isinstance(value, str):
        named = getattr(world, value)
        return named.user_id if isinstance(named, Membership) else named.pk
    return there.client_key if value == "stored" else value


@pytest.mark.parametrize("model", GOOD, ids=lambda model: model.__name__)
def test_a_good_row_is_taken(world: Universe, model: type[models.Model]) -> None:
    row = copied(model, world, {})
    row.save(force_insert=True)
    assert model._default_manager.filter(pk=row.pk).exists()


_UNCOUNTED = {"status": "not_given", "counted": False}
EDGES: list[tuple[type[models.Model], Changes]] = [
    (Session, {"minutes": 1}),
    (Session, {"minutes": 240}),
    (Session, {"performed_at": timedelta(0)}),
    (Session, {**_UNCOUNTED, "minutes": None, "not_given_reason": "asleep"}),
    (Session, {"status": "in_progress", "counted": False, "minutes": None, "completed_at": None}),
    (Session, {"counted": False}),
    (SiteTreated, {"pressure": 0}),
    (SiteTreated, {"pressure": 5}),
    (Score, {"before": 0, "after": 10}),
    (Score, {**_HEART, "before": 20, "after": 250}),
    (Score, {"scale": "respiratory_rate", "before": 4, "after": 80}),
    (Score, {"before": None, "before_missing": "asleep", "after": None}),
    (FollowUpScore, {"value": 0}),
    (FollowUpScore, {"value": None, "missing": "left"}),
    (ClinicalFact, {"value": 0}),
    (ClinicalFact, {**_COUNT, "value": 0}),
    (ClinicalFact, {**_COUNT, "value": 3000}),
    (ClinicalFact, {**_COUNT, "value": 3_000_000, "unit": "per_ul"}),
    (ClinicalFact, {**_COUNT, "value": None, "unit": ""}),
    (ClinicalFact, {"valid_until": 0}),
    (Order, {"expires_on": 0}),
    (Order, {"expires_on": 92}),
    (Order, {"up_to": -1, "sites": []}),
    (Order, {"up_to": 5}),
    (Order, {"ended_on": 0, "ended_by_id": "therapist"}),
    (Enrolment, {"ended_on": 0}),
    (ReminderShown, {"answer_seconds": 0, "overridden": None}),
    (ReminderShown, {"answer_seconds": 43_200}),
    (Session, {"pain_rise": "told", "pain_rise_text": "A turn in bed."}),
    (Session, {"pain_rise": "not_known"}),
    (EmergencySeen, _SEEN_TO),
    (EmergencySeen, {"done": "Called.", "done_at": timedelta(0), "done_by_id": "therapist"}),
    (PractitionerProfile, {"training_hours": 0, "months_with_advanced_cancer": 0}),
    (PractitionerProfile, {"course_provider": "", "course_hours": None, "course_on": None}),
    (Clinic, {"retention_years": 3}),
    (Clinic, {"retention_years": 30}),
    (Incident, {**_FOLLOWED_UP, **_CONCLUDED}),
    (Invitation, {**_ACCEPTED, "email": "new@new.example"}),
    (Invitation, {"withdrawn_at": timedelta(0), "email": "new@new.example"}),
]


@pytest.mark.parametrize(("model", "changes"), EDGES, ids=[f"{m.__name__}-{c}" for m, c in EDGES])
def test_a_row_at_the_edge_is_taken(
    world: Universe, model: type[models.Model], changes: Changes
) -> None:
    row = copied(model, world, changes)
    row.save(force_insert=True)
    assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize(("name", "changes"), ROWS, ids=[f"{n}-{c}" for n, c in ROWS])
def test_a_bad_row_is_refused_by_the_named_constraint(
    world: Universe, name: str, changes: Changes
) -> None:
    row = copied(MODEL_OF[name], world, changes)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save(force_insert=True)
    assert named(name, str(refused.value)), refused.value


def named(name: str, message: str) -> bool:
    """Say whether a message names the constraint; SQLite names a unique one by its columns."""
    if name in message:
        return True
    if connection.vendor == "postgresql" or "UNIQUE" not in message:
        return _APPEND_ONLY.get(name, name) in message
    constraint = next(c for c in MODEL_OF[name]._meta.constraints if c.name == name)
    fields = (MODEL_OF[name]._meta.get_field(field).column for field in constraint.fields)
    return all(f".{column}" in message for column in fields)


def test_the_migrations_hold_what_the_models_say(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_constraint_of_every_model_has_a_bad_row() -> None:
    assert set(MODEL_OF) - IN_CLINIC == set(BAD)


def test_every_row_of_a_clinic_can_be_pointed_at_with_its_clinic(db: None) -> None:
    """`…_in_clinic` can only be broken together with the primary key: it carries the links."""
    owned = [
        m for m in apps.get_app_config("sessions_app").get_models() if issubclass(m, ClinicOwned)
    ]
    with connection.cursor() as cursor:
        for model in owned:
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
            columns = [c["columns"] for c in there.values() if c["unique"]]
            assert ["clinic_id", "id"] in columns, model


@pytest.mark.parametrize("column", ["clinic_id"])
def test_no_row_of_a_clinic_is_without_its_clinic(world: Universe, column: str) -> None:
    for model in OWNED & GOOD.keys():
        row = copied(model, world, {})
        setattr(row, column, None)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_every_unique_rule_and_index_of_a_clinics_rows_begins_with_the_clinic() -> None:
    for model in OWNED:
        unique = [c.fields for c in model._meta.constraints if hasattr(c, "fields")]
        for fields in (*unique, *(index.fields for index in model._meta.indexes)):
            assert fields[0] == "clinic", (model, fields)


# Who somebody is, is asked before it is known in which clinic.
ASKED_WITHOUT_CLINIC = {("sessions_app_membership", ("user_id",))}


@pytest.mark.parametrize("model", sorted(OWNED, key=str), ids=lambda model: model.__name__)
def test_every_index_that_the_database_has_begins_with_the_clinic(
    db: None, model: type[models.Model]
) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, table)
    found = {
        (table, tuple(one["columns"]))
        for one in there.values()
        if (one["index"] or one["unique"]) and not one["primary_key"]
    }
    assert found
    astray = {one for one in found if one[1][:1] != ("clinic_id",)}
    assert astray <= ASKED_WITHOUT_CLINIC


def test_an_update_past_the_actions_meets_the_same_constraints(world: Universe) -> None:
    session = Session.objects.filter(pk=world.ada_session.pk)
    for change in ({"minutes": 0}, {"performed_at": timezone.now() + timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            session.update(**change)


def test_a_row_whose_clinic_is_held_by_a_link_cannot_be_without_that_link() -> None:
    held = [model for model in MODELS if issubclass(model, HeldByLink)]
    assert held
    for model in held:
        links = [f for f in model._meta.local_fields if isinstance(f, SameClinicKey)]
        assert any(not link.null for link in links), model
