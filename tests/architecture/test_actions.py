"""Every action leaves exactly its audit row: who, where, what, in which request."""

import ast
import importlib
import inspect
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount

from sessions_app.audit.chain import clinics, first_fault
from sessions_app.audit.context import as_request
from sessions_app.audit.events import Event
from sessions_app.audit.models import AuditEvent
from sessions_app.clinics import actions as clinic_actions
from sessions_app.clinics import threshold_actions as thresholds
from sessions_app.emergency_access import actions as access
from sessions_app.enrolments import actions as enrolments
from sessions_app.identity import NETWORK
from sessions_app.members import account_actions as accounts
from sessions_app.members import actions as members
from sessions_app.members import clinic_actions as keeping
from sessions_app.members import invitation_actions as invitations
from sessions_app.members import profile_actions as profiles
from sessions_app.patients import actions as patients
from sessions_app.patients import asked_actions as asked
from sessions_app.patients import order_actions as orders
from sessions_app.people import actions as people
from sessions_app.protocols import actions as protocols
from sessions_app.protocols.definition import load_all, parse
from sessions_app.sessions import actions as sessions
from sessions_app.sessions import emergency_actions as emergencies
from sessions_app.sessions import incident_actions as incidents
from sessions_app.sessions import later_actions as later
from sessions_app.sessions.models import FollowUpScore, Score, Session
from sessions_app.sessions.record import Rating
from sessions_app.sessions.unfolded_model import Unfolded, monday_of
from sessions_app.timing import actions as timing
from sessions_app.trail import actions as trail
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.incidents import EmergencyCause, Harm, IncidentKind
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timed import TimedKind
from sessions_app.vocabulary.timepoints import TimePoint
from tests.architecture import own_sign_in
from tests.architecture.pages import emergency_access, invited, link_to
from tests.architecture.sources import modules
from tests.universe import Universe, care, ratings

Deed = Callable[[Universe], Any]

REQUEST = "0123456789abcdef0123456789abcdef"
CLINIC = {
    "name": "Meadow", "slug": "meadow", "time_zone": "Asia/Taipei",
    "emergency_text": "Ring the bell.", "emergency_number": "119",
}  # fmt: skip
PATIENT = {
    "chart_number": "C-new", "given_names": "N", "family_name": "N", "birth_date": date(1960, 1, 1),
}  # fmt: skip


def publish_a_second_version(world: Universe) -> None:
    text = load_all()[0].text.replace("\nversion = 1", "\nversion = 2", 1)
    protocols.publish([parse(text, "second.toml")])


def start(world: Universe) -> Any:
    plan = care()
    return sessions.start(
        enrolment=world.ada_course, plan=plan, before=ratings(pain=5), digest="x",
        answers=world.answers(world.ada_course, plan, planning=True),
        client_key=uuid.uuid4(), by=world.therapist,
    )  # fmt: skip


def finish(world: Universe) -> Any:
    begun = start(world)
    return lambda: world.finish(begun)


def call_off(world: Universe) -> Any:
    begun = start(world)
    return lambda: later.call_off(begun, reason=NotGivenReason.ASLEEP, by=world.therapist)


def log(world: Universe) -> Any:
    return world.log(world.ada_course)


def not_given(world: Universe) -> Any:
    return sessions.not_given(
        enrolment=world.ada_course, reason=NotGivenReason.ASLEEP, client_key=uuid.uuid4(),
        digest="x", by=world.therapist,
    )  # fmt: skip


def add_follow_up(world: Universe) -> Any:
    return later.add_follow_up(
        world.ada_session, scale=Scale.PAIN, time_point=TimePoint.WEEKLY, rating=Rating(value=0),
        measured_at=world.now, by=world.therapist,
    )  # fmt: skip


def record_fact(world: Universe) -> Any:
    return patients.record_fact(
        patient=world.ada, kind=FactKind.LYMPH_NODES, observed_on=world.today, source="letter",
        by=world.therapist,
    )  # fmt: skip


def record_order(world: Universe) -> Any:
    return orders.record_order(
        patient=world.ada, rules=["H2"], up_to=1, clinician_name="Dr Oduya",
        clinician_role="oncologist", ordered_on=world.today,
        expires_on=world.today + timedelta(days=7), by=world.therapist,
    )  # fmt: skip


def record_time(world: Universe) -> Any:
    return timing.record(
        patient=world.ada, kind=TimedKind.ANALGESIC, happens_at=world.now, client_key=uuid.uuid4(),
        by=world.therapist,
    )  # fmt: skip


def correct_time(world: Universe) -> Any:
    return timing.correct(
        world.ada.timed_care.first(), happens_at=world.now, client_key=uuid.uuid4(),
        by=world.therapist,
    )  # fmt: skip


def enrol(world: Universe) -> Any:
    return enrolments.enrol(
        patient=world.chen, arm_id=world.arm("open", "massage"), starts_on=world.today,
        checklist={}, by=world.therapist,
    )  # fmt: skip


def add_member(world: Universe) -> Any:
    return clinic_actions.add_member(
        clinic=world.birchwood, user=world.foreign_admin.user, role=Role.ADMIN,
        by=world.admin.user,
    )  # fmt: skip


def set_threshold(world: Universe) -> Any:
    return thresholds.set_threshold(
        key="fever", value=Decimal(37), decided_by_name="Dr Oduya", decided_by_role="oncologist",
        reason="Sepsis in May.", by=world.admin,
    )  # fmt: skip


def report_incident(world: Universe) -> Any:
    return incidents.report_incident(
        world.ada_session, kind=IncidentKind.FALL, what_happened="Slipped.", by=world.therapist
    )


def close_incident(world: Universe) -> Any:
    return incidents.close_incident(
        world.ada.incidents.get(), conclusion="Sit first.", harm=Harm.NONE, by=world.supervisor
    )


def see_emergency(world: Universe) -> Any:
    return emergencies.see_emergency(
        patient=world.chen, cause=EmergencyCause.OPENED, by=world.therapist
    )


def open_access(world: Universe) -> Any:
    return access.open_access(
        clinic_id=world.birchwood.pk, chart_number="C-ada", birth_date=world.ada.birth_date,
        reason="She fell in our lobby.", by=world.foreign_therapist,
    )  # fmt: skip


def end_access(world: Universe) -> Any:
    there = emergency_access(world)
    return lambda: access.end(there, by=world.supervisor.user)


def see_access(world: Universe) -> Any:
    there = emergency_access(world)
    return lambda: access.note_seen(there, by=world.supervisor)


def give_role(world: Universe) -> Any:
    user = people.add_person(email="back@b.example", display_name="Back")
    return lambda: members.give_role(user, role=Role.VOLUNTEER, by=world.admin)


def reactivate(world: Universe) -> Any:
    members.deactivate(world.therapist, by=world.admin)
    return lambda: members.reactivate(world.therapist, by=world.admin)


def reset_second_factor(world: Universe) -> Any:
    TOTP.activate(world.therapist.user, generate_totp_secret())
    return accounts.reset_second_factor(world.therapist.user, by=world.admin)


def untie_hospital(world: Universe) -> Any:
    SocialAccount.objects.create(user=world.therapist.user, provider="a", uid="b")
    return accounts.untie_hospital(world.therapist.user, by=world.admin)


def reopen_account(world: Universe) -> Any:
    accounts.close_account(world.therapist.user, by=world.admin)
    return lambda: accounts.reopen_account(world.therapist.user, by=world.admin)


def resend(world: Universe) -> Any:
    invitation = invited(world)
    return lambda: invitations.resend(invitation, by=world.admin, link_to=link_to)


def withdraw_invitation(world: Universe) -> Any:
    invitation = invited(world)
    return lambda: invitations.withdraw(invitation, by=world.admin)


def accept(world: Universe) -> Any:
    email = world.foreign_admin.user.email
    sent = invitations.invite(email=email, role=Role.ADMIN, by=world.admin, link_to=link_to)
    return lambda: invitations.accept(sent.invitation, user=world.foreign_admin.user)


DEEDS: dict[str, tuple[Event, Deed]] = {
    "people.add_person": (
        Event.PERSON_ADDED,
        lambda w: people.add_person(email="n@n.example", display_name="N", by=w.admin.user),
    ),
    "people.set_password": (
        Event.PASSWORD_SET,
        lambda w: people.set_password(w.wanda, password="a new long one", by=w.admin.user),
    ),
    "people.signed_in": (Event.PERSON_SIGNED_IN, lambda w: people.signed_in(w.wanda)),
    **own_sign_in.DEEDS,
    "clinics.open_clinic": (
        Event.CLINIC_OPENED,
        lambda w: clinic_actions.open_clinic(**CLINIC, by=w.admin.user),
    ),
    "clinics.add_member": (Event.MEMBER_ADDED, add_member),
    "members.change_clinic": (
        Event.CLINIC_CHANGED,
        lambda w: keeping.change_clinic(by=w.admin, name="Birchwood House"),
    ),
    "members.write_profile": (
        Event.PROFILE_WRITTEN,
        lambda w: profiles.write_profile(w.therapist, training_hours=700, by=w.admin),
    ),
    "members.give_role": (Event.MEMBER_ADDED, give_role),
    "members.change_role": (
        Event.MEMBER_ROLE_CHANGED,
        lambda w: members.change_role(w.therapist, role=Role.SUPERVISOR, by=w.admin),
    ),
    "members.deactivate": (
        Event.MEMBER_DEACTIVATED,
        lambda w: members.deactivate(w.therapist, by=w.admin),
    ),
    "members.reactivate": (Event.MEMBER_REACTIVATED, reactivate),
    "members.end_membership": (
        Event.MEMBER_ENDED,
        lambda w: members.end_membership(w.therapist, by=w.admin),
    ),
    "members.end_sign_ins": (
        Event.SIGN_INS_ENDED,
        lambda w: accounts.end_sign_ins(w.therapist.user, by=w.admin),
    ),
    "members.reset_second_factor": (Event.FACTORS_RESET, reset_second_factor),
    "members.untie_hospital": (Event.HOSPITAL_UNTIED, untie_hospital),
    "members.send_password_link": (
        Event.PASSWORD_LINK_MADE,
        lambda w: accounts.send_password_link(
            w.therapist.user, by=w.admin, link_to=own_sign_in.password_link
        ),
    ),
    "members.close_account": (
        Event.ACCOUNT_CLOSED,
        lambda w: accounts.close_account(w.therapist.user, by=w.admin),
    ),
    "members.reopen_account": (Event.ACCOUNT_REOPENED, reopen_account),
    "members.invite": (
        Event.INVITED,
        lambda w: invitations.invite(
            email="n@n.example", role=Role.VOLUNTEER, by=w.admin, link_to=link_to
        ),
    ),
    "members.resend": (Event.INVITATION_RESENT, resend),
    "members.withdraw": (Event.INVITATION_WITHDRAWN, withdraw_invitation),
    "members.accept": (Event.INVITATION_ACCEPTED, accept),
    "protocols.publish": (Event.PROTOCOL_LOADED, publish_a_second_version),
    "patients.register": (
        Event.PATIENT_REGISTERED,
        lambda w: patients.register(**PATIENT, by=w.therapist),
    ),
    "patients.amend": (
        Event.PATIENT_AMENDED,
        lambda w: patients.amend(w.ada, ward="Oak", by=w.therapist),
    ),
    "patients.record_fact": (Event.FACT_RECORDED, record_fact),
    "patients.end_fact": (
        Event.FACT_ENDED,
        lambda w: patients.end_fact(w.ada.facts.first(), ended_on=w.today, by=w.therapist),
    ),
    "patients.confirm_fact": (
        Event.FACT_CONFIRMED,
        lambda w: asked.confirm_fact(w.ada.facts.first(), on=w.today, by=w.therapist),
    ),
    "patients.deny_fact": (
        Event.FACT_DENIED,
        lambda w: asked.deny_fact(w.ada.facts.get(kind="device"), on=w.today, by=w.therapist),
    ),
    "patients.leave_unknown": (
        Event.FACT_UNKNOWN,
        lambda w: asked.leave_unknown(w.ada.facts.first(), on=w.today, by=w.therapist),
    ),
    "patients.say_none": (
        Event.NONE_OF_THESE,
        lambda w: asked.say_none(w.ada, kinds=[FactKind.STENT], on=w.today, by=w.therapist),
    ),
    "patients.record_order": (Event.ORDER_RECORDED, record_order),
    "patients.end_order": (
        Event.ORDER_ENDED,
        lambda w: orders.end_order(w.ada.orders.first(), ended_on=w.today, by=w.therapist),
    ),
    "timing.record": (Event.TIME_RECORDED, record_time),
    "timing.correct": (Event.TIME_CORRECTED, correct_time),
    "timing.withdraw": (
        Event.TIME_WITHDRAWN,
        lambda w: timing.withdraw(w.ada.timed_care.first(), reason="slip", by=w.therapist),
    ),
    "enrolments.enrol": (Event.ENROLLED, enrol),
    "enrolments.end": (
        Event.ENROLMENT_ENDED,
        lambda w: enrolments.end(w.ada_course, ended_on=w.today, reason="home", by=w.therapist),
    ),
    "sessions.start": (Event.SESSION_STARTED, start),
    "sessions.finish": (Event.SESSION_FINISHED, finish),
    "sessions.log": (Event.SESSION_LOGGED, log),
    "sessions.not_given": (Event.SESSION_NOT_GIVEN, not_given),
    "sessions.call_off": (Event.SESSION_CALLED_OFF, call_off),
    "sessions.add_follow_up": (Event.FOLLOW_UP_RECORDED, add_follow_up),
    "clinics.set_threshold": (Event.THRESHOLD_SET, set_threshold),
    "emergency_access.open_access": (Event.ACCESS_OPENED, open_access),
    "emergency_access.end": (Event.ACCESS_ENDED, end_access),
    "emergency_access.note_seen": (Event.ACCESS_SEEN, see_access),
    "trail.note_export": (
        Event.AUDIT_EXPORTED,
        lambda w: trail.note_export(by=w.supervisor, asked={"kind": "fact.recorded"}),
    ),
    "sessions.report_incident": (Event.INCIDENT_OPENED, report_incident),
    "sessions.follow_up": (
        Event.INCIDENT_FOLLOWED,
        lambda w: incidents.follow_up(w.ada.incidents.get(), note="Better.", by=w.supervisor),
    ),
    "sessions.close_incident": (Event.INCIDENT_CLOSED, close_incident),
    "sessions.see_emergency": (Event.EMERGENCY_SEEN, see_emergency),
    "sessions.say_done": (
        Event.EMERGENCY_TOLD,
        lambda w: emergencies.say_done(w.ada.emergencies.get(), done="Called.", by=w.therapist),
    ),
    "sessions.close_emergency": (
        Event.EMERGENCY_CLOSED,
        lambda w: emergencies.close_emergency(
            w.ada.emergencies.get(), note="Seen.", by=w.supervisor
        ),
    ),
}
MARKS = {
    "sessions.start", "sessions.finish", "sessions.log", "sessions.not_given", "sessions.call_off",
    "sessions.add_follow_up",
}  # fmt: skip
"""Deeds that change what outcomes read."""
ON_A_BEGUN_ONE = {
    "sessions.finish", "sessions.call_off", "members.give_role", "members.reactivate",
    "members.reopen_account", "members.resend", "members.withdraw", "members.accept",
    "emergency_access.end", "emergency_access.note_seen", "people.set_by_link",
}  # fmt: skip
"""Deeds for which something has to be made ready, which leaves rows of its own."""
BY_SUPERVISORS = {
    "sessions.follow_up",
    "sessions.close_incident",
    "sessions.close_emergency",
    "trail.note_export",
    "emergency_access.end",
    "emergency_access.note_seen",
}
READS = {
    "people.is_code_of", "sessions.opening", "sessions.verdict_of", "sessions.waiting",
    "clinics.check_time_zone",
}  # fmt: skip
PARTS = {
    "patients.record_once", "patients.end_once", "sessions.edition", "sessions.edition_is_stored",
    "mail.write", "mail.claim", "mail.note_sent", "mail.note_failure", "mail.forget_bodies",
    "people.forget_browsers", "people.reserve", "people.give_back", "people.forget_old",
    "reads.keep",
    "people.keep_form", "people.drop_kept", "people.forget_kept",
    "people.tell_of_new_browser", "people.tell_of_change", "people.send_password_link",
}  # fmt: skip
"""What other actions are made of or send along: no deed of a person, and no event of its own."""
NO_ACTOR = {
    "protocols.publish": None,
    "people.signed_in": "wanda",
    "members.accept": "foreign_admin",
    "emergency_access.open_access": "foreign_therapist",
    **dict.fromkeys(own_sign_in.DEEDS, "wanda"),
    "people.reset_factors": "admin",
    "people.untie_from_hospital": "admin",
    **dict.fromkeys(("people.send_link", "people.make_link", "people.use_passkey")),
}
IN_CLINIC = {
    "emergency_access", "trail", "clinics", "members", "patients", "timing", "enrolments",
    "sessions",
}  # fmt: skip


def public_functions() -> set[str]:
    """Name every public function of every actions module but the audit's own."""
    found = set()
    for path in modules():
        if path.endswith("actions.py") and "/audit/" not in path:
            module: ModuleType = importlib.import_module(path[:-3].replace("/", "."))
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__ and not name.startswith("_"):
                    found.add(f"{path.split('/')[-2]}.{name}")
    return found


def actor_of(name: str, world: Universe) -> uuid.UUID | None:
    if name in BY_SUPERVISORS:
        return uuid.UUID(str(world.supervisor.user_id))
    who = NO_ACTOR.get(
        name, "admin" if name.startswith(("people", "clinics", "members")) else "therapist"
    )
    if who is None:
        return None
    named = getattr(world, who)
    return uuid.UUID(str(getattr(named, "user_id", named.pk)))


def test_every_public_action_is_in_the_table() -> None:
    assert public_functions() == set(DEEDS) | READS | PARTS


@pytest.mark.parametrize("name", DEEDS)
def test_an_action_leaves_one_audit_row_with_actor_clinic_and_request(
    universe: Universe, name: str
) -> None:
    event, deed = DEEDS[name]
    prepared = deed(universe) if name in ON_A_BEGUN_ONE else lambda: deed(universe)
    before = set(AuditEvent.objects.values_list("pk", flat=True))
    with as_request(REQUEST):
        prepared()
    [row] = AuditEvent.objects.exclude(pk__in=before)
    assert (row.action, row.request_id) == (event.value, REQUEST)
    assert row.actor_id == actor_of(name, universe)
    if name == "clinics.open_clinic":
        assert row.clinic_id == row.subject_id
    else:
        own = name.split(".")[0] in IN_CLINIC
        assert row.clinic_id == (universe.birchwood.pk if own else NETWORK)
    assert all(first_fault(clinic) is None for clinic in clinics())


def what_outcomes_read() -> dict[object, tuple[object, ...]]:
    """Every row that outcomes read, with its patient and the week it falls in."""
    found: dict[object, tuple[object, ...]] = {}
    for one in Session.objects.select_related("clinic"):
        week = monday_of(one.performed_at, one.clinic.zone)
        mark = (one.clinic_id, one.patient_id, week)
        found[one.pk] = (mark, one.status, one.counted, one.minutes, one.limit_broken)
        for row in Score.objects.filter(session_id=one.pk).values():
            found[row["id"]] = (mark, *row.values())
        for row in FollowUpScore.objects.filter(session_id=one.pk).values():
            found[row["id"]] = (mark, *row.values())
    return found


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_that_changes_what_outcomes_read_marks_whose_and_when(
    universe: Universe, name: str
) -> None:
    _, deed = DEEDS[name]
    prepared = deed(universe) if name in ON_A_BEGUN_ONE else lambda: deed(universe)
    before, seen = what_outcomes_read(), set(Unfolded.objects.values_list("pk", flat=True))
    prepared()
    changed = {said[0] for key, said in what_outcomes_read().items() if before.get(key) != said}
    new = Unfolded.objects.exclude(pk__in=seen)
    assert set(new.values_list("clinic_id", "patient_id", "week")) == changed
    assert bool(changed) == (name in MARKS)


@pytest.mark.parametrize("path", [path for path in modules() if path.endswith("actions.py")])
def test_what_an_action_is_told_is_named_not_counted(path: str) -> None:
    """At most the thing acted on comes by position; all else is keyword-only."""
    for node in modules()[path].body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            if "audit" in path or f"{path.split('/')[-2]}.{node.name}" in READS:
                continue
            assert len(node.args.args) <= 1, f"{path}: {node.name}"


def test_an_event_reads_the_same_as_its_code() -> None:
    for event in Event:
        assert event.value.count(".") == 1
        assert event.label
        assert event.meaning.endswith(".")
