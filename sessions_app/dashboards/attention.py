"""What needs a supervisor's eyes: sessions begun in an emergency or beyond a limit, and reactions.

All of it is what was stored: the emergencies that stood open, the limits that were passed, the
reminders as they were shown, the reason that was given.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator

from sessions_app.clinics.models import Membership
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.models import Session
from sessions_app.sessions.passed import passed_of
from sessions_app.sessions.querysets import SessionQuerySet
from sessions_app.vocabulary.records import Reaction

LINES_SHOWN = 20


@dataclass(frozen=True)
class AttentionLine:
    """One session with what makes it worth reading: of the three, what its list is about."""

    session: Session
    emergencies: tuple[EmergencySeen, ...] = ()
    limits: tuple[str, ...] = ()
    reaction: str = ""


@dataclass(frozen=True)
class AttentionList:
    """One list, cut into pages; `code` stands in the address that asks for it alone."""

    code: str
    heading: str
    nothing: str
    page: Page[Session]
    lines: tuple[AttentionLine, ...]


_LISTS = {
    "emergencies": (
        "Begun while an emergency was open",
        "No session was begun while an emergency was open.",
    ),
    "beyond": ("Beyond a limit", "No session went beyond a limit."),
    "reactions": ("A reaction was described", "No reaction was described."),
}


@dataclass(frozen=True)
class Unclosed:
    """The emergencies and incidents that no supervisor has closed, the newest of each."""

    emergencies: tuple[EmergencySeen, ...]
    incidents: tuple[Incident, ...]
    today: date
    there_are_more: bool


def unclosed_of(by: Membership, now: datetime) -> Unclosed:
    """Return what is still open in a clinic, in two queries."""
    mine, one_more = {"clinic_id": by.clinic_id}, LINES_SHOWN + 1
    seen = EmergencySeen.objects.filter(**mine).still_open().newest_first()[:one_more]
    told = Incident.objects.filter(**mine).still_open().told().newest_first()[:one_more]
    emergencies, incidents = tuple(seen), tuple(told)
    return Unclosed(
        emergencies=emergencies[:LINES_SHOWN],
        incidents=incidents[:LINES_SHOWN],
        today=now.astimezone(by.clinic.zone).date(),
        there_are_more=max(len(emergencies), len(incidents)) > LINES_SHOWN,
    )


def attention_of(
    sessions: SessionQuerySet, by: Membership, only: str = "", page: str | None = None
) -> list[AttentionList]:
    """Return the lists of a clinic's sessions; `only` asks for one, and a page of it."""
    if only:
        return [_list(only, sessions, by, page)]
    return [_list(code, sessions, by, None) for code in _LISTS]


def is_list(wanted: str) -> bool:
    """Say whether this is a list that an address may ask for alone."""
    return wanted in _LISTS


def _list(code: str, sessions: SessionQuerySet, by: Membership, page: str | None) -> AttentionList:
    chosen = _chosen(code, sessions, by).select_related("patient", "given_by").newest_first()
    shown = Paginator(chosen, LINES_SHOWN).get_page(page)
    heading, nothing = _LISTS[code]
    return AttentionList(code, heading, nothing, shown, tuple(_lines(code, [*shown], by)))


def _chosen(code: str, sessions: SessionQuerySet, by: Membership) -> SessionQuerySet:
    if code == "emergencies":
        return sessions.begun_in_an_emergency(by.clinic_id)
    if code == "beyond":
        return sessions.beyond_limits().with_what_was_passed(by.clinic_id)
    return sessions.with_reaction_described()


def _lines(code: str, shown: list[Session], by: Membership) -> Iterable[AttentionLine]:
    if code == "emergencies":
        stood = _emergencies_at(shown, by)
        return (AttentionLine(one, emergencies=stood[one.pk]) for one in shown)
    if code == "beyond":
        return (AttentionLine(one, limits=_limits(one)) for one in shown)
    return (AttentionLine(one, reaction=_reaction(one)) for one in shown)


def _emergencies_at(
    shown: list[Session], by: Membership
) -> dict[uuid.UUID, tuple[EmergencySeen, ...]]:
    """Return which emergencies stood open when each of these sessions began, in one query."""
    seen = EmergencySeen.objects.filter(clinic_id=by.clinic_id)
    rows = list(seen.filter(patient_id__in={one.patient_id for one in shown}).newest_first())

    def stood(one: Session) -> tuple[EmergencySeen, ...]:
        theirs = (row for row in rows if row.patient_id == one.patient_id)
        return tuple(row for row in theirs if row.stood_at(one.performed_at))

    return {one.pk: stood(one) for one in shown}


def _limits(session: Session) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(str, passed_of(session, session.receipts.all()))))


def _reaction(session: Session) -> str:
    return Reaction(session.reaction).label if session.reaction else ""
