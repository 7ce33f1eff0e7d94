"""Every address with the row of the world it is asked for, and how a person asks."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, reverse

from sessions_app.emergency_access.actions import open_access
from sessions_app.emergency_access.models import EmergencyAccess
from sessions_app.management.commands.write_reference import named_patterns
from sessions_app.members import invitation_actions as invitations
from sessions_app.members.models import Invitation
from sessions_app.patients.models import Patient
from sessions_app.sessions.actions import waiting
from sessions_app.vocabulary.roles import Role
from tests.universe import Universe

PATTERNS: dict[str, URLPattern] = {name: pattern for name, _, pattern in named_patterns()}

OF_A_LATER_SCORE = "sessions:follow_up"
OF_A_SESSION_IN_PROGRESS = {"sessions:finish", "sessions:call_off"}


def invited(world: Universe) -> Invitation:
    """Return an invitation to Birchwood that waits, made where there is none."""
    there = Invitation.objects.filter(clinic_id=world.birchwood.pk).first()
    return (
        there
        or invitations.invite(
            email="new@birchwood.example", role=Role.THERAPIST, by=world.admin, link_to=link_to
        ).invitation
    )


def link_to(invitation: Invitation, secret: str) -> str:
    """Return the address that the link of an invitation has in these tests."""
    return reverse("members:open_link", args=[invitation.pk, secret])


_PLACES: dict[str, Callable[[Universe], Any]] = {
    "patient_id": lambda world: world.ada.pk,
    "enrolment_id": lambda world: world.ada_course.pk,
    "session_id": lambda world: world.ada_session.pk,
    "fact_id": lambda world: world.ada.facts.order_by("pk").first().pk,
    "order_id": lambda world: world.ada.orders.order_by("pk").first().pk,
    "timed_id": lambda world: world.ada.timed_care.order_by("pk").first().pk,
    "arm_id": lambda world: world.arm("rest", "massage"),
    "kind": lambda world: "platelets",
    "code": lambda world: "rest",
    "emergency_id": lambda world: world.ada.emergencies.first().pk,
    "incident_id": lambda world: world.ada.incidents.first().pk,
    "access_id": lambda world: emergency_access(world).pk,
    "person_id": lambda world: world.therapist.user_id,
    "role_id": lambda world: world.therapist.pk,
    "invitation_id": lambda world: invited(world).pk,
    "link_id": lambda world: "a",
    "secret": lambda world: "b",
    "kept_id": lambda world: world.wanda.pk,
    "factor_id": lambda world: 1,  # nobody has one: tests/people/ has those who do
    "mark": lambda world: world.wanda.pk,
    "key": lambda world: "platelets_lowered",
}
_DEEDS = {"members:role_deed": "deactivate", "members:account_deed": "end-sign-ins"}


def emergency_access(world: Universe) -> EmergencyAccess:
    """Return somebody's emergency access to Ada's chart; it is opened where there is none."""
    there = EmergencyAccess.objects.filter(clinic_id=world.birchwood.pk).first()
    made = there or open_access(
        clinic_id=world.birchwood.pk, chart_number="C-ada", birth_date=world.ada.birth_date,
        reason="She fell in our lobby.", by=world.foreign_therapist,
    )  # fmt: skip
    assert made is not None
    return made


def places(name: str) -> set[str]:
    """Return the names of what an address points to."""
    return set(PATTERNS[name].pattern.converters)


def address(name: str, world: Universe) -> str:
    """Return the address of Birchwood's Ada: her chart, course, session, fact.

    Finishing is asked for a session that she has in progress, a later score for Diego's session:
    her protocol has none.
    """
    known = {place: _PLACES[place](world) for place in places(name) - {"deed"}}
    if name in ("dashboards:csv", "dashboards:network_csv"):
        known["code"] = "happening"
    if name in _DEEDS:
        known["deed"] = _DEEDS[name]
    if name in OF_A_SESSION_IN_PROGRESS:
        known["session_id"] = (waiting(world.ada_course) or world.start(world.ada_course)).pk
    if name == OF_A_LATER_SCORE:
        known["session_id"] = world.diego_session.pk
    return reverse(name, kwargs=known)


def patient_of(name: str, world: Universe) -> Patient:
    """Return whose chart an address is of."""
    whose: Patient = world.diego if name == OF_A_LATER_SCORE else world.ada
    return whose
