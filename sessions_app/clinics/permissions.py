"""Who may do what: a page that an admin can read. docs/reference/permissions.md is made from it.

What another clinic owns is «not found»; what a role may not do in its own clinic is «refused»,
with the reason.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sessions_app.clinics.models import Membership
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.roles import Role

View = Callable[..., HttpResponseBase]


class Permission(Coded):
    """One thing a role may do in its clinic."""

    VIEW_CLINIC = "view_clinic", "see the clinic's page", "Name, emergency text, who works here."
    VIEW_OWN_CREDENTIALS = (
        "view_own_credentials", "see one's own credentials", "As the clinic has them on record.",
    )  # fmt: skip
    VIEW_PROTOCOLS = "view_protocols", "read protocols", "The trials' protocols with citations."
    VIEW_PATIENTS = "view_patients", "see patients and their sessions", "Charts of the own clinic."
    EDIT_PATIENTS = "edit_patients", "register and amend patients", "Particulars of a chart."
    RECORD_FACTS = "record_facts", "record and end clinical facts", "What the safety rules read."
    RECORD_ORDERS = (
        "record_orders", "record and end orders", "What a clinician ordered for a patient.",
    )  # fmt: skip
    RECORD_TIMES = (
        "record_times", "record doses and treatments", "What is given beside the touch, and when.",
    )  # fmt: skip
    ENROL = "enrol", "put a patient on a protocol", "With the eligibility checklist."
    LOG_SESSION = "log_session", "log a session", "Start, finish, record afterwards, not given."
    GIVE_MASSAGE = "give_massage", "log more than simple touch", "Techniques beyond still holding."
    START_DESPITE_STOP = (
        "start_despite_stop", "start a session in spite of a stop", "With a reason, on record.",
    )  # fmt: skip
    VIEW_SUMMARY = "view_summary", "see the clinic's summary", "Numbers over all patients."
    REPLAY_RULES = (
        "replay_rules", "try the rules on past sessions", "Numbers over all; saves nothing.",
    )  # fmt: skip
    FOLLOW_INCIDENTS = (
        "follow_incidents", "follow up and close incidents", "Also emergencies, with a note.",
    )  # fmt: skip
    VIEW_THRESHOLDS = (
        "view_thresholds", "see the safety thresholds", "The numbers the rules turn on, and why.",
    )  # fmt: skip
    SET_THRESHOLDS = (
        "set_thresholds", "enter what a clinician decided about a threshold", "With a reason.",
    )  # fmt: skip
    MANAGE_PEOPLE = (
        "manage_people", "manage people and their roles", "Of the clinics where one is an admin.",
    )  # fmt: skip
    CHANGE_CLINIC = (
        "change_clinic", "change the clinic's settings", "Name, time zone, emergency text …",
    )  # fmt: skip
    OPEN_CLINIC = "open_clinic", "open a further clinic", "And become its administrator."
    SEE_READS = "see_reads", "see who looked at a chart", "Who, when, which page, from where."
    OPEN_EMERGENCY_ACCESS = (
        "open_emergency_access", "open a chart of another clinic in an emergency",
        "One chart, to read, for an hour, with a reason; that clinic is told.",
    )  # fmt: skip
    SEE_AUDIT = "see_audit", "read the audit trail", "Values about patients only with their charts."
    SEE_OUTBOX = "see_outbox", "see whether letters go out", "How many wait, and why."


_CARE = {
    Permission.VIEW_CLINIC,
    Permission.VIEW_OWN_CREDENTIALS,
    Permission.VIEW_PROTOCOLS,
    Permission.VIEW_PATIENTS,
    Permission.LOG_SESSION,
    Permission.RECORD_TIMES,
}
_CHARTS = {
    Permission.EDIT_PATIENTS,
    Permission.RECORD_FACTS,
    Permission.RECORD_ORDERS,
    Permission.ENROL,
    Permission.OPEN_EMERGENCY_ACCESS,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VOLUNTEER: frozenset(_CARE),
    Role.THERAPIST: frozenset(_CARE | _CHARTS | {Permission.GIVE_MASSAGE}),
    Role.SUPERVISOR: frozenset(
        _CARE
        | _CHARTS
        | {Permission.GIVE_MASSAGE, Permission.START_DESPITE_STOP, Permission.VIEW_SUMMARY}
        | {Permission.FOLLOW_INCIDENTS, Permission.VIEW_THRESHOLDS}
        | {Permission.SEE_READS, Permission.SEE_AUDIT}
    ),
    Role.ADMIN: frozenset(
        {Permission.VIEW_CLINIC, Permission.VIEW_PROTOCOLS, Permission.VIEW_SUMMARY}
        | {Permission.VIEW_THRESHOLDS, Permission.SET_THRESHOLDS, Permission.REPLAY_RULES}
        | {Permission.VIEW_OWN_CREDENTIALS}
        | {Permission.MANAGE_PEOPLE, Permission.CHANGE_CLINIC, Permission.OPEN_CLINIC}
        | {Permission.SEE_OUTBOX, Permission.SEE_AUDIT}
    ),
}


def can(membership: Membership | None, permission: Permission) -> bool:
    """Say whether a membership carries the permission; nobody without one may do anything.

    Who reads by emergency access may see, and nothing else.
    """
    if membership is None:
        return False
    if membership.only_patient is not None:
        return permission is Permission.VIEW_PATIENTS
    return permission in ROLE_PERMISSIONS[Role(membership.role)]


def check_may(membership: Membership | None, permission: Permission) -> None:
    """Raise PermissionDenied, with the reason in words, where `can` is False."""
    if can(membership, permission):
        return
    if membership is None:
        raise PermissionDenied("You do not belong to a clinic yet.")
    raise PermissionDenied(
        f"As {membership.role_label.lower()} in {membership.clinic.name} you may not "
        f"{permission.label}."
    )


def requires(permission: Permission) -> Callable[[View], View]:
    """Guard a view: the active membership must carry the permission (403 with the reason)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            membership = request.user.membership if request.user.is_authenticated else None
            check_may(membership, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard
