"""What needs a supervisor's eyes: sessions beyond a limit, and reactions that were described.

All of it is what was stored with the session: the limits that were passed, the reminders as they
were shown, the reason that was given.
"""

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
    """One session with what makes it worth reading; `limits` is empty for a reaction."""

    session: Session
    limits: tuple[str, ...]
    reaction: str


@dataclass(frozen=True)
class AttentionList:
    """One list, cut into pages; `code` stands in the address that asks for it alone."""

    code: str
    heading: str
    nothing: str
    page: Page[Session]
    lines: tuple[AttentionLine, ...]


_LISTS = {
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
    chosen = sessions.beyond_limits() if code == "beyond" else sessions.with_reaction_described()
    told = chosen.select_related("patient", "given_by").newest_first()
    if code == "beyond":
        told = told.with_what_was_passed(by.clinic_id)
    shown = Paginator(told, LINES_SHOWN).get_page(page)
    heading, nothing = _LISTS[code]
    lines = tuple(_line(session, with_limits=code == "beyond") for session in shown)
    return AttentionList(code, heading, nothing, shown, lines)


def _line(session: Session, *, with_limits: bool) -> AttentionLine:
    reaction = Reaction(session.reaction).label if session.reaction else ""
    limits = tuple(map(str, passed_of(session, session.receipts.all()))) if with_limits else ()
    return AttentionLine(session, tuple(dict.fromkeys(limits)), reaction)
